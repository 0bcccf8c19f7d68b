"""The JSON Schema of a document, made from the classes of its records; it refuses nothing that the reader takes."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from textwrap import dedent
from types import NoneType
from typing import Any, get_args

import attrs
from attrs import define, field

from samverkan.documents.document_model import Child, RecordLayout, key_of, shape, shapes
from samverkan.documents.migrate import VERSION
from samverkan.errors import InvalidValueError
from samverkan.model.kinds import KINDS
from samverkan.model.party import Actor, Manner, Party, Selection
from samverkan.model.reference import Ref, bare, hints, is_list, is_union
from samverkan.model.source import Basis, Mark, Source
from samverkan.model.work import Tally
from samverkan.values.count import Count
from samverkan.values.day import Day
from samverkan.values.identity import OrgNumber
from samverkan.values.missing import Missing
from samverkan.values.money import Money
from samverkan.values.period import Period
from samverkan.values.share import Share
from samverkan.values.term import Term, words
from samverkan.values.timing import Timing
from samverkan.values.when import When

__all__ = ["schema"]

Schema = dict[str, Any]

_ID = r"[a-z0-9.>:@-]+"
_IDS = rf"{_ID}(\.\.[0-9]+)?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_UNIT = r"[0-9]{4}(-[QqKk][1-4]|-[0-9]{2}(-([0-9]{2}|early|mid|late|början|mitten|slutet))?)?"
_WHEN = rf"(unknown|((by|before|from|after|in) )?{_UNIT}|{_UNIT}\.\.{_UNIT})"
_MONEY = r"-?[0-9][0-9 \u00a0\u202f]*(\.[0-9]+)?[ \u00a0\u202f][A-Za-z]+"


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^({pattern})$"}


def _either(*choices: Schema) -> Schema:
    return choices[0] if len(choices) == 1 else {"anyOf": list(choices)}


def _object(properties: Schema, required: Sequence[str] = ()) -> Schema:
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": properties, "additionalProperties": False} | needed


def _map(item: Schema) -> Schema:
    return {"type": "object", "additionalProperties": item}


def _or_list(item: Schema) -> Schema:
    return _either(item, {"type": "array", "items": item})


_STRING: Schema = {"type": "string"}
_YEAR: Schema = {"type": "integer", "minimum": 1, "maximum": 9999}
_MOMENT = _either(_text(_WHEN), _YEAR)
_VAGUE: Schema = {"$ref": "#/$defs/When"}
_MISSING: Schema = {"enum": [member.value for member in Missing]}
_PLAIN: dict[Any, Schema] = {
    str: _STRING,
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: _either({"type": "number"}, _text(r"-?[0-9]+\.[0-9]+")),
}
_VALUES: dict[Any, Schema] = {
    Day: _text(_DAY) | {"title": "Day", "description": "A calendar day (dag), such as 2016-10-31."},
    Money: _either(_text(_MONEY), {"type": "integer"}),
    When: _either(*_MOMENT["anyOf"], _object({"day": _MOMENT, "as_written": _STRING, "plan_as": _text(_DAY)}, ["day"])),
    Period: _either(_text(rf"unknown|{_UNIT}|{_WHEN}?/{_WHEN}?"), _YEAR, _object({"start": _VAGUE, "end": _VAGUE})),
    Count: _either(_text(r"~?([0-9]+(\.\.[0-9]*)?|[<>][0-9]+)"), {"type": "integer", "minimum": 0}),
    Share: _either(_text(r"[0-9]+(/[0-9]+|(\.[0-9]+)?( ?%)?)"), {"enum": [0, 1]}),
    OrgNumber: _text(r"(SE-ON-)?(16)?[0-9]{6}-?[0-9]{4}"),
    Party: _text(rf"(({'|'.join(words(Manner))}) )?{_ID}") | {"x-refers-to": ["Actor", "Group", "Role"]},
    Selection: _STRING,
}
_NAMES: dict[str, Any] = {"Day" if kind is Day else kind.__name__: kind for kind in _VALUES}
_COMMON = {
    "source": "The source of what the record says (källa); the document's own where it is left out.",
    "basis": "How single fields are known: derived, assumed, made, or by another source (grund).",
    "note": "A remark (anmärkning).",
    "id": "The name by which others refer to it; made of what it relates where it is left out.",
}
_PULLED = (Actor, Source)
"""Kinds that `use` brings: a document may add to such a record without writing it whole."""


def schema(kinds: Sequence[type] = KINDS) -> Schema:
    """The JSON Schema (2020-12) of a document with records of these kinds (dokumentschema).

    Editors use it to complete and check what somebody writes. What `write` writes is valid by it, and what it refuses
    `read` refuses as well; that a reference leads somewhere and a check digit fits is only seen when reading.
    `x-refers-to` names the kinds of record that a reference may lead to; an empty list means any.

    Raises `InvalidValueError` for a kind with a field that no document can hold.

    >>> schema()["properties"]["known"]["title"]
    'kunskapsläge'
    """
    forms = shapes(tuple(kinds))
    maker = _Maker(tuple(kinds))
    header = {
        "samverkan": {"const": VERSION} | _told("The version of the format."),
        "id": _text(rf"{_ID}( \+ {_ID})*") | _told("The collaboration's own name."),
        "title": _STRING | _told("What it is called (namn)."),
        "source": maker.reference("Source") | _told("The source of all that does not name another (källa)."),
        "known": {"$ref": "#/$defs/Day"} | _told("The day to which its knowledge goes (kunskapsläge)."),
        "use": _or_list(_STRING) | _told("Bodies that come out of the register (ur registret)."),
    }
    sections = {key: maker.section(form) | {"title": form.kind.__name__} for key, form in forms.items()}
    whole = {key: _map({"required": _required(form.kind)}) for key, form in forms.items() if form.kind in _PULLED}
    return (
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"samverkan {VERSION}"}
        | _object(header | sections, ["samverkan"])
        | {"if": {"not": {"required": ["use"]}}, "then": {"properties": whole}}
        | {"$defs": {name: _about(kind) | _VALUES[kind] for name, kind in _NAMES.items()} | maker.defs}
    )


@define
class _Maker:
    """Makes the definitions that others point at, each once."""

    kinds: tuple[type, ...]
    defs: Schema = field(factory=dict)
    _names: dict[str, Any] = field(factory=_NAMES.copy)

    def section(self, form: RecordLayout, inside: str = "") -> Schema:
        """The records of one kind: all of a document, or those whose field *inside* names the record around them."""
        needed = [name for name in _required(form.kind) if name != inside and (inside or form.kind not in _PULLED)]
        record = self._defined(form.kind, self._record) | ({"required": needed} if needed else {})
        if form.named:
            return {"propertyNames": _text(_IDS)} | _map(record)
        return _or_list(_either(record, _STRING) if form.main else record)

    def value(self, hint: Any) -> Schema:
        """What an annotation allows."""
        kind = bare(hint)
        refs = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Ref)]
        if refs and kind is str:
            return self.reference(*refs[0].kinds)
        if is_list(hint):
            return self._list(get_args(kind)[0])
        inner = [arg for arg in get_args(kind) if arg not in (NoneType, Missing)]
        if is_union(hint) and len(inner) == 1:
            return _either(self.value(inner[0]), *([_MISSING] if Missing in get_args(kind) else []))
        return self._single(kind)

    def _single(self, kind: Any) -> Schema:
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind in _VALUES:
            return {"$ref": f"#/$defs/{'Day' if kind is Day else kind.__name__}"}
        if isinstance(kind, type) and issubclass(kind, Term):
            return self._defined(kind, lambda term: {"enum": list(dict.fromkeys((*map(str, term), *words(term))))})
        if attrs.has(kind):
            return self._defined(kind, lambda nested: _object(self._fields(nested), _required(nested)))
        raise InvalidValueError(f"no document can hold a {kind}", "use text, int, Decimal, or a type of the model")

    def reference(self, *kinds: str) -> Schema:
        """The id of a record, or a short or numbered form of it."""
        return _text(_IDS) | {"x-refers-to": list(kinds)}

    def _list(self, hint: Any) -> Schema:
        if hint is Basis:
            ground = _either(self.value(Mark), self.reference("Source"))
            return self._defined(Basis, lambda _: _either(ground, _map(_or_list(ground))))
        return _either(_map(self.value(Count)) if hint is Tally else _or_list(self.value(hint)), _MISSING)

    def _record(self, kind: Any) -> Schema:
        form = shape(kind, self.kinds)
        own = {key: value for key, value in self._fields(kind).items() if key != "id" or not form.named}
        inline = self._fields(Timing) if form.inline else {}
        nested = {key: self._inside(child) for key, child in form.children.items()}
        if form.rests:
            own["amount"] = _either({"const": "rest"}, own["amount"]) | _told(_docs(kind).get("amount", ""))
        return _object(own | inline | nested)

    def _inside(self, child: Child) -> Schema:
        name = f"{child.kind.__name__}.{child.field}"
        inside = self._once(name, lambda: self.section(shape(child.kind, self.kinds), child.field))
        return _either(inside, _MISSING) | {"description": _about(child.kind)["description"]}

    def _defined(self, kind: Any, make: Callable[[Any], Schema]) -> Schema:
        one = self._names.setdefault(kind.__name__, kind)
        name = kind.__name__ if one is kind else f"{kind.__module__}.{kind.__name__}"
        return self._once(name, lambda: _about(kind) | make(kind))

    def _once(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.defs:
            self.defs[name] = {}  # a kind may be written inside itself
            self.defs[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def _fields(self, kind: Any) -> Schema:
        said = _COMMON | _docs(kind)
        return {
            key_of(a.name): self.value(hints(kind)[a.name]) | _told(said.get(a.name, "")) for a in attrs.fields(kind)
        }


def _required(kind: Any) -> list[str]:
    """The fields that a document must write."""
    needed = [a.name for a in attrs.fields(kind) if a.default is attrs.NOTHING and a.name != "id"]
    hinted = {name: bare(hints(kind)[name]) for name in needed}
    return [key_of(name) for name, hint in hinted.items() if NoneType not in get_args(hint) and hint is not Timing]


def _about(kind: Any) -> Schema:
    said = (inspect.getdoc(kind) or kind.__name__).split("\n\n")[0]
    return {"title": kind.__name__, "description": " ".join(said.split())}


def _told(said: str) -> Schema:
    """A description, and as title the Swedish word that stands in brackets in it."""
    text = " ".join(said.split())
    swedish = re.search(r"\(([^\W\d][^()\d]*)\)", text)
    return ({"title": swedish[1]} if swedish else {}) | ({"description": text} if text else {})


@cache
def _docs(cls: type) -> dict[str, str]:
    """What stands under each field of a class; nothing where its source is not at hand."""
    try:
        body = ast.parse(dedent(inspect.getsource(cls))).body[0].body  # type: ignore[attr-defined]
    except (OSError, TypeError, SyntaxError):
        return {}
    found: dict[str, str] = {}
    for one, other in pairwise(body):
        match one, other:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                found[name] = said
    return found
