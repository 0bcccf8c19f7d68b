"""The ladder: what each body has answered in a matter, at every step up to the principals (question 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from samverkan.model.agreement import Decision
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.relations import Stance
from samverkan.model.source import is_open
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.containment import inside
from samverkan.parties.membership import Parties, parties_of
from samverkan.parties.responses import RequiredResponse, Response, responses
from samverkan.questions.decisions.ladder_steps import DecisionStep, decision_steps
from samverkan.questions.decisions.positions import Position, Reply, weighed
from samverkan.values.count import Count
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Replies", "Rung", "ladder", "replies"]


@frozen(kw_only=True)
class Rung:
    """One body and its answer at one step of the ladder (trappsteg)."""

    step: int | None
    """Which step, counted from the first; None for who stands beside the ladder (steg)."""
    title: str
    """What the step is called: what is owed, or the body that decides (namn)."""
    principal: str
    """Who answers; empty where that is not told (huvudman)."""
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
    """Which step; None for those who stand beside the ladder (steg)."""
    title: str
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
    answer about it is a step, and who owes it is asked: of a group *each*, its members one by one. Another body that
    decides on it is a step of its own. Who owns it, or is party to it, and is asked by nothing is told so; who only
    has a stance towards it stands beside the ladder. Steps stand as they must wait for each other, else by day.
    A decision says yes, no, recommended, commissioned or noted; a submission that somebody has answered, not what. Of
    several what says most counts, of equals the latest. Nothing passes along a membership: what a political
    consultation recommends is no answer of those who sit in it.
    *Not answered* is said only where what is known reaches the day and holds every answer (`submissions` of the
    obligation is neither partial nor unknown); else it is *not answered, as far as known*.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.agreement import DecisionItem, Obligation
    >>> from samverkan.values.timing import Timing
    >>> from samverkan.model.party import Actor
    >>> from samverkan.model.work import Plan
    >>> bodies = [Actor(id=id, title=id, kind="other") for id in ("ale", "hjo", "sro")]
    >>> ask = Obligation(id="beslut", title="Beslut", duty="decide", by=("ale", "hjo"), delivers="p")
    >>> item = DecisionItem(outcome="recommends", about="p")
    >>> said = Decision(id="d", body="sro", items=item, timing=Timing(done="2022-02-24"))
    >>> c = Collaboration([*bodies, Plan(id="p", title="Plan"), ask, said], known="2022-03-01")
    >>> [(row.principal, str(row.answer)) for row in ladder(c, "p", on="2022-03-01")]
    [('sro', 'recommended'), ('ale', 'not answered'), ('hjo', 'not answered')]
    """
    climb = _climbed(collaboration, matter, on)
    rows = tuple(row for _, own in climb.steps for row in own)
    title = f"What is answered about {matter}{climb.until}"
    return Table(Rung, rows, title, climb.unknown, climb.assumed)


def replies(collaboration: Collaboration, matter: str, *, on: WhenLike | None = None) -> Table[Replies]:
    """How many are asked about a matter at each step, and of how many an answer is known (svarsläget).

    The same as `ladder`, counted. A count is a range where it cannot be told of everybody, and has no end where those
    who are asked are not all told. That no answer is known does not say that none was given.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.agreement import Obligation
    >>> from samverkan.model.party import Actor
    >>> bodies = [Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo")]
    >>> ask = Obligation(id="beslut", title="Beslut", duty="decide", by=("ale", "hjo"))
    >>> c = Collaboration([*bodies, ask])
    >>> [(str(row.asked), str(row.known), str(row.silent)) for row in replies(c, "beslut")]
    [('2', '0', '0')]
    """
    climb = _climbed(collaboration, matter, on)
    rows = tuple(_counted(step, own) for step, own in climb.steps if not step.beside)
    title = f"How many have answered about {matter}{climb.until}"
    return Table(Replies, rows, title, climb.unknown, climb.assumed)


@frozen(kw_only=True)
class _Climb:
    """A ladder before it is told as rows or counts."""

    steps: tuple[tuple[DecisionStep, tuple[Rung, ...]], ...]
    until: str
    unknown: tuple[str, ...]
    assumed: tuple[str, ...]


def _climbed(c: Collaboration, matter: str, on: WhenLike | None) -> _Climb:
    check_collaboration(c)
    c[matter]
    moment = maybe_when(on)
    parties = parties_of(c)
    folded = {
        id: tuple(answer for answer in found if not isinstance(c[answer.record], Decision))
        for id, found in responses(parties.collaboration).items()
    }
    steps = tuple(
        (step, tuple(_rung(parties, step, None if step.beside else number, one, folded, moment) for one in step.owed))
        for number, step in enumerate(decision_steps(parties, matter), start=1)
    )
    because = dict.fromkeys(id for _, own in steps for row in own for id in row.because)
    return _Climb(
        steps=steps,
        until=f", as of {moment}" if moment else "",
        unknown=(*_untold(parties, matter, steps, moment), *beyond(c, moment)),
        assumed=assumptions(c, because),
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
    own = step.heard_of(one)
    heard = [(said, sure & _by(step, said, one) & said.answer.counts(on)) for said, sure in own]
    heard += _handed_in(step, one, folded, on)
    asking = [(said, sure & said.asked(one, on)) for said, sure in own if _tells(c, step, said)]
    asked = step.asks(c, on) | Truth.any(sure for _, sure in asking) if one.is_recorded else Truth.CANNOT_TELL
    reply, grounds = weighed(heard)
    if reply is None or reply is Reply.NOT_ANSWERED:
        reply = _silence(c, step, asked, grounds, on)
    chosen = max((said for said in grounds if said.reply is reply), key=_latest, default=None)
    told = (said.answer.record for said, sure in asking if sure is not Truth.NO)
    return Rung(
        step=number,
        title="" if step.beside else step.title,
        principal=one.who,
        asked=asked,
        answer=reply,
        day=chosen.answer.day if chosen else None,
        record=chosen.answer.record if chosen else "",
        because=tuple(dict.fromkeys((*(said.answer.record for said in grounds), *told, *step.rests_on))),
    )


def _by(step: DecisionStep, said: Position, one: RequiredResponse) -> Truth:
    """Whether something was said by the one in a row; the row of a decision whose body is not told is its own."""
    return Truth.YES if not (step.duty or one.who) else said.is_by(one)


def _tells(c: Collaboration, step: DecisionStep, said: Position) -> bool:
    """Whether something tells that a body is asked at a step; where an obligation asks, no decision needs to."""
    return step.duty is None or isinstance(c[said.answer.record], Stance)


def _latest(said: Position) -> tuple[str, tuple[object, ...]]:
    last = said.answer.day.latest if said.answer.day else None
    return (last.isoformat() if last else ""), natural(said.answer.record)


def _handed_in(
    step: DecisionStep, one: RequiredResponse, folded: Mapping[str, Sequence[Response]], on: When | None
) -> Iterator[tuple[Position, Truth]]:
    """What was handed in or done that answers an obligation, without telling what the answer is."""
    duty = step.duty
    if duty is None or not one.is_recorded:
        return
    found = folded.get(duty.id, ())
    met = one.fulfilled(found, duty.parts or ("",), on)
    for answer in found:
        own = one.answered_by(answer) & answer.counts(on)
        if Truth.NO not in (own, met):
            yield _answered(one, duty.id, answer), own & met
    if duty.timing.done:
        whole = Response(record=duty.id, by=one.ids, day=duty.timing.done)
        yield _answered(one, duty.id, whole), whole.counts(on)


def _answered(one: RequiredResponse, duty: str, answer: Response) -> Position:
    return Position(reply=Reply.ANSWERED, body=one.who, about=frozenset((duty,)), answer=answer)


def _silence(c: Collaboration, step: DecisionStep, asked: Truth, said: Sequence[Position], on: When | None) -> Reply:
    """What it means that nobody tells of an answer."""
    if asked is Truth.NO:
        return Reply.NOT_ASKED
    if asked is Truth.CANNOT_TELL:
        return Reply.UNDECIDED if said or not all(one.is_recorded for one in step.owed) else Reply.NOT_YET
    told = any(on is None or (one.answer.day and on.by(one.answer.day) is Truth.YES) for one in said)
    return Reply.NOT_ANSWERED if told or (_reaches(c, on) and not _is_open(c, step)) else Reply.NOT_KNOWN


def _reaches(c: Collaboration, on: When | None) -> bool:
    """Whether what is known reaches a day."""
    return c.known is not None and (on is None or (on.latest is not None and on.latest <= c.known))


def _is_open(c: Collaboration, step: DecisionStep) -> bool:
    """Whether the source does not tell of every answer at a step: of each submission, or of the decision."""
    if step.duty:
        return is_open(step.duty, "submissions")
    return any(is_open(c[id], "done", "items") for id in step.rests_on if isinstance(c[id], Decision))


def _counted(step: DecisionStep, rows: Sequence[Rung]) -> Replies:
    undecided = [row.answer is Reply.UNDECIDED for row in rows]
    more = step.duty is not None and any(not one.is_recorded for one in step.owed)

    def number(sure: Iterable[bool], maybe: Iterable[bool]) -> Count:
        low = sum(sure)
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


_Steps = Sequence[tuple[DecisionStep, Sequence[Rung]]]


def _untold(parties: Parties, matter: str, steps: _Steps, on: When | None) -> Iterator[str]:
    """What the rows do not tell, a sentence each."""
    c = parties.collaboration
    if not steps:
        yield f"who is asked about {matter}: no obligation to decide on it or to answer, and no decision, is recorded"
    for step, rows in steps:
        yield from _unheard(c, step, rows)
        yield from _unasked(parties, matter, step)
    heard = [(one, sure) for step, _ in steps for one, sure in step.said]
    duties = [step.duty for step, _ in steps if on and step.duty]
    undated = [duty.id for duty in duties if not (duty.timing.not_before or duty.ground)]
    vague = [one for one, _ in heard if one.says and one.answer.counts(on) is Truth.CANNOT_TELL]
    sentences = (
        (undated, "from when {} asks: no day is recorded"),
        ((one.answer.record for one, _ in heard if not one.body), "who took {}"),
        ((one.answer.record for one, _ in heard if one.group), "how each stands of those of whom {} tells together"),
        ((one.answer.record for one, sure in heard if sure is Truth.CANNOT_TELL), "at which step {} was said"),
        ((one.answer.record for one in vague), "whether {} was said by then"),
    )
    for found, sentence in sentences:
        if ids := sorted(set(found), key=natural):
            yield sentence.format(", ".join(gathered(ids)))
    if parts := _of_parts(c, matter):
        yield f"what {', '.join(parts)} says of parts of {matter}: here stands what is said of it as a whole"


def _unheard(c: Collaboration, step: DecisionStep, rows: Sequence[Rung]) -> Iterator[str]:
    """Of how many no answer is known, and why that does not say that they have given none."""
    silent = sum(row.answer is Reply.NOT_KNOWN for row in rows)
    if silent:
        to = f"known only to {c.known}" if c.known else "it is not told to which day this is known"
        why = "the source does not tell every answer" if _is_open(c, step) else to
        whom = f"what {silent} of the {len(rows)} asked by {step.id} have" if step.duty else f"what {step.id} has"
        yield f"{whom} answered: {why}"


def _unasked(parties: Parties, matter: str, step: DecisionStep) -> Iterator[str]:
    """Who else may be asked at a step, and whether those whose the matter is are."""
    duty = step.duty
    if duty is None and step.id == matter:
        owners = ", ".join(gathered(one.who for one in step.owed))
        yield f"whether {owners} are asked about {matter}: nothing is recorded"
    if duty and (groups := parties.open_groups(party.id for party in duty.by)):
        yield f"who else is asked by {duty.id}: not all of {', '.join(groups)} are told"
    if duty and (not duty.by or is_open(duty, "by")):
        yield f"who{' else' if duty.by else ''} is asked by {duty.id}"


def _of_parts(c: Collaboration, matter: str) -> list[str]:
    """The decisions about what lies inside a matter, and not about it."""
    parts = {*inside(c, matter)} - {matter}
    decided = ((decision, {id for item in decision.items for id in item.about}) for decision in c[Decision])
    return gathered(d.id for d, about in decided if matter not in about and not parts.isdisjoint(about))
