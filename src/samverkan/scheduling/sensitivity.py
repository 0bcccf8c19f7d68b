"""What it does to the end if one step slips, for every step at once: nothing until the play it has is used up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration
from samverkan.scheduling.compiled import HIGH, LOW, CompiledNetwork
from samverkan.scheduling.criticality import total_float
from samverkan.scheduling.inputs import FAR, NEVER
from samverkan.scheduling.order import Numbers
from samverkan.scheduling.times import ScheduleTimes, span_of
from samverkan.values.ranges import DayRange
from samverkan.values.timing import LONGEST
from samverkan.values.truth import Truth

__all__ = ["SlipImpact", "end_moves", "slip_impacts"]


@frozen(kw_only=True)
class SlipImpact:
    """What it does if a step slips and no other does (försening av ett steg).

    >>> str(SlipImpact(id="a", title="A", end_moves=DayRange(0, 4), misses=Truth.NO).end_moves)
    '0..4'
    """

    id: str
    """Which step slips (steg)."""
    title: str
    """What it is called (namn)."""
    end_moves: DayRange | None
    """How many days later the last of what it hangs together with is done; None if that is never (slutet flyttas)."""
    misses: Truth
    """Whether it, or on its account something that waits on it, misses its last day (missar sista dag)."""
    because: tuple[str, ...] = ()
    """The ids of the records that it rests on."""


def slip_impacts(c: Collaboration, sweeps: ScheduleTimes, days: int) -> Iterator[SlipImpact]:
    """What it does to the end if each step slips by some days, in an order in which they can be done."""
    if type(days) is not int or not 0 <= days <= LONGEST:
        raise InvalidValueError(f"{days!r:.60} is not a number of days", f"give whole days from 0 to {LONGEST}")
    net = sweeps.net
    low, high = (bound.tolist() for bound in end_moves(sweeps, days))
    never = _never(sweeps).tolist()
    misses = _misses(sweeps, days)
    for place, number in enumerate(net.order.steps.tolist()):
        if number not in net.steps.done:
            id = net.ids[place]
            yield SlipImpact(
                id=id,
                title=getattr(c[id], "title", ""),
                end_moves=None if never[place] else span_of(low[place], high[place]),
                misses=misses[place],
                because=(id,),
            )


def end_moves(sweeps: ScheduleTimes, days: int) -> tuple[Numbers, Numbers]:
    """How much later the end of its part is if a step slips by some days, at least and at most, by its place.

    Within its play a slip moves nothing, and beyond that as much as it is beyond. Where a slip reaches a body that
    meets, working days or a step that keeps its planned day as long as it can, a day more may move the end by many;
    there it is only told whether it moves.
    """
    sure, most = sweeps.course.play
    untold = sure >= FAR  # nothing is told of when it can be done
    least = np.where(untold, 0, np.clip(days - most, 0, days))
    longest = np.where(untold, days, np.clip(days - sure, 0, days))
    jumps = _jumps(sweeps.net)
    return np.where(jumps, np.minimum(least, 1), least), np.where(jumps & (longest > 0), NEVER, longest)


def _jumps(net: CompiledNetwork) -> NDArray[np.bool_]:
    """The places of which a slip reaches something that need not move by the same number of days."""
    size, out, working = net.order.steps.size, net.order.out, net.links.working
    jumps = np.zeros(size, bool)
    meeting, fitting = ({int(net.order.place[number]) for number in told} for told in (net.steps.meets, net.steps.fits))
    fitting = {place for place in fitting if net.takes[HIGH][place] >= FAR}
    if meeting or fitting or working:
        firsts, ends, link = out.first.tolist(), (out.ends % size).tolist(), out.link.tolist()
        for place in range(net.order.stuck - 1, -1, -1):
            jumps[place] = place in meeting or any(
                jumps[ends[at]] or ends[at] in fitting or link[at] in working
                for at in range(firsts[place], firsts[place + 1])
            )
    return jumps


def _never(sweeps: ScheduleTimes) -> NDArray[np.bool_]:
    """The places of what hangs together with something that cannot come about, or is that."""
    never = sweeps.course.ends[LOW] >= FAR
    never[sweeps.net.order.stuck :] = True
    return never


def _misses(sweeps: ScheduleTimes, days: int) -> list[Truth]:
    """Whether a last day is missed if the step in each place slips."""
    sure, most = total_float(sweeps.early, sweeps.late)
    by = sweeps.late[LOW]
    bound = np.minimum(by.finishes, by.starts + sweeps.net.takes[LOW]) < FAR
    certain, possible = bound & (days > most), bound & ((days > sure) | (sure >= FAR))
    return [
        Truth.of(certain=yes, possible=maybe) for yes, maybe in zip(certain.tolist(), possible.tolist(), strict=True)
    ]
