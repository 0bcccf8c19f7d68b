"""`Rule`: a plain function that looks for one thing, with what is said when it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
from attrs import Factory, frozen

from samverkan.errors import InvalidValueError, Place
from samverkan.model.collaboration import Collaboration
from samverkan.rules.wording import Bilingual, spoken
from samverkan.values.finding import Finding, Severity, Skipped
from samverkan.values.text import Language

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

    >>> Skip("no list is claimed to be complete", "ingen lista sägs vara fullständig").reason
    'no list is claimed to be complete'
    """

    reason: str
    """In English."""
    reason_sv: str
    """In Swedish."""


Finder = Callable[[Collaboration], Iterator[Hit | Skip]]
"""What a rule is at heart: it takes a collaboration and yields what it objects to."""


def _named(rule: Any) -> str:
    return str(getattr(rule.find, "__name__", "")).strip("_").replace("_", "-")


def _housed(rule: Any) -> str:
    return str(getattr(rule.find, "__module__", "")).rpartition(".")[2]


@frozen(kw_only=True)
class Rule:
    """One thing that a wise reader objects to (regel).

    The sentences may mention `{record}`, `{field}`, `{expected}`, `{actual}`, `{difference}` and whatever the hit's
    `values` name; each is said in the language of the sentence.
    """

    find: Finder = attrs.field(repr=False)
    """The function that looks for it; the first line of its docstring says what it objects to."""
    severity: Severity = attrs.field(converter=Severity)
    """How much a finding weighs (allvar)."""
    kinds: tuple[type, ...] = ()
    """The kinds of record it looks at; where none of them occurs, it does not apply."""
    ground: str = attrs.field(repr=False)
    """Why it is objected to: a statute, a payer's condition, what went wrong once (grund)."""
    sentence: str = attrs.field(repr=False)
    """What is objected to, in English."""
    sentence_sv: str = attrs.field(repr=False)
    """What is objected to, in Swedish."""
    remedy: str = attrs.field(default="", repr=False)
    """What to do, in English."""
    remedy_sv: str = attrs.field(default="", repr=False)
    """What to do, in Swedish."""
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
        """What it found, with its place and its sentences in both languages."""
        said = {name: {**_words(hit, name), "field": hit.field} for name in ("en", "sv")}
        places = (collaboration.place(id) for id in (hit.record, *hit.because))
        return Finding(
            rule=self.name,
            area=self.area,
            severity=self.severity,
            record=hit.record,
            field=hit.field,
            sentence=self._filled(self.sentence, said["en"]),
            sentence_sv=self._filled(self.sentence_sv, said["sv"]),
            remedy=self._filled(self.remedy, said["en"]),
            remedy_sv=self._filled(self.remedy_sv, said["sv"]),
            expected=_plain(hit.expected),
            actual=_plain(hit.actual),
            difference=hit.difference,
            because=hit.because,
            place=next((place for place in places if place), Place()),
        )

    def _filled(self, template: str, words: Mapping[str, str]) -> str:
        try:
            return " ".join(template.format_map(words).split())
        except (LookupError, ValueError, AttributeError) as error:
            remedy = f"its hits name {', '.join(sorted(words))}"
            raise InvalidValueError(f"the rule {self.name!r} cannot fill {template!r}: {error}", remedy) from None

    def skipped(self, skip: Skip) -> Skipped:
        """Why it says nothing, under its name."""
        return Skipped(rule=self.name, reason=skip.reason, reason_sv=skip.reason_sv)


def _plain(value: object) -> object:
    """A value as a finding keeps it: what is only words, in English."""
    return value.en if isinstance(value, Bilingual) else value


def _words(hit: Hit, language: Language) -> dict[str, str]:
    own = {name: getattr(hit, name) for name in ("record", "expected", "actual", "difference")}
    return {name: spoken(value, language) for name, value in {**own, **hit.values}.items()}


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
            sentence=sentence,
            sentence_sv=sentence_sv,
            remedy=remedy,
            remedy_sv=remedy_sv,
        )

    return made
