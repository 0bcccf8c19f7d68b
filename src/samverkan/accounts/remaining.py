"""What is left of what was paid out, on any day, and what of it must be paid back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from samverkan.accounts.grant_tree import inherited
from samverkan.accounts.ledger import Ledger
from samverkan.model.funding import Allocation
from samverkan.values.day import Day
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange
from samverkan.values.text import Phrase, Wording, both
from samverkan.values.truth import Truth

__all__ = ["KEPT", "Balances", "RemainingFunds", "is_nothing"]

_KEPT = Wording("what is {regime} is kept", "det som är {regime} behålls")
_CARRIED = Wording("it may be carried over", "det får föras över")
_UNTIL = Wording("it may be used until {day}", "det får förbrukas till {day}")
_VAGUE_END = Wording(
    "until when it may be used is only roughly known", "till när det får förbrukas är bara ungefär känt"
)
_NO_END = Wording("until when it may be used is not recorded", "till när det får förbrukas är inte angivet")
_VAGUE_USE = Wording(
    "what was used by {day} is only roughly known", "vad som hade förbrukats {day} är bara ungefär känt"
)
_ENDED = Wording("its time for use ended {day}", "tiden för förbrukning gick ut {day}")
_USED_AFTER = Wording(
    "its time for use ended {day}, and {amount} was used after it",
    "tiden för förbrukning gick ut {day}, och {amount} förbrukades därefter",
)
_NO_RULES = Wording(
    "by which rules it must be paid back is not recorded", "efter vilka regler det ska återbetalas är inte angivet"
)
_RECLAIMED = Wording(
    "it is reclaimed: what must be paid back is what the payer demands",
    "det är återkrävt: det som ska återbetalas är det som utbetalaren kräver",
)
_SILENT_RULES = Wording(
    "the rules of {regime} do not state that what is left is paid back",
    "reglerna för {regime} anger inte att det som är kvar återbetalas",
)

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

    def repay(self, allocation: Allocation, balances: Balances, on: Day | None) -> tuple[AmountRange | None, Phrase]:
        """How much must be paid back, and why so much; None if that is unknown."""
        money = self.as_of(on)
        regime, why = money.regime(allocation.grant), _undetermined(money, allocation)
        if why or regime is None:
            return None, why
        if regime.name in KEPT:
            return balances.nothing, _KEPT(regime=both(regime.title, regime.sv))
        if inherited(money.collaboration, allocation.grant, "carry_over") is True:
            return balances.nothing, _CARRIED()
        window = money.window(allocation.grant, "use")
        closes = window.closes if window else None
        over = closes.by(money.on) if closes and money.on else Truth.CANNOT_TELL
        if closes and over is Truth.NO:
            return balances.nothing, _UNTIL(day=closes)
        if closes is None or closes.exact is None or over is Truth.CANNOT_TELL:
            return None, _VAGUE_END() if closes else _NO_END()
        return self._late(allocation, balances, closes.exact)

    def _late(self, allocation: Allocation, balances: Balances, closes: Day) -> tuple[AmountRange | None, Phrase]:
        """What is left when the time for use is over; what was used after it is left as well."""
        then = (one["used"].exact for one in self.balances(allocation.id, closes) if one.nothing == balances.nothing)
        before = next(then, balances.nothing.exact)
        used, cash = balances["used"].exact, balances["held"]
        if before is None or used is None:
            return None, _VAGUE_USE(day=closes)
        late, nothing = used - before, Money(0, used.currency)
        bounds = (None if bound is None else max(bound + late, nothing) for bound in (cash.low, cash.high))
        return AmountRange(*bounds), _USED_AFTER(day=closes, amount=late) if late else _ENDED(day=closes)


def _by_allocation(money: Ledger) -> Mapping[str, Sequence[Balances]]:
    """The accounts of every allocation, for each currency."""
    by_allocation: dict[str, dict[str, Balances]] = {}
    for row in money.balances("allocation"):
        currency = next((bound.currency for bound in (row.amount.low, row.amount.high) if bound is not None), "SEK")
        accounts = by_allocation.setdefault(row.allocation, {})
        accounts.setdefault(currency, Balances(currency))[row.account] = row.amount
    return {id: (*accounts.values(),) for id, accounts in by_allocation.items()}


def is_nothing(total: AmountRange) -> bool:
    """Whether an account is certainly empty."""
    return total.exact is not None and not total.exact


def _undetermined(money: Ledger, allocation: Allocation) -> Phrase:
    """Why it is unknown what must be paid back; empty if it is known."""
    regime = money.regime(allocation.grant)
    if regime is None or allocation.out_of:
        return _NO_RULES()
    if money.happened("reclaimed", allocation.id):
        return _RECLAIMED()
    ends = any(step.at_end and step.by == "use" for state in regime.states.values() for step in state.steps)
    carried = inherited(money.collaboration, allocation.grant, "carry_over") is True
    if not ends and not carried and regime.name not in KEPT:
        return _SILENT_RULES(regime=Phrase(regime.name))
    return Phrase()
