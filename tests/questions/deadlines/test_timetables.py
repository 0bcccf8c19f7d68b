"""Earlier timetables, the plan and the outcome of each step, side by side."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

import samverkan as sv
from tests.strategies import collaborations, whens


def step(id: str = "beslut", *, baselines: object = (), **days: object) -> sv.Activity:
    own = tuple(sv.Baseline(label=label, day=day) for label, day in baselines)
    return sv.Activity(id=id, title=id, plan="plan", timing=sv.Timing(baselines=own, **days))


def told(*records: object, thing: str = "") -> list[tuple[str, str, str, str]]:
    c = sv.Collaboration([sv.Plan(id="plan", title="Plan"), *records])
    return [(row.timetable, str(row.day), str(row.later), str(row.moved)) for row in sv.timetables(c, thing)]


def test_each_timetable_the_plan_and_the_outcome_have_a_row_in_that_order():
    days = step(baselines=[("2019", "2022-03-01"), ("2021", "2022-03-15")], planned="2022-04-01", done="2022-02-24")
    assert told(days) == [
        ("2019", "2022-03-01", "None", "None"),
        ("2021", "2022-03-15", "14", "14"),
        ("planned", "2022-04-01", "31", "17"),
        ("outcome", "2022-02-24", "-5", "-36"),
    ]


@pytest.mark.parametrize(
    ("day", "done", "later", "sentence"),
    [
        ("2022-02", "2022-02-24", "-4..23", "whether {} (outcome) is earlier or later"),
        ("2022-01", "2022-02-24", "24..54", ""),
        ("2022-02-24", "before 2022-02-25", "..0", ""),
        ("2022-02", "unknown", "unknown", "{} came about: the day is unknown"),
        ("unknown", "2022-02-24", "unknown", "{} came about: the day is unknown"),
        ("2022-02", None, "None", "{} came about: no outcome is recorded"),
    ],
)
def test_where_days_are_not_known_it_cannot_be_told(day, done, later, sentence):
    c = sv.Collaboration([sv.Plan(id="plan", title="Plan"), step(baselines=[("2021", day)], done=done)])
    table = sv.timetables(c)
    assert str(table[-1].later) == later
    assert bool(table.unknown) is bool(sentence)
    assert all(sentence.format("beslut") in unknown for unknown in table.unknown)


def test_a_step_without_a_timetable_has_no_row_whatever_its_other_days():
    assert told(step(done="2022-02-24", due="2022-03-01", not_before="2022-01-01")) == []


def test_it_is_asked_of_one_thing_with_what_is_inside_it_or_of_everything():
    other = sv.Decision(id="annat", timing=sv.Timing(planned="2022-03-01"))
    assert len(told(step(planned="2022-02-01"), other)) == 4
    assert len(told(step(planned="2022-02-01"), other, thing="plan")) == 2
    with pytest.raises(sv.errors.NotFoundError):
        told(thing="finns-inte")


@given(st.lists(whens(), min_size=1, max_size=3), st.none() | whens())
@settings(max_examples=80)
def test_a_difference_holds_for_all_days_that_the_two_may_be(days, done):
    rows = sv.timetables(
        sv.Collaboration(
            [sv.Plan(id="plan", title="Plan"), step(baselines=[(str(n), day) for n, day in enumerate(days)], done=done)]
        )
    )
    first = rows[0].day
    for row in rows[1:]:
        if row.day is None:
            assert (row.later, row.moved) == (None, None)
            continue
        for one in (first.earliest, first.latest):
            for other in (row.day.earliest, row.day.latest):
                if one and other:
                    between = other.toordinal() - one.toordinal()
                    assert row.later.low is None or row.later.low <= between
                    assert row.later.high is None or between <= row.later.high
        bounds = (first.earliest, first.latest, row.day.earliest, row.day.latest)
        assert (row.later.low is None) == (bounds[1] is None or bounds[2] is None)
        assert (row.later.high is None) == (bounds[0] is None or bounds[3] is None)


@given(collaborations())
def test_every_baseline_is_told_once(c):
    timings = [timing for record in c if isinstance(timing := getattr(record, "timing", None), sv.Timing)]
    baselines = [one for timing in timings for one in timing.baselines]
    rows = sv.timetables(c)
    labels = [row.timetable for row in rows if row.timetable not in ("planned", "outcome")]
    assert sorted(labels) == sorted(one.label for one in baselines if one.label not in ("planned", "outcome"))
