"""The laws that a set of records must keep to be a collaboration: every reference resolves, every count holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

import attrs

from samverkan.errors import Fault, InvalidValueError
from samverkan.model.kinds import KINDS
from samverkan.model.party import Actor, Group, Party
from samverkan.model.reference import Record, Reference, bare, hints, references
from samverkan.model.source import Basis, ExternalRecord, Mark, grounds, is_open, kind_name
from samverkan.model.validation import misfits
from samverkan.values.count import Count
from samverkan.values.identity import are_ids, check_id, is_id
from samverkan.values.names import near
from samverkan.values.timing import Timing
from samverkan.values.truth import Truth

__all__ = ["expand", "faults_of"]

_HINTS = 20


def faults_of(suspects: Iterable[Record], by_id: Mapping[str, Record]) -> Iterator[Fault]:
    """Everything wrong with *suspects* among *by_id*; only the first few dangling ids are given a near match."""
    suspects = tuple(suspects)
    if not any(_misled(way, value, by_id) for way, values in _held(suspects) for value in values):
        return
    hints = iter(range(_HINTS))
    for record in suspects:
        for way in references(record.__class__):
            for wrong in _misled(way, getattr(record, way.path[0]), by_id):
                if isinstance(wrong, Party):
                    yield _misstated(record, way, wrong)
                elif wrong in by_id:
                    yield _wrong_kind(record, way, wrong, kind_name(by_id[wrong]))
                else:
                    yield _dangling(record, way, wrong, by_id if next(hints, None) is not None else {})


def _held(records: Iterable[Record]) -> Iterator[tuple[Reference, Iterable[Any]]]:
    """What records hold in the first field of each way in which they name others, most of it once."""
    by_kind: dict[Any, list[Record]] = {}
    for record in records:
        by_kind.setdefault(record.__class__, []).append(record)
    for cls, alike in by_kind.items():
        for way in references(cls):
            values = list(map(attrgetter(way.path[0]), alike))
            if values[0] not in (None, ()) or values.count(values[0]) < len(values):
                yield way, dict(zip(map(id, values), values, strict=True)).values()


def _misled(way: Reference, value: Any, by_id: Mapping[str, Record]) -> list[str | Party]:
    """What is wrong in a value: ids that lead nowhere or to another kind, parties that misstate each or jointly."""
    if value is None or value == () or (type(value) is str and _fits(by_id.get(value), way.kinds)):
        return []
    wrong: list[str | Party] = [id for id in way.ids_in(value) if not _fits(by_id.get(id), way.kinds)]
    if way.holder is Party:
        wrong += (party for party in _parties(value, way.path[1:-1]) if not _may_say(party, by_id.get(party.id)))
    return wrong


def _fits(found: Record | None, kinds: frozenset[str]) -> bool:
    return found is not None and (not kinds or found.__class__.__name__ in kinds or kind_name(found) in kinds)


def _may_say(party: Party, found: Record | None) -> bool:
    """Whether what a party names can act each or jointly, if it says so; a group has to say."""
    if party.manner is None:
        return type(found) is not Group
    return found is None or kind_name(found) == Group.__name__


def group_faults(by_id: Mapping[str, Record]) -> Iterator[Fault]:
    """Groups that hold themselves, and counts that do not hold."""
    for record in by_id.values():
        if type(record) is not Group:
            continue
        try:
            members = expand(by_id, record.id)
        except InvalidValueError as error:
            yield Fault(error.message, error.remedy, record=record.id, field="of")
            continue
        if (
            isinstance(record.count, Count)
            and (record.of or record.every)
            and record.count.is_(len(members)) is Truth.NO
            and not (_may_be_more(record, members, by_id) and not _too_many(record.count, len(members)))
        ):
            yield Fault(
                f"the group {record.id!r} is said to hold {record.count} and holds {len(members)}",
                "correct the count or who is in it; kommuner come in through 'use'",
                record=record.id,
                field="count",
            )


def _may_be_more(group: Group, members: tuple[str, ...], by_id: Mapping[str, Record]) -> bool:
    """Whether a group may hold others than those who are told: its list is open, or somebody stands elsewhere."""
    elsewhere = (record for record in by_id.values() if type(record) is ExternalRecord)
    return is_open(group, "of") or any(
        (record.kind == Group.__name__ and record.id in members) or (group.every and record.kind == Actor.__name__)
        for record in elsewhere
    )


def _too_many(count: Count, number: int) -> bool:
    return count.high is not None and not count.about and number > count.high


def identity_faults(records: Iterable[Record]) -> Iterator[Fault]:
    """Records that are none, and ids that cannot be."""
    records = tuple(records)
    if all(map(_is_kind, {*map(type, records)})) and are_ids([record.id for record in records]):
        return
    for record in records:
        if not _is_kind(type(record)):
            yield Fault(f"{record!r:.80} is not a record", "a record is an attrs class with an id")
            continue
        try:
            if not is_id(record.id):
                check_id(record.id)
        except InvalidValueError as error:
            yield Fault(error.message, error.remedy, record=str(record.id), field="id")


def misfit_faults(records: Iterable[Record], among: Iterable[Record] = ()) -> Iterator[Fault]:
    """Records made in Python that hold what their fields do not allow; *among* are those that they are put among."""
    records = tuple(records)
    kinds = frozenset(map(type, records))
    for record in records:
        if not _is_kind(type(record)):
            continue
        for field, value, wanted in misfits(record):
            yield Fault(f"{value!r:.80} stands in {field!r}", f"give {wanted}", record=str(record.id), field=field)
        for ground in grounds(record):
            name = ground.field.partition(".")[0]
            if name in _telling(type(record), kinds):
                continue
            known = _telling(type(record), kinds.union(map(type, among)))
            if name not in known:
                hint = near(ground.field, sorted(known))
                remedy = f"did you mean {hint!r}?" if hint else f"fields: {', '.join(sorted(known - {''}))}"
                yield Fault(f"there is no field {ground.field!r}", remedy, record=str(record.id), field="basis")


@cache
def _telling(cls: Any, kinds: frozenset[Any]) -> frozenset[str]:
    """What the basis of a record can speak of: its fields, those of its timing, and what is written inside it."""
    own = {a.name.rstrip("_") for a in attrs.fields(cls)}
    timing = {a.name for a in attrs.fields(Timing)} if any(hint is Timing for hint in _plain_hints(cls)) else set()
    within = {
        way.within
        for kind in {*KINDS, *filter(_is_kind, kinds)}
        for way in references(kind)
        if way.within and (not way.kinds or cls.__name__ in way.kinds)
    }
    return frozenset({"", *own, *timing, *within})


def _plain_hints(cls: type) -> Iterator[Any]:
    return (bare(hint) for hint in hints(cls).values())


@cache
def _is_kind(cls: Any) -> bool:
    return attrs.has(cls) and "id" in attrs.fields_dict(cls)


def expand(by_id: Mapping[str, Record], group: str) -> tuple[str, ...]:
    """The ids of the single actors (or roles) that a party stands for: itself, or a group's members and their members.

    Raises `InvalidValueError` for a group that holds itself.
    """
    found: dict[str, None] = {}
    above: dict[str, None] = {}
    done: set[str] = set()
    todo = [(group, False)]
    while todo:
        party, leaving = todo.pop()
        record = by_id.get(party)
        if type(record) is not Group:
            found[party] = None
        elif leaving:
            del above[party]
            done.add(party)
            if record.every:
                found.update((a.id, None) for a in by_id.values() if type(a) is Actor and record.every.picks(a))
        elif party in above:
            circle = " → ".join((*above, party))
            raise InvalidValueError(f"the group {party!r} holds itself: {circle}", "take it out of one of them")
        elif party not in done:
            above[party] = None
            todo += [(party, True), *((member, False) for member in reversed(record.of))]
    return tuple(found)


def _misstated(record: Record, reference: Reference, party: Party) -> Fault:
    if party.manner:
        message = f"{party.id!r} is one, so {reference.relation!r} cannot say {party.manner}"
        remedy = f"write {party.id!r}"
    else:
        message = f"{party.id!r} is a group, and {reference.relation!r} does not say whether each or jointly"
        remedy = f"write 'each {party.id}' or 'jointly {party.id}'"
    return Fault(message, remedy, record=record.id, field=reference.path[0])


def _parties(value: Any, path: tuple[str, ...]) -> Iterator[Party]:
    if type(value) is Party:
        yield value
    elif type(value) is tuple:
        for item in value:
            yield from _parties(item, path)
    elif path and attrs.has(type(value)):
        yield from _parties(getattr(value, path[0]), path[1:])


def _dangling(record: Record, reference: Reference, target: str, by_id: Mapping[str, Record]) -> Fault:
    kinds = " or ".join(sorted(reference.kinds)) or "record"
    made = ">" in target  # an id that is made of others is meant only by one who writes it so
    fitting = (id for id, other in by_id.items() if not reference.kinds or kind_name(other) in reference.kinds)
    hint = near(target, (id for id in fitting if id != record.id and (made or ">" not in id)))
    remedy = f"did you mean {hint!r}?" if hint else f"add the {kinds}, or an ExternalRecord in its place"
    if reference.holder is Basis and not hint:
        marks = ", ".join(Mark)
        word = near(target, (*Mark, *(mark.sv for mark in Mark)))
        remedy = f"did you mean {str(word)!r}?" if word else f"write the id of a source, or one of {marks}"
    return Fault(f"no {kinds} has the id {target!r:.100}", remedy, record=record.id, field=_field(reference))


def _wrong_kind(record: Record, reference: Reference, target: str, kind: str) -> Fault:
    article = "an" if kind[0] in "AEIOU" else "a"
    wanted = " or ".join(sorted(reference.kinds))
    return Fault(
        f"{target!r} is {article} {kind}",
        f"{reference.relation!r} takes the id of {wanted}",
        record=record.id,
        field=_field(reference),
    )


def _field(reference: Reference) -> str:
    return ".".join(reference.path).removesuffix(".id")
