"""What is due when, from whom to whom (question 2), of the obligations that are recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from samverkan.analysis.answers import Answer, Demand, answers, demands
from samverkan.analysis.inside import above
from samverkan.analysis.parties import Parties, check_party
from samverkan.model.agreement import Obligation, Submission
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.funding import Grant, Window
from samverkan.model.notes import beyond, notes
from samverkan.model.party import Party
from samverkan.model.reference import whose
from samverkan.model.source import is_open, kind_name
from samverkan.values.day import Day
from samverkan.values.span import Span, span
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.timing import InTime, Timing, is_over, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, when

__all__ = ["Due", "Standing", "due"]


class Standing(Term):
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


@frozen(kw_only=True)
class Due:
    """One obligation and how it stands (skyldighet)."""

    obligation: str
    """Which (skyldighet)."""
    title: str
    """What is owed (vad)."""
    by: tuple[Party, ...]
    """Who owes it (av)."""
    to: tuple[Party, ...]
    """To whom (till)."""
    last_day: When | None
    """The last day in time, moved where a statute moves it (sista dag)."""
    as_written: str
    """The day as the source says it (som det står)."""
    statutory: bool | None
    """Whether a statute sets it; None where that is not settled (lagstadgad)."""
    counts: InTime | None
    """Whether sending is enough (avsänt, tillhanda)."""
    days_left: Span | None
    """Calendar days from the day that was asked about to the last one; None where there is none (dagar kvar)."""
    state: Standing
    """How it stands (läge)."""
    answers: tuple[str, ...]
    """What was handed in, done or decided by then that answers it, or may, or in part (svar)."""
    lacking: tuple[str, ...]
    """From whom no answer is recorded (saknas från)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def due(collaboration: Collaboration, party: str = "", *, on: WhenLike) -> Table[Due]:
    """What is due when, from whom to whom, and how it stands on a day (vad ska in när).

    With a *party*, what it, a part of it or a group that it is in owes or is owed; what may concern it without being
    told so is said. Of a vague due day the last one counts. Statutory days are moved to a weekday, others are not.
    It is answered by a submission with all its parts, by a step that fulfils it, or, where it is to decide or to
    answer, by a decision of one who owes it. What each of a group owes is answered when all of them have; of a *party*
    in it, it alone counts. That no answer is recorded makes an obligation *overdue* only where the collaboration's day
    of knowledge reaches beyond the last day and to the day asked about; else we do not know which.
    Steps with a last day of their own are no rows; that there are such is said.
    Raises `NotFoundError` for a party that is not there, `InvalidValueError` for what is no party.

    >>> report = Obligation(id="r", title="Rapport", timing=Timing(due="2024", statutory=False))
    >>> [str(due(Collaboration([report]), on=day)[0].state) for day in ("2024-06-01", "2025-02-01")]
    ['open', 'overdue or reported, not known']
    """
    check_collaboration(collaboration)
    moment = when(on)
    if party:
        check_party(collaboration, party)
    parties = Parties(collaboration)
    found = answers(parties)
    chosen = [o for o in collaboration[Obligation] if not party or _concerns(parties, o, party)]
    rows = sorted((_row(parties, o, found.get(o.id, ()), party, moment) for o in chosen), key=_by_day)
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Table(
        Due,
        tuple(rows),
        f"What is due{f' from or to {party}' if party else ''}, as of {moment}",
        (*_untold(parties, rows, found, party), *_steps(parties, party, moment), *beyond(collaboration, moment)),
        tuple(sorted((*_vague(collaboration, rows), *notes(collaboration, because)))),
    )


def _concerns(parties: Parties, obligation: Obligation, party: str) -> bool:
    return any(_touches(parties, one.id, party) for one in (*obligation.by, *obligation.to))


def _touches(parties: Parties, one: str, party: str) -> bool:
    """Whether a party is another, in it or holds it, or one of them is a part of one of the others."""
    c = parties.collaboration
    asked = {party, *c.members(party)}
    return one in asked or any(not asked.isdisjoint(above(c, member)) for member in c.members(one))


def _row(parties: Parties, obligation: Obligation, found: Sequence[Answer], party: str, on: When) -> Due:
    timing = obligation.timing
    owed = _asked(parties, demands(parties, obligation), party)
    by_then = [answer for answer in found if answer.counts(on) is not Truth.NO]
    told = tuple(dict.fromkeys(a.record for a in by_then if any(one.answered_by(a) is not Truth.NO for one in owed)))
    others = () if party and owed[0].told else tuple(dict.fromkeys(a.record for a in by_then if a.record not in told))
    each = [(one, _met(obligation, one, found, on)) for one in owed]
    met = Truth.all(truth for _, truth in each)
    return Due(
        obligation=obligation.id,
        title=obligation.title,
        by=obligation.by,
        to=obligation.to,
        last_day=timing.last_day,
        as_written=(timing.due.said or str(timing.due)) if timing.due else "",
        statutory=timing.statutory,
        counts=timing.counts,
        days_left=span(on, timing.last_day) if timing.last_day else None,
        state=_standing(parties.collaboration.known, timing, met, _in_time(obligation, owed, found), on),
        answers=(*told, *others),
        lacking=tuple(dict.fromkeys(one.who for one, truth in each if truth is Truth.NO and one.who)),
        because=tuple(dict.fromkeys((obligation.id, *told, *others, *_groups(parties, obligation)))),
    )


def _groups(parties: Parties, obligation: Obligation) -> Iterable[str]:
    """The groups that owe or are owed, and those within them."""
    every = (id for one in (*obligation.by, *obligation.to) for id in parties.inside(one.id))
    return (id for id in every if kind_name(parties.collaboration[id]) == "Group")


def _asked(parties: Parties, owed: Sequence[Demand], party: str) -> Sequence[Demand]:
    """The demands on the party that is asked about; all of them where it is the one to whom they are owed."""
    if not party:
        return owed
    return [one for one in owed if one.who == party or any(_touches(parties, id, party) for id in one.ids)] or owed


def _met(obligation: Obligation, one: Demand, found: Sequence[Answer], on: When, *, at_best: bool = False) -> Truth:
    """Whether a demand is met on a day; where the source does not tell every submission, one may be missing."""
    met = one.met(found, obligation.parts or ("",), on, at_best=at_best) | obligation.timing.is_done(on)
    return met | (Truth.CANNOT_TELL if is_open(obligation, "submissions") else Truth.NO)


def _in_time(obligation: Obligation, owed: Sequence[Demand], found: Sequence[Answer]) -> Truth:
    last = obligation.timing.last_day
    return Truth.all(_met(obligation, one, found, last, at_best=True) for one in owed) if last else Truth.CANNOT_TELL


def _standing(known: Day | None, timing: Timing, met: Truth, in_time: Truth, on: When) -> Standing:
    last = timing.last_day
    if met is Truth.YES:
        late = last is not None and last.before(on) is Truth.YES and in_time is Truth.NO
        return Standing.LATE if late else Standing.ANSWERED
    if met is Truth.CANNOT_TELL:
        return Standing.UNDECIDED
    if last is None:
        return Standing.UNDATED
    passed = last.before(on)
    if passed is not Truth.YES:
        return Standing.OPEN if passed is Truth.NO else Standing.UNDECIDED
    sure = known and last.latest and on.latest and last.latest < known >= on.latest
    return Standing.OVERDUE if sure else Standing.NOT_KNOWN


_Found = Mapping[str, Sequence[Answer]]


def _untold(parties: Parties, rows: Sequence[Due], found: _Found, party: str) -> tuple[str, ...]:
    """What the rows do not tell, a sentence each."""
    c = parties.collaboration
    unsettled = [row.obligation for row in rows if row.last_day and not row.last_day.exact]
    shown = {row.obligation for row in rows}
    hidden = [o.id for o in c[Obligation] if o.id not in shown and _may_concern(parties, o, party)]
    windows = [grant.id for grant in c[Grant] if any(isinstance(w, Window) for w in _acts(grant))]
    doubtful = [row for row in rows if row.state is Standing.UNDECIDED]
    silent = [row.obligation for row in doubtful if not row.counts and _sent(c, row)]
    early = [row.obligation for row in doubtful if _early(row, found)]
    said = (
        (unsettled, "the exact last day of {}"),
        (silent, "whether it was enough to send what {} asks for: `counts` is not told"),
        (early, "whether what came before {} could begin answers it"),
        (hidden, f"whether {{}} concern {party}: not all of those who owe or are owed are told"),
        (windows, "what is due by the windows of {}: here stands what is recorded as an obligation"),
    )
    return tuple(sentence.format(", ".join(ids)) for ids, sentence in said if ids)


def _steps(parties: Parties, party: str, on: When) -> Iterator[str]:
    """That steps have last days of their own, and for all that we know are not done; a party is told of its own."""
    found: list[str] = []
    for record in parties.collaboration:
        timing = None if isinstance(record, Obligation) else timing_of(record)
        open_ = timing is not None and timing.due is not None and is_over(record, on) is not Truth.YES
        if open_ and (not party or any(_touches(parties, id, party) for id in whose(record))):
            found.append(record.id)
    if found:
        ids = sorted(found, key=natural)
        more = f" and {len(ids) - _FEW} more" if len(ids) > _FEW else ""
        said = f"{', '.join(ids[:_FEW])}{more}"
        yield f"what is due by the last days of {said}: here stands what is recorded as an obligation"


_FEW = 3


def _early(row: Due, found: _Found) -> bool:
    return any(answer.early and answer.record in row.answers for answer in found.get(row.obligation, ()))


def _sent(c: Collaboration, row: Due) -> bool:
    return any(isinstance(found := c[id], Submission) and (found.sent or found.arrived) for id in row.answers)


def _may_concern(parties: Parties, obligation: Obligation, party: str) -> bool:
    untold = parties.untold(one.id for one in (*obligation.by, *obligation.to))
    unsaid = not obligation.by or is_open(obligation, "by") or is_open(obligation, "to")
    return unsaid or any(parties.may_hold(group, party) for group in untold)


def _acts(grant: Grant) -> tuple[object, ...]:
    """The windows in which a recipient must act; money is paid and used over a time, not by an act on a last day."""
    return grant.requisition, grant.report, grant.repayment


def _vague(c: Collaboration, rows: Iterable[Due]) -> tuple[str, ...]:
    """The due days that are no single days, of which the last one is taken."""
    timings = [(row.obligation, c[Obligation, row.obligation].timing) for row in rows]
    return tuple(
        f"{id}.due is {timing.due.said or timing.due}, of which the last day counts"
        for id, timing in timings
        if timing.due and not timing.due.exact and timing.due.latest
    )


def _by_day(row: Due) -> tuple[str, str]:
    latest = row.last_day.latest if row.last_day else None
    return (latest.isoformat() if latest else "9999"), row.obligation
