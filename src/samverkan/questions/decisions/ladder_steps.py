"""The steps of a ladder: who is asked about a matter, by what and in which order, with the positions at each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field, frozen

from samverkan.model.agreement import Agreement, Decision, Duty, Obligation
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.reference import OwnedBy, PropagatesDelay, marked, named
from samverkan.model.relations import Capacity, Participation
from samverkan.model.source import kind_name
from samverkan.model.work import Dependency
from samverkan.parties.membership import Parties
from samverkan.parties.responses import RequiredResponse, is_foreseen, required_responses
from samverkan.questions.decisions.positions import Position, Reply, positions_on
from samverkan.values.day import Day
from samverkan.values.text import Phrase, Wording
from samverkan.values.timing import Timing, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["DecisionStep", "decision_steps"]

_ASKING = (Duty.DECIDE, Duty.ANSWER)
_OWNERS = Wording("whose it is", "ägare")


@frozen(kw_only=True, eq=False)
class DecisionStep:
    """One step: who is asked, by what, and the positions taken there."""

    id: str
    """The obligation that asks, the body that decides, or the matter whose owners nobody asks."""
    title: Phrase
    """What it is called."""
    owed: tuple[RequiredResponse, ...]
    """The answers that are asked for, or were given."""
    positions: tuple[tuple[Position, Truth], ...] = ()
    """The positions on the matter, and whether each was taken at this step."""
    duty: Obligation | None = None
    """The obligation that asks, if one does."""
    rests_on: tuple[str, ...]
    """The ids of the records that make it a step."""
    beside: bool = False
    """Whether it is no step: a body that only has a stance towards the matter."""
    _by: dict[str, list[tuple[Position, Truth]]] = field(init=False)

    @_by.default
    def _positions_by(self) -> dict[str, list[tuple[Position, Truth]]]:
        by: dict[str, list[tuple[Position, Truth]]] = {}
        for position in self.positions:
            for id in position[0].answer.by or ("",):
                by.setdefault(id, []).append(position)
        return by

    def positions_of(self, one: RequiredResponse) -> tuple[tuple[Position, Truth], ...]:
        """The positions taken there that may be those of one who owes an answer."""
        if not one.is_recorded:
            return self.positions
        truths = {position: truth for id in ("", *one.ids) for position, truth in self._by.get(id, ())}
        return tuple((one, truths[one]) for one in sorted(truths, key=lambda position: natural(position.answer.record)))

    def asks(self, c: Collaboration, on: When | None) -> Truth:
        """Whether it has asked by a day: not before the decision that is its ground, or before it may begin."""
        if self.duty is None:
            return Truth.NO
        first, ground = self.duty.timing.not_before, c[self.duty.ground] if self.duty.ground else None
        begun = first.by(on) if first and on else Truth.YES
        return begun & (_taken(ground, on) if isinstance(ground, Decision) else Truth.YES)


def _taken(decision: Decision, on: When | None) -> Truth:
    if decision.timing.done:
        return decision.timing.done.by(on) if on else Truth.YES
    decides = any(item.outcome or item.commissions for item in decision.items)
    return Truth.of(certain=decides and on is None and not is_foreseen(decision), possible=decides)


def decision_steps(parties: Parties, matter: str) -> tuple[DecisionStep, ...]:
    """The steps at which somebody is asked about a matter or has answered, in order; last those beside the ladder."""
    c = parties.collaboration
    duties = [o for o in c[Obligation] if o.duty in _ASKING and (o.id == matter or matter in o.delivers)]
    things = {matter, *(id for o in duties for id in (o.id, *(o.delivers if o.id == matter else ())))}
    positions = tuple(positions_on(parties, things))
    owed = {o.id: _Owed(_owed(parties, o, positions)) for o in duties}
    asked = [
        DecisionStep(
            id=o.id,
            title=Phrase(o.title),
            duty=o,
            owed=owed[o.id].demands,
            positions=tuple(
                (one, truth) for one in positions if (truth := _placed(one, o, duties, owed)) is not Truth.NO
            ),
            rests_on=(o.id, *_groups(parties, o)),
        )
        for o in duties
    ]
    others = [one for one in positions if not any(asked.answers(one) for asked in owed.values())]
    return tuple(_in_order(c, [*asked, *_others(parties, matter, asked, others)]))


@frozen(eq=False)
class _Owed:
    """The answers that are asked for at a step, and those who owe them."""

    demands: tuple[RequiredResponse, ...]
    whos: frozenset[str] = field(init=False)
    ids: frozenset[str] = field(init=False)

    @whos.default
    def _names(self) -> frozenset[str]:
        return frozenset(one.who for one in self.demands if one.is_recorded)

    @ids.default
    def _everybody(self) -> frozenset[str]:
        return frozenset(id for one in self.demands if one.is_recorded for id in one.ids)

    def answers(self, one: Position) -> bool:
        """Whether a position belongs at the place of one who owes an answer."""
        return not one.body or not (self.ids if one.group else self.whos).isdisjoint(one.answer.by)

    def may_answer(self, one: Position) -> bool:
        """Whether a position may be the answer of one who owes one, also of one who is not recorded."""
        return (
            not one.body or not self.ids.isdisjoint(one.answer.by) or any(not owed.is_recorded for owed in self.demands)
        )


def _groups(parties: Parties, duty: Obligation) -> Iterator[str]:
    ids = dict.fromkeys(id for party in duty.by for id in parties.inside(party.id))
    return (id for id in ids if kind_name(parties.collaboration[id]) == "Group")


def _owed(parties: Parties, duty: Obligation, positions: Sequence[Position]) -> tuple[RequiredResponse, ...]:
    """Who owes an answer, each once; one of those who owe jointly has its own place when it has a position."""
    by_who = {one.who: one for one in sorted(required_responses(parties, duty), key=lambda one: not one.once)}
    for one in [one for one in by_who.values() if one.once and len(one.ids) > 1]:
        for position in positions:
            if one.who not in position.answer.by and not position.group:
                for id in sorted(one.ids & position.answer.by, key=natural):
                    by_who.setdefault(id, RequiredResponse(who=id, ids=frozenset((id,))))
    return tuple(by_who[who] for who in sorted(by_who, key=natural))


def _placed(one: Position, duty: Obligation, duties: Sequence[Obligation], owed: Mapping[str, _Owed]) -> Truth:
    """Whether a position was taken at a step.

    A position that names an obligation was taken there. One that only names the matter was taken where its body is
    asked. If it is asked more than once, the days decide: not before a step began, and not at one that had passed when
    another began.
    """
    named_ = one.about.intersection(o.id for o in duties)
    able = [o for o in duties if not named_ or o.id in named_]
    able = [o for o in able if owed[o.id].may_answer(one)]
    if duty not in able:
        return Truth.NO
    if named_ or len(able) == 1 or one.reply in _GENERAL:
        return Truth.YES
    day = one.answer.day or _UNKNOWN
    fit = [o for o in able if _begun(o, day) is not Truth.NO and not _passed(o, able, day)]
    if duty in fit or not any(_begun(o, day) is Truth.YES for o in fit):
        return Truth.of(certain=fit == [duty] and _begun(duty, day) is Truth.YES, possible=True)
    return Truth.NO


_GENERAL = (Reply.IN_DIALOGUE, Reply.NOT_ANSWERED)
"""Replies about a matter as such, at whatever step."""

_UNKNOWN = When(None, None)


def _begun(duty: Obligation, day: When) -> Truth:
    return duty.timing.not_before.by(day) if duty.timing.not_before else Truth.YES


def _passed(duty: Obligation, able: Sequence[Obligation], day: When) -> bool:
    """Whether a step had certainly passed on a day: its deadline, and a later step had begun."""
    last = duty.timing.deadline
    firsts = [o.timing.not_before for o in able if o.timing.not_before]
    return (
        last is not None
        and last.before(day) is Truth.YES
        and any(last.before(first) is Truth.YES and first.by(day) is Truth.YES for first in firsts)
    )


def _others(
    parties: Parties, matter: str, asked: Sequence[DecisionStep], positions: Sequence[Position]
) -> Iterator[DecisionStep]:
    """Those whom no obligation asks: owners of the matter, other bodies that decide, and those with only a stance."""
    c = parties.collaboration
    already = {id for step in asked for one in step.owed for id in (one.who, *one.ids)}
    owners = [id for id in _owners(parties, matter) if id not in already]
    if owners:
        owed = _Owed(tuple(RequiredResponse(who=id, ids=frozenset((id,))) for id in owners))
        theirs = tuple((one, Truth.YES) for one in positions if owed.answers(one))
        yield DecisionStep(id=matter, title=_OWNERS(), owed=owed.demands, positions=theirs, rests_on=(matter,))
        positions = [one for one in positions if not owed.answers(one)]
    by_body: dict[str, list[Position]] = {}
    for one in positions:
        by_body.setdefault(one.body or one.answer.record, []).append(one)
    for id, several in by_body.items():
        who = several[0].body
        yield DecisionStep(
            id=id,
            title=Phrase(getattr(c[id], "title", "") or id),
            owed=(
                RequiredResponse(who=who, ids=frozenset((who, *c.members(who)) if who else ()), is_recorded=bool(who)),
            ),
            positions=tuple((one, Truth.YES) for one in several),
            rests_on=tuple(dict.fromkeys(one.answer.record for one in several)),
            beside=not any(isinstance(c[one.answer.record], Decision) for one in several),
        )


def _owners(parties: Parties, matter: str) -> list[str]:
    """The single owners of the matter, or parties to it, as far as they are recorded."""
    c, record = parties.collaboration, parties.collaboration[matter]
    capacities = (Capacity.OWNS, None) if isinstance(record, Agreement) else (Capacity.OWNS,)
    names = [name for name, mark in marked(record.__class__, OwnedBy).items() if mark.capacity in capacities]
    owners = [id for name in names for id in named(record, name)]
    owners += [one.who.id for one in c[Participation] if one.thing == matter and one.capacity is Capacity.OWNS]
    single = dict.fromkeys(id for owner in owners for id in parties.single(owner) if not parties.is_open(id))
    return sorted(single, key=natural)


def _in_order(c: Collaboration, steps: Sequence[DecisionStep]) -> Iterator[DecisionStep]:
    """Order the steps so that successors come after predecessors, else by day, last those beside the ladder."""
    left = sorted(steps, key=lambda step: (step.beside, _day(c, step), natural(step.id)))
    ways = _waiting(c)
    after = {step: _reached(ways, step) for step in left}
    while left:
        free = (step for step in left if not any(after[o].intersection(step.rests_on) for o in left if o is not step))
        chosen = next(free, left[0])
        left.remove(chosen)
        yield chosen


def _waiting(c: Collaboration) -> dict[str, set[str]]:
    """The successors of each thing, and the obligations that it fulfils."""
    onward: dict[str, set[str]] = {}
    for link in c[Dependency]:
        if link.kind.blocks:
            onward.setdefault(link.predecessor, set()).add(link.successor)
    for record in c:
        for id in (id for name in marked(record.__class__, PropagatesDelay) for id in named(record, name)):
            if kind_name(c[id]) == "Obligation":
                onward.setdefault(record.id, set()).add(id)
    return onward


def _reached(ways: Mapping[str, set[str]], step: DecisionStep) -> set[str]:
    reached: set[str] = set()
    level = set(step.rests_on)
    while level:
        level = {id for one in level for id in ways.get(one, ())} - reached
        reached |= level
    return reached


def _day(c: Collaboration, step: DecisionStep) -> tuple[Day, Day]:
    """The day by which a step is placed among those without a dependency to it."""
    timings = [timing for id in step.rests_on if (timing := timing_of(c[id]))]
    days = [day for timing in timings if (day := _placing(timing))]
    ends = [(day.earliest or day.latest or _LAST, day.latest or _LAST) for day in days]
    return min(ends, default=(_LAST, _LAST))


_LAST = Day(9999, 12, 31)


def _placing(timing: Timing) -> When | None:
    return timing.done or timing.planned or timing.deadline or timing.not_before
