"""Whom a slip hits, when, and for how many kronor."""

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import samverkan as sv
import tests.strategies  # noqa: F401 (for the profile of its property tests)

ALE = sv.Actor(id="ale", title="Ale kommun", kind="kommun")
HJO = sv.Actor(id="hjo", title="Hjo kommun", kind="kommun")
SKR = sv.Actor(id="skr", title="SKR", kind="association")
BOTH = sv.Group(id="bada", of=("ale", "hjo"), count=2)
PH = sv.Grant(id="ph", title="Psykisk hälsa", amount=sv.Money(100), payer="skr")
SHARES = (
    sv.Allocation(grant="ph", recipient="ale", amount=sv.Money(70)),
    sv.Allocation(grant="ph", recipient="hjo", amount=sv.Money(30)),
)
PROPOSAL = sv.Activity(id="forslag", title="Förslag", by="ale", timing=sv.Timing(days=0, planned="2016-10-mid"))
PLAN = sv.Obligation(
    id="plan",
    title="Plan",
    by=sv.jointly("bada"),
    to="skr",
    secures="ph",
    if_missed="repaid",
    timing=sv.Timing(due="2016-10-31", statutory=False),
)
AFTER = sv.Dependency(predecessor="forslag", successor="plan")
BASE = (ALE, HJO, SKR, BOTH, PH, *SHARES, PROPOSAL, PLAN, AFTER)


def risks(*records, **slips):
    return sv.at_risk(sv.schedule(sv.Collaboration([*BASE, *records])).delayed(slips))


def test_it_names_each_who_owes_with_their_share_and_the_way_to_it():
    table = risks(forslag=21)
    assert [(row.organisation, str(row.amount), row.late, str(row.days_late)) for row in table] == [
        ("ale", "70 kr", sv.Truth.YES, "1..10"),
        ("hjo", "30 kr", sv.Truth.YES, "1..10"),
    ]
    assert {row.path for row in table} == {"forslag → plan → ph"}
    assert {str(row.consequence) for row in table} == {"repaid"}
    assert table.total == sv.answers.AmountRange(sv.Money(100), sv.Money(100))
    assert {"forslag>plan", "plan", "ph", "ph>ale"} <= set(table[0].because)


def test_within_the_total_float_nothing_is_at_risk_and_at_its_vague_end_it_may_be():
    assert list(risks(forslag=11)) == []
    doubtful = risks(forslag=15)
    assert {row.late for row in doubtful} == {sv.Truth.CANNOT_TELL}
    assert doubtful.total == sv.answers.AmountRange(sv.Money(0), sv.Money(100))


def test_what_has_been_answered_is_not_at_risk_for_those_who_answered():
    sent = sv.Submission(obligation="plan", by="ale", arrived="2016-10-01")
    assert list(risks(sent, forslag=21)) == []  # owed jointly: one answers for both
    apart = evolve(PLAN, by=sv.each("bada"))
    table = sv.at_risk(sv.schedule(sv.Collaboration([*BASE, sent]).replacing(apart)).delayed({"forslag": 21}))
    assert [(row.organisation, row.late) for row in table] == [("hjo", sv.Truth.YES)]
    assert table.total == sv.answers.AmountRange(sv.Money(30), sv.Money(30))


def test_what_may_have_been_answered_may_be_at_risk():
    open_ = evolve(PLAN, basis=sv.basis(submissions="unknown"))
    table = sv.at_risk(sv.schedule(sv.Collaboration(BASE).replacing(open_)).delayed({"forslag": 21}))
    assert {row.late for row in table} == {sv.Truth.CANNOT_TELL}
    assert table.total == sv.answers.AmountRange(sv.Money(0), sv.Money(100))


@pytest.mark.parametrize("given", [None, 3, "plan", sv.Collaboration(BASE)])
def test_what_is_no_schedule_is_refused(given):
    with pytest.raises(sv.InvalidValueError, match="is no schedule"):
        sv.at_risk(given)


def test_a_share_that_depends_on_two_deadlines_counts_once():
    report = sv.Obligation(
        id="rapport", title="Rapport", by="ale", secures="ph", timing=sv.Timing(due="2016-10-20", statutory=False)
    )
    table = risks(report, sv.Dependency(predecessor="forslag", successor="rapport"), forslag=21)
    assert [(row.thing, row.organisation) for row in table] == [
        ("plan", "ale"),
        ("plan", "hjo"),
        ("rapport", "ale"),
    ]
    assert table.total.exact == sv.Money(100)


USED = sv.Grant(
    id="ph", title="Psykisk hälsa", amount=sv.Money(100), use=sv.Window(closes="2016-10-25", statutory=False)
)


def costing(id, by, amount, grant="ph"):
    return sv.Activity(
        id=id, title=id, by=by, timing=sv.Timing(days=0), funded_by=sv.Financing(grant=grant, amount=sv.Money(amount))
    )


@pytest.mark.parametrize(
    ("steps", "owed", "total"),
    [
        ([costing("kurs", "ale", 25)], None, "25 kr"),
        ([costing("kurs", "ale", 25)], "ale", "70 kr"),  # it is a part of what ale has, all of which is lost
        ([costing("kurs", "ale", 25), costing("resa", "ale", 25)], None, "50 kr"),
        ([costing("kurs", ("ale", "hjo"), 25)], None, "25 kr"),
        ([costing("kurs", ("ale", "hjo"), 25)], "ale", "70 kr..95 kr"),  # whose part of it is lost is unknown
        ([costing("kurs", "hjo", 25)], "ale", "95 kr"),
    ],
)
def test_each_krona_counts_once_whatever_it_is_lost_through(steps, owed, total):
    duty = [evolve(PLAN, by=owed), AFTER] if owed else []
    links = [sv.Dependency(predecessor="forslag", successor=step.id) for step in steps]
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, USED, *SHARES, PROPOSAL, *steps, *links, *duty])
    assert str(sv.at_risk(sv.schedule(c).delayed({"forslag": 30})).total) == total


def test_a_line_is_lost_with_the_grant_whose_line_it_is():
    line = sv.Grant(id="ph.a", title="A", part_of="ph", amount=sv.Money(60))
    shares = (sv.Allocation(grant="ph.a", recipient="ale", amount=sv.Money(60)), *SHARES)
    c = sv.Collaboration(
        [ALE, HJO, SKR, BOTH, PH, line, *shares, PROPOSAL, evolve(PLAN, secures=("ph", "ph.a")), AFTER]
    )
    assert sv.at_risk(sv.schedule(c).delayed({"forslag": 21})).total.low == sv.Money(100)


def test_a_requisition_is_at_stake_for_what_it_asks():
    grant = evolve(PH, requisition=sv.Window(closes="2016-10-25", statutory=False))
    asked = sv.Requisition(id="rek", allocation="ph>ale", requested_by="ale", amount=sv.Money(10))
    link = sv.Dependency(predecessor="forslag", successor="rek")
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, grant, *SHARES, PROPOSAL, asked, link])
    assert sv.at_risk(sv.schedule(c).delayed({"forslag": 21})).total.exact == sv.Money(10)


def test_with_an_unknown_amount_the_sum_is_at_least_the_known_ones():
    unsaid = sv.Grant(id="um", title="Ungdomsmottagningar", receivers=sv.jointly("bada"))
    plan = evolve(PLAN, secures=("ph", "um"))
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, PH, unsaid, *SHARES, PROPOSAL, plan, AFTER])
    table = sv.at_risk(sv.schedule(c).delayed({"forslag": 21}))
    assert [(row.grant, row.organisation, str(row.amount)) for row in table] == [
        ("ph", "ale", "70 kr"),
        ("ph", "hjo", "30 kr"),
        ("um", "bada", "unknown"),
    ]
    assert str(table.total) == "at least 100 kr"
    assert "how much of um is at stake for whom" in table.unknown


def test_if_a_grant_is_shared_out_by_lines_the_lines_are_at_stake():
    lines = (
        sv.Grant(id="ph.a", title="A", part_of="ph", amount=sv.Money(60)),
        sv.Grant(id="ph.b", title="B", part_of="ph", amount=sv.Money(40)),
    )
    shares = (
        sv.Allocation(grant="ph.a", recipient="ale", amount=sv.Money(60)),
        sv.Allocation(grant="ph.b", recipient="hjo", amount=sv.Money(40)),
    )
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, PH, *lines, *shares, PROPOSAL, PLAN, AFTER])
    table = sv.at_risk(sv.schedule(c).delayed({"forslag": 21}))
    assert [(row.grant, row.organisation, str(row.amount)) for row in table] == [
        ("ph.a", "ale", "60 kr"),
        ("ph.b", "hjo", "40 kr"),
    ]
    assert table.total.exact == sv.Money(100)


def test_whether_others_lose_their_share_of_what_one_owes_is_unknown():
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, PH, *SHARES, PROPOSAL, evolve(PLAN, by="ale"), AFTER])
    table = sv.at_risk(sv.schedule(c).delayed({"forslag": 21}))
    assert [row.organisation for row in table] == ["ale"]
    assert "whether hjo, who do not owe plan, lose their share of ph" in table.unknown


def test_what_is_unknown_of_one_who_has_answered_is_left_out():
    sent = sv.Submission(obligation="plan", by="ale", arrived="2016-10-01")
    both = evolve(PLAN, by=sv.each("bada"))
    sentence = "how much of ph is at stake for ale"
    for answers, unknown in (((), True), ((sent,), False)):
        c = sv.Collaboration([ALE, HJO, SKR, BOTH, PH, SHARES[1], PROPOSAL, both, AFTER, *answers])
        table = sv.at_risk(sv.schedule(c).delayed({"forslag": 21}))
        assert (sentence in table.unknown) is unknown
        assert "hjo" in {row.organisation for row in table}


def test_what_a_slip_endangers_has_swedish():
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, PH, *SHARES, PROPOSAL, evolve(PLAN, by="ale"), AFTER])
    table = sv.at_risk(sv.schedule(c).delayed({"forslag": 21}))
    notes = [note.sv for note in table.unknown]
    assert "om hjo, som inte har skyldigheten plan, går miste om sin andel av ph" in notes
    assert table[0].path.text("sv", c).endswith("→ Plan → Psykisk hälsa")


def test_what_was_late_before_the_slip_is_marked():
    late = evolve(PROPOSAL, timing=sv.Timing(days=0, planned="2016-11-05"))
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, PH, *SHARES, late, PLAN, AFTER])
    assert {row.was_late for row in sv.at_risk(sv.schedule(c).delayed({"forslag": 1}))} == {sv.Truth.YES}
    assert {row.was_late for row in risks(forslag=21)} == {sv.Truth.NO}


def test_what_has_been_answered_is_at_risk_no_more():
    handed = sv.Submission(obligation="plan", by=sv.jointly("bada"), to="skr", sent="2016-10-01", arrived="2016-10-01")
    assert list(risks(handed, forslag=21)) == []
    plan = sv.schedule(sv.Collaboration([*BASE, handed]))
    assert (str(plan["plan"].earliest_finish), plan["plan"].late, plan["plan"].waits_on) == (
        "2016-10-01",
        sv.Truth.NO,
        "answered",
    )
    earlier = sv.schedule(sv.Collaboration([*BASE, handed]), on="2016-09-01").delayed({"forslag": 21})
    assert {row.organisation for row in sv.at_risk(earlier)} == {"ale", "hjo"}


def test_the_share_of_one_who_owes_is_unknown_if_it_is_not_recorded():
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, PH, SHARES[0], PROPOSAL, PLAN, AFTER])
    table = sv.at_risk(sv.schedule(c).delayed({"forslag": 21}))
    assert [(row.organisation, str(row.amount)) for row in table] == [("ale", "70 kr"), ("hjo", "unknown")]
    assert str(table.total) == "at least 70 kr"
    assert "how much of ph is at stake for hjo" in table.unknown


def test_a_share_of_nothing_is_nothing():
    none = sv.Allocation(grant="ph", recipient="ale", amount=sv.Money(0))
    c = sv.Collaboration([ALE, HJO, SKR, BOTH, PH, none, SHARES[1], PROPOSAL, PLAN, AFTER])
    assert sv.at_risk(sv.schedule(c).delayed({"forslag": 21})).total.exact == sv.Money(30)


def test_money_that_cannot_be_requisitioned_before_its_window_closes():
    grant = evolve(PH, requisition=sv.Window(closes="2016-10-25", statutory=False), forfeited="shared out")
    c = sv.Collaboration(
        [ALE, HJO, SKR, BOTH, grant, *SHARES, PROPOSAL, sv.Dependency(predecessor="forslag", successor="ph>ale")]
    )
    plan = sv.schedule(c)
    assert plan["ph>ale"].total_float == sv.answers.DayRange(5, 14)
    assert list(sv.at_risk(plan.delayed({"forslag": 5}))) == []
    (row,) = sv.at_risk(plan.delayed({"forslag": 15}))
    assert (row.hazard, row.organisation, str(row.amount), row.late) == ("requisition", "ale", "70 kr", sv.Truth.YES)
    assert str(row.consequence) == "shared out"


def test_money_that_is_not_used_in_its_time():
    grant = evolve(PH, use=sv.Window(closes="2016-12-31"))
    step = sv.Activity(
        id="kurs",
        title="Kurs",
        by="hjo",
        timing=sv.Timing(days=60),
        funded_by=sv.Financing(grant="ph", amount=sv.Money(25)),
    )
    c = sv.Collaboration(
        [ALE, HJO, SKR, BOTH, grant, *SHARES, PROPOSAL, step, sv.Dependency(predecessor="forslag", successor="kurs")]
    )
    (row,) = sv.at_risk(sv.schedule(c).delayed({"forslag": 21}))
    assert (row.hazard, row.organisation, str(row.amount), row.path) == ("use", "hjo", "25 kr", "forslag → kurs → ph")
    assert list(sv.at_risk(sv.schedule(c).delayed({"forslag": 1}))) == []


def test_what_money_paid_for_is_not_done_when_its_use_must_be_reported():
    grant = evolve(PH, report=sv.Window(closes="2016-12-01", statutory=False))
    step = sv.Activity(id="kurs", title="Kurs", by="hjo", timing=sv.Timing(days=30), funded_by=sv.Financing(grant="ph"))
    c = sv.Collaboration(
        [ALE, HJO, SKR, BOTH, grant, *SHARES, PROPOSAL, step, sv.Dependency(predecessor="forslag", successor="kurs")]
    )
    (row,) = sv.at_risk(sv.schedule(c).delayed({"forslag": 21}))
    assert (row.hazard, row.organisation, str(row.amount), str(row.deadline)) == (
        "report",
        "hjo",
        "unknown",
        "2016-12-01",
    )
    assert list(sv.at_risk(sv.schedule(c).delayed({"forslag": 5}))) == []


def test_who_drops_out_stops_what_waits_on_them():
    plan = sv.schedule(sv.Collaboration(BASE))
    table = sv.at_risk(plan.without("ale"))
    assert {(row.organisation, row.becomes, row.days_late, row.late) for row in table} == {
        ("ale", None, None, sv.Truth.YES),
        ("hjo", None, None, sv.Truth.YES),
    }
    assert table.title == "At risk: ale does nothing any more"


def test_what_only_informs_endangers_nothing_until_it_is_made_to_bind():
    inquiry = sv.Activity(id="s2017", title="Utredning", kind="outside", timing=sv.Timing(planned="2016-11-15"))
    informs = sv.Dependency(predecessor="s2017", successor="forslag", kind="informs")
    plan = sv.schedule(sv.Collaboration([*BASE, inquiry, informs]))
    assert list(sv.at_risk(plan.delayed({"s2017": 30}))) == []
    table = sv.at_risk(plan.binding(informs.id))
    assert {row.path for row in table} == {"s2017 → forslag → plan → ph"}


def test_the_successor_of_an_event_without_a_recorded_day_may_be_late():
    event = sv.Activity(id="s2017", title="Utredning", kind="outside")
    c = sv.Collaboration([*BASE, event, sv.Dependency(predecessor="s2017", successor="plan")])
    table = sv.at_risk(sv.schedule(c).delayed({"s2017": 30}))
    assert {row.late for row in table} == {sv.Truth.CANNOT_TELL}
    assert str(table.total) == "0 kr..100 kr"


def test_a_plan_in_which_nothing_slips_endangers_nothing():
    table = sv.at_risk(sv.schedule(sv.Collaboration(BASE)))
    assert (list(table), table.total.exact, table.title) == ([], sv.Money(0), "At risk: nothing slips")


def test_several_currencies_have_no_one_sum():
    euro = (
        sv.Grant(id="esf", title="ESF", amount=sv.Money(5, "EUR")),
        sv.Allocation(grant="esf", recipient="ale", amount=sv.Money(5, "EUR")),
    )
    c = sv.Collaboration(
        [ALE, HJO, SKR, BOTH, PH, *SHARES, *euro, PROPOSAL, evolve(PLAN, secures=("ph", "esf")), AFTER]
    )
    with pytest.raises(sv.InvalidValueError):
        _ = sv.at_risk(sv.schedule(c).delayed({"forslag": 21})).total


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_longer_slip_endangers_no_less(first, more):
    one, other = risks(forslag=first), risks(forslag=first + more)
    assert {(row.thing, row.organisation) for row in one} <= {(row.thing, row.organisation) for row in other}
    assert one.total.low <= other.total.low
    assert one.total.high <= other.total.high
