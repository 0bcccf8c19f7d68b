"""Lets pytest run the code in README, manual and docstrings as tests (`make test-pages`)."""

import contextlib
import os
import shutil
import sys
from collections.abc import Generator, Iterator
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

import samverkan

ROOT = Path(__file__).parent

os.environ["MPLBACKEND"] = "Agg"  # pictures are drawn without a screen


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder with a copy of `examples/`: a page reads from it and writes beside it, and leaves no trace."""
    folder = tmp_path_factory.mktemp("page")
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", folder / "examples")
    with contextlib.chdir(folder):
        yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage by the written examples alone: property tests would take twice the time, and draw at random."""
    traced = sys.gettrace()
    is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    if not traced or not is_property:
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(traced)


_spaces = (samverkan.answers, samverkan.vocabulary, samverkan.fields, samverkan.rules, samverkan.calendar)
_spaces = (*_spaces, samverkan.errors, samverkan.exports, samverkan)
_public = {name: getattr(space, name) for space in _spaces for name in space.__all__}
_markdown = [PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()]

pytest_collect_file = SybilCollection(
    [
        Sybil(_markdown, pattern="README.md", fixtures=["own_folder"]),
        Sybil(_markdown, path="docs", pattern="*.md", fixtures=["own_folder"]),
        Sybil(
            [DocTestParser(ELLIPSIS)],
            path="src",
            pattern="*.py",
            fixtures=["own_folder"],
            setup=lambda names: names.update(_public),  # a docstring has the public names at hand
        ),
    ]
).pytest()
