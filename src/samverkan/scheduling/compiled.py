"""`Net`: steps and what binds them as numbers, in order, ready to be swept again and again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import chain

import numpy as np
from attrs import evolve, field, frozen

from samverkan.scheduling.inputs import FAR, LONG_AGO, NEVER, Bounds, Links, Steps
from samverkan.scheduling.order import Numbers, Order, ordered

__all__ = ["HIGH", "LOW", "CompiledNetwork", "Days", "Pair", "compiled"]

LOW, HIGH = 0, 1

Pair = tuple[Numbers, Numbers]
"""The least and the most of something, for each step by its place."""


@frozen(eq=False)
class Days:
    """A day for the start and one for the finish of each step, by its place."""

    both: Numbers
    """The starts, and after them the finishes."""

    @property
    def starts(self) -> Numbers:
        """A day for the start of each."""
        return self.both[: self.both.size // 2]

    @property
    def finishes(self) -> Numbers:
        """A day for the finish of each."""
        return self.both[self.both.size // 2 :]


@frozen(eq=False, slots=False)
class CompiledNetwork:
    """Steps and what binds them, in order (nät)."""

    steps: Steps
    links: Links
    order: Order
    takes: Pair
    begins: Pair
    ends: Pair
    last: Pair
    delays: Mapping[int, int] = field(factory=dict)
    """By how many days steps slip, by their places."""

    @cached_property
    def is_vague(self) -> bool:
        """Whether some days can only be told within bounds."""
        pairs = (self.takes, self.begins, self.ends, self.last)
        unsure = self.steps.meets or self.links.working
        return bool(unsure) or any(bool((low != high).any()) for low, high in pairs)

    @cached_property
    def odd(self) -> dict[int, int]:
        """The places, each with the number of its step, that need more than a sum and a comparison."""
        place = self.order.place
        slow = np.flatnonzero(self.takes[HIGH] >= FAR).tolist()
        never = np.flatnonzero(self.ends[HIGH] >= FAR).tolist()
        bound = (number for link in self.links.working for number in (self.links.before[link], self.links.after[link]))
        places = {*slow, *never, *(int(place[number]) for number in (*self.steps.meets, *bound))}
        return {one: int(self.order.steps[one]) for one in places}

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the steps, by their places."""
        return [self.steps.ids[number] for number in self.order.steps.tolist()]

    def place(self, id: str) -> int:
        """The place of a step."""
        return int(self.order.place[self.steps.numbers[id]])

    def slipping(self, delays: Mapping[str, int], ends: Mapping[str, Bounds]) -> CompiledNetwork:
        """The same net where steps slip by some days, or are not done before some day."""
        low, high = (bound.copy() for bound in self.ends) if ends else self.ends
        for id, bound in ends.items():
            at = self.place(id)
            low[at], high[at] = max(low[at], bound[LOW]), max(high[at], bound[HIGH])
        return evolve(self, ends=(low, high), delays={self.place(id): days for id, days in delays.items()})


def compiled(steps: Steps, links: Links) -> CompiledNetwork:
    """Put steps and links in order, and what is told of each in its place."""
    size = len(steps.ids)
    order = ordered(size, links)
    takes = np.fromiter(chain.from_iterable(steps.takes), np.int64, 2 * size).reshape(size, 2)[order.steps]
    none, no_end = (LONG_AGO, LONG_AGO), (NEVER, NEVER)
    stuck = dict.fromkeys(order.steps[order.stuck :].tolist(), no_end)
    return CompiledNetwork(
        steps=steps,
        links=links,
        order=order,
        takes=(np.ascontiguousarray(takes[:, LOW]), np.ascontiguousarray(takes[:, HIGH])),
        begins=_filled(order, steps.begins, none),
        ends=_filled(order, steps.ends | stuck, none),
        last=_filled(order, steps.last, no_end),
    )


def _filled(order: Order, told: Mapping[int, Bounds], usual: Bounds) -> Pair:
    low, high = (np.full(order.steps.size, bound, np.int64) for bound in usual)
    if told:
        places = order.place[np.fromiter(told, np.int64, len(told))]
        low[places], high[places] = np.array(list(told.values()), np.int64).T
    return low, high
