"""What happened to each allocation, from whichever record tells of it."""

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
_LEFT_UNSAID = (
    *("allocation", "amount", "day", "by", "to", "what_for", "cost_kind", "period"),
    *("reference", "dnr", "decision", "answers"),
)


class AccountEvent(NamedTuple):
    """Something that happened to an allocation's money."""

    record: str
    """The record that tells of it."""
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
        _whole(collaboration, event) if event.corrects else event
        for event in collaboration[FundingEvent]
        if event.id not in replaced
    )


def corrected(collaboration: Collaboration, event: FundingEvent) -> list[FundingEvent]:
    """What an event corrects, and what that corrects, the nearest first; where they go round, each once."""
    found = {event.id: event}
    while event.corrects not in found and isinstance(before := collaboration.get(event.corrects or ""), FundingEvent):
        event = found[before.id] = before
    return [*found.values()][1:]


def _whole(collaboration: Collaboration, event: FundingEvent) -> FundingEvent:
    """A correction with what it leaves unsaid, as that is in what it corrects; that it is unknown is said."""
    marked = {ground.field for ground in grounds(event)}
    for before in corrected(collaboration, event):
        unsaid = [name for name in _LEFT_UNSAID if name not in marked and getattr(event, name) in (None, "", ())]
        event = evolve(event, **{name: getattr(before, name) for name in unsaid})
    return event


def account_events(collaboration: Collaboration) -> Mapping[str, list[AccountEvent]]:
    """What happened to each allocation, in no particular order; also to those that are held elsewhere.

    An allocation is allotted from the beginning, unless events say when. What is passed on to one who has an allocation
    out of it is received there; what that one gives back is given back here.
    """
    found: dict[str, list[AccountEvent]] = defaultdict(list)
    onward: dict[str, list[Allocation]] = defaultdict(list)
    for allocation in collaboration[Allocation]:
        if allocation.out_of:
            onward[allocation.out_of].append(allocation)
    for asked in collaboration[Requisition]:
        day = day_met(MetWhen.SENT, asked.sent, asked.arrived)
        found[asked.allocation].append(
            _deed(asked.id, "requisitioned", asked.amount, day, ", ".join(asked.on_behalf_of))
        )
    for event in in_force(collaboration):
        if isinstance(event.allocation, str):
            giver = _giver(event, collaboration)
            found[event.allocation].append(_event(event, "handed back" if giver else event.kind))
            if giver:
                found[giver].append(_deed(event.id, "given back", event.amount, event.day))
        for id, deed in _received(event, onward):
            found[id].append(deed)
    for allocation in collaboration[Allocation]:
        if not any(deed.event == MoneyMove.ALLOCATED for deed in found[allocation.id]):
            each = allocation.recipient.manner is Manner.EACH  # so much for each: what they make is not told
            amount = UNKNOWN if each else allocation.amount
            found[allocation.id].append(AccountEvent(allocation.id, "allocated", amount, None, _FOREVER, _FOREVER))
    return found


def _deed(record: str, event: str, amount: Maybe[Money], day: When | None, *told: str) -> AccountEvent:
    when = day or _UNTOLD
    first = when.earliest.toordinal() if when.earliest else _FOREVER
    last = when.latest.toordinal() if when.latest else NEVER
    return AccountEvent(record, event, amount, when, first, last, *told)


_UNTOLD = When(None, None)


def _event(event: FundingEvent, word: str) -> AccountEvent:
    period = str(event.period) if event.period else ""
    return _deed(event.id, word, event.amount, event.day, "", event.what_for or "", event.cost_kind, period)


def _received(event: FundingEvent, onward: Mapping[str, list[Allocation]]) -> Iterator[tuple[str, AccountEvent]]:
    """What those received to whom something was passed on; how it falls on several of them is not known."""
    to = {party.id for party in event.to} if event.kind is MoneyMove.PASSED_ON else set()
    getting = [one for one in onward.get(str(event.allocation), ()) if one.recipient.id in to] if to else []
    amount = event.amount if len(to) == len(getting) == 1 else None
    for allocation in getting:
        yield allocation.id, _deed(event.id, "received", amount, event.day)


def _giver(event: FundingEvent, collaboration: Collaboration) -> str:
    """The allocation to which something is paid back, where it goes to the one who passed it on."""
    if event.kind is not MoneyMove.REPAID or not event.to:
        return ""
    own = collaboration.get(str(event.allocation))
    giver = collaboration.get(own.out_of or "") if isinstance(own, Allocation) else None
    back = isinstance(giver, Allocation) and {party.id for party in event.to} == {giver.recipient.id}
    return giver.id if giver and back else ""
