"""Counting back from a deadline: what must come before it, and by when, as exactly as days and durations are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.model.agreement import Decision, Duty, Obligation
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.reference import PropagatesDelay, marked, named
from samverkan.model.work import Activity, Dependency
from samverkan.parties.containment import above
from samverkan.values.day import Day, add_days, add_working_days, last_before_working_days
from samverkan.values.missing import NONE
from samverkan.values.timing import is_over, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Backward", "Takes", "Wait", "ahead", "earlier", "earliest_of", "is_done", "lagged", "later", "takes"]


class Takes(NamedTuple):
    """How many days something takes: at least, and at most; None where nothing bounds it."""

    least: int
    most: int | None


class Wait(NamedTuple):
    """That one thing must come before another: the dependency that says so; None where it fulfils or decides it."""

    before: str
    after: str
    dependency: Dependency | None


def earliest_of(days: Iterable[When]) -> When:
    """The earliest of several days, of which each lies somewhere within its bounds."""
    every = [*days]
    lows = [one.earliest for one in every if one.earliest]
    highs = [one.latest for one in every if one.latest]
    low = min(lows) if lows and len(lows) == len(every) else None
    high = min(highs, default=None)
    return When(low, high)


def earlier(day: When, takes: Takes) -> When:
    """The day that lies so many days before another."""
    low = _moved(day.earliest, -takes.most) if takes.most is not None else None
    return When(low, _moved(day.latest, -takes.least))


def later(day: When, takes: Takes) -> When:
    """The day that lies so many days after another."""
    high = _moved(day.latest, takes.most) if takes.most is not None else None
    return When(_moved(day.earliest, takes.least), high)


def _moved(day: Day | None, days: int) -> Day | None:
    try:
        return add_days(day, days) if day else None
    except InvalidValueError:  # beyond all calendars
        return None


@frozen(eq=False, slots=False)
class Backward:
    """What must come before one or several ends, in the order in which it is counted back, each after what waits."""

    collaboration: Collaboration
    ends: tuple[str, ...]
    on: When | None
    _waits: dict[str, list[Wait]] = field(factory=dict, init=False)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ends, and what must come before them and is not done, each after all that wait on it; but for rings."""
        waiting = {id: len(waits) for id, waits in self._after.items()}
        found, ready = list[str](), [id for id in self.ends if id not in waiting]
        while ready:
            ready.sort(key=natural)
            found.append(id := ready.pop())
            for wait in self._before(id):
                waiting[wait.before] -= 1
                if not waiting[wait.before]:
                    ready.append(wait.before)
        return tuple(found)

    @cached_property
    def circular(self) -> tuple[str, ...]:
        """What waits on itself, by way of others or not, so that it cannot be counted back."""
        left = self._after.keys() - {*self.order}
        while ends := {id for id in left if left.isdisjoint(wait.before for wait in self._before(id))}:
            left -= ends
        return tuple(sorted(left, key=natural))

    def after(self, id: str) -> tuple[Wait, ...]:
        """What waits on a thing."""
        return tuple(self._after.get(id, ()))

    @cached_property
    def _after(self) -> Mapping[str, list[Wait]]:
        found: dict[str, list[Wait]] = {}
        passed, level = {*self.ends}, [*self.ends]
        while level:
            waits = [wait for id in level for wait in self._before(id)]
            for wait in waits:
                found.setdefault(wait.before, []).append(wait)
            level = [id for id in dict.fromkeys(wait.before for wait in waits) if id not in passed]
            passed.update(level)
        return found

    def _before(self, id: str) -> list[Wait]:
        """What must come before a thing and is not done; nothing where the thing itself is done."""
        if id not in self._waits:
            found = [*self._told(id)] if self._is_left(id) else []
            self._waits[id] = [wait for wait in found if self._is_left(wait.before)]
        return self._waits[id]

    def _is_left(self, id: str) -> bool:
        return not is_done(self.collaboration[id], self.on)

    def before(self, id: str) -> tuple[Wait, ...]:
        """What must come before a thing, whether it is done or not."""
        return tuple(self._told(id))

    def _told(self, id: str) -> Iterator[Wait]:
        c = self.collaboration
        for pointer in c.pointing_at(id):
            record = c[pointer.record]
            if isinstance(record, Dependency) and record.successor == id and record.kind.blocks:
                yield Wait(record.predecessor, id, record)
        duty = c[id]
        if isinstance(duty, Obligation):
            yield from (Wait(one, id, None) for one in dict.fromkeys((*self._fulfilling(id), *self._deciding(duty))))

    def _fulfilling(self, id: str) -> Iterator[str]:
        """The steps by which an obligation is met."""
        for pointer in self.collaboration.pointing_at(id):
            record: Any = self.collaboration[pointer.record]
            step = timing_of(record) is not None and not isinstance(record, Obligation)
            if step and any(id in named(record, name) for name in marked(record.__class__, PropagatesDelay)):
                yield record.id

    def _deciding(self, duty: Obligation) -> Iterator[str]:
        """The decisions by which one who is to decide, or to answer, does so."""
        c = self.collaboration
        asked = {duty.id, *duty.delivers} if duty.duty in (Duty.DECIDE, Duty.ANSWER) else set()
        owing = {id for party in duty.by for id in c.members(party.id)}
        for decision in c[Decision] if asked else ():
            about = {id for item in decision.items for id in item.about}
            by = above(c, decision.body) if isinstance(decision.body, str) else ()
            if not asked.isdisjoint(about) and by and (not owing or not owing.isdisjoint(by)):
                yield decision.id


def is_done(record: Any, on: When | None) -> bool:
    """Whether a step has certainly been done."""
    return is_over(record, on) is Truth.YES


def takes(record: Any) -> Takes:
    """How many days something takes; a moment none, unless that is said to be unknown."""
    timing = timing_of(record)
    if timing is None:
        return Takes(0, None)
    if isinstance(timing.days, int):
        return Takes(timing.days, timing.days)
    if timing.days is NONE:
        return Takes(0, 0)
    if timing.estimate:
        return Takes(timing.estimate.best, timing.estimate.worst)
    moment = isinstance(record, Decision | Obligation) or (isinstance(record, Activity) and record.kind.is_moment)
    return Takes(0, 0 if moment and timing.days is None else None)


def lagged(day: When, dependency: Dependency | None) -> When:
    """The last day from which a lag leads to a day: so many days before it, or so many working days."""
    if dependency is None or not dependency.lag:
        return day
    if not dependency.working_days:
        return earlier(day, Takes(dependency.lag, dependency.lag))
    return When(*(_worked(bound, dependency.lag) for bound in (day.earliest, day.latest)))


def ahead(day: When, dependency: Dependency) -> When:
    """The day to which a lag leads from a day: so many days after it, or so many working days."""
    if not dependency.lag:
        return day
    if not dependency.working_days:
        return later(day, Takes(dependency.lag, dependency.lag))
    return When(*(_reached(bound, dependency.lag) for bound in (day.earliest, day.latest)))


def _reached(day: Day | None, lag: int) -> Day | None:
    """The day so many working days after a day; None where the holidays of its year are not known."""
    try:
        return add_working_days(day, lag) if day else None
    except InvalidValueError:
        return None


def _worked(day: Day | None, lag: int) -> Day | None:
    """The last day from which so many working days lead to a day; None where the holidays of its year are not known."""
    try:
        return last_before_working_days(day, lag) if day else None
    except InvalidValueError:
        return None
