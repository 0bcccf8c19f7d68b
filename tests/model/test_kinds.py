"""The kinds of record, and what the strategies make of them."""

from collections import Counter
from typing import Annotated

import attrs
import pytest
from attrs import field, frozen
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.model.agreement import timing
from samverkan.model.integrity import kind_name
from samverkan.model.party import parties
from samverkan.model.reference import references
from tests.strategies import collaborations


@frozen(kw_only=True)
class Inspection:
    """A kind of a user's own: nothing registers it."""

    id: str
    where: Annotated[str, sv.fields.Ref("Actor", "Group")]
    by: tuple[sv.Party, ...] = field(default=(), converter=parties)
    follows: Annotated[str, sv.fields.Ref("Inspection")] | None = None
    timing: sv.Timing = field(default=None, converter=timing)
    note: str = ""


seen: Counter[str] = Counter()
filled: set[tuple[str, str]] = set()


@settings(max_examples=25)
@given(collaborations(least=0, most=10, every_kind=True, full=True))
def look(c: sv.Collaboration) -> None:
    empty = (None, (), "", sv.Timing())
    for record in c:
        kind = type(record)
        seen[kind.__name__] += 1
        filled.update((kind.__name__, a.name) for a in attrs.fields(kind) if getattr(record, a.name) not in empty)


@pytest.fixture(scope="module", autouse=True)
def looked() -> None:
    look()


@pytest.mark.parametrize("kind", sv.KINDS)
def test_every_kind_is_made_with_every_field(kind):
    assert seen[kind.__name__]
    assert {a.name for a in attrs.fields(kind)} == {name for made, name in filled if made == kind.__name__}


@settings(max_examples=5)
@given(collaborations(every_kind=True, least=0, most=3))
def test_every_kind_can_be_asked_for_at_once(c):
    assert {kind_name(record) for record in c} >= {kind.__name__ for kind in sv.KINDS if kind is not sv.ExternalRecord}


@settings(max_examples=20)
@given(collaborations(kinds=(*sv.KINDS, Inspection), every_kind=True, least=0, most=5))
def test_a_kind_of_ones_own_is_made_like_the_others(c):
    assert c[Inspection]
    assert all(c[one.where] for one in c[Inspection])


@given(st.data())
def test_sets_are_as_small_or_large_as_asked_for(data):
    c = data.draw(collaborations(kinds=(sv.Source,), least=2, most=3))
    assert len(c) in (2, 3)


def test_every_reference_of_every_kind_leads_to_a_kind_there_is():
    known = {kind.__name__ for kind in sv.KINDS}
    assert {kind for cls in sv.KINDS for reference in references(cls) for kind in reference.kinds} <= known


def test_the_kinds_are_named_at_the_root():
    assert all(getattr(sv, kind.__name__) is kind for kind in sv.KINDS)
    assert len(set(sv.KINDS)) == len(sv.KINDS)
