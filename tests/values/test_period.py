"""A period holds the days between its ends, both included, as surely as its ends are known."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan import Period, Truth, When, period, when
from tests.strategies import periods

CENTRE = sv.day("2016-10-15")
SPAN, OUTSIDE = 3, 2


def near(offset: int) -> sv.fields.Day:
    return sv.day(CENTRE + timedelta(days=offset))


@st.composite
def small_whens(draw) -> When:
    bound = st.none() | st.integers(-SPAN, SPAN).map(near)
    low, high = draw(bound), draw(bound)
    return When(high, low) if low and high and low > high else When(low, high)


@st.composite
def small_periods(draw) -> Period:
    end = st.none() | small_whens()
    start, last = draw(end), draw(end)
    return Period(last, start) if start and last and last.before(start) is Truth.YES else Period(start, last)


def choices(vague: When | None, unbounded: sv.fields.Day) -> list[sv.fields.Day]:
    """Every day that an end may be; beyond every other day where nothing bounds it."""
    if vague is None:
        return [unbounded]
    return [d for n in range(-SPAN - OUTSIDE, SPAN + OUTSIDE + 1) if vague.may_be(d := near(n))]


def starts(one: Period) -> list[sv.fields.Day]:
    return choices(one.start, near(-99))


def ends(one: Period) -> list[sv.fields.Day]:
    return choices(one.end, near(99))


def enumerated(answers) -> Truth:
    found = set(answers)
    return Truth.CANNOT_TELL if len(found) == 2 else Truth.YES if found == {True} else Truth.NO


@given(small_periods(), small_whens())
def test_a_period_holds_a_day_when_it_does_so_for_every_choice_of_days(one, moment):
    days = choices(moment, CENTRE)
    expected = enumerated(a <= d <= b for a, d, b in product(starts(one), days, ends(one)))
    assert one.contains(moment) is expected


@given(small_periods(), small_periods())
def test_two_periods_overlap_when_they_share_a_day_for_every_choice_of_days(one, other):
    ways = product(starts(one), ends(one), starts(other), ends(other))
    expected = enumerated(a <= d and c <= b for a, b, c, d in ways)
    assert one.overlaps(other) is other.overlaps(one) is expected


@given(small_periods(), small_whens(), st.integers(0, 3))
def test_knowing_an_end_less_well_never_decides_what_was_undecided(one, moment, days):
    def wider(end: When | None) -> When | None:
        return end and When(
            end.earliest and sv.day(end.earliest - timedelta(days=days)),
            end.latest and sv.day(end.latest + timedelta(days=days)),
        )

    for vaguer in (Period(wider(one.start), one.end), Period(one.start, wider(one.end))):
        assert vaguer.contains(moment) in (one.contains(moment), Truth.CANNOT_TELL)


@given(periods())
def test_a_period_is_read_back_from_what_it_writes(one):
    again = period(str(one))
    for end, same in ((one.start, again.start), (one.end, again.end)):
        assert (end is None) == (same is None)
        assert not end or (end.earliest, end.latest) == (same.earliest, same.latest)
    assert str(again) == str(one)


@given(small_whens(), small_whens())
def test_a_period_is_refused_only_when_it_must_end_before_it_begins(start, end):
    if all(b < a for a, b in product(choices(start, CENTRE), choices(end, CENTRE))):
        with pytest.raises(sv.InvalidValueError, match="ends before it begins"):
            Period(start, end)
    else:
        Period(start, end)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2016", "2016-01-01/2016-12-31"),
        ("2012/2015", "2012-01-01/2015-12-31"),
        ("2016-05/2016-12", "2016-05-01/2016-12-31"),
        ("2017-01-01/", "2017-01-01/"),
        ("/2016", "/2016-12-31"),
        ("/", "/"),
        ("unknown/2016", "unknown/2016-12-31"),
        ("unknown", "unknown/unknown"),
        ("in 2016-05/2016-12-31", "in 2016-05/2016-12-31"),
        ("2016-05-03..2016-06-07/2017", "2016-05-03..2016-06-07/2017-12-31"),
        ("2016-01-01/by 2017-02-12", "2016-01-01/by 2017-02-12"),
        ("2016-01-01/before 2017-02-12", "2016-01-01/by 2017-02-11"),
    ],
)
def test_each_way_to_write_a_period_is_written_like_this(text, written):
    assert str(period(text)) == written


@pytest.mark.parametrize("text", ["", "2017/2016", "2016-12/2016-05", "2016//", "2016/2017/2018", "x/y", 2016])
def test_other_texts_are_refused(text):
    with pytest.raises(sv.InvalidValueError):
        period(text)


def test_an_open_end_is_not_an_unknown_one():
    assert period("2016-01-01/").contains("2099-01-01") is Truth.YES
    assert period("2016-01-01/unknown").contains("2099-01-01") is Truth.CANNOT_TELL
    assert Period().contains(when("unknown")) is Truth.YES
