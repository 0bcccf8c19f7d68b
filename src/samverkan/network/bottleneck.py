"""On whom unusually much waits: the organisations on whose things those of others wait, near and far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.notes import beyond, notes
from samverkan.model.reference import Carries, marked, named
from samverkan.model.source import kind_name
from samverkan.model.work import Dependency
from samverkan.network.crossing import untold
from samverkan.network.edge import Edge, Edges
from samverkan.network.organisation import Organisations, Told
from samverkan.network.reach import spread, way_text
from samverkan.values.count import Count
from samverkan.values.table import Table
from samverkan.values.timing import is_over
from samverkan.values.truth import Truth

__all__ = ["Bottleneck", "bottlenecks"]


@frozen(kw_only=True)
class Bottleneck:
    """One organisation on whose things those of others wait (flaskhals)."""

    organisation: str
    """Who is waited on (vem)."""
    waiting: Count
    """How many things of others wait on its things, near and far (antal som väntar)."""
    of: Count
    """How many wait on any other organisation at all (av)."""
    unusual: Truth
    """Whether more than half of these wait on this one (ovanligt mycket)."""
    who: tuple[str, ...]
    """The organisations that wait (vilka)."""
    things: tuple[str, ...]
    """What waits (vad)."""
    path: str
    """The farthest of the shortest ways from its things to one that waits (väg)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def bottlenecks(edges: Edges, organisations: Organisations) -> Table[Bottleneck]:
    """The organisations on which others wait, those on whom most waits first."""
    c = edges.collaboration
    leading = _leading(c)
    starts: dict[str, list[str]] = {}
    for id in leading:
        for home in organisations.of(id).ids:
            starts.setdefault(home, []).append(id)
    found = {home: _ways(edges, organisations, home, ids) for home, ids in sorted(starts.items(), key=_order)}
    sure = {id for certain, _ in found.values() for id in certain}
    every = {id for _, possible in found.values() for id in possible}
    whole = Count(len(sure), len(every))
    rows = [_row(organisations, home, ways, whole) for home, ways in found.items() if ways[1]]
    doubts = dict.fromkeys(
        doubt for id in sorted(every.union(leading), key=natural) for doubt in untold(organisations.of(id), id)
    )
    return Table(
        Bottleneck,
        tuple(
            sorted(rows, key=lambda row: (-(row.waiting.low or 0), -(row.waiting.high or 0), natural(row.organisation)))
        ),
        "on whom others wait",
        unknown=(*doubts, *beyond(c, organisations.on)),
        assumed=notes(c, (id for row in rows for id in row.because)),
    )


def _leading(c: Collaboration) -> list[str]:
    """The things on which others may wait: by a dependency that blocks, or by what hangs on them as surely."""
    first = {link.predecessor for link in c[Dependency] if link.kind.blocks}
    carrying = (record for kind in c.kinds if marked(kind, Carries) for record in _all(c, kind))
    first |= {
        record.id for record in carrying if any(named(record, name) for name in marked(record.__class__, Carries))
    }
    return sorted(first, key=natural)


def _all(c: Collaboration, kind: type) -> tuple[Any, ...]:
    return c[kind]


_Ways = dict[str, list[Edge]]


def _ways(edges: Edges, organisations: Organisations, home: str, ids: list[str]) -> tuple[_Ways, _Ways]:
    """The ways from an organisation's things to those of others that wait: certainly, and for all that we know."""
    over = {id: is_over(edges.collaboration[id], organisations.on) for id in ids}
    sure = spread(edges, [id for id in ids if over[id] is Truth.NO], organisations.on)
    possible = spread(edges, [id for id in ids if over[id] is not Truth.YES], organisations.on, doubted=True)
    other = {
        id for id in possible if home not in organisations.of(id).ids and kind_name(edges.collaboration[id]) != "Grant"
    }
    certain = {id: way for id, way in sure.items() if id in other and organisations.of(id).ids}
    return certain, {id: certain.get(id, way) for id, way in possible.items() if id in other}


def _row(organisations: Organisations, home: str, ways: tuple[_Ways, _Ways], whole: Count) -> Bottleneck:
    sure, possible = ways
    least, most = whole.low or 0, whole.high or 0
    told = {id: organisations.of(id) for id in possible}
    farthest = max(possible.values(), key=lambda way: (len(way), way[-1].target))
    return Bottleneck(
        organisation=home,
        waiting=Count(len(sure), len(possible)),
        of=whole,
        unusual=Truth.of(certain=2 * len(sure) > most, possible=2 * len(possible) > least),
        who=tuple(sorted({other for one in told.values() for other in one.ids}, key=natural)),
        things=tuple(sorted(possible, key=natural)),
        path=way_text(farthest),
        because=tuple(dict.fromkeys((*_records(possible.values()), *_grounds(told.values())))),
    )


def _records(ways: Iterable[list[Edge]]) -> Iterable[str]:
    return (edge.record for way in ways for edge in way)


def _grounds(told: Iterable[Told]) -> Iterable[str]:
    return (id for one in told for id in one.because)


def _order(item: tuple[str, list[str]]) -> tuple[Any, ...]:
    return natural(item[0])
