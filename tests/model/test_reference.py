"""A reference is declared once, by the type of a field, and found wherever the field is."""

import re
import sys
from pathlib import Path
from typing import Annotated

import pytest
from attrs import field, frozen
from hypothesis import given, settings

import samverkan as sv
from samverkan.model.reference import ids, plural, references, references_of
from tests.model.walk import names
from tests.strategies import collaborations

PlaceId = Annotated[str, sv.fields.Ref("Actor")]


@frozen(kw_only=True)
class Inner:
    """A nested value."""

    place: PlaceId
    others: tuple[PlaceId, ...] = ()


@frozen(kw_only=True)
class Outer:
    """A record of a user's own with every sort of reference."""

    id: str
    one: PlaceId
    maybe: PlaceId | None = None
    silent: sv.fields.Maybe[PlaceId] = None
    many: tuple[PlaceId, ...] = ()
    called: Annotated[PlaceId, sv.fields.Named("is called")] | None = None
    inside: Annotated[PlaceId, sv.fields.NestedUnder("outers")] | None = None
    each_inside: tuple[Annotated[sv.fields.ThingId, sv.fields.NestedUnder("all")], ...] = ()
    nested: Inner | None = None
    nested_many: tuple[Inner, ...] = ()
    by: sv.Party | None = None
    for_: PlaceId | None = None
    text: str = ""
    tags: tuple[str, ...] = ()


def found(cls: type) -> dict[str, tuple[str, bool, str, list[str]]]:
    return {".".join(r.path): (r.relation, r.required, r.within, sorted(r.kinds)) for r in references(cls)}


def test_references_are_found_in_optionals_tuples_and_nested_values():
    assert found(Outer) == {
        "one": ("one", True, "", ["Actor"]),
        "maybe": ("maybe", False, "", ["Actor"]),
        "silent": ("silent", False, "", ["Actor"]),
        "many": ("many", False, "", ["Actor"]),
        "called": ("is called", False, "", ["Actor"]),
        "inside": ("inside", False, "outers", ["Actor"]),
        "each_inside": ("each_inside", False, "all", []),
        "nested.place": ("nested.place", False, "", ["Actor"]),
        "nested.others": ("nested.others", False, "", ["Actor"]),
        "nested_many.place": ("nested_many.place", False, "", ["Actor"]),
        "nested_many.others": ("nested_many.others", False, "", ["Actor"]),
        "by.id": ("by", False, "", ["Actor", "Group", "Role"]),
        "for_": ("for", False, "", ["Actor"]),
    }


def test_a_reference_knows_the_nested_value_that_holds_it():
    holders = {".".join(r.path): r.holder for r in references(Outer)}
    assert holders["by.id"] is sv.Party
    assert holders["nested_many.others"] is Inner
    assert holders["one"] is None


def test_each_reference_reaches_its_ids_and_no_text_else():
    record = Outer(
        id="o",
        one="a",
        silent=sv.UNKNOWN,
        many=("b", "c"),
        nested_many=(Inner(place="d", others=("e", "f")), Inner(place="g")),
        by=sv.jointly("h"),
        text="x",
        tags=("y",),
    )
    assert {".".join(r.path): list(r.ids(record)) for r in references_of(record) if list(r.ids(record))} == {
        "one": ["a"],
        "many": ["b", "c"],
        "nested_many.place": ["d", "g"],
        "nested_many.others": ["e", "f"],
        "by.id": ["h"],
    }


@settings(max_examples=25)
@given(collaborations())
def test_the_ids_that_a_record_names_are_those_that_its_annotations_say(c):
    for record in c:
        assert sorted(id for r in references_of(record) for id in r.ids(record)) == sorted(names(record))


@frozen(kw_only=True)
class Lost:
    """A class whose annotation names what is not there."""

    id: str
    to: "Nowhere" = field(default=None)  # noqa: F821 (that is the point)


def test_an_annotation_that_names_nothing_is_refused_with_what_to_do():
    with pytest.raises(sv.InvalidValueError, match="annotation of Lost cannot be resolved"):
        references(Lost)


def test_one_id_or_several_become_a_tuple():
    assert ids("ale") == ("ale",)
    assert ids(["a", "b"]) == ids(iter(["a", "b"])) == ("a", "b")
    assert ids(()) == ()


def test_each_kind_has_a_key_of_its_own_in_documents():
    assert [plural(kind) for kind in (sv.FundingEvent, sv.Process, sv.Activity, sv.ExternalRecord, sv.Dependency)] == [
        "funding_events",
        "processes",
        "activities",
        "external_records",
        "dependencies",
    ]
    assert len({plural(kind) for kind in sv.KINDS}) == len(sv.KINDS)


@pytest.mark.parametrize("kind", sv.KINDS, ids=lambda kind: kind.__name__)
def test_the_id_of_a_kind_has_one_name_and_no_field_spells_it_out(kind):
    module = Path(str(sys.modules[kind.__module__].__file__)).read_text(encoding="utf-8")
    spelt = re.findall(r'^ .*Annotated\[str, Ref\("\w+"\)', module, re.MULTILINE)
    assert spelt == []
