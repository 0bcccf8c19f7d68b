"""A document is written whole or not at all, and what stood there before is kept until it is."""

import errno
import gc
import os
import stat
from pathlib import Path

import pytest
from attrs import field, frozen

import samverkan as sv

OLD = b"samverkan: 1\ntitle: gammal\n"
NEW = sv.Collaboration([sv.Actor(id="ale", title="Ale", kind="kommun")], title="ny")
FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "dokument.yaml"
    path.write_bytes(OLD)
    return path


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def fail(error):
    def failing(*_args, **_named):
        raise error

    return failing


class FullFile:
    """A file that takes so many bytes and no more."""

    def __init__(self, file, room):
        self.file, self.room = file, room

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.file.close()

    def __getattr__(self, name):
        return getattr(self.file, name)

    def write(self, data):
        self.file.write(data[: self.room])
        self.file.flush()
        raise FULL


def crash_while_writing(monkeypatch):
    opened = os.fdopen
    monkeypatch.setattr(os, "fdopen", lambda *given: FullFile(opened(*given), 10))


CRASHES = {
    "the disk is full while writing": (crash_while_writing, sv.errors.WriteError),
    "the disk is full at the end": (lambda patch: patch.setattr(os, "fsync", fail(FULL)), sv.errors.WriteError),
    "the rights cannot be set": (lambda patch: patch.setattr(os, "chmod", fail(PermissionError(1, "no"))), sv.errors.WriteError),
    "the new file cannot take its place": (lambda patch: patch.setattr(os, "replace", fail(FULL)), sv.errors.WriteError),
    "somebody interrupts the writing": (lambda patch: patch.setattr(os, "fsync", fail(KeyboardInterrupt())), KeyboardInterrupt),
    "somebody interrupts the end": (lambda patch: patch.setattr(os, "replace", fail(KeyboardInterrupt())), KeyboardInterrupt),
    "memory runs out": (lambda patch: patch.setattr(os, "fsync", fail(MemoryError())), MemoryError),
    "no file can be made": (lambda patch: patch.setattr(os, "open", fail(FULL)), sv.errors.WriteError),
}  # fmt: skip


@pytest.mark.parametrize("name", CRASHES)
def test_a_crash_leaves_the_old_file_and_nothing_beside_it(old, monkeypatch, name):
    crash, raised = CRASHES[name]
    with monkeypatch.context() as patch:
        crash(patch)
        with pytest.raises(raised) as error:
            sv.write(NEW, old)
    assert old.read_bytes() == OLD
    assert names_in(old.parent) == [old.name]
    if raised is sv.errors.WriteError:
        assert isinstance(error.value, OSError)
        assert f"{old} cannot be written: " in str(error.value)
        assert "untouched" in str(error.value)
        assert error.value.__cause__ is not None
    sv.write(NEW, old)
    assert sv.read(old) == NEW


@pytest.mark.parametrize("name", [name for name in CRASHES if name != "the rights cannot be set"])
def test_a_crash_leaves_no_new_file_where_none_was(tmp_path, monkeypatch, name):
    crash, raised = CRASHES[name]
    with monkeypatch.context() as patch:
        crash(patch)
        with pytest.raises(raised):
            sv.write(NEW, tmp_path / "ny.json")
    assert names_in(tmp_path) == []


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("rights", [0o600, 0o644, 0o640, 0o664, 0o400])
def test_an_old_file_keeps_its_rights(old, rights):
    old.chmod(rights)
    sv.write(NEW, old)
    assert mode(old) == rights


@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_gets_the_rights_of_any_new_file(tmp_path, mask, rights):
    before = os.umask(mask)
    try:
        sv.write(NEW, tmp_path / "ny.yaml")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert mode(tmp_path / "ny.yaml") == rights


def test_the_mask_that_every_thread_writes_by_is_never_touched(tmp_path, old, monkeypatch):
    monkeypatch.setattr(os, "umask", fail(AssertionError("the mask is the whole process's")))
    sv.write(NEW, tmp_path / "ny.yaml")
    sv.write(NEW, old)


def test_a_file_that_others_may_not_read_is_never_open_to_them_on_the_way(old, monkeypatch):
    old.chmod(0o600)
    seen = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append(stat.S_IMODE(os.fstat(handle).st_mode)), sync(handle)))
    sv.write(NEW, old)
    assert seen == [0o600]


def test_a_link_is_followed_and_stays_a_link(old, tmp_path):
    there = tmp_path / "annan"
    there.mkdir()
    link, second = there / "länk.yaml", there / "andra.yaml"
    link.symlink_to(os.path.relpath(old, there))
    second.symlink_to(link)
    sv.write(NEW, second)
    assert link.is_symlink()
    assert second.is_symlink()
    assert not old.is_symlink()
    assert sv.read(old) == NEW
    assert names_in(there) == ["andra.yaml", "länk.yaml"]


def test_a_link_to_nothing_makes_the_file_it_points_at(tmp_path):
    link = tmp_path / "länk.yaml"
    link.symlink_to(tmp_path / "mål.yaml")
    sv.write(NEW, link)
    assert link.is_symlink()
    assert sv.read(tmp_path / "mål.yaml") == NEW


def test_links_in_a_circle_cannot_be_written(tmp_path):
    one, other = tmp_path / "en.yaml", tmp_path / "två.yaml"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(sv.errors.WriteError):
        sv.write(NEW, one)
    assert names_in(tmp_path) == ["en.yaml", "två.yaml"]


@pytest.mark.parametrize("place", ["saknas/ny.yaml", "fil/ny.yaml", "x" * 300 + ".yaml", "a\0b.yaml"])
def test_a_place_where_nothing_can_stand_is_told(tmp_path, place):
    (tmp_path / "fil").write_text("ingen mapp")
    with pytest.raises(sv.errors.WriteError, match="cannot be written"):
        sv.write(NEW, tmp_path / place)
    assert names_in(tmp_path) == ["fil"]


def test_a_folder_in_which_one_may_not_write_is_told(old, monkeypatch):
    monkeypatch.setattr(os, "open", fail(PermissionError(errno.EACCES, "Permission denied")))
    with pytest.raises(sv.errors.WriteError, match="Permission denied"):
        sv.write(NEW, old)
    assert old.read_bytes() == OLD


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_told(old):
    old.parent.chmod(0o500)
    try:
        with pytest.raises(sv.errors.WriteError):
            sv.write(NEW, old)
    finally:
        old.parent.chmod(0o700)
    assert old.read_bytes() == OLD


def test_a_folder_is_not_written_over(tmp_path):
    folder = tmp_path / "mapp.yaml"
    folder.mkdir()
    with pytest.raises(sv.errors.WriteError):
        sv.write(NEW, folder)
    assert names_in(tmp_path) == ["mapp.yaml"]
    assert names_in(folder) == []


def test_a_name_as_long_as_a_file_may_have_is_written(tmp_path):
    path = tmp_path / ("å" * 125 + ".yaml")
    sv.write(NEW, path)
    assert sv.read(path) == NEW


@pytest.mark.parametrize("name", ["dokument.txt", "dokument", "dokument.yaml.bak", ".yaml", "dokument."])
def test_an_unknown_ending_is_refused_before_anything_is_written(tmp_path, name):
    with pytest.raises(sv.InvalidValueError, match="has no known ending"):
        sv.write(NEW, tmp_path / name)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("name", ["A.YAML", "b.Yml", "c.JSON"])
def test_the_ending_may_have_any_case_and_the_path_be_text(tmp_path, name):
    sv.write(NEW, str(tmp_path / name))
    assert sv.read(str(tmp_path / name)) == NEW


def observed(**said):
    return [sv.Observation(id="o", of=("ale",), **said)]


@frozen(kw_only=True)
class Loose:
    """A kind that checks nothing."""

    id: str
    maybe: sv.fields.Maybe[str] = field(default=None)


UNWRITABLE = {
    "a lone surrogate in a title": [sv.Source(id="s", title="halv \ud83d")],
    "a control character in a note": [sv.Source(id="s", note="a\x00b")],
    "a lone surrogate in a word of a tally": observed(tallies=(sv.fields.Tally(status="\ud83d", number=1),)),
    "a tally twice": observed(
        tallies=(sv.fields.Tally(status="klar", number=1), sv.fields.Tally(status="klar", number=2))
    ),
    "a number beyond all bounds": [sv.Decision(id="d", paragraph=10**18)],
    "a text of more than a megabyte": [sv.Source(id="s", title="x" * (1 << 20) + "x")],
    "a source that is called as a mark": [
        sv.Source(id="derived"),
        sv.Role(id="r", title="R", basis=(sv.fields.Basis("title", source="derived"),)),
    ],
    "a text that means not known": [Loose(id="a", maybe="unknown")],
}


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
@pytest.mark.parametrize("name", UNWRITABLE)
def test_what_no_document_can_hold_is_refused_with_its_record_and_leaves_the_old_file(tmp_path, name, suffix):
    path = tmp_path / f"dokument{suffix}"
    path.write_bytes(OLD)
    records = UNWRITABLE[name]
    with pytest.raises(sv.InvalidValueError, match=repr(records[-1].id)):
        sv.write(sv.Collaboration([*NEW, *records]), path)
    assert path.read_bytes() == OLD
    assert names_in(tmp_path) == [path.name]


@pytest.mark.parametrize(
    "said", [{"title": "a\x1bb"}, {"title": "\udcff"}, {"id": "Mitt län"}, {"id": "unknown"}, {"id": "a  + b"}]
)
def test_a_name_that_could_not_be_read_is_refused(old, said):
    with pytest.raises(sv.InvalidValueError):
        sv.write(sv.Collaboration(**said), old)
    assert old.read_bytes() == OLD


def test_an_empty_collaboration_is_a_document(tmp_path):
    for name in ("tom.yaml", "tom.json"):
        sv.write(sv.Collaboration(), tmp_path / name)
        assert sv.read(tmp_path / name) == sv.Collaboration()


def test_yaml_holds_nothing_that_readers_of_older_yaml_take_for_something_else(tmp_path):
    yaml = pytest.importorskip("yaml")
    texts = [
        "yes",
        "NO",
        "on",
        "off",
        "y",
        "N",
        "~",
        "null",
        "0114",
        "1e3",
        "12:30:45",
        "0o17",
        "0x1F",
        "2016-10-31",
        "1_000",
    ]
    texts += [
        "=",
        "<<",
        ".inf",
        "-.INF",
        ".nan",
        "+1",
        "1.",
        ".5",
        "",
        " a",
        "a ",
        "a: b",
        "#a",
        "- a",
        "[a]",
        "!a",
        "&a",
        "*a",
    ]
    c = sv.Collaboration([sv.Source(id=f"s{n}", title=text, note=text) for n, text in enumerate(texts)])
    sv.write(c, tmp_path / "texter.yaml")
    read = yaml.safe_load((tmp_path / "texter.yaml").read_bytes())["sources"]
    for n, text in enumerate(texts):
        said = read[f"s{n}"]
        assert said.get("title", "") == text or str(said["title"]) == text, text


def test_json_has_a_record_on_each_line(tmp_path):
    c = sv.Collaboration([sv.Actor(id=i, title=i, kind="kommun") for i in ("ale", "hjo", "vara")])
    sv.write(c, tmp_path / "a.json")
    assert (tmp_path / "a.json").read_text().split("\n")[2:6] == [
        '  "actors": {',
        '    "ale": {"title": "ale", "kind": "kommun"},',
        '    "hjo": {"title": "hjo", "kind": "kommun"},',
        '    "vara": {"title": "vara", "kind": "kommun"}',
    ]


# ---------------------------------------------------------------- the cycle collector

GOOD, BAD = b"samverkan: 1\nactors: {ale: {title: Ale, kind: kommun}}\n", b"samverkan: 1\nactors: {ale: {}}\n"


def attempts(folder: Path):
    good, bad = folder / "bra.yaml", folder / "fel.yaml"
    good.write_bytes(GOOD)
    bad.write_bytes(BAD)
    unwritable = sv.Collaboration([sv.Source(id="s", title="\0")])
    return {
        "read": lambda: sv.read(good),
        "read in vain": lambda: sv.read(bad),
        "read nothing": lambda: sv.read(folder / "saknas.yaml"),
        "inspect": lambda: sv.inspect(bad),
        "write": lambda: sv.write(sv.read(good), folder / "ny.yaml"),
        "write in vain": lambda: sv.write(unwritable, folder / "ny.yaml"),
        "write nowhere": lambda: sv.write(sv.Collaboration(), folder / "saknas" / "ny.yaml"),
    }


@pytest.mark.parametrize(
    "name", ["read", "read in vain", "read nothing", "inspect", "write", "write in vain", "write nowhere"]
)
@pytest.mark.parametrize("was_on", [True, False])
def test_the_cycle_collector_is_left_as_it_was(tmp_path, name, was_on):
    attempt = attempts(tmp_path)[name]
    try:
        (gc.enable if was_on else gc.disable)()
        try:
            attempt()
        except sv.SamverkanError:
            assert name not in ("read", "inspect", "write")
        assert gc.isenabled() is was_on
    finally:
        gc.enable()


def test_the_cycle_collector_rests_while_a_document_is_read(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "samverkan.documents.document.parse", lambda *_given, **_named: seen.append(gc.isenabled()) or 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        attempts(tmp_path)["read"]()
    assert seen == [False]
    assert gc.isenabled()
