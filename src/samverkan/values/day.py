"""Days: calendar days without clock or time zone, counted by ourselves."""

import re
from calendar import monthrange
from datetime import date, datetime

from pendulum import Date

from samverkan.errors import InvalidValueError

__all__ = ["Day", "DayLike", "add_months", "day", "month_end", "months_between"]

Day = Date
"""A calendar day; pendulum's `Date`, which is also a `datetime.date`."""

DayLike = str | date
"""What a day may be written as: `"2016-10-31"` or a `datetime.date`."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTHS = 12


def day(value: DayLike) -> Day:
    """Read a day (dag).

    Raises `InvalidValueError` for text that is not `YYYY-MM-DD`, a day the month does not have,
    and a `datetime`, which is a moment and not a day.

    >>> day("2016-10-31").isoformat()
    '2016-10-31'
    """
    if type(value) is str:
        match = _ISO.fullmatch(value)
        if match:
            try:
                return Date.fromisoformat(value)
            except ValueError:
                raise InvalidValueError(f"{value} is not a day", _why(match)) from None
    elif isinstance(value, date) and not isinstance(value, datetime):
        return value if type(value) is Date else Date(value.year, value.month, value.day)
    raise InvalidValueError(f"{value!r} is not a day", "a day is written YYYY-MM-DD")


def maybe_day(value: DayLike | None) -> Day | None:
    """Read a day that may be absent."""
    return value if value is None or type(value) is Date else day(value)


def _why(match: re.Match[str]) -> str:
    year, month, _ = (int(part) for part in match.groups())
    if not (year and 1 <= month <= _MONTHS):
        return "a day is written YYYY-MM-DD, with a month from 01 to 12"
    return f"{year:04}-{month:02} has {monthrange(year, month)[1]} days"


def month_end(year: int, month: int) -> Day:
    """The last day of a month."""
    return Date(year, month, monthrange(year, month)[1])


def add_months(start: Day, months: int) -> Day:
    """The day with the same number in a later month, or that month's last day (lag 1930:173, 1 §).

    >>> add_months(day("2024-01-31"), 1).isoformat()
    '2024-02-29'
    """
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    if not date.min.year <= year <= date.max.year:
        raise InvalidValueError(f"{months} months from {start} is outside the calendar", "use years 1 to 9999")
    return Date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def months_between(start: Day, end: Day) -> int:
    """Whole months from *start* to *end*, which is not before it.

    A month is whole on the day that `add_months` gives.

    >>> months_between(day("2026-12-23"), day("2027-02-20"))
    1
    """
    if end < start:
        raise InvalidValueError(f"{end} is before {start}", "give the earlier day first")
    months = (end.year - start.year) * _MONTHS + end.month - start.month
    return months if add_months(start, months) <= end else months - 1
