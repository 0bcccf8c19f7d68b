"""`Descendants`: for every step at once, all that waits on it, near and far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from attrs import frozen

from samverkan.errors import NotFoundError
from samverkan.network.cycles import components
from samverkan.scheduling.compiled import CompiledNetwork
from samverkan.scheduling.order import Numbers

__all__ = ["Descendants", "descendants_of", "members"]


@frozen(eq=False, repr=False, slots=False)
class Descendants:
    """What waits on each step, near and far (allt som väntar på ett steg).

    The steps behind all steps are found in one go when it is first asked, and kept as a bit for each: for ten thousand
    steps at most some megabytes, growing with the square. What has been done waits on nothing any more.

    >>> from samverkan.model.collaboration import Collaboration
    >>> from samverkan.model.work import Activity, Dependency
    >>> from samverkan.scheduling.schedule import schedule
    >>> from samverkan.values.timing import Timing
    >>> steps = [Activity(id=id, title=id, timing=Timing(days=1)) for id in ("a", "b", "c")]
    >>> links = [Dependency(predecessor="a", successor="b"), Dependency(predecessor="b", successor="c")]
    >>> waits = schedule(Collaboration([*steps, *links])).all_descendants
    >>> waits.of("a"), waits.count("a"), ("a", "c") in waits
    (('b', 'c'), 2, True)
    """

    net: CompiledNetwork
    """The steps and what binds them, as numbers."""

    def of(self, id: str) -> tuple[str, ...]:
        """What waits on a step, in an order in which it can be done; raises `NotFoundError` for what is no step."""
        ids = self.net.ids
        return tuple(ids[-1 - bit] for bit in members(self._bits[self._place(id)])[::-1].tolist())

    def count(self, id: str) -> int:
        """How many steps wait on a step; raises `NotFoundError` for what is no step."""
        return self._bits[self._place(id)].bit_count()

    @property
    def counts(self) -> dict[str, int]:
        """How many steps wait on each step, by its id."""
        return {id: bits.bit_count() for id, bits in zip(self.net.ids, self._bits, strict=True)}

    def __contains__(self, pair: tuple[str, str]) -> bool:
        """Whether, of a step and another, the other waits on the first; no step waits on what is none."""
        known = self.net.steps.numbers
        if not (isinstance(pair, tuple) and len(pair) == 2 and all(type(id) is str and id in known for id in pair)):
            return False
        first, other = map(self.net.place, pair)
        return bool(self._bits[first] >> len(self.net.ids) - 1 - other & 1)

    def __repr__(self) -> str:
        """One line: how many steps there are."""
        return f"<Behind · {len(self.net.ids)} steps>"

    def _place(self, id: str) -> int:
        if not isinstance(id, str) or id not in self.net.steps.numbers:
            raise NotFoundError(f"{id!r:.80} is no step", "give the id of something that has a timing")
        return self.net.place(id)

    @cached_property
    def _bits(self) -> list[int]:
        """For each place the places behind it, the last as the lowest bit, so that few bits stand for what is late."""
        net, size = self.net, len(self.net.ids)
        firsts, ends = _followers(net)
        own = [1 << size - 1 - place for place in range(size)]
        found = own.copy()
        for ring in _components(firsts, ends, net.order.stuck):
            bits = 0
            for place in ring:
                for other in (place, *ends[firsts[place] : firsts[place + 1]]):
                    bits |= found[other]
            for place in ring:
                found[place] = bits
        for place in range(net.order.stuck - 1, -1, -1):
            bits = own[place]
            for other in ends[firsts[place] : firsts[place + 1]]:
                bits |= found[other]
            found[place] = bits
        return [bits ^ mine for bits, mine in zip(found, own, strict=True)]


def descendants_of(net: CompiledNetwork, place: int) -> tuple[str, ...]:
    """What waits on the step in a place, in an order in which it can be done."""
    firsts, ends = _followers(net)
    found, left = {place}, [place]
    while left:
        here = left.pop()
        new = [other for other in ends[firsts[here] : firsts[here + 1]] if other not in found]
        found.update(new)
        left += new
    return tuple(net.ids[other] for other in sorted(found - {place}))


def _followers(net: CompiledNetwork) -> tuple[list[int], list[int]]:
    """The places that wait on each place, together, and where those of each begin."""
    out, place = net.order.out, net.order.place
    if net.order.stuck == place.size:
        return out.first.tolist(), (out.ends % max(place.size, 1)).tolist()
    # what waits for itself is left out of the order
    before, after = place[np.array(net.links.before, np.int64)], place[np.array(net.links.after, np.int64)]
    firsts = np.cumsum(np.bincount(before, minlength=place.size)).tolist()
    return [0, *firsts], after[np.argsort(before, kind="stable")].tolist()


def _components(firsts: list[int], ends: list[int], stuck: int) -> Iterator[Iterable[int]]:
    """The places from one on, together those that wait for each other, successors first."""
    if stuck + 1 < len(firsts):
        waiting = range(stuck, len(firsts) - 1)
        yield from components((place, other) for place in waiting for other in ends[firsts[place] : firsts[place + 1]])


def members(bits: int) -> Numbers:
    """Which bits are set, the lowest first."""
    data = np.frombuffer(bits.to_bytes((bits.bit_length() + 7) // 8, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(data, bitorder="little"))
