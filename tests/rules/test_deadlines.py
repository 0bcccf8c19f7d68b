"""What is certainly overdue or late, and what only may be."""

from __future__ import annotations

import attrs
import pytest

import samverkan as sv

BODIES = [sv.Actor(id=id, title=id, kind="kommun") for id in ("ale", "lerum")]
BOTH = sv.Group(id="bada", of=("ale", "lerum"), count=2)
SKR = sv.Actor(id="skr", title="SKR", kind="association")


def found(rule, *records, known="2016-12-31"):
    return sv.check(sv.Collaboration([SKR, BOTH, *BODIES, *records], known=known)).of(rule)


def duty(by="ale", **more):
    timing = {name: more.pop(name) for name in ("due", "done", "statutory", "met_when") if name in more}
    return sv.Obligation(id="o", title="O", by=by, to="skr", timing=sv.Timing(**timing), **more)


@pytest.mark.parametrize(
    ("timing", "known", "late"),
    [
        ({"due": "2016-10-31"}, "2016-11-01", 1),
        ({"due": "2016-10-31"}, "2016-10-31", None),
        ({"due": "2016-10"}, "2016-10-31", None),
        ({"due": "unknown"}, "2016-11-01", None),
        ({"due": "2016-10-31", "done": "2016-10-30"}, "2016-11-01", None),
        ({"due": "2016-10-31", "done": "unknown"}, "2016-11-01", None),
        ({"due": "2016-12-31"}, "2017-01-01", None),  # a Saturday: if a statute says so, Monday 2 January
        ({"due": "2016-12-31", "statutory": False}, "2017-01-01", 1),
        ({"due": "2016-12-31"}, "2017-01-03", 1),
    ],
)
def test_what_is_overdue_is_so_for_certain(timing, known, late):
    assert [f.difference for f in found("overdue", duty(**timing), known=known)] == ([late] if late else [])


def test_where_the_day_of_knowledge_is_not_said_or_earlier_the_rule_says_so():
    told = found("overdue", duty(due="2016-10-31"), known=None)
    assert not told
    assert "does not say to which day" in next(s.reason for s in told.skipped if s.rule == "overdue")
    told = found("overdue", duty(due="2016-10-31"), known="2016-09-30")
    assert not told
    assert next(s.reason for s in told.skipped if s.rule == "overdue") == (
        "known only to 2016-09-30: 1 obligation not due before that"
    )


def test_what_is_owed_jointly_is_answered_by_any_and_what_each_owes_by_each():
    answer = sv.Submission(obligation="o", by="ale", arrived="2016-10-30")
    assert not found("overdue", duty(sv.jointly("bada"), due="2016-10-31"), answer)
    assert found("overdue", duty(sv.each("bada"), due="2016-10-31"), answer)[0].actual == ("lerum",)
    assert found("overdue", duty(sv.each("bada"), due="2016-10-31"))[0].actual == ("ale", "lerum")
    assert found("overdue", duty(sv.jointly("bada"), due="2016-10-31"))[0].actual == ("bada",)


def test_a_window_is_overdue_once_for_all_who_have_not_kept_to_it():
    window = sv.Window(closes="2016-11-30", statutory=False, met_when="sent", to="skr")
    grant = sv.Grant(id="g", title="G", requisition=window, report=window, receivers=sv.each("bada"))
    shares = [sv.Allocation(grant="g", recipient=id, amount=sv.Money(100)) for id in ("ale", "lerum")]
    asked = sv.Requisition(id="r", allocation="g>ale", requested_by="ale", amount=sv.Money(100), sent="2016-11-01")
    told = found("overdue", grant, *shares, asked)
    assert [(f.record, f.field, f.actual, f.difference) for f in told] == [
        ("g", "report.closes", ("ale", "lerum"), 31),
        ("g", "requisition.closes", ("lerum",), 31),
    ]
    assert told[1].sentence == (
        "g.requisition was due 2016-11-30, 31 days before the day to which this is known, and no answer from lerum is "
        "recorded"
    )
    assert told[1].because == ("g", "g>lerum")
    assert not found("overdue", grant)  # nothing is allotted: who had to act is not told


def test_nobody_in_particular_has_answered():
    [finding] = found("overdue", duty((), due="2016-10-31"))
    assert "no answer from anybody is recorded" in finding.text()
    assert "inget svar finns antecknat från någon" in finding.text("sv")


def test_a_decision_by_a_part_of_the_body_answers_a_duty_to_decide():
    council = sv.Actor(id="lerum.kf", title="KF", kind="council", part_of="lerum")
    plan = sv.Plan(id="plan", title="Plan")
    owed = duty(sv.each("bada"), due="2016-10-31", duty="decide", delivers="plan")
    decided = sv.Decision(id="p1", body="lerum.kf", items=(sv.DecisionItem(outcome="approves", about=("plan",)),))
    assert found("overdue", council, plan, owed, decided)[0].actual == ("ale",)
    pending = sv.Decision(id="p1", body="lerum.kf", items=(sv.DecisionItem(about=("plan",)),))
    assert found("overdue", council, plan, owed, pending)[0].actual == ("ale", "lerum")


def test_a_step_that_is_done_answers_what_it_fulfils():
    done, undone = (
        sv.Activity(id="a", title="A", by="ale", fulfils="o", timing=t) for t in (sv.Timing(done="2016-10-28"), None)
    )
    assert not found("overdue", duty(due="2016-10-31"), done)
    assert found("overdue", duty(due="2016-10-31"), undone)


@pytest.mark.parametrize(
    ("counts", "days", "late"),
    [
        ("arrived", {"sent": "2016-10-31", "arrived": "2016-11-01"}, 1),
        ("sent", {"sent": "2016-10-31", "arrived": "2016-11-01"}, None),
        (None, {"sent": "2016-10-31", "arrived": "2016-11-01"}, None),
        (None, {"sent": "2016-11-02", "arrived": "2016-11-03"}, 2),
        (None, {"arrived": "2016-11-03"}, None),
        ("arrived", {"sent": "2016-11-02"}, 2),
        ("arrived", {"arrived": "2016"}, None),
        ("arrived", {}, None),
    ],
)
def test_what_came_late_came_so_for_certain(counts, days, late):
    answer = sv.Submission(obligation="o", by="ale", **days)
    found_late = found("came-late", duty(due="2016-10-31", met_when=counts), answer)
    assert [f.difference for f in found_late] == ([late] if late else [])


def test_a_requisition_keeps_to_the_window_of_the_grant_whose_line_it_draws_on():
    whole = sv.Grant(id="g", title="G", requisition=sv.Window(closes="2024-11-29", met_when="arrived"))
    line = sv.Grant(id="g.um", title="UM", part_of="g")
    share = sv.Allocation(grant="g.um", recipient="ale", amount=sv.Money(100))
    late = sv.Requisition(id="r", allocation=share.id, requested_by="ale", amount=sv.Money(100), arrived="2024-12-02")
    [finding] = found("came-late", whole, line, share, late)
    assert (finding.difference, finding.because) == (3, ("g",))
    away = sv.ExternalRecord(id=share.id, kind="Allocation")
    assert not found("came-late", whole, line, away, late)


def test_a_window_on_easter_day_is_told_as_a_step_is():
    grant = sv.Grant(id="g", title="G", report=sv.Window(closes="2024-03-31"), payment=sv.Window(closes="2024-03-31"))
    [finding] = found("due-on-a-day-off", grant)
    assert (finding.field, finding.difference) == ("report.closes", 2)
    assert not found("due-on-a-day-off", duty(due="2024-03-31", statutory=True))
    assert not found("due-on-a-day-off", duty(due="from 2024-03-31"))


def test_what_has_a_last_day_of_its_own_does_not_end_with_its_agreement():
    agreement = sv.Agreement(id="op", title="ÖP", period="2015")
    assert found("open-after-the-end", agreement, duty(ground="op", due="unknown"))
    assert not found("open-after-the-end", agreement, duty(ground="op", due="2017-01-31"))
    assert not found("open-after-the-end", agreement, duty(ground="op", done="2015-10-31"))
    assert not found("open-after-the-end", agreement, duty())
    assert not found("open-after-the-end", agreement, duty(ground="op"), known="2015-12-31")


def step(kind=sv.Activity, **timing):
    return kind(id="s", title="S", timing=sv.Timing(**timing))


@pytest.mark.parametrize(
    ("timing", "known", "late"),
    [
        ({"due": "2016-10-31"}, "2016-11-01", 1),
        ({"due": "2016-10-31"}, "2016-10-31", None),
        ({"due": "2016-10"}, "2016-10-31", None),
        ({"due": "unknown"}, "2016-11-01", None),
        ({"planned": "2016-10-31"}, "2016-11-01", None),
        ({"due": "2016-10-31", "done": "2016-10-30"}, "2016-11-01", None),
        ({"due": "2016-10-31", "done": "unknown"}, "2016-11-01", None),
        ({"due": "2016-10-31", "done": "2016-12-01"}, "2016-11-30", None),
        ({"due": "2016-12-31"}, "2017-01-01", None),  # a Saturday: if a statute says so, Monday 2 January
        ({"due": "2016-12-31", "statutory": False}, "2017-01-01", 1),
        ({"due": "2016-10-31"}, None, None),
    ],
)
def test_a_step_whose_last_day_has_passed_is_not_done_for_all_that_is_told(timing, known, late):
    assert [f.difference for f in found("not-done-in-time", step(**timing), known=known)] == ([late] if late else [])


def test_a_step_that_is_reported_on_or_that_fulfils_what_is_answered_is_none_that_nobody_followed_up():
    late = step(due="2016-10-31")
    seen = sv.Observation(id="u", of=("s",), status="pågår", as_of="2016-11-15")
    assert not found("not-done-in-time", late, seen)
    answer = sv.Submission(obligation="o", by="ale", arrived="2016-10-30")
    fulfils = attrs.evolve(late, fulfils=("o",), by="ale")
    assert not found("not-done-in-time", duty(due="2016-10-31"), fulfils, answer)
    assert found("not-done-in-time", duty(due="2016-10-31"), fulfils)
    assert found("not-done-in-time", duty(due="2016-10-31"), late, answer)


def test_where_the_day_of_knowledge_is_not_said_it_is_not_asked_whether_steps_were_done():
    told = found("not-done-in-time", step(due="2016-10-31"), known=None)
    assert "does not say to which day" in next(s.reason for s in told.skipped if s.rule == "not-done-in-time")
