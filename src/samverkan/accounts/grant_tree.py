"""The grants whose line a grant is, and what it has from them."""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Grant, Window

__all__ = ["lines", "window"]


def lines(collaboration: Collaboration, grant: str) -> Iterator[Grant]:
    """A grant and those whose line it is, nearest first."""
    seen: set[str] = set()
    found = collaboration.get(grant)
    while isinstance(found, Grant) and found.id not in seen:
        seen.add(found.id)
        yield found
        found = collaboration.get(found.part_of or "")


def window(collaboration: Collaboration, grant: str, name: str) -> Window | None:
    """A window of a grant, such as "use": its own, or that of the one whose line it is."""
    told = (getattr(one, name) for one in lines(collaboration, grant))
    return next((found for found in told if isinstance(found, Window)), None)
