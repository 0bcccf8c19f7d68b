"""The strict converter between records and plain values; the one user of cattrs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, get_args

import attrs
from cattrs import Converter, IterableValidationError
from cattrs.errors import IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from samverkan.documents.document_model import is_basis, key_of, silent
from samverkan.documents.scalars import (
    DAY,
    Hook,
    amount,
    count_out,
    decimal,
    from_text,
    grounds,
    grounds_out,
    is_term,
    moment,
    moment_out,
    number_out,
    only,
    short,
    shown,
    span,
    span_out,
    strict,
    tallies_out,
    term,
    text,
    whole_out,
)
from samverkan.errors import InvalidValueError
from samverkan.model.party import Party, Selection, party, selection
from samverkan.model.reference import bare, hints, is_list, is_union
from samverkan.model.work import Tally
from samverkan.values.count import Count, count
from samverkan.values.day import Day
from samverkan.values.identity import OrgNumber
from samverkan.values.missing import RESERVED, Missing
from samverkan.values.money import Money
from samverkan.values.period import Period
from samverkan.values.share import Share, share
from samverkan.values.term import Term, naming
from samverkan.values.when import When

__all__ = ["converter", "reading", "structuring"]

_ABSENT = object()


def _word(value: Any, cls: Any) -> str:
    """Text, or a word of a closed list: cattrs asks here for both, since a word is a text too."""
    return term(cls)(value, cls) if is_term(cls) else text(value)


def _directly(hint: Any) -> Hook | None:
    """The hook of a text or a word, without the way through cattrs' dispatch, since most fields are one of these."""
    kind = bare(hint)
    if kind is str:
        return _name if kind is not hint else text
    return term(kind) if is_term(kind) else None


def _name(value: Any, _: Any) -> str:
    """The id of another record; that it is one is seen when the record is looked for."""
    return value if type(value) is str else text(value)


def _union(cls: Any, conv: Converter) -> Hook:
    inner, missing = _parts(cls)
    read = _directly(inner) or conv.get_structure_hook(inner)

    def hook(value: Any, _: Any) -> Any:
        if missing and type(value) is str and value in RESERVED:
            return Missing(value)
        if value is _ABSENT:
            return None
        if value is None:
            remedy = "leave the key out where nothing is recorded" + (", or write unknown or none" if missing else "")
            raise InvalidValueError("nothing stands here", remedy)
        return read(value, inner)

    return hook


def _union_out(cls: Any, conv: Converter) -> Callable[[Any], Any]:
    inner, missing = _parts(cls)
    write = conv.get_unstructure_hook(inner)

    def hook(value: Any) -> Any:
        if value is None:
            return None
        if missing and type(value) is Missing:
            return value.value
        if missing and type(value) is str and value in RESERVED:
            raise InvalidValueError(
                f"the text {value!r} would be read as not known", "use sv.UNKNOWN or sv.NONE, or another word"
            )
        return write(value)

    return hook


def _parts(cls: Any) -> tuple[Any, bool]:
    args = get_args(bare(cls))
    inner = [arg for arg in args if arg not in (NoneType, Missing)]
    if len(inner) != 1:
        raise InvalidValueError(f"{cls} is one of several types", "a field has one type, or Maybe of one")
    return inner[0], Missing in args


def _list(cls: Any, conv: Converter) -> Hook:
    inner = get_args(bare(cls))[0]
    read = _directly(inner) or conv.get_structure_hook(inner)

    def hook(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is list:
            with suppress(Exception):
                return tuple([read(item, inner) for item in value])
        return each(value)

    def each(value: Any) -> tuple[Any, ...]:
        items = value if type(value) is list else [value]
        found, errors = [], []
        for index, item in enumerate(items):
            try:
                found.append(read(item, inner))
            except Exception as error:  # noqa: BLE001 (each is kept and told with its place)
                if type(value) is list:
                    error.add_note(IterableValidationNote(f"item {index}", index, inner))
                errors.append(error)
        if errors:
            raise IterableValidationError("faults in a list", errors, cls)
        return tuple(found)

    return hook


def _tallies(conv: Converter) -> Hook:
    def hook(value: Any, _: Any) -> tuple[Tally, ...]:
        if type(value) is not dict:
            raise InvalidValueError(f"{shown(value)} does not say how many", "write {completed: 15, remaining: 10}")
        return tuple(
            Tally(status=text(status), number=conv.structure(number, Count)) for status, number in value.items()
        )

    return hook


_KNOWN = (str, int, bool, Decimal, Money, When, Period, Day, Count, Share, OrgNumber, Party, Selection)


def _check_types(cls: Any) -> None:
    for a in attrs.fields(cls):
        for kind in _kinds_in(hints(cls)[a.name]):
            if not (kind in _KNOWN or is_term(kind) or attrs.has(kind)):
                said = f"{cls.__name__}.{a.name} is a {getattr(kind, '__name__', kind)}, which no document can hold"
                raise InvalidValueError(said, "use text, int, Decimal, or a type of the model")


def _kinds_in(hint: Any) -> Iterator[Any]:
    kind = bare(hint)
    args = get_args(kind)
    if is_list(hint) and args[1:] == (...,):
        yield from _kinds_in(args[0])
    elif is_union(hint):
        for arg in args:
            yield from _kinds_in(arg) if arg not in (NoneType, Missing) else ()
    else:
        yield kind


def _class(cls: Any, conv: Converter) -> Any:
    _check_types(cls)
    read = make_dict_structure_fn(cls, conv, _cattrs_forbid_extra_keys=True, **_renames(cls, conv))
    absent = dict.fromkeys(silent(cls), _ABSENT)

    def hook(value: Any, kind: Any) -> Any:
        if type(value) is not dict:
            raise InvalidValueError(
                f"{shown(value)} is not a {naming(cls)}", f"write its fields: {', '.join(map(key_of, hints(cls)))}"
            )
        return read(absent | value if absent else value, kind)

    return hook


def _class_out(cls: Any, conv: Converter) -> Any:
    _check_types(cls)
    write = make_dict_unstructure_fn(cls, conv, _cattrs_omit_if_default=True, **_renames(cls, conv))
    absent = silent(cls)

    def hook(value: Any) -> Any:
        return {key: part for key, part in write(value).items() if part is not None or key not in absent}

    return hook if absent else write


def _renames(cls: Any, conv: Converter) -> dict[str, Any]:
    return {a.name: override(rename=key_of(a.name), struct_hook=_read(a, cls, conv)) for a in attrs.fields(cls)}


def _read(a: Any, cls: Any, conv: Converter) -> Hook | None:
    """The hook of a field; of a number that its class bounds, the bounds too, so that their fault has its place."""
    hint = hints(cls)[a.name]
    if a.converter is None or [*_kinds_in(hint)] != [int]:
        return _directly(hint)
    read, bounded = conv.get_structure_hook(hint), a.converter
    return lambda value, kind: bounded(read(value, kind))


def reading(hint: Any) -> Hook:
    """What makes the value of a field out of what a document writes."""
    return _directly(hint) or converter().get_structure_hook(hint)


@cache
def structuring(kind: type) -> Hook:
    """What makes a record of a kind out of its fields."""
    return converter().get_structure_hook(kind)


@cache
def converter() -> Converter:
    """The converter, built once: primitives, values, unions and lists, classes, in that order."""
    conv = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=True)
    conv.register_structure_hook_factory(attrs.has, _class)
    conv.register_unstructure_hook_factory(attrs.has, _class_out)
    conv.register_structure_hook(str, _word)
    conv.register_unstructure_hook(str, text)
    conv.register_structure_hook(int, strict(int, "a whole number"))
    conv.register_unstructure_hook_func(lambda cls: cls is int, whole_out)
    conv.register_structure_hook(bool, strict(bool, "true or false"))
    conv.register_unstructure_hook(bool, only(bool, bool))
    conv.register_structure_hook(Decimal, decimal)
    conv.register_unstructure_hook(Decimal, only(Decimal, number_out))
    values: dict[Any, tuple[Hook, Callable[[Any], Any]]] = {
        Money: (amount, str),
        When: (moment, moment_out),
        Period: (span, span_out),
        Day: (DAY, Day.isoformat),
        Count: (lambda value, _: count(value if type(value) is int else short(value)), count_out),
        Share: (lambda value, _: share(value if type(value) is int else short(value)), str),
        OrgNumber: (from_text(OrgNumber), str),
        Party: (from_text(party), str),
        Selection: (from_text(selection), str),
    }
    for kind, (read, write) in values.items():
        conv.register_structure_hook(kind, read)
        conv.register_unstructure_hook(kind, only(kind, write))
    conv.register_unstructure_hook(Term, only(Term, lambda value: value.value))
    conv.register_structure_hook_factory(is_union, _union)
    conv.register_unstructure_hook_factory(is_union, _union_out)
    conv.register_structure_hook_factory(is_list, _list)
    conv.register_structure_hook_func(is_basis, grounds)
    conv.register_unstructure_hook_func(is_basis, grounds_out)
    conv.register_structure_hook_func(_is_tallies, _tallies(conv))
    conv.register_unstructure_hook_func(_is_tallies, tallies_out)
    return conv


def _is_tallies(hint: Any) -> bool:
    return is_list(hint) and get_args(bare(hint))[0] is Tally
