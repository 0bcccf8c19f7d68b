"""`check`: the rules asked of a collaboration, and `RULES`, the list of them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.kinds import kind_word
from samverkan.rules.assignments import PARTIES
from samverkan.rules.authority import MANDATES
from samverkan.rules.dates import DATES
from samverkan.rules.deadlines import DEADLINES
from samverkan.rules.definitions import Hit, Rule, Skip
from samverkan.rules.figures import FIGURES
from samverkan.rules.links import STRUCTURE
from samverkan.rules.payments import MONEY
from samverkan.rules.planning import PLANNING
from samverkan.rules.silence import SILENCE
from samverkan.values.finding import Finding, Findings, Severity, Skipped, ordered
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording, both

__all__ = ["RULES", "Listed", "catalogue", "check"]

RULES: tuple[Rule, ...] = (*STRUCTURE, *DATES, *DEADLINES, *PLANNING, *PARTIES, *MANDATES, *SILENCE, *FIGURES, *MONEY)
"""The rules of the library (regler); give `check` more of your own beside them, or fewer."""


_NO_RECORD = Wording("there is no record of this kind: {kinds}", "det finns ingen post av detta slag: {kinds}")
_TITLE = both("what check objects to", "vad granskningen anmärker på")


def check(collaboration: Collaboration, rules: Iterable[Rule] = RULES) -> Findings:
    """List what a careful reader would object to in a collaboration (granskning).

    Objections are values, never raised; nothing is changed, and the same collaboration gives the same findings in the
    same order. `Findings.skipped` lists the rules that did not apply, with the reason.

    >>> from samverkan.model.agreement import Decision
    >>> findings = check(Collaboration([Decision(id="p1", title="§ 1")]))
    >>> print(findings.of("nobody-named").text("sv"))
    varning     nobody-named  p1.body: p1 anger inte vem som beslutar; ange parten, eller skriv unknown eller none
    """
    check_collaboration(collaboration)
    rules = _rules(rules)
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    for rule in rules:
        if not rule.applies_to(collaboration):
            skipped.append(rule.skipped(_nothing_to_see(rule)))
            continue
        for result in rule.find(collaboration):
            if isinstance(result, Hit):
                findings.append(rule.finding(result, collaboration))
            else:
                skipped.append(rule.skipped(result))
    return Findings(ordered(findings), tuple(dict.fromkeys(skipped)), tuple(rule.name for rule in rules))


def _rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    asked = tuple(rules) if isinstance(rules, Iterable) else (rules,)
    if odd := [one for one in asked if not isinstance(one, Rule)]:
        raise InvalidValueError(f"{odd[0]!r:.60} is no rule", "make one with @rule, or give some of RULES")
    return asked


def _nothing_to_see(rule: Rule) -> Skip:
    return Skip(_NO_RECORD(kinds=Phrase.joined(kind_word(kind.__name__) for kind in rule.kinds)))


@frozen(kw_only=True)
class Listed:
    """One rule in the catalogue (regelförteckning).

    >>> catalogue()[0].name
    'waits-for-itself'
    """

    name: str
    """Its name, as findings give it (namn)."""
    area: str
    """What it is about (område)."""
    severity: Severity
    """How much its findings weigh (allvar)."""
    objects_to: str
    """What it objects to (anmärker på)."""
    ground: str
    """Why (grund)."""


def catalogue(rules: Iterable[Rule] = RULES) -> Table[Listed]:
    """The rules as a table, in the order in which they are asked (regelförteckning)."""
    rows = (
        Listed(name=r.name, area=r.area, severity=r.severity, objects_to=r.objects_to, ground=r.ground) for r in rules
    )
    return Table(Listed, tuple(rows), _TITLE)
