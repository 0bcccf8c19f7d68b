"""Things that hang on each other in a ring: mutual help, which is as it should be, and mutual waiting, which is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.work import Dependency, DependencyKind
from samverkan.network.notes import notes
from samverkan.values.table import Table

__all__ = ["Cycle", "MutualGroup", "cycles", "knots", "mutual_groups"]


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
    wanted = {DependencyKind(kind) for kind in ((kinds,) if isinstance(kinds, str) else kinds)} or {*DependencyKind}
    groups = [_group(knot) for knot in knots(link for link in collaboration[Dependency] if link.kind in wanted)]
    assumed = notes(collaboration, (id for group in groups for id in group.because))
    return Table(MutualGroup, tuple(groups), "mutual groups", assumed=assumed)


def cycles(collaboration: Collaboration) -> Table[Cycle]:
    """A shortest ring of each knot of *must finish before*."""
    blocking = (link for link in collaboration[Dependency] if link.kind.blocks)
    found = [_cycle(knot) for knot in knots(blocking)]
    assumed = notes(collaboration, (id for cycle in found for id in cycle.because))
    return Table(Cycle, tuple(found), "cycles of must finish before", assumed=assumed)


def _group(knot: tuple[Dependency, ...]) -> MutualGroup:
    found = {link.kind for link in knot}
    return MutualGroup(
        things=tuple(sorted({link.predecessor for link in knot}, key=natural)),
        kinds=tuple(kind.value for kind in DependencyKind if kind in found),
        legal=not knots(link for link in knot if link.kind.blocks),
        because=tuple(link.id for link in knot),
    )


def _cycle(knot: tuple[Dependency, ...]) -> Cycle:
    after: dict[str, list[str]] = {}
    for link in sorted(knot, key=lambda link: natural(link.successor)):
        after.setdefault(link.predecessor, []).append(link.successor)
    ring = _shortest(after)
    first = ring.index(min(ring, key=natural))
    ring = [*ring[first:], *ring[:first]]
    steps = set(zip(ring, [*ring[1:], ring[0]], strict=True))
    return Cycle(
        text=" → ".join([*ring, ring[0]]),
        things=tuple(ring),
        because=tuple(link.id for link in knot if (link.predecessor, link.successor) in steps),
    )


def _shortest(after: dict[str, list[str]]) -> list[str]:
    """The shortest ring in a knot.

    Every ring goes back somewhere against the order in which a walk leaves things; so look from where one goes back to.
    """
    import networkx as nx

    walk = nx.dfs_postorder_nodes(nx.DiGraph(after), min(after, key=natural))
    left = {id: number for number, id in enumerate(walk)}
    heads = {other for id, following in after.items() for other in following if left[other] >= left[id]}
    shortest = [*after, ""]
    for head in sorted(heads, key=natural):
        shortest = next(_around(after, head, len(shortest)), shortest)
    return shortest


def _around(after: dict[str, list[str]], start: str, limit: int) -> Iterator[list[str]]:
    """The shortest ring through a thing, if it has fewer things than the limit."""
    came: dict[str, str] = {}
    level = [start]
    for _ in range(1, limit):
        reached = []
        for id in level:
            for following in after[id]:
                if following == start:
                    yield _back(came, id, start)
                    return
                if following not in came:
                    came[following] = id
                    reached.append(following)
        level = reached


def _back(came: dict[str, str], id: str, start: str) -> list[str]:
    ring = [id]
    while ring[-1] != start:
        ring.append(came[ring[-1]])
    return ring[::-1]
