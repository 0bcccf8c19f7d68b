"""What is due when, from whom to whom (question 2): what is recorded, and what follows from the windows of grants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from samverkan.model.agreement import Obligation, Submission
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.funding import Grant, Requisition
from samverkan.model.party import Party
from samverkan.model.reference import owners_of
from samverkan.model.source import is_complete, is_open, kind_name
from samverkan.parties.answer import answer, assumptions
from samverkan.parties.containment import above
from samverkan.parties.membership import Parties, check_party, parties_of
from samverkan.parties.responses import RequiredResponse, Response, is_fulfilled, required_responses, responses
from samverkan.questions.deadlines.fulfilment import WindowFulfilment
from samverkan.questions.deadlines.windows import WindowDuty, windows_of
from samverkan.values.day import Day
from samverkan.values.ranges import DayRange, day_range
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording, enumerated
from samverkan.values.timing import MetWhen, Timing, is_over, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, when

__all__ = ["Due", "ObligationState", "due"]

_TITLE = Wording("What is due, as of {day}", "Vad som ska göras, per {day}")
_TITLE_OF = Wording("What is due from or to {party}, as of {day}", "Vad som ska göras av eller till {party}, per {day}")
_EXACT = Wording("the exact deadline of {obligations}", "den exakta sista dagen för {obligations}")
_SENT = Wording(
    "whether it was enough to send what {obligations} asks for: `met_when` is not recorded",
    "om det räckte att avsända det som {obligations} kräver: `met_when` är inte angivet",
)
_EARLY = Wording(
    "whether what came before {obligations} could begin answers it",
    "om det som kom innan {obligations} kunde börja besvarar det",
)
_MAY_CONCERN = Wording(
    "whether {obligations} concern {party}: not all of those who owe or are owed are recorded",
    "om {obligations} gäller {party}: alla som är skyldiga eller har rätt till det är inte angivna",
)
_TWIN = Wording("whether {obligation} is what {window} asks for", "om {obligation} är det som {window} kräver")
_STEPS = Wording(
    "what is due by the deadlines of {steps}: the rows are what is recorded as an obligation",
    "vad som ska vara klart enligt sista dagarna för {steps}: raderna är det som är registrerat som skyldighet",
)
_LATEST_COUNTS = Wording(
    "{place} is {day}, of which the latest possible day counts", "{place} är {day}, där den sista möjliga dagen räknas"
)


class ObligationState(Term):
    """How an obligation stands on a day (läge)."""

    ANSWERED = "answered", "fullgjord"
    """It is recorded as met, by everybody who owes it."""
    LATE = "answered late", "fullgjord för sent"
    """It is recorded as met, certainly after its last day."""
    OPEN = "open", "öppen"
    """Its last day has not passed."""
    OVERDUE = "overdue", "försenad"
    """Its last day has passed, our knowledge goes beyond it, and it is not recorded as met."""
    NOT_KNOWN = "overdue or reported, not known", "försenad eller redovisad, det vet vi inte"
    """Its last day has passed, and our knowledge does not go that far, or not to the day that was asked about."""
    UNDECIDED = "cannot be told", "går inte att säga"
    """The documents do not let us tell: the days are too vague, or it is not told who owes or has answered."""
    UNDATED = "no day set", "ingen dag satt"
    """No last day is recorded."""
    NOT_OWED = "nothing owed", "inget att fullgöra"
    """The window of a grant asks for it, and there is nothing to pay back, or nothing left to ask for."""


@frozen(kw_only=True)
class Due:
    """One obligation and how it stands (skyldighet)."""

    obligation: str
    """Which (skyldighet); what follows from a window is named by the grant, the window and the recipient."""
    title: Phrase
    """What is owed (vad)."""
    by: tuple[Party, ...]
    """Who owes it (av)."""
    to: tuple[Party, ...]
    """To whom (till)."""
    nobody: tuple[str, ...] = ()
    """Which of `by` and `to` is known to be nobody, where it is empty; else it is not told (ingen)."""
    ground: str
    """What it follows from: an agreement, a grant, a decision (grund)."""
    window: Phrase = field(factory=Phrase)
    """The window of that grant: requisition, report or repayment; empty for what is recorded itself (tidsfönster)."""
    deadline: When | None
    """The last day in time, moved where a statute moves it (sista dag)."""
    as_written: str
    """The day as the source says it (som det står)."""
    moved: bool | None
    """Whether it was moved off a day off; None where that is not settled, or no last day is told (flyttad)."""
    statutory: bool | None
    """Whether a statute sets it; None where that is not settled (lagstadgad)."""
    met_when: MetWhen | None
    """Whether sending is enough (avsänt, tillhanda)."""
    days_left: DayRange | None
    """Calendar days from the day that was asked about to the last one; None where there is none (dagar kvar)."""
    state: ObligationState
    """How it stands (läge)."""
    answers: tuple[str, ...]
    """What was handed in, done or decided by then that answers it, or may, or in part (svar)."""
    lacking: tuple[str, ...]
    """From whom no answer is recorded (saknas från)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def due(collaboration: Collaboration, party: str = "", *, on: WhenLike) -> Table[Due]:
    """What is due when, from whom to whom, and how it stands on a day (vad ska in när).

    Every obligation that is recorded, and every one that follows from a grant's windows for requisition, report and
    repayment: one for each recipient, `gnv-2024/requisition/ale`. With a *party*, what it, a part of it or a group that
    it is in owes or is owed; what may concern it without being told so is said. Of a vague due day the last one counts.
    Statutory days are moved to a weekday, others are not.
    An obligation is answered by a submission with all its parts, by a step that fulfils it, or, if it is to decide or
    to answer, by a decision of those who owe it; a window by requisitions of the entire amount, a report, or a
    repayment of all that must be paid back. What each of a group owes is answered when all of them have; for a *party*
    in it, only its own answer counts. Without a recorded answer, an obligation is *overdue* only if the collaboration
    is known beyond the deadline and to the day asked about; else it is unknown which.
    Steps with deadlines of their own are no rows; `unknown` says that there are such.
    Raises `NotFoundError` for a party that is not there, `InvalidValueError` for what is no party.

    >>> report = Obligation(id="r", title="Rapport", timing=Timing(due="2024", statutory=False))
    >>> [str(due(Collaboration([report]), on=day)[0].state) for day in ("2024-06-01", "2025-02-01")]
    ['open', 'overdue or reported, not known']
    """
    check_collaboration(collaboration)
    moment = when(on)
    if party:
        check_party(collaboration, party)
    book = _book(parties_of(collaboration), moment)
    chosen = [o for o in book.owed if not party or _concerns(book.parties, o, party)]
    rows = sorted((_row(book, o, party) for o in chosen), key=_by_day)
    title = _TITLE_OF(party=party, day=moment) if party else _TITLE(day=moment)
    unknown = (*_unknown(book, rows, party), *_steps(book.parties, party, moment))
    assumed = sorted((*_vague(book, rows), *assumptions(collaboration, (id for row in rows for id in row.because))))
    return answer(collaboration, Due, rows, title, on=moment, unknown=unknown, assumed=assumed)


@frozen(eq=False)
class _Book:
    """All that is owed, with what answers it by a day."""

    parties: Parties
    on: When
    owed: tuple[Obligation, ...]
    duties: Mapping[str, WindowDuty]
    given: Mapping[str, Sequence[Response]]
    fulfilled: WindowFulfilment

    def answers(self, id: str) -> Sequence[Response]:
        """What answers an obligation, or may."""
        duty = self.duties.get(id)
        return self.fulfilled.found(duty) if duty else self.given.get(id, ())

    def is_owed(self, id: str) -> Truth:
        """Whether anything is owed by it."""
        duty = self.duties.get(id)
        return self.fulfilled.owed(duty) if duty else Truth.YES

    def name(self, id: str) -> str:
        """Where its days are recorded: in itself, or in the window of a grant."""
        duty = self.duties.get(id)
        return duty.place if duty else id


def _book(parties: Parties, on: When) -> _Book:
    windows, given = windows_of(parties.collaboration), responses(parties.collaboration)
    return _Book(
        parties=parties,
        on=on,
        owed=(*parties.collaboration[Obligation], *(duty.obligation for duty in windows.duties)),
        duties={duty.obligation.id: duty for duty in windows.duties},
        given=given,
        fulfilled=WindowFulfilment(windows, on, given),
    )


def _concerns(parties: Parties, obligation: Obligation, party: str) -> bool:
    return any(_touches(parties, one.id, party) for one in (*obligation.by, *obligation.to))


def _touches(parties: Parties, one: str, party: str) -> bool:
    """Whether a party is another, is in it or contains it, or one of them is a part of one of the others."""
    c = parties.collaboration
    asked = {party, *c.members(party)}
    return one in asked or any(not asked.isdisjoint(above(c, member)) for member in c.members(one))


def _row(book: _Book, obligation: Obligation, party: str) -> Due:
    parties, on, timing = book.parties, book.on, obligation.timing
    duty, given = book.duties.get(obligation.id), book.answers(obligation.id)
    asked = _asked(parties, required_responses(parties, obligation), party)
    by_then = [response for response in given if response.counts(on) is not Truth.NO]
    theirs = tuple(dict.fromkeys(r.record for r in by_then if any(one.answered_by(r) is not Truth.NO for one in asked)))
    others = (
        ()
        if party and asked[0].is_recorded
        else tuple(dict.fromkeys(r.record for r in by_then if r.record not in theirs))
    )
    each = [(one, is_fulfilled(obligation, one, given, on)) for one in asked]
    answered, owed = Truth.all(truth for _, truth in each), book.is_owed(obligation.id)
    state = _state(parties.collaboration.known, timing, answered, _in_time(obligation, asked, given), owed, on)
    rests = (str(obligation.ground), duty.grant, *duty.allocations) if duty else (obligation.id,)
    return Due(
        obligation=obligation.id,
        title=duty.title(parties.collaboration[Grant, duty.grant].title) if duty else Phrase(obligation.title),
        by=obligation.by,
        to=obligation.to,
        nobody=tuple(name for name in ("by", "to") if not getattr(obligation, name) and is_complete(obligation, name)),
        ground=obligation.ground or "",
        window=duty.name if duty else Phrase(),
        deadline=timing.deadline,
        as_written=(timing.due.as_written or str(timing.due)) if timing.due else "",
        moved=_moved(timing),
        statutory=timing.statutory,
        met_when=timing.met_when,
        days_left=day_range(on, timing.deadline) if timing.deadline else None,
        state=state,
        answers=(*theirs, *others),
        lacking=_lacking(each) if owed is Truth.YES else (),
        because=tuple(dict.fromkeys((*rests, *theirs, *others, *_groups(parties, obligation)))),
    )


def _lacking(each: Iterable[tuple[RequiredResponse, Truth]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.who for one, truth in each if truth is Truth.NO and one.who))


def _moved(timing: Timing) -> bool | None:
    """Whether a statute has moved the deadline; None if that is not settled, or there is none."""
    written = timing.due.latest if timing.due else None
    last = timing.deadline
    return None if written is None or last is None or last.exact is None else last.exact != written


def _groups(parties: Parties, obligation: Obligation) -> Iterable[str]:
    """The groups that owe or are owed, and those within them."""
    ids = (id for one in (*obligation.by, *obligation.to) for id in parties.inside(one.id))
    return (id for id in ids if kind_name(parties.collaboration[id]) == "Group")


def _asked(parties: Parties, owed: Sequence[RequiredResponse], party: str) -> Sequence[RequiredResponse]:
    """The responses required of the party asked about; all of them if it is the one to whom they are owed."""
    if not party:
        return owed
    return [one for one in owed if one.who == party or any(_touches(parties, id, party) for id in one.ids)] or owed


def _in_time(obligation: Obligation, owed: Sequence[RequiredResponse], given: Sequence[Response]) -> Truth:
    last = obligation.timing.deadline
    return (
        Truth.all(is_fulfilled(obligation, one, given, last, at_best=True) for one in owed)
        if last
        else Truth.CANNOT_TELL
    )


def _state(
    known: Day | None, timing: Timing, answered: Truth, in_time: Truth, owed: Truth, on: When
) -> ObligationState:
    last = timing.deadline
    if answered is Truth.YES:
        late = last is not None and last.before(on) is Truth.YES and in_time is Truth.NO
        return ObligationState.LATE if late else ObligationState.ANSWERED
    if owed is Truth.NO:
        return ObligationState.NOT_OWED
    if answered is Truth.CANNOT_TELL or last is None:
        return ObligationState.UNDATED if answered is Truth.NO else ObligationState.UNDECIDED
    passed = last.before(on)
    if passed is Truth.NO:
        return ObligationState.OPEN
    if Truth.CANNOT_TELL in (passed, owed):
        return ObligationState.UNDECIDED
    reaches = known and on.latest and on.latest <= known
    return ObligationState.OVERDUE if reaches else ObligationState.NOT_KNOWN


def _unknown(book: _Book, rows: Sequence[Due], party: str) -> Iterator[Phrase]:
    """What the rows cannot give, a sentence each."""
    parties, shown = book.parties, {row.obligation for row in rows}
    doubtful = [row for row in rows if row.state is ObligationState.UNDECIDED]
    sentences = (
        ([row for row in rows if row.deadline and not row.deadline.exact], _EXACT),
        ([row for row in doubtful if not row.met_when and _sent(parties.collaboration, row)], _SENT),
        ([row for row in doubtful if _early(book, row)], _EARLY),
    )
    for chosen, wording in sentences:
        if chosen:
            yield wording(obligations=_names(book, (row.obligation for row in chosen)))
    hidden = [o.id for o in book.owed if o.id not in shown and _may_concern(parties, o, party)]
    if hidden:
        yield _MAY_CONCERN(obligations=_names(book, hidden), party=party)
    for row in rows:
        yield from _twins(book, row.obligation)
    yield from book.fulfilled.windows.unknown


def _names(book: _Book, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(book.name(id) for id in ids))


def _twins(book: _Book, id: str) -> Iterator[Phrase]:
    """That what a window asks for may be a recorded obligation, a sentence each."""
    duty = book.duties.get(id)
    for twin in book.fulfilled.windows.twins(duty) if duty else ():
        yield _TWIN(obligation=twin.id, window=book.name(id))


def _steps(parties: Parties, party: str, on: When) -> Iterator[Phrase]:
    """That steps have deadlines and may not be done; for a party, steps of its own."""
    steps: list[str] = []
    for record in parties.collaboration:
        timing = None if isinstance(record, Obligation) else timing_of(record)
        open_ = timing is not None and timing.due is not None and is_over(record, on) is not Truth.YES
        if open_ and (not party or any(_touches(parties, id, party) for id in owners_of(record))):
            steps.append(record.id)
    if steps:
        steps.sort(key=natural)
        yield _STEPS(steps=enumerated(steps, at_most=3))


def _early(book: _Book, row: Due) -> bool:
    return any(answer.early and answer.record in row.answers for answer in book.answers(row.obligation))


def _sent(c: Collaboration, row: Due) -> bool:
    sent = (record for id in row.answers if isinstance(record := c[id], Submission | Requisition))
    return any(record.sent or record.arrived for record in sent)


def _may_concern(parties: Parties, obligation: Obligation, party: str) -> bool:
    groups = parties.open_groups(one.id for one in (*obligation.by, *obligation.to))
    unowed = not obligation.by and not is_complete(obligation, "by")
    is_partial = unowed or is_open(obligation, "by") or is_open(obligation, "to")
    return is_partial or any(parties.may_hold(group, party) for group in groups)


def _vague(book: _Book, rows: Iterable[Due]) -> Iterator[Phrase]:
    """The due days that are no single days, of which the latest possible counts."""
    shown = {row.obligation for row in rows}
    vague = ((one, one.timing.due) for one in book.owed if one.id in shown)
    for one, due in vague:
        if due and not due.exact and due.latest:
            place = duty.place if (duty := book.duties.get(one.id)) else f"{one.id}.due"
            yield _LATEST_COUNTS(place=Phrase(place), day=Phrase(due.as_written) if due.as_written else due)


def _by_day(row: Due) -> tuple[str, str]:
    latest = row.deadline.latest if row.deadline else None
    return (latest.isoformat() if latest else "9999"), row.obligation
