"""The impact of an event: all that waits on it or gets something from it, with the obligations and grants beyond."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from attrs import field, frozen

from samverkan.model.collaboration import Collaboration, natural, records
from samverkan.model.kinds import kind_word
from samverkan.model.reference import PropagatesDelay, marked
from samverkan.model.source import ExternalRecord, is_open, kind_name
from samverkan.model.work import Dependency
from samverkan.network.edges import Edge, Edges, relation_word
from samverkan.parties.answer import answer
from samverkan.parties.organisation import Belonging, Organisations, unrecorded
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.timing import is_over
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Arrival", "Came", "Impact", "Reach", "path_back", "path_text", "reaches"]

_SHOWN = 4
_TITLE = Wording("what {thing} reaches", "vad {thing} berör")
_PREDECESSORS = Wording("what {thing} waits on is not recorded", "vad {thing} väntar på är inte angivet")
_IN_PART = Wording(
    "what {thing} {field} is not recorded in full", "vad {thing} har under {field} är inte fullständigt angivet"
)
_AWAY = Wording(
    "{thing} is recorded in another document, as may be what waits on it",
    "{thing} finns i ett annat dokument, liksom kanske det som väntar på {thing}",
)
_MIDDLE = Wording(" … {number} steps …", " … {number} steg …")
_STEP = Wording(" —{relation}→ {target}", " —{relation}→ {target}")


@frozen(kw_only=True)
class Impact:
    """One thing that an event reaches (berörs av).

    >>> row = Impact(
    ...     id="beslut",
    ...     kind=kind_word("Decision"),
    ...     title="",
    ...     organisations=("vgr",),
    ...     distance=1,
    ...     certain=True,
    ...     path=Phrase("forslag —finish-start→ beslut"),
    ...     because=("forslag>beslut",),
    ... )
    >>> row.certain
    True
    """

    id: str
    """The thing that is reached (vad)."""
    kind: Phrase
    """Its kind of record (slag)."""
    title: str
    """What it is called (namn)."""
    organisations: tuple[str, ...]
    """To which organisations it belongs; none if that is not recorded (organisation)."""
    distance: int
    """How many steps the path has (avstånd)."""
    certain: bool
    """Whether every step of some path binds; otherwise one of them only informs or contributes (säkert)."""
    path: Phrase
    """A shortest path to it, one that binds if there is one (väg)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def reaches(edges: Edges, organisations: Organisations, id: str) -> Table[Impact]:
    """What an event reaches, what it binds first, then the nearest first."""
    c, on = edges.collaboration, organisations.on
    reach = Reach(edges, on)
    binding, possible = reach.ways(id), reach.ways(id, informed=True, doubted=True)
    ways = [(way, True) for way in binding.values()]
    ways += [(way, False) for other, way in possible.items() if other not in binding]
    rows = [_row(edges, way, organisations.of(way[-1].target), certain=certain) for way, certain in ways]
    reached = sorted(possible, key=natural)
    unknown = (
        *chain.from_iterable(_doubts(edges, other, organisations.of(other)) for other in reached),
        *chain.from_iterable(_leading_on(c[other]) for other in (id, *reached)),
        *(_PREDECESSORS(thing=record.id) for record in _waiting(c)),
    )
    rows.sort(key=lambda row: (not row.certain, row.distance, natural(row.id)))
    return answer(c, Impact, rows, _TITLE(thing=id), on=on, unknown=unknown)


Arrival = tuple[str, str]
"""A thing and the end of it that is reached: its start, and with it its finish, or its finish alone."""


Came = Mapping[Arrival, tuple[Arrival, Edge] | None]
"""From where, and by which edge, each arrival was first reached; nearest first, the starts before all."""


@frozen(eq=False)
class Reach:
    """How far events reach on a day; where each thing leads is looked up once, however many events are asked about."""

    edges: Edges
    on: When | None
    _onward: dict[Arrival, tuple[tuple[Arrival, Edge, bool], ...]] = field(factory=dict, init=False)
    _over: dict[str, Truth] = field(factory=dict, init=False)

    def ways(self, id: str, *, informed: bool = False, doubted: bool = False) -> dict[str, list[Edge]]:
        """A shortest path to each thing that an event reaches, nearest first."""
        came = self.spread([id], informed=informed, doubted=doubted)
        ways: dict[str, list[Edge]] = {}
        for at in came:
            if at[0] != id:
                ways.setdefault(at[0], path_back(came, at))
        return ways

    def spread(self, starts: Iterable[str], *, informed: bool = False, doubted: bool = False) -> Came:
        """All that some things reach, and from where.

        Only by what binds, unless *informed*; not past what is done, nor past what may be done, unless *doubted*.
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
        elif type(record) is Dependency and edge.relation == record.kind.value and edge.source != edge.target:
            first, second = record.kind.ends
            if not record.kind.blocks or at[1] in ("start", first):
                yield (edge.target, second), edge, record.kind.blocks


def path_back(came: Came, at: Arrival) -> list[Edge]:
    """The edges by which an arrival was first reached, from the start on."""
    edges = []
    while step := came[at]:
        at, edge = step
        edges.append(edge)
    return edges[::-1]


def _leading_on(record: Any) -> Iterator[Phrase]:
    """The fields by which a thing carries delay on, as far as they are not recorded in full."""
    for name in marked(record.__class__, PropagatesDelay):
        if is_open(record, name.rstrip("_")):
            yield _IN_PART(field=Phrase(name), thing=record.id)


def _waiting(c: Collaboration) -> Iterator[Any]:
    """The things whose predecessors the source does not state in full."""
    return (record for record in records(c) if is_open(record, "after"))


def _row(edges: Edges, way: list[Edge], home: Belonging, *, certain: bool) -> Impact:
    id = way[-1].target
    record = edges.collaboration[id]
    return Impact(
        id=id,
        kind=kind_word(kind_name(record)),
        title=getattr(record, "title", ""),
        organisations=home.ids,
        distance=len(way),
        certain=certain,
        path=path_text(way),
        because=tuple(dict.fromkeys([*(edge.record for edge in way), *home.because])),
    )


def path_text(way: list[Edge]) -> Phrase:
    """A path in words; a long one without its middle."""
    middle = [_MIDDLE(number=len(way) - 2 * _SHOWN)] if len(way) > 2 * _SHOWN + 1 else []
    ends = (way[:_SHOWN], way[-_SHOWN:]) if middle else (way, [])
    first, last = ([_STEP(relation=relation_word(edge.relation), target=edge.target) for edge in end] for end in ends)
    return Phrase.joined([way[0].source, *first, *middle, *last], "")


def _doubts(edges: Edges, id: str, home: Belonging) -> tuple[Phrase, ...]:
    away = type(edges.collaboration[id]) is ExternalRecord
    return (*unrecorded(home, id), *([_AWAY(thing=id)] if away else []))
