"""Whatever a file holds, `inspect` answers and `read` either gives a collaboration or raises the library's own error."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

import samverkan as sv
from samverkan.documents.jsontext import read_json, read_json_quickly
from samverkan.documents.parse import parse
from samverkan.documents.source_tree import RawNumber
from tests.documents.values import gently_changed, json_values, wildly_changed

HERE = Path(__file__).parent
SAMPLES = [
    path.read_bytes()
    for path in (HERE / "sample.yaml", HERE / "faulty.yaml", *sorted(HERE.parents[1].glob("examples/*.yaml")))
]


def plain(value):
    if type(value) is dict:
        return {key: plain(item) for key, item in value.items()}
    if type(value) is list:
        return [plain(item) for item in value]
    return value.text if type(value) is RawNumber else value


ROOTS = [plain(parse(data, "sample.yaml", places=False).root) for data in SAMPLES if b"# version" not in data]
JSON_SAMPLES = [json.dumps(root, ensure_ascii=False, indent=1).encode() for root in ROOTS]


def outcome(path):
    """What reading a document gives, after checking that `inspect` and `read` tell the same story."""
    reading = sv.inspect(path)
    try:
        collaboration = sv.read(path)
    except sv.SamverkanError as refused:
        assert isinstance(refused, sv.DocumentError)
        assert reading.faults == refused.faults != ()
        assert all(fault.message and fault.place.file == str(path) for fault in reading.faults)
        assert all(fault.place.line and fault.place.column for fault in reading.faults), str(refused)
        str(refused).encode()
        return None
    assert reading.faults == ()
    assert reading.collaboration == collaboration
    return collaboration


SNIPPETS = [
    text.encode()
    for text in (
        "", " ", "  ", "\t", "\n", "\r", "\r\n", "\n\n", ":", ": ", "- ", "-", ",", ", ", "#", "[", "]", "{", "}", "{}", "[]", "'", '"',
        "&a ", "*a", "!", "!!str ", "|", ">", "|\n", "? ", "%", "@", "`", "---\n", "...\n", "<<: ", "~", "null", "yes", "unknown",
        "none", "rest", "each ", "..", ".x", "p-1..3", "0114", "1.5", "1e9", "\0", "\x1b", "\x85", "\u2028", "\ufeff", "\ufffe", "ö", "🦌",
        "actors:\n", "title: ", "id: ", "  x:\n", "\\", "\\u", "\\ud800", "\\n", "null,", '"":', "[[[[[[[[[[" * 5, "99999999999999999999",
    )
] + [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xff\xfe"]  # fmt: skip


@st.composite
def spoiled(draw, samples):
    """A document in which some pieces were put in, taken away, doubled or moved."""
    data = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 0, 1, 1, 2, 5, 40, 400, 10_000))))
        piece = draw(st.one_of(st.sampled_from(SNIPPETS), st.just(data[start:end] * 2), st.binary(max_size=3)))
        if draw(st.booleans()):
            other = draw(st.integers(0, len(data)))
            piece = data[other : other + draw(st.integers(1, 60))]
        data = data[:start] + piece + data[end:]
    return data


@settings(max_examples=150)
@given(data=st.one_of(spoiled(SAMPLES), spoiled(SAMPLES), st.binary(max_size=60)))
@example(data=b"*a")
@example(data=b"samverkan: 1\nx: {a: b, {c: d}}\n")
@example(data=b"samverkan: 1\nactors: {a: {title: A, title: {b: c}, kind: x}, *b : c}\n")
def test_any_yaml_is_read_or_refused(folder, data):
    path = folder / "spoiled.yaml"
    path.write_bytes(data)
    outcome(path)


@settings(max_examples=100)
@given(data=st.one_of(spoiled(JSON_SAMPLES), spoiled(JSON_SAMPLES), st.binary(max_size=60)))
def test_any_json_is_read_or_refused(folder, data):
    path = folder / "spoiled.json"
    path.write_bytes(data)
    outcome(path)


@settings(max_examples=150)
@given(data=st.data())
def test_any_value_anywhere_is_read_or_refused_and_json_is_read_as_yaml_the_same(folder, data):
    root = data.draw(st.sampled_from(ROOTS))
    change = data.draw(st.sampled_from((gently_changed, wildly_changed)))
    for _ in range(data.draw(st.integers(1, 2))):
        root = data.draw(change(root))
    path = folder / "placed.json"
    text = json.dumps(root, ensure_ascii=False)
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    as_json = outcome(path)
    if any("\ud800" <= letter <= "\udfff" or letter in "\x7f\x85\u2028\u2029" for letter in text):
        return
    path = folder / "placed.yaml"
    path.write_text(text, encoding="utf-8")
    assert outcome(path) == as_json


def test_what_was_read_after_a_change_is_read_again_once_written(folder):
    """The examples above reach few documents that can be read, so that law 8 is asked here of gentle changes only."""

    @settings(max_examples=60)
    @given(data=st.data())
    def law(data):
        root = data.draw(st.sampled_from(ROOTS))
        path = folder / "gentle.json"
        path.write_text(json.dumps(data.draw(gently_changed(root))), encoding="utf-8")
        reading = sv.inspect(path)
        again = folder / "again.yaml"
        sv.write(reading.collaboration, again)
        assert sv.read(again) == reading.collaboration

    law()


NEAR_JSON = st.one_of(
    json_values().map(json.dumps),
    st.recursive(
        st.sampled_from(
            (
                "1",
                "-0",
                "01",
                "1.",
                "1.0",
                "-1.5e3",
                "1E400",
                "1e-5",
                "NaN",
                "-Infinity",
                "true",
                "True",
                "null",
                "nul",
                '"a"',
                "'a'",
                '"\\ud800"',
                '"\\ud83e\\udd8c"',
                '"\\u12"',
                '"\t"',
                "",
                " ",
                "9" * 18,
                "-" + "9" * 18,
                "9" * 19,
                "9" * 5_000,
                "-",
                "+1",
                "0x1",
                "1_0",
                "¹",
                "\u0661",
                "\ufeff1",
                '"a" "b"',
                "[,]",
                "\x0b",
                "\u00a01",
                "\u2028",
            )
        ),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3).map(lambda items: f"[{','.join(items)}]"),
            st.lists(inner, max_size=3).map(lambda items: f"[ {' , '.join(items)} ,]"),
            st.lists(inner, max_size=3).map(
                lambda items: "{" + ",".join(f'"k{n % 2}":{i}' for n, i in enumerate(items)) + "}"
            ),
            st.tuples(inner, st.integers(38, 42)).map(lambda pair: "[" * pair[1] + pair[0] + "]" * pair[1]),
            st.tuples(inner, inner).map(" ".join),
        ),
        max_leaves=6,
    ),
    st.sampled_from(JSON_SAMPLES).map(bytes.decode),
    spoiled(JSON_SAMPLES).map(lambda data: data.decode(errors="replace")),
)


@settings(max_examples=400)
@given(text=NEAR_JSON)
@example(text="[" * 40 + "]" * 40)
@example(text="[" * 41 + "]" * 41)
@example(text='{"a":' * 41 + "1" + "}" * 41)
@example(text="-123456789012345678")
def test_the_quick_and_the_slow_json_reader_agree(text):
    quick, slow = read_json_quickly(text, "x.json"), read_json(text, "x.json")
    if quick is None:
        assert slow.faults
    else:
        assert not slow.faults
        assert exact(quick.root) == exact(slow.root)


def exact(value):
    """A value with the type of everything in it, and the order of its keys."""
    if type(value) is dict:
        return [(key, exact(item)) for key, item in value.items()]
    return [exact(item) for item in value] if type(value) is list else (type(value), value)


@pytest.mark.parametrize("places", [True, False])
@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_every_prefix_of_a_document_is_refused_or_read(folder, suffix, places):
    data = (SAMPLES if suffix == "yaml" else JSON_SAMPLES)[0]
    for end in range(0, len(data), 97):
        tree = parse(data[:end], f"x.{suffix}", places=places)
        assert suffix == "yaml" or tree.faults
