"""Every move of money as a posting: between which pots of which allocation, how much, when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from attrs import field, frozen

from samverkan.accounts.deeds import Deed, deeds
from samverkan.accounts.regime import Regime
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Allocation, Grant, Window, cuts_across
from samverkan.values.missing import NONE
from samverkan.values.money import Money

__all__ = ["Books", "Posting"]


class Posting(NamedTuple):
    """One move of an amount between two pots of an allocation."""

    grant: str
    recipient: str
    allocation: str
    on_behalf_of: str
    what_for: str
    cost_kind: str
    period: str
    currency: str
    from_: str
    to: str
    amount: Money | None
    """None where it is not known."""
    deed: Deed


@frozen(eq=False)
class Books:
    """What happened to every allocation, and the rules of its grant."""

    collaboration: Collaboration
    regimes: Mapping[str, Regime]
    deeds: Mapping[str, list[Deed]] = field(init=False)
    _rules: dict[str, tuple[Regime | None, str]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Gather what happened."""
        object.__setattr__(self, "deeds", deeds(self.collaboration))

    def lines(self, grant: str) -> Iterator[Grant]:
        """A grant and those whose line it is, nearest first."""
        seen: set[str] = set()
        found = self.collaboration.get(grant)
        while isinstance(found, Grant) and found.id not in seen:
            seen.add(found.id)
            yield found
            found = self.collaboration.get(found.part_of or "")

    def is_line(self, line: str, whole: str) -> bool:
        """Whether one grant is a line of another, at any depth, and takes its money out of no other line."""
        chain = list(self.lines(line))
        ids = [grant.id for grant in chain]
        return whole in ids[1:] and not any(cuts_across(grant) for grant in chain[: ids.index(whole)])

    def window(self, grant: str, name: str) -> Window | None:
        """A window of a grant: its own, or that of the one whose line it is."""
        told = (getattr(one, name) for one in self.lines(grant))
        return next((found for found in told if isinstance(found, Window)), None)

    def rules(self, grant: str) -> tuple[Regime | None, str]:
        """By which regime a grant's money moves; or None, and a sentence that says why that is not told."""
        if grant not in self._rules:
            name = next((one.regime for one in self.lines(grant) if one.regime), "")
            why = f"there is no regime {name!r}" if name else "no regime is told"
            known = self.regimes.get(name)
            self._rules[grant] = known, "" if known else f"by which rules the money of {grant} moves: {why}"
        return self._rules[grant]

    def regime(self, allocation: Allocation) -> Regime:
        """The regime by whose pots an allocation is kept; where none is told, the one that its records look like."""
        if allocation.out_of:
            return self.regimes["onward"]
        asked = any(deed.event == "requisitioned" for deed in self.deeds.get(allocation.id, ()))
        asked = asked or self.window(allocation.grant, "requisition") is not None
        return self.rules(allocation.grant)[0] or self.regimes["requisition" if asked else "direct"]

    def postings(self) -> Iterator[Posting]:
        """Every move, in no particular order."""
        for allocation in self.collaboration[Allocation]:
            moves = self.regime(allocation).moves
            own = (allocation.grant, allocation.recipient.id, allocation.id)
            usual = allocation.amount.currency if isinstance(allocation.amount, Money) else "SEK"
            for deed in self.deeds.get(allocation.id, ()):
                amount = deed.amount if isinstance(deed.amount, Money) else None
                currency = usual if amount is None else amount.currency
                told = (deed.on_behalf_of, deed.what_for, deed.cost_kind, deed.period, currency)
                for from_, to in moves.get(deed.event, ()) if deed.amount is not NONE else ():
                    yield Posting(*own, *told, from_, to, amount, deed)
