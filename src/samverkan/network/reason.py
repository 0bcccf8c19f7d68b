"""Why a step is no earlier: what it waits on, and from when that lets it be."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from samverkan.network.net import HIGH, LOW, Days, Net
from samverkan.network.steps import FAR, bounds
from samverkan.network.unusual import arrivals, waited_for
from samverkan.values.day import Day
from samverkan.values.timing import Timing

__all__ = ["Reason", "reasons"]


@frozen
class Reason:
    """One thing on account of which a step is no earlier (orsak)."""

    text: str
    """In words."""
    because: tuple[str, ...] = ()
    """The ids of the records that say so."""
    before: int | None = None
    """The place of the step that it waits on."""


def reasons(net: Net, early: tuple[Days, Days], place: int, timing: Timing) -> tuple[Reason, ...]:
    """Why a step is no earlier, where everything is as early as can be and where it is as late."""
    if place >= net.order.stuck:
        return (Reason("waits for itself, or for what does"),)
    if int(net.order.steps[place]) in net.steps.done:
        return (Reason(f"done {timing.done}" if timing.done else "answered"),)
    found = [reason for bound in (LOW, HIGH) for reason in _reasons(net, early[bound], bound, place, timing)]
    return tuple(dict.fromkeys(found))


def _reasons(net: Net, days: Days, bound: int, place: int, timing: Timing) -> Iterator[Reason]:
    number, steps = int(net.order.steps[place]), net.steps
    start, end = waited_for(net, bound, place, days.both)
    takes = int(net.takes[bound][place])
    by_start = start > -FAR and start + takes >= end
    if by_start and int(net.begins[bound][place]) == start:
        yield Reason(f"not before {timing.not_before or Day.fromordinal(start)}")
    if not by_start and int(net.ends[bound][place]) == end and end > -FAR:
        untold = number in steps.untold and end >= FAR
        yield Reason("when it is done is not told" if untold else _own(end, timing))
    for link, finish, day in arrivals(net, bound, place, days.both):
        if day > -FAR and (day == end and not by_start if finish else day == start and by_start):
            before = net.links.before[link]
            record = net.links.records[link]
            said = f"waits on {steps.ids[before]}" + (
                ", which cannot come about" if day >= FAR and bound == LOW else ""
            )
            yield Reason(said, (record, steps.ids[before]), int(net.order.place[before]))
    if number in steps.meets:
        yield Reason("the body decides when it meets")
    if place in net.delays:
        yield Reason(f"slips {net.delays[place]} days")


def _own(end: int, timing: Timing) -> str:
    """What is told of a step itself that is not done before a day."""
    planned = timing.planned
    if planned and end in {*bounds(planned), planned.plan_as and planned.plan_as.toordinal()}:
        return f"planned {planned}"
    return f"not done by {Day.fromordinal(end)}" if end < FAR else "held up"
