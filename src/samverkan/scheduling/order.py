"""In which order steps are gone through: level by level, each after all that it waits on."""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from samverkan.scheduling.inputs import Links
from samverkan.values.bulk import collector_paused

__all__ = ["Numbers", "Order", "Side", "ordered"]

Numbers: TypeAlias = NDArray[np.int64]
"""Whole numbers, one for each step or link."""

_WIDE = 50
"""From how many steps a level it is quicker to take a level at a time."""
_TRIED = 64
"""After how many levels it is clear whether they are wide; of few steps, at once."""


@frozen(eq=False, slots=False)
class Side:
    """The links of each step on one side of it, together (länkar)."""

    ends: Numbers
    """The end of the other step that each leads to: its place, or beyond all places where it is its finish."""
    finish: NDArray[np.bool_]
    """Whether it is the finish of the step itself that it binds."""
    lag: Numbers
    """Days between the two."""
    link: Numbers
    """The number of the link."""
    first: Numbers
    """Where the links of each place begin, and where the last ones end."""

    @cached_property
    def each(self) -> list[tuple[int, bool, int]]:
        """The links one by one: end, finish and lag of each."""
        with collector_paused():
            return list(zip(self.ends.tolist(), self.finish.tolist(), self.lag.tolist(), strict=True))

    @cached_property
    def firsts(self) -> list[int]:
        """As `first`, one by one."""
        found: list[int] = self.first.tolist()
        return found


@frozen(eq=False)
class Order:
    """Steps in the order in which they can be gone through (ordning)."""

    steps: Numbers
    """The number of the step in each place."""
    place: Numbers
    """The place of each step."""
    levels: tuple[int, ...]
    """Where each level begins, and where the last one ends."""
    stuck: int
    """The place from which on steps wait for themselves, or for one that does."""
    into: Side
    """The links that come to each place."""
    out: Side
    """The links that go from it."""

    @property
    def is_wide(self) -> bool:
        """Whether it is quicker to take a level at a time than a step at a time."""
        return self.stuck >= _WIDE * (len(self.levels) - 1)


def ordered(size: int, links: Links) -> Order:
    """Put steps in order; those that wait for themselves come last, with no links."""
    before, after = _numbers(links.before), _numbers(links.after)
    level = _levels(size, before, after)
    steps = np.argsort(level, kind="stable")
    place = np.empty(size, np.int64)
    place[steps] = np.arange(size)
    stuck = int(np.count_nonzero(level < size))
    kept = np.flatnonzero(level[after] < size)
    from_finish, to_finish = (np.frombuffer(bytes(ends), bool)[kept] for ends in (links.from_finish, links.to_finish))
    lag, first, second = _numbers(links.lag)[kept], place[before[kept]], place[after[kept]]
    return Order(
        steps=steps,
        place=place,
        levels=(0, *np.cumsum(np.bincount(level[level < size])).tolist()),
        stuck=stuck,
        into=_side(size, second, first + size * from_finish, to_finish, lag, kept),
        out=_side(size, first, second + size * to_finish, from_finish, lag, kept),
    )


def _numbers(values: list[int]) -> Numbers:
    return np.array(values, np.int64)


def _side(size: int, at: Numbers, ends: Numbers, finish: NDArray[np.bool_], lag: Numbers, link: Numbers) -> Side:
    by_place = np.argsort(at, kind="stable")
    return Side(ends[by_place], finish[by_place], lag[by_place], link[by_place], _firsts(size, at))


def _firsts(size: int, at: Numbers) -> Numbers:
    first = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(at, minlength=size), out=first[1:])
    return first


def _levels(size: int, before: Numbers, after: Numbers) -> Numbers:
    """How many steps each has before it, in the longest chain; their number for those that wait for themselves."""
    targets, first = after[np.argsort(before, kind="stable")], _firsts(size, before)
    waits = np.bincount(after, minlength=size)
    level = np.full(size, size, np.int64)
    ready = np.flatnonzero(waits == 0)
    depth = passed = 0
    tried = _TRIED if size >= _WIDE * _TRIED else 1
    while ready.size:
        level[ready] = depth
        depth, passed = depth + 1, passed + ready.size
        if depth == tried and passed < _WIDE * _TRIED:
            return _deep(level, targets, first, waits, ready, depth)
        starts, many = first[ready], first[ready + 1] - first[ready]
        shift = np.repeat(starts - np.cumsum(many) + many, many)
        reached = targets[shift + np.arange(shift.size)]
        np.subtract.at(waits, reached, 1)
        ready = np.unique(reached[waits[reached] == 0])
    return level


def _deep(level: Numbers, targets: Numbers, first: Numbers, waits: Numbers, ready: Numbers, depth: int) -> Numbers:
    """The same, one step at a time, from where a level at a time has come."""
    found, after, firsts, left, now = (array.tolist() for array in (level, targets, first, waits, ready))
    while now:
        following = []
        for step in now:
            for other in after[firsts[step] : firsts[step + 1]]:
                left[other] -= 1
                if not left[other]:
                    found[other] = depth
                    following.append(other)
        depth, now = depth + 1, following
    return np.array(found, np.int64)
