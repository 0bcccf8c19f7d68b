"""Timetables side by side: what was planned when, in each of them, and the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.parties.answer import about, answer
from samverkan.parties.containment import inside
from samverkan.values.ranges import DayRange, day_range
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording, both
from samverkan.values.timing import Timing, timing_of
from samverkan.values.when import When

__all__ = ["TimetableRow", "timetables"]

_PLANNED, _OUTCOME = both("planned", "planerat"), both("outcome", "utfall")
_TITLE = Wording("Timetables and outcome of {thing}", "Tidplaner och utfall för {thing}")
_NO_OUTCOME = Wording(
    "how much earlier or later {things} came about: no outcome is recorded",
    "hur mycket tidigare eller senare {things} blev av: inget utfall är registrerat",
)
_NO_DAY = Wording(
    "how much earlier or later {things} came about: the day is unknown",
    "hur mycket tidigare eller senare {things} blev av: dagen är okänd",
)
_EITHER_WAY = Wording(
    "whether {things} is earlier or later than in the first timetable: the days are vague",
    "om {things} är tidigare eller senare än i den första tidplanen: dagarna är ungefärliga",
)
_IN_TIMETABLE = Wording("{thing} ({timetable})", "{thing} ({timetable})")


@frozen(kw_only=True)
class TimetableRow:
    """One step in one timetable, or as it came out (tidplan, utfall)."""

    thing: str
    """Which step (steg)."""
    title: str
    """What it is called (namn)."""
    timetable: Phrase
    """An earlier timetable by its label, *planned* as now recorded, or the *outcome* (tidplan)."""
    day: When | None
    """The day by which it was to be done there, or was done; None where no outcome is recorded (dag)."""
    later: DayRange | None
    """Days later than in the first timetable of the step, negative if earlier; None if there is none (senare)."""
    moved: DayRange | None
    """The same against the timetable before (flyttat)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def timetables(collaboration: Collaboration, thing: str = "") -> Table[TimetableRow]:
    """Earlier timetables, the present plan and the outcome, side by side for each step (tidplaner mot utfall).

    It covers all steps, decisions and obligations that have a day in a timetable or are planned for one, in one *thing*
    with all inside it, or everywhere. Earlier timetables come in the order in which they are recorded, then the plan
    and last the outcome. For vague days the difference is a range; if it has no bounds, or nothing is recorded, how
    much later it came is unknown.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Activity
    >>> from samverkan.values.timing import Baseline
    >>> days = Timing(baselines=Baseline(label="June 2021", day="2022-02"), done="2022-03-02")
    >>> step = Activity(id="beslut", title="Beslut", timing=days)
    >>> [(row.timetable, str(row.later)) for row in timetables(Collaboration([step]))]
    [('June 2021', 'None'), ('outcome', '2..29')]
    """
    check_collaboration(collaboration)
    chosen = inside(collaboration, thing) if thing else sorted((one.id for one in collaboration), key=natural)
    rows = [row for id in chosen for row in _rows(collaboration[id])]
    title = _TITLE(thing=about(collaboration, thing))
    return answer(collaboration, TimetableRow, rows, title, unknown=_unknown(rows))


def _rows(record: Any) -> Iterator[TimetableRow]:
    timing = timing_of(record)
    days = _days(timing) if timing else []
    first = days[0][1] if days else None
    for number, (label, day) in enumerate(days):
        before = days[number - 1][1] if number else None
        yield TimetableRow(
            thing=record.id,
            title=getattr(record, "title", ""),
            timetable=label,
            day=day,
            later=_between(first, day) if number else None,
            moved=_between(before, day) if number else None,
            because=(record.id,),
        )


def _days(timing: Timing) -> list[tuple[Phrase, When | None]]:
    """The days of a step in its timetables and its outcome; none if it is in none of them."""
    days: list[tuple[Phrase, When | None]] = [(Phrase(one.label), one.day) for one in timing.baselines]
    if timing.planned:
        days.append((_PLANNED, timing.planned))
    return [*days, (_OUTCOME, timing.done)] if days else []


def _between(first: When | None, last: When | None) -> DayRange | None:
    return day_range(first, last) if first and last else None


def _unknown(rows: Sequence[TimetableRow]) -> Iterator[Phrase]:
    """What the rows cannot give, a sentence each."""
    outcomes = [row for row in rows if row.timetable == _OUTCOME]
    silent = [row.thing for row in outcomes if row.day is None]
    undated = [row.thing for row in outcomes if row.day and row.later and row.later.low is row.later.high is None]
    vague = [row for row in rows if row.later and row.later.exact is None and row.thing not in undated]
    sides = [_IN_TIMETABLE(thing=row.thing, timetable=row.timetable) for row in vague if _either_way(row.later)]
    for things, wording in ((silent, _NO_OUTCOME), (undated, _NO_DAY), (sides, _EITHER_WAY)):
        if things:
            yield wording(things=Phrase.joined(dict.fromkeys(things)))


def _either_way(later: DayRange | None) -> bool:
    low, high = (later.low, later.high) if later else (0, 0)
    return (low is None or low < 0) and (high is None or high > 0)
