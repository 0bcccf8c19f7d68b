"""The source is silent, or there is known to be nothing: two values that are neither absent nor zero."""

import copy
import pickle

import pytest

import samverkan as sv


def test_the_kinds_of_not_knowing_are_four():
    assert len({sv.UNKNOWN, sv.NONE, None, 0}) == 4


@pytest.mark.parametrize(("value", "name", "word"), [(sv.UNKNOWN, "UNKNOWN", "unknown"), (sv.NONE, "NONE", "none")])
def test_each_is_false_shows_its_name_and_writes_its_word(value, name, word):
    assert not value
    assert (repr(value), str(value)) == (name, word)
    assert copy.deepcopy(value) is pickle.loads(pickle.dumps(value)) is value  # noqa: S301 (own)
