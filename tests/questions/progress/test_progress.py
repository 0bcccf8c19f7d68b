"""How far a plan has come, as reported."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import samverkan as sv


def processes(number: int, plan: str = "plan") -> tuple[str, ...]:
    return tuple(f"{plan}.process-{n}" for n in range(1, number + 1))


def counted(of: tuple[str, ...], day: str | None = None, *, scale: str = "", id: str = "", **said: object) -> object:
    tallies = tuple(sv.fields.Tally(status=status.replace("_", " "), number=number) for status, number in said.items())
    return sv.Observation(of=of, tallies=tallies, as_of=day, scale=scale, id=id or f"antal-{of[-1]}-{day}".lower())


def reported(of: str | tuple[str, ...], status: str = "", day: str | None = None, **more: object) -> object:
    of = (of,) if isinstance(of, str) else of
    word = status.translate(str.maketrans("åäö ", "aao-")) or "tyst"
    return sv.Observation(
        id=f"r-{of[0].rpartition('.')[2]}-{word}-{day or 'odaterad'}", of=of, status=status, as_of=day, **more
    )


def progress(number: int, *seen: sv.Observation, on: str | None = None, more: tuple[object, ...] = ()) -> sv.Table:
    records = [sv.Plan(id="plan", title="Plan"), *(sv.Process(id=id, plan="plan") for id in processes(number))]
    return sv.progress(sv.Collaboration([*records, *more, *seen]), "plan", on=on)


def said(table: sv.Table) -> list[tuple[str, str, str]]:
    return [(row.status, str(row.number), row.which) for row in table]


# ---------------------------------------------------------------- counts over sets


def test_a_count_over_a_set_stays_a_count_and_does_not_say_which():
    table = progress(25, counted(processes(25), completed=15, needs_coordinated_leadership=10))
    assert said(table) == [("completed", "15", "not said"), ("needs coordinated leadership", "10", "not said")]
    assert [(row.of, row.total, row.share, row.percent) for row in table] == [
        ("25 processes", 25, sv.share("3/5"), 60),
        ("25 processes", 25, sv.share("2/5"), 40),
    ]
    assert table.unknown == ("which of the 25 have which status (antal-plan.process-25-none)",)


def test_a_count_of_all_says_which():
    assert said(progress(3, counted(processes(3), completed=3))) == [("completed", "3", "all")]


def test_what_the_count_leaves_out_is_not_reported():
    assert said(progress(25, counted(processes(25), completed=15))) == [
        ("completed", "15", "not said"),
        ("not reported", "10", "not said"),
    ]


def test_of_what_is_outside_the_set_nothing_is_said_by_its_count():
    assert said(progress(5, counted(processes(3), completed=2))) == [
        ("completed", "2", "not said"),
        ("not reported", "1", "not said"),
        ("not reported", "2", "plan.process-4, plan.process-5"),
    ]


@pytest.mark.parametrize("number", ["~15", "<20", ">10", "10..20"])
def test_a_soft_count_stays_soft_without_a_share_and_leaves_no_rest(number):
    (row,) = progress(25, counted(processes(25), completed=number))
    assert (str(row.number), row.total, row.share, row.percent) == (number, 25, None, None)


def test_more_than_there_are_is_shown_without_a_share():
    (row,) = progress(3, counted(processes(3), completed=4))
    assert (str(row.number), row.total, row.share, row.percent) == ("4", 3, None, None)


@pytest.mark.parametrize(
    ("number", "total", "percent"),
    [(0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (3, 8, 38), (1, 200, 1), (3, 3, 100), (1, 300, 1), (199, 200, 99)],
)
def test_the_share_is_exact_and_the_percentage_rounded_half_up_but_never_to_all_or_nothing(number, total, percent):
    row = progress(total, counted(processes(total), completed=number))[0]
    assert (row.share, row.percent) == (sv.Share(Fraction(number, total)), percent)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.integers(0, 12))
def test_the_shares_of_a_whole_count_make_the_whole(numbers, left):
    size = sum(numbers) + left
    if size:
        observation = counted(processes(size), **{f"status_{n}": number for n, number in enumerate(numbers)})
        assert sv.Share.are_whole(dict(enumerate(row.share for row in progress(size, observation))))


def test_of_several_counts_of_one_set_the_latest_counts():
    early, late = counted(processes(4), "2022", done=1), counted(processes(4), "2023", done=3)
    assert said(progress(4, early, late))[0] == ("done", "3", "not said")
    assert len(progress(4, early, late)) == 2
    assert said(progress(4, early, late, on="2022-12-31"))[0] == ("done", "1", "not said")


@pytest.mark.parametrize(
    "other",
    [
        {"day": "2022-06", "id": "annan"},
        {"day": None, "id": "annan"},
        {"day": "unknown", "id": "annan"},
        {"day": "2023", "scale": "ekonomi", "id": "annan"},
    ],
)
def test_a_count_that_is_not_surely_later_by_the_same_scale_replaces_none(other):
    table = progress(4, counted(processes(4), "2022", done=1), counted(processes(4), done=3, **other))
    assert {(row.status, str(row.number)) for row in table} >= {("done", "1"), ("done", "3")}


def test_a_later_count_of_fewer_replaces_none_and_of_more_does():
    few, many = processes(2), processes(4)
    after = [counted(many, "2022", done=1), counted(few, "2023", done=2)]
    assert {str(row.total) for row in progress(4, *after)} == {"2", "4"}
    before = [counted(few, "2022", done=1), counted(many, "2023", done=3)]
    assert {str(row.total) for row in progress(4, *before)} == {"4"}


def test_things_in_several_sets_are_told_by_each_of_them():
    table = progress(3, counted(processes(3)[:2], done=1), counted(processes(3)[1:], done=2))
    assert [(row.of, row.status, str(row.number)) for row in table] == [
        ("2 processes", "done", "1"),
        ("2 processes", "not reported", "1"),
        ("2 processes", "done", "2"),
    ]


def test_what_is_counted_in_a_set_and_reported_singly_is_told_to_be_so():
    table = progress(3, counted(processes(3), done=1), reported("plan.process-1", "done", "2023"))
    assert said(table)[0] == ("done", "1", "not said")
    assert "how r-process-1-done-2023 fits the counts of the sets in which the same things are" in table.unknown


# ---------------------------------------------------------------- reports one by one


def test_reports_one_by_one_are_counted_by_status_and_say_which():
    table = progress(
        5,
        *(reported(id, "klar") for id in processes(3)),
        reported("plan.process-4", missing="not measurable"),
    )
    assert said(table) == [
        ("klar", "3", "plan.process-1..3"),
        ("not measurable", "1", "plan.process-4"),
        ("not reported", "1", "plan.process-5"),
    ]
    assert [row.percent for row in table] == [60, 20, 20]


def test_not_reported_is_told_whether_somebody_said_so_or_nobody_anything_but_not_as_not_measurable():
    table = progress(2, reported("plan.process-1", missing="not reported"))
    assert said(table) == [("not reported", "2", "plan.process-1, plan.process-2")]
    assert table[0].because == ("r-process-1-tyst-odaterad", "plan.process-2")


def test_a_report_of_several_is_one_of_each():
    assert said(progress(3, reported(processes(3), "klar"))) == [("klar", "3", "plan.process-1..3")]


def test_of_several_reports_the_latest_counts_as_of_the_day():
    seen = [reported("plan.process-1", "pågår", "2022-06-01"), reported("plan.process-1", "klar", "2023-06-01")]
    assert said(progress(1, *seen)) == [("klar", "1", "plan.process-1")]
    assert said(progress(1, *seen, on="2023-01-01")) == [("pågår", "1", "plan.process-1")]
    assert said(progress(1, *seen, on="2021-01-01")) == [("not reported", "1", "plan.process-1")]


@pytest.mark.parametrize("day", [None, "unknown", "2022", "2022-06"])
def test_where_it_cannot_be_told_which_is_the_latest_each_of_them_counts(day):
    table = progress(1, reported("plan.process-1", "pågår", "2022-06-15"), reported("plan.process-1", "klar", day))
    assert said(table) == [("klar", "1", "plan.process-1"), ("pågår", "1", "plan.process-1")]


def test_two_reports_that_say_the_same_count_a_thing_once():
    seen = [reported("plan.process-1", "klar"), reported("plan.process-1", "klar", "unknown")]
    table = progress(1, *seen)
    assert said(table) == [("klar", "1", "plan.process-1")]
    assert table[0].because == tuple(sorted(observation.id for observation in seen))


def test_a_report_that_may_not_have_come_yet_replaces_none():
    seen = [reported("plan.process-1", "pågår", "2022-06-01"), reported("plan.process-1", "klar", "2023")]
    table = progress(1, *seen, on="2023-06-01")
    assert said(table) == [("klar", "1", "plan.process-1"), ("pågår", "1", "plan.process-1")]
    assert table.unknown == ("for which day it holds (r-process-1-klar-2023)",)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.sampled_from(("klar", "pågår")),
            st.sampled_from((None, "2021", "2022-05", "2022", "2023")),
        ),
        max_size=6,
        unique=True,
    )
)
def test_every_thing_is_told_once_under_each_status_that_may_be_its_latest(reports):
    seen = [reported(f"plan.process-{n}", status, day) for n, status, day in reports]
    table = progress(3, *seen)
    assert all(row.number.exact <= row.total == 3 for row in table)
    for n in (1, 2, 3):
        own = [(status, day) for thing, status, day in reports if thing == n]
        latest = {status for status, day in own if not any(day and other and other[:4] > day[:4] for _, other in own)}
        told = {row.status for row in table if f"process-{n}" in row.which or row.which == "plan.process-1..3"}
        assert told == (latest or {"not reported"})


# ---------------------------------------------------------------- of what


def test_activities_count_beside_processes_and_parts_beside_wholes():
    steps = (
        sv.Activity(id="steg", title="Steg", plan="plan"),
        sv.Activity(id="del", title="Del", part_of="steg"),
        sv.Activity(id="annan", title="Annan"),
    )
    table = progress(1, reported("del", "klar"), more=steps)
    assert [row.of for row in table] == ["3 activities and processes"] * 2
    assert said(table) == [("klar", "1", "del"), ("not reported", "2", "plan.process-1, steg")]


def test_a_result_in_words_is_no_status():
    words = sv.Observation(id="ord", of=("plan.process-1",), result="Samtalsgrupp kan erbjudas")
    assert said(progress(1, words)) == [("reported, without a status", "1", "plan.process-1")]


def test_a_plan_without_steps_has_come_nowhere_and_nothing_is_claimed():
    assert len(progress(0)) == 0


def test_who_reports_and_for_which_day_comes_with_a_count():
    board = sv.Actor(id="forvaltningen", title="Förvaltningen", kind="administration")
    seen = sv.Observation(
        id="rapport",
        of=processes(2),
        as_of="2023",
        by="forvaltningen",
        tallies=(sv.fields.Tally(status="klar", number=1),),
    )
    row = progress(2, seen, more=(board,))[0]
    assert (row.by, str(row.as_of), row.because) == ("forvaltningen", "2023", ("rapport",))


def test_a_report_without_a_day_counts_on_every_day():
    assert said(progress(1, reported("plan.process-1", "klar"), on="2020-01-01")) == [("klar", "1", "plan.process-1")]


def test_the_title_says_of_which_plan_and_as_of_which_day():
    assert progress(1).title == "How far plan has come"
    assert progress(1, on="2023-06").title == "How far plan has come, as reported by 2023-06"


def test_what_is_reported_of_another_plan_is_not_told_here():
    other = tuple(sv.Process(id=id, plan="annan") for id in processes(3, "annan"))
    elsewhere = (sv.Plan(id="annan", title="Annan"), *other)
    seen = (counted(processes(3, "annan"), done=2), reported("annan.process-1", "klar", "unknown"))
    table = progress(2, *seen, more=elsewhere)
    assert said(table) == [("not reported", "2", "plan.process-1, plan.process-2")]
    assert table.unknown == ()


def test_a_count_with_a_status_of_its_own_is_one_report():
    seen = sv.Observation(id="r", of=processes(2), status="pågår", tallies=(sv.fields.Tally(status="klar", number=1),))
    table = progress(2, seen)
    assert table[0].by == ""
    assert table.unknown == ("which of the 2 have which status (r)",)


def test_a_day_that_is_not_told_is_said_to_be_so():
    table = progress(2, counted(processes(2), "unknown", done=1))
    assert any(sentence.startswith("for which day it holds") for sentence in table.unknown)


def test_an_id_that_is_not_there_is_told():
    with pytest.raises(sv.errors.NotFoundError, match="mora"):
        sv.progress(sv.Collaboration(), "mora")


# ---------------------------------------------------------------- done, and reported of the whole


def step(done: object, id: str = "steg") -> sv.Activity:
    return sv.Activity(id=id, title="Steg", plan="plan", timing=sv.Timing(done=done))


@pytest.mark.parametrize(
    ("done", "seen", "on", "wanted"),
    [
        ("2016-10-01", "2016-03-01", "2016-12-01", ["done"]),
        ("2016-10-01", "2016-03-01", None, ["done"]),
        ("2016-10-01", "2016-03-01", "2016-06-01", ["pågår"]),
        ("2016-10-01", "2016-11-01", "2016-12-01", ["pågår"]),
        ("unknown", "2016-03-01", None, ["done"]),
        ("2016-10", "2016-03-01", "2016-10-15", ["done or not, cannot be told", "pågår"]),
        (None, "2016-03-01", None, ["pågår"]),
    ],
)
def test_what_is_done_is_done_unless_something_was_certainly_reported_later(done, seen, on, wanted):
    table = progress(0, reported("steg", "pågår", seen), on=on, more=(step(done),))
    assert [row.status for row in table] == wanted


@pytest.mark.parametrize(
    ("done", "day", "on", "told"),
    [
        ("2024-01-01", "2023", None, True),
        ("2024-01-01", "2023", "2024-06-01", True),
        ("2024-01-01", "2023", "2023-12-31", False),
        ("2024-01-01", "2024-02", None, False),
        ("2024-01-01", "2024", None, True),
        ("2024-01-01", None, None, True),
        ("unknown", "2023", None, True),
        (None, "2023", None, False),
    ],
)
def test_that_a_step_was_done_after_the_count_in_which_it_is_is_told(done, day, on, told):
    table = progress(
        0, counted(("b1", "b2"), day, begun=2, id="antal"), on=on, more=(step(done, "b1"), step(None, "b2"))
    )
    assert said(table) == [("begun", "2", "all")]
    sentence = f"how b1, done {done}, fits the counts of the sets in which the same things are"
    assert (sentence in table.unknown) is told


def test_that_a_report_bears_no_day_is_told_where_a_day_is_asked_about():
    seen = [reported("plan.process-1", "klar"), counted(processes(3)[1:], done=2, id="antal")]
    sentence = "for which day it holds (antal, r-process-1-klar-odaterad): no day is recorded"
    assert progress(3, *seen, on="1900-01-01").unknown == (sentence,)
    assert progress(3, *seen).unknown == ()
    later = reported("plan.process-1", "klar", "2016")
    assert progress(1, later, on="2017-01-01").unknown == ()


def test_what_is_reported_of_the_plan_itself_is_told_of_it_and_what_it_counts_is_not_known():
    table = progress(1, reported("plan", "försenad", "2016"), counted(("plan",), "2016", klara=2, id="antal"))
    assert [(row.of, row.status, str(row.number), row.total) for row in table] == [
        ("plan", "klara", "2", None),
        ("plan", "försenad", "1", 1),
        ("1 process", "not reported", "1", 1),
    ]
    later = reported("plan", "i fas", "2017")
    assert [row.status for row in progress(0, reported("plan", "försenad", "2016"), later)] == ["i fas"]


def test_counts_of_some_of_the_same_things_are_told_to_overlap():
    table = progress(3, counted(processes(2), done=1, id="a"), counted(processes(3)[1:], done=1, id="b"))
    assert "how a and b, which count some of the same things, fit together" in table.unknown


def test_a_count_that_says_which_is_not_told_not_to():
    assert progress(2, counted(processes(2), done=2)).unknown == ()


def test_a_plan_that_stands_in_another_document_is_told_to():
    c = sv.Collaboration([sv.ExternalRecord(id="plan", kind="Plan"), step(None)])
    assert sv.progress(c, "plan").unknown == ("how far plan has come: another document has it",)


def test_that_the_source_does_not_tell_every_step_is_said():
    plan = sv.Plan(id="plan", title="Plan", basis=sv.basis(activities="partial"))
    table = sv.progress(sv.Collaboration([plan, step("2016")]), "plan")
    assert table.unknown == ("what else there is to do in plan: the source does not state all of it",)


def test_the_day_that_all_reports_give_is_the_day_of_the_row():
    same = [reported(id, "klar", "2016") for id in processes(2)]
    assert str(progress(2, *same)[0].as_of) == "2016"
    assert progress(2, same[0], reported("plan.process-2", "klar", "2017"))[0].as_of is None
