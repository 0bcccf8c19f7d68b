"""On whom unusually much waits: the organisations on whose things those of others wait, near and far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from samverkan.model.collaboration import Collaboration, natural, records
from samverkan.model.reference import PropagatesDelay, marked, named
from samverkan.model.source import kind_name
from samverkan.model.work import Dependency
from samverkan.network.crossings import unrecorded
from samverkan.network.edges import Edge, Edges
from samverkan.network.reach import Arrival, Came, Reach, path_back, path_text
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.organisation import Organisations
from samverkan.values.count import Count
from samverkan.values.table import Table
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
    reach = Reach(edges, organisations.on)
    found = {home: _waiting(reach, organisations, home, ids) for home, ids in sorted(starts.items(), key=_order)}
    sure = {id for one in found.values() for id in one.certain}
    every = {id for one in found.values() for id in one.possible}
    whole = Count(len(sure), len(every))
    rows = [_row(organisations, home, one, whole) for home, one in found.items() if one.possible]
    doubts = dict.fromkeys(
        doubt for id in sorted(every.union(leading), key=natural) for doubt in unrecorded(organisations.of(id), id)
    )
    return Table(
        Bottleneck,
        tuple(
            sorted(rows, key=lambda row: (-(row.waiting.low or 0), -(row.waiting.high or 0), natural(row.organisation)))
        ),
        "on whom others wait",
        unknown=(*doubts, *beyond(c, organisations.on)),
        assumed=assumptions(c, (id for row in rows for id in row.because)),
    )


def _leading(c: Collaboration) -> list[str]:
    """The things on which others may wait: by a dependency that blocks, or by what hangs on them as surely."""
    first = {link.predecessor for link in c[Dependency] if link.kind.blocks}
    carrying = (record for kind in c.kinds if marked(kind, PropagatesDelay) for record in records(c, kind))
    first |= {
        record.id
        for record in carrying
        if any(named(record, name) for name in marked(record.__class__, PropagatesDelay))
    }
    return sorted(first, key=natural)


@frozen
class _Waiting:
    """What of others waits on one organisation's things: certainly, and for all that we know where it was met."""

    came: Came
    certain: frozenset[str]
    possible: dict[str, Arrival]

    def farthest(self) -> list[Edge]:
        """Of the shortest ways to what waits, the longest; what is met last is as far away as any."""
        *_, last = self.possible.values()
        return path_back(self.came, last)

    def records(self) -> Iterator[str]:
        """The records by which they wait, each once however many ways it is on."""
        passed: set[Arrival] = set()
        for arrival in self.possible.values():
            at = arrival
            while at not in passed and (step := self.came[at]):
                passed.add(at)
                at, edge = step
                yield edge.record


def _waiting(reach: Reach, organisations: Organisations, home: str, ids: list[str]) -> _Waiting:
    c = reach.edges.collaboration
    came = reach.spread((id for id in ids if reach.over(id) is not Truth.YES), doubted=True)
    sure = came
    if any(reach.over(id) is Truth.CANNOT_TELL for id, _ in came):
        sure = reach.spread(id for id in ids if reach.over(id) is Truth.NO)
    possible: dict[str, Arrival] = {}
    for at in came:
        if home not in organisations.of(at[0]).ids and kind_name(c[at[0]]) != "Grant":
            possible.setdefault(at[0], at)
    met = {id for id, _ in sure}
    return _Waiting(came, frozenset(id for id in possible if id in met and organisations.of(id).ids), possible)


def _row(organisations: Organisations, home: str, found: _Waiting, whole: Count) -> Bottleneck:
    sure, possible, least, most = len(found.certain), len(found.possible), whole.low or 0, whole.high or 0
    told = [organisations.of(id) for id in found.possible]
    return Bottleneck(
        organisation=home,
        waiting=Count(sure, possible),
        of=whole,
        unusual=Truth.of(certain=2 * sure > most, possible=2 * possible > least),
        who=tuple(sorted({other for one in told for other in one.ids}, key=natural)),
        things=tuple(sorted(found.possible, key=natural)),
        path=path_text(found.farthest()),
        because=tuple(dict.fromkeys((*found.records(), *(id for one in told for id in one.because)))),
    )


def _order(item: tuple[str, list[str]]) -> tuple[Any, ...]:
    return natural(item[0])
