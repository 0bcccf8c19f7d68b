"""By which meeting a matter must be in: counted back, and held against trying day after day."""

from itertools import count

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.values.day import is_exempt

COMPLETE = sv.basis(meets="complete")


def body(id: str = "namnd", *meets: object, kind: str = "committee", **more: object) -> sv.Actor:
    return sv.Actor(id=id, title=id, kind=kind, meets=meets, **{"matters_in": 14, "papers_out": 7, **more})


def decision(id: str = "beslut", by: object = "namnd", **timing: object) -> sv.Decision:
    return sv.Decision(id=id, title="Beslut", body=by, timing=sv.Timing(**timing))


def step(id: str, by: object = (), **timing: object) -> sv.Activity:
    kind = timing.pop("kind", "milestone")
    return sv.Activity(id=id, title="Steg", by=by, kind=kind, timing=sv.Timing(**timing))


def after(first: str, second: str, **more: object) -> sv.Dependency:
    return sv.Dependency(predecessor=first, successor=second, **more)


def asked(*records: object, thing: str = "beslut", deadline: object = None, on: object = None, **c: object) -> sv.Table:
    return sv.last_meeting(sv.Collaboration(records, **c), thing, deadline, on=on)


MONTHLY = ("2024-08-20", "2024-09-17", "2024-10-15", "2024-11-12")


# ---------------------------------------------------------------- one body


def test_the_last_meeting_by_the_last_day_and_when_the_matter_must_be_in():
    (row,) = asked(body("namnd", *MONTHLY), decision(due="2024-10-31", statutory=False), on="2024-09-01")
    assert (row.for_, row.body, str(row.limit)) == ("beslut", "namnd", "2024-10-31")
    assert (str(row.meeting), row.at_best, str(row.matter_in), str(row.papers_out)) == (
        "2024-10-15",
        None,
        "2024-10-01",
        "2024-10-08",
    )
    assert (str(row.days_left), row.state, row.why) == (
        "30",
        sv.answers.MeetingState.IN_TIME,
        "the deadline is 2024-10-31",
    )
    assert row.because == ("beslut", "namnd")


@pytest.mark.parametrize(
    ("exists", "meeting", "at_best"),
    [
        (None, "2024-10-08", "None"),
        ("2010/2024-09-30", "2024-09-10", "None"),
        ("2024-10-01/", "2024-10-08", "None"),
        ("2010/2024-08-31", "None", "None"),
        (sv.Period(sv.when("2010"), sv.when("2024-09-20..2024-10-20")), "2024-09-10", "2024-10-08"),
    ],
)
def test_a_body_meets_only_while_it_is_there(exists, meeting, at_best):
    namnd = body("namnd", "2024-09-10", "2024-10-08", exists=exists)
    (row,) = asked(namnd, decision(due="2024-10-31", statutory=False))
    assert (str(row.meeting), str(row.at_best)) == (meeting, at_best)


def test_a_day_that_is_given_takes_the_place_of_the_last_day():
    both = body("namnd", *MONTHLY), decision(due="2024-10-31")
    for deadline, meeting in (("2024-09-17", "2024-09-17"), ("2024-09-16", "2024-08-20"), ("2024-09", "2024-09-17")):
        assert str(asked(*both, deadline=deadline)[0].meeting) == meeting


def test_where_no_day_is_told_there_is_nothing_to_count_back_from():
    table = asked(body("namnd", *MONTHLY), decision())
    assert (table[0].state, table[0].meeting, table[0].limit) == (sv.answers.MeetingState.UNDATED, None, None)
    assert "by when beslut must be done" in table.unknown


@pytest.mark.parametrize(
    ("basis", "state"),
    [
        (COMPLETE, sv.answers.MeetingState.NOBODY_MEETS),
        ((), sv.answers.MeetingState.NOT_KNOWN),
        (sv.basis(meets="partial"), sv.answers.MeetingState.NOT_KNOWN),
    ],
)
def test_no_meeting_is_said_only_where_all_are_told(basis, state):
    for meets in (MONTHLY, ()):
        (row,) = asked(body("namnd", *meets, basis=basis), decision(due="2024-08-19", statutory=False))
        assert (row.state, row.meeting, row.at_best, row.matter_in) == (state, None, None, None)


def test_whether_a_body_meets_on_other_days_is_not_told_unless_all_are():
    sentence = "whether these meet on other days than those recorded: namnd"
    due = decision(due="2024-10-31")
    assert asked(body("namnd", *MONTHLY), due).unknown == (sentence,)
    assert asked(body("namnd", *MONTHLY, basis=COMPLETE), due).unknown == ()
    assert asked(body("namnd"), due).unknown == ("on which days these meet: namnd",)


@pytest.mark.parametrize(
    ("told", "matter_in", "papers_out", "open_"),
    [
        ({"matters_in": 14, "papers_out": 7}, "2024-10-01", "2024-10-08", False),
        ({"matters_in": 7, "papers_out": 14}, "2024-10-01", "2024-10-01", False),
        ({"matters_in": 14, "papers_out": None}, "2024-10-01", "None", False),
        ({"matters_in": 14, "papers_out": sv.NONE}, "2024-10-01", "None", False),
        ({"matters_in": 14, "papers_out": sv.UNKNOWN}, "by 2024-10-01", "None", True),
        ({"matters_in": None, "papers_out": 7}, "by 2024-10-08", "2024-10-08", True),
        ({"matters_in": sv.UNKNOWN, "papers_out": 7}, "by 2024-10-08", "2024-10-08", True),
        ({"matters_in": None, "papers_out": None}, "by 2024-10-15", "None", True),
        ({"matters_in": sv.NONE, "papers_out": None}, "2024-10-15", "None", False),
    ],
)
def test_the_greater_of_the_two_counts_and_what_is_not_told_stays_so(told, matter_in, papers_out, open_):
    table = asked(body("namnd", *MONTHLY, basis=COMPLETE, **told), decision(due="2024-10-31"))
    assert (str(table[0].matter_in), str(table[0].papers_out)) == (matter_in, papers_out)
    sentence = "how long before a meeting the matter must be in with namnd"
    assert table.unknown == ((sentence,) if open_ else ())


def test_a_vague_meeting_day_is_certainly_in_time_or_may_be():
    vague = body("namnd", "2024-09-17", "2024-10-mid", basis=COMPLETE)
    in_time = asked(vague, decision(due="2024-10-20", statutory=False))[0]
    assert (str(in_time.meeting), in_time.at_best, str(in_time.matter_in)) == (
        "2024-10-mid",
        None,
        "2024-09-27..2024-10-06",
    )
    perhaps = asked(vague, decision(due="2024-10-15", statutory=False))[0]
    assert (str(perhaps.meeting), str(perhaps.at_best), str(perhaps.matter_in)) == (
        "2024-09-17",
        "2024-10-mid",
        "2024-09-03",
    )
    only = asked(body("namnd", "2024-10-mid"), decision(due="2024-10-15", statutory=False))[0]
    assert (only.meeting, str(only.at_best), str(only.matter_in), only.state) == (
        None,
        "2024-10-mid",
        "by 2024-10-06",
        sv.answers.MeetingState.PERHAPS,
    )


# ---------------------------------------------------------------- several


def ladder(**more: object) -> list[object]:
    """A committee prepares, the board recommends, the council decides."""
    soc = body("soc", "2024-08-28", "2024-09-25", "2024-10-23", matters_in=14)
    ks = body("ks", "2024-09-04", "2024-10-02", "2024-11-06", kind="board", matters_in=21)
    kf = body("kf", "2024-09-23", "2024-10-21", "2024-11-25", kind="council", matters_in=10)
    taken = [decision(f"{one.id}-beslut", one.id, **more.get(one.id, {})) for one in (soc, ks, kf)]
    return [soc, ks, kf, *taken, after("soc-beslut", "ks-beslut"), after("ks-beslut", "kf-beslut")]


def test_a_matter_climbs_from_body_to_body_each_in_time_for_the_next():
    table = asked(*ladder(), thing="kf-beslut", deadline="2024-11-30", on="2024-08-01")
    assert [(row.body, str(row.limit), str(row.meeting), str(row.matter_in)) for row in table] == [
        ("soc", "2024-10-16", "2024-09-25", "2024-09-11"),
        ("ks", "2024-11-15", "2024-11-06", "2024-10-16"),
        ("kf", "2024-11-30", "2024-11-25", "2024-11-15"),
    ]
    assert [row.why for row in table] == [
        "ks-beslut waits on it",
        "kf-beslut waits on it",
        "the deadline is 2024-11-30",
    ]
    assert table[0].because == (
        "soc-beslut",
        "soc",
        "soc-beslut>ks-beslut",
        "ks-beslut",
        "ks-beslut>kf-beslut",
        "kf-beslut",
    )
    assert str(table[0].days_left) == "41"


def test_where_one_body_has_no_meeting_in_time_nothing_before_it_is_certain():
    table = asked(*ladder(), thing="kf-beslut", deadline="2024-10-30")
    assert [str(row.meeting) for row in table] == ["2024-08-28", "2024-10-02", "2024-10-21"]
    table = asked(*ladder(), thing="kf-beslut", deadline="2024-09-30")
    assert [(row.meeting and str(row.meeting), str(row.state)) for row in table] == [
        (None, "no meeting is known"),
        ("2024-09-04", "may be in time"),
        ("2024-09-23", "may be in time"),
    ]
    gone = asked(*ladder(), thing="kf-beslut", deadline="2024-09-20")
    assert [row.meeting for row in gone] == [None, None, None]
    assert gone[2].state is sv.answers.MeetingState.NOT_KNOWN


def test_what_is_done_is_passed_over():
    records = ladder(soc={"done": "2024-08-28"})
    assert [row.body for row in asked(*records, thing="kf-beslut", deadline="2024-11-30")] == ["ks", "kf"]
    assert [row.body for row in asked(*records, thing="kf-beslut", deadline="2024-11-30", on="2024-08-27")] == [
        "soc",
        "ks",
        "kf",
    ]
    assert len(asked(*ladder(kf={"done": "2024-10-21"}), thing="kf-beslut", deadline="2024-11-30")) == 0


def test_the_own_last_day_of_a_decision_on_the_way_binds_it_as_well():
    records = ladder(ks={"due": "2024-10-05", "statutory": False})
    ks = asked(*records, thing="kf-beslut", deadline="2024-11-30")[1]
    assert (str(ks.meeting), ks.why) == ("2024-10-02", "its deadline is 2024-10-05")


def test_steps_take_their_days_and_dependencies_their_lag():
    work = step("utskick", days=10)
    waits = after("beslut", "utskick", lag=5), after("utskick", "klart")
    both = body("namnd", *MONTHLY), decision()
    row = asked(*both, work, step("klart"), *waits, thing="klart", deadline="2024-10-29")[0]
    assert (str(row.limit), str(row.meeting)) == ("2024-10-14", "2024-09-17")
    row = asked(*both, work, step("klart"), *waits, thing="klart", deadline="2024-10-30")[0]
    assert (str(row.limit), str(row.meeting)) == ("2024-10-15", "2024-10-15")
    assert row.why == "utskick waits on it, 5 days after"


def test_a_step_of_unknown_days_leaves_it_open_which_meeting_is_the_last():
    waits = after("beslut", "utskick"), after("utskick", "klart")
    both = body("namnd", *MONTHLY), decision()
    table = asked(*both, step("utskick", days=sv.UNKNOWN), step("klart"), *waits, thing="klart", deadline="2024-10-30")
    assert (str(table[0].limit), table[0].meeting, str(table[0].at_best)) == ("by 2024-10-30", None, "2024-10-15")
    assert "how many days utskick may take" in table.unknown
    silent = step("utskick", kind="step")
    table = asked(*both, silent, step("klart"), *waits, thing="klart", deadline="2024-10-30")
    assert (table[0].meeting, str(table[0].at_best)) == (None, "2024-10-15")
    assert "how many days utskick may take" in table.unknown
    assert str(
        asked(*both, step("utskick"), step("klart"), *waits, thing="klart", deadline="2024-10-30")[0].meeting
    ) == ("2024-10-15")
    estimate = step("utskick", estimate=sv.Estimate(best=5, likely=10, worst=40))
    table = asked(*both, estimate, step("klart"), *waits, thing="klart", deadline="2024-10-30")
    assert (str(table[0].limit), str(table[0].meeting), str(table[0].at_best)) == (
        "2024-09-20..2024-10-25",
        "2024-09-17",
        "2024-10-15",
    )


def test_a_lag_in_working_days_is_counted_over_them():
    waits = after("beslut", "klart", lag=3, working_days=True)
    for deadline, limit in (("2024-05-02", "2024-04-28"), ("2024-05-06", "2024-05-01"), ("2024-05-05", "2024-04-29")):
        row = asked(body(), decision(), step("klart"), waits, thing="klart", deadline=deadline)[0]
        assert str(row.limit) == limit  # the first of May is a Wednesday
    outside = after("beslut", "klart", lag=3, working_days=True)
    row = asked(body(), decision(), step("klart"), outside, thing="klart", deadline="1950-05-05")[0]
    assert row.limit.is_unknown


def test_an_obligation_is_met_by_the_steps_that_fulfil_it_and_the_decisions_of_those_who_owe_them():
    duty = sv.Obligation(id="krav", title="K", by="kommun", duty="decide", timing=sv.Timing(due="2024-10-31"))
    whole = sv.Actor(id="kommun", title="K", kind="kommun")
    own = body("namnd", *MONTHLY, part_of="kommun")
    item = sv.DecisionItem(about="krav")
    taken = sv.Decision(id="beslut", body="namnd", items=item)
    assert [row.for_ for row in asked(duty, whole, own, taken, thing="krav")] == ["beslut"]
    other = sv.Decision(id="annat", body="namnd", items=sv.DecisionItem(about="kommun"))
    assert [row.for_ for row in asked(duty, whole, own, other, thing="krav")] == []
    done = sv.Activity(id="steg", title="S", by="namnd", fulfils="krav")
    (row,) = asked(duty, whole, own, done, thing="krav")
    assert (row.for_, str(row.meeting), row.because) == ("steg", "2024-10-15", ("steg", "namnd", "krav"))


def test_each_body_of_a_step_has_its_own_meeting_and_the_next_waits_for_all():
    a, b = body("a", "2024-10-10", matters_in=10), body("b", "2024-10-20", matters_in=30)
    both = sv.Group(id="bada", of=("a", "b"))
    first = body("c", "2024-09-20", "2024-09-25")
    records = (a, b, both, first, step("sam", "each bada"), decision("forst", "c"), after("forst", "sam"))
    table = asked(*records, thing="sam", deadline="2024-10-31")
    assert [(row.for_, row.body, str(row.meeting)) for row in table] == [
        ("forst", "c", "2024-09-20"),
        ("sam", "a", "2024-10-10"),
        ("sam", "b", "2024-10-20"),
    ]


def test_a_step_of_one_who_does_not_meet_is_no_rung():
    kommun = sv.Actor(id="ale", title="Ale", kind="kommun")
    table = asked(kommun, step("klart", "ale"), thing="klart", deadline="2024-10-31")
    assert len(table) == 0
    assert table.unknown == ("which bodies klart passes: nothing that one who meets decides or does comes before it",)


@pytest.mark.parametrize("by", [None, sv.UNKNOWN])
def test_who_decides_is_told_to_be_unknown(by):
    table = asked(decision(by=by), deadline="2024-10-31")
    assert (table[0].body, table[0].state) == ("", sv.answers.MeetingState.NOT_KNOWN)
    assert "who decides beslut" in table.unknown


def test_what_waits_on_itself_is_told_and_not_counted():
    records = body("namnd", *MONTHLY), decision("a"), decision("b"), step("klart")
    table = asked(*records, after("a", "b"), after("b", "a"), after("b", "klart"), thing="klart", deadline="2024-10-31")
    assert len(table) == 0
    assert "what comes before what of a, b: they wait on each other" in table.unknown
    table = asked(*records, after("a", "b"), after("b", "a"), thing="a", deadline="2024-10-31")
    assert [row.for_ for row in table] == ["a"]
    assert "what comes before what of a, b: they wait on each other" in table.unknown
    behind = after("b", "a"), after("a", "b"), after("c", "a"), after("b", "klart")
    table = asked(*records, decision("c"), *behind, thing="klart", deadline="2024-10-31")
    assert "what comes before what of a, b: they wait on each other" in table.unknown


def test_what_only_informs_is_not_waited_for():
    records = body("namnd", *MONTHLY), decision(), step("klart"), after("beslut", "klart", kind="informs")
    assert len(asked(*records, thing="klart", deadline="2024-10-31")) == 0


def test_what_is_not_there_is_told():
    with pytest.raises(sv.errors.NotFoundError, match="beslutet"):
        asked(body(), decision(), thing="beslutet")
    with pytest.raises(sv.InvalidValueError, match="is a season"):
        asked(body(), decision(), deadline="våren 2024")


# ---------------------------------------------------------------- whether the matter is ready


def late(on: object = None, thing: str = "in", link: object = None, **first: object) -> sv.Table:
    """A step that takes its days, the board that meets twice, and what must be in by the end of May."""
    ks = body("ks", "2026-03-10", "2026-04-14", kind="board", papers_out=None, basis=COMPLETE)
    timing = {"days": 30, "not_before": "2026-03-20", "kind": "step", **first}
    end = step("in", due="2026-05-30", statutory=False)
    records = ks, step("f", **timing), decision("bes", "ks"), end, link or after("f", "bes"), after("bes", "in")
    return asked(*records, thing=thing, on=on)


@pytest.mark.parametrize("on", [None, "2026-02-02"])
def test_a_meeting_that_the_matter_cannot_reach_is_not_in_time(on):
    (row,) = late(on)
    assert (str(row.meeting), str(row.matter_in), str(row.ready)) == ("2026-04-14", "2026-03-31", "2026-04-19")
    assert row.state is sv.answers.MeetingState.NOT_READY
    assert row.because == ("bes", "ks", "bes>in", "in", "f>bes", "f")


@pytest.mark.parametrize(
    ("days", "ready", "state"),
    [
        ({"days": 11}, "2026-03-31", sv.answers.MeetingState.IN_TIME),
        ({"days": 12}, "2026-04-01", sv.answers.MeetingState.NOT_READY),
        ({"days": None, "estimate": sv.Estimate(best=5, likely=8, worst=11)}, "2026-03-25..2026-03-31", sv.answers.MeetingState.IN_TIME),
        ({"days": None, "estimate": sv.Estimate(best=5, likely=8, worst=12)}, "2026-03-25..2026-04-01", sv.answers.MeetingState.PERHAPS),
        ({"days": None, "estimate": sv.Estimate(best=12, likely=13, worst=14)}, "2026-04-01..2026-04-03", sv.answers.MeetingState.NOT_READY),
        ({"days": sv.UNKNOWN}, "from 2026-03-20", sv.answers.MeetingState.PERHAPS),
        ({"days": sv.UNKNOWN, "not_before": "2026-04-01"}, "from 2026-04-01", sv.answers.MeetingState.NOT_READY),
        ({"days": sv.UNKNOWN, "not_before": None}, "unknown", sv.answers.MeetingState.PERHAPS),
        ({"days": None, "not_before": None, "planned": "2026-04"}, "2026-04", sv.answers.MeetingState.NOT_READY),
    ],
)  # fmt: skip
def test_it_is_ready_when_what_must_come_before_it_is_done(days, ready, state):
    table = late(**days)
    assert (str(table[0].ready), table[0].state) == (ready, state)
    sentence = "whether what must come before bes is done by the day on which the matter must be in"
    assert (sentence in table.unknown) is (state is sv.answers.MeetingState.PERHAPS)


@pytest.mark.parametrize(
    ("link", "ready", "state"),
    [
        ({"lag": 6}, "2026-03-31", sv.answers.MeetingState.IN_TIME),
        ({"lag": 7}, "2026-04-01", sv.answers.MeetingState.NOT_READY),
        ({"lag": 4, "working_days": True}, "2026-03-31", sv.answers.MeetingState.IN_TIME),  # from Wednesday to Tuesday
        ({"lag": 5, "working_days": True}, "2026-04-01", sv.answers.MeetingState.NOT_READY),
        ({"kind": "start-start", "lag": 11}, "2026-03-31", sv.answers.MeetingState.IN_TIME),
        ({"kind": "start-start", "lag": 12}, "2026-04-01", sv.answers.MeetingState.NOT_READY),
        ({"kind": "finish-finish", "lag": 20}, "2026-03-31", sv.answers.MeetingState.IN_TIME),
        ({"kind": "finish-finish", "lag": 21}, "2026-04-01", sv.answers.MeetingState.NOT_READY),
    ],
)
def test_how_long_it_must_wait_counts_as_well(link, ready, state):
    (row,) = late(days=5, link=after("f", "bes", **link))
    assert (str(row.ready), row.state) == (ready, state)


def test_what_is_done_keeps_it_only_by_its_lag():
    for lag, ready, state in ((0, "None", "in time"), (30, "2026-04-01", "not ready by then")):
        (row,) = late("2026-03-05", link=after("f", "bes", lag=lag), done="2026-03-02")
        assert (str(row.ready), str(row.state)) == (ready, state)
    (row,) = late("2026-03-05", done="by 2026-03-04")
    assert row.state is sv.answers.MeetingState.IN_TIME


def test_it_may_itself_not_begin_before_a_day():
    ks = body("ks", "2026-04-14", papers_out=None, basis=COMPLETE)
    for first, state in (("2026-03-31", "in time"), ("2026-04-01", "not ready by then"), ("2026-03-mid", "in time")):
        (row,) = asked(ks, decision("bes", "ks", not_before=first), thing="bes", deadline="2026-05-30")
        assert (str(row.ready), str(row.state)) == (first, state)


def test_what_cannot_come_about_keeps_all_that_waits_on_it():
    soc = body("soc", "2026-03-12", papers_out=None, basis=COMPLETE)
    ks = body("ks", "2026-04-14", papers_out=None)
    records = soc, ks, step("f", not_before="2026-03-01"), decision("forst", "soc"), decision("bes", "ks")
    table = asked(*records, after("f", "forst"), after("forst", "bes"), thing="bes", deadline="2026-05-30")
    assert [(row.body, str(row.ready), str(row.state)) for row in table] == [
        ("soc", "2026-03-01", "not ready by then"),
        ("ks", "None", "not ready by then"),
    ]
    assert table[1].why == "the deadline is 2026-05-30; forst cannot come about"
    assert {"forst", "forst>bes"} <= {*table[1].because}


@pytest.mark.parametrize(
    ("on", "state", "left"),
    [
        ("2026-03-31", sv.answers.MeetingState.IN_TIME, "0"),
        ("2026-04-01", sv.answers.MeetingState.PASSED, "-1"),
        ("2026-05-01", sv.answers.MeetingState.PASSED, "-31"),
        ("2026-03-30..2026-04-02", sv.answers.MeetingState.PERHAPS, "-2..1"),
    ],
)
def test_the_day_on_which_the_matter_must_be_in_may_have_passed(on, state, left):
    ks = body("ks", "2026-03-10", "2026-04-14", papers_out=None, basis=COMPLETE)
    (row,) = asked(ks, decision("bes", "ks", due="2026-05-30"), thing="bes", on=on)
    assert (row.state, str(row.days_left)) == (state, left)


def test_a_later_meeting_that_may_be_in_time_may_still_be_reached():
    ks = body("ks", "2026-03-10", "2026-04-mid", papers_out=None, basis=COMPLETE)
    (row,) = asked(ks, decision("bes", "ks", due="2026-04-15", statutory=False), thing="bes", on="2026-03-01")
    assert (str(row.meeting), str(row.at_best), row.state) == (
        "2026-03-10",
        "2026-04-mid",
        sv.answers.MeetingState.PERHAPS,
    )


def test_what_nothing_is_told_of_has_begun_and_that_is_said():
    sentence = "what nothing is recorded about has begun by 2026-02-02"
    table = late("2026-02-02", days=None, not_before=None, kind="milestone")
    assert (str(table[0].ready), table[0].state) == ("2026-02-02", sv.answers.MeetingState.IN_TIME)
    assert sentence in table.assumed
    for days, ready, state in (
        (30, "2026-02-02..2026-03-04", sv.answers.MeetingState.IN_TIME),  # it may have begun long before
        (90, "2026-02-02..2026-05-03", sv.answers.MeetingState.PERHAPS),
        (sv.UNKNOWN, "from 2026-02-02", sv.answers.MeetingState.PERHAPS),
    ):
        table = late("2026-02-02", days=days, not_before=None)
        assert (str(table[0].ready), table[0].state) == (ready, state)
        assert sentence not in table.assumed


# ---------------------------------------------------------------- where the thing itself has no last day


def test_a_thing_without_last_day_is_counted_back_from_what_waits_on_it():
    table = late(thing="bes", days=5)
    (row,) = table
    assert (str(row.limit), str(row.meeting), row.state) == (
        "2026-05-30",
        "2026-04-14",
        sv.answers.MeetingState.IN_TIME,
    )
    assert row.why == "in waits on it"
    assert {"bes>in", "in"} <= {*row.because}
    assert "bes has no deadline of its own: it is counted back from that of in, which waits on it" in table.assumed
    assert not any("by when" in sentence for sentence in table.unknown)


def test_of_several_that_wait_the_one_that_must_have_it_first_counts():
    ks = body("ks", "2026-03-10", "2026-04-14", papers_out=None, basis=COMPLETE)
    ends = step("a", due="2026-06-01", days=60), step("b", due="2026-05-01", days=10), step("c")
    links = after("bes", "c"), after("c", "a", lag=3), after("c", "b")
    table = asked(ks, decision("bes", "ks"), *ends, *links, thing="bes", deadline=None)
    assert str(table[0].limit) == "2026-03-30"  # 63 days before 1 June, a Monday
    assert str(table[0].meeting) == "2026-03-10"
    assert table[0].because == ("bes", "ks", "bes>c", "c", "c>a", "a")
    assert "bes has no deadline of its own: it is counted back from that of a, which waits on it" in table.assumed


def test_where_no_meeting_is_in_time_for_what_waits_that_is_what_is_said():
    ks = body("ks", "2026-06-10", basis=COMPLETE)
    (row,) = asked(ks, decision("bes", "ks"), step("in", due="2026-05-30"), after("bes", "in"), thing="bes")
    assert row.state is sv.answers.MeetingState.NOBODY_MEETS


@pytest.mark.parametrize("due", [None, "unknown"])
def test_where_nothing_that_waits_has_a_last_day_by_when_is_not_told(due):
    ring = after("c", "bes"), after("bes", "c")
    for more in ((), (step("c", due="2026-05-01"), *ring)):
        table = asked(
            body("ks", "2026-04-14"), decision("bes", "ks"), step("in", due=due), after("bes", "in"), *more, thing="bes"
        )
        assert "by when bes must be done" in table.unknown


def test_an_obligation_that_a_decision_answers_tells_its_last_day():
    duty = sv.Obligation(id="krav", title="K", by="kommun", duty="decide", timing=sv.Timing(due="2024-10-31"))
    whole = sv.Actor(id="kommun", title="K", kind="kommun")
    own = body("namnd", *MONTHLY, part_of="kommun")
    taken = sv.Decision(id="beslut", body="namnd", items=sv.DecisionItem(about="krav"))
    (row,) = asked(duty, whole, own, taken, thing="beslut")
    assert (str(row.meeting), row.why) == ("2024-10-15", "krav waits on it")
    plan = sv.Plan(id="plan", title="P")
    duty, taken = evolve(duty, delivers="plan"), evolve(taken, items=sv.DecisionItem(about="plan"))
    (row,) = asked(duty, whole, own, plan, taken, thing="beslut")
    assert (str(row.meeting), row.why) == ("2024-10-15", "krav waits on it")


# ---------------------------------------------------------------- against trying day after day

START = sv.day("2024-01-01")
LONGEST = 120


def on_day(number: int) -> sv.fields.Day:
    return sv.calendar.add_days(START, number)


def forward(day: int, lag: int, working: bool) -> int:
    """The day so many days, or working days, after another."""
    if not working:
        return day + lag
    while lag:
        day += 1 if lag > 0 else -1
        if not is_exempt(on_day(day)):
            lag += -1 if lag > 0 else 1
    return day


def tried(world: dict) -> dict:
    """The last day on which each thing can be done: lowered day by day until nothing speaks against it."""
    nodes, thing = world["nodes"], max(world["nodes"])
    led = {thing}
    while more := {first for first, second, *_ in world["waits"] if second in led} - led:
        led |= more
    finish = dict.fromkeys(led, LONGEST)

    def start(name):
        return finish[name] - nodes[name]["takes"]

    def holds(name):
        if finish[name] > (world["deadline"] if name == thing else nodes[name].get("due", LONGEST)):
            return False
        if "meets" in nodes[name] and finish[name] not in nodes[name]["meets"]:
            return False
        for first, second, kind, lag, working in world["waits"]:
            if first == name and second in led:
                if finish[second] is None:
                    return False
                one = finish[first] if kind.startswith("finish") else start(first)
                other = finish[second] if kind.endswith("finish") else start(second)
                if forward(one, lag, working) > other:
                    return False
        return True

    while wrong := [name for name in led if finish[name] is not None and not holds(name)]:
        for name in wrong:
            finish[name] = finish[name] - 1 if finish[name] > -LONGEST else None
    return finish


KINDS = ("finish-start", "start-start", "finish-finish", "start-finish")


@st.composite
def worlds(draw, vague=False, kinds=KINDS):
    """Decisions and steps that wait on each other, and how each day is told: exactly, or within bounds."""
    number = draw(st.integers(1, 4))
    nodes, told = {}, {}
    for name in range(number):
        if draw(st.booleans()):
            days = sorted(draw(st.sets(st.integers(0, 90), min_size=1, max_size=5)))
            wide = [draw(st.integers(0, 12)) if vague else 0 for _ in days]
            notice = draw(st.integers(0, 20))
            nodes[name] = {
                "takes": notice,
                "meets": [day + draw(st.integers(0, w)) for day, w in zip(days, wide, strict=True)],
            }
            told[name] = {"meets": list(zip(days, wide, strict=True)), "notice": notice}
            if vague and draw(st.booleans()):
                told[name]["notice"] = draw(st.integers(0, notice))
                told[name]["open"] = True
        else:
            days = draw(st.integers(0, 15))
            nodes[name] = {"takes": days}
            told[name] = {"days": (days, days)}
            if vague:
                told[name]["days"] = (draw(st.integers(0, days)), days + draw(st.integers(0, 10)))
        if draw(st.integers(0, 3)) == 0:
            nodes[name]["due"] = draw(st.integers(20, 90))
    waits = [
        (first, second, draw(st.sampled_from(kinds)), draw(st.integers(-6, 8)), draw(st.booleans()))
        for first in range(number)
        for second in range(first + 1, number)
        if draw(st.integers(0, 2))
    ]
    return {"nodes": nodes, "waits": waits, "deadline": draw(st.integers(20, 90)), "told": told}


def written(world) -> sv.Collaboration:
    records = []
    for name, told in world["told"].items():
        due = world["nodes"][name].get("due")
        timing = {"due": on_day(due), "statutory": False} if due is not None and name != max(world["nodes"]) else {}
        if name in world.get("begins", {}):
            timing["not_before"] = on_day(world["begins"][name])
        if "meets" in told:
            meets = [sv.When(on_day(day), on_day(day + wide)) for day, wide in told["meets"]]
            open_ = {"papers_out": sv.UNKNOWN} if told.get("open") else {"papers_out": None}
            records.append(body(f"b-{name}", *meets, matters_in=told["notice"], basis=COMPLETE, **open_))
            records.append(decision(f"n-{name}", f"b-{name}", **timing))
        else:
            low, high = told["days"]
            records.append(step(f"n-{name}", estimate=sv.Estimate(best=low, likely=low, worst=high), **timing))
    for number, (first, second, kind, lag, working) in zip(count(), world["waits"], strict=False):
        more = {"kind": kind, "lag": lag, "working_days": working, "id": f"w-{number}"}
        records.append(after(f"n-{first}", f"n-{second}", **more))
    return sv.Collaboration(records)


def answered(world) -> dict:
    thing = max(world["nodes"])
    table = sv.last_meeting(written(world), f"n-{thing}", on_day(world["deadline"]))
    return {int(row.for_.removeprefix("n-")): row for row in table}


@given(worlds())
@settings(max_examples=300)
def test_the_last_meetings_are_those_that_trying_finds(world):
    found, rows = tried(world), answered(world)
    for name, row in rows.items():
        if found[name] is None:
            assert row.meeting is None
        else:
            assert (row.meeting, row.at_best) == (sv.when(on_day(found[name])), None)
            assert row.matter_in == sv.when(on_day(found[name] - world["nodes"][name]["takes"]))


@given(worlds(vague=True))
@settings(max_examples=300)
def test_whatever_the_vague_days_are_the_last_meeting_lies_between_the_two_that_are_told(world):
    found, rows = tried(world), answered(world)
    for name, row in rows.items():
        last = found[name]
        if last is not None and row.state is not sv.answers.MeetingState.UNDATED:
            best = row.at_best or row.meeting
            assert best
            assert best.latest >= on_day(last)
        if row.meeting:
            assert last is not None
            assert on_day(last) >= row.meeting.earliest


@given(worlds(kinds=[kind for kind in KINDS if kind.startswith("finish")]))
@settings(max_examples=200)
def test_the_schedule_says_the_same_of_the_latest_day_of_every_step(world):
    c, thing = written(world), f"n-{max(world['nodes'])}"
    last = {"due": on_day(world["deadline"]), "statutory": False}
    whole = c.replacing(evolve(c[thing], timing=evolve(c[thing].timing, **last)))
    plan, found, rows = sv.schedule(whole), tried(world), sv.last_meeting(whole, thing)
    if found.keys() == world["nodes"].keys() and None not in found.values():
        for row in rows:
            assert plan[row.for_].latest_finish == row.meeting


@st.composite
def begun(draw, vague):
    """Worlds in which it is told from when all can begin that nothing comes before."""
    world = draw(worlds(vague, kinds=["finish-start"]))
    first = world["nodes"].keys() - {second for _, second, *_ in world["waits"]}
    return {**world, "begins": {name: draw(st.integers(-30, 80)) for name in sorted(first)}}


def ready(world) -> dict:
    """From when each thing can be taken up; None where what must come before it cannot come about."""
    starts, finish = {}, {}
    for name, node in world["nodes"].items():
        waits = [(first, lag, working) for first, second, _, lag, working in world["waits"] if second == name]
        if any(finish[first] is None for first, *_ in waits):
            starts[name] = finish[name] = None
            continue
        days = [forward(finish[first], lag, working) for first, lag, working in waits]
        starts[name] = max([*days, *([world["begins"][name]] if name in world["begins"] else [])])
        done = starts[name] + node["takes"]
        finish[name] = min((day for day in node["meets"] if day >= done), default=None) if "meets" in node else done
    return starts


@given(begun(vague=False))
@settings(max_examples=300)
def test_it_is_ready_when_going_through_all_that_comes_before_it_says_so(world):
    found, rows = ready(world), answered(world)
    for name, row in rows.items():
        if found[name] is None:
            assert row.ready is None
            assert not row.meeting or row.state is sv.answers.MeetingState.NOT_READY
        else:
            assert row.ready == sv.when(on_day(found[name]))
            if row.meeting:
                late = row.matter_in.exact < on_day(found[name])
                assert row.state is (sv.answers.MeetingState.NOT_READY if late else sv.answers.MeetingState.IN_TIME)


@given(begun(vague=True))
@settings(max_examples=300)
def test_whatever_the_vague_days_are_it_is_ready_within_what_is_told(world):
    found, rows = ready(world), answered(world)
    for name, row in rows.items():
        if found[name] is None:
            assert row.ready is None or row.ready.latest is None
            assert row.state is not sv.answers.MeetingState.IN_TIME
        else:
            assert row.ready
            assert row.ready.may_be(on_day(found[name]))


@given(worlds())
@settings(max_examples=200)
def test_counted_back_from_what_waits_it_is_the_same_as_on_the_way_there(world):
    c, thing = written(world), f"n-{max(world['nodes'])}"
    last = {"due": on_day(world["deadline"]), "statutory": False}
    whole = c.replacing(evolve(c[thing], timing=evolve(c[thing].timing, **last)))
    all_lead_there = tried(world).keys() == world["nodes"].keys()
    for row in sv.last_meeting(whole, thing) if all_lead_there else ():
        id = row.for_
        if whole[id].timing.due is None:
            alone = [one for one in sv.last_meeting(whole, id) if one.for_ == id]
            assert [one.limit for one in alone] == [row.limit]


@given(worlds(), st.integers(1, 30))
def test_a_later_deadline_makes_no_meeting_earlier(world, more):
    rows, later = answered(world), answered({**world, "deadline": world["deadline"] + more})
    assert rows.keys() == later.keys()
    for name, row in rows.items():
        assert row.meeting is None or later[name].meeting.earliest >= row.meeting.earliest


def test_the_reference_itself_counts_as_one_does_on_paper():
    assert forward(0, 5, False) == 5
    assert on_day(forward(0, 5, True)) == sv.day("2024-01-08")  # the fifth is a Friday, Epiphany a Saturday
    assert on_day(forward(0, -2, True)) == sv.day("2023-12-28")  # over New Year's weekend
