"""The answers of the examples, in Swedish: no word of ours is left in English."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import attrs
import pytest

import samverkan as sv
from samverkan.values.table import heading
from samverkan.values.text import Wording

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.yaml"))
ON = "2017-01-15"


def letters(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text.lower()))


def literals(template: str) -> str:
    return " ".join(literal for literal, *_ in Formatter().parse(template))


def wordings() -> Iterator[Wording]:
    for module in pkgutil.walk_packages(sv.__path__, "samverkan."):
        if not module.name.endswith("__main__"):
            values = vars(importlib.import_module(module.name)).values()
            yield from (value for value in values if isinstance(value, Wording))


def english() -> set[str]:
    """The words of our English sentences that are no words of our Swedish ones."""
    ours, rows = [*wordings()], [kind for kind in vars(sv.answers).values() if attrs.has(kind)]
    headings = {heading(kind, a.name) for kind in rows for a in attrs.fields(kind)}
    swedish = [*(literals(one.sv) for one in ours), *headings]
    return set().union(*(letters(literals(one.en)) for one in ours)).difference(*map(letters, swedish))


ENGLISH = english()
BODIES = {body.id: body for body in (*sv.register.kommuner(), *sv.register.regions())}
"""Called by their titles, since the id of Åre kommun is an English word."""


def answers(c: sv.Collaboration) -> Iterator[sv.Table]:
    for plan in c[sv.Plan]:
        yield from (sv.progress(c, plan.id, on=ON), sv.results(c, plan.id), sv.ladder(c, plan.id, on=ON))
        yield from (sv.replies(c, plan.id, on=ON), sv.spending(c, plan.id), sv.financing(c, plan.id))
    for grant in c[sv.Grant]:
        yield from (sv.conditions(c, grant.id, on=ON), sv.pace(c, grant.id, on=ON), sv.ledger(c).flow(grant.id))
        yield from (sv.discontinued_by(c, grant.id), sv.shares_of(c, grant.id))
    for mandate in c[sv.Mandate]:
        yield sv.may(c, mandate.holder, [*sv.vocabulary.Act], for_=mandate.for_[:1], on=ON)
    for decision in c[sv.Decision]:
        yield sv.last_meeting(c, decision.id, on=ON)
    for question in (sv.due, sv.unclaimed, sv.unspent):
        yield question(c, on=ON)
    for question in (sv.responsible, sv.gaps, sv.chains, sv.unrecorded, sv.timetables, sv.unconfirmed_support):
        yield question(c)
    yield from (sv.shared_areas(c), sv.ledger(c).balances("grant"), sv.ledger(c).states())
    net = sv.graph(c)
    yield from (net.across_organisations(), net.bottlenecks(), net.cycles(), net.mutual_groups())


def documents_words(path: Path) -> set[str]:
    """The words of the document itself, which are never translated: titles, notes, quotations and ids."""
    ids = " ".join(record.id for record in sv.read(path))
    return letters(f"{path.read_text(encoding='utf-8')} {ids}")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_answer_in_swedish_has_an_english_word_of_ours(path):
    theirs, left = documents_words(path), {}
    for table in answers(sv.read(path)):
        words = letters(re.sub(r"`\w+`", "", table.text("sv", BODIES))) & ENGLISH - theirs
        if words:
            left[table.title] = words
    assert not left
