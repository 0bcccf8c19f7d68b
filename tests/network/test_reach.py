"""What an event reaches."""

from itertools import pairwise
from typing import Annotated

import networkx as nx
import pytest
from attrs import frozen
from hypothesis import example, given, strategies as st

import samverkan as sv
from tests.strategies import collaborations


@frozen(kw_only=True)
class Rehearsal:
    """A record class of a user's own that meets an obligation."""

    id: str
    meets: Annotated[tuple[sv.fields.ObligationId, ...], sv.fields.PropagatesDelay()] = ()
    names: tuple[sv.fields.ObligationId, ...] = ()


VG = (
    sv.Actor(id="vastkom", title="VästKom", kind="cooperation body", basis=sv.basis(works_for="assumed")),
    sv.Actor(id="skr", title="SKR", kind="association"),
    sv.Activity(id="utredning", title="S2017:01", kind="outside"),
    sv.Activity(id="forslag", title="Förslag", by="vastkom"),
    sv.Activity(id="beslut", title="Beslut", by="vastkom", fulfils="inlamning"),
    sv.Obligation(id="inlamning", title="Inlämnad plan", by="vastkom", to="skr", secures=("ph-2016",)),
    sv.Grant(id="ph-2016", title="Psykisk hälsa 2016", payer="skr"),
    sv.Dependency(predecessor="forslag", successor="beslut"),
)
INFORMS = sv.Dependency(predecessor="utredning", successor="forslag", kind="informs")


def reaches(id: str, *records: object) -> sv.Table:
    return sv.graph(sv.Collaboration([*VG, *records])).reaches(id)


def test_it_passes_along_dependencies_to_obligations_and_the_grants_they_secure():
    table = reaches("forslag")
    assert [(row.id, row.kind, row.distance, row.certain, row.organisations) for row in table] == [
        ("beslut", "activity", 1, True, ("vastkom",)),
        ("inlamning", "obligation", 2, True, ("vastkom",)),
        ("ph-2016", "grant", 3, True, ("skr",)),
    ]
    assert table[2].path == "forslag —finish-start→ beslut —fulfils→ inlamning —secures→ ph-2016"
    assert table.because(table[2]) == ("forslag>beslut", "beslut", "inlamning", "ph-2016", "skr")
    assert table.assumed == ("vastkom.works_for is assumed",)
    assert table.unknown == ()


def test_what_only_informs_pushes_nothing_for_certain_unless_it_is_made_hard():
    soft = reaches("utredning", INFORMS)
    assert [row.certain for row in soft] == [False] * 4
    assert soft[0].path == "utredning —informs→ forslag"
    hard = reaches("utredning", sv.Dependency(predecessor="utredning", successor="forslag"))
    assert [row.certain for row in hard] == [True] * 4


def test_a_path_that_binds_is_shown_even_when_a_loose_one_is_shorter():
    short = sv.Dependency(predecessor="utredning", successor="beslut", kind="contributes to")
    first = sv.Dependency(predecessor="utredning", successor="forslag")
    row = next(row for row in reaches("utredning", short, first) if row.id == "beslut")
    assert (row.certain, row.distance) == (True, 2)
    assert row.path == "utredning —finish-start→ forslag —finish-start→ beslut"


def test_an_obligation_may_itself_be_waited_for():
    later = sv.Activity(id="utbetalning", title="Utbetalning", by="skr")
    link = sv.Dependency(predecessor="inlamning", successor="utbetalning")
    assert [row.id for row in reaches("forslag", later, link)] == ["beslut", "inlamning", "ph-2016", "utbetalning"]


def test_what_waits_upstream_is_not_reached_and_a_ring_ends():
    assert not reaches("ph-2016")
    back = sv.Dependency(predecessor="beslut", successor="forslag", kind="contributes to")
    assert [row.id for row in reaches("forslag", back)] == ["beslut", "inlamning", "ph-2016"]


def test_what_cannot_be_told_is_said():
    away = sv.ExternalRecord(id="nasta", kind="Activity")
    table = reaches("beslut", away, sv.Dependency(predecessor="beslut", successor="nasta"))
    assert table.unknown == (
        "the organisation of nasta is not recorded",
        "nasta is recorded in another document, as may be what waits on it",
    )


def test_a_class_of_a_users_own_takes_part_by_the_types_of_its_fields():
    mine = Rehearsal(id="genrep", meets=("inlamning",))
    link = sv.Dependency(predecessor="forslag", successor="genrep")
    table = reaches("forslag", mine, link)
    assert ("genrep", "rehearsal", "") in [(row.id, row.kind, row.title) for row in table]
    assert [row.id for row in reaches("genrep", mine)] == ["inlamning", "ph-2016"]
    assert not reaches("genrep", Rehearsal(id="genrep", names=("inlamning",)))


def test_a_long_path_is_told_without_its_middle():
    steps = [sv.Activity(id=f"s-{n}", title="") for n in range(1200)]
    links = [sv.Dependency(predecessor=a.id, successor=b.id) for a, b in pairwise(steps)]
    row = sv.graph(sv.Collaboration([*steps, *links])).reaches("s-0")[-1]
    assert (row.id, row.distance, len(row.because)) == ("s-1199", 1199, 1200)
    assert row.path.startswith("s-0 —finish-start→ s-1 —")
    assert " … 1191 steps … —finish-start→ s-1196 —" in row.path
    assert row.path.endswith("→ s-1199")


def test_who_is_not_there_is_said():
    with pytest.raises(sv.errors.NotFoundError):
        reaches("nobody")


# ---------------------------------------------------------------- laws


ENDS = {
    "finish-start": ("finish", "start"),
    "start-start": ("start", "start"),
    "finish-finish": ("finish", "finish"),
    "start-finish": ("start", "finish"),
}


def slow(collaboration: sv.Collaboration, start: str, *, binding: bool) -> dict[str, int]:
    """How far everything is that is reached: start and finish of each thing apart, what is done left out."""
    graph = nx.DiGraph()

    def tie(one, one_end, other, other_end):
        graph.add_edge((one, one_end), (other, other_end), steps=1)

    for record in collaboration:
        graph.add_edge((record.id, "start"), (record.id, "finish"), steps=0)
    for link in collaboration[sv.Dependency]:
        if link.kind.value in ENDS:
            tie(link.predecessor, ENDS[link.kind.value][0], link.successor, ENDS[link.kind.value][1])
        elif not binding:
            tie(link.predecessor, "start", link.successor, "start")
            tie(link.predecessor, "finish", link.successor, "start")
    for kind, field in ((sv.Activity, "fulfils"), (sv.Obligation, "secures")):
        for record in collaboration[kind]:
            for id in getattr(record, field):
                tie(record.id, "finish", id, "finish")
    for loop in [edge for edge in graph.edges if edge[0][0] == edge[1][0] and graph.edges[edge]["steps"]]:
        graph.remove_edge(*loop)
        if loop[0] != loop[1]:
            graph.add_edge((loop[0][0], "start"), (loop[0][0], "finish"), steps=0)
    for record in collaboration:
        timing = getattr(record, "timing", None)
        if record.id != start and timing and timing.done:
            graph.remove_nodes_from([(record.id, "start"), (record.id, "finish")])
    far = nx.multi_source_dijkstra_path_length(graph, {(start, "start"), (start, "finish")}, weight="steps")
    return {id: min(far[at] for at in far if at[0] == id) for id in {at[0] for at in far} - {start}}


FINISH_START, START_START, FINISH_FINISH, *_ = sv.vocabulary.DependencyKind

WORK = (sv.Activity, sv.Obligation, sv.Grant, sv.Dependency, sv.Dependency, sv.ExternalRecord)


@given(collaborations(kinds=WORK, least=10) | collaborations(), st.data())
def test_it_reaches_what_a_slow_look_reaches(collaboration, data):
    start = data.draw(st.sampled_from(sorted(record.id for record in collaboration)))
    rows = sv.graph(collaboration).reaches(start)
    hard = slow(collaboration, start, binding=True)
    soft = slow(collaboration, start, binding=False)
    assert {row.id for row in rows} == soft.keys()
    assert {row.id for row in rows if row.certain} == hard.keys()
    for row in rows:
        assert row.distance == (hard if row.certain else soft)[row.id]


@given(
    st.sets(
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.sampled_from(list(sv.vocabulary.DependencyKind))),
        max_size=30,
    )
)
@example({(0, 1, FINISH_FINISH), (1, 1, FINISH_START), (1, 2, START_START)})
def test_it_reaches_what_a_slow_look_reaches_in_a_thicket(links):
    steps = [sv.Activity(id=f"s-{n}", title="") for n in range(13)]
    made = [sv.Dependency(predecessor=f"s-{a}", successor=f"s-{b}", kind=kind) for a, b, kind in links]
    collaboration = sv.Collaboration([*steps, *made])
    rows = sv.graph(collaboration).reaches("s-0")
    hard, soft = slow(collaboration, "s-0", binding=True), slow(collaboration, "s-0", binding=False)
    assert {row.id: (row.distance, row.certain) for row in rows} == {
        id: (hard.get(id, soft[id]), id in hard) for id in soft
    }
    for row in rows:
        assert row.path.startswith("s-0 —")
        assert row.path.endswith(f"→ {row.id}")


# ---------------------------------------------------------------- what is over, and what is not told


@pytest.mark.parametrize(
    ("done", "on", "wanted"),
    [
        ("2016-10-17", None, []),
        ("2016-10-17", "2016-10-20", []),
        ("2016-10-17", "2016-10-01", [True, True, True]),
        ("2016-10", "2016-10-15", [False, False, False]),
        (None, None, [True, True, True]),
    ],
)
def test_what_has_been_done_is_reached_no_more(done, on, wanted):
    decision = sv.Activity(id="beslut", title="Beslut", by="vastkom", fulfils="inlamning", timing=sv.Timing(done=done))
    c = sv.Collaboration([*(record for record in VG if record.id != "beslut"), decision])
    assert [row.certain for row in sv.graph(c).reaches("forslag", on=on)] == wanted


def test_what_waits_on_an_end_that_does_not_slip_is_not_reached():
    steps = [sv.Activity(id=id, title="") for id in "abc"]
    links = [
        sv.Dependency(predecessor="a", successor="b", kind="finish-finish"),
        sv.Dependency(predecessor="b", successor="c", kind="start-finish"),
    ]
    assert [row.id for row in sv.graph(sv.Collaboration([*steps, *links])).reaches("a")] == ["b"]


def test_what_the_source_does_not_tell_of_where_things_lead_is_said():
    steps = [
        sv.Activity(id="a", title="", basis=sv.basis(fulfils="unknown")),
        sv.Activity(id="b", title="", basis=sv.basis(after="unknown")),
    ]
    assert sv.graph(sv.Collaboration(steps)).reaches("a").unknown == (
        "what a fulfils is not recorded in full",
        "what b waits on is not recorded",
    )
