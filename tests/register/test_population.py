"""Populations: sums equal what SCB published."""

import pytest

from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.register import kommun, kommuner, memberships, population, regions

NATIONAL = {  # SCB, population of Sweden on 31 December
    2012: 9_555_893,
    2013: 9_644_864,
    2014: 9_747_355,
    2015: 9_851_017,
    2016: 9_995_153,
    2017: 10_120_242,
    2018: 10_230_185,
    2019: 10_327_589,
}


@pytest.mark.parametrize("year", NATIONAL)
def test_kommuner_counties_and_country_have_one_sum(year):
    assert sum(population(body.code, year) for body in kommuner()) == NATIONAL[year]
    assert sum(population(body.county, year) for body in regions()) == NATIONAL[year]
    assert population("00", year) == NATIONAL[year]


@pytest.mark.parametrize(
    ("code", "year", "number"),
    [("01", 2018, 2_344_124), ("14", 2019, 1_725_881), ("0114", 2012, 40_723), ("0980", 2015, 57_391)],
)
def test_published_figures(code, year, number):
    assert population(code, year) == number


def test_gotland_is_as_many_as_kommun_and_as_county():
    assert population("0980", 2016) == population("09", 2016)


def test_the_members_of_gr_at_the_turn_of_2015():
    """GR's own page of 2016 says about 982 000."""
    assert sum(population(kommun(tie.member).code, 2015) for tie in memberships("gr")) == 982_360


def test_habo_and_haabo_are_not_mixed():
    assert (population(kommun("Habo").code, 2016), population(kommun("Håbo").code, 2016)) == (11_586, 20_737)


@pytest.mark.parametrize("year", [2011, 2020, "2015", 2015.0, None, True, [2015]])
def test_a_year_without_figures_says_which_there_are(year):
    with pytest.raises(NotFoundError, match="the years are 2012 to 2019"):
        population("1440", year)


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("188", "did you mean '0188'"),
        ("1", "did you mean '01'"),
        ("Ale", "four digits"),
        ("9999", "four digits"),
        ("", "or '00'"),
    ],
)
def test_an_area_that_is_not_there(code, hint):
    with pytest.raises(NotFoundError, match=hint):
        population(code, 2015)


@pytest.mark.parametrize("code", [188, 14, None, ["14"]])
def test_a_code_is_text(code):
    with pytest.raises(InvalidValueError, match="write it as text"):
        population(code, 2015)
