"""From whom to whom money went, from the first payer to the last user."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from attrs import frozen

from samverkan.accounts.entries import AccountEvent, in_force
from samverkan.accounts.grant_tree import inherited
from samverkan.accounts.postings import AllocationAccounts, Posting
from samverkan.accounts.regime import event_word
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Allocation, FundingEvent
from samverkan.model.party import Party
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange
from samverkan.values.text import Phrase

__all__ = ["Flow", "flows"]


@frozen(kw_only=True)
class Flow:
    """Money that went from one to another (penningflöde)."""

    giver: str
    """From whom; empty if that is not recorded (från)."""
    event: Phrase
    """How: paid, passed on, used, paid back (händelse)."""
    receiver: str
    """To whom, or for what; empty if that is not recorded (till)."""
    amount: AmountRange
    """How much; at least so much if an amount is unknown (belopp)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def flows(c: Collaboration, accounts: Iterable[AllocationAccounts], last: int) -> Iterator[Flow]:
    """What went from whom to whom until a day; money that was passed on counts once for each who passed it on."""
    events = {event.id: event for event in in_force(c)}
    by_ends: dict[tuple[str, str, str, str], list[AccountEvent]] = defaultdict(list)
    for account in accounts:
        for posting in account.postings():
            if posting.from_ == "payer" or (posting.from_ == "held" and posting.to in _OUT):
                giver, receiver = _ends(c, account.allocation, posting, events.get(posting.entry.record))
                by_ends[giver, posting.entry.event, receiver, posting.currency].append(posting.entry)
    for (giver, event, receiver, currency), entries in by_ends.items():
        yield Flow(
            giver=giver,
            event=event_word(event),
            receiver=receiver,
            amount=_sum(entries, currency, last),
            because=tuple(dict.fromkeys(entry.record for entry in entries)),
        )


_OUT = ("used", "returned", "payer")
"""Where cash goes that changes hands."""


def _sum(entries: Iterable[AccountEvent], currency: str, last: int) -> AmountRange:
    """How much went: at least what certainly has, at most what may have."""
    amounts = [(entry.amount, entry.last <= last) for entry in entries]
    known = [(amount, certain) for amount, certain in amounts if isinstance(amount, Money)]
    low = Money.total((amount for amount, certain in known if certain), currency)
    high = Money.total((amount for amount, _ in known), currency)
    return AmountRange(low, high if len(known) == len(amounts) else None)


def _ends(c: Collaboration, allocation: Allocation, posting: Posting, event: FundingEvent | None) -> tuple[str, str]:
    recipient, grant = allocation.recipient.id, allocation.grant
    by, to = (_names(event.by if event else ()), _names(event.to if event else ()))
    if posting.to == "used":
        return by or recipient, posting.entry.what_for
    if posting.to in ("returned", "payer"):
        return by or recipient, to or str(inherited(c, grant, "repay_to") or "")
    giver = c.get(allocation.out_of or "")
    if isinstance(giver, Allocation):
        return by or giver.recipient.id, recipient
    return by or str(inherited(c, grant, "payer") or ""), to or recipient


def _names(parties: Iterable[Party]) -> str:
    return ", ".join(party.id for party in parties)
