"""What an answer takes for granted."""

from __future__ import annotations

from attrs import frozen

import samverkan as sv
from samverkan.model.notes import notes


@frozen(kw_only=True)
class Odd:
    """A record class whose `basis` is something else."""

    id: str
    basis: tuple[str, ...] = ("because",)


@frozen(kw_only=True)
class Bare:
    """A record class without a basis."""

    id: str


COLLABORATION = sv.Collaboration(
    [
        sv.Source(id="nyhet"),
        sv.Actor(
            id="vastkom", title="", kind="cooperation body", basis=sv.basis(works_for="assumed", exists="derived")
        ),
        sv.Plan(id="plan", title="", basis=sv.basis("made", owners="nyhet", period="complete", levels="partial")),
        Odd(id="odd"),
        Bare(id="bare"),
    ]
)


def test_marks_are_told_sorted_and_once():
    assert notes(COLLABORATION, ["vastkom", "plan", "vastkom"]) == (
        "plan is made",
        "vastkom.exists is derived",
        "vastkom.works_for is assumed",
    )


def test_a_source_or_a_claim_about_a_list_is_nothing_taken_for_granted():
    assert not any("owners" in note or "period" in note or "levels" in note for note in notes(COLLABORATION, ["plan"]))


def test_records_without_a_basis_and_ids_without_a_record_say_nothing():
    assert notes(COLLABORATION, ["odd", "bare", "nyhet", "gnv-2024/requisition/ale"]) == ()
    assert notes(COLLABORATION, []) == ()
