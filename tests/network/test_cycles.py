"""Rings: mutual help, which is legal, and mutual waiting, which is not."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import example, given, strategies as st

import samverkan as sv


def net(*links: tuple[str, str, str], **more: object) -> sv.answers.Network:
    made = [sv.Dependency(predecessor=a, successor=b, kind=kind, **more) for a, b, kind in links]
    ids = {id for a, b, _ in links for id in (a, b)}
    return sv.graph(sv.Collaboration([*(sv.Activity(id=id, title=id) for id in sorted(ids)), *made]))


HELP, INFORMS, WAITS = "contributes to", "informs", "finish-start"


def test_plan_and_roadmap_that_contribute_to_each_other_are_a_legal_group():
    both = net(("plan", "fardplan", HELP), ("fardplan", "plan", HELP), ("plan", "beslut", WAITS))
    [group] = both.mutual_groups()
    assert group.things == ("fardplan", "plan")
    assert group.kinds == (HELP,)
    assert group.legal
    assert set(group.because) == {"plan>fardplan:contributes-to", "fardplan>plan:contributes-to"}
    assert not both.cycles()


def test_a_ring_of_must_finish_before_is_forbidden_and_printed():
    ring = net(("c", "a", "start-start"), ("b", "c", WAITS), ("a", "b", WAITS), basis=sv.basis("made"))
    table = ring.cycles()
    assert [str(cycle) for cycle in table] == ["a → b → c → a"]
    assert set(table.because(table[0])) == {"a>b", "b>c", "c>a:start-start"}
    assert table.assumed == ("a>b is made", "b>c is made", "c>a:start-start is made")
    [group] = ring.mutual_groups()
    assert not group.legal
    assert group.kinds == (WAITS, "start-start")


def test_a_group_that_waits_one_way_and_helps_the_other_has_no_cycle_and_is_legal():
    mixed = net(("plan", "utvardering", WAITS), ("utvardering", "plan", HELP))
    [group] = mixed.mutual_groups()
    assert group.legal
    assert group.kinds == (WAITS, HELP)
    assert not mixed.cycles()
    assert not mixed.mutual_groups(kinds=HELP)


def test_the_kinds_that_count_may_be_chosen():
    both = net(("a", "b", HELP), ("b", "a", HELP), ("c", "d", INFORMS), ("d", "c", INFORMS))
    assert [group.things for group in both.mutual_groups()] == [("a", "b"), ("c", "d")]
    assert [group.things for group in both.mutual_groups(kinds="informerar")] == [("c", "d")]
    assert len(both.mutual_groups(kinds=(sv.vocabulary.DependencyKind.INFORMS, HELP))) == 2
    with pytest.raises(sv.InvalidValueError, match="known: finish-start"):
        both.mutual_groups(kinds="helps")


def test_what_waits_for_itself_is_a_ring_of_one():
    alone = net(("a", "a", WAITS), ("a", "b", WAITS))
    assert [str(cycle) for cycle in alone.cycles()] == ["a → a"]
    assert [group.things for group in alone.mutual_groups()] == [("a",)]


def test_each_knot_shows_its_shortest_ring():
    rings = [*pairwise("abcdea"), ("d", "c"), *pairwise("vwv")]
    assert [str(cycle) for cycle in net(*((a, b, WAITS) for a, b in rings)).cycles()] == ["c → d → c", "v → w → v"]


@pytest.mark.parametrize(
    ("ways", "wanted"),
    [
        (("aba", "adefd", "fa"), "a → b → a"),
        (("adefa", "ed"), "d → e → d"),
        (("adca", "cd"), "c → d → c"),
    ],
)
def test_the_shortest_ring_of_several_is_written_from_its_first_id(ways, wanted):
    links = [(a, b, WAITS) for way in ways for a, b in pairwise(way)]
    assert [str(cycle) for cycle in net(*links).cycles()] == [wanted]


def test_two_dependencies_between_the_same_two_both_close_the_ring():
    table = net(("a", "b", WAITS), ("a", "b", "finish-finish"), ("b", "a", WAITS)).cycles()
    assert table.because(table[0]) == ("a>b", "a>b:finish-finish", "b>a")


def test_a_long_ring_is_no_trouble():
    ids = [f"s-{n}" for n in range(3000)]
    [cycle] = net(*((a, b, WAITS) for a, b in pairwise([*ids, ids[0]]))).cycles()
    assert cycle.things == tuple(ids)


# ---------------------------------------------------------------- laws

KINDS = [kind.value for kind in sv.vocabulary.DependencyKind]
LINKS = st.sets(st.tuples(*[st.sampled_from("abcdefgh")] * 2, st.sampled_from(KINDS)), max_size=24)


def tied(links: set[tuple[str, str, str]], kinds: list[str]) -> set[frozenset[str]]:
    graph = nx.DiGraph([(a, b) for a, b, kind in links if kind in kinds])
    found = nx.strongly_connected_components(graph)
    return {frozenset(ids) for ids in found if len(ids) > 1 or graph.has_edge(*[*ids] * 2)}


@given(LINKS, st.lists(st.sampled_from(KINDS), unique=True, min_size=1))
def test_groups_are_those_that_networkx_finds(links, kinds):
    table = net(*links).mutual_groups(kinds=kinds)
    assert {frozenset(group.things) for group in table} == tied(links, kinds)
    for group in table:
        inside = {(a, b, kind) for a, b, kind in links if kind in kinds and {a, b} <= {*group.things}}
        assert {*group.kinds} == {kind for _, _, kind in inside}
        assert len(group.because) == len(inside)
        assert group.legal == (not rings(inside))


ENDS = {
    "finish-start": ("finish", "start"),
    "start-start": ("start", "start"),
    "finish-finish": ("finish", "finish"),
    "start-finish": ("start", "finish"),
}


def moments(links: set[tuple[str, str, str]]) -> nx.DiGraph:
    """What must come before what, start and finish of each thing apart; an edge of a dependency costs one."""
    graph = nx.DiGraph()
    for a, b, kind in links:
        for id in (a, b):
            graph.add_edge(
                (id, "start"),
                (id, "finish"),
                waits=graph.get_edge_data((id, "start"), (id, "finish"), {}).get("waits", 0),
            )
        if kind in ENDS:
            one, other = ENDS[kind]
            shortest = graph.get_edge_data((a, one), (b, other), {}).get("waits", 1)
            graph.add_edge((a, one), (b, other), waits=shortest)
    return graph


def rings(links: set[tuple[str, str, str]]) -> list[tuple[frozenset[str], int]]:
    """The things of each knot of moments, and how many waits the shortest ring in it has."""
    graph = moments(links)
    found = []
    for knot in nx.strongly_connected_components(graph):
        inside = graph.subgraph(knot)
        sizes = [
            sum(inside.edges[edge]["waits"] for edge in pairwise([*ring, ring[0]])) for ring in nx.simple_cycles(inside)
        ]
        if sizes:
            found.append((frozenset(id for id, _ in knot), min(sizes)))
    return found


def is_of(cycle: sv.answers.Cycle, knot: frozenset[str], shortest: int) -> bool:
    return knot >= {*cycle.things} and shortest == len(cycle.things)


FEW = st.sets(st.tuples(*[st.sampled_from("abcde")] * 2, st.sampled_from(KINDS)), max_size=10)


@given(FEW)
@example(
    {("c", "d", "finish-start"), ("d", "d", "finish-start"), ("c", "c", "start-start"), ("d", "c", "finish-finish")}
)
def test_one_shortest_cycle_of_every_knot_of_starts_and_finishes(links):
    table, wanted = net(*links).cycles(), rings(links)
    assert len(table) == len(wanted)
    fits = [(n, str(m)) for n, cycle in enumerate(table) for m, pair in enumerate(wanted) if is_of(cycle, *pair)]
    matched = nx.bipartite.hopcroft_karp_matching(nx.Graph(fits), {n for n, _ in fits})
    assert len(matched) == 2 * len(table)
    for cycle in table:
        ring = [*cycle.things, cycle.things[0]]
        assert cycle.text == " → ".join(ring)
        assert cycle.things[0] == min(cycle.things)
        assert len(cycle.things) == len(set(cycle.things))
        assert {tuple(id.partition(":")[0].split(">")) for id in cycle.because} == set(pairwise(ring))


@pytest.mark.parametrize(
    ("links", "wanted"),
    [
        ([("b", "a", "start-start"), ("a", "b", "finish-finish")], []),
        ([("a", "b", "start-start"), ("b", "a", "start-start")], ["a → b → a"]),
        ([("a", "a", "start-finish")], []),
        ([("a", "b", WAITS), ("b", "a", "start-finish")], ["a → b → a"]),
        ([("a", "b", "start-start"), ("b", "a", "start-finish")], []),
        ([("a", "b", WAITS), ("b", "a", "start-start")], ["a → b → a"]),
    ],
)
def test_steps_that_overlap_may_wait_on_each_other_s_starts_and_finishes(links, wanted):
    assert [str(cycle) for cycle in net(*links).cycles()] == wanted


def test_a_ring_with_a_negative_lag_may_have_an_order_and_that_is_said():
    steps = [sv.Activity(id=id, title=id) for id in "ef"]
    overlap = sv.Dependency(predecessor="f", successor="e", lag=-10)
    c = sv.Collaboration([*steps, overlap, sv.Dependency(predecessor="e", successor="f", kind="start-start")])
    table = sv.graph(c).cycles()
    assert len(table) == 0
    assert table.unknown == ("whether e → f → e has an order, since a lag in it is negative",)
    assert not sv.check(c).of("waits-for-itself")
    assert sv.graph(c).mutual_groups()[0].legal
