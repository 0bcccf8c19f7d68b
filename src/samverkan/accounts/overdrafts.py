"""Balances that hold less than nothing, whatever the days that are known only roughly turn out to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from samverkan.accounts.postings import Posting
from samverkan.accounts.regime import ENDLESS
from samverkan.values.money import EXACT, Money
from samverkan.values.when import When

__all__ = ["Overdraft", "overdrafts"]


class Overdraft(NamedTuple):
    """An account that is certainly below zero at the end of a day."""

    allocation: str
    """Of which allocation."""
    account: str
    """Which account."""
    amount: Money
    """How much is in it, at best; negative."""
    day: When | None
    """From which day, which may be vague; None if from the beginning."""
    records: tuple[str, ...]
    """The records that took money out of it until then."""


def overdrafts(allocation: str, postings: Iterable[Posting]) -> Iterator[Overdraft]:
    """The accounts of an allocation that are certainly below zero on some day, each as it is on the first.

    At best, everything came in as early and went out as late as it can have; if an amount that came in is unknown,
    nothing is certain.
    """
    moves: dict[tuple[str, str], list[_Change]] = defaultdict(list)
    with localcontext(EXACT):
        for posting in postings:
            amount = None if posting.amount is None else posting.amount.amount
            for account, sign in ((posting.to, 1), (posting.from_, -1)):
                if account not in ENDLESS and (amount is not None or sign > 0):
                    change = None if amount is None else amount * sign
                    out = change is not None and change < 0
                    day = posting.entry.last if out else posting.entry.first
                    moves[account, posting.currency].append((day, out, change, posting))
        for (account, currency), changes in moves.items():
            changes.sort(key=lambda change: (change[0], change[1], change[3].entry.record))
            if low := _first_low(changes):
                amount, taken = low
                yield Overdraft(allocation, account, Money(amount, currency), taken[-1].entry.day, _records(taken))


_Change = tuple[int, bool, Decimal | None, Posting]
"""A day, whether something goes out, how much, and the posting."""


def _first_low(changes: Iterable[_Change]) -> tuple[Decimal, list[Posting]] | None:
    """The first balance below zero at the end of a day, with what was taken out until then."""
    balance, taken = Decimal(0), []
    for _, group in groupby(changes, itemgetter(0)):
        today = list(group)
        if any(change is None for _, _, change, _ in today):
            return None
        balance += sum(change for _, _, change, _ in today if change is not None)
        taken += [posting for _, out, _, posting in today if out]
        if balance < 0:
            return balance, taken
    return None


def _records(postings: Iterable[Posting]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(posting.entry.record for posting in postings))
