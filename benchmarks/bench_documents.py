"""Documents in and out, the collaboration and the graph, over growing portfolios, beside pydantic v2."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from portfolio import portfolio
from rival import Document

import samverkan as sv

SIZES = (1_000, 10_000, 100_000)
ROUNDS = {1_000: 7, 10_000: 5, 100_000: 3}
EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size}-requisitions")
def size(request):
    return request.param


@pytest.fixture(scope="module")
def collaboration(size):
    return portfolio(size)


@pytest.fixture(scope="module")
def path(size, collaboration, tmp_path_factory):
    path = tmp_path_factory.mktemp("portfolio") / f"{size}.json"
    sv.write(collaboration, path)
    return path


def timed(benchmark, function, size, *arguments):
    benchmark.extra_info["size"] = size
    return benchmark.pedantic(function, args=arguments, rounds=ROUNDS[size], warmup_rounds=1)


@pytest.mark.benchmark(group="read JSON")
def bench_read(benchmark, size, collaboration, path):
    assert timed(benchmark, sv.read, size, path) == collaboration
    tracemalloc.start()
    sv.read(path)
    benchmark.extra_info["peak_mb"] = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()


@pytest.mark.benchmark(group="read JSON")
def bench_read_pydantic(benchmark, size, path):
    document = timed(benchmark, lambda: Document.model_validate_json(path.read_bytes()), size)
    assert len(document.requisitions) == size


@pytest.mark.benchmark(group="write JSON")
def bench_write(benchmark, size, collaboration, path):
    copy = path.with_name("copy.json")
    timed(benchmark, sv.write, size, collaboration, copy)
    assert copy.read_bytes() == path.read_bytes()


@pytest.mark.benchmark(group="write JSON")
def bench_write_pydantic(benchmark, size, path):
    document = Document.model_validate_json(path.read_bytes())
    copy = path.with_name("pydantic.json")
    timed(benchmark, lambda: copy.write_text(document.model_dump_json(exclude_defaults=True), encoding="utf-8"), size)
    assert copy.stat().st_size


@pytest.mark.benchmark(group="build the collaboration")
def bench_build(benchmark, size, collaboration):
    assert len(timed(benchmark, sv.Collaboration, size, tuple(collaboration))) == len(collaboration)


@pytest.mark.benchmark(group="build the graph, with every edge")
def bench_graph(benchmark, size, collaboration):
    assert timed(benchmark, lambda: sum(1 for _ in sv.graph(collaboration).edges()), size) > size


@pytest.mark.benchmark(group="read the examples")
@pytest.mark.parametrize("name", [path.name for path in sorted(EXAMPLES.glob("*.yaml"))])
def bench_example(benchmark, name):
    assert benchmark.pedantic(sv.read, args=(EXAMPLES / name,), rounds=5, warmup_rounds=1)


@pytest.mark.benchmark(group="import")
@pytest.mark.parametrize("what", ["samverkan", "attrs, cattrs, pendulum", "sys"])
def bench_import(benchmark, what):
    command = [sys.executable, "-I", "-c", f"import {what}"]
    benchmark.pedantic(subprocess.run, args=(command,), kwargs={"check": True}, rounds=15, warmup_rounds=2)
