"""What is left of what was paid out, on any day, and what of it must be paid back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from samverkan.accounts.ledger import Ledger
from samverkan.model.funding import Allocation
from samverkan.values.day import Day
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange
from samverkan.values.truth import Truth

__all__ = ["KEPT", "Balances", "RemainingFunds", "inherited", "is_nothing"]

KEPT = {"performance", "direct"}
"""The regimes under which what is paid is kept, used or not."""


class Balances(dict[str, AmountRange]):
    """What is in every account of an allocation, in one currency."""

    def __init__(self, currency: str) -> None:
        self.nothing = AmountRange(Money(0, currency), Money(0, currency))

    def __missing__(self, account: str) -> AmountRange:
        return self.nothing


@frozen(eq=False)
class RemainingFunds:
    """What is in the accounts of every allocation, each day added up once."""

    money: Ledger
    """The ledger, on whichever day."""
    _days: dict[Day | None, tuple[Ledger, Mapping[str, Sequence[Balances]]]] = field(factory=dict, init=False)

    def as_of(self, on: Day | None) -> Ledger:
        """The ledger at the end of a day."""
        return self._on(on)[0]

    def balances(self, allocation: str, on: Day | None) -> Sequence[Balances]:
        """The accounts of an allocation at the end of a day, for each currency."""
        return self._on(on)[1].get(allocation, ())

    def _on(self, on: Day | None) -> tuple[Ledger, Mapping[str, Sequence[Balances]]]:
        if on not in self._days:
            money = self.money if on is None or on == self.money.on else self.money.as_of(on)
            self._days[on] = money, _by_allocation(money)
        return self._days[on]

    def repay(self, allocation: Allocation, balances: Balances, on: Day | None) -> tuple[AmountRange | None, str]:
        """How much must be paid back, and why so much; None where that is not told."""
        money = self.as_of(on)
        regime, said = money.regime(allocation.grant), _untold(money, allocation)
        if said or regime is None:
            return None, said
        if regime.name in KEPT:
            return balances.nothing, f"what is {regime.title} is kept"
        if inherited(money, allocation.grant, "carry_over") is True:
            return balances.nothing, "it may be carried over"
        window = money.window(allocation.grant, "use")
        closes = window.closes if window else None
        over = closes.by(money.on) if closes and money.on else Truth.CANNOT_TELL
        if closes and over is Truth.NO:
            return balances.nothing, f"it may be used until {closes}"
        if closes is None or closes.exact is None or over is Truth.CANNOT_TELL:
            return None, f"until when it may be used is {'only roughly known' if closes else 'not told'}"
        return self._late(allocation, balances, closes.exact)

    def _late(self, allocation: Allocation, balances: Balances, closes: Day) -> tuple[AmountRange | None, str]:
        """What is left when the time for use is over; what was used after it is left as well."""
        then = (one["used"].exact for one in self.balances(allocation.id, closes) if one.nothing == balances.nothing)
        before = next(then, balances.nothing.exact)
        used, held = balances["used"].exact, balances["held"]
        if before is None or used is None:
            return None, f"what was used by {closes} is only roughly known"
        late, nothing = used - before, Money(0, used.currency)
        bounds = (None if bound is None else max(bound + late, nothing) for bound in (held.low, held.high))
        after = f", and {late} was used after it" if late else ""
        return AmountRange(*bounds), f"its time for use ended {closes}{after}"


def _by_allocation(money: Ledger) -> Mapping[str, Sequence[Balances]]:
    """The accounts of every allocation, for each currency."""
    found: dict[str, dict[str, Balances]] = {}
    for row in money.balances("allocation"):
        currency = next((bound.currency for bound in (row.amount.low, row.amount.high) if bound is not None), "SEK")
        accounts = found.setdefault(row.allocation, {})
        accounts.setdefault(currency, Balances(currency))[row.account] = row.amount
    return {id: (*accounts.values(),) for id, accounts in found.items()}


def is_nothing(total: AmountRange) -> bool:
    """Whether an account is certainly empty."""
    return total.exact is not None and not total.exact


def _untold(money: Ledger, allocation: Allocation) -> str:
    """Why it is not told what must be paid back; empty where it can be."""
    regime = money.regime(allocation.grant)
    if regime is None or allocation.out_of:
        return "by which rules it must be paid back is not told"
    if money.happened("reclaimed", allocation.id):
        return "it is reclaimed: what must be paid back is what the payer demands"
    ends = any(step.at_end and step.by == "use" for state in regime.states.values() for step in state.steps)
    if not ends and regime.name not in KEPT and inherited(money, allocation.grant, "carry_over") is not True:
        return f"the rules of {regime.name} do not say that what is left is paid back"
    return ""


def inherited(money: Ledger, grant: str, name: str) -> Any:
    """What a grant says, or the one whose line it is."""
    return next((value for line in money.lines(grant) if (value := getattr(line, name)) not in (None, "")), None)
