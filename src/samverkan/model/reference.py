"""References: a text whose type says that it is the id of another record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.values.term import Term

__all__ = [
    "ActorId",
    "AgreementId",
    "AllocationId",
    "DecisionId",
    "FundingEventId",
    "GoalId",
    "GrantId",
    "GroundId",
    "HolderId",
    "IndicatorId",
    "Named",
    "NestedUnder",
    "ObligationId",
    "OccursOn",
    "OwnedBy",
    "PartyId",
    "PlanId",
    "PropagatesDelay",
    "Record",
    "Ref",
    "Reference",
    "Restricts",
    "SourceId",
    "ThingId",
    "ValidDuring",
    "bare",
    "hints",
    "ids",
    "is_list",
    "is_union",
    "marked",
    "named",
    "owners_of",
    "plural",
    "references",
    "references_of",
    "several",
    "texts",
]


T = TypeVar("T")


class Record(Protocol):
    """Anything with an id: every class of the model, and every class of a user's own."""

    @property
    def id(self) -> str:
        """The name by which others refer to it."""


@frozen
class Ref:
    """In an annotation: this text is the id of a record of one of these kinds; of any kind if none is named.

    Said of a value that holds an id, such as a `Party`, it narrows what that may lead to.

    >>> GrantId = Annotated[str, Ref("Grant")]
    """

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        """Name the kinds by their class names."""
        self.__attrs_init__(kinds)  # type: ignore[attr-defined]


@frozen
class Named:
    """In an annotation: what the relation is called, where the field's own name will not do.

    >>> Named("before").relation
    'before'
    """

    relation: str


@frozen
class NestedUnder:
    """In an annotation: a document may write this record inside the one it names, under this key.

    >>> NestedUnder("allocations").key
    'allocations'
    """

    key: str


@frozen
class ValidDuring:
    """In an annotation of a period: outside it, the record is not there (`Collaboration.as_of`)."""


@frozen
class OccursOn:
    """In an annotation of a day or a timing: before it, the record is not there (`Collaboration.as_of`)."""


@frozen
class Restricts:
    """In an annotation of ids: they limit what a record says, so without the last of them it would say too much."""


@frozen
class OwnedBy:
    """In an annotation of a party: the thing is theirs, and belongs to their organisation.

    With a capacity, they answer for it in that capacity (`responsible`).

    >>> from samverkan.model.relations import Capacity
    >>> OwnedBy(Capacity.OWNS).capacity.sv
    'äger'
    """

    capacity: Term | None = None
    """In which `Capacity` they answer for it; None where they do not."""


@frozen
class PropagatesDelay:
    """In an annotation of ids: what delays this record delays what it names as surely (`Network.reaches`)."""


@frozen(kw_only=True)
class Reference:
    """A way from a record to the ids it names."""

    path: tuple[str, ...]
    """The fields to pass, outermost first."""
    relation: str
    """What the relation is called; the field's name unless `Named` says otherwise."""
    kinds: frozenset[str]
    """The kinds of record it may lead to; empty for any kind."""
    within: str
    """The key under which a document may write the record inside the one it names; empty if it may not."""
    required: bool
    """Whether a record cannot be without it."""
    holder: type | None
    """The class of the nested value that holds the id, if one does."""

    def ids(self, record: Record) -> Iterator[str]:
        """The ids that a record names this way."""
        return self.ids_in(getattr(record, self.path[0]))

    def ids_in(self, value: Any) -> Iterator[str]:
        """The ids that a value of its first field names."""
        return _reach(value, self.path[1:])


def _reach(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    if type(value) is str:
        yield value
    elif type(value) in (tuple, list):
        for item in value:
            yield from _reach(item, path)
    elif path and attrs.has(type(value)):
        yield from _reach(getattr(value, path[0], None), path[1:])


def references_of(record: object) -> tuple[Reference, ...]:
    """What a record's class refers to."""
    cls: Any = type(record)
    return references(cls)


@cache
def references(cls: Any) -> tuple[Reference, ...]:
    """What a class refers to, read once from its annotations; nested values, optionals and tuples are walked."""
    return tuple(
        Reference(
            path=path,
            relation=named or ".".join(path).rstrip("_").removesuffix(".id"),
            kinds=frozenset(ref.kinds),
            within=within,
            required=a.default is attrs.NOTHING,
            holder=holder,
        )
        for a in attrs.fields(cls)
        for path, ref, named, within, holder in _within(hints(cls)[a.name], (a.name,), None)
    )


@cache
def hints(cls: type) -> dict[str, Any]:
    """The annotations of a class, resolved; raises `InvalidValueError` if one of them cannot be."""
    try:
        return get_type_hints(cls, include_extras=True)
    except NameError as error:
        raise InvalidValueError(
            f"an annotation of {cls.__name__} cannot be resolved: {error}",
            "define the class at module level, and import what its annotations name",
        ) from None


@cache
def marked(cls: Any, *kinds: type) -> dict[str, Any]:
    """The fields of a class whose annotations bear a mark of one of these kinds, each with its mark.

    >>> from samverkan.model.agreement import Submission
    >>> list(marked(Submission, OccursOn))
    ['sent', 'arrived']
    """
    said = ((a.name, getattr(hints(cls)[a.name], "__metadata__", ())) for a in attrs.fields(cls))
    return {name: mark for name, marks in said for mark in marks if isinstance(mark, kinds)}


def named(record: Any, name: str) -> tuple[str, ...]:
    """The ids that one field of a record names, itself or in what it holds.

    >>> from samverkan.model.work import Plan
    >>> named(Plan(id="p", title="Plan", owners=("ale", "hjo")), "owners")
    ('ale', 'hjo')
    """
    return tuple(id for way in references_of(record) if way.path[0] == name for id in way.ids(record))


def owners_of(record: Any) -> tuple[str, ...]:
    """The ids of those whose a record is, by the fields that are marked with `OwnedBy`."""
    return tuple(id for name in marked(record.__class__, OwnedBy) for id in named(record, name))


def bare(hint: Any) -> Any:
    """An annotation without what is said about it."""
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


def is_union(hint: Any) -> bool:
    """Whether an annotation is one of several types."""
    return get_origin(bare(hint)) in (Union, UnionType)


def is_list(hint: Any) -> bool:
    """Whether an annotation is a tuple of any length."""
    return get_origin(bare(hint)) is tuple


_Found = tuple[tuple[str, ...], Ref, str, str, type | None]


def _within(hint: Any, path: tuple[str, ...], holder: type | None) -> Iterator[_Found]:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        found = list(_within(args[0], path, holder))
        named = next((mark.relation for mark in args[1:] if isinstance(mark, Named)), "")
        within = next((mark.key for mark in args[1:] if isinstance(mark, NestedUnder)), "")
        if ref := next((mark for mark in args[1:] if isinstance(mark, Ref)), None):
            found = [(p, ref, n, w, h) for p, _, n, w, h in found] or [(path, ref, "", "", holder)]
        yield from ((p, r, named or n, within or w, h) for p, r, n, w, h in found)
    elif origin in (tuple, Union, UnionType):
        for arg in args:
            yield from _within(arg, path, holder)
    elif isinstance(hint, type) and attrs.has(hint):
        for a in attrs.fields(hint):
            yield from _within(hints(hint)[a.name], (*path, a.name), hint)


def ids(value: str | Iterable[str]) -> tuple[str, ...]:
    """One id or several, as the tuple that a record keeps."""
    if isinstance(value, str):
        return (value,)
    found = several(value)
    if any(type(id) is not str for id in found):
        raise InvalidValueError(f"{found!r:.80} are not ids", "an id is text")
    return found


def texts(value: str | Iterable[str]) -> tuple[str, ...]:
    """One text or several, as the tuple that a record keeps."""
    return (value,) if isinstance(value, str) else several(value)


def several(value: Iterable[T]) -> tuple[T, ...]:
    """The items of a list, as the tuple that a record keeps; raises `InvalidValueError` for what is none."""
    try:
        return tuple(value)
    except TypeError:
        remedy = "give one or several; that a list is unknown or none is said in basis: basis(by='unknown')"
        raise InvalidValueError(f"{value!r:.80} is no list", remedy) from None


@cache
def plural(cls: type) -> str:
    """The key under which a document keeps records of a class: `funding_events` for `FundingEvent`."""
    name = "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).strip("_")
    if name == "elsewhere":
        return name
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("s", "x", "z", "ch", "sh")) else f"{name}s"


ThingId = Annotated[str, Ref()]
"""The id of a record of any kind."""

SourceId = Annotated[str, Ref("Source")]
"""The id of a `Source`."""

ActorId = Annotated[str, Ref("Actor")]
"""The id of an `Actor`."""

PartyId = Annotated[str, Ref("Actor", "Group")]
"""The id of an `Actor` or a `Group`."""

HolderId = Annotated[str, Ref("Actor", "Group", "Role")]
"""The id of an `Actor`, a `Group` or a `Role`."""

AgreementId = Annotated[str, Ref("Agreement")]
"""The id of an `Agreement`."""

DecisionId = Annotated[str, Ref("Decision")]
"""The id of a `Decision`."""

ObligationId = Annotated[str, Ref("Obligation")]
"""The id of an `Obligation`."""

GroundId = Annotated[str, Ref("Agreement", "Decision", "Grant")]
"""The id of what an obligation follows from."""

PlanId = Annotated[str, Ref("Plan")]
"""The id of a `Plan`."""

GoalId = Annotated[str, Ref("Goal")]
"""The id of a `Goal`."""

IndicatorId = Annotated[str, Ref("Indicator")]
"""The id of an `Indicator`."""

GrantId = Annotated[str, Ref("Grant")]
"""The id of a `Grant`."""

AllocationId = Annotated[str, Ref("Allocation")]
"""The id of an `Allocation`."""

FundingEventId = Annotated[str, Ref("FundingEvent")]
"""The id of a `FundingEvent`."""
