"""How two things hang together."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from tests.strategies import collaborations


def kommun(id: str) -> sv.Actor:
    return sv.Actor(id=id, title=id, kind="kommun")


@pytest.fixture
def net() -> sv.answers.Network:
    joint = [sv.Membership(member=member, of=of) for of in ("gr", "fyrbodal") for member in ("ale", "hjo")]
    lone = sv.Source(id="nyhet")
    told = [sv.Plan(id=id, title=id, source="nyhet") for id in ("plan-a", "plan-b")]
    return sv.graph(sv.Collaboration([*map(kommun, ("ale", "hjo", "gr", "fyrbodal")), *joint, lone, *told]))


def test_a_path_is_told_step_by_step(net):
    path = net.path("ale", "hjo")
    assert [step.text for step in path] == ["ale —member of→ fyrbodal", "fyrbodal ←member of— hjo"]
    assert [path.because(step) for step in path] == [("ale>fyrbodal",), ("hjo>fyrbodal",)]
    assert [(step.here, step.there) for step in path] == [("ale", "fyrbodal"), ("fyrbodal", "hjo")]


def test_all_the_shortest_paths_may_be_asked_for(net):
    assert [[step.there for step in path] for path in net.paths("ale", "hjo")] == [["fyrbodal", "hjo"], ["gr", "hjo"]]
    assert len(net.paths("ale", "hjo", limit=1)) == 1
    with pytest.raises(sv.InvalidValueError):
        net.paths("ale", "hjo", limit=0)


def test_a_directed_path_follows_the_arrows(net):
    assert not net.path("ale", "hjo", directed=True)
    assert [step.text for step in net.path("ale", "gr", directed=True)] == ["ale —member of→ gr"]
    assert not net.path("gr", "ale", directed=True)


def test_nothing_leads_through_a_source_but_a_source_is_reached(net):
    assert not net.path("plan-a", "plan-b")
    assert [step.text for step in net.path("plan-a", "nyhet")] == ["plan-a —source→ nyhet"]
    assert [step.text for step in net.path("nyhet", "plan-b")] == ["nyhet ←source— plan-b"]


def test_where_things_do_not_hang_together_there_are_no_steps(net):
    assert len(net.path("ale", "plan-a")) == 0
    assert net.paths("ale", "plan-a") == ()
    assert len(net.path("ale", "ale")) == 0
    with pytest.raises(sv.errors.NotFoundError):
        net.path("ale", "nobody")


def test_a_long_path_is_no_trouble():
    steps = [sv.Activity(id=f"steg-{n}", title="") for n in range(1500)]
    links = [sv.Dependency(predecessor=a.id, successor=b.id) for a, b in pairwise(steps)]
    net = sv.graph(sv.Collaboration([*steps, *links]))
    assert len(net.path("steg-0", "steg-1499", directed=True)) == 1499


def oracle(net: sv.answers.Network, a: str, b: str, *, directed: bool) -> nx.Graph:
    """All edges, without the sources that are neither end."""
    whole = net.to_networkx()
    kept = [id for id, data in whole.nodes(data=True) if data["kind"] != "Source" or id in (a, b)]
    part = whole.subgraph(kept)
    return part if directed else part.to_undirected()


@given(collaborations(), st.data(), st.booleans())
def test_a_path_is_as_short_as_networkx_finds_it(collaboration, data, directed):
    net = sv.graph(collaboration)
    a, b = (data.draw(st.sampled_from(sorted(record.id for record in collaboration))) for _ in "ab")
    graph = oracle(net, a, b, directed=directed)
    path = net.path(a, b, directed=directed)
    if not nx.has_path(graph, a, b):
        assert not path
        return
    assert len(path) == nx.shortest_path_length(graph, a, b)
    ids = [a, *(step.there for step in path)]
    assert ids[-1] == b
    assert [(step.here, step.there) for step in path] == list(pairwise(ids))
    for step in path:
        between = [data for _, other, data in net.to_networkx().edges(step.here, data=True) if other == step.there]
        back = [data for _, other, data in net.to_networkx().edges(step.there, data=True) if other == step.here]
        assert {"relation": step.relation, "record": step.because[0]} in [*between, *([] if directed else back)]


@given(collaborations(kinds=(sv.Actor, sv.Membership, sv.Activity, sv.Dependency, sv.Plan), least=10), st.data())
def test_all_shortest_paths_are_found_once(collaboration, data):
    net = sv.graph(collaboration)
    a, b = (data.draw(st.sampled_from(sorted(record.id for record in collaboration))) for _ in "ab")
    graph = nx.Graph(oracle(net, a, b, directed=False))
    wanted = {tuple(path) for path in nx.all_shortest_paths(graph, a, b)} if nx.has_path(graph, a, b) else set()
    found = [(a, *(step.there for step in path)) for path in net.paths(a, b, limit=10_000)]
    assert len(found) == len(set(found))
    assert set(found) == wanted
