"""A number of days is as exact as the days between which it is counted."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from tests.strategies import days, whens

ONE = timedelta(days=1)


@given(days(), st.integers(-400, 400))
def test_days_are_added_and_counted_as_one_walks_them(start, number):
    walked, step = start, ONE if number > 0 else -ONE
    for _ in range(abs(number)):
        walked += step
    assert sv.calendar.add_days(start, number) == walked
    assert sv.calendar.days_between(start, walked) == number
    assert sv.calendar.day_range(start, walked) == sv.answers.DayRange(number, number)


@given(st.tuples(*[st.integers(0, 9)] * 4))
def test_a_span_holds_every_number_that_the_days_allow_and_no_more(bounds):
    start = sv.day("2016-10-03")
    (a, b), (c, d) = sorted(bounds[:2]), sorted(bounds[2:])
    first, last = (sv.When(sv.calendar.add_days(start, x), sv.calendar.add_days(start, y)) for x, y in ((a, b), (c, d)))
    possible = [y - x for x in range(a, b + 1) for y in range(c, d + 1)]
    assert sv.calendar.day_range(first, last) == sv.answers.DayRange(min(possible), max(possible))


@given(whens(), whens())
def test_a_bound_that_no_day_gives_is_none(first, last):
    found = sv.calendar.day_range(first, last)
    assert (found.low is None) is (first.latest is None or last.earliest is None)
    assert (found.high is None) is (first.earliest is None or last.latest is None)
    assert found.exact is None or (first.exact and last.exact)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(5, 5, "5"), (-3, -1, "-3..-1"), (None, 4, "..4"), (4, None, "4.."), (None, None, "unknown"), (0, 0, "0")],
)
def test_a_span_is_written_as_exactly_as_it_is_known(low, high, text):
    assert str(sv.answers.DayRange(low, high)) == text


@pytest.mark.parametrize(("low", "high"), [(2, 1), ("1", 2), (1.0, 2), (None, True)])
def test_what_is_no_number_of_days_is_refused(low, high):
    with pytest.raises(sv.InvalidValueError):
        sv.answers.DayRange(low, high)


@pytest.mark.parametrize(
    ("ask", "given"),
    [
        (sv.calendar.add_days, ("2016-10-31", 1.0)),
        (sv.calendar.add_days, ("2016-10-31", 10**9)),
        (sv.calendar.add_days, ("9999-12-31", 1)),
        (sv.calendar.add_months, ("2016-10-31", "1")),
        (sv.calendar.days_between, ("2016", "2017")),
        (sv.calendar.is_weekend, ("lördag",)),
    ],
)
def test_what_no_calendar_has_is_refused(ask, given):
    with pytest.raises(sv.InvalidValueError):
        ask(*given)
