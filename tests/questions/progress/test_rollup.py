"""How far plans have come over different scales, level by level; and the scales as data."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import samverkan as sv
from tests.questions.test_every_answer import assert_sound
from tests.strategies import collaborations, days, whens

PLAN = sv.Plan(id="plan", title="Plan")
BODIES = [
    sv.Actor(id="ale", title="Ale", kind="kommun", level="local"),
    sv.Actor(id="hjo", title="Hjo", kind="kommun", level="local"),
    sv.Actor(id="hjo.soc", title="Socialförvaltningen", kind="administration", part_of="hjo"),
    sv.Actor(id="vgr", title="VGR", kind="region", level="county"),
    sv.Actor(id="okand", title="Okänd", kind="forum"),
    sv.Group(id="de-tva", of=("ale", "hjo"), count=2),
]


def step(name: str, *by: Any, **more: Any) -> sv.Process:
    return sv.Process(id=f"plan.{name}", plan="plan", by=by, **more)


def seen(name: str, status: str = "", *, scale: str = "miljömål", **more: Any) -> sv.Observation:
    said = {} if more.get("missing") else {"status": status}
    number = len(str(more)) + len(status)
    id = more.pop("id", f"r-{name}-{status.lower() or 'tyst'}-{number}".replace(" ", "-").translate(_PLAIN))
    return sv.Observation(id=id, of=f"plan.{name}", scale=scale, **said, **more)


_PLAIN = str.maketrans("åäö", "aao")


def rolled(
    *records: Any, on: str | None = None, scales: Any = None, plan: sv.Plan = PLAN
) -> sv.Table[sv.answers.Rollup]:
    return sv.rollup(sv.Collaboration([plan, *BODIES, *records]), "plan", on=on, scales=scales)


def said(table: sv.Table[sv.answers.Rollup]) -> list[tuple[str, str, str, int]]:
    return [(row.level, str(row.meaning), str(row.number), row.total) for row in table]


# ---------------------------------------------------------------- scales


@pytest.mark.parametrize(
    ("scale", "word", "meaning"),
    [
        ("miljömål", "G", "done"),
        ("miljömål", "H", "under way"),
        ("miljömål", "P", "under way"),
        ("miljömål", "E", "not started"),
        ("miljömål", "Ej relevant", "not relevant"),
        ("miljömål", "klar", "not told"),
        ("trafikljus", "grön", "not told"),
        ("malmö-pilar", "green", "not told"),
        ("malmö-pilar", "blank", "not measurable"),
        ("vårgårda-smileys", "fulfilled", "done"),
        ("vårgårda-smileys", "partly or not measurable", "not told"),
        ("", "Avslutad", "done"),
        ("", "pågår", "under way"),
        ("", "ej påbörjad", "not started"),
        ("", "försenad", "not told"),
        ("", "", "not told"),
    ],
)
def test_what_the_words_of_a_documented_scale_say_of_how_far_it_has_come(scale, word, meaning):
    assert str(sv.scales()[scale].meaning(word)) == meaning


def test_every_scale_with_a_name_says_where_it_is_described():
    assert all(scale.source and scale.title and scale.sv for name, scale in sv.scales().items() if name)
    assert all(scale.name == name for name, scale in sv.scales().items())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no scale"),
        ("x", "are no TOML"),
        (5, "there is no scale"),
        ("a = 1", "'a' is not told whole"),
        ('[a]\ntitle = "A"', "'a' is not told whole"),
        ('[a]\ntitle = "A"\nsv = 5\nsource = ""\nmeans = {}', "a: sv cannot be read"),
        ('[a]\ntitle = "A"\nsv = ""\nsource = ""\nmeans = { done = "G" }', "a.means.done is 'G'"),
        ('[a]\ntitle = "A"\nsv = ""\nsource = ""\nmeans = { fine = ["G"] }', "'fine' is not known as meaning"),
    ],
)
def test_a_scale_that_is_not_told_whole_is_refused(text, message):
    with pytest.raises(sv.InvalidValueError, match=message):
        sv.scales(text)


def test_a_scale_of_ones_own_is_read_beside_those_that_are_known():
    own = sv.scales('[egen]\ntitle = "E"\nsv = "E"\nsource = ""\nmeans = { done = ["i mål"] }')
    records = [step("ett", "ale"), step("tva", "ale"), seen("ett", "i mål", scale="egen"), seen("tva", "H")]
    assert said(rolled(*records, scales=own)) == [("local", "done", "1", 2), ("local", "under way", "1", 2)]
    table = rolled(*records)
    assert said(table) == [("local", "under way", "1", 2), ("local", "not told", "1", 2)]
    assert "how far plan.ett has come: it is reported as i mål (egen)" in table.unknown


# ---------------------------------------------------------------- by level


def test_different_scales_are_rolled_up_from_local_to_county():
    table = rolled(
        step("ett", "ale"),
        step("tva", "hjo.soc"),
        step("tre", "vgr"),
        step("fyra", "ale"),
        step("fem", "vgr"),
        seen("ett", "G"),
        seen("tva", "pågår", scale=""),
        seen("tre", "uppfyllt", scale="vårgårda-smileys"),
        seen("fem", missing="not measurable"),
    )
    assert said(table) == [
        ("county", "done", "1", 2),
        ("county", "not measurable", "1", 2),
        ("local", "done", "1", 3),
        ("local", "under way", "1", 3),
        ("local", "not reported", "1", 3),
        ("all", "done", "2", 5),
        ("all", "under way", "1", 5),
        ("all", "not measurable", "1", 5),
        ("all", "not reported", "1", 5),
    ]
    (row,) = table.where(level="all", meaning=sv.answers.Meaning.DONE)
    assert (row.share, row.percent, row.which) == (sv.share("2/5"), 40, "plan.ett, plan.tre")
    assert row.statuses == ("G (miljömål)", "uppfyllt (vårgårda-smileys)")


@pytest.mark.parametrize(
    ("by", "level"),
    [
        (("ale",), "local"),
        (("hjo.soc",), "local"),
        ((sv.jointly("de-tva"),), "local"),
        (("ale", "vgr"), "several"),
        (("okand",), "not told"),
        (("ale", "okand"), "not told"),
        ((), "county"),
    ],
)
def test_the_level_is_that_of_those_who_do_it_or_of_the_owners_of_the_plan(by, level):
    (row,) = rolled(step("ett", *by), plan=sv.Plan(id="plan", title="Plan", owners="vgr"))
    assert (row.level, str(row.meaning)) == (level, "not reported")


def test_a_post_acts_at_the_level_of_its_employer():
    role = sv.Role(id="ledare", title="Processledare", employed_by="hjo")
    assert rolled(role, step("ett", "ledare"))[0].level == "local"


def test_what_each_of_a_group_does_counts_once_for_each():
    table = rolled(
        step("ett", sv.each("de-tva")),
        seen("ett", "G", by="ale"),
        step("tva", sv.each("de-tva")),
        seen("tva", "E", by="hjo.soc"),
        seen("tva", missing="not measurable", by="ale"),
    )
    assert said(table) == [
        ("local", "done", "1", 4),
        ("local", "not started", "1", 4),
        ("local", "not measurable", "1", 4),
        ("local", "not reported", "1", 4),
    ]
    assert [row.which for row in table] == ["plan.ett (ale)", "plan.tva (hjo)", "plan.tva (ale)", "plan.ett (hjo)"]


def test_a_report_that_is_none_of_the_group_s_own_is_told_to_be_so():
    table = rolled(step("ett", sv.each("de-tva")), seen("ett", "G", by="vgr", id="fran-vgr"))
    assert said(table) == [("local", "not reported", "2", 2)]
    assert "of whom fran-vgr speaks, since each of de-tva does plan.ett" in table.unknown


def test_of_a_group_that_is_not_told_in_full_how_many_more_is_not_told():
    group = sv.Group(id="nagra", of="ale", basis=sv.basis(of="partial"))
    table = rolled(group, step("ett", sv.each("nagra")))
    assert said(table) == [("local", "not reported", "1", 1)]
    assert "how many more do plan.ett: who is in nagra is not all told" in table.unknown
    unnamed = sv.Group(id="inga", basis=sv.basis(of="unknown"))
    assert said(rolled(unnamed, step("ett", sv.each("inga")))) == [("not told", "not reported", "1", 1)]


def test_reports_that_do_not_agree_and_of_which_none_is_the_latest_are_not_told():
    table = rolled(step("ett", "ale"), seen("ett", "G"), seen("ett", "E"))
    assert said(table) == [("local", "not told", "1", 1)]
    agree = rolled(step("ett", "ale"), seen("ett", "H"), seen("ett", "P"))
    assert said(agree) == [("local", "under way", "1", 1)]
    latest = rolled(step("ett", "ale"), seen("ett", "E", as_of="2022"), seen("ett", "G", as_of="2023"))
    assert said(latest) == [("local", "done", "1", 1)]


def test_an_activity_that_is_done_is_done_and_one_that_nobody_reports_is_not_not_started():
    done = sv.Activity(id="plan.a", title="A", plan="plan", by="ale", timing=sv.Timing(done="2016-05-01"))
    table = rolled(done, step("ett", "ale"))
    assert said(table) == [("local", "done", "1", 2), ("local", "not reported", "1", 2)]
    assert said(rolled(done, on="2016-04-30")) == [("local", "not reported", "1", 1)]


# ---------------------------------------------------------------- counts over sets


def test_the_goals_of_vargarda_in_2023_as_published():
    """Of 30 goals 8 fulfilled, 3 partly or not measurable, 19 not: annual report of Vårgårda kommun 2023."""
    ids = [f"plan.process-{n}" for n in range(1, 31)]
    words = {"fulfilled": 8, "partly or not measurable": 3, "not fulfilled": 19}
    tallies = tuple(sv.fields.Tally(status=word, number=number) for word, number in words.items())
    count = sv.Observation(id="arsredovisning", of=ids, scale="vårgårda-smileys", tallies=tallies)
    table = rolled(*(step(f"process-{n}", "ale") for n in range(1, 31)), count)
    assert said(table) == [("local", "done", "8", 30), ("local", "not told", "22", 30)]
    assert (table[0].share, table[0].percent, table[0].which) == (sv.share("4/15"), 27, "not said")
    assert "how far those have come that are not fulfilled (vårgårda-smileys) (arsredovisning)" in table.unknown


def test_what_a_count_leaves_out_is_not_reported_and_a_soft_count_stays_soft():
    ids = ("plan.ett", "plan.tva", "plan.tre")
    steps = [step(id.removeprefix("plan."), "ale") for id in ids]
    one = sv.Observation(id="antal", of=ids, tallies=sv.fields.Tally(status="klara", number=2))
    assert said(rolled(*steps, one)) == [("local", "done", "2", 3), ("local", "not reported", "1", 3)]
    soft = sv.Observation(id="antal", of=ids, tallies=sv.fields.Tally(status="klara", number="~2"))
    (row,) = rolled(*steps, soft)
    assert (str(row.number), row.total, row.share, row.percent) == ("~2", 3, None, None)


def test_things_counted_in_two_sets_count_once_and_are_not_told():
    steps = [step("ett", "ale"), step("tva", "ale")]
    sets = [
        sv.Observation(id=f"antal-{n}", of=("plan.ett", "plan.tva"), tallies=sv.fields.Tally(status="klara", number=n))
        for n in (1, 2)
    ]
    assert said(rolled(*steps, *sets)) == [("local", "not told", "2", 2)]


# ---------------------------------------------------------------- several plans, laws


def test_several_plans_are_rolled_up_together_and_a_step_counts_once():
    other = sv.Plan(id="annan", title="Annan")
    c = sv.Collaboration([PLAN, other, *BODIES, step("ett", "ale"), sv.Process(id="annan.ett", plan="annan", by="vgr")])
    table = sv.rollup(c, "plan", "annan", "plan")
    assert said(table)[-1] == ("all", "not reported", "2", 2)
    with pytest.raises(sv.InvalidValueError, match="no plan is named"):
        sv.rollup(c)
    with pytest.raises(sv.errors.NotFoundError):
        sv.rollup(c, "finns-inte")


MEANS = {
    "G": "done",
    "H": "under way",
    "P": "under way",
    "E": "not started",
    "ej relevant": "not relevant",
    "?": "not told",
}
CELLS = st.sampled_from((*MEANS, "", "not measurable"))


@given(st.lists(st.tuples(st.sampled_from(("ale", "hjo", "vgr", "okand", "de-tva")), CELLS, CELLS), max_size=6))
@settings(max_examples=100)
def test_it_counts_as_by_hand(cells):
    """Each step: who does it, what the first of them reports and, for each of two, what the other does."""
    records, expected = [], Counter()
    levels = {"ale": "local", "hjo": "local", "vgr": "county", "okand": "not told"}
    for number, (by, *words) in enumerate(cells):
        apart = ("ale", "hjo") if by == "de-tva" else (by,)
        records.append(step(f"s-{number}", sv.each(by) if by == "de-tva" else by))
        for who, word in zip(apart, words, strict=False):
            expected[levels[who], MEANS.get(word, word or "not reported")] += 1
            if word:
                said_ = {"missing": word} if word == "not measurable" else {"status": word}
                records.append(seen(f"s-{number}", **said_, by=who, id=f"r-{number}-{who}"))
    table = rolled(*records)
    found = {(row.level, str(row.meaning)): row.number.exact for row in table if row.level != "all"}
    assert found == dict(expected)
    for level in {row.level for row in table}:
        rows = table.where(level=level)
        assert sum((row.share.fraction for row in rows), Fraction()) == 1
        assert sum(row.number.exact for row in rows) == rows[0].total


@given(collaborations(every_kind=True), st.none() | days() | whens(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_every_plan_is_answered_soundly_whatever_the_order_and_counts_every_step_that_is_in_no_set(c, on, choice):
    copy = sv.Collaboration(choice.sample(list(c), len(c)), known=c.known)
    for one in c[sv.Plan]:
        table = sv.rollup(c, one.id, on=on)
        assert_sound(table, c)
        assert table == sv.rollup(copy, one.id, on=on)
        tallied = {id for seen in c[sv.Observation] if seen.tallies for id in seen.of}
        steps = {p.record for p in c.pointing_at(one.id) if isinstance(c[p.record], sv.Process)} - tallied
        said_ = " ".join(row.which for row in table)
        assert all(id in said_ or "..(" in said_ or ".." in said_ for id in steps)
