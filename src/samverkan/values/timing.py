"""`Timing`: when something is to be done, and when it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from attrs import field, frozen
from attrs.converters import optional

from samverkan.errors import InvalidValueError
from samverkan.values.day import Day, deadline
from samverkan.values.missing import Missing
from samverkan.values.term import Term
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when, when

__all__ = [
    "Baseline",
    "Estimate",
    "MetWhen",
    "Timing",
    "day_met",
    "is_over",
    "maybe_days",
    "timing_of",
]

LONGEST = 36_525


class MetWhen(Term):
    """Which act is in time: that something has been sent, or that it has arrived."""

    SENT = "sent", "avsänt"
    ARRIVED = "arrived", "tillhanda"


def day_met(met_when: MetWhen | None, sent: When | None, arrived: When | None) -> When | None:
    """The day that counts of what was sent one day and arrived another (inkommen); None where neither is told.

    What was sent arrives that day or later, and what has arrived was sent that day or earlier. Where it is not settled
    which of the two counts, it is some day from the one to the other.

    >>> (
    ...     str(day_met(MetWhen.ARRIVED, when("2016-10-30"), None)),
    ...     str(day_met(None, when("2016-10-30"), when("2016-11-02"))),
    ... )
    ('from 2016-10-30', '2016-10-30..2016-11-02')
    """
    if not (sent or arrived):
        return None
    first, last = sent or _UNKNOWN, arrived or _UNKNOWN
    if last.before(first) is Truth.YES:  # which cannot be: each as it is written
        between = When(last.earliest, first.latest)
    else:
        between = When(first.earliest, last.latest)
        first, last = _within(first, None, last.latest), _within(last, first.earliest, None)
    return between if met_when is None else first if met_when is MetWhen.SENT else last


_UNKNOWN = When(None, None)


def _within(one: When, first: Day | None, last: Day | None) -> When:
    """A vague day that is not before the first day or after the last."""
    low = max((day for day in (one.earliest, first) if day), default=None)
    high = min((day for day in (one.latest, last) if day), default=None)
    return one if (low, high) == (one.earliest, one.latest) else When(low, high)


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
    """How many calendar days something takes at best, most likely and at worst (trepunktsskattning).

    Raises `InvalidValueError` unless 0 ≤ best ≤ likely ≤ worst ≤ 36 525.

    >>> Estimate(best=5, likely=10, worst=30).worst
    30
    """

    best: int
    """Days, if all goes well."""
    likely: int
    """Days, most likely."""
    worst: int
    """Days, if all goes badly."""

    def __attrs_post_init__(self) -> None:
        """Hold the three in order."""
        days = (self.best, self.likely, self.worst)
        whole = all(type(number) is int for number in days)
        if not whole or not 0 <= self.best <= self.likely <= self.worst <= LONGEST:
            raise InvalidValueError(
                f"the estimate {', '.join(f'{number!r:.20}' for number in days)} is not three numbers in order",
                f"write best ≤ likely ≤ worst, in whole days from 0 to {LONGEST}",
            )


def maybe_days(value: int | Missing | None) -> int | Missing | None:
    """A number of days that may be absent, unknown or none."""
    if value is None or isinstance(value, Missing) or (type(value) is int and 0 <= value <= LONGEST):
        return value
    raise InvalidValueError(f"{value!r} is not a number of days", f"write whole days from 0 to {LONGEST}")


def _flag(value: bool | None) -> bool | None:  # noqa: FBT001 (it is a field's value)
    if value is None or type(value) is bool:
        return value
    raise InvalidValueError(f"{value!r:.60} is neither yes nor no", "use True, False, or None where it is not settled")


def _baselines(value: Baseline | Iterable[Baseline]) -> tuple[Baseline, ...]:
    every = tuple(value) if isinstance(value, Iterable) else (value,)
    if any(type(one) is not Baseline for one in every):
        raise InvalidValueError(f"{every!r:.80} are not baselines", "use Baseline(label=…, day=…)")
    return every


def _estimate(value: Estimate | None) -> Estimate | None:
    if value is None or type(value) is Estimate:
        return value
    raise InvalidValueError(f"{value!r:.60} is not an estimate", "use Estimate(best=…, likely=…, worst=…)")


@frozen(kw_only=True)
class Timing:
    """When something is planned, due and done (tidsuppgifter); what has one is a step in the schedule.

    Absent (None) says nothing is recorded: `done` absent is *not done as far as we know*, `done` unknown is *done, on a
    day that the source does not give*.

    >>> step = Timing(due="2016-10-31", met_when="arrived")
    >>> str(step.deadline), step.is_late(on="2016-11-01")
    ('2016-10-31', <Truth.YES: 'yes'>)
    """

    days: int | Missing | None = field(default=None, converter=maybe_days)
    """How many calendar days it takes (tidsåtgång); 0 for a milestone."""
    not_before: When | None = field(default=None, converter=maybe_when)
    """The earliest day on which it may begin."""
    planned: When | None = field(default=None, converter=maybe_when)
    """The day on which it is planned to be done."""
    done: When | None = field(default=None, converter=maybe_when)
    """The day on which it was done."""
    due: When | None = field(default=None, converter=maybe_when)
    """The day by which it must be done; the last day of a vague one."""
    statutory: bool | None = field(default=None, converter=_flag)
    """Whether the due day is set in a statute, so that lag (1930:173) § 2 moves it; None where that is not settled."""
    met_when: MetWhen | None = field(default=None, converter=optional(MetWhen))
    """Whether sending is enough or it must have arrived."""
    baselines: tuple[Baseline, ...] = field(default=(), converter=_baselines)
    """Days of earlier timetables."""
    estimate: Estimate | None = field(default=None, converter=_estimate)
    """A three-point estimate of the days it takes."""

    @property
    def deadline(self) -> When | None:
        """The last day in time; an interval where it is not settled whether a statute moves it.

        Of a vague due day the last one counts: what is due *in October* is in time on the 31st.
        Where a statute may move it and the holidays of its year are not known, it is that day or later.
        """
        last = self.due.latest if self.due else None
        if last is None:
            return self.due
        if self.statutory is False:
            return When(last, last)
        try:
            moved = deadline(last, statutory=True)
        except InvalidValueError:
            return When(last, None)
        return When(moved if self.statutory else last, moved)

    def is_done(self, on: WhenLike) -> Truth:
        """Whether it was done on a day or earlier, as far as recorded."""
        return self.done.by(on) if self.done else Truth.NO

    def is_late(self, on: WhenLike) -> Truth:
        """Whether the last day has passed without it being done, as far as recorded."""
        if self.deadline is None:
            return Truth.NO
        return self.deadline.before(on) & ~self.is_done(on)


def is_over(record: Any, on: When | None) -> Truth:
    """Whether a step has been done by a day, so that nothing waits on it or delays it any more; by any day if None."""
    timing = timing_of(record)
    done = timing.done if timing else None
    return Truth.NO if done is None else done.by(on) if on else Truth.YES


def timing_of(record: Any) -> Timing | None:
    """The timing of a record, whatever its field is called; None for what has none."""
    values = (getattr(record, a.name) for a in attrs.fields(type(record)))
    return next((value for value in values if type(value) is Timing), None)
