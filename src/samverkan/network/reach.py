"""What an event reaches: everything that waits on it or is borne upon, with the obligations and grants beyond."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from attrs import frozen

from samverkan.model.collaboration import natural
from samverkan.model.integrity import kind_name
from samverkan.model.source import Elsewhere
from samverkan.model.work import Dependency
from samverkan.network.crossing import untold
from samverkan.network.edge import Edge, Edges
from samverkan.network.notes import notes
from samverkan.network.organisation import Organisations, Told
from samverkan.values.table import Table

__all__ = ["CARRIES", "Reached", "reaches"]

CARRIES = ("fulfils", "secures")
"""The references that carry an event onward as surely as *must finish before*: to what is fulfilled, and to the grant
that hangs on it. A user's own class takes part by naming a field so."""

_SHOWN = 4


@frozen(kw_only=True)
class Reached:
    """One thing that an event reaches (berörs av).

    >>> row = Reached(
    ...     id="beslut",
    ...     kind="Decision",
    ...     title="",
    ...     organisations=("vgr",),
    ...     distance=1,
    ...     certain=True,
    ...     path="forslag —finish-start→ beslut",
    ...     because=("forslag>beslut",),
    ... )
    >>> row.certain
    True
    """

    id: str
    """The thing that is reached (vad)."""
    kind: str
    """Its kind of record (slag)."""
    title: str
    """What it is called (namn)."""
    organisations: tuple[str, ...]
    """To which organisations it belongs; none where it is not told (organisation)."""
    distance: int
    """How many steps the path has (avstånd)."""
    certain: bool
    """Whether every step of some path binds; otherwise one of them only informs or contributes (säkert)."""
    path: str
    """A shortest path to it, one that binds if there is one (väg)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def reaches(edges: Edges, organisations: Organisations, id: str) -> Table[Reached]:
    """What an event reaches, what it binds first, then the nearest first."""
    binding = _spread(edges, id, binding=True)
    came = _spread(edges, id, binding=False)
    every = sorted(came, key=natural)
    rows = [_row(edges, other, _way(binding, other), organisations.of(other), certain=True) for other in binding]
    rows += [
        _row(edges, other, _way(came, other), organisations.of(other), certain=False)
        for other in every
        if other not in binding
    ]
    return Table(
        Reached,
        tuple(sorted(rows, key=lambda row: (not row.certain, row.distance, natural(row.id)))),
        f"what {id} reaches",
        unknown=tuple(dict.fromkeys(chain.from_iterable(_doubts(edges, id, organisations.of(id)) for id in every))),
        assumed=notes(edges.collaboration, (record for row in rows for record in row.because)),
    )


def _spread(edges: Edges, start: str, *, binding: bool) -> dict[str, Edge]:
    """The last step of a shortest path to each thing that is reached."""
    came: dict[str, Edge] = {}
    level = [start]
    while level:
        ahead = [edge for id in level for edge, binds in _onward(edges, id) if binds or not binding]
        fresh = {edge.target: edge for edge in reversed(ahead) if edge.target not in came and edge.target != start}
        came |= fresh
        level = sorted(fresh, key=natural)
    return came


def _onward(edges: Edges, id: str) -> Iterator[tuple[Edge, bool]]:
    for edge in edges.out(id):
        record = edges.collaboration[edge.record]
        if edge.relation in CARRIES:
            yield edge, True
        elif type(record) is Dependency and edge.relation == record.kind.value:
            yield edge, record.kind.blocks


def _way(came: dict[str, Edge], id: str) -> list[Edge]:
    way = []
    while id in came:
        way.append(came[id])
        id = came[id].source
    return way[::-1]


def _row(edges: Edges, id: str, way: list[Edge], told: Told, *, certain: bool) -> Reached:
    record = edges.collaboration[id]
    return Reached(
        id=id,
        kind=kind_name(record),
        title=getattr(record, "title", ""),
        organisations=told.ids,
        distance=len(way),
        certain=certain,
        path=_text(way),
        because=tuple(dict.fromkeys([*(edge.record for edge in way), *told.because])),
    )


def _text(way: list[Edge]) -> str:
    """A path as text; a long one without its middle."""
    steps = [f" —{edge.relation}→ {edge.target}" for edge in way]
    if len(steps) > 2 * _SHOWN + 1:
        steps[_SHOWN:-_SHOWN] = [f" … {len(steps) - 2 * _SHOWN} steps …"]
    return way[0].source + "".join(steps)


def _doubts(edges: Edges, id: str, told: Told) -> tuple[str, ...]:
    away = type(edges.collaboration[id]) is Elsewhere
    return (*untold(told, id), *([f"{id!r} stands in another document, as may what waits on it"] if away else []))
