"""Checking grows about as the collaboration does; counted, never timed."""

from __future__ import annotations

import sys

import samverkan as sv

SMALL, FACTOR = 100, 8
WINDOW = sv.Window(closes="2016-10-31", statutory=False)
WAITS = sv.vocabulary.DependencyKind.FINISH_START


def busy(size):
    """One body that draws for many out of a grant with windows, and many steps in a row."""
    yield sv.Plan(id="plan", title="Plan")
    told = {"requisition": WINDOW, "report": WINDOW, "repayment": WINDOW, "use": WINDOW, "carry_over": False}
    yield sv.Grant(id="g", title="G", amount=sv.Money(size), regime="requisition", **told)
    for n in range(size):
        yield sv.Actor(id=f"a-{n}", title=f"A {n}", kind="kommun", exists="2000/2010")
        yield sv.Activity(id=f"t-{n}", title=f"T {n}", plan="plan", by=f"a-{n}", timing=sv.Timing(due="2016-10-31"))
        yield sv.Dependency(
            predecessor=f"t-{max(n - 1, 0)}", successor=f"t-{n}", kind="finish-start" if n else "informs"
        )
        yield sv.Allocation(id=f"al-{n}", grant="g", recipient=f"a-{n}", amount=sv.Money(1))
        yield sv.Membership(member=f"a-{n}", of="a-0")
        yield sv.Mandate(id=f"m-{n}", holder="a-0", may="draw", may_not="decide" if n % 9 == 0 else (), for_=f"a-{n}")
        yield sv.Requisition(
            id=f"r-{n}", allocation=f"al-{n}", requested_by="a-0", on_behalf_of=f"a-{n}", amount=sv.Money(1)
        )
        yield sv.Observation(
            id=f"o-{n}", of=(f"t-{n}", "plan"), tallies=(sv.fields.Tally(status="påbörjad", number=1),)
        )
        yield sv.Decision(id=f"d-{n}", body=f"a-{n}", items=(sv.DecisionItem(outcome="approves", about=(f"t-{n}",)),))


def work(size):
    """How many calls are made, and how often a generator goes on, while a collaboration is checked."""
    collaboration = sv.Collaboration(busy(size), known="2017-01-01")
    seen = [0]

    def count(*_):
        seen[0] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        sv.check(collaboration)
    finally:
        sys.setprofile(before)
    return seen[0]


def test_more_to_look_at_takes_in_proportion_more():
    work(10)  # what is read once is read before
    assert work(FACTOR * SMALL) < 1.5 * FACTOR * work(SMALL)
