"""How far a plan has come (question 9): statuses counted, also of a set without saying which; silence told apart."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from samverkan.analysis.inside import inside
from samverkan.model.collaboration import Collaboration
from samverkan.model.work import Activity, Observation, Process
from samverkan.network.notes import notes
from samverkan.values.count import Count
from samverkan.values.series import gathered
from samverkan.values.share import Share
from samverkan.values.table import Table
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Progress", "progress"]

_STEPS = (Process, Activity)
_PLURALS = {Process: "processes", Activity: "activities"}
_HALF = Fraction(1, 2)


@frozen(kw_only=True)
class Progress:
    """How many of a set have a status (läge)."""

    of: str
    """Of what: `25 processes`, `3 activities` (av)."""
    scale: str
    """Which scale the status belongs to (skala)."""
    status: str
    """The status, or *not reported*, *not measurable* (status)."""
    number: Count
    """How many (antal)."""
    total: int
    """Of how many (av)."""
    share: Share | None
    """The part of the whole, exactly; None where the count is soft (andel)."""
    percent: str
    """The same in whole per cent, rounded half up (procent)."""
    which: str
    """Which ones, or that it is not said (vilka)."""
    as_of: When | None
    """The day for which it holds (per)."""
    by: str
    """Who reports it (rapporterat av)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def progress(collaboration: Collaboration, plan: str, *, on: WhenLike | None = None) -> Table[Progress]:
    """How far the processes and activities inside a plan have come, as reported up to a day (hur långt har det kommit).

    A count over a set stays a count: that 15 of 25 are completed does not say which. An activity with a day on which it
    was done is *done*. What nobody has reported is *not reported*, which is not the same as not started. Of several
    reports on one thing, or of several counts of one set, the latest counts; where it cannot be told which is the
    latest, each of them does.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Plan, Tally
    >>> steps = [Process(id=f"p.process-{n}", plan="p") for n in (1, 2)]
    >>> seen = Observation(of=("p.process-1", "p.process-2"), tallies=(Tally(status="completed", number=1),))
    >>> c = Collaboration([Plan(id="p", title="Plan"), *steps, seen])
    >>> [(row.status, str(row.number), row.total, row.percent, row.which) for row in progress(c, "p")]
    [('completed', '1', 2, '50 %', 'not said'), ('not reported', '1', 2, '50 %', 'not said')]
    """
    moment = maybe_when(on)
    things = {id: None for id in inside(collaboration, plan) if isinstance(collaboration[id], _STEPS)}
    seen = [
        observation
        for observation in collaboration[Observation]
        if not things.keys().isdisjoint(observation.of) and _by_then(observation, moment) is not Truth.NO
    ]
    tallied = [observation for observation in seen if observation.tallies]
    counted = [one for one in tallied if not any(_replaces(other, one, moment) for other in tallied)]
    rows = [row for observation in counted for row in _tallied(collaboration, observation)]
    covered = {id for observation in counted for id in observation.of}
    rest = [id for id in things if id not in covered]
    single = [observation for observation in seen if not observation.tallies]
    rows += _single(collaboration, rest, single, moment)
    because = dict.fromkeys(id for row in rows for id in row.because)
    title = f"How far {plan} has come" + (f", as reported by {moment}" if moment else "")
    empty = () if rows else (f"how far {plan} has come: no process or activity is recorded in it",)
    unknown = (*empty, *_which(counted), *_twice(single, covered & things.keys()), *_when(seen, moment))
    return Table(Progress, tuple(rows), title, unknown, notes(collaboration, because))


def _by_then(observation: Observation, on: When | None) -> Truth:
    return observation.as_of.by(on) if observation.as_of and on else Truth.YES


def _which(counted: list[Observation]) -> tuple[str, ...]:
    return tuple(f"which of the {len(o.of)} have which status ({o.id})" for o in counted)


def _twice(single: list[Observation], covered: set[str]) -> tuple[str, ...]:
    """What is reported one by one and counted in a set as well: the count stands, and does not say which."""
    found = [o.id for o in single if not o.tallies and not covered.isdisjoint(o.of)]
    return (f"how {', '.join(found)} fits the counts of the sets in which the same things are",) if found else ()


def _when(seen: list[Observation], on: When | None) -> tuple[str, ...]:
    vague = [o.id for o in seen if o.as_of is not None and (o.as_of.is_unknown or _by_then(o, on) is Truth.CANNOT_TELL)]
    return (f"for which day it holds ({', '.join(vague)})",) if vague else ()


def _tallied(c: Collaboration, observation: Observation) -> Iterator[Progress]:
    things = list(dict.fromkeys(observation.of))
    total = len(things)
    said = [(tally.status, tally.number) for tally in observation.tallies]
    exact = [number.exact for _, number in said]
    left = total - sum(n for n in exact if n is not None)
    if left > 0 and None not in exact:
        said.append(("not reported", Count(left, left)))
    for status, number in said:
        which = "all" if number.exact == total else "not said"
        yield _row(c, things, observation.scale, status, number, which, observation, (observation.id,))


def _status(report: Observation | None, thing: Any, on: When | None) -> str:
    """What is said of one thing: its reported status, that it is done by its own timing, or why nothing is."""
    if report:
        return str(report.status or report.missing or "reported, without a status")
    done = thing.timing.done if isinstance(thing, Activity) else None
    if done is None or (on and done.by(on) is Truth.NO):
        return "not reported"
    return "done" if on is None or done.by(on) is Truth.YES else "done, on a day that cannot be told"


def _single(
    collaboration: Collaboration, things: list[str], seen: list[Observation], on: When | None
) -> Iterator[Progress]:
    """Things that are reported one by one, counted by status."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    because: dict[tuple[str, str], dict[str, None]] = {}
    by_thing: dict[str, list[Observation]] = {}
    for observation in seen:
        for thing in dict.fromkeys(observation.of):
            by_thing.setdefault(thing, []).append(observation)
    for thing in things:
        own = by_thing.get(thing, [])
        latest = [o for o in own if not any(_later(other, o, on) for other in own)]
        reports: list[Observation | None] = [*latest] or [None]
        for report in reports:
            status = _status(report, collaboration[thing], on)
            key = (report.scale if report else "", status)
            found.setdefault(key, {})[thing] = None
            because.setdefault(key, {})[report.id if report else thing] = None
    for (scale, status), ids in sorted(found.items(), key=lambda item: item[0]):
        number = Count(len(ids), len(ids))
        yield _row(
            collaboration, things, scale, status, number, ", ".join(gathered(ids)), None, tuple(because[scale, status])
        )


def _later(one: Observation, other: Observation, on: When | None) -> bool:
    """Whether one report is later than another, both certainly there on the day that was asked about."""
    if one.as_of is None or other.as_of is None or _by_then(one, on) is not Truth.YES:
        return False
    return other.as_of.before(one.as_of) is Truth.YES


def _replaces(one: Observation, other: Observation, on: When | None) -> bool:
    """Whether one count is a later one of the same things, or of more, by the same scale."""
    return one.scale == other.scale and set(other.of) <= set(one.of) and _later(one, other, on)


def _row(
    c: Collaboration,
    things: list[str],
    scale: str,
    status: str,
    number: Count,
    which: str,
    observation: Observation | None,
    because: tuple[str, ...],
) -> Progress:
    total = len(things)
    part = None if number.exact is None or number.exact > total else Share(Fraction(number.exact, total))
    return Progress(
        of=f"{total} {_names(c, things)}",
        scale=scale,
        status=status,
        number=number,
        total=total,
        share=part,
        percent=f"{int(part.fraction * 100 + _HALF)} %" if part else "",
        which=which,
        as_of=observation.as_of if observation else None,
        by=(observation.by or "") if observation else "",
        because=because,
    )


def _names(c: Collaboration, things: list[str]) -> str:
    kinds = sorted({type(c[id]) for id in things}, key=lambda kind: kind.__name__)
    return " and ".join(_PLURALS.get(kind, "things") for kind in kinds)
