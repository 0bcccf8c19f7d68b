"""Who answers for what, and where is nobody."""

from typing import Annotated

import pytest
from attrs import frozen
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan.questions.authority.responsible import ResponsibilityState
from tests.strategies import days, periods

HELD, UNDECIDED, ENDED, COMING, NOBODY, UNKNOWN, NOT_DESCRIBED = (
    ResponsibilityState.ASSIGNED,
    ResponsibilityState.UNDECIDED,
    ResponsibilityState.ENDED,
    ResponsibilityState.COMING,
    ResponsibilityState.NOBODY,
    ResponsibilityState.UNKNOWN,
    ResponsibilityState.NOT_DESCRIBED,
)

WHO = (
    sv.Actor(id="kommunen", title="Kommunen", kind="kommun", level="local"),
    sv.Actor(id="kommunen.soc", title="Socialförvaltningen", kind="administration", level="local", part_of="kommunen"),
    sv.Actor(id="regionen", title="Regionen", kind="region", level="county"),
    sv.Actor(id="styrgruppen", title="Styrgruppen", kind="forum"),
    sv.Group(id="kommunerna", of=("kommunen", "kommunen.soc")),
    sv.Group(id="alla", of=("kommunerna", "regionen")),
    sv.Role(id="ledare", title="Processledare", employed_by="kommunen"),
)
"""The local level, the county's, and a forum whose level is not told."""


def asked(*records: object, thing: str = "plan", **question: object) -> sv.Table:
    return sv.responsible(sv.Collaboration([*WHO, *records]), thing, **question)


def said(table: sv.Table) -> list[tuple[str, str, ResponsibilityState]]:
    return [(row.who, row.capacity, row.state) for row in table]


def plan(**more: object) -> sv.Plan:
    return sv.Plan(id="plan", title="Plan", **more)


def leads(who: str = "styrgruppen", capacity: str = "leads", **more: object) -> sv.Participation:
    return sv.Participation(who=who, thing="plan", capacity=capacity, **more)


# ---------------------------------------------------------------- held


def test_owners_and_those_who_take_part_answer_each_in_its_capacity():
    table = asked(plan(owners="each kommunerna"), leads(), leads("ledare", "coordinates"))
    assert said(table) == [
        ("kommunerna", "owns", HELD),
        ("styrgruppen", "leads", HELD),
        ("ledare", "coordinates", HELD),
    ]
    assert table.unknown == ()


@pytest.mark.parametrize(
    ("record", "capacity"),
    [
        (sv.Process(id="plan", by="regionen"), "carries out"),
        (sv.Activity(id="plan", title="Steg", by="regionen"), "carries out"),
        (sv.Obligation(id="plan", title="Villkor", by="regionen"), "carries out"),
        (sv.Decision(id="plan", title="Beslut", body="regionen"), "carries out"),
        (plan(owners="regionen"), "owns"),
    ],
)
def test_the_field_that_says_whose_a_thing_is_says_who_answers_for_it(record, capacity):
    (row,) = asked(record)
    assert (row.who, row.capacity, row.state, row.level) == ("regionen", capacity, HELD, sv.vocabulary.Level.COUNTY)
    assert (row.organisations, row.because) == (("regionen",), ("plan", "regionen"))


def test_the_organisation_is_told_beside_the_body_that_answers():
    row = asked(plan(owners="kommunen.soc"))[0]
    assert (row.who, row.organisations) == ("kommunen.soc", ("kommunen",))
    assert asked(plan(), leads("ledare"))[0].organisations == ("kommunen",)


def test_everything_inside_is_told_and_without_a_thing_everything_there_is():
    parts = (
        plan(owners="regionen"),
        sv.Activity(id="plan.steg", title="Steg", plan="plan"),
        sv.Goal(id="mal", title="Mål", plans="plan"),
        sv.Plan(id="annan", title="Annan"),
    )
    assert [row.thing for row in asked(*parts)] == ["plan", "mal", "plan.steg"]
    assert sorted(row.thing for row in asked(*parts, thing="")) == ["annan", "mal", "plan", "plan.steg"]


def test_a_capacity_asks_for_one_way_of_answering_only():
    records = (plan(owners="regionen"), leads())
    assert said(asked(*records, capacity="leads")) == [("styrgruppen", "leads", HELD)]
    assert said(asked(*records, capacity="äger")) == [("regionen", "owns", HELD)]
    assert said(asked(*records, capacity="supports")) == [("", "supports", NOT_DESCRIBED)]
    with pytest.raises(sv.InvalidValueError, match="owns .äger., leads"):
        asked(*records, capacity="rules")


# ---------------------------------------------------------------- as of a day


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2020-12-31", COMING),
        ("2021-01-01", HELD),
        ("2023-06-30", HELD),
        ("2023-10-15", UNDECIDED),
        ("2024-01-01", ENDED),
        ("2023", UNDECIDED),
        (None, HELD),
    ],
)
def test_responsibility_is_dated(on, state):
    assert said(asked(plan(), leads(period="2021-01-01/in 2023-Q4"), on=on)) == [("styrgruppen", "leads", state)]


@pytest.mark.parametrize(("on", "state"), [("2022-06-01", HELD), ("2024-06-01", ENDED), ("2020-06-01", COMING)])
def test_owners_own_a_plan_as_long_as_it_lasts(on, state):
    assert said(asked(plan(owners="regionen", period="2021/2023"), on=on)) == [("regionen", "owns", state)]


def test_who_no_longer_answers_is_told_only_where_nobody_carries_on():
    ended, holds = leads(period="2021/2023"), leads("regionen", period="2024-01-01/")
    assert said(asked(plan(), ended, holds, on="2024-06-01")) == [("regionen", "leads", HELD)]
    assert said(asked(plan(), ended, on="2024-06-01")) == [("styrgruppen", "leads", ENDED)]
    assert said(asked(plan(), ended, holds, on="2020-06-01")) == [
        ("regionen", "leads", COMING),
        ("styrgruppen", "leads", COMING),
    ]


@given(periods(), days())
def test_a_period_is_read_as_it_stands(period, on):
    wanted = {sv.Truth.YES: {HELD}, sv.Truth.CANNOT_TELL: {UNDECIDED}, sv.Truth.NO: {ENDED, COMING}}
    (row,) = asked(plan(), leads(period=period), on=on)
    assert row.state in wanted[period.contains(on)]
    if row.state in (ENDED, COMING):
        begun = period.start is None or period.start.by(on) is sv.Truth.YES
        assert (row.state is ENDED) is (begun or period.start.by(on) is sv.Truth.CANNOT_TELL)


# ---------------------------------------------------------------- nobody, unknown, not described


def test_where_nothing_is_recorded_nothing_is_claimed():
    table = asked(plan())
    assert said(table) == [("", "", NOT_DESCRIBED)]
    assert table.unknown == ("who answers for plan",)


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (sv.Decision(id="plan", title="Beslut", body=sv.UNKNOWN), UNKNOWN),
        (sv.Decision(id="plan", title="Beslut", body=sv.NONE), NOBODY),
        (sv.Decision(id="plan", title="Beslut"), NOT_DESCRIBED),
        (plan(basis=sv.basis(owners="unknown")), UNKNOWN),
        (plan(basis=sv.basis(owners="complete")), NOBODY),
        (plan(basis=sv.basis(participation="complete")), NOBODY),
        (plan(basis=sv.basis(owners="partial")), NOT_DESCRIBED),
        (plan(basis=sv.basis(owners="assumed", period="complete")), NOT_DESCRIBED),
        (sv.Process(id="plan", basis=sv.basis(by="complete")), NOBODY),
        (sv.Goal(id="plan", title="Mål", basis=sv.basis(participation="unknown")), UNKNOWN),
    ],
)
def test_nobody_is_said_only_where_the_documents_say_so_or_claim_to_be_complete(record, state):
    (row,) = asked(record)
    assert (row.who, row.organisations, row.state) == ("", (), state)


@pytest.mark.parametrize(
    ("claim", "capacity", "state"),
    [
        ("owners", "leads", NOT_DESCRIBED),
        ("owners", "owns", NOBODY),
        ("participation", "leads", NOBODY),
        ("participation", "supports", NOBODY),
    ],
)
def test_that_the_owners_are_all_told_says_nothing_of_who_leads(claim, capacity, state):
    assert said(asked(plan(basis=sv.basis(**{claim: "complete"})), capacity=capacity)) == [("", capacity, state)]


def test_that_a_decisions_body_is_unknown_says_nothing_of_who_leads():
    decision = sv.Decision(id="plan", title="Beslut", body=sv.UNKNOWN)
    assert said(asked(decision, capacity="leads")) == [("", "leads", NOT_DESCRIBED)]
    assert said(asked(decision, capacity="carries out")) == [("", "carries out", UNKNOWN)]


def test_numbered_things_that_nobody_describes_are_told_as_a_range():
    steps = [sv.Process(id=f"plan.process-{n}", plan="plan") for n in range(1, 26)]
    table = asked(plan(owners="regionen"), *steps)
    assert table.unknown == ("who answers for plan.process-1..25",)


# ---------------------------------------------------------------- levels

LEVELS = (sv.vocabulary.Level.COUNTY, sv.vocabulary.Level.LOCAL)


def open_levels(*records: object, **question: object) -> dict[str, ResponsibilityState]:
    return {row.capacity: row.state for row in asked(*records, **question) if row.capacity.startswith("at level")}


@pytest.mark.parametrize(
    ("owners", "wanted"),
    [
        ((), {"at level county", "at level local"}),
        ("kommunen", {"at level county"}),
        (("kommunen", "regionen"), set()),
        ("each kommunerna", {"at level county"}),
        ("jointly alla", set()),
        ("styrgruppen", {"at level county", "at level local"}),
    ],
)
def test_a_level_at_which_nobody_answers_is_told(owners, wanted):
    assert open_levels(plan(levels=LEVELS, owners=owners)) == dict.fromkeys(wanted, NOT_DESCRIBED)


def test_a_level_is_nobodys_only_where_a_complete_list_has_nobody_there():
    claimed = {"levels": LEVELS, "basis": sv.basis(owners="complete")}
    assert open_levels(plan(owners="kommunen", **claimed)) == {"at level county": NOBODY}
    assert open_levels(plan(owners=("kommunen", "styrgruppen"), **claimed)) == {"at level county": NOT_DESCRIBED}
    assert open_levels(plan(owners="kommunen", **claimed), leads("ledare")) == {"at level county": NOT_DESCRIBED}


def test_of_a_group_that_is_not_told_nobody_knows_the_level():
    group = sv.Group(id="okanda", basis=sv.basis(of="unknown"))
    claimed = plan(levels=LEVELS[1:], owners="each okanda", basis=sv.basis(owners="complete"))
    assert open_levels(claimed, group) == {"at level local": NOT_DESCRIBED}


def test_a_group_of_which_not_all_are_told_may_have_somebody_at_any_level():
    claimed = plan(levels=LEVELS, owners="each flera", basis=sv.basis(owners="complete"))
    for told, state in (({}, NOBODY), ({"basis": sv.basis(of="partial")}, NOT_DESCRIBED)):
        group = sv.Group(id="flera", of="kommunen", **told)
        assert open_levels(claimed, group) == {"at level county": state}
    picked = sv.Group(id="flera", every=sv.fields.selection("kommuner"))
    assert open_levels(claimed, picked) == {"at level county": NOBODY}


def test_a_level_is_open_when_the_one_who_answered_there_no_longer_does():
    both = (plan(levels=LEVELS, owners="kommunen"), leads("regionen", period="2021/2023"))
    assert open_levels(*both, on="2022-01-01") == {}
    assert open_levels(*both, on="2024-01-01") == {"at level county": NOT_DESCRIBED}


def test_who_only_leads_at_some_level_is_no_question_of_levels():
    assert open_levels(plan(levels=LEVELS), capacity="leads") == {}


@pytest.mark.parametrize(
    ("party", "level"), [("each kommunerna", sv.vocabulary.Level.LOCAL), ("each alla", None), ("styrgruppen", None)]
)
def test_a_group_acts_at_the_level_of_its_members_where_they_share_one(party, level):
    assert asked(plan(owners=party))[0].level is level


# ---------------------------------------------------------------- what cannot be asked


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ({}, "Who answers for plan"),
        ({"capacity": "leads"}, "Who leads plan"),
        ({"thing": "", "on": "2024-06"}, "Who answers for what on 2024-06"),
    ],
)
def test_the_title_says_who_for_what_and_when(question, title):
    assert asked(plan(), **question).title == title


def test_an_id_that_is_not_there_is_told():
    with pytest.raises(sv.errors.NotFoundError, match="mora"):
        asked(thing="mora")


@given(st.sampled_from(("", "plan")), st.none() | days())
def test_what_is_no_plan_goal_step_duty_or_decision_is_nobodys_question(thing, on):
    records = (plan(), leads(), sv.Stance(actor="regionen", towards="plan", attitude="supports"))
    assert {row.thing for row in asked(*records, thing=thing, on=on)} == {"plan"}
    (row,) = asked(*records, thing="regionen", on=on)
    assert (row.who, str(row.state)) == ("", "not described")


# ---------------------------------------------------------------- who supports, and who is no longer there


def test_who_only_supports_a_thing_is_told_and_does_not_answer_for_it():
    table = asked(plan(), leads(capacity="supports"))
    assert said(table) == [("styrgruppen", "supports", HELD), ("", "", NOT_DESCRIBED)]
    assert table.unknown == ("who answers for plan",)
    assert said(asked(plan(), leads(capacity="supports"), leads())) == [
        ("styrgruppen", "leads", HELD),
        ("styrgruppen", "supports", HELD),
    ]
    assert said(asked(plan(), leads(capacity="supports"), capacity="supports")) == [("styrgruppen", "supports", HELD)]


@pytest.mark.parametrize(("on", "wanted"), [("2010", COMING), ("2016", HELD), ("2020-06", UNDECIDED), ("2022", ENDED)])
def test_a_body_or_a_post_that_is_not_there_holds_nothing(on, wanted):
    gone = sv.Actor(id="sdn", title="Stadsdelsnämnden", kind="district", exists="2011/in 2020")
    post = sv.Role(id="post", title="Samordnare", period="2011/in 2020")
    for who in ("sdn", "post"):
        assert said(asked(plan(), gone, post, leads(who), on=on))[0] == (who, "leads", wanted)
        assert said(asked(plan(owners=who), gone, post, on=on))[0] == (who, "owns", wanted)


def test_of_two_reasons_the_one_farther_from_being_held_counts():
    gone = sv.Actor(id="sdn", title="Stadsdelsnämnden", kind="district", exists="2011/2020")
    assert said(asked(plan(), gone, leads("sdn", period="2015/2018"), on="2022"))[0][2] is ENDED
    assert said(asked(plan(), gone, leads("sdn", period="2015/in 2022"), on="2022-06"))[0][2] is ENDED


@pytest.mark.parametrize(
    ("basis", "wanted"),
    [
        (sv.basis("complete"), NOBODY),
        (sv.basis("partial"), NOT_DESCRIBED),
        (sv.basis("unknown"), UNKNOWN),
        ((*sv.basis("partial"), *sv.basis(owners="complete")), NOT_DESCRIBED),
    ],
)
def test_what_is_said_of_a_whole_record_is_said_of_its_lists(basis, wanted):
    assert said(asked(plan(basis=basis))) == [("", "", wanted)]


@frozen(kw_only=True)
class Project:
    """A thing of a user's own that somebody answers for."""

    id: str
    title: str = ""
    host: Annotated[sv.fields.ActorId | None, sv.fields.OwnedBy(sv.vocabulary.Capacity.LEADS)] = None


def test_a_thing_of_a_users_own_is_answered_for_by_its_types():
    own = Project(id="eget", host="regionen")
    assert said(asked(own, thing="eget")) == [("regionen", "leads", HELD)]
    c = sv.Collaboration([*WHO, own, Project(id="utan")])
    assert [(row.thing, row.state) for row in sv.responsible(c)] == [("eget", HELD), ("utan", NOT_DESCRIBED)]


def test_what_may_have_changed_since_the_day_of_knowledge_is_said():
    c = sv.Collaboration([*WHO, plan(owners="regionen", period="2017/")], known="2017-03-01")
    assert sv.responsible(c, "plan", on="2017-03-01").unknown == ()
    assert "since 2017-03-01" in sv.responsible(c, "plan", on="2035-01-01").unknown[0]


def test_that_no_period_is_recorded_is_told_where_a_day_is_asked_about():
    both = (plan(owners="regionen"), leads())
    sentence = "from when to when plan, styrgruppen>plan:leads hold: no period is recorded"
    assert asked(*both, on="1900-01-01").unknown == (sentence,)
    assert asked(*both).unknown == ()
    dated = (plan(owners="regionen", period="1850/"), leads(period="1850/1899"))
    assert asked(*dated, on="1900-01-01").unknown == ()
    assert asked(plan(), leads(period="1850/1899"), on="1900-01-01").unknown == ()


def test_what_has_no_period_of_its_own_is_not_told_to_lack_one():
    duty = sv.Obligation(id="plan", title="Villkor", by="regionen")
    assert asked(duty, on="1900-01-01").unknown == ()
    steps = [sv.Process(id=f"steg.process-{n}", by="regionen", plan="plan") for n in range(1, 4)]
    assert asked(plan(owners="regionen", period="1850/"), *steps, on="1900-01-01").unknown == (
        "from when to when steg.process-1..3 hold: no period is recorded",
    )


@pytest.mark.parametrize("thing", ["bidrag", "op", ""])
def test_a_grant_that_somebody_is_said_to_answer_for_is_told_wherever_it_stands(thing):
    records = (
        sv.Agreement(id="op", title="Överenskommelse"),
        sv.Grant(id="bidrag", title="Bidrag", agreement="op"),
        sv.Grant(id="annat", title="Annat", agreement="op"),
        sv.Participation(who="ledare", thing="bidrag", capacity="coordinates"),
    )
    table = asked(*records, thing=thing)
    assert [(row.thing, row.who, row.capacity) for row in table if row.who] == [("bidrag", "ledare", "coordinates")]
    assert {row.thing for row in table} == {"bidrag", *([thing] if thing else [])}
