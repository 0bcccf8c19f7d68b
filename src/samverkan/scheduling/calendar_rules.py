"""Steps that need more than a sum and a comparison: bodies that meet, working days, days that nobody has told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from samverkan.scheduling.compiled import LOW, CompiledNetwork
from samverkan.scheduling.inputs import FAR, LONG_AGO, NEVER, Meets
from samverkan.scheduling.order import Numbers
from samverkan.values.day import Day, add_working_days, last_before_working_days

__all__ = ["Arrival", "arrivals", "earliest", "last_meeting", "latest", "slipped", "sooner", "waited_for"]

Arrival = tuple[int, bool, int]
"""A link, whether it binds the finish, and from which day on it lets the step be."""


def earliest(net: CompiledNetwork, bound: int, place: int, days: Sequence[int]) -> tuple[int, int]:
    """The earliest start and finish of a step, from the days of those that it waits on."""
    start, end = waited_for(net, bound, place, days)
    takes, least, step = int(net.takes[bound][place]), int(net.takes[1 - bound][place]), net.odd[place]
    if step in net.steps.meets:
        meets = net.steps.meets[step]
        ready = max(start + max(meets.lead[bound], takes), end) if start > -FAR else end
        met = _first_meeting(meets, bound, min(ready, NEVER))
        return max(start, met - least), met
    if start <= -FAR:
        done = end
    elif takes < FAR:
        done = max(start + takes, end)
    else:
        done = end if start <= net.steps.fits.get(step, LONG_AGO) else NEVER
    return (start if least >= FAR else max(start, end - least)), min(done, NEVER)


def slipped(net: CompiledNetwork, bound: int, place: int, start: int, end: int) -> tuple[int, int]:
    """The start and the finish of a step that slips; one that a body decides waits for the next meeting."""
    slip = net.delays[place]
    start, end = min(start + slip, NEVER), min(end + slip, NEVER)
    meets = net.steps.meets.get(net.odd.get(place, -1))
    if meets is None:
        return start, end
    met = _first_meeting(meets, bound, end)
    return max(start, met - int(net.takes[1 - bound][place])), met


def latest(net: CompiledNetwork, bound: int, place: int, days: Sequence[int]) -> tuple[int, int, int, int]:
    """How late a step may begin and be done, from the days of those that wait: for its own sake, and for its links'."""
    start, end = _waiting(net, bound, place, days)
    takes, least, step = int(net.takes[bound][place]), int(net.takes[1 - bound][place]), net.odd[place]
    lead, meets, slip = 0, net.steps.meets.get(step), net.delays.get(place, 0)
    if meets is not None:
        end, lead = last_meeting(meets, bound, min(end, start + takes)), meets.lead[1 - bound]
    begin, done = _plus(start, -slip), _plus(end, -slip)
    if meets is not None and slip:
        done = last_meeting(meets, bound, done)
    finish = min(done, begin + takes)
    if done >= FAR or least < FAR:
        own = done - max(least, lead) if done < FAR else NEVER
    else:
        own = net.steps.fits.get(step, LONG_AGO) if int(net.ends[1][place]) <= done else LONG_AGO
    return start, end, max(min(begin, own), LONG_AGO), finish


def arrivals(net: CompiledNetwork, bound: int, place: int, days: Sequence[int] | Numbers) -> Iterator[Arrival]:
    """What each link that comes to a step says: its number, whether it binds the finish, and from which day."""
    into = net.order.into
    for at in range(int(into.first[place]), int(into.first[place + 1])):
        yield int(into.link[at]), bool(into.finish[at]), _later(net, bound, at, int(days[into.ends[at]]))


def waited_for(
    net: CompiledNetwork, bound: int, place: int, days: Sequence[int] | Numbers, but: int = -1
) -> tuple[int, int]:
    """The day before which a step does not begin, and the one before which it is not done; *but* for one link."""
    start, end = int(net.begins[bound][place]), int(net.ends[bound][place])
    for link, finish, day in arrivals(net, bound, place, days):
        if link == but:
            continue
        if finish:
            end = max(end, day)
        else:
            start = max(start, day)
    return start, end


def _waiting(net: CompiledNetwork, bound: int, place: int, days: Sequence[int]) -> tuple[int, int]:
    out = net.order.out
    start, end = NEVER, int(net.last[bound][place])
    for link in range(int(out.first[place]), int(out.first[place + 1])):
        day = sooner(net, bound, link, days[out.ends[link]])
        if out.finish[link]:
            end = min(end, day)
        else:
            start = min(start, day)
    return start, end


def _later(net: CompiledNetwork, bound: int, at: int, day: int) -> int:
    """From when a link that comes to a step lets it be."""
    lag, link = int(net.order.into.lag[at]), int(net.order.into.link[at])
    return _counted(add_working_days, day, lag, bound) if link in net.links.working else _plus(day, lag)


def sooner(net: CompiledNetwork, bound: int, at: int, day: int) -> int:
    """By when a step must be for a link that goes from it to let another be on a day."""
    lag, link = int(net.order.out.lag[at]), int(net.order.out.link[at])
    return _counted(last_before_working_days, day, lag, bound) if link in net.links.working else _plus(day, -lag)


def _plus(day: int, days: int) -> int:
    return day + days if -FAR < day < FAR else day


def _counted(count: Callable[[Day, int], Day], day: int, days: int, bound: int) -> int:
    """A day, moved by working days; where its holidays are not known, any day."""
    if not -FAR < day < FAR:
        return day
    try:
        return count(Day.fromordinal(day), days).toordinal()
    except (ValueError, OverflowError):
        return LONG_AGO if bound == LOW else NEVER


def _first_meeting(meets: Meets, bound: int, day: int) -> int:
    """The first meeting from a day on; where others may be held, no later than the first that is told of."""
    if day <= -FAR or (bound == LOW and not meets.complete):
        return day
    if bound == LOW:
        return min((max(low, day) for low, high in meets.days if high >= day), default=NEVER)
    return min((high for low, high in meets.days if low >= day), default=NEVER)


def last_meeting(meets: Meets, bound: int, day: int) -> int:
    """The last meeting up to a day; where others may be held, no sooner than the last that is told of."""
    if day >= FAR or (bound != LOW and not meets.complete):
        return day
    if bound == LOW:
        return max((low for low, high in meets.days if high <= day), default=LONG_AGO)
    return max((min(high, day) for low, high in meets.days if low <= day), default=LONG_AGO)
