"""Whether records hold what their fields say: the gate for those made in Python, where no document was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, get_args

import attrs

from samverkan.model.party import Party, Selection
from samverkan.model.reference import bare, hints, is_list, is_union
from samverkan.model.source import Basis
from samverkan.values.day import Day
from samverkan.values.missing import Missing

__all__ = ["misfits"]

_Misfit = tuple[str, Any, str]
_Kinds = frozenset[type]

_SOUND = {Party, Selection, Basis}
"""Nested values that hold what they should as soon as they exist, as everything in `values` does."""

_EXACT = (str, int, bool)
_NAMES: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "True or False",
    Missing: "UNKNOWN or NONE",
    Day: "a day",
}


def misfits(record: Any) -> Iterator[_Misfit]:
    """What a record holds that its fields do not allow: where, the value, and what would be right.

    A field whose annotation is no class, a union of classes or a tuple of them is not looked at.

    >>> from samverkan.model.party import Actor
    >>> list(misfits(Actor(id="ale", title=5, kind="kommun")))
    [('title', 5, 'a text')]
    """
    read, allowed = _quick(record.__class__)
    for value, (kinds, each) in zip(read(record), allowed, strict=True):
        if value.__class__ in kinds or (value.__class__ is tuple and all(item.__class__ in each for item in value)):
            continue
        return _slowly(record, "")
    return iter(())


@cache
def _quick(cls: Any) -> tuple[Callable[[Any], tuple[Any, ...]], list[tuple[_Kinds, _Kinds]]]:
    """What reads all fields of a record, and for each of them the classes of what needs no closer look."""
    names = [a.name for a in attrs.fields(cls)]
    reader = attrgetter(*names)
    allowed = [(_sound(hint), _sound(_inner(hint))) for hint in (hints(cls)[name] for name in names)]
    return (reader if len(names) > 1 else lambda record: (reader(record),)), allowed


def _sound(hint: Any) -> _Kinds:
    return frozenset(kind for kind in _kinds(hint) or () if not _is_nested(kind))


def _is_nested(kind: Any) -> bool:
    return attrs.has(kind) and kind not in _SOUND and not kind.__module__.startswith("samverkan.values.")


def _inner(hint: Any) -> Any:
    return get_args(bare(hint))[0] if is_list(hint) else None


@cache
def _kinds(hint: Any) -> _Kinds | None:
    """The classes that an annotation allows; None where a value cannot be held against it."""
    if is_union(hint):
        arms = [_kinds(arm) for arm in get_args(bare(hint))]
        return None if None in arms else frozenset(kind for arm in arms for kind in arm or ())
    kind = bare(hint)
    told = isinstance(kind, type) and kind is not Any and not getattr(kind, "_is_protocol", False)
    return frozenset({kind}) if told else None


def _slowly(holder: Any, path: str) -> Iterator[_Misfit]:
    cls = _class_of(holder)
    for a in attrs.fields(cls):
        yield from _against(hints(cls)[a.name], getattr(holder, a.name), f"{path}{a.name}")


def _against(hint: Any, value: Any, path: str) -> Iterator[_Misfit]:
    kinds = _kinds(hint)
    if is_list(hint):
        if type(value) is not tuple:
            yield path, value, f"a tuple, each of it {_wanted(_inner(hint))}"
            return
        for item in value:
            yield from _against(_inner(hint), item, path)
    elif kinds is not None and not any(_is_one(value, kind) for kind in kinds):
        yield path, value, _wanted(hint)
    elif _is_nested(_class_of(value)):
        yield from _slowly(value, f"{path}.")


def _class_of(value: Any) -> Any:
    return type(value)


def _is_one(value: Any, kind: type) -> bool:
    """Whether a value is of a class; a text, a number or a truth must be just that."""
    return type(value) is kind if kind in _EXACT else isinstance(value, kind)


def _wanted(hint: Any) -> str:
    kinds = [kind for kind in _kinds(hint) or () if kind is not NoneType]
    return " or ".join(sorted(_NAMES.get(kind) or _named(kind) for kind in kinds)) or "what its class says"


def _named(kind: type) -> str:
    return f"an {kind.__name__}" if kind.__name__[0] in "AEIOU" else f"a {kind.__name__}"
