"""A deadline in a statute moves to a weekday (lag 1930:173, 2 §), no other does; lateness is three-valued."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan import Timing, Truth
from samverkan.calendar import deadline, is_exempt
from tests.strategies import days, timings, whens

ONE = timedelta(days=1)
SATURDAY, SUNDAY, FRIDAY = 5, 6, 4


def easter(year: int) -> date:
    """Easter Day by the Gregorian computus (Butcher, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    last = (32 + 2 * e + 2 * i - h - k) % 7
    month, before = divmod(h + last - 7 * ((a + 11 * h + 22 * last) // 451) + 114, 31)
    return date(year, month, before + 1)


def first(weekday: int, start: date) -> date:
    """The first such weekday on a day or after it."""
    return next(d for n in range(7) if (d := start + ONE * n).weekday() == weekday)


def days_off(year: int) -> set[date]:
    """Lag (1989:253) and, for the three eves, lag (1930:173) § 2, written out year by year."""
    paschal = easter(year)
    midsummer = first(SATURDAY, date(year, 6, 20))
    fixed = {(1, 1), (1, 6), (5, 1), (12, 25), (12, 26), (12, 24), (12, 31)} | ({(6, 6)} if year >= 2005 else set())
    movable = {paschal + ONE * n for n in (-2, 0, 1, 39, 49)} | {
        midsummer,
        midsummer - ONE,
        first(SATURDAY, date(year, 10, 31)),
    }
    whit_monday = {paschal + ONE * 50} if year < 2005 else set()
    return {date(year, *day) for day in fixed} | movable | whit_monday


def every_day(first_year: int, last_year: int) -> list[date]:
    start = date(first_year, 1, 1)
    return [start + ONE * n for n in range((date(last_year, 12, 31) - start).days + 1)]


EXEMPT = {day for year in range(1954, 2100) for day in days_off(year)}
"""The days off that are no Saturday or Sunday may be among them too."""


def off(known: date) -> bool:
    return known.weekday() in (SATURDAY, SUNDAY) or known in EXEMPT


def test_the_exempt_days_of_1954_to_2099_are_those_of_the_statutes():
    assert [d for d in every_day(1954, 2099) if is_exempt(d) is not off(d)] == []


def test_a_statutory_deadline_moves_to_the_first_weekday_and_no_further():
    following, wrong = date(2099, 12, 30), []
    for known in reversed(every_day(1954, 2099)[:-1]):
        following = following if off(known) else known
        if deadline(known, statutory=True) != following:
            wrong.append(known)
    assert wrong == []


@given(days(date(1, 1, 1), date(9999, 12, 31)))
def test_a_deadline_in_an_agreement_or_a_decision_never_moves(known):
    assert deadline(known, statutory=False) == known


@pytest.mark.parametrize(
    ("due", "moved"),
    [
        ("2020-12-31", "2021-01-04"),  # New Year's Eve on a Thursday
        ("2021-01-31", "2021-02-01"),  # a Sunday
        ("2024-03-31", "2024-04-02"),  # Easter Day
        ("2024-06-21", "2024-06-24"),  # Midsummer Eve
        ("2024-12-01", "2024-12-02"),  # a Sunday
        ("2025-03-31", "2025-03-31"),
        ("2025-12-01", "2025-12-01"),
        ("2026-03-31", "2026-03-31"),
        ("2026-12-01", "2026-12-01"),
        ("2027-03-31", "2027-03-31"),
        ("2004-05-31", "2004-06-01"),  # Whit Monday was a day off until 2004
        ("2005-05-16", "2005-05-16"),
        ("2004-06-07", "2004-06-07"),
        ("2005-06-06", "2005-06-07"),  # the National Day since 2005
        ("2015-12-24", "2015-12-28"),  # three days off and a Sunday
    ],
)
def test_dated_deadlines(due, moved):
    assert deadline(due, statutory=True).isoformat() == moved
    assert str(Timing(due=due, statutory=True).deadline) == moved
    assert str(Timing(due=due, statutory=False).deadline) == due
    assert str(Timing(due=due).deadline) == (due if due == moved else str(sv.When(sv.day(due), sv.day(moved))))


@pytest.mark.parametrize("year", [1952, 2101])
def test_a_year_whose_holidays_are_not_known_is_refused_not_guessed(year):
    with pytest.raises(sv.InvalidValueError, match="holidays"):
        is_exempt(date(year, 6, 7 + (date(year, 6, 7).weekday() >= SATURDAY) * 2))


@pytest.mark.parametrize("due", ["1900-12-31", "2100-12-31", "2101-01-01", "9999-12-31"])
@pytest.mark.parametrize("statutory", [None, True, False])
def test_a_last_day_that_a_statute_may_move_beyond_the_known_holidays_is_that_day_or_later(due, statutory):
    timing = Timing(due=due, statutory=statutory)
    assert str(timing.deadline) == (due if statutory is False else f"from {due}")
    assert timing.is_late(on="0002-01-01") is Truth.NO
    assert timing.is_late(on="9999-12-31") is not (Truth.YES if statutory is not False else None)


def test_the_last_days_whose_holidays_are_known_are_moved_as_the_rule_moves_them():
    for due in ("1953-01-01", "2100-01-01", "2100-12-24"):
        assert str(Timing(due=due, statutory=True).deadline) == str(deadline(due, statutory=True))


@pytest.mark.parametrize(
    "change",
    [{"statutory": "nej"}, {"statutory": 0}, {"baselines": ("2019",)}, {"estimate": (1, 2, 3)}, {"days": "3"}],
)
def test_a_timing_holds_only_what_its_fields_say(change):
    with pytest.raises(sv.InvalidValueError):
        Timing(due="2024-03-31", **change)


@pytest.mark.parametrize(
    "days",
    [(1, 3, 2), (-1, 0, 1), ("1", "2", "3"), (1.0, 2, 3), (True, 2, 3), (None, 2, 3), (1, 2, 36_526), (0, 1, 10**30)],
)
def test_an_estimate_is_three_whole_numbers_in_order(days):
    with pytest.raises(sv.InvalidValueError, match="three numbers in order"):
        sv.Estimate(**dict(zip(("best", "likely", "worst"), days, strict=True)))


@given(whens())
def test_a_vague_due_day_allows_its_last_day(due):
    last = Timing(due=due, statutory=False).deadline
    assert last == (sv.When(due.latest, due.latest) if due.latest else due)


@given(timings(), days())
def test_whether_it_is_done_or_late_is_a_truth_that_follows_from_its_days(timing, on):
    done, last = timing.done, timing.deadline
    if done is None:
        assert timing.is_done(on) is Truth.NO
    if last is None:
        assert timing.is_late(on) is Truth.NO
    if timing.is_done(on) is Truth.YES:
        assert timing.is_late(on) is Truth.NO
        assert done.latest <= on
    if timing.is_late(on) is Truth.YES:
        assert last.latest < on


@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 8), st.integers(0, 8), st.integers(0, 8), st.booleans())
def test_late_is_yes_or_no_only_when_every_choice_of_days_says_so(a, b, c, d, on, open_ended):
    start = sv.day("2016-10-03")

    def at(n: int) -> sv.fields.Day:
        return sv.day(start + ONE * n)

    due, done = sorted((a, b)), sorted((c, d))
    timing = Timing(
        due=sv.When(at(due[0]), at(due[1])),
        statutory=False,
        done=sv.When(at(done[0]), None if open_ended else at(done[1])),
    )
    answers = {due[1] < on and was > on for was in range(done[0], (12 if open_ended else done[1]) + 1)}
    expected = Truth.CANNOT_TELL if len(answers) == 2 else Truth.YES if answers == {True} else Truth.NO
    assert timing.is_late(at(on)) is expected


@pytest.mark.parametrize("numbers", list(product((-1, 0, 1, 5), repeat=3)), ids=str)
def test_an_estimate_is_best_then_likely_then_worst(numbers):
    best, likely, worst = numbers
    if 0 <= best <= likely <= worst:
        assert sv.Estimate(best=best, likely=likely, worst=worst).worst == worst
    else:
        with pytest.raises(sv.InvalidValueError):
            sv.Estimate(best=best, likely=likely, worst=worst)


@pytest.mark.parametrize("length", [-1, 36_526, 1.0, True, "5"], ids=repr)
def test_a_length_that_is_no_number_of_days_is_refused(length):
    with pytest.raises(sv.InvalidValueError):
        Timing(days=length)


def test_words_in_either_language_say_what_counts():
    assert Timing(met_when="arrived").met_when is Timing(met_when="tillhanda").met_when is sv.vocabulary.MetWhen.ARRIVED
