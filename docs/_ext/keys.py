"""`autokeys`: how a document writes one kind of record, read from the shape that `read` itself goes by."""

from collections.abc import Iterable
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

import attrs
from docutils.parsers.rst import Directive

import samverkan as sv
from _ext.aliases import nested
from _ext.words import full, named, table, told
from samverkan.documents.document_model import key_of, shape
from samverkan.model.reference import Ref, hints, references
from samverkan.model.work import Tally

WRITTEN: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    bool: "``true`` or ``false``",
    Decimal: "a number, such as ``71.5``",
    sv.Money: "an :ref:`amount <amounts>`",
    sv.When: "a :ref:`day <days>`",
    sv.fields.Day: "one single day",
    sv.Period: "a :ref:`period <periods>`",
    sv.Count: "a :ref:`count <counts>`",
    sv.Share: "a share: ``1/3``, ``25 %``",
    sv.fields.OrgNumber: "an organisation number, ``NNNNNN-NNNN``",
    sv.Party: "a :ref:`party <parties>`",
    sv.fields.Selection: "``kommuner in county 14``",
    sv.fields.Basis: ":ref:`how fields are known <basis>`",
    Tally: "a map of status: how many",
}


def setup(app: Any) -> None:
    """Add the directive."""
    app.add_directive("autokeys", Keys)


class Keys(Directive):
    """Tell the keys of one kind of record, or of one value that is written as a map."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """Write where it stands, and a table of its keys."""
        kind = named(self.arguments[0])
        lines = [*standing(kind), "", *table(["key", "value", "says"], list(rows(kind)))]
        return nested(self, lines)


def standing(kind: type) -> list[str]:
    """Where in a document records of a kind stand, in sentences; what any record may hold is told once on the page."""
    if kind not in sv.KINDS:
        return []
    form = shape(kind, sv.KINDS)
    how = (
        "a map from id to fields" if form.named else "a list; an id is made of what is related, unless ``id`` is given"
    )
    said = [f"{link(kind)}: {how}."]
    homes = [
        f"``{name}`` of {a(parent)}"
        for parent in sv.KINDS
        for name, child in own_children(parent)
        if child.kind is kind
    ]
    if homes:
        said.append(f"May stand in {either(homes)}.")
    if held := [f"``{name}`` ({link(child.kind)})" for name, child in own_children(kind)]:
        said.append(f"May hold {', '.join(held)}.")
    if not form.named and form.main and form.main not in form.within:
        said.append(f"A bare text stands for ``{key_of(form.main)}``.")
    return [" ".join(said)]


def own_children(kind: type) -> list[tuple[str, Any]]:
    """What may be written inside records of a kind, and not inside every record."""
    anywhere = {reference.within for other in sv.KINDS for reference in references(other) if not reference.kinds}
    return [(name, child) for name, child in shape(kind, sv.KINDS).children.items() if name not in anywhere]


def rows(kind: type) -> Any:
    """Each key of a kind: what is written, and what it says."""
    said = told(kind)
    inline = shape(kind, sv.KINDS).inline if kind in sv.KINDS else ""
    for field in attrs.fields(kind):
        if field.name in ("id", "source", "basis", "note") and kind in sv.KINDS:
            continue
        if field.name == inline:
            yield ["``due``, ``done`` …", ":ref:`the keys of a timing <timings>`", said.get(field.name, "")]
            continue
        must = " **(must)**" if field.default is attrs.NOTHING else ""
        yield [f"``{key_of(field.name)}``{must}", written(hints(kind)[field.name]), said.get(field.name, "")]


def written(hint: Any) -> str:
    """How a value of a type is written."""
    inner = [arg for arg in get_args(hint) if arg not in (NoneType, sv.vocabulary.Missing)]
    if get_origin(hint) is Annotated:
        ref = next((mark for mark in inner[1:] if isinstance(mark, Ref)), None)
        return written(inner[0]) if ref is None else id_of(ref)
    if get_origin(hint) is tuple:
        return written(inner[0]) + ("" if inner[0] in (sv.fields.Basis, Tally) else "; or a list")
    if inner:
        return either(map(written, inner)) + (
            ", ``unknown`` or ``none``" if sv.vocabulary.Missing in get_args(hint) else ""
        )
    if hint in WRITTEN:
        return WRITTEN[hint]
    return f"a word of {link(hint)}" if issubclass(hint, sv.vocabulary.Term) else f"a map, as {link(hint)}"


def id_of(ref: Ref) -> str:
    """Whose id is written."""
    return f"the id of {either(a(getattr(sv, kind)) for kind in ref.kinds)}" if ref.kinds else "the id of any record"


def link(kind: type) -> str:
    """A class as a link by its name."""
    return f":py:class:`~{full(kind)}`"


def a(kind: type) -> str:
    """The same with its article."""
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {link(kind)}"


def either(texts: Iterable[str]) -> str:
    """Texts as a list in a sentence."""
    *first, last = texts
    return f"{', '.join(first)} or {last}" if first else last
