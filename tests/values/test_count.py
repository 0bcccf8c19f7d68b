"""A soft count stays as soft as its source, also in sums."""

from itertools import permutations

import pytest
from hypothesis import example, given, strategies as st

import samverkan as sv
from samverkan import Count, Truth, count
from tests.strategies import counts

WINDOW = 12


@st.composite
def small_counts(draw) -> Count:
    low, high = sorted((draw(st.integers(0, 5)), draw(st.integers(0, 5))))
    return Count(*draw(st.sampled_from([(low, low), (low, high), (None, high), (low, None)])), draw(st.booleans()))


def choices(soft: Count) -> set[int]:
    return {n for n in range(WINDOW) if (soft.low or 0) <= n and (soft.high is None or n <= soft.high)}


@given(counts() | small_counts())
@example(Count(0, None))
@example(Count(0, None, about=True))
@example(count("<5") + count(">5"))
@example(Count(10**15, 10**15))
@example(Count(None, 10**15))
def test_a_count_is_read_back_from_what_it_writes(soft):
    assert count(str(soft)) == soft
    assert count(soft) is soft


@given(small_counts(), st.integers(0, 8))
def test_it_is_a_number_only_where_it_can_be_no_other(soft, number):
    if soft.about:
        assert soft.is_(number) is Truth.CANNOT_TELL
    else:
        may, must = number in choices(soft), choices(soft) == {number}
        assert soft.is_(number) is (Truth.YES if must else Truth.CANNOT_TELL if may else Truth.NO)


@given(small_counts(), small_counts())
def test_a_sum_may_be_whatever_its_parts_may_add_up_to(one, other):
    sums = {a + b for a in choices(one) for b in choices(other)}
    both = one + other
    assert {n for n in sums if n < WINDOW} == choices(both)
    assert both.about is (one.about or other.about)


@given(st.lists(small_counts(), max_size=4))
def test_a_total_does_not_depend_on_order(found):
    totals = {Count.total(order) for order in permutations(found)}
    assert len(totals) == 1
    assert found or totals == {Count(0, 0)}


@given(st.lists(st.integers(0, 10**6)))
def test_exact_counts_add_up_exactly(numbers):
    assert Count.total(count(n) for n in numbers).exact == sum(numbers)


@pytest.mark.parametrize(
    ("text", "low", "high", "about"),
    [
        ("25", 25, 25, False),
        ("~60", 60, 60, True),
        ("<200", None, 199, False),
        (">50", 51, None, False),
        ("60..70", 60, 70, False),
        ("~60..70", 60, 70, True),
        ("~<200", None, 199, True),
        ("0", 0, 0, False),
        ("<1", None, 0, False),
    ],
)
def test_each_way_to_write_a_count_has_these_bounds(text, low, high, about):
    assert count(text) == Count(low, high, about)


@pytest.mark.parametrize(
    "value",
    ["", "-1", "<0", "70..60", "1.5", "~", "..5", "1 000", "6O", "\u0666", "9" * 40, -1, 1.0, True, None, 10**16],
    ids=repr,
)
def test_other_values_are_refused(value):
    with pytest.raises(sv.InvalidValueError):
        count(value)


@pytest.mark.parametrize("bounds", [(None, None), (2, 1), (-1, 1), (True, 1), (1.0, 2), (0, 10**16)])
def test_bounds_that_make_no_count_are_refused(bounds):
    with pytest.raises(sv.InvalidValueError):
        Count(*bounds)
