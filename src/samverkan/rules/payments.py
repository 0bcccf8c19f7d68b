"""Rules on payments: overdrafts, what a regime does not allow, what is recorded twice or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from samverkan.accounts.entries import in_force
from samverkan.accounts.grant_tree import lines, window
from samverkan.accounts.ledger import Ledger, ledger
from samverkan.accounts.regime import ACCOUNTS, regimes
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.funding import Allocation, FundingEvent, Grant, MoneyMove, Requisition, cuts_across
from samverkan.rules.definitions import Hit, Rule, Skip, rule
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange
from samverkan.values.text import Wording, both
from samverkan.values.when import surely_before

__all__ = ["MONEY"]

_TOO_MUCH = {
    "open": both("more was asked for than was allotted", "mer rekvirerades än vad som var fördelat"),
    "due": both("more was paid out than was asked for", "mer betalades ut än vad som var rekvirerat"),
    "held": both(
        "more was used, passed on or paid back than was paid out",
        "mer förbrukades, vidareförmedlades eller återbetalades än vad som var utbetalt",
    ),
    "promised": both("more was passed on than was promised", "mer vidareförmedlades än vad som var utlovat"),
    "passed on": both("more was given back than was passed on", "mer gavs tillbaka än vad som vidareförmedlades"),
}  # fmt: skip


_SHARED_OUT = Wording(
    "{total} of {grant} is allocated, which is {amount}", "{total} av {grant} är fördelat, som är {amount}"
)
_AT_LEAST = Wording(
    "at least {total} of {grant} is allocated, which is {amount}",
    "minst {total} av {grant} är fördelat, som är {amount}",
)


def _paid(money: Ledger) -> set[str]:
    return {row.allocation for row in money.balances("allocation") if row.account in ("paid", "received")}


@rule(
    "error",
    kinds=(Allocation,),
    ground="no account holds less than nothing at the end of a day: what was never paid cannot be used, and what was "
    "never asked for is not paid; a grant paid out nine times over passes checks of shape alone",
    sentence="{record}: {why}: {account} holds {actual} on {day}",
    sentence_sv="{record}: {why}: {account} är {actual} {day}",
    remedy="correct an amount or a day, or record what lacks",
    remedy_sv="rätta ett belopp eller en dag, eller anteckna det som saknas",
)
def account_below_zero(c: Collaboration) -> Iterator[Hit]:
    """More money taken out of an account than was in it, whatever the vague days turn out to be (övertrasserad)."""
    money = ledger(c)
    lows = money.overdrafts()
    paid = _paid(money) if lows else set()
    for low in lows:
        if low.account == "held" and low.allocation not in paid:
            continue  # which is told by repaid-without-payment, or by what its state does not allow
        why = _TOO_MUCH.get(low.account, both("more was taken out than there was", "mer togs ut än vad som fanns"))
        yield Hit(
            low.allocation,
            "amount",
            expected=Money(0, low.amount.currency),
            actual=low.amount,
            difference=-low.amount,
            because=low.records,
            values={
                "why": why,
                "account": ACCOUNTS[low.account],
                "day": low.day or both("any day", "alla dagar"),
            },
        )


@rule(
    "warning",
    kinds=(Allocation,),
    ground="money moves by the rules of its grant: under requisition nothing is paid before it is asked for, and what "
    "has lapsed is not paid at all",
    sentence="{record} is {event} while {allocation} is {state}, where only these may happen: {expected}",
    sentence_sv="{record} är {event} medan {allocation} är {state}, där bara detta kan ske: {expected}",
    remedy="record what comes before it, or name the regime that the grant follows",
    remedy_sv="anteckna det som kommer före, eller ange den regim som bidraget följer",
)
def not_allowed_in_its_state(c: Collaboration) -> Iterator[Hit]:
    """Something that happened to an allocation although its state did not allow it (otillåten händelse)."""
    states = {state.name: state.sv for one in regimes().values() for state in one.states.values()}
    for found in ledger(c).forbidden():
        yield Hit(
            found.record,
            "kind",
            expected=found.allowed or both("nothing", "ingenting"),
            actual=found.event,
            because=(found.allocation,),
            values={
                "event": found.event,
                "allocation": found.allocation,
                "state": both(found.state, states.get(found.state, found.state)),
            },
        )


@rule(
    "note",
    kinds=(Grant,),
    ground="without its regime nothing is checked of a grant: neither what may happen to the money, nor what lapses or "
    "must be paid back",
    sentence="the regime of {record} is {actual}, which is not one of {expected}",
    sentence_sv="regimen för {record} är {actual}, som inte är någon av {expected}",
    remedy="name one of them, or give your own to sv.ledger",
    remedy_sv="ange en av dem, eller ge den egna till sv.ledger",
)
def unknown_regime(c: Collaboration) -> Iterator[Hit]:
    """A grant whose regime the library does not know (regim)."""
    known = tuple(sorted(regimes()))
    for grant in records(c, Grant):
        if grant.regime and grant.regime not in known:
            yield Hit(grant.id, "regime", expected=known, actual=grant.regime)


@rule(
    "error",
    kinds=(Requisition, FundingEvent),
    ground="the kind of an event says which way its money goes, so its amount has no sign; what was wrong is corrected "
    "by an event that takes its place",
    sentence="the amount of {record} is {actual}, which is not above zero",
    sentence_sv="beloppet för {record} är {actual}, som inte är större än noll",
    remedy="write the amount without a sign under the kind of event that moves it the right way, or correct the event",
    remedy_sv="ange beloppet utan tecken under den händelse som flyttar det åt rätt håll, eller rätta händelsen",
)
def not_above_zero(c: Collaboration) -> Iterator[Hit]:
    """An event or requisition of a negative amount, or of none (nollbelopp, negativt belopp)."""
    for one in records(c, Requisition, FundingEvent):
        if isinstance(one.amount, Money) and one.amount <= Money(0, one.amount.currency):
            yield Hit(one.id, "amount", expected=both("above zero", "större än noll"), actual=one.amount)


@rule(
    "error",
    kinds=(Allocation,),
    ground="two currencies never add up, so what is paid in another currency is missing in every balance",
    sentence="{record} is {actual}, while {other} is in {expected}",
    sentence_sv="{record} är {actual}, medan {other} är i {expected}",
    remedy="write both in the currency of the grant",
    remedy_sv="ange båda i bidragets valuta",
)
def mixed_currencies(c: Collaboration) -> Iterator[Hit]:
    """Money in another currency than what it is a part of (valuta)."""
    for one in records(c, Allocation, Requisition, FundingEvent):
        whole: Any = c.get(str(one.grant if isinstance(one, Allocation) else one.allocation))
        other = getattr(whole, "amount", None)
        if isinstance(one.amount, Money) and isinstance(other, Money) and one.amount.currency != other.currency:
            yield Hit(
                one.id,
                "amount",
                expected=other.currency,
                actual=one.amount,
                because=(whole.id,),
                values={"other": whole.id},
            )


@rule(
    "warning",
    kinds=(FundingEvent,),
    ground="one cost is paid by one grant; that the same voucher stands under two is how double funding looks in the "
    "books (Riksrevisionen on overlapping grants)",
    sentence="{record} and {other} are the same cost, {actual} under {reference}, out of two grants: {grants}",
    sentence_sv="{record} och {other} är samma kostnad, {actual} under {reference}, ur två bidrag: {grants}",
    remedy="let one grant pay it, or record the part that each pays",
    remedy_sv="låt ett bidrag bekosta den, eller anteckna vars och ens del",
)
def same_cost_twice(c: Collaboration) -> Iterator[Hit]:
    """One cost, by recipient, reference, time and amount, that is used out of two grants (dubbelfinansiering)."""
    found: dict[tuple[Any, ...], list[tuple[str, str]]] = defaultdict(list)
    for event in in_force(c):
        allocation = c.get(str(event.allocation))
        if event.kind is MoneyMove.USED and event.reference and isinstance(allocation, Allocation):
            key = (allocation.recipient.id, event.reference, str(event.period or event.day), event.amount)
            found[key].append((event.id, allocation.grant))
    for (_, reference, _, amount), ones in found.items():
        grants = tuple(dict.fromkeys(grant for _, grant in ones))
        if len(grants) > 1:
            (first, _), (second, _) = ones[0], next(one for one in ones if one[1] != ones[0][1])
            yield Hit(
                second,
                "reference",
                actual=amount,
                because=(first,),
                values={"other": first, "reference": reference, "grants": grants},
            )


@rule(
    "warning",
    kinds=(Requisition,),
    ground="the requisition, the report and the repayment must cite the registration number of the payer's decision "
    "(Kammarkollegiet); without it the payer cannot tell what is asked for",
    sentence="{record} cites {actual}, and the registration number of {grant} is {expected}",
    sentence_sv="{record} anger {actual}, och diarienumret för {grant} är {expected}",
    remedy="cite the number of the decision",
    remedy_sv="ange beslutets diarienummer",
)
def without_its_number(c: Collaboration) -> Iterator[Hit]:
    """A requisition that does not cite the registration number of its grant (diarienummer)."""
    for asked in records(c, Requisition):
        allocation = c.get(asked.allocation)
        told = lines(c, allocation.grant) if isinstance(allocation, Allocation) else ()
        numbered = next((grant for grant in told if grant.dnr), None)
        if numbered and asked.dnr != numbered.dnr:
            yield Hit(
                asked.id,
                "dnr",
                expected=numbered.dnr,
                actual=asked.dnr or both("none", "inget"),
                because=(numbered.id,),
                values={"grant": numbered.id},
            )


@rule(
    "warning",
    kinds=(FundingEvent,),
    ground="money is used in the time for which it is given: what is used before or after is not paid for by it, and "
    "is claimed back",
    sentence="{record} is used {actual}, outside the time for use of {grant}: {expected}",
    sentence_sv="{record} är förbrukad {actual}, utanför tiden för förbrukning av {grant}: {expected}",
    remedy="correct the day, let another grant pay it, or record that the money was carried over",
    remedy_sv="rätta dagen, låt ett annat bidrag bekosta det, eller anteckna att medlen har överförts",
)
def used_outside_its_time(c: Collaboration) -> Iterator[Hit]:
    """Money that was certainly used before its grant's time for use begins, or after it has ended (förbrukningstid)."""
    for event in in_force(c):
        allocation = c.get(str(event.allocation))
        if event.kind is not MoneyMove.USED or not isinstance(allocation, Allocation):
            continue
        use = window(c, allocation.grant, "use")
        early = use and surely_before(event.day, use.opens)
        if use and event.day and (early or surely_before(use.closes, event.day)):
            yield Hit(
                event.id,
                "day",
                expected=use.opens if early else use.closes,
                actual=event.day,
                because=(allocation.grant,),
                values={"grant": allocation.grant},
            )


@rule(
    "warning",
    kinds=(FundingEvent,),
    ground="the recipient answers for the report, and the report rests on the books; where they differ, one is wrong",
    sentence="{record}: {actual} is reported, and {expected} was used: {difference} apart",
    sentence_sv="{record}: {actual} är redovisat, och {expected} förbrukat: {difference} skiljer",
    remedy="correct the report, or record the use that it rests on",
    remedy_sv="rätta redovisningen, eller anteckna den förbrukning som den vilar på",
)
def reported_otherwise_than_used(c: Collaboration) -> Iterator[Hit | Skip]:
    """An allocation of which another amount is reported than was used (redovisat mot förbrukat)."""
    used: dict[str, list[AmountRange]] = defaultdict(list)
    for row in ledger(c).balances("allocation"):
        used[row.allocation] += [row.amount] if row.account == "used" else []
    told: dict[str, list[FundingEvent]] = defaultdict(list)
    for event in in_force(c):
        if event.kind is MoneyMove.REPORTED and event.amount is not None and isinstance(event.allocation, str):
            told[event.allocation].append(event)
    for id, events in told.items():
        spent = used[id][0].exact if len(used[id]) == 1 else None
        amounts = [one.amount for one in events if isinstance(one.amount, Money)]
        alike = [amount for amount in amounts if spent is not None and amount.currency == spent.currency]
        if spent is None or len(alike) < len(events):
            yield Skip(
                both(
                    f"what was used or reported of {id} is not known",
                    f"vad som har förbrukats eller redovisats av {id} är inte känt",
                )
            )
        elif (total := Money.total(alike, spent.currency)) != spent:
            because = tuple(event.id for event in events)
            yield Hit(id, "amount", expected=spent, actual=total, difference=total - spent, because=because)


@rule(
    "error",
    kinds=(FundingEvent,),
    ground="nothing can be paid back that was never paid out",
    sentence="{record} pays back {actual} of {allocation}, to which nothing was paid",
    sentence_sv="{record} återbetalar {actual} av {allocation}, som ingenting har betalats ut till",
    remedy="record the payment, or the allocation that it is paid back of",
    remedy_sv="anteckna utbetalningen, eller den fördelning som återbetalningen avser",
)
def repaid_without_payment(c: Collaboration) -> Iterator[Hit]:
    """A repayment of an allocation to which nothing was paid (återbetalning utan utbetalning)."""
    paid = _paid(ledger(c))
    for event in in_force(c):
        allocation = c.get(str(event.allocation))
        if event.kind is MoneyMove.REPAID and isinstance(allocation, Allocation) and allocation.id not in paid:
            yield Hit(
                event.id,
                "allocation",
                actual=event.amount,
                because=(allocation.id,),
                values={"allocation": allocation.id},
            )


@rule(
    "error",
    kinds=(Allocation,),
    ground="no more can be allotted than there is; a published table makes its total to the krona",
    sentence="{actual} of {record} is allotted, which is {expected}: {difference} too much",
    sentence_sv="{actual} av {record} är fördelat, som är {expected}: {difference} för mycket",
    remedy="correct an allocation or the amount of the grant; an allocation out of another says so by out_of",
    remedy_sv="rätta en fördelning eller bidragets belopp; en fördelning ur en annan anges med out_of",
)
def allotted_too_much(c: Collaboration) -> Iterator[Hit | Skip]:
    """A grant of which more is allotted than it amounts to (fördelat utöver beloppet)."""
    parts: dict[str, list[Allocation]] = defaultdict(list)
    for allocation in records(c, Allocation):
        above = [] if allocation.out_of else [*takewhile(lambda one: not cuts_across(one), lines(c, allocation.grant))]
        for grant in {allocation.grant, *(one.id for one in above)} if not allocation.out_of else ():
            parts[grant].append(allocation)
    for id, found in parts.items():
        whole = getattr(c.get(id), "amount", None)
        amounts = [one.amount for one in found if isinstance(one.amount, Money)]
        if not isinstance(whole, Money) or {one.currency for one in amounts} - {whole.currency}:
            continue
        total, known = Money.total(amounts, whole.currency), len(amounts) == len(found)
        if total > whole:
            because = tuple(one.id for one in found)
            yield Hit(id, "allocations", expected=whole, actual=total, difference=total - whole, because=because)
        elif total < whole:
            yield Skip((_SHARED_OUT if known else _AT_LEAST)(total=total, grant=id, amount=whole))


@rule(
    "warning",
    kinds=(FundingEvent,),
    ground="an allocation is what its decision says; when a later decision changes it, the record follows",
    sentence="{record} is {expected}, and its events allot {actual}: {difference} apart",
    sentence_sv="{record} är {expected}, och händelserna fördelar {actual}: {difference} skiljer",
    remedy="let the allocation say what was allotted in all, or correct the events",
    remedy_sv="låt fördelningen ange vad som har fördelats sammanlagt, eller rätta händelserna",
)
def allotted_otherwise(c: Collaboration) -> Iterator[Hit]:
    """An allocation whose events allot another amount than it says itself (fördelat belopp)."""
    told: dict[str, list[FundingEvent]] = defaultdict(list)
    for event in in_force(c):
        if event.kind is MoneyMove.ALLOCATED:
            told[str(event.allocation)].append(event)
    for id, events in told.items():
        own, amounts = getattr(c.get(id), "amount", None), [event.amount for event in events]
        if isinstance(own, Money) and all(isinstance(one, Money) and one.currency == own.currency for one in amounts):
            total = Money.total((one for one in amounts if isinstance(one, Money)), own.currency)
            if total != own:
                because = tuple(event.id for event in events)
                yield Hit(id, "amount", expected=own, actual=total, difference=total - own, because=because)


MONEY: tuple[Rule, ...] = (
    account_below_zero,
    not_allowed_in_its_state,
    unknown_regime,
    not_above_zero,
    mixed_currencies,
    same_cost_twice,
    without_its_number,
    used_outside_its_time,
    reported_otherwise_than_used,
    repaid_without_payment,
    allotted_too_much,
    allotted_otherwise,
)
