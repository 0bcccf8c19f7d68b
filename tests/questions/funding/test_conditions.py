"""On what conditions money may be kept."""

import pytest

import samverkan as sv
from samverkan import Money
from tests.questions.funding.grants import grant, holding, share


def test_a_condition_with_five_parts_is_fulfilled_when_all_five_are_in():
    parts = ["medel", "analys", "unga", "indikatorer", "kostnad"]
    duty = sv.Obligation(
        id="redovisning",
        title="Redovisning 2017",
        by=sv.each("bada"),
        secures=["ph"],
        parts=parts,
        timing=sv.Timing(due="2017-10-31", statutory=False, met_when="arrived"),
        if_missed="repaid",
    )
    records = [
        sv.Group(id="bada", title="Båda", of=("ale", "hjo"), count=2),
        grant(),
        share(),
        share("hjo", sv.UNKNOWN),
        duty,
        sv.Submission(obligation="redovisning", by="ale", arrived="2017-10-30", parts=parts),
        sv.Submission(obligation="redovisning", by="hjo", arrived="2017-11-02", parts=parts[:4]),
    ]
    rows = {row.principal: row for row in sv.conditions(holding(*records), "ph", on="2017-12-01")}
    assert (rows["ale"].is_fulfilled, rows["ale"].in_time, rows["ale"].amount.exact) == (
        sv.Truth.YES,
        sv.Truth.YES,
        Money(100),
    )
    assert (rows["hjo"].is_fulfilled, rows["hjo"].in_time, rows["hjo"].missing) == (
        sv.Truth.NO,
        sv.Truth.NO,
        ("kostnad",),
    )
    assert str(rows["hjo"].amount) == "at least 0 kr"
    assert str(rows["hjo"].if_missed) == "repaid"


@pytest.mark.parametrize(
    ("recorded", "fulfilled", "in_time"),
    [
        ({"done": "2021-02-28"}, "yes", "yes"),
        ({"done": "2021-03-01"}, "yes", "no"),
        ({"done": "2021-02"}, "yes", "yes"),
        ({"done": "unknown"}, "cannot be told", "cannot be told"),
        ({"done": "2021-04-01"}, "no", "no"),
        ({}, "no", "no"),
    ],
)
def test_a_condition_that_is_recorded_as_done_is_fulfilled_from_that_day(recorded, fulfilled, in_time):
    timing = sv.Timing(due="2021-02-28", statutory=False, **recorded)
    duty = sv.Obligation(id="r", title="R", by="ale", secures="ph", timing=timing, parts=("a", "b"))
    [row] = sv.conditions(holding(grant(), duty), "ph", on="2021-03-15")
    assert (str(row.is_fulfilled), str(row.in_time)) == (fulfilled, in_time)
    assert row.missing == (() if fulfilled == "yes" else ("a", "b"))


def test_a_condition_may_be_fulfilled_if_its_answers_are_not_all_recorded():
    timing = sv.Timing(due="2021-02-28", statutory=False)
    duty = sv.Obligation(
        id="r", title="R", by="ale", secures="ph", timing=timing, basis=sv.basis(submissions="unknown")
    )
    c = holding(grant(), duty)
    [row], [owed] = sv.conditions(c, "ph", on="2021-03-15"), sv.due(c, on="2021-03-15")
    assert (str(row.is_fulfilled), str(row.in_time), str(owed.state)) == ("cannot be told",) * 3


def test_a_grant_without_a_recorded_condition_has_an_unknown_one():
    assert sv.conditions(holding(grant()), "ph", on="2017").unknown == (
        "on what condition ph may be kept: nothing is recorded",
    )


def test_a_condition_may_be_late_if_sending_may_not_be_enough():
    duty = sv.Obligation(id="r", title="R", by="ale", secures="ph", timing=sv.Timing(due="2021-02-28", statutory=False))
    sent = sv.Submission(obligation="r", by="ale", sent="2021-02-08")
    [row] = sv.conditions(holding(grant(), duty, sent), "ph", on="2021-03-15")
    assert (row.is_fulfilled, row.in_time) == (sv.Truth.CANNOT_TELL, sv.Truth.CANNOT_TELL)


def test_other_currencies_and_onward_money_are_not_added_to_the_amount():
    report = sv.Obligation(id="r", title="R", by=sv.jointly("bada"), secures="ph")
    group = sv.Group(id="bada", title="Båda", of=("ale", "hjo"), count=2)
    shares = [
        share(amount=Money(7, "EUR"), id="ett"),
        share(amount=100, id="tva"),
        share("hjo", 40, id="vidare", out_of="tva"),
    ]
    [row] = sv.conditions(holding(group, grant(), report, *shares), "ph", on="2024")
    assert str(row.amount) == "at least 100 kr"
