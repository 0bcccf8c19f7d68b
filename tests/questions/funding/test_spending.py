"""Where the money went, as far as it is recorded."""

from __future__ import annotations

import pytest
from attrs import evolve

import samverkan as sv

AREAS = (
    sv.Plan(id="plan", title="Plan"),
    sv.Activity(id="plan.tjanster", title="Förstärkningstjänster", plan="plan"),
    sv.Activity(id="plan.kompetens", title="Kompetensutveckling", plan="plan"),
    sv.Plan(id="annan", title="Annan"),
    sv.Actor(id="ale", title="Ale kommun", kind="kommun"),
    sv.Grant(id="ph", title="Psykisk hälsa"),
    sv.Allocation(id="ph-ale", grant="ph", recipient="ale", amount=sv.Money(1000)),
    sv.ExternalRecord(id="dold", kind="Allocation"),
)


def used(id: str, amount: object, what_for: str | None = "plan", **more: object) -> sv.FundingEvent:
    return sv.FundingEvent(id=id, kind="used", amount=amount, what_for=what_for, **more)


def spent(*events: sv.FundingEvent, claim: str = "", thing: str = "plan") -> sv.Table:
    plan = sv.Plan(id="plan", title="Plan", basis=sv.basis(spending=claim) if claim else ())
    return sv.spending(sv.Collaboration([plan, *AREAS[1:], *events]), thing)


def test_what_was_used_in_a_plan_comes_with_all_its_parts_and_nothing_else():
    table = spent(
        used("e-1", sv.Money(10), "plan.tjanster"), used("e-2", sv.Money(5)), used("e-3", sv.Money(1), "annan")
    )
    assert [(row.what_for, row.title, row.amount) for row in table] == [
        ("plan.tjanster", "Förstärkningstjänster", sv.Money(10)),
        ("plan", "Plan", sv.Money(5)),
    ]


@pytest.mark.parametrize("kind", [kind for kind in sv.vocabulary.MoneyMove if kind is not sv.vocabulary.MoneyMove.USED])
def test_only_what_was_used_was_spent(kind):
    event = sv.FundingEvent(id="e-1", kind=kind, amount=sv.Money(10), what_for="plan")
    table = spent(event)
    assert len(table) == 0
    back = ("what is left of it after e-1",) if kind in ("repaid", "reclaimed") else ()
    assert table.unknown == ("what money was used for in plan: nothing is recorded", *back)


def test_a_correction_takes_the_place_of_what_it_corrects_with_its_kind_and_amount():
    first, right = used("e-1", sv.Money(600)), used("e-2", sv.Money(100), corrects="e-1")
    assert [(row.because[0], row.amount) for row in spent(first, right)] == [("e-2", sv.Money(100))]
    other = sv.FundingEvent(id="e-3", kind="repaid", amount=sv.Money(1), what_for="plan", corrects="e-2")
    assert len(spent(first, right, other)) == 0
    c = sv.Collaboration([*AREAS, evolve(first, day="2016-03-01"), evolve(right, day="2016-06-01")])
    assert [row.amount for row in sv.spending(c.as_of("2016-05-31"), "plan")] == [sv.Money(600)]


def test_what_a_party_used_and_what_was_used_of_an_allocation_count_too():
    event = sv.FundingEvent(id="e-1", kind="used", amount=sv.Money(10), allocation="ph-ale", by="ale")
    for thing in ("ph", "ph-ale", "ale"):
        row = spent(event, thing=thing)[0]
        assert (row.what_for, row.title, row.grant) == ("", "", "ph")
        assert row.because == ("e-1", "ph-ale")


def test_a_row_gives_the_grant_the_party_the_day_and_the_records_it_rests_on():
    row = spent(used("e-1", sv.Money(10), allocation="ph-ale", by="ale", day="2016-09"))[0]
    assert (row.grant, row.by, str(row.day)) == ("ph", ("ale",), "2016-09")
    assert row.because == ("e-1", "plan", "ph-ale")


@pytest.mark.parametrize(
    ("allocation", "grant"), [(None, None), (sv.UNKNOWN, sv.UNKNOWN), (sv.NONE, sv.NONE), ("dold", None)]
)
def test_what_is_unknown_of_the_grant_stays_unknown(allocation, grant):
    table = spent(used("e-1", sv.Money(10), allocation=allocation))
    assert table[0].grant is grant
    assert ("out of which grants" in table.unknown) is (grant is sv.UNKNOWN)


# ---------------------------------------------------------------- no total is made up


def test_unknown_amounts_stay_unknown_and_no_total_is_made_of_them():
    table = spent(used("e-1", sv.UNKNOWN, "plan.tjanster"), used("e-2", sv.UNKNOWN, "plan.kompetens"))
    assert [row.amount for row in table] == [sv.UNKNOWN, sv.UNKNOWN]
    assert table.unknown == ("the total: at least these 2, of which 2 without a known amount",)
    assert [(row["amount"], row["amount_missing"]) for row in table.rows()] == [(None, "unknown")] * 2


@pytest.mark.parametrize(
    ("amount", "without"),
    [(sv.Money(10), 0), (sv.Money(0), 0), (sv.NONE, 0), (sv.UNKNOWN, 1), (None, 1)],
)
def test_zero_and_nothing_are_known_amounts(amount, without):
    unknown = f", of which {without} without a known amount" if without else ""
    assert spent(used("e-1", amount)).unknown == (f"the total: at least these 1{unknown}",)


def test_a_list_that_the_source_calls_partial_is_called_partial():
    table = spent(used("e-1", sv.UNKNOWN), claim="partial")
    assert table.unknown[1] == "what else: the source states that the list is not complete"


def test_only_a_complete_list_with_known_amounts_leaves_nothing_to_ask():
    assert spent(used("e-1", sv.Money(10)), claim="complete").unknown == ()
    assert spent(claim="complete").unknown == ()
    doubtful = spent(used("e-1", sv.Money(10)), used("e-2", None), claim="complete")
    assert doubtful.unknown == ("the total: at least these 2, of which 1 without a known amount",)


def test_one_unknown_grant_is_named_beside_those_that_are_known():
    table = spent(used("e-1", sv.Money(1), allocation="ph-ale"), used("e-2", sv.Money(1), allocation=sv.UNKNOWN))
    assert table.unknown == ("the total: at least these 2", "out of which grants")


def test_that_another_list_is_complete_says_nothing_of_the_spending():
    plan = sv.Plan(id="plan", title="Plan", basis=sv.basis(owners="complete"))
    assert len(sv.spending(sv.Collaboration([plan, used("e-1", sv.Money(1))]), "plan").unknown) == 1


def test_that_a_plan_is_complete_says_nothing_of_another():
    assert spent(claim="complete", thing="annan").unknown == ("what money was used for in annan: nothing is recorded",)


def test_what_is_made_up_comes_with_the_answer():
    assert spent(used("e-1", sv.Money(1), basis=sv.basis(amount="made"))).assumed == ("e-1.amount is made",)


def test_an_unknown_id_is_refused_by_name():
    with pytest.raises(sv.errors.NotFoundError, match="mora"):
        spent(thing="mora")


# ---------------------------------------------------------------- corrections, and what is whose


def test_what_a_correction_leaves_out_is_as_in_what_it_corrects():
    first = used("e-1", sv.Money(100), allocation="ph-ale", by="ale")
    right = sv.FundingEvent(id="e-2", kind="used", amount=sv.Money(90), corrects="e-1")
    for thing in ("plan", "ale", "ph"):
        row = spent(first, right, thing=thing)[0]
        assert (row.what_for, row.grant, row.by, row.amount) == ("plan", "ph", ("ale",), sv.Money(90))
        assert row.because == ("e-2", "e-1", "plan", "ph-ale")
    again = sv.FundingEvent(id="e-3", kind="used", amount=sv.Money(80), corrects="e-2")
    assert [(row.amount, row.because[:3]) for row in spent(first, right, again)] == [
        (sv.Money(80), ("e-3", "e-2", "e-1"))
    ]


@pytest.mark.parametrize(
    "stated", [{"what_for": "annan"}, {"basis": sv.basis(what_for="unknown")}], ids=["another", "unknown"]
)
def test_what_a_correction_states_is_not_taken_from_what_it_corrects(stated):
    right = sv.FundingEvent(id="e-2", kind="used", amount=sv.Money(90), corrects="e-1", **stated)
    assert len(spent(used("e-1", sv.Money(100)), right)) == 0


def test_what_a_correction_leaves_unknown_stays_unknown():
    first = used("e-1", sv.Money(100), allocation="ph-ale")
    right = sv.FundingEvent(id="e-2", kind="used", amount=sv.Money(90), corrects="e-1", allocation=sv.UNKNOWN)
    assert spent(first, right)[0].grant is sv.UNKNOWN


def test_events_that_correct_each_other_end_nowhere():
    ring = [sv.FundingEvent(id=f"e-{n}", kind="used", amount=sv.Money(n), corrects=f"e-{3 - n}") for n in (1, 2)]
    last = sv.FundingEvent(id="e-3", kind="used", amount=sv.Money(3), corrects="e-1", what_for="plan")
    assert [row.amount for row in spent(*ring, last)] == [sv.Money(3)]
    assert len(spent(*ring)) == 0


WE = (
    sv.Actor(id="hjo", title="Hjo kommun", kind="kommun"),
    sv.Actor(id="hjo.soc", title="Socialnämnden", kind="committee", part_of="hjo"),
    sv.Actor(id="mora", title="Mora kommun", kind="kommun", county="20"),
    sv.Group(id="vi", of=("ale", "hjo.soc")),
    sv.Group(id="alla", basis=sv.basis(of="unknown")),
)


def shared(*events: sv.FundingEvent, thing: str) -> tuple[str, ...]:
    return sv.spending(sv.Collaboration([*AREAS, *WE, *events]), thing).unknown


@pytest.mark.parametrize(
    ("by", "thing", "sentence"),
    [
        ("jointly vi", "ale", "what of e-1, used by vi, is ale's"),
        ("each vi", "hjo", "what of e-1, used by vi, is hjo's"),
        ("jointly vi", "mora", "what money was used for in mora: nothing is recorded"),
        ("jointly alla", "mora", "what of e-1, used by alla, is mora's"),
        (("jointly vi", "mora"), "ale", "what of e-1, used by vi, mora, is ale's"),
        ("ale", "vi", "what of e-1, used by ale, is vi's"),
        ("jointly vi", "ph", "what money was used for in ph: nothing is recorded"),
    ],
)
def test_what_a_group_used_is_not_counted_as_its_members(by, thing, sentence):
    event = used("e-1", sv.Money(10), by=by)
    assert shared(event, thing=thing) == (sentence,)
    assert len(sv.spending(sv.Collaboration([*AREAS, *WE, event]), thing)) == 0


def test_what_a_member_used_stands_beside_the_unknown_part_of_its_groups():
    events = (used("e-1", sv.Money(1), by="ale"), *(used(f"e-{n}", sv.Money(2), by="jointly vi") for n in (2, 3)))
    assert shared(*events, thing="ale") == (
        "the total: at least these 1",
        "what of e-2, e-3, used by vi, is ale's",
    )


def test_a_complete_list_is_not_complete_if_a_list_inside_it_is_not():
    open_ = evolve(AREAS[1], basis=sv.basis(spending="partial"))
    plan = sv.Plan(id="plan", title="Plan", basis=sv.basis(spending="complete"))
    c = sv.Collaboration([plan, open_, *AREAS[2:], used("e-1", sv.Money(10))])
    assert sv.spending(c, "plan").unknown == (
        "the total: at least these 1",
        "what else in plan.tjanster: the source states that the list is not complete",
    )
    assert sv.spending(c, "plan.tjanster").unknown == (
        "what money was used for in plan.tjanster: nothing is recorded",
        "what else: the source states that the list is not complete",
    )


def test_what_is_used_of_an_allocation_is_its_recipients_spending():
    assert [str(row.amount) for row in spent(used("e-1", sv.Money(60), None, allocation="ph-ale"), thing="ale")] == [
        "60 kr"
    ]
