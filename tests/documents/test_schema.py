"""The published schema says what the reader takes: no less than is written, no more than it must."""

import json
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

import samverkan as sv
from samverkan.documents import convert, schema as module
from samverkan.documents.parse import parse
from samverkan.documents.source_tree import RawNumber
from tests.documents.own_kinds import OWN_KINDS, says_each_thing_once
from tests.documents.values import gently_changed, wildly_changed
from tests.strategies import collaborations

HERE = Path(__file__).parent
SAMPLES = sorted([HERE / "sample.yaml", *HERE.parents[1].glob("examples/*.yaml")])


def plain(value):
    """A document's values as a validator sees them."""
    if type(value) is dict:
        return {key: plain(item) for key, item in value.items()}
    if type(value) is list:
        return [plain(item) for item in value]
    return (float(value.decimal) if value.decimal is not None else value.text) if type(value) is RawNumber else value


def tree(path):
    return plain(parse(path.read_bytes(), str(path), places=False).root)


VALIDATOR = Draft202012Validator(sv.exports.schema())
OWN_VALIDATOR = Draft202012Validator(sv.exports.schema(OWN_KINDS))


@pytest.mark.parametrize("kinds", [sv.KINDS, OWN_KINDS])
def test_the_schema_is_one(kinds):
    Draft202012Validator.check_schema(sv.exports.schema(kinds))
    text = json.dumps(sv.exports.schema(kinds))
    defined = sv.exports.schema(kinds)["$defs"]
    named = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert named <= defined.keys()


@settings(max_examples=40)
@given(collaboration=collaborations().filter(says_each_thing_once))
def test_what_is_written_is_valid(folder, collaboration):
    for suffix in (".yaml", ".json"):
        path = folder / f"valid{suffix}"
        sv.write(collaboration, path)
        assert not list(VALIDATOR.iter_errors(tree(path)))


@settings(max_examples=20)
@given(collaboration=collaborations(kinds=OWN_KINDS).filter(says_each_thing_once))
def test_what_is_written_of_an_own_kind_is_valid(folder, collaboration):
    path = folder / "own.json"
    sv.write(collaboration, path)
    assert not list(OWN_VALIDATOR.iter_errors(tree(path)))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_documents_written_by_hand_are_valid(path):
    assert sv.read(path)
    assert not list(VALIDATOR.iter_errors(tree(path)))


@settings(max_examples=120)
@given(data=st.data())
def test_what_the_schema_refuses_the_reader_refuses_too(folder, data):
    root = tree(data.draw(st.sampled_from(SAMPLES)))
    for change in data.draw(st.sampled_from(((gently_changed,), (gently_changed, gently_changed), (wildly_changed,)))):
        root = data.draw(change(root))
    path = folder / "changed.json"
    path.write_text(json.dumps(root), encoding="utf-8")
    if not sv.inspect(path).faults:
        assert not list(VALIDATOR.iter_errors(root))


def test_a_field_is_described_by_what_stands_under_it_with_its_swedish_word_as_title():
    fields = sv.exports.schema()["$defs"]["Grant"]["properties"]
    assert fields["payer"]["title"] == "utbetalare"
    assert fields["payer"]["description"] == "Who pays it out (utbetalare)."
    assert fields["note"]["title"] == "anmärkning"
    undescribed = [
        f"{name}.{key}"
        for name, made in sv.exports.schema(OWN_KINDS)["$defs"].items()
        for key, value in made.get("properties", {}).items()
        if not value.get("description") and name not in ("When", "Period")
    ]
    assert undescribed == []


def test_references_say_what_they_may_lead_to():
    made = sv.exports.schema(OWN_KINDS)["$defs"]
    assert made["Grant"]["properties"]["ground"]["x-refers-to"] == ["Decision"]
    assert made["Visit"]["properties"]["house"]["x-refers-to"] == ["House"]
    assert made["Party"]["x-refers-to"] == ["Actor", "Group", "Role"]


def test_words_are_accepted_in_both_languages():
    words = sv.exports.schema()["$defs"]["PlanKind"]["enum"]
    assert words[0] == "action plan"
    assert "handlingsplan" in words


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"samverkan": 2},
        {"samverkan": 1, "actor": {}},
        {"samverkan": 1, "actors": []},
        {"samverkan": 1, "actors": {"Ale": {"title": "Ale", "kind": "kommun"}}},
        {"samverkan": 1, "actors": {"ale": {"title": "Ale"}}},
        {"samverkan": 1, "actors": {"ale": {"title": "Ale", "kind": "komun"}}},
        {"samverkan": 1, "actors": {"ale": {"title": 2016, "kind": "kommun"}}},
        {"samverkan": 1, "actors": {"ale": {"title": "Ale", "kind": "kommun", "note": None}}},
        {"samverkan": 1, "memberships": [{"member": "ale"}]},
        {"samverkan": 1, "grants": {"g": {"title": "G", "amount": 12.5}}},
        {"samverkan": 1, "grants": {"g": {"title": "G", "period": "våren 2022"}}},
        {"samverkan": 1, "activities": {"a": {"title": "A", "due": "31 oktober"}}},
        {"samverkan": 1, "activities": {"a": {"title": "A", "timing": {"deu": "2016"}}}},
    ],
    ids=str,
)
def test_common_mistakes_are_refused_already_by_the_schema(document):
    assert list(VALIDATOR.iter_errors(document))


def test_a_body_out_of_the_register_need_not_be_written_whole():
    document = {"samverkan": 1, "actors": {"ale": {"parts": {"ks": {"title": "KS", "kind": "styrelse"}}}}}
    assert list(VALIDATOR.iter_errors(document))
    assert not list(VALIDATOR.iter_errors({**document, "use": "kommun 1440"}))


@frozen(kw_only=True)
class Weighed:
    id: str
    weight: float


@frozen(kw_only=True)
class Mixed:
    id: str
    either: sv.Money | sv.Count | None = None


@frozen(kw_only=True)
class Listed:
    id: str
    parts: list[str]


@pytest.mark.parametrize("kind", [Weighed, Mixed, Listed])
def test_a_kind_that_no_document_can_hold_is_refused_by_schema_reader_and_writer(tmp_path, kind):
    with pytest.raises(sv.InvalidValueError, match="no document can hold|one of several types"):
        sv.exports.schema((*sv.KINDS, kind))
    path = tmp_path / "document.json"
    path.write_text(json.dumps({"samverkan": 1, f"{kind.__name__.lower()}s": {"a": {"weight": 1, "parts": []}}}))
    with pytest.raises(sv.DocumentError):
        sv.read(path, kinds=(*sv.KINDS, kind))
    record = {Weighed: lambda: Weighed(id="a", weight=1.5), Mixed: lambda: Mixed(id="a")}.get(
        kind, lambda: Listed(id="a", parts=[])
    )()
    with pytest.raises(sv.InvalidValueError):
        sv.write(sv.Collaboration([record]), tmp_path / "other.json")
    assert not (tmp_path / "other.json").exists()


@frozen(kw_only=True)
class ReportedAmount:
    """A value of a user's that is called as one of the library's."""

    words: str


@frozen(kw_only=True)
class Speech:
    id: str
    said: tuple[ReportedAmount, ...] = ()


def test_two_classes_of_one_name_have_a_definition_each():
    made = sv.exports.schema((*sv.KINDS, Speech))["$defs"]
    assert {name for name in made if name.endswith("ReportedAmount")} == {
        "ReportedAmount",
        f"{__name__}.ReportedAmount",
    }


def test_schema_and_converter_know_the_same_values():
    assert {*module._PLAIN, *module._VALUES} == {*convert._KNOWN}
