"""`Edge`: one thing names another, or a record joins the two; and how the edges of a collaboration are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.funding import Allocation
from samverkan.model.kinds import KINDS
from samverkan.model.reference import named, references, references_of
from samverkan.model.relations import Attitude, Capacity, Membership, MembershipKind, Participation, Stance
from samverkan.model.work import Dependency, DependencyKind
from samverkan.values.names import near
from samverkan.values.text import Phrase, Wording

__all__ = ["JOINS", "Edge", "Edges", "Join", "check_relation", "relation_word"]

_Plain = tuple[str, str, str, str]


_AHEAD = Wording("{source} —{relation}→ {target}", "{source} —{relation}→ {target}")
_BACK = Wording("{target} ←{relation}— {source}", "{target} ←{relation}— {source}")
_OF = Wording("{capacity} of", "{capacity} i")


@frozen
class Edge:
    """One thing is tied to another (koppling), in one direction, on the ground of one record.

    >>> print(Edge("ale", "gr", "member of", "ale>gr"))
    ale —member of→ gr
    """

    source: str
    """The id of the thing it goes from (från)."""
    target: str
    """The id of the thing it goes to (till)."""
    relation: str
    """What ties them (relation)."""
    record: str
    """The id of the record that says so (uppgift)."""

    def __str__(self) -> str:
        """The edge as it reads from its source."""
        return self.read_from(self.source)

    def read_from(self, id: str) -> Phrase:
        """The edge as it reads from one of its ends: `gr ←member of— ale`."""
        wording = _AHEAD if id == self.source else _BACK
        return wording(source=self.source, relation=relation_word(self.relation), target=self.target)


@frozen
class Join:
    """How a record that is there to join two things is read as one edge between them (relationspost).

    >>> join = Join("member", "of", "{0.capacity} of")
    >>> list(join.plain(Membership(member="ale", of="gr")))
    [('ale', 'gr', 'member of', 'ale>gr')]
    """

    source: str
    """The field that names what the edge goes from."""
    target: str
    """The field that names what it goes to."""
    relation: str
    """What the edge is called; `{0.kind}` stands for a field of the record."""

    def plain(self, record: Any) -> Iterator[_Plain]:
        """What a record joins, as plain tuples in the order of an `Edge`'s fields."""
        relation = self.relation.format(record)
        for source in named(record, self.source):
            for target in named(record, self.target):
                yield source, target, relation, record.id


JOINS: Mapping[type, Join] = {
    Dependency: Join("predecessor", "successor", "{0.kind}"),
    Membership: Join("member", "of", "{0.capacity} of"),
    Participation: Join("who", "thing", "{0.capacity}"),
    Stance: Join("actor", "towards", "{0.attitude}"),
    Allocation: Join("grant", "recipient", "allocated to"),
}
"""The records that are also read as one edge between what they join; every other record has only what it names."""


_WORDS: dict[str, Phrase] = {
    **{kind.value: Phrase(kind) for kind in (*DependencyKind, *Capacity, *Attitude)},
    **{f"{capacity} of": _OF(capacity=capacity) for capacity in MembershipKind},
    "allocated to": Wording("allocated to", "fördelat till")(),
}
"""Every relation that a join can make."""


def relation_word(relation: str) -> Phrase:
    """What an edge is called; one that is a field of a record has the same name in both languages, its key.

    >>> relation_word("member of").sv, relation_word("part_of").sv
    ('medlem i', 'part_of')
    """
    return _WORDS.get(relation) or Phrase(relation)


def check_relation(relation: str, kinds: Iterable[type]) -> str:
    """Accept what an edge may be called: a field by which a record of some kind names another, or what joins two.

    >>> check_relation("member of", [])
    'member of'
    """
    known = {way.relation for kind in (*KINDS, *kinds) for way in references(kind)} | _WORDS.keys()
    if isinstance(relation, str) and relation in known:
        return relation
    hint = near(str(relation), sorted(known))
    remedy = f"did you mean {hint!r}?" if hint else f"known: {', '.join(sorted(known))}"
    raise InvalidValueError(f"no edge is called {relation!r:.60}", remedy)


@frozen(eq=False, slots=False)
class Edges:
    """The edges of a collaboration, found when they are asked for (kopplingar).

    What a record names is read from the record, what names it from the collaboration's own index; only what is joined
    is indexed here.

    >>> from samverkan.model.party import Actor
    >>> ale, gr = (Actor(id=i, title=i, kind="kommun") for i in ("ale", "gr"))
    >>> edges = Edges(Collaboration([ale, gr, Membership(member="ale", of="gr")]))
    >>> print(*edges.into("gr"), sep=", ")
    ale —member of→ gr, ale>gr —of→ gr
    """

    collaboration: Collaboration = field(repr=False)
    """The records."""

    def out(self, id: str) -> list[Edge]:
        """The edges that go from a thing, in a fixed order."""
        named = ((id, target, relation, id) for relation, target in _named(self.collaboration[id]))
        return _made([*named, *self._joined[0].get(id, ())])

    def into(self, id: str) -> list[Edge]:
        """The edges that come to a thing, in a fixed order."""
        pointers = dict.fromkeys(self.collaboration.pointing_at(id))
        naming = ((pointer.record, id, pointer.relation, pointer.record) for pointer in pointers)
        return _made([*naming, *self._joined[1].get(id, ())])

    def __iter__(self) -> Iterator[Edge]:
        """Every edge, in a fixed order."""
        for id in sorted((record.id for record in self.collaboration), key=natural):
            yield from self.out(id)

    @cached_property
    def relations(self) -> Counter[str]:
        """How many edges there are of each relation."""
        named = (relation for record in self.collaboration for relation, _ in _named(record))
        return Counter(chain(named, (plain[2] for edges in self._joined[0].values() for plain in edges)))

    @cached_property
    def _joined(self) -> tuple[dict[str, list[_Plain]], dict[str, list[_Plain]]]:
        out: dict[str, list[_Plain]] = {}
        into: dict[str, list[_Plain]] = {}
        for kind, join in JOINS.items():
            for plain in chain.from_iterable(map(join.plain, self.collaboration[kind])):
                out.setdefault(plain[0], []).append(plain)
                into.setdefault(plain[1], []).append(plain)
        return out, into


def _named(record: Any) -> dict[tuple[str, str], None]:
    """By which relation a record names what; once, however often it does."""
    return dict.fromkeys((ref.relation, target) for ref in references_of(record) for target in ref.ids(record))


def _made(plain: list[_Plain]) -> list[Edge]:
    return [Edge(*edge) for edge in sorted(plain, key=_order)]


def _order(edge: _Plain) -> tuple[Any, ...]:
    source, target, relation, record = edge
    return natural(source), natural(target), relation, natural(record)
