"""`Network`: a collaboration as a typed graph, and the questions that can be put to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.derived import derived
from samverkan.model.kinds import kind_word
from samverkan.model.source import kind_name
from samverkan.network.bottlenecks import Bottleneck, bottlenecks
from samverkan.network.crossings import Crossing, crossings
from samverkan.network.cycles import Cycle, MutualGroup, cycles, mutual_groups
from samverkan.network.edges import Edge, Edges, check_relation, relation_word
from samverkan.network.paths import TITLE as PATH, PathEdge, paths
from samverkan.network.reach import Impact, reaches
from samverkan.parties.answer import answer
from samverkan.parties.organisation import Home, Organisations, homes, organisations_of
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording
from samverkan.values.when import WhenLike, maybe_when

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Neighbour", "Network", "graph"]

Towards = Literal["both", "out", "in"]
"""Which edges of a thing: those that go from it, those that come to it, or both."""

_TOWARDS = ("both", "out", "in")
_SHOWN = 4
_TITLE = Wording("neighbours of {thing}", "grannar till {thing}")


class Direction(Term):
    """Whether an edge goes from a thing or comes to it (riktning)."""

    OUT = "out", "ut"
    IN = "in", "in"


@frozen(kw_only=True)
class Neighbour:
    """A thing to which another is tied by one edge (granne).

    >>> Neighbour(
    ...     relation="member of", direction="out", id="gr", kind="actor", title="GR", because=("ale>gr",)
    ... ).direction.sv
    'ut'
    """

    relation: Phrase = field(converter=Phrase)
    """What ties them (relation)."""
    direction: Direction = field(converter=Direction)
    """*out* if the edge goes to the neighbour, *in* if it comes from it (riktning)."""
    id: str
    """The neighbour (vem eller vad)."""
    kind: Phrase = field(converter=Phrase)
    """Its kind of record (slag)."""
    title: str
    """What it is called (namn)."""
    because: tuple[str, ...]
    """The id of the record that ties them."""


@frozen(repr=False, eq=False, slots=False)
class Network:
    """A collaboration as a typed graph (nätverk): every record is a node, every reference an edge.

    An edge goes from the record that names another to that other, and is called by the field: an activity —plan→ its
    plan. A record that joins two things is a node as well, and is read as one edge between the two besides
    (`samverkan.network.edges.JOINS`):

    - a dependency: predecessor —finish-start, informs, contributes to …→ successor
    - a membership: member —member of, associate of→ the body
    - a participation: who —owns, leads, carries out …→ the thing
    - a stance: actor —in dialogue, accepts, declines …→ the thing
    - an allocation: grant —allocated to→ recipient

    A class of a user's own takes part with its references, without more.
    The graph has no day: for the graph as of a day, make it of `collaboration.as_of(day)`.
    """

    collaboration: Collaboration
    """The records that it is a view of."""

    @cached_property
    def _edges(self) -> Edges:
        return Edges(self.collaboration)

    def _organisations(self, on: WhenLike | None) -> Organisations:
        return organisations_of(self.collaboration, maybe_when(on))

    def edges(self) -> Iterator[Edge]:
        """Every edge, in a fixed order (kopplingar)."""
        return iter(self._edges)

    def neighbours(self, id: str, relation: str | None = None, *, towards: Towards = "both") -> Table[Neighbour]:
        """List what one edge connects a thing to, and how (grannar).

        Raises `NotFoundError` for an id that is not there, `InvalidValueError` for a relation that no record can have.

        >>> from samverkan.model.party import Actor
        >>> from samverkan.model.relations import Membership
        >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
        >>> gr = Actor(id="gr", title="Göteborgsregionen", kind="kommunalforbund")
        >>> net = graph(Collaboration([ale, gr, Membership(member="ale", of="gr")]))
        >>> print(net.neighbours("ale", towards="out"))
        neighbours of ale
        relation   direction  id  kind   title
        ─────────  ─────────  ──  ─────  ─────────────────
        member of  out        gr  actor  Göteborgsregionen
        """
        if towards not in _TOWARDS:
            raise InvalidValueError(f"{towards!r} is no direction", f"known: {', '.join(_TOWARDS)}")
        self.collaboration[id]
        if relation is not None:
            check_relation(relation, self.collaboration.kinds)
        out = self._edges.out(id) if towards != "in" else []
        into = self._edges.into(id) if towards != "out" else []
        rows = [
            *(self._neighbour(Direction.OUT, edge.target, edge) for edge in out if relation in (None, edge.relation)),
            *(self._neighbour(Direction.IN, edge.source, edge) for edge in into if relation in (None, edge.relation)),
        ]
        return answer(self.collaboration, Neighbour, rows, _TITLE(thing=id))

    def _neighbour(self, direction: Direction, id: str, edge: Edge) -> Neighbour:
        record = self.collaboration[id]
        return Neighbour(
            relation=relation_word(edge.relation),
            direction=direction,
            id=id,
            kind=kind_word(kind_name(record)),
            title=getattr(record, "title", ""),
            because=(edge.record,),
        )

    def path(self, a: str, b: str, *, directed: bool = False) -> Table[PathEdge]:
        """Find a shortest path from one thing to another, a row for each step (väg); no rows if there is none.

        An edge may be followed either way, unless *directed*.
        No path goes through a `Source`: a document that mentions two things does not connect them otherwise.
        Raises `NotFoundError` for an id that is not there.

        >>> from samverkan.model.party import Actor
        >>> from samverkan.model.relations import Membership
        >>> ale, hjo, gr = (Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo", "gr"))
        >>> members = (Membership(member=id, of="gr") for id in ("ale", "hjo"))
        >>> for step in graph(Collaboration([ale, hjo, gr, *members])).path("ale", "hjo"):
        ...     print(step)
        ale —member of→ gr
        gr ←member of— hjo
        """
        shortest = self.paths(a, b, limit=1, directed=directed)
        return shortest[0] if shortest else Table(PathEdge, (), PATH(a=a, b=b))

    def paths(self, a: str, b: str, *, limit: int = 5, directed: bool = False) -> tuple[Table[PathEdge], ...]:
        """Find the shortest paths from one thing to another, at most *limit* of them, in a fixed order (vägar).

        Raises `NotFoundError` for an id that is not there, `InvalidValueError` for a limit below one.

        >>> from samverkan.model.party import Actor
        >>> from samverkan.model.relations import Membership
        >>> ale, gr = (Actor(id=id, title=id, kind="kommun") for id in ("ale", "gr"))
        >>> len(graph(Collaboration([ale, gr, Membership(member="ale", of="gr")])).paths("ale", "gr"))
        1
        """
        if type(limit) is not int or limit < 1:
            raise InvalidValueError(f"{limit!r} is no number of paths", "ask for at least one")
        for id in (a, b):
            self.collaboration[id]
        return tuple(islice(paths(self._edges, a, b, directed=directed), limit))

    def organisations(self, id: str, *, on: WhenLike | None = None) -> Table[Home]:
        """List the organisations that a thing belongs to, by the rule of `Organisations` (organisationstillhörighet).

        There is a row for each; none if it is not recorded, and `unknown` says so.
        Raises `NotFoundError` for an id that is not there.

        >>> from samverkan.model.party import Actor
        >>> from samverkan.model.work import Activity
        >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
        >>> board = Actor(id="ale.ks", title="Kommunstyrelsen", kind="board", part_of="ale")
        >>> decision = Activity(id="beslut", title="Beslut", by="ale.ks")
        >>> graph(Collaboration([ale, board, decision])).organisations("beslut")[0].organisation
        'ale'
        """
        self.collaboration[id]
        return homes(self._organisations(on), id)

    def across_organisations(self, *, on: WhenLike | None = None) -> Table[Crossing]:
        """List the dependencies and obligations between different organisations (över organisationsgränserna).

        A dependency goes from its predecessor to its successor, an obligation from those who owe it to each party it
        is owed to. Two ends that share some organisations but not all are different. Other references do not count:
        see `neighbours`.
        An end whose organisation is not recorded is listed under `unknown`, not among the rows. An end that may be a
        part of the other is a row, and `unknown` says so.
        What has been done by the day, as far as recorded, neither blocks nor waits any more.
        """
        return crossings(self.collaboration, self._organisations(on))

    def bottlenecks(self, *, on: WhenLike | None = None) -> Table[Bottleneck]:
        """List the organisations on which others wait, directly or indirectly, the most waited on first (flaskhalsar).

        What waits is what `reaches` calls certain, except grants. A thing that belongs to the organisation itself does
        not count; one that waits on several organisations counts for each. *Unusually much* waits on an organisation
        if that is more than half of all that waits on another organisation. A count has bounds if something may have
        been done, or if its owner is not recorded. Nothing waits on what has been done by the day; without a day,
        nothing waits on what is done at all.

        >>> from samverkan.model.party import Actor
        >>> from samverkan.model.work import Activity, Dependency
        >>> bodies = [Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo")]
        >>> steps = [Activity(id=f"steg-{body.id}", title="Steg", by=body.id) for body in bodies]
        >>> [row] = graph(
        ...     Collaboration([*bodies, *steps, Dependency(predecessor="steg-ale", successor="steg-hjo")])
        ... ).bottlenecks()
        >>> row.organisation, str(row.waiting), row.path
        ('ale', '1', 'steg-ale —finish-start→ steg-hjo')
        """
        return bottlenecks(self._edges, self._organisations(on))

    def mutual_groups(self, *, kinds: str | Iterable[str] = ()) -> Table[MutualGroup]:
        """List the groups of things that depend on or contribute to each other (ömsesidiga beroenden).

        *kinds* are the kinds of dependency that count; all kinds if none is named.
        A group is legal unless something in it must wait for itself.

        >>> from samverkan.model.work import Dependency, Plan
        >>> plans = [Plan(id=id, title=id) for id in ("plan", "fardplan")]
        >>> help = [Dependency(predecessor=a.id, successor=b.id, kind="bidrar till") for a, b in (plans, plans[::-1])]
        >>> [group] = graph(Collaboration([*plans, *help])).mutual_groups()
        >>> group.things, [str(kind) for kind in group.kinds], group.legal
        (('fardplan', 'plan'), ['contributes to'], True)
        """
        return mutual_groups(self.collaboration, kinds)

    def cycles(self) -> Table[Cycle]:
        """List what must wait for itself: a shortest cycle of each group of *must finish before* (cirkelberoenden).

        Things that only inform or contribute are never part of one.

        >>> from samverkan.model.work import Activity, Dependency
        >>> steps = [Activity(id=id, title=id) for id in "ab"]
        >>> links = [Dependency(predecessor=a.id, successor=b.id) for a, b in (steps, steps[::-1])]
        >>> print(*graph(Collaboration([*steps, *links])).cycles())
        a → b → a
        """
        return cycles(self.collaboration)

    def reaches(self, id: str, *, on: WhenLike | None = None) -> Table[Impact]:
        """List what an event affects: all that waits on it or gets something from it, near and far (vad som berörs).

        It goes along dependencies, from the end of the one to the end of the other that must wait, from an activity to
        the obligations that it fulfils, and from an obligation to the grants that it secures. What has been done by the
        day is not affected. A row is `certain` if each step of some path binds; otherwise a step only informs or
        contributes, or goes through what may have been done.
        Raises `NotFoundError` for an id that is not there.

        >>> from samverkan.model.work import Activity, Dependency
        >>> steps = [Activity(id=id, title=id) for id in ("utredning", "dialog")]
        >>> link = Dependency(predecessor="utredning", successor="dialog", kind="informs")
        >>> [row] = graph(Collaboration([*steps, link])).reaches("utredning")
        >>> row.path, row.certain
        ('utredning —informs→ dialog', False)
        """
        self.collaboration[id]
        return reaches(self._edges, self._organisations(on), id)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph as a frozen networkx `MultiDiGraph`, for what is not asked here.

        A node has `kind` and `title`, an edge `relation` and `record`; both come in a fixed order.
        """
        import networkx as nx

        made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for record in sorted(self.collaboration, key=lambda record: natural(record.id)):
            made.add_node(record.id, kind=kind_name(record), title=getattr(record, "title", ""))
        for edge in self.edges():
            made.add_edge(edge.source, edge.target, relation=edge.relation, record=edge.record)
        nx.freeze(made)
        return made

    def __contains__(self, id: object) -> bool:
        """Whether there is a node with an id."""
        return id in self.collaboration

    def __len__(self) -> int:
        """How many nodes there are."""
        return len(self.collaboration)

    def __repr__(self) -> str:
        """One line: how many nodes and edges, and the relations that are most common."""
        counts = self._edges.relations
        common = [f"{number} {name}" for name, number in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:_SHOWN]]
        parts = [f"Network {self.collaboration.id!r}", f"{len(self)} nodes", f"{counts.total()} edges", *common]
        return f"<{' · '.join(parts)}>"


def graph(collaboration: Collaboration) -> Network:
    """See a collaboration as a graph (nätverk); nothing is computed until it is asked for.

    >>> from samverkan.model.party import Actor
    >>> from samverkan.model.relations import Membership
    >>> ale, gr = (Actor(id=id, title=id, kind="kommun") for id in ("ale", "gr"))
    >>> graph(Collaboration([ale, gr, Membership(member="ale", of="gr")], id="gr"))
    <Network 'gr' · 3 nodes · 3 edges · 1 member · 1 member of · 1 of>
    """
    return _network(check_collaboration(collaboration))


_network = derived(Network)
