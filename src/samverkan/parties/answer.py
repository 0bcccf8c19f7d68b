"""What an answer takes for granted, and what it cannot know of the day that is asked about."""

from __future__ import annotations

from collections.abc import Iterable

from samverkan.model.collaboration import Collaboration
from samverkan.model.source import Mark, grounds
from samverkan.values.when import When

__all__ = ["beyond", "notes"]

_TOLD = {Mark.DERIVED, Mark.ASSUMED, Mark.MADE}


def notes(collaboration: Collaboration, ids: Iterable[str]) -> tuple[str, ...]:
    """What in some records no source says, a sentence each, for the `assumed` of a `Table` (antaganden).

    Only the marks *derived*, *assumed* and *made* are told; an id that no record has is passed over, so that an answer
    may also rest on what it has itself computed.

    >>> from samverkan.model.party import Actor
    >>> from samverkan.model.source import basis
    >>> gr = Actor(id="gr", title="GR", kind="kommunalforbund", level="subregional", basis=basis(level="assumed"))
    >>> notes(Collaboration([gr]), ["gr"])
    ('gr.level is assumed',)
    """
    records = (collaboration.get(id) for id in dict.fromkeys(ids))
    return tuple(sorted({sentence for record in records for sentence in _marks(record)}))


def _marks(record: object) -> Iterable[str]:
    for ground in grounds(record):
        if ground.mark in _TOLD:
            name = ".".join(part for part in (getattr(record, "id", ""), ground.field) if part)
            yield f"{name} is {ground.mark}"


def beyond(collaboration: Collaboration, on: When | None) -> tuple[str, ...]:
    """What cannot be known on a day that lies after the one to which a collaboration is known, as a sentence."""
    known = collaboration.known
    after = known is not None and on is not None and (on.latest is None or on.latest > known)
    return (f"what has happened since {known}, the day to which this is known",) if after else ()
