"""What passes from one organisation to another: the dependencies and obligations that cooperation hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from samverkan.model.agreement import Obligation
from samverkan.model.collaboration import Collaboration
from samverkan.model.work import Dependency
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.organisation import Belonging, Organisations
from samverkan.values.table import Table
from samverkan.values.timing import is_over
from samverkan.values.truth import Truth

__all__ = ["Crossing", "crossings", "unrecorded"]


@frozen(kw_only=True)
class Crossing:
    """Something in one organisation on which something in another hangs (organisationsöverskridande beroende).

    >>> Crossing(
    ...     predecessor="forslag",
    ...     successor="beslut",
    ...     kind="finish-start",
    ...     from_organisation=("ale",),
    ...     to_organisation=("vgr",),
    ...     blocks=Truth.YES,
    ...     because=("forslag>beslut",),
    ... ).blocks
    <Truth.YES: 'yes'>
    """

    predecessor: str
    """What comes first; of an obligation, the obligation itself (föregångare)."""
    successor: str
    """What waits or is borne upon; of an obligation, the party it is owed to (efterföljare)."""
    kind: str
    """The kind of dependency, or `owes` (slag)."""
    from_organisation: tuple[str, ...]
    """The organisations of the one end (från)."""
    to_organisation: tuple[str, ...]
    """The organisations of the other (till)."""
    blocks: Truth
    """Whether the successor must still wait: not once either of the two has been done (blockerar)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def crossings(collaboration: Collaboration, organisations: Organisations) -> Table[Crossing]:
    """The dependencies and obligations whose two ends do not belong to the same organisations."""
    met = [*_dependencies(collaboration, organisations), *_obligations(collaboration, organisations)]
    told = [row for row, _ in met if row.from_organisation and row.to_organisation]
    return Table(
        Crossing,
        tuple(row for row in told if row.from_organisation != row.to_organisation),
        "across organisations",
        unknown=(
            *sorted({sentence for _, doubts in met for sentence in doubts}),
            *beyond(collaboration, organisations.on),
        ),
        assumed=assumptions(collaboration, (id for row in told for id in row.because)),
    )


def unrecorded(told: Belonging, *ids: str) -> tuple[str, ...]:
    """What cannot be told of the organisation of some things, a sentence each (okänd organisation).

    >>> unrecorded(Belonging(), "beslut")
    ("the organisation of 'beslut' is not told",)
    """
    silent = not told.ids and not told.doubts
    return tuple(f"the organisation of {id!r} is not told" for id in ids) if silent else told.doubts


_Met = Iterator[tuple[Crossing, tuple[str, ...]]]


def _dependencies(collaboration: Collaboration, organisations: Organisations) -> _Met:
    for link in collaboration[Dependency]:
        ends = [organisations.of(id) for id in (link.predecessor, link.successor)]
        doubts = (*unrecorded(ends[0], link.predecessor), *unrecorded(ends[1], link.successor))
        done = Truth.any(is_over(collaboration[id], organisations.on) for id in (link.predecessor, link.successor))
        blocks = ~done if link.kind.blocks else Truth.NO
        yield _row((link.predecessor, link.successor), str(link.kind), ends, link.id, blocks), doubts


def _obligations(collaboration: Collaboration, organisations: Organisations) -> _Met:
    for duty in collaboration[Obligation]:
        for party in duty.to:
            by = organisations.of(*(debtor.id for debtor in duty.by))
            to = organisations.of(party.id)
            doubts = (*unrecorded(by, duty.id), *unrecorded(to, party.id))
            yield _row((duty.id, party.id), "owes", [by, to], duty.id, Truth.NO), doubts


def _row(things: tuple[str, str], kind: str, ends: list[Belonging], record: str, blocks: Truth) -> Crossing:
    return Crossing(
        predecessor=things[0],
        successor=things[1],
        kind=kind,
        from_organisation=ends[0].ids,
        to_organisation=ends[1].ids,
        blocks=blocks,
        because=tuple(dict.fromkeys([record, *ends[0].because, *ends[1].because])),
    )
