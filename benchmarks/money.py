"""Grants with what happened to them, of any size: 290 kommuner, a year's cycle on every allocation."""

from datetime import date, timedelta

import samverkan as sv

KOMMUNER = 290
REGIMES = ("requisition", "invoice")
USES = 8
CYCLE = 4 + USES
"""How many events an allocation has in a year: asked for, paid, used time after time, reported, repaid."""
YEAR = date(2024, 1, 1)


def money(events: int) -> sv.Collaboration:
    """So many requisitions and funding events; every other cost is told to its month only."""
    records: list[object] = [
        sv.Actor(id=f"kommun-{n}", title=f"Kommun {n}", kind="kommun", code=f"{n:04}", county="14")
        for n in range(KOMMUNER)
    ]
    happenings: list[object] = []
    for n in range(-(-events // CYCLE)):
        if n % KOMMUNER == 0:
            number = n // KOMMUNER
            records.append(_grant(f"bidrag-{number}", REGIMES[number % len(REGIMES)]))
        allocation = sv.Allocation(
            grant=f"bidrag-{n // KOMMUNER}", recipient=f"kommun-{n % KOMMUNER}", amount=sv.Money(100_000 + n)
        )
        records.append(allocation)
        happenings += _year(n, allocation)
    return sv.Collaboration([*records, *happenings[:events]], id="bidrag", title="Bidrag", known="2025-12-31")


def _grant(id: str, regime: str) -> sv.Grant:
    return sv.Grant(
        id=id,
        title=id,
        regime=regime,
        requisition=sv.Window(closes="2024-11-29"),
        use=sv.Window(opens="2024-01-01", closes="2024-12-31"),
        report=sv.Window(closes="2025-03-31"),
    )


def _year(n: int, allocation: sv.Allocation) -> list[object]:
    """What happens to one allocation: of what is paid some is used each month, and what is left is paid back."""
    day, kommun, whole = YEAR + timedelta(n % 90), allocation.recipient.id, allocation.amount
    uses = [sv.Money(f"{9_000 + n % 1_000 + month * 7}.{n % 100:02}") for month in range(USES)]
    spent = sv.Money.total(uses)

    def event(kind: str, amount: sv.Money, when: date | str, number: int = 0, **told: str) -> sv.FundingEvent:
        id = f"{kind}-{n}-{number}"
        return sv.FundingEvent(id=id, kind=kind, allocation=allocation.id, amount=amount, day=when, by=kommun, **told)

    asked = sv.Requisition(id=f"rek-{n}", allocation=allocation.id, requested_by=kommun, amount=whole, sent=day)
    months = [YEAR.replace(month=4 + month, day=1 + n % 28) for month in range(USES)]
    return [
        asked,
        event("paid", whole, day + timedelta(1), answers=asked.id),
        *(
            event("used", amount, when if i % 2 else f"{when:%Y-%m}", i, cost_kind=("personal", "lokal")[i % 2])
            for i, (amount, when) in enumerate(zip(uses, months, strict=True))
        ),
        event("reported", spent, "2025-03-01"),
        event("repaid", whole - spent, "2025-04-15"),
    ]
