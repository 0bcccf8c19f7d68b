"""Says after a benchmark run what the figures mean: growth from size to size, and ratios within the run."""

from itertools import pairwise


def pytest_terminal_summary(terminalreporter, config):
    session = getattr(config, "_benchmarksession", None)
    measured = {b.name: b for b in getattr(session, "benchmarks", ()) if not b.has_error}
    if not measured:
        return
    say = terminalreporter.write_line
    terminalreporter.section("what the figures say (medians of this run)")
    for base in sorted({name.partition("[")[0] for name in measured}):
        sized = sorted(
            (b for name, b in measured.items() if name.partition("[")[0] == base and b.extra_info.get("size")),
            key=lambda b: b.extra_info["size"],
        )
        for small, large in pairwise(sized):
            factor = large.extra_info["size"] / small.extra_info["size"]
            growth = large.stats.median / small.stats.median
            say(f"{base}: {factor:.0f} times the size takes {growth:.1f} times as long")
        for item in sized:
            if "peak_mb" in item.extra_info:
                say(f"{item.name}: peak {item.extra_info['peak_mb']:.0f} MB")
    for name, item in measured.items():
        for library in ("pydantic", "polars", "rustworkx"):
            rival = measured.get(name.replace("[", f"_{library}[", 1))
            if rival and rival is not item:
                say(f"{name}: {library} takes {rival.stats.median / item.stats.median:.2f} times as long")
    imports = {name: b.stats.median for name, b in measured.items() if name.startswith("bench_import")}
    bare = imports.get("bench_import[sys]")
    ours, theirs = imports.get("bench_import[samverkan]"), imports.get("bench_import[attrs, cattrs, pendulum]")
    if bare and ours and theirs:
        say(f"import samverkan: {(ours - bare) / (theirs - bare):.2f} times attrs, cattrs and pendulum together")
