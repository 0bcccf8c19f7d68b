"""The Swedish headings of the columns of answers."""

from __future__ import annotations

import ast
import inspect
import re
from itertools import pairwise

import attrs
import pytest

import samverkan as sv
from samverkan.values.table import heading

ROWS = [
    kind
    for kind in vars(sv.answers).values()
    if isinstance(kind, type) and attrs.has(kind) and "because" in attrs.fields_dict(kind)
]


def bracketed(kind: type) -> dict[str, str]:
    """The Swedish that the docstring of each field ends with, in brackets."""
    body = ast.parse(inspect.getsource(kind)).body[0].body
    texts = {
        a.target.id: b.value.value
        for a, b in pairwise(body)
        if isinstance(a, ast.AnnAssign) and isinstance(b, ast.Expr)
    }
    return {name: found[-1] for name, text in texts.items() if (found := re.findall(r"\(([^()]+)\)[.;]", text))}


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_every_column_has_the_heading_that_its_docstring_gives(kind):
    columns = [name for name in attrs.fields_dict(kind) if name != "because"]
    assert {name: heading(kind, name) for name in columns} == {name: bracketed(kind).get(name) for name in columns}
