"""JSON text to plain values: quickly with the standard library, or slowly with the place of everything."""

from __future__ import annotations

import json
import json.decoder
import re
from collections.abc import Callable
from itertools import chain
from typing import Any

from samverkan.documents.source_tree import DEEPEST, TOO_DEEP, RawNumber, Tree

__all__ = ["json_value", "read_json", "read_json_quickly"]

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}
_BARE = re.compile(r"[-+.\w]+")
_LONGEST_INT = 18
_STRING: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]


class _RefusedError(Exception):
    """What is wrong, what would be right, and where in the text."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _whole(digits: str) -> Any:
    return int(digits) if len(digits.lstrip("-")) <= _LONGEST_INT else RawNumber(digits)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no value")


def _is_deep(root: Any) -> bool:
    """Whether a value is nested deeper than a document may be."""
    level = [root] if type(root) in (dict, list) else []
    for _ in range(DEEPEST):
        inner = chain.from_iterable(item.values() if type(item) is dict else item for item in level)
        level = [item for item in inner if type(item) in (dict, list)]
        if not level:
            return False
    return True


def json_value(text: str) -> Any:
    """The value that a text writes, however deep; raises `ValueError` or `RecursionError` where it writes none."""
    return json.loads(
        text, object_pairs_hook=_pairs, parse_float=RawNumber, parse_int=_whole, parse_constant=_no_number
    )


def read_json_quickly(text: str, file: str) -> Tree | None:
    """Read JSON without places, or None where something is wrong with it."""
    try:
        root = json_value(text)
    except (ValueError, RecursionError):
        return None
    return None if _is_deep(root) else Tree(file, root)


def read_json(text: str, file: str) -> Tree:
    """Read JSON with the place of every key and item, however deep somebody nested it."""
    tree = Tree(file)
    reader = _Reader(text, tree)
    try:
        reader.run()
    except _RefusedError as refusal:
        message, remedy, position = refusal.args
        tree.fault(message, remedy, *reader.spot(position))
        tree.root = None
    return tree


class _Reader:
    """A JSON reader that keeps its own stack."""

    def __init__(self, text: str, tree: Tree) -> None:
        self.text = text
        self.tree = tree
        self.at = 0
        self.line = 1
        self.line_start = 0
        self.counted = 0
        self.stack: list[Any] = []

    def spot(self, position: int) -> tuple[int, int]:
        """Line and column, from 1; asked for in rising order, it reads the text once."""
        if position < self.counted:
            return self.text.count("\n", 0, position) + 1, position - self.text.rfind("\n", 0, position)
        self.line += self.text.count("\n", self.counted, position)
        newline = self.text.rfind("\n", self.counted, position)
        self.line_start = newline + 1 if newline >= 0 else self.line_start
        self.counted = position
        return self.line, position - self.line_start + 1

    def run(self) -> None:
        """Read one value and nothing after it."""
        self._value(None, None)
        while self.stack:
            self._entry(self.stack[-1])
        self._space()
        if self.at < len(self.text):
            raise _RefusedError("something follows after the end", "keep one value a file", self.at)

    def _entry(self, items: Any) -> None:
        """The next key or item of the innermost open object or list, or its end."""
        close = "}" if type(items) is dict else "]"
        mark = self._next()
        if mark == close:
            self.at += 1
            self.stack.pop()
            return
        if items:
            if mark != ",":
                raise _RefusedError(
                    f"{self._found()} stands where ',' or {close!r} is due", "check the commas", self.at
                )
            self.at += 1
            if self._next() == close:
                raise _RefusedError("a comma stands before the end", "take the comma away", self.at)
        if type(items) is list:
            self.tree.marks[id(items), len(items)] = self.spot(self.at)
            self._value(items, len(items))
        else:
            self._value(items, self._key(items))

    def _key(self, items: dict[str, Any]) -> str:
        if self._next() != '"':
            raise _RefusedError(f"{self._found()} stands where a key is due", 'a key is text in "quotes"', self.at)
        start = self.at
        key = self._string()
        if key in items:
            self.tree.fault(f"the key {key!r:.80} stands twice", "keep one", *self.spot(start))
        self.tree.marks[id(items), key] = self.spot(start)
        if self._next() != ":":
            raise _RefusedError(f"{self._found()} stands where ':' is due", "put a colon after the key", self.at)
        self.at += 1
        return key

    def _value(self, items: Any, key: Any) -> None:
        mark = self._next()
        value: Any
        if mark in "{[":
            value = {} if mark == "{" else []
            self.at += 1
            self.stack.append(value)
            if len(self.stack) > DEEPEST:
                raise _RefusedError(*TOO_DEEP, self.at - 1)
        elif mark == '"':
            value = self._string()
        else:
            value = self._bare()
        if items is None:
            self.tree.root = value
        elif type(items) is list:
            items.append(value)
        else:
            self.tree.put(items, key, value)

    def _bare(self) -> Any:
        match = _BARE.match(self.text, self.at)
        word = match[0] if match else ""
        if word in _WORDS:
            self.at += len(word)
            return _WORDS[word]
        if not _NUMBER.fullmatch(word):
            raise _RefusedError(f"{self._found()} is no value", 'a text stands in "quotes"', self.at)
        self.at += len(word)
        return _whole(word) if word.lstrip("-").isdigit() else RawNumber(word)

    def _string(self) -> str:
        try:
            value, self.at = _STRING(self.text, self.at + 1, True)  # noqa: FBT003 (strict; it takes no keyword)
        except json.JSONDecodeError as error:
            raise _RefusedError(f"JSON: {error.msg}", "check the quotes and backslashes", error.pos) from None
        return value

    def _space(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _next(self) -> str:
        self._space()
        if self.at >= len(self.text):
            raise _RefusedError("the text ends too early", "close every bracket and quote", len(self.text))
        return self.text[self.at]

    def _found(self) -> str:
        match = _BARE.match(self.text, self.at)
        return repr((match[0] if match else self.text[self.at])[:40])
