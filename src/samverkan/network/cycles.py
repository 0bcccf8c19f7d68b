"""Things that depend on each other in a cycle: mutual support, which is legal, and mutual waiting, which is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.reference import texts
from samverkan.model.work import Dependency, DependencyKind
from samverkan.parties.answer import answer
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Cycle", "MutualGroup", "components", "cycles", "dependency_cycles", "mutual_groups"]

_MUTUAL = Wording("mutual groups", "ömsesidiga beroenden")
_CYCLES = Wording("cycles of must finish before", "cirkelberoenden av måste vara klart före")
_NEGATIVE_LAG = Wording(
    "whether {cycle} has an order, since a lag in it is negative",
    "om {cycle} har en ordning, eftersom en fördröjning i den är negativ",
)


@frozen(kw_only=True)
class MutualGroup:
    """Things that all depend on each other, directly or through the others (ömsesidigt beroende).

    >>> MutualGroup(things=("fardplan", "plan"), kinds=(DependencyKind.CONTRIBUTES,), legal=True, because=()).legal
    True
    """

    things: tuple[str, ...]
    """The ids of the things (ingår)."""
    kinds: tuple[DependencyKind, ...]
    """The kinds of dependency between them (slag)."""
    legal: bool
    """Whether nothing in it must wait for itself: no cycle of *must finish before* (tillåten)."""
    because: tuple[str, ...]
    """The ids of the dependencies between them."""


@frozen(kw_only=True)
class Cycle:
    """Things in a cycle, each of which must wait for the one before, so that none can begin (cirkelberoende).

    >>> print(Cycle(text="a → b → a", things=("a", "b"), because=("a>b", "b>a")))
    a → b → a
    """

    text: Phrase = field(converter=Phrase)
    """The cycle, from its first id back to that (cirkeln)."""
    things: tuple[str, ...]
    """The ids of the things in it, each once, in order (ingår)."""
    because: tuple[str, ...]
    """The ids of the dependencies that close it."""

    def __str__(self) -> str:
        """The cycle, from its first id back to that."""
        return str(self.text)


def dependency_cycles(links: Iterable[Dependency]) -> tuple[tuple[Dependency, ...], ...]:
    """The dependencies within each strongly connected component; those in no cycle are left out.

    >>> [a, b, c] = (Dependency(predecessor=x, successor=y) for x, y in ("ab", "ba", "bc"))
    >>> [[link.id for link in links] for links in dependency_cycles([a, b, c])]
    [['a>b', 'b>a']]
    """
    import networkx as nx

    links = tuple(links)
    graph: nx.DiGraph[str] = nx.DiGraph((link.predecessor, link.successor) for link in links)
    home = {id: number for number, ids in enumerate(nx.strongly_connected_components(graph)) for id in ids}
    within: dict[int, list[Dependency]] = {}
    for link in sorted(links, key=lambda link: natural(link.id)):
        if home[link.predecessor] == home[link.successor]:
            within.setdefault(home[link.predecessor], []).append(link)
    return tuple(tuple(component) for component in within.values())


def mutual_groups(collaboration: Collaboration, kinds: str | Iterable[str] = ()) -> Table[MutualGroup]:
    """The groups of things that depend on each other, by dependencies of some kinds; of any kind if none is named."""
    wanted = {DependencyKind(kind) for kind in texts(kinds)} or {*DependencyKind}
    chosen = dependency_cycles(link for link in collaboration[Dependency] if link.kind in wanted)
    return answer(collaboration, MutualGroup, map(_group, chosen), _MUTUAL())


def cycles(collaboration: Collaboration) -> Table[Cycle]:
    """A shortest cycle in each strongly connected component of *must finish before*."""
    links = [link for link in collaboration[Dependency] if link.kind.blocks]
    certain = _cycles([link for link in links if link.lag >= 0])
    known = {id for cycle in certain for id in cycle.things}
    doubtful = [cycle.text for cycle in _cycles(links) if known.isdisjoint(cycle.things)]
    unknown = (_NEGATIVE_LAG(cycle=text) for text in doubtful)
    return answer(collaboration, Cycle, certain, _CYCLES(), unknown=unknown)


def _group(links: tuple[Dependency, ...]) -> MutualGroup:
    kinds = {link.kind for link in links}
    return MutualGroup(
        things=tuple(sorted({link.predecessor for link in links}, key=natural)),
        kinds=tuple(kind for kind in DependencyKind if kind in kinds),
        legal=not _cycles([link for link in links if link.kind.blocks and link.lag >= 0]),
        because=tuple(link.id for link in links),
    )


_Arrival = tuple[str, str]
"""A thing and the end of it that must wait: its start, and with it its finish, or its finish alone."""


def _cycles(links: Sequence[Dependency]) -> tuple[Cycle, ...]:
    """A shortest cycle in each component of what must come before what; start and finish of a thing are kept apart."""
    import networkx as nx

    leads = _leads(links)
    after = {at: sorted({to for to, _ in onward}, key=_order) for at, onward in leads.items()}
    shortest = [
        _cycle({at: [to for to in after[at] if to in component] for at in component}, leads)
        for component in nx.strongly_connected_components(_digraph(after))
        if len(component) > 1 or any(at in after[at] for at in component)
    ]
    return tuple(sorted(shortest, key=lambda cycle: natural(cycle.things[0])))


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
    cycle = _shortest(after)
    first = cycle.index(min(cycle, key=_order))
    cycle = [*cycle[first:], *cycle[:first]]
    steps = zip(cycle, [*cycle[1:], cycle[0]], strict=True)
    ids = [id for id, _ in cycle]
    because = (link.id for at, (id, _) in steps for to, link in leads[at] if to[0] == id and to in after)
    return Cycle(text=Phrase.joined([*ids, ids[0]], " → "), things=tuple(ids), because=tuple(dict.fromkeys(because)))


def _shortest(after: dict[_Arrival, list[_Arrival]]) -> list[_Arrival]:
    """The shortest cycle in a strongly connected component.

    Each cycle has an edge against the order in which a depth-first walk leaves things, so it starts at such an edge.
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
    """The shortest cycle through an arrival, if it has fewer steps than the limit."""
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
    cycle = [at]
    while cycle[-1] != start:
        cycle.append(came[cycle[-1]])
    return cycle[::-1]


def components(links: Iterable[tuple[int, int]]) -> Iterator[Iterable[int]]:
    """The strongly connected components of some links, successors before predecessors.

    >>> [sorted(places) for places in components([(0, 1), (1, 2), (2, 1)])]
    [[1, 2], [0]]
    """
    import networkx as nx

    condensed = nx.condensation(nx.DiGraph(links))
    yield from (condensed.nodes[place]["members"] for place in reversed(list(nx.topological_sort(condensed))))
