"""Shares: exact parts of a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from attrs import field, frozen

from samverkan.errors import InvalidValueError

__all__ = ["Share", "ShareLike", "share"]

K = TypeVar("K")

_TEXT = re.compile(r"(\d{1,31})(?:/(\d{1,31})|(\.\d{1,18})?( ?%)?)", re.ASCII)
_FINEST = 10**30
_EXPONENTS = range(-1_000, 1_000)


def _fraction(value: int | Fraction | Decimal) -> Fraction:
    number = isinstance(value, (int, Fraction, Decimal)) and not isinstance(value, bool)
    if not number or (isinstance(value, Decimal) and value.as_tuple().exponent not in _EXPONENTS):
        raise InvalidValueError(f"{value!r} is not a share", "write it as text: '1/3', '25 %', '0.25'")
    fraction = Fraction(value)
    if not 0 <= fraction <= 1:
        raise InvalidValueError(
            f"the share {value} is not between nothing and the whole", "write 25 % as '25 %' or '1/4'"
        )
    if fraction.denominator > _FINEST:
        raise InvalidValueError("the share is too fine", "write at most 30 digits on each side of the slash")
    return fraction


@frozen(order=True)
class Share:
    """An exact part of a whole, from 0 to 1 (andel).

    >>> Share.are_whole({"state": share("1/2"), "region": share("1/4"), "kommuner": share("1/4")})
    True
    >>> str(share("25 %"))
    '1/4'
    """

    fraction: Fraction = field(converter=_fraction)
    """The part, as an exact fraction."""

    @staticmethod
    def are_whole(shares: Mapping[K, Share]) -> bool:
        """Whether the shares make exactly one."""
        return sum(part.fraction for part in shares.values()) == 1

    def __str__(self) -> str:
        """The fraction as documents write it."""
        return str(self.fraction)


ShareLike = str | int | Fraction | Decimal | Share
"""What a `Share` may be given as; never a float."""


def share(value: ShareLike) -> Share:
    """Read a share: `"1/3"`, `"25 %"`, `"0.25"`, a `Fraction` or a `Decimal`.

    Raises `InvalidValueError` for a float, and for what is less than nothing or more than the whole.

    >>> str(share("25 %")), str(share("0.125"))
    ('1/4', '1/8')
    """
    if isinstance(value, Share):
        return value
    if type(value) is not str:
        if isinstance(value, (int, Fraction, Decimal)):
            return Share(value)
        raise InvalidValueError(f"{value!r} is not a share", "write it as text: '1/3', '25 %', '0.25'")
    match = _TEXT.fullmatch(value)
    if not match or (match[2] and not int(match[2])):
        raise InvalidValueError(f"{value!r} is not a share", "write '1/3', '25 %' or '0.25'")
    if match[2]:
        return Share(Fraction(int(match[1]), int(match[2])))
    return Share(Fraction(match[1] + (match[3] or "")) / (100 if match[4] else 1))
