"""Which proposals rest on somebody who has not agreed."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv
from tests.questions.test_every_answer import assert_sound
from tests.strategies import collaborations, days, whens

SIP = sv.Goal(id="sip", title="SIP", kind="proposal")
BODIES = [sv.Actor(id=id, title=id.upper(), kind="other") for id in ("vgr", "finsam", "sdn")]


def stance(attitude: str, day: str | None = None, actor: str = "finsam") -> sv.Stance:
    return sv.Stance(actor=actor, towards="sip", attitude=attitude, day=day)


def part(who: str, capacity: str, period: str | None = None) -> sv.Participation:
    return sv.Participation(who=who, thing="sip", capacity=capacity, period=period)


def leaning(*records: Any, on: str | None = None) -> list[tuple[str, str, str]]:
    table = sv.unconfirmed_support(sv.Collaboration([SIP, *BODIES, *records]), on=on)
    return [(row.rests_on, row.stance, str(row.agrees)) for row in table]


@pytest.mark.parametrize(
    ("attitude", "agrees"),
    [
        ("mentioned", "no"),
        ("asked", "no"),
        ("in dialogue", "no"),
        ("declines", "no"),
        ("no answer", "no"),
        ("supports", "cannot be told"),
    ],
)
def test_who_has_not_accepted_is_told_with_its_stance(attitude, agrees):
    assert leaning(stance(attitude)) == [("finsam", attitude, agrees)]


def test_who_accepts_is_left_out_and_who_is_not_told_to_be_asked_is_not():
    assert leaning(stance("accepts"), part("finsam", "carries out")) == []
    assert leaning(part("vgr", "carries out")) == [("vgr", "not asked, as recorded", "no")]
    meeting = sv.Activity(id="mote", title="Möte", by="vgr", towards="sip")
    assert leaning(meeting) == [("vgr", "not asked, as recorded", "no")]


def test_those_whose_own_it_is_are_not_leant_on():
    assert leaning(part("sdn", "owns"), part("vgr", "leads")) == []
    assert leaning(part("sdn", "owns"), stance("in dialogue", actor="sdn")) == []


def test_the_latest_stance_counts_and_where_it_cannot_be_told_which_each_of_them_does():
    early, late = stance("in dialogue", "2016-05"), stance("accepts", "2017-01")
    assert leaning(early, late) == []
    assert leaning(early, late, on="2016-12-31") == [("finsam", "in dialogue", "no")]
    assert leaning(early, late, on="2017-01-15") == [
        ("finsam", "accepts", "cannot be told"),
        ("finsam", "in dialogue", "cannot be told"),
    ]
    assert leaning(stance("in dialogue"), stance("accepts")) == [
        ("finsam", "accepts", "cannot be told"),
        ("finsam", "in dialogue", "cannot be told"),
    ]


@pytest.mark.parametrize(
    ("outcome", "timing", "rows"),
    [
        ("approves", sv.Timing(done="2017-01-10"), []),
        ("approves", sv.Timing(done="2017-01"), [("vgr", "accepts", "cannot be told")]),
        ("approves", sv.Timing(done="2017-02-01"), [("vgr", "not asked, as recorded", "no")]),
        ("approves", sv.Timing(planned="2017-01-10"), [("vgr", "not asked, as recorded", "no")]),
        ("declines", sv.Timing(done="2017-01-10"), [("vgr", "declines", "no")]),
        ("notes", sv.Timing(done="2017-01-10"), [("vgr", "not asked, as recorded", "no")]),
    ],
)
def test_who_has_decided_to_do_its_part_has_agreed(outcome, timing, rows):
    decided = sv.Decision(id="d", body="vgr", timing=timing, items=sv.DecisionItem(outcome=outcome, about="sip"))
    assert leaning(part("vgr", "carries out"), decided, on="2017-01-15") == rows
    both = sv.Collaboration([SIP, *BODIES, part("vgr", "carries out"), decided])
    assert all(
        "d" in row.because
        for row in sv.unconfirmed_support(both, on="2017-01-15")
        if row.stance in ("accepts", "declines")
    )


def test_a_later_decision_takes_the_place_of_a_stance():
    decided = sv.Decision(
        id="d", body="finsam", timing=sv.Timing(done="2018"), items=sv.DecisionItem(outcome="approves", about="sip")
    )
    assert leaning(stance("in dialogue", "2017"), decided) == []
    assert leaning(stance("in dialogue", "2019"), decided) == [("finsam", "in dialogue", "no")]


def test_who_takes_part_perhaps_on_a_day_is_leant_on_and_what_is_not_all_told_is_said():
    roughly = sv.Period(sv.when("2016"), sv.when("2017"))
    assert leaning(part("vgr", "supports", roughly), on="2017-01-15") == [("vgr", "not asked, as recorded", "no")]
    for name in ("participation", "stances"):
        open_ = evolve(SIP, basis=sv.basis(**{name: "partial"}))
        table = sv.unconfirmed_support(sv.Collaboration([open_, *BODIES, part("vgr", "supports")]))
        assert table.unknown == ("whom else sip rests on: the source does not state all of it",)


def test_as_of_a_day_what_is_over_or_not_yet_there_is_not_leant_on():
    assert leaning(part("vgr", "supports", "2018/"), on="2017-01-01") == []
    assert leaning(stance("mentioned", "2018"), on="2017-01-01") == []
    table = sv.unconfirmed_support(sv.Collaboration([SIP, *BODIES]), "sip")
    assert table.unknown == ("whom sip rests on: nothing is recorded",)
    undated = sv.unconfirmed_support(sv.Collaboration([SIP, *BODIES, stance("asked")]), on="2017")
    assert undated.unknown == ("from which day finsam>sip:asked holds: no day is recorded",)


@given(collaborations(every_kind=True), st.none() | days() | whens(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_every_thing_is_answered_soundly_and_nobody_who_only_accepts_is_told(c, on, choice):
    copy = sv.Collaboration(choice.sample(list(c), len(c)), known=c.known)
    for id in {one.towards for one in c[sv.Stance]} | {one.thing for one in c[sv.Participation]}:
        table = sv.unconfirmed_support(c, id, on=on)
        assert_sound(table, c)
        assert table == sv.unconfirmed_support(copy, id, on=on)
        told = {(one.actor, str(one.attitude)) for one in c[sv.Stance] if one.towards == id}
        told |= {
            (one.body, {"approves": "accepts", "declines": "declines"}.get(str(item.outcome)))
            for one in c[sv.Decision]
            for item in one.items
            if id in item.about
        }
        for row in table:
            assert row.stance == "not asked, as recorded" or (row.rests_on, row.stance) in told
            mine = {attitude for actor, attitude in told if actor == row.rests_on}
            assert mine != {"accepts"} or on is not None
