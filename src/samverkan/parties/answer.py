"""`answer`: the one place where the answer to a question is put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from samverkan.model.collaboration import Collaboration
from samverkan.model.source import Mark, grounds
from samverkan.values.day import Day
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.when import When

__all__ = ["about", "answer", "as_of", "assumptions", "beyond"]

R = TypeVar("R")

_NOT_FROM_A_SOURCE = {Mark.DERIVED, Mark.ASSUMED, Mark.MADE}
_MARKED = Wording("{name} is {mark}", "{name} är {mark}")
_COLLABORATION = Wording("the collaboration", "samarbetet")
_AS_OF = Wording("{title}, as of {day}", "{title}, per {day}")
_BEYOND = Wording(
    "what has happened since {known}, the day to which this is known",
    "vad som har hänt sedan {known}, den dag till vilken detta är känt",
)


def answer(
    collaboration: Collaboration,
    kind: type[R],
    rows: Iterable[R],
    title: Phrase,
    *,
    on: When | None = None,
    unknown: Iterable[Phrase] = (),
    assumed: Iterable[Phrase] = (),
    rests_on: Iterable[str] = (),
) -> Table[R]:
    """Put an answer together: its rows, what it does not know and what it rests on (svar).

    To *unknown* it adds what cannot be known on a day after the one to which the collaboration is known; to *assumed*,
    what no source states in the records that its rows name under `because`, and in those that it *rests_on* besides.

    >>> from attrs import frozen
    >>> from samverkan.model.party import Actor
    >>> from samverkan.model.source import basis
    >>> @frozen
    ... class Body:
    ...     who: str
    ...     because: tuple[str, ...] = ()
    >>> gr = Actor(id="gr", title="GR", kind="kommunalforbund", level="subregional", basis=basis(level="assumed"))
    >>> table = answer(Collaboration([gr]), Body, [Body("gr", ("gr",))], Wording("The bodies", "Organen")())
    >>> table.assumed
    ('gr.level is assumed',)
    """
    items = (*rows,)
    because = chain(chain.from_iterable(getattr(row, "because", ()) for row in items), rests_on)
    return Table(
        kind,
        items,
        title,
        dict.fromkeys((*unknown, *beyond(collaboration, on))),
        dict.fromkeys((*assumed, *assumptions(collaboration, because))),
    )


def about(collaboration: Collaboration, thing: str) -> Phrase | str:
    """What a title says that an answer is about: a thing, or the collaboration by its id if it has one."""
    return thing or Phrase(collaboration.id) or _COLLABORATION()


def as_of(title: Phrase, on: When | Day | None) -> Phrase:
    """A title with the day that is asked about, if there is one.

    >>> as_of(Wording("Balances", "Saldon")(), when("2024-12-31")).sv
    'Saldon, per 2024-12-31'
    """
    return _AS_OF(title=title, day=on) if on else title


def assumptions(collaboration: Collaboration, ids: Iterable[str]) -> tuple[Phrase, ...]:
    """What no source states in some records: the fields marked *derived*, *assumed* or *made*, a sentence each.

    An id that no record has is passed over, so that an answer may also rest on what it has itself computed.
    """
    records = (collaboration.get(id) for id in dict.fromkeys(ids))
    return tuple(sorted({sentence for record in records for sentence in _marks(record)}))


def _marks(record: object) -> Iterator[Phrase]:
    for ground in grounds(record):
        if ground.mark in _NOT_FROM_A_SOURCE:
            name = ".".join(part for part in (getattr(record, "id", ""), ground.field) if part)
            yield _MARKED(name=Phrase(name), mark=ground.mark)


def beyond(collaboration: Collaboration, on: When | None) -> tuple[Phrase, ...]:
    """What cannot be known on a day after the one to which a collaboration is known, as a sentence."""
    known = collaboration.known
    after = known is not None and on is not None and (on.latest is None or on.latest > known)
    return (_BEYOND(known=known),) if after else ()
