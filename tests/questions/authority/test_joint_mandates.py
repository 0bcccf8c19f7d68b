"""Whether the mandates for joint money are in place."""

import pytest

import samverkan as sv
from samverkan.questions.authority.may import Ruling
from tests.questions.funding.grants import grant, holding


def test_joint_money_needs_the_mandate_of_each_other_principal():
    all_three = sv.Group(id="alla", title="Alla", of=("ale", "hjo", "vara"), count=3)
    given = sv.Mandate(id="m", holder="ale", may="draw", for_="hjo", evidence="intyg", about="um")
    um = grant("um", receivers=sv.jointly("alla"))
    rows = {
        row.principal: row for row in sv.joint_mandates(holding(all_three, um, given), "um", "ale", on="2020-11-30")
    }
    assert rows.keys() == {"hjo", "vara"}
    assert (rows["hjo"].answer, rows["hjo"].evidence) == (Ruling.YES, ("intyg",))
    assert rows["vara"].answer is Ruling.NO


def test_only_a_grant_is_drawn():
    with pytest.raises(sv.InvalidValueError, match="'ale' is no grant"):
        sv.joint_mandates(holding(), "ale", "ale", on="2024")
