"""What each kind looks like in a document: its keys, what may be nested in it, what is written inline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args

import attrs
from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.model.reference import bare, hints, is_list, is_union, plural, references
from samverkan.model.source import Basis
from samverkan.values.money import Money
from samverkan.values.timing import Timing

__all__ = ["Child", "RecordLayout", "bare", "key_of", "shape", "shapes", "silent"]


@frozen
class Child:
    """A kind whose records may be written inside another, and the field that then names the parent."""

    kind: type
    field: str
    many: bool


@frozen(kw_only=True)
class RecordLayout:
    """How records of one kind are written."""

    kind: type
    key: str
    named: bool
    """Whether each has an id of its own making, so that they stand in a map; else in a list."""
    main: str
    """The field that a record written as a bare text gives."""
    keys: frozenset[str]
    lists: frozenset[str]
    references: Mapping[str, tuple[tuple[str, ...], ...]]
    """The fields that name other records, each with the keys that lead on to the names inside it."""
    inline: str
    """The field whose keys are written among the record's own."""
    inline_keys: frozenset[str]
    children: Mapping[str, Child]
    within: tuple[str, ...]
    """The fields that may name a record in which this one is written."""
    sourced: bool
    rests: bool
    """Whether its amount may be the rest of another's."""
    folded: frozenset[str]
    """The keys of what is nested or inline."""


def key_of(name: str) -> str:
    """A field's name as documents write it."""
    return name.rstrip("_")


def _alone(hint: Any) -> list[Any]:
    return [arg for arg in get_args(bare(hint)) if arg is not type(None)] if is_union(hint) else [bare(hint)]


@cache
def shapes(kinds: tuple[type, ...]) -> dict[str, RecordLayout]:
    """The shapes of all kinds, by the key of their section; raises `InvalidValueError` for kinds that clash."""
    found: dict[str, RecordLayout] = {}
    for kind in kinds:
        if not attrs.has(kind) or "id" not in attrs.fields_dict(kind):
            raise InvalidValueError(f"{kind!r} is no kind of record", "a record is an attrs class with an id")
        made = shape(kind, kinds)
        if made.key in found:
            other = found[made.key].kind
            raise InvalidValueError(
                f"{kind.__module__}.{kind.__name__} and {other.__module__}.{other.__name__} would both be {made.key!r}",
                "give one of the classes another name",
            )
        found[made.key] = made
    return found


@cache
def shape(kind: Any, kinds: tuple[type, ...]) -> RecordLayout:
    """The shape of one kind among others."""
    own = attrs.fields(kind)
    names = frozenset(key_of(a.name) for a in own)
    inline = _inline(kind, names)
    inline_keys = frozenset(key_of(a.name) for a in attrs.fields(Timing)) if inline else frozenset()
    lists = frozenset(key_of(a.name) for a in own if is_list(hints(kind)[a.name]) and not is_basis(hints(kind)[a.name]))
    named = attrs.fields_dict(kind)["id"].default is attrs.NOTHING
    children = _children(kind, kinds, names) if named else {}
    within = tuple(r.path[0] for r in references(kind) if r.within and len(r.path) == 1)
    required = [a.name for a in own if a.default is attrs.NOTHING and a.name not in ("id", *within)]
    return RecordLayout(
        kind=kind,
        key=plural(kind),
        named=named,
        main=next(iter(required), ""),
        keys=names,
        lists=lists,
        references=_ways(kind),
        inline=inline,
        inline_keys=inline_keys,
        children=children,
        within=within,
        sourced="basis" in names and any(r.path == ("source",) and r.kinds == {"Source"} for r in references(kind)),
        rests="amount" in names and Money in _alone(hints(kind)["amount"]),
        folded=inline_keys | children.keys(),
    )


def _ways(kind: Any) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for reference in references(kind):
        first, *rest = map(key_of, reference.path)
        if not is_basis(hints(kind)[reference.path[0]]):
            found[first] = (*found.get(first, ()), tuple(rest))
    return found


def silent(kind: Any) -> tuple[str, ...]:
    """The keys of fields that a record cannot be without, but of which nothing may be recorded."""
    required = (a.name for a in attrs.fields(kind) if a.default is attrs.NOTHING)
    return tuple(key_of(name) for name in required if NoneType in get_args(bare(hints(kind)[name])))


def _inline(kind: Any, names: frozenset[str]) -> str:
    timings = [a.name for a in attrs.fields(kind) if Timing in map(bare, _alone(hints(kind)[a.name]))]
    clash = names & {a.name for a in attrs.fields(Timing)}
    return timings[0] if len(timings) == 1 and not clash else ""


def _children(kind: Any, kinds: Iterable[Any], names: frozenset[str]) -> dict[str, Child]:
    found: dict[str, Child] = {}
    for other in kinds:
        for reference in references(other):
            fits = not reference.kinds or kind.__name__ in reference.kinds
            if fits and reference.within and reference.within not in names and len(reference.path) == 1:
                name = reference.path[0]
                found.setdefault(reference.within, Child(other, name, is_list(hints(other)[name])))
    return found


def is_basis(hint: Any) -> bool:
    """Whether an annotation is that of the field `basis`."""
    return is_list(hint) and get_args(bare(hint))[0] is Basis
