"""Many objects of a frozen class at once, filled field by field."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import repeat
from typing import TypeVar

__all__ = ["empty", "fill"]

T = TypeVar("T")


def empty(cls: type[T], number: int) -> list[T]:
    """So many objects of a class, none of whose fields is there yet."""
    return list(map(object.__new__, repeat(cls, number)))


def fill(objects: Iterable[object], cls: type, field: str, values: Iterable[object]) -> None:
    """Give each of the objects its value of a field; a frozen class refuses to, but the slot beneath it does not."""
    deque(map(getattr(cls, field).__set__, objects, values), maxlen=0)
