"""A schedule reckoned in the most obvious way: every day by itself, over and over until nothing moves."""

from collections.abc import Mapping
from datetime import date, timedelta

from attrs import field, frozen

import samverkan as sv

NEVER = float("inf")
LONG_AGO = -NEVER
MONDAY = date(2024, 1, 1)


@frozen(kw_only=True)
class Step:
    """A step in one world, where every day is known; days are counted from a Monday."""

    days: int | None = 0
    """How many it takes; None where that is not told, so that it takes what there is until its planned day."""
    otherwise: int = 0
    """How many it takes in this world, where what it waits on comes after its planned day."""
    begins: float = LONG_AGO
    planned: float = LONG_AGO
    done: float | None = None
    due: float = NEVER
    meetings: tuple[int, ...] | None = None
    lead: int = 0


@frozen(kw_only=True)
class World:
    steps: Mapping[str, Step]
    links: tuple[sv.Dependency, ...] = field(default=())


def reckoned(world: World, slips: Mapping[str, int] | None = None) -> dict[str, tuple[float, float]]:
    """The earliest start and finish of every step."""
    slips = slips or {}
    days = dict.fromkeys(world.steps, (LONG_AGO, LONG_AGO))
    for _ in range(len(world.steps) + 1):
        days = {id: _one(world, id, days, slips.get(id, 0)) for id in world.steps}
    return days


def _one(world, id, days, slip):
    step = world.steps[id]
    if step.done is not None:
        return (step.done - (step.days or 0), step.done)
    start, end = step.begins, step.planned
    for link in world.links:
        if link.successor == id:
            first, second = link.kind.ends
            come = later(days[link.predecessor][first == "finish"], link.lag, working=link.working_days)
            start, end = (max(start, come), end) if second == "start" else (start, max(end, come))
    if step.meetings is not None:
        ready = end if start == LONG_AGO else max(start + max(step.lead, step.days or 0), end)
        met = meeting(step, ready)
        met = meeting(step, met + slip)
        return (max(start + slip, met - (step.days or 0)), met)
    if start == LONG_AGO or (step.days is None and step.planned > LONG_AGO and start <= step.planned):
        done = end
    else:
        done = max(start + (step.otherwise if step.days is None else step.days), end)
    began = start if step.days is None else max(start, end - step.days)
    return (began + slip, done + slip)


def meeting(step, day):
    if day == LONG_AGO:
        return day
    return min((held for held in step.meetings if held >= day), default=NEVER)


def later(day: float, lag: int, *, working: bool) -> float:
    if day in (LONG_AGO, NEVER) or not working:
        return day + lag
    left = abs(lag)
    while left:
        day += 1 if lag > 0 else -1
        left -= not sv.calendar.is_exempt(MONDAY + timedelta(day))
    return day
