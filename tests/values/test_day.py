"""Days and months are counted right, against a reference that walks day by day."""

from datetime import UTC, date, datetime, timedelta

import pendulum
import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan.values.day import month_end
from tests.strategies import days

ONE = timedelta(days=1)


def completes_a_month(walked: date, start: date) -> bool:
    """Whether a month counted from *start* is full on the day walked to: same number, or the month is too short."""
    last = (walked + ONE).month != walked.month
    return walked.day == start.day or (last and walked.day < start.day)


def walk_months(start: date, months: int) -> date:
    walked = start
    while months:
        walked += ONE
        months -= completes_a_month(walked, start)
    return walked


@given(days(date(1999, 12, 1), date(2005, 1, 31)), st.integers(0, 40))
def test_months_are_added_as_one_walks_them(start, months):
    assert sv.calendar.add_months(start, months) == walk_months(start, months)


@given(days(date(1999, 12, 1), date(2005, 1, 31)), st.integers(0, 1_500))
def test_months_between_two_days_are_those_that_one_completes_on_the_way(start, length):
    way = [start + ONE * n for n in range(1, length + 1)]
    assert sv.calendar.months_between(start, sv.day(start + ONE * length)) == sum(
        completes_a_month(d, start) for d in way
    )


@given(days(date(1, 1, 1), date(9999, 12, 31)), days(date(1, 1, 1), date(9999, 12, 31)))
def test_the_whole_months_between_fit_and_one_more_does_not(one, other):
    start, end = sorted((one, other))
    months = sv.calendar.months_between(start, end)
    assert sv.calendar.add_months(start, months) <= end
    if end < date(9999, 11, 30):
        assert sv.calendar.add_months(start, months + 1) > end


@given(days(), st.integers(-600, 600))
def test_months_can_be_taken_back_unless_the_day_was_cut_short(start, months):
    there = sv.calendar.add_months(start, months)
    assert (there.year * 12 + there.month) - (start.year * 12 + start.month) == months
    assert there.day == min(start.day, month_end(there.year, there.month).day)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-12-23", "2027-02-20", 1),  # pendulum 3.3 says 2
        ("2020-09-02", "2021-09-01", 11),
        ("2024-01-31", "2024-02-29", 1),
        ("2023-01-31", "2023-02-28", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2016-10-31", "2016-10-31", 0),
    ],
)
def test_dated_edges_of_months(start, end, months):
    assert sv.calendar.months_between(sv.day(start), sv.day(end)) == months


def test_months_between_asks_for_the_earlier_day_first():
    with pytest.raises(sv.InvalidValueError, match="is before"):
        sv.calendar.months_between(sv.day("2016-10-31"), sv.day("2016-10-30"))


@pytest.mark.parametrize(("start", "months"), [("9999-12-01", 1), ("0001-01-01", -1), ("2016-01-01", 10**9)])
def test_months_that_leave_the_calendar_are_refused(start, months):
    with pytest.raises(sv.InvalidValueError, match="outside the calendar"):
        sv.calendar.add_months(sv.day(start), months)


@given(days(date(1, 1, 1), date(9999, 12, 31)))
def test_a_day_is_read_back_from_what_it_writes(known):
    assert sv.day(known.isoformat()) == known == sv.day(date(known.year, known.month, known.day))
    assert type(sv.day(date(known.year, known.month, known.day))) is sv.fields.Day


@pytest.mark.parametrize(
    "text",
    ["2016-02-30", "2015-02-29", "2016-13-01", "2016-00-10", "0000-01-01", "2016-1-1", "20161031", "2016-W44-1", "",
     "2016-10-31 ", "2016-10-31\n", "2016-10-31T00:00", "31/10 2016", "\uff12\uff10\uff11\uff16-10-31"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text):
    with pytest.raises(sv.InvalidValueError):
        sv.day(text)


def test_a_day_that_the_month_lacks_is_refused_with_the_months_length():
    with pytest.raises(sv.InvalidValueError, match="2026-02 has 28 days"):
        sv.day("2026-02-30")


@pytest.mark.parametrize("moment", [datetime(2016, 10, 31, tzinfo=UTC), pendulum.datetime(2016, 10, 31)])
def test_a_moment_is_no_day(moment):
    with pytest.raises(sv.InvalidValueError):
        sv.day(moment)
