"""The manual tells every public name, every page can be reached, and what it shows is so."""

import doctest
import inspect
import re
import shlex
import shutil
import zlib
from pathlib import Path

import pytest

import samverkan as sv
from samverkan.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
INVENTORY = ROOT / "build" / "docs" / "objects.inv"
PAGES = sorted(DOCS.rglob("*.md"))
NAMES = [str(page.relative_to(DOCS)) for page in PAGES]


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL)


def told(directives: str) -> set[str]:
    """The public names that some directives tell, read from the pages as Sphinx reads them."""
    found = set()
    for page in PAGES:
        module = ""
        pattern = rf"^\.\. (currentmodule|automodule|{directives}):: (\S+)$"
        for what, name in re.findall(pattern, text(page), re.MULTILINE):
            if what == "currentmodule":
                module = name
            else:
                found.add(name if name.startswith("samverkan") else f"{module}.{name}")
    return {name.removeprefix("samverkan.") for name in found}


SPACES = ("answers", "calendar", "errors", "exports", "fields", "rules", "views", "vocabulary")
PUBLIC = {
    **{f"{space}.{name}": getattr(getattr(sv, space), name) for space in SPACES for name in getattr(sv, space).__all__},
    **{name: getattr(sv, name) for name in sv.__all__ if name not in (*SPACES, "register")},
}
"""Every public name, with the namespace it is found in."""


def homes() -> set[str]:
    """The public names, each where it is to be documented: at the root where it is there too."""
    return {
        name for name in PUBLIC if name.rpartition(".")[2] not in PUBLIC or "." not in name or name.startswith("views.")
    }


def test_every_public_name_is_documented():
    assert homes() - told("autoclass|autofunction|autoexception|autoconstant|autowords") == set()


def test_every_kind_has_its_keys_told():
    assert {kind.__name__ for kind in sv.KINDS} - told("autokeys") == set()


def test_every_closed_list_has_its_words_told():
    public = {name: getattr(sv, name) for name in sv.__all__}
    lists = {
        name for name, thing in public.items() if isinstance(thing, type) and issubclass(thing, sv.vocabulary.Term)
    }

    assert lists - {"Term"} - told("autowords") == set()


def is_built():
    """Whether the built manual is of these pages and these names."""
    told_of = [*PAGES, Path(sv.__file__)]
    return INVENTORY.is_file() and all(INVENTORY.stat().st_mtime > path.stat().st_mtime for path in told_of)


@pytest.mark.skipif(not is_built(), reason="the manual is not built, or has changed since: make docs")
def test_every_public_name_can_be_linked_to():
    _, _, _, _, data = INVENTORY.read_bytes().split(b"\n", 4)
    names = {line.split()[0] for line in zlib.decompress(data).decode().splitlines()}

    assert {f"samverkan.{name}" for name in homes()} - names == set()


def test_every_page_is_in_a_table_of_contents():
    listed = {"index.md"}
    for page in PAGES:
        for toctree in re.findall(r"^```\{toctree\}\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL):
            entries = [line for line in toctree.splitlines() if line and not line.startswith(":")]
            listed |= {str((page.parent / entry).relative_to(DOCS)) + ".md" for entry in entries}

    assert set(NAMES) - listed == set()


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_names_only_what_there_is(page):
    named = set(re.findall(r"\bsv\.([A-Za-z]\w*)", text(page)))

    assert named - set(sv.__all__) == set()


def named_at_the_root(name: str) -> set[str]:
    """The public names, such as `due` or `exports.schema`, that a page beside `docs` writes after `sv.`."""
    return set(re.findall(r"\bsv\.((?:\w+\.)?\w+)", text(ROOT / name)))


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_a_page_at_the_root_names_only_what_there_is(name):
    assert named_at_the_root(name) - {*PUBLIC, *sv.__all__} == set()


def test_the_changelog_names_every_function_but_those_that_make_values():
    makers = ("samverkan.values", "samverkan.model")
    functions = {
        name
        for name in homes()
        if inspect.isfunction(PUBLIC[name])
        and name.rpartition(".")[0] in ("", "exports", "views")
        and not PUBLIC[name].__module__.startswith(makers)
    }

    assert functions - named_at_the_root("CHANGELOG.md") == set()


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "yaml")], ids=lambda page: page.name)
def test_the_documents_on_a_page_can_be_read(page, tmp_path):
    documents: list[str] = []
    for block in blocks(page, "yaml"):
        if "samverkan: 1" in block or not documents:
            documents.append("" if "samverkan: 1" in block else "samverkan: 1\n")
        documents[-1] += block
    for number, document in enumerate(documents):
        path = tmp_path / f"{number}.yaml"
        path.write_text(document, encoding="utf-8")

        reading = sv.inspect(path)
        assert reading.faults == ()
        assert not sv.check(reading.collaboration).of("nobody-named"), (
            "a page shows how to say who, or that there is nobody"
        )


SHOWING = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
SHOWN = [page for page in (ROOT / "README.md", *PAGES) if page.is_file()]
PRINTING = [page for page in SHOWN if any(shown for _, shown in SHOWING.findall(text(page)))]


@pytest.mark.parametrize("page", PRINTING, ids=lambda page: page.name)
def test_what_a_page_shows_is_what_its_code_prints(page, tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "page"}
    for code, shown in SHOWING.findall(text(page)):
        is_doctest = code.lstrip().startswith(">>>")
        exec(doctest.script_from_examples(code) if is_doctest else code, names)  # noqa: S102 (the page's own)
        printed = capsys.readouterr().out
        if shown:
            assert printed.split() == shown.split()


def test_the_commands_on_the_pages_run(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    lines = "".join(block for page in PAGES for block in blocks(page, "console"))
    commands = re.findall(r"^\$ python -m samverkan (.*)$", lines, re.MULTILINE)
    codes = {command.split()[0]: main(shlex.split(command)) for command in commands}

    assert codes.keys() == {"check", "show", "convert", "schema"}
    assert set(codes.values()) <= {0, 1}
    assert capsys.readouterr().err == ""
