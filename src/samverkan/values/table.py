"""`Table`: the rows of an answer, with what it rests on and what it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from html import escape
from itertools import zip_longest
from textwrap import wrap
from typing import Any, Generic, TypeVar, overload

import attrs
from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.values.money import Money

__all__ = ["Table"]

R = TypeVar("R")

_HIDDEN = "because"
_WIDEST = 56


@frozen(repr=False, eq=False)
class Table(Sequence[R], Generic[R]):
    """The rows of one answer (tabell); each row is a frozen attrs value.

    It iterates, indexes, prints, shows itself in a notebook, and gives flat dicts with `rows()`.
    `because(row)` names the records that a row rests on; `unknown` and `assumed` say what the answer does not know
    and what it takes for granted.
    """

    kind: type[R]
    """The class of the rows; its fields are the columns."""
    items: tuple[R, ...]
    """The rows."""
    title: str = ""
    """What was asked."""
    unknown: tuple[str, ...] = ()
    """What the documents do not say, a sentence each."""
    assumed: tuple[str, ...] = ()
    """What the answer rests on that is derived, assumed or made up, a sentence each."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        kind: Any = self.kind
        return tuple(a.name for a in attrs.fields(kind) if a.name != _HIDDEN)

    def rows(self) -> list[dict[str, Any]]:
        """Flat dicts for pandas, Polars or csv: text, numbers, days and True/False only.

        Money is a `Decimal`, with its currency in a column of its own, `amount_currency` beside `amount`.
        """
        money = {name for name in self.columns for row in self.items if isinstance(getattr(row, name), Money)}
        return [dict(cell for name in self.columns for cell in _cells(name, row, money)) for row in self.items]

    def because(self, row: R) -> tuple[str, ...]:
        """The ids of the records that a row rests on."""
        if not any(row is item or row == item for item in self.items):
            raise InvalidValueError(f"{row!r} is not a row of this table", "give one of its rows")
        return tuple(getattr(row, _HIDDEN, ()))

    def where(self, **wanted: object) -> Table[R]:
        """The rows whose columns equal what is given."""
        for name in wanted:
            if name not in self.columns:
                raise InvalidValueError(f"there is no column {name!r}", f"columns: {', '.join(self.columns)}")
        kept = tuple(row for row in self.items if all(getattr(row, name) == value for name, value in wanted.items()))
        return Table(self.kind, kept, self.title, self.unknown, self.assumed)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is unknown and what is assumed, a line each."""
        lines = (("Not known", self.unknown), ("Rests on", self.assumed))
        return tuple(f"{word}: {sentence}" for word, sentences in lines for sentence in sentences)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        """A row, or some rows."""
        return self.items[index]

    def __iter__(self) -> Iterator[R]:
        """The rows in order."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.items)

    def __eq__(self, other: object) -> bool:
        """Whether the rows and what is said of them are the same."""
        if not isinstance(other, Table):
            return NotImplemented
        return (self.items, self.unknown, self.assumed) == (other.items, other.unknown, other.assumed)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """One line: what was asked and how many rows there are."""
        return f"<Table {self.title!r} · {len(self)} row{'' if len(self) == 1 else 's'} · {', '.join(self.columns)}>"

    def __str__(self) -> str:
        """The table as text in columns, with its notes."""
        cells = [[_text(getattr(row, name)) for name in self.columns] for row in self.items]
        heads = [name.rstrip("_").replace("_", " ") for name in self.columns]
        wrapped = [[wrap(cell, _WIDEST) or [""] for cell in row] for row in cells]
        widths = (
            [max(len(head), *(len(line) for row in wrapped for line in row[index])) for index, head in enumerate(heads)]
            if cells
            else []
        )
        lines = [_line(parts, widths) for row in wrapped for parts in zip_longest(*row, fillvalue="")]
        title = [self.title] if self.title else []
        body = [_line(heads, widths), "  ".join("─" * width for width in widths), *lines] if cells else ["(no rows)"]
        return "\n".join([*title, *body, *self.notes])

    def _repr_html_(self) -> str:
        heads = "".join(f"<th>{escape(name.rstrip('_'))}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_text(getattr(row, name)))}</td>" for name in self.columns) + "</tr>"
            for row in self.items
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return f"<table><caption>{escape(self.title)}</caption><tr>{heads}</tr>{body}</table>{notes}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _joined(value)
    return " ".join(str(value).split())


def _joined(values: Iterable[object]) -> str:
    parts = [_text(value) for value in values]
    return ("; " if any(" " in part for part in parts) else ", ").join(parts)


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cells(name: str, row: object, money: set[str]) -> Iterator[tuple[str, Any]]:
    value = getattr(row, name)
    yield name, _plain(value)
    if name in money:
        yield f"{name}_currency", value.currency if isinstance(value, Money) else None


def _plain(value: object) -> Any:
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Enum):
        return str(value)
    if value is None or isinstance(value, (bool, int, Decimal, str)) or hasattr(value, "toordinal"):
        return value
    return _joined(value) if isinstance(value, tuple) else str(value)
