"""Where money went, as far as the documents say."""

from __future__ import annotations

from attrs import frozen

from samverkan.analysis.inside import inside
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import FundingEvent, MoneyMove
from samverkan.model.notes import notes
from samverkan.model.reference import whose
from samverkan.model.source import is_complete, is_open
from samverkan.values.missing import UNKNOWN, Maybe
from samverkan.values.money import Money
from samverkan.values.table import Table
from samverkan.values.when import When

__all__ = ["Spent", "spending"]


@frozen(kw_only=True)
class Spent:
    """Money used for one thing (förbrukning)."""

    what_for: str
    """What it was used for (ändamål)."""
    title: str
    """What that is called (namn)."""
    amount: Maybe[Money]
    """How much (belopp)."""
    grant: Maybe[str]
    """Out of which grant (statsbidrag)."""
    by: tuple[str, ...]
    """By whom (av)."""
    day: When | None
    """When (dag)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def spending(collaboration: Collaboration, thing: str) -> Table[Spent]:
    """What money was used for inside a thing, or by a party, as far as the documents say (vart gick pengarna).

    An amount that the source does not give stays unknown, and no total is made of it: the answer says *at least*.
    An event that corrects another stands in its place. What was paid back is not taken off; that there is such is said.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Plan
    >>> used = FundingEvent(id="e", kind="used", amount=UNKNOWN, what_for="p")
    >>> print(spending(Collaboration([Plan(id="p", title="Plan"), used]), "p").unknown[0])
    the total: at least these 1, of which 1 without a known amount
    """
    check_collaboration(collaboration)
    things = set(inside(collaboration, thing))
    corrected = {event.corrects for event in collaboration[FundingEvent]}
    standing = [event for event in collaboration[FundingEvent] if event.id not in corrected and _touches(event, things)]
    rows = tuple(_row(collaboration, event) for event in standing if event.kind is MoneyMove.USED)
    back = [event.id for event in standing if event.kind in (MoneyMove.REPAID, MoneyMove.RECLAIMED)]
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Table(
        Spent,
        rows,
        f"What money was used for in {thing}",
        (*_open(collaboration, thing, rows), *([f"what is left of it after {', '.join(back)}"] if back else [])),
        notes(collaboration, because),
    )


def _touches(event: FundingEvent, things: set[str]) -> bool:
    return not things.isdisjoint({event.what_for, event.allocation, *whose(event)})


def _row(c: Collaboration, event: FundingEvent) -> Spent:
    allocation, what = event.allocation, event.what_for or ""
    grant = getattr(c[allocation], "grant", None) if isinstance(allocation, str) else allocation
    return Spent(
        what_for=what,
        title=getattr(c.get(what), "title", ""),
        amount=event.amount,
        grant=grant,
        by=tuple(str(party) for party in event.by),
        day=event.day,
        because=(event.id, *([what] if what else []), *([allocation] if isinstance(allocation, str) else [])),
    )


def _open(c: Collaboration, thing: str, rows: tuple[Spent, ...]) -> tuple[str, ...]:
    without = sum(row.amount in (None, UNKNOWN) for row in rows)
    if is_complete(c[thing], "spending") and not without:
        return ()
    if not rows:
        return (f"what money was used for in {thing}: nothing is recorded",)
    sentences = [
        f"the total: at least these {len(rows)}" + (f", of which {without} without a known amount" if without else "")
    ]
    if is_open(c[thing], "spending"):
        sentences.append("what else: the source says that the list is not complete")
    if any(row.grant is UNKNOWN for row in rows):
        sentences.append("out of which grants")
    return tuple(sentences)
