"""Where money went, as far as the documents say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from samverkan.accounts.entries import corrected, in_force
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, FundingEvent, MoneyMove
from samverkan.model.reference import owners_of
from samverkan.model.source import is_complete, is_open, kind_name
from samverkan.parties.answer import assumptions
from samverkan.parties.containment import inside
from samverkan.parties.membership import PARTIES, parties_of
from samverkan.values.missing import UNKNOWN, Maybe
from samverkan.values.money import Money
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.when import When

__all__ = ["Spending", "spending"]


@frozen(kw_only=True)
class Spending:
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


def spending(collaboration: Collaboration, thing: str) -> Table[Spending]:
    """What money was used for inside a thing, or by a party, as far as the documents say (vart gick pengarna).

    An amount that the source does not give stays unknown, and no total is made of it: the answer says *at least*.
    An event that corrects another stands in its place; what it leaves out is as in the one that it corrects.
    What a group used is not shared out among its members; that there is such is said, and so is what was paid back,
    which is not taken off.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Plan
    >>> used = FundingEvent(id="e", kind="used", amount=UNKNOWN, what_for="p")
    >>> print(spending(Collaboration([Plan(id="p", title="Plan"), used]), "p").unknown[0])
    the total: at least these 1, of which 1 without a known amount
    """
    check_collaboration(collaboration)
    things = inside(collaboration, thing)
    events = list(in_force(collaboration))
    within = frozenset(things)
    touching = [event for event in events if _touches(collaboration, event, within)]
    rows = tuple(_row(collaboration, event) for event in touching if event.kind is MoneyMove.USED)
    back = [event.id for event in touching if event.kind in (MoneyMove.REPAID, MoneyMove.RECLAIMED)]
    told = {event.id for event in touching}
    others = [event for event in events if event.kind is MoneyMove.USED and event.id not in told]
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Table(
        Spending,
        rows,
        f"What money was used for in {thing}",
        (
            *_open(collaboration, things, rows, _shared(collaboration, things, others)),
            *([f"what is left of it after {', '.join(back)}"] if back else []),
        ),
        assumptions(collaboration, because),
    )


def _touches(c: Collaboration, event: FundingEvent, things: frozenset[str]) -> bool:
    """Whether an event is for, of or by one of some things, its recipient doing it where no one is told."""
    allocation = c.get(str(event.allocation))
    own = () if event.by or not isinstance(allocation, Allocation) else (allocation.recipient.id,)
    return not things.isdisjoint((event.what_for, event.allocation, *owners_of(event), *own))


def _row(c: Collaboration, event: FundingEvent) -> Spending:
    allocation, what = event.allocation, event.what_for or ""
    grant = getattr(c[allocation], "grant", None) if isinstance(allocation, str) else allocation
    earlier = (one.id for one in corrected(c, event))
    return Spending(
        what_for=what,
        title=getattr(c.get(what), "title", ""),
        amount=event.amount,
        grant=grant,
        by=tuple(str(party) for party in event.by),
        day=event.day,
        because=(
            event.id,
            *earlier,
            *([what] if what else []),
            *([allocation] if isinstance(allocation, str) else []),
        ),
    )


def _shared(c: Collaboration, things: Sequence[str], others: Sequence[FundingEvent]) -> Iterator[str]:
    """What a party may have used with others, or through those who are in it; how much of that is its own is not told.

    Nothing where no party is asked about.
    """
    if kind_name(c[things[0]]) not in PARTIES:
        return
    parties = parties_of(c)
    asked = {*things, *c.members(things[0])}
    found: dict[tuple[str, ...], list[str]] = {}
    for event in others:
        by = tuple(party.id for party in event.by)
        may_be = any(parties.may_hold(group, things[0]) for group in parties.open_groups(by))
        if may_be or not asked.isdisjoint(member for id in by for member in parties.inside(id)):
            found.setdefault(by, []).append(event.id)
    for by, events in found.items():
        yield f"what of {', '.join(events)}, used by {', '.join(by)}, is {things[0]}'s"


def _open(c: Collaboration, things: Sequence[str], rows: Sequence[Spending], shared: Iterator[str]) -> Iterator[str]:
    without = sum(row.amount in (None, UNKNOWN) for row in rows)
    partial = [id for id in things if is_open(c[id], "spending")]
    others = tuple(shared)
    if without or partial or not is_complete(c[things[0]], "spending"):
        if rows:
            missing = f", of which {without} without a known amount" if without else ""
            yield f"the total: at least these {len(rows)}{missing}"
        elif not others:
            yield f"what money was used for in {things[0]}: nothing is recorded"
        if partial:
            where = "" if partial == [things[0]] else f" in {', '.join(gathered(partial))}"
            yield f"what else{where}: the source says that the list is not complete"
        if any(row.grant is UNKNOWN for row in rows):
            yield "out of which grants"
    yield from others
