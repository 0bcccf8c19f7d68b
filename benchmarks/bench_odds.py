"""Draws over a net of steps, every single slip, and what waits on each step beside rustworkx asked node by node."""

import random

import pytest
import rustworkx as rx

import samverkan as sv
from samverkan.scheduling.descendants import Descendants
from samverkan.scheduling.sensitivity import end_moves

DRAWS = 1_000
LINKS = 10_000
LAYERS = 40


def layered(links: int) -> sv.answers.Schedule:
    """Two steps to five links, each step estimated, in layers that mostly wait on the one before; the last are due."""
    dice, steps = random.Random(2024), links * 2 // 5  # noqa: S311 (no secret)
    wide = steps // LAYERS
    records: list[object] = []
    for number in range(steps):
        best, likely, worst = sorted(dice.randint(1, 40) for _ in range(3))
        timing = sv.Timing(
            estimate=sv.Estimate(best=best, likely=likely, worst=worst),
            not_before="2024-01-01",
            due="2026-12-31" if number >= steps - 5 else None,
            statutory=False,
        )
        records.append(sv.Activity(id=f"steg-{number}", title="Steg", timing=timing))
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < links:
        after = dice.randrange(wide, steps)
        first = after // wide * wide
        pairs.add((dice.randrange(first - wide if dice.random() < 0.8 else 0, first), after))
    return sv.schedule(
        sv.Collaboration(
            [*records, *(sv.Dependency(predecessor=f"steg-{a}", successor=f"steg-{b}") for a, b in sorted(pairs))]
        )
    )


@pytest.fixture(scope="module")
def plan():
    made = layered(LINKS)
    assert made.times.course.play
    assert made.unknown is not None
    return made


@pytest.mark.benchmark(group="1 000 draws over 10 000 dependencies")
def bench_odds(benchmark, plan):
    rows = benchmark.pedantic(plan.simulate, args=(DRAWS,), rounds=5, warmup_rounds=1)
    assert any(0 < row.least.fraction < 1 for row in rows)
    benchmark.extra_info["ns_per_draw_and_dependency"] = benchmark.stats.stats.median / DRAWS / LINKS * 1e9


@pytest.mark.benchmark(group="every single slip")
def bench_each_slipping(benchmark, plan):
    low, high = benchmark.pedantic(end_moves, args=(plan.sweeps, 20), rounds=5, warmup_rounds=1)
    assert (low <= high).all()


@pytest.mark.benchmark(group="what waits on each step")
def bench_behind(benchmark, plan):
    counts = benchmark.pedantic(lambda: Descendants(plan.sweeps.net).counts, rounds=5, warmup_rounds=1)
    assert len(counts) == len(plan)


@pytest.mark.benchmark(group="what waits on each step")
def bench_behind_rustworkx(benchmark, plan):
    net = plan.sweeps.net
    web = rx.PyDiGraph()
    web.add_nodes_from(net.steps.ids)
    web.add_edges_from_no_data(list(zip(net.links.before, net.links.after, strict=True)))
    found = benchmark.pedantic(
        lambda: [len(rx.descendants(web, number)) for number in web.node_indices()], rounds=5, warmup_rounds=1
    )
    assert dict(zip(net.steps.ids, found, strict=True)) == Descendants(net).counts
