"""The shares of a grant if some fail."""

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan import Money, Requisition
from tests.questions.funding.grants import holding, keyed, share, weights


@given(weights, st.sets(st.sampled_from(["ale", "hjo", "vara"]), min_size=1, max_size=2))
def test_what_some_forfeit_goes_where_the_grant_states(populations, failing):
    before = sv.allocate(Money(10_001), populations)
    ways = {
        "shared out": dict(before.without(*failing)),
        "returned": {id: amount for id, amount in before.items() if id not in failing},
        "second round": dict(before.second_round(*failing, among=sorted({"ale", "hjo", "vara"} - failing))),
    }
    wanting = [
        Requisition(id=f"r-{id}", allocation=f"ph>{id}", requested_by=id, amount=Money(1), second_round=True)
        for id in ("ale", "hjo", "vara")
    ]
    for disposal, after in ways.items():
        c = holding(keyed(forfeited=disposal), *(share(id, 1) for id in ("ale", "hjo", "vara")), *wanting)
        rows = {row.recipient: row for row in sv.what_if(c, "ph", failing=failing, populations=populations)}
        assert {id: row.after for id, row in rows.items()} == dict.fromkeys(before, Money(0)) | after
        assert {id: row.before for id, row in rows.items()} == before


def test_without_a_rule_for_what_is_forfeited_the_shares_are_unknown():
    table = sv.what_if(holding(keyed()), "ph", failing=["ale"], populations={"ale": 1, "hjo": 1, "vara": 1})
    assert (len(table), table.unknown) == (0, ("what happens to what others forfeit of ph",))


@pytest.mark.parametrize(("of_line", "of_year"), [("returned", None), (None, "returned"), (None, None)])
def test_what_is_made_up_in_a_grant_or_the_one_above_it_stays_marked(of_line, of_year):
    year = sv.Grant(id="ar", title="År", forfeited=of_year, basis=sv.basis("made"))
    line = keyed(part_of="ar", forfeited=of_line, basis=sv.basis("made"))
    table = sv.what_if(holding(year, line), "ph", failing=["ale"], populations={"ale": 1, "hjo": 1, "vara": 1})
    assert {"ph is made", "ar is made"} <= set(table.assumed)


def test_somebody_must_fail():
    with pytest.raises(sv.InvalidValueError, match="those who fail"):
        sv.what_if(holding(keyed()), "ph", failing=[])


@pytest.mark.parametrize(
    ("disposal", "leaves", "stays"),
    [
        ("returned", "det som ale skulle ha fått går tillbaka till utbetalaren", "behåller sin andel"),
        ("shared out", "det som ale skulle ha fått fördelas mellan andra", "hjo får 5 001 kr: 1/2 av 10 001 kr"),
    ],
)
def test_why_a_share_changes_has_swedish(disposal, leaves, stays):
    c = holding(keyed(forfeited=disposal))
    table = sv.what_if(c, "ph", failing=["ale"], populations={"ale": 1, "hjo": 1, "vara": 1})
    why = {row.recipient: row.why.sv for row in table}
    assert why["ale"] == leaves
    assert why["hjo"].startswith(stays)
