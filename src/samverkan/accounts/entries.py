"""The entries of each allocation: what happened to its money, whichever record states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from attrs import evolve

from samverkan.model.collaboration import Collaboration
from samverkan.model.derived import derived
from samverkan.model.funding import Allocation, FundingEvent, MoneyMove, Requisition
from samverkan.model.party import Manner
from samverkan.model.source import grounds
from samverkan.values.missing import UNKNOWN, Maybe
from samverkan.values.money import Money
from samverkan.values.timing import MetWhen, day_met
from samverkan.values.when import When

__all__ = ["NEVER", "AccountEvent", "account_events", "corrected", "in_force"]

_FOREVER = 0
NEVER = 10**7
_INHERITED = (
    *("allocation", "amount", "day", "by", "to", "what_for", "cost_kind", "period"),
    *("reference", "dnr", "decision", "answers"),
)


class AccountEvent(NamedTuple):
    """Something that happened to an allocation's money."""

    record: str
    """The record that states it."""
    event: str
    """What happened: a word of `MoneyMove`, or *requisitioned*, *received*, *handed back*, *given back*."""
    amount: Maybe[Money]
    day: When | None
    """When; None for what has stood from the beginning."""
    first: int
    """The ordinal of the earliest day on which it can have happened."""
    last: int
    """The ordinal of the latest."""
    on_behalf_of: str = ""
    what_for: str = ""
    cost_kind: str = ""
    period: str = ""


@derived
def in_force(collaboration: Collaboration) -> tuple[FundingEvent, ...]:
    """The funding events that hold: a correction stands in the place of what it corrects, with what it leaves out."""
    replaced = {event.corrects for event in collaboration[FundingEvent] if event.corrects}
    return tuple(
        _completed(collaboration, event) if event.corrects else event
        for event in collaboration[FundingEvent]
        if event.id not in replaced
    )


def corrected(collaboration: Collaboration, event: FundingEvent) -> list[FundingEvent]:
    """What an event corrects, and what that corrects, nearest first; in a cycle, each once."""
    chain = {event.id: event}
    while event.corrects not in chain and isinstance(before := collaboration.get(event.corrects or ""), FundingEvent):
        event = chain[before.id] = before
    return [*chain.values()][1:]


def _completed(collaboration: Collaboration, event: FundingEvent) -> FundingEvent:
    """A correction, with what it leaves out taken from what it corrects; what it marks as unknown stays unknown."""
    marked = {ground.field for ground in grounds(event)}
    for before in corrected(collaboration, event):
        left_out = [name for name in _INHERITED if name not in marked and getattr(event, name) in (None, "", ())]
        event = evolve(event, **{name: getattr(before, name) for name in left_out})
    return event


def account_events(collaboration: Collaboration) -> Mapping[str, list[AccountEvent]]:
    """What happened to each allocation, in no particular order; also to those that another document records.

    An allocation is allocated from the beginning, unless events say when. What is passed on to a recipient who has an
    allocation out of it is received there; what that recipient hands back is given back here.
    """
    entries: dict[str, list[AccountEvent]] = defaultdict(list)
    onward: dict[str, list[Allocation]] = defaultdict(list)
    for allocation in collaboration[Allocation]:
        if allocation.out_of:
            onward[allocation.out_of].append(allocation)
    for asked in collaboration[Requisition]:
        day = day_met(MetWhen.SENT, asked.sent, asked.arrived)
        entries[asked.allocation].append(
            _entry(asked.id, "requisitioned", asked.amount, day, ", ".join(asked.on_behalf_of))
        )
    for event in in_force(collaboration):
        if isinstance(event.allocation, str):
            giver = _giver(event, collaboration)
            entries[event.allocation].append(_event(event, "handed back" if giver else event.kind))
            if giver:
                entries[giver].append(_entry(event.id, "given back", event.amount, event.day))
        for id, entry in _received(event, onward):
            entries[id].append(entry)
    for allocation in collaboration[Allocation]:
        if not any(entry.event == MoneyMove.ALLOCATED for entry in entries[allocation.id]):
            each = allocation.recipient.manner is Manner.EACH  # so much for each: their sum is not recorded
            amount = UNKNOWN if each else allocation.amount
            entries[allocation.id].append(AccountEvent(allocation.id, "allocated", amount, None, _FOREVER, _FOREVER))
    return entries


def _entry(record: str, event: str, amount: Maybe[Money], day: When | None, *dimensions: str) -> AccountEvent:
    when = day or _ANY_DAY
    first = when.earliest.toordinal() if when.earliest else _FOREVER
    last = when.latest.toordinal() if when.latest else NEVER
    return AccountEvent(record, event, amount, when, first, last, *dimensions)


_ANY_DAY = When(None, None)


def _event(event: FundingEvent, word: str) -> AccountEvent:
    period = str(event.period) if event.period else ""
    return _entry(event.id, word, event.amount, event.day, "", event.what_for or "", event.cost_kind, period)


def _received(event: FundingEvent, onward: Mapping[str, list[Allocation]]) -> Iterator[tuple[str, AccountEvent]]:
    """What recipients received when something was passed on; how it is shared among several is unknown."""
    to = {party.id for party in event.to} if event.kind is MoneyMove.PASSED_ON else set()
    getting = [one for one in onward.get(str(event.allocation), ()) if one.recipient.id in to] if to else []
    amount = event.amount if len(to) == len(getting) == 1 else None
    for allocation in getting:
        yield allocation.id, _entry(event.id, "received", amount, event.day)


def _giver(event: FundingEvent, collaboration: Collaboration) -> str:
    """The allocation to which something is paid back, if it goes to the one who passed it on."""
    if event.kind is not MoneyMove.REPAID or not event.to:
        return ""
    allocation = collaboration.get(str(event.allocation))
    giver = collaboration.get(allocation.out_of or "") if isinstance(allocation, Allocation) else None
    back = isinstance(giver, Allocation) and {party.id for party in event.to} == {giver.recipient.id}
    return giver.id if giver and back else ""
