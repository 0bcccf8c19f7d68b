"""When each step is done, in many draws at once: a row of days for what is drawn and what waits on it, no others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from attrs import evolve, field, frozen

from samverkan.scheduling.calendar_rules import earliest, slipped
from samverkan.scheduling.compiled import CompiledNetwork
from samverkan.scheduling.inputs import FAR
from samverkan.scheduling.order import Numbers

__all__ = ["Row", "SimulatedPasses"]

Row: TypeAlias = int | Numbers
"""Days: one that is the same in every draw, or one for each."""


@frozen(eq=False, slots=False)
class SimulatedPasses:
    """A net to be swept in many draws at once, of what is vague the least or the most."""

    net: CompiledNetwork
    bound: int
    usual: list[int]
    """The starts of all places, and after them the finishes, where nothing is drawn."""
    _rows: dict[int, Numbers] = field(factory=dict, init=False)

    def finishes(self, drawn: Iterator[tuple[int, Numbers]]) -> Iterator[tuple[int, Numbers]]:
        """The places that draws move, each with its finish; *drawn* are the days that steps take, in order of place.

        A row is kept only until all that waits on it has been gone through.
        """
        rows, size = self._rows, self.net.order.steps.size
        firsts, sources, *_ = self._links
        out = self.net.order.out
        left = np.diff(out.first).tolist()
        begun = set(np.repeat(np.arange(size), np.diff(out.first))[~out.finish].tolist())
        at, days = next(drawn, (-1, None))
        for place in range(self.net.order.stuck):
            ends = sources[firsts[place] : firsts[place + 1]]
            if place != at and rows.keys().isdisjoint(ends):
                continue
            takes = days if place == at else None
            start, done = self._odd(place, takes) if place in self.net.odd else self._even(place, takes)
            if place == at:
                at, days = next(drawn, (-1, None))
            yield place, done
            for end in ends:
                left[end % size] -= 1
                if not left[end % size]:
                    rows.pop(end % size, None)
                    rows.pop(end % size + size, None)
            if left[place]:
                rows[place + size] = done
                if place in begun and type(start) is not int:
                    rows[place] = start

    def _even(self, place: int, drawn: Numbers | None) -> tuple[Any, Any]:
        """The start and the finish of a step that needs no more than a sum and a comparison."""
        firsts, sources, finish, lags = self._links
        begins, ends, takes, least = (told[place] for told in self._told)
        start: Any = begins
        end: Any = ends
        for at in range(firsts[place], firsts[place + 1]):
            source = sources[at]
            day: Any = self._rows[source] if source in self._rows else self.usual[source]
            day = day + lags[at] if lags[at] else day
            if finish[at]:
                end = _later(end, day)
            else:
                start = _later(start, day)
        long, short = (takes, least) if drawn is None else (drawn, drawn)
        done = _later(end, start + long)
        start = _later(end - short if type(end) is not int or end > -FAR else end, start)
        slip = self.net.delays.get(place)
        return (start + slip, done + slip) if slip else (start, done)

    def _odd(self, place: int, takes: Numbers | None) -> tuple[Numbers, Numbers]:
        """The same of one that needs more, draw by draw; draws that give it the same days are taken together."""
        firsts, sources, *_ = self._links
        moved = [end for end in sources[firsts[place] : firsts[place + 1]] if end in self._rows]
        rows = [self._rows[end] for end in moved] + ([] if takes is None else [takes])
        different, which = np.unique(np.stack(rows), axis=1, return_inverse=True)
        usual = [self.usual[end] for end in moved]
        found = []
        for column in different.T.tolist():
            for end, day in zip(moved, column, strict=False):
                self.usual[end] = day
            if takes is not None:
                for bound in self._own.takes:
                    bound[place] = column[-1]
            days = earliest(self._own, self.bound, place, self.usual)
            found.append(slipped(self._own, self.bound, place, *days) if place in self.net.delays else days)
        for end, day in zip(moved, usual, strict=True):
            self.usual[end] = day
        start, done = np.array(found, np.int64)[which.ravel()].T
        return start, done

    @cached_property
    def _own(self) -> CompiledNetwork:
        """The net with days to take that are ours to change."""
        low, high = (takes.copy() for takes in self.net.takes)
        return evolve(self.net, takes=(low, high))

    @cached_property
    def _links(self) -> tuple[list[int], ...]:
        into = self.net.order.into
        return tuple(array.tolist() for array in (into.first, into.ends, into.finish, into.lag))

    @cached_property
    def _told(self) -> tuple[list[int], ...]:
        net, bound = self.net, self.bound
        told = (net.begins[bound], net.ends[bound], net.takes[bound], net.takes[1 - bound])
        return tuple(array.tolist() for array in told)


def _later(one: Any, other: Any) -> Any:
    """The later day of two, in each draw; long ago is before any other."""
    if type(one) is int:
        if one <= -FAR:
            return other
        if type(other) is int:
            return max(one, other)
    return np.maximum(one, other)
