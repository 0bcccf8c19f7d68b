"""A portfolio of requisitions with their events, of any size, as a collaboration and as JSON."""

import samverkan as sv

PER_ALLOCATION = 10


def portfolio(requisitions: int) -> sv.Collaboration:
    """So many requisitions, each paid and used, on a tenth as many allocations of one grant."""
    kommuner = [
        sv.Actor(id=f"kommun-{n}", title=f"Kommun {n}", kind="kommun", code=f"{n:04}", county="14") for n in range(49)
    ]
    grant = sv.Grant(id="ph-2016", title="Psykisk hälsa 2016", amount=sv.money("845 mnkr"), regime="invoice")
    allocations = [
        sv.Allocation(id=f"f-{n}", grant="ph-2016", recipient=f"kommun-{n % 49}", amount=sv.Money(1_000_000 + n))
        for n in range(max(1, requisitions // PER_ALLOCATION))
    ]
    records: list[object] = [grant, *kommuner, *allocations]
    for n in range(requisitions):
        kommun, allocation = f"kommun-{n % 49}", f"f-{n // PER_ALLOCATION % len(allocations)}"
        amount = sv.Money(f"{1_000 + n}.50")
        records += (
            sv.Requisition(
                id=f"rek-{n}",
                allocation=allocation,
                requested_by=kommun,
                on_behalf_of=(kommun,),
                amount=amount,
                sent=f"2016-{n % 12 + 1:02}-01",
                dnr="19/01701",
                reference="3500",
            ),
            sv.FundingEvent(
                id=f"bet-{n}",
                kind="paid",
                allocation=allocation,
                amount=amount,
                day=f"2016-{n % 12 + 1:02}-15",
                to=kommun,
                answers=f"rek-{n}",
            ),
            sv.FundingEvent(
                id=f"utf-{n}",
                kind="used",
                allocation=allocation,
                amount=amount,
                day=f"2016-{n % 12 + 1:02}-28",
                by=kommun,
                cost_kind="personal",
                period="2016",
            ),
        )
    return sv.Collaboration(records, id="portfolio", title="Portfölj")
