"""The dependencies and obligations that go from one organisation to another."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from samverkan.model.agreement import Obligation
from samverkan.model.collaboration import Collaboration
from samverkan.model.work import Dependency
from samverkan.network.edges import relation_word
from samverkan.parties.answer import answer
from samverkan.parties.organisation import Belonging, Organisations, unrecorded
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.timing import is_over
from samverkan.values.truth import Truth

__all__ = ["Crossing", "crossings"]

_TITLE = Wording("across organisations", "över organisationsgränserna")
_OWES = Wording("owes", "är skyldig")


@frozen(kw_only=True)
class Crossing:
    """Something in one organisation on which something in another depends (organisationsöverskridande beroende).

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
    """The predecessor; for an obligation, the obligation itself (föregångare)."""
    successor: str
    """The successor; for an obligation, the party it is owed to (efterföljare)."""
    kind: Phrase = field(converter=Phrase)
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
    ties = [*_dependencies(collaboration, organisations), *_obligations(collaboration, organisations)]
    known = [row for row, _ in ties if row.from_organisation and row.to_organisation]
    return answer(
        collaboration,
        Crossing,
        (row for row in known if row.from_organisation != row.to_organisation),
        _TITLE(),
        on=organisations.on,
        unknown=sorted({sentence for _, doubts in ties for sentence in doubts}),
        rests_on=(id for row in known for id in row.because),
    )


_Ties = Iterator[tuple[Crossing, tuple[Phrase, ...]]]


def _dependencies(collaboration: Collaboration, organisations: Organisations) -> _Ties:
    for link in collaboration[Dependency]:
        ends = [organisations.of(id) for id in (link.predecessor, link.successor)]
        doubts = (*unrecorded(ends[0], link.predecessor), *unrecorded(ends[1], link.successor))
        done = Truth.any(is_over(collaboration[id], organisations.on) for id in (link.predecessor, link.successor))
        blocks = ~done if link.kind.blocks else Truth.NO
        yield _row((link.predecessor, link.successor), relation_word(link.kind), ends, link.id, blocks), doubts


def _obligations(collaboration: Collaboration, organisations: Organisations) -> _Ties:
    for duty in collaboration[Obligation]:
        for party in duty.to:
            by = organisations.of(*(debtor.id for debtor in duty.by))
            to = organisations.of(party.id)
            doubts = (*unrecorded(by, duty.id), *unrecorded(to, party.id))
            yield _row((duty.id, party.id), _OWES(), [by, to], duty.id, Truth.NO), doubts


def _row(things: tuple[str, str], kind: Phrase, ends: list[Belonging], record: str, blocks: Truth) -> Crossing:
    return Crossing(
        predecessor=things[0],
        successor=things[1],
        kind=kind,
        from_organisation=ends[0].ids,
        to_organisation=ends[1].ids,
        blocks=blocks,
        because=tuple(dict.fromkeys([record, *ends[0].because, *ends[1].because])),
    )
