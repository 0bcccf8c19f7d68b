"""Where are the gaps between the organisations: what is covered, nobody's, not described, or told by the source."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.model.source import kind_name
from tests.strategies import collaborations, whens

COVERED, NOBODY, SILENT = sv.answers.Cover.COVERED, sv.answers.Cover.NOBODY, sv.answers.Cover.NOT_DESCRIBED
LEVELS = ("national", "county", "subregional", "local", "neighbourhood")

BODIES = (
    sv.Actor(id="staten", title="Staten", kind="staten", level="national"),
    sv.Actor(id="regionen", title="Regionen", kind="region", level="county"),
    sv.Actor(id="forbundet", title="Förbundet", kind="kommunalförbund", level="subregional"),
    sv.Actor(id="ale", title="Ale kommun", kind="kommun", level="local"),
    sv.Actor(id="hjo", title="Hjo kommun", kind="kommun", level="local"),
    sv.Actor(id="natverket", title="Nätverket", kind="forum"),
    sv.Group(id="kommunerna", of=("ale", "hjo"), count=2),
    sv.Group(id="huvudmannen", of=("kommunerna", "regionen"), count=3),
)
AREA = sv.Goal(id="unga", title="Unga", kind="area")


def asked(*records: Any, thing: str = "", on: str | None = None) -> sv.Table[sv.answers.Cell]:
    return sv.gaps(sv.Collaboration([*BODIES, *records]), thing, on=on)


def states(table: sv.Table[sv.answers.Cell], thing: str = "unga") -> dict[str, str]:
    return {" – ".join(cell.levels): str(cell.state) for cell in table if cell.thing == thing}


def cell(table: sv.Table[sv.answers.Cell], level: str, thing: str = "unga") -> sv.answers.Cell:
    (found,) = [one for one in table if one.thing == thing and one.levels == (level,)]
    return found


def part(who: str, thing: str = "unga", capacity: str = "leads", **more: Any) -> sv.Participation:
    return sv.Participation(who=who, thing=thing, capacity=capacity, **more)


# ---------------------------------------------------------------- the kinds of cell


def test_of_an_area_of_which_nothing_is_told_no_level_is_described():
    table = asked(AREA)
    assert states(table) == dict.fromkeys(LEVELS[:4], "not described")
    assert table.unknown == ("who has a part at some level in unga",)


def test_a_level_is_covered_by_whoever_answers_there_and_the_rest_is_not_thereby_nobodys():
    table = asked(AREA, part("regionen"))
    assert states(table) == dict.fromkeys(LEVELS[:4], "not described") | {"county": "covered"}
    assert cell(table, "county").who == ("regionen",)


def test_only_where_the_list_is_claimed_to_be_complete_is_there_nobody():
    complete = evolve(AREA, basis=sv.basis(participation="complete"))
    table = asked(complete, part("regionen"))
    assert states(table) == dict.fromkeys(LEVELS[:4], "nobody") | {"county": "covered"}
    assert table.unknown == ()


@pytest.mark.parametrize("mark", ["partial", "unknown"])
def test_a_list_that_its_source_calls_open_leaves_no_level_to_nobody(mark):
    table = asked(evolve(AREA, basis=sv.basis(participation=mark)), part("regionen"))
    assert {str(one.state) for one in table} == {"covered", "unknown" if mark == "unknown" else "not described"}


def test_who_supports_it_covers_nothing():
    assert cell(asked(AREA, part("ale", capacity="supports")), "local").state is SILENT


def test_a_gap_that_the_source_tells_of_is_kept_apart_and_told_whoever_is_there():
    said = sv.Observation(of="unga", gap="lokal", result="vi behöver visa det som sker lokalt", by="regionen")
    for others in ((), (part("ale"),), (part("each kommunerna"),)):
        found = cell(asked(AREA, said, *others), "local")
        assert (str(found.state), found.as_written) == ("gap told by the source", "vi behöver visa det som sker lokalt")
        assert found.who == tuple(one.who.id for one in others)
        assert said.id in found.because
    claimed = evolve(AREA, basis=sv.basis(participation="complete"))
    assert cell(asked(claimed, said), "local").state is sv.answers.Cover.REPORTED
    assert cell(asked(claimed, said), "county").state is NOBODY


def test_a_gap_between_two_levels_is_at_neither():
    said = sv.Observation(of="unga", gap=("county", "national"), result="mellanrummen")
    table = asked(AREA, part("regionen"), said)
    assert states(table) == dict.fromkeys(LEVELS[:4], "not described") | {
        "county": "covered",
        "national – county": "gap told by the source",
    }
    (row,) = sv.chains(sv.Collaboration([*BODIES, AREA, part("regionen"), said]))
    assert (row.national, row.county, row.between) == ("not described", "covered", "national – county")


def test_a_gap_in_one_thing_is_not_told_of_what_it_holds():
    said = sv.Observation(of="plan", gap="local", result="mellanrum")
    table = asked(sv.Plan(id="plan", title="Plan"), evolve(AREA, plans=("plan",)), said)
    assert cell(table, "local").state is SILENT
    assert cell(table, "local", "plan").state is sv.answers.Cover.REPORTED


def test_a_gap_that_is_told_of_says_nothing_of_how_far_it_has_come_or_what_it_gave():
    plan, step = sv.Plan(id="plan", title="Plan"), sv.Activity(id="steg", title="Steg", plan="plan")
    said = sv.Observation(of=("plan", "steg"), gap="local", result="mellanrum")
    without, with_it = (sv.Collaboration([plan, step, *more]) for more in ((), (said,)))
    assert [row.status for row in sv.progress(with_it, "plan")] == ["not reported"]
    assert sv.progress(with_it, "plan") == sv.progress(without, "plan")
    assert sv.results(with_it, "plan") == sv.results(without, "plan")


def test_a_gap_has_an_id_of_what_it_is_of_and_where():
    assert sv.Observation(of="plan", gap=("national", "county")).id == "plan:gap-national-county"
    with pytest.raises(sv.InvalidValueError, match="both a value and a reason"):
        sv.Observation(of="plan", gap="local", missing="not reported")
    with pytest.raises(sv.InvalidValueError, match="known as level"):
        sv.Observation(of="plan", gap="mellan")


def test_somebody_whose_level_is_not_told_may_be_anywhere():
    complete = evolve(AREA, basis=sv.basis(participation="complete"))
    assert {str(one.state) for one in asked(complete, part("natverket"))} == {"cannot be told"}
    table = asked(AREA, part("natverket"))
    assert {one.state for one in table} == {SILENT}
    assert "at which level all of these act: natverket" in table.unknown


def test_a_group_whose_members_are_not_all_told_may_hold_somebody_at_any_level():
    complete = evolve(AREA, basis=sv.basis(participation="complete"))
    group = sv.Group(id="parter", of=("ale",), basis=sv.basis(of="partial"))
    assert states(asked(complete, group, part("jointly parter"))) == dict.fromkeys(LEVELS[:4], "cannot be told") | {
        "local": "covered"
    }


@pytest.mark.parametrize(
    ("amount", "state"), [("5 kr", "covered"), (None, "covered"), (sv.UNKNOWN, "covered"), (sv.NONE, SILENT), ("0 kr", SILENT)]
)  # fmt: skip
def test_who_was_allotted_nothing_covers_no_level(amount, state):
    money = sv.Grant(id="medel", title="Medel", payer="staten")
    share = sv.Allocation(grant="medel", recipient="ale", amount=amount)
    assert states(asked(money, share, thing="medel"), "medel")["local"] == str(state)


@pytest.mark.parametrize(
    ("as_of", "state"), [("2023-03", "gap told by the source"), ("2023-06", "gap told by the source"), ("2023-07", SILENT)]
)  # fmt: skip
def test_a_gap_that_the_source_may_have_told_of_by_the_day_is_told(as_of, state):
    told = sv.Observation(of="unga", gap="local", result="vi behöver visa det", as_of=as_of)
    assert states(asked(AREA, told, on="2023-06-15"))["local"] == str(state)


def test_who_is_gone_leaves_no_doubt_at_a_level_that_a_complete_list_has_nobody_at():
    closed = evolve(AREA, basis=sv.basis(participation="complete"))
    for period, state in (("2020/2025", sv.answers.Cover.UNDECIDED), ("2020/2022", NOBODY)):
        table = asked(closed, part("natverket", period=period), thing="unga", on="2023-06-15")
        assert states(table)["local"] == str(state)


# ---------------------------------------------------------------- which levels, and by way of what


def test_a_plan_that_says_which_levels_must_answer_is_asked_about_those_and_what_else_is_told():
    plan = sv.Plan(id="plan", title="Plan", owners="regionen", levels=("county", "neighbourhood"))
    area = evolve(AREA, plans=("plan",))
    table = asked(plan, area, part("ale"))
    assert list(states(table, "plan")) == ["county", "neighbourhood"]
    assert states(table) == {"county": "covered", "local": "covered", "neighbourhood": "not described"}


def test_the_neighbourhood_is_asked_about_where_something_is_told_of_it():
    district = sv.Actor(id="hisingen", title="Hisingen", kind="district", level="neighbourhood")
    assert list(states(asked(AREA, district, part("hisingen")))) == [*LEVELS]


def test_an_area_is_covered_through_the_plan_and_the_agreement_that_have_it_its_steps_and_the_same_aim_elsewhere():
    records = (
        sv.Agreement(id="op", title="Överenskommelse", parties=("staten",)),
        sv.Plan(id="plan", title="Plan", owners="regionen"),
        evolve(AREA, plans=("op", "plan")),
        sv.Goal(id="unga-lokalt", title="Unga", level="local", corresponds_to=("unga",)),
        part("ale", "unga-lokalt"),
        sv.Activity(id="steg", title="Steg", towards="unga", by="forbundet"),
    )
    table = asked(*records)
    assert [(str(*one.levels), one.who, one.through) for one in table if one.thing == "unga"] == [
        ("national", ("staten",), ("op",)),
        ("county", ("regionen",), ("plan",)),
        ("subregional", ("forbundet",), ("steg",)),
        ("local", ("ale",), ("unga-lokalt",)),
    ]


def test_by_way_of_what_is_told_only_of_those_who_have_no_part_in_the_thing_itself():
    plan = sv.Plan(id="plan", title="Plan", owners=("regionen",))
    steps = (sv.Activity(id="steg", title="Steg", plan="plan", by=("regionen", "ale")),)
    table = asked(plan, *steps)
    assert (cell(table, "county", "plan").through, cell(table, "local", "plan").through) == ((), ("steg",))


def test_what_happens_outside_covers_nothing():
    event = sv.Activity(id="utredning", title="Utredning", kind="outside", towards="unga", by="staten")
    assert cell(asked(AREA, event), "national").state is SILENT


def test_an_obligation_is_covered_by_those_who_owe_it_and_those_it_is_owed_to():
    duty = sv.Obligation(id="plikt", title="Plan", by="jointly huvudmannen", to="staten", basis=sv.basis("complete"))
    assert states(asked(duty), "plikt") == {
        "national": "covered",
        "county": "covered",
        "subregional": "nobody",
        "local": "covered",
    }


def test_that_those_who_owe_are_told_in_full_says_nothing_of_whom_it_is_owed_to():
    duty = sv.Obligation(id="plikt", title="Plan", by="regionen", basis=sv.basis(by="complete"))
    assert cell(asked(duty), "local", "plikt").state is SILENT


def test_a_grant_is_covered_by_who_pays_it_and_those_who_get_or_may_get_it_and_tells_its_amount():
    grant = sv.Grant(id="medel", title="Medel", amount="9 mnkr", payer="staten", period="2016")
    line = sv.Grant(id="medel.rad", title="Rad", part_of="medel", receivers="regionen", period="2016")
    share = sv.Allocation(grant="medel.rad", recipient="ale", amount=None)
    table = asked(grant, line, share)
    assert states(table, "medel") == {
        "national": "covered",
        "county": "covered",
        "subregional": "not described",
        "local": "covered",
    }
    assert {one.amount for one in table if one.thing == "medel"} == {sv.money("9 mnkr")}
    assert {one.amount for one in table if one.thing == "medel.rad"} == {None}
    assert cell(table, "national", "medel.rad").through == ("medel",)
    assert cell(asked(grant, line, share, on="2017-01-01"), "county", "medel.rad").state is sv.answers.Cover.ENDED


def test_a_line_lends_its_payer_to_what_is_in_it_and_its_receivers_to_what_it_is_in():
    grant = sv.Grant(id="medel", title="Medel")
    line = sv.Grant(id="medel.rad", title="Rad", part_of="medel", payer="staten", receivers="regionen")
    inner = sv.Grant(id="medel.rad.del", title="Del", part_of="medel.rad", receivers="ale")
    for records in ((grant, line, inner), (inner, line, grant)):
        rows = sv.chains(sv.Collaboration([*BODIES, *records]))
        assert {row.thing: (row.national, row.county, row.local) for row in rows} == {
            "medel": ("not described", "covered", "covered"),
            "medel.rad": ("covered", "covered", "covered"),
            "medel.rad.del": ("covered", "not described", "covered"),
        }


def test_nobody_gets_a_grant_at_a_level_only_where_the_receivers_are_told_in_full_and_the_payer_is_told():
    grant = sv.Grant(id="medel", title="Medel", receivers="regionen", basis=sv.basis(receivers="complete"))
    assert cell(asked(grant), "local", "medel").state is SILENT
    assert cell(asked(evolve(grant, payer="staten")), "local", "medel").state is NOBODY
    assert cell(asked(evolve(grant, payer=sv.UNKNOWN)), "local", "medel").state is sv.answers.Cover.UNKNOWN


def test_of_a_plan_are_told_its_aims_the_obligation_to_hand_it_in_and_the_money_that_hangs_on_it():
    records = (
        sv.Plan(id="plan", title="Plan"),
        sv.Plan(id="annan", title="Annan"),
        evolve(AREA, plans=("plan",)),
        sv.Grant(id="medel", title="Medel"),
        sv.Grant(id="andra", title="Andra"),
        sv.Obligation(id="plikt", title="Plan", delivers="plan", secures="medel"),
    )
    assert {one.thing for one in asked(*records, thing="plan")} == {"plan", "unga", "plikt", "medel"}
    assert {one.thing for one in asked(*records)} == {"plan", "annan", "unga", "plikt", "medel", "andra"}


# ---------------------------------------------------------------- as of a day


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2020-12-31", "not yet begun"),
        ("2022-06-01", "covered"),
        ("2023-10-15", "cannot be told"),
        ("2024-06-01", "ended"),
        (None, "covered"),
    ],
)
def test_cover_is_dated_and_once_it_has_ended_a_complete_list_leaves_nobody(on, state):
    dated = part("regionen", period="2021-01-01/in 2023-Q4")
    assert str(cell(asked(AREA, dated, on=on), "county").state) == state
    complete = evolve(AREA, basis=sv.basis(participation="complete"))
    claimed = "nobody" if state in ("ended", "not yet begun") else state
    assert str(cell(asked(complete, dated, on=on), "county").state) == claimed


def test_a_step_that_has_been_done_is_done_no_more():
    step = sv.Activity(id="steg", title="Steg", towards="unga", by="ale", timing=sv.Timing(done="2016-10-mid"))
    for on, state in (("2016-10-01", "covered"), ("2016-10-15", "cannot be told"), ("2016-11-01", "ended")):
        assert str(cell(asked(AREA, step, on=on), "local").state) == state


def test_a_gap_told_of_later_is_not_told_yet():
    said = sv.Observation(of="unga", gap="local", as_of="2023-05-12", result="mellanrum")
    for on, state in (
        ("2023-05-11", SILENT),
        ("2023-05-12", sv.answers.Cover.REPORTED),
        (None, sv.answers.Cover.REPORTED),
    ):
        assert cell(asked(AREA, said, on=on), "local").state is state


# ---------------------------------------------------------------- laws

_THINGS = (sv.Plan, sv.Goal, sv.Obligation, sv.Grant)
_moments = st.none() | whens()


def by_cell(c: sv.Collaboration, on: Any) -> dict[tuple[str, tuple[str, ...]], sv.answers.Cell]:
    return {(one.thing, one.levels): one for one in sv.gaps(c, on=on)}


def claiming(record: Any) -> Any:
    """The same record, claiming that whatever it lists is complete."""
    kept = tuple(ground for ground in record.basis if ground.mark is not sv.vocabulary.Mark.COMPLETE or ground.field)
    return evolve(record, basis=(*kept, sv.fields.Basis("", mark="complete")))


@given(c=collaborations(every_kind=True), on=_moments)
@settings(max_examples=40)
def test_claiming_completeness_never_turns_what_is_covered_into_something_else(c, on):
    claimed = c.replacing(*(claiming(record) for kind in _THINGS for record in c[kind]))
    after = by_cell(claimed, on)
    for key, before in by_cell(c, on).items():
        if before.state in (COVERED, sv.answers.Cover.UNDECIDED, sv.answers.Cover.REPORTED, NOBODY):
            assert after[key].state is before.state


@given(c=collaborations(every_kind=True), on=_moments, choice=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_another_who_takes_part_never_makes_it_nobodys_and_only_ever_adds(c, on, choice):
    bodies = [one.id for one in c[sv.Actor]]
    things = [one.id for kind in _THINGS for one in c[kind]]
    new = sv.Participation(id="ny-medverkan", who=choice.choice(bodies), thing=choice.choice(things), capacity="leads")
    after = by_cell(c.adding(new), on)
    for key, before in by_cell(c, on).items():
        assert set(before.who) <= set(after[key].who) or before.state is not COVERED
        if before.state is COVERED:
            assert after[key].state is COVERED
        if after[key].state is NOBODY:
            assert before.state is NOBODY


@given(c=collaborations(every_kind=True), on=_moments)
@settings(max_examples=40)
def test_nobody_is_said_only_of_what_claims_to_be_complete_and_a_gap_only_of_what_its_source_tells(c, on):
    for one in sv.gaps(c, on=on):
        if one.state is NOBODY:
            record = c[one.thing]
            claims = [ground for ground in record.basis if ground.mark is sv.vocabulary.Mark.COMPLETE]
            none = [name for name in ("payer",) if getattr(record, name, None) is sv.NONE]
            assert claims or none
        told = [seen for seen in c[sv.Observation] if one.thing in seen.of and set(seen.gap) == set(one.levels)]
        if one.state is sv.answers.Cover.REPORTED:
            assert told
        elif on is None:
            assert not told


@given(c=collaborations(every_kind=True), on=_moments)
@settings(max_examples=30)
def test_the_chain_tells_what_the_cells_tell(c, on):
    cells, rows = sv.gaps(c, on=on), sv.chains(c, on=on)
    assert rows.unknown == cells.unknown
    told = {(row.thing, level): getattr(row, level) for row in rows for level in LEVELS if getattr(row, level)}
    assert told == {(one.thing, one.levels[0]): str(one.state) for one in cells if len(one.levels) == 1}
    assert {row.thing for row in rows if row.between} == {one.thing for one in cells if len(one.levels) > 1}


@given(c=collaborations(kinds=(sv.Plan, sv.Actor, sv.Group, sv.Participation), every_kind=True), on=_moments)
@settings(max_examples=40)
def test_a_level_that_somebody_is_responsible_at_is_covered(c, on):
    after = by_cell(c, on)
    for row in sv.responsible(c, on=on):
        answers = row.state is sv.answers.ResponsibilityState.ASSIGNED and row.capacity != "supports"
        if answers and row.level and isinstance(c[row.thing], sv.Plan):
            found = after[row.thing, (row.level,)]
            assert found.state is COVERED
            assert row.who in found.who


# ---------------------------------------------------------------- principals of whom nothing is recorded


def silent(*records: Any, thing: str = "") -> list[tuple[str, str, str]]:
    table = sv.unrecorded(sv.Collaboration([*BODIES, *records]), thing)
    return [(row.thing, str(row.party), row.who) for row in table]


PLAN = sv.Plan(id="plan", title="Plan", owners="jointly huvudmannen")


def test_members_of_the_group_that_owns_a_plan_are_told_where_nothing_else_is_recorded_of_them():
    assert silent(PLAN) == [("plan", "jointly huvudmannen", id) for id in ("ale", "hjo", "regionen")]


@pytest.mark.parametrize(
    "record",
    [
        sv.Activity(id="plan.steg", title="Steg", plan="plan", by="ale"),
        sv.Activity(id="plan.steg", title="Steg", plan="plan", by="ale.soc"),
        sv.Activity(id="plan.steg", title="Steg", plan="plan", by="samordnare"),
        sv.Participation(who="ale", thing="plan", capacity="supports"),
        sv.Stance(actor="ale", towards="plan", attitude="declines"),
    ],
    ids=["itself", "a part of it", "a role it employs", "participation", "stance"],
)
def test_what_is_theirs_or_that_of_a_part_of_them_is_recorded_of_them(record):
    social = sv.Actor(id="ale.soc", title="Socialförvaltningen", kind="administration", part_of="ale")
    role = sv.Role(id="samordnare", title="Samordnare", employed_by="ale")
    assert [who for _, _, who in silent(PLAN, social, role, record)] == ["hjo", "regionen"]


def test_what_the_whole_group_does_jointly_tells_of_no_single_one_but_each_does_of_all():
    steps = [
        sv.Activity(id="plan.steg", title="Steg", plan="plan", by=f"{how} huvudmannen") for how in sv.vocabulary.Manner
    ]
    assert len(silent(PLAN, steps[1])) == 3
    assert silent(PLAN, steps[0]) == []
    assert [who for _, _, who in silent(PLAN, evolve(steps[1], by="jointly kommunerna"))] == ["regionen"]


def test_of_an_obligation_those_are_told_who_have_not_handed_anything_in():
    duty = sv.Obligation(id="plikt", title="Redovisning", by="each kommunerna")
    answer = sv.Submission(obligation="plikt", by="hjo", sent="2016-10-01")
    assert silent(duty, answer) == [("plikt", "each kommunerna", "ale")]
    assert silent(duty, answer, PLAN, thing="plikt") == [("plikt", "each kommunerna", "ale")]


def test_a_group_that_may_hold_others_says_so():
    group = sv.Group(id="parter", of=("ale",), count=5, basis=sv.basis(of="partial"))
    table = sv.unrecorded(sv.Collaboration([*BODIES, group, sv.Plan(id="plan", title="Plan", owners="each parter")]))
    assert table.unknown == ("who else is in parter",)


@given(c=collaborations(every_kind=True))
@settings(max_examples=30)
def test_whoever_is_told_as_unrecorded_takes_no_part_by_name(c):
    for row in sv.unrecorded(c):
        assert row.who in c.members(row.party.id)
        assert not [p for p in c[sv.Participation] if p.thing == row.thing and p.who.id == row.who]


def test_of_a_group_of_one_what_that_one_does_is_recorded_of_them():
    ale = sv.Actor(id="ale", title="Ale", kind="kommun")
    plan = sv.Plan(id="p", title="P", owners=sv.each("g"))
    part = sv.Participation(who="ale", thing="p", capacity="owns")
    c = sv.Collaboration([ale, sv.Group(id="g", of=("ale",)), plan])
    assert [row.who for row in sv.unrecorded(c)] == ["ale"]
    assert list(sv.unrecorded(c.adding(part))) == []


# ---------------------------------------------------------------- shared areas


def test_an_area_is_shared_by_the_plans_that_have_it_and_told_beside_those_it_corresponds_to():
    plans = [sv.Plan(id=id, title=id) for id in ("a", "b", "c")]
    goals = [
        sv.Goal(id="delat", title="Delat", kind="area", plans=("b", "a")),
        sv.Goal(id="eget", title="Eget", plans=("a",)),
        sv.Goal(id="hos-c", title="Delat", plans=("c",), corresponds_to=("delat",)),
        sv.Goal(id="ingens", title="Ingens"),
    ]
    rows = sv.shared_areas(sv.Collaboration([*plans, *goals]))
    assert [(row.area, row.plans, row.matching) for row in rows] == [
        ("delat", ("a", "b"), ("c",)),
        ("hos-c", ("c",), ("a", "b")),
    ]


def test_the_same_title_makes_no_shared_area():
    plans = [sv.Plan(id=id, title=id) for id in ("a", "b")]
    goals = [sv.Goal(id=f"{plan.id}.unga", title="Unga", kind="area", plans=plan.id) for plan in plans]
    assert len(sv.shared_areas(sv.Collaboration([*plans, *goals]))) == 0


@given(c=collaborations(every_kind=True))
@settings(max_examples=30)
def test_the_shared_areas_are_those_with_two_plans_or_more(c):
    assert {row.area for row in sv.shared_areas(c) if len(row.plans) > 1} == {
        goal.id for goal in c[sv.Goal] if len({*goal.plans}) > 1
    }
    assert all(kind_name(c[id]) in ("Plan", "Agreement") for row in sv.shared_areas(c) for id in row.plans)
