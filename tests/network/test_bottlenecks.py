"""On whom unusually much waits."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import samverkan as sv
from tests.strategies import collaborations

BODIES = tuple(sv.Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo", "tjorn", "vara"))
A, H, T, V = STEPS = tuple(sv.Activity(id=f"steg-{body.id}", title="Steg", by=body.id) for body in BODIES)


def asked(*records: Any, on: str | None = None) -> sv.Table[sv.answers.Bottleneck]:
    return sv.graph(sv.Collaboration([*BODIES, *STEPS, *records])).bottlenecks(on=on)


def link(first: sv.Activity, second: sv.Activity, kind: str = "finish-start") -> sv.Dependency:
    return sv.Dependency(predecessor=first.id, successor=second.id, kind=kind)


def told(table: sv.Table[sv.answers.Bottleneck]) -> list[tuple[str, str, str, str]]:
    return [(row.organisation, str(row.waiting), str(row.of), str(row.unusual)) for row in table]


def test_what_waits_near_and_far_is_counted_and_on_whom_most_waits_stands_first():
    table = asked(link(A, H), link(H, T), link(T, V))
    assert told(table) == [("ale", "3", "3", "yes"), ("hjo", "2", "3", "yes"), ("tjorn", "1", "3", "no")]
    first = table[0]
    assert (first.who, first.things) == (("hjo", "tjorn", "vara"), ("steg-hjo", "steg-tjorn", "steg-vara"))
    assert first.path == "steg-ale —finish-start→ steg-hjo —finish-start→ steg-tjorn —finish-start→ steg-vara"
    assert {"steg-ale>steg-hjo", "steg-tjorn>steg-vara"} <= set(first.because)


def test_what_waits_beyond_a_step_that_may_be_done_waits_perhaps():
    between = sv.Activity(id="steg-mitt", title="Steg", by="hjo", timing=sv.Timing(done="2024-06"))
    links = (between, link(A, between), link(between, V))
    assert told(asked(*links, on="2024-05-31"))[0] == ("ale", "2", "2", "yes")
    assert told(asked(*links, on="2024-06-15"))[0][:2] == ("ale", "0..2")
    assert asked(*links, on="2024-06-30").items == ()


def test_unusual_is_more_than_half_of_all_that_waits_on_others():
    other = sv.Activity(id="steg-vara-2", title="Steg", by="vara")
    assert told(asked(link(A, H), link(T, V))) == [("ale", "1", "2", "no"), ("tjorn", "1", "2", "no")]
    assert told(asked(other, link(A, H), link(T, V), link(T, other))) == [
        ("tjorn", "2", "3", "yes"),
        ("ale", "1", "3", "no"),
    ]


def test_what_waits_on_two_counts_for_each_and_once_in_all():
    assert told(asked(link(A, V), link(H, V))) == [("ale", "1", "1", "yes"), ("hjo", "1", "1", "yes")]


def test_what_waits_on_its_own_organisation_or_is_only_informed_does_not_count():
    own = sv.Activity(id="steg-ale-2", title="Steg", by="ale")
    joint = sv.Activity(id="steg-alla", title="Steg", by=("ale", "hjo"))
    assert (
        told(asked(own, joint, link(A, own), link(A, joint), link(A, H, "informs"), link(A, T, "contributes to"))) == []
    )


def test_an_obligation_waits_on_the_step_that_fulfils_it_and_money_does_not_wait():
    duty = sv.Obligation(id="plikt", title="Plan", by="hjo", secures="medel")
    grant = sv.Grant(id="medel", title="Medel", payer="vara")
    step = sv.Activity(id="inlamning", title="Inlämning", by="ale", fulfils="plikt")
    (row,) = asked(duty, grant, step)
    assert (row.organisation, row.things) == ("ale", ("plikt",))


@pytest.mark.parametrize(
    ("on", "waiting"), [("2016-09-30", "1"), ("2016-10-15", "0..1"), ("2016-11-01", None), (None, None)]
)
def test_what_has_been_done_is_waited_on_no_more(on, waiting):
    done = sv.Activity(id="klart", title="Steg", by="ale", timing=sv.Timing(done="2016-10-mid"))
    assert [str(row.waiting) for row in asked(done, link(done, H), on=on)] == ([waiting] if waiting else [])


def test_what_waits_without_its_organisation_told_may_be_anothers():
    lone = sv.Activity(id="okand", title="Steg")
    table = asked(lone, link(A, lone), link(A, H), link(T, V))
    assert told(table) == [("ale", "1..2", "2..3", "cannot be told"), ("tjorn", "1", "2..3", "no")]
    assert table.unknown == ("the organisation of okand is not recorded",)


@given(
    c=collaborations(
        kinds=(
            sv.Actor,
            sv.Activity,
            sv.Obligation,
            sv.Dependency,
            sv.Dependency,
            sv.Plan,
            sv.Grant,
            sv.ExternalRecord,
        ),
        every_kind=True,
    )
)
@settings(max_examples=60)
def test_it_agrees_with_asking_of_each_thing_what_it_reaches(c):
    net = sv.graph(c)

    def homes(id: str) -> set[str]:
        return {row.organisation for row in net.organisations(id)}

    def is_done(id: str) -> bool:
        timing = getattr(c[id], "timing", None)
        return bool(timing and timing.done)

    found: dict[str, set[str]] = {}
    for record in c:
        for home in homes(record.id) if not is_done(record.id) else ():
            reached = {row.id for row in net.reaches(record.id) if row.certain and row.kind != "grant"}
            found.setdefault(home, set()).update(id for id in reached if home not in homes(id))
    expected = {home: ids for home, ids in found.items() if ids}
    rows = {row.organisation: row for row in net.bottlenecks()}
    assert {home: set(row.things) for home, row in rows.items()} == expected
    for home, row in rows.items():
        sure = {id for id in expected[home] if homes(id)}
        assert (row.waiting.low, row.waiting.high) == (len(sure), len(expected[home]))
        assert row.of.high == len(set().union(*expected.values()))


@given(c=collaborations(every_kind=True), choice=st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_another_dependency_never_lets_fewer_wait(c, choice):
    before = {row.organisation: row.waiting for row in sv.graph(c).bottlenecks()}
    steps = [one.id for one in c[sv.Activity]]
    new = sv.Dependency(id="nytt-beroende", predecessor=choice.choice(steps), successor=choice.choice(steps))
    after = {row.organisation: row.waiting for row in sv.graph(c.adding(new)).bottlenecks()}
    for home, waiting in before.items():
        assert after[home].low >= waiting.low
        assert after[home].high >= waiting.high
