"""What hangs on what, by level, as plain values: what the picture and the texts of a dependency map are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.model.agreement import Obligation
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.party import Level
from samverkan.model.reference import PropagatesDelay, marked, several
from samverkan.model.source import is_open
from samverkan.model.work import Dependency
from samverkan.network.graph import Network
from samverkan.parties.answer import assumptions
from samverkan.views.words import named

__all__ = ["SEVERAL", "SORTS", "UNTOLD", "Box", "Link", "Map", "mapped"]

SEVERAL = "several levels"
UNTOLD = "level not told"
LEVELS = (*(level.value for level in Level), SEVERAL, UNTOLD)

SORTS = ("must come before", "informs or contributes to", "fulfils or secures", "is owed to")
"""The sorts of links: what blocks, what only bears upon, what an act carries, and to whom something is owed."""


@frozen(kw_only=True)
class Box:
    """A thing on the map (ruta)."""

    id: str
    """Its id."""
    title: str
    """What it is called; its id where it has no title (namn)."""
    owners: tuple[str, ...]
    """The names of the organisations it belongs to, but for its own (organisation)."""
    is_told: bool
    """Whether it is told whose it is."""
    level: str
    """At which level it stands: one of `LEVELS` (nivå)."""
    column: int
    """How many links lead up to it at most, where nothing goes in a ring (plats)."""


@frozen(kw_only=True)
class Link:
    """What ties two boxes (koppling)."""

    source: str
    """The id of the box it goes from (från)."""
    target: str
    """The id of the box it goes to (till)."""
    kind: str
    """How: the kind of dependency, `fulfils`, `secures`, `owes` (slag)."""
    sort: str
    """Which of `SORTS` that is."""
    lag: int
    """Days between the two (fördröjning)."""
    unit: str
    """What sort of days: `days` or `working days` (dagar)."""


@frozen(kw_only=True)
class Map:
    """The boxes and links of a dependency map, in a fixed order."""

    title: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    unknown: tuple[str, ...]
    assumed: tuple[str, ...]


def mapped(net: Network, about: str | Iterable[str] = ()) -> Map:
    """The map of a graph, or of what is tied by one link to what it is to be about.

    Raises `InvalidValueError` for what is no graph, `NotFoundError` for an id that is not there.
    """
    if not isinstance(net, Network):
        raise InvalidValueError(f"{net!r:.60} is no graph", "make one of a collaboration: sv.graph(c)")
    c = net.collaboration
    wanted = {about} if isinstance(about, str) else set(several(about))
    for id in sorted(wanted):
        c[id]
    found = [(link, because) for link, because in _links(net) if not wanted or {link.source, link.target} & wanted]
    links = tuple(dict.fromkeys(sorted((link for link, _ in found), key=_order)))
    columns = _columns(links)
    boxes = {id: _box(net, id, column) for id, column in columns.items()}
    doubts = {doubt for id in boxes for doubt in net.organisations(id).unknown}
    return Map(
        title=c.title or c.id,
        boxes=tuple(sorted(boxes.values(), key=lambda box: (LEVELS.index(box.level), box.column, natural(box.id)))),
        links=links,
        unknown=tuple(sorted(doubts)),
        assumed=assumptions(c, (id for _, because in found for id in because)),
    )


def _links(net: Network) -> Iterator[tuple[Link, tuple[str, ...]]]:
    c = net.collaboration
    for kind in c.kinds:
        fields = marked(kind, PropagatesDelay)
        records: tuple[Any, ...] = c[kind] if fields or kind is Dependency else ()
        for record in records:
            if isinstance(record, Dependency):
                yield _dependency(record), (record.id,)
            for edge in net.neighbours(record.id, towards="out") if fields else ():
                if edge.relation in fields:
                    yield _link(record.id, edge.id, edge.relation, SORTS[2]), (record.id,)
    for duty in c[Obligation]:
        for party in duty.to:
            yield _link(duty.id, party.id, "owes", SORTS[3]), (duty.id,)


def _dependency(record: Dependency) -> Link:
    return Link(
        source=record.predecessor,
        target=record.successor,
        kind=record.kind.value,
        sort=SORTS[not record.kind.blocks],
        lag=record.lag,
        unit="working days" if record.working_days else "days",
    )


def _link(source: str, target: str, kind: str, sort: str) -> Link:
    return Link(source=source, target=target, kind=kind, sort=sort, lag=0, unit="days")


def _order(link: Link) -> Any:
    return natural(link.source), natural(link.target), SORTS.index(link.sort), link.kind, link.lag, link.unit


def _columns(links: Iterable[Link]) -> dict[str, int]:
    """The column of each thing: one more than what leads up to it; in a ring the first by name goes first."""
    onward: dict[str, set[str]] = {}
    waits: dict[str, set[str]] = {}
    for link in links:
        onward.setdefault(link.source, set()).add(link.target)
        waits.setdefault(link.target, set()).add(link.source)
        onward.setdefault(link.target, set())
        waits.setdefault(link.source, set())
    columns = dict.fromkeys(sorted(waits, key=natural), 0)
    left = dict.fromkeys(columns)
    ready = [id for id in left if not waits[id] - {id}]
    while left:
        for id in ready or [min(left, key=lambda id: len(_before(id, waits) - {id}))]:
            del left[id]
            for target in onward[id]:
                if target in left:
                    columns[target] = max(columns[target], columns[id] + 1)
                    waits[target].discard(id)
        ready = [id for id in left if not waits[id] - {id}]
    return columns


def _before(id: str, waits: Mapping[str, Iterable[str]]) -> set[str]:
    """All that something still waits on, near and far."""
    met: set[str] = set()
    todo = [id]
    while todo:
        fresh = set(waits[todo.pop()]) - met
        met |= fresh
        todo += fresh
    return met


def _box(net: Network, id: str, column: int) -> Box:
    c = net.collaboration
    homes = [row.organisation for row in net.organisations(id)]
    return Box(
        id=id,
        title=named(c, id),
        owners=tuple(named(c, home) for home in homes if home != id),
        is_told=bool(homes),
        level=_level(c, id, homes),
        column=column,
    )


def _level(c: Collaboration, id: str, homes: Iterable[str]) -> str:
    """The level of a thing: its own, or that of those it belongs to."""
    found = {level for one in ([id] if _own(c, id) else homes) for level in _levels(c, one)}
    if None in found or not found:
        return UNTOLD
    return str(next(iter(found))) if len(found) == 1 else SEVERAL


def _own(c: Collaboration, id: str) -> Level | None:
    level = getattr(c[id], "level", None)
    return level if isinstance(level, Level) else None


def _levels(c: Collaboration, id: str) -> set[Level | None]:
    """The levels of an organisation, or of the members of a group; None among them where one is not told."""
    members = c.members(id) or (id,)
    return {_own(c, member) for member in members} | ({None} if is_open(c[id], "of") else set())
