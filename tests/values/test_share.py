"""Shares are exact parts between nothing and the whole."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, strategies as st

import samverkan as sv
from samverkan import Share, share
from tests.strategies import shares


@given(shares())
@example(share("0.123456789012345679"))
@example(share("0.123456789012345679 %"))
@example(share(Fraction(1, 10**30)))
def test_a_share_is_read_back_from_what_it_writes(part):
    assert share(str(part)) == part
    assert share(part) is part


@given(st.integers(0, 100))
def test_percent_decimals_and_fractions_say_the_same(percent):
    same = {share(f"{percent} %"), share(f"{percent}%"), share(f"{percent}/100"), share(Decimal(percent) / 100)}
    assert same == {Share(Fraction(percent, 100))}


@given(st.lists(st.integers(0, 50), min_size=1).filter(any))
def test_parts_of_a_whole_are_whole_and_without_one_of_them_are_not(numbers):
    parts = dict(enumerate(Share(Fraction(n, sum(numbers))) for n in numbers))
    assert Share.are_whole(parts)
    largest = max(parts, key=parts.get)
    assert not Share.are_whole({name: part for name, part in parts.items() if name != largest})


@given(shares(), shares())
def test_shares_sort_by_size(one, other):
    assert (one < other) is (one.fraction < other.fraction)


@pytest.mark.parametrize(
    "value",
    [0.5, float("nan"), True, None, [], "", "half", "1/0", "0/0", "101 %", "-1/2", "3/2", "1.5", "1e-1", "25 procent",
     "\u0661/2", 2, -1, Fraction(3, 2), Decimal("NaN"), Decimal("Infinity"), Decimal("1E-9999"),
     Decimal("1E+999999999"),     Fraction(1, 10**31)],
    ids=repr,
)  # fmt: skip
def test_what_is_no_share_is_refused(value):
    with pytest.raises(sv.InvalidValueError):
        share(value)


@pytest.mark.parametrize("value", ["1/2", "x", "1/0", 0.5, None, True], ids=repr)
def test_the_class_itself_takes_exact_numbers_only(value):
    with pytest.raises(sv.InvalidValueError):
        Share(value)
