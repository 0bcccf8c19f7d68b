"""What answers an obligation: who owes a response, and what was submitted, done or decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import Factory, evolve, field, frozen

from samverkan.model.agreement import Decision, Duty, Obligation, Outcome, Submission
from samverkan.model.collaboration import Collaboration
from samverkan.model.derived import derived
from samverkan.model.party import Manner
from samverkan.model.reference import PropagatesDelay, marked, named, owners_of
from samverkan.model.source import is_complete, is_open
from samverkan.parties.containment import above
from samverkan.parties.membership import Parties, parties_of
from samverkan.values.timing import MetWhen, day_met, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When, surely_before

__all__ = [
    "Decisions",
    "RequiredResponse",
    "Response",
    "is_foreseen",
    "is_fulfilled",
    "required_responses",
    "response_by",
    "responses",
]

_SAYING: Mapping[Duty, frozenset[Outcome]] = {
    Duty.DECIDE: frozenset({Outcome.APPROVES, Outcome.DECLINES}),
    Duty.ANSWER: frozenset(Outcome),
}
"""The outcomes by which a body decides, or answers."""


@frozen(kw_only=True)
class Response:
    """Something that answers an obligation, or may (svar)."""

    record: str
    """The submission, step or decision."""
    by: frozenset[str]
    """Who answered, their members and the bodies those are parts of; empty if that is not recorded."""
    once: bool = False
    """Whether it answers what is owed once, whoever did it: a step that fulfils it."""
    day: When | None
    """From which day it answers; None if that is not recorded."""
    soonest: When | None = Factory(lambda self: self.day, takes_self=True)
    """From which day it may answer at best, if it is not settled whether sending is enough."""
    until: When | None = None
    """The day from which it no longer answers, since another took its place."""
    parts: frozenset[str] | None = None
    """The parts it has; None if it has all of them."""
    more: bool = False
    """Whether it may have other parts than those."""
    meant: Truth = Truth.YES
    """Whether it was given, and to the one it is owed to."""
    early: bool = False
    """Whether it certainly came before what it answers could begin, so that it may answer something else."""

    def holds(self, part: str) -> Truth:
        """Whether it has a part."""
        return Truth.of(certain=self.parts is None or part in self.parts, possible=self.more)

    def counts(self, on: When | None, *, at_best: bool = False) -> Truth:
        """Whether it answers on a day, on any if None; *at best* reads in its favour when it came, if unsettled."""
        day = self.soonest if at_best else self.day
        began = Truth.YES if on is None else day.by(on) if day else Truth.CANNOT_TELL
        meant = self.meant & (Truth.CANNOT_TELL if self.early else Truth.YES)
        ended = Truth.NO if self.until is None else self.until.by(on) if on else Truth.YES
        return began & meant & ~ended


@frozen(kw_only=True)
class RequiredResponse:
    """One response that is owed: by each of some parties, or once by those who owe it together (krav på svar)."""

    who: str
    """Who owes it."""
    ids: frozenset[str]
    """Those any of whom can answer it."""
    once: bool = True
    """Whether it is owed once, so that another may have answered for them."""
    is_recorded: bool = True
    """Whether those who owe it are recorded."""
    everybody: frozenset[str] = frozenset()
    """All who owe something by the same obligation; what others do may be for those who owe once."""

    def fulfilled(
        self, given: Sequence[Response], parts: Iterable[str], on: When | None, *, at_best: bool = False
    ) -> Truth:
        """Whether all parts have been answered on a day, as far as recorded."""
        counted = [(response, self.answered_by(response) & response.counts(on, at_best=at_best)) for response in given]
        return Truth.all(Truth.any(response.holds(part) & truth for response, truth in counted) for part in parts)

    def answered_by(self, response: Response) -> Truth:
        """Whether a response is for those who owe this."""
        if not self.is_recorded:
            return Truth.CANNOT_TELL
        certain = (response.once and self.once) or not self.ids.isdisjoint(response.by)
        possible = not response.by or (self.once and self.everybody.isdisjoint(response.by))
        return Truth.of(certain=certain, possible=possible)


@frozen(eq=False)
class Decisions:
    """What has been decided about what, each looked up once."""

    parties: Parties
    _about: dict[str, dict[str, Decision]] = field(init=False)
    _replaced: dict[str, When] = field(factory=dict, init=False)

    @_about.default
    def _items(self) -> dict[str, dict[str, Decision]]:
        about: dict[str, dict[str, Decision]] = {}
        for decision in self.parties.collaboration[Decision]:
            for id in (id for item in decision.items for id in item.about):
                about.setdefault(id, {})[decision.id] = decision
        return about

    def __attrs_post_init__(self) -> None:
        """Look up which decisions were replaced, and when."""
        for decision in self.parties.collaboration[Decision]:
            if decision.timing.done:
                self._replaced.update(dict.fromkeys(decision.replaces, decision.timing.done))

    def about(self, things: Iterable[str]) -> Iterable[Decision]:
        """The decisions with an item about one of some things, each once."""
        return {k: v for id in things for k, v in self._about.get(id, {}).items()}.values()

    def answer(self, decision: Decision) -> Response:
        """A decision as a response: by its body and what that is a part of, until another takes its place."""
        return Response(
            record=decision.id,
            by=self.parties.answering_for([decision.body]) if isinstance(decision.body, str) else frozenset(),
            day=decision.timing.done,
            until=self._replaced.get(decision.id),
            meant=Truth.CANNOT_TELL if is_foreseen(decision) else Truth.YES,
        )


def is_fulfilled(
    obligation: Obligation,
    required: RequiredResponse,
    given: Sequence[Response],
    on: When | None,
    *,
    parts: Iterable[str] = (),
    at_best: bool = False,
) -> Truth:
    """Whether a required response has been given by a day, by any if None: all of it, or some parts.

    An obligation that is itself recorded as done is fulfilled, whoever owes it. If its list of submissions is open, a
    response may be missing.
    """
    done = obligation.timing.done
    as_recorded = Truth.NO if done is None else done.by(on) if on else Truth.YES
    answered = required.fulfilled(given, parts or obligation.parts or ("",), on, at_best=at_best) | as_recorded
    return answered | (Truth.CANNOT_TELL if is_open(obligation, "submissions") else Truth.NO)


def is_foreseen(decision: Decision) -> bool:
    """Whether a decision has a day on which it is to be taken, and is not recorded as taken."""
    timing = decision.timing
    return not timing.done and bool(timing.planned or timing.due or timing.baselines)


def required_responses(parties: Parties, obligation: Obligation) -> tuple[RequiredResponse, ...]:
    """The responses that an obligation requires; a placeholder stands for parties that the records do not name."""
    required: list[RequiredResponse] = []
    for one in obligation.by:
        members = [id for id in parties.single(one.id) if not parties.is_open(id)]
        if one.manner is Manner.EACH:
            required += [RequiredResponse(who=id, ids=frozenset((id,)), once=False) for id in members]
            required += (
                [RequiredResponse(who=one.id, ids=frozenset(), is_recorded=False)]
                if parties.open_groups([one.id])
                else []
            )
        else:
            required.append(RequiredResponse(who=one.id, ids=frozenset((one.id, *members))))
    if is_open(obligation, "by"):
        required.append(RequiredResponse(who="", ids=frozenset(), is_recorded=False))
    everybody = frozenset(id for one in required for id in one.ids)
    return tuple(
        evolve(one, everybody=everybody)
        for one in required or [RequiredResponse(who="", ids=frozenset(), is_recorded=False)]
    )


@derived
def responses(c: Collaboration) -> Mapping[str, tuple[Response, ...]]:
    """What answers each obligation, or may: submissions, steps that fulfil it, and decisions by those who owe it."""
    parties = parties_of(c)
    given: dict[str, list[Response]] = {}
    for id, response in (*_submitted(parties), *_done(parties), *_decided(parties)):
        if isinstance(duty := c[id], Obligation):
            early = surely_before(response.day, duty.timing.not_before)
            given.setdefault(id, []).append(evolve(response, early=early))
    return {id: tuple(several) for id, several in given.items()}


def response_by(c: Collaboration, on: When | None) -> Mapping[str, When]:
    """The obligations that are fulfilled by their responses, or may be, and from when; as far as recorded by a day.

    If it is unknown whether one is fulfilled, the day lies anywhere from the first on which it may have been.
    """
    parties = parties_of(c)
    days: dict[str, When | None] = {}
    for id, given in responses(c).items():
        duty = c[Obligation, id]
        days[id] = _from_when(required_responses(parties, duty), duty.parts or ("",), given, on)
    return {id: day for id, day in days.items() if day}


def _from_when(
    owed: Sequence[RequiredResponse], parts: Sequence[str], given: Sequence[Response], on: When | None
) -> When | None:
    def fulfilled(moment: When | None, *, at_best: bool = False) -> Truth:
        return Truth.all(required.fulfilled(given, parts, moment, at_best=at_best) for required in owed)

    now = fulfilled(on)
    if now is Truth.NO:
        return None
    dated = [day for response in given for day in (response.day, response.soonest) if day]
    days = sorted({bound for day in dated for bound in (day.earliest, day.latest) if bound})
    low = next((day for day in days if fulfilled(When(day, day), at_best=True) is not Truth.NO), None)
    high = next((day for day in days if fulfilled(When(day, day)) is Truth.YES), None) if now is Truth.YES else None
    undated = any(response.day is None or response.day.earliest is None for response in given)
    return When(None if undated else low, high)


_Given = Iterator[tuple[str, Response]]


def _submitted(parties: Parties) -> _Given:
    for submission in parties.collaboration[Submission]:
        duty: Any = parties.collaboration[submission.obligation]
        if not isinstance(duty, Obligation):
            continue
        to = parties.answering_for(party.id for party in duty.to)
        meant = (
            not submission.to or not to or not to.isdisjoint(parties.answering_for(party.id for party in submission.to))
        )
        is_entire = not duty.parts or is_complete(submission, "parts")
        yield (
            duty.id,
            Response(
                record=submission.id,
                by=parties.answering_for(party.id for party in submission.by),
                day=day_met(duty.timing.met_when, submission.sent, submission.arrived),
                soonest=day_met(duty.timing.met_when or MetWhen.SENT, submission.sent, submission.arrived),
                parts=None if is_entire else frozenset(submission.parts),
                more=not submission.parts or is_open(submission, "parts"),
                meant=Truth.YES if meant else Truth.CANNOT_TELL,
            ),
        )


def _done(parties: Parties) -> _Given:
    c = parties.collaboration
    carrying: Iterable[tuple[type[Any], str]] = (
        (kind, name) for kind in c.kinds for name in marked(kind, PropagatesDelay)
    )
    for record, name in ((record, name) for kind, name in carrying for record in c[kind] if getattr(record, name)):
        timing = timing_of(record)
        if timing is None or timing.done is None:
            continue
        for id in named(record, name):
            duty = c[id]
            if isinstance(duty, Obligation):
                arrives = duty.timing.met_when is MetWhen.ARRIVED
                day = When(timing.done.earliest, None) if arrives else timing.done
                yield id, Response(record=record.id, by=parties.answering_for(owners_of(record)), once=True, day=day)


def _decided(parties: Parties) -> _Given:
    c, decisions = parties.collaboration, Decisions(parties)
    for duty in c[Obligation]:
        outcomes = _SAYING.get(duty.duty, frozenset())
        asked = (duty.id, *duty.delivers) if outcomes else ()
        owing = {id for party in duty.by for id in c.members(party.id)} if outcomes else set()
        for decision in decisions.about(asked):
            about = {id for item in decision.items if item.outcome in outcomes for id in item.about}
            body = decision.body if isinstance(decision.body, str) else ""
            if body and not about.isdisjoint(asked) and not owing.isdisjoint(above(c, body)):
                yield duty.id, decisions.answer(decision)
