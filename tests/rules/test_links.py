"""What hangs together, what does not, and what only seems not to."""

from __future__ import annotations

import pytest

import samverkan as sv


def found(rule, *records, **about):
    return sv.check(sv.Collaboration(records, **about)).of(rule)


def step(id, **more):
    return sv.Activity(id=id, title=id.upper(), **more)


def body(id, **more):
    return sv.Actor(id=id, title=id.upper(), kind="district", **more)


def test_a_thing_that_waits_for_itself_is_a_ring_of_one():
    [one] = found("waits-for-itself", step("a"), sv.Dependency(predecessor="a", successor="a"))
    assert one.actual == "a → a"


def test_plans_may_contribute_to_each_other():
    plans = [sv.Plan(id=id, title=id) for id in "ab"]
    links = [
        sv.Dependency(predecessor="a", successor="b", kind="contributes to"),
        sv.Dependency(predecessor="b", successor="a", kind="informs"),
    ]
    assert not found("waits-for-itself", *plans, *links)
    assert not found("waits-on-no-day", *plans, *links)


def test_what_stands_elsewhere_may_have_a_timing_there():
    away = sv.ExternalRecord(id="b", kind="Activity")
    assert not found("waits-on-no-day", step("a"), away, sv.Dependency(predecessor="b", successor="a"))


def test_both_ends_may_be_without_a_day():
    plans = [sv.Plan(id=id, title=id) for id in "ab"]
    both = found("waits-on-no-day", *plans, sv.Dependency(predecessor="a", successor="b"))
    assert [finding.field for finding in both] == ["predecessor", "successor"]


@pytest.mark.parametrize(
    ("window", "waits"),
    [
        ({"closes": "2024-11-29"}, False),
        ({"closes": "unknown"}, False),
        ({"opens": "2024-04-15"}, False),
        (None, True),
        (sv.UNKNOWN, True),
    ],
)
def test_money_that_waits_has_a_day_where_its_grant_tells_when_it_is_asked_for(window, waits):
    whole = sv.Grant(id="g", title="G", requisition=sv.Window(**window) if isinstance(window, dict) else window)
    line = sv.Grant(id="rad", title="Rad", part_of="g")
    share = sv.Allocation(id="del", grant="rad", recipient="d", amount=sv.Money(1))
    asked = sv.Requisition(id="rek", allocation="del", requested_by="d", amount=sv.Money(1))
    for successor in ("g", "rad", "del", "rek"):
        link = sv.Dependency(predecessor="a", successor=successor)
        findings = found("waits-on-no-day", step("a"), body("d"), whole, line, share, asked, link)
        assert [finding.field for finding in findings] == (["successor"] if waits else [])
    link = sv.Dependency(predecessor="g", successor="a")
    assert [f.field for f in found("waits-on-no-day", step("a"), whole, link)] == ["predecessor"]


def test_a_goal_that_is_part_of_a_goal_is_no_loose_end_but_a_goal_that_is_part_of_itself_is_not_named_by_others():
    goals = [sv.Goal(id="a", title="A"), sv.Goal(id="b", title="B", part_of="a")]
    assert not found("loose-end", *goals)
    [alone] = found("loose-end", sv.Group(id="g"))
    assert alone.actual == "group"


def test_an_actor_that_has_ceased_may_have_done_what_it_did():
    gone = body("d", exists="2011-01-01/2020-12-31")
    decision = sv.Decision(id="p1", title="§ 1", body="d", timing=sv.Timing(done="2019"))
    part = sv.Participation(who="d", thing="a", capacity="carries out", period="2017/2020")
    assert not found("ceased-actor", gone, decision, part, step("a"), known="2022-01-01")


def test_an_open_participation_reaches_only_as_far_as_is_known():
    gone = body("d", exists="2011-01-01/2020-12-31")
    part = sv.Participation(who="d", thing="a", capacity="carries out", period="2017-01-01/")
    assert not found("ceased-actor", gone, part, step("a"), known="2020-12-31")
    assert not found("ceased-actor", gone, part, step("a"))
    assert found("ceased-actor", gone, part, step("a"), known="2021-01-01")


def test_a_step_that_is_due_when_its_actor_is_gone_is_objected_to_once_per_actor():
    gone = body("d", exists="/by 2020-12-31")
    steps = [step("b", by="d", timing=sv.Timing(due="2021")), step("a", by="d", timing=sv.Timing(planned="2022-05"))]
    [finding] = found("ceased-actor", gone, *steps)
    assert finding.because == ("a", "b")


def test_a_body_that_may_have_existed_is_not_objected_to():
    maybe = body("d", exists="in 2017/2020-12-31")
    deed = sv.Decision(id="p1", title="§ 1", body="d", timing=sv.Timing(done="2017-06"))
    assert not found("acted-outside-its-time", maybe, deed)
    assert found("acted-outside-its-time", maybe, sv.Decision(id="p1", body="d", timing=sv.Timing(done="2016-06")))


def test_an_event_by_a_body_that_is_gone():
    gone = body("d", exists="2011/2012")
    event = sv.FundingEvent(id="e", kind="used", by="d", day="2013-01-01")
    [finding] = found("acted-outside-its-time", gone, event)
    assert (finding.record, finding.field, finding.because) == ("e", "by", ("d",))


NUMBER = sv.fields.OrgNumber("212000-1439")


def test_two_boards_of_one_kommun_share_its_number():
    kommun = sv.Actor(id="ale", title="Ale", kind="kommun", orgnr=NUMBER)
    boards = [sv.Actor(id=f"ale.{n}", title=n, kind="board", orgnr=NUMBER, part_of="ale") for n in "ab"]
    assert not found("same-number", kommun, *boards)
    assert not found(
        "same-number", kommun, sv.Actor(id="b", title="B", kind="board"), sv.Actor(id="c", title="C", kind="unit")
    )
    assert found("same-number", kommun, sv.Actor(id="b", title="B", kind="board", orgnr=NUMBER))


def test_steps_of_different_plans_may_be_called_the_same():
    plans = [sv.Plan(id=id, title=id) for id in "ab"]
    steps = [sv.Activity(id=f"{id}.dialog", title="Dialog", plan=id) for id in "ab"]
    assert not found("same-title", *plans, *steps)
    assert found("same-title", *plans, *steps, sv.Activity(id="c", title=" dialog", plan="a"))
