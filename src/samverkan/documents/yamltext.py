"""YAML 1.2 text to plain values, read as events: bounded in depth, without aliases, tags or guesses."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from samverkan.documents.source_tree import DEEPEST, REFUSED, TOO_DEEP, Tree, scalar

__all__ = ["read_yaml"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RETRIES = 25
_NOTHING = object()
_LOST = object()
_CUT = "…"
_KEY = re.compile(r" *(?:- +)*[^\s'\"#{}\[\],&*!|>%@`:-][^\s:{}\[\],]*:(?= )")


def read_yaml(text: str, file: str) -> Tree:
    """Read YAML; a line that cannot be read is noted, passed over, and the rest is read all the same."""
    lines = text.split("\n")
    syntax = Tree(file)
    mended: dict[int, str] = {}
    for _ in range(_RETRIES):
        tree = Tree(file)
        try:
            _build("\n".join(lines), tree, mended)
        except yaml.YAMLError as error:
            if not _mend(error, lines, syntax, mended):
                break
        else:
            tree.faults[:0] = syntax.faults
            return tree
    return syntax


def _mend(error: yaml.YAMLError, lines: list[str], syntax: Tree, mended: dict[int, str]) -> bool:
    """Note the error and take its cause out of the way; False where that is not possible."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        syntax.fault(f"the text cannot be read: {error}".split("\n")[0], "save it as plain UTF-8 text", 1, 1)
        return False
    problem = getattr(error, "problem", None) or "this cannot be read"
    if "end of stream" in problem:
        mark = getattr(error, "context_mark", None) or mark
    row = min(mark.line, len(lines) - 1)
    line = lines[row]
    if row in mended:
        lines[row] = ""
        return bool(line)
    if mended.get(row - 1) == problem:
        return False
    mended[row] = problem
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        syntax.fault("a tab stands in the indentation", "indent with spaces", row + 1, indent.index("\t") + 1)
        lines[row] = indent.replace("\t", "  ") + line.lstrip()
        return True
    deep = "nesting depth" in problem
    context = getattr(error, "context", None) or ""
    told = TOO_DEEP if deep else (f"YAML: {problem} {context}".rstrip(), _hint(line, problem))
    syntax.fault(*told, row + 1, mark.column + 1)
    if deep or not line.strip() or line.lstrip().startswith("#"):
        return False
    key = _KEY.match(line)
    lines[row] = f"{key[0]} {_CUT}" if key else ""
    return True


def _hint(line: str, problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put the text that holds a colon in quotes"
    if any(line.lstrip().split(": ", 1)[-1].startswith(mark) for mark in "@`%>|*&!"):
        return "put the text in quotes"
    return "check quotes, brackets and indentation on this line and the one above"


class _Level:
    """One open mapping or sequence."""

    __slots__ = ("flow", "items", "key", "key_ends", "last_key", "last_text")

    def __init__(self, items: Any, *, flow: bool) -> None:
        self.items = items
        self.flow = flow
        self.key: Any = _NOTHING
        self.key_ends = 0
        self.last_key: Any = _NOTHING
        self.last_text = ""


def _build(text: str, tree: Tree, mended: Container[int] = ()) -> None:
    stack: list[_Level] = []
    documents = 0
    event: Any
    for event in yaml.parse(text, Loader=_LOADER):
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            _open(tree, stack, event, line, column)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, AliasEvent):
            tree.fault(f"*{event.anchor:.40} repeats another value", "write the value out", line, column)
            _scalar(tree, stack, REFUSED, line, column)
        elif isinstance(event, ScalarEvent):
            _refuse_marks(event, tree, line, column)
            if not event.value and stack and _is_cut(text, stack[-1], event):
                _cut(tree, stack[-1], line, column)
            else:
                _on_scalar(tree, stack, event, line, column, refused=line - 1 in mended)
        documents += isinstance(event, DocumentStartEvent)
        if documents > 1:
            tree.fault("a second document begins", "keep one document a file, without '---' between", line, column)
            return
        if len(stack) > DEEPEST:
            tree.fault(*TOO_DEEP, line, column)
            return


def _open(tree: Tree, stack: list[_Level], event: Any, line: int, column: int) -> None:
    _refuse_marks(event, tree, line, column)
    items: Any = {} if isinstance(event, MappingStartEvent) else []
    if stack and _is_key(stack[-1]):
        tree.fault("a key is a list or a mapping", "a key is one word", line, column)
        stack[-1].key = _LOST
        tree.kept.append(items)
    elif stack:
        _put(tree, stack, items, line, column)
    else:
        tree.root = items
    stack.append(_Level(items, flow=bool(event.flow_style)))


def _refuse_marks(event: Any, tree: Tree, line: int, column: int) -> None:
    if event.anchor:
        tree.fault(
            f"&{event.anchor:.40} names a value for repeating", "write the value out where it is needed", line, column
        )
    if event.tag:
        tree.fault(f"the tag {event.tag[:40]}", "leave tags out: the field says what its value is", line, column)


def _is_key(level: _Level) -> bool:
    return type(level.items) is dict and level.key is _NOTHING


def _on_scalar(tree: Tree, stack: list[_Level], event: Any, line: int, column: int, *, refused: bool) -> None:
    if not stack:
        tree.root = event.value
    elif _is_key(stack[-1]):
        level = stack[-1]
        if event.value in level.items:
            first = tree.marks[id(level.items), event.value][0]
            tree.fault(f"the key {event.value!r:.80} stands twice, first on line {first}", "keep one", line, column)
        level.key = event.value
        level.key_ends = event.end_mark.index
        tree.marks[id(level.items), event.value] = (line, column)
    else:
        level = stack[-1]
        value = scalar(event.value) if event.implicit[0] else event.value
        value = REFUSED if refused and event.value == _CUT else value
        _scalar(tree, stack, value, line, column)
        level.last_text = event.value if type(value) in (str, int) else ""


def _is_cut(text: str, level: _Level, event: Any) -> bool:
    """Whether a key with an empty value is the rest of a text that a comma cuts: no colon follows it."""
    if not event.implicit[0] or not level.flow or not level.last_text:
        return False
    if type(level.items) is not dict or level.key in (_NOTHING, _LOST):
        return False
    return not text[level.key_ends : event.start_mark.index + 1].lstrip().startswith(":")


def _cut(tree: Tree, level: _Level, line: int, column: int) -> None:
    whole = f"{level.last_text:.80}, {level.key:.80}"
    number = level.last_text.isdigit() and level.key[:1].isdigit()
    point = f"write a decimal point: {level.last_text:.20}.{level.key:.20}"
    remedy = point if number else f'put it in quotes: "{whole}"'
    tree.fault(f"the comma cuts the text before {level.key!r:.80}", remedy, line, column)
    tree.marks.pop((id(level.items), level.key))
    level.items[level.last_key] = REFUSED
    level.key, level.last_text = _NOTHING, whole


def _scalar(tree: Tree, stack: list[_Level], value: Any, line: int, column: int) -> None:
    if not stack:
        tree.root = value
    elif _is_key(stack[-1]):
        stack[-1].key = _LOST
    else:
        _put(tree, stack, value, line, column)


def _put(tree: Tree, stack: list[_Level], value: Any, line: int, column: int) -> None:
    level = stack[-1]
    if type(level.items) is list:
        tree.marks[id(level.items), len(level.items)] = (line, column)
        level.items.append(value)
    else:
        if level.key is _LOST:
            tree.kept.append(value)
        else:
            tree.put(level.items, level.key, value)
        level.last_key, level.key, level.last_text = level.key, _NOTHING, ""
