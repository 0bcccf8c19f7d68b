"""What is known only within bounds: numbers of days and amounts of money."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.day import Day, days_between
from samverkan.values.money import Money
from samverkan.values.when import WhenLike, when

__all__ = ["AmountRange", "DayRange", "day_range"]


def _days(value: int | None) -> int | None:
    if value is None or type(value) is int:
        return value
    raise InvalidValueError(
        f"{value!r:.60} is not a number of days", "give whole days, or None where there is no bound"
    )


def _amount(value: Money | None) -> Money | None:
    if value is None or isinstance(value, Money):
        return value
    raise InvalidValueError(f"{value!r:.80} is not an amount", "give sv.Money, or None where there is no bound")


def _ordered(bounds: Any, noun: str, remedy: str) -> None:
    """Raises `InvalidValueError` where the lower bound is above the upper one."""
    if bounds.low is not None and bounds.high is not None and bounds.low > bounds.high:
        raise InvalidValueError(f"{bounds.low}{noun} is more than {bounds.high}", remedy)


@frozen
class DayRange:
    """A number of calendar days, or the bounds within which it lies (antal dagar).

    `low` and `high` are both included; None means no bound. Negative days lie in the past.

    Raises `InvalidValueError` where the bounds cross.

    >>> str(DayRange(30, 30)), str(DayRange(11, 20)), str(DayRange(None, 5))
    ('30', '11..20', '..5')
    """

    low: int | None = field(converter=_days)
    """The fewest days it can be; None where there is no bound."""
    high: int | None = field(converter=_days)
    """The most days it can be; None where there is no bound."""

    def __attrs_post_init__(self) -> None:
        """Check the order of the bounds."""
        _ordered(self, " days", "write the fewer days first")

    @property
    def exact(self) -> int | None:
        """The number, where it is one single number."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        """The number, or the bounds with two dots between; unknown where there is neither."""
        if self.exact is not None:
            return str(self.exact)
        low, high = ("" if bound is None else str(bound) for bound in (self.low, self.high))
        return f"{low}..{high}" if low or high else "unknown"

    @property
    def sv(self) -> str:
        """The number, or its bounds, in Swedish (på svenska).

        >>> DayRange(11, 20).sv, DayRange(None, 5).sv
        ('11 till 20', 'högst 5')
        """
        return _bounds_sv(self.low, self.high)


def day_range(start: WhenLike, end: WhenLike) -> DayRange:
    """The calendar days from one day to another, as exactly as the days are known.

    >>> str(day_range("2016-10-mid", "2016-10-31"))
    '11..20'
    """
    first, last = when(start), when(end)
    return DayRange(_between(first.latest, last.earliest), _between(first.earliest, last.latest))


def _between(start: Day | None, end: Day | None) -> int | None:
    return days_between(start, end) if start and end else None


@frozen
class AmountRange:
    """A sum of money, or the bounds within which it lies (summa, minst och högst).

    `low` and `high` are both included; None means no bound, because an amount in the sum is unknown.

    Raises `InvalidValueError` where the bounds cross or are in different currencies.

    >>> (
    ...     str(AmountRange(Money(100), Money(100))),
    ...     str(AmountRange(Money(80), Money(100))),
    ...     str(AmountRange(Money(80), None)),
    ... )
    ('100 kr', '80 kr..100 kr', 'at least 80 kr')
    """

    low: Money | None = field(converter=_amount)
    """The least it can be; None where an amount that is subtracted is unknown."""
    high: Money | None = field(converter=_amount)
    """The most it can be; None where an amount that is added is unknown."""

    def __attrs_post_init__(self) -> None:
        """Check the order of the bounds."""
        _ordered(self, "", "write the smaller amount first")

    @property
    def exact(self) -> Money | None:
        """The amount, where it is one single amount."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        """The amount, or what bounds it."""
        if self.exact is not None:
            return str(self.exact)
        if self.low is None:
            return "unknown" if self.high is None else f"at most {self.high}"
        if self.high is None:
            return f"at least {self.low}"
        return f"{self.low}..{self.high}"

    @property
    def sv(self) -> str:
        """The amount, or its bounds, in Swedish (på svenska).

        >>> AmountRange(Money("80.50"), None).sv
        'minst 80,50 kr'
        """
        return _bounds_sv(self.low and self.low.sv, self.high and self.high.sv)


def _bounds_sv(low: object, high: object) -> str:
    if low == high:
        return "okänt" if low is None else str(low)
    if low is None or high is None:
        return f"högst {high}" if low is None else f"minst {low}"
    return f"{low} till {high}"
