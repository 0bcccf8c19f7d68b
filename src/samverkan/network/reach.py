"""What an event reaches: everything that waits on it or is borne upon, with the obligations and grants beyond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from attrs import frozen

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.notes import beyond, notes
from samverkan.model.reference import Carries, marked
from samverkan.model.source import Elsewhere, is_open, kind_name
from samverkan.model.work import Dependency
from samverkan.network.crossing import untold
from samverkan.network.edge import Edge, Edges
from samverkan.network.organisation import Organisations, Told
from samverkan.values.table import Table
from samverkan.values.timing import is_over
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Reached", "reaches", "spread", "way_text"]

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
    c, on = edges.collaboration, organisations.on
    binding = spread(edges, [id], on)
    every = spread(edges, [id], on, informed=True, doubted=True)
    ways = [(way, True) for way in binding.values()]
    ways += [(way, False) for other, way in every.items() if other not in binding]
    rows = [_row(edges, way, organisations.of(way[-1].target), certain=certain) for way, certain in ways]
    met = sorted(every, key=natural)
    return Table(
        Reached,
        tuple(sorted(rows, key=lambda row: (not row.certain, row.distance, natural(row.id)))),
        f"what {id} reaches",
        unknown=tuple(
            dict.fromkeys(
                (
                    *chain.from_iterable(_doubts(edges, other, organisations.of(other)) for other in met),
                    *chain.from_iterable(_leading_on(c[other]) for other in (id, *met)),
                    *(f"what {record.id!r} waits on is not told" for record in _waiting(c)),
                    *beyond(c, on),
                )
            )
        ),
        assumed=notes(c, (record for row in rows for record in row.because)),
    )


_Arrival = tuple[str, str]
"""A thing and the end of it that is reached: its start, and with it its finish, or its finish alone."""


def spread(
    edges: Edges, starts: Iterable[str], on: When | None, *, informed: bool = False, doubted: bool = False
) -> dict[str, list[Edge]]:
    """A shortest way from some things to each other thing that they reach, nearest first.

    Only by what binds, unless what is only *informed* is wanted; not past what is done, nor past what may be done
    unless what is *doubted* is wanted.
    """
    first = dict.fromkeys(starts)
    came: dict[_Arrival, tuple[_Arrival, Edge] | None] = {(start, "start"): None for start in first}
    level: list[_Arrival] = list(came)
    while level:
        fresh: dict[_Arrival, tuple[_Arrival, Edge]] = {}
        for at in level:
            for edge, end, binds in _onward(edges, at):
                to, over = (edge.target, end), is_over(edges.collaboration[edge.target], on)
                goes_on = (binds or informed) and (over is Truth.NO or (doubted and over is not Truth.YES))
                if goes_on and to not in came and edge.target not in first:
                    fresh.setdefault(to, (at, edge))
        came |= fresh
        level = sorted(fresh, key=lambda at: (natural(at[0]), at[1]))
    found: dict[str, list[Edge]] = {}
    for at in came:
        if at[0] not in first:
            found.setdefault(at[0], _way(came, at))
    return found


def _onward(edges: Edges, at: _Arrival) -> Iterator[tuple[Edge, str, bool]]:
    """The edges along which an event goes on from a thing, the end that it reaches there, and whether that binds."""
    for edge in edges.out(at[0]):
        record = edges.collaboration[edge.record]
        if edge.relation in marked(record.__class__, Carries):
            yield edge, "finish", True
        elif type(record) is Dependency and edge.relation == record.kind.value:
            first, second = record.kind.ends
            if not record.kind.blocks or at[1] in ("start", first):
                yield edge, second, record.kind.blocks


def _way(came: Mapping[_Arrival, tuple[_Arrival, Edge] | None], at: _Arrival) -> list[Edge]:
    way = []
    while step := came[at]:
        at, edge = step
        way.append(edge)
    return way[::-1]


def _leading_on(record: Any) -> Iterator[str]:
    """What cannot be told of where a thing leads on."""
    for name in marked(record.__class__, Carries):
        if is_open(record, name.rstrip("_")):
            yield f"what {record.id!r} {name} is not told in full"


def _waiting(c: Collaboration) -> Iterator[Any]:
    """The things of which the source does not tell all that they wait on."""
    return (record for kind in c.kinds for record in _all(c, kind) if is_open(record, "after"))


def _all(c: Collaboration, kind: type) -> tuple[Any, ...]:
    return c[kind]


def _row(edges: Edges, way: list[Edge], told: Told, *, certain: bool) -> Reached:
    id = way[-1].target
    record = edges.collaboration[id]
    return Reached(
        id=id,
        kind=kind_name(record),
        title=getattr(record, "title", ""),
        organisations=told.ids,
        distance=len(way),
        certain=certain,
        path=way_text(way),
        because=tuple(dict.fromkeys([*(edge.record for edge in way), *told.because])),
    )


def way_text(way: list[Edge]) -> str:
    """A path as text; a long one without its middle."""
    steps = [f" —{edge.relation}→ {edge.target}" for edge in way]
    if len(steps) > 2 * _SHOWN + 1:
        steps[_SHOWN:-_SHOWN] = [f" … {len(steps) - 2 * _SHOWN} steps …"]
    return way[0].source + "".join(steps)


def _doubts(edges: Edges, id: str, told: Told) -> tuple[str, ...]:
    away = type(edges.collaboration[id]) is Elsewhere
    return (*untold(told, id), *([f"{id!r} stands in another document, as may what waits on it"] if away else []))
