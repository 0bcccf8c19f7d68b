"""The money of every allocation, and every move of it as a posting: between which accounts, how much, when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from attrs import field, frozen

from samverkan.accounts.entries import AccountEvent, account_events
from samverkan.accounts.grant_tree import lines, window
from samverkan.accounts.regime import ENDLESS, Regime
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Allocation, cuts_across
from samverkan.values.missing import NONE
from samverkan.values.money import Money

__all__ = ["AllocationAccounts", "Books", "Posting"]


class AllocationAccounts(NamedTuple):
    """The money of one allocation: by which rules it moves, and what happened to it."""

    allocation: Allocation
    regime: Regime
    changes: Mapping[str, tuple[tuple[str, int], ...]]
    """Which accounts each event adds its amount to (1) and takes it from (-1), except those that money comes from."""
    usual: str
    """The currency of the allocation."""
    deeds: list[AccountEvent]

    @property
    def own(self) -> dict[str, str]:
        """What is the same of all that happened to it."""
        allocation = self.allocation
        return {"grant": allocation.grant, "recipient": allocation.recipient.id, "allocation": allocation.id}

    def currency(self, deed: AccountEvent) -> str:
        """In which currency something happened; where its amount is not known, in that of the allocation."""
        return deed.amount.currency if isinstance(deed.amount, Money) else self.usual

    def postings(self) -> Iterator[Posting]:
        """Every move, in no particular order."""
        for deed in self.deeds:
            amount = deed.amount if isinstance(deed.amount, Money) else None
            for from_, to in self.regime.moves.get(deed.event, ()) if deed.amount is not NONE else ():
                yield Posting(from_, to, amount, self.currency(deed), deed)


class Posting(NamedTuple):
    """One move of an amount between two accounts of an allocation."""

    from_: str
    to: str
    amount: Money | None
    """None where it is not known."""
    currency: str
    deed: AccountEvent


@frozen(eq=False)
class Books:
    """What happened to every allocation, and the rules of its grant."""

    collaboration: Collaboration
    regimes: Mapping[str, Regime]
    deeds: Mapping[str, list[AccountEvent]] = field(init=False)
    _rules: dict[str, tuple[Regime | None, str]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Gather what happened."""
        object.__setattr__(self, "deeds", account_events(self.collaboration))

    def is_line(self, line: str, whole: str) -> bool:
        """Whether one grant is a line of another, at any depth, and takes its money out of no other line."""
        chain = list(lines(self.collaboration, line))
        ids = [grant.id for grant in chain]
        return whole in ids[1:] and not any(cuts_across(grant) for grant in chain[: ids.index(whole)])

    def rules(self, grant: str) -> tuple[Regime | None, str]:
        """By which regime a grant's money moves; or None, and a sentence that says why that is not told."""
        if grant not in self._rules:
            name = next((one.regime for one in lines(self.collaboration, grant) if one.regime), "")
            why = f"there is no regime {name!r}" if name else "no regime is told"
            known = self.regimes.get(name)
            self._rules[grant] = known, "" if known else f"by which rules the money of {grant} moves: {why}"
        return self._rules[grant]

    def regime(self, allocation: Allocation) -> Regime:
        """The regime by whose accounts an allocation is kept; where none is recorded, the one that fits its records."""
        if allocation.out_of:
            return self.regimes["onward"]
        return self.rules(allocation.grant)[0] or self.regimes["requisition" if self._asked(allocation) else "direct"]

    def _asked(self, allocation: Allocation) -> bool:
        asked = any(deed.event == "requisitioned" for deed in self.deeds.get(allocation.id, ()))
        return asked or window(self.collaboration, allocation.grant, "requisition") is not None

    def accounts(self) -> Iterator[AllocationAccounts]:
        """The money of every allocation."""
        changes = {name: _changes(regime) for name, regime in self.regimes.items()}
        for allocation in self.collaboration[Allocation]:
            regime = self.regime(allocation)
            usual = allocation.amount.currency if isinstance(allocation.amount, Money) else "SEK"
            yield AllocationAccounts(allocation, regime, changes[regime.name], usual, self.deeds[allocation.id])


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
