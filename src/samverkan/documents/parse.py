"""Bytes to a tree: the encoding, the size, and which of the two notations it is."""

from __future__ import annotations

import re
from pathlib import Path

from samverkan.documents.jsontext import json_value, read_json, read_json_quickly
from samverkan.documents.source_tree import Tree
from samverkan.documents.yamltext import read_yaml

__all__ = ["LARGEST", "is_json", "parse", "parse_quickly"]

LARGEST = 1 << 29
"""How many bytes a document may have."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_NUL = re.compile("\x00")  # what else JSON forbids, its readers refuse themselves
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes, file: str, *, places: bool) -> Tree:
    """Read a document's bytes, JSON if its name says so and else YAML.

    JSON is read quickly when *places* are not wanted and nothing is wrong with it; YAML always has its places.
    """
    tree = Tree(file)
    text = _decode(data, tree, _NUL if is_json(file) else _CONTROL)
    if text is None:
        return tree
    if not is_json(file):
        return read_yaml(text, file)
    quick = None if places else read_json_quickly(text, file)
    return quick or read_json(text, file)


def parse_quickly(data: bytes, file: str) -> Tree:
    """Read a JSON document's bytes, and raise where something is wrong with them.

    How deep it is nested is left to its reader, since no field takes what is nested so deep.
    """
    tree = Tree(file)
    tree.root = json_value(_decode(data, tree, _NUL) or "")
    return tree


def is_json(file: str) -> bool:
    """Whether a document is written in JSON, by the ending of its name."""
    return Path(file).suffix.lower() == ".json"


def _decode(data: bytes, tree: Tree, refused: re.Pattern[str]) -> str | None:
    if len(data) > LARGEST:
        tree.fault(f"the document has more than {LARGEST} bytes", "keep it in several files", 1, 1)
        return None
    if data.startswith(_WIDE):
        tree.fault("the text is UTF-16", "save it as UTF-8", 1, 1)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        tree.fault(f"the byte 0x{data[error.start]:02x} is no UTF-8", "save the file as UTF-8", line, column)
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := refused.search(text):
        at = found.start()
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        tree.fault(f"the control character U+{ord(found[0]):04X}", "take it away", line, column)
        return None
    return text
