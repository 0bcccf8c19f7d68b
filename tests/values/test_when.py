"""A vague day compares as the days it may be, never surer, and reads back from what it writes."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import example, given, strategies as st

import samverkan as sv
from samverkan import Truth, When, when
from tests.strategies import days, whens

CENTRE = sv.day("2016-10-15")
SPAN = 5
OUTSIDE = 3  # how far an open bound is followed when the days are enumerated


def near(offset: int) -> sv.fields.Day:
    return sv.day(CENTRE + timedelta(days=offset))


@st.composite
def small_whens(draw) -> When:
    bound = st.none() | st.integers(-SPAN, SPAN).map(near)
    low, high = draw(bound), draw(bound)
    return When(high, low) if low and high and low > high else When(low, high)


def choices(vague: When) -> list[sv.fields.Day]:
    """Every day that it may be, in a window wide enough for the comparisons made here."""
    return [d for offset in range(-SPAN - OUTSIDE, SPAN + OUTSIDE + 1) if vague.may_be(d := near(offset))]


def enumerated(answers) -> Truth:
    found = set(answers)
    return Truth.CANNOT_TELL if len(found) == 2 else Truth.YES if found == {True} else Truth.NO


@given(small_whens(), small_whens())
def test_before_and_by_are_yes_or_no_only_when_every_choice_of_days_says_so(one, other):
    pairs = list(product(choices(one), choices(other)))
    assert one.before(other) is enumerated(a < b for a, b in pairs)
    assert one.by(other) is enumerated(a <= b for a, b in pairs)


@given(small_whens())
def test_may_be_holds_for_the_days_between_the_bounds(vague):
    low, high = vague.earliest or date.min, vague.latest or date.max
    assert all(vague.may_be(near(n)) is (low <= near(n) <= high) for n in range(-9, 10))


@st.composite
def widened(draw, vague: When) -> When:
    """The same day, known less well."""
    less = st.integers(0, 3)
    low = vague.earliest and draw(st.none() | less.map(lambda n: sv.day(vague.earliest - timedelta(days=n))))
    high = vague.latest and draw(st.none() | less.map(lambda n: sv.day(vague.latest + timedelta(days=n))))
    return When(low, high)


@given(small_whens(), small_whens(), st.data())
def test_knowing_a_day_less_well_never_decides_what_was_undecided(one, other, data):
    wider = data.draw(widened(one))
    for compare in (When.before, When.by):
        assert compare(wider, other) in (compare(one, other), Truth.CANNOT_TELL)
        assert compare(other, wider) in (compare(other, one), Truth.CANNOT_TELL)


@given(whens())
def test_a_vague_day_is_read_back_from_what_it_writes(vague):
    again = when(str(vague))
    assert (again.earliest, again.latest) == (vague.earliest, vague.latest)
    assert str(again) == str(vague)


@given(whens(date(1, 1, 2), date(9999, 12, 30)))
@example(When(sv.day("0001-01-01"), sv.day("0001-12-31")))
@example(When(sv.day("9999-12-01"), sv.day("9999-12-31")))
@example(When(sv.day("2023-02-21"), sv.day("2023-02-28")))
@example(When(sv.day("2024-02-21"), sv.day("2024-02-28")))
def test_it_is_read_back_in_every_year_of_the_calendar(vague):
    again = when(str(vague))
    assert (again.earliest, again.latest) == (vague.earliest, vague.latest)


@given(whens())
def test_a_when_given_as_a_when_is_itself(vague):
    assert when(vague) is vague


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2016-10-31", "2016-10-31", "2016-10-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-Q1", "2016-01-01", "2016-03-31"),
        ("2016-k4", "2016-10-01", "2016-12-31"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-10-early", "2016-10-01", "2016-10-10"),
        ("2016-10-början", "2016-10-01", "2016-10-10"),
        ("2016-10-mid", "2016-10-11", "2016-10-20"),
        ("2016-10-mitten", "2016-10-11", "2016-10-20"),
        ("2015-02-late", "2015-02-21", "2015-02-28"),
        ("2016-10-slutet", "2016-10-21", "2016-10-31"),
        ("2016-10-01..2016-10-15", "2016-10-01", "2016-10-15"),
        ("2016-09..2016-Q4", "2016-09-01", "2016-12-31"),
        ("by 2016-10", None, "2016-10-31"),
        ("before 2016-10", None, "2016-09-30"),
        ("from 2016-10", "2016-10-01", None),
        ("after 2016-10", "2016-11-01", None),
        ("in 2016-10", "2016-10-01", "2016-10-31"),
        ("unknown", None, None),
    ],
)
def test_each_way_to_write_a_vague_day_has_these_bounds(text, earliest, latest):
    vague = when(text)
    assert (vague.earliest, vague.latest) == (earliest and sv.day(earliest), latest and sv.day(latest))


@pytest.mark.parametrize(
    "text",
    ["", " ", "2016-Q5", "2016-Q0", "2016-13", "2016-00", "2016-10-middle", "2016-13-mid", "2016-10-15..2016-10-01",
     "..2016", "2016..", "by", "by ", "by  2016", "by unknown", "until 2016", "2016-10-32", "16-10-31", "Unknown",
     "none", "\uff12\uff10\uff11\uff16-10-mid", "\u0662\u0660\u0661\u0666-10-mitten", "after 9999-12-31",
     "before 0001-01-01"],
)  # fmt: skip
def test_other_texts_are_refused(text):
    with pytest.raises(sv.InvalidValueError):
        when(text)


@pytest.mark.parametrize("text", ["våren 2022", "2022-vår", "Hösten 2016", "spring 2022"])
def test_a_season_is_refused_with_months_to_write_instead(text):
    with pytest.raises(sv.InvalidValueError, match="season"):
        when(text)


def test_a_day_that_the_month_lacks_keeps_its_reason():
    with pytest.raises(sv.InvalidValueError, match="2016-09 has 30 days"):
        when("2016-09-31")


@given(whens(), days(), st.text(max_size=5))
def test_words_and_a_day_to_plan_with_change_nothing_about_when_it_is(vague, plan, said):
    if not vague.may_be(plan):
        with pytest.raises(sv.InvalidValueError, match="lies outside"):
            when(vague, plan_as=plan)
        return
    planned = when(vague, as_written=said, plan_as=plan)
    assert (planned.earliest, planned.latest, planned.plan_as) == (vague.earliest, vague.latest, plan)
    assert planned.as_written == (said or vague.as_written)


def test_bounds_that_cross_are_refused():
    with pytest.raises(sv.InvalidValueError, match="is after"):
        When(sv.day("2016-10-02"), sv.day("2016-10-01"))


def test_exact_is_the_day_where_there_is_only_one():
    assert when("2016-10-31").exact == sv.day("2016-10-31")
    assert when("2016-10").exact is None
    assert when("unknown").exact is None


def test_only_a_day_of_which_nothing_is_known_is_unknown():
    assert when("unknown").is_unknown
    assert not any(when(text).is_unknown for text in ("by 2016", "from 2016", "2016"))
