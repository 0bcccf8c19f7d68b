"""One field of many records at once: how a document's values of it are read, and how such columns become records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import repeat
from typing import Any, get_args

import attrs
from attrs import frozen

from samverkan.documents.convert import reading
from samverkan.documents.document_model import is_basis, key_of, silent
from samverkan.model.reference import bare, hints, is_list
from samverkan.values.bulk import empty, fill
from samverkan.values.missing import RESERVED
from samverkan.values.money import Money

__all__ = ["Column", "Meanings", "UnusualError", "columns", "records"]


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
