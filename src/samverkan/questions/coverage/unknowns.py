"""What do we not know that we need, and whom do we ask (question 16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from attrs import frozen

from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.party import Actor
from samverkan.model.source import Basis, ExternalRecord, Mark, Source, grounds
from samverkan.parties.answer import about
from samverkan.parties.containment import inside
from samverkan.parties.organisation import Organisations, organisations_of
from samverkan.values.missing import UNKNOWN
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Wording
from samverkan.values.timing import timing_of
from samverkan.values.when import When

__all__ = ["OpenPoint", "Uncertainty", "unknowns"]

_TITLE = Wording("What is not known of {thing}", "Vad som inte är känt om {thing}")


class Uncertainty(Term):
    """Why something is not known (sorts okunskap)."""

    SILENT = "the source is silent", "källan tiger"
    INCOMPLETE = "the source says that there is more", "källan säger att det finns mer"
    VAGUE = "known only roughly", "bara ungefär känt"
    ASSUMED = "assumed", "antaget"
    MADE = "made up", "påhittat"
    ELSEWHERE = "in another document", "i ett annat dokument"


_MARKS = {
    Mark.UNKNOWN: Uncertainty.SILENT,
    Mark.PARTIAL: Uncertainty.INCOMPLETE,
    Mark.ASSUMED: Uncertainty.ASSUMED,
    Mark.MADE: Uncertainty.MADE,
}


@frozen(kw_only=True)
class OpenPoint:
    """One thing that is not known (kunskapslucka)."""

    record: str
    """The record (post)."""
    field: str
    """Its field; empty for the whole record (fält)."""
    why: Uncertainty
    """Why it is not known (skäl)."""
    as_written: str
    """What is stated instead (det som sägs)."""
    ask: tuple[str, ...]
    """Who is likely to know: the publisher of the source, else the organisation (fråga)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def unknowns(collaboration: Collaboration, thing: str = "") -> Table[OpenPoint]:
    """What is not known, why, and whom to ask, for one thing with all inside it or for everything (vad vet vi inte).

    It lists what a source is silent about, lists that are not complete, days that are vague, what is assumed or made
    up, and what another document records. What nobody has recorded at all is not listed: nobody has asked for it.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.agreement import Decision
    >>> [(row.record, row.field, str(row.why)) for row in unknowns(Collaboration([Decision(id="d", body=UNKNOWN)]))]
    [('d', 'body', 'the source is silent')]
    """
    check_collaboration(collaboration)
    chosen = inside(collaboration, thing) if thing else sorted((record.id for record in collaboration), key=natural)
    homes = organisations_of(collaboration)
    rows = tuple(
        OpenPoint(record=id, field=name, why=why, as_written=words, ask=_whom(collaboration, id, homes), because=(id,))
        for id in chosen
        for name, why, words in dict.fromkeys(_gaps(collaboration[id]))
    )
    return Table(OpenPoint, rows, _TITLE(thing=about(collaboration, thing)))


_Gap = tuple[str, Uncertainty, str]


def _gaps(record: Any) -> Iterator[_Gap]:
    if isinstance(record, ExternalRecord):
        yield "", Uncertainty.ELSEWHERE, record.note
        return
    for name, why, words in _values(record, ""):
        yield name.removeprefix("timing."), why, words
    for ground in grounds(record):
        if ground.mark in _MARKS and not (ground.mark is Mark.UNKNOWN and _is_there(record, ground.field)):
            yield ground.field, _MARKS[ground.mark], "" if ground.mark is Mark.UNKNOWN else str(ground.mark)


def _is_there(record: Any, field: str) -> bool:
    """Whether a field has a value; a field of a timing is named as if it were the record's own."""
    holder = record if hasattr(record, field) or hasattr(record, f"{field}_") else timing_of(record)
    value = getattr(holder, f"{field}_", getattr(holder, field, None))
    return not (value is None or value is UNKNOWN or value in ((), ""))


def _values(value: Any, path: str) -> Iterator[_Gap]:
    """What is unknown or vague in a value and all that is nested in it."""
    if value is UNKNOWN:
        yield path, Uncertainty.SILENT, ""
    elif isinstance(value, When):
        if value.is_unknown:
            yield path, Uncertainty.SILENT, value.as_written
        elif not value.exact:
            yield path, Uncertainty.VAGUE, value.as_written or str(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _values(item, path)
    elif attrs.has(type(value)) and not isinstance(value, Basis):
        for a in attrs.fields(type(value)):
            yield from _values(getattr(value, a.name), f"{path}.{a.name}".strip("._"))


def _whom(c: Collaboration, id: str, homes: Organisations) -> tuple[str, ...]:
    record = c[id]
    source = c.get(record.source) if getattr(record, "source", None) else None
    if isinstance(source, Source) and source.publisher:
        return (source.publisher,)
    return tuple(home for home in homes.of(id).ids if home != id or isinstance(record, Actor))
