"""From whom to whom money went, from the one who gave it first to the last who used it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from attrs import frozen

from samverkan.accounts.entries import AccountEvent, in_force
from samverkan.accounts.grant_tree import lines
from samverkan.accounts.postings import AllocationAccounts, Posting
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Allocation, FundingEvent
from samverkan.model.party import Party
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange

__all__ = ["Flow", "flows"]


@frozen(kw_only=True)
class Flow:
    """Money that went from one to another (penningflöde)."""

    giver: str
    """From whom; empty where that is not told (från)."""
    event: str
    """How: paid, passed on, used, paid back (händelse)."""
    receiver: str
    """To whom, or for what; empty where that is not told (till)."""
    amount: AmountRange
    """How much; at least so much where an amount is not known (belopp)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def flows(c: Collaboration, accounts: Iterable[AllocationAccounts], last: int) -> Iterator[Flow]:
    """What went from whom to whom until a day; a krona that was passed on, once for each hand that it went through."""
    events = {event.id: event for event in in_force(c)}
    found: dict[tuple[str, str, str, str], list[AccountEvent]] = defaultdict(list)
    for account in accounts:
        for posting in account.postings():
            if posting.from_ == "payer" or (posting.from_ == "held" and posting.to in _OUT):
                giver, receiver = _ends(c, account.allocation, posting, events.get(posting.deed.record))
                found[giver, posting.deed.event, receiver, posting.currency].append(posting.deed)
    for (giver, event, receiver, currency), deeds in found.items():
        yield Flow(
            giver=giver,
            event=event,
            receiver=receiver,
            amount=_sum(deeds, currency, last),
            because=tuple(dict.fromkeys(deed.record for deed in deeds)),
        )


_OUT = ("used", "returned", "payer")
"""Where cash goes that changes hands."""


def _sum(deeds: Iterable[AccountEvent], currency: str, last: int) -> AmountRange:
    """How much went: at least what certainly has, at most what may have."""
    amounts = [(deed.amount, deed.last <= last) for deed in deeds]
    known = [(amount, sure) for amount, sure in amounts if isinstance(amount, Money)]
    low = Money.total((amount for amount, sure in known if sure), currency)
    high = Money.total((amount for amount, _ in known), currency)
    return AmountRange(low, high if len(known) == len(amounts) else None)


def _ends(c: Collaboration, allocation: Allocation, posting: Posting, event: FundingEvent | None) -> tuple[str, str]:
    own, grant = allocation.recipient.id, allocation.grant
    by, to = (_names(event.by if event else ()), _names(event.to if event else ()))
    if posting.to == "used":
        return by or own, posting.deed.what_for
    if posting.to in ("returned", "payer"):
        return by or own, to or _told(c, grant, "repay_to")
    giver = c.get(allocation.out_of or "")
    if isinstance(giver, Allocation):
        return by or giver.recipient.id, own
    return by or _told(c, grant, "payer"), to or own


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.id for party in parties)


def _told(c: Collaboration, grant: str, field: str) -> str:
    told = (getattr(line, field) for line in lines(c, grant))
    return next((value for value in told if isinstance(value, str)), "")
