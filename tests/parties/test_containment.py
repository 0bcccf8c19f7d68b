"""What lies inside a thing, and what it lies in."""

from __future__ import annotations

import pytest
from hypothesis import given

import samverkan as sv
from samverkan.parties.containment import above, inside
from tests.strategies import collaborations

PLAN = (
    sv.Plan(id="plan", title="Plan"),
    sv.Process(id="plan.process-10", plan="plan"),
    sv.Process(id="plan.process-2", plan="plan"),
    sv.Activity(id="steg", title="Steg", part_of="plan.process-2"),
    sv.Activity(id="steg.del", title="Del", part_of="steg"),
    sv.Observation(id="lage", of=("steg",), status="påbörjad"),
    sv.Goal(id="mal", title="Mål", plans=("plan", "annan")),
    sv.Plan(id="annan", title="Annan", replaces="plan"),
    sv.Decision(id="beslut", items=(sv.DecisionItem(about="plan"),)),
    sv.Obligation(id="uppdrag", title="Uppdrag", ground="beslut", delivers="plan"),
    sv.Dependency(id="vantan", predecessor="steg", successor="steg.del"),
)


def test_parents_come_before_parts_and_numbers_in_their_order():
    assert inside(sv.Collaboration(PLAN), "plan") == (
        "plan",
        "mal",
        "plan.process-2",
        "plan.process-10",
        "steg",
        "lage",
        "steg.del",
        "vantan",
    )


def test_to_be_about_a_thing_is_not_to_stand_in_it():
    c = sv.Collaboration(PLAN)
    assert inside(c, "beslut") == ("beslut", "uppdrag")
    assert {"beslut", "uppdrag", "annan"}.isdisjoint(inside(c, "plan"))


def test_what_a_thing_stands_in_is_told_nearest_first():
    c = sv.Collaboration(PLAN)
    assert above(c, "vantan") == ("vantan", "steg.del", "steg", "plan.process-2", "plan")
    assert above(c, "mal") == ("mal", "plan", "annan")
    assert above(c, "uppdrag") == ("uppdrag", "beslut")


def test_a_thing_that_stands_in_itself_is_told_once():
    ring = [sv.Goal(id=one, title=one, plans=("p",)) for one in ("x", "z")]
    bodies = [
        sv.Actor(id=a, title=a, kind="unit", part_of=b) for a, b in (("ett", "tva"), ("tva", "ett"), ("tre", "tre"))
    ]
    c = sv.Collaboration([sv.Plan(id="p", title="P"), *ring, *bodies])
    assert inside(c, "ett") == ("ett", "tva")
    assert above(c, "ett") == ("ett", "tva")
    assert inside(c, "tre") == above(c, "tre") == ("tre",)


def test_an_id_that_is_not_there_is_told():
    for question in (inside, above):
        with pytest.raises(sv.errors.NotFoundError, match="mora"):
            question(sv.Collaboration(), "mora")


@given(collaborations())
def test_what_is_inside_a_thing_is_what_has_it_above(c):
    above_of = {record.id: above(c, record.id) for record in c}
    for record in c:
        found = inside(c, record.id)
        assert found[0] == above_of[record.id][0] == record.id
        assert len(set(found)) == len(found)
        assert set(found) == {id for id, wholes in above_of.items() if record.id in wholes}
