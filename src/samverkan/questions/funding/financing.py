"""What pays for which activity, and what is unfunded or funded twice (question 10)."""

from __future__ import annotations

from attrs import frozen

from samverkan.accounts.ledger import Ledger, ledger
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.source import is_open
from samverkan.model.work import Activity
from samverkan.parties.answer import answer
from samverkan.parties.containment import inside
from samverkan.values.missing import NONE, Maybe
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange
from samverkan.values.table import Table
from samverkan.values.text import Wording

__all__ = ["FundingRow", "financing"]

_TITLE = Wording("What pays for {thing}", "Vad som finansierar {thing}")
_COST = Wording("what these cost: {activities}", "vad dessa kostar: {activities}")


@frozen(kw_only=True)
class FundingRow:
    """What pays for one activity (finansiering)."""

    activity: str
    """Which (aktivitet)."""
    title: str
    """What it is called (namn)."""
    budget: Maybe[Money]
    """What it is to cost (budget)."""
    grants: tuple[str, ...]
    """The grants that are to pay for it (statsbidrag)."""
    funded: AmountRange
    """How much they are to pay (finansierat)."""
    uncovered: AmountRange | None
    """How much of the budget nothing pays for; None if that is unknown (ofinansierat)."""
    over: AmountRange | None
    """How much more is to be paid than it costs; None if that is unknown (dubbelfinansierat)."""
    used: AmountRange
    """How much was used for it (förbrukat)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def financing(collaboration: Collaboration, thing: str) -> Table[FundingRow]:
    """What pays for each activity inside a thing, and what is unfunded or funded twice (vem betalar vad).

    Without a budget it is unknown what of an activity is uncovered; with a part unknown, it is *at least* or *at most*
    so much. Raises `NotFoundError` if there is no such id.

    >>> from samverkan.model.funding import Grant
    >>> from samverkan.model.work import Financing, Plan
    >>> ph = Grant(id="ph", title="Ph")
    >>> paid = Financing(grant="ph", amount=Money(80))
    >>> talks = Activity(id="samtal", title="Samtalsgrupper", plan="p", budget=Money(100), funded_by=paid)
    >>> [str(row.uncovered) for row in financing(Collaboration([Plan(id="p", title="P"), ph, talks]), "p")]
    ['20 kr']
    """
    check_collaboration(collaboration)
    money = ledger(collaboration)
    records = (collaboration[id] for id in inside(collaboration, thing))
    rows = [_row(money, one) for one in records if isinstance(one, Activity)]
    unpriced = [row.activity for row in rows if not isinstance(row.budget, Money) and row.budget is not NONE]
    unknown = (_COST(activities=(*unpriced,)),) if unpriced else ()
    return answer(collaboration, FundingRow, rows, _TITLE(thing=thing), unknown=unknown)


def _row(money: Ledger, activity: Activity) -> FundingRow:
    budget = activity.budget
    currency = budget.currency if isinstance(budget, Money) else "SEK"
    amounts = [one.amount for one in activity.funded_by if isinstance(one.amount, Money)]
    known = [amount for amount in amounts if amount.currency == currency]
    paid = Money.total(known, currency)
    is_complete = len(known) == len(activity.funded_by) and not is_open(activity, "funded_by")
    grants = tuple(one.grant for one in activity.funded_by if isinstance(one.grant, str))
    spent = money.explain("used", what_for=activity.id)
    uncovered, over = _gaps(budget, paid, complete=is_complete)
    return FundingRow(
        activity=activity.id,
        title=activity.title,
        budget=budget,
        grants=grants,
        funded=AmountRange(paid, paid if is_complete else None),
        uncovered=uncovered,
        over=over,
        used=money.balance("used", what_for=activity.id),
        because=(activity.id, *dict.fromkeys(grants), *(id for entry in spent for id in entry.because)),
    )


def _gaps(budget: Maybe[Money] | None, paid: Money, *, complete: bool) -> tuple[AmountRange | None, AmountRange | None]:
    """What of a budget is not paid for, and what is paid for beyond it."""
    if not isinstance(budget, Money):
        return None, None
    nothing = Money(0, budget.currency)
    short, over = max(budget - paid, nothing), max(paid - budget, nothing)
    return AmountRange(short if complete else nothing, short), AmountRange(over, over if complete else None)
