"""Records as they stood on a day, and several sets of records put together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from attrs import evolve

from samverkan.errors import Fault, MergeConflictError
from samverkan.model.agreement import Decision, Obligation, Submission
from samverkan.model.funding import Requisition, Window, opened
from samverkan.model.reference import OccursOn, Record, Restricts, ValidDuring, marked, references_of
from samverkan.model.source import ExternalRecord
from samverkan.values.day import Day
from samverkan.values.period import Period
from samverkan.values.timing import MetWhen, Timing, day_met
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["combined", "earliest", "joined", "standing"]


def standing(records: Iterable[Record], on: Day) -> tuple[Any, ...]:
    """The records as they stood at the end of a day; `Collaboration.as_of` says what is taken away."""
    every = {record.id: record for record in records}
    kept = {id: record for id, record in every.items() if not _absent(record, on, every)}
    gone = every.keys() - kept.keys()
    fresh = gone
    while fresh:
        dropped = {id for id, record in kept.items() if _needs(record, fresh) or _would_widen(record, gone)}
        kept = {id: record for id, record in kept.items() if id not in dropped}
        gone |= dropped
        fresh = dropped
    return tuple(_undone(_unlinked(record, gone) if gone else record, on) for record in kept.values())


def _absent(record: Record, on: Day, every: Mapping[str, Record]) -> bool:
    if isinstance(record, Submission | Requisition):
        day = day_met(_counts(record, every), record.sent, record.arrived)
        return day is not None and day.by(on) is Truth.NO
    if _is_pending(record, on):
        return False
    if isinstance(record, Obligation) and record.ground and _is_pending(every[record.ground], on):
        return True
    for name in marked(record.__class__, OccursOn, ValidDuring):
        value = getattr(record, name)
        if isinstance(value, Timing):
            value = value.done
        if isinstance(value, Period) and value.contains(on) is Truth.NO:
            return True
        if isinstance(value, When) and value.by(on) is Truth.NO:
            return True
    return False


def _is_pending(record: Record, on: Day) -> bool:
    """Whether it is a decision that was certainly taken later, and of which it is told when it was to be taken."""
    if not isinstance(record, Decision):
        return False
    timing = record.timing
    foreseen = timing.due or timing.planned or timing.baselines
    return bool(foreseen and timing.done) and timing.is_done(on) is Truth.NO


def _counts(record: Submission | Requisition, every: Mapping[str, Record]) -> MetWhen | None:
    """Whether sending is enough for what was handed in, by what it answers or draws on."""
    if isinstance(record, Submission):
        duty = every[record.obligation]
        return duty.timing.met_when if isinstance(duty, Obligation) else None
    grant = opened(record, every.get)
    return grant.requisition.met_when if grant and isinstance(grant.requisition, Window) else None


def _would_widen(record: Record, gone: set[str]) -> bool:
    limits = (getattr(record, name) for name in marked(record.__class__, Restricts))
    return any(ids and gone.issuperset(ids) for ids in limits)


def _needs(record: Record, gone: set[str]) -> bool:
    return any(
        not gone.isdisjoint(reference.ids(record)) and (reference.required or reference.within)
        for reference in references_of(record)
    )


def _unlinked(record: Any, gone: set[str]) -> Any:
    named = {r.path[0] for r in references_of(record) if not gone.isdisjoint(r.ids(record))}
    changes = {name: _cleared(getattr(record, name), gone) for name in named}
    return evolve(record, **changes) if changes else record


def _cleared(value: Any, gone: set[str]) -> Any:
    if type(value) is str:
        return None if value in gone else value
    if type(value) is tuple:
        kept = (item if type(item) is str else _cleared(item, gone) for item in value)
        return tuple(item for item in kept if item is not None and item not in gone)
    if attrs.has(type(value)):
        for reference in references_of(value):
            if not gone.isdisjoint(reference.ids(value)):
                if reference.required:
                    return None
                value = evolve(value, **{reference.path[0]: _cleared(getattr(value, reference.path[0]), gone)})
    return value


_TAKEN = {"items": (), "paragraph": None, "sent_to": (), "replaces": ()}
"""What a decision does not have before it is taken."""


def _undone(record: Any, on: Day) -> Any:
    if _is_pending(record, on):
        emptied = {*_TAKEN, "done"}
        sure = tuple(ground for ground in record.basis if ground.field.partition(".")[0] not in emptied)
        record = evolve(record, **_TAKEN, basis=sure)
    for a in attrs.fields(type(record)):
        value = getattr(record, a.name)
        if isinstance(value, Timing) and value.done and value.done.by(on) is Truth.NO:
            record = evolve(record, **{a.name: evolve(value, done=None)})
    if isinstance(record, Submission | Requisition) and record.arrived and record.arrived.by(on) is Truth.NO:
        record = evolve(record, arrived=None)
    return record


def combined(records: Iterable[Record]) -> tuple[Any, ...]:
    """Records of several collaborations as one set; raises `MergeConflictError` where they contradict each other."""
    versions: dict[str, list[Any]] = {}
    for record in records:
        held = versions.setdefault(record.id, [])
        if record not in held:
            held.append(record)
    chosen = {id: _settled(held) for id, held in versions.items()}
    if conflicts := [id for id, record in chosen.items() if record is None]:
        raise MergeConflictError(_conflict(id, versions[id]) for id in sorted(conflicts))
    return tuple(chosen.values())


def earliest(days: Iterable[Day | None]) -> Day | None:
    """The earliest of several days of knowledge; None where one of them is not told."""
    every = tuple(days)
    told = [day for day in every if day]
    return min(told) if told and len(told) == len(every) else None


def joined(names: Iterable[str]) -> str:
    """Several names as one, whatever their order: each of their parts once, with ` + ` between; one alone as it is."""
    different = {name for name in names if name}
    if len(different) == 1:
        return different.pop()
    return " + ".join(sorted({part for name in different for part in name.split(" + ") if part}))


def _settled(held: list[Any]) -> Any | None:
    real = [record for record in held if type(record) is not ExternalRecord]
    if not real:
        kinds = {record.kind for record in held}
        return min(held, key=lambda record: str(record.note)) if len(kinds) == 1 else None
    fits = all(record.kind == type(real[0]).__name__ for record in held if type(record) is ExternalRecord)
    return real[0] if len(real) == 1 and fits else None


def _conflict(id: str, held: list[Any]) -> Fault:
    kinds = sorted({type(record).__name__ if type(record) is not ExternalRecord else record.kind for record in held})
    if len(kinds) > 1:
        return Fault(f"{id!r} is said to be {' and '.join(kinds)}", "give one of them another id", record=id)
    held = [record for record in held if type(record) is not ExternalRecord] or held
    differing = sorted({name for name in _field_names(held) if len({repr(getattr(r, name, None)) for r in held}) > 1})
    return Fault(
        f"{id!r} is said to be different things: {', '.join(differing)}",
        "agree on one, or write an ExternalRecord in one of the documents",
        record=id,
    )


def _field_names(held: list[Any]) -> Iterator[str]:
    for record in held:
        yield from (a.name for a in attrs.fields(type(record)))
