"""Things that hang on each other in a ring: mutual help, which is as it should be, and mutual waiting, which is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.reference import texts
from samverkan.model.work import Dependency, DependencyKind
from samverkan.parties.answer import assumptions
from samverkan.values.table import Table

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Cycle", "MutualGroup", "components", "cycles", "knots", "mutual_groups"]


@frozen(kw_only=True)
class MutualGroup:
    """Things each of which bears upon each other, directly or by way of the rest (ömsesidigt beroende).

    >>> MutualGroup(things=("fardplan", "plan"), kinds=("contributes to",), legal=True, because=()).legal
    True
    """

    things: tuple[str, ...]
    """The ids of the things (ingår)."""
    kinds: tuple[str, ...]
    """The kinds of dependency between them (slag)."""
    legal: bool
    """Whether nothing in it must wait for itself: no ring of *must finish before* (tillåten)."""
    because: tuple[str, ...]
    """The ids of the dependencies between them."""


@frozen(kw_only=True)
class Cycle:
    """A ring of things each of which must wait for the one before, so that none can begin (cirkelberoende).

    >>> print(Cycle(text="a → b → a", things=("a", "b"), because=("a>b", "b>a")))
    a → b → a
    """

    text: str
    """The ring, written out from its first id back to it (cirkeln)."""
    things: tuple[str, ...]
    """The ids of the things in it, each once, in order (ingår)."""
    because: tuple[str, ...]
    """The ids of the dependencies that close it."""

    def __str__(self) -> str:
        """The ring, written out."""
        return self.text


def knots(links: Iterable[Dependency]) -> tuple[tuple[Dependency, ...], ...]:
    """Dependencies by the ring or rings they are part of; what is part of none is left out.

    >>> [a, b, c] = (Dependency(predecessor=x, successor=y) for x, y in ("ab", "ba", "bc"))
    >>> [[link.id for link in knot] for knot in knots([a, b, c])]
    [['a>b', 'b>a']]
    """
    import networkx as nx

    links = tuple(links)
    graph: nx.DiGraph[str] = nx.DiGraph((link.predecessor, link.successor) for link in links)
    home = {id: number for number, ids in enumerate(nx.strongly_connected_components(graph)) for id in ids}
    found: dict[int, list[Dependency]] = {}
    for link in sorted(links, key=lambda link: natural(link.id)):
        if home[link.predecessor] == home[link.successor]:
            found.setdefault(home[link.predecessor], []).append(link)
    return tuple(tuple(knot) for knot in found.values())


def mutual_groups(collaboration: Collaboration, kinds: str | Iterable[str] = ()) -> Table[MutualGroup]:
    """The groups of things that depend on each other, by dependencies of some kinds; of any kind if none is named."""
    wanted = {DependencyKind(kind) for kind in texts(kinds)} or {*DependencyKind}
    groups = [_group(knot) for knot in knots(link for link in collaboration[Dependency] if link.kind in wanted)]
    assumed = assumptions(collaboration, (id for group in groups for id in group.because))
    return Table(MutualGroup, tuple(groups), "mutual groups", assumed=assumed)


def cycles(collaboration: Collaboration) -> Table[Cycle]:
    """A shortest ring of each knot of *must finish before*."""
    links = [link for link in collaboration[Dependency] if link.kind.blocks]
    sure = [link for link in links if link.lag >= 0]
    found = _rings(sure)
    known = {id for cycle in found for id in cycle.things}
    doubtful = [cycle.text for cycle in _rings(links) if known.isdisjoint(cycle.things)]
    return Table(
        Cycle,
        found,
        "cycles of must finish before",
        unknown=tuple(f"whether {ring} has an order, since a lag in it is negative" for ring in doubtful),
        assumed=assumptions(collaboration, (id for cycle in found for id in cycle.because)),
    )


def _group(knot: tuple[Dependency, ...]) -> MutualGroup:
    found = {link.kind for link in knot}
    return MutualGroup(
        things=tuple(sorted({link.predecessor for link in knot}, key=natural)),
        kinds=tuple(kind.value for kind in DependencyKind if kind in found),
        legal=not _rings([link for link in knot if link.kind.blocks and link.lag >= 0]),
        because=tuple(link.id for link in knot),
    )


_Arrival = tuple[str, str]
"""A thing and the end of it that must wait: its start, and with it its finish, or its finish alone."""


def _rings(links: Sequence[Dependency]) -> tuple[Cycle, ...]:
    """A shortest ring of each knot of what must come before what, start and finish of each thing held apart."""
    import networkx as nx

    leads = _leads(links)
    after = {at: sorted({to for to, _ in found}, key=_order) for at, found in leads.items()}
    waits = _digraph(after)
    knots = nx.strongly_connected_components(waits)
    found = [
        _cycle({at: [to for to in after[at] if to in knot] for at in knot}, leads)
        for knot in knots
        if len(knot) > 1 or any(at in after[at] for at in knot)
    ]
    return tuple(sorted(found, key=lambda cycle: natural(cycle.things[0])))


def _digraph(after: Mapping[_Arrival, Iterable[_Arrival]]) -> nx.DiGraph[_Arrival]:
    import networkx as nx

    plain: dict[_Arrival, Iterable[_Arrival]] = dict(after)
    return nx.DiGraph(plain)


def _leads(links: Sequence[Dependency]) -> dict[_Arrival, list[tuple[_Arrival, Dependency]]]:
    """From each arrival, the arrivals that wait on it, and why: who waits at the start waits at the finish too."""
    waiting: dict[str, list[Dependency]] = {}
    for link in links:
        waiting.setdefault(link.predecessor, []).append(link)
    arrivals = dict.fromkeys((link.successor, link.kind.ends[1]) for link in links)
    return {
        (id, end): [
            ((link.successor, link.kind.ends[1]), link)
            for link in waiting.get(id, ())
            if end in ("start", link.kind.ends[0])
        ]
        for id, end in arrivals
    }


def _order(arrival: _Arrival) -> tuple[Any, ...]:
    return natural(arrival[0]), arrival[1]


def _cycle(after: dict[_Arrival, list[_Arrival]], leads: dict[_Arrival, list[tuple[_Arrival, Dependency]]]) -> Cycle:
    ring = _shortest(after)
    first = ring.index(min(ring, key=_order))
    ring = [*ring[first:], *ring[:first]]
    steps = zip(ring, [*ring[1:], ring[0]], strict=True)
    ids = [id for id, _ in ring]
    because = (link.id for at, (id, _) in steps for to, link in leads[at] if to[0] == id and to in after)
    return Cycle(text=" → ".join([*ids, ids[0]]), things=tuple(ids), because=tuple(dict.fromkeys(because)))


def _shortest(after: dict[_Arrival, list[_Arrival]]) -> list[_Arrival]:
    """The shortest ring in a knot.

    Every ring goes back somewhere against the order in which a walk leaves things; so look from where one goes back to.
    """
    import networkx as nx

    walk = nx.dfs_postorder_nodes(_digraph(after), min(after, key=_order))
    left = {at: number for number, at in enumerate(walk)}
    heads = {other for at, following in after.items() for other in following if left[other] >= left[at]}
    shortest = [*after, ("", "")]
    for head in sorted(heads, key=_order):
        shortest = next(_around(after, head, len(shortest)), shortest)
    return shortest


def _around(after: dict[_Arrival, list[_Arrival]], start: _Arrival, limit: int) -> Iterator[list[_Arrival]]:
    """The shortest ring through an arrival, if it has fewer than the limit."""
    came: dict[_Arrival, _Arrival] = {}
    level = [start]
    for _ in range(1, limit):
        reached = []
        for at in level:
            for following in after[at]:
                if following == start:
                    yield _back(came, at, start)
                    return
                if following not in came:
                    came[following] = at
                    reached.append(following)
        level = reached


def _back(came: dict[_Arrival, _Arrival], at: _Arrival, start: _Arrival) -> list[_Arrival]:
    ring = [at]
    while ring[-1] != start:
        ring.append(came[ring[-1]])
    return ring[::-1]


def components(links: Iterable[tuple[int, int]]) -> Iterator[Iterable[int]]:
    """The strongly connected components of some links, successors before predecessors.

    >>> [sorted(places) for places in components([(0, 1), (1, 2), (2, 1)])]
    [[1, 2], [0]]
    """
    import networkx as nx

    condensed = nx.condensation(nx.DiGraph(links))
    yield from (condensed.nodes[place]["members"] for place in reversed(list(nx.topological_sort(condensed))))
