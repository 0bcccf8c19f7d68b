"""`Timing`: when something is to be done, and when it was; and the rule for deadlines on a day off."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from attrs import field, frozen
from attrs.converters import optional

from samverkan.errors import InvalidValueError
from samverkan.values.day import Day, DayLike, day
from samverkan.values.missing import Missing
from samverkan.values.term import Term
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when, when

__all__ = ["Baseline", "Counts", "Estimate", "Timing", "deadline", "is_exempt"]

_SATURDAY = 5
_FIRST, _LAST = 1953, 2100


@lru_cache(maxsize=256)
def _holidays(year: int) -> frozenset[date]:
    if not _FIRST <= year <= _LAST:
        raise InvalidValueError(f"the holidays of {year} are not known", f"use years {_FIRST} to {_LAST}")
    from holidays import country_holidays  # slow to import, so only when a deadline is asked for

    return frozenset(country_holidays("SE", years=year, categories=("public", "de_facto"), language="sv"))


def is_exempt(value: DayLike) -> bool:
    """Whether a day is exempt: weekend, public holiday, Midsummer, Christmas or New Year's Eve (lag 1930:173, 2 §).

    >>> is_exempt("2024-06-21")
    True
    """
    known = day(value)
    return known.toordinal() % 7 in (6, 0) or date(known.year, known.month, known.day) in _holidays(known.year)


def deadline(value: DayLike, *, statutory: bool) -> Day:
    """The last day on which an act is in time (sista dag).

    A deadline set in a *statute* that falls on an exempt day moves to the next weekday, by lag (1930:173) § 2.
    A deadline in an agreement or a decision stays where it is, since the act does not cover it.

    >>> str(deadline("2024-03-31", statutory=True)), str(deadline("2024-03-31", statutory=False))
    ('2024-04-02', '2024-03-31')
    """
    known = day(value)
    while statutory and is_exempt(known):
        known = day(date.fromordinal(known.toordinal() + 1))
    return known


class Counts(Term):
    """Which act is in time: that something has been sent, or that it has arrived."""

    SENT = "sent", "avsänt"
    ARRIVED = "arrived", "tillhanda"


@frozen(kw_only=True)
class Baseline:
    """A day in an earlier timetable (tidigare tidplan), kept beside the others.

    >>> str(Baseline(label="letter 2019", day="2020-03").day)
    '2020-03'
    """

    label: str
    """Which timetable."""
    day: When = field(converter=when)
    """The day it gives."""


@frozen(kw_only=True)
class Estimate:
    """How many days something takes at best, most likely and at worst (trepunktsskattning).

    Raises `InvalidValueError` unless 0 ≤ best ≤ likely ≤ worst.
    """

    best: int
    """Days, if all goes well."""
    likely: int
    """Days, most likely."""
    worst: int
    """Days, if all goes badly."""

    def __attrs_post_init__(self) -> None:
        """Hold the three in order."""
        if not 0 <= self.best <= self.likely <= self.worst:
            raise InvalidValueError(
                f"the estimate {self.best}, {self.likely}, {self.worst} is not in order",
                "write best ≤ likely ≤ worst, in days",
            )


def _days(value: int | Missing | None) -> int | Missing | None:
    if value is None or isinstance(value, Missing) or (type(value) is int and 0 <= value <= _LONGEST):
        return value
    raise InvalidValueError(f"{value!r} is not a number of days", f"write whole days from 0 to {_LONGEST}")


_LONGEST = 36_525


@frozen(kw_only=True)
class Timing:
    """When something is planned, due and done (tidsuppgifter); what has one is a step in the schedule.

    Absent (None) says nothing is recorded: `done` absent is *not done as far as we know*, `done` unknown is *done, on a
    day that the source does not give*.

    >>> step = Timing(due="2016-10-31", counts="arrived")
    >>> str(step.last_day), step.is_late(on="2016-11-01")
    ('2016-10-31', <Truth.YES: 'yes'>)
    """

    days: int | Missing | None = field(default=None, converter=_days)
    """How many days it takes (tidsåtgång); 0 for a milestone."""
    not_before: When | None = field(default=None, converter=maybe_when)
    """The earliest day on which it may begin."""
    planned: When | None = field(default=None, converter=maybe_when)
    """The day on which it is planned to be done."""
    done: When | None = field(default=None, converter=maybe_when)
    """The day on which it was done."""
    due: When | None = field(default=None, converter=maybe_when)
    """The day by which it must be done; the last day of a vague one."""
    statutory: bool | None = None
    """Whether the due day is set in a statute, so that lag (1930:173) § 2 moves it; None where that is not settled."""
    counts: Counts | None = field(default=None, converter=optional(Counts))
    """Whether sending is enough or it must have arrived."""
    baselines: tuple[Baseline, ...] = ()
    """Days of earlier timetables."""
    estimate: Estimate | None = None
    """A three-point estimate of the days it takes."""

    @property
    def last_day(self) -> When | None:
        """The last day in time; an interval where it is not settled whether a statute moves it."""
        last = self.due.latest if self.due else None
        if last is None:
            return self.due
        if self.statutory is False or not _FIRST <= last.year < _LAST:
            return When(last, last)
        moved = deadline(last, statutory=True)
        return When(moved if self.statutory else last, moved)

    def is_done(self, on: WhenLike) -> Truth:
        """Whether it was done on a day or earlier, as far as recorded."""
        return self.done.by(on) if self.done else Truth.NO

    def is_late(self, on: WhenLike) -> Truth:
        """Whether the last day has passed without it being done, as far as recorded."""
        if self.last_day is None:
            return Truth.NO
        return self.last_day.before(on) & ~self.is_done(on)
