"""What is done on another day than before, and by how much.

A step is as early as the latest of what it waits for lets it be. So it moves by no more than what decides its day
afterwards has moved, and by no less than what decided it before: whatever the vague days turn out to be.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from attrs import frozen

from samverkan.scheduling.compiled import HIGH, LOW, CompiledNetwork
from samverkan.scheduling.inputs import FAR, Bounds
from samverkan.scheduling.reasons import deciding
from samverkan.scheduling.times import ScheduleTimes, days_of, span_of
from samverkan.values.ranges import DayRange
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["DateShift", "date_shifts", "delay_path", "shifts"]


@frozen(kw_only=True)
class DateShift:
    """A step that is done on another day than in an earlier schedule (förskjutet steg).

    >>> DateShift(
    ...     id="a", before=When(None, None), after=None, days=None, was_late=Truth.NO, late=Truth.YES
    ... ).after is None
    True
    """

    id: str
    """Which (steg)."""
    before: When | None
    """When it was done at the earliest; None where it could not come about (före)."""
    after: When | None
    """When it is done at the earliest; None where it cannot come about (efter)."""
    days: DayRange | None
    """How many days later; None where it came about or comes about no more (dagar senare)."""
    was_late: Truth
    """Whether it missed its last day before (var försenat)."""
    late: Truth
    """Whether it misses it now (är försenat)."""
    because: tuple[str, ...] = ()
    """The ids of the records that it rests on."""


def date_shifts(before: ScheduleTimes, after: ScheduleTimes, among: Container[str]) -> Iterator[DateShift]:
    """The steps, out of some, that are or may be done on another day, in an order in which they can be done.

    Of a vague day the bounds may stand while the day within them moves.
    """
    known = before.net.steps.numbers
    moved = shifts(before, after)
    for place, id in enumerate(after.net.ids):
        if id not in known or id not in among:
            continue
        old = before.net.place(id)
        was, now = before.finish(old), after.finish(place)
        still = moved[place] == (0, 0) if moved else was[LOW] == was[HIGH]
        if days_of(*was) != days_of(*now) or not still:
            never = was[LOW] >= FAR or now[LOW] >= FAR
            yield DateShift(
                id=id,
                before=days_of(*was),
                after=days_of(*now),
                days=None if never else span_of(*(moved[place] if moved else _apart(was, now))),
                was_late=before.is_late(old),
                late=after.is_late(place),
                because=(id,),
            )


def _apart(was: Bounds, now: Bounds) -> Bounds:
    """How far two vague days lie apart at least and at most, where nothing else is known of them."""
    return now[LOW] - was[HIGH], now[HIGH] - was[LOW]


def delay_path(
    before: ScheduleTimes, after: ScheduleTimes, id: str, origins: Container[str], made: Container[str]
) -> tuple[str, ...]:
    """A shortest way to a step along steps that move, from one that slips or over what is made to bind.

    It goes by what decides the day of each step, where that moves; else by anything that moves.
    """
    net = after.net
    onward: dict[int, int] = {}
    level = [net.place(id)]
    while level:
        reached = []
        for here in level:
            if net.ids[here] in origins:
                return _ids(net, onward, here)
            for source, link in _pushing(before, after, here, made):
                if net.links.records[link] in made:
                    return net.ids[source], *_ids(net, onward, here)
                if source not in onward:
                    onward[source] = here
                    reached.append(source)
        level = reached
    return ()


def _pushing(before: ScheduleTimes, after: ScheduleTimes, place: int, made: Container[str]) -> list[tuple[int, int]]:
    """The places of the steps that move a step, with the links by which they do; those that decide its day, if any."""
    net, size, into = after.net, len(after.net.ids), after.net.order.into
    links = range(int(into.first[place]), int(into.first[place + 1]))
    found = [(int(into.ends[at]) % size, int(into.link[at])) for at in links]
    moving = [one for one in found if net.links.records[one[1]] in made or _moves(before, after, one[0])]
    first = deciding(net, after.early, place)
    return [one for one in moving if one[0] in first] or moving


def _ids(net: CompiledNetwork, onward: Mapping[int, int], place: int) -> tuple[str, ...]:
    found = [net.ids[place]]
    while place in onward:
        place = onward[place]
        found.append(net.ids[place])
    return tuple(found)


def _moves(before: ScheduleTimes, after: ScheduleTimes, place: int) -> bool:
    id = after.net.ids[place]
    if id not in before.net.steps.numbers:
        return True
    old = before.net.place(id)
    return (before.start(old), before.finish(old)) != (after.start(place), after.finish(place))


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
        outer = [_of_end(before, after, end) for end in (place, size + place)]
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
    found = [_Wait(was, now, _STILL if was == now else _apart(was, now))]
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


def _of_end(before: ScheduleTimes, after: ScheduleTimes, end: int) -> Bounds:
    """How far the start or finish of a step moves, where nothing else is known of it."""
    was, now = _day(before, end), _day(after, end)
    return _STILL if was == now and was[LOW] == was[HIGH] else _apart(was, now)


def _day(sweeps: ScheduleTimes, end: int) -> Bounds:
    low, high = sweeps.early
    return int(low.both[end]), int(high.both[end])


def _plus(one: Bounds, other: Bounds) -> Bounds:
    return one[LOW] + other[LOW], one[HIGH] + other[HIGH]


def _within(inner: Bounds, outer: Bounds) -> Bounds:
    return max(inner[LOW], outer[LOW]), min(inner[HIGH], outer[HIGH])
