"""`Scheduled`: a step of a schedule, when it can be and when it must be."""

from __future__ import annotations

from attrs import frozen

from samverkan.values.ranges import DayRange
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Scheduled"]


@frozen(kw_only=True)
class Scheduled:
    """One step: when it can be and when it must be (planerat steg).

    >>> row = Scheduled(
    ...     id="beslut",
    ...     title="",
    ...     earliest_start=when("2016-10-15"),
    ...     earliest_finish=when("2016-10-15"),
    ...     latest_finish=when("2016-10-31"),
    ...     deadline=None,
    ...     total_float=DayRange(16, 16),
    ...     free_float=None,
    ...     late=Truth.NO,
    ...     critical=Truth.YES,
    ...     waits_on="waits on forslag",
    ...     because=("beslut", "forslag>beslut", "forslag"),
    ... )
    >>> row.total_float.exact
    16
    """

    id: str
    """Which (steg)."""
    title: str
    """What it is called (namn)."""
    earliest_start: When | None
    """The earliest day on which it can begin; None where it cannot come about (tidigaste start)."""
    earliest_finish: When | None
    """The earliest day on which it can be done; None where it cannot come about (tidigaste slut)."""
    latest_finish: When | None
    """By when it must be done so that nothing misses its last day; None where nothing has one (senaste slut)."""
    deadline: When | None
    """Its own last day; None where it has none (sista dag)."""
    total_float: DayRange | None
    """How many days it may slip before something misses its last day; None where nothing has one (slack)."""
    free_float: DayRange | None
    """How many days it may slip before what waits on it waits longer; None where that holds up nothing (fri slack)."""
    late: Truth
    """Whether it misses its own last day, as it stands (försenat)."""
    critical: Truth
    """Whether any slip of it moves the end of what it hangs together with, if with anything (kritiskt)."""
    waits_on: str
    """Why it is no earlier, in words (väntar på)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""
