"""Whatever is given, a value is made or refused within the tree of errors, and a refusal is a `ValueError` too."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.model.party import party
from samverkan.values.identity import check_id

READERS: dict[str, Callable[..., object]] = {
    "day": sv.day,
    "when": sv.when,
    "period": sv.period,
    "count": sv.count,
    "share": sv.share,
    "Share": sv.Share,
    "Money": sv.Money,
    "money": sv.money,
    "currency": lambda value: sv.Money(1, value),
    "OrgNumber": sv.fields.OrgNumber,
    "id": check_id,
    "selection": sv.fields.selection,
    "party": party,
    "Term": sv.vocabulary.ActorKind,
    "Mark": sv.vocabulary.Mark,
    "days": lambda value: sv.Timing(days=value),
    "when in a timing": lambda value: sv.Timing(done=value),
    "is_exempt": sv.calendar.is_exempt,
    "plan_as": lambda value: sv.when("2016", plan_as=value) if value else None,
}

almost = st.text("0123456789-/.,<>~%: kmtrQSEKONby\u00a0\u0661\uff11å", max_size=24)
odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.binary(max_size=4),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
    st.datetimes(),
    st.sampled_from(
        [object(), int, sv.UNKNOWN, sv.NONE, sv.vocabulary.Level.LOCAL, sv.Money(1), sv.when("2016"), sv.Truth.YES]
    ),
)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@settings(max_examples=25)
@given(value=st.one_of(almost, st.text(), odd))
def test_anything_is_read_or_refused(read, value):
    with suppress(sv.InvalidValueError):
        read(value)


@given(st.text(min_size=1), st.text())
def test_a_refusal_says_what_is_wrong_and_then_the_remedy(message, remedy):
    error = sv.InvalidValueError(message, remedy)
    assert isinstance(error, ValueError)
    assert str(error) == (f"{message}; {remedy}" if remedy else message)
