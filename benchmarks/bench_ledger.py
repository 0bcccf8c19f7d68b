"""The ledger over growing books, its totals beside polars on the same events, and sums shared out."""

import tracemalloc

import polars as pl
import pytest
from money import money

import samverkan as sv
from samverkan.accounts.regime import ENDLESS

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = {10_000: 5, 100_000: 3, 1_000_000: 1}
BY = ("grant", "recipient")


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size}-events")
def size(request):
    return request.param


@pytest.fixture(scope="module")
def collaboration(size):
    return money(size)


@pytest.fixture(scope="module")
def ledger(collaboration):
    return sv.ledger(collaboration)


def timed(benchmark, function, size, *arguments):
    benchmark.extra_info["size"] = size
    rounds = ROUNDS[size]
    return benchmark.pedantic(function, args=arguments, rounds=rounds, warmup_rounds=min(1, rounds - 1))


def peak(benchmark, function):
    """Once more for the memory, apart from the time."""
    tracemalloc.start()
    kept = function()
    benchmark.extra_info["peak_mb"] = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return kept


@pytest.mark.benchmark(group="build the ledger")
def bench_ledger(benchmark, size, collaboration):
    """Of a collaboration that nothing has been asked of yet, so that sorting its records counts too."""
    benchmark.extra_info["size"] = size

    def unasked():
        return (collaboration.knowing(collaboration.known),), {}

    assert benchmark.pedantic(sv.ledger, setup=unasked, rounds=ROUNDS[size])
    assert peak(benchmark, lambda: sv.ledger(*unasked()[0]))


@pytest.mark.benchmark(group="totals by grant, recipient and account")
def bench_balances(benchmark, size, ledger):
    assert timed(benchmark, ledger.balances, size, *BY)
    assert peak(benchmark, lambda: ledger.balances(*BY))


@pytest.mark.benchmark(group="totals by grant, recipient and account")
def bench_balances_polars(benchmark, size, collaboration, ledger):
    """With the frames already made, as the ledger is."""
    found = timed(benchmark, totals, size, *frames(collaboration))
    assert as_told(found) == as_balanced(ledger)


@pytest.mark.benchmark(group="totals out of the records")
def bench_ledger_and_balances(benchmark, size, collaboration):
    assert timed(benchmark, lambda: sv.ledger(collaboration).balances(*BY), size)


@pytest.mark.benchmark(group="totals out of the records")
def bench_ledger_and_balances_polars(benchmark, size, collaboration, ledger):
    found = timed(benchmark, lambda: totals(*frames(collaboration)), size)
    assert as_told(found) == as_balanced(ledger)


@pytest.mark.benchmark(group="totals as of a day")
def bench_as_of(benchmark, size, ledger):
    rows = timed(benchmark, lambda: ledger.as_of("2024-08-15").balances(*BY), size)
    assert any(row.amount.exact is None for row in rows)


@pytest.mark.benchmark(group="states")
def bench_stages(benchmark, size, ledger):
    assert {row.state for row in timed(benchmark, ledger.stages, size)} >= {"repaid", "reported"}


@pytest.mark.benchmark(group="share a sum out")
@pytest.mark.parametrize("recipients", [290, 10_000], ids=lambda number: f"{number}-recipients")
def bench_allocate(benchmark, recipients):
    benchmark.extra_info["size"] = recipients
    whole, key = sv.money("845 mnkr"), {f"kommun-{n}": 2_000 + n * 7_919 % 90_000 for n in range(recipients)}
    shares = benchmark.pedantic(sv.allocate, args=(whole, key), rounds=5, warmup_rounds=1)
    assert sv.Money.total(shares.values()) == whole


def frames(collaboration):
    """What happened, to which allocations, and what each event does to the balances by the regime of each grant."""
    amount = pl.Decimal(38, 2)
    allocations, asked, events = (collaboration[kind] for kind in (sv.Allocation, sv.Requisition, sv.FundingEvent))
    happened = {
        "allocation": [one.id for one in allocations] + [one.allocation for one in (*asked, *events)],
        "event": ["allocated"] * len(allocations)
        + ["requisitioned"] * len(asked)
        + [event.kind.value for event in events],
        "amount": [one.amount.amount for one in (*allocations, *asked, *events)],
    }
    regimes = {grant.id: grant.regime for grant in collaboration[sv.Grant]}
    held = {
        "allocation": [one.id for one in allocations],
        "grant": [one.grant for one in allocations],
        "recipient": [one.recipient.id for one in allocations],
        "regime": [regimes[one.grant] for one in allocations],
    }
    moves = [
        {"regime": name, "event": event, "account": account, "sign": sign}
        for name, regime in sv.regimes().items()
        for event, ways in regime.moves.items()
        for way in ways
        for account, sign in ((way.to, 1), (way.from_, -1))
        if account not in ENDLESS
    ]
    return (
        pl.DataFrame(happened, schema_overrides={"amount": amount}),
        pl.DataFrame(held),
        pl.DataFrame(moves, schema_overrides={"sign": amount}),
    )


def totals(happened, held, moves):
    changes = happened.join(held, on="allocation").join(moves, on=("regime", "event"))
    return changes.group_by(*BY, "account").agg((pl.col("amount") * pl.col("sign")).sum())


def as_told(frame):
    return {tuple(key): amount for *key, amount in frame.rows()}


def as_balanced(ledger):
    return {(row.grant, row.recipient, row.account): row.amount.exact.amount for row in ledger.balances(*BY)}
