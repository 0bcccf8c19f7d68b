"""How values are said in the sentences of findings."""

from __future__ import annotations

import pytest

import samverkan as sv
from samverkan.model.kinds import kind_word
from samverkan.rules.wording import days, shown
from samverkan.values.text import both, counted, render


@pytest.mark.parametrize(
    ("value", "english", "swedish"),
    [
        (sv.Money("1250.50"), "1 250.50 kr", "1 250,50 kr"),
        (sv.when("2016-10-mid"), "2016-10-mid", "2016-10-11–20"),
        (sv.when("by 2016-10"), "by 2016-10-31", "senast 2016-10-31"),
        (sv.when("from 2016"), "from 2016-01-01", "tidigast 2016-01-01"),
        (sv.when("unknown"), "unknown", "okänd dag"),
        (sv.period("2016"), "from 2016-01-01 until 2016-12-31", "från och med 2016-01-01 till och med 2016-12-31"),
        (sv.period("2017-01-01/"), "from 2017-01-01", "från och med 2017-01-01"),
        (sv.Period(), "without end", "utan slut"),
        (sv.vocabulary.Act.DRAW, "draw", "rekvirera"),
        (sv.UNKNOWN, "unknown", "okänt"),
        (sv.NONE, "none", "inget"),
        (both("a Sunday", "en söndag"), "a Sunday", "en söndag"),
        ((), "", ""),
        (("ale",), "ale", "ale"),
        (("ale", "hjo"), "ale and hjo", "ale och hjo"),
        (tuple("abcdef"), "a, b, c, d, e and f", "a, b, c, d, e och f"),
        (tuple("abcdefg"), "a, b, c, d, e and 2 more", "a, b, c, d, e och 2 till"),
        ("två\nrader", "två rader", "två rader"),
        (25, "25", "25"),
    ],
)
def test_values_are_written_in_both_languages(value, english, swedish):
    assert (render(shown(value)), render(shown(value), "sv")) == (english, swedish)


def test_what_is_very_long_is_cut():
    assert len(render(shown("a" * 1000), "sv")) == 160


def test_numbers_bend_their_nouns():
    assert [(number, number.sv) for number in (days(1), days(2))] == [("1 day", "1 dag"), ("2 days", "2 dagar")]
    assert counted(0, ("line", "lines"), ("rad", "rader")).sv == "0 rader"


def test_every_kind_has_a_swedish_word_and_a_users_own_its_name():
    assert all(kind_word(kind.__name__).sv != kind.__name__ for kind in sv.KINDS)
    assert kind_word("CourtCase") == "court case" == kind_word("CourtCase").sv
