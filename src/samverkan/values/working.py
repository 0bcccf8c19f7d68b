"""Working days: those that lag (1930:173) § 2 does not exempt, counted forwards and back."""

from __future__ import annotations

from samverkan.values.day import Day, DayLike, add_days, day
from samverkan.values.timing import is_exempt

__all__ = ["add_working_days", "last_before_working_days"]


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
