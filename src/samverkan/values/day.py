"""Days: calendar days without clock or time zone, working days, and the statutory rule for deadlines on a day off."""

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache

from pendulum import Date

from samverkan.errors import InvalidValueError

__all__ = [
    "Day",
    "DayLike",
    "add_days",
    "add_months",
    "add_working_days",
    "day",
    "days_between",
    "deadline",
    "is_exempt",
    "is_weekend",
    "last_before_working_days",
    "month_end",
    "months_between",
]

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


def add_days(start: DayLike, days: int) -> Day:
    """The day so many calendar days later, or earlier where *days* is negative.

    Raises `InvalidValueError` outside the years 1 to 9999.

    >>> add_days("2024-02-28", 2).isoformat()
    '2024-03-01'
    """
    ordinal = day(start).toordinal() + _whole(days)
    if not date.min.toordinal() <= ordinal <= date.max.toordinal():
        raise InvalidValueError(f"{days} days from {start} is outside the calendar", "use years 1 to 9999")
    return Date.fromordinal(ordinal)


def days_between(start: DayLike, end: DayLike) -> int:
    """Calendar days from one day to another; negative where the other is earlier.

    >>> days_between("2016-10-15", "2016-10-31")
    16
    """
    return day(end).toordinal() - day(start).toordinal()


def is_weekend(value: DayLike) -> bool:
    """Whether a day is a Saturday or a Sunday.

    >>> is_weekend("2016-10-15")
    True
    """
    return day(value).toordinal() % 7 in (6, 0)


def _whole(number: int) -> int:
    if type(number) is not int:
        raise InvalidValueError(f"{number!r:.60} is not a whole number", "use an int")
    return number


def add_months(start: DayLike, months: int) -> Day:
    """The day with the same number in a later month, or that month's last day (lag 1930:173, 1 §).

    Raises `InvalidValueError` outside the years 1 to 9999.

    >>> add_months("2024-01-31", 1).isoformat()
    '2024-02-29'
    """
    start = day(start)
    year, month = divmod(start.year * _MONTHS + start.month - 1 + _whole(months), _MONTHS)
    if not date.min.year <= year <= date.max.year:
        raise InvalidValueError(f"{months} months from {start} is outside the calendar", "use years 1 to 9999")
    return Date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def months_between(start: DayLike, end: DayLike) -> int:
    """Whole months from *start* to *end*; a month is whole on the day that `add_months` gives.

    Raises `InvalidValueError` where *end* is before *start*.

    >>> months_between("2026-12-23", "2027-02-20")
    1
    """
    start, end = day(start), day(end)
    if end < start:
        raise InvalidValueError(f"{end} is before {start}", "give the earlier day first")
    months = (end.year - start.year) * _MONTHS + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


_FIRST, _LAST = 1953, 2100


@lru_cache(maxsize=256)
def _holidays(year: int) -> frozenset[date]:
    if not _FIRST <= year <= _LAST:
        raise InvalidValueError(f"the holidays of {year} are not known", f"use years {_FIRST} to {_LAST}")
    from holidays import country_holidays  # slow to import, so only when a deadline is asked for

    return frozenset(country_holidays("SE", years=year, categories=("public", "de_facto"), language="sv"))


def is_exempt(value: DayLike) -> bool:
    """Whether a day is exempt: weekend, public holiday, Midsummer, Christmas or New Year's Eve (lag 1930:173, 2 §).

    Raises `InvalidValueError` outside the years 1953 to 2100, whose holidays are not known.

    >>> is_exempt("2024-06-21")
    True
    """
    known = day(value)
    return is_weekend(known) or date(known.year, known.month, known.day) in _holidays(known.year)


def deadline(value: DayLike, *, statutory: bool) -> Day:
    """The last day on which an act is in time (sista dag).

    A deadline set in a *statute* that falls on an exempt day moves to the next weekday, by lag (1930:173) § 2.
    A deadline in an agreement or a decision stays where it is, since the act does not cover it.
    Raises `InvalidValueError` for a statutory one outside the years 1953 to 2100, whose holidays are not known.

    >>> str(deadline("2024-03-31", statutory=True)), str(deadline("2024-03-31", statutory=False))
    ('2024-04-02', '2024-03-31')
    """
    known = day(value)
    while statutory and is_exempt(known):
        known = add_days(known, 1)
    return known


def add_working_days(start: DayLike, days: int) -> Day:
    """The day so many working days later, or earlier where *days* is negative (arbetsdagar).

    The first working day after a Saturday is Monday. No working days later is the day itself, whatever day that is.
    Raises `InvalidValueError` outside the years 1953 to 2100, whose holidays are not known.

    >>> str(add_working_days("2024-03-28", 1)), str(add_working_days("2024-04-02", -1))
    ('2024-04-02', '2024-03-28')
    """
    found, step = day(start), 1 if days > 0 else -1
    for _ in range(abs(days)):
        found = add_days(found, step)
        while is_exempt(found):
            found = add_days(found, step)
    return found


def last_before_working_days(end: DayLike, days: int) -> Day:
    """The last day from which it is no further than so many working days to a day (senast).

    Raises `InvalidValueError` outside the years 1953 to 2100, whose holidays are not known.

    >>> str(last_before_working_days("2024-04-02", 1)), str(add_working_days("2024-04-01", 1))
    ('2024-04-01', '2024-04-02')
    """
    found = day(end)
    if days == 0:
        return found
    while is_exempt(found):
        found = add_days(found, -1)
    return add_days(add_working_days(found, 1 - days), -1) if days > 0 else add_working_days(found, -days)
