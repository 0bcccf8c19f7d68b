"""A document made to do harm is refused with a `DocumentError`, in little memory and without breaking the interpreter.

Each is read in a process of its own that may use so much memory and processor time and no more.
"""

import json
import resource
import subprocess
import sys
import textwrap

import pytest

import samverkan as sv

A = "samverkan: 1\n"
BILLION = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MEGABYTE = 1 << 20
READER = textwrap.dedent(
    """
    import json, sys, samverkan as sv
    for name, path in json.load(open(sys.argv[1])):
        try:
            faults = sv.read(path) and ()
        except sv.DocumentError as refused:
            faults = refused.faults
        told = [str(fault) for fault in faults]
        print(json.dumps([name, [len(told), max(map(len, told), default=0), told[:60]]]), flush=True)
    """
)


def read_elsewhere(folder, documents, memory, seconds):
    """What a reader in another process, with so much memory and time for all, finds in each document.

    That is: how many faults, how long the longest is, and the first of them.
    """

    def bounded():
        resource.setrlimit(resource.RLIMIT_AS, (memory * MEGABYTE, memory * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    paths = []
    for number, (name, (suffix, text)) in enumerate(documents.items()):
        path = folder / f"hostile-{number}.{suffix}"
        path.write_text(text, encoding="utf-8")
        paths.append((name, str(path)))
    (folder / "documents").write_text(json.dumps(paths))
    ran = subprocess.run(  # noqa: S603 (this very interpreter)
        [sys.executable, "-c", READER, str(folder / "documents")],
        preexec_fn=bounded,
        capture_output=True,
        text=True,
        check=False,
    )
    answers = dict(map(json.loads, ran.stdout.splitlines()))
    silent = [name for name in documents if name not in answers]
    return answers | dict.fromkeys(silent, (-1, 0, [f"the reader ended with {ran.returncode}: {ran.stderr[-2_000:]}"]))


DEEP = 100_000
BIG = 50 * MEGABYTE

HOSTILE = {
    "alias bomb": ("yaml", A + BILLION, "names a value for repeating"),
    "deep flow lists": ("yaml", A + "x: " + "[" * DEEP, "nested deeper than 40 levels"),
    "deep flow maps": ("yaml", A + "x: " + "{a: " * DEEP, "nested deeper than 40 levels"),
    "deep block lists": ("yaml", A + "x:\n  " + "- " * DEEP + "a\n", "nested deeper than 40 levels"),
    "deep block maps": ("yaml", A + "".join(f"{' ' * i}a:\n" for i in range(2_000)), "nested deeper than 40 levels"),
    "deep complex keys": ("yaml", A + "? " * DEEP + "a\n", "a key is a list or a mapping"),
    "deep json lists": ("json", "[" * DEEP + "]" * DEEP, "nested deeper than 40 levels"),
    "deep json maps": ("json", '{"a":' * DEEP + "1" + "}" * DEEP, "nested deeper than 40 levels"),
    "open json lists": ("json", "[" * DEEP, "nested deeper than 40 levels"),
    "deep sections": (
        "json",
        '{"samverkan":1,"actors":' + '{"a":{"title":"A","kind":"unit","parts":' * 300 + "{}" + "}}" * 300 + "}",
        "nested deeper than 40 levels",
    ),
    "deep children": (
        "json",
        '{"samverkan":1,"plans":{"p":' + '{"title":"P","after":[' * 15 + "]}" * 15 + "}}",
        "there is no field 'after'",
    ),
    "a number of 100 000 digits": ("yaml", A + "sources: {a: {title: " + "9" * DEEP + "}}\n", "is not text"),
    "an amount of 100 000 digits": ("yaml", A + f"grants: {{a: {{title: A, amount: '{'9' * DEEP} kr'}}}}\n", "has 100003 char"),
    "a paragraph of 100 000 digits": (
        "json",
        '{"samverkan":1,"decisions":{"a":{"paragraph":' + "9" * DEEP + "}}}",
        "is not a whole number",
    ),
    "a version of 100 000 digits": ("json", '{"samverkan":' + "9" * DEEP + "}", "is not known"),
    "digits of another script": ("yaml", A + "decisions: {a: {paragraph: ١٢}}\n", "'١٢' is not a whole number"),
    "a scalar of 50 MB": ("yaml", A + "title: " + "x" * BIG + "\n", f"has {BIG} characters"),
    "a day of 1 MB": ("yaml", A + "known: " + "x" * MEGABYTE + "\n", f"has {MEGABYTE} characters"),
    "a json string of 50 MB": ("json", '{"samverkan":1,"title":"' + "x" * BIG + '"}', f"has {BIG} characters"),
    "a key of 10 MB": ("json", '{"samverkan":1,"' + "x" * (10 * MEGABYTE) + '":{}}', "there is no section 'xxx"),
    "an id of 10 MB": ("json", '{"samverkan":1,"sources":{"' + "å" * (10 * MEGABYTE) + '":{}}}', "is not an id"),
    "a range key of 1 MB": ("json", '{"samverkan":1,"sources":{"' + "a" * MEGABYTE + '-1..3":{}}}', "is not an id"),
    "many unknown sections": ("yaml", A + "".join(f"actor{n}: 1\n" for n in range(3_000)), "there is no section 'actor0'"),
    "many unknown fields": (
        "yaml",
        A + "actors:\n  a:\n    title: A\n    kind: unit\n" + "".join(f"    titl{n}: 1\n" for n in range(3_000)),
        "there is no field 'titl0'",
    ),
    "many broken lines": ("yaml", A + "a: b: c\n" * 2_000, "mapping values are not allowed"),
    "many equal keys": ("yaml", A + "id: a\n" * 5_000, "the key 'id' stands twice"),
    "many aliases": ("yaml", A + "x: [" + "*a, " * 5_000 + "]\n", "*a repeats another value"),
    "many dangling references": (
        "yaml",
        A
        + "actors:\n"
        + "".join(f"  actor-{n}x: {{title: A, kind: unit, part_of: actor-{n}y}}\n" for n in range(10_000)),
        "no Actor has the id 'actor-0y'; did you mean",
    ),
    "many references in one record": (
        "yaml",
        A + "groups: {a: {of: [" + ", ".join(f"x-{n}y" for n in range(10_000)) + "]}}\n",
        "no Actor or Group has the id 'x-0y'",
    ),
    "many amounts that are the rest": (
        "yaml",
        A
        + "grants:\n  a:\n    title: A\n    amount: 5 kr\n    lines:\n"
        + "".join(f"      b{n}: {{title: B, amount: rest}}\n" for n in range(3_000)),
        "two neighbours are both the rest",
    ),
    "many lines and many rests": (
        "yaml",
        A
        + "grants:\n"
        + "".join(f"  a{n}: {{title: A, lines: {{b: {{title: B, amount: rest}}}}}}\n" for n in range(1_500)),
        "the amount of 'a0' is not known",
    ),
    "many bodies that the register lacks": (
        "yaml",
        A + "use:\n" + "".join(f"  - kommun Nor{n}\n" for n in range(200)),
        "the register has no kommun 'Nor0'",
    ),
    "a huge range": ("yaml", A + "plans: {p: {title: P, processes: {process-1..999999: {}}}}\n", "is empty or too long"),
    "a huge range of references": ("yaml", A + "groups: {a: {of: process-1..999999}}\n", "no Actor or Group has the id"),
    "ranges inside ranges": (
        "yaml",
        A + "actors: {a-1..9999: {title: A, kind: unit, parts: {b-1..9999: {title: B, kind: unit, parts: {c-1..9999: {}}}}}}\n",
        "the ranges stand for more than 100000 values",
    ),
    "many ranges": (
        "yaml",
        A + "actors:\n" + "".join(f"  a{n}-1..9999: {{title: A, kind: unit}}\n" for n in range(5_000)),
        "the ranges stand for more than 100000 values",
    ),
    "many ranges of references": (
        "yaml",
        A + "groups: {a: {of: [" + ", ".join("x-1..9999" for _ in range(20_000)) + "]}}\n",
        "no Actor or Group has the id",
    ),
    "a range over a long list": (
        "yaml",
        A + "groups: {a-1..9999: {of: [" + ", ".join("x" for _ in range(20_000)) + "]}}\n",
        "the ranges stand for more than 100000 values",
    ),
    "a range over a long section": (
        "yaml",
        A
        + "actors: {a-1..9999: {title: A, kind: unit, members: ["
        + ", ".join("x" for _ in range(20_000))
        + "]}}\n",
        "no Actor or Group has the id 'x'",
    ),
    "a circle of groups": (
        "yaml",
        A + "groups:\n" + "".join(f"  g-{n}: {{of: g-{(n + 1) % 3}}}\n" for n in range(3)),
        "holds itself",
    ),
    "a group of itself": ("yaml", A + "groups: {g: {of: g}}\n", "the group 'g' holds itself"),
    "a huge circle of groups": (
        "yaml",
        A + "groups:\n" + "".join(f"  g-{n}: {{of: g-{(n + 1) % 200}}}\n" for n in range(200)),
        "holds itself",
    ),
    "a regular expression's nightmare": (
        "yaml",
        A + f"grants: {{a: {{title: A, amount: '{'1 000' * 90}!', period: '{'2016/' * 90}', dnr: '{'a' * 400}'}}}}\n",
        "is not an amount",
    ),
}  # fmt: skip


GROUPS = {
    "groups of the same groups": "".join(f"  g-{n}: {{of: [g-{n - 1}, g-{n - 1}]}}\n" for n in range(1, 60)),
    "a long chain of groups": "".join(f"  g-{n}: {{of: g-{n - 1}}}\n" for n in range(1, 1_500)),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What is found in each hostile document: the large ones are read by one process, the small ones by another."""
    documents = {name: (suffix, text) for name, (suffix, text, _) in HOSTILE.items()}
    documents |= {name: ("yaml", f"{A}groups:\n  g-0: {{}}\n{text}") for name, text in GROUPS.items()}
    large = {name: found for name, found in documents.items() if len(found[1]) > 2 * MEGABYTE}
    small = {name: found for name, found in documents.items() if name not in large}
    folders = [tmp_path_factory.mktemp(name) for name in ("large", "small")]
    return read_elsewhere(folders[0], large, 1_200, 120) | read_elsewhere(folders[1], small, 400, 120)


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_bounded_memory_and_time(answers, name):
    number, longest, told = answers[name]
    assert number > 0, told
    assert [fault for fault in told if HOSTILE[name][2] in fault], told[:3]
    assert longest < 20_000


@pytest.mark.parametrize("name", GROUPS)
def test_groups_that_hold_groups_are_counted_in_bounded_time(answers, name):
    assert answers[name][0] == 0, answers[name][2]


HEAD = A.encode()

UNREADABLE = {
    "NUL": (HEAD + b"title: a\0b\n", 2, "the control character U+0000"),
    "escape": (HEAD + b"title: a\x1b[31mb\n", 2, "the control character U+001B"),
    "delete": (HEAD + b"title: a\x7fb\n", 2, "the control character U+007F"),
    "next line": (HEAD + "title: a\x85b\n".encode(), 2, "the control character U+0085"),
    "line separator": (HEAD + "title: a\u2028b\n".encode(), 2, "the control character U+2028"),
    "no character": (HEAD + "title: a\ufffeb\n".encode(), 2, "the control character U+FFFE"),
    "UTF-16": (A.encode("utf-16"), 1, "the text is UTF-16"),
    "UTF-16, big end first": ("\ufeff".encode("utf-16-be") + A.encode("utf-16-be"), 1, "the text is UTF-16"),
    "UTF-32": (A.encode("utf-32"), 1, "the text is UTF-16"),
    "UTF-16 without mark": (A.encode("utf-16-le"), 1, "the control character U+0000"),
    "Latin-1": (HEAD + "title: Håbo\n".encode("latin-1"), 2, "the byte 0xe5 is no UTF-8"),
    "lone surrogate": (HEAD + b"title: \xed\xa0\x80\n", 2, "the byte 0xed is no UTF-8"),
    "cut character": (HEAD + "title: ö".encode()[:-1], 2, "the byte 0xc3 is no UTF-8"),
    "too long a form": (HEAD + b"title: \xc0\xaf\n", 2, "the byte 0xc0 is no UTF-8"),
    "surrogate escaped": (HEAD + b'title: "\\ud800"\n', 2, "found invalid Unicode character escape code"),
    "second document": (HEAD + b"---\nsamverkan: 1\n", 2, "a second document begins"),
    "second document, empty": (HEAD + b"...\n---\n", 3, "a second document begins"),
    "empty": (b"", 1, "this holds nothing"),
    "only a remark": (b"# inget\n", 1, "this holds nothing"),
    "only a mark": (b"\xef\xbb\xbf", 1, "this holds nothing"),
    "only breaks": (b"\n\n\r\n", 1, "this holds nothing"),
    "directive": (b"%YAML 1.1\n%TAG ! tag:x,2000:\n---\nsamverkan: 1\nid: !x a\n", 5, "the tag tag:x,2000:x"),
    "unknown directive": (b"%YAML 3.0\n---\nsamverkan: 1\n", 1, "found incompatible YAML document"),
    "python object": (HEAD + b"title: !!python/object/apply:os.system [ls]\n", 2, "the tag tag:yaml.org,2002:python"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_bytes_that_are_no_plain_text_are_refused_where_they_stand(document, name):
    data, line, message = UNREADABLE[name]
    faults = sv.inspect(document(data)).faults
    assert [fault for fault in faults if fault.place.line == line and message in fault.message], faults
    with pytest.raises(sv.DocumentError):
        sv.read(document(data))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"samverkan": 1, "title": "a\\u0000b"}', "the text holds the character U+0000"),
        (b'{"samverkan": 1, "title": "a\0b"}', "the control character U+0000"),
        (b'{"samverkan": 1, "title": "a\\ud800b"}', "the text holds the character U+D800"),
        (b'{"samverkan": 1, "title": "a\xed\xa0\x80b"}', "the byte 0xed is no UTF-8"),
        (b'{"samverkan": 1, "\\udfff": {}}', "there is no section '\\udfff'"),
        (b'{"samverkan": 1, "sources": {"\\ud800": {}}}', "is not an id"),
        (b'{"samverkan": 1, "sources": {"a": {"publisher": "\\ud800"}}}', "no Actor has the id '\\ud800'"),
        (b'{"samverkan": 1, "observations": [{"of": [], "tallies": {"\\ud800": 1}}]}', "the character U+D800"),
        (b'{"samverkan": 1, "actors": {"a": {"title": "A", "kind": "unit", "basis": {"\\ud800": "made"}}}}', "U+D800"),
        ('{"samverkan": 1}'.encode("utf-16"), "the text is UTF-16"),
        (b"", "the text ends too early"),
        (b"\xef\xbb\xbf", "the text ends too early"),
    ],
)
def test_json_that_is_no_plain_text_is_refused(document, data, message):
    path = document(data, "document.json")
    faults = sv.inspect(path).faults
    assert message in str(faults[0])
    str(faults[0]).encode()
    with pytest.raises(sv.DocumentError):
        sv.read(path)


TEXT = "samverkan: 1\ntitle: Två\nsources:\n  a: {title: A}\n"


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf" + TEXT.encode(), TEXT.replace("\n", "\r\n").encode(), TEXT.replace("\n", "\r").encode()]
)
def test_marks_and_line_ends_of_other_systems_mean_nothing(document, data):
    assert sv.read(document(data)) == sv.read(document(TEXT, "plain.yaml"))
    broken = data.replace(b"{title", b"{titel")
    assert [fault.place.line for fault in sv.inspect(document(broken)).faults] == [4]


def test_json_may_have_a_mark_and_any_line_ends(document):
    root = {"samverkan": 1, "sources": {"a": {"title": "A"}}}
    plain = sv.read(document(json.dumps(root), "plain.json"))
    for text in ("\ufeff" + json.dumps(root), json.dumps(root, indent=1).replace("\n", "\r\n")):
        assert sv.read(document(text, "other.json")) == plain


def test_what_is_not_there_is_refused(tmp_path):
    for path in (tmp_path / "saknas.yaml", tmp_path / "saknas" / "a.json", "a\0b.yaml", tmp_path / ("x" * 5_000)):
        with pytest.raises(sv.DocumentError, match="the file cannot be read") as refused:
            sv.read(path)
        assert refused.value.faults == sv.inspect(path).faults
        assert refused.value.faults[0].place.file == str(path)


def test_a_folder_without_documents_is_refused(tmp_path):
    (tmp_path / "läs mig.txt").write_text("inget")
    with pytest.raises(sv.DocumentError, match="the folder holds no document"):
        sv.read(tmp_path)
    with pytest.raises(sv.DocumentError, match="there is nothing to read"):
        sv.read()
    assert sv.inspect().faults


def test_a_folder_that_cannot_be_opened_is_refused(tmp_path, monkeypatch):
    def closed(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", closed)
    with pytest.raises(sv.DocumentError, match="Permission denied"):
        sv.read(tmp_path)


def test_a_folder_that_is_called_as_a_document_is_no_document(tmp_path):
    (tmp_path / "mapp.yaml").mkdir()
    with pytest.raises(sv.DocumentError):
        sv.read(tmp_path)


def test_every_file_that_cannot_be_read_is_told_at_once_and_the_others_are_inspected(tmp_path):
    good = tmp_path / "god.yaml"
    good.write_text(TEXT)
    bad = tmp_path / "dålig.yaml"
    bad.write_text(TEXT.replace("title: A", "titel: A"))
    reading = sv.inspect(tmp_path / "a.yaml", good, bad, tmp_path / "b.json")
    assert len(reading.faults) == 3
    with pytest.raises(sv.DocumentError) as refused:
        sv.read(tmp_path / "a.yaml", good, bad, tmp_path / "b.json")
    assert refused.value.faults == reading.faults


def test_a_file_without_end_is_read_only_so_far(document, monkeypatch):
    monkeypatch.setattr("samverkan.documents.parse.LARGEST", 100)
    monkeypatch.setattr("samverkan.documents.document.LARGEST", 100)
    assert sv.read(document(TEXT))
    with pytest.raises(sv.DocumentError, match="the document has more than 100 bytes"):
        sv.read(document(TEXT + "#" * 100))
