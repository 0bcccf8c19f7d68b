"""`Collaboration`: a whole set of records that refer to each other by id, checked when it is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar, overload

from attrs import field, frozen

from samverkan.errors import Fault, IntegrityError, InvalidValueError, NotFoundError, Place
from samverkan.model.change import combined, earliest, joined, standing
from samverkan.model.integrity import expand, faults_of, group_faults, identity_faults, misfit_faults
from samverkan.model.party import Actor, Group
from samverkan.model.reference import Record, references_of
from samverkan.model.source import ExternalRecord, kind_name
from samverkan.values.day import Day, DayLike, day
from samverkan.values.names import near

__all__ = ["Collaboration", "Pointer", "assembled", "check_collaboration", "natural"]

R = TypeVar("R")

_NUMBERS = re.compile(r"(\d+)")


def natural(id: str) -> tuple[Any, ...]:
    """A key that sorts `process-2` before `process-10`; no two ids have the same."""
    return tuple(int(part) if part.isdigit() else part for part in _NUMBERS.split(id)), id


@frozen
class Pointer:
    """One record names another: who, by which relation (hänvisning).

    >>> Pointer("plan.steg", "plan").relation
    'plan'
    """

    record: str
    """The id of the record that points."""
    relation: str
    """The relation by which it does."""


@frozen(repr=False, eq=False, slots=False, init=False)
class Collaboration:
    """An immutable set of records that refer to each other by id (samverkan).

    It is checked when it is built: ids are unique, every reference leads to a record of an allowed kind, the counts of
    groups hold, and a group that owes, decides or receives says *each* or *jointly*.
    What is wrong is raised all at once as `IntegrityError`.

    Look up by id, by kind, or both, which is typed:

    >>> from samverkan.model.party import Actor
    >>> c = Collaboration([Actor(id="ale", title="Ale kommun", kind="kommun")])
    >>> c["ale"].title, len(c[Actor]), c[Actor, "ale"].kind.value
    ('Ale kommun', 1, 'kommun')
    """

    id: str
    """Its own name."""
    title: str
    """What it is called (namn)."""
    known: Day | None
    """The day to which its knowledge goes (kunskapsläge); None where it does not say."""
    _by_id: Mapping[str, Any] = field(alias="by_id")
    _places: Callable[[str], Place | None] = field(alias="places")
    _unplaced: frozenset[str] = field(alias="unplaced")
    _derived: dict[Any, Any] = field(init=False, factory=dict, eq=False, repr=False)

    def __init__(
        self,
        records: Iterable[Record] = (),
        *,
        id: str = "",
        title: str = "",
        known: DayLike | None = None,
        places: Callable[[str], Place | None] = lambda _: None,
    ) -> None:
        """Check the records and keep them; raises `IntegrityError` with everything that is wrong.

        *places* tells where the record with an id is written, for records that come from a document.
        """
        records = _fitting(records)
        by_id = _indexed((), records)
        _hold(records, by_id, regroup=True)
        self.__attrs_init__(
            id=_text(id, "id"),
            title=_text(title, "title"),
            known=None if known is None else day(known),
            by_id=by_id,
            places=places,
            unplaced=frozenset(),
        )

    def _with(self, by_id: dict[str, Any], suspects: Iterable[Record], touched: Iterable[Record]) -> Collaboration:
        _hold(suspects, by_id, regroup=any(type(record) in (Actor, Group, ExternalRecord) for record in touched))
        new = object.__new__(Collaboration)
        new.__attrs_init__(
            id=self.id,
            title=self.title,
            known=self.known,
            by_id=by_id,
            places=self._places,
            unplaced=self._unplaced.union(record.id for record in touched),
        )
        return new

    def adding(self, *records: Record) -> Collaboration:
        """A collaboration with these records as well; add many in one call, since each call copies the index.

        A record that is there already, and says the same, is no change.
        Raises `IntegrityError` for an id that another record has or a reference to nothing.

        >>> from samverkan.model.party import Actor
        >>> len(Collaboration().adding(*(Actor(id=i, title=i, kind="kommun") for i in ("ale", "hjo"))))
        2
        """
        new = tuple(self._not_there(records))
        return self._with(_indexed(self._by_id, _fitting(new, self)), new, new)

    def _not_there(self, records: Iterable[Record]) -> Iterator[Record]:
        met: dict[str, list[Record]] = {}
        for record in records:
            id = getattr(record, "id", None)
            if isinstance(id, str):
                same = met.setdefault(id, [self[id]] if id in self else [])
                if record in same:
                    continue
                same.append(record)
            yield record

    def replacing(self, *records: Record) -> Collaboration:
        """A collaboration in which these records stand in place of those with the same ids.

        Raises `NotFoundError` for an id that is not there, `IntegrityError` for what would no longer hold.

        >>> from attrs import evolve
        >>> from samverkan.model.party import Actor
        >>> c = Collaboration([Actor(id="ale", title="Ale", kind="kommun")])
        >>> c.replacing(evolve(c["ale"], title="Ale kommun"))["ale"].title
        'Ale kommun'
        """
        new = _indexed((), _fitting(records, self))
        old = [self[id] for id in new]
        moved = [was.id for was in old if _stands(was) != _stands(new[was.id])]
        by_id = {**self._by_id, **new}
        named = {pointer.record: by_id[pointer.record] for id in moved for pointer in self.pointing_at(id)}
        return self._with(by_id, (named | new).values(), [*records, *old])

    def without(self, *ids: str) -> Collaboration:
        """A collaboration without these records.

        Raises `NotFoundError` for an id that is not there, `IntegrityError` where another record still names one.

        >>> from samverkan.model.party import Actor
        >>> len(Collaboration([Actor(id="ale", title="Ale", kind="kommun")]).without("ale"))
        0
        """
        gone = [self[id] for id in ids]
        by_id = dict(self._by_id)
        for id in set(ids):
            del by_id[id]
        named = {p.record: by_id[p.record] for id in ids for p in self.pointing_at(id) if p.record in by_id}
        return self._with(by_id, named.values(), gone)

    def knowing(self, known: DayLike | None) -> Collaboration:
        """The same records, known to another day (kunskapsläge); None where that is not said.

        >>> Collaboration(known="2016-10-01").knowing("2017-01-15")
        <Collaboration '' · 0 records · known 2017-01-15>
        """
        new = object.__new__(Collaboration)
        new.__attrs_init__(
            id=self.id,
            title=self.title,
            known=None if known is None else day(known),
            by_id=self._by_id,
            places=self._places,
            unplaced=self._unplaced,
        )
        return new

    @overload
    def __getitem__(self, key: str) -> Any: ...
    @overload
    def __getitem__(self, key: type[R]) -> tuple[R, ...]: ...
    @overload
    def __getitem__(self, key: tuple[type[R], str]) -> R: ...
    def __getitem__(self, key: str | type[R] | tuple[type[R], str]) -> Any:
        """The record with an id, all records of a kind, or the record of that kind with that id.

        Raises `NotFoundError`, with the nearest id there is.
        """
        if isinstance(key, type):
            return self._by_kind.get(key, ())
        pair: Any = key if _is_pair(key) else (object, key)
        kind, id = pair
        record = self.get(id)
        if record is None:
            hint = near(id, self._by_id) if isinstance(id, str) else ""
            raise NotFoundError(f"there is no record {id!r:.100}", f"did you mean {hint!r}?" if hint else "")
        if not isinstance(record, kind):
            raise NotFoundError(f"{id!r} is of the kind {type(record).__name__}, not {kind.__name__}")
        return record

    def get(self, id: str) -> Any | None:
        """The record with an id, or None."""
        return self._by_id.get(id) if isinstance(id, str) else None

    def place(self, id: str) -> Place | None:
        """Where a record is written, if it came from a document and was not changed since; no part of what it says."""
        return None if not isinstance(id, str) or id in self._unplaced else self._places(id)

    def __contains__(self, id: object) -> bool:
        """Whether there is a record with an id."""
        return isinstance(id, str) and id in self._by_id

    def __iter__(self) -> Iterator[Any]:
        """The records, in no order that means anything."""
        return iter(self._by_id.values())

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._by_id)

    @cached_property
    def kinds(self) -> tuple[type, ...]:
        """The kinds of record that occur, by name."""
        return tuple(sorted(self._by_kind, key=lambda kind: kind.__name__))

    @cached_property
    def _by_kind(self) -> dict[type, tuple[Any, ...]]:
        found: dict[type, list[Any]] = {}
        for record in self._by_id.values():
            found.setdefault(type(record), []).append(record)
        return {kind: tuple(sorted(records, key=lambda r: natural(r.id))) for kind, records in found.items()}

    @cached_property
    def _pointers(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for record in self._by_id.values():
            for reference in references_of(record):
                for target in reference.ids(record):
                    found.setdefault(target, []).append((record.id, reference.relation))
        return found

    def pointing_at(self, id: str) -> tuple[Pointer, ...]:
        """Who names a record, and by which relation, in the order of their ids.

        >>> from samverkan.model.work import Activity, Plan
        >>> c = Collaboration([Plan(id="plan", title="Plan"), Activity(id="steg", title="Steg", plan="plan")])
        >>> c.pointing_at("plan")
        (Pointer(record='steg', relation='plan'),)
        """
        pointers = self._pointers.get(id, ()) if isinstance(id, str) else ()
        found = sorted(pointers, key=lambda pointer: (natural(pointer[0]), pointer[1]))
        return tuple(Pointer(record, relation) for record, relation in found)

    def members(self, party: str) -> tuple[str, ...]:
        """The ids of the single actors that a party stands for: an actor itself, a group its members.

        Memberships are not followed: who belongs to an association is not thereby in a group. A group that stands in
        another document is given as itself. Raises `NotFoundError` for an id that is not there.

        >>> from samverkan.model.party import Actor, Group
        >>> bodies = [Actor(id=i, title=i, kind="kommun") for i in ("ale", "hjo")]
        >>> Collaboration([*bodies, Group(id="bada", of=("ale", "hjo"))]).members("bada")
        ('ale', 'hjo')
        """
        self[party]
        return expand(self._by_id, party)

    def as_of(self, on: DayLike) -> Collaboration:
        """The collaboration as it stood at the end of a day (per en viss dag).

        What is taken away: a relation or mandate whose period certainly does not hold the day; a decision, submission,
        requisition, funding event, observation or stance that certainly came later; what belongs to, or cannot be
        without, what is taken away. A step that was done later is there but not done; what was handed in may have been
        sent but not have arrived. A decision of which it is told when it was due or planned is there before it is
        taken: not done, without its items, its paragraph, whom it is sent to and what it replaces, and without the
        obligations that follow from it. Things (actors, agreements, plans, grants) stay, and so does what the documents
        do not let us place before or after the day.
        The day of knowledge becomes the earlier of the two, where there is one.
        Raises `IntegrityError` where a group's count no longer holds.

        >>> from samverkan.model.party import Actor
        >>> from samverkan.model.relations import Membership
        >>> bodies = [Actor(id=i, title=i, kind="kommun") for i in ("a", "b")]
        >>> c = Collaboration([*bodies, Membership(member="a", of="b", period="2017-01-01/")])
        >>> len(c.as_of("2016-12-31")), len(c.as_of("2017-01-01"))
        (2, 3)
        """
        known = day(on)
        return assembled(
            standing(self, known),
            id=self.id,
            title=self.title,
            known=self.known and min(known, self.known),
            places=self.place,
        )

    def merge(self, *others: Collaboration) -> Collaboration:
        """Several organisations' collaborations as one, whatever the order they are given in (sammanfogning).

        The same record twice is one; an `ExternalRecord` gives way to the record it stands for.
        The day of knowledge is the earliest of theirs, and none where one of them does not say: so nothing is called
        late that one of them could not know.
        Raises `MergeConflictError` with every id under which they say different things, and the fields that differ;
        `IntegrityError` where the whole does not hold together, such as the count of a group.

        >>> from samverkan.model.party import Actor
        >>> ale, hjo = (Collaboration([Actor(id=i, title=i, kind="kommun")], id=i) for i in ("ale", "hjo"))
        >>> ale.merge(hjo) == hjo.merge(ale), ale.merge(hjo).id
        (True, 'ale + hjo')
        """
        every = (self, *map(check_collaboration, others))
        records = combined(chain.from_iterable(every))
        chosen = {record.id: record for record in records}
        return assembled(
            records,
            id=joined(c.id for c in every),
            title=joined(c.title for c in every),
            known=earliest(c.known for c in every),
            places=lambda id: next(
                (place for c in every if c.get(id) == chosen.get(id) and (place := c.place(id))), None
            ),
        )

    def __eq__(self, other: object) -> bool:
        """Whether both say the same: name, day of knowledge and every record; order and origin mean nothing."""
        if not isinstance(other, Collaboration):
            return NotImplemented
        return (self.id, self.title, self.known, self._by_id) == (other.id, other.title, other.known, other._by_id)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """One line: name, how many records of which kinds, the day of knowledge."""
        kinds = sorted(self._by_kind.items(), key=lambda item: (-len(item[1]), item[0].__name__))[:4]
        counts = [f"{len(records)} {kind.__name__}" for kind, records in kinds]
        known = [f"known {self.known}"] if self.known else []
        return f"<{' · '.join([f'Collaboration {self.id!r}', f'{len(self)} records', *counts, *known])}>"


def records(collaboration: Collaboration, *kinds: type) -> Iterator[Any]:
    """The records of some kinds, of every kind if none is named, in a fixed order.

    >>> from samverkan.model.party import Actor, Role
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> [record.id for record in records(Collaboration([ale]), Role, Actor)]
    ['ale']
    """
    for kind in kinds or collaboration.kinds:
        yield from collaboration[kind]


def check_collaboration(value: Collaboration) -> Collaboration:
    """Accept a collaboration, and tell whoever gives a path or a list of records what to do with it."""
    if isinstance(value, Collaboration):
        return value
    remedy = "read the document first: sv.read(path)" if isinstance(value, str) else "give a Collaboration"
    raise InvalidValueError(f"{value!r:.60} is not a collaboration", remedy)


def assembled(
    records: Iterable[Record],
    *,
    id: str = "",
    title: str = "",
    known: Day | None = None,
    places: Callable[[str], Place | None] = lambda _: None,
) -> Collaboration:
    """A collaboration of records each of which holds what its fields say, since a reader or another one held it so."""
    records = tuple(records)
    by_id = _indexed((), records)
    _hold(records, by_id, regroup=True)
    new = object.__new__(Collaboration)
    new.__attrs_init__(id=id, title=title, known=known, by_id=by_id, places=places, unplaced=frozenset())
    return new


def _text(value: str, name: str) -> str:
    if type(value) is not str:
        raise InvalidValueError(f"{value!r:.80} is not the {name} of a collaboration", "give a text")
    return value


def _is_pair(key: object) -> bool:
    return isinstance(key, tuple) and len(key) == len(("kind", "id")) and isinstance(key[0], type)


def _fitting(records: Iterable[Record], among: Iterable[Record] = ()) -> tuple[Record, ...]:
    """The records, if each is one and holds what its fields say."""
    if not isinstance(records, Iterable):
        raise InvalidValueError(f"{records!r:.60} is no list of records", "give the records in a list")
    records = tuple(records)
    if faults := tuple(misfit_faults(records, among)):
        raise IntegrityError(faults)
    return records


def _stands(record: Record) -> tuple[type, str]:
    """What a record counts as where others name it: a group needs each or jointly, a group elsewhere does not."""
    return type(record), kind_name(record)


def _hold(suspects: Iterable[Record], by_id: Mapping[str, Any], *, regroup: bool) -> None:
    if faults := tuple(chain(faults_of(suspects, by_id), group_faults(by_id) if regroup else ())):
        raise IntegrityError(faults)


def _indexed(old: Mapping[str, Any] | tuple[()], records: Iterable[Record]) -> dict[str, Any]:
    records = tuple(records)
    if faults := tuple(identity_faults(records)):
        raise IntegrityError(faults)
    by_id: dict[str, Any] = dict(old)
    before = len(by_id)
    by_id |= {record.id: record for record in records}
    if len(by_id) != before + len(records):
        raise IntegrityError(_twice(old, records))
    return by_id


def _twice(old: Mapping[str, Any] | tuple[()], records: Iterable[Record]) -> Iterator[Fault]:
    seen = set(old)
    for record in records:
        if record.id in seen:
            yield Fault(
                f"the id {record.id!r} is used twice",
                "give one of the two another id" + (", or use replacing" if record.id in old else ""),
                record=record.id,
                field="id",
            )
        seen.add(record.id)
