"""Shares: exact parts of a whole, and how they are rounded so that nothing is lost or made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.term import Term

__all__ = ["Rounding", "Share", "ShareLike", "Weight", "nearest", "rounded", "share", "weighed"]

Weight = int | Fraction | Decimal
"""A share's weight: exact, never a float."""

_EXPONENTS = range(-1_000, 1_000)
_HALF = Fraction(1, 2)


class Rounding(Term):
    """How exact shares become whole units that make the same sum (avrundningsregel).

    By *largest remainder* every share is rounded down, and what is left goes, a unit each, to the largest remainders;
    equal remainders fall to the name that sorts first. By *half-up* every share goes to the nearest unit, and one
    recipient takes the difference. By *floor* every share is rounded down, and one recipient takes all that is left.

    >>> Rounding("half-up").sv
    'närmaste enhet'
    """

    LARGEST_REMAINDER = "largest-remainder", "största rest"
    HALF_UP = "half-up", "närmaste enhet"
    FLOOR = "floor", "avrundning nedåt"

    @property
    def balances(self) -> bool:
        """Whether it needs a recipient that takes the difference."""
        return self is not Rounding.LARGEST_REMAINDER


def weighed(weights: Mapping[str, Weight]) -> dict[str, Fraction]:
    """Weights as exact fractions; raises `InvalidValueError` for one that is inexact, negative or nobody's."""
    return {key: _weight(key, weight) for key, weight in weights.items()}


def nearest(share: Fraction, rounding: Rounding) -> int:
    """The whole number that a rule gives one share, whatever the others get."""
    return int(share + (_HALF if rounding is Rounding.HALF_UP else 0))


def rounded(
    shares: Mapping[str, Fraction], rounding: Rounding = Rounding.LARGEST_REMAINDER, balancing: str | None = None
) -> dict[str, int]:
    """Whole numbers next to exact shares, none of them negative, that make the same whole number together.

    *balancing* is the recipient that takes the difference, where the rule has one.

    >>> third = Fraction(100, 3)
    >>> rounded({"ale": third, "hjo": third, "vara": third})
    {'ale': 34, 'hjo': 33, 'vara': 33}
    """
    parts = {key: nearest(share, rounding) for key, share in shares.items()}
    left = int(sum(shares.values(), Fraction())) - sum(parts.values())
    if balancing is not None:
        return parts | {balancing: parts[balancing] + left}
    for key in sorted(parts, key=lambda key: (parts[key] - shares[key], key))[:left]:
        parts[key] += 1
    return parts


def _weight(key: str, weight: Weight) -> Fraction:
    if type(key) is not str:
        raise InvalidValueError(
            f"the recipient {key!r:.80} is not a text", "name recipients by text, such as their ids"
        )
    if isinstance(weight, bool) or not isinstance(weight, (int, Fraction, Decimal)):
        raise InvalidValueError(f"the weight of {key!r} is {weight!r}", "use an int, a Fraction or a Decimal")
    if isinstance(weight, Decimal) and weight.as_tuple().exponent not in _EXPONENTS:
        raise InvalidValueError(f"the weight of {key!r} is {weight}", "use a finite number of everyday size")
    if weight < 0:
        raise InvalidValueError(f"the weight of {key!r} is {weight}", "use zero or more")
    return Fraction(weight)


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
