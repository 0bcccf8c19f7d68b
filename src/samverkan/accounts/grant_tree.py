"""A grant and those whose line it is, and what it inherits from them."""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Grant, Window

__all__ = ["lines", "window"]


def lines(collaboration: Collaboration, grant: str) -> Iterator[Grant]:
    """A grant and those whose line it is, nearest first."""
    passed: set[str] = set()
    record = collaboration.get(grant)
    while isinstance(record, Grant) and record.id not in passed:
        passed.add(record.id)
        yield record
        record = collaboration.get(record.part_of or "")


def window(collaboration: Collaboration, grant: str, name: str) -> Window | None:
    """A window of a grant, such as "use": its own, or that of the one whose line it is."""
    windows = (getattr(line, name) for line in lines(collaboration, grant))
    return next((window for window in windows if isinstance(window, Window)), None)
