"""Records walked by their annotations, the slow and obvious way, to hold the library's own walk against."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs

import samverkan as sv

GONE = object()
"""What is left of a value that names what is no longer there."""


def ref(hint: Any) -> sv.fields.Ref | None:
    """The mark that makes an annotation a reference."""
    return next((mark for mark in get_args(hint)[1:] if isinstance(mark, sv.fields.Ref)), None)


@cache
def annotations(kind: type) -> dict[str, Any]:
    """What the fields of a class are said to be."""
    return get_type_hints(kind, include_extras=True)


def fields(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Field, annotation and content of a record or nested value."""
    for a in attrs.fields(type(value)):
        yield a, annotations(type(value))[a.name], getattr(value, a.name)


def without(value: Any, hint: Any, gone: set[str]) -> Any:
    """A value without what names something that is gone; `GONE` where it cannot be without it."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return GONE if ref(hint) and value in gone else without(value, args[0], gone)
    if origin in (Union, UnionType):
        for arg in args:
            if (found := without(value, arg, gone)) is not value:
                return found
        return value
    if origin is tuple and isinstance(value, tuple):
        return tuple(left for item in value if (left := without(item, args[0], gone)) is not GONE)
    if isinstance(hint, type) and attrs.has(hint) and isinstance(value, hint):
        return cleared(value, gone)
    return value


def cleared(value: Any, gone: set[str]) -> Any:
    """A record or nested value without what names something that is gone; `GONE` where a field cannot be."""
    kept = {}
    for a, hint, content in fields(value):
        left = without(content, hint, gone)
        if left is GONE and a.default is attrs.NOTHING:
            return GONE
        if left is not content and left != content:
            kept[a.alias] = None if left is GONE else left
    return attrs.evolve(value, **kept) if kept else value


def named(value: Any, hint: Any) -> Iterator[str]:
    """The ids that a value names, under an annotation."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        yield from [value] if ref(hint) and isinstance(value, str) else named(value, args[0])
    elif origin in (Union, UnionType):
        for arg in args:
            yield from named(value, arg)
    elif origin is tuple and isinstance(value, tuple):
        for item in value:
            yield from named(item, args[0])
    elif isinstance(hint, type) and attrs.has(hint) and isinstance(value, hint):
        for _, inner, content in fields(value):
            yield from named(content, inner)


def names(record: Any) -> list[str]:
    """Every id that a record names."""
    return [id for _, hint, content in fields(record) for id in named(content, hint)]
