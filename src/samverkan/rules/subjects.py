"""What the rules read out of records, whatever their kind: parties, days off, how far a record reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, natural
from samverkan.rules.definitions import Skip
from samverkan.values.day import Day, add_days, is_exempt, is_weekend
from samverkan.values.period import Period
from samverkan.values.term import Term
from samverkan.values.text import both
from samverkan.values.timing import Timing
from samverkan.values.when import When

__all__ = ["NOT_KNOWN", "DayOff", "day_off", "everyone", "in_order", "reach"]


NOT_KNOWN = Skip(
    both("the document does not say to which day it is known", "dokumentet anger inget kunskapsläge (known)")
)
"""Why a rule on what has come to pass says nothing."""


def in_order(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids, each once, in a fixed order."""
    return tuple(sorted(set(ids), key=natural))


def everyone(collaboration: Collaboration, parties: Iterable[str]) -> frozenset[str]:
    """The single actors and roles that some parties stand for."""
    return frozenset(member for party in parties for member in collaboration.members(party))


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
    if is_weekend(value):
        return DayOff.SUNDAY if is_weekend(add_days(value, -1)) else DayOff.SATURDAY
    try:
        return DayOff.HOLIDAY if is_exempt(value) else None
    except InvalidValueError:
        return None
