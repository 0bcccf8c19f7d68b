"""What we do not know, why, and whom to ask."""

from __future__ import annotations

import pytest

import samverkan as sv
from samverkan.questions.coverage.unknowns import Uncertainty

ALE = sv.Actor(id="ale", title="Ale kommun", kind="kommun")


def gaps(*records: object, thing: str = "") -> list[tuple[str, str, Uncertainty, str]]:
    table = sv.unknowns(sv.Collaboration([ALE, *records]), thing)
    return [(row.record, row.field, row.why, row.as_written) for row in table]


# ---------------------------------------------------------------- why


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ("unknown", Uncertainty.SILENT),
        ("partial", Uncertainty.INCOMPLETE),
        ("assumed", Uncertainty.ASSUMED),
        ("made", Uncertainty.MADE),
        ("derived", None),
        ("complete", None),
    ],
)
def test_a_mark_that_says_that_something_is_not_known_is_told(mark, why):
    plan = sv.Plan(id="plan", title="Plan", basis=sv.basis(owners=mark))
    assert gaps(plan) == ([("plan", "owners", why, "" if mark == "unknown" else mark)] if why else [])


@pytest.mark.parametrize(("mark", "told"), [("assumed", True), ("made", True), ("partial", True), ("unknown", False)])
def test_what_is_there_may_be_assumed_or_partial_but_not_unknown(mark, told):
    plan = sv.Plan(id="plan", title="Plan", owners="ale", basis=sv.basis(owners=mark))
    assert bool(gaps(plan)) is told


def test_the_title_says_of_what():
    plan = sv.Plan(id="plan", title="Plan")
    assert sv.unknowns(sv.Collaboration([plan])).title == "What is not known of the collaboration"
    named = sv.Collaboration([plan], id="vg-2016")
    assert [sv.unknowns(named, thing).title for thing in ("", "plan")] == [
        "What is not known of vg-2016",
        "What is not known of plan",
    ]


def test_a_mark_on_the_whole_record_has_no_field():
    assert gaps(sv.Plan(id="plan", title="Plan", basis=sv.basis("made"))) == [("plan", "", Uncertainty.MADE, "made")]


@pytest.mark.parametrize(
    ("day", "why", "said"),
    [
        ("unknown", Uncertainty.SILENT, ""),
        (sv.when("unknown", as_written="dagen står inte"), Uncertainty.SILENT, "dagen står inte"),
        ("2016-10-mid", Uncertainty.VAGUE, "2016-10-mid"),
        (sv.when("2016-10-mid", as_written="i mitten av oktober"), Uncertainty.VAGUE, "i mitten av oktober"),
        ("by 2016-10-31", Uncertainty.VAGUE, "by 2016-10-31"),
    ],
)
def test_a_day_that_is_unknown_or_vague_is_told_with_the_words_of_the_source(day, why, said):
    step = sv.Activity(id="steg", title="Steg", timing=sv.Timing(due=day))
    assert gaps(step) == [("steg", "due", why, said)]


def test_what_another_document_holds_is_told_with_what_is_said_of_it():
    elsewhere = sv.ExternalRecord(id="skr", kind="Actor", note="i SKR:s eget dokument")
    assert gaps(elsewhere) == [("skr", "", Uncertainty.ELSEWHERE, "i SKR:s eget dokument")]


@pytest.mark.parametrize(
    "record",
    [
        sv.Plan(id="plan", title="Plan"),
        sv.Decision(id="beslut", body=sv.NONE, timing=sv.Timing(done="2016-10-31")),
        sv.Grant(id="bidrag", title="Bidrag", amount=sv.Money(0)),
        sv.Grant(id="bidrag", title="Bidrag", period="2016", payer=None),
        sv.Role(id="roll", title="Roll", count="~60"),
    ],
)
def test_nothing_zero_and_what_nobody_has_recorded_are_no_gaps(record):
    assert gaps(record) == []


# ---------------------------------------------------------------- in which field


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (sv.Decision(id="x", body=sv.UNKNOWN), "body"),
        (sv.Activity(id="x", title="X", timing=sv.Timing(days=sv.UNKNOWN)), "days"),
        (
            sv.Activity(id="x", title="X", funded_by=(sv.Financing(amount=sv.UNKNOWN, grant=sv.NONE),)),
            "funded_by.amount",
        ),
        (sv.Grant(id="x", title="X", requisition=sv.Window(opens="unknown")), "requisition.opens"),
        (sv.Grant(id="x", title="X", requisition=sv.UNKNOWN), "requisition"),
        (sv.Grant(id="x", title="X", key=sv.AllocationKey(kind="fixed", fixed=sv.UNKNOWN)), "key.fixed"),
        (sv.Agreement(id="x", title="X", stated=(sv.ReportedAmount(amount=sv.UNKNOWN),)), "stated.amount"),
        (sv.Agreement(id="x", title="X", period=sv.Period(None, sv.when("unknown"))), "period.end"),
        (sv.Actor(id="x", title="X", kind="forum", meets=(sv.when("unknown"),)), "meets"),
        (
            sv.Activity(id="x", title="X", timing=sv.Timing(baselines=(sv.Baseline(label="a", day="2020-03"),))),
            "baselines.day",
        ),
    ],
)
def test_a_nested_value_is_told_with_the_way_to_it(record, field):
    assert [row[1] for row in gaps(record)] == [field]


def test_every_gap_of_a_record_is_told_and_records_come_in_natural_order():
    processes = [sv.Process(id=f"process-{n}", basis=sv.basis(by="unknown", period="assumed")) for n in (10, 2)]
    assert [(record, field) for record, field, *_ in gaps(*processes)] == [
        ("process-2", "by"),
        ("process-2", "period"),
        ("process-10", "by"),
        ("process-10", "period"),
    ]


def test_a_thing_is_told_with_all_inside_it_and_nothing_else():
    plan = sv.Plan(id="plan", title="Plan", basis=sv.basis(owners="unknown"))
    step = sv.Activity(id="steg", title="Steg", plan="plan", timing=sv.Timing(due="unknown"))
    other = sv.Decision(id="annat", body=sv.UNKNOWN)
    assert [row[0] for row in gaps(plan, step, other, thing="plan")] == ["plan", "steg"]
    assert len(gaps(plan, step, other)) == 3


def test_the_rows_of_a_thing_are_among_those_of_everything():
    plan = sv.Plan(id="plan", title="Plan", basis=sv.basis(owners="unknown"))
    assert set(gaps(plan, thing="plan")) <= set(gaps(plan, sv.Decision(id="annat", body=sv.UNKNOWN)))


# ---------------------------------------------------------------- whom to ask


def whom(*records: object, about: str = "plan") -> tuple[str, ...]:
    rows = sv.unknowns(sv.Collaboration([ALE, sv.Actor(id="skr", title="SKR", kind="association"), *records]))
    return rows.where(record=about)[0].ask


SOURCES = (sv.Source(id="med", title="Med utgivare", publisher="skr"), sv.Source(id="utan", title="Utan"))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"source": "med", "owners": "ale"}, ("skr",)),
        ({"source": "utan", "owners": "ale"}, ("ale",)),
        ({"owners": "ale"}, ("ale",)),
        ({"source": "utan"}, ()),
        ({}, ()),
    ],
)
def test_the_publisher_of_the_source_is_asked_else_the_organisation_else_nobody_is_named(said, wanted):
    assert whom(*SOURCES, sv.Plan(id="plan", title="Plan", basis=sv.basis("assumed"), **said)) == wanted


def test_a_source_in_another_document_names_no_publisher():
    plan = sv.Plan(id="plan", title="Plan", source="dold", owners="ale", basis=sv.basis("assumed"))
    assert whom(sv.ExternalRecord(id="dold", kind="Source"), plan) == ("ale",)


def test_a_part_without_an_owner_is_asked_of_the_whole():
    plan = sv.Plan(id="lansplan", title="Plan", owners="ale")
    step = sv.Activity(id="plan", title="Steg", plan="lansplan", timing=sv.Timing(due="unknown"))
    assert whom(plan, step) == ("ale",)


def test_an_id_that_is_not_there_is_told():
    with pytest.raises(sv.errors.NotFoundError, match="mora"):
        gaps(thing="mora")


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (sv.Mandate(id="x", holder="ale", for_="ale", basis=sv.basis(**{"for": "unknown"})), None),
        (sv.Mandate(id="x", holder="ale", basis=sv.basis(**{"for": "unknown"})), "for"),
        (sv.Activity(id="x", title="X", timing=sv.Timing(due="2016"), basis=sv.basis(due="unknown")), "due: 2016"),
        (sv.Activity(id="x", title="X", timing=sv.Timing(due="2016-01-01"), basis=sv.basis(due="unknown")), None),
        (sv.Activity(id="x", title="X", basis=sv.basis(due="unknown")), "due"),
        (sv.Activity(id="x", title="X", timing=sv.Timing(days=0), basis=sv.basis(days="unknown")), None),
        (sv.Grant(id="x", title="X", amount=sv.Money(0), basis=sv.basis(amount="unknown")), None),
        (sv.Grant(id="x", title="X", carry_over=False, basis=sv.basis(carry_over="unknown")), None),
        (sv.Grant(id="x", title="X", amount=sv.UNKNOWN, basis=sv.basis(amount="unknown")), "amount"),
    ],
)
def test_what_is_there_is_no_silence_whatever_its_field_is_called_and_though_it_is_zero(record, field):
    told = [f"{name}: {said}" if said else name for _, name, _, said in gaps(record)]
    assert told == ([field] if field else [])
