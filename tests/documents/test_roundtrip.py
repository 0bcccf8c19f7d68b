"""What is written is read back the same, and written again byte for byte the same."""

import json
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import example, given, settings, strategies as st

import samverkan as sv
from tests.documents.own_kinds import OWN_KINDS, House, Visit, says_each_thing_once
from tests.strategies import collaborations, texts

SUFFIXES = (".yaml", ".json")


def written(collaboration, path):
    sv.write(collaboration, path)
    return path.read_bytes()


def again(collaboration):
    """The same collaboration, built from its records in another order."""
    return sv.Collaboration(
        reversed(list(collaboration)), id=collaboration.id, title=collaboration.title, known=collaboration.known
    )


@settings(max_examples=80)
@given(collaboration=collaborations().filter(says_each_thing_once))
def test_a_collaboration_survives_both_notations_and_gives_the_same_bytes_each_time(folder, collaboration):
    read_back = {}
    for suffix in SUFFIXES:
        path = folder / f"collaboration{suffix}"
        data = written(collaboration, path)
        read_back[suffix] = sv.read(path)
        assert read_back[suffix] == collaboration
        assert written(read_back[suffix], path) == data
        assert written(again(collaboration), path) == data
    for suffix, other in zip(SUFFIXES, reversed(SUFFIXES), strict=True):
        path = folder / f"converted{suffix}"
        assert written(read_back[other], path) == written(collaboration, path)


@settings(max_examples=25)
@given(collaboration=collaborations(least=0, most=2, every_kind=True).filter(says_each_thing_once))
def test_every_kind_of_record_survives_beside_every_other(folder, collaboration):
    for suffix in SUFFIXES:
        path = folder / f"every{suffix}"
        data = written(collaboration, path)
        assert sv.read(path) == collaboration
        assert written(sv.read(path), path) == data


@settings(max_examples=40)
@given(collaboration=collaborations(kinds=OWN_KINDS).filter(says_each_thing_once))
def test_a_kind_of_ones_own_survives_beside_those_of_the_library(folder, collaboration):
    for suffix in SUFFIXES:
        path = folder / f"own{suffix}"
        data = written(collaboration, path)
        assert sv.read(path, kinds=OWN_KINDS) == collaboration
        assert written(again(collaboration), path) == data


SPACED = st.text(st.sampled_from(" \n\tabö:,#-'\"[]{}&*!|>%@`?\\0179~.…🦌\u2028\u00a0\ufeff\ue000"), max_size=300)


@settings(max_examples=300)
@given(text=st.one_of(texts(), SPACED, st.text(st.sampled_from("ab  \n"), min_size=110, max_size=300)))
@example(text="x" * 119 + " y")
@example(text=("word " * 30).strip())
@example(text=" " * 130 + "\n" + " " * 130)
@example(text="\ta\t")
def test_every_text_that_can_be_written_is_read_back_letter_by_letter(folder, text):
    source = sv.Source(id="s", title=text, note=text)
    nested = sv.Agreement(id="a", title=text, stated=(sv.ReportedAmount(amount=sv.UNKNOWN, where=text),))
    for suffix in SUFFIXES:
        path = folder / f"text{suffix}"
        try:
            sv.write(sv.Collaboration([source, nested], title=text), path)
        except sv.InvalidValueError as error:
            assert "the text holds the character" in str(error)
            continue
        assert list(sv.read(path)) == [source, nested]
        assert sv.read(path).title == text


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_amount_of_which_nothing_is_recorded_is_left_out_and_read_as_nothing(tmp_path, suffix):
    grant = sv.Grant(id="g", title="G", stated=(sv.ReportedAmount(amount=None, where="tabell"),))
    allocation = sv.Allocation(grant="g", recipient="ale", amount=None)
    c = sv.Collaboration([sv.Actor(id="ale", title="Ale", kind="kommun"), grant, allocation])
    path = tmp_path / f"document{suffix}"
    sv.write(c, path)
    assert b"null" not in path.read_bytes()
    assert sv.read(path) == c


@pytest.mark.parametrize("amount", [None, sv.UNKNOWN, sv.NONE, sv.Money(0)])
def test_the_four_kinds_of_not_knowing_stay_apart(tmp_path, amount):
    c = sv.Collaboration([sv.Grant(id="g", title="G", amount=amount, stated=(sv.ReportedAmount(amount=amount),))])
    for suffix in SUFFIXES:
        path = tmp_path / f"document{suffix}"
        sv.write(c, path)
        assert sv.read(path) == c


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_merged_collaborations_keep_their_joined_name(tmp_path, suffix):
    ale, hjo = (
        sv.Collaboration([sv.Actor(id=i, title=i, kind="kommun")], id=i, title=i.title()) for i in ("ale", "hjo")
    )
    merged = ale.merge(hjo)
    path = tmp_path / f"merged{suffix}"
    sv.write(merged, path)
    assert sv.read(path).id == merged.id == "ale + hjo"
    assert sv.read(path) == merged


def test_numbered_records_are_written_as_one_range_and_very_many_still_come_back(tmp_path):
    plan = sv.Plan(id="plan", title="Plan")
    for count in (3, 10_001):
        processes = [sv.Process(id=f"plan.process-{n}", plan="plan") for n in range(1, count + 1)]
        observed = sv.Observation(of=tuple(p.id for p in processes), status="klar", id="alla")
        c = sv.Collaboration([plan, *processes, observed])
        for suffix in SUFFIXES:
            path = tmp_path / f"numbered{suffix}"
            sv.write(c, path)
            assert path.stat().st_size < 1_000 or count > 3
            assert sv.read(path) == c


def test_a_number_keeps_its_digits_in_both_notations(tmp_path):
    values = [Decimal(text) for text in ("71.5", "0.1", "-0.000000000000000001", "123456789012345678", "1.10")]
    for value in values:
        c = sv.Collaboration([sv.Indicator(id="i", title="I"), sv.Observation(id="o", of=("i",), value=value)])
        for suffix in SUFFIXES:
            path = tmp_path / f"number{suffix}"
            sv.write(c, path)
            assert sv.read(path)[sv.Observation][0].value == value


def test_an_own_kind_is_nested_inline_and_referred_to_like_those_of_the_library(tmp_path):
    owner = sv.Actor(id="ale", title="Ale", kind="kommun")
    house = House(
        id="plan.hus", owner="ale", rent=None, plan="plan", timing=sv.Timing(due="2016-10-31"), class_="A", open_=True
    )
    visit = Visit(visitor="ale", house="plan.hus")
    c = sv.Collaboration([owner, sv.Plan(id="plan", title="Plan"), house, visit])
    path = tmp_path / "own.json"
    sv.write(c, path)
    expected = {"owner": "ale", "due": "2016-10-31", "class": "A", "open": True, "visits": ["ale"]}
    assert json.loads(path.read_bytes())["plans"]["plan"]["houses"] == {"hus": expected}
    assert sv.read(path, kinds=OWN_KINDS) == c
    assert evolve(house, rent=sv.UNKNOWN) != house


def test_a_field_may_rest_on_several_grounds(tmp_path):
    grounds = (
        sv.fields.Basis("", mark="made"),
        sv.fields.Basis("kind", source="s"),
        sv.fields.Basis("kind", mark="assumed"),
        sv.fields.Basis("title", mark="derived"),
    )
    c = sv.Collaboration([sv.Source(id="s"), sv.Actor(id="a", title="A", kind="kommun", basis=grounds)])
    for suffix in SUFFIXES:
        path = tmp_path / f"basis{suffix}"
        sv.write(c, path)
        assert sv.read(path) == c
