"""`autoconstant`, `autofolder`: what autodoc does not tell; and annotations as a reader wants them.

`Annotated[ActorId, NestedUnder("members")]` tells the library how a document may be written; the reader is shown
`ActorId`.
"""

import ast
import re
import sys
from enum import Enum
from functools import cache
from inspect import getdoc
from typing import Annotated, Any, get_args, get_origin

import attrs
from docutils.parsers.rst import Directive
from docutils.statemachine import StringList
from sphinx.pycode import ModuleAnalyzer

import samverkan as sv
from samverkan.model.reference import Ref, hints

NAMESPACES = ("answers", "vocabulary", "fields", "rules", "calendar", "errors", "exports", "views")

HOMES = {
    **{name: f"samverkan.{space}" for space in reversed(NAMESPACES) for name in getattr(sv, space).__all__},
    **dict.fromkeys(sv.__all__, "samverkan"),
}
"""Where each public name is: at the root, or in one of its namespaces."""

PUBLIC: dict[str, Any] = {name: getattr(sys.modules[home], name) for name, home in HOMES.items()}
"""Every public name; every module of the library is loaded once this is made."""

IDS = {
    get_args(alias)[1].kinds: name
    for name, alias in PUBLIC.items()
    if get_origin(alias) is Annotated and isinstance(get_args(alias)[1], Ref)
}
"""The public name of each type of id, by the kinds it may lead to."""

NAMED = {name: f"{HOMES[name]}.{name}" for name in (*IDS.values(), "Missing")}


def setup(app: Any) -> None:
    """Add the directive; show annotations and signatures plainly, with the types of ids by their names."""
    app.add_directive("autoconstant", Constant)
    app.add_directive("autofolder", Folder)
    app.connect("config-inited", lambda _app, config: config.autodoc_type_aliases.update(NAMED))
    app.connect("builder-inited", lambda _app: annotations_made_plain())
    app.connect("autodoc-process-signature", without_fields_twice)
    app.connect("autodoc-process-docstring", inflected)


class Constant(Directive):
    """Tell one name, public unless its module is given, by the docstring that stands under it."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """Write it as Python's domain writes data."""
        module, _, name = self.arguments[0].rpartition(".")
        said = [f"   {line}" for line in said_under(name)]
        lines = [f".. py:data:: {name}", f"   :module: {module or 'samverkan'}", "", *said, ""]
        return nested(self, lines)


class Folder(Directive):
    """Tell a folder of the library in its own words."""

    required_arguments = 1

    def run(self) -> list[Any]:
        """Write it as a term and what is said of it."""
        said = getdoc(sys.modules[f"samverkan.{self.arguments[0]}"]) or ""
        return nested(self, [f"``{self.arguments[0]}``", *(f"   {line}" for line in said.splitlines()), ""])


def nested(directive: Directive, lines: list[str]) -> list[Any]:
    """What some lines of reStructuredText make where a directive stands."""
    from docutils import nodes

    holder = nodes.Element()
    directive.state.nested_parse(StringList(lines, "generated"), directive.content_offset, holder)
    return holder.children


@cache
def said_under(name: str) -> list[str]:
    """The docstring under a constant, wherever in the library it stands."""
    for module in sorted(name for name in sys.modules if name.startswith("samverkan.")):
        analyzer = ModuleAnalyzer.for_module(module)
        if said := analyzer.find_attr_docs().get(("", name)):
            return said
    raise LookupError(f"nothing is said under {name}")


def without_fields_twice(
    _app: Any, what: str, _name: str, thing: Any, _options: Any, arguments: str | None, _gives: str | None
) -> tuple[str, None] | None:
    """Names without types where the fields are told underneath, of keywords those that must be given.

    Rows, words and errors have no signature: the library makes them.
    """
    if not arguments or what not in ("class", "exception"):
        return None
    if what == "exception" or issubclass(thing, Enum):
        return "", None
    if not attrs.has(thing) or hasattr(thing, "__attrs_init__"):
        return None
    fields = [a for a in attrs.fields(thing) if a.init]
    if "because" in (a.name for a in fields):
        return "", None
    if all(a.kw_only for a in fields):
        must = [a.name for a in fields if a.default is attrs.NOTHING]
        more = ["…"] if len(must) < len(fields) else []
        return f"(*, {', '.join([*must, *more])})" if fields else "", None
    parts = [a.name if a.default is attrs.NOTHING else f"{a.name}={default(a)}" for a in fields]
    first_named = next((place for place, a in enumerate(fields) if a.kw_only), len(fields))
    return f"({', '.join([*parts[:first_named], *(['*'] * (first_named < len(fields))), *parts[first_named:]])})", None


def default(field: Any) -> str:
    """A field's default as a signature shows it."""
    return "…" if isinstance(field.default, attrs.Factory) else repr(field.default)


def inflected(_app: Any, _what: str, _name: str, _thing: Any, _options: Any, lines: list[str]) -> None:
    """Let a name in backticks bear an ending: several `Mark`s."""
    lines[:] = [re.sub(r"(?<=\w`)(?=\w)", r"\\ ", line) for line in lines]


def annotations_made_plain() -> None:
    """Rewrite the annotations of every record and row, in this process only, after the library has read them."""
    for module in [module for name, module in sys.modules.items() if name.startswith("samverkan.")]:
        for thing in vars(module).values():
            if isinstance(thing, type) and thing.__module__ == module.__name__ and attrs.has(thing):
                hints(thing)
                home = vars(module)
                thing.__annotations__ = {
                    name: plain(text, home) if isinstance(text, str) else text
                    for name, text in thing.__annotations__.items()
                }


def plain(annotation: str, home: dict[str, Any]) -> str:
    """An annotation without what only the library needs."""
    return ast.unparse(_Plain(home).visit(ast.parse(annotation, mode="eval")))


class _Plain(ast.NodeTransformer):
    def __init__(self, home: dict[str, Any]) -> None:
        self.home = home

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id == "Maybe":
            return ast.parse(f"{ast.unparse(self.visit(node.slice))} | Missing | None", mode="eval").body
        if not (isinstance(node.value, ast.Name) and node.value.id == "Annotated"):
            return self.generic_visit(node)
        inner, *marks = node.slice.elts  # type: ignore[attr-defined]
        for mark in marks:
            if mark.func.id == "Ref":
                return _ids(tuple(argument.value for argument in mark.args))
        return self.visit(inner)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        alias = self.home.get(node.id)
        marks = get_args(alias)[1:] if get_origin(alias) is Annotated else ()
        return next((_ids(mark.kinds) for mark in marks if isinstance(mark, Ref)), node)


def _ids(kinds: tuple[str, ...]) -> ast.AST:
    names = [IDS.get((kind,), "") for kind in kinds]
    text = IDS.get(kinds) or (" | ".join(names) if all(names) else "ThingId")
    return ast.parse(text, mode="eval").body
