"""What a user sees of the package, and the shape of the house behind it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from enum import Enum
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import samverkan as sv

ROOT = Path(sv.__file__).parent
PROJECT = ROOT.parent.parent
FILES = sorted(ROOT.rglob("*.py"))

SPACES = ("answers", "calendar", "errors", "exports", "fields", "register", "rules", "views", "vocabulary")
"""The public namespaces beside the root."""

VERBS = sorted(name for name in sv.__all__ if name.islower() and name not in SPACES)
"""What is called at the root: `read`, `check`, `graph`, `when` …"""

PUBLIC = {
    **{name: getattr(space, name) for space in (getattr(sv, name) for name in SPACES) for name in space.__all__},
    **{name: getattr(sv, name) for name in sv.__all__ if name not in SPACES},
}
"""Every public name, wherever it is found."""


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in FILES}


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


# ---------------------------------------------------------------- the root


@pytest.mark.parametrize("name", SPACES)
def test_a_public_namespace_is_the_module_of_its_name(name):
    assert getattr(sv, name) is importlib.import_module(f"samverkan.{name}")


@pytest.mark.parametrize("name", SPACES)
def test_every_name_of_a_namespace_is_there(name):
    space = getattr(sv, name)
    assert all(getattr(space, public) is getattr(space, public) for public in space.__all__)
    assert set(space.__all__) <= set(dir(space))


@pytest.mark.parametrize("name", sv.__all__)
def test_every_public_name_is_there(name):
    assert getattr(sv, name) is getattr(sv, name)
    assert name in dir(sv)


def test_the_root_holds_no_more_than_one_reads_through():
    assert len(sv.__all__) <= 110
    assert set(SPACES) <= set(sv.__all__)


def test_each_public_name_is_written_once():
    files = [ROOT / "__init__.pyi", *(ROOT / f"{name}.py" for name in ("answers", "calendar", "fields", "vocabulary"))]
    imports = [node for file in files for node in parsed(file).body if isinstance(node, ast.ImportFrom)]
    names = [alias.asname for node in imports for alias in node.names]
    assert sorted(names) == sorted(set(names))
    assert set(names) <= {*PUBLIC, *SPACES}


def test_another_name_is_not_there():
    with pytest.raises(AttributeError, match="nothing_like_it"):
        sv.nothing_like_it  # noqa: B018 (reading it is the test)


def test_what_is_imported_at_the_root_is_public_and_nothing_else_looks_so():
    private = {"lazy_loader"}
    seen = {name for name, value in vars(sv).items() if not name.startswith("_") and not isinstance(value, ModuleType)}
    assert seen - private <= set(sv.__all__)


def test_the_version_is_the_projects():
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert sv.__version__ == told


def test_importing_the_library_loads_nothing_costly():
    costly = {
        "networkx",
        "numpy",
        "holidays",
        "yaml",
        "cattrs",
        "stdnum",
        "matplotlib",
        "difflib",
        "jsonschema",
        "icalendar",
    }
    code = "import sys, samverkan; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run(  # noqa: S603 (our own interpreter and code)
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT.parent)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert costly & {*run.stdout.split()} == set()


def test_no_folder_or_file_of_the_package_bears_a_root_verbs_name():
    names = {path.stem for path in ROOT.iterdir()}
    assert names & {*VERBS} == set()


def call(verb: Any, c: sv.Collaboration) -> None:
    """Call a verb that can do with nothing, or with a collaboration alone."""
    needed = [
        p for p in inspect.signature(verb).parameters.values() if p.default is p.empty and p.kind != p.VAR_KEYWORD
    ]
    if [p.kind for p in needed] == [inspect.Parameter.POSITIONAL_OR_KEYWORD] and "Collaboration" in str(
        needed[0].annotation
    ):
        verb(c)
    elif not needed:
        verb()


@pytest.mark.parametrize("verb", VERBS)
def test_a_root_verb_can_be_called_twice_whatever_has_been_imported_between(verb):
    c = sv.Collaboration([sv.Actor(id="ale", title="Ale kommun", kind="kommun")])
    first = getattr(sv, verb)
    call(first, c)
    for module in pkgutil.iter_modules([str(ROOT)]):
        if module.name != "__main__":
            importlib.import_module(f"samverkan.{module.name}")
    importlib.import_module(first.__module__)
    second = getattr(sv, verb)
    assert callable(second)
    assert not isinstance(second, ModuleType)
    assert second is first
    call(second, c)


# ---------------------------------------------------------------- records


def own_fields(kind: Any) -> list[Any]:
    return list(attrs.fields(kind))


@pytest.mark.parametrize("kind", sv.KINDS)
def test_a_record_is_frozen_slotted_and_takes_keywords_only(kind):
    made = attrs.fields(kind)
    assert all(a.kw_only for a in made)
    assert "__slots__" in vars(kind)
    assert kind.__dictoffset__ == 0
    assert kind.__setattr__ is not object.__setattr__
    assert kind.__mro__ == (kind, object)


@pytest.mark.parametrize("kind", sv.KINDS)
def test_a_record_says_where_it_is_from(kind):
    names = {a.name for a in attrs.fields(kind)}
    assert {"id", "note"} <= names
    if kind not in (sv.Source, sv.ExternalRecord):
        assert {"source", "basis"} <= names


EXEMPT = {"source", "basis", "note"}


def classes(file: Path) -> Iterator[ast.ClassDef]:
    return (node for node in parsed(file).body if isinstance(node, ast.ClassDef))


def is_sentence(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def undocumented(body: list[ast.stmt]) -> list[str]:
    """Fields that no string stands under."""
    following = pairwise([*body, ast.Pass()])
    return [ast.unparse(n.target) for n, after in following if isinstance(n, ast.AnnAssign) and not is_sentence(after)]


def attrs_classes() -> list[Any]:
    """Every public attrs class of the values and the model."""
    return [
        pytest.param(file, node, id=f"{module}.{node.name}")
        for module, file in MODULES.items()
        if module.startswith(("samverkan.model.", "samverkan.values."))
        for node in classes(file)
        if not node.name.startswith("_") and any("frozen" in ast.unparse(d) for d in node.decorator_list)
    ]


@pytest.mark.parametrize(("file", "node"), attrs_classes())
def test_a_sentence_stands_under_every_field(file, node):
    marks = {"Ref", "Named", "NestedUnder", "ValidDuring", "OccursOn"}  # a class docstring says all there is to say
    relation = any(isinstance(s, ast.AnnAssign) and ast.unparse(s).startswith("id: str = Factory(") for s in node.body)
    bare = {name for name in undocumented(node.body) if not name.startswith("_")}
    allowed = EXEMPT | ({"id"} if relation else set())
    assert node.name in marks or bare <= allowed, f"{file.name}: {node.name} leaves {sorted(bare - allowed)} without"
    assert ast.get_docstring(node)


@pytest.mark.parametrize("name", [name for name in PUBLIC if name[0].isupper() and not name.isupper()])
def test_every_public_class_has_a_docstring(name):
    found = PUBLIC[name]
    if isinstance(found, type):
        assert inspect.getdoc(found)


TOLD_WITH_THEIR_VERB = {
    "Change", "Discontinued", "MissingConsent", "Rollup", "Succession",
    "GrantShare", "AtRisk", "ShareChange", "Condition", "FilledForm", "Form", "FundingRow", "Pace", "MandateProof", "Result", "Risks", "Unclaimed", "Unspent",
    "Balance", "Bottleneck", "Cell", "Chain", "Difference", "Due", "LedgerLine", "Finding", "Flow", "ForbiddenEvent", "LastMeeting", "Match", "Move", "Network", "OpenPoint", "Overdraft", "Permission", "Portion", "Progress", "Reading", "Replies", "Responsibility", "Rule", "Rung", "SharedArea", "Skipped", "Spending", "AllocationState", "State", "TimetableRow", "Transition", "Unrecorded",
}  # fmt: skip
BARE = {"ids", "PropagatesDelay", "OccursOn", "ValidDuring", "Restricts", "Record"}
"""Marks that take no arguments, and what is no more than a protocol."""
EXAMPLES = [
    name
    for name, value in PUBLIC.items()
    if inspect.isroutine(value)
    or (
        inspect.isclass(value) and value.__module__.startswith("samverkan.") and not issubclass(value, Enum | Exception)
    )
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_public_function_and_class_has_an_example(name):
    assert (">>>" in (PUBLIC[name].__doc__ or "")) is (name not in TOLD_WITH_THEIR_VERB | BARE)


@pytest.mark.parametrize("verb", VERBS)
def test_every_root_verb_has_a_docstring_and_annotations(verb):
    found = getattr(sv, verb)
    assert inspect.getdoc(found)
    parameters = inspect.signature(found).parameters.values()
    assert all(p.annotation is not p.empty for p in parameters)
    assert inspect.signature(found).return_annotation is not inspect.Signature.empty


# ---------------------------------------------------------------- the tree of errors


def test_every_error_is_in_one_tree_and_is_the_builtin_one_expects():
    errors = [value for name, value in PUBLIC.items() if name.endswith("Error")]
    assert all(issubclass(error, sv.SamverkanError) for error in errors)
    assert issubclass(sv.InvalidValueError, ValueError)
    assert issubclass(sv.errors.UndecidedError, sv.InvalidValueError)
    assert issubclass(sv.errors.NotFoundError, LookupError)
    assert issubclass(sv.errors.WriteError, OSError)


def test_the_tree_is_drawn_with_every_error():
    from samverkan import errors

    assert all(name in errors.__doc__ for name in errors.__all__ if name.endswith("Error"))


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (sv.errors.Place(), ""),
        (sv.errors.Place("plan.yaml"), "plan.yaml"),
        (sv.errors.Place("plan.yaml", 12), "plan.yaml:12"),
        (sv.errors.Place("plan.yaml", 12, 5, ("grants", "ph")), "plan.yaml:12:5: grants.ph"),
        (sv.errors.Place(path=("grants", "ph")), "grants.ph"),
    ],
)
def test_a_place_is_written_as_editors_do(place, text):
    assert str(place) == text
    assert str(sv.errors.Fault("wrong", "right", place)) == (f"{text}: " if text else "") + "wrong; right"


def test_a_fault_without_a_place_names_its_record_and_field():
    assert str(sv.errors.Fault("wrong", record="ale", field="title")) == "ale.title: wrong"
    assert str(sv.errors.Fault("wrong")) == "wrong"


# ---------------------------------------------------------------- the house


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_no_module_is_longer_than_500_lines(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 500


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_every_module_says_what_it_is(file):
    assert ast.get_docstring(parsed(file))


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_no_module_is_named_for_nothing(file):
    assert file.stem not in {"base", "common", "utils", "util", "helpers", "helper", "manager", "core", "misc"}


def imports(module: str) -> set[str]:
    """The modules of this package that a module imports anywhere, also in functions and for type checkers."""
    found: set[str] = set()
    for node in ast.walk(parsed(MODULES[module])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = module if MODULES[module].stem == "__init__" else module.rpartition(".")[0]
            above = ".".join(package.split(".")[: len(package.split(".")) - (node.level - 1)]) if node.level else ""
            start = ".".join(part for part in (above, node.module or "") if part)
            found |= {name if (name := f"{start}.{alias.name}") in MODULES else start for alias in node.names}
    return {name for name in found if name in MODULES} - {module}


def knots(graph: dict[str, set[str]]) -> list[list[str]]:
    """Modules that import each other, by whatever way round."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        todo = [*graph[start]]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += graph[name]
        return found

    far = {name: reached(name) for name in graph}
    return sorted({tuple(sorted(b for b in far[a] if a in far[b])) for a in graph if a in far[a]})


def test_no_modules_import_each_other_not_even_inside_functions():
    assert knots({module: imports(module) for module in MODULES}) == []


def test_knots_are_found():
    assert knots({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}}) == [("b", "c")]


def test_imports_are_found_in_functions_and_by_package():
    assert "samverkan.values.day" in imports("samverkan.values.when")
    assert "samverkan.model.party" in imports("samverkan.register.bodies")
