"""`rule-catalogue`: every rule with what it objects to and why, and what it says of a sample that fails.

Each rule has two samples in `tests/rules/samples`, one that passes and one that fails; the reader sees how they differ.
"""

import re
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve
from docutils import nodes
from docutils.parsers.rst import Directive

import samverkan as sv
from _ext.aliases import nested

SAMPLES = Path(__file__).parents[2] / "tests" / "rules" / "samples"


def setup(app: Any) -> None:
    """Add the directive; read the samples while the records still bear their own annotations (see _ext/aliases.py)."""
    app.add_directive("rule-catalogue", Catalogue)
    app.connect("config-inited", lambda *_: [found(rule.name) for rule in sv.rules.RULES if sample(rule.name, "fails")])


class Catalogue(Directive):
    """Tell the rules of one area, or of all."""

    optional_arguments = 1

    def run(self) -> list[Any]:
        """A section to each rule."""
        areas = self.arguments or list(dict.fromkeys(rule.area for rule in sv.rules.RULES))
        return [self.section(rule) for rule in sv.rules.RULES if rule.area in areas]

    def section(self, rule: Any) -> nodes.section:
        """One rule, under its name."""
        section = nodes.section(ids=[rule.name], names=[rule.name])
        section += nodes.title("", "", nodes.literal("", rule.name))
        section += nested(self, told(rule))
        self.state.document.note_explicit_target(section, section)
        return section


def told(rule: Any) -> list[str]:
    """What is said of a rule, in reStructuredText."""
    lines = [f"*{rule.severity}, {rule.severity.sv}.* {rule.objects_to}", "", f":Why: {plain(rule.ground)}."]
    passing, failing = (sample(rule.name, name) for name in ("passes", "fails"))
    if not failing:
        return lines
    finding = found(rule.name)
    lines += [f":Says: {plain(f'{finding.sentence}; {finding.remedy}')}."]
    lines += [f":Säger: {plain(f'{finding.sentence.sv}; {finding.remedy.sv}')}."]
    lines += ["", "The sample of which it says so, and what makes it pass:", "", ".. code-block:: diff", ""]
    return [*lines, *(f"   {line}" for line in difference(failing, passing)), ""]


def plain(text: str) -> str:
    """Text in which nothing is markup."""
    return re.sub(r"([*`_|\\])", r"\\\1", text)


def sample(rule: str, name: str) -> str:
    """A sample's text; nothing where there is none."""
    path = SAMPLES / rule / f"{name}.yaml"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@cache
def found(rule: str) -> Any:
    """The first thing that a rule finds in its failing sample, with no place but the record's name."""
    collaboration = sv.read(SAMPLES / rule / "fails.yaml")
    return evolve(sv.check(collaboration).of(rule)[0], place=sv.errors.Place())


def difference(failing: str, passing: str) -> list[str]:
    """The lines in which the samples differ, each with the one before it; what fails first."""
    lines = list(unified_diff(failing.splitlines(), passing.splitlines(), n=1, lineterm=""))[2:]
    return ["…" if line.startswith("@@") else line for line in lines]
