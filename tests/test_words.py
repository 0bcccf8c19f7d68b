"""English words in code, Swedish words beside them."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import samverkan as sv
from samverkan.values.term import Term

ROOT = Path(sv.__file__).parent
LAYERS = ("samverkan.values", "samverkan.model")


def modules() -> list[str]:
    return [
        module.name
        for layer in LAYERS
        for module in pkgutil.iter_modules([str(ROOT / layer.partition(".")[2])], prefix=f"{layer}.")
    ]


TERMS = sorted(
    {
        value
        for module in modules()
        for value in vars(importlib.import_module(module)).values()
        if isinstance(value, type) and issubclass(value, Term) and value is not Term
    },
    key=lambda cls: cls.__name__,
)
MEMBERS = [pytest.param(member, id=f"{cls.__name__}.{member.name}") for cls in TERMS for member in cls]


def test_the_lists_of_words_are_found():
    assert {
        sv.vocabulary.ActorKind,
        sv.vocabulary.MoneyMove,
        sv.vocabulary.Mark,
        sv.vocabulary.Severity,
        sv.vocabulary.MetWhen,
    } <= {*TERMS}


@pytest.mark.parametrize("member", MEMBERS)
def test_every_word_has_a_swedish_label(member):
    assert member.sv
    assert member.sv == member.sv.strip()


@pytest.mark.parametrize("member", MEMBERS)
def test_either_word_is_read_as_the_same(member):
    assert type(member)(member.value) is type(member)(member.sv) is type(member)(member.sv.upper()) is member


@pytest.mark.parametrize("cls", TERMS)
def test_no_two_words_of_a_list_are_labelled_alike(cls):
    said = [word.casefold() for member in cls for word in {member.value, member.sv}]
    assert len(said) == len(set(said))


@pytest.mark.parametrize("member", MEMBERS)
def test_a_canonical_word_is_plain_lower_case_english(member):
    assert re.fullmatch(r"[a-z]+(?:[ -][a-z]+)*", member.value)


@pytest.mark.parametrize("cls", TERMS)
def test_a_list_of_words_says_its_swedish_name(cls):
    assert re.search(r"\([^)]*[a-zåäö][^)]*\)", inspect.getdoc(cls) or "") or cls is sv.vocabulary.MetWhen


# ---------------------------------------------------------------- records


@pytest.mark.parametrize("kind", sv.KINDS)
def test_a_kind_of_record_says_its_swedish_name(kind):
    opening = re.split(r"\n\n|>>>", inspect.getdoc(kind))[0]
    assert re.search(r"\([a-zåäö][^)]*\)", opening)


def sentences(kind: type) -> Iterator[tuple[str, str]]:
    """The fields of a class with the sentence under each."""
    tree = ast.parse(Path(inspect.getfile(kind)).read_text(encoding="utf-8"))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == kind.__name__)
    for node, after in pairwise(body):
        if isinstance(node, ast.AnnAssign) and isinstance(after, ast.Expr):
            yield ast.unparse(node.target), ast.literal_eval(after.value)


@pytest.mark.parametrize("kind", [kind for kind in sv.KINDS if kind is not sv.ExternalRecord])
def test_a_field_says_its_swedish_name(kind):
    bare = [name for name, text in sentences(kind) if name != "id" and not re.search(r"\([a-zåäöA-ZÅÄÖ][^)]*\)", text)]
    assert bare == []


@pytest.mark.parametrize("kind", sv.KINDS)
def test_a_sentence_ends_with_a_stop(kind):
    assert [name for name, text in sentences(kind) if not text.rstrip().endswith((".", ")"))] == []
