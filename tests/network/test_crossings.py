"""What passes from one organisation to another."""

from __future__ import annotations

import pytest
from hypothesis import given

import samverkan as sv
from samverkan.parties.organisation import Organisations
from tests.strategies import collaborations

BODIES = (
    sv.Actor(id="vgr", title="VGR", kind="region"),
    sv.Actor(id="ale", title="Ale", kind="kommun"),
    sv.Actor(id="ale.soc", title="Social", kind="administration", part_of="ale", basis=sv.basis(part_of="assumed")),
    sv.Actor(id="ale.ks", title="Styrelsen", kind="board", part_of="ale"),
    sv.Activity(id="forslag", title="Förslag", by="ale.soc"),
    sv.Activity(id="beslut", title="Beslut", by="ale.ks"),
    sv.Activity(id="utskick", title="Utskick", by="vgr"),
    sv.Activity(id="moln", title="Moln"),
)


def across(*records: object, on: str | None = None) -> sv.Table:
    return sv.graph(sv.Collaboration([*BODIES, *records])).across_organisations(on=on)


def test_a_dependency_between_two_organisations_is_told_and_one_within_is_not():
    within = sv.Dependency(predecessor="forslag", successor="beslut")
    over = sv.Dependency(predecessor="beslut", successor="utskick")
    informs = sv.Dependency(predecessor="utskick", successor="forslag", kind="informs")
    table = across(within, over, informs)
    assert [(r.predecessor, r.successor, r.kind, r.from_organisation, r.to_organisation, r.blocks) for r in table] == [
        ("beslut", "utskick", "finish-start", ("ale",), ("vgr",), sv.Truth.YES),
        ("utskick", "forslag", "informs", ("vgr",), ("ale",), sv.Truth.NO),
    ]
    assert table.because(table[0]) == ("beslut>utskick", "beslut", "ale.ks", "ale", "utskick", "vgr")
    assert table.unknown == ()
    assert table.assumed == ("ale.soc.part_of is assumed",)


def test_an_obligation_passes_from_those_who_owe_to_each_it_is_owed_to():
    due = sv.Obligation(id="plan", title="Plan", by=("ale.ks", "vgr"), to=("vgr", "ale.soc"))
    own = sv.Obligation(id="intern", title="Intern", by="ale.ks", to="ale.soc")
    nobody = sv.Obligation(id="ingen", title="Ingen mottagare", by="ale.ks")
    rows = across(due, own, nobody)
    assert [(r.predecessor, r.successor, r.kind, r.from_organisation, r.to_organisation) for r in rows] == [
        ("plan", "vgr", "owes", ("ale", "vgr"), ("vgr",)),
        ("plan", "ale.soc", "owes", ("ale", "vgr"), ("ale",)),
    ]
    assert {row.blocks for row in rows} == {sv.Truth.NO}


def test_an_end_that_cannot_be_placed_is_unknown_not_a_row():
    table = across(
        sv.Dependency(predecessor="moln", successor="beslut"),
        sv.Obligation(id="plan", title="Plan", to="vgr"),
    )
    assert not table
    assert table.unknown == ("the organisation of moln is not recorded", "the organisation of plan is not recorded")


def test_a_change_of_leader_changes_what_passes_a_border():
    link = sv.Dependency(predecessor="forslag", successor="utskick")
    moved = sv.Participation(who="vgr", thing="forslag", capacity="leads", period="2017/")
    assert len(across(link, moved, on="2016-12-31")) == 1
    assert len(across(link, moved, on="2017-01-01")) == 0
    vague = sv.Participation(who="vgr", thing="forslag", capacity="leads", period="in 2017/")
    assert across(link, vague, on="2017-03-01").unknown == (
        f"whether {vague.id} is in force on 2017-03-01 cannot be determined; it is counted",
    )


@given(collaborations())
def test_every_dependency_is_within_across_or_unknown(collaboration):
    table = sv.graph(collaboration).across_organisations()
    told = {row.because[0] for row in table}
    whose = Organisations(collaboration)
    for link in collaboration[sv.Dependency]:
        ends = whose.of(link.predecessor).ids, whose.of(link.successor).ids
        assert (link.id in told) == (all(ends) and ends[0] != ends[1])
        assert all(ends) or any(
            "recorded" in sentence or "determined" in sentence or "employer" in sentence for sentence in table.unknown
        )


@pytest.mark.parametrize(
    ("first", "second", "on", "wanted"),
    [
        ("2016-10-17", None, None, "no"),
        ("2016-10-17", None, "2016-10-16", "yes"),
        ("2016-10-17", None, "2016-10-17", "no"),
        ("2016-10", None, "2016-10-15", "cannot be told"),
        (None, "2016-09-01", "2016-10-15", "no"),
        (None, "2016-09-01", None, "no"),
        (None, "2016-10", "2016-10-15", "cannot be told"),
        ("2016-10", "unknown", "2016-09-30", "cannot be told"),
        ("2016-10", "2016-09-01", "2016-10-15", "no"),
        (None, None, "2016-10-15", "yes"),
    ],
)
def test_what_waits_still_waits_until_the_one_or_the_other_is_done(first, second, on, wanted):
    over = sv.Dependency(predecessor="beslut", successor="utskick")
    steps = [
        sv.Activity(id="beslut", title="", by="ale.ks", timing=sv.Timing(done=first)),
        sv.Activity(id="utskick", title="", by="vgr", timing=sv.Timing(done=second)),
    ]
    others = [record for record in BODIES if record.id not in ("beslut", "utskick")]
    [row] = sv.graph(sv.Collaboration([*others, *steps, over])).across_organisations(on=on)
    assert row.blocks is sv.Truth(wanted)


def test_who_stands_elsewhere_may_be_a_part_of_the_other_end():
    duty = sv.Obligation(id="plan", title="Plan", by="soc", to="ale.ks")
    table = across(sv.ExternalRecord(id="soc", kind="Actor"), duty)
    assert [(row.from_organisation, row.to_organisation) for row in table] == [(("soc",), ("ale",))]
    assert table.unknown == (
        "what soc is a part of is recorded elsewhere; it is counted as an organisation of its own",
    )


def test_who_takes_a_step_is_not_guessed_from_its_plan_where_the_source_is_silent():
    plan = sv.Plan(id="plan", title="Plan", owners="vgr")
    silent = sv.Activity(id="till-skl", title="", plan="plan", basis=sv.basis(by="unknown"))
    table = across(plan, silent, sv.Dependency(predecessor="beslut", successor="till-skl"))
    assert not table
    assert table.unknown == ("whose till-skl is, is not recorded",)
