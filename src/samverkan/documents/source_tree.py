"""A document as plain dicts and lists, with the place of everything in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from attrs import define, field, frozen

from samverkan.errors import Fault, Place

__all__ = ["DEEPEST", "REFUSED", "TOO_DEEP", "RawNumber", "Tree", "scalar"]

DEEPEST = 40
"""How deep a document may be nested."""

TOO_DEEP = (f"nested deeper than {DEEPEST} levels", "write it flatter")
"""What is told of a document that is nested deeper."""

_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_NUMBER = re.compile(r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)", re.ASCII)
_WORDS: dict[str, Any] = {"": None, "~": None}
_WORDS |= {form: value for word, value in (("null", None), ("true", True), ("false", False))
           for form in (word, word.title(), word.upper())}  # fmt: skip
_SPECIAL = {form for word in (".inf", ".nan") for form in (word, word.upper(), word[:2].upper() + word[2:])}
_LONGEST_KEY = 200
_BEGINS = frozenset("-+.0123456789~nNtTfF")


@frozen
class RawNumber:
    """A number that is written in a way from which no value is taken without being asked: 0114, 1.5, 1e9, .inf."""

    text: str

    @property
    def decimal(self) -> Decimal | None:
        """Its exact value, where it is a plain decimal number."""
        return Decimal(self.text) if re.fullmatch(r"-?\d{1,18}\.\d{1,18}", self.text, re.ASCII) else None

    def __repr__(self) -> str:
        """As it is written."""
        return self.text[:40]


REFUSED = RawNumber("…")
"""Stands where a value has been refused already: no field takes it, and nothing is said of it a second time."""


def scalar(text: str) -> Any:
    """What an unquoted scalar means in YAML 1.2; nothing else is guessed.

    >>> scalar("2016"), scalar("0114"), scalar("no"), scalar("2016-10-31")
    (2016, 0114, 'no', '2016-10-31')
    """
    if text and text[0] not in _BEGINS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return RawNumber(text) if _NUMBER.fullmatch(text) or text in _SPECIAL or text.lstrip("+-") in _SPECIAL else text


@define
class Tree:
    """What was read: the root, where each key and item stands, and what was wrong on the way."""

    file: str
    root: Any = None
    marks: dict[tuple[int, Any], tuple[int, int]] = field(factory=dict)
    faults: list[Fault] = field(factory=list)
    kept: list[Any] = field(factory=list)
    """Maps and lists that have marks but no place in the document, kept so that no later one takes their identity."""

    def fault(self, message: str, remedy: str, line: int, column: int, path: Sequence[object] = ()) -> None:
        """Note something wrong; line and column from 1."""
        self.faults.append(Fault(message, remedy, Place(self.file, line, column, _names(path))))

    def put(self, items: dict[str, Any], key: str, value: Any) -> None:
        """Put a value under a key; one that stands there twice is refused, but of a section the last one counts."""
        if key in items:
            self.kept += (items[key], value)
            value = value if items is self.root else REFUSED
        items[key] = value

    def place(self, path: Sequence[Any]) -> Place:
        """Where a path of keys stands; keys that are not there are passed over, and the nearest one above counts."""
        if not self.marks:
            return Place(self.file, path=_names(path))
        _, spot = self._walk(path)
        return Place(self.file, *spot, _names(path))

    def is_refused(self, path: Sequence[Any]) -> bool:
        """Whether what stands there has been refused already."""
        return self._walk(path)[0] is REFUSED

    def is_written(self, path: Sequence[Any]) -> bool:
        """Whether the document has all the keys of a path."""
        node: Any = self.root
        for key in path:
            if not (type(node) is dict and key in node) and not (type(node) is list and key in range(len(node))):
                return False
            node = node[key]
        return True

    def _walk(self, path: Sequence[Any]) -> tuple[Any, tuple[int | None, int | None]]:
        node: Any = self.root
        spot: tuple[int | None, int | None] = (1, 1)
        for step in path:
            key = step
            if isinstance(node, dict) and key not in node:
                key = f"{step}".rstrip("_")
            spot = self.marks.get((id(node), key), spot)
            if (type(node) is dict and key in node) or (type(node) is list and key in range(len(node))):
                node = node[key]
        return node, spot


def _names(path: Sequence[Any]) -> tuple[str, ...]:
    """The keys of a path as they can be shown: cut where they are long, escaped where a screen would obey them."""
    names = (str(key)[:_LONGEST_KEY] for key in path)
    return tuple(name if name.isprintable() else ascii(name)[1:-1] for name in names)
