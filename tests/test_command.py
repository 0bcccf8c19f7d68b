"""The command line: `python -m samverkan check|show|convert|schema`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import samverkan as sv
from samverkan.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples"
VG, KSON = EXAMPLES / "vastra_gotaland_2016.yaml", EXAMPLES / "norrtalje_2023.yaml"

CLEAN = """\
samverkan: 1
id: ren
source: protokoll
known: 2016-12-01
sources:
  protokoll: {title: Protokoll, publisher: ale, day: 2016-11-01}
actors:
  ale: {title: Ale kommun, kind: kommun, county: "14"}
"""
UNWISE = CLEAN + "decisions:\n  p11: {title: § 11}\n"
WRONG = CLEAN + "decisions:\n  p11: {title: § 11, body: alle, paragraf: 11}\n"


@pytest.fixture
def write(tmp_path):
    def written(text: str, name: str = "dokument.yaml") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "samverkan", *map(str, arguments)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(  # noqa: S603
        command, capture_output=True, encoding="utf-8", check=False, env=kept | {"PYTHONUTF8": "1"} | environment
    )


# ---------------------------------------------------------------- check


def test_check_of_what_is_clean_says_so_and_gives_zero(write, capsys):
    assert main(["check", write(CLEAN)]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("0 errors, 0 warnings, 0 notes\n", "")


def test_check_of_what_is_unwise_gives_one_line_for_each_finding_and_their_number(write, capsys):
    path = write(UNWISE)
    assert main(["check", path]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    *lines, total = said.out.splitlines()
    findings = sv.check(sv.read(path))
    assert lines == [finding.text() for finding in findings]
    assert lines
    assert f"{path}:10:3: decisions.p11" in lines[0]
    assert total == f"0 errors, {len(findings)} warning, 0 notes"


@pytest.mark.parametrize(
    ("least", "code", "counts"),
    [("note", 1, "0 errors, 0 warnings, 5 notes"), ("warning", 0, "0 errors, 0 warnings"), ("error", 0, "0 errors")],
)
def test_what_weighs_less_than_asked_for_is_passed_over(least, code, counts, capsys):
    assert main(["check", str(EXAMPLES / "vastra_gotaland_2016.yaml"), "--least", least]) == code
    assert counts in capsys.readouterr().out.splitlines()


OWED = CLEAN + "obligations:\n  rapport: {title: Rapport, by: ale, to: ale, due: 2016-10-31, basis: {by: partial}}\n"


@pytest.mark.parametrize(
    ("language", "head", "why"),
    [
        ("en", "2 rules could not be applied in full:", "the document does not say to which day it is known"),
        ("sv", "2 regler kunde inte tillämpas fullt ut:", "dokumentet anger inget kunskapsläge (known)"),
    ],
)
def test_check_says_which_rules_it_could_not_apply_and_why(language, head, why, write, capsys):
    silent = write(OWED.replace("known: 2016-12-01\n", ""))
    assert main(["check", silent, "--least", "warning", "--language", language]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    assert lines == [head, f"  beyond-what-is-known: {why}", f"  overdue: {why}"]
    assert main(["check", silent, "--least", "error"]) == 0
    assert "overdue" not in capsys.readouterr().out
    main(["check", write(OWED), "--least", "warning"])
    assert "could not be applied" not in capsys.readouterr().out


def test_check_speaks_swedish_when_asked(write, capsys):
    path = write(UNWISE)
    assert main(["check", path, "--language", "sv"]) == 1
    *lines, total = capsys.readouterr().out.splitlines()
    assert lines == [finding.text("sv") for finding in sv.check(sv.read(path))]
    assert lines[0].startswith("varning     nobody-named  ")
    assert "p11 anger inte vem som beslutar" in lines[0]
    assert total.split(", ")[0] == "0 fel"
    assert main(["check", write(CLEAN), "--language", "sv"]) == 0
    assert capsys.readouterr().out == "0 fel, 0 varningar, 0 upplysningar\n"


@pytest.mark.parametrize("example", [VG, KSON], ids=lambda path: path.stem)
def test_check_of_an_example_finds_what_the_library_finds_and_no_error(example, capsys):
    assert main(["check", str(example)]) == 1
    lines = capsys.readouterr().out.splitlines()
    found = len(sv.check(sv.read(example)))
    assert lines[found].startswith("0 errors, ")
    assert lines[found + 1].endswith("rules could not be applied in full:")


def test_check_reads_several_files_as_one_collaboration(write, capsys):
    other = write("samverkan: 1\nid: mer\nplans:\n  plan: {title: Plan, owners: ale}\n", "mer.yaml")
    assert main(["check", other]) == 2
    assert "no Actor or Group or Role has the id 'ale'" in capsys.readouterr().err
    assert main(["check", write(CLEAN), other]) == 1
    assert main(["check", str(Path(other).parent)]) == 1


# ---------------------------------------------------------------- unreadable


@pytest.mark.parametrize("command", ["check", "show", "convert"])
def test_what_cannot_be_read_gives_two_with_every_fault_on_a_line_of_its_own(command, write, tmp_path, capsys):
    path = write(WRONG)
    more = [str(tmp_path / "ut.json")] if command == "convert" else []
    assert main([command, path, *more]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == len(sv.inspect(path).faults) == 2
    assert all(line.startswith(f"{path}:10:") for line in lines)
    assert "did you mean 'ale'?" in said.err
    assert "there is no field 'paragraf'" in said.err
    assert sorted(tmp_path.iterdir()) == [Path(path)]


@pytest.mark.parametrize("command", ["check", "show"])
@pytest.mark.parametrize("text", ["", "[", "a: 1\na: 2\n", "\x00", "samverkan: 99\n", "- en\n- lista\n"])
def test_no_text_gives_anything_but_two_or_less(command, text, write, capsys):
    code = main([command, write(text)])
    assert code == 2
    assert capsys.readouterr().err


def test_a_file_that_is_not_there_gives_two_and_its_name(tmp_path, capsys):
    assert main(["check", str(tmp_path / "borta.yaml")]) == 2
    said = capsys.readouterr()
    assert (said.out, "borta.yaml" in said.err) == ("", True)


def test_a_folder_without_documents_gives_two(tmp_path, capsys):
    assert main(["show", str(tmp_path)]) == 2
    assert "the folder holds no document" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["granska"],
        ["check"],
        ["show"],
        ["convert", "ensam.yaml"],
        ["check", "a.yaml", "--language", "fi"],
        ["schema", "a.yaml"],
        ["check", "a.yaml", "--quiet"],
    ],
    ids=lambda arguments: " ".join(arguments) or "none",
)
def test_wrong_arguments_give_two_and_how_it_is_used(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: samverkan" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [[], ["check"], ["show"], ["convert"], ["schema"]], ids=lambda c: c[0] if c else "all"
)
def test_help_is_given_for_every_command(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--help"])
    assert stopped.value.code == 0
    assert "usage: samverkan" in capsys.readouterr().out


# ---------------------------------------------------------------- show


def test_show_tells_how_many_there_are_of_each_kind(capsys):
    assert main(["show", str(VG)]) == 0
    first, *kinds = capsys.readouterr().out.splitlines()
    vg = sv.read(VG)
    assert first == repr(vg)
    assert [line.split() for line in kinds] == [[kind.__name__, str(len(vg[kind]))] for kind in vg.kinds]


def test_show_of_a_record_tells_it_and_who_names_it(capsys):
    assert main(["show", str(VG), "--id", "styrgrupp"]) == 0
    shown = capsys.readouterr().out
    assert "Styrgrupp psykisk hälsa" in shown
    pointers = sv.read(VG).pointing_at("styrgrupp")
    assert {pointer.record for pointer in pointers} == {"m-styrgrupp", "lansplan.beslut"}
    assert all(pointer.record in shown and pointer.relation in shown for pointer in pointers)


@pytest.mark.parametrize("example", [VG, KSON], ids=lambda path: path.stem)
def test_every_record_of_an_example_can_be_shown(example, capsys):
    c = sv.read(example)
    for kind in c.kinds:
        assert main(["show", str(example), "--id", c[kind][0].id]) == 0
        assert c[kind][0].id in capsys.readouterr().out


def test_show_of_a_record_that_is_not_there_gives_two_and_the_nearest(capsys):
    assert main(["show", str(VG), "--id", "stirgrupp"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "there is no record 'stirgrupp'; did you mean 'styrgrupp'?\n")


# ---------------------------------------------------------------- convert


@pytest.mark.parametrize("example", [VG, KSON], ids=lambda path: path.stem)
def test_convert_to_json_and_back_gives_the_same(example, tmp_path, capsys):
    plain, other, back = (str(tmp_path / name) for name in ("a.yaml", "b.json", "c.yaml"))
    assert [main(["convert", *pair]) for pair in ((str(example), plain), (plain, other), (other, back))] == [0, 0, 0]
    assert Path(back).read_bytes() == Path(plain).read_bytes()
    assert sv.read(back) == sv.read(other) == sv.read(example)
    assert json.loads(Path(other).read_text(encoding="utf-8"))["id"] == sv.read(example).id
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_convert_puts_several_documents_together(write, tmp_path):
    other = write("samverkan: 1\nid: mer\nplans:\n  plan: {title: Plan, owners: ale}\n", "mer.yaml")
    first, target = write(CLEAN), tmp_path / "alla.json"
    assert main(["convert", first, other, str(target)]) == 0
    assert sv.read(target) == sv.read(first, other)


def test_convert_of_a_document_onto_itself_gives_its_canonical_form(write):
    path = write(CLEAN)
    before = sv.read(path)
    assert main(["convert", path, path]) == 2
    assert sv.read(path) == before
    assert main(["convert", "--force", path, path]) == 0
    assert sv.read(path) == before


@pytest.mark.parametrize(("source", "target"), [("wrong", "mal.yaml"), ("missing", "mal.yaml"), ("clean", "mal.txt")])
def test_a_convert_that_fails_leaves_the_target_as_it_was(source, target, write, tmp_path, capsys):
    kept = Path(write("samverkan: 1\nid: gammal\n", target))
    before = kept.read_bytes()
    path = {"wrong": write(WRONG), "clean": write(CLEAN, "ren.yaml"), "missing": str(tmp_path / "borta.yaml")}[source]
    there = sorted(tmp_path.iterdir())
    assert main(["convert", path, str(kept)]) == 2
    assert kept.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == there
    assert capsys.readouterr().err


def test_a_convert_to_where_nothing_can_be_written_gives_two_and_leaves_nothing(write, tmp_path, capsys):
    path = write(CLEAN)
    (tmp_path / "mapp.yaml").mkdir()
    for target in ("borta/mal.yaml", "mapp.yaml"):
        assert main(["convert", path, str(tmp_path / target)]) == 2
        assert "what stood there is untouched" in capsys.readouterr().err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["dokument.yaml", "mapp.yaml"]
    assert list((tmp_path / "mapp.yaml").iterdir()) == []


# ---------------------------------------------------------------- schema


def test_schema_prints_the_schema_as_json(capsys):
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(sv.exports.schema()))


# ---------------------------------------------------------------- as a process


@pytest.mark.parametrize(
    ("text", "code"), [(CLEAN, 0), (UNWISE, 1), (WRONG, 2)], ids=["clean", "findings", "unreadable"]
)
def test_a_process_ends_with_the_code_and_speaks_on_the_right_channel(text, code, write):
    done = run("check", write(text), "--language", "sv")
    assert done.returncode == code
    assert bool(done.stdout) is (code < 2)
    assert bool(done.stderr) is (code == 2)
    assert "Traceback" not in done.stderr


def test_a_terminal_that_knows_no_swedish_letters_is_no_crash(write):
    done = run("show", write(CLEAN), "--id", "ale", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ale kommun" in done.stdout
