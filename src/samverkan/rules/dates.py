"""Rules on time: what cannot be in that order, what is planned for a day off, what lies outside its period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from samverkan.model.agreement import Agreement, Decision, Submission
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.funding import Grant, Requisition, Window, opened
from samverkan.model.party import Actor
from samverkan.model.reference import OccursOn, marked, named
from samverkan.model.relations import Mandate, Participation
from samverkan.model.work import Activity, ActivityKind, Dependency, DependencyKind, Observation, Plan, Process
from samverkan.parties.responses import responses
from samverkan.rules.definitions import Hit, Rule, Skip, rule
from samverkan.rules.subjects import NOT_KNOWN, day_off
from samverkan.rules.wording import days
from samverkan.values.day import Day, day
from samverkan.values.period import Period
from samverkan.values.text import both
from samverkan.values.timing import Timing, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When, surely_before, when

__all__ = ["DATES"]

_WORDS = {
    "done": both("done", "klar"),
    "planned": both("planned for", "planerad till"),
    "due": both("due", "tidsatt till"),
}

_CAME = {"sent": both("sent", "avsänd"), "arrived": both("arrived", "inkommen")}

_FINISHES = (DependencyKind.FINISH_START, DependencyKind.FINISH_FINISH)


def _compared(before: Timing, after: Timing) -> tuple[str, str]:
    """The days by which two steps are compared, like with like: both done, or when the later is to be done."""
    if after.done:
        return "done", "done"
    first = "done" if before.done else "planned" if before.planned else "due"
    return first, "planned" if after.planned else "due"


@rule(
    "warning",
    kinds=(Dependency,),
    ground="a step that must wait cannot be finished before what it waits for; case: a decision planned before the "
    "proposal it is to decide on",
    sentence="{record} is {word} {actual}, and {other}, which it must wait for, is {how} {day}; for the two to agree "
    "it would be {expected} at the soonest, at least {short} later",
    sentence_sv="{record} är {word} {actual}, och {other}, som måste inväntas, är {how} {day}; för att de två ska gå "
    "ihop blir det tidigast {expected}, minst {short} senare",
    remedy="move one of the two, or change the dependency",
    remedy_sv="flytta ett av stegen, eller ändra beroendet",
)
def before_its_predecessor(c: Collaboration) -> Iterator[Hit | Skip]:
    """A step that is planned, due or done certainly before another that it must wait for (föregångare)."""
    starts = [link.id for link in c[Dependency] if link.kind.blocks and link.kind not in _FINISHES]
    if starts:
        yield Skip(
            both(
                f"when steps start is not recorded, so these are not compared: {', '.join(starts)}",
                f"när steg börjar är inte antecknat, så dessa jämförs inte: {', '.join(starts)}",
            )
        )
    for link in c[Dependency]:
        timings = [timing_of(c[id]) for id in (link.predecessor, link.successor)]
        if link.kind in _FINISHES and timings[0] and timings[1]:
            how, word = _compared(timings[0], timings[1])
            first, second = getattr(timings[0], how), getattr(timings[1], word)
            lag = max(link.lag, 0) if link.working_days else link.lag
            if first and second and first.earliest and second.latest:
                short = first.earliest.toordinal() + lag - second.latest.toordinal()
                if short > 0:
                    said = {"word": _WORDS[word], "how": _WORDS[how]}
                    yield Hit(
                        link.successor,
                        word,
                        expected=_clamped(first.earliest.toordinal() + lag),
                        actual=second,
                        difference=short,
                        because=(link.predecessor, link.id),
                        values={**said, "other": link.predecessor, "day": first, "short": days(short)},
                    )


@rule(
    "note",
    kinds=(Dependency,),
    ground="what must wait is done after what it waits for, so either a day is missing or nothing had to wait; case: "
    "a decision on a proposal of which nobody tells that it was handed in",
    sentence="{record} is done ({actual}), and {other}, which it must wait for, is not told to be",
    sentence_sv="{record} är klar ({actual}), men det sägs inte att {other}, som måste inväntas, är det",
    remedy="record the day the other was done, or change the dependency",
    remedy_sv="anteckna dagen då det andra blev klart, eller ändra beroendet",
)
def done_without_its_predecessor(c: Collaboration) -> Iterator[Hit]:
    """A step that is done, where nothing is told of another that it must wait for (föregångare)."""
    seen = {id for observation in c[Observation] for id in observation.of}
    links = [link for link in c[Dependency] if link.kind in _FINISHES and link.lag >= 0]
    answered = responses(c) if links else {}
    for link in links:
        first, second = (timing_of(c[id]) for id in (link.predecessor, link.successor))
        if first is None or first.done or link.predecessor in seen or link.predecessor in answered:
            continue
        if second and second.done:
            because = (link.predecessor, link.id)
            yield Hit(link.successor, "done", actual=second.done, because=because, values={"other": link.predecessor})


def _clamped(ordinal: int) -> Day:
    return day(date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal())))


@rule(
    "warning",
    ground="a window opens on its first day: what is sent before a requisition opens is not taken",
    sentence="{record} is {word} {actual}, before it may begin ({expected})",
    sentence_sv="{record} är {word} {actual}, innan den får börja ({expected})",
    remedy="correct one of the two days",
    remedy_sv="rätta en av de två dagarna",
)
def before_it_may_begin(c: Collaboration) -> Iterator[Hit]:
    """A step that is done, planned or due, or a requisition sent, certainly before the first day it may begin."""
    for record in records(c):
        timing = timing_of(record)
        for name, word in _WORDS.items() if timing and timing.not_before else ():
            moment = getattr(timing, name)
            if timing and surely_before(moment, timing.not_before):
                yield Hit(record.id, name, expected=timing.not_before, actual=moment, values={"word": word})
    for drawn in c[Requisition]:
        grant = opened(drawn, c.get)
        opens = grant.requisition.opens if grant and isinstance(grant.requisition, Window) else None
        for name, word in _CAME.items() if grant and opens else ():
            moment = getattr(drawn, name)
            if grant and surely_before(moment, opens):
                yield Hit(drawn.id, name, expected=opens, actual=moment, because=(grant.id,), values={"word": word})


def _plans(c: Collaboration) -> Iterator[tuple[Any, str, Day]]:
    """The single days that are planned with."""
    for record in records(c):
        timing = timing_of(record)
        for name in ("planned", "due") if timing else ():
            moment = getattr(timing, name)
            chosen = moment and (moment.plan_as or (moment.exact if name == "planned" else None))
            if chosen:
                yield record, name, chosen
    for actor in c[Actor]:
        yield from ((actor, "meets", meeting.exact) for meeting in actor.meets if meeting.exact)


_WORKING_DAY = both("a working day", "en arbetsdag")


@rule(
    "note",
    ground="boards and offices meet on weekdays: 15 October 2016, the middle of “mid-October”, is a Saturday",
    sentence="{record} is planned for {day}, which is {actual}",
    sentence_sv="{record} är planerad till {day}, som är {actual}",
    remedy="plan with a working day",
    remedy_sv="planera med en arbetsdag",
)
def planned_on_a_day_off(c: Collaboration) -> Iterator[Hit]:
    """A step or a meeting that is planned for a Saturday, a Sunday or a holiday (planerad dag)."""
    for record, field, chosen in _plans(c):
        if off := day_off(chosen):
            yield Hit(record.id, field, expected=_WORKING_DAY, actual=off, values={"day": chosen})


_DOING = (ActivityKind.MEASURE, ActivityKind.PROJECT)
"""Steps and meetings may well come before a plan's period, where it is made, or after it, where it is reported."""

_PLACED: dict[type, tuple[str, ...]] = {
    Activity: ("plan",),
    Grant: ("agreement", "part_of"),
    Mandate: ("holder",),
    Participation: ("who",),
    Process: ("plan",),
}
"""What has a time of its own and stands in something that has one too."""


def _spans(record: Any) -> Iterator[tuple[str, Period | When]]:
    if type(record) is Activity:
        moments = (("planned", record.timing.planned), ("due", record.timing.due), ("done", record.timing.done))
        yield from ((name, moment) for name, moment in moments if moment and record.kind in _DOING)
    elif record.period:
        yield "period", record.period


def _outside(span: Period | When, period: Period) -> bool:
    shared = span.overlaps(period) if isinstance(span, Period) else period.contains(span)
    return shared is Truth.NO


@rule(
    "warning",
    kinds=tuple(_PLACED),
    ground="a measure is done in its plan's time, a grant is given in its agreement's, and the mandate of a post "
    "needs the post",
    sentence="{record} ({actual}) has no day in common with {other}, to which it belongs ({expected})",
    sentence_sv="{record} ({actual}) har ingen dag gemensam med {other}, som den hör till ({expected})",
    remedy="correct one of the two times",
    remedy_sv="rätta en av de två tiderna",
)
def outside_its_period(c: Collaboration) -> Iterator[Hit]:
    """A measure, process, grant or mandate that certainly lies outside the period of what it belongs to."""
    for record in records(c, *_PLACED):
        for id in (id for name in _PLACED[type(record)] for id in named(record, name)):
            period = getattr(c[id], "period", None)
            for field, span in _spans(record):
                if isinstance(period, Period) and _outside(span, period):
                    yield Hit(record.id, field, expected=period, actual=span, because=(id,), values={"other": id})


def _since(record: Any) -> When | None:
    """The day from which something holds."""
    if isinstance(record, Decision):
        return record.timing.done
    period = getattr(record, "exists" if isinstance(record, Actor) else "period", None)
    return getattr(record, "agreed", None) or (period and period.start)


@rule(
    "error",
    kinds=(Decision, Agreement, Plan, Actor),
    ground="only what came later can take something's place: the payment decision of April 2024 replaced that of "
    "15 February",
    sentence="{record} ({actual}) is said to replace {other}, which is later ({expected})",
    sentence_sv="{record} ({actual}) sägs ersätta {other}, som är senare ({expected})",
    remedy="turn it round, or correct one of the days",
    remedy_sv="vänd på det, eller rätta en av dagarna",
)
def replaces_what_is_later(c: Collaboration) -> Iterator[Hit]:
    """A decision, agreement, plan or actor that takes the place of a later one (ersätter)."""
    for record in records(c, Decision, Agreement, Plan, Actor):
        for id in record.replaces:
            new, old = _since(record), _since(c[id])
            if surely_before(new, old):
                yield Hit(record.id, "replaces", expected=old, actual=new, because=(id,), values={"other": id})


@rule(
    "error",
    kinds=(Submission, Requisition),
    ground="what has arrived was sent that day or earlier; a mistyped day makes what is in time late, or the reverse",
    sentence="{record} arrived {actual}, before it was sent ({expected})",
    sentence_sv="{record} kom in {actual}, innan den sändes ({expected})",
    remedy="correct one of the two days",
    remedy_sv="rätta en av de två dagarna",
)
def arrived_before_it_was_sent(c: Collaboration) -> Iterator[Hit]:
    """A submission or requisition that certainly arrived on a day before it was sent (inkommen, avsänd)."""
    for record in records(c, Submission, Requisition):
        if surely_before(record.arrived, record.sent):
            yield Hit(record.id, "arrived", expected=record.sent, actual=record.arrived)


@rule(
    "warning",
    ground="the day of knowledge says how far a document knows; what it tells from beyond that day it cannot know",
    sentence="{record} tells of {actual}, and the document is known to {expected} only",
    sentence_sv="{record} berättar om {actual}, men dokumentet är känt bara till och med {expected}",
    remedy="move the day of knowledge (known), or write what is only planned as planned",
    remedy_sv="flytta fram kunskapsläget (known), eller skriv det som bara är planerat som planned",
)
def beyond_what_is_known(c: Collaboration) -> Iterator[Hit | Skip]:
    """Something that has certainly happened after the day to which the document is known (kunskapsläge)."""
    if c.known is None:
        yield NOT_KNOWN
        return
    for record in records(c):
        moments = [getattr(record, name) for name in marked(record.__class__, OccursOn)]
        timing = timing_of(record)
        moments += [timing] if timing and timing not in moments else []
        days = [moment.done if isinstance(moment, Timing) else moment for moment in moments]
        late = next((day for day in days if surely_before(when(c.known), day)), None)
        if late:
            yield Hit(record.id, expected=c.known, actual=late)


DATES: tuple[Rule, ...] = (
    before_its_predecessor,
    done_without_its_predecessor,
    before_it_may_begin,
    planned_on_a_day_off,
    outside_its_period,
    replaces_what_is_later,
    arrived_before_it_was_sent,
    beyond_what_is_known,
)
