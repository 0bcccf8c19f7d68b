"""What is certainly in the wrong order, and what only may be."""

from __future__ import annotations

import pytest

import samverkan as sv


def found(rule, *records, **about):
    return sv.check(sv.Collaboration(records, **about)).of(rule)


def two(first, second, **link):
    steps = [sv.Activity(id=id, title=id, timing=sv.Timing(**timing)) for id, timing in (("a", first), ("b", second))]
    return found("before-its-predecessor", *steps, sv.Dependency(predecessor="a", successor="b", **link))


@pytest.mark.parametrize(
    ("first", "second", "link", "short"),
    [
        ({"due": "2016-10-15"}, {"due": "2016-10-14"}, {}, 1),
        ({"due": "2016-10-15"}, {"due": "2016-10-15"}, {}, None),
        ({"due": "2016-10-mid"}, {"due": "2016-10-mid"}, {}, None),
        ({"due": "2016-10-mid"}, {"due": "2016-10-early"}, {}, 1),
        ({"due": "2016-10-15"}, {"due": "2016-10-20"}, {"lag": 7}, 2),
        ({"due": "2016-10-15"}, {"due": "2016-10-14"}, {"lag": -2}, None),
        ({"due": "2016-10-15"}, {"due": "2016-10-14"}, {"lag": -2, "working_days": True}, 1),
        ({"due": "2016-10-15"}, {"due": "2016-10-14"}, {"kind": "finish-finish"}, 1),
        ({"due": "2016-10-15"}, {"due": "2016-10-14"}, {"kind": "start-start"}, None),
        ({"due": "2016-10-15"}, {"due": "2016-10-14"}, {"kind": "informs"}, None),
        ({"planned": "2016-10-15", "due": "2016-10-01"}, {"due": "2016-10-14"}, {}, 1),
        ({"done": "2016-10-15"}, {"due": "2016-10-14"}, {}, 1),
        ({"done": "2016-10-15"}, {"done": "2016-10-14"}, {}, 1),
        ({"due": "2016-10-15"}, {"done": "2016-10-14"}, {}, None),
        ({"due": "by 2016-10-15"}, {"due": "2016-10-14"}, {}, None),
        ({"due": "unknown"}, {"due": "2016-10-14"}, {}, None),
        ({}, {"due": "2016-10-14"}, {}, None),
        ({"due": "2016-10-15"}, {"due": "2016-10-14"}, {"lag": 36_525}, 36_526),
    ],
)
def test_a_step_before_its_predecessor_is_told_only_when_certain(first, second, link, short):
    findings = two(first, second, **link)
    assert [finding.difference for finding in findings] == ([short] if short else [])


def test_a_last_day_is_not_said_to_be_the_first_on_which_something_can_be_done():
    [finding] = two({"due": "2016-10-31"}, {"planned": "2016-10-20"})
    assert finding.sentence == (
        "b is planned for 2016-10-20, and a, which it must wait for, is due 2016-10-31; for the two to agree it would "
        "be 2016-10-31 at the soonest, at least 11 days later"
    )
    assert finding.sentence.sv == (
        "b är planerad till 2016-10-20, och a, som måste inväntas, är tidsatt till 2016-10-31; för att de två ska gå "
        "ihop blir det tidigast 2016-10-31, minst 11 dagar senare"
    )
    [finding] = two({"done": "2016-10-15"}, {"done": "2016-10-14"})
    assert "a, which it must wait for, is done 2016-10-15" in finding.sentence


@pytest.mark.parametrize(
    ("first", "second", "link", "told"),
    [
        ({}, {"done": "2016-10-14"}, {}, True),
        ({"due": "2016-10-31"}, {"done": "unknown"}, {}, True),
        ({}, {"done": "2016-10-14"}, {"kind": "finish-finish", "lag": 7}, True),
        ({"done": "unknown"}, {"done": "2016-10-14"}, {}, False),
        ({"done": "2016-10-20"}, {"done": "2016-10-14"}, {}, False),
        ({}, {"due": "2016-10-14"}, {}, False),
        ({}, {"done": "2016-10-14"}, {"lag": -2}, False),
        ({}, {"done": "2016-10-14"}, {"kind": "start-start"}, False),
        ({}, {"done": "2016-10-14"}, {"kind": "start-finish"}, False),
        ({}, {"done": "2016-10-14"}, {"kind": "informs"}, False),
    ],
)
def test_a_step_that_is_done_where_what_it_must_wait_for_is_not_told_to_be(first, second, link, told):
    steps = [sv.Activity(id=id, title=id, timing=sv.Timing(**timing)) for id, timing in (("a", first), ("b", second))]
    tie = sv.Dependency(predecessor="a", successor="b", **link)
    findings = found("done-without-its-predecessor", *steps, tie)
    assert [(f.record, f.because) for f in findings] == ([("b", ("a", tie.id))] if told else [])
    seen = sv.Observation(of=("a",), status="klar")
    assert not found("done-without-its-predecessor", *steps, tie, seen)


def test_what_is_answered_or_stands_elsewhere_or_only_lasts_is_not_said_to_be_undone():
    done = sv.Activity(id="b", title="B", timing=sv.Timing(done="2016-10-14"))
    tie = sv.Dependency(predecessor="a", successor="b")
    ale = sv.Actor(id="ale", title="Ale kommun", kind="kommun")
    owed = sv.Obligation(id="a", title="A", by="ale", to="ale")
    answer = sv.Submission(obligation="a", by="ale", arrived="2016-10-10")
    assert found("done-without-its-predecessor", ale, owed, done, tie)
    assert not found("done-without-its-predecessor", ale, owed, answer, done, tie)
    for other in (sv.ExternalRecord(id="a", kind="Activity"), sv.Plan(id="a", title="A"), sv.Process(id="a")):
        assert not found("done-without-its-predecessor", other, done, tie)


def test_what_may_not_begin_yet_may_not_be_done():
    records = [sv.Decision(id="p1", timing=sv.Timing(not_before="2016-10", done="2016-09-30", due="2016-10-mid"))]
    [finding] = found("before-it-may-begin", *records)
    assert finding.field == "done"


@pytest.mark.parametrize(
    ("came", "field"),
    [
        ({"sent": "2024-04-14"}, "sent"),
        ({"sent": "2024-04-15"}, None),
        ({"sent": "2024-04"}, None),
        ({"arrived": "2024-03"}, "arrived"),
        ({}, None),
    ],
    ids=str,
)
def test_what_is_asked_for_before_the_window_opens_is_told(came, field):
    line = sv.Grant(id="rad", title="Rad", part_of="bidrag")
    whole = sv.Grant(id="bidrag", title="Bidrag", requisition=sv.Window(opens="2024-04-15", closes="2024-11-29"))
    asked = sv.Requisition(id="r", allocation="a", requested_by="ale", amount=sv.Money(1), **came)
    ale = sv.Actor(id="ale", title="Ale kommun", kind="kommun")
    share = sv.Allocation(id="a", grant="rad", recipient="ale", amount=sv.Money(1))
    findings = found("before-it-may-begin", ale, whole, line, share, asked)
    assert [finding.field for finding in findings] == ([field] if field else [])


@pytest.mark.parametrize(
    ("day", "sort"),
    [
        ("2016-10-15", "a Saturday"),
        ("2016-10-16", "a Sunday"),
        ("2024-06-21", "a public holiday or its eve"),
        ("2016-10-17", None),
        ("2500-01-01", None),
        ("2500-01-03", "a Sunday"),
    ],
)
def test_what_is_planned_for_a_day_off(day, sort):
    step = sv.Activity(id="a", title="A", timing=sv.Timing(planned=day))
    meeting = sv.Actor(id="sro", title="SRO", kind="forum", meets=(sv.when(day), sv.when("2016-10")))
    assert [f.actual for f in found("planned-on-a-day-off", step, meeting)] == ([sort, sort] if sort else [])


def test_a_last_day_is_no_plan():
    assert not found("planned-on-a-day-off", sv.Activity(id="a", title="A", timing=sv.Timing(due="2016-10-15")))


def test_a_mandate_of_a_post_needs_the_post_and_of_a_body_does_not():
    role = sv.Role(id="pl", title="Processledare", period="2016-05/2016-12")
    late = sv.Mandate(id="m", holder="pl", may="speak", period="2017")
    assert found("outside-its-period", role, late)[0].expected == sv.period("2016-05/2016-12")
    assert not found("outside-its-period", role, sv.Mandate(id="m", holder="pl", may="speak", period="2016-12/2017"))


def test_a_grant_of_another_year_than_its_agreement():
    agreement = sv.Agreement(id="op", title="ÖP", period="2016")
    assert found("outside-its-period", agreement, sv.Grant(id="g", title="G", agreement="op", period="2018"))
    assert not found("outside-its-period", agreement, sv.Grant(id="g", title="G", agreement="op", period="2016/2018"))
    assert not found(
        "outside-its-period", sv.ExternalRecord(id="op", kind="Agreement"), sv.Grant(id="g", title="G", agreement="op")
    )


def test_what_replaces_something_elsewhere_or_of_an_unknown_day_cannot_be_told():
    new = sv.Plan(id="b", title="B", period="2018/2020", replaces="a")
    assert not found("replaces-what-is-later", new, sv.ExternalRecord(id="a", kind="Plan"))
    assert not found("replaces-what-is-later", new, sv.Plan(id="a", title="A"))
    assert found("replaces-what-is-later", new, sv.Plan(id="a", title="A", period="2021/2022"))


def test_an_actor_replaces_one_that_was_there_before():
    old, new = (
        sv.Actor(id=id, title=id, kind="forum", exists=e) for id, e in (("lisa", "2012/2016"), ("vvg", "2017/"))
    )
    assert not found(
        "replaces-what-is-later",
        old,
        sv.Actor(id="vvg", title="VVG", kind="forum", exists="2017-01-01/", replaces="lisa"),
    )
    assert found(
        "replaces-what-is-later", new, sv.Actor(id="lisa", title="L", kind="forum", exists="2012/2016", replaces="vvg")
    )
