"""`autowords`: a closed list with its Swedish labels; `swedish-words`: every Swedish word that the library bears."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import attrs
from docutils.parsers.rst import Directive
from sphinx.pycode import ModuleAnalyzer

import samverkan as sv
from _ext.aliases import HOMES, PUBLIC, nested

_SWEDISH = re.compile(r"\(([^()]*)\)(?=[.;,:]|$)")
_ALPHABET = {letter: place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö")}


def setup(app: Any) -> None:
    """Add the directives."""
    app.add_directive("autowords", Words)
    app.add_directive("swedish-words", SwedishWords)


class Words(Directive):
    """Tell a closed list: what it is, and each word with its label and what it means."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """Write it as a class whose members stand in a table."""
        cls = named(self.arguments[0])
        said = told(cls)
        heads = ["English", "Swedish", "in Python", *(["meaning"] if said else [])]
        rows = [
            [
                f"``{word.value}``",
                f"``{word.sv}``",
                f"``{cls.__name__}.{name}``",
                *([said.get(name, "")] if said else []),
            ]
            for name, word in cls.__members__.items()
        ]
        first = inspect.getdoc(cls) or ""
        body = [*first.splitlines(), "", *table(heads, rows)]
        module, _, name = full(cls).rpartition(".")
        return nested(
            self, [f".. py:class:: {name}", f"   :module: {module}", "", *(f"   {line}" for line in body), ""]
        )


class SwedishWords(Directive):
    """Tell every Swedish word of the closed lists and of the records, in the order of the Swedish alphabet."""

    def run(self) -> list[Any]:
        """Write one table."""
        found: dict[tuple[str, str], list[str]] = {}
        for swedish, english, where in swedish_words():
            found.setdefault((swedish, english), []).append(where)
        rows = [
            [swedish, english, ", ".join(found[swedish, english])] for swedish, english in sorted(found, key=_order)
        ]
        return nested(self, table(["Swedish", "English", "where"], rows))


def named(name: str) -> Any:
    """A public class, or one named by its file."""
    if "." not in name:
        return getattr(sv, name)
    module, _, last = name.rpartition(".")
    return getattr(__import__(module, fromlist=[last]), last)


def full(cls: type) -> str:
    """The name under which the manual tells a class."""
    return f"{HOMES.get(cls.__name__, cls.__module__)}.{cls.__name__}"


def told(cls: type) -> dict[str, str]:
    """What is said under the members or fields of a class, each in one line."""
    docs = ModuleAnalyzer.for_module(cls.__module__).find_attr_docs()
    return {name: " ".join(lines).strip() for (owner, name), lines in docs.items() if owner == cls.__name__}


def table(heads: list[str], rows: list[list[str]]) -> list[str]:
    """A table in reStructuredText."""
    lines = [".. list-table::", "   :header-rows: 1", "   :class: wide", ""]
    for row in (heads, *rows):
        lines += [f"   {'* -' if not place else '  -'} {cell}" for place, cell in enumerate(row)]
    return lines


def swedish_words() -> Iterator[tuple[str, str, str]]:
    """Every Swedish word, what it is called in English, and where it stands."""
    for name, cls in PUBLIC.items():
        if isinstance(cls, type) and issubclass(cls, sv.vocabulary.Term):
            yield from ((word.sv, word.value, f"`{name}`") for word in cls if word.sv)
    for kind in sv.KINDS:
        yield from _of_docs(inspect.getdoc(kind) or "", kind.__name__, kind.__name__)
        for field, said in told(kind).items():
            if field in attrs.fields_dict(kind):
                yield from _of_docs(said, field.rstrip("_").replace("_", " "), f"`{kind.__name__}.{field}`")


def _of_docs(said: str, english: str, where: str) -> Iterator[tuple[str, str, str]]:
    first = said.partition("\n\n")[0]
    for inside in _SWEDISH.findall(first)[:1]:
        yield from (
            (word.strip(), english, where if where.startswith("`") else f"`{where}`") for word in inside.split(",")
        )


def _order(row: tuple[str, str]) -> tuple[list[int], str]:
    return [_ALPHABET.get(letter, -1) for letter in row[0].casefold()], row[1]
