"""What may still be requisitioned, and what is left and goes back, beside figures worked out by hand."""

from fractions import Fraction

import pytest

import samverkan as sv
from samverkan import FundingEvent, Grant, Money, Requisition
from tests.questions.funding.grants import SKR, asked, event, grant, holding, share


def test_what_is_not_requisitioned_comes_with_its_deadline():
    window = sv.Window(closes="2024-12-01", statutory=True, to="skr")
    c = holding(SKR, grant(requisition=window, forfeited="second round"), share(), asked(60), known="2024-11-01")
    [row] = sv.unclaimed(c, "ale", on="2024-11-01")
    assert (row.open.exact, row.allocated) == (Money(40), Money(100))
    assert (str(row.until), str(row.days_left), row.to) == ("2024-12-02", "31", "skr")
    assert (str(row.if_missed), row.state) == ("second round", "requisitioned")


def test_what_was_requisitioned_in_full_is_left_out_and_so_is_another_partys():
    c = holding(grant(), share(), share("hjo"), asked(100))
    assert not sv.unclaimed(c, "ale", on="2024-11-01")
    assert [row.recipient for row in sv.unclaimed(c, on="2024-11-01")] == ["hjo"]


def test_what_is_paid_without_a_requisition_is_not_unclaimed():
    assert not sv.unclaimed(holding(grant(regime="direct"), share()), "ale", on="2024-11-01")


def test_what_is_allocated_to_a_group_concerns_its_members():
    group = sv.Group(id="alla", title="Alla", of=("ale", "hjo"))
    c = holding(group, grant(), share(sv.jointly("alla")))
    assert [row.recipient for row in sv.unclaimed(c, "hjo", on="2024-11-01")] == ["alla"]
    assert not sv.unclaimed(c, "vara", on="2024-11-01")


def test_a_grant_that_a_party_may_get_without_an_allocation_is_named():
    c = holding(grant(receivers="ale"), grant("gnv", receivers="hjo"))
    assert sv.unclaimed(c, "ale", on="2024-11-01").unknown == ("what ale gets of ph: no allocation is recorded",)


USE = sv.Window(opens="2015-07-01", closes="2015-12-31")


BACK = sv.Window(closes="2016-03-31", statutory=False)


STAFFING = grant("aldre", use=USE, repayment=BACK, repay_to="skr", dnr="S2015/04567", carry_over=False)


def staffing(**more):
    """Elderly-care staffing 2015: 995 million kronor available, 83 per cent used [Uppsalapensionärerna]."""
    available = sv.money("995 mnkr")
    used = Money.floor(Fraction(available.amount) * Fraction(83, 100))
    return [
        SKR,
        Grant(
            **{a: getattr(STAFFING, a) for a in ("id", "title", "use", "repayment", "repay_to", "dnr", "regime")} | more
        ),
        share("ale", available, "aldre"),
        Requisition(id="rek", allocation="aldre>ale", requested_by="ale", amount=available, sent="2015-08-01"),
        FundingEvent(id="bet", kind="paid", allocation="aldre>ale", amount=available, day="2015-09-01"),
        FundingEvent(id="lon", kind="used", allocation="aldre>ale", amount=used, day="2015-12-31"),
    ]


def test_seventeen_per_cent_of_995_million_is_repayable():
    [row] = sv.unspent(holding(*staffing(carry_over=False), known="2016-02-01"), on="2016-01-15")
    assert row.cash_held.exact == row.repay.exact == sv.money("169.15 mnkr")
    assert (row.recipient, str(row.by), row.to, row.reference) == ("ale", "2016-03-31", "skr", "S2015/04567")
    assert row.why == "its time for use ended 2015-12-31"


@pytest.mark.parametrize(
    ("more", "on", "repay"),
    [
        ({}, "2015-12-30", Money(0)),
        ({}, "2015-12-31", sv.money("169.15 mnkr")),
        ({"carry_over": True}, "2016-01-15", Money(0)),
        ({"regime": "direct"}, "2016-01-15", Money(0)),
        ({"regime": ""}, "2016-01-15", None),
        ({"regime": "own"}, "2016-01-15", None),
        ({"use": None}, "2016-01-15", None),
        ({"use": sv.Window(closes="2016")}, "2016-01-15", None),
    ],
)
def test_what_must_be_paid_back_follows_the_rules_of_the_grant(more, on, repay):
    rows = [row for row in sv.unspent(holding(*staffing(**more)), on=on) if row.cash_held]
    assert [row.repay and row.repay.exact for row in rows] == [repay]


def left(*events, on="2025-01-15", regime="requisition", **more):
    """What is left of a hundred kronor whose time for use is 2024."""
    window = sv.Window(opens="2024-01-01", closes="2024-12-31")
    c = holding(grant(regime=regime, use=window, **more), share(), asked(), *events, known="2025-06-01")
    return [(str(row.cash_held), row.repay and str(row.repay)) for row in sv.unspent(c, on=on)]


PAID = event("paid", 100, "2024-02-01")


@pytest.mark.parametrize(
    ("events", "more", "rows"),
    [
        ((event("used", 60, "2024-05-01"),), {}, [("40 kr", "40 kr")]),
        ((event("used", 60, "2024-05-01"), event("used", 30, "2025-01-10")), {}, [("10 kr", "40 kr")]),
        ((event("used", 60, "2024-05-01"), event("used", 40, "2025-01-10")), {}, [("0 kr", "40 kr")]),
        ((event("used", 60, "2024-05-01"), event("repaid", 40, "2025-01-10")), {}, []),
        ((event("used", 60, "2024"),), {}, [("40 kr", "40 kr")]),
        ((event("used", 60, "2024-12-20..2025-01-10"),), {}, [("40 kr", None)]),
        ((event("reclaimed", 100, "2024-07-01"),), {}, [("100 kr", None)]),
        ((event("reclaimed", 100, "2025-02-01"),), {}, [("100 kr", "100 kr")]),
        ((event("used", 60, "2024-05-01"),), {"regime": "invoice"}, [("40 kr", None)]),
        ((event("used", 60, "2024-05-01"),), {"regime": "direct"}, [("40 kr", "0 kr")]),
        ((event("used", 110, "2024-05-01"),), {}, [("-10 kr", "0 kr")]),
        ((event("used", 50, "2024-05-01"), event("paid", Money(50, "EUR"), "2024-02-02")), {}, [("50 kr", "50 kr"), ("50 EUR", "50 EUR")]),
    ],
)  # fmt: skip
def test_what_must_be_paid_back_is_what_was_not_used_in_its_time(events, more, rows):
    assert sorted(left(PAID, *events, **more)) == sorted(rows)


def test_what_was_paid_back_is_no_longer_left():
    back = FundingEvent(
        id="ater", kind="repaid", allocation="aldre>ale", amount=sv.money("169.15 mnkr"), day="2016-03-01"
    )
    assert not sv.unspent(holding(*staffing(), back), on="2016-03-02")


def test_joint_money_is_not_counted_as_one_partys():
    group = sv.Group(id="alla", title="Alla", of=("ale", "hjo"), count=2)
    c = holding(group, grant(), share(sv.jointly("alla"), id="gem"), event("paid", 100, "2024-06-01", "gem"))
    sentence = "what of gem is ale's: it is not allocated to ale alone"
    assert sentence in sv.unspent(c, "ale", on="2024-07-01").unknown
    assert sentence in sv.unclaimed(c, "ale", on="2024-05-01").unknown
    assert sentence not in sv.unspent(c, on="2024-07-01").unknown


def test_only_a_party_can_be_asked_about():
    with pytest.raises(sv.InvalidValueError, match="'ph' is no party"):
        sv.unclaimed(holding(grant()), "ph", on="2024-01-01")
