"""Whatever is put into a field, a record or its collaboration refuses it by name, or it is what the field says (law 10)."""

import math
from decimal import Decimal
from typing import Annotated, Any

import attrs
import pytest
from attrs import field, frozen
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.model.validation import misfits
from tests.strategies import record_sets

ODD = (
    None, True, False, 0, 7, -1, 1.5, math.nan, Decimal("0.5"), "", "x", "unknown", "2016-10-31", "2016", "5 kr", "1/2",
    "each x", b"x", (), ("x",), ["x"], [], {}, {"x": 1}, {"x"}, object(), sv.UNKNOWN, sv.NONE, sv.Money(5),
    sv.when("2016-10"), sv.period("2016"), sv.count("~60"), sv.share("1/2"), sv.Party("x"), sv.Timing(), sv.Window(),
    sv.ReportedAmount(amount=sv.UNKNOWN), sv.DecisionItem(), sv.vocabulary.Level.LOCAL, sv.vocabulary.Mark.MADE, sv.fields.Basis("x", mark="made"),
    (sv.fields.Basis("title", mark="made"),), (sv.ReportedAmount(amount=1),), (1,), (None,), [sv.DecisionItem()], range(2), len,
)  # fmt: skip


def sound(value: Any) -> bool:
    """By a slow walk over the annotations' text: whether nothing that checks itself holds anything odd."""
    if attrs.has(type(value)):
        return all(sound(getattr(value, a.name)) for a in attrs.fields(type(value)))
    return isinstance(
        value, (str, int, bool, tuple, Decimal, sv.vocabulary.Missing, sv.fields.Day, type(None))
    ) or hasattr(value, "numerator")


@settings(max_examples=100)
@given(records=record_sets(most=12), data=st.data())
def test_an_odd_value_in_any_field_is_taken_as_what_the_field_says_or_refused_by_name(records, data):
    record = data.draw(st.sampled_from(records))
    name = data.draw(st.sampled_from([a.alias for a in attrs.fields(type(record)) if a.name != "id"]))
    odd = data.draw(st.sampled_from(ODD))
    try:
        changed = attrs.evolve(record, **{name: odd})
    except sv.InvalidValueError as refused:
        assert refused.message
        return
    try:
        c = sv.Collaboration([*(other for other in records if other.id != record.id), changed])
    except sv.errors.IntegrityError as refused:
        assert all(fault.message and fault.record for fault in refused.faults)
        return
    assert sound(c[record.id])
    sv.check(c)
    sv.unknowns(c)


@given(record_sets(full=True))
def test_what_the_model_makes_fits(records):
    assert [found for record in records for found in misfits(record)] == []


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (sv.Actor(id="a", title=5, kind="kommun"), "a.title: 5 stands in 'title'; give a text"),
        (sv.Actor(id="a", title=sv.vocabulary.Level.LOCAL, kind="kommun"), "a.title: <Level.LOCAL: 'local'> stands in 'title'; give a text"),
        (sv.Grant(id="g", title="G", carry_over="nej"), "g.carry_over: 'nej' stands in 'carry_over'; give True or False"),
        (sv.Grant(id="g", title="G", carry_over=1), "g.carry_over: 1 stands in 'carry_over'; give True or False"),
        (sv.Grant(id="g", title="G", use=sv.Window(statutory="nej")), "g.use.statutory: 'nej' stands in 'use.statutory'; give True or False"),
        (sv.Grant(id="g", title="G", requisition="2025"), "g.requisition: '2025' stands in 'requisition'; give UNKNOWN or NONE or a Window"),
        (sv.Decision(id="d", items=({"outcome": "approves"},)), "d.items: {'outcome': 'approves'} stands in 'items'; give a DecisionItem"),
        (sv.Mandate(id="m", holder="m", basis="assumed"), "m.basis: 'assumed' stands in 'basis'; give a tuple, each of it a Basis"),
        (sv.Mandate(id="m", holder="m", basis={"for": "assumed"}), "m.basis: {'for': 'assumed'} stands in 'basis'; give a tuple, each of it a Basis"),
        (sv.Plan(id="p", title="P", basis=sv.basis(onwers="assumed")), "p.basis: there is no field 'onwers'; did you mean 'owners'?"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_no_field_allows_is_refused_with_record_field_value_and_what_would_be_right(record, said):
    with pytest.raises(sv.errors.IntegrityError) as refused:
        sv.Collaboration([record])
    assert [str(fault) for fault in refused.value.faults] == [said]


def test_a_record_that_is_added_or_put_in_place_of_another_is_held_to_its_fields_too():
    c = sv.Collaboration([sv.Plan(id="p", title="P")])
    with pytest.raises(sv.errors.IntegrityError, match="stands in 'title'"):
        c.adding(sv.Plan(id="q", title=1))
    with pytest.raises(sv.errors.IntegrityError, match="stands in 'title'"):
        c.replacing(sv.Plan(id="p", title=1))


@frozen
class Inner:
    """A nested value of a user's own."""

    number: int


@frozen(kw_only=True)
class Own:
    """A kind of a user's own, without converters."""

    id: str
    day: sv.fields.Day | None = None
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()
    anything: Any = None
    words: list[str] = field(factory=list)
    money: Annotated[sv.fields.Maybe[sv.Money], "in kronor"] = None


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"day": "2016-10-31"}, "day"),
        ({"inner": 5}, "inner"),
        ({"inner": Inner("five")}, "inner.number"),
        ({"inners": [Inner(5)]}, "inners"),
        ({"inners": (Inner(5), Inner(None))}, "inners.number"),
        ({"money": "5 kr"}, "money"),
        ({"anything": ..., "words": 5, "inner": Inner(5), "money": sv.UNKNOWN, "day": sv.day("2016-10-31")}, ""),
    ],
    ids=str,
)
def test_a_kind_of_ones_own_is_held_to_its_annotations_as_far_as_they_say(given, where):
    assert [path for path, _, _ in misfits(Own(id="o", **given))] == [where] * bool(where)


def test_a_basis_may_speak_of_what_is_written_inside_a_record():
    plan = sv.Plan(
        id="p", title="P", basis=sv.basis(participation="complete", spending="partial", activities="unknown")
    )
    step = sv.Activity(id="a", title="A", basis=sv.basis(due="assumed", after="unknown"))
    assert sv.Collaboration([plan, step])
