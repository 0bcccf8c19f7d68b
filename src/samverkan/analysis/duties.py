"""What is due when, from whom to whom (question 2), of the obligations that are recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import frozen

from samverkan.analysis.inside import above
from samverkan.model.agreement import Decision, Duty, Obligation, Submission
from samverkan.model.collaboration import Collaboration
from samverkan.model.integrity import kind_name
from samverkan.model.party import Group, Manner, Party
from samverkan.model.work import Activity
from samverkan.network.notes import notes
from samverkan.values.basis import Mark
from samverkan.values.day import Day
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.timing import Counts, Timing
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, when

__all__ = ["Due", "Standing", "due"]

_ONCE = ""
"""Marks a demand that is met once, by any of those who owe it; no record has it as an id."""
_SAYING = (Duty.DECIDE, Duty.ANSWER)


class Standing(Term):
    """How an obligation stands on a day (läge)."""

    ANSWERED = "answered", "fullgjord"
    """It is recorded as met, by everybody who owes it."""
    OPEN = "open", "öppen"
    """Its last day has not passed."""
    OVERDUE = "overdue", "försenad"
    """Its last day has passed, our knowledge goes beyond it, and it is not recorded as met."""
    NOT_KNOWN = "overdue or reported, not known", "försenad eller redovisad, det vet vi inte"
    """Its last day has passed, and our knowledge does not go that far."""
    UNDECIDED = "cannot be told", "går inte att säga"
    """The days are too vague to tell."""
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
    counts: Counts | None
    """Whether sending is enough (avsänt, tillhanda)."""
    days_left: str
    """Days from the day that was asked about to the last one; a range where it is vague (dagar kvar)."""
    state: Standing
    """How it stands (läge)."""
    answered_by: tuple[str, ...]
    """The submissions, steps and decisions by which it is met, or by which some have met it (besvarad genom)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def due(collaboration: Collaboration, party: str = "", *, on: WhenLike) -> Table[Due]:
    """What is due when, from whom to whom, and how it stands on a day (vad ska in när).

    With a *party*, what it owes or is owed, alone or in a group. Statutory days are moved to a weekday, others are not.
    It is answered by a submission, by a step that fulfils it, or, where it is to decide or to answer, by a decision of
    one who owes it. What each of a group owes is answered when all of them have; of a *party* in it, it alone counts.
    That no answer is recorded makes an obligation *overdue* only where the collaboration's day of knowledge reaches
    beyond the last day; else it is overdue or reported, and we do not know which.
    Raises `NotFoundError` for a party that is not there.

    >>> report = Obligation(id="r", title="Rapport", timing=Timing(due="2024", statutory=False))
    >>> [str(due(Collaboration([report]), on=day)[0].state) for day in ("2024-06-01", "2025-02-01")]
    ['open', 'overdue or reported, not known']
    """
    moment = when(on)
    if party:
        collaboration[party]
    chosen = [o for o in collaboration[Obligation] if not party or _concerns(collaboration, o, party)]
    answers = _answers(collaboration)
    rows = sorted((_row(collaboration, o, answers.get(o.id, ()), party, moment) for o in chosen), key=_by_day)
    because = dict.fromkeys(id for row in rows for id in row.because)
    unsettled = [row.obligation for row in rows if row.last_day and not row.last_day.exact]
    unknown = (f"the exact last day of {', '.join(unsettled)}",) if unsettled else ()
    title = f"What is due{f' from or to {party}' if party else ''}, as of {moment}"
    return Table(Due, tuple(rows), title, unknown, notes(collaboration, because))


def _concerns(c: Collaboration, obligation: Obligation, party: str) -> bool:
    members = set(c.members(party))
    return any(p.id == party or not members.isdisjoint(c.members(p.id)) for p in (*obligation.by, *obligation.to))


@frozen
class _Answer:
    """Something by which an obligation is met: the record, by whom, and when, as far as it is told."""

    record: str
    by: tuple[str, ...]
    day: When | None


def _answers(c: Collaboration) -> Mapping[str, Sequence[_Answer]]:
    found: dict[str, list[_Answer]] = {}
    for submission in c[Submission]:
        duty = c[submission.obligation]
        moment = _handed_in(submission, duty.timing.counts if isinstance(duty, Obligation) else None)
        answer = _Answer(submission.id, tuple(party.id for party in submission.by), moment)
        found.setdefault(submission.obligation, []).append(answer)
    for step in c[Activity]:
        done = step.timing.done
        for id in step.fulfils if done else ():
            duty = c[id]
            must_arrive = isinstance(duty, Obligation) and duty.timing.counts is Counts.ARRIVED
            day = When(done.earliest, None) if done and must_arrive else done
            once = [
                one for one in getattr(duty, "by", ()) if one.manner is not Manner.EACH
            ]  # it fulfils, whoever did it
            found.setdefault(id, []).append(_Answer(step.id, tuple(one.id for one in (*step.by, *once)), day))
    decided = [d for d in c[Decision] if isinstance(d.body, str) and any(item.outcome for item in d.items)]
    for duty in c[Obligation] if decided else ():
        asked, owing = {duty.id, *duty.delivers}, {id for party in duty.by for id in c.members(party.id)}
        for decision in decided if duty.duty in _SAYING else ():
            about = {id for item in decision.items if item.outcome for id in item.about}
            if not about.isdisjoint(asked) and not owing.isdisjoint(above(c, str(decision.body))):
                answer = _Answer(decision.id, (str(decision.body),), decision.timing.done)
                found.setdefault(duty.id, []).append(answer)
    return found


def _everybody(c: Collaboration, parties: Iterable[str]) -> set[str]:
    """Some parties, the single ones that they stand for, and the bodies that those are parts of."""
    every = tuple(parties)
    return {whole for party in every for member in c.members(party) for whole in above(c, member)} | set(every)


def _handed_in(submission: Submission, counts: Counts | None) -> When | None:
    """The day that counts; what has been sent arrives that day or later, on a day that is not told."""
    sent, arrived = submission.sent, submission.arrived
    if counts is Counts.SENT:
        return sent or (When(None, arrived.latest) if arrived else None)
    if counts is Counts.ARRIVED:
        return arrived or (When(sent.earliest, None) if sent else None)
    return arrived or sent


def _row(c: Collaboration, obligation: Obligation, answers: Sequence[_Answer], party: str, on: When) -> Due:
    timing = obligation.timing
    owing = _owing(c, obligation, party)
    came = [(answer, _everybody(c, answer.by)) for answer in answers if _day(answer, on) is not Truth.NO]
    if party and all(owing):
        came = [(answer, who) for answer, who in came if not owing or any(not one.isdisjoint(who) for one in owing)]
    answered_by = tuple(dict.fromkeys(answer.record for answer, _ in came))
    days = [(_day(answer, on), who) for answer, who in came]
    others = Truth.any(day for day, who in days if all(one.isdisjoint(who) for one in owing))
    met = Truth.all(_met(one, days, others) for one in owing) if owing else Truth.any(day for day, _ in days)
    return Due(
        obligation=obligation.id,
        title=obligation.title,
        by=obligation.by,
        to=obligation.to,
        last_day=timing.last_day,
        as_written=(timing.due.said or str(timing.due)) if timing.due else "",
        statutory=timing.statutory,
        counts=timing.counts,
        days_left=_days_left(timing.last_day, on),
        state=_standing(c, timing, timing.is_done(on) | met, on),
        answered_by=answered_by,
        because=(obligation.id, *answered_by),
    )


def _day(answer: _Answer, on: When) -> Truth:
    return Truth.CANNOT_TELL if answer.day is None else answer.day.by(on)


def _owing(c: Collaboration, obligation: Obligation, party: str) -> list[frozenset[str]]:
    """Those each of whom must answer: of the party that is asked about, where some of them are in it.

    A group that owes jointly answers once, through any of its own. An empty one stands for those who are not told.
    """
    every: list[frozenset[str]] = []
    for one in obligation.by:
        members = [id for id in c.members(one.id) if kind_name(c[id]) != Group.__name__]
        each_of = one.manner is Manner.EACH
        every += [frozenset([id]) for id in members] if each_of else [frozenset((one.id, *members, _ONCE))]
        every += [frozenset()] if each_of and _is_open(c[one.id], members) else []
    asked = set(c.members(party)) if party else set()
    return [one for one in every if not one.isdisjoint(asked)] or every


def _is_open(group: Any, members: list[str]) -> bool:
    """Whether a group may hold others than those who are told."""
    marks = {ground.mark for ground in getattr(group, "basis", ()) if ground.field in ("", "of")}
    return not members or bool(marks & {Mark.PARTIAL, Mark.UNKNOWN})


def _met(one: frozenset[str], days: Sequence[tuple[Truth, set[str]]], others: Truth) -> Truth:
    """Whether one demand is met; what others hand in for those who owe once may be for them, or not."""
    if not one:
        return Truth.CANNOT_TELL & Truth.any(day for day, _ in days)
    own = Truth.any(day for day, who in days if not one.isdisjoint(who))
    return own | (Truth.CANNOT_TELL & others) if _ONCE in one else own


def _standing(c: Collaboration, timing: Timing, met: Truth, on: When) -> Standing:
    if met is not Truth.NO:
        return Standing.ANSWERED if met is Truth.YES else Standing.UNDECIDED
    if timing.last_day is None:
        return Standing.UNDATED
    passed = timing.last_day.before(on)
    if passed is not Truth.YES:
        return Standing.OPEN if passed is Truth.NO else Standing.UNDECIDED
    return Standing.OVERDUE if _reaches(c.known, timing.last_day) else Standing.NOT_KNOWN


def _reaches(known: Day | None, last: When) -> bool:
    return known is not None and last.latest is not None and known > last.latest


def _days_left(last: When | None, on: When) -> str:
    if last is None:
        return ""
    pairs = ((last.earliest, on.latest), (last.latest, on.earliest))
    low, high = (str(a.toordinal() - b.toordinal()) if a and b else "?" for a, b in pairs)
    return low if low == high else f"{low}..{high}"


def _by_day(row: Due) -> tuple[str, str]:
    latest = row.last_day.latest if row.last_day else None
    return (latest.isoformat() if latest else "9999"), row.obligation
