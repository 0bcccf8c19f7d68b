"""Will it be spent in time at this pace (question 11)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from attrs import frozen

from samverkan.accounts.ledger import Ledger, ledger
from samverkan.accounts.regime import Regime
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation
from samverkan.parties.answer import answer
from samverkan.values.day import Day, DayLike, add_days, day, days_between
from samverkan.values.money import Money
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.when import When, when

__all__ = ["Pace", "pace"]

_TITLE = Wording("How fast {grant} is used, as of {day}", "Hur snabbt {grant} förbrukas, per {day}")
_EVENLY = Wording("that it goes on being used as evenly as until then", "att det förbrukas lika jämnt även därefter")
_NOT_PAID = Wording(
    "how fast {allocation} is used: nothing is recorded as paid by then",
    "hur snabbt {allocation} förbrukas: inget är registrerat som utbetalt då",
)
_NOT_EXACT = Wording(
    "how fast {allocation} is used: an amount or a day of it is not known exactly",
    "hur snabbt {allocation} förbrukas: ett belopp eller en dag är inte exakt känd",
)
_ENDED = Wording(
    "how fast {allocation} is used: its time for use has ended",
    "hur snabbt {allocation} förbrukas: tiden för förbrukning har gått ut",
)
_NOT_BEGUN = Wording(
    "how fast {allocation} is used: its time for use has not begun",
    "hur snabbt {allocation} förbrukas: tiden för förbrukning har inte börjat",
)


@frozen(kw_only=True)
class Pace:
    """How fast one allocation is used, and where that leads (förbrukningstakt)."""

    allocation: str
    """Which (fördelning)."""
    recipient: str
    """Whose (mottagare)."""
    paid: Money
    """How much was paid out by then (utbetalt)."""
    used: Money
    """How much of it was used by then (förbrukat)."""
    since: Day
    """From which day the pace is reckoned: that of the first payment, or the first on which it may be used (från)."""
    per_day: Money
    """How much is used a day, to the öre, rounded down (per dag)."""
    use_until: Day
    """The last day on which it may be used (får förbrukas till)."""
    spent_by: Day | None
    """The day on which all is used at this pace; None if it never is (förbrukat den)."""
    left_then: Money
    """How much is left at the end at this pace, to the öre, rounded down (kvar vid slutet)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def pace(collaboration: Collaboration, grant: str, *, on: DayLike, regimes: Iterable[Regime] = ()) -> Table[Pace]:
    """Whether what was paid of a grant will be used in time, if it goes on as it has until a day (hinner vi förbruka).

    The pace is even over the days since the first payment, or since the money may be used if that is later. If an
    amount or a day of an allocation is only roughly known, its pace is unknown.
    Raises `NotFoundError` if there is no such grant.

    >>> from samverkan.model.funding import FundingEvent, Grant, Window
    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> ph = Grant(id="ph", title="Ph", regime="direct", use=Window(closes="2024-12-31"))
    >>> share = Allocation(grant="ph", recipient="ale", amount=Money(1_000))
    >>> paid = FundingEvent(id="b", kind="paid", allocation="ph>ale", amount=Money(1_000), day="2024-07-01")
    >>> used = FundingEvent(id="k", kind="used", allocation="ph>ale", amount=Money(310), day="2024-08-15")
    >>> [row] = pace(Collaboration([ale, ph, share, paid, used]), "ph", on="2024-08-31")
    >>> str(row.per_day), str(row.left_then), row.spent_by.isoformat()
    ('5 kr', '80 kr', '2025-01-16')
    """
    check_collaboration(collaboration)
    money = ledger(collaboration, regimes=regimes).as_of(on)
    inside = {row.allocation for row in money.balances("allocation", grant=grant)}
    chosen = [allocation for allocation in collaboration[Allocation] if allocation.id in inside]
    results = [_row(money, allocation, day(on)) for allocation in chosen]
    rows = [row for row in results if isinstance(row, Pace)]
    unknown = [reason for reason in results if isinstance(reason, Phrase)]
    title, assumed = _TITLE(grant=grant, day=money.on), [_EVENLY()] if rows else []
    return answer(collaboration, Pace, rows, title, on=when(day(on)), unknown=unknown, assumed=assumed)


def _row(money: Ledger, allocation: Allocation, on: Day) -> Pace | Phrase:
    """The pace of an allocation, or why it is unknown."""
    balances: dict[str, Money | None] = {
        row.account: row.amount.exact for row in money.balances(allocation=allocation.id)
    }
    paid = balances.get("received") if allocation.out_of else balances.get("paid")
    cash = balances.get("held")
    used = balances.get("used", cash - cash if cash is not None else None)
    window = money.window(allocation.grant, "use")
    until = window.closes.exact if window and window.closes else None
    since = _since(money, allocation, window.opens if window else None)
    if paid is None and "held" not in balances:
        return _NOT_PAID(allocation=allocation.id)
    if paid is None or cash is None or used is None or until is None or since is None:
        return _NOT_EXACT(allocation=allocation.id)
    days = days_between(since, on) + 1
    if days <= 0 or until < on:
        return (_ENDED if until < on else _NOT_BEGUN)(allocation=allocation.id)
    rate = Fraction(used.amount) / days
    left = Fraction(cash.amount) - rate * days_between(on, until)
    return Pace(
        allocation=allocation.id,
        recipient=allocation.recipient.id,
        paid=paid,
        used=used,
        since=since,
        per_day=Money.floor(rate, used.currency),
        use_until=until,
        spent_by=_spent_by(on, Fraction(cash.amount), rate),
        left_then=Money.floor(max(left, Fraction(0)), used.currency),
        because=(allocation.id, allocation.grant),
    )


def _since(money: Ledger, allocation: Allocation, opens: When | None) -> Day | None:
    """The day of the first payment, or the first on which it may be used; None if one of them is vague."""
    entries = money.explain("held", allocation=allocation.id)
    came = [entry.day for entry in entries if entry.event in ("paid", "received") and entry.day]
    days = [moment.exact for moment in came]
    if not days or None in days or (opens and opens.exact is None):
        return None
    first = min(known for known in days if known)
    return max(first, opens.exact) if opens and opens.exact else first


_FAR = 100_000
"""So many days ahead is never."""


def _spent_by(on: Day, left: Fraction, rate: Fraction) -> Day | None:
    if left <= 0:
        return on
    return add_days(on, ceil(left / rate)) if rate and left / rate < _FAR else None
