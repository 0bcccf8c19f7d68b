"""What is not done any more when somebody drops out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from samverkan.model.collaboration import Collaboration
from samverkan.model.party import Manner, Party
from samverkan.model.reference import OwnedBy, marked
from samverkan.parties.organisation import Organisations, organisations_of
from samverkan.scheduling.inputs import LONG_AGO, NEVER, Bounds, Steps
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["both", "stopped"]

_NOT: Bounds = (NEVER, NEVER)
_PERHAPS_NOT: Bounds = (LONG_AGO, NEVER)


def stopped(c: Collaboration, steps: Steps, gone: frozenset[str], on: When | None) -> dict[str, Bounds]:
    """The steps that are not done, or may not be, when some parties are gone."""
    homes = organisations_of(c, on)
    lost = {id for party in gone for id in (party, *c.members(party))}
    lost |= {home for id in tuple(lost) for home in homes.of(id).ids}
    is_lost = partial(_is_lost, homes, lost)
    found = {}
    for id, number in steps.numbers.items():
        if number not in steps.done and (truth := _stops(c, homes, id, lost, is_lost)) is not Truth.NO:
            found[id] = _NOT if truth is Truth.YES else _PERHAPS_NOT
    return found


def both(one: Mapping[str, Bounds], other: Mapping[str, Bounds]) -> dict[str, Bounds]:
    """Days before which steps are not done, for two reasons at once."""
    shared = {id: (max(one[id][0], other[id][0]), max(one[id][1], other[id][1])) for id in one.keys() & other.keys()}
    return {**one, **other, **shared}


def _stops(c: Collaboration, homes: Organisations, id: str, lost: set[str], is_lost: Any) -> Truth:
    """Whether something is done no more: by those whom it names; else, perhaps, by those whose it is."""
    parties = [*_doing(c[id])]
    if not parties:
        return Truth.NO if lost.isdisjoint(homes.of(id).ids) else Truth.CANNOT_TELL
    members = {party: [*map(is_lost, c.members(party.id) or (party.id,))] for party in parties}
    if any(party.manner is Manner.EACH and any(gone) for party, gone in members.items()):
        return Truth.YES
    every = [gone for found in members.values() for gone in found]
    return Truth.of(certain=all(every), possible=any(every))


def _is_lost(homes: Organisations, lost: set[str], member: str) -> bool:
    told = homes.of(member)
    return member in lost or (bool(told.ids) and lost.issuperset(told.ids))


def _doing(record: Any) -> Iterator[Party]:
    """The parties that a record names as doing it."""
    for name in marked(record.__class__, OwnedBy):
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Party):
                yield one
            elif type(one) is str:
                yield Party(one)
