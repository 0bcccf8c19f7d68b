"""What a thing contains and is contained in: its parts and theirs, and what it is a part of."""

from __future__ import annotations

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.reference import references_of

__all__ = ["above", "inside"]


def inside(collaboration: Collaboration, thing: str) -> tuple[str, ...]:
    """The ids of a thing and of all that is within it, parents before parts.

    Raises `NotFoundError` for an id that is not there.
    """
    collaboration[thing]
    passed = {thing: None}
    level = [thing]
    while level:
        parts = {
            pointer.record
            for id in level
            for pointer in collaboration.pointing_at(id)
            if pointer.record not in passed and _within(collaboration, pointer.record, id)
        }
        level = sorted(parts, key=natural)
        passed |= dict.fromkeys(level)
    return tuple(passed)


def above(collaboration: Collaboration, thing: str) -> tuple[str, ...]:
    """The ids of a thing and of all that it is within, nearest first."""
    passed = {thing: None}
    level = [thing]
    while level:
        parents = [
            target
            for id in level
            for reference in references_of(collaboration[id])
            if reference.within
            for target in reference.ids(collaboration[id])
        ]
        level = [parent for parent in dict.fromkeys(parents) if parent not in passed]
        passed |= dict.fromkeys(level)
    return tuple(passed)


def _within(collaboration: Collaboration, part: str, thing: str) -> bool:
    record = collaboration[part]
    return any(thing in reference.ids(record) for reference in references_of(record) if reference.within)
