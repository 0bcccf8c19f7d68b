"""Timetables side by side: what was planned when, in each of them, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.parties.answer import assumptions
from samverkan.parties.containment import inside
from samverkan.values.ranges import DayRange, day_range
from samverkan.values.table import Table
from samverkan.values.timing import Timing, timing_of
from samverkan.values.when import When

__all__ = ["TimetableRow", "timetables"]

_PLANNED, _OUTCOME = "planned", "outcome"


@frozen(kw_only=True)
class TimetableRow:
    """One step in one timetable, or as it came out (tidplan, utfall)."""

    thing: str
    """Which step (steg)."""
    title: str
    """What it is called (namn)."""
    timetable: str
    """An earlier timetable by its label, *planned* as it stands now, or the *outcome* (tidplan)."""
    day: When | None
    """The day by which it was to be done there, or was done; None where no outcome is recorded (dag)."""
    later: DayRange | None
    """Days later than in the first timetable of the step, negative where earlier; None where there is none (senare)."""
    moved: DayRange | None
    """The same against the timetable before (flyttat)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def timetables(collaboration: Collaboration, thing: str = "") -> Table[TimetableRow]:
    """Earlier timetables, the present plan and the outcome, side by side for each step (tidplaner mot utfall).

    It tells of every step, decision or obligation that has a day in a timetable or is planned for one, in one *thing*
    with all inside it, or everywhere. Earlier timetables stand in the order in which they are recorded, then the plan
    and last the outcome. Of days that are only roughly known the difference is a range; where it has no bounds,
    or nothing is recorded, how much later it came cannot be told.
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
    rows = tuple(row for id in chosen for row in _rows(collaboration[id]))
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Table(
        TimetableRow,
        rows,
        f"Timetables and outcome of {thing or collaboration.id or 'the collaboration'}",
        tuple(_untold(rows)),
        assumptions(collaboration, because),
    )


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


def _days(timing: Timing) -> list[tuple[str, When | None]]:
    """The days of a step in its timetables and its outcome; nothing where it is in none of them."""
    days: list[tuple[str, When | None]] = [(one.label, one.day) for one in timing.baselines]
    if timing.planned:
        days.append((_PLANNED, timing.planned))
    return [*days, (_OUTCOME, timing.done)] if days else []


def _between(first: When | None, last: When | None) -> DayRange | None:
    return day_range(first, last) if first and last else None


def _untold(rows: Sequence[TimetableRow]) -> Iterator[str]:
    """What the rows do not tell, a sentence each."""
    outcomes = [row for row in rows if row.timetable == _OUTCOME]
    silent = [row.thing for row in outcomes if row.day is None]
    unsaid = [row.thing for row in outcomes if row.day and row.later and row.later.low is row.later.high is None]
    rough = [row for row in rows if row.later and row.later.exact is None and row.thing not in unsaid]
    sides = [f"{row.thing} ({row.timetable})" for row in rough if _either_way(row.later)]
    sentences = (
        (silent, "how much earlier or later {} came about cannot be told: no outcome is recorded"),
        (unsaid, "how much earlier or later {} came about cannot be told: the day is not known"),
        (sides, "whether {} is earlier or later than in the first timetable: the days are only roughly known"),
    )
    for found, sentence in sentences:
        if found:
            yield sentence.format(", ".join(dict.fromkeys(found)))


def _either_way(later: DayRange | None) -> bool:
    low, high = (later.low, later.high) if later else (0, 0)
    return (low is None or low < 0) and (high is None or high > 0)
