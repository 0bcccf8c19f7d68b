"""What waits on each step, held against networkx asked step by step."""

from itertools import product

import networkx as nx
import pytest
from hypothesis import given, strategies as st

import samverkan as sv


@st.composite
def webs(draw):
    """Steps, some of them done, and links between any two of them."""
    ids = [f"s{number}" for number in range(draw(st.integers(1, 9)))]
    done = draw(st.sets(st.sampled_from(ids), max_size=1))
    links = draw(st.sets(st.sampled_from([pair for pair in product(ids, ids) if pair[0] != pair[1]] or [("", "")])))
    steps = [
        sv.Activity(id=id, title=id, timing=sv.Timing(days=1, done="2024-01-01" if id in done else None)) for id in ids
    ]
    links = sorted(links - {("", "")})
    c = sv.Collaboration([*steps, *(sv.Dependency(predecessor=one, successor=other) for one, other in links)])
    web = nx.DiGraph([pair for pair in links if pair[1] not in done])
    web.add_nodes_from(ids)
    return c, web


@given(webs())
def test_it_is_what_networkx_reaches_from_each_step(drawn):
    c, web = drawn
    plan = sv.schedule(c)
    for id in web:
        reached = nx.descendants(web, id)
        assert set(plan.descendants(id)) == reached
        assert plan.all_descendants.of(id) == plan.descendants(id)
        assert plan.all_descendants.count(id) == plan.all_descendants.counts[id] == len(reached)
        assert {other for other in web if (id, other) in plan.all_descendants} == reached


@given(webs())
def test_it_is_told_in_an_order_in_which_it_can_be_done(drawn):
    c, web = drawn
    plan = sv.schedule(c)
    rows = [row.id for row in plan]
    for id in web:
        behind = plan.descendants(id)
        assert list(behind) == [one for one in rows if one in behind]


PLAN = sv.schedule(
    sv.Collaboration(
        [
            *(sv.Activity(id=id, title=id, timing=sv.Timing(days=1)) for id in ("a", "b")),
            sv.Dependency(predecessor="a", successor="b"),
            sv.Actor(id="gr", title="GR", kind="kommunalforbund"),
        ]
    )
)


@pytest.mark.parametrize("id", ["gr", "nothing", 5, None])
def test_what_is_no_step_has_nothing_behind_it(id):
    for ask in (PLAN.descendants, PLAN.all_descendants.of, PLAN.all_descendants.count):
        with pytest.raises(sv.errors.NotFoundError, match="is no step"):
            ask(id)


@pytest.mark.parametrize("pair", [("a", "gr"), ("gr", "a"), "ab", ("a",), ("a", "b", "a"), 5, ("a", ["b"])])
def test_no_step_waits_on_what_is_none(pair):
    assert pair not in PLAN.all_descendants


def test_it_says_how_many_steps_there_are():
    assert repr(PLAN.all_descendants) == "<Behind · 2 steps>"
    assert sv.schedule(sv.Collaboration([])).all_descendants.counts == {}
