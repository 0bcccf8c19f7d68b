"""Where money went, as far as the documents say."""

from __future__ import annotations

from attrs import frozen

from samverkan.analysis.inside import inside
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import FundingEvent, MoneyMove
from samverkan.network.notes import notes
from samverkan.values.basis import Mark
from samverkan.values.missing import UNKNOWN, Missing
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
    amount: Money | Missing | None
    """How much (belopp)."""
    grant: str
    """Out of which grant (statsbidrag)."""
    by: tuple[str, ...]
    """By whom (av)."""
    day: When | None
    """When (dag)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def spending(collaboration: Collaboration, thing: str) -> Table[Spent]:
    """What money was used for inside a thing, as far as the documents say (vart gick pengarna).

    An amount that the source does not give stays unknown, and no total is made of it: the answer says *at least*.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Plan
    >>> used = FundingEvent(id="e", kind="used", amount=Missing.UNKNOWN, what_for="p")
    >>> print(spending(Collaboration([Plan(id="p", title="Plan"), used]), "p").unknown[0])
    the total: at least these 1, of which 1 without a known amount
    """
    things = set(inside(collaboration, thing))
    used = [e for e in collaboration[FundingEvent] if e.kind is MoneyMove.USED and {e.what_for, e.allocation} & things]
    corrected = {event.corrects for event in collaboration[FundingEvent]}
    events = [event for event in used if event.id not in corrected]
    rows = tuple(_row(collaboration, event) for event in events)
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Table(
        Spent,
        rows,
        f"What money was used for in {thing}",
        _open(collaboration, thing, rows),
        notes(collaboration, because),
    )


def _row(c: Collaboration, event: FundingEvent) -> Spent:
    allocation = event.allocation
    if isinstance(allocation, str):
        grant = getattr(c[allocation], "grant", "")  # an allocation elsewhere does not tell
    else:
        grant = "" if allocation is None else str(allocation)
    what = event.what_for or ""
    return Spent(
        what_for=what,
        title=getattr(c[what], "title", ""),
        amount=event.amount,
        grant=grant,
        by=tuple(str(party) for party in event.by),
        day=event.day,
        because=(event.id, what, *([allocation] if isinstance(allocation, str) else [])),
    )


def _open(c: Collaboration, thing: str, rows: tuple[Spent, ...]) -> tuple[str, ...]:
    marks = {ground.mark for ground in getattr(c[thing], "basis", ()) if ground.field == "spending"}
    without = sum(row.amount in (None, UNKNOWN) for row in rows)
    if Mark.COMPLETE in marks and not without:
        return ()
    if not rows:
        return (f"what money was used for in {thing}: nothing is recorded",)
    sentences = [
        f"the total: at least these {len(rows)}" + (f", of which {without} without a known amount" if without else "")
    ]
    if Mark.PARTIAL in marks:
        sentences.append("what else: the source says that the list is not complete")
    if any(row.grant == str(UNKNOWN) for row in rows):
        sentences.append("out of which grants")
    return tuple(sentences)
