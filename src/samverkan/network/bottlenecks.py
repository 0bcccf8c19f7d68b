"""Bottlenecks: the organisations on which others wait, directly or indirectly, and on whom unusually much waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from samverkan.model.collaboration import Collaboration, natural, records
from samverkan.model.reference import PropagatesDelay, marked, named
from samverkan.model.source import kind_name
from samverkan.model.work import Dependency
from samverkan.network.edges import Edge, Edges
from samverkan.network.reach import Arrival, Came, Reach, path_back, path_text
from samverkan.parties.answer import answer
from samverkan.parties.organisation import Organisations, unrecorded
from samverkan.values.count import Count
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.truth import Truth

__all__ = ["Bottleneck", "bottlenecks"]

_TITLE = Wording("on whom others wait", "vilka andra väntar på")


@frozen(kw_only=True)
class Bottleneck:
    """One organisation on whose things those of others wait (flaskhals)."""

    organisation: str
    """Who is waited on (vem)."""
    waiting: Count
    """How many things of others wait on its things, directly or not (antal som väntar)."""
    of: Count
    """How many wait on any other organisation at all (av)."""
    unusual: Truth
    """Whether more than half of these wait on this one (ovanligt mycket)."""
    who: tuple[str, ...]
    """The organisations that wait (vilka)."""
    things: tuple[str, ...]
    """What waits (vad)."""
    path: Phrase
    """The longest of the shortest paths from its things to one that waits (väg)."""
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
    waiting = {home: _waiting(reach, organisations, home, ids) for home, ids in sorted(starts.items(), key=_order)}
    certain = {id for one in waiting.values() for id in one.certain}
    possible = {id for one in waiting.values() for id in one.possible}
    total = Count(len(certain), len(possible))
    rows = [_row(organisations, home, one, total) for home, one in waiting.items() if one.possible]
    rows.sort(key=lambda row: (-(row.waiting.low or 0), -(row.waiting.high or 0), natural(row.organisation)))
    ids = sorted(possible.union(leading), key=natural)
    doubts = (doubt for id in ids for doubt in unrecorded(organisations.of(id), id))
    return answer(c, Bottleneck, rows, _TITLE(), on=organisations.on, unknown=doubts)


def _leading(c: Collaboration) -> list[str]:
    """The things on which others may wait: by a dependency that blocks, or by a reference that binds as firmly."""
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
    """The things of others that wait on one organisation: those that certainly do, and all that may, by arrival."""

    came: Came
    certain: frozenset[str]
    possible: dict[str, Arrival]

    def farthest(self) -> list[Edge]:
        """Of the shortest paths to what waits, the longest; the last arrival is as far away as any."""
        *_, last = self.possible.values()
        return path_back(self.came, last)

    def records(self) -> Iterator[str]:
        """The records by which they wait, each once however many paths it is on."""
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
    certain = came
    if any(reach.over(id) is Truth.CANNOT_TELL for id, _ in came):
        certain = reach.spread(id for id in ids if reach.over(id) is Truth.NO)
    possible: dict[str, Arrival] = {}
    for at in came:
        if home not in organisations.of(at[0]).ids and kind_name(c[at[0]]) != "Grant":
            possible.setdefault(at[0], at)
    reached = {id for id, _ in certain}
    return _Waiting(came, frozenset(id for id in possible if id in reached and organisations.of(id).ids), possible)


def _row(organisations: Organisations, home: str, waiting: _Waiting, total: Count) -> Bottleneck:
    certain, possible, least, most = len(waiting.certain), len(waiting.possible), total.low or 0, total.high or 0
    homes = [organisations.of(id) for id in waiting.possible]
    return Bottleneck(
        organisation=home,
        waiting=Count(certain, possible),
        of=total,
        unusual=Truth.of(certain=2 * certain > most, possible=2 * possible > least),
        who=tuple(sorted({other for one in homes for other in one.ids}, key=natural)),
        things=tuple(sorted(waiting.possible, key=natural)),
        path=path_text(waiting.farthest()),
        because=tuple(dict.fromkeys((*waiting.records(), *(id for one in homes for id in one.because)))),
    )


def _order(item: tuple[str, list[str]]) -> tuple[Any, ...]:
    return natural(item[0])
