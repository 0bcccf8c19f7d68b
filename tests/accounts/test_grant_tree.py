"""What a line of a grant has from the grant above it."""

import pytest

import samverkan as sv
from samverkan.accounts.grant_tree import inherited, lines

ALE = sv.Actor(id="ale", title="Ale kommun", kind="kommun")
SKR = sv.Actor(id="skr", title="SKR", kind="association")


def tree(**of_line):
    year = sv.Grant(id="ph", title="Psykisk hälsa", payer="skr", regime="direct", dnr="S2016/1", carry_over=True)
    line = sv.Grant(id="ph.um", title="Ungdomsmottagningar", part_of="ph", **of_line)
    share = sv.Allocation(grant="ph.um", recipient="ale", amount=sv.Money(100))
    paid = sv.FundingEvent(id="ut", kind="paid", allocation=share.id, amount=sv.Money(100), day="2016-02-01")
    return sv.Collaboration([ALE, SKR, year, line, share, paid])


@pytest.mark.parametrize(
    ("name", "of_line", "value"),
    [
        ("payer", None, "skr"),
        ("payer", "ale", "ale"),
        ("payer", sv.UNKNOWN, sv.UNKNOWN),
        ("dnr", "", "S2016/1"),
        ("carry_over", False, False),
        ("forfeited", None, None),
    ],
)
def test_the_nearest_grant_that_states_something_decides(name, of_line, value):
    assert inherited(tree(**{name: of_line}), "ph.um", name) == value


def test_grants_that_are_lines_of_each_other_come_once_each():
    ring = [sv.Grant(id=one, title=one, part_of=other) for one, other in (("a", "b"), ("b", "a"))]
    assert [grant.id for grant in lines(sv.Collaboration(ring), "a")] == ["a", "b"]


@pytest.mark.parametrize(("payer", "giver"), [(None, "skr"), (sv.UNKNOWN, "")])
def test_who_paid_is_not_taken_from_above_if_the_line_leaves_it_unknown(payer, giver):
    assert [row.giver for row in sv.ledger(tree(payer=payer)).flow("ph")] == [giver]
