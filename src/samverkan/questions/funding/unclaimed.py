"""What may be requisitioned and has not been, and what is left and must be paid back (questions 1 and 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from samverkan.accounts.grant_tree import inherited
from samverkan.accounts.ledger import Ledger, ledger
from samverkan.accounts.regime import Regime
from samverkan.accounts.remaining import Balances, RemainingFunds, is_nothing
from samverkan.accounts.states import AllocationState
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, Disposal, Grant
from samverkan.parties.answer import answer
from samverkan.parties.membership import check_party, parties_of
from samverkan.values.day import DayLike, day
from samverkan.values.missing import Maybe
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange, DayRange, day_range
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.timing import Timing
from samverkan.values.when import When, when

__all__ = ["Unclaimed", "Unspent", "unclaimed", "unspent"]

_NOT_ASKED = Wording("What is not requisitioned, as of {day}", "Vad som inte är rekvirerat, per {day}")
_NOT_ASKED_OF = Wording(
    "What is not requisitioned of the allocations to {party}, as of {day}",
    "Vad som inte är rekvirerat av fördelningarna till {party}, per {day}",
)
_NOT_USED = Wording("What is not used, as of {day}", "Vad som inte är förbrukat, per {day}")
_NOT_USED_OF = Wording(
    "What is not used of the allocations to {party}, as of {day}",
    "Vad som inte är förbrukat av fördelningarna till {party}, per {day}",
)
_SHARED = Wording(
    "what of {allocations} is {party}'s: it is not allocated to {party} alone",
    "vad av {allocations} som är {party}s: det är inte fördelat till {party} ensam",
)
_NO_ALLOCATION = Wording(
    "what {party} gets of {grants}: no allocation is recorded",
    "vad {party} får av {grants}: ingen fördelning är registrerad",
)


@frozen(kw_only=True)
class Unclaimed:
    """Money that is allocated and has not been requisitioned (orekvirerade medel)."""

    grant: str
    """Of which grant (statsbidrag)."""
    allocation: str
    """Of which allocation (fördelning)."""
    recipient: str
    """Whose (mottagare)."""
    allocated: Maybe[Money]
    """How much was allocated (fördelat)."""
    open: AmountRange
    """How much of it has not been requisitioned (orekvirerat)."""
    until: When | None
    """The deadline of the requisition, moved if a statute moves it (sista dag)."""
    days_left: DayRange | None
    """Calendar days until then (dagar kvar)."""
    to: str
    """From whom it is asked (till)."""
    if_missed: Disposal | None
    """What happens to what is not requisitioned in time (vid utebliven rekvisition)."""
    state: Phrase
    """In which state of its regime it is (läge)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(kw_only=True)
class Unspent:
    """Money that was paid out and has not been used (oförbrukade medel)."""

    grant: str
    """Of which grant (statsbidrag)."""
    allocation: str
    """Of which allocation (fördelning)."""
    recipient: str
    """Who holds it (mottagare)."""
    paid: AmountRange
    """How much was paid out (utbetalt)."""
    used: AmountRange
    """How much was used (förbrukat)."""
    cash_held: AmountRange
    """How much is left (kvar)."""
    repay: AmountRange | None
    """How much of it must be paid back; None if that is unknown (ska återbetalas)."""
    why: Phrase
    """Why so much, or why it is unknown (skäl)."""
    by: When | None
    """By when (senast)."""
    to: str
    """To whom (till)."""
    reference: str
    """Under which registration number (diarienummer)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def unclaimed(
    collaboration: Collaboration, party: str = "", *, on: DayLike, regimes: Iterable[Regime] = ()
) -> Table[Unclaimed]:
    """What may still be requisitioned, and what was not in time, on a day (vad får vi rekvirera).

    With a *party*: of the allocations to it, to its members, and to groups that it is in.
    Raises `NotFoundError` if there is no such party, `InvalidValueError` if it is no party.

    >>> from samverkan.model.funding import Window
    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> ph = Grant(id="ph", title="Ph", regime="requisition", requisition=Window(closes="2024-11-29", statutory=False))
    >>> c = Collaboration([ale, ph, Allocation(grant="ph", recipient="ale", amount=Money(100))], known="2024-11-01")
    >>> [(str(row.open), str(row.days_left)) for row in unclaimed(c, "ale", on="2024-11-01")]
    [('100 kr', '28')]
    """
    money, chosen = _chosen(collaboration, party, on, regimes)
    left = RemainingFunds(money)
    states = {state.allocation: state for state in money.states()}
    rows = tuple(
        _unclaimed(money, allocation, balances["open"], states[allocation.id])
        for allocation in chosen
        if _is_asked_for(money, allocation)
        for balances in left.balances(allocation.id, money.on)
        if not is_nothing(balances["open"])
    )
    unknown = (*_without_allocation(collaboration, party), *_shared(rows, party))
    return _answer(Unclaimed, rows, money, (_NOT_ASKED, _NOT_ASKED_OF), party, unknown)


def unspent(
    collaboration: Collaboration, party: str = "", *, on: DayLike, regimes: Iterable[Regime] = ()
) -> Table[Unspent]:
    """What is left of what was paid out, and what of it must be paid back, by when, to whom (vad är kvar).

    It must be paid back once its time for use is over, unless its regime or its grant lets it be kept. What was paid
    back, passed on or carried over is no longer left.
    Raises `NotFoundError` if there is no such party, `InvalidValueError` if it is no party.

    >>> from samverkan.model.funding import FundingEvent, Window
    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> ph = Grant(id="ph", title="Ph", regime="requisition", use=Window(closes="2024-12-31"), carry_over=False)
    >>> paid = FundingEvent(id="b", kind="paid", allocation="ph>ale", amount=Money(100), day="2024-06-01")
    >>> share = Allocation(grant="ph", recipient="ale", amount=Money(100))
    >>> [str(row.repay) for row in unspent(Collaboration([ale, ph, share, paid]), "ale", on="2025-01-15")]
    ['100 kr']
    """
    money, chosen = _chosen(collaboration, party, on, regimes)
    left = RemainingFunds(money)
    rows = tuple(
        row
        for allocation in chosen
        for balances in left.balances(allocation.id, money.on)
        for row in [_unspent(left, allocation, balances)]
        if not (is_nothing(row.cash_held) and row.repay is not None and is_nothing(row.repay))
    )
    return _answer(Unspent, rows, money, (_NOT_USED, _NOT_USED_OF), party, _shared(rows, party))


def _chosen(c: Collaboration, party: str, on: DayLike, regimes: Iterable[Regime]) -> tuple[Ledger, list[Allocation]]:
    check_collaboration(c)
    if party:
        check_party(c, party)
    parties = parties_of(c)
    asked = {*parties.inside(party)} if party else set()
    theirs = [one for one in c[Allocation] if not party or not asked.isdisjoint(parties.inside(one.recipient.id))]
    return ledger(c, regimes=regimes).as_of(on), theirs


def _is_asked_for(money: Ledger, allocation: Allocation) -> bool:
    """Whether money moves only when it is requisitioned, or may do so."""
    regime = money.regime(allocation.grant)
    return not allocation.out_of and (regime is None or "requisitioned" in regime.moves)


def _answer(
    kind: type,
    rows: tuple[Any, ...],
    money: Ledger,
    titles: tuple[Wording, Wording],
    party: str,
    unknown: Iterable[Phrase],
) -> Table[Any]:
    c, (of_all, of_party) = money.collaboration, titles
    rules = {sentence for row in rows if (sentence := money.missing_rules(row.grant))}
    title = of_party(party=party, day=money.on) if party else of_all(day=money.on)
    on = when(money.on) if money.on else None
    return answer(c, kind, rows, title, on=on, unknown=(*sorted(rules), *unknown))


def _unclaimed(money: Ledger, allocation: Allocation, open_: AmountRange, state: AllocationState) -> Unclaimed:
    c, grant = money.collaboration, allocation.grant
    window = money.window(grant, "requisition")
    last = Timing(due=window.closes, statutory=window.statutory).deadline if window else None
    on = when(money.on or day("0001-01-01"))
    return Unclaimed(
        grant=grant,
        allocation=allocation.id,
        recipient=allocation.recipient.id,
        allocated=allocation.amount,
        open=open_,
        until=last,
        days_left=day_range(on, last) if last else None,
        to=str((window.to if window else None) or inherited(c, grant, "payer") or ""),
        if_missed=inherited(c, grant, "forfeited"),
        state=state.state,
        because=(allocation.id, grant),
    )


def _unspent(left: RemainingFunds, allocation: Allocation, balances: Balances) -> Unspent:
    money, c, grant = left.money, left.money.collaboration, allocation.grant
    window = money.window(grant, "repayment")
    repay, why = left.repay(allocation, balances, money.on)
    owes = repay is None or not is_nothing(repay)
    return Unspent(
        grant=grant,
        allocation=allocation.id,
        recipient=allocation.recipient.id,
        paid=balances["received" if allocation.out_of else "paid"],
        used=balances["used"],
        cash_held=balances["held"],
        repay=repay,
        why=why,
        by=Timing(due=window.closes, statutory=window.statutory).deadline if window and owes else None,
        to=str(inherited(c, grant, "repay_to") or (window.to if window else None) or "") if owes else "",
        reference=inherited(c, grant, "dnr") or "",
        because=(allocation.id, grant),
    )


def _shared(rows: Iterable[Unclaimed | Unspent], party: str) -> tuple[Phrase, ...]:
    """What is allocated to several together, so that one party's part is unknown."""
    shared = [row.allocation for row in rows if party not in ("", row.recipient)]
    return (_SHARED(allocations=(*shared,), party=party),) if shared else ()


def _without_allocation(c: Collaboration, party: str) -> Iterator[Phrase]:
    """Grants that a party may get, of which no allocation to it is recorded."""
    if not party:
        return
    parties = parties_of(c)
    has = {one.grant for one in c[Allocation] if party in parties.inside(one.recipient.id)}
    may = [g.id for g in c[Grant] if g.id not in has and any(party in parties.inside(one.id) for one in g.receivers)]
    if may:
        yield _NO_ALLOCATION(party=party, grants=(*may,))
