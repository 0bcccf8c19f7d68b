"""Why a step is no earlier: what it waits on, and from when that lets it be."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from samverkan.scheduling.calendar_rules import arrivals, waited_for
from samverkan.scheduling.compiled import HIGH, LOW, CompiledNetwork, Days
from samverkan.scheduling.inputs import FAR, bounds
from samverkan.scheduling.times import days_of
from samverkan.values.timing import Timing

__all__ = ["Reason", "deciding", "reasons"]


@frozen
class Reason:
    """One thing on account of which a step is no earlier (orsak)."""

    text: str
    """In words."""
    because: tuple[str, ...] = ()
    """The ids of the records that say so."""


def reasons(net: CompiledNetwork, early: tuple[Days, Days], place: int, timing: Timing) -> tuple[Reason, ...]:
    """Why a step is no earlier, where everything is as early as can be and where it is as late."""
    if place >= net.order.stuck:
        return (Reason("waits for itself, or for what does"),)
    if int(net.order.steps[place]) in net.steps.done:
        return (Reason(f"done {timing.done}" if timing.done else "answered"),)
    found = [reason for bound in (LOW, HIGH) for reason in _reasons(net, early[bound], bound, place, timing)]
    return tuple(dict.fromkeys(found))


def deciding(net: CompiledNetwork, early: tuple[Days, Days], place: int) -> tuple[int, ...]:
    """The places of the steps that decide how early a step can be, those first that do so at the earliest."""
    if place >= net.order.stuck:
        return ()
    links = [link for bound in (LOW, HIGH) for link, _ in _Limits(net, early[bound], bound, place).deciding()]
    return tuple(dict.fromkeys(int(net.order.place[net.links.before[link]]) for link in links))


class _Limits:
    """The days before which a step neither begins nor is done, and which of the two decides."""

    def __init__(self, net: CompiledNetwork, days: Days, bound: int, place: int) -> None:
        self._arrivals = tuple(arrivals(net, bound, place, days.both))
        self.start, self.end = waited_for(net, bound, place, days.both)
        self.by_start = self.start > -FAR and self.start + int(net.takes[bound][place]) >= self.end

    def deciding(self) -> Iterator[tuple[int, int]]:
        """The links by which it waits for what decides, and from which day each lets it be."""
        for link, finish, day in self._arrivals:
            own = not self.by_start and day == self.end if finish else self.by_start and day == self.start
            if own and day > -FAR:
                yield link, day


def _reasons(net: CompiledNetwork, days: Days, bound: int, place: int, timing: Timing) -> Iterator[Reason]:
    number, steps = int(net.order.steps[place]), net.steps
    least = _Limits(net, days, bound, place)
    if least.by_start and int(net.begins[bound][place]) == least.start:
        yield Reason(f"not before {timing.not_before or _day(least.start)}")
    if not least.by_start and int(net.ends[bound][place]) == least.end and least.end > -FAR:
        untold = number in steps.unknown and least.end >= FAR
        yield Reason("when it is done is not told" if untold else _own(least.end, timing))
    for link, day in least.deciding():
        before, never = steps.ids[net.links.before[link]], day >= FAR and bound == LOW
        said = f"waits on {before}" + (", which cannot come about" if never else "")
        yield Reason(said, (net.links.records[link], before))
    if number in steps.meets:
        yield Reason("the body decides when it meets")
    if place in net.delays:
        yield Reason(f"slips {net.delays[place]} days")


def _own(end: int, timing: Timing) -> str:
    """What is told of a step itself that is not done before a day."""
    planned = timing.planned
    if planned and end in {*bounds(planned), planned.plan_as and planned.plan_as.toordinal()}:
        return f"planned {planned}"
    return f"not done by {_day(end)}" if end < FAR else "held up"


def _day(number: int) -> str:
    return str(days_of(number, number) or "a day that is not told")
