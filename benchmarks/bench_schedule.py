"""The schedule over growing plans, beside forward and backward passes in rustworkx and networkx over the same records.

All take turns in one process and are measured by the time of the processor, with the cycle collector paused for all;
the collaboration has been asked for its records by kind before, which sorts them once.
"""

import gc
import tracemalloc
from statistics import median
from time import process_time

import numpy as np
import pytest
from passes import FAR, Networkx, Rustworkx, Tuned
from plans import plans

import samverkan as sv
from samverkan.values.bulk import collector_paused

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = {1_000: 9, 10_000: 5, 100_000: 5, 1_000_000: 3}
RIVALS = {"networkx": Networkx, "rustworkx": Rustworkx, "rustworkx over numbers alone": Tuned}
PATIENCE = {"networkx": 100_000}
"""How many links it is waited for."""


@pytest.fixture(scope="module", params=["portfolio", "chain"])
def shape(request):
    """Plans of 200 activities side by side, or one plan as long as there are links for."""
    return request.param


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size}-links")
def size(request):
    return request.param


@pytest.fixture(scope="module")
def collaboration(shape, size):
    with collector_paused():
        made = plans(size) if shape == "portfolio" else plans(size, plan=size)
    assert len(made[sv.Dependency]) == size
    assert made[sv.Activity]
    return made


@pytest.mark.benchmark(group="records to days", timer=process_time)
def bench_schedule(benchmark, collaboration, size):
    others = {name: lambda rival=rival: rival(collaboration).swept({}) for name, rival in rivals(size).items()}
    plan, told = in_turn(benchmark, lambda: swept(sv.schedule(collaboration)), others, size)
    for days in told.values():
        assert_same(collaboration, plan, *days)
    tracemalloc.start()
    swept(sv.schedule(collaboration))
    benchmark.extra_info["peak_mb"] = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()


@pytest.mark.benchmark(group="one more what if", timer=process_time)
def bench_what_if(benchmark, collaboration, size):
    """With the schedule read and the graphs built."""
    slips = {collaboration[sv.Activity][size // 10].id: 5}
    plan, graphs = (
        swept(sv.schedule(collaboration)),
        {name: rival(collaboration) for name, rival in rivals(size).items()},
    )
    others = {name: lambda graph=graph: graph.swept(slips) for name, graph in graphs.items()}
    later, told = in_turn(benchmark, lambda: swept(plan.delayed(slips)), others, size)
    for days in told.values():
        assert_same(collaboration, later, *days)


def rivals(size):
    return {name: rival for name, rival in RIVALS.items() if size <= PATIENCE.get(name, size)}


def swept(plan):
    assert plan.sweeps.early
    assert plan.sweeps.late
    return plan


def in_turn(benchmark, function, others, size):
    """What each comes to, after as many turns as the size allows."""
    taken, told = {name: [] for name in others}, {}

    def turn():
        for name, other in others.items():
            gc.collect()
            with collector_paused():
                began = process_time()
                told[name] = other()
                taken[name].append(process_time() - began)
        gc.collect()

    found = benchmark.pedantic(collector_paused()(function), setup=turn, rounds=ROUNDS[size], warmup_rounds=1)
    benchmark.extra_info |= {"size": size, "others": {name: median(times[1:]) for name, times in taken.items()}}
    return found, told


def assert_same(collaboration, plan, early, late):
    """Whether the days are those that a rival comes to."""
    net, (first, _), (last, _) = plan.sweeps.net, plan.sweeps.early, plan.sweeps.late
    ids = [one.id for one in collaboration[sv.Activity]]
    places = net.order.place[[net.steps.numbers[id] for id in ids]]
    late_starts = np.minimum(last.starts, last.finishes - net.takes[0])
    for place, days in net.delays.items():  # which they count with the days that a step takes
        late_starts[place] -= days
    ours = first.starts, late_starts
    for mine, theirs in zip(ours, (early, late), strict=True):
        days = np.array([theirs[id] for id in ids] if isinstance(theirs, dict) else theirs)
        assert ((mine[places] == days) | (days > FAR // 2)).all()
