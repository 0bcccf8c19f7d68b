"""Numbered names are gathered into ranges and spread out again without losing one."""

import pytest
from hypothesis import given, strategies as st

from samverkan.values.names import gathered, spread
from tests.strategies import ids

numbered = st.builds(
    lambda stem, first, length: [f"{stem}-{number}" for number in range(first, first + length)],
    st.sampled_from(["process", "p", "plan.steg", "a-1"]),
    st.integers(0, 120),
    st.integers(1, 6),
)
names = st.lists(numbered | ids().map(lambda id: [id]), max_size=8).map(
    lambda parts: [name for part in parts for name in part]
)


def spread_again(ranges: list[str]) -> list[str]:
    return [name for text in ranges for name in (spread(text) or [text])]


@given(names)
def test_what_is_gathered_spreads_into_the_same_names_in_the_same_order(found):
    assert spread_again(gathered(found)) == found
    assert len(gathered(found)) <= len(found)


def test_a_very_long_run_loses_no_name():
    found = [f"process-{number}" for number in range(25_000)]
    assert spread_again(gathered(found)) == found


@pytest.mark.parametrize(
    ("found", "ranges"),
    [
        (["p-1", "p-2", "p-3"], ["p-1..3"]),
        (["p-1", "p-2"], ["p-1", "p-2"]),
        (["p-1", "p-2", "q-3", "q-4", "q-5"], ["p-1", "p-2", "q-3..5"]),
        (["p-01", "p-02", "p-03"], ["p-01", "p-02", "p-03"]),
        (["p-9", "p-10", "p-11"], ["p-9..11"]),
        ([], []),
    ],
)
def test_three_or_more_that_follow_each_other_make_a_range(found, ranges):
    assert gathered(found) == ranges


@pytest.mark.parametrize("text", ["p-1", "p", "", "1..3", "p-1..", "p-..3", "2016-10-01..2016-10-15", "p-1..3..5"])
def test_other_texts_are_no_range(text):
    assert spread(text) is None


@pytest.mark.parametrize("text", ["p-3..1", "p-0..99999"])
def test_a_range_of_nothing_or_far_too_many_is_empty(text):
    assert spread(text) == []
