"""What a type checker says to those who build on the library: right code passes, wrong code is told why."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import samverkan as sv
from tests.typing import user

SOURCES = Path(sv.__file__).parent.parent
HERE = Path(__file__).parent
CLEAN = sorted((HERE / "typing").glob("*.py"))

WRONG = {
    "a required reference is missing": (
        'sv.Requisition(id="r", amount=sv.Money(1), requested_by="a")',
        'Missing named argument "allocation" for "Requisition"',
        "reportCallIssue",
    ),
    "a relation lacks an end": (
        'sv.Membership(member="ale")',
        'Missing named argument "of" for "Membership"',
        "reportCallIssue",
    ),
    "a field is misspelt": (
        'sv.Actor(id="a", title="A", kind="kommun", orgnumber=None)',
        'Unexpected keyword argument "orgnumber" for "Actor"',
        "reportCallIssue",
    ),
    "a record takes no arguments by place": (
        'sv.Source("s")',
        'Too many positional arguments for "Source"',
        "reportCallIssue",
    ),
    "an amount is a float": (
        "sv.Money(1.5)",
        'Argument 1 to "Money" has incompatible type "float"',
        "reportArgumentType",
    ),
    "an amount in a record is a float": (
        'sv.Requisition(id="r", allocation="x", requested_by="a", amount=1.5)',
        'Argument "amount" to "Requisition" has incompatible type "float"',
        "reportArgumentType",
    ),
    "an amount must be known": (
        'sv.Requisition(id="r", allocation="x", requested_by="a", amount=sv.UNKNOWN)',
        'Argument "amount" to "Requisition" has incompatible type',
        "reportArgumentType",
    ),
    "an amount is not known yet": (
        'sv.Money(1) + sv.Allocation(grant="g", recipient="a", amount=None).amount',
        "Unsupported operand types for +",
        "reportOperatorIssue",
    ),
    "money and a number are added": (
        "sv.Money(1) + 1",
        'Unsupported operand types for + ("Money" and "int")',
        "reportOperatorIssue",
    ),
    "money and a number are compared": (
        "sv.Money(1) < 1",
        'Unsupported operand types for < ("Money" and "int")',
        "reportOperatorIssue",
    ),
    "a weight is a float": (
        'sv.Money(1).split({"a": 0.5})',
        'has incompatible type "str": "float"',
        "reportArgumentType",
    ),
    "a share is a float": (
        "sv.share(0.5)",
        'Argument 1 to "share" has incompatible type "float"',
        "reportArgumentType",
    ),
    "a reference is a record": (
        'sv.Membership(member=sv.Actor(id="a", title="A", kind="kommun"), of="b")',
        'Argument "member" to "Membership" has incompatible type "Actor"; expected "str"',
        "reportArgumentType",
    ),
    "a record is changed": (
        'a = sv.Actor(id="a", title="A", kind="kommun"); a.title = "B"',
        'Property "title" defined in "Actor" is read-only',
        "reportAttributeAccessIssue",
    ),
    "a day is a number": (
        "sv.Timing(due=20161031)",
        'Argument "due" to "Timing" has incompatible type "int"',
        "reportArgumentType",
    ),
    "a deadline does not say whether a statute set it": (
        'sv.calendar.deadline("2016-10-31")',
        'Missing named argument "statutory" for "deadline"',
        "reportCallIssue",
    ),
    "a kind is looked up as another": (
        'x: sv.Plan = sv.Collaboration()[sv.Grant, "x"]',
        'expression has type "Grant", variable has type "Plan"',
        "reportAssignmentType",
    ),
    "a public name is misspelt": (
        "sv.Colaboration",
        'Module has no attribute "Colaboration"',
        "reportAttributeAccessIssue",
    ),
}
"""What is wrong: the code, a part of what mypy reports, and the rule by which pyright reports it."""

REVEALED = {
    'c[sv.Grant, "x"]': "samverkan.model.funding.Grant",
    "c[sv.Grant]": "tuple[samverkan.model.funding.Grant, ...]",
    'c["x"]': "Any",
    "sv.UNKNOWN": "Literal[samverkan.values.missing.Missing.UNKNOWN]",
    "sv.read('x')": "samverkan.model.collaboration.Collaboration",
    "sv.Money(1).split({'a': 1})": "dict[str, samverkan.values.money.Money]",
    'sv.when("2016").before("2017")': "samverkan.values.truth.Truth",
}

MODULE = r"\bsamverkan\.([a-z_]+\.)+"
"""The module of a class, which mypy writes out and pyright leaves out."""

HEAD = "import samverkan as sv\n\nc = sv.Collaboration()\n"
SPACES = ("answers", "calendar", "errors", "exports", "fields", "register", "rules", "views", "vocabulary")
NAMES = [*sv.__all__, *(f"{space}.{name}" for space in SPACES for name in getattr(sv, space).__all__)]

Report = dict[str, list[tuple[str, str]]]
"""What a type checker reports: by file, each message with the rule it follows (empty where it gives none)."""


@pytest.fixture(scope="module")
def snippets(tmp_path_factory) -> list[Path]:
    """The files that both type checkers read."""
    folder = tmp_path_factory.mktemp("snippets")
    for number, (code, *_) in enumerate(WRONG.values()):
        (folder / f"wrong_{number}.py").write_text(f"{HEAD}{code}\n", encoding="utf-8")
    for number, code in enumerate(REVEALED):
        (folder / f"revealed_{number}.py").write_text(f"{HEAD}reveal_type({code})\n", encoding="utf-8")
    (folder / "names.py").write_text(HEAD + "".join(f"print(sv.{name})\n" for name in NAMES), encoding="utf-8")
    return [*CLEAN, *sorted(folder.glob("*.py"))]


def run(files: list[Path], *command: str) -> str:
    """What a type checker prints; it is asked once about all files, since it takes a while to start."""
    done = subprocess.run(  # noqa: S603 (our own interpreter and files)
        [sys.executable, "-m", *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYPYPATH": str(SOURCES)},
        cwd=files[-1].parent,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def by_mypy(snippets) -> Report:
    settings = ["--strict", "--config-file=", f"--cache-dir={HERE.parent / '.mypy_cache'}", "--no-error-summary"]
    report: Report = {file.name: [] for file in snippets}
    for line in run(snippets, "mypy", *settings, *map(str, snippets)).splitlines():
        if match := re.fullmatch(r"(.+?\.py):\d+: (?:error|note): (.*)", line):
            report.setdefault(Path(match[1]).name, []).append((match[2], ""))
    return report


@pytest.fixture(scope="module")
def by_pyright(snippets) -> Report:
    if not find_spec("basedpyright"):
        pytest.skip("basedpyright is not installed: it comes with the extra 'test'")
    config = snippets[-1].parent / "pyrightconfig.json"
    settings = {"typeCheckingMode": "strict", "include": [*map(str, snippets)], "extraPaths": [str(SOURCES)]}
    config.write_text(json.dumps(settings), encoding="utf-8")
    printed = run(snippets, "basedpyright", "--outputjson", f"--project={config}", f"--pythonpath={sys.executable}")
    output = json.loads(printed)
    assert output["summary"]["filesAnalyzed"] == len(snippets)
    report: Report = {file.name: [] for file in snippets}
    for one in output["generalDiagnostics"]:
        report.setdefault(Path(one["file"]).name, []).append((one["message"], one.get("rule", "")))
    return report


@pytest.fixture(params=["mypy", "pyright"])
def checker(request) -> tuple[str, Report]:
    """Each type checker in turn, with what it reports."""
    return request.param, request.getfixturevalue(f"by_{request.param}")


def test_right_code_runs_as_well():
    c = user.made()
    user.looked_up(c)
    assert user.known([sv.Money(1), sv.UNKNOWN, None]) == sv.Money(1)
    assert sv.Money.total(user.shared_out(sv.Money(100)).values()) == sv.Money(100)
    assert user.in_time(c[sv.Activity, "plan.steg"], sv.day("2016-12-31")) == "yes"
    assert user.refused("nowhere.yaml")


@pytest.mark.parametrize("file", CLEAN, ids=lambda file: file.stem)
def test_right_code_passes_the_strictest_check(checker, file):
    _, report = checker
    assert report[file.name] == []


def test_every_public_name_is_known(checker):
    _, report = checker
    assert report["names.py"] == []


@pytest.mark.parametrize("number", range(len(WRONG)), ids=list(WRONG))
def test_wrong_code_is_refused_with_the_reason(checker, number):
    name, report = checker
    _, sentence, rule = list(WRONG.values())[number]
    messages = report[f"wrong_{number}.py"]
    if name == "mypy":
        assert any(sentence in message for message, _ in messages), messages
    else:
        assert rule in [rule for _, rule in messages], messages


@pytest.mark.parametrize("number", range(len(REVEALED)), ids=list(REVEALED))
def test_a_type_checker_knows_what_comes_out(checker, number):
    name, report = checker
    code, expected = list(REVEALED.items())[number]
    ((message, _),) = report[f"revealed_{number}.py"]
    if name == "mypy":
        assert message == f'Revealed type is "{expected}"'
    else:
        assert message.endswith(f' is "{re.sub(MODULE, "", expected)}"'), code
