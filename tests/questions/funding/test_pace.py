"""How fast money is used."""

import pytest

import samverkan as sv
from samverkan import Money
from tests.questions.funding.grants import asked, event, grant, holding, share


def test_the_pace_is_that_of_the_days_since_the_money_came():
    c = holding(
        grant(regime="direct", use=sv.Window(closes="2024-12-31")),
        share(amount=1_000),
        event("paid", 1_000, "2024-06-20"),
        event("used", 500, "2024-08-01"),
    )
    [row] = sv.pace(c, "ph", on="2024-09-27")  # a hundred days, 95 before the end
    assert (row.per_day, row.left_then) == (Money(5), Money(25))
    assert row.spent_by == sv.day("2025-01-05")
    [late] = sv.pace(c, "ph", on="2024-12-31")
    assert late.left_then == Money(500)


@pytest.mark.parametrize("vague", [event("used", 500, "2024-09"), event("used", sv.UNKNOWN, "2024-08-01")])
def test_the_pace_of_what_is_only_roughly_known_is_unknown(vague):
    window = sv.Window(closes="2024-12-31")
    c = holding(grant(regime="direct", use=window), share(amount=1_000), event("paid", 1_000, "2024-06-20"), vague)
    table = sv.pace(c, "ph", on="2024-09-27")
    assert not table
    assert "ph>ale" in table.unknown[0]


def test_before_anything_is_paid_there_is_no_pace():
    c = holding(grant(use=sv.Window(closes="2024-12-31")), share(), asked(), event("paid", 100, "2024-06-01"))
    assert sv.pace(c, "ph", on="2024-05-10").unknown[0] == (
        "how fast ph>ale is used: nothing is recorded as paid by then"
    )
