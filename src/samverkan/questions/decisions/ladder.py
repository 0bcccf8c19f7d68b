"""The ladder: what each body has answered in a matter, at every step up to the principals (question 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from samverkan.model.agreement import Decision
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.relations import Stance
from samverkan.model.source import is_open
from samverkan.parties.answer import answer, as_of
from samverkan.parties.containment import inside
from samverkan.parties.membership import Parties, parties_of
from samverkan.parties.responses import RequiredResponse, Response, responses
from samverkan.questions.decisions.ladder_steps import DecisionStep, decision_steps
from samverkan.questions.decisions.positions import Position, Reply, weighed
from samverkan.values.count import Count
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Replies", "Rung", "ladder", "replies"]

_ANSWERED = Wording("What is answered about {matter}", "Vad som är svarat om {matter}")
_COUNTED = Wording("How many have answered about {matter}", "Hur många som har svarat om {matter}")
_NO_STEP = Wording(
    "who is asked about {matter}: no obligation to decide on it or to answer, and no decision, is recorded",
    "vem som är tillfrågad om {matter}: ingen skyldighet att besluta eller svara, och inget beslut, är registrerat",
)
_UNDATED = Wording("from when {records} asks: no day is recorded", "från när {records} frågar: ingen dag är angiven")
_TAKEN_BY = Wording("who took {records}", "vem som fattade {records}")
_TOGETHER = Wording(
    "what each answers of those for whom {records} gives a joint position",
    "vad var och en svarar av dem som {records} anger gemensamt",
)
_AT_WHICH_STEP = Wording("to which step {records} belongs", "vilket steg {records} hör till")
_BY_THEN = Wording("whether {records} had been given by then", "om {records} hade lämnats då")
_OF_PARTS = Wording(
    "what {records} gives about parts of {matter}: the rows are about {matter} as a whole",
    "vad {records} anger om delar av {matter}: raderna gäller {matter} som helhet",
)
_SILENT = Wording(
    "what {number} of the {total} asked by {duty} have answered: {why}",
    "vad {number} av de {total} som tillfrågats genom {duty} har svarat: {why}",
)
_SILENT_BODY = Wording("what {body} has answered: {why}", "vad {body} har svarat: {why}")
_KNOWN_TO = Wording("known only to {day}", "känt bara till och med {day}")
_KNOWN_TO_NO_DAY = Wording("the day to which this is known is not recorded", "kunskapsläget är inte angivet")
_NOT_ALL_ANSWERS = Wording("the source does not state all answers", "källan anger inte alla svar")
_OWNERS_ASKED = Wording(
    "whether {owners} are asked about {matter}: nothing is recorded",
    "om {owners} är tillfrågade om {matter}: inget är registrerat",
)
_OPEN_GROUPS = Wording(
    "who else is asked by {duty}: not all of {groups} are recorded",
    "vem mer som tillfrågas genom {duty}: alla i {groups} är inte angivna",
)
_WHO_ELSE = Wording("who else is asked by {duty}", "vem mer som tillfrågas genom {duty}")
_WHO = Wording("who is asked by {duty}", "vem som tillfrågas genom {duty}")


@frozen(kw_only=True)
class Rung:
    """One body and its answer at one step of the ladder (trappsteg)."""

    step: int | None
    """Which step, counted from the first; None for one that is beside the ladder (steg)."""
    title: Phrase
    """What the step is called: what is owed, or the body that decides (namn)."""
    principal: str
    """Who answers; empty if that is not recorded (huvudman)."""
    asked: Truth
    """Whether it is asked by then, as far as recorded (tillfrågad)."""
    answer: Reply
    """What it answers (svar)."""
    day: When | None
    """The day of that answer (dag)."""
    record: str
    """The decision, submission, step or stance that gives it (beslut)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(kw_only=True)
class Replies:
    """How many are asked at one step of the ladder, and of how many an answer is known (svarsläge)."""

    step: int | None
    """Which step; None for those beside the ladder (steg)."""
    title: Phrase
    """What it is called (namn)."""
    asked: Count
    """How many are asked; those who owe jointly are one (tillfrågade)."""
    known: Count
    """Of how many an answer is known (kända svar)."""
    yes: Count
    """How many answer yes (ja)."""
    no: Count
    """How many answer no (nej)."""
    silent: Count
    """How many are known not to have answered; not those of whom nothing is known (inte svarat)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def ladder(collaboration: Collaboration, matter: str, *, on: WhenLike | None = None) -> Table[Rung]:
    """What each body has answered in a matter, step by step, as of a day (beslutstrappan).

    The matter is a plan, an agreement, a goal, an obligation or another thing. Each obligation to decide on it or to
    answer about it is a step, and those who owe it are asked: of a group *each*, its members one by one. Another body
    that decides on it is a step of its own. Owners and parties whom no obligation asks are listed as *not asked*; those
    who only have a stance are beside the ladder. Steps are ordered as they must wait for each other, else by day.
    A decision answers yes, no, recommended, commissioned or noted; a submission shows that somebody has answered, not
    what. Of several answers the weightiest counts, of equals the latest. Nothing passes along a membership: the
    recommendation of a political consultation is no answer by its members.
    The answer is *not answered* only if the collaboration is known to that day and has all answers (`submissions` of
    the obligation is neither partial nor unknown); else it is *not answered, as far as known*.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.agreement import DecisionItem, Obligation
    >>> from samverkan.values.timing import Timing
    >>> from samverkan.model.party import Actor
    >>> from samverkan.model.work import Plan
    >>> bodies = [Actor(id=id, title=id, kind="other") for id in ("ale", "hjo", "sro")]
    >>> ask = Obligation(id="beslut", title="Beslut", duty="decide", by=("ale", "hjo"), delivers="p")
    >>> item = DecisionItem(outcome="recommends", about="p")
    >>> decision = Decision(id="d", body="sro", items=item, timing=Timing(done="2022-02-24"))
    >>> c = Collaboration([*bodies, Plan(id="p", title="Plan"), ask, decision], known="2022-03-01")
    >>> [(row.principal, str(row.answer)) for row in ladder(c, "p", on="2022-03-01")]
    [('sro', 'recommended'), ('ale', 'not answered'), ('hjo', 'not answered')]
    """
    steps, moment = _climbed(collaboration, matter, on), maybe_when(on)
    rows = [row for _, rungs in steps for row in rungs]
    title, unknown = as_of(_ANSWERED(matter=matter), moment), _unknown(collaboration, matter, steps, moment)
    return answer(collaboration, Rung, rows, title, on=moment, unknown=unknown)


def replies(collaboration: Collaboration, matter: str, *, on: WhenLike | None = None) -> Table[Replies]:
    """How many are asked about a matter at each step, and of how many an answer is known (svarsläget).

    The same as `ladder`, counted. A count is a range if some answers cannot be determined, and has no upper bound if
    those who are asked are not all recorded. That no answer is known does not mean that none was given.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.agreement import Obligation
    >>> from samverkan.model.party import Actor
    >>> bodies = [Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo")]
    >>> ask = Obligation(id="beslut", title="Beslut", duty="decide", by=("ale", "hjo"))
    >>> c = Collaboration([*bodies, ask])
    >>> [(str(row.asked), str(row.known), str(row.silent)) for row in replies(c, "beslut")]
    [('2', '0', '0')]
    """
    steps, moment = _climbed(collaboration, matter, on), maybe_when(on)
    rows = [_counted(step, rungs) for step, rungs in steps if not step.beside]
    title, unknown = as_of(_COUNTED(matter=matter), moment), _unknown(collaboration, matter, steps, moment)
    because = (id for _, rungs in steps for row in rungs for id in row.because)
    return answer(collaboration, Replies, rows, title, on=moment, unknown=unknown, rests_on=because)


_Steps = Sequence[tuple[DecisionStep, Sequence[Rung]]]


def _climbed(c: Collaboration, matter: str, on: WhenLike | None) -> _Steps:
    """The steps of a matter with their rows."""
    check_collaboration(c)
    c[matter]
    moment = maybe_when(on)
    parties = parties_of(c)
    folded = {
        id: tuple(response for response in given if not isinstance(c[response.record], Decision))
        for id, given in responses(c).items()
    }
    return tuple(
        (step, tuple(_rung(parties, step, None if step.beside else number, one, folded, moment) for one in step.owed))
        for number, step in enumerate(decision_steps(parties, matter), start=1)
    )


def _rung(
    parties: Parties,
    step: DecisionStep,
    number: int | None,
    one: RequiredResponse,
    folded: Mapping[str, Sequence[Response]],
    on: When | None,
) -> Rung:
    c = parties.collaboration
    taken = step.positions_of(one)
    weighing = [(position, truth & _by(step, position, one) & position.answer.counts(on)) for position, truth in taken]
    weighing += _submitted(step, one, folded, on)
    asking = [(position, truth & position.asked(one, on)) for position, truth in taken if _may_ask(c, step, position)]
    asked = step.asks(c, on) | Truth.any(truth for _, truth in asking) if one.is_recorded else Truth.CANNOT_TELL
    reply, grounds = weighed(weighing)
    if reply is None or reply is Reply.NOT_ANSWERED:
        reply = _silence(c, step, asked, grounds, on)
    chosen = max((position for position in grounds if position.reply is reply), key=_latest, default=None)
    asked_by = (position.answer.record for position, truth in asking if truth is not Truth.NO)
    return Rung(
        step=number,
        title=Phrase() if step.beside else step.title,
        principal=one.who,
        asked=asked,
        answer=reply,
        day=chosen.answer.day if chosen else None,
        record=chosen.answer.record if chosen else "",
        because=tuple(dict.fromkeys((*(position.answer.record for position in grounds), *asked_by, *step.rests_on))),
    )


def _by(step: DecisionStep, position: Position, one: RequiredResponse) -> Truth:
    """Whether a position is that of the body in a row; a decision whose body is not recorded has its own row."""
    return Truth.YES if not (step.duty or one.who) else position.is_by(one)


def _may_ask(c: Collaboration, step: DecisionStep, position: Position) -> bool:
    """Whether a position can show that a body is asked at a step; if an obligation asks, a decision does not."""
    return step.duty is None or isinstance(c[position.answer.record], Stance)


def _latest(position: Position) -> tuple[str, tuple[object, ...]]:
    last = position.answer.day.latest if position.answer.day else None
    return (last.isoformat() if last else ""), natural(position.answer.record)


def _submitted(
    step: DecisionStep, one: RequiredResponse, folded: Mapping[str, Sequence[Response]], on: When | None
) -> Iterator[tuple[Position, Truth]]:
    """What was submitted or done that answers an obligation, without showing what the answer is."""
    duty = step.duty
    if duty is None or not one.is_recorded:
        return
    given = folded.get(duty.id, ())
    fulfilled = one.fulfilled(given, duty.parts or ("",), on)
    for response in given:
        counted = one.answered_by(response) & response.counts(on)
        if Truth.NO not in (counted, fulfilled):
            yield _answered(one, duty.id, response), counted & fulfilled
    if duty.timing.done:
        itself = Response(record=duty.id, by=one.ids, day=duty.timing.done)
        yield _answered(one, duty.id, itself), itself.counts(on)


def _answered(one: RequiredResponse, duty: str, response: Response) -> Position:
    return Position(reply=Reply.ANSWERED, body=one.who, about=frozenset((duty,)), answer=response)


def _silence(
    c: Collaboration, step: DecisionStep, asked: Truth, positions: Sequence[Position], on: When | None
) -> Reply:
    """What it means that no answer is recorded."""
    if asked is Truth.NO:
        return Reply.NOT_ASKED
    if asked is Truth.CANNOT_TELL:
        return Reply.UNDECIDED if positions or not all(one.is_recorded for one in step.owed) else Reply.NOT_YET
    recorded = any(on is None or (one.answer.day and on.by(one.answer.day) is Truth.YES) for one in positions)
    return Reply.NOT_ANSWERED if recorded or (_reaches(c, on) and not _is_open(c, step)) else Reply.NOT_KNOWN


def _reaches(c: Collaboration, on: When | None) -> bool:
    """Whether what is known reaches a day."""
    return c.known is not None and (on is None or (on.latest is not None and on.latest <= c.known))


def _is_open(c: Collaboration, step: DecisionStep) -> bool:
    """Whether the source leaves out some answers at a step: a submission, or the decision."""
    if step.duty:
        return is_open(step.duty, "submissions")
    return any(is_open(c[id], "done", "items") for id in step.rests_on if isinstance(c[id], Decision))


def _counted(step: DecisionStep, rows: Sequence[Rung]) -> Replies:
    undecided = [row.answer is Reply.UNDECIDED for row in rows]
    more = step.duty is not None and any(not one.is_recorded for one in step.owed)

    def number(certain: Iterable[bool], maybe: Iterable[bool]) -> Count:
        low = sum(certain)
        return Count(low, None if more else low + sum(maybe))

    return Replies(
        step=rows[0].step,
        title=step.title,
        asked=number((r.asked is Truth.YES for r in rows), (r.asked is Truth.CANNOT_TELL for r in rows)),
        known=number((row.answer.answers for row in rows), undecided),
        yes=number((row.answer is Reply.YES for row in rows), undecided),
        no=number((row.answer is Reply.NO for row in rows), undecided),
        silent=number((row.answer is Reply.NOT_ANSWERED for row in rows), undecided),
        because=tuple(dict.fromkeys(id for row in rows for id in row.because)),
    )


def _unknown(c: Collaboration, matter: str, steps: _Steps, on: When | None) -> Iterator[Phrase]:
    """What the rows cannot give, a sentence each."""
    parties = parties_of(c)
    if not steps:
        yield _NO_STEP(matter=matter)
    for step, rows in steps:
        yield from _unanswered(c, step, rows)
        yield from _unasked(parties, matter, step)
    positions = [(position, truth) for step, _ in steps for position, truth in step.positions]
    duties = [step.duty for step, _ in steps if on and step.duty]
    undated = [duty.id for duty in duties if not (duty.timing.not_before or duty.ground)]
    vague = [one for one, _ in positions if one.counts and one.answer.counts(on) is Truth.CANNOT_TELL]
    sentences = (
        (undated, _UNDATED),
        ((one.answer.record for one, _ in positions if not one.body), _TAKEN_BY),
        ((one.answer.record for one, _ in positions if one.group), _TOGETHER),
        ((one.answer.record for one, truth in positions if truth is Truth.CANNOT_TELL), _AT_WHICH_STEP),
        ((one.answer.record for one in vague), _BY_THEN),
    )
    for ids, wording in sentences:
        if records := sorted({*ids}, key=natural):
            yield wording(records=(*gathered(records),))
    if parts := _of_parts(c, matter):
        yield _OF_PARTS(records=(*parts,), matter=matter)


def _unanswered(c: Collaboration, step: DecisionStep, rows: Sequence[Rung]) -> Iterator[Phrase]:
    """Of how many no answer is known, and why that does not mean that they have given none."""
    number = sum(row.answer is Reply.NOT_KNOWN for row in rows)
    if number:
        known = _KNOWN_TO(day=c.known) if c.known else _KNOWN_TO_NO_DAY()
        why = _NOT_ALL_ANSWERS() if _is_open(c, step) else known
        if step.duty:
            yield _SILENT(number=number, total=len(rows), duty=step.id, why=why)
        else:
            yield _SILENT_BODY(body=step.id, why=why)


def _unasked(parties: Parties, matter: str, step: DecisionStep) -> Iterator[Phrase]:
    """Who else may be asked at a step, and whether the owners of the matter are."""
    duty = step.duty
    if duty is None and step.id == matter:
        yield _OWNERS_ASKED(owners=(*gathered(one.who for one in step.owed),), matter=matter)
    if duty and (groups := parties.open_groups(party.id for party in duty.by)):
        yield _OPEN_GROUPS(duty=duty.id, groups=(*groups,))
    if duty and (not duty.by or is_open(duty, "by")):
        yield (_WHO_ELSE if duty.by else _WHO)(duty=duty.id)


def _of_parts(c: Collaboration, matter: str) -> list[str]:
    """The decisions about what lies inside a matter, and not about it."""
    parts = {*inside(c, matter)} - {matter}
    decided = ((decision, {id for item in decision.items for id in item.about}) for decision in c[Decision])
    return gathered(d.id for d, about in decided if matter not in about and not parts.isdisjoint(about))
