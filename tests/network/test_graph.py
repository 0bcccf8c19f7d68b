"""The graph itself: which edges there are, who is a neighbour of whom, and what leaves the house."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import networkx as nx
import pytest
from attrs import field, frozen
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan.model.collaboration import natural
from samverkan.model.integrity import kind_name
from samverkan.model.reference import references_of
from samverkan.network.edges import JOINS, Edge
from tests.strategies import collaborations


@frozen(kw_only=True)
class Bridge:
    """A record class of a user's own, which tells nobody that it exists."""

    id: str
    title: str = ""
    spans: tuple[sv.fields.PartyId, ...] = field(default=())
    rests_on: Annotated[str, sv.fields.Ref("Agreement"), sv.fields.Named("resting on")] | None = None


def actor(id: str, kind: str = "kommun", **more: object) -> sv.Actor:
    return sv.Actor(id=id, title=id.title(), kind=kind, **more)


@pytest.fixture
def net() -> sv.answers.Network:
    return sv.graph(
        sv.Collaboration(
            [
                actor("ale"),
                actor("gr", "kommunalforbund"),
                sv.Membership(member="ale", of="gr"),
                sv.Plan(id="plan", title="Plan", owners=("ale",)),
                sv.Activity(id="forslag", title="Förslag", plan="plan"),
                sv.Activity(id="beslut", title="Beslut", plan="plan"),
                sv.Dependency(predecessor="forslag", successor="beslut"),
                sv.Participation(who="gr", thing="plan", capacity="supports"),
                sv.Stance(actor="gr", towards="plan", attitude="in dialogue"),
                sv.Grant(id="ph", title="Psykisk hälsa"),
                sv.Allocation(grant="ph", recipient="ale", amount=sv.Money(100)),
            ],
            id="vg",
        )
    )


def test_what_is_joined_is_one_edge_with_the_record_that_joins(net):
    joined = {edge for edge in net.edges() if edge.source != edge.record}
    assert joined == {
        Edge("ale", "gr", "member of", "ale>gr"),
        Edge("forslag", "beslut", "finish-start", "forslag>beslut"),
        Edge("gr", "plan", "supports", "gr>plan:supports"),
        Edge("gr", "plan", "in dialogue", "gr>plan:in-dialogue"),
        Edge("ph", "ale", "allocated to", "ph>ale"),
    }


def test_every_declared_join_names_fields_that_lead_somewhere(net):
    for kind, join in JOINS.items():
        [*records] = net.collaboration[kind]
        assert records
        assert all(len(list(join.plain(record))) == 1 for record in records)


def test_neighbours_tell_relation_direction_and_ground(net):
    rows = net.neighbours("ale")
    assert [(row.relation, row.direction, row.id, row.kind) for row in rows] == [
        ("member of", "out", "gr", "actor"),
        ("member", "in", "ale>gr", "membership"),
        ("allocated to", "in", "ph", "grant"),
        ("recipient", "in", "ph>ale", "allocation"),
        ("owners", "in", "plan", "plan"),
    ]
    assert rows.because(rows[0]) == ("ale>gr",)
    assert rows.because(rows[4]) == ("plan",)
    assert rows[2].title == "Psykisk hälsa"


def test_neighbours_of_one_relation_in_one_direction(net):
    assert [row.id for row in net.neighbours("plan", "plan")] == ["beslut", "forslag"]
    assert [row.id for row in net.neighbours("plan", towards="out")] == ["ale"]
    assert [row.id for row in net.neighbours("gr", "member of", towards="in")] == ["ale"]
    assert not net.neighbours("gr", "member of", towards="out")


def test_what_is_asked_wrongly_is_said(net):
    for towards in ("both", "out", "in"):
        with pytest.raises(sv.errors.NotFoundError):
            net.neighbours("aale", towards=towards)
    with pytest.raises(sv.InvalidValueError, match="known: both, out, in"):
        net.neighbours("ale", towards="inn")
    with pytest.raises(sv.InvalidValueError, match="no edge is called 'membr of'; did you mean 'member of'"):
        net.neighbours("ale", "membr of")
    assert not net.neighbours("ale", "owns")


def test_a_class_of_a_users_own_takes_part():
    bridge = Bridge(id="bron", title="Bron", spans=("ale", "hjo"), rests_on="avtal")
    net = sv.graph(sv.Collaboration([actor("ale"), actor("hjo"), sv.Agreement(id="avtal", title="Avtal"), bridge]))
    assert [(row.relation, row.id) for row in net.neighbours("bron")] == [
        ("spans", "ale"),
        ("resting on", "avtal"),
        ("spans", "hjo"),
    ]
    assert [step.text for step in net.path("ale", "avtal")] == ["ale ←spans— bron", "bron —resting on→ avtal"]


def test_what_is_named_twice_in_one_field_is_one_edge():
    net = sv.graph(sv.Collaboration([actor("ale"), sv.Agreement(id="avtal", title="Avtal", parties=("ale", "ale"))]))
    assert [str(edge) for edge in net.edges()] == ["avtal —parties→ ale"]
    assert len(net.neighbours("ale")) == len(net.neighbours("avtal")) == 1


def test_a_placeholder_stands_as_what_it_stands_for():
    net = sv.graph(
        sv.Collaboration([sv.ExternalRecord(id="skr", kind="Actor"), sv.Plan(id="p", title="P", owners="skr")])
    )
    assert [(row.kind, row.title) for row in net.neighbours("p")] == [("actor", "")]


def test_what_neighbours_rest_on_is_told():
    member = sv.Membership(member="ale", of="gr", basis=sv.basis(of="assumed"))
    rows = sv.graph(sv.Collaboration([actor("ale"), actor("gr"), member])).neighbours("gr")
    assert rows.assumed == ("ale>gr.of is assumed",)


def test_one_line_says_what_there_is(net):
    assert repr(net) == "<Network 'vg' · 11 nodes · 18 edges · 2 plan · 1 actor · 1 after · 1 allocated to>"
    assert len(net) == 11
    assert "ale" in net
    assert "alle" not in net


def test_networkx_gets_all_in_a_fixed_order_and_frozen(net):
    made = net.to_networkx()
    assert nx.is_frozen(made)
    assert made.nodes["ph"] == {"kind": "Grant", "title": "Psykisk hälsa"}
    assert {"relation": "member of", "record": "ale>gr"} in made["ale"]["gr"].values()
    records = [*net.collaboration]
    again = sv.graph(sv.Collaboration(records[::-1])).to_networkx()
    assert list(made.nodes(data=True)) == list(again.nodes(data=True))
    assert list(made.edges(data=True)) == list(again.edges(data=True))


def test_to_build_and_to_ask_for_neighbours_loads_no_networkx():
    script = """
import sys
import samverkan as sv
ale, gr = (sv.Actor(id=i, title=i, kind="kommun") for i in ("ale", "gr"))
net = sv.graph(sv.Collaboration([ale, gr, sv.Membership(member="ale", of="gr")]))
assert net.neighbours("ale") and net.path("ale", "gr") and repr(net) and net.organisations("ale")
assert not {"networkx", "numpy"} & set(sys.modules)
net.to_networkx()
assert "networkx" in sys.modules
assert sv.graph is not None and sv.graph(net.collaboration)
"""
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603


# ---------------------------------------------------------------- laws


def slow_edges(collaboration: sv.Collaboration) -> set[Edge]:
    """Every edge, by looking at everything."""
    found = set()
    for record in collaboration:
        for reference in references_of(record):
            found |= {Edge(record.id, target, reference.relation, record.id) for target in reference.ids(record)}
        match record:
            case sv.Dependency():
                found.add(Edge(record.predecessor, record.successor, record.kind.value, record.id))
            case sv.Membership():
                found.add(Edge(record.member, record.of, f"{record.capacity.value} of", record.id))
            case sv.Participation():
                found.add(Edge(record.who.id, record.thing, record.capacity.value, record.id))
            case sv.Stance():
                found.add(Edge(record.actor, record.towards, record.attitude.value, record.id))
            case sv.Allocation():
                found.add(Edge(record.grant, record.recipient.id, "allocated to", record.id))
    return found


@given(collaborations(kinds=(*sv.KINDS, Bridge)))
def test_edges_are_those_that_a_slow_look_finds(collaboration):
    edges = list(sv.graph(collaboration).edges())
    assert len(edges) == len(set(edges))
    assert set(edges) == slow_edges(collaboration)


@given(collaborations(), st.data())
def test_neighbours_are_those_that_a_slow_look_finds(collaboration, data):
    net = sv.graph(collaboration)
    id = data.draw(st.sampled_from(sorted(record.id for record in collaboration)))
    every = slow_edges(collaboration)
    out = [(e.relation, "out", e.target, (e.record,)) for e in every if e.source == id]
    into = [(e.relation, "in", e.source, (e.record,)) for e in every if e.target == id]
    rows = [(row.relation, row.direction, row.id, row.because) for row in net.neighbours(id)]
    assert sorted(rows) == sorted([*out, *into])
    assert rows == [*sorted(out, key=order), *sorted(into, key=order)]
    for relation in {row[0] for row in rows}:
        assert net.neighbours(id, relation).items == net.neighbours(id).where(relation=relation).items


def order(row: tuple[str, str, str, tuple[str]]) -> tuple[object, ...]:
    relation, _, id, [record] = row
    return natural(id), relation, natural(record)


@given(collaborations(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_means_nothing(collaboration, random):
    records = list(collaboration)
    random.shuffle(records)
    net, other = sv.graph(collaboration), sv.graph(sv.Collaboration(records, id=collaboration.id))
    assert list(net.edges()) == list(other.edges())
    assert repr(net) == repr(other)
    assert net.across_organisations() == other.across_organisations()
    assert net.mutual_groups() == other.mutual_groups()
    assert net.cycles() == other.cycles()
    for record in records[:5]:
        assert net.reaches(record.id) == other.reaches(record.id)
        assert net.path(record.id, records[0].id) == other.path(record.id, records[0].id)


@given(collaborations(most=15))
def test_every_answer_names_records_that_are_there(collaboration):
    net = sv.graph(collaboration)
    first = min(record.id for record in collaboration)
    answers = [
        net.across_organisations(),
        net.mutual_groups(),
        net.cycles(),
        *(table for record in collaboration for table in (net.neighbours(record.id), net.reaches(record.id))),
        *(net.path(first, record.id) for record in collaboration),
    ]
    for answer in answers:
        assert str(answer)
        assert all(id in collaboration for row in answer for id in answer.because(row))


@given(collaborations())
def test_nodes_of_networkx_are_the_records(collaboration):
    made = sv.graph(collaboration).to_networkx()
    assert {id: data["kind"] for id, data in made.nodes(data=True)} == {r.id: kind_name(r) for r in collaboration}
    edges = {Edge(a, b, data["relation"], data["record"]) for a, b, data in made.edges(data=True)}
    assert edges == slow_edges(collaboration)
