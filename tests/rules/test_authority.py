"""Who does what he may not, and who only seems to."""

from __future__ import annotations

import pytest

import samverkan as sv

SRO = sv.Actor(id="sro", title="SRO", kind="forum")
BODIES = [sv.Actor(id=id, title=id, kind="kommun") for id in ("ale", "lerum")]
ALL = sv.Group(id="huvudmannen", of=("ale", "lerum"), count=2)
PLAN = sv.Plan(id="plan", title="Plan", owners=sv.jointly("huvudmannen"))
GOAL = sv.Goal(id="mal", title="Mål", plans="plan")
NO = {"id": "nej", "holder": "sro", "may_not": ("decide", "draw"), "for_": "huvudmannen"}


def check(*records):
    return sv.check(sv.Collaboration([SRO, ALL, *BODIES, PLAN, GOAL, *records]))


def found(rule, *records):
    return check(*records).of(rule)


def decision(outcome="approves", about="plan", **timing):
    item = sv.DecisionItem(outcome=outcome, about=(about,) if about else ())
    return sv.Decision(id="p1", title="§ 1", body="sro", items=(item,), timing=sv.Timing(**timing))


@pytest.mark.parametrize(
    ("outcome", "about", "objected"),
    [
        ("approves", "plan", True),
        ("declines", "plan", True),
        ("approves", "mal", True),
        ("approves", "ale", True),
        ("approves", "sro", False),
        ("approves", None, False),
        ("recommends", "plan", False),
        ("notes", "plan", False),
        ("commissions", "plan", False),
        (None, "plan", False),
    ],
)
def test_to_note_recommend_and_commission_is_not_to_decide(outcome, about, objected):
    assert bool(found("expressly-may-not", sv.Mandate(**NO), decision(outcome, about))) is objected


@pytest.mark.parametrize(
    ("limit", "done", "objected"),
    [
        ({"period": "2022"}, {"done": "2022-02-24"}, True),
        ({"period": "2022"}, {"done": "2021"}, False),
        ({"period": "2022"}, {"done": "unknown"}, False),
        ({"period": "2022"}, {}, False),
        ({"about": "mal"}, {}, False),
        ({"about": "plan"}, {}, True),
        ({"for_": ()}, {}, True),
    ],
)
def test_a_mandate_forbids_only_what_it_certainly_covers(limit, done, objected):
    assert bool(found("expressly-may-not", sv.Mandate(**NO | limit), decision(**done))) is objected


def test_what_is_expressly_forbidden_is_so_whatever_else_is_allowed_as_may_says_too():
    yes = sv.Mandate(id="ja", holder="sro", may="decide", about="plan")
    assert found("expressly-may-not", sv.Mandate(**NO), yes, decision())


def drawn(**more):
    share = sv.Allocation(id="a", grant="g", recipient="sro", amount=sv.Money(100))
    asked = sv.Requisition(id="r", allocation="a", requested_by="sro", amount=sv.Money(100), sent="2020-11-30", **more)
    return sv.Grant(id="g", title="G"), share, asked


def test_money_is_not_drawn_by_one_who_expressly_may_not():
    [finding] = found("expressly-may-not", sv.Mandate(**NO), *drawn(on_behalf_of="ale"))
    assert (finding.record, finding.actual) == ("r", sv.vocabulary.Act.DRAW)
    assert not found("expressly-may-not", sv.Mandate(**NO), *drawn())


def test_money_drawn_for_oneself_needs_no_mandate_and_for_others_each_ones():
    assert not found("draws-without-mandate", *drawn())
    tie = sv.Membership(member="ale", of="sro")
    [finding] = found("draws-without-mandate", tie, *drawn(on_behalf_of="huvudmannen"))
    assert (finding.difference, finding.because) == (2, ("ale>sro",))


@pytest.mark.parametrize(
    ("recipient", "others"),
    [("ale", 1), (sv.jointly("huvudmannen"), 2), (sv.each("huvudmannen"), 2), ("sro", 0), (sv.each("sro-med"), 0)],
    ids=str,
)
def test_whose_money_is_drawn_follows_from_the_allocation_too(recipient, others):
    own = sv.Group(id="sro-med", title="SRO med flera", of=("sro", "ale"))
    share = sv.Allocation(id="a", grant="g", recipient=recipient, amount=sv.Money(100))
    asked = sv.Requisition(id="r", allocation="a", requested_by="sro", amount=sv.Money(100), sent="2020-11-30")
    findings = found("draws-without-mandate", own, sv.Grant(id="g", title="G"), share, asked)
    assert [finding.difference for finding in findings] == ([others] if others else [])


@pytest.mark.parametrize(
    ("said", "objected", "skipped"),
    [
        ({}, False, False),
        ({"period": "2020"}, False, False),
        ({"period": "2019"}, True, False),
        ({"period": "in 2020/2020"}, False, True),
        ({"may": "speak"}, True, False),
        ({"about": "g"}, False, False),
        ({"about": "plan"}, True, False),
        ({"limit": sv.Money(100)}, False, False),
        ({"limit": sv.Money(99)}, True, False),
        ({"limit": sv.UNKNOWN}, False, True),
        ({"for_": (), "basis": sv.basis(**{"for": "unknown"})}, False, True),
        ({"holder": "ekonomichef"}, True, False),
    ],
    ids=str,
)
def test_a_body_draws_for_others_by_its_own_mandate_as_may_says(said, objected, skipped):
    post = sv.Role(id="ekonomichef", title="Ekonomichef", employed_by="sro")
    mandate = sv.Mandate(**{"id": "m", "holder": "sro", "may": "draw", "for_": "huvudmannen"} | said)
    findings = check(post, mandate, *drawn(on_behalf_of="huvudmannen"))
    assert bool(findings.of("draws-without-mandate")) is objected
    assert any(one.rule == "draws-without-mandate" for one in findings.skipped) is skipped


def pair(yes, no):
    held = {"holder": "sro", "about": "plan", "for_": "huvudmannen"}
    mandates = sv.Mandate(id="ja", may="decide", **held | yes), sv.Mandate(id="nej", may_not="decide", **held | no)
    return bool(found("may-and-may-not", *mandates))


@pytest.mark.parametrize(
    ("yes", "no", "objected"),
    [
        ({}, {}, True),
        ({"for_": "ale"}, {}, True),
        ({"for_": "ale"}, {"for_": "lerum"}, False),
        ({"about": "mal"}, {}, False),
        ({"about": ()}, {}, False),
        ({"about": ()}, {"about": ()}, True),
        ({"holder": "ale"}, {}, False),
        ({"period": "2016"}, {"period": "2017"}, False),
        ({"period": "2016-01-01/2016-06-10"}, {"period": "in 2016-06/2017"}, False),
        ({"period": "2016"}, {}, True),
    ],
)
def test_two_mandates_contradict_only_where_they_certainly_meet(yes, no, objected):
    assert pair(yes, no) is objected


def test_one_mandate_may_contradict_itself():
    [finding] = found("may-and-may-not", sv.Mandate(id="m", holder="sro", may=("speak", "draw"), may_not="draw"))
    assert (finding.actual, finding.because) == ((sv.vocabulary.Act.DRAW,), ("m",))


def test_to_prepare_and_speak_needs_no_proof():
    assert not found(
        "mandate-without-evidence", sv.Mandate(id="m", holder="sro", may=("prepare", "speak", "recommend"))
    )
    known = sv.Mandate(id="m", holder="sro", may="sign", basis=sv.basis(evidence="unknown"))
    assert not found("mandate-without-evidence", known)
