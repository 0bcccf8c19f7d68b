"""`Rule`: a plain function that looks for one thing, with the sentences of its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
from attrs import Factory, frozen

from samverkan.errors import InvalidValueError, Place
from samverkan.model.collaboration import Collaboration
from samverkan.rules.wording import shown
from samverkan.values.finding import Finding, Severity, Skipped
from samverkan.values.text import Language, Phrase, Titles, Wording

__all__ = ["Finder", "Hit", "Rule", "Skip", "rule"]


@frozen
class Hit:
    """Something that a rule objects to, as data (träff); the sentence is the rule's.

    >>> Hit("p1", "body", expected="who decides").field
    'body'
    """

    record: str
    """The id of the record it is about; empty for the collaboration itself."""
    field: str = ""
    """The field it is about."""
    expected: object = attrs.field(default=None, kw_only=True)
    """What the rule expected."""
    actual: object = attrs.field(default=None, kw_only=True)
    """What was found instead."""
    difference: object = attrs.field(default=None, kw_only=True)
    """The difference, where there is one to count."""
    because: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """The ids of the records that it follows from."""
    values: Mapping[str, object] = attrs.field(factory=dict, kw_only=True)
    """What else the rule's sentences mention, by name."""


@frozen
class Skip:
    """Why a rule says nothing about something here (ej tillämplig).

    >>> from samverkan.values.text import both
    >>> Skip(both("no list is claimed to be complete", "ingen lista sägs vara fullständig")).reason.sv
    'ingen lista sägs vara fullständig'
    """

    reason: Phrase = attrs.field(converter=Phrase)
    """Why."""


Finder = Callable[[Collaboration], Iterator[Hit | Skip]]
"""The function of a rule: it takes a collaboration and yields what it objects to."""


def _named(rule: Any) -> str:
    return str(getattr(rule.find, "__name__", "")).strip("_").replace("_", "-")


def _housed(rule: Any) -> str:
    return str(getattr(rule.find, "__module__", "")).rpartition(".")[2]


@frozen(kw_only=True)
class Rule:
    """One thing that a wise reader objects to (regel).

    The sentences may mention `{record}`, `{field}`, `{expected}`, `{actual}`, `{difference}` and whatever the hit's
    `values` name; each is written in the language of the sentence.
    """

    find: Finder = attrs.field(repr=False)
    """The function that looks for it; the first line of its docstring says what it objects to."""
    severity: Severity = attrs.field(converter=Severity)
    """How much a finding weighs (allvar)."""
    kinds: tuple[type, ...] = ()
    """The kinds of record it looks at; if none of them occurs, it does not apply."""
    ground: str = attrs.field(repr=False)
    """Why it is objected to: a statute, a payer's condition, what went wrong once (grund)."""
    sentence: Wording = attrs.field(repr=False)
    """What is objected to."""
    remedy: Wording = attrs.field(default=Wording("", ""), repr=False)
    """What to do."""
    name: str = Factory(_named, takes_self=True)
    """Its name; the function's unless another is given."""
    area: str = Factory(_housed, takes_self=True)
    """What it is about; the name of the function's module unless another is given."""

    @property
    def objects_to(self) -> str:
        """What it objects to, in one line."""
        return (self.find.__doc__ or "").strip().partition("\n")[0]

    def applies_to(self, collaboration: Collaboration) -> bool:
        """Whether there is anything for it to look at."""
        return not self.kinds or any(collaboration[kind] for kind in self.kinds)

    def finding(self, hit: Hit, collaboration: Collaboration) -> Finding:
        """The finding of a hit, with its place and its sentences in both languages."""
        own = {name: getattr(hit, name) for name in ("record", "expected", "actual", "difference")}
        values = {name: shown(value) for name, value in {**own, **hit.values}.items()} | {"field": Phrase(hit.field)}
        places = (collaboration.place(id) for id in (hit.record, *hit.because))
        return Finding(
            rule=self.name,
            area=self.area,
            severity=self.severity,
            record=hit.record,
            field=hit.field,
            sentence=self._filled(self.sentence, values),
            remedy=self._filled(self.remedy, values),
            expected=hit.expected,
            actual=hit.actual,
            difference=hit.difference,
            because=hit.because,
            place=next((place for place in places if place), Place()),
        )

    def _filled(self, wording: Wording, values: Mapping[str, object]) -> Phrase:
        try:
            return Phrase("", _OneLine(wording), values)
        except LookupError as error:
            remedy = f"its hits name {', '.join(sorted(values))}"
            raise InvalidValueError(f"the rule {self.name!r} cannot fill {wording.en!r}: {error}", remedy) from None

    def skipped(self, skip: Skip) -> Skipped:
        """Why it gives no finding, under its name."""
        return Skipped(rule=self.name, reason=skip.reason)


@frozen
class _OneLine:
    wording: Wording

    def __call__(self, values: Mapping[str, object], language: Language, titles: Titles | None) -> str:
        return " ".join(self.wording.fill(values, language, titles).split())


def rule(
    severity: Severity | str,
    *,
    ground: str,
    sentence: str,
    sentence_sv: str,
    remedy: str = "",
    remedy_sv: str = "",
    kinds: tuple[type, ...] = (),
) -> Callable[[Finder], Rule]:
    """Make a rule of the function beneath; its name becomes the rule's.

    >>> from samverkan.model.work import Plan
    >>> @rule(
    ...     "note",
    ...     kinds=(Plan,),
    ...     ground="our own routine",
    ...     sentence="{record} has no target group",
    ...     sentence_sv="{record} saknar målgrupp",
    ... )
    ... def no_target_group(c):
    ...     '''A plan that does not say for whom it is.'''
    ...     yield from (Hit(plan.id, "target_group") for plan in c[Plan] if not plan.target_group)
    >>> no_target_group.name, no_target_group.objects_to
    ('no-target-group', 'A plan that does not say for whom it is.')
    """

    def made(find: Finder) -> Rule:
        return Rule(
            find=find,
            severity=Severity(severity),
            kinds=kinds,
            ground=ground,
            sentence=Wording(sentence, sentence_sv),
            remedy=Wording(remedy, remedy_sv),
        )

    return made
