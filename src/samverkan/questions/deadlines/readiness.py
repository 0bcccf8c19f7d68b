"""From when a thing can be taken up at the earliest, by what must come before it; and what waits on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from attrs import frozen

from samverkan.model.agreement import Decision, Obligation
from samverkan.model.collaboration import Collaboration
from samverkan.model.reference import PropagatesDelay, marked, named
from samverkan.model.work import Dependency
from samverkan.questions.deadlines.backward import Backward, Takes, Wait, ahead, earlier, is_done
from samverkan.scheduling.schedule import Schedule, schedule
from samverkan.values.timing import timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Readiness", "ReadyDay", "followers"]


class ReadyDay(NamedTuple):
    """From when a thing can be taken up at the earliest."""

    day: When | None = None
    """The day; None where nothing is told to come before it, or what must cannot come about."""
    blocked: tuple[str, ...] = ()
    """What must come before it and cannot come about."""
    because: tuple[str, ...] = ()
    """What decides the day, and the dependencies that say so."""
    supposed: bool = False
    """Whether it rests on that what nothing is told of has begun."""

    def by(self, limit: When) -> Truth:
        """Whether it is ready by a day."""
        return Truth.NO if self.blocked else self.day.by(limit) if self.day else Truth.YES


@frozen(eq=False, slots=False)
class Readiness:
    """From when things can be taken up, as the schedule has it."""

    back: Backward

    @cached_property
    def _plan(self) -> Schedule:
        return schedule(self.back.collaboration, on=self.back.on)

    @cached_property
    def _begun(self) -> Schedule:
        """The same where what nothing is told of begins on the day that is asked about."""
        start = self.back.on.earliest if self.back.on else None
        return schedule(self.back.collaboration, on=self.back.on, start=start) if start else self._plan

    def of(self, id: str, notice: Takes) -> ReadyDay:
        """From when a thing can be taken up that must be in some days before it is done."""
        timing = timing_of(self.back.collaboration[id])
        days: list[tuple[When, tuple[str, ...]]] = []
        if timing and timing.not_before:
            days.append((timing.not_before, (id,)))
        held, supposed = [], False
        for wait in self.back.before(id):
            if wait.dependency is None or self._is_past(wait):
                continue
            sure, begun = (self._point(plan, wait) for plan in (self._plan, self._begun))
            if sure is None:
                held.append(wait)
                continue
            latest = begun.latest if begun else None
            supposed |= latest != sure.latest
            day = ahead(When(sure.earliest, latest), wait.dependency)
            at_finish = wait.dependency.kind.ends[1] == "finish"
            days.append((earlier(day, notice) if at_finish else day, _ids(wait)))
        if held:
            return ReadyDay(
                blocked=tuple(wait.before for wait in held), because=tuple(i for one in held for i in _ids(one))
            )
        if not days:
            return ReadyDay()
        last = _latest_of(day for day, _ in days)
        because = (i for day, ids in days if day.earliest == last.earliest or day.latest == last.latest for i in ids)
        return ReadyDay(last, because=tuple(dict.fromkeys(because)), supposed=supposed)

    def _is_past(self, wait: Wait) -> bool:
        """Whether what comes before is done, and nothing need pass since."""
        lag = wait.dependency.lag if wait.dependency else 0
        return lag <= 0 and is_done(self.back.collaboration[wait.before], self.back.on)

    def _point(self, plan: Schedule, wait: Wait) -> When | None:
        """When the end of what comes before that counts is at the earliest; None where it cannot come about."""
        row = plan[wait.before]
        return (
            row.earliest_start if wait.dependency and wait.dependency.kind.ends[0] == "start" else row.earliest_finish
        )


def _ids(wait: Wait) -> tuple[str, ...]:
    return (*((wait.dependency.id,) if wait.dependency else ()), wait.before)


def _latest_of(days: Iterable[When]) -> When:
    """The latest of several days, of which each lies somewhere within its bounds."""
    every = [*days]
    lows = [one.earliest for one in every if one.earliest]
    highs = [one.latest for one in every if one.latest]
    return When(max(lows, default=None), max(highs) if len(highs) == len(every) else None)


def followers(c: Collaboration, id: str) -> tuple[str, ...]:
    """What waits on a thing, or may, nearest first; and what waits on that, and so on."""
    found, level = {id: None}, [id]
    while level:
        level = [one for one in dict.fromkeys(one for before in level for one in _after(c, before)) if one not in found]
        found.update(dict.fromkeys(level))
    return tuple(found)[1:]


def _after(c: Collaboration, id: str) -> Iterator[str]:
    record: Any = c[id]
    for pointer in c.pointing_at(id):
        link = c[pointer.record]
        if isinstance(link, Dependency) and link.predecessor == id and link.kind.blocks:
            yield link.successor
    carried = (one for name in marked(record.__class__, PropagatesDelay) for one in named(record, name))
    about = (one for item in record.items for one in item.about) if isinstance(record, Decision) else ()
    for one in (*carried, *about):
        yield from (one,) if isinstance(c[one], Obligation) else ()
        yield from (p.record for p in c.pointing_at(one) if p.relation == "delivers")
