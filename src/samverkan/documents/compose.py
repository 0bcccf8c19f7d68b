"""A collaboration as a document's plain values: sections in order, parts inside their wholes, nothing said twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from attrs import define, field

from samverkan.documents.convert import converter
from samverkan.documents.document_model import RecordLayout, key_of, shapes
from samverkan.documents.layout import MOST_WRITTEN_OUT, PER_RECORD, size
from samverkan.documents.migrate import VERSION
from samverkan.documents.scalars import check_name, text
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.kinds import KINDS
from samverkan.values.names import as_range, gathered, runs

__all__ = ["compose"]

_ADDED = 4
"""How many values the reader may add to a record: its id, its parent, its timing, its source."""


@define
class _Written:
    """One record on its way into the document."""

    record: Any
    shape: RecordLayout
    body: dict[str, Any]
    key: str = ""
    inside: dict[str, list[_Written]] = field(factory=dict)


def compose(collaboration: Collaboration) -> dict[str, Any]:
    """The document that says what a collaboration says; the same collaboration gives the same document."""
    kinds = (*KINDS, *(kind for kind in collaboration.kinds if kind not in KINDS))
    lines, covered = _from_register(collaboration)
    source = _common_source(collaboration, covered)
    by_kind = {form.kind: form for form in shapes(kinds).values()}
    written = {
        record.id: _Written(record, by_kind[kind], {} if record.id in covered else _body(record, by_kind[kind], source))
        for kind in kinds
        for record in records(collaboration, kind)
    }
    ranges = sum(2 * size(item.body) + _ADDED + PER_RECORD for item in written.values()) <= MOST_WRITTEN_OUT
    for item in written.values() if ranges else ():
        _gather(item)
    top = [item for item in written.values() if not _place_inside(item, written, covered)]
    header = {
        "samverkan": VERSION,
        "id": collaboration.id and check_name(collaboration.id),
        "title": text(collaboration.title),
        "source": source,
        "known": collaboration.known and collaboration.known.isoformat(),
        "use": list(lines),
    }
    document = {key: value for key, value in header.items() if value}
    for kind in kinds:
        items = [item for item in top if item.shape.kind is kind and (item.record.id not in covered or item.inside)]
        if items:
            document[by_kind[kind].key] = _section(items, ranges=ranges)
    return document


def _from_register(collaboration: Collaboration) -> tuple[tuple[str, ...], frozenset[str]]:
    if not any(str(getattr(record, "source", "")).startswith("register-") for record in collaboration):
        return (), frozenset()
    from samverkan.register import lines  # the register is read only where something may come from it

    return lines(collaboration)


def _common_source(collaboration: Collaboration, covered: frozenset[str]) -> str | None:
    """The source that most records have, where every record that can have one has."""
    found: Counter[str] = Counter()
    for record in collaboration:
        if record.id not in covered and hasattr(record, "basis") and hasattr(record, "source"):
            if type(record.source) is not str:
                return None
            found[record.source] += 1
    return min(found, key=lambda source: (-found[source], source), default=None)


def _body(record: Any, form: RecordLayout, source: str | None) -> dict[str, Any]:
    try:
        body: dict[str, Any] = converter().unstructure(record)
    except InvalidValueError as error:
        raise InvalidValueError(f"{record.id!r} cannot be written: {error.message}", error.remedy) from None
    except Exception as error:
        raise InvalidValueError(f"{record.id!r} cannot be written: {error}", "use the types of the model") from error
    if form.named:
        del body["id"]
    if form.inline and form.inline in body:
        body = {
            name: value
            for key, whole in body.items()
            for name, value in (whole.items() if key == form.inline else [(key, whole)])
        }
    if source and form.sourced and body.get("source") == source:
        del body["source"]
    return body


def _gather(item: _Written) -> None:
    for name in item.shape.references:
        names = item.body.get(name)
        if type(names) is list and all(type(part) is str for part in names):
            item.body[name] = gathered(names)


def _place_inside(item: _Written, written: dict[str, _Written], covered: frozenset[str]) -> bool:
    """Put a record inside the one it belongs to, where a document can say it so."""
    if item.record.id in covered:
        return False
    for parent, key, name, many in _parents(item, written):
        if item.shape.named:
            if not item.record.id.startswith(f"{parent.record.id}."):
                continue
            item.key = item.record.id.removeprefix(f"{parent.record.id}.")
            if "." in item.key:
                continue
        if many and len(getattr(item.record, name)) != 1:
            continue
        item.body.pop(key_of(name))
        parent.inside.setdefault(key, []).append(item)
        return True
    item.key = item.record.id
    return False


def _parents(item: _Written, written: dict[str, _Written]) -> Iterator[tuple[_Written, str, str, bool]]:
    for name in item.shape.within:
        value = getattr(item.record, name)
        parent = written.get(value[0] if type(value) is tuple and value else value)
        if parent is None or not parent.shape.named or parent is item:
            continue
        for key, child in parent.shape.children.items():
            if child.kind is item.shape.kind and child.field == name:
                yield parent, key, name, child.many


def _section(items: list[_Written], *, ranges: bool) -> Any:
    if not items[0].shape.named:
        return [_alone(item) for item in items]
    bodies = [(item.key or item.record.id, _whole(item, ranges=ranges)) for item in items]
    return dict(_collapsed(bodies) if ranges else bodies)


def _whole(item: _Written, *, ranges: bool) -> dict[str, Any]:
    inside = sorted(item.inside.items(), key=lambda pair: list(item.shape.children).index(pair[0]))
    return {**item.body, **{key: _section(nested, ranges=ranges) for key, nested in inside}}


def _alone(item: _Written) -> Any:
    body = item.body
    main = item.shape.main
    return body[main] if list(body) == [main] and type(body[main]) is str else body


def _collapsed(items: list[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Numbered neighbours that say the same, as one range."""
    keys = [key for key, _ in items]
    for first, last in runs(keys, lambda one, other: bool(items[one][1] == items[other][1])):
        yield (keys[first] if first == last else as_range(keys, first, last)), items[first][1]
