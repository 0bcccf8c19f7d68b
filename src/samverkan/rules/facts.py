"""What the rules read out of records, whatever their kind: timings, marks, parties, how far a record reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.party import Party
from samverkan.model.source import Basis
from samverkan.values.basis import Mark
from samverkan.values.day import Day
from samverkan.values.period import Period
from samverkan.values.term import Term
from samverkan.values.timing import Timing, is_exempt
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = [
    "DayOff",
    "above",
    "claims",
    "day_off",
    "everyone",
    "in_force",
    "in_order",
    "marks",
    "named",
    "reach",
    "records",
    "surely_before",
    "timing_of",
]


def records(collaboration: Collaboration, *kinds: type) -> Iterator[Any]:
    """The records of some kinds, of every kind if none is named, in a fixed order."""
    for kind in kinds or collaboration.kinds:
        yield from collaboration[kind]


def in_order(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids, each once, in a fixed order."""
    return tuple(sorted(set(ids), key=natural))


def timing_of(record: Any) -> Timing | None:
    """The timing of a record, whatever its field is called; None for what is no step."""
    values = (getattr(record, a.name) for a in attrs.fields(type(record)))
    return next((value for value in values if isinstance(value, Timing)), None)


def marks(record: Any, *names: str) -> frozenset[Mark]:
    """How some fields are marked in the basis, or the whole record.

    >>> from samverkan.model.source import basis
    >>> from samverkan.model.work import Plan
    >>> marks(Plan(id="plan", title="Plan", basis=basis(owners="unknown")), "owners")
    frozenset({<Mark.UNKNOWN: 'unknown'>})
    """
    said = (ground for ground in getattr(record, "basis", ()) if isinstance(ground, Basis))
    return frozenset(ground.mark for ground in said if ground.mark and ground.field in ("", *names))


def claims(record: Any, *names: str) -> bool:
    """Whether one of the named lists is claimed to be complete."""
    return Mark.COMPLETE in marks(record, *names)


def named(value: Any) -> tuple[str, ...]:
    """The ids in a field that holds an id, a party or several; none where it holds neither."""
    if isinstance(value, tuple):
        return tuple(id for item in value for id in named(item))
    if isinstance(value, Party):
        return (value.id,)
    return (value,) if isinstance(value, str) else ()


def everyone(collaboration: Collaboration, parties: Iterable[str]) -> frozenset[str]:
    """The single actors and roles that some parties stand for."""
    return frozenset(member for party in parties for member in collaboration.members(party))


def above(collaboration: Collaboration, actor: str) -> tuple[str, ...]:
    """An actor and the bodies that it is a part of, the widest last."""
    passed: dict[str, None] = {}
    body: str | None = actor
    while body and body not in passed:
        passed[body] = None
        body = getattr(collaboration[body], "part_of", None)
    return tuple(passed)


def in_force(period: Period | None, on: When | Day | None) -> Truth:
    """Whether something with a period holds on a day; where no period or no day is given, nothing speaks against it."""
    return Truth.YES if period is None or on is None else period.contains(on)


def surely_before(first: When | None, second: When | Day | None) -> bool:
    """Whether one day is earlier than another, whatever the days turn out to be."""
    return first is not None and second is not None and first.before(second) is Truth.YES


def reach(record: Any, known: Day | None) -> Day | None:
    """The last day to which a record certainly reaches, by all that it says of time; an open end reaches *known*."""
    values = (getattr(record, a.name) for a in attrs.fields(type(record)))
    days = [day for value in values for day in _days(value, known) if day]
    return max(days, default=None)


def _days(value: object, known: Day | None) -> tuple[Day | None, ...]:
    if isinstance(value, Period):
        return (value.start.earliest if value.start else None, value.end.earliest if value.end else known)
    moment = (value.done or value.planned or value.due) if isinstance(value, Timing) else value
    return (moment.earliest,) if isinstance(moment, When) else ()


class DayOff(Term):
    """Why nobody meets on a day (ledig dag)."""

    SATURDAY = "a Saturday", "en lördag"
    SUNDAY = "a Sunday", "en söndag"
    HOLIDAY = "a public holiday or its eve", "en helgdag eller helgdagsafton"


def day_off(value: Day) -> DayOff | None:
    """What makes a day a day off; None for a working day, and where the holidays of its year are not known."""
    if weekend := {6: DayOff.SATURDAY, 0: DayOff.SUNDAY}.get(value.toordinal() % 7):
        return weekend
    try:
        return DayOff.HOLIDAY if is_exempt(value) else None
    except InvalidValueError:
        return None
