"""Which steps carry the end: those of which no slip is without effect."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from attrs import evolve, frozen

from samverkan.scheduling.compiled import HIGH, LOW, CompiledNetwork, Days
from samverkan.scheduling.inputs import FAR, LONG_AGO
from samverkan.scheduling.order import Numbers
from samverkan.scheduling.passes import backward, forward
from samverkan.values.truth import Truth

__all__ = ["CriticalPath", "total_float"]


def total_float(early: tuple[Days, Days], late: tuple[Days, Days]) -> tuple[Numbers, Numbers]:
    """How many days each step may slip before a day that binds it, at least and at most, by its place."""
    sure, most = (
        np.minimum(late[bound].starts - early[1 - bound].starts, late[bound].finishes - early[1 - bound].finishes)
        for bound in (LOW, HIGH)
    )
    return sure, most


@frozen(eq=False, slots=False)
class CriticalPath:
    """What the end of each part of a net hangs on; a part is what is joined by links (sammanhängande del).

    Of vague days, a step is told to carry the end only where it does so whatever they turn out to be.
    """

    net: CompiledNetwork
    early: tuple[Days, Days]

    @cached_property
    def part(self) -> Numbers:
        """The part of each place, called by the first place in it."""
        order = self.net.order
        part, to = np.arange(order.steps.size), np.repeat(np.arange(order.steps.size), np.diff(order.into.first))
        ends = order.into.ends % max(order.steps.size, 1)
        while True:
            nearest = np.minimum(part[ends], part[to])
            before = part.copy()
            np.minimum.at(part, ends, nearest)
            np.minimum.at(part, to, nearest)
            part = part[part]
            if (part == before).all():
                return part

    @cached_property
    def ends(self) -> tuple[Numbers, Numbers]:
        """The last finish of the part of each place, at least and at most."""
        low, high = (self._ends(days) for days in self.early)
        return low, high

    def _ends(self, days: Days) -> Numbers:
        last = np.full(days.finishes.size, LONG_AGO, np.int64)
        moving = slice(self.net.order.stuck)
        np.maximum.at(last, self.part[moving], days.finishes[moving])
        return last[self.part]

    @cached_property
    def play(self) -> tuple[Numbers, Numbers]:
        """How many days each step may slip before the end of its part moves, at least and at most."""
        low, high = self.ends
        until = evolve(self.net, last=(low, high))
        return total_float(self.early, (backward(until, LOW), backward(until, HIGH)))

    def carries(self, place: int) -> Truth:
        """Whether any slip of a step moves the end of its part; what is done or stands alone carries nothing."""
        low, high = (int(bound[place]) for bound in self.ends)
        least, most = (int(bound[place]) for bound in self.play)
        if int(self.net.order.steps[place]) in self.net.steps.done or self._is_alone(place):
            return Truth.NO
        if place >= self.net.order.stuck or high <= -FAR:
            return Truth.CANNOT_TELL
        if most <= 0 and high < FAR:
            return Truth.YES
        if 0 < least < FAR and low > -FAR:
            return Truth.NO
        summed = not (self.net.steps.meets or self.net.links.working)  # else a day more is not always a day later
        return Truth.of(certain=summed and self._last_without(place) <= high - most, possible=True)

    def _is_alone(self, place: int) -> bool:
        into, out = self.net.order.into.first, self.net.order.out.first
        return bool(into[place] == into[place + 1] and out[place] == out[place + 1])

    def _last_without(self, place: int) -> int:
        """The last finish of a part at most, by what neither waits on a step nor is sure to be done before it."""
        gone = evolve(self.net, delays={**self.net.delays, place: 2 * LONG_AGO})
        days = forward(gone, HIGH)
        for before in self._before(place):
            days.finishes[before] = LONG_AGO
        return int(self._ends(days)[place])

    def _before(self, place: int) -> set[int]:
        """The places of what is done no later than a step, whatever the days turn out to be."""
        into, size = self.net.order.into, self.net.order.steps.size
        found: set[int] = set()
        left = [place]
        while left:
            here = left.pop()
            for at in range(int(into.first[here]), int(into.first[here + 1])):
                end = int(into.ends[at])
                if end >= size and into.lag[at] >= 0 and end - size not in found:
                    found.add(end - size)
                    left.append(end - size)
        return found
