"""An account is said to be below zero only where it is so whatever the vague days turn out to be."""

from datetime import date

from attrs import evolve
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan import Allocation, FundingEvent, Grant, Money

ALE = sv.Actor(id="ale", title="Ale", kind="kommun")
START = date(2024, 1, 1).toordinal()

days = st.integers(0, 8).map(lambda n: date.fromordinal(START + n))
spans = st.tuples(days, days).map(sorted).map(lambda pair: sv.When(*pair))
amounts = st.integers(-3, 9).map(Money)
happenings = st.lists(
    st.tuples(st.sampled_from(["paid", "used", "repaid", "carried over"]), amounts, spans), min_size=1, max_size=6
)


def ledger(events):
    records = [Grant(id="g", title="G", regime="direct"), Allocation(grant="g", recipient="ale", amount=Money(20))]
    return sv.ledger(sv.Collaboration([ALE, *records, *events]))


def events(found):
    return [
        FundingEvent(id=f"e{n}", kind=kind, allocation="g>ale", amount=amount, day=day)
        for n, (kind, amount, day) in enumerate(found)
    ]


def below_zero(money):
    """The balances that are below zero on some day, and the first such day, asked day by day."""
    found = {}
    for number in range(-1, 10):
        for row in money.as_of(date.fromordinal(START + number)).balances():
            if row.amount.exact < Money(0):
                found.setdefault(row.account, (number, row.amount.exact))
    return found


@given(happenings)
def test_with_exact_days_it_is_what_every_day_shows(found):
    exact = ledger([evolve(one, day=sv.when(one.day.earliest)) for one in events(found)])
    told = {low.account: (low.day.earliest.toordinal() - START, low.amount) for low in exact.overdrafts()}
    assert told == below_zero(exact)


@given(happenings, st.data())
def test_with_vague_days_it_holds_for_every_choice_of_them(found, data):
    vague = events(found)
    certain = {low.account for low in ledger(vague).overdrafts()}
    chosen = [
        evolve(one, day=sv.when(data.draw(st.dates(one.day.earliest, one.day.latest)))) for one in vague
    ]  # fmt: skip
    assert certain <= below_zero(ledger(chosen)).keys()


def test_nothing_is_certain_once_an_amount_that_came_in_is_not_known():
    unknown = FundingEvent(id="b", kind="paid", allocation="g>ale", amount=sv.UNKNOWN, day="2024-01-02")
    used = FundingEvent(id="k", kind="used", allocation="g>ale", amount=Money(5), day="2024-01-03")
    assert not ledger([unknown, used]).overdrafts()
    [low] = ledger([unknown, evolve(used, day=sv.when("2024-01-01"))]).overdrafts()
    assert (low.account, low.amount, low.records) == ("held", Money(-5), ("k",))


def test_of_a_grant_without_told_rules_only_its_cash_is_followed():
    grant = Grant(id="g", title="G", requisition=sv.Window(closes="2024-12-01"))
    paid = FundingEvent(id="b", kind="paid", allocation="g>ale", amount=Money(5), day="2024-01-02")
    used = FundingEvent(id="k", kind="used", allocation="g>ale", amount=Money(6), day="2024-01-03")
    share = Allocation(grant="g", recipient="ale", amount=Money(20))
    money = sv.ledger(sv.Collaboration([ALE, grant, share, paid, used]))
    assert [low.account for low in money.overdrafts()] == ["held"]
