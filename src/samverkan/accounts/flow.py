"""From whom to whom money went, from the one who gave it first to the last who used it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from attrs import frozen

from samverkan.accounts.deeds import Deed
from samverkan.accounts.postings import Books, Posting
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Allocation, FundingEvent
from samverkan.values.money import Money
from samverkan.values.total import Total

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
    amount: Total
    """How much; at least so much where an amount is not known (belopp)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def flows(books: Books, postings: Iterable[Posting]) -> Iterator[Flow]:
    """What went from whom to whom: each krona that was passed on once for each hand that it went through."""
    found: dict[tuple[str, str, str, str], list[Posting]] = defaultdict(list)
    for posting in postings:
        event = posting.deed.event
        if _is_cash(posting):
            giver, receiver = _ends(books, posting)
            found[giver, event, receiver, posting.currency].append(posting)
    for (giver, event, receiver, currency), moved in found.items():
        known = [posting.amount for posting in moved if posting.amount is not None]
        low = Money.total(known, currency)
        yield Flow(
            giver=giver,
            event=event,
            receiver=receiver,
            amount=Total(low, low if len(known) == len(moved) else None),
            because=tuple(dict.fromkeys(posting.deed.record for posting in moved)),
        )


def _is_cash(posting: Posting) -> bool:
    """Whether a posting is of cash that changed hands: paid or received, used, or paid back."""
    return posting.from_ == "payer" or (posting.from_ == "held" and posting.to in ("used", "returned"))


def _ends(books: Books, posting: Posting) -> tuple[str, str]:
    c, own = books.collaboration, posting.recipient
    if posting.to == "used":
        return own, posting.deed.what_for
    if posting.to == "returned":
        return own, _said(c, posting.deed, "to") or _line(books, posting.grant, "repay_to")
    allocation = c[Allocation, posting.allocation]
    giver = c.get(allocation.out_of or "")
    if isinstance(giver, Allocation):
        return giver.recipient.id, own
    return _said(c, posting.deed, "by") or _line(books, posting.grant, "payer"), own


def _said(c: Collaboration, deed: Deed, field: str) -> str:
    event = c.get(deed.record)
    return ", ".join(party.id for party in getattr(event, field)) if isinstance(event, FundingEvent) else ""


def _line(books: Books, grant: str, field: str) -> str:
    told = (getattr(line, field) for line in books.lines(grant))
    return next((value for value in told if isinstance(value, str)), "")
