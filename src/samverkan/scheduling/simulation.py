"""How likely each last day is to be met, where days are estimated: drawn many times, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np
from attrs import evolve, frozen

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration
from samverkan.scheduling.compiled import HIGH, LOW, CompiledNetwork, Days
from samverkan.scheduling.descendants import members
from samverkan.scheduling.inputs import FAR
from samverkan.scheduling.order import Numbers
from samverkan.scheduling.sampling import drawn
from samverkan.scheduling.simulated_passes import SimulatedPasses
from samverkan.scheduling.times import ScheduleTimes
from samverkan.values.share import Share
from samverkan.values.timing import Estimate, timing_of
from samverkan.values.when import When

__all__ = ["DeadlineProbability", "estimated", "simulated"]

_MOST_DRAWS = 1_000_000
_MOST_SEED = (1 << 64) - 1
_AT_ONCE = 1024
"""How many draws are swept at a time, so that they stay close at hand."""


@frozen(kw_only=True)
class DeadlineProbability:
    """How likely a last day is to be met (sannolikhet att hålla sista dagen).

    >>> row = DeadlineProbability(
    ...     id="beslut",
    ...     title="",
    ...     deadline=When(None, None),
    ...     at_least=Share(Fraction(3, 4)),
    ...     at_most=Share(Fraction(3, 4)),
    ...     draws=1000,
    ...     seed=1,
    ...     because=("beslut", "forslag"),
    ... )
    >>> str(row.at_least)
    '3/4'
    """

    id: str
    """Which step (steg)."""
    title: str
    """What it is called (namn)."""
    deadline: When
    """Its last day in time (sista dag)."""
    at_least: Share
    """In what part of the draws it is met, should all that is vague or not told turn out as late as can be (minst)."""
    at_most: Share
    """In what part it is met, should all that turn out as early as can be (mest)."""
    draws: int
    """How many times the estimated days were drawn (dragningar)."""
    seed: int
    """From what number they were drawn; the same gives the same (frö)."""
    because: tuple[str, ...]
    """Its id, and those of the steps with an estimate that it waits on, near and far."""


def simulated(c: Collaboration, sweeps: ScheduleTimes, draws: int, seed: int) -> Iterator[DeadlineProbability]:
    """How likely each last day of a schedule is to be met."""
    _check("draws", draws, 1, _MOST_DRAWS)
    _check("seed", seed, 0, _MOST_SEED)
    net = sweeps.net
    estimates = estimated(c, net)
    least, most = _met(sweeps, estimates, draws, seed)
    for place, before in _resting(net, estimates):
        id = net.ids[place]
        timing = timing_of(c[id])
        if timing and timing.deadline:
            yield DeadlineProbability(
                id=id,
                title=getattr(c[id], "title", ""),
                deadline=timing.deadline,
                at_least=Share(Fraction(int(least[place]), draws)),
                at_most=Share(Fraction(int(most[place]), draws)),
                draws=draws,
                seed=seed,
                because=(id, *before),
            )


def _check(name: str, value: int, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise InvalidValueError(f"{value!r:.60} cannot be the {name}", f"give a whole number from {least} to {most}")


def estimated(c: Collaboration, net: CompiledNetwork) -> dict[int, Estimate]:
    """The estimates of what is not done, by the place of the step."""
    steps = net.steps
    found = {}
    for place, number in enumerate(net.order.steps[: net.order.stuck].tolist()):
        if number not in steps.done and (timing := timing_of(c[steps.ids[number]])) and timing.estimate:
            found[place] = timing.estimate
    return found


def _resting(net: CompiledNetwork, estimates: Mapping[int, Estimate]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The places of what has a last day, each with the ids of what is estimated that it waits on."""
    size, into = net.order.steps.size, net.order.into
    ids = np.array([net.ids[place] for place in estimates], object)
    own = {place: 1 << at for at, place in enumerate(estimates)}
    firsts, before = into.first.tolist(), (into.ends % max(size, 1)).tolist()
    left = np.diff(net.order.out.first).tolist()
    due = set(np.flatnonzero(net.last[LOW] < FAR).tolist())
    bits: dict[int, int] = {}
    for place in range(size):
        mine = own.get(place, 0)
        for one in before[firsts[place] : firsts[place + 1]]:
            mine |= bits.get(one, 0)
            left[one] -= 1
            if not left[one]:
                bits.pop(one, None)
        if mine and left[place]:
            bits[place] = mine
        if place in due:
            yield place, tuple(ids[members(mine ^ own.get(place, 0))])


def _met(sweeps: ScheduleTimes, estimates: Mapping[int, Estimate], draws: int, seed: int) -> tuple[Numbers, Numbers]:
    """In how many draws each place is done by its last day: should what is not drawn be late, or should it be early."""
    net, places = sweeps.net, list(estimates)
    takes = net.takes[LOW].copy(), net.takes[HIGH].copy()
    for days in takes:
        days[places] = 0
    least, most = _counted(net, HIGH, sweeps.early[HIGH], estimates, draws, seed)
    if evolve(net, takes=takes).is_vague:
        _, most = _counted(net, LOW, sweeps.early[LOW], estimates, draws, seed)
    return least, most


def _counted(
    net: CompiledNetwork, bound: int, usual: Days, estimates: Mapping[int, Estimate], draws: int, seed: int
) -> tuple[Numbers, Numbers]:
    """In how many draws each place is surely done by its last day, and in how many it may be."""
    first, last = net.last
    named = {net.ids[place]: estimate for place, estimate in estimates.items()}
    done = usual.finishes
    sure, maybe = draws * ((done > -FAR) & (done <= first)), draws * (done <= last)
    counts: dict[int, tuple[int, int]] = {}
    for start in range(0, draws, _AT_ONCE):
        takes = zip(estimates, drawn(named, seed, start, min(start + _AT_ONCE, draws)), strict=True)
        for place, days in SimulatedPasses(net, bound, usual.both.tolist()).finishes(takes):
            if first[place] < FAR:
                surely, possibly = counts.get(place, (0, 0))
                surely += int(np.count_nonzero((days > -FAR) & (days <= first[place])))
                counts[place] = surely, possibly + int(np.count_nonzero(days <= last[place]))
    if counts:
        sure[list(counts)], maybe[list(counts)] = np.array(list(counts.values())).T
    return sure, maybe
