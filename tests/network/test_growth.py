"""Work grows about as the collaboration does; counted, never timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import samverkan as sv
from samverkan.model.reference import Reference
from samverkan.network.edges import Edge, Join

SMALL, FACTOR = 200, 8


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], int]:
    """How many references are followed, joins read and edges made while something is done."""
    seen = [0]

    def counting(cls: type, name: str) -> None:
        real = getattr(cls, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            seen[0] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(cls, name, counted)

    for cls, name in ((Reference, "ids"), (Join, "plain"), (Edge, "__init__")):
        counting(cls, name)

    def counted_while(act: Callable[[], Any]) -> int:
        seen[0] = 0
        act()
        return seen[0]

    return counted_while


def requisitions(number: int) -> sv.Collaboration:
    def records() -> Iterator[Any]:
        yield sv.Source(id="kalla")
        yield sv.Grant(id="ph", title="Psykisk hälsa")
        for n in range(10):
            yield sv.Actor(id=f"k-{n}", title="", kind="kommun")
            yield sv.Allocation(grant="ph", recipient=f"k-{n}", amount=None)
        for n in range(number):
            yield sv.Requisition(
                id=f"r-{n}",
                allocation=f"ph>k-{n % 10}",
                requested_by=f"k-{n % 10}",
                on_behalf_of=(f"k-{(n + 1) % 10}",),
                amount=sv.Money(1),
                source="kalla",
            )

    return sv.Collaboration(records())


def chain(number: int) -> sv.Collaboration:
    plan = [sv.Plan(id="plan", title="", owners="a"), *(sv.Actor(id=id, title="", kind="kommun") for id in "ab")]
    steps = [sv.Activity(id=f"s-{n}", title="", plan="plan", by="b" if n % 2 else ()) for n in range(number)]
    nearby = [(a, b) for a in range(number) for b in (a + 1, a + 7) if b < number]
    links = [sv.Dependency(predecessor=f"s-{a}", successor=f"s-{b}") for a, b in nearby]
    return sv.Collaboration([*plan, *steps, *links])


def grows_no_faster(
    count: Callable[..., int], make: Callable[[int], Any], act: Callable[[sv.answers.Network], Any]
) -> bool:
    small, large = (sv.graph(make(size)) for size in (SMALL, SMALL * FACTOR))
    few, many = count(lambda: act(small)), count(lambda: act(large))
    return few > 0 and many <= few * FACTOR * 1.1


def test_the_counter_counts(count):
    net = sv.graph(requisitions(SMALL))
    assert count(lambda: list(net.edges())) > SMALL * 4


def test_to_build_does_nothing_yet(count):
    collaboration = requisitions(SMALL)
    assert count(lambda: sv.graph(collaboration)) == 0


@pytest.mark.parametrize(
    "act",
    [
        lambda net: net.neighbours("k-1"),
        lambda net: list(net.edges()),
        repr,
        lambda net: net.path("r-1", "r-5"),
        lambda net: net.to_networkx(),
    ],
    ids=["neighbours", "edges", "repr", "path", "networkx"],
)
def test_the_graph_of_many_requisitions_grows_as_they_do(count, act):
    assert grows_no_faster(count, requisitions, act)


@pytest.mark.parametrize(
    "act",
    [
        lambda net: net.across_organisations(),
        lambda net: net.reaches("s-0"),
        lambda net: net.path("s-0", "s-150"),
    ],
    ids=["across", "reaches", "path"],
)
def test_the_graph_of_many_steps_grows_as_they_do(count, act):
    assert grows_no_faster(count, chain, act)


def test_what_is_kept_is_as_large_as_what_is_joined():
    net = sv.graph(requisitions(SMALL))
    net.neighbours("k-1")
    out, into = net._edges._joined
    assert sum(map(len, out.values())) == sum(map(len, into.values())) == 10


def test_one_more_question_costs_only_its_own_answer(count):
    net = sv.graph(requisitions(SMALL * FACTOR))
    net.neighbours("k-1")
    assert count(lambda: net.neighbours("r-7")) < 30
