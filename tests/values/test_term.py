"""A word of a closed list is read in English or Swedish, and nothing else is."""

import copy
import pickle

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan.values.term import Term, naming


class Colour(Term):
    RED = "red", "röd"
    GREY_GREEN = "grey-green", "Grågrön"
    BLUE = "blue"


@pytest.mark.parametrize("word", ["red", "röd", "RED", "Röd", "RÖD", Colour.RED], ids=repr)
def test_a_member_is_found_by_either_word_in_any_case(word):
    assert Colour(word) is Colour.RED


def test_a_member_is_its_english_word_and_has_its_swedish_one():
    assert Colour.RED == "red" == str(Colour.RED) == f"{Colour.RED}"
    assert (Colour.GREY_GREEN.sv, Colour("grågrön")) == ("Grågrön", Colour.GREY_GREEN)
    assert Colour.BLUE.sv == ""


@given(st.text().filter(lambda text: text.casefold() not in {"red", "röd", "grey-green", "grågrön", "blue"}))
def test_other_words_are_refused_with_those_that_are_known(text):
    with pytest.raises(sv.InvalidValueError, match="known: red \\(röd\\), grey-green \\(Grågrön\\), blue"):
        Colour(text)


@pytest.mark.parametrize("value", [None, 1, 1.0, b"red", ["red"], sv.UNKNOWN], ids=repr)
def test_what_is_no_word_is_refused(value):
    with pytest.raises(sv.InvalidValueError):
        Colour(value)


def test_a_member_survives_copying_and_pickling():
    assert (
        copy.deepcopy(sv.vocabulary.Level.LOCAL)
        is pickle.loads(pickle.dumps(sv.vocabulary.Level.LOCAL))  # noqa: S301 (own)
        is sv.vocabulary.Level.LOCAL
    )


def test_a_class_is_named_in_words():
    assert (naming(sv.FundingEvent), naming(Colour)) == ("funding event", "colour")
