"""From a document's nested shape to flat records, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from attrs import define, field

from samverkan.documents.document_model import Child, RecordLayout, shape, shapes
from samverkan.documents.source_tree import Tree
from samverkan.errors import Fault, InvalidValueError
from samverkan.values.identity import check_id, is_id
from samverkan.values.missing import RESERVED
from samverkan.values.money import Money, money
from samverkan.values.names import near, spread

__all__ = ["HEADER", "MOST_WRITTEN_OUT", "PER_RECORD", "Entry", "Layout", "lay_out", "shorthand_in", "size"]

MOST_WRITTEN_OUT = 100_000
"""How many values the ranges of one document may stand for, so that a short text cannot fill the memory."""
PER_RECORD = 10
"""How many values a record counts for beside those that are written in it."""

HEADER = ("samverkan", "id", "title", "source", "known", "use")
"""The keys of a document that are no section of records, in order."""

_SHORT = (b"..", b'".', b"'.", b" .", b"[.", b",.", b"{.")


class Entry(NamedTuple):
    """One record as a document writes it: its shape, its id, its fields, where it stands, and inside which other."""

    form: RecordLayout
    id: str
    body: dict[str, Any]
    path: tuple[Any, ...]
    parent: str


@define
class Layout:
    """A document laid out flat: its header and its records."""

    tree: Tree
    kinds: tuple[type, ...]
    shorthand: bool
    header: dict[str, Any] = field(factory=dict)
    entries: list[Entry] = field(factory=list)
    faults: list[Fault] = field(factory=list)
    refused: dict[str, type] = field(factory=dict)
    """The ids of records that cannot be good, and their kinds."""
    repeating: bool = False
    """Whether what is laid out stands inside a range, so that it is laid out many times."""
    written_out: int = 0
    """How many values ranges have stood for so far."""

    def fault(
        self, message: str, remedy: str, path: tuple[Any, ...], record: str = "", kind: type | None = None
    ) -> None:
        """Note something wrong at a path, if nothing has been said of it yet; with *kind*, the record is refused."""
        if kind and record:
            self.refused[record] = kind
        if not self.tree.is_refused(path):
            self.faults.append(Fault(message, remedy, self.tree.place(path), record))

    def spend(self, values: int, path: tuple[Any, ...]) -> bool:
        """Whether ranges may stand for so many values more; the first time that they may not is a fault."""
        before, self.written_out = self.written_out, self.written_out + values
        if before <= MOST_WRITTEN_OUT < self.written_out:
            self.fault(f"the ranges stand for more than {MOST_WRITTEN_OUT} values", "write fewer or shorter ones", path)
        return not self.is_full

    @property
    def is_full(self) -> bool:
        """Whether ranges stand for as much as they may."""
        return self.written_out > MOST_WRITTEN_OUT


def lay_out(tree: Tree, kinds: tuple[type, ...], *, shorthand: bool = True) -> Layout:
    """Lay a document out flat: nested records get the id `parent.key`, ranges and short references are written out."""
    layout = Layout(tree, kinds, shorthand)
    if type(tree.root) is not dict:
        if not tree.faults:
            found = "nothing" if tree.root is None else _shown(tree.root)
            tree.fault(f"a document is a mapping of sections; this holds {found}", "begin with 'samverkan: 1'", 1, 1)
        return layout
    known = shapes(kinds)
    for key, value in tree.root.items():
        if key in HEADER:
            layout.header[key] = value
        elif key in known:
            _section(layout, known[key], value, (key,), "", "")
        else:
            hint = near(str(key), (*known, *HEADER))
            layout.fault(
                f"there is no section {key!r:.80}",
                f"did you mean {hint!r}?" if hint else f"sections: {', '.join(known)}",
                (key,),
            )
    _rest(layout)
    return layout


def _section(layout: Layout, form: RecordLayout, value: Any, path: tuple[Any, ...], parent: str, near_to: str) -> None:
    was_repeating = layout.repeating
    if form.named:
        if type(value) is not dict:
            layout.fault(f"{path[-1]!r:.80} holds {_shown(value)}", "write a map: an id, a colon, and its fields", path)
            return
        for key, body in value.items():
            here = (*path, key)
            layout.repeating = was_repeating or (layout.shorthand and ".." in key)
            for id in _ids(layout, form, key, parent, here) if not (layout.repeating and layout.is_full) else ():
                if layout.repeating and layout.is_full:
                    break
                _record(layout, form, id, body, here, parent, parent or id)
        layout.repeating = was_repeating
    elif ids := _ids_of_a_list(form, value):
        layout.refused |= dict.fromkeys(ids, form.kind)
        said = f"{path[-1]!r:.80} is a list, and this is a map of ids"
        layout.fault(said, f"put each id inside its record: - {{id: {ids[0]:.60}, …}}", path)
    else:
        for index, body in enumerate(value if type(value) is list else [value]):
            here = (*path, index) if type(value) is list else path
            _record(layout, form, "", body, here, parent, near_to)


def _ids_of_a_list(form: RecordLayout, value: Any) -> list[str]:
    """The ids under which a map holds records that belong in a list; none for a list, or for a record alone."""
    if type(value) is not dict or any(type(body) is not dict for body in value.values()):
        return []
    return [] if not (form.keys | form.folded).isdisjoint(value) else list(value)


def _ids(layout: Layout, form: RecordLayout, key: str, parent: str, path: tuple[Any, ...]) -> Iterator[str]:
    names = [key]
    if layout.shorthand and (numbered := spread(key)) is not None:
        names = numbered
        if not names:
            layout.fault(f"the range {key!r:.80} is empty or too long", "write process-1..25, at most 10 000", path)
    for name in names:
        id = f"{parent}.{name}" if parent else name
        if is_id(id):
            yield id
            continue
        try:
            check_id(id)
        except InvalidValueError as error:
            layout.fault(error.message, error.remedy, path, id, form.kind)
        yield id


def _record(
    layout: Layout, form: RecordLayout, id: str, body: Any, path: tuple[Any, ...], parent: str, near_to: str
) -> None:
    if type(body) is str and not form.named and form.main:
        body = {form.main: body}
    if type(body) is not dict:
        said = f"{path[-1]!r:.80} holds {_shown(body)}"
        layout.fault(said, "write its fields, or {} where there are none", path, id, form.kind)
        return
    if form.named and "id" in body:
        layout.fault("the id stands before the fields already", "leave this one out", (*path, "id"), id, form.kind)
        body = {key: value for key, value in body.items() if key != "id"}
    flat = body if form.folded.isdisjoint(body) else _unfolded(layout, form, id, body, path, near_to)
    for key in form.lists:
        if flat.get(key).__class__ is str and flat[key] in RESERVED:
            flat = _quieted(flat, {key: flat[key]})
    if layout.repeating and not layout.spend(size(flat) + PER_RECORD, path):
        return
    if layout.shorthand:
        flat = _written_out(layout, form, flat, near_to, path)
    layout.entries.append(Entry(form, id, {"id": id, **flat} if form.named else dict(flat), path, parent))


def _unfolded(
    layout: Layout, form: RecordLayout, id: str, body: dict[str, Any], path: tuple[Any, ...], near_to: str
) -> dict[str, Any]:
    """A record's own fields: what is nested in it laid out beside it, its timing folded in."""
    flat = body
    if not form.children.keys().isdisjoint(body):
        nested = {key: value for key, value in body.items() if key in form.children}
        flat = {key: value for key, value in body.items() if key not in form.children}
        flat = _nested(layout, form, id, nested, flat, path, near_to)
    if not form.inline_keys.isdisjoint(flat):
        timing = {key: value for key, value in flat.items() if key in form.inline_keys}
        flat = {key: value for key, value in flat.items() if key not in form.inline_keys}
        given = flat.get(form.inline, {})
        if type(given) is dict:
            for key in sorted(timing.keys() & given.keys()):
                where = (*path, form.inline, key)
                layout.fault(f"{key!r} stands here and beside {form.inline!r}", "keep one", where, id, form.kind)
            given = timing | given
        flat[form.inline] = given
    return flat


def _nested(
    layout: Layout,
    form: RecordLayout,
    id: str,
    nested: dict[str, Any],
    flat: dict[str, Any],
    path: tuple[Any, ...],
    near_to: str,
) -> dict[str, Any]:
    for key, value in nested.items():
        child = form.children[key]
        if type(value) is str and value in RESERVED:
            flat = _quieted(flat, {key: value})
            continue
        before = len(layout.entries)
        _section(layout, shape(child.kind, layout.kinds), value, (*path, key), id, near_to)
        for index in range(before, len(layout.entries)):
            _belong(layout.entries[index], id, child)
    return flat


def _belong(entry: Entry, parent: str, child: Child) -> None:
    if entry.parent == parent and entry.form.kind is child.kind:
        entry.body.setdefault(child.field.rstrip("_"), [parent] if child.many else parent)


def _quieted(body: dict[str, Any], said: dict[str, str]) -> dict[str, Any]:
    """A list that is `unknown` or `none` is an empty one, with that said in its basis."""
    marks = {key: "complete" if word == "none" else "unknown" for key, word in said.items()}
    basis = body.get("basis", {})
    basis = {"": basis} if type(basis) is str else basis
    if type(basis) is not dict:
        return body
    return {key: value for key, value in body.items() if key not in said} | {"basis": marks | basis}


def _written_out(
    layout: Layout, form: RecordLayout, body: dict[str, Any], near_to: str, path: tuple[Any, ...]
) -> dict[str, Any]:
    """References written out: `.step` is a neighbour inside the same parent, `process-1..25` twenty-five of them."""

    def full(value: Any, ways: Iterable[tuple[str, ...]]) -> Any:
        if type(value) is str:
            value = f"{near_to}{value}" if value[:1] == "." and value[1:2] != "." else value
            names = spread(value) if ".." in value and not layout.is_full else None
            return names if names and layout.spend(len(names), path) else value
        if type(value) is list:
            items = [(full(item, ways), type(item) is str) for item in value]
            return [one for item, name in items for one in (item if name and type(item) is list else [item])]
        if type(value) is dict:
            onward = {key: [way[1:] for way in ways if way[:1] == (key,)] for key in value}
            return {key: full(item, onward[key]) if onward[key] else item for key, item in value.items()}
        return value

    changed = {key: full(body[key], ways) for key, ways in form.references.items() if key in body}
    return {key: changed.get(key, value) for key, value in body.items()}


def size(value: Any) -> int:
    """How many values there are in a value, itself included."""
    if type(value) in (dict, list):
        return 1 + sum(map(size, value.values() if type(value) is dict else value))
    return 1


def shorthand_in(data: bytes) -> bool:
    """Whether a document may use short references or ranges at all."""
    return any(mark in data for mark in _SHORT)


def _rest(layout: Layout) -> None:
    """An amount that is the rest: the parent's amount less its neighbours', marked derived."""
    asked: dict[Any, list[int]] = {}
    for index, entry in enumerate(layout.entries):
        if entry.form.rests and _amount(entry) == "rest":
            asked.setdefault(_line_of(entry), []).append(index)
    if not asked:
        return
    by_id = {entry.id: entry for entry in layout.entries if entry.id}
    lines: dict[Any, list[Entry]] = {}
    for entry in layout.entries:
        lines.setdefault(_line_of(entry), []).append(entry)
    for key, indexes in asked.items():
        amount: Any
        try:
            amount = str(_remaining(layout.entries[indexes[0]], by_id.get(key[1]), lines[key]))
        except InvalidValueError as error:
            amount = error  # the converter raises it in its place
        for index in indexes:
            body = layout.entries[index].body
            basis = body.get("basis", {})
            basis = {"": basis} if type(basis) is str else basis
            basis = {**basis, "amount": "derived"} if type(basis) is dict else basis
            layout.entries[index] = layout.entries[index]._replace(body={**body, "amount": amount, "basis": basis})


def _line_of(entry: Entry) -> tuple[type, str]:
    return entry.form.kind, str(entry.body.get("part_of"))


def _amount(entry: Entry) -> Any:
    return entry.body.get("amount")


def _remaining(entry: Entry, whole: Entry | None, lines: list[Entry]) -> Money:
    if whole is None:
        raise InvalidValueError(
            "'rest' stands where there is no whole", "write it in a line of a grant that has an amount"
        )
    total = _given(whole)
    for other in lines:
        if other is not entry and not other.body.get("cuts_across") and _amount(other) != "none":
            total -= _given(other)
    if total < Money(0, total.currency):
        raise InvalidValueError(
            f"the neighbours of {entry.id!r} make {-total} more than the whole", "correct one of them"
        )
    return total


def _given(entry: Entry) -> Money:
    amount = _amount(entry)
    if amount == "rest":
        raise InvalidValueError("two neighbours are both the rest", "write one of the amounts out")
    if amount is None or amount == "unknown":
        raise InvalidValueError(
            f"the rest cannot be told, since the amount of {entry.id!r} is not known", "write unknown"
        )
    try:
        return money(amount)
    except InvalidValueError:
        said = f"the rest cannot be told, since the amount of {entry.id!r} cannot be read"
        raise InvalidValueError(said, "correct that amount") from None


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if type(value) in (dict, list):
        return "a map" if type(value) is dict else "a list"
    return f"{value!r:.60}"
