"""What lies inside a thing: its parts, and theirs."""

from __future__ import annotations

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.reference import references_of

__all__ = ["above", "inside"]


def inside(collaboration: Collaboration, thing: str) -> tuple[str, ...]:
    """The ids of a thing and of all that stands within it, parents before parts.

    Raises `NotFoundError` for an id that is not there.
    """
    collaboration[thing]
    found = {thing: None}
    level = [thing]
    while level:
        parts = {
            pointer.record
            for id in level
            for pointer in collaboration.pointing_at(id)
            if pointer.record not in found and _within(collaboration, pointer.record, id)
        }
        level = sorted(parts, key=natural)
        found |= dict.fromkeys(level)
    return tuple(found)


def above(collaboration: Collaboration, thing: str) -> tuple[str, ...]:
    """The ids of a thing and of all that it stands within, nearest first."""
    found = {thing: None}
    level = [thing]
    while level:
        parents = [
            target
            for id in level
            for reference in references_of(collaboration[id])
            if reference.within
            for target in reference.ids(collaboration[id])
        ]
        level = [parent for parent in dict.fromkeys(parents) if parent not in found]
        found |= dict.fromkeys(level)
    return tuple(found)


def _within(collaboration: Collaboration, part: str, whole: str) -> bool:
    record = collaboration[part]
    return any(whole in reference.ids(record) for reference in references_of(record) if reference.within)
