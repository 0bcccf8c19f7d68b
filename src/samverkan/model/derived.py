"""`derived`: a view of a collaboration that is made once, and goes when the collaboration goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from samverkan.model.collaboration import Collaboration

__all__ = ["derived"]

V = TypeVar("V")


def derived(make: Callable[[Collaboration], V]) -> Callable[[Collaboration], V]:
    """Make what a function makes of a collaboration once, however often it is asked for.

    A collaboration never changes, so neither does a view of it. The view is kept on the collaboration itself and holds
    it in turn: when nobody holds either, both go. Two threads that ask at once are given the same view.

    >>> @derived
    ... def ids(collaboration):
    ...     return [record.id for record in collaboration]
    >>> c = Collaboration()
    >>> ids(c) is ids(c)
    True
    """

    @wraps(make)
    def view(collaboration: Collaboration) -> V:
        views = collaboration._derived  # noqa: SLF001 (kept there for this module alone)
        if make not in views:
            views.setdefault(make, make(collaboration))
        kept: V = views[make]
        return kept

    return view
