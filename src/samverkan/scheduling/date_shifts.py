"""By how much each step moves from one schedule to another, more exactly than its two vague days tell.

A step is as early as the latest of what it waits for lets it be. So it moves by no more than what decides its day
afterwards has moved, and by no less than what decided it before: whatever the vague days turn out to be.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from samverkan.scheduling.compiled import HIGH, LOW, CompiledNetwork
from samverkan.scheduling.inputs import FAR, Bounds
from samverkan.scheduling.times import ScheduleTimes

__all__ = ["shifts"]

_STILL: Bounds = (0, 0)


@frozen
class _Wait:
    """One thing that a step waits for: the day that it allowed before, the one it allows now, and how far it moved."""

    was: Bounds
    now: Bounds
    moved: Bounds

    def later(self, days: Bounds) -> _Wait:
        """The same, some days later."""
        return _Wait(_plus(self.was, days), _plus(self.now, days), self.moved)


def shifts(before: ScheduleTimes, after: ScheduleTimes) -> list[Bounds]:
    """By how many days the finish of each step moves, by its place; nothing where the two are of different nets."""
    old, new = before.net, after.net
    if old.order is not new.order:
        return []
    size = len(new.ids)
    moves = [_STILL] * (2 * size)
    for place in range(new.order.stuck):
        starts, ends = (
            _waits(before, after, place, moves, finish=False),
            _waits(before, after, place, moves, finish=True),
        )
        outer = [_apart(before, after, end) for end in (place, size + place)]
        if place in new.odd:
            still = all(wait.moved == _STILL for wait in (*starts, *ends)) and outer[0] == outer[1] == _STILL
            moves[place], moves[size + place] = (_STILL, _STILL) if still else outer
            continue
        takes = int(new.takes[LOW][place]), int(new.takes[HIGH][place])
        slip = new.delays.get(place, 0) - old.delays.get(place, 0)
        start = _decided([*starts, *(wait.later((-takes[HIGH], -takes[LOW])) for wait in ends)])
        finish = _decided([*(wait.later(takes) for wait in starts), *ends])
        for end, found in ((place, start), (size + place, finish)):
            moves[end] = _within(_plus(found, (slip, slip)), outer[end != place])
    return moves[size:]


def _waits(
    before: ScheduleTimes, after: ScheduleTimes, place: int, moves: Sequence[Bounds], *, finish: bool
) -> list[_Wait]:
    """What a step's start, or its finish, waits for."""
    old, new, into = before.net, after.net, after.net.order.into
    was, now = (_own(net, place, finish=finish) for net in (old, new))
    found = [_Wait(was, now, _STILL if was == now else (now[LOW] - was[HIGH], now[HIGH] - was[LOW]))]
    for at in range(int(into.first[place]), int(into.first[place + 1])):
        if bool(into.finish[at]) is finish:
            end, lag = int(into.ends[at]), int(into.lag[at])
            found.append(_Wait(_day(before, end), _day(after, end), moves[end]).later((lag, lag)))
    return [wait for wait in found if wait.was[HIGH] > -FAR or wait.now[HIGH] > -FAR]


def _own(net: CompiledNetwork, place: int, *, finish: bool) -> Bounds:
    low, high = net.ends if finish else net.begins
    return int(low[place]), int(high[place])


def _decided(waits: Sequence[_Wait]) -> Bounds:
    """How far the latest of some days moves."""
    if not waits:
        return _STILL
    least_was, least_now = max(wait.was[LOW] for wait in waits), max(wait.now[LOW] for wait in waits)
    return (
        min(wait.moved[LOW] for wait in waits if wait.was[HIGH] >= least_was),
        max(wait.moved[HIGH] for wait in waits if wait.now[HIGH] >= least_now),
    )


def _apart(before: ScheduleTimes, after: ScheduleTimes, end: int) -> Bounds:
    was, now = _day(before, end), _day(after, end)
    return _STILL if was == now and was[LOW] == was[HIGH] else (now[LOW] - was[HIGH], now[HIGH] - was[LOW])


def _day(sweeps: ScheduleTimes, end: int) -> Bounds:
    low, high = sweeps.early
    return int(low.both[end]), int(high.both[end])


def _plus(one: Bounds, other: Bounds) -> Bounds:
    return one[LOW] + other[LOW], one[HIGH] + other[HIGH]


def _within(inner: Bounds, outer: Bounds) -> Bounds:
    return max(inner[LOW], outer[LOW]), min(inner[HIGH], outer[HIGH])
