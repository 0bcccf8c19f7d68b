"""Where facts come from: sources, the basis of a field, and records that another document holds."""

from __future__ import annotations

from typing import Annotated

import attrs
from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.model.reference import ActorId, OwnedBy, SourceId
from samverkan.values.term import Term
from samverkan.values.when import When, maybe_when

__all__ = [
    "Basis",
    "ExternalRecord",
    "Mark",
    "Source",
    "basis",
    "grounds",
    "is_complete",
    "is_open",
    "kind_name",
    "marks",
]


class Mark(Term):
    """How a value came to be known, where no source says it, and what is claimed of a list (grund för uppgiften)."""

    DERIVED = "derived", "uträknad"
    """Computed from other recorded facts."""
    ASSUMED = "assumed", "antagen"
    """Taken to be so; no source says it."""
    MADE = "made", "påhittad"
    """Made up for an example; never to be mixed with facts."""
    COMPLETE = "complete", "fullständig"
    """Of a list: everything is in it, so what is missing is not there."""
    PARTIAL = "partial", "ofullständig"
    """Of a list: the source itself says that there is more."""
    UNKNOWN = "unknown", "okänd"
    """Of a list: the source is silent about what is in it."""


def _as_written(field: str) -> str:
    return field.rstrip("_") if isinstance(field, str) else field


@frozen
class Basis:
    """How one field of a record is known (grund): by a source, or by one of the `Mark`s.

    >>> Basis("period", mark="derived").mark.sv
    'uträknad'
    """

    field: str = attrs.field(converter=_as_written)
    """The field's name as a document writes it; empty for the whole record."""
    mark: Mark | None = attrs.field(default=None, converter=attrs.converters.optional(Mark), kw_only=True)
    """How it is known, where no source says it."""
    source: SourceId | None = attrs.field(default=None, kw_only=True)
    """The source that says it, where that is not the record's own."""

    def __attrs_post_init__(self) -> None:
        """Hold exactly one of the two."""
        if type(self.field) is not str or not isinstance(self.source, str | None):
            raise InvalidValueError(
                f"the basis of {self.field!r:.60} names {self.source!r:.60}", "name a field and the id of a source"
            )
        if (self.mark is None) is (self.source is None):
            raise InvalidValueError(
                f"the basis of {self.field!r} says {self.mark} and {self.source}", "give a mark or a source"
            )


def basis(whole: str = "", /, **fields: str) -> tuple[Basis, ...]:
    """Say how fields are known: a mark (`derived`, `assumed`, `made`, …) or the id of a source.

    >>> basis(period="derived", employed_by="kson-webb")[0].source
    'kson-webb'
    """
    said = ({"": whole} if whole else {}) | fields
    marks = {mark.value for mark in Mark} | {mark.sv for mark in Mark}
    return tuple(
        Basis(name, mark=Mark(ground)) if isinstance(ground, str) and ground in marks else Basis(name, source=ground)
        for name, ground in sorted(said.items())
    )


@frozen(kw_only=True)
class Source:
    """A document that facts are taken from (källa).

    >>> Source(id="kson-11", title="Protokollsutdrag § 11", dnr="KSON 2023-469").dnr
    'KSON 2023-469'
    """

    id: str
    """The name by which records refer to it."""
    title: str = ""
    """What it is called (titel)."""
    publisher: Annotated[ActorId | None, OwnedBy()] = None
    """Who published it (utgivare)."""
    day: When | None = attrs.field(default=None, converter=maybe_when)
    """When it was published or last changed (datum)."""
    address: str = ""
    """Where it is found, as a web address (adress)."""
    dnr: str = ""
    """Its registration number (diarienummer)."""
    note: str = ""
    """A remark (anmärkning)."""


def grounds(record: object) -> tuple[Basis, ...]:
    """What a record's basis says, field by field; nothing for a class of a user's own that has none."""
    said = getattr(record, "basis", ())
    return tuple(ground for ground in said if isinstance(ground, Basis)) if said and isinstance(said, tuple) else ()


def marks(record: object, *names: str) -> frozenset[Mark]:
    """How some fields of a record are marked in its basis, or the whole record.

    >>> marks(Source(id="s"), "day")
    frozenset()
    """
    return frozenset(ground.mark for ground in grounds(record) if ground.mark and ground.field in ("", *names))


def is_open(record: object, *names: str) -> bool:
    """Whether the source says of a list that there is more, or does not say what is in it (partial, unknown)."""
    return not marks(record, *names).isdisjoint({Mark.PARTIAL, Mark.UNKNOWN})


def is_complete(record: object, *names: str) -> bool:
    """Whether a list is claimed to be complete."""
    return Mark.COMPLETE in marks(record, *names)


def _class_name(kind: str) -> str:
    name = "".join(word[:1].upper() + word[1:] for word in str(kind).replace("_", " ").split())
    if not name:
        raise InvalidValueError(f"{kind!r} is not a kind of record", "write the kind, such as plan")
    return name


@frozen(kw_only=True)
class ExternalRecord:
    """A placeholder for a record that another organisation's document holds (på annat håll).

    Merging with that document puts the record in its place.

    >>> ExternalRecord(id="skr", kind="Actor").kind
    'Actor'
    """

    id: str
    """The id of the record in the other document."""
    kind: str = attrs.field(converter=_class_name)
    """The kind of that record: `Plan`, or `plan` as a document may write it."""
    note: str = ""
    """In which document it is expected (anmärkning)."""


def kind_name(record: object) -> str:
    """The kind that a record stands for; an `ExternalRecord` stands for the kind it names."""
    return record.kind if type(record) is ExternalRecord else type(record).__name__
