"""Findings: what a wise reader would object to, as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import attrs
from attrs import evolve, frozen

from samverkan.errors import NOWHERE, InvalidValueError, Place
from samverkan.values.names import near
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Language, Phrase, both

__all__ = ["Finding", "Findings", "Severity", "Skipped"]


class Severity(Term):
    """How much a finding weighs (allvar)."""

    ERROR = "error", "fel"
    """It cannot be so."""
    WARNING = "warning", "varning"
    """It is probably not meant, or will cause trouble."""
    NOTE = "note", "upplysning"
    """Worth knowing."""


@frozen(kw_only=True)
class Finding:
    """One objection (anmärkning): which rule, about what, what was expected and what there is, and what to do.

    `text("sv")` gives the sentence in Swedish.
    """

    rule: str
    """The rule's name."""
    area: str = ""
    """What the rule is about: structure, dates, figures, money and so on."""
    severity: Severity
    """How much it weighs."""
    record: str
    """The id of the record it is about; empty for the collaboration itself."""
    field: str = ""
    """The field it is about."""
    place: Place = NOWHERE
    """Where that record is written."""
    sentence: Phrase = attrs.field(converter=Phrase)
    """What is objected to."""
    remedy: Phrase = attrs.field(default=Phrase(), converter=Phrase)
    """What to do."""
    expected: object = None
    """What the rule expected."""
    actual: object = None
    """What there is instead."""
    difference: object = None
    """The difference, if there is one to count."""
    because: tuple[str, ...] = ()
    """The ids of the records that it follows from."""

    def text(self, language: Language = "en") -> str:
        """The finding as one line in English (`"en"`) or Swedish (`"sv"`)."""
        swedish = language == "sv"
        where = str(self.place) or ".".join(part for part in (self.record, self.field) if part)
        sentence, remedy = self.sentence.text(language), self.remedy.text(language)
        severity = self.severity.sv if swedish else self.severity.value
        width = 1 + max(len(one.sv if swedish else one.value) for one in Severity)
        return f"{severity:<{width}} {self.rule}  {where}: {sentence}" + (f"; {remedy}" if remedy else "")

    def __str__(self) -> str:
        """The finding as one line in English."""
        return self.text()


@frozen(kw_only=True)
class Skipped:
    """A rule that does not apply here, and why (ej tillämplig)."""

    rule: str
    """The rule's name."""
    reason: Phrase = attrs.field(converter=Phrase)
    """Why it does not apply."""


@frozen(repr=False)
class Findings(Sequence[Finding]):
    """The findings of a check, in a fixed order: printable, filterable, countable.

    >>> objection = Finding(rule="nobody-named", severity=Severity.WARNING, record="p1", sentence="no")
    >>> findings = Findings((objection,))
    >>> findings, findings.counts, len(findings.errors)
    (<Findings · 0 error · 1 warning · 0 note>, {'nobody-named': 1}, 0)
    """

    items: tuple[Finding, ...] = ()
    """The findings, the gravest first."""
    skipped: tuple[Skipped, ...] = attrs.field(default=(), eq=False)
    """The rules that did not apply, with the reason."""
    rules: tuple[str, ...] = attrs.field(default=(), eq=False)
    """The names of the rules that were asked; empty if that is not recorded."""

    @property
    def errors(self) -> Findings:
        """Only what cannot be so."""
        return self.of(severity=Severity.ERROR)

    def of(self, rule: str = "", *, record: str = "", severity: Severity | str | None = None) -> Findings:
        """The findings of one rule, about one record, of one severity.

        Raises `InvalidValueError` for a severity that there is not, and for a rule that was not asked.
        """
        severity = None if severity is None else Severity(severity)
        if rule and self.rules and rule not in self.rules:
            hint = near(rule, self.rules) if isinstance(rule, str) else ""
            remedy = f"did you mean {hint!r}?" if hint else f"rules: {', '.join(self.rules)}"
            raise InvalidValueError(f"no rule {rule!r:.80} was asked", remedy)
        kept = (
            finding
            for finding in self.items
            if rule in ("", finding.rule) and record in ("", finding.record) and severity in (None, finding.severity)
        )
        return evolve(self, items=tuple(kept))

    def about(self, *areas: str) -> Findings:
        """The findings of the rules in some areas: `check(c).about("figures")` asks whether figures add up.

        >>> objection = Finding(rule="x", area="payments", severity=Severity.NOTE, record="p1", sentence="no")
        >>> len(Findings((objection,)).about("payments")), len(Findings((objection,)).about("dates"))
        (1, 0)
        """
        return evolve(self, items=tuple(finding for finding in self.items if finding.area in areas))

    @property
    def counts(self) -> dict[str, int]:
        """How many findings each rule gave."""
        names = [finding.rule for finding in self.items]
        return {name: names.count(name) for name in sorted(set(names))}

    def text(self, language: Language = "en") -> str:
        """Every finding on a line of its own."""
        return "\n".join(finding.text(language) for finding in self.items)

    def table(self) -> Table[Finding]:
        """The findings as a table: rows for pandas or a spreadsheet, a view for a notebook."""
        return Table(Finding, self.items, both("what check objects to", "vad granskningen anmärker på"))

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """A finding, or some findings."""
        return self.items[index]

    def __iter__(self) -> Iterator[Finding]:
        """The findings in order."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many findings there are."""
        return len(self.items)

    def __str__(self) -> str:
        """Every finding on a line of its own, in English."""
        return self.text() if self.items else "no findings"

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def __repr__(self) -> str:
        """One line: how many of each severity."""
        count = {severity: sum(f.severity is severity for f in self.items) for severity in Severity}
        return f"<Findings · {' · '.join(f'{n} {severity}' for severity, n in count.items())}>"


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in their fixed order: gravest first, then by rule and record."""
    rank = list(Severity)
    return tuple(sorted(findings, key=lambda f: (rank.index(f.severity), f.rule, f.record, f.field, f.sentence)))
