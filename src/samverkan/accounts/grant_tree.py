"""A grant and those whose line it is, and what it inherits from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Grant, Window

__all__ = ["inherited", "lines", "window"]


def lines(collaboration: Collaboration, grant: str) -> Iterator[Grant]:
    """A grant and those whose line it is, nearest first."""
    passed: set[str] = set()
    record = collaboration.get(grant)
    while isinstance(record, Grant) and record.id not in passed:
        passed.add(record.id)
        yield record
        record = collaboration.get(record.part_of or "")


def inherited(collaboration: Collaboration, grant: str, name: str) -> Any:
    """What a grant states under a name, or the nearest grant whose line it is; None if none of them states it.

    A field that a source leaves unknown is stated: it is not taken from further up.

    >>> from samverkan.values.missing import UNKNOWN
    >>> year = Grant(id="ph", title="Psykisk hälsa", amount="500 mnkr", repay_to=UNKNOWN, dnr="S2016/1")
    >>> line = Grant(id="ph.um", title="Ungdomsmottagningar", part_of="ph")
    >>> c = Collaboration([year, line])
    >>> inherited(c, "ph.um", "dnr"), inherited(c, "ph.um", "repay_to")
    ('S2016/1', UNKNOWN)
    """
    values = (getattr(line, name) for line in lines(collaboration, grant))
    return next((value for value in values if value not in (None, "")), None)


def window(collaboration: Collaboration, grant: str, name: str) -> Window | None:
    """A window of a grant, such as "use": its own, or that of the one whose line it is."""
    windows = (getattr(line, name) for line in lines(collaboration, grant))
    return next((window for window in windows if isinstance(window, Window)), None)
