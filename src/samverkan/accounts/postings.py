"""The money of every allocation, and every move of it as a posting: between which accounts, how much, when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from attrs import field, frozen

from samverkan.accounts.entries import AccountEvent, account_events
from samverkan.accounts.grant_tree import inherited, lines, window
from samverkan.accounts.regime import ENDLESS, Regime
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Allocation, cuts_across
from samverkan.values.missing import NONE
from samverkan.values.money import Money
from samverkan.values.text import Phrase, Wording

__all__ = ["AllocationAccounts", "Books", "Posting"]

_NO_REGIME = Wording(
    "by which rules the money of {grant} moves: no regime is recorded",
    "efter vilka regler medlen i {grant} hanteras: ingen regim är angiven",
)
_NO_SUCH_REGIME = Wording(
    "by which rules the money of {grant} moves: there is no regime {regime}",
    "efter vilka regler medlen i {grant} hanteras: det finns ingen regim {regime}",
)


class AllocationAccounts(NamedTuple):
    """The money of one allocation: by which rules it moves, and what happened to it."""

    allocation: Allocation
    regime: Regime
    changes: Mapping[str, tuple[tuple[str, int], ...]]
    """Which accounts each event adds its amount to (1) and takes it from (-1), except those that money comes from."""
    usual: str
    """The currency of the allocation."""
    entries: list[AccountEvent]

    @property
    def dimensions(self) -> dict[str, str]:
        """The dimensions that all its entries share."""
        allocation = self.allocation
        return {"grant": allocation.grant, "recipient": allocation.recipient.id, "allocation": allocation.id}

    def currency(self, entry: AccountEvent) -> str:
        """In which currency something happened; if its amount is unknown, in that of the allocation."""
        return entry.amount.currency if isinstance(entry.amount, Money) else self.usual

    def postings(self) -> Iterator[Posting]:
        """Every move, in no particular order."""
        for entry in self.entries:
            amount = entry.amount if isinstance(entry.amount, Money) else None
            for from_, to in self.regime.moves.get(entry.event, ()) if entry.amount is not NONE else ():
                yield Posting(from_, to, amount, self.currency(entry), entry)


class Posting(NamedTuple):
    """One move of an amount between two accounts of an allocation."""

    from_: str
    to: str
    amount: Money | None
    """None if it is unknown."""
    currency: str
    entry: AccountEvent


@frozen(eq=False)
class Books:
    """What happened to every allocation, and the rules of its grant."""

    collaboration: Collaboration
    regimes: Mapping[str, Regime]
    entries: Mapping[str, list[AccountEvent]] = field(init=False)
    _rules: dict[str, tuple[Regime | None, Phrase]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Gather what happened."""
        object.__setattr__(self, "entries", account_events(self.collaboration))

    def is_line(self, line: str, grant: str) -> bool:
        """Whether one grant is a line of another, at any depth, and takes its money out of no other line."""
        chain = list(lines(self.collaboration, line))
        ids = [one.id for one in chain]
        return grant in ids[1:] and not any(cuts_across(one) for one in chain[: ids.index(grant)])

    def rules(self, grant: str) -> tuple[Regime | None, Phrase]:
        """The regime by which a grant's money moves; or None, and a sentence that says why it is unknown."""
        if grant not in self._rules:
            name = inherited(self.collaboration, grant, "regime") or ""
            known = self.regimes.get(name)
            why = _NO_SUCH_REGIME(grant=grant, regime=Phrase(repr(name))) if name else _NO_REGIME(grant=grant)
            self._rules[grant] = known, Phrase() if known else why
        return self._rules[grant]

    def regime(self, allocation: Allocation) -> Regime:
        """The regime by whose accounts an allocation is kept; where none is recorded, the one that fits its records."""
        if allocation.out_of:
            return self.regimes["onward"]
        return self.rules(allocation.grant)[0] or self.regimes["requisition" if self._asked(allocation) else "direct"]

    def _asked(self, allocation: Allocation) -> bool:
        asked = any(entry.event == "requisitioned" for entry in self.entries.get(allocation.id, ()))
        return asked or window(self.collaboration, allocation.grant, "requisition") is not None

    def accounts(self) -> Iterator[AllocationAccounts]:
        """The money of every allocation."""
        changes = {name: _changes(regime) for name, regime in self.regimes.items()}
        for allocation in self.collaboration[Allocation]:
            regime = self.regime(allocation)
            usual = allocation.amount.currency if isinstance(allocation.amount, Money) else "SEK"
            yield AllocationAccounts(allocation, regime, changes[regime.name], usual, self.entries[allocation.id])


def _changes(regime: Regime) -> dict[str, tuple[tuple[str, int], ...]]:
    return {
        event: tuple(
            (account, sign)
            for move in moves
            for account, sign in ((move.to, 1), (move.from_, -1))
            if account not in ENDLESS
        )
        for event, moves in regime.moves.items()
    }
