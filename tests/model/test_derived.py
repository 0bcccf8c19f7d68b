"""Views of a collaboration: made once, and gone when it goes."""

from __future__ import annotations

import gc
import weakref
from collections import Counter
from threading import Barrier, Thread

import pytest

import samverkan as sv
from samverkan.accounts.entries import in_force
from samverkan.model.derived import derived
from samverkan.parties.membership import parties_of
from samverkan.parties.organisation import organisations_of
from samverkan.parties.responses import responses
from samverkan.questions.deadlines.windows import windows_of

VIEWS = {
    "parties": parties_of,
    "responses": responses,
    "windows": windows_of,
    "organisations": organisations_of,
    "graph": sv.graph,
    "schedule": sv.schedule,
    "ledger": sv.ledger,
    "events in force": in_force,
}


def small() -> sv.Collaboration:
    ale, skr = sv.Actor(id="ale", title="Ale", kind="kommun"), sv.Actor(id="skr", title="SKR", kind="association")
    window = sv.Window(closes="2016-11-30", to="skr")
    grant = sv.Grant(id="ph", title="PH", payer="skr", receivers="ale", requisition=window)
    paid = sv.FundingEvent(id="e", allocation="ph>ale", kind="paid", day="2016-10-01", amount=100)
    share = sv.Allocation(grant="ph", recipient="ale", amount=100)
    report = sv.Obligation(id="r", title="Rapport", by="ale", to="skr")
    steps = [sv.Activity(id=id, title=id) for id in "ab"]
    records = [ale, skr, grant, share, paid, report, *steps, sv.Dependency(predecessor="a", successor="b")]
    return sv.Collaboration(records, known="2016-12-31")


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_view_is_made_once_and_not_shared_with_another_collaboration(view):
    c, other = small(), small()
    assert view(c) is view(c)
    assert view(c) is not view(other)
    assert view(c.knowing("2017-01-01")) is not view(c)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_nothing_is_kept_alive_when_the_collaboration_goes(view):
    c = small()
    view(c)
    gone = weakref.ref(c)
    del c
    gc.collect()
    assert gone() is None


def test_two_threads_are_given_the_same_view():
    together = Barrier(2)

    @derived
    def slow(_: sv.Collaboration) -> list[str]:
        together.wait(timeout=10)
        return []

    c, views = small(), []
    threads = [Thread(target=lambda: views.append(slow(c))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert views[0] is views[1]


def test_one_check_makes_each_view_once(monkeypatch):
    made: Counter[type] = Counter()
    classes = [type(view(small())) for name, view in VIEWS.items() if name in ("parties", "windows", "graph", "ledger")]
    for kind in (*classes, sv.answers.Schedule):
        usual = kind.__init__

        def counting(self, *args, _kind=kind, _usual=usual, **named):
            made[_kind] += 1
            _usual(self, *args, **named)

        monkeypatch.setattr(kind, "__init__", counting)
    c = small()
    sv.check(c)
    assert made == dict.fromkeys((*classes, sv.answers.Schedule), 1)
