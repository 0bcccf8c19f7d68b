"""Phrases: English that knows its Swedish."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan.values.ranges import AmountRange, DayRange
from samverkan.values.text import Phrase, Wording, counted, listed, render

_WAITS = Wording("{step} waits on {others} for {days}", "{step} väntar på {others} i {days}")
_ALE = sv.Collaboration([sv.Actor(id="ale", title="Ale kommun", kind="kommun")])


def waits() -> Phrase:
    return _WAITS(step="beslut", others=("forslag", "ale"), days=counted(3, ("day", "days"), ("dag", "dagar")))


def test_a_phrase_is_its_english_and_knows_its_swedish():
    assert waits() == "beslut waits on forslag, ale for 3 days"
    assert waits().text("sv") == waits().sv == "beslut väntar på forslag, ale i 3 dagar"


def test_titles_stand_for_ids_and_never_for_a_sources_own_words():
    assert waits().text("sv", titles=_ALE) == "beslut väntar på forslag, Ale kommun i 3 dagar"
    assert _WAITS(step=Phrase("ale"), others=(), days=1).text("en", titles=_ALE) == "ale waits on  for 1"


def test_plain_text_is_the_same_in_both_languages():
    assert Phrase("senast i maj").sv == "senast i maj"


def test_a_phrase_of_a_phrase_or_of_a_word_in_a_closed_list_keeps_its_swedish():
    assert Phrase(waits()).sv == waits().sv
    assert (Phrase(sv.vocabulary.Act.DRAW), Phrase(sv.vocabulary.Act.DRAW).sv) == ("draw", "rekvirera")


COPIES = [
    copy.copy,
    copy.deepcopy,
    lambda phrase: pickle.loads(pickle.dumps(phrase)),  # noqa: S301 (made here)
]


@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_keeps_its_swedish(copied):
    phrase = Phrase.joined([waits(), "x"], "; ")
    assert (copied(phrase), copied(phrase).sv) == (phrase, phrase.sv)


def test_the_swedish_names_no_value_that_the_english_does_not():
    assert Wording("{plan} has no {field}", "{plan} saknar målgrupp")(plan="p", field="x").sv == "p saknar målgrupp"
    with pytest.raises(sv.InvalidValueError, match="names day, which 'by then' does not"):
        Wording("by then", "senast {day}")


def test_there_are_words_in_english_and_swedish_only():
    with pytest.raises(sv.InvalidValueError, match="no words in 'fi'"):
        waits().text("fi")


@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=9), st.integers(1, 9))
def test_a_list_names_each_value_or_says_how_many_more_there_are(values, at_most):
    phrase = listed(values, at_most)
    assert phrase == phrase.sv.replace(" och ", " and ").replace(" till", " more")
    named = phrase.replace(" and ", ", ").split(", ")
    if len(values) <= at_most:
        assert named == values
    else:
        assert named == [*values[: at_most - 1], f"{len(values) - at_most + 1} more"]


@pytest.mark.parametrize(
    ("value", "en", "sv_"),
    [
        (True, "yes", "ja"),
        (None, "", ""),
        (3, "3", "3"),
        (Decimal("0.25"), "0.25", "0,25"),
        (sv.Money("1250.50"), "1 250.50 kr", "1 250,50 kr"),
        (sv.Truth.CANNOT_TELL, "cannot be told", "går inte att säga"),
        (sv.UNKNOWN, "unknown", "okänt"),
        (AmountRange(sv.Money(1), sv.Money(2)), "1 kr..2 kr", "1 kr till 2 kr"),
        (DayRange(-3, None), "-3..", "minst -3"),
        (sv.when("by 2016-10-20"), "by 2016-10-20", "senast 2016-10-20"),
        (sv.when("2016-Q1"), "2016-Q1", "2016-K1"),
        (sv.vocabulary.ActorKind.REGION, "region", "region"),
        (sv.each("ale"), "each ale", "var för sig ale"),
        (("ale", "a b"), "ale; a b", "ale; a b"),
    ],
)
def test_values_are_written_in_either_language(value, en, sv_):
    assert (render(value), render(value, "sv")) == (en, sv_)
