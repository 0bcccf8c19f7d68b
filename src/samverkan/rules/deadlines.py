"""Rules on last days: what falls on a day off, what has passed without an answer, what came too late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samverkan.model.agreement import Agreement, Obligation, Submission
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.funding import ACTS, Grant, Requisition, Window, opened
from samverkan.model.source import is_open
from samverkan.model.work import Activity, Observation
from samverkan.questions.deadlines.due import Due, ObligationState, due
from samverkan.rules.definitions import Hit, Rule, Skip, rule
from samverkan.rules.subjects import NOT_KNOWN, day_off
from samverkan.rules.wording import days
from samverkan.values.day import Day, days_between
from samverkan.values.period import Period
from samverkan.values.text import both, counted
from samverkan.values.timing import MetWhen, Timing, day_met, timing_of
from samverkan.values.when import surely_before

__all__ = ["DEADLINES"]


def _deadlines(c: Collaboration) -> Iterator[tuple[Any, str, Timing]]:
    """Everything that has a last day: steps, obligations, decisions, and the windows of grants."""
    for record in records(c):
        if (timing := timing_of(record)) and timing.due:
            yield record, "due", timing
    for grant in c[Grant]:
        windows = ((name, getattr(grant, name)) for name in ACTS)
        yield from ((grant, f"{name}.closes", window.closing) for name, window in windows if window)


@rule(
    "note",
    ground="lag (1930:173) om beräkning av lagstadgad tid, 2 §: a last day that is set in a statute moves from a day "
    "off to the next weekday; one that an agreement or a decision sets does not obviously do so",
    sentence="{record}: the last day, {actual}, is {off}, and whether a statute sets it is not said; "
    "if it is, the last day is {expected}",
    sentence_sv="{record}: sista dagen, {actual}, är {off}, och det sägs inte om tiden är lagstadgad; "
    "är den det blir sista dagen {expected}",
    remedy="write statutory: true or false; until then keep the earlier day",
    remedy_sv="skriv statutory: true eller false; håll den tidigare dagen till dess",
)
def due_on_a_day_off(c: Collaboration) -> Iterator[Hit]:
    """A last day on a weekend or holiday, where it is not settled whether a statute moves it (förfallodag)."""
    for record, field, timing in _deadlines(c):
        last = timing.deadline
        if last and last.earliest and last.latest and last.earliest != last.latest:
            off = {"off": day_off(last.earliest)}
            moved = days_between(last.earliest, last.latest)
            yield Hit(record.id, field, expected=last.latest, actual=last.earliest, difference=moved, values=off)


@rule(
    "warning",
    kinds=(Obligation, Grant),
    ground="money is kept by answering in time: since 2016 by reporting how it was used, and under SFS 2024:1253 what "
    "is not requisitioned in time may go to others",
    sentence="{what} was due {expected}, {late} before the day to which this is known, and no answer from {whom} is "
    "recorded",
    sentence_sv="{what} förföll {expected}, {late} före kunskapsläget, och inget svar finns antecknat från {whom}",
    remedy="record the submission, or the day it was done; of a grant the requisition, the report or the repayment",
    remedy_sv="anteckna inlämningen eller dagen då det gjordes; för ett statsbidrag rekvisitionen, redovisningen eller "
    "återbetalningen",
)
def overdue(c: Collaboration) -> Iterator[Hit | Skip]:
    """An obligation or grant window whose last day has certainly passed without any answer recorded (förfallen)."""
    if c.known is None:
        yield NOT_KNOWN
        return
    rows = due(c, on=c.known)
    late: dict[str, list[Due]] = {}
    for row in rows:
        if row.state is ObligationState.OVERDUE and row.deadline and row.deadline.latest:
            late.setdefault(_stands(row), []).append(row)
    for found in late.values():
        yield _late(found, c.known)
    if later := len({_stands(row) for row in rows if row.state is ObligationState.OPEN}):
        number = counted(later, ("obligation", "obligations"), ("skyldighet", "skyldigheter"))
        yield Skip(
            both(
                f"known only to {c.known}: {number} not due before that",
                f"känt bara till och med {c.known}: {number.sv} förfaller inte dessförinnan",
            )
        )
    if doubtful := [*dict.fromkeys(_stands(row) for row in rows if row.state is ObligationState.UNDECIDED)]:
        yield Skip(
            both(
                f"whether these are answered cannot be told: {', '.join(doubtful)}",
                f"om dessa är fullgjorda går inte att säga: {', '.join(doubtful)}",
            )
        )


def _stands(row: Due) -> str:
    """Where the last day of an obligation stands: in itself, or in the window of a grant."""
    return f"{row.ground}.{row.window}" if row.window else row.obligation


def _late(found: list[Due], known: Day) -> Hit:
    """That an obligation is late; of a window, all who have not answered together."""
    row = found[0]
    whom = tuple(dict.fromkeys(id for one in found for id in one.lacking))
    passed = days_between(row.deadline.latest, known) if row.deadline and row.deadline.latest else 0
    return Hit(
        row.ground if row.window else row.obligation,
        f"{row.window}.closes" if row.window else "due",
        expected=row.deadline,
        actual=whom,
        difference=passed,
        because=tuple(dict.fromkeys(id for one in found for id in one.because)) if row.window else (),
        values={"what": _stands(row), "late": days(passed), "whom": whom or both("anybody", "någon")},
    )


@rule(
    "warning",
    kinds=(Activity,),
    ground="a step that nobody tells of stops what waits on it: the plan for the county is owed by 31 October, and the "
    "proposal, in mid-October, goes through a decision and a round to fifty principals before it",
    sentence="{record} was to be done by {expected}, {late} before the day to which this is known, and is not told to "
    "be done",
    sentence_sv="{record} skulle vara klar {expected}, {late} före kunskapsläget, och det sägs inte att den är klar",
    remedy="record the day it was done, or how far it has come, or ask those who do it",
    remedy_sv="anteckna dagen då den blev klar, eller hur långt den har kommit, eller fråga dem som utför den",
)
def not_done_in_time(c: Collaboration) -> Iterator[Hit | Skip]:
    """An activity whose last day has certainly passed, and of which nothing is told since (inte klar i tid)."""
    if c.known is None:
        yield NOT_KNOWN
        return
    seen = {id for observation in c[Observation] for id in observation.of}
    met = (ObligationState.ANSWERED, ObligationState.LATE)
    answered = {row.obligation for row in due(c, on=c.known) if row.state in met}
    for step in c[Activity]:
        last = step.timing.deadline
        told = step.timing.done or step.id in seen or (step.fulfils and answered.issuperset(step.fulfils))
        if last and last.latest and not told and surely_before(last, c.known):
            late = days_between(last.latest, c.known)
            yield Hit(step.id, "due", expected=last, difference=late, values={"late": days(late)})


def _arrivals(c: Collaboration) -> Iterator[tuple[Any, Timing, str]]:
    """What was handed in, with the timing that it had to keep to and the id of what says so."""
    for submission in c[Submission]:
        duty = c[submission.obligation]
        if type(duty) is Obligation:
            yield submission, duty.timing, duty.id
    for requisition in c[Requisition]:
        grant = opened(requisition, c.get)
        if grant and isinstance(grant.requisition, Window):
            yield requisition, grant.requisition.closing, grant.id


@rule(
    "warning",
    kinds=(Submission, Requisition),
    ground="a document has come in on the day it reaches the authority (förvaltningslagen 2017:900, 22 §), and "
    "a right to money that is claimed too late may have lapsed",
    sentence="{record} came {actual}, at least {late} after the last day, {expected}",
    sentence_sv="{record} kom {actual}, minst {late} efter sista dagen, {expected}",
    remedy="check the days; if they are right, ask the receiver whether it was taken all the same",
    remedy_sv="kontrollera dagarna; stämmer de, fråga mottagaren om handlingen ändå godtogs",
)
def came_late(c: Collaboration) -> Iterator[Hit]:
    """A submission or requisition that certainly came after its last day (för sent inkommen)."""
    for record, timing, ground in _arrivals(c):
        last, day = timing.deadline, day_met(timing.met_when or MetWhen.SENT, record.sent, record.arrived)
        if last and last.latest and day and day.earliest and surely_before(last, day):
            late = days_between(last.latest, day.earliest)
            field = "arrived" if record.arrived and (timing.met_when is MetWhen.ARRIVED or not record.sent) else "sent"
            yield Hit(
                record.id,
                field,
                expected=last,
                actual=day,
                difference=late,
                because=(ground,),
                values={"late": days(late)},
            )


@rule(
    "warning",
    kinds=(Agreement, Grant),
    ground="when an agreement or a grant has run out nobody asks for what it demanded, until the final account does",
    sentence="{record} has no last day and no answer, and {ground}, which it follows from, ran out {expected}",
    sentence_sv="{record} saknar både sista dag och svar, och {ground}, som den följer av, löpte ut {expected}",
    remedy="record the answer, or by when it is still owed",
    remedy_sv="anteckna svaret, eller när det senast ska komma",
)
def open_after_the_end(c: Collaboration) -> Iterator[Hit | Skip]:
    """An obligation without last day that is still open when its agreement or grant has run out (löpt ut)."""
    if c.known is None:
        yield NOT_KNOWN
        return
    for row in due(c, on=c.known):
        if row.window:
            continue
        duty = c[Obligation, row.obligation]
        period = getattr(c[duty.ground], "period", None) if duty.ground else None
        undated = duty.timing.due is None or duty.timing.due.is_unknown
        silent = not row.answers and not duty.timing.done and not is_open(duty, "submissions")
        if undated and silent and isinstance(period, Period) and surely_before(period.end, c.known):
            why = (str(duty.ground),)
            yield Hit(duty.id, "due", expected=period.end, actual=row.lacking, because=why, values={"ground": why})


DEADLINES: tuple[Rule, ...] = (due_on_a_day_off, overdue, not_done_in_time, came_late, open_after_the_end)
