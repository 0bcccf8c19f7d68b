"""How the manual is built: `make docs`. Nothing is fetched while building."""

import re
import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for _ext

project = "samverkan"
author = "The samverkan authors"
copyright = f"2026 {author}"  # noqa: A001 - the name Sphinx reads
version = release = version_of("samverkan")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton", "_ext"]
html_theme = "furo"
html_title = "samverkan"
html_static_path = ["_static"]
html_css_files = ["manual.css"]

# Pages: Markdown, with ::: for directives, and headings that can be linked to.
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
copybutton_exclude = ".linenos, .gp, .go"  # what is copied has neither prompts nor answers

# Reference: in the order the source tells it, one argument to a line where they are many.
autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
maximum_signature_line_length = 90
python_use_unqualified_type_names = True
add_module_names = False
default_role = "name-or-code"  # see _ext/names.py

# Every reference to a name of ours must lead somewhere; other libraries' names have their own manuals.
nitpicky = True
_others = [*sys.stdlib_module_names, "attr", "attrs", "matplotlib", "networkx", "numpy", "nx", "pandas", "pendulum"]
nitpick_ignore_regex = [
    (r"py:.*", rf"({'|'.join(map(re.escape, _others))})(\..*)?"),
    (r"py:class", "Axes|Decimal"),  # as some annotations name them
    (r"py:.*", r"samverkan\..*\.[KRTV]"),  # type variables, which say nothing but "the same type"
]
