"""Grants with their allocations, requisitions and events: what the tests of the money share."""

from hypothesis import strategies as st

import samverkan as sv
from samverkan import Allocation, AllocationKey, FundingEvent, Grant, Money, Requisition

BODIES = tuple(sv.Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo", "vara"))


SKR = sv.Actor(id="skr", title="SKR", kind="association")


def grant(id="ph", **more):
    return Grant(**{"id": id, "title": id, "regime": "requisition"} | more)


def share(recipient="ale", amount=100, of="ph", **more):
    money = amount if isinstance(amount, Money | sv.vocabulary.Missing) else Money(amount)
    return Allocation(grant=of, recipient=recipient, amount=money, **more)


def asked(amount=100, day="2024-05-02", of="ph>ale", id="rek", **more):
    return Requisition(id=id, allocation=of, requested_by="ale", amount=Money(amount), sent=day, **more)


def event(kind, amount, day, of="ph>ale", **more):
    number = amount if amount is sv.UNKNOWN or isinstance(amount, Money) else Money(amount)
    return FundingEvent(
        id=f"{kind}-{day}-{of}".replace("..", "-").replace(">", "-"),
        kind=kind,
        allocation=of,
        amount=number,
        day=day,
        **more,
    )


def holding(*records, **about):
    return sv.Collaboration([*BODIES, *records], **about)


weights = st.fixed_dictionaries({id: st.integers(1, 10**6) for id in ("ale", "hjo", "vara")})


POPULATION = {"ale": 1, "hjo": 3, "vara": 1}


def keyed(**more):
    key = AllocationKey(kind="population", rounding="largest-remainder")
    return grant(**{"amount": Money(10_001), "receivers": ("ale", "hjo", "vara"), "key": key} | more)
