"""The line of days under a picture: where it begins and ends, and which days are named on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from samverkan.values.day import Day

__all__ = ["Ruler", "ruler"]

_APART = 0.75
_SEEN = 0.08
_STEPS = (
    *((0, 1), (0, 2), (0, 7), (0, 14), (1, 0), (2, 0), (3, 0), (6, 0), (12, 0), (24, 0), (60, 0), (120, 0)),
    *((300, 0), (600, 0), (1200, 0), (2400, 0), (6000, 0), (12000, 0), (24000, 0)),
)
"""How far apart the days that are named may be, in months and days."""


@frozen
class Ruler:
    """A stretch of days as numbers, with those that are named (tidsaxel).

    >>> [said for _, said in ruler([Day(2016, 1, 1), Day(2016, 12, 31)], 7.0).ticks][:3]
    ['2016-01', '2016-03', '2016-05']
    """

    first: float
    """Where it begins."""
    last: float
    """Where it ends."""
    width: float
    """How wide it is drawn, in inches."""
    ticks: tuple[tuple[int, str], ...]
    """The days that are named, and how."""

    def bounds(self, first: Day | None, last: Day | None) -> tuple[float, float]:
        """From the beginning of one day to the end of another; to the end of the line where there is none."""
        low = self.first if first is None else first.toordinal()
        return low, self.last if last is None else last.toordinal() + 1

    def seen(self, low: float, high: float) -> tuple[float, float]:
        """A stretch that is wide enough to be seen, around one that may not be."""
        least = _SEEN * (self.last - self.first) / self.width
        short = max(least - (high - low), 0.0)
        return low - short / 2, high + short / 2


def ruler(days: Iterable[Day], width: float) -> Ruler:
    """A line that has room for some days, on so many inches."""
    every = [day.toordinal() for day in days] or [date(2000, 1, 1).toordinal()]
    first, last = min(every), max(every) + 1
    margin = max((last - first) * 0.03, 1.0)
    low, high = first - margin, last + margin
    most = max(int(width / _APART), 1)
    ticks: list[tuple[int, str]] = []
    for months, number in _STEPS:
        ticks = _monthly(low, high, months) if months else _daily(low, high, number)
        if len(ticks) <= most:
            break
    return Ruler(low, high, width, tuple(ticks))


def _daily(low: float, high: float, step: int) -> list[tuple[int, str]]:
    if (high - low) / step > _MOST:
        return [(0, "")] * _MOST
    first = -(-int(low + 1) // step) * step + (1 if step % 7 == 0 else 0)  # weeks begin on a Monday
    found = range(first, int(high) + 1, step)
    return [(day, date.fromordinal(day).isoformat()) for day in found if low <= day <= high and _is_day(day)]


_MOST = 200


def _monthly(low: float, high: float, step: int) -> list[tuple[int, str]]:
    start, end = (date.fromordinal(min(max(int(end), 1), date.max.toordinal())) for end in (low, high))
    found = []
    for month in range(start.year * 12 // step * step, end.year * 12 + 12, step):
        year, number = divmod(month, 12)
        if 1 <= year <= date.max.year:
            day = date(year, number + 1, 1)
            if low <= day.toordinal() <= high:
                found.append((day.toordinal(), f"{year:04}" if step % 12 == 0 else f"{year:04}-{number + 1:02}"))
    return found


def _is_day(number: int) -> bool:
    return 1 <= number <= date.max.toordinal()
