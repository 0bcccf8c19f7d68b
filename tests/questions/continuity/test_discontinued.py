"""What stops when a grant or an agreement ends, and what cannot be told to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import samverkan as sv
from tests.questions.test_every_answer import assert_sound
from tests.strategies import collaborations, days, whens

OP = sv.Agreement(id="op", title="Överenskommelse", period="2024")
PH = sv.Grant(id="ph", title="Psykisk hälsa", agreement="op", use=sv.Window(closes="2024-12-31"))
OWN = sv.Grant(id="egna", title="Egna medel")
ALL = sv.basis(funded_by="complete")


def paid(grant: Any = "ph", amount: Any = "80 kr") -> sv.Financing:
    return sv.Financing(grant=grant, amount=amount)


def talks(*by: sv.Financing, **more: Any) -> sv.Activity:
    return sv.Activity(id="samtal", title="Samtalsgrupper", funded_by=by or (paid(),), **more)


def ends(*records: Any, thing: str = "ph", on: str | None = None) -> sv.Table[sv.answers.Discontinued]:
    return sv.discontinued_by(sv.Collaboration([OP, PH, OWN, *records]), thing, on=on)


# ---------------------------------------------------------------- what it pays for


@pytest.mark.parametrize(
    ("activity", "stops", "loses", "left", "others"),
    [
        (talks(basis=ALL), "yes", "80 kr", "0 kr", ()),
        (talks(), "cannot be told", "80 kr", "0 kr", ()),
        (talks(budget="80 kr"), "yes", "80 kr", "0 kr", ()),
        (talks(budget="100 kr"), "cannot be told", "80 kr", "0 kr", ()),
        (talks(budget=sv.Money(80, "EUR")), "cannot be told", "at least 0 EUR", "0 EUR", ()),
        (talks(paid(), paid("egna", "20 kr"), basis=ALL), "cannot be told", "80 kr", "20 kr", ("egna",)),
        (talks(paid(), paid("egna", "0 kr"), basis=ALL), "yes", "80 kr", "0 kr", ("egna",)),
        (talks(paid(), paid("egna", None), basis=ALL), "cannot be told", "80 kr", "at least 0 kr", ("egna",)),
        (talks(paid(amount=sv.UNKNOWN), basis=ALL), "yes", "at least 0 kr", "0 kr", ()),
        (talks(paid(), paid(), basis=ALL), "yes", "160 kr", "0 kr", ()),
        (talks(basis=sv.basis(funded_by="partial")), "cannot be told", "80 kr", "at least 0 kr", ()),
        (talks(paid(), paid(sv.UNKNOWN, "20 kr"), basis=ALL), "cannot be told", "80 kr", "20 kr", ()),
    ],
)
def test_what_a_grant_pays_for_stops_where_nothing_else_can_pay(activity, stops, loses, left, others):
    (row,) = ends(activity)
    assert (row.thing, row.how, str(row.day)) == ("samtal", sv.answers.Link.FUNDED, "2024-12-31")
    assert (str(row.stops), str(row.loses), str(row.left), row.others) == (stops, loses, left, others)


@pytest.mark.parametrize(
    ("done", "rows"), [("2024-12-31", []), ("2025-01-01", ["yes"]), ("unknown", ["cannot be told"]), ("2024-12..2025-01", ["cannot be told"])]
)  # fmt: skip
def test_what_is_done_by_then_does_not_stop(done, rows):
    done_by = sv.When(sv.day("2024-12-01"), sv.day("2025-01-31")) if ".." in done else done
    assert [str(row.stops) for row in ends(talks(basis=ALL, timing=sv.Timing(done=done_by)))] == rows


def test_what_a_line_pays_for_stops_with_the_grant_and_with_the_agreement():
    line = sv.Grant(id="ph.um", title="Ungdomsmottagningar", part_of="ph")
    activity = talks(paid("ph.um"), basis=ALL)
    for thing in ("ph.um", "ph", "op"):
        (row,) = ends(line, activity, thing=thing).where(thing="samtal")
        assert (row.through, str(row.stops), str(row.day)) == ("ph.um", "yes", "2024-12-31")
    assert [(row.thing, str(row.how), str(row.stops)) for row in ends(line, thing="op")] == [
        ("ph", "given by it", "yes"),
        ("ph.um", "a line of it", "yes"),
    ]


def test_a_grant_that_goes_on_after_its_agreement_stops_nothing_then():
    later = sv.Grant(id="nv", title="Nära vård", agreement="op", use=sv.Window(closes="2025-06-30"))
    table = ends(later, talks(paid("nv"), basis=ALL), thing="op")
    assert [(row.thing, str(row.stops), str(row.day)) for row in table] == [
        ("nv", "no", "2025-06-30"),
        ("ph", "yes", "2024-12-31"),
        ("samtal", "no", "2025-06-30"),
    ]
    imagined = ends(later, talks(paid("nv"), basis=ALL), thing="op", on="2024-06-30")
    assert {str(row.stops) for row in imagined} == {"cannot be told"}


def test_of_a_grant_whose_own_time_is_not_told_that_it_ends_with_its_agreement_cannot_be_told():
    undated = sv.Grant(id="nv", title="Nära vård", agreement="op")
    (row,) = ends(undated, thing="op").where(thing="nv")
    assert (str(row.stops), str(row.day)) == ("cannot be told", "2024-12-31")
    table = ends(undated, thing="nv")
    assert table.title == "What stops when nv ends, 2024-12-31"


def test_where_no_last_day_is_told_none_is():
    table = ends(talks(paid("egna"), basis=ALL), thing="egna")
    assert [(row.thing, str(row.stops), row.day) for row in table] == [("samtal", "yes", None)]
    assert table.unknown == ("when egna ends: no last day is recorded",)


def test_what_its_money_was_used_for_is_told_and_whether_it_stops_is_not():
    share = sv.Allocation(grant="ph", recipient="ale", amount="80 kr")
    ale = sv.Actor(id="ale", title="Ale", kind="kommun")
    got = sv.FundingEvent(id="e-1", kind="paid", allocation=share.id, amount="80 kr", day="2024-02-01")
    used = sv.FundingEvent(
        id="e-2", kind="used", allocation=share.id, amount="30 kr", day="2024-05-01", what_for="plan"
    )
    plan = sv.Plan(id="plan", title="Plan")
    (row,) = ends(ale, share, got, used, plan)
    assert (row.thing, str(row.how), str(row.stops), row.loses) == (
        "plan",
        "its money was used",
        "cannot be told",
        None,
    )
    assert "e-2" in row.because


def test_where_it_is_not_told_which_grant_pays_that_is_said():
    table = ends(talks(paid(sv.UNKNOWN)))
    assert len(table) == 0
    assert table.unknown == ("whether it pays for samtal: which grant does is not recorded",)


def test_that_money_may_be_carried_over_is_said():
    carried = sv.Grant(id="nv", title="Nära vård", period="2024", carry_over=True)
    assert ends(carried, thing="nv").unknown == ("what of nv is kept for the next year: it may be carried over",)


def test_whether_what_is_paid_for_stops_cannot_be_told_where_what_is_left_may_be_carried_over():
    carried = sv.Grant(id="nv", title="Nära vård", period="2024", carry_over=True)
    lines = [
        sv.Grant(id="nv.rad", title="Rad", part_of="nv"),
        sv.Grant(id="nv.egen", title="Egen rad", part_of="nv", carry_over=False),
    ]
    for grant, stops in (("nv", "cannot be told"), ("nv.rad", "cannot be told"), ("nv.egen", "yes")):
        (row,) = ends(carried, *lines, talks(paid(grant), basis=ALL), thing="nv").where(thing="samtal")
        assert (str(row.stops), str(row.loses)) == (stops, "80 kr")
    said = ends(carried, *lines, thing="nv").unknown
    assert [one for one in said if "kept" in one] == [
        f"what of {id} is kept for the next year: it may be carried over" for id in ("nv", "nv.rad")
    ]


def test_a_part_in_it_without_a_time_of_its_own_ends_with_it():
    leads = sv.Participation(who="ale", thing="ph", capacity="leads")
    ale = sv.Actor(id="ale", title="Ale", kind="kommun")
    (row,) = ends(ale, leads).where(thing=leads.id)
    assert (str(row.how), str(row.stops), str(row.day)) == ("takes part in it", "yes", "2024-12-31")


# ---------------------------------------------------------------- duties, plans, mandates, posts


@pytest.mark.parametrize(
    ("due", "on", "stops", "day"),
    [
        ("2025-03-31", None, "no", "2025-03-31"),
        ("2024-10-31", None, "no", "2024-10-31"),
        ("2025-03-31", "2024-06-30", "cannot be told", "2025-03-31"),
        ("2024-03-31", "2024-06-30", "no", "2024-03-31"),
        (None, None, "cannot be told", "2024-12-31"),
        ("unknown", None, "cannot be told", "unknown"),
    ],
)
@pytest.mark.parametrize("ground", ["ph", "op"])
def test_a_duty_with_a_last_day_is_owed_whatever_has_ended(due, on, stops, day, ground):
    duty = sv.Obligation(id="rapport", title="Rapport", ground=ground, timing=sv.Timing(due=due, statutory=False))
    (row,) = ends(duty, thing="op", on=on).where(thing="rapport")
    expected = str(on or day) if due is None else day
    assert (row.through, str(row.how), str(row.stops), str(row.day)) == (ground, "owed on its ground", stops, expected)


@pytest.mark.parametrize(
    ("period", "stops"),
    [("2024", "yes"), ("2023/2030", "no"), (None, "cannot be told"), ("2024/", "cannot be told"), ("2024/unknown", "cannot be told")],
)  # fmt: skip
def test_a_plan_that_the_agreement_asks_for_stops_by_its_own_period(period, stops):
    (row,) = ends(sv.Plan(id="plan", title="Plan", agreement="op", period=period), thing="op").where(thing="plan")
    assert (str(row.how), str(row.stops)) == ("asked for by it", stops)


@pytest.mark.parametrize(
    ("about", "period", "stops"),
    [
        (("ph",), None, "cannot be told"),
        (("ph",), "2024", "yes"),
        (("ph", "egna"), None, "no"),
        (("ph", "egna"), "2024", "yes"),
        (("ph",), "2024/2026", "no"),
    ],
)
def test_a_mandate_about_it_alone_may_stop_with_it(about, period, stops):
    ale = sv.Actor(id="ale", title="Ale", kind="kommun")
    mandate = sv.Mandate(id="m", holder="ale", may="draw", about=about, period=period)
    (row,) = ends(ale, mandate)
    assert (row.thing, str(row.stops)) == ("m", stops)


def test_a_post_that_does_what_it_pays_for_has_a_time_of_its_own():
    for period, stops in (("2023/2024", "yes"), ("2023/2026", "no"), (None, "cannot be told")):
        role = sv.Role(id="ledare", title="Processledare", period=period)
        (row,) = ends(role, talks(by="ledare")).where(thing="ledare")
        assert (row.through, str(row.how), str(row.stops)) == ("ph", "does what it pays for", stops)
        assert row.because == ("ledare", "ph", "samtal")


def test_an_agreement_that_adds_to_it_has_a_time_of_its_own():
    more = sv.Agreement(id="op-tillagg", title="Tillägg", supplements="op", period="2024/2025")
    (row,) = ends(more, thing="op").where(thing="op-tillagg")
    assert (str(row.how), str(row.stops), str(row.day)) == ("rests on it", "no", "2025-12-31")


# ---------------------------------------------------------------- laws


def test_what_is_neither_grant_nor_agreement_is_refused():
    with pytest.raises(sv.InvalidValueError, match="'samtal' is of the kind Activity; give the id of a Grant"):
        ends(talks(), thing="samtal")
    with pytest.raises(sv.errors.NotFoundError):
        ends(thing="finns-inte")


MONEYED = (sv.Actor, sv.Agreement, sv.Grant, sv.Grant, sv.Activity, sv.Activity, sv.Obligation, sv.Plan, sv.Mandate)


@given(collaborations(every_kind=True) | collaborations(MONEYED), st.none() | days() | whens())
@settings(max_examples=60)
def test_every_grant_and_agreement_is_answered_with_all_that_hangs_on_it_directly_and_nothing_else(c, on):
    for one in (*c[sv.Agreement], *c[sv.Grant]):
        table = sv.discontinued_by(c, one.id, on=on)
        assert_sound(table, c)
        assert len({(row.thing, row.through, row.how) for row in table}) == len(table)
        assert {row.thing for row in table if row.how is sv.answers.Link.OWED} >= {
            duty.id for duty in c[sv.Obligation] if duty.ground == one.id
        }
        through = {row.through for row in table} | {one.id}
        assert all(
            getattr(c[row.thing], "ground", None) == row.through for row in table.where(how=sv.answers.Link.OWED)
        )
        for row in table:
            if row.how is sv.answers.Link.FUNDED:
                assert row.through in [by.grant for by in c[row.thing].funded_by]
            assert row.stops is not sv.Truth.YES or row.day or table.unknown
        for activity in c[sv.Activity]:
            named = {by.grant for by in activity.funded_by} & through
            told = {row.through for row in table if row.thing == activity.id and row.how is sv.answers.Link.FUNDED}
            assert told == named or activity.timing.done


@given(collaborations(every_kind=True, most=20), st.none() | days(), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_the_records_means_nothing(c, on, choice):
    copy = sv.Collaboration(choice.sample(list(c), len(c)), known=c.known)
    for one in (*c[sv.Agreement], *c[sv.Grant]):
        assert sv.discontinued_by(c, one.id, on=on) == sv.discontinued_by(copy, one.id, on=on)
