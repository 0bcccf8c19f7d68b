"""What an event reaches: everything that waits on it or is borne upon, with the obligations and grants beyond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from attrs import field, frozen

from samverkan.model.collaboration import Collaboration, natural, records
from samverkan.model.reference import PropagatesDelay, marked
from samverkan.model.source import ExternalRecord, is_open, kind_name
from samverkan.model.work import Dependency
from samverkan.network.crossings import unrecorded
from samverkan.network.edges import Edge, Edges
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.organisation import Belonging, Organisations
from samverkan.values.table import Table
from samverkan.values.timing import is_over
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Arrival", "Came", "Impact", "Reach", "path_back", "path_text", "reaches"]

_SHOWN = 4


@frozen(kw_only=True)
class Impact:
    """One thing that an event reaches (berörs av).

    >>> row = Impact(
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


def reaches(edges: Edges, organisations: Organisations, id: str) -> Table[Impact]:
    """What an event reaches, what it binds first, then the nearest first."""
    c, on = edges.collaboration, organisations.on
    reach = Reach(edges, on)
    binding, every = reach.ways(id), reach.ways(id, informed=True, doubted=True)
    ways = [(found, True) for found in binding.values()]
    ways += [(found, False) for other, found in every.items() if other not in binding]
    rows = [_row(edges, found, organisations.of(found[-1].target), certain=certain) for found, certain in ways]
    met = sorted(every, key=natural)
    return Table(
        Impact,
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
        assumed=assumptions(c, (record for row in rows for record in row.because)),
    )


Arrival = tuple[str, str]
"""A thing and the end of it that is reached: its start, and with it its finish, or its finish alone."""


Came = Mapping[Arrival, tuple[Arrival, Edge] | None]
"""From where, and by which edge, each arrival was first met; nearest first, the starts before all."""


@frozen(eq=False)
class Reach:
    """How far events reach on a day; where each thing leads on is found once, however many events are asked about."""

    edges: Edges
    on: When | None
    _onward: dict[Arrival, tuple[tuple[Arrival, Edge, bool], ...]] = field(factory=dict, init=False)
    _over: dict[str, Truth] = field(factory=dict, init=False)

    def ways(self, id: str, *, informed: bool = False, doubted: bool = False) -> dict[str, list[Edge]]:
        """A shortest way to each thing that an event reaches, nearest first."""
        came = self.spread([id], informed=informed, doubted=doubted)
        found: dict[str, list[Edge]] = {}
        for at in came:
            if at[0] != id:
                found.setdefault(at[0], path_back(came, at))
        return found

    def spread(self, starts: Iterable[str], *, informed: bool = False, doubted: bool = False) -> Came:
        """What some things reach, and from where.

        Only by what binds, unless what is only *informed* is wanted; not past what is done, nor past what may be done
        unless what is *doubted* is wanted.
        """
        first = dict.fromkeys(starts)
        came: dict[Arrival, tuple[Arrival, Edge] | None] = {(start, "start"): None for start in first}
        level: list[Arrival] = list(came)
        while level:
            fresh: dict[Arrival, tuple[Arrival, Edge]] = {}
            for at in level:
                for to, edge, binds in self._leading_from(at):
                    over = self.over(to[0])
                    goes_on = (binds or informed) and (over is Truth.NO or (doubted and over is not Truth.YES))
                    if goes_on and to not in came and to[0] not in first:
                        fresh.setdefault(to, (at, edge))
            came |= fresh
            level = sorted(fresh, key=lambda at: (natural(at[0]), at[1]))
        return came

    def over(self, id: str) -> Truth:
        """Whether a thing has been done by the day."""
        if id not in self._over:
            self._over[id] = is_over(self.edges.collaboration[id], self.on)
        return self._over[id]

    def _leading_from(self, at: Arrival) -> tuple[tuple[Arrival, Edge, bool], ...]:
        if at not in self._onward:
            self._onward[at] = tuple(_onward(self.edges, at))
        return self._onward[at]


def _onward(edges: Edges, at: Arrival) -> Iterator[tuple[Arrival, Edge, bool]]:
    """Where an event goes on to from a thing, along which edge, and whether that binds."""
    for edge in edges.out(at[0]):
        record = edges.collaboration[edge.record]
        if edge.relation in marked(record.__class__, PropagatesDelay):
            yield (edge.target, "finish"), edge, True
        elif type(record) is Dependency and edge.relation == record.kind.value:
            first, second = record.kind.ends
            if not record.kind.blocks or at[1] in ("start", first):
                yield (edge.target, second), edge, record.kind.blocks


def path_back(came: Came, at: Arrival) -> list[Edge]:
    """The edges by which an arrival was first met, from the start on."""
    found = []
    while step := came[at]:
        at, edge = step
        found.append(edge)
    return found[::-1]


def _leading_on(record: Any) -> Iterator[str]:
    """What cannot be told of where a thing leads on."""
    for name in marked(record.__class__, PropagatesDelay):
        if is_open(record, name.rstrip("_")):
            yield f"what {record.id!r} {name} is not told in full"


def _waiting(c: Collaboration) -> Iterator[Any]:
    """The things of which the source does not tell all that they wait on."""
    return (record for record in records(c) if is_open(record, "after"))


def _row(edges: Edges, way: list[Edge], told: Belonging, *, certain: bool) -> Impact:
    id = way[-1].target
    record = edges.collaboration[id]
    return Impact(
        id=id,
        kind=kind_name(record),
        title=getattr(record, "title", ""),
        organisations=told.ids,
        distance=len(way),
        certain=certain,
        path=path_text(way),
        because=tuple(dict.fromkeys([*(edge.record for edge in way), *told.because])),
    )


def path_text(way: list[Edge]) -> str:
    """A path as text; a long one without its middle."""
    steps = [f" —{edge.relation}→ {edge.target}" for edge in way]
    if len(steps) > 2 * _SHOWN + 1:
        steps[_SHOWN:-_SHOWN] = [f" … {len(steps) - 2 * _SHOWN} steps …"]
    return way[0].source + "".join(steps)


def _doubts(edges: Edges, id: str, told: Belonging) -> tuple[str, ...]:
    away = type(edges.collaboration[id]) is ExternalRecord
    return (*unrecorded(told, id), *([f"{id!r} stands in another document, as may what waits on it"] if away else []))
