"""What somebody who builds on the library would write: clean under the strictest type checking, and it runs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, assert_type

import attrs

import samverkan as sv


@attrs.frozen(kw_only=True)
class Inspection:
    """A kind of record of one's own: its field types say what it takes part in."""

    id: str
    of: sv.fields.ActorId
    by: Annotated[str, sv.fields.Ref("Actor", "Role")] | None = None
    about: tuple[sv.fields.ThingId, ...] = ()
    grant: sv.fields.Maybe[sv.fields.GrantId] = None
    period: Annotated[sv.Period | None, sv.fields.ValidDuring()] = None
    timing: sv.Timing = attrs.field(factory=sv.Timing)
    source: sv.fields.SourceId | None = None
    note: str = ""


def made() -> sv.Collaboration:
    """Records take text where a document would, and values where there are some."""
    ale = sv.Actor(
        id="ale", title="Ale kommun", kind="kommun", orgnr=sv.fields.OrgNumber("212000-1439"), exists="1974/"
    )
    skr = sv.Actor(
        id="skr", title="SKR", kind=sv.vocabulary.ActorKind.ASSOCIATION, level="national", meets=(sv.when("2016-10"),)
    )
    group = sv.Group(id="de-tva", of=("ale", "skr"), count=2)
    agreement = sv.Agreement(id="avtal", title="Avtal", parties=["ale", "skr"], period="2016", total=sv.UNKNOWN)
    grant = sv.Grant(
        id="ph",
        title="Psykisk hälsa",
        agreement="avtal",
        receivers=sv.each("de-tva"),
        amount=sv.money("845 mnkr"),
        requisition=sv.Window(
            opens="2016-04-15", closes=sv.day("2016-11-29"), statutory=False, met_when="arrived", to="skr"
        ),
        key=sv.AllocationKey(kind="population", population_on="2015-11-01", fixed=sv.NONE),
    )
    part = sv.Allocation(grant="ph", recipient="ale", amount=sv.Money("1250.50"))
    asked = sv.Requisition(id="rek", allocation=part.id, requested_by="ale", amount=sv.Money(1_250), sent="2016-10-31")
    paid = sv.FundingEvent(id="e-1", kind="paid", allocation=part.id, amount=asked.amount, day="2016-12", to="ale")
    plan = sv.Plan(id="plan", title="Plan", owners=("ale", sv.jointly("de-tva")), levels=(sv.vocabulary.Level.LOCAL,))
    step = sv.Activity(id="plan.steg", title="Steg", plan="plan", by="ale", timing=sv.Timing(due="2016-10-mid", days=5))
    seen = sv.Observation(of="plan.steg", value=Decimal("0.85"), as_of="2016-12-31")
    also = sv.Observation(of=("plan", "plan.steg"), tallies=(sv.fields.Tally(status="klar", number="~15"),))
    own = Inspection(id="tillsyn", of="ale", about=("plan",), period=sv.period("2016-05/2016-12"))
    c = sv.Collaboration([ale, skr, group, agreement, grant, part, asked, paid, plan, step, seen, also, own], id="vg")
    return (
        c.replacing(attrs.evolve(ale, title="Ale"))
        .adding(sv.ExternalRecord(id="ivo", kind="Actor"))
        .as_of("2016-12-31")
    )


def looked_up(c: sv.Collaboration) -> None:
    """A kind gives its records, a kind with an id the record, each as its own type."""
    assert_type(c[Inspection], tuple[Inspection, ...])
    assert_type(c[Inspection, "tillsyn"], Inspection)
    assert_type(c[sv.Grant, "ph"].amount, sv.Money | sv.vocabulary.Missing | None)
    assert_type(c[sv.Requisition, "rek"].amount, sv.Money)
    assert_type(c.pointing_at("ale"), tuple[sv.answers.Pointer, ...])
    assert_type(c.place("ale"), sv.errors.Place | None)
    assert_type(c.known, sv.fields.Day | None)
    assert_type(c.merge(c, c), sv.Collaboration)


def known(amounts: Iterable[sv.fields.Maybe[sv.Money]]) -> sv.Money:
    """What is not known is told apart without a cast."""
    return sv.Money.total(amount for amount in amounts if isinstance(amount, sv.Money))


def shared_out(amount: sv.Money) -> dict[str, sv.Money]:
    """A sum is shared out by exact weights, and the names are kept."""
    return amount.split({"ale": 31_000, "hjo": Fraction(1, 3), "vara": Decimal("0.5")})


def in_time(step: sv.Activity, on: sv.fields.Day) -> str:
    """A three-valued answer is compared, not used as a condition."""
    late = step.timing.is_late(on=on)
    assert_type(late, sv.Truth)
    assert_type(~late & step.timing.is_done(on), sv.Truth)
    return late.value if late is sv.Truth.CANNOT_TELL else str(late)


def read_and_checked(path: str) -> list[str]:
    """The verbs of every day."""
    c = sv.read(path)
    findings = sv.check(c)
    assert_type(c, sv.Collaboration)
    assert_type(findings, sv.Findings)
    assert_type(findings[0], sv.Finding)
    sv.write(c, path)
    return [finding.text("sv") for finding in findings.errors if finding.severity is sv.vocabulary.Severity.ERROR]


def refused(path: str) -> tuple[sv.errors.Fault, ...]:
    """Every error of the library is in one tree, and some hold every fault."""
    try:
        sv.read(path)
    except (sv.DocumentError, sv.errors.IntegrityError, sv.errors.MergeConflictError) as error:
        return error.faults
    except sv.SamverkanError:
        return ()
    return ()


def flat(table: sv.Table[Inspection]) -> list[dict[str, object]]:
    """A table keeps the type of its rows."""
    assert_type(table[0], Inspection)
    assert_type(table[:2], tuple[Inspection, ...])
    assert_type(table.where(of="ale"), sv.Table[Inspection])
    return [dict(row) for row in table.rows()]
