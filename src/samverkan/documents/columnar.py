"""The quick lane of reading: JSON documents without fault, their records read many at a time.

Records of one kind that say the same fields are read together, one field of all of them after the other.
What needs judgement is not judged here: the document is then read record by record, or refused with every reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain, repeat
from typing import Any, NamedTuple, get_args

import attrs
from attrs import define, field, frozen

from samverkan.documents.convert import reading
from samverkan.documents.document_model import Child, RecordLayout, is_basis, key_of, shape, shapes, silent
from samverkan.documents.layout import HEADER, Layout
from samverkan.documents.migrate import migrated
from samverkan.documents.parse import is_json, parse_quickly
from samverkan.documents.scalars import are_plain
from samverkan.documents.source_tree import Tree
from samverkan.documents.structure import Work, about
from samverkan.errors import InvalidValueError, Place
from samverkan.model.change import combined
from samverkan.model.collaboration import Collaboration, assembled
from samverkan.model.reference import bare, hints, is_list
from samverkan.model.source import ExternalRecord, Source, grounds
from samverkan.values.bulk import empty, fill
from samverkan.values.identity import are_ids
from samverkan.values.missing import RESERVED
from samverkan.values.money import Money, moneys
from samverkan.values.timing import Timing

__all__ = ["read_quickly"]


class UnusualError(Exception):
    """Something that has to be read, or refused, record by record."""


@frozen(eq=False, kw_only=True)
class Column:
    """A field of a class, and how it is read."""

    name: str
    alias: str
    """What the class calls it when one is made."""
    default: Any
    read: Callable[[Any], Any]
    """What makes a value of what a document writes."""
    convert: Callable[[Any], Any] | None
    """What the class makes of a value, where one is made without asking the class."""
    is_text: bool
    """Whether it is a text just as it is written."""
    is_list: bool
    """Whether a document may say instead that it is unknown, or that there is none."""
    is_money: bool
    """Whether it is an amount."""
    may_lack: bool
    """Whether a document may say nothing of it, though the class has no default."""

    def converted(self, value: Any) -> Any:
        """What the class makes of a value."""
        return self.convert(value) if self.convert else value

    def absent(self, made: Sequence[Any]) -> Iterable[Any]:
        """The values in records of which a document says nothing here; the fields before this one are there."""
        if isinstance(self.default, attrs.Factory):  # type: ignore[arg-type]
            factory = self.default.factory
            return [self.converted(factory(record) if self.default.takes_self else factory()) for record in made]
        if self.default is attrs.NOTHING and not self.may_lack:
            raise UnusualError(self.name)
        return repeat(self.converted(None if self.may_lack else self.default), len(made))


@cache
def columns(cls: Any) -> dict[str, Column]:
    """The fields of a class, by the keys under which a document writes them."""
    return {key_of(a.name): _column(cls, a, hints(cls)[a.name]) for a in attrs.fields(cls) if a.init}


def _column(cls: Any, a: Any, hint: Any) -> Column:
    convert = a.converter if _is_plain(cls) else None
    hook = reading(hint)
    return Column(
        name=a.name,
        alias=a.alias,
        default=a.default,
        read=(lambda said: convert(hook(said, hint))) if convert else (lambda said: hook(said, hint)),
        convert=convert,
        is_text=hint is str and convert is None,
        is_list=is_list(hint) and not is_basis(hint),
        is_money=Money in (bare(hint), *get_args(bare(hint))),
        may_lack=key_of(a.name) in silent(cls),
    )


@cache
def _is_plain(cls: Any) -> bool:
    """Whether to make one is to fill its fields and no more: said of no class but our own, who might change it."""
    return (
        cls.__module__.startswith("samverkan.")
        and not hasattr(cls, "__attrs_post_init__")
        and all(a.init and a.validator is None for a in attrs.fields(cls))
    )


def records(cls: Any, given: dict[str, Sequence[Any]], number: int) -> list[Any]:
    """So many records of a class, of the values of their fields by key."""
    known = columns(cls)
    if not _is_plain(cls):
        given = {**{key: [None] * number for key in silent(cls)}, **given}
        names = [known[key].alias for key in given]
        rows = zip(*given.values(), strict=True) if given else repeat((), number)
        return [cls(**dict(zip(names, row, strict=True))) for row in rows]
    made = empty(cls, number)
    for key, column in known.items():
        fill(made, cls, column.name, given[key] if key in given else column.absent(made))
    return made


class Meanings(dict[Any, Any]):
    """What each text, or each list of texts as a tuple, means in a field; each is read once."""

    def __init__(self, column: Column) -> None:
        """Begin knowing none."""
        self.column = column

    def __missing__(self, said: Any) -> Any:
        """Read what has not been met before."""
        if self.column.is_list and said in RESERVED:
            raise UnusualError(said)
        value = self[said] = self.column.read(list(said) if type(said) is tuple else said)
        return value


_Path = tuple[Any, ...]


def read_quickly(files: Sequence[tuple[str, bytes]], kinds: tuple[type, ...]) -> Collaboration | None:
    """What JSON documents hold, or None where anything in them needs a closer look."""
    if not all(is_json(name) for name, _ in files):
        return None
    with suppress(Exception):  # whatever it is, the other lane tells it with its place
        return _joined([_read(name, data, kinds) for name, data in files])
    return None


def _read(name: str, data: bytes, kinds: tuple[type, ...]) -> _Document:
    tree = migrated(parse_quickly(data, name))
    header = {key: value for key, value in tree.root.items() if key in HEADER}
    work = Work(Layout(tree, kinds, shorthand=False, header=header), collect=False)
    work.pull()
    if tree.faults or work.faults:
        raise UnusualError(name)
    document = _Document(work)
    for key in [key for key in tree.root if key not in header]:
        document.section(shapes(kinds)[key], [((key,), "", tree.root.pop(key))], None)
    return document


def _joined(documents: Sequence[_Document]) -> Collaboration:
    works = [document.work for document in documents]
    found: Iterable[Any] = list(chain.from_iterable(document.records for document in documents))
    sources = {work.text("source") for work in works} - {""}
    if sources and sources - {record.id for record in found if type(record) in (Source, ExternalRecord)}:
        raise UnusualError(sources)
    if len(documents) > 1:
        for document in documents:
            document.check_ids()
        found = combined(found)
    return assembled(found, **about(works), places=_places(documents))


def _places(documents: Sequence[_Document]) -> Callable[[str], Place | None]:
    """Where the records are written; they are not looked for until somebody asks."""
    written = [(document.work.layout.tree.file, document.work.paths, document.blocks) for document in documents]

    @cache
    def places() -> dict[str, Place]:
        return {
            id: Tree(file).place(path)
            for file, pulled, blocks in reversed(written)
            for id, path in chain(pulled.items(), *map(_paths, blocks))
        }

    return lambda id: places().get(id)


def _paths(block: _Block) -> Iterator[tuple[str, _Path]]:
    for record, inside, key in zip(*block, strict=True):
        yield record.id, (*inside, key)


class _Rows(NamedTuple):
    """Records as they are written: their fields, ids and parents, the paths of what they stand in, their keys there."""

    bodies: list[dict[str, Any]]
    ids: list[str]
    parents: list[str]
    inside: list[_Path]
    keys: list[Any]

    def only(self, where: list[int]) -> _Rows:
        """Some of them."""
        return _Rows(*([column[index] for index in where] for column in self))  # type: ignore[arg-type]


class _Block(NamedTuple):
    """Records, the paths of what they stand in, and their keys there."""

    records: Sequence[Any]
    inside: Sequence[_Path]
    keys: Sequence[Any]


@define
class _Document:
    """The records of a document, read in columns."""

    work: Work
    blocks: list[_Block] = field(factory=list)
    meanings: dict[Column, Meanings] = field(factory=dict)
    amounts: dict[str, Money] = field(factory=dict)

    @property
    def records(self) -> list[Any]:
        """Every record, those out of the register among them."""
        return [*chain.from_iterable(block.records for block in self.blocks), *self.work.pulled.values()]

    def check_ids(self) -> None:
        """Give up where an id is used twice; of several documents, each may hold the same record."""
        ids = [record.id for record in self.records]
        if len({*ids}) < len(ids):
            raise UnusualError(ids)

    def section(self, form: RecordLayout, found: Iterable[tuple[_Path, str, Any]], child: Child | None) -> None:
        """Read the records of one kind under some paths, each path inside the parent with an id."""
        parts = [_rows(form, *one) for one in found]
        rows = _Rows(*map(list, map(chain.from_iterable, zip(*parts, strict=True))))
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for index, names in enumerate(map(tuple, rows.bodies)):
            alike[names].append(index)
        for names, where in alike.items():
            self._alike(form, names, rows if len(alike) == 1 else rows.only(where), child)

    def _alike(self, form: RecordLayout, names: tuple[str, ...], rows: _Rows, child: Child | None) -> None:
        """Read records that say the same fields."""
        own, number = columns(form.kind), len(rows.bodies)
        values: dict[str, Sequence[Any]] = {"id": rows.ids} if form.named else {}
        timing: dict[str, Sequence[Any]] = {}
        for key, said in zip(names, zip(*map(dict.values, rows.bodies), strict=True), strict=True):
            if key in form.children:
                self._nested(form, key, said, rows)
            elif key in form.inline_keys:
                timing[key] = self._column(columns(Timing)[key], said)
            elif key in values:
                raise UnusualError(key)
            else:
                values[key] = self._column(own[key], said)
        if timing and form.inline in values:
            raise UnusualError(form.inline)
        if timing:
            values[form.inline] = list(map(own[form.inline].converted, records(Timing, timing, number)))
        if child and (key := key_of(child.field)) not in values:
            values[key] = self._texts(own[key], [(id,) for id in rows.parents] if child.many else rows.parents)
        if form.sourced and "source" not in values and (source := self.work.text("source")):
            values["source"] = self._texts(own["source"], [source] * number)
        made = records(form.kind, values, number)
        self._check_words(form, made, names)
        self.blocks.append(_Block(made, rows.inside, rows.keys))

    def _nested(self, form: RecordLayout, key: str, said: Sequence[Any], rows: _Rows) -> None:
        """Read the records that are written inside others under a key."""
        child = form.children[key]
        parents = zip(rows.inside, rows.keys, rows.ids, said, strict=True)
        found = [((*inside, own, key), id, value) for inside, own, id, value in parents]
        self.section(shape(child.kind, self.work.layout.kinds), found, child)

    def _column(self, column: Column, said: Sequence[Any]) -> Sequence[Any]:
        """Read one field of many records."""
        kinds = {*map(type, said)}
        if kinds == {str}:
            return said if column.is_text and are_plain(said) else self._texts(column, said)
        if kinds == {list} and {*map(type, chain.from_iterable(said))} <= {str}:
            return self._texts(column, list(map(tuple, said)))
        return list(map(column.read, said))

    def _texts(self, column: Column, said: Sequence[Any]) -> list[Any]:
        """Read texts, or lists of them as tuples."""
        known = self.meanings.setdefault(column, Meanings(column))
        if column.is_money:
            self._amounts(known, said)
        return list(map(known.__getitem__, said))

    def _amounts(self, known: Meanings, said: Iterable[str]) -> None:
        """Read amounts in kronor all at once, since there may be one in each record; others are left for later."""
        new = {*said}.difference(known, RESERVED)
        unread = new.difference(self.amounts)
        with suppress(InvalidValueError):
            self.amounts.update(zip(unread, moneys(unread), strict=True))
            known.update({text: known.column.converted(self.amounts[text]) for text in new})

    def _check_words(self, form: RecordLayout, made: list[Any], names: Iterable[str]) -> None:
        """Give up on what no basis can speak of, and on a kind that is none."""
        if "basis" in names:
            known = {"", *form.keys, *form.children, *form.inline_keys}
            if any(ground.field.partition(".")[0] not in known for record in made for ground in grounds(record)):
                raise UnusualError("basis")
        kinds = {kind.__name__ for kind in self.work.layout.kinds}
        if form.kind is ExternalRecord and {record.kind for record in made} - kinds:
            raise UnusualError("kind")


def _rows(form: RecordLayout, inside: _Path, parent: str, value: Any) -> _Rows:
    """The records that stand under one path."""
    if type(value) is not (dict if form.named else list):
        raise UnusualError(inside)
    number, bodies = len(value), list(value.values() if type(value) is dict else value)
    if form.named:
        keys = list(value)
        ids = [f"{parent}.{key}" for key in keys] if parent else keys
    else:
        keys, ids = list(range(number)), [""] * number
        bodies = [{form.main: body} if type(body) is str and form.main else body for body in bodies]
    if {*map(type, bodies)} - {dict} or (form.named and not are_ids(ids)):
        raise UnusualError(inside)
    return _Rows(bodies, ids, [parent] * number, [inside] * number, keys)
