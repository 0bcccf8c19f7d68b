"""Single records: what they accept, what they refuse, the ids they make for themselves."""

from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings

import samverkan as sv
from samverkan.model.agreement import timing
from samverkan.model.party import party
from tests.strategies import ids, record_sets

# ---------------------------------------------------------------- parties


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("skr", sv.Party("skr")),
        ("each de-49", sv.each("de-49")),
        ("var för sig de-49", sv.each("de-49")),
        ("jointly huvudmannen", sv.jointly("huvudmannen")),
        ("gemensamt huvudmannen", sv.jointly("huvudmannen")),
        ("each", sv.Party("each")),
    ],
)
def test_a_party_is_read_with_its_manner_in_either_language(text, expected):
    assert party(text) == expected


@given(ids())
def test_a_party_is_read_back_from_what_it_writes(id):
    for one in (sv.Party(id), sv.each(id), sv.jointly(id)):
        assert party(str(one)) == one


@pytest.mark.parametrize("value", ["all of-49", "de 49", 49, None])
def test_other_parties_are_refused(value):
    with pytest.raises(sv.InvalidValueError):
        party(value)


def test_parties_are_given_as_text_as_party_or_as_several():
    one, several = sv.Activity(id="a", title="", by="skr"), sv.Activity(id="a", title="", by=["skr", sv.each("de-49")])
    assert one.by == (sv.Party("skr"),)
    assert several.by == (sv.Party("skr"), sv.each("de-49"))


# ---------------------------------------------------------------- selections


@pytest.mark.parametrize(
    "text", ["kommuner in county 14", "kommuner i län 14", "regions", "regioner", "kommunalförbund"]
)
def test_a_selection_is_read_back_from_what_it_writes(text):
    assert sv.fields.selection(str(sv.fields.selection(text))) == sv.fields.selection(text)


@pytest.mark.parametrize(
    "text", ["", "kommuns", "agencies", "kommuner in county 1", "kommuner in county Skåne", None, 14]
)
def test_other_selections_are_refused(text):
    with pytest.raises(sv.InvalidValueError):
        sv.fields.selection(text)


def test_every_selection_that_exists_is_read_back_from_what_it_writes():
    for kind in sv.vocabulary.ActorKind:
        assert sv.fields.selection(str(sv.fields.Selection(kind))) == sv.fields.Selection(kind)


def test_a_selection_picks_by_kind_and_county():
    ale = sv.Actor(id="ale", title="Ale", kind="kommun", county="14")
    assert sv.fields.Selection("kommun").picks(ale)
    assert sv.fields.Selection("kommun", "14").picks(ale)
    assert not sv.fields.Selection("kommun", "01").picks(ale)
    assert not sv.fields.Selection("region", "14").picks(ale)


# ---------------------------------------------------------------- basis, observation, timing


def test_a_basis_is_a_mark_or_a_source_and_never_both_or_neither():
    assert sv.fields.Basis("period", mark="antagen").mark is sv.vocabulary.Mark.ASSUMED
    for wrong in ({}, {"mark": "assumed", "source": "prop"}):
        with pytest.raises(sv.InvalidValueError):
            sv.fields.Basis("period", **wrong)


def test_the_basis_of_fields_is_said_in_one_call():
    assert sv.basis("made", amount="prop-2016", period="uträknad") == (
        sv.fields.Basis("", mark="made"),
        sv.fields.Basis("amount", source="prop-2016"),
        sv.fields.Basis("period", mark="derived"),
    )


@pytest.mark.parametrize(
    "said", [{"value": Decimal(0)}, {"number": 0}, {"number": sv.UNKNOWN}, {"status": "green"}, {"result": "mer tid"},
             {"tallies": (sv.fields.Tally(status="green", number=3),)}, {"missing": "not reported"}, {"missing": "ej mätbar"}],
    ids=str,
)  # fmt: skip
def test_an_observation_says_something_or_why_it_does_not(said):
    assert sv.Observation(of="p-1", **said).of == ("p-1",)


@pytest.mark.parametrize("said", [{}, {"scale": "lights"}, {"result": "x", "missing": "not reported"}], ids=str)
def test_an_observation_of_nothing_said_or_both_said_is_refused(said):
    with pytest.raises(sv.InvalidValueError):
        sv.Observation(of="p-1", **said)


def test_an_observation_is_of_something():
    with pytest.raises(sv.InvalidValueError, match="of nothing"):
        sv.Observation(of=(), result="x")


@pytest.mark.parametrize("value", [None, sv.Timing()])
def test_no_timing_is_an_empty_one(value):
    assert timing(value) == sv.Timing() == sv.Activity(id="a", title="", timing=value).timing


def test_money_fields_take_money_as_documents_write_it_and_nothing_that_looks_like_it():
    for right in (sv.Money(1), "1 kr", 1, "0.001 tkr"):
        assert sv.Requisition(id="r", allocation="x", requested_by="ale", amount=right).amount == sv.Money(1)
        assert sv.Allocation(grant="g", recipient="ale", amount=right).amount == sv.Money(1)
    for wrong in (1.0, "1", Decimal(1), True, "ett kr"):
        with pytest.raises(sv.InvalidValueError):
            sv.Requisition(id="r", allocation="x", requested_by="ale", amount=wrong)
        with pytest.raises(sv.InvalidValueError):
            sv.Allocation(grant="g", recipient="ale", amount=wrong)
    with pytest.raises(sv.InvalidValueError):
        sv.Requisition(id="r", allocation="x", requested_by="ale", amount=sv.UNKNOWN)
    assert sv.Allocation(grant="g", recipient="ale", amount=sv.UNKNOWN).amount is sv.UNKNOWN


# ---------------------------------------------------------------- ids of relations


@pytest.mark.parametrize(
    ("record", "id"),
    [
        (sv.Membership(member="ale", of="gr"), "ale>gr"),
        (sv.Membership(member="ale", of="gr", capacity="adjungerad", period="2016-05/"), "ale>gr:associate@2016-05-01"),
        (sv.Membership(member="ale", of="gr", period="unknown/"), "ale>gr@unknown"),
        (sv.Participation(who=sv.each("de-49"), thing="plan", capacity="carries out"), "de-49>plan:carries-out"),
        (sv.Stance(actor="ale", towards="plan", attitude="asked", day="2016-10-01..2016-10-15"),
         "ale>plan:asked@2016-10-01-2016-10-15"),
        (sv.Dependency(predecessor="a", successor="b"), "a>b"),
        (sv.Dependency(predecessor="a", successor="b", kind="contributes to"), "a>b:contributes-to"),
        (sv.Dependency(predecessor="ale>gr:associate", successor="b"), "ale>gr:associate>b"),
        (sv.Observation(of=("p-1", "p-2", "p-3"), result="x", indicator="plan.andel"), "p-1>p-3:plan.andel"),
        (sv.Observation(of="p", gap=("national", "county"), as_of="2023"), "p:gap-national-county@2023"),
        (sv.Allocation(grant="ph-2016", recipient="ale", amount=None), "ph-2016>ale"),
        (sv.Submission(obligation="plan", by=("ale", "hjo"), sent="2016-10-30"), "plan>ale>hjo@2016-10-30"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)  # fmt: skip
def test_a_relation_is_named_after_what_it_relates(record, id):
    assert record.id == id
    assert attrs.evolve(record, id="own-name").id == "own-name"


@settings(max_examples=20)
@given(record_sets())
def test_a_record_is_a_value(records):
    for record in records:
        assert record == attrs.evolve(record)
        assert hash(record) == hash(attrs.evolve(record))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            record.id = "other"


@pytest.mark.parametrize("lag", [36_526, -36_526, 10**30, 1.0, "3", True, None])
def test_an_absurd_lag_is_refused(lag):
    with pytest.raises(sv.InvalidValueError, match="is not a number of days; write whole days from -36525 to 36525"):
        sv.Dependency(predecessor="a", successor="b", lag=lag)
