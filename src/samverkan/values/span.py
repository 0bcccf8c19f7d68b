"""`Span`: a number of days that may only be known within bounds."""

from __future__ import annotations

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.day import Day, days_between
from samverkan.values.when import WhenLike, when

__all__ = ["Span", "span"]


def _bound(value: int | None) -> int | None:
    if value is None or type(value) is int:
        return value
    raise InvalidValueError(
        f"{value!r:.60} is not a number of days", "give whole days, or None where there is no bound"
    )


@frozen
class Span:
    """A number of calendar days, or the bounds within which it lies (antal dagar).

    `low` and `high` are both included; None means no bound. Negative days lie behind.

    Raises `InvalidValueError` where the bounds cross.

    >>> str(Span(30, 30)), str(Span(11, 20)), str(Span(None, 5))
    ('30', '11..20', '..5')
    """

    low: int | None = field(converter=_bound)
    """The fewest days it can be; None where nothing bounds it."""
    high: int | None = field(converter=_bound)
    """The most days it can be; None where nothing bounds it."""

    def __attrs_post_init__(self) -> None:
        """Hold the bounds in order."""
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InvalidValueError(f"{self.low} days is more than {self.high}", "write the fewer days first")

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


def span(start: WhenLike, end: WhenLike) -> Span:
    """The calendar days from one day to another, as exactly as the days are known.

    >>> str(span("2016-10-mid", "2016-10-31"))
    '11..20'
    """
    first, last = when(start), when(end)
    return Span(_days(first.latest, last.earliest), _days(first.earliest, last.latest))


def _days(start: Day | None, end: Day | None) -> int | None:
    return days_between(start, end) if start and end else None
