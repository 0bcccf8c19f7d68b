"""How far a plan has come (question 9): statuses counted, also of a set without saying which; silence told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from attrs import field, frozen

from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.source import ExternalRecord, is_open
from samverkan.model.work import Activity, Observation, Process
from samverkan.parties.answer import answer
from samverkan.parties.containment import inside
from samverkan.values.count import Count
from samverkan.values.names import gathered
from samverkan.values.share import Share
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording, both, listed
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["SILENT", "Progress", "Report", "by_then", "latest", "percent_of", "progress", "replaces"]

_TITLE = Wording("How far {plan} has come", "Hur långt {plan} har kommit")
_TITLE_BY = Wording(
    "How far {plan} has come, as reported by {day}", "Hur långt {plan} har kommit, rapporterat till {day}"
)
_EMPTY = Wording(
    "how far {plan} has come: no process or activity is recorded in it",
    "hur långt {plan} har kommit: ingen process eller aktivitet är registrerad i den",
)
_WHICH = Wording(
    "which of the {number} have which status ({report})", "vilka av de {number} som har vilken status ({report})"
)
_ELSEWHERE = Wording(
    "how far {things} has come: another document has it",
    "hur långt {things} har kommit: det finns i ett annat dokument",
)
_MORE = Wording(
    "what else there is to do in {things}: the source does not state all of it",
    "vad mer som ska göras i {things}: källan anger inte allt",
)
_FITS = Wording(
    "how {reports} fits the counts of the sets in which the same things are",
    "hur {reports} stämmer med antalen för de grupper där samma saker ingår",
)
_OVERLAP = Wording(
    "how {one} and {other}, which count some of the same things, fit together",
    "hur {one} och {other}, som räknar delvis samma saker, stämmer överens",
)
_DONE_SINCE = Wording(
    "how {thing}, done {day}, fits the counts of the sets in which the same things are",
    "hur {thing}, klar {day}, stämmer med antalen för de grupper där samma saker ingår",
)
_WHICH_DAY = Wording("for which day it holds ({reports})", "för vilken dag det gäller ({reports})")
_NO_DAY = Wording(
    "for which day it holds ({reports}): no day is recorded",
    "för vilken dag det gäller ({reports}): ingen dag är angiven",
)

_STEPS = (Process, Activity)
_COUNTED = Wording("{number} {things}", "{number} {things}")
_ONE = {Process: both("process", "process"), Activity: both("activity", "aktivitet")}
_SEVERAL = {Process: both("processes", "processer"), Activity: both("activities", "aktiviteter")}
_THING, _THINGS = both("thing", "sak"), both("things", "saker")
_DONE, _PERHAPS = both("done", "klar"), both("done or not, cannot be told", "klar eller inte går inte att säga")
_NO_STATUS = both("reported, without a status", "rapporterad utan status")
_ALL, _NOT_STATED = both("all", "alla"), both("not said", "inte angivet")
_HALF = Fraction(1, 2)
SILENT = both("not reported", "ej rapporterad")


@frozen(kw_only=True)
class Progress:
    """How many of a set have a status (läge)."""

    of: Phrase = field(converter=Phrase)
    """Of what: `25 processes`, `3 activities`, or the one thing itself (av)."""
    scale: str
    """Which scale the status belongs to (skala)."""
    status: Phrase = field(converter=Phrase)
    """The status, or *not reported*, *not measurable* (status)."""
    number: Count
    """How many (antal)."""
    total: int | None
    """Of how many; None if what was counted is not recorded (av)."""
    share: Share | None
    """The part of the total, exactly; None if the count is soft (andel)."""
    percent: int | None
    """The same in whole per cent, rounded half up; 100 only if it is all, 0 only if it is nothing (procent)."""
    which: Phrase = field(converter=Phrase)
    """Which ones, or that it is not stated (vilka)."""
    as_of: When | None
    """The day for which it holds, if all reports give the same (per)."""
    by: str
    """Who reports it (rapporterat av)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen
class Report:
    """The status of a thing: by an observation, by its own day of being done, or by nobody."""

    scale: str
    status: Phrase
    day: When | None
    by: str
    record: str


def progress(collaboration: Collaboration, plan: str, *, on: WhenLike | None = None) -> Table[Progress]:
    """How far a plan and the processes and activities inside it have come, as reported up to a day (läget).

    A count over a set stays a count: that 15 of 25 are completed does not say which. An activity with a day on which it
    was done is *done*, unless something was certainly reported later. What nobody has reported is *not reported*, which
    is not the same as not started. Of several reports on one thing, or of several counts of one set, the latest counts;
    where it cannot be told which is the latest, each of them does. What was done after the count in which it is leaves
    the count as it stands, and is said to do so.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Plan, Tally
    >>> steps = [Process(id=f"p.process-{n}", plan="p") for n in (1, 2)]
    >>> seen = Observation(of=("p.process-1", "p.process-2"), tallies=(Tally(status="completed", number=1),))
    >>> c = Collaboration([Plan(id="p", title="Plan"), *steps, seen])
    >>> [(row.status, str(row.number), row.total, row.percent, row.which) for row in progress(c, "p")]
    [('completed', '1', 2, 50, 'not said'), ('not reported', '1', 2, 50, 'not said')]
    """
    check_collaboration(collaboration)
    moment = maybe_when(on)
    every = inside(collaboration, plan)
    steps = {id: None for id in every if isinstance(collaboration[id], _STEPS)}
    reports = [one for one in collaboration[Observation] if not one.gap]
    seen = [one for one in reports if by_then(one.as_of, moment) is not Truth.NO]
    tallied = [one for one in seen if one.tallies and not steps.keys().isdisjoint(one.of)]
    counted = [one for one in tallied if not any(replaces(other, one, moment) for other in tallied)]
    covered = {id for one in counted for id in one.of}
    single = [one for one in seen if not one.tallies and not steps.keys().isdisjoint(one.of)]
    as_such: dict[str, list[Observation]] = {}
    for one in seen:
        as_such.setdefault(one.of[0], []).append(one)
    rows = [
        *(row for id in every if id not in steps for row in _as_such(id, as_such.get(id, []), moment)),
        *(row for one in counted for row in _tallied(collaboration, one)),
        *_singly(collaboration, [id for id in steps if id not in covered], single, moment),
    ]
    because = dict.fromkeys(id for row in rows for id in row.because)
    unknown = (
        *([] if rows else [_EMPTY(plan=plan)]),
        *_elsewhere(collaboration, every),
        *(_WHICH(number=len(one.of), report=one.id) for one in counted if not _names_each(one)),
        *_twice(single, counted, covered.intersection(steps)),
        *_done_since(collaboration, counted, moment),
        *_undated(collaboration, because, moment),
    )
    title = _TITLE_BY(plan=plan, day=moment) if moment else _TITLE(plan=plan)
    return answer(collaboration, Progress, rows, title, on=moment, unknown=unknown)


def by_then(day: When | None, on: When | None) -> Truth:
    """Whether something was there on the day asked about; yes if either day is not recorded."""
    return day.by(on) if day and on else Truth.YES


def is_later(one: When | None, other: When | None, on: When | None) -> bool:
    """Whether one report is later than another, and certainly there on the day that was asked about."""
    return bool(one and other and by_then(one, on) is Truth.YES and other.before(one) is Truth.YES)


def replaces(one: Observation, other: Observation, on: When | None) -> bool:
    """Whether one count is a later one of the same things, or of more, by the same scale."""
    return one.scale == other.scale and set(other.of) <= set(one.of) and is_later(one.as_of, other.as_of, on)


def _names_each(observation: Observation) -> bool:
    return any(tally.number.exact == len(observation.of) for tally in observation.tallies)


def _elsewhere(c: Collaboration, things: Sequence[str]) -> Iterator[Phrase]:
    away = [id for id in things if isinstance(c[id], ExternalRecord)]
    if away:
        yield _ELSEWHERE(things=(*away,))
    more = [id for id in things if is_open(c[id], "processes", "activities")]
    if more:
        yield _MORE(things=(*more,))


def _twice(single: list[Observation], counted: list[Observation], covered: set[str]) -> Iterator[Phrase]:
    """What is reported in two ways that may overlap: the counts stay, without saying which."""
    if twice := [one.id for one in single if not covered.isdisjoint(one.of)]:
        yield _FITS(reports=(*twice,))
    for one, other in combinations(counted, 2):
        if not set(one.of).isdisjoint(other.of):
            yield _OVERLAP(one=one.id, other=other.id)


def _done_since(c: Collaboration, counted: list[Observation], on: When | None) -> Iterator[Phrase]:
    """Steps that may have been done after a count in which they are: the count stays."""
    since: dict[str, When] = {}
    for one in counted:
        for thing in (c[id] for id in one.of if isinstance(c[id], Activity)):
            done = thing.timing.done
            if done and by_then(done, on) is not Truth.NO and not is_later(one.as_of, done, on):
                since[thing.id] = done
    for id, day in since.items():
        yield _DONE_SINCE(thing=id, day=day)


def _undated(c: Collaboration, because: Sequence[str] | dict[str, None], on: When | None) -> Iterator[Phrase]:
    seen = [c[id] for id in because if isinstance(c[id], Observation)]
    days = [(one.id, one.as_of) for one in seen if one.as_of]
    vague = [id for id, day in days if day.is_unknown or by_then(day, on) is Truth.CANNOT_TELL]
    if vague:
        yield _WHICH_DAY(reports=(*vague,))
    undated = sorted((one.id for one in seen if not one.as_of), key=natural) if on else []
    if undated:
        yield _NO_DAY(reports=(*undated,))


def _as_such(thing: str, seen: list[Observation], on: When | None) -> Iterator[Progress]:
    """What is reported of a plan or a goal as such; what was counted in it is unknown."""
    about = [one for one in seen if one.of == (thing,) and (one.status or one.tallies or one.missing)]
    for one in (one for one in about if not any(is_later(other.as_of, one.as_of, on) for other in about)):
        if not one.tallies:
            yield _row(thing, _reported(one), Count(1, 1), 1, thing, (one.id,))
        for tally in one.tallies:
            report = Report(one.scale, Phrase(tally.status), one.as_of, one.by or "", one.id)
            yield _row(thing, report, tally.number, None, _NOT_STATED, (one.id,))


def _tallied(c: Collaboration, observation: Observation) -> Iterator[Progress]:
    things = list(dict.fromkeys(observation.of))
    tallies = [(Phrase(tally.status), tally.number) for tally in observation.tallies]
    exact = [number.exact for _, number in tallies]
    left = len(things) - sum(n for n in exact if n is not None)
    if left > 0 and None not in exact:
        tallies.append((SILENT, Count(left, left)))
    for status, number in tallies:
        which = _ALL if number.exact == len(things) else _NOT_STATED
        report = Report(observation.scale, status, observation.as_of, observation.by or "", observation.id)
        yield _row(_names(c, things), report, number, len(things), which, (observation.id,))


def _singly(c: Collaboration, things: list[str], seen: list[Observation], on: When | None) -> Iterator[Progress]:
    """Things that are reported one by one, counted by status."""
    by_thing: dict[str, list[Observation]] = {}
    for observation in seen:
        for thing in observation.of:
            by_thing.setdefault(thing, []).append(observation)
    by_status: dict[tuple[str, str], dict[str, list[Report]]] = {}
    for thing in things:
        for report in latest(c[thing], by_thing.get(thing, []), on):
            by_status.setdefault((report.scale, report.status), {}).setdefault(thing, []).append(report)
    for _, reported in sorted(by_status.items(), key=lambda item: item[0]):
        reports = [report for several in reported.values() for report in several]
        because = tuple(dict.fromkeys(report.record for report in reports))
        number, which = Count(len(reported), len(reported)), Phrase.joined(gathered(reported))
        yield _row(_names(c, things), _shared(reports), number, len(things), which, because)


def latest(thing: Any, seen: list[Observation], on: When | None) -> Iterator[Report]:
    """The reports on one thing of which none is certainly replaced by a later one."""
    done = thing.timing.done if isinstance(thing, Activity) else None
    finished = by_then(done, on) if done else Truth.NO
    after = [one for one in seen if finished is not Truth.YES or is_later(one.as_of, done, on)]
    for one in (one for one in after if not any(is_later(other.as_of, one.as_of, on) for other in after)):
        yield _reported(one)
    if finished is Truth.YES and not after:
        yield Report("", _DONE, done, "", thing.id)
    if finished is Truth.CANNOT_TELL:
        yield Report("", _PERHAPS, done, "", thing.id)
    if finished is Truth.NO and not after:
        yield Report("", SILENT, None, "", thing.id)


def _reported(observation: Observation) -> Report:
    missing = observation.missing
    status = Phrase(observation.status) or (Phrase(missing) if missing else _NO_STATUS)
    return Report(observation.scale, status, observation.as_of, observation.by or "", observation.id)


def _shared(reports: Sequence[Report]) -> Report:
    """What reports of one status share: their day and who reports, if that is the same in all."""
    first = reports[0]
    day = first.day if all(report.day == first.day for report in reports) else None
    return Report(first.scale, first.status, day, first.by if len({r.by for r in reports}) == 1 else "", first.record)


def _row(of: str, report: Report, number: Count, total: int | None, which: str, because: tuple[str, ...]) -> Progress:
    exact = number.exact
    part = Share(Fraction(exact, total)) if total and exact is not None and exact <= total else None
    return Progress(
        of=of,
        scale=report.scale,
        status=report.status,
        number=number,
        total=total,
        share=part,
        percent=percent_of(part.fraction) if part else None,
        which=which,
        as_of=report.day,
        by=report.by,
        because=because,
    )


def percent_of(part: Fraction) -> int:
    """A part in whole per cent, rounded half up; 100 only if it is all, 0 only if it is nothing.

    >>> percent_of(Fraction(199, 200))
    99
    """
    rounded = int(part * 100 + _HALF)
    return rounded if part in (0, 1) else min(max(rounded, 1), 99)


def _names(c: Collaboration, things: list[str]) -> Phrase:
    kinds = sorted({type(c[id]) for id in things}, key=lambda kind: kind.__name__)
    words, other = (_ONE, _THING) if len(things) == 1 else (_SEVERAL, _THINGS)
    return _COUNTED(number=len(things), things=listed(words.get(kind, other) for kind in kinds))
