"""What the rules on money must not say, or must say although it is hidden."""

import pytest

import samverkan as sv
from samverkan import Allocation, FundingEvent, Grant, Money

ALE = sv.Actor(id="ale", title="Ale kommun", kind="kommun")


def event(id, kind, amount=None, day="2024-06-01", of="ph>ale", **more):
    return FundingEvent(id=id, kind=kind, amount=amount, day=day, allocation=of, **more)


def found(rule, *records):
    grant = Grant(id="ph", title="Ph", regime="direct", use=sv.Window(opens="2024-01-01", closes="2024-12-31"))
    share = Allocation(grant="ph", recipient="ale", amount=Money(100))
    return sv.check(sv.Collaboration([ALE, grant, share, *records], known="2025-06-01")).of(rule)


@pytest.mark.parametrize(
    "reports",
    [
        (event("r", "reported", Money(60)), event("s", "reported", sv.UNKNOWN)),
        (event("r", "reported", Money(60)), event("s", "reported", Money(5, "EUR"))),
        (event("r", "reported", Money(60)), event("s", "reported", Money(100), of=None, corrects="r")),
    ],
    ids=["unknown", "euro", "corrected"],
)
def test_a_report_is_judged_only_where_all_of_it_is_known(reports):
    assert not found("reported-otherwise-than-used", event("u", "used", Money(100)), *reports)


def test_a_corrected_day_is_judged_and_the_wrong_one_not():
    late, early = event("u", "used", Money(5), "2025-05-01"), event("u", "used", Money(5), "2024-05-01")
    assert not found("used-outside-its-time", late, event("v", "used", Money(5), "2024-05-01", None, corrects="u"))
    [one] = found("used-outside-its-time", early, event("v", "used", Money(5), "2025-05-01", None, corrects="u"))
    assert one.record == "v"


def test_a_grant_is_allotted_too_much_of_with_its_lines_and_not_with_what_cuts_across_them():
    line = Grant(id="rad", title="Rad", part_of="ph")
    more = Allocation(grant="rad", recipient="ale", amount=Money(1))
    whole = Grant(id="ph", title="Ph", regime="direct", amount=Money(100))
    share = Allocation(grant="ph", recipient="ale", amount=Money(100))
    assert sv.check(sv.Collaboration([ALE, whole, line, share, more])).of("allotted-too-much")
    across = Grant(id="rad", title="Rad", part_of="ph", cuts_across="annan")
    other = Grant(id="annan", title="Annan", part_of="ph")
    assert not sv.check(sv.Collaboration([ALE, whole, across, other, share, more])).of("allotted-too-much")


@pytest.mark.parametrize("corrects", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "a"}], ids=len)
def test_a_ring_of_corrections_is_told_once(corrects):
    ring = [event(id, "paid", Money(10), corrects=corrects.get(id)) for id in ("a", "b", "c")]
    assert len(found("corrects-itself", *ring)) == 1


def test_what_corrects_one_of_a_ring_is_not_in_it():
    ring = [event("a", "paid", Money(1), corrects="b"), event("b", "paid", Money(1), corrects="a")]
    assert [one.record for one in found("corrects-itself", *ring, event("c", "paid", Money(1), corrects="a"))] == ["a"]


def test_whether_the_figures_hang_together_is_one_question():
    apart = sv.Grant(id="x", title="X", amount=Money(5), stated=[sv.ReportedAmount(amount=Money(6), where="texten")])
    findings = sv.check(sv.Collaboration([apart]))
    assert {finding.rule for finding in findings.about("figures")} == {"stated-differently"}
    assert {finding.area for finding in findings} > {"figures"}
    assert not findings.about("payments")
