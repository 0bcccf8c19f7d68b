"""Organisation numbers are checked and persons refused; ids are plain, and the ids of relations are always ids."""

import re

import pytest
from hypothesis import given, strategies as st
from organisationsnummer import organisationsnummer
from stdnum.se import orgnr

import samverkan as sv
from samverkan.fields import OrgNumber
from samverkan.values.identity import are_ids, check_id, is_id, link, plain_id
from tests.strategies import NASTY_IDS, ORGANISATION_NUMBERS, ids, texts, whens

nine_digits = st.text("0123456789", min_size=9, max_size=9)


def checksum(nine: str) -> str:
    """The tenth digit that fits nine (Luhn)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    return str(-sum(number - 9 * (number > 9) for number in doubled) % 10)


def accepted(text: object) -> bool:
    try:
        OrgNumber(text)
    except sv.InvalidValueError:
        return False
    return True


# ---------------------------------------------------------------- organisation numbers


@given(nine_digits, st.sampled_from("0123456789") | st.none())
def test_ten_digits_are_a_number_when_two_other_libraries_say_so_and_it_is_no_persons(nine, last):
    digits = nine + (last or checksum(nine))
    no_person = digits[2] >= "2"
    assert accepted(digits) is (no_person and orgnr.is_valid(digits))
    if digits[0] != "0":  # organisationsnummer lets none begin with 0; no series does so far
        assert accepted(digits) is (no_person and organisationsnummer.valid(digits))


@given(nine_digits, st.sampled_from("0123456789"))
def test_only_one_last_digit_fits_the_others(nine, last):
    assert accepted(nine + last) is (nine[2] >= "2" and last == checksum(nine))


@given(st.sampled_from(ORGANISATION_NUMBERS))
def test_every_way_to_write_a_number_gives_the_same(number):
    plain = number.value.replace("-", "")
    forms = (plain, number.value, f"16{plain}", f"16{number.value}", f"SE-ON-{plain}", number.org_id, str(number))
    assert {OrgNumber(form) for form in forms} == {number}


@pytest.mark.parametrize("text", ["212000-1355", "2120001355", "16212000-1355", "162120001355", "SE-ON-2120001355"])
def test_these_are_one_number(text):
    assert OrgNumber(text).value == "212000-1355"


@pytest.mark.parametrize(
    "text",
    [
        "212000-1356",  # wrong check digit
        "SE212000135501",  # VAT
        "2110000003",  # third digit below 2: stdnum takes it
        "4000000002",
        "000000-0000",  # stdnum takes it
        "212000\u20131355",  # an en dash: stdnum takes it
        "212000\u22121355",  # a minus sign: stdnum takes it
        "\uff12\uff11\uff12\uff10\uff10\uff10\uff11\uff13\uff15\uff15",  # full width: both take it
        "212000+1355",  # organisationsnummer takes it
        "212000 1355",
        " 2120001355",
        "2120001355\n",
        "21200-01355",
        "17212000-1355",
        "",
        2120001355,
        None,
    ],
    ids=repr,
)
def test_what_other_libraries_let_through_is_refused(text):
    assert not accepted(text)


@pytest.mark.parametrize("text", ["811218-9876", "8112189876", "16811218-9876", "19811218-9876", "811278-9873"])
def test_a_personal_number_is_refused(text):
    assert not accepted(text)


def test_a_personal_number_is_refused_with_the_reason():
    with pytest.raises(sv.InvalidValueError, match="a personal number is not taken"):
        OrgNumber("811218-9876")


def test_a_vat_number_is_refused_with_the_number_that_is_in_it():
    with pytest.raises(sv.InvalidValueError, match="212000-1355 is in it"):
        OrgNumber("SE212000135501")


def test_a_wrong_last_digit_is_refused_with_the_right_one():
    with pytest.raises(sv.InvalidValueError, match="the last would be 5"):
        OrgNumber("212000-1356")


@pytest.mark.parametrize(
    ("text", "series"),
    [("202100-2114", "state"), ("212000-1355", "kommun"), ("222000-0521", "kommunalförbund"), ("232100-0131", "region"),
     ("556056-6258", "")],
)  # fmt: skip
def test_the_first_digits_tell_the_sort_of_public_body(text, series):
    assert OrgNumber(text).series == series


# ---------------------------------------------------------------- ids


@given(ids())
def test_an_id_is_accepted_as_it_is(id):
    assert check_id(id) == id


@pytest.mark.parametrize("id", NASTY_IDS)
def test_ids_that_look_like_something_else_are_ids(id):
    assert check_id(id) == id


@pytest.mark.parametrize(
    "text",
    ["", " ", "a b", "Ale", "norrtälje", "a_b", "-a", "a-", ".a", "a.", "a..b", "a.b.c.d.e", "a>", ">a", "a>>b", "a:",
     "@a", "a/b", "a\n", "a" * 201, "unknown", "none", "yes", "no", "on", "off", "true", "false", "null", "y", "n",
     1480, None],
    ids=lambda text: repr(text)[:20],
)  # fmt: skip
def test_other_texts_are_no_ids(text):
    with pytest.raises(sv.InvalidValueError):
        check_id(text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("norrtälje", "norrtalje"), ("Upplands Väsby", "upplands-vasby"), ("Habo_Kommun", "habo-kommun"), ("ÅÄÖ", "aao")],
)
def test_a_swedish_name_is_refused_with_the_id_to_write(text, suggestion):
    with pytest.raises(sv.InvalidValueError, match=f"write '{suggestion}'"):
        check_id(text)


@given(st.text(max_size=300) | texts())
def test_a_suggested_id_is_an_id_or_nothing_and_suggests_itself(text):
    suggestion = plain_id(text)
    assert suggestion == "" or check_id(suggestion) == plain_id(suggestion) == suggestion


@given(ids().map(lambda id: re.split("[>:@]", id)[0].replace("--", "-") + "-1"))
def test_a_plain_id_suggests_itself(id):
    assert plain_id(id) == id


short = ids().filter(lambda id: len(id) < 60)


@given(
    short,
    short,
    st.sampled_from([*sv.vocabulary.Capacity, *sv.vocabulary.Attitude, *sv.vocabulary.DependencyKind, ""]) | short,
    whens() | st.just(""),
)
def test_the_id_of_a_relation_is_an_id_whatever_it_relates_and_whenever(one, other, kind, on):
    assert check_id(link(one, other, kind=kind, on=on)).startswith(f"{one}>{other}")


def test_relations_of_different_days_have_different_ids():
    days = [
        "2016",
        "2016-10",
        "2016-10-31",
        "by 2016-10-31",
        "from 2016-10-31",
        "2016-10-01..2016-10-15",
        "unknown",
        "",
    ]
    assert len({link("ale", "gr", on=day and sv.when(day)) for day in days}) == len(days)


@given(
    values=st.lists(
        ids() | st.sampled_from((*NASTY_IDS, "a", "yes", "a\n", "a\nb", "", "å", "a" * 200, "a" * 201, 1, None)),
        max_size=4,
    )
)
def test_many_are_ids_where_each_of_them_is(values):
    assert are_ids(values) == all(map(is_id, values))


def slowly_an_id(text: str) -> bool:
    """Whether a text is an id by what an id is: keys with dots between, at most four, joined by a relation's signs."""
    plains = [plain.split(".") for plain in re.split("[>:@]", text)]
    keys = [key for plain in plains for key in plain]
    return all(len(plain) <= 4 for plain in plains) and all(
        key and set(key) <= set("ab1-") and key[0] != "-" != key[-1] for key in keys
    )


@given(st.text("ab1-.>:@", max_size=12))
def test_an_id_is_what_a_slow_look_takes_for_one(text):
    assert is_id(text) == slowly_an_id(text)
