"""What the sources do not say, and what somebody has said in their place."""

from __future__ import annotations

import attrs
import pytest

import samverkan as sv

KSON = sv.Actor(id="kson", title="KSON", kind="kommunalforbund", source="s")
SOURCE = sv.Source(id="s", title="Protokoll", publisher="kson")


def found(rule, *records, **about):
    return sv.check(sv.Collaboration([KSON, SOURCE, *records], **about)).of(rule)


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (sv.Decision(id="r", body=sv.UNKNOWN), "body"),
        (sv.Decision(id="r", timing=sv.Timing(done="unknown")), "done"),
        (sv.Obligation(id="r", title="R", timing=sv.Timing(due="unknown")), "due"),
        (sv.Obligation(id="r", title="R", basis=sv.basis(by="unknown")), "by"),
        (sv.Activity(id="r", title="R", timing=sv.Timing(days=sv.UNKNOWN)), "days"),
        (sv.Grant(id="r", title="R", amount=sv.UNKNOWN), "amount"),
        (sv.Grant(id="r", title="R", repayment=sv.UNKNOWN), "repayment"),
        (sv.Role(id="r", title="R", employed_by=sv.UNKNOWN), "employed_by"),
    ],
)
def test_silence_is_told_where_an_answer_needs_it(record, field):
    [finding] = found("source-is-silent", record)
    assert (finding.record, finding.field, finding.actual) == ("r", field, sv.UNKNOWN)


def test_what_is_not_recorded_or_known_to_be_nothing_is_not_silence():
    quiet = sv.Grant(id="g", title="G", amount=sv.NONE), sv.Decision(id="p1"), sv.Plan(id="p", title="P")
    assert not found("source-is-silent", *quiet)


@pytest.mark.parametrize(
    ("source", "whom"), [("s", "kson"), ("elsewhere", "elsewhere"), (None, "den som svarar för underlaget")]
)
def test_somebody_can_be_asked(source, whom):
    away = sv.ExternalRecord(id="elsewhere", kind="Source")
    [finding] = found("source-is-silent", away, sv.Decision(id="p1", body=sv.UNKNOWN, source=source))
    assert finding.remedy.sv == f"fråga {whom}"


@pytest.mark.parametrize(
    ("basis", "actual"),
    [
        ({"due": "assumed"}, "assumed"),
        ({"timing": "made"}, "made up"),
        ({"": "made"}, "made up"),
        ({"due": "derived"}, None),
        ({"title": "assumed"}, None),
        ({}, None),
    ],
)
def test_a_due_day_may_rest_on_an_assumption(basis, actual):
    marks = tuple(sv.fields.Basis(field, mark=mark) for field, mark in basis.items())
    record = sv.Obligation(id="o", title="O", timing=sv.Timing(due="2016-10-31"), basis=marks)
    assert [f.actual for f in found("rests-on-assumption", record)] == ([actual] if actual else [])
    assert not found("rests-on-assumption", attrs.evolve(record, timing=None))


def test_all_made_up_is_not_mixed():
    grant = sv.Grant(id="g", title="G")
    made = [
        sv.Allocation(id=id, grant="g", recipient="kson", amount=sv.Money(1), basis=sv.basis("made"))
        for id in ("a", "b")
    ]
    told = sv.Allocation(id="c", grant="g", recipient="kson", amount=sv.Money(1))
    unknown = sv.Allocation(id="d", grant="g", recipient="kson", amount=sv.UNKNOWN)
    assert not found("made-among-published", grant, *made, unknown)
    [finding] = found("made-among-published", grant, *made, told)
    assert finding.because == ("a", "b")


@attrs.frozen(kw_only=True)
class Visit:
    """A kind of a user's own."""

    id: str
    source: str | None = None
    basis: tuple[sv.fields.Basis, ...] = ()


def test_records_without_source_are_told_kind_by_kind_a_users_own_too():
    plans = [sv.Plan(id=f"p-{n}", title=f"P {n}") for n in range(10)]
    findings = found("no-source", *plans, Visit(id="v"), Visit(id="w", source="s"))
    assert [finding.difference for finding in findings] == [1, 10]
    assert "10 records under plans" in findings[1].text()
    assert len(findings[1].because) == 10


@pytest.mark.parametrize("amount", [sv.Money(0), sv.Money(5)])
def test_zero_is_an_amount(amount):
    grant = sv.Grant(id="g", title="G")
    made = sv.Grant(id="g.a", title="A", part_of="g", amount=amount, basis=sv.basis(amount="made"))
    share = sv.Allocation(id="b", grant="g", recipient="kson", amount=sv.Money(1))
    assert [f.record for f in found("rests-on-assumption", grant, made)] == ["g.a"]
    assert [f.because for f in found("made-among-published", grant, made, share)] == [("g.a",)]
    assert not found("source-is-silent", attrs.evolve(made, basis=sv.basis(amount="unknown")), grant)


@pytest.mark.parametrize("amount", [None, sv.UNKNOWN, sv.NONE])
def test_what_is_no_amount_is_none(amount):
    made = sv.Grant(id="g.a", title="A", part_of="g", amount=amount, basis=sv.basis(amount="made"))
    records = made, sv.Grant(id="g", title="G"), sv.Allocation(id="b", grant="g", recipient="kson", amount=sv.Money(1))
    assert not found("rests-on-assumption", *records)
    assert not found("made-among-published", *records)
