"""How two things are connected: the shortest paths from one to the other, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from attrs import field, frozen

from samverkan.model.source import kind_name
from samverkan.network.edges import Edge, Edges, relation_word
from samverkan.parties.answer import answer
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording

__all__ = ["TITLE", "PathEdge", "paths"]


TITLE = Wording("from {a} to {b}", "från {a} till {b}")


@frozen(kw_only=True)
class PathEdge:
    """One step on the way from a thing to another (steg på vägen).

    >>> print(PathEdge(text="ale —member of→ gr", here="ale", there="gr", relation="member of", because=("ale>gr",)))
    ale —member of→ gr
    """

    text: Phrase = field(converter=Phrase)
    """The step in words; the arrow points as the relation does (i ord)."""
    here: str
    """The id of the thing it goes from (från)."""
    there: str
    """The id of the thing it goes to (till)."""
    relation: Phrase = field(converter=Phrase)
    """What ties them (relation)."""
    because: tuple[str, ...]
    """The id of the record that ties them."""

    def __str__(self) -> str:
        """The step in words."""
        return str(self.text)


def paths(edges: Edges, a: str, b: str, *, directed: bool) -> Iterator[Table[PathEdge]]:
    """The shortest paths from one thing to another, in a fixed order; none if they are not connected.

    No path goes *through* a source: a document that mentions two things does not connect them otherwise.
    """
    title = TITLE(a=a, b=b)
    for ids in _ways(edges, a, b, directed=directed):
        steps = tuple(_step(a, b, _between(edges, a, b)) for a, b in pairwise(ids))
        yield answer(edges.collaboration, PathEdge, steps, title)


def _step(here: str, there: str, edge: Edge) -> PathEdge:
    relation = relation_word(edge.relation)
    return PathEdge(text=edge.read_from(here), here=here, there=there, relation=relation, because=(edge.record,))


def _between(edges: Edges, here: str, there: str) -> Edge:
    """The edge that a step takes: one that goes its way, if there is one."""
    ahead = [edge for edge in edges.out(here) if edge.target == there]
    return (ahead or [edge for edge in edges.into(here) if edge.source == there])[0]


def _ways(edges: Edges, a: str, b: str, *, directed: bool) -> Iterator[list[str]]:
    """All shortest paths as the ids that they pass: from *a* on, each step one nearer to *b*."""
    far = _distances(edges, a, b, directed=directed)
    if a not in far:
        return
    way, choices = [a], [_nearer(edges, a, far, directed=directed)]
    while choices:
        if way[-1] == b:
            yield list(way)
        elif (following := next(choices[-1], None)) is not None:
            way.append(following)
            choices.append(_nearer(edges, following, far, directed=directed))
            continue
        way.pop()
        choices.pop()


def _nearer(edges: Edges, id: str, far: dict[str, int], *, directed: bool) -> Iterator[str]:
    near = [edge.target for edge in edges.out(id)]
    near += [] if directed else [edge.source for edge in edges.into(id)]
    return iter([other for other in dict.fromkeys(near) if far.get(other) == far[id] - 1])


def _distances(edges: Edges, a: str, b: str, *, directed: bool) -> dict[str, int]:
    """How many steps it is to *b*, from everything that is no farther from it than *a*."""
    far, level = {b: 0}, [b]
    while level and a not in far:
        reached: dict[str, int] = {}
        for id in level:
            near = {edge.source for edge in edges.into(id)}
            near |= set() if directed else {edge.target for edge in edges.out(id)}
            reached.update((other, far[id] + 1) for other in near if other not in far)
        far |= {other: steps for other, steps in reached.items() if other == a or not _is_source(edges, other)}
        level = [other for other in reached if other in far]
    return far


def _is_source(edges: Edges, id: str) -> bool:
    return kind_name(edges.collaboration[id]) == "Source"
