"""Where nobody is, and where nobody has been described."""

from __future__ import annotations

import pytest

import samverkan as sv

BODY = sv.Actor(id="ks", title="KS", kind="board")


def check(*records, **about):
    return sv.check(sv.Collaboration([BODY, *records], **about))


def reasons(findings, rule):
    return [skip.reason for skip in findings.skipped if skip.rule == rule]


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({}, ["by", "to"]),
        ({"by": "ks"}, ["to"]),
        ({"by": "ks", "basis": sv.basis(to="unknown")}, []),
        ({"by": "ks", "basis": sv.basis(to="partial")}, []),
        ({"by": "ks", "basis": sv.basis(to="complete")}, []),
        ({"to": "ks", "basis": sv.basis(by="complete")}, []),
        ({"by": "ks", "basis": sv.basis(by="complete")}, ["to"]),
        ({"by": "ks", "ground": "p1"}, []),
        ({"by": "ks", "ground": "op"}, ["to"]),
    ],
)
def test_a_party_is_missing_unless_the_source_is_silent_or_there_is_nobody_or_it_follows(more, fields):
    grounds = sv.Decision(id="p1", body="ks"), sv.Agreement(id="op", title="ÖP")
    findings = check(*grounds, sv.Obligation(id="o", title="O", **more)).of("nobody-named")
    assert [finding.field for finding in findings] == fields


def test_a_decision_without_body_is_missing_one_and_an_unknown_body_is_silence():
    findings = check(sv.Decision(id="p1"), sv.Decision(id="p2", body=sv.UNKNOWN))
    assert [finding.record for finding in findings.of("nobody-named")] == ["p1"]
    assert [finding.record for finding in findings.of("source-is-silent")] == ["p2"]


def plan(**more):
    return sv.Plan(id="plan", title="Plan", **more)


def part(capacity, **more):
    return sv.Participation(who="ks", thing="plan", capacity=capacity, **more)


@pytest.mark.parametrize("field", ["owners", "participation", ""])
def test_nobody_is_responsible_where_a_complete_list_is_empty(field):
    bare = plan(basis=(sv.fields.Basis(field, mark="complete"),))
    assert check(bare).of("nobody-responsible")
    assert check(bare, part("supports")).of("nobody-responsible")
    assert check(bare, part("leads", period="2016"), known="2018-01-01").of("nobody-responsible")
    assert not check(bare, part("leads", period="2016")).of("nobody-responsible")
    assert not check(bare, part("leads", period="2016/")).of("nobody-responsible")


def test_what_is_not_described_is_not_nobody():
    findings = check(plan(), sv.Activity(id="a", title="Utredning", kind="outside"))
    assert not findings.of("nobody-responsible")
    assert reasons(findings, "nobody-responsible") == [
        "1 plan, process or activity names nobody, but no list is claimed to be complete: not described is not nobody"
    ]


def test_the_items_of_a_decision_that_are_not_described_tell_nothing():
    owed = sv.Obligation(id="o", title="O", by="ks", ground="p1")
    findings = check(sv.Decision(id="p1", body="ks"), owed)
    assert not findings.of("obligation-nobody-commissioned")
    assert reasons(findings, "obligation-nobody-commissioned") == ["the items of p1 are not described"]


PROCESSES = [sv.Process(id=f"p-{n}", plan="plan") for n in (1, 2)]


def report(scale="", **tallies):
    told = tuple(sv.fields.Tally(status=s, number=n) for s, n in tallies.items())
    return sv.Observation(of=("p-1", "p-2"), scale=scale, tallies=told)


def decided(*, basis="complete", **item):
    return sv.Decision(id="p1", body="ks", items=(sv.DecisionItem(**item),), basis=sv.basis(items=basis))


LEFT = report(klara=1, återstår=1)
APPROVED = {"outcome": "approves", "about": ("plan",)}


@pytest.mark.parametrize(
    ("records", "objected"),
    [
        ([LEFT, decided(**APPROVED)], True),
        ([LEFT, decided(outcome="approves", about=("p-2",))], True),
        ([report(klara=2), decided(**APPROVED)], False),
        ([report(Completed=2, återstår=0), decided(**APPROVED)], False),
        ([report("miljömål", G=1, E=1), decided(**APPROVED)], True),
        ([report("miljömål", G=2), decided(**APPROVED)], False),
        ([report("miljömål", G=1, klar=1), decided(**APPROVED)], False),  # a word that the scale does not have
        ([report("trafikljus", grön=1, röd=1), decided(**APPROVED)], False),  # says how it goes, not what is left
        ([report("slutrapporten", klara=1, återstår=1), decided(**APPROVED)], True),
        ([LEFT, decided(basis="partial", **APPROVED)], False),
        ([LEFT, decided(outcome="approves", about=("ks",))], False),
        ([LEFT], False),
        ([LEFT, decided(**APPROVED), part("leads")], True),  # to lead the plan is not to lead what remains of it
        ([LEFT, decided(**APPROVED), sv.Participation(who="ks", thing="p-2", capacity="coordinates")], False),
        ([LEFT, decided(**APPROVED), sv.Participation(who="ks", thing="p-2", capacity="carries out")], True),
    ],
)
def test_nobody_leads_what_remains_only_where_the_decisions_are_fully_told(records, objected):
    findings = check(plan(), *PROCESSES, *records)
    assert bool(findings.of("nobody-leads")) is objected


def test_where_decisions_are_not_fully_told_the_rule_says_so():
    assert reasons(check(plan(), *PROCESSES, LEFT), "nobody-leads") == [
        "no decision about p-1>p-2:observed claims that its items are complete"
    ]


def test_a_commission_to_lead_what_remains_is_enough():
    owed = sv.Obligation(id="o", title="Led det som återstår", duty="do", by="ks", ground="p1", delivers=("p-2",))
    given = decided(outcome="commissions", about=("plan",), commissions=("o",))
    assert not check(plan(), *PROCESSES, LEFT, owed, given).of("nobody-leads")
    other = sv.Obligation(id="o", title="Utvärdera", by="ks", ground="p1", delivers=("plan",))
    assert check(plan(), *PROCESSES, LEFT, other, given).of("nobody-leads")
