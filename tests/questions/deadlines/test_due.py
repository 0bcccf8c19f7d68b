"""What is due when, and how it stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from tests.questions.deadlines.owing import (
    ANSWERED,
    LATE,
    NOT_KNOWN,
    OPEN,
    OVERDUE,
    UNDATED,
    UNDECIDED,
    WHO,
    asked,
    duty,
    handed_in,
    state,
)
from tests.strategies import days, timings

# ---------------------------------------------------------------- open, overdue, not known


@pytest.mark.parametrize(
    ("on", "known", "wanted"),
    [
        ("2016-10-30", None, OPEN),
        ("2016-10-31", None, OPEN),
        ("2016-11-01", None, NOT_KNOWN),
        ("2016-11-01", "2016-10-01", NOT_KNOWN),
        ("2016-11-01", "2016-10-31", NOT_KNOWN),
        ("2016-11-01", "2016-11-01", OVERDUE),
        ("2016-10-31", "2017-01-01", OPEN),
        ("2016-10", None, OPEN),
        ("2016", None, UNDECIDED),
        ("2016-11", "2017-01-01", OVERDUE),
        ("unknown", "2017-01-01", UNDECIDED),
    ],
)
def test_what_is_not_answered_is_overdue_only_where_our_knowledge_goes_beyond_the_last_day(on, known, wanted):
    assert state(duty(), on=on, known=known) is wanted


@pytest.mark.parametrize(("due", "wanted"), [(None, UNDATED), ("unknown", UNDECIDED), ("from 2016-10-31", UNDECIDED)])
def test_without_a_last_day_nothing_is_late(due, wanted):
    assert state(duty(due), on="2030-01-01", known="2030-01-01") is wanted


def test_the_last_day_of_a_vague_one_counts_with_the_words_of_the_source():
    row = asked(duty(sv.when("2024", as_written="under 2024")), on="2024-06-01")[0]
    assert (str(row.deadline), row.as_written, str(row.days_left), row.state) == (
        "2024-12-31",
        "under 2024",
        "213",
        OPEN,
    )


def test_the_soonest_comes_first_and_what_has_no_day_last():
    table = asked(duty(None, id="a"), duty("2017", id="b"), duty("2016-10-31", id="c"), duty("unknown", id="d"))
    assert [row.obligation for row in table] == ["c", "b", "a", "d"]


@pytest.mark.parametrize(
    ("on", "days_left"),
    [
        ("2016-10-01", "30"),
        ("2016-11-02", "-2"),
        ("2016-10", "0..30"),
        ("from 2016-10-30", "..1"),
        ("unknown", "unknown"),
    ],
)
def test_the_days_that_are_left_are_a_range_where_the_day_is_vague(on, days_left):
    assert str(asked(duty(), on=on)[0].days_left) == days_left


@pytest.mark.parametrize(("due", "days_left"), [(None, "None"), ("unknown", "unknown"), ("from 2016-10-31", "-15..")])
def test_without_a_last_day_nobody_knows_how_many_days_are_left(due, days_left):
    assert str(asked(duty(due))[0].days_left) == days_left


# ---------------------------------------------------------------- moved by a statute, or not


@pytest.mark.parametrize(
    ("statutory", "last_day", "states"),
    [
        (True, "2024-04-02", [OPEN, OPEN, NOT_KNOWN]),
        (False, "2024-03-31", [OPEN, NOT_KNOWN, NOT_KNOWN]),
        (None, "2024-03-31..2024-04-02", [OPEN, UNDECIDED, NOT_KNOWN]),
    ],
)
def test_easter_sunday_moves_to_tuesday_where_a_statute_sets_it(statutory, last_day, states):
    owed = duty("2024-03-31", statutory=statutory)
    tables = [asked(owed, on=on) for on in ("2024-03-31", "2024-04-02", "2024-04-03")]
    assert str(tables[0][0].deadline) == last_day
    assert [table[0].state for table in tables] == states
    assert tables[0].unknown == (() if statutory is not None else ("the exact deadline of krav",))
    assert str(tables[0][0].days_left) == {True: "2", False: "0", None: "0..2"}[statutory]


def test_a_weekday_is_the_same_whether_a_statute_sets_it_or_not():
    assert [str(asked(duty(statutory=s))[0].deadline) for s in (True, False, None)] == ["2016-10-31"] * 3


# ---------------------------------------------------------------- answered


def test_a_submission_answers_from_the_day_it_came():
    both = (duty(met_when="arrived"), handed_in(arrived="2016-10-28"))
    before, after = asked(*both, on="2016-10-27")[0], asked(*both, on="2016-10-28")[0]
    assert (before.state, before.answers, before.because) == (OPEN, (), ("krav",))
    assert (after.state, after.answers, after.because) == (ANSWERED, ("svar",), ("krav", "svar"))


def test_a_submission_of_which_no_day_is_told_leaves_it_undecided():
    assert state(duty(), handed_in()) is UNDECIDED
    assert state(duty(), handed_in(), handed_in(id="svar-2", arrived="2016-10-01")) is ANSWERED


def test_a_vague_day_of_arrival_is_undecided_until_it_has_passed():
    both = (duty(met_when="arrived"), handed_in(arrived="2016-11"))
    assert [state(*both, on=on) for on in ("2016-10-31", "2016-11-15", "2016-11-30")] == [OPEN, UNDECIDED, LATE]


@pytest.mark.parametrize(
    ("met_when", "days", "wanted"),
    [
        ("sent", {"sent": "2016-10-30", "arrived": "2016-11-05"}, [OPEN, ANSWERED, ANSWERED]),
        ("arrived", {"sent": "2016-10-30", "arrived": "2016-11-05"}, [OPEN, OPEN, LATE]),
        ("sent", {"sent": "2016-10-30"}, [OPEN, ANSWERED, ANSWERED]),
        ("arrived", {"sent": "2016-10-30"}, [OPEN, UNDECIDED, UNDECIDED]),
        ("sent", {"arrived": "2016-11-05"}, [UNDECIDED, UNDECIDED, ANSWERED]),
        ("arrived", {"arrived": "2016-11-05"}, [OPEN, OPEN, LATE]),
        (None, {"sent": "2016-10-30"}, [OPEN, UNDECIDED, UNDECIDED]),
        (None, {"sent": "2016-10-30", "arrived": "2016-11-05"}, [OPEN, UNDECIDED, ANSWERED]),
        (None, {"arrived": "2016-11-05"}, [UNDECIDED, UNDECIDED, ANSWERED]),
        (None, {"sent": "2016-11-05"}, [OPEN, OPEN, UNDECIDED]),
        ("sent", {"sent": "2016-11", "arrived": "2016-11-05"}, [OPEN, OPEN, LATE]),
        ("arrived", {"sent": "2016-10-30", "arrived": "unknown"}, [OPEN, UNDECIDED, UNDECIDED]),
    ],
)
def test_whether_sending_is_enough_or_it_must_have_arrived(met_when, days, wanted):
    both = (duty(met_when=met_when), handed_in(**days))
    assert [state(*both, on=on) for on in ("2016-10-29", "2016-10-31", "2016-11-05")] == wanted


def test_that_it_is_not_told_whether_sending_is_enough_is_said_where_it_matters():
    sentence = ("whether it was enough to send what krav asks for: `met_when` is not recorded",)
    sent, both = handed_in(sent="2016-10-30"), handed_in(sent="2016-10-30", arrived="2016-11-05")
    assert asked(duty(), sent).unknown == sentence
    assert [asked(duty(), both, on=on).unknown for on in ("2016-11-04", "2016-11-05")] == [sentence, ()]
    assert asked(duty(met_when="sent"), sent).unknown == () == asked(duty()).unknown


def test_what_is_recorded_as_done_is_answered_from_that_day():
    done = duty(done="2016-10-20")
    assert [state(done, on=on) for on in ("2016-10-19", "2016-10-20")] == [OPEN, ANSWERED]
    assert state(duty(done="unknown")) is UNDECIDED


def test_a_step_that_fulfils_it_answers_it_when_it_is_done():
    def step(**timing):
        return sv.Activity(id="steg", title="Lämna över", by="ale", fulfils="krav", timing=sv.Timing(**timing))

    assert state(duty(), step(planned="2016-10-20", due="2016-10-31")) is NOT_KNOWN
    row = asked(duty(), step(done="2016-10-28"))[0]
    assert (row.state, row.answers) == (ANSWERED, ("steg",))


@pytest.mark.parametrize(
    ("kind", "body", "outcome", "wanted"),
    [
        ("decide", "ale", "approves", ANSWERED),
        ("decide", "ale", "declines", ANSWERED),
        ("answer", "ale", "notes", ANSWERED),
        ("decide", "ale.soc", "approves", ANSWERED),
        ("decide", "hjo", "approves", NOT_KNOWN),
        ("decide", "ale", None, NOT_KNOWN),
        ("report", "ale", "approves", NOT_KNOWN),
    ],
)
def test_one_who_owes_a_decision_answers_by_deciding(kind, body, outcome, wanted):
    item = sv.DecisionItem(outcome=outcome, about="plan")
    decision = sv.Decision(id="beslut", body=body, timing=sv.Timing(done="2016-10-20"), items=(item,))
    assert state(duty(duty=kind, delivers="plan"), decision) is wanted
    assert state(duty(duty=kind), decision) is NOT_KNOWN


@pytest.mark.parametrize("body", [None, sv.UNKNOWN, sv.NONE])
def test_a_decision_of_nobody_known_answers_nothing(body):
    decision = sv.Decision(id="beslut", body=body, items=(sv.DecisionItem(outcome="approves", about="plan"),))
    assert state(duty(duty="decide", delivers="plan"), decision) is NOT_KNOWN


# ---------------------------------------------------------------- each or jointly


def test_what_is_owed_jointly_is_answered_once():
    assert state(duty(by="jointly kommunerna"), handed_in(by="ale", arrived="2016-10-28")) is ANSWERED


@pytest.mark.parametrize("by", ["ale", "jointly kommunerna", ("ale", "hjo")])
def test_whether_what_another_hands_in_is_for_those_who_owe_once_cannot_be_told(by):
    row = asked(duty(by=by), handed_in(by="vgr", arrived="2016-10-28"))[0]
    assert (row.state, row.answers) == (sv.answers.ObligationState.UNDECIDED, ("svar",))


def test_what_is_handed_in_by_another_answers_for_none_of_each_but_is_told():
    both = (duty(by="each kommunerna"), handed_in(by="vgr", arrived="2016-10-28"))
    row = asked(*both)[0]
    assert (row.state, row.answers) == (NOT_KNOWN, ("svar",))
    assert asked(*both, party="ale")[0].answers == ()


def test_what_each_owes_is_answered_when_all_have_answered():
    owed, ale = duty(by="each kommunerna", met_when="sent"), handed_in(sent="2016-10-28")
    hjo = handed_in(by="hjo", id="svar-hjo", sent="2016-11-10")
    assert asked(owed, ale)[0].answers == ("svar",)
    assert [state(owed, ale, hjo, on=on, known="2017-01-01") for on in ("2016-10-31", "2016-11-09", "2016-11-10")] == [
        OPEN,
        OVERDUE,
        LATE,
    ]
    assert state(owed, handed_in(by="jointly huvudmannen", arrived="2016-10-28")) is ANSWERED
    assert state(owed, ale, handed_in(by="hjo", id="svar-hjo")) is UNDECIDED


def test_a_committee_answers_for_its_kommun():
    owed, hjo = duty(by="each kommunerna"), handed_in(by="hjo", id="svar-hjo", arrived="2016-10-20")
    assert state(owed, hjo, handed_in(by="ale.soc", arrived="2016-10-20")) is ANSWERED


def test_one_of_each_is_told_how_it_stands_with_its_own():
    both = (duty(by="each kommunerna"), handed_in(arrived="2016-10-28"))
    assert [state(*both, party=party) for party in ("ale", "hjo", "kommunerna", "skr")] == [
        ANSWERED,
        NOT_KNOWN,
        NOT_KNOWN,
        NOT_KNOWN,
    ]
    assert [asked(*both, party=party)[0].answers for party in ("ale", "hjo", "skr")] == [("svar",), (), ("svar",)]


def test_one_who_owes_beside_each_of_a_group_must_answer_as_well():
    owed = duty(by=("each kommunerna", "vgr"))
    each = [handed_in(by=id, id=f"svar-{id}", arrived="2016-10-20") for id in ("ale", "hjo", "vgr")]
    assert state(owed, *each[:2]) is NOT_KNOWN
    assert state(owed, *each) is ANSWERED


def test_whether_each_of_a_group_that_is_not_told_has_answered_cannot_be_told():
    owed = duty(by="each alla-290")
    assert state(owed) is NOT_KNOWN
    assert state(owed, handed_in(arrived="2016-10-20")) is UNDECIDED
    assert state(owed, handed_in(by="each alla-290", arrived="2016-10-20")) is UNDECIDED
    for party in ("skr", "alla-290"):
        row = asked(owed, handed_in(arrived="2016-10-20"), party=party)[0]
        assert (row.state, row.answers) == (UNDECIDED, ("svar",))


# ---------------------------------------------------------------- for a party


def test_a_kommun_is_told_what_its_own_parts_owe():
    assert [row.obligation for row in asked(duty(by="ale.soc"), party="ale")] == ["krav"]
    assert [row.obligation for row in asked(duty(by="each kommunerna"), party="ale.soc")] == []


@pytest.mark.parametrize("said", [{"by": ()}, {"by": "each alla-290"}, {"basis": sv.basis(by="unknown"), "by": "vgr"}])
def test_what_may_concern_a_party_without_being_told_so_is_said(said):
    table = asked(duty(**said), party="mora")
    assert len(table) == 0
    assert table.unknown == ("whether krav concern mora: not all of those who owe or are owed are recorded",)


@pytest.mark.parametrize(
    "records",
    [
        (duty(), handed_in(by="hjo", arrived="2016-10-28")),
        (duty(by="jointly kommunerna"), handed_in(by="vgr", arrived="2016-10-28")),
        (duty(by="ale"),),
    ],
)
def test_the_only_one_who_owes_is_told_the_same_as_everybody(records):
    party = records[0].by[0].id
    assert state(*records, known="2017-01-01", party=party) is state(*records, known="2017-01-01")


def test_only_a_party_is_asked_about():
    with pytest.raises(sv.InvalidValueError, match="no party"):
        asked(duty(), party="plan")


@pytest.mark.parametrize(
    ("party", "wanted"),
    [
        ("ale", True),
        ("hjo", True),
        ("skr", True),
        ("kommunerna", True),
        ("huvudmannen", True),
        ("vgr", False),
        ("mora", False),
        ("ale.soc", False),
    ],
)
def test_a_party_is_told_what_it_owes_or_is_owed_alone_or_in_a_group(party, wanted):
    assert len(asked(duty(by="each kommunerna"), party=party)) == wanted


def test_a_row_says_what_from_whom_to_whom_and_whether_it_must_have_arrived():
    row = asked(duty(by="jointly huvudmannen", met_when="arrived"), on="2016-10-01")[0]
    assert (row.title, row.by, row.to) == ("Krav", (sv.jointly("huvudmannen"),), (sv.Party("skr"),))
    assert (row.as_written, row.statutory, row.met_when) == ("2016-10-31", False, sv.vocabulary.MetWhen.ARRIVED)


def test_what_is_assumed_comes_with_the_answer():
    assert asked(duty(basis=sv.basis(if_missed="assumed", met_when="derived"))).assumed == (
        "krav.if_missed is assumed",
        "krav.met_when is derived",
    )


def test_the_title_says_of_whom_and_as_of_which_day():
    assert asked(duty(), on="2016-10").title == "What is due, as of 2016-10"
    assert asked(duty(), on="2016-10", party="skr").title == "What is due from or to skr, as of 2016-10"


def test_a_party_that_is_not_there_is_told_where_nothing_is_due():
    with pytest.raises(sv.errors.NotFoundError, match="sala"):
        sv.due(sv.Collaboration(), "sala", on="2016-10-31")


def test_a_party_that_is_not_there_is_told():
    with pytest.raises(sv.errors.NotFoundError, match="sala"):
        asked(duty(), party="sala")


# ---------------------------------------------------------------- for any timing

_dates = st.lists(days(date(2015, 1, 1), date(2018, 12, 31)), min_size=2, max_size=2).map(sorted)


@given(timings(), _dates, st.none() | days(date(2015, 1, 1), date(2018, 12, 31)))
def test_what_is_late_stays_late_and_what_is_answered_stays_answered(timing, two, known):
    owed = sv.Obligation(id="krav", title="Krav", by="ale", timing=timing)
    before, after = (state(owed, on=day, known=known) for day in two)
    if before is ANSWERED:
        assert after is ANSWERED
    if before in (OVERDUE, NOT_KNOWN):
        assert after in (before, LATE, UNDECIDED) or (before, after) == (OVERDUE, NOT_KNOWN)
    if after is OPEN:
        assert before is OPEN


@given(timings(), days(date(2015, 1, 1), date(2018, 12, 31)), st.integers(0, 400), st.integers(0, 400))
def test_a_vaguer_day_asked_about_never_changes_what_could_be_told(timing, day, before, after):
    owed = sv.Obligation(id="krav", title="Krav", by="ale", timing=timing)
    wide = sv.When(sv.day(day - timedelta(days=before)), sv.day(day + timedelta(days=after)))
    vague, sharp = state(owed, on=wide, known="2017-01-01"), state(owed, on=day, known="2017-01-01")
    assert vague in (sharp, UNDECIDED) or (vague, sharp) == (NOT_KNOWN, OVERDUE)


@given(timings(), days(date(2015, 1, 1), date(2018, 12, 31)))
def test_overdue_is_what_is_late_and_known_to_be(timing, on):
    owed = sv.Obligation(id="krav", title="Krav", by="ale", timing=timing)
    assert (state(owed, on=on, known="2049-12-31") is OVERDUE) is (
        timing.is_late(on) is sv.Truth.YES and bool(timing.deadline.latest < date(2049, 12, 31))
    )


@pytest.mark.parametrize(
    "records",
    [
        (duty(),),
        (duty(by="each kommunerna"), handed_in(arrived="2016-10-28")),
        (duty(by="jointly kommunerna"), handed_in(arrived="2016-10-28")),
        (duty(), sv.Activity(id="steg", title="Steg", by="ale", fulfils="krav", timing=sv.Timing(done="2016-10-28"))),
        (duty(done="2016-10-28"),),
    ],
)
def test_what_is_overdue_here_is_what_check_objects_to(records):
    c = sv.Collaboration([*WHO, *records], known="2016-12-01")
    late = sv.due(c, on="2016-12-01")[0].state is OVERDUE
    assert bool(sv.check(c).of("overdue")) is late
