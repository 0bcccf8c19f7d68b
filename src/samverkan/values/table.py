"""`Table`: the rows of an answer, with what it rests on and what it does not know."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from html import escape
from importlib.resources import files
from itertools import chain, zip_longest
from textwrap import wrap
from types import UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints, overload

import attrs
from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.missing import Missing
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange, DayRange
from samverkan.values.text import Language, Phrase, Titles, Wording, check_language, render

__all__ = ["Table", "heading"]

R = TypeVar("R")

_HIDDEN = "because"
_WIDEST = 56
_AS_WRITTEN = {"title", "as_written", "note"}
_NOT_KNOWN = Wording("Not known: {note}", "Ej känt: {note}")
_RESTS_ON = Wording("Rests on: {note}", "Vilar på: {note}")
_NO_ROWS = Wording("(no rows)", "(inga rader)")


def _phrases(texts: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(map(Phrase, texts))


@frozen(repr=False, eq=False)
class Table(Sequence[R], Generic[R]):
    """The rows of one answer (tabell); each row is a frozen attrs value.

    It iterates, indexes, prints, shows itself in a notebook, is written in Swedish by `text("sv")`, and gives flat
    dicts with `rows()`.
    `because(row)` names the records that a row rests on; `unknown` and `assumed` say what the answer does not know
    and what it takes for granted.

    >>> @frozen
    ... class Answer:
    ...     who: str
    ...     because: tuple[str, ...] = ()
    >>> table = Table(Answer, (Answer("ale", ("m-1",)),), "Who may", unknown=("what nobody recorded",))
    >>> print(table)
    Who may
    who
    ───
    ale
    Not known: what nobody recorded
    >>> table.because(table[0])
    ('m-1',)
    """

    kind: type[R]
    """The class of the rows; its fields are the columns."""
    items: tuple[R, ...]
    """The rows."""
    title: Phrase = field(default=Phrase(), converter=Phrase)
    """What was asked."""
    unknown: tuple[Phrase, ...] = field(default=(), converter=_phrases)
    """What the documents do not say, a sentence each."""
    assumed: tuple[Phrase, ...] = field(default=(), converter=_phrases)
    """What the answer rests on that is derived, assumed or made up, a sentence each."""

    def __attrs_post_init__(self) -> None:
        """Hold the rows to a class that has columns."""
        if not (isinstance(self.kind, type) and attrs.has(self.kind)):
            raise InvalidValueError(f"{self.kind!r:.60} is no class of rows", "use a frozen attrs class")

    @property
    def _kinds(self) -> dict[str, frozenset[type]]:
        kind: Any = self.kind
        return _hints(kind)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, as they are printed and given to `where`."""
        return tuple(self._kinds)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of each dict that `rows` gives, also where there is no row."""
        return tuple(f"{name}{suffix}" for name, kinds in self._kinds.items() for suffix in _cells(kinds))

    @property
    def _shown(self) -> tuple[str, ...]:
        """The columns that are printed: one that may be left out of a row is not, where every row leaves it out."""
        kind: Any = self.kind
        may_lack = {a.name for a in attrs.fields(kind) if a.default == ""}
        return tuple(
            name for name in self.columns if name not in may_lack or any(getattr(row, name) for row in self.items)
        )

    def rows(self) -> list[dict[str, Any]]:
        """Flat dicts for pandas, Polars or csv, each with the same keys: text, numbers, days, True, False and None.

        An amount of money is a `Decimal`, with its currency beside it under `amount_currency`; where it may be unknown
        or none, that is said under `amount_missing`. Days that may lie within bounds have a key for each:
        `days_left_low` and `days_left_high`.

        >>> from samverkan.values.ranges import DayRange
        >>> @frozen
        ... class Left:
        ...     amount: Money | None
        ...     days: DayRange
        >>> Table(Left, (Left(Money(5), DayRange(11, 20)),)).rows()
        [{'amount': Decimal('5.00'), 'amount_currency': 'SEK', 'days_low': 11, 'days_high': 20}]
        """
        takes = [
            (name, f"{name}{suffix}", take)
            for name, kinds in self._kinds.items()
            for suffix, take in _cells(kinds).items()
        ]
        return [{key: take(getattr(row, name)) for name, key, take in takes} for row in self.items]

    def because(self, row: R) -> tuple[str, ...]:
        """The ids of the records that a row rests on; raises `InvalidValueError` for what is no row of it."""
        if not any(row is item or row == item for item in self.items):
            raise InvalidValueError(f"{row!r} is not a row of this table", "give one of its rows")
        return tuple(getattr(row, _HIDDEN, ()))

    def where(self, **wanted: object) -> Table[R]:
        """The rows whose columns equal what is given; raises `InvalidValueError` for a column that is not there.

        >>> @frozen
        ... class Answer:
        ...     who: str
        >>> [row.who for row in Table(Answer, (Answer("ale"), Answer("hjo"))).where(who="hjo")]
        ['hjo']
        """
        for name in wanted:
            if name not in self.columns:
                raise InvalidValueError(f"there is no column {name!r}", f"columns: {', '.join(self.columns)}")
        kept = tuple(row for row in self.items if all(getattr(row, name) == value for name, value in wanted.items()))
        return Table(self.kind, kept, self.title, self.unknown, self.assumed)

    def notes(self, language: Language = "en", titles: Titles | None = None) -> tuple[str, ...]:
        """Return what is unknown and what is assumed, a line each, in a language."""
        lines = ((_NOT_KNOWN, self.unknown), (_RESTS_ON, self.assumed))
        return tuple(line(note=note).text(language, titles) for line, notes in lines for note in notes)

    def text(self, language: Language = "en", titles: Titles | None = None) -> str:
        """Return the table as text in columns, with its notes, in English or Swedish (`"sv"`).

        With *titles*, such as the collaboration that was asked, records are called by their titles instead of their
        ids. A source's own words are never translated.
        Raises `InvalidValueError` if there are no words in that language.

        >>> @frozen
        ... class Answer:
        ...     recipient: str
        >>> print(Table(Answer, (Answer("ale"),)).text("sv"))
        mottagare
        ─────────
        ale
        """
        check_language(language)
        heads = [self._head(name, language) for name in self._shown]
        cells = [[wrap(cell, _WIDEST) or [""] for cell in row] for row in self._texts(language, titles)]
        widths = (
            [max(len(head), *(len(line) for row in cells for line in row[place])) for place, head in enumerate(heads)]
            if cells
            else []
        )
        lines = [_line(parts, widths) for row in cells for parts in zip_longest(*row, fillvalue="")]
        rule = "  ".join("─" * width for width in widths)
        body = [_line(heads, widths), rule, *lines] if cells else [_NO_ROWS().text(language)]
        title = [self.title.text(language, titles)] if self.title else []
        return "\n".join([*title, *body, *self.notes(language, titles)])

    def html(self, language: Language = "en", titles: Titles | None = None) -> str:
        """Return the table as an HTML table, with its notes; the arguments are those of `text`."""
        check_language(language)
        heads = "".join(f"<th>{escape(self._head(name, language))}</th>" for name in self._shown)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._texts(language, titles)
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes(language, titles))
        title = escape(self.title.text(language, titles))
        return f"<table><caption>{title}</caption><tr>{heads}</tr>{body}</table>{notes}"

    def _head(self, name: str, language: Language) -> str:
        plain = name.rstrip("_").replace("_", " ")
        return plain if language == "en" else heading(self.kind, name) or plain

    def _texts(self, language: Language, titles: Titles | None) -> list[list[str]]:
        """The cells as text, row by row; a title and a source's own words are never taken for an id."""
        looked_up = [(name, None if name in _AS_WRITTEN else titles) for name in self._shown]
        return [[render(getattr(row, name), language, where) for name, where in looked_up] for row in self.items]

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
        """The table as text in English."""
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


@cache
def _headings() -> dict[str, Any]:
    return tomllib.loads(files("samverkan.values").joinpath("headings.toml").read_text(encoding="utf-8"))


def heading(kind: type, name: str) -> str:
    """Return the Swedish heading of a column of a class of rows; empty if it has none (rubrik)."""
    headings = _headings()
    return str(headings.get(kind.__name__, {}).get(name) or headings.get(name, ""))


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


@cache
def _hints(kind: Any) -> dict[str, frozenset[type]]:
    """The columns of a class of rows, and the classes that the values of each may have."""
    hints = get_type_hints(kind)
    return {a.name: frozenset(_classes(hints[a.name])) for a in attrs.fields(kind) if a.name != _HIDDEN}


def _classes(hint: Any) -> Iterator[Any]:
    one = get_origin(hint) not in (UnionType, Union)
    return iter((hint,)) if one else chain.from_iterable(map(_classes, get_args(hint)))


def _cells(kinds: frozenset[type]) -> dict[str, Callable[[Any], Any]]:
    """What a column becomes in a flat row: the endings of its keys, and what stands under each."""
    if DayRange in kinds:
        return {"_low": lambda value: value and value.low, "_high": lambda value: value and value.high}
    if AmountRange in kinds:
        return {
            "_low": lambda value: _bound(value, "low"),
            "_high": lambda value: _bound(value, "high"),
            "_currency": _currency,
        }
    if Money not in kinds:
        return {"": _plain}
    cells: dict[str, Callable[[Any], Any]] = {
        "": lambda value: value.amount if isinstance(value, Money) else None,
        "_currency": lambda value: value.currency if isinstance(value, Money) else None,
    }
    missing = {"_missing": lambda value: str(value) if isinstance(value, Missing) else None}
    return cells | missing if Missing in kinds else cells


def _bound(total: Any, name: str) -> Any:
    bound = getattr(total, name, None)
    return bound.amount if isinstance(bound, Money) else None


def _currency(total: Any) -> Any:
    bounds = (getattr(total, name, None) for name in ("low", "high"))
    return next((bound.currency for bound in bounds if isinstance(bound, Money)), None)


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return str(value)
    if value is None or isinstance(value, (bool, int, Decimal, str, date)):
        return value
    return render(value)
