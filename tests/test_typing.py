"""What a type checker says to those who build on the library: right code passes, wrong code is told why."""

from __future__ import annotations

import os
import re
import subprocess
import sys
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
    ),
    "a relation lacks an end": (
        'sv.Membership(member="ale")',
        'Missing named argument "of" for "Membership"',
    ),
    "a field is misspelt": (
        'sv.Actor(id="a", title="A", kind="kommun", orgnumber=None)',
        'Unexpected keyword argument "orgnumber" for "Actor"',
    ),
    "a record takes no arguments by place": (
        'sv.Source("s")',
        'Too many positional arguments for "Source"',
    ),
    "an amount is a float": ("sv.Money(1.5)", 'Argument 1 to "Money" has incompatible type "float"'),
    "an amount in a record is a float": (
        'sv.Requisition(id="r", allocation="x", requested_by="a", amount=1.5)',
        'Argument "amount" to "Requisition" has incompatible type "float"',
    ),
    "an amount must be known": (
        'sv.Requisition(id="r", allocation="x", requested_by="a", amount=sv.UNKNOWN)',
        'Argument "amount" to "Requisition" has incompatible type',
    ),
    "an amount is not known yet": (
        'sv.Money(1) + sv.Allocation(grant="g", recipient="a", amount=None).amount',
        "Unsupported operand types for +",
    ),
    "money and a number are added": ("sv.Money(1) + 1", 'Unsupported operand types for + ("Money" and "int")'),
    "money and a number are compared": ("sv.Money(1) < 1", 'Unsupported operand types for < ("Money" and "int")'),
    "a weight is a float": ('sv.Money(1).split({"a": 0.5})', 'has incompatible type "str": "float"'),
    "a share is a float": ("sv.share(0.5)", 'Argument 1 to "share" has incompatible type "float"'),
    "a reference is a record": (
        'sv.Membership(member=sv.Actor(id="a", title="A", kind="kommun"), of="b")',
        'Argument "member" to "Membership" has incompatible type "Actor"; expected "str"',
    ),
    "a record is changed": (
        'a = sv.Actor(id="a", title="A", kind="kommun"); a.title = "B"',
        'Property "title" defined in "Actor" is read-only',
    ),
    "a day is a number": ("sv.Timing(due=20161031)", 'Argument "due" to "Timing" has incompatible type "int"'),
    "a deadline does not say whether a statute set it": (
        'sv.calendar.deadline("2016-10-31")',
        'Missing named argument "statutory" for "deadline"',
    ),
    "a kind is looked up as another": (
        'x: sv.Plan = sv.Collaboration()[sv.Grant, "x"]',
        'expression has type "Grant", variable has type "Plan"',
    ),
    "a public name is misspelt": ("sv.Colaboration", 'Module has no attribute "Colaboration"'),
}

REVEALED = {
    'c[sv.Grant, "x"]': "samverkan.model.funding.Grant",
    "c[sv.Grant]": "tuple[samverkan.model.funding.Grant, ...]",
    'c["x"]': "Any",
    "sv.UNKNOWN": "Literal[samverkan.values.missing.Missing.UNKNOWN]",
    "sv.read('x')": "samverkan.model.collaboration.Collaboration",
    "sv.Money(1).split({'a': 1})": "dict[str, samverkan.values.money.Money]",
    'sv.when("2016").before("2017")': "samverkan.values.truth.Truth",
}

HEAD = "import samverkan as sv\n\nc = sv.Collaboration()\n"


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> dict[str, list[str]]:
    """Everything that mypy says, by file: asked once, since it takes a while to start."""
    folder = tmp_path_factory.mktemp("snippets")
    for number, (code, _) in enumerate(WRONG.values()):
        (folder / f"wrong_{number}.py").write_text(f"{HEAD}{code}\n", encoding="utf-8")
    for number, code in enumerate(REVEALED):
        (folder / f"revealed_{number}.py").write_text(f"{HEAD}reveal_type({code})\n", encoding="utf-8")
    files = [*CLEAN, *sorted(folder.glob("*.py"))]
    settings = ["--strict", "--config-file=", f"--cache-dir={HERE.parent / '.mypy_cache'}", "--no-error-summary"]
    run = subprocess.run(  # noqa: S603 (our own interpreter and files)
        [sys.executable, "-m", "mypy", *settings, *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYPYPATH": str(SOURCES)},
        cwd=folder,
    )
    assert run.returncode in (0, 1), run.stdout + run.stderr
    found: dict[str, list[str]] = {file.name: [] for file in files}
    for line in run.stdout.splitlines():
        if match := re.fullmatch(r"(.+?\.py):\d+: (?:error|note): (.*)", line):
            found.setdefault(Path(match[1]).name, []).append(match[2])
    return found


def test_right_code_runs_as_well():
    c = user.made()
    user.looked_up(c)
    assert user.known([sv.Money(1), sv.UNKNOWN, None]) == sv.Money(1)
    assert sv.Money.total(user.shared_out(sv.Money(100)).values()) == sv.Money(100)
    assert user.in_time(c[sv.Activity, "plan.steg"], sv.day("2016-12-31")) == "yes"
    assert user.refused("nowhere.yaml")


@pytest.mark.parametrize("file", CLEAN, ids=lambda file: file.stem)
def test_right_code_passes_the_strictest_check(said, file):
    assert said[file.name] == []


@pytest.mark.parametrize("number", range(len(WRONG)), ids=list(WRONG))
def test_wrong_code_is_told_why(said, number):
    expected = list(WRONG.values())[number][1]
    assert any(expected in line for line in said[f"wrong_{number}.py"]), said[f"wrong_{number}.py"]


@pytest.mark.parametrize("number", range(len(REVEALED)), ids=list(REVEALED))
def test_a_type_checker_knows_what_comes_out(said, number):
    (line,) = said[f"revealed_{number}.py"]
    assert line == f'Revealed type is "{list(REVEALED.values())[number]}"'
