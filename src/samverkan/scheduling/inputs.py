"""`Steps`: everything that has a timing, as numbers; with what is not told of each, and what binds one to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import attrs
from attrs import Factory, define, frozen

from samverkan.model.agreement import Decision, Obligation
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.funding import Window, opened
from samverkan.model.reference import PropagatesDelay, bare, hints, is_union, marked, named
from samverkan.model.source import is_complete
from samverkan.model.work import Activity, ActivityKind, Dependency, DependencyKind
from samverkan.parties.responses import response_by
from samverkan.values.bulk import collector_paused
from samverkan.values.day import Day
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.timing import Timing
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = [
    "FAR",
    "LONG_AGO",
    "NEVER",
    "Bounds",
    "Links",
    "Meets",
    "Premise",
    "Steps",
    "bounds",
    "read_links",
    "read_steps",
]

NEVER = 1 << 60
"""Later than any day, and more than any number of days."""
LONG_AGO = -NEVER
"""Earlier than any day."""
FAR = NEVER >> 1
"""Beyond which a number is no day."""

Bounds = tuple[int, int]
"""The least and the most that a day, or a number of days, can be."""

_OPEN: Bounds = (LONG_AGO, NEVER)
_UNBOUND: Bounds = (LONG_AGO, LONG_AGO)
_NO_TIME: Bounds = (0, 0)
_ANY_TIME: Bounds = (0, NEVER)
_MOMENTS = (Decision, Obligation)
_OUTSIDE = ActivityKind.OUTSIDE
_BLOCKING = frozenset(kind for kind in DependencyKind if kind.blocks)
_FROM_FINISH = {kind: not kind.blocks or kind.ends[0] == "finish" for kind in DependencyKind}
_TO_FINISH = {kind: kind.blocks and kind.ends[1] == "finish" for kind in DependencyKind}


@define
class Links:
    """What binds one step to another, a column each (måste vara klart före)."""

    before: list[int] = Factory(list)
    """The step that comes first."""
    after: list[int] = Factory(list)
    """The step that waits."""
    from_finish: list[bool] = Factory(list)
    """Whether it is the finish of the first that counts, or its start."""
    to_finish: list[bool] = Factory(list)
    """Whether it is the finish that waits, or the start."""
    lag: list[int] = Factory(list)
    """Days between the two."""
    working: set[int] = Factory(set)
    """The links whose lag is in working days."""
    records: list[str] = Factory(list)
    """The record that says so."""


@frozen
class Meets:
    """When a body meets that decides a step (sammanträdesdagar)."""

    days: tuple[Bounds, ...]
    """The days on which it meets, in order."""
    lead: Bounds
    """How many days before a meeting the matter must be in."""
    complete: bool
    """Whether it meets on no other day."""


@define
class Steps:
    """Every step by its number, and what is told of it (steg)."""

    ids: list[str] = Factory(list)
    """Their ids, in the order of the records."""
    numbers: dict[str, int] = Factory(dict)
    """The number of each id."""
    takes: list[Bounds] = Factory(list)
    """How many days each takes."""
    begins: dict[int, Bounds] = Factory(dict)
    """The day before which it does not begin."""
    ends: dict[int, Bounds] = Factory(dict)
    """The day before which it is not done: the planned one, or the one on which it was."""
    planned: set[int] = Factory(set)
    """Those of which a planned day is told."""
    unknown: set[int] = Factory(set)
    """Those that may be done on any day, since nothing is told of when they are."""
    fits: dict[int, int] = Factory(dict)
    """The day by which it must be able to begin for its planned day to hold, where it is not told how long it takes."""
    last: dict[int, Bounds] = Factory(dict)
    """Its last day in time."""
    done: set[int] = Factory(set)
    """Those that are done."""
    meets: dict[int, Meets] = Factory(dict)
    """Those that are done when a body meets."""
    untimed: list[str] = Factory(list)
    """The ids that are waited on, or wait, and have no timing."""

    def add(self, id: str, takes: Bounds) -> int:
        """Number a step."""
        number = self.numbers[id] = len(self.ids)
        self.ids.append(id)
        self.takes.append(takes)
        return number


def bounds(day: When) -> Bounds:
    """A vague day as numbers; long ago and never where nothing bounds it.

    >>> bounds(When(None, None)) == (LONG_AGO, NEVER)
    True
    """
    low = day.earliest.toordinal() if day.earliest else LONG_AGO
    return low, day.latest.toordinal() if day.latest else NEVER


@frozen(kw_only=True)
class Premise:
    """How the days of a collaboration are to be read (läsning)."""

    on: When | None = None
    """The day on which what is not done lies ahead; None where that is not asked."""
    start: Day | None = None
    """The day on which what nothing is told of begins; None where that is not to be assumed."""
    as_planned: bool = False
    """Whether a vague day is to be the one that is chosen to plan with."""

    def day(self, day: When) -> Bounds:
        """A day as numbers."""
        if self.as_planned and day.plan_as:
            return (day.plan_as.toordinal(),) * 2
        return bounds(day)


@collector_paused()
def read_steps(c: Collaboration, how: Premise) -> Steps:
    """Number everything that has a timing, and read it."""
    steps = Steps()
    for kind in c.kinds:
        if field := _timed(kind):
            for record in records(c, kind):
                timing = getattr(record, field)
                if timing is not None:
                    _read(steps, record, timing, how)
    for id, day in response_by(c, how.on).items():
        _answer(steps, steps.numbers[id], day)
    _meet(steps, c)
    return steps


def _answer(steps: Steps, number: int, day: When) -> None:
    """Let an obligation be done that has been answered, and was not told to be done."""
    if number not in steps.done:
        steps.done.add(number)
        steps.begins.pop(number, None)
        steps.ends[number] = bounds(day)


@cache
def _timed(kind: type) -> str:
    """The field of a class that holds its timing; empty where it has none."""
    said = hints(kind)
    return next((a.name for a in attrs.fields(kind) if _is_timing(said[a.name])), "")


def _is_timing(hint: Any) -> bool:
    plain = bare(hint)
    return plain is Timing or (is_union(plain) and any(_is_timing(one) for one in plain.__args__))


def _read(steps: Steps, record: Any, timing: Timing, how: Premise) -> None:
    days, on = timing.days, how.on
    number = steps.add(record.id, (days, days) if type(days) is int else _unsaid(record, timing))
    if timing.due and (last := timing.deadline):
        steps.last[number] = bounds(last)
    if timing.done and (on is None or timing.done.by(on) is not Truth.NO):
        steps.done.add(number)
        steps.ends[number] = how.day(timing.done)
        return
    begins = how.day(timing.not_before) if timing.not_before else None
    outside = isinstance(record, Activity) and record.kind is _OUTSIDE
    if begins is None and how.start and not (timing.planned or outside):
        begins = (how.start.toordinal(),) * 2
    now = bounds(on) if on else _UNBOUND
    if timing.planned:
        steps.ends[number] = planned = how.day(timing.planned)
        steps.planned.add(number)
        if planned[0] >= now[1]:
            steps.fits[number] = planned[0]
    elif outside:
        steps.ends[number] = _OPEN  # it comes when it comes, whatever we do
        steps.unknown.add(number)
    if on:  # whether it has begun is not told, only that it is not done
        least, most = steps.ends.get(number, _UNBOUND)
        steps.ends[number] = max(least, now[0]), max(most, now[1])
        least, most = begins or _UNBOUND
        begins = least, max(most, now[1])
    if begins:
        steps.begins[number] = begins


def _unsaid(record: Any, timing: Timing) -> Bounds:
    """How many days something takes of which it is not told."""
    if timing.days is NONE:
        return _NO_TIME
    if timing.estimate:
        return timing.estimate.best, timing.estimate.worst
    moment = isinstance(record, _MOMENTS) or (isinstance(record, Activity) and record.kind.is_moment)
    return _NO_TIME if moment and timing.days is not UNKNOWN else _ANY_TIME


def _meet(steps: Steps, c: Collaboration) -> None:
    """Bind the decisions that are not taken yet to the days on which their bodies meet."""
    for decision in c[Decision]:
        body: Any = c.get(str(decision.body))
        number = steps.numbers[decision.id]
        if getattr(body, "meets", ()) and number not in steps.done:
            days = tuple(sorted(bounds(day) for day in body.meets))
            steps.meets[number] = Meets(days, _lead(body), is_complete(body, "meets"))


def _lead(body: Any) -> Bounds:
    """How many days before a meeting the matter must be in: before its papers go out, if that is sooner."""
    told = [days for days in (body.matters_in, body.papers_out) if days is not None]
    least = max((days for days in told if type(days) is int), default=0)
    return least, NEVER if UNKNOWN in told else least


@collector_paused()
def read_links(c: Collaboration, steps: Steps, binding: Iterable[str] = ()) -> Links:
    """What binds the steps: the dependencies that block, those that are made to, and what a step fulfils."""
    made = frozenset(binding)
    links, timed, number, done = Links(), len(steps.ids), steps.numbers.get, steps.done
    for link in c[Dependency]:
        kind, lag = link.kind, link.lag
        if kind not in _BLOCKING and link.id not in made:
            continue
        before, after = number(link.predecessor), number(link.successor)
        if before is None or after is None:
            before, after = _untimed(steps, link.predecessor), _untimed(steps, link.successor)
        if after in done:
            continue
        if lag and link.working_days:
            links.working.add(len(links.lag))
        links.before.append(before)
        links.after.append(after)
        links.from_finish.append(_FROM_FINISH[kind])
        links.to_finish.append(_TO_FINISH[kind])
        links.lag.append(lag)
        links.records.append(link.id)
    for asked in sorted({after for after in links.after if after >= timed}) if timed < len(steps.ids) else ():
        _ask(steps, c, asked)
    for record, id in _fulfilled(c, steps):
        if steps.numbers[id] not in done:
            _bind(links, steps.numbers[record], steps.numbers[id], record)
    _leave_open(steps, links)
    return links


def _leave_open(steps: Steps, links: Links) -> None:
    """Let a step of which nothing is told, and which waits on nothing, be done on any day.

    Of one that is not done by the day that is asked about, and takes some days, it is told when it can be.
    """
    for number in set(range(len(steps.ids))).difference(links.after, steps.done, steps.planned):
        begins, ends = steps.begins.get(number, _UNBOUND), steps.ends.get(number, _UNBOUND)
        if begins[0] <= -FAR and (begins[1] <= -FAR or steps.takes[number][0] == 0):
            steps.ends[number] = ends[0], NEVER
            steps.unknown.add(number)


def _bind(links: Links, before: int, after: int, record: str) -> None:
    links.before.append(before)
    links.after.append(after)
    links.from_finish.append(True)
    links.to_finish.append(True)
    links.lag.append(0)
    links.records.append(record)


def _untimed(steps: Steps, id: str) -> int:
    """The number of what is waited on or waits: what has no timing gets one, as a step of which nothing is told."""
    if id in steps.numbers:
        return steps.numbers[id]
    number = steps.add(id, _ANY_TIME)
    steps.ends[number] = _OPEN
    steps.untimed.append(id)
    return number


def _ask(steps: Steps, c: Collaboration, number: int) -> None:
    """Let money that waits be asked for as soon as it may be: from when its window opens, and before it closes."""
    id = steps.ids[number]
    if asked := opened(c[id], c.get):
        steps.takes[number] = _NO_TIME
        del steps.ends[number]
        steps.untimed.remove(id)
        window = asked.requisition
        if isinstance(window, Window):
            if last := window.closing.deadline:
                steps.last[number] = bounds(last)
            if window.opens:
                steps.begins[number] = bounds(window.opens)


def _fulfilled(c: Collaboration, steps: Steps) -> Iterator[tuple[str, str]]:
    """The steps that fulfil something, with what they fulfil."""
    for kind in c.kinds:
        for name in marked(kind, PropagatesDelay) if _timed(kind) else ():
            for record in (record for record in records(c, kind) if getattr(record, name)):
                for id in named(record, name):
                    if id in steps.numbers:
                        yield record.id, id
