"""How much of a grant is whose."""

from fractions import Fraction

import pytest
from hypothesis import given

import samverkan as sv
from samverkan import AllocationKey, Money
from tests.questions.funding.grants import POPULATION, grant, holding, keyed, share, weights


@given(weights)
def test_what_a_grants_key_gives_is_what_allocate_gives(populations):
    table = sv.shares_of(holding(keyed()), "ph", populations=populations)
    assert {row.recipient: row.amount for row in table} == sv.allocate(Money(10_001), populations)
    assert not table.unknown
    assert not any(row.estimate for row in table)


@given(weights)
def test_a_published_amount_takes_precedence_and_its_difference_is_given(populations):
    computed = sv.allocate(Money(10_001), populations)
    allocation = share(amount=computed["ale"] + Money(1), method="published")
    rows = {row.recipient: row for row in sv.shares_of(holding(keyed(), allocation), "ph", populations=populations)}
    assert rows["ale"].amount == rows["ale"].published == computed["ale"] + Money(1)
    assert rows["ale"].difference == Money(1)
    assert rows["hjo"].difference is None


def test_the_register_gives_the_populations_of_all_bodies_that_a_rule_picks():
    key = AllocationKey(kind="population", population_on="2018-12-31", rounding="largest-remainder")
    group = sv.Group(id="regioner", title="Regionerna", every="regioner")
    wh = grant("wh", amount=sv.money("1590 mnkr"), receivers=sv.each("regioner"), key=key)
    table = sv.shares_of(sv.Collaboration([group, wh]), "wh")
    key_2019 = {region.id: sv.register.population(region.code, 2018) for region in sv.register.regions()}
    assert {row.recipient: row.amount for row in table} == sv.allocate(sv.money("1590 mnkr"), key_2019)
    assert sum(key_2019.values()) == 10_230_185


def test_the_nearest_year_gives_an_estimate_that_is_no_amount():
    vg = sv.read("examples/vastra_gotaland_2016.yaml")
    table = sv.shares_of(vg, "ph-2016.region-plan")
    [row] = [row for row in table if row.recipient == "vgr"]
    exact = Fraction(300_000_000) * sv.register.population("14", 2015) / sv.register.population("00", 2015)
    assert row.estimate
    assert row.amount is None
    assert abs(Fraction(row.computed.amount) - exact) < 1
    assert (
        "the population on 2015-12-31 stands for that on 2015-11-01, which the register does not have" in table.assumed
    )


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"key": None}, "by what key ph is shared out"),
        ({"amount": sv.UNKNOWN}, "how much ph is"),
        ({"receivers": ()}, "who may get ph"),
        ({"key": AllocationKey(kind="table")}, "a published table takes precedence"),
        ({"key": AllocationKey(kind="population")}, "which day's population counts"),
        ({"key": AllocationKey(kind="population", population_on="2024-12-31")}, "how many lived in ale"),
        (
            {"key": AllocationKey(kind="fixed", fixed=Money(5))},
            "by what the rest of ph is shared out, after the fixed amounts",
        ),
        ({"key": AllocationKey(kind="population", population_on="2018-12-31")}, "how many lived in ale"),
    ],
)
def test_what_a_key_leaves_unknown_is_named(more, reason):
    table = sv.shares_of(holding(keyed(**more)), "ph")
    assert not table
    assert any(reason in sentence for sentence in table.unknown)


@pytest.mark.parametrize(
    ("records", "more", "reason"),
    [
        ((sv.Group(id="kk", title="K", of=("ale", "hjo"), basis=sv.basis(of="partial")),), {"receivers": sv.each("kk")}, "who else is in kk"),
        ((sv.Group(id="kk", title="K", of=("ale",), count=sv.UNKNOWN),), {"receivers": sv.each("kk")}, "who else is in kk"),
        ((), {"key": AllocationKey(kind="fixed and population", fixed=sv.UNKNOWN)}, "how much each gets of ph first"),
        ((), {"key": AllocationKey(kind="fixed and population")}, "how much each gets of ph first"),
        ((), {"key": AllocationKey(kind="population", ceiling=sv.UNKNOWN)}, "how much each gets of ph first"),
    ],
    ids=["partial", "uncounted", "fixed", "silent", "ceiling"],
)  # fmt: skip
def test_no_share_is_exact_if_a_part_of_the_key_is_unknown(records, more, reason):
    table = sv.shares_of(holding(*records, keyed(**more)), "ph", populations=POPULATION)
    assert not table
    assert any(reason in sentence for sentence in table.unknown)


def test_allocations_to_one_recipient_are_added_up_and_none_is_zero():
    twice = [share(amount=25, id="ett"), share(amount=5, id="tva"), share("hjo", sv.NONE, id="inget")]
    rows = {row.recipient: row for row in sv.shares_of(holding(keyed(), *twice), "ph", populations=POPULATION)}
    assert rows["ale"].published == rows["ale"].amount == Money(30)
    assert rows["hjo"].amount == Money(0)
    assert rows["vara"].amount is None


def test_fixed_amounts_by_size_class_come_first():
    parts = [{"recipient": "ale", "amount": Money(2_000)}, {"recipient": sv.each("sma"), "amount": Money(1_000)}]
    key = AllocationKey(kind="fixed", parts=[sv.KeyPart(**part) for part in parts])
    small = sv.Group(id="sma", title="Små", of=("hjo", "vara"))
    table = sv.shares_of(holding(small, keyed(amount=Money(4_000), key=key)), "ph")
    assert {row.recipient: row.amount for row in table} == {
        "ale": Money(2_000),
        "hjo": Money(1_000),
        "vara": Money(1_000),
    }


def test_only_a_grant_is_shared_out():
    with pytest.raises(sv.InvalidValueError, match="'ale' is no grant"):
        sv.shares_of(holding(), "ale")


def test_a_key_that_cannot_be_applied_gives_its_reason_in_swedish():
    key = AllocationKey(kind="population", ceiling=Money(2_000))
    [reason] = sv.shares_of(holding(keyed(key=key)), "ph", populations=POPULATION).unknown
    assert reason.sv == "vad nyckeln för ph ger: taken lämnar 4 001 kr som ingen får ta emot"
