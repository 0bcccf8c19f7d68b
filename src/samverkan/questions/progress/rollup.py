"""How far plans have come, rolled up by level over different scales (question 9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.party import Actor, Level, Manner, Party, Role
from samverkan.model.source import kind_name
from samverkan.model.work import Activity, Observation, Plan, Process
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.containment import above, inside
from samverkan.parties.membership import parties_of
from samverkan.questions.progress.progress import SILENT, Report, by_then, latest, percent_of, progress, replaces
from samverkan.questions.progress.scales import Meaning, Scale, scales as known_scales
from samverkan.values.count import Count
from samverkan.values.names import gathered
from samverkan.values.share import Share
from samverkan.values.table import Table
from samverkan.values.text import Phrase
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Rollup", "rollup"]

_ALL = "all"
_UNTOLD = "not told"
_SEVERAL = "several"
_LEVELS = (*map(str, Level), _SEVERAL, _UNTOLD, _ALL)


@frozen(kw_only=True)
class Rollup:
    """How much at one level has come how far (läge per nivå)."""

    level: str
    """At which level those act who do it: a word of `Level`, *several*, *not told*; *all* for the sum (nivå)."""
    meaning: Meaning
    """How far it has come (läge)."""
    number: Count
    """How many steps; one that each of a group does is one for each of them (antal)."""
    total: int
    """Of how many at that level (av)."""
    share: Share | None
    """The part of them, exactly; None where the count is soft (andel)."""
    percent: int | None
    """The same in whole per cent, rounded half up; 100 only where it is all, 0 only where it is nothing (procent)."""
    statuses: tuple[str, ...]
    """The words in which it was reported, with their scale (status)."""
    which: str
    """Which ones, or that it is not said (vilka)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def rollup(
    collaboration: Collaboration,
    *plans: str,
    on: WhenLike | None = None,
    scales: Mapping[str, Scale] | None = None,
) -> Table[Rollup]:
    """How far one plan or several have come, whatever scales are used, level by level and in all (läget, samlat).

    Each process and activity counts once, at the level of those who do it, or of the plan's owners where nobody is told
    to; one that *each* of a group does counts once for each of them, as each reports it. A status is read by the scale
    that the report names, out of *scales* and of those that the library knows; a word that its scale does not have is
    *not told*, and so is what is reported in ways that do not agree. What nobody has reported is *not reported*, which
    is neither *not started* nor *not measurable*. A count over a set stays a count.
    Raises `InvalidValueError` where no plan is named and for what are no scales, `NotFoundError` for an id that is not
    there.

    >>> steps = [Process(id=f"p.process-{n}", plan="p", by="ale") for n in (1, 2)]
    >>> seen = Observation(of="p.process-1", status="H", scale="miljömål")
    >>> ale = Actor(id="ale", title="Ale", kind="kommun", level="local")
    >>> for row in rollup(Collaboration([ale, Plan(id="p", title="Plan"), *steps, seen]), "p"):
    ...     print(row.level, "|", row.meaning, "|", row.number, "of", row.total)
    local | under way | 1 of 2
    local | not reported | 1 of 2
    """
    check_collaboration(collaboration)
    if not plans:
        raise InvalidValueError("no plan is named", "give the id of one plan or several")
    moment = maybe_when(on)
    rolling = _Rolling(collaboration, moment, {**known_scales(), **_checked(scales)})
    every = dict.fromkeys(id for plan in plans for id in inside(collaboration, plan))
    steps = [collaboration[id] for id in every if isinstance(collaboration[id], Process | Activity)]
    marks = list(rolling.marks(steps))
    levels = sorted({mark.level for mark in marks}, key=_LEVELS.index)
    wanted = [*levels, *([_ALL] if len(levels) > 1 else [])]
    rows = tuple(row for level in wanted for row in _rows(level, [m for m in marks if level in (m.level, _ALL)]))
    because = dict.fromkeys(id for row in rows for id in row.because)
    told = dict.fromkeys(said for plan in plans for said in progress(collaboration, plan, on=on).unknown)
    last = beyond(collaboration, moment)
    unknown = dict.fromkeys((*told, *(mark.doubt for mark in marks if mark.doubt), *rolling.apart(steps)))
    kept = (*(said for said in unknown if said not in last), *last)
    title = f"How far {', '.join(plans)} {'have' if len(plans) > 1 else 'has'} come, by level"
    return Table(Rollup, rows, title, kept, assumptions(collaboration, because))


def _checked(scales: Mapping[str, Scale] | None) -> Mapping[str, Scale]:
    told = {} if scales is None else scales
    if not isinstance(told, Mapping) or not all(isinstance(scale, Scale) for scale in told.values()):
        raise InvalidValueError(f"{scales!r:.80} are no scales", "give what sv.scales(text) reads, or a dict of Scale")
    return told


@frozen(kw_only=True)
class _Mark:
    """How far one step, or some of a set, has come."""

    level: str
    meaning: Meaning
    number: Count
    whole: int
    """How many it adds to all at its level; a set adds them once."""
    which: str
    statuses: tuple[str, ...]
    because: tuple[str, ...]
    doubt: str = ""
    """What about it is not told, as a sentence."""


@frozen
class _Cell:
    """One step as one does it; as all do it together where *who* is empty."""

    step: str
    who: str


@frozen(eq=False)
class _Rolling:
    collaboration: Collaboration
    on: When | None
    scales: Mapping[str, Scale]

    def marks(self, steps: Sequence[Any]) -> Iterator[_Mark]:
        c = self.collaboration
        ids = frozenset(step.id for step in steps)
        seen = [one for one in c[Observation] if not one.gap and by_then(one.as_of, self.on) is not Truth.NO]
        seen = [one for one in seen if not ids.isdisjoint(one.of)]
        tallied = [one for one in seen if one.tallies]
        counted = [one for one in tallied if not any(replaces(other, one, self.on) for other in tallied)]
        single = [one for one in seen if not one.tallies]
        yield from self.sets(counted)
        covered = {id for one in counted for id in one.of}
        by_step: dict[str, list[Observation]] = {}
        for one in single:
            for id in dict.fromkeys(one.of):
                by_step.setdefault(id, []).append(one)
        for step in steps:
            if step.id not in covered:
                own = by_step.get(step.id, [])
                for cell in self.cells(step):
                    yield self.mark(step, cell, [one for one in own if self.speaks_of(one, cell)])

    # ------------------------------------------------ steps one by one

    def doers(self, step: Any) -> tuple[Party, ...]:
        plan = self.collaboration[step.plan] if step.plan else None
        owners = plan.owners if isinstance(plan, Plan) else ()
        return tuple(step.by or owners)

    def cells(self, step: Any) -> Iterator[_Cell]:
        """A step once for each who does it by itself, and once for all who do it together."""
        apart = [party for party in self.doers(step) if party.manner is Manner.EACH]
        members = self.members(apart)
        yield from (_Cell(step.id, one) for one in members)
        if len(apart) < len(self.doers(step)) or not members:
            yield _Cell(step.id, "")

    def members(self, parties: Sequence[Party]) -> tuple[str, ...]:
        c = self.collaboration
        found = dict.fromkeys(one for party in parties for one in c.members(party.id))
        return tuple(one for one in found if kind_name(c[one]) != "Group")

    def speaks_of(self, one: Observation, cell: _Cell) -> bool:
        """Whether a report is of a step as one does it: that one's own, or of a body within it."""
        return not cell.who or bool(one.by and cell.who in self.bodies(one.by))

    def bodies(self, holder: str) -> tuple[str, ...]:
        """A body and what it is a part of; of a post, its employer's."""
        c = self.collaboration
        record = c[holder]
        if isinstance(record, Role) and isinstance(record.employed_by, str):
            return (holder, *above(c, record.employed_by))
        return above(c, holder)

    def mark(self, step: Any, cell: _Cell, reports: list[Observation]) -> _Mark:
        said = list(latest(step, reports, self.on))
        meanings = {self.meaning(report) for report in said}
        statuses = dict.fromkeys(_word(report) for report in said)
        meaning = meanings.pop() if len(meanings) == 1 else Meaning.NOT_RECORDED
        name = f"{step.id} ({cell.who})" if cell.who else step.id
        doubt = ""
        if meaning is Meaning.NOT_RECORDED:
            doubt = f"how far {name} has come: it is reported as {', '.join(statuses)}"
        return _Mark(
            level=self.level([cell.who] if cell.who else [party.id for party in self.doers(step)]),
            meaning=meaning,
            number=Count(1, 1),
            whole=1,
            which=name,
            statuses=() if meaning is Meaning.NOT_REPORTED else tuple(statuses),
            because=tuple(dict.fromkeys((*(report.record for report in said), *([cell.who] if cell.who else [])))),
            doubt=doubt,
        )

    def meaning(self, report: Report) -> Meaning:
        record = self.collaboration[report.record]
        if not isinstance(record, Observation):
            return _OWN.get(report.status, Meaning.NOT_RECORDED)
        if record.missing:
            return Meaning(record.missing)
        scale = self.scales.get(report.scale)
        return scale.meaning(report.status) if scale else Meaning.NOT_RECORDED

    def level(self, parties: Sequence[str]) -> str:
        """The level at which some parties act: their own, or that of the nearest body they are part of."""
        members = [one for party in parties for one in self.collaboration.members(party)]
        found = {self.level_of(one) for one in members}
        return found.pop() if len(found) == 1 else _SEVERAL if found and _UNTOLD not in found else _UNTOLD

    def level_of(self, one: str) -> str:
        bodies = [self.collaboration[id] for id in self.bodies(one)]
        return next((str(body.level) for body in bodies if isinstance(body, Actor) and body.level), _UNTOLD)

    # ------------------------------------------------ sets

    def sets(self, counted: list[Observation]) -> Iterator[_Mark]:
        """What is counted in sets; of things in several of them nothing is told that would count them twice."""
        twice = {id for one, other in combinations(counted, 2) for id in set(one.of) & set(other.of)}
        clear = [one for one in counted if twice.isdisjoint(one.of)]
        for one in clear:
            yield from self.tallied(one)
        rest = [one for one in counted if one not in clear]
        things = dict.fromkeys(id for one in rest for id in one.of)
        for id in things:
            because = tuple(one.id for one in rest if id in one.of)
            level = self.level([party.id for party in self.doers_of(id)])
            yield _Mark(
                level=level,
                meaning=Meaning.NOT_RECORDED,
                number=Count(1, 1),
                whole=1,
                which=id,
                statuses=(),
                because=because,
            )

    def doers_of(self, id: str) -> tuple[Party, ...]:
        step = self.collaboration[id]
        return self.doers(step) if isinstance(step, Process | Activity) else ()

    def tallied(self, one: Observation) -> Iterator[_Mark]:
        things = list(dict.fromkeys(one.of))
        levels = {self.level([party.id for party in self.doers_of(id)]) for id in things}
        level = levels.pop() if len(levels) == 1 else _UNTOLD if _UNTOLD in levels else _SEVERAL
        reports = [
            (Report(one.scale, Phrase(tally.status), one.as_of, "", one.id), tally.number) for tally in one.tallies
        ]
        said = [(self.meaning(report), _word(report), number) for report, number in reports]
        exact = [number.exact for *_, number in said]
        left = len(things) - sum(n for n in exact if n is not None)
        if left > 0 and None not in exact:
            said.append((Meaning.NOT_REPORTED, "", Count(left, left)))
        for place, (meaning, word, number) in enumerate(said):
            untold = meaning is Meaning.NOT_RECORDED
            yield _Mark(
                level=level,
                meaning=meaning,
                number=number,
                whole=0 if place else len(things),
                which=", ".join(gathered(things)) if number.exact == len(things) else "not said",
                statuses=(word,) if word else (),
                because=(one.id,),
                doubt=f"how far those have come that are {word} ({one.id})" if untold else "",
            )

    # ------------------------------------------------ what is not told

    def apart(self, steps: Sequence[Any]) -> Iterator[str]:
        """Of steps that each of a group does: whoever is not told to be in it, and reports that are no member's."""
        parties = parties_of(self.collaboration)
        for step in steps:
            groups = [party for party in self.doers(step) if party.manner is Manner.EACH]
            if untold := parties.open_groups(party.id for party in groups):
                yield f"how many more do {step.id}: who is in {', '.join(untold)} is not all told"
            members = self.members(groups)
            own = [self.collaboration[p.record] for p in self.collaboration.pointing_at(step.id) if p.relation == "of"]
            for one in (
                one for one in own if members and isinstance(one, Observation) and not (one.tallies or one.gap)
            ):
                if not any(self.speaks_of(one, _Cell(step.id, who)) for who in members):
                    yield f"of whom {one.id} speaks, since each of {', '.join(p.id for p in groups)} does {step.id}"


_OWN = {"done": Meaning.DONE, SILENT: Meaning.NOT_REPORTED}
"""What a step tells by its own day of being done, and by nothing."""


def _word(report: Report) -> str:
    return f"{report.status} ({report.scale})" if report.scale else report.status


def _rows(level: str, marks: Sequence[_Mark]) -> Iterator[Rollup]:
    total = sum(mark.whole for mark in marks)
    for meaning in Meaning:
        found = [mark for mark in marks if mark.meaning is meaning]
        if found:
            number = Count.total(mark.number for mark in found)
            exact = number.exact
            part = Share(Fraction(exact, total)) if total and exact is not None and exact <= total else None
            which = dict.fromkeys(mark.which for mark in found)
            yield Rollup(
                level=level,
                meaning=meaning,
                number=number,
                total=total,
                share=part,
                percent=percent_of(part.fraction) if part else None,
                statuses=tuple(dict.fromkeys(word for mark in found for word in mark.statuses)),
                which=", ".join(gathered(sorted(which, key=natural))),
                because=tuple(dict.fromkeys(id for mark in found for id in mark.because)),
            )
