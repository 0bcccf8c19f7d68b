"""Counts that may be soft: about sixty, fewer than two hundred."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.values.missing import Missing
from samverkan.values.truth import Truth

__all__ = ["Count", "CountLike", "count"]

_TEXT = re.compile(r"(~?)(?:(\d{1,16})(?:\.\.(\d{0,16}))?|([<>])(\d{1,16}))", re.ASCII)
_LARGEST = 10**15


@frozen
class Count:
    """How many, as exactly as the source says (antal).

    `25` is exact; `~60` is about sixty (ett 60-tal), `<200` fewer than two hundred (knappt 200), `60..70` between.
    Sums of soft counts stay soft. Whether a soft count equals a number is a three-valued question.

    Raises `InvalidValueError` for a negative number, crossed bounds, or no bound at all.

    >>> str(count("~60") + count(2)), count("<200").is_(250)
    ('~62', <Truth.NO: 'no'>)
    """

    low: int | None
    """The least it can be, or what it is about; None where the source gives no least."""
    high: int | None
    """The most it can be, or what it is about; None where the source gives no most."""
    about: bool = False
    """Whether the bounds themselves are only approximate."""

    def __attrs_post_init__(self) -> None:
        """Hold the bounds in order."""
        bounds = [bound for bound in (self.low, self.high) if bound is not None]
        whole = all(type(bound) is int and 0 <= bound <= _LARGEST for bound in bounds)
        if not bounds or not whole or bounds != sorted(bounds):
            raise InvalidValueError(
                f"{self.low!r} to {self.high!r} is not a count", "write 25, ~60, <200, >50 or 60..70"
            )

    @property
    def exact(self) -> int | None:
        """The number, where it is exact."""
        return self.high if (self.low or 0) == self.high and not self.about else None

    def is_(self, number: int) -> Truth:
        """Whether it is exactly *number*; about sixty may be any number."""
        if self.about:
            return Truth.CANNOT_TELL
        possible = (self.low or 0) <= number and (self.high is None or number <= self.high)
        return Truth.of(certain=self.exact == number, possible=possible)

    @classmethod
    def total(cls, counts: Iterable[Count]) -> Count:
        """The sum of counts; soft if one of them is."""
        result = cls(0, 0)
        for item in counts:
            result += item
        return result

    def __add__(self, other: Count) -> Count:
        """The sum, as soft as its softest part."""
        least = (self.low or 0) + (other.low or 0)
        high = None if self.high is None or other.high is None else self.high + other.high
        bare = None in (self.low, other.low) and not least and high is not None
        return Count(None if bare else least, high, self.about or other.about)

    def __str__(self) -> str:
        """The count as documents write it."""
        mark = "~" if self.about else ""
        if self.high is None:
            return f"{mark}>{(self.low or 0) - 1}" if self.low else f"{mark}0.."
        if self.low is None:
            return f"{mark}<{self.high + 1}"
        return f"{mark}{self.low}" if self.low == self.high else f"{mark}{self.low}..{self.high}"

    @property
    def sv(self) -> str:
        """The count, or its bounds, in Swedish words (på svenska).

        >>> Count(None, 199).sv, Count(60, 60, about=True).sv
        ('färre än 200', 'cirka 60')
        """
        mark = "cirka " if self.about else ""
        if self.high is None:
            return f"{mark}fler än {self.low - 1}" if self.low else f"{mark}okänt antal"
        if self.low is None:
            return f"{mark}färre än {self.high + 1}"
        return f"{mark}{self.low}" if self.low == self.high else f"{mark}{self.low}–{self.high}"


CountLike = int | str | Count
"""What a `Count` may be given as: a number, its text, or itself."""


def count(value: CountLike) -> Count:
    """Read a count: `25`, `"~60"`, `"<200"`, `">50"`, `"60..70"`; `"0.."` is any number.

    Raises `InvalidValueError` for what is no count, and for a negative one.

    >>> str(count("~60")), count("60..70").high
    ('~60', 70)
    """
    if isinstance(value, Count):
        return value
    if type(value) is int and value >= 0:
        return Count(value, value)
    match = _TEXT.fullmatch(value) if type(value) is str else None
    if not match:
        raise InvalidValueError(f"{value!r} is not a count", "write 25, ~60, <200, >50 or 60..70")
    about = bool(match[1])
    if match[4]:
        edge = int(match[5])
        if match[4] == "<" and edge == 0:
            raise InvalidValueError(f"{value!r} is fewer than none", "write 0")
        return Count(None, edge - 1, about) if match[4] == "<" else Count(edge + 1, None, about)
    low = int(match[2])
    return Count(low, low if match[3] is None else int(match[3]) if match[3] else None, about)


def maybe_count(value: CountLike | Missing | None) -> Count | Missing | None:
    """Read a count, or accept one of the ways not to know it."""
    return value if value is None or isinstance(value, Missing) else count(value)
