"""What an answer takes for granted."""

from __future__ import annotations

import pytest
from attrs import frozen

import samverkan as sv
from samverkan.parties.answer import assumptions, beyond


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
    assert assumptions(COLLABORATION, ["vastkom", "plan", "vastkom"]) == (
        "plan is made",
        "vastkom.exists is derived",
        "vastkom.works_for is assumed",
    )


def test_a_source_or_a_claim_about_a_list_is_nothing_taken_for_granted():
    assert not any(
        "owners" in note or "period" in note or "levels" in note for note in assumptions(COLLABORATION, ["plan"])
    )


def test_records_without_a_basis_and_ids_without_a_record_say_nothing():
    assert assumptions(COLLABORATION, ["odd", "bare", "nyhet", "gnv-2024/requisition/ale"]) == ()
    assert assumptions(COLLABORATION, []) == ()


@pytest.mark.parametrize(
    ("known", "on", "said"),
    [
        ("2016-10-01", "2016-10-01", False),
        ("2016-10-01", "2016-10-02", True),
        ("2016-10-01", "2016-10", True),
        ("2016-10-01", "unknown", True),
        ("2016-10-01", None, False),
        (None, "2016-10-02", False),
    ],
)
def test_a_day_beyond_what_is_known_is_said_to_be_so(known, on, said):
    sentence = "what has happened since 2016-10-01, the day to which this is known"
    found = beyond(sv.Collaboration(known=known), on and sv.when(on))
    assert found == ((sentence,) if said else ())


def test_every_answer_of_the_graph_says_when_it_goes_beyond_what_is_known():
    net = sv.graph(sv.Collaboration(COLLABORATION, known="2016-10-01"))
    for on, times in (("2016-10-02", 1), ("2016-10-01", 0), (None, 0)):
        for table in (net.reaches("plan", on=on), net.across_organisations(on=on), net.organisations("plan", on=on)):
            assert sum("since 2016-10-01" in sentence for sentence in table.unknown) == times
