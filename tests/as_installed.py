"""Checks of the package as it is installed: `make wheel` runs them where nothing else is installed.

It takes the project's folder, for the README and the examples, and imports nothing from there.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.resources import files
from io import StringIO
from pathlib import Path

import samverkan as sv

BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<shown>.*?)^```)?", re.MULTILINE | re.DOTALL)


def the_readme_shows_what_it_prints(project: Path) -> str:
    """Every block of Python runs, one after the other, and prints the text that stands under it."""
    readme = (project / "README.md").read_text(encoding="utf-8")
    names: dict[str, object] = {"__name__": "readme"}
    blocks = list(BLOCK.finditer(readme))
    assert len(blocks) == readme.count("```python") > 0
    for block in blocks:
        line = readme.count("\n", 0, block.start()) + 2
        printed = StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * (line - 1) + block["code"], "README.md", "exec"), names)  # noqa: S102 (our own page)
        assert printed.getvalue() == (block["shown"] or ""), f"README.md:{line} prints {printed.getvalue()!r}"
    return f"{len(blocks)} blocks of the README"


def the_schema_is_the_one_that_the_classes_make() -> str:
    """The file is on one line and equal to what the library makes."""
    text = files("samverkan.documents").joinpath("schema-1.json").read_text(encoding="utf-8")
    assert "\n" not in text
    assert json.loads(text) == sv.exports.schema()
    return f"the schema of {len(text) // 1000} kB"


def the_command_answers() -> str:
    """The console script stands beside the interpreter, and answers."""
    for arguments in (["--help"], ["show", "examples/vastra_gotaland_2016.yaml"]):
        done = subprocess.run(  # noqa: S603 (our own script)
            [Path(sys.executable).with_name("samverkan"), *arguments], capture_output=True, text=True, check=True
        )
        assert done.stdout, arguments
    return "the command"


def every_public_name_is_there() -> str:
    """The names of the root are loaded out of what is installed, types and all."""
    assert Path(sv.__file__).is_relative_to(sys.prefix), f"{sv.__file__} is not what was installed"
    assert files("samverkan").joinpath("py.typed").is_file()
    for name in sv.__all__:
        getattr(sv, name)
    return f"{len(sv.__all__)} names"


def main(project: Path) -> None:
    """Check it all, in a folder of its own where the examples lie as in the project's."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shutil.copytree(project / "examples", "examples")
        results = [
            every_public_name_is_there(),
            the_schema_is_the_one_that_the_classes_make(),
            the_readme_shows_what_it_prints(project),
            the_command_answers(),
        ]
    print("the package as installed:", ", ".join(results), file=sys.stdout)  # noqa: T201


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)  # the command runs what is installed, too
    main(Path(sys.argv[1]).resolve())
