"""Many small values made at once: filled field by field, with the cycle collector paused."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import repeat
from typing import TypeVar

__all__ = ["collector_paused", "empty", "fill"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the cycle collector from running while many small objects that form no cycle are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


T = TypeVar("T")


def empty(cls: type[T], number: int) -> list[T]:
    """So many objects of a class, none of whose fields is there yet."""
    return list(map(object.__new__, repeat(cls, number)))


def fill(objects: Iterable[object], cls: type, field: str, values: Iterable[object]) -> None:
    """Give each of the objects its value of a field; a frozen class refuses to, but the slot beneath it does not."""
    deque(map(getattr(cls, field).__set__, objects, values), maxlen=0)
