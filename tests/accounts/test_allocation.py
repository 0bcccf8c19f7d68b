"""Sharing out: nothing lost or made, no order that matters, every part explained, every rule beside a slow one."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, strategies as st

import samverkan as sv
from samverkan import Money

TABLES = Path(__file__).parents[2] / "examples" / "tables"

names = st.text("abcdefgh", min_size=1, max_size=3)
keys = st.dictionaries(
    names, st.integers(1, 50) | st.integers(1, 10**7) | st.fractions("1/9", 9), min_size=1, max_size=7
)
kronor = st.integers(0, 1_000) | st.integers(0, 10**10)
units = st.sampled_from([Money("0.01"), Money(1), Money(1_000)])


def in_units(amount, unit):
    return Fraction(amount.amount) / Fraction(unit.amount)


def by_hand(total, weights):
    """Largest remainder, a krona at a time to the one who is furthest below the exact share."""
    whole = sum(weights.values())
    exact = {key: Fraction(total) * weight / whole for key, weight in weights.items()}
    parts = {key: share.numerator // share.denominator for key, share in exact.items()}
    while sum(parts.values()) < total:
        short = min(sorted(parts), key=lambda key: parts[key] - exact[key])
        parts[short] += 1
    return parts


def poured(total, weights, ceiling):
    """Shares under ceilings, one recipient held at a time."""
    held = {}
    while True:
        whole = sum(weights[key] for key in weights if key not in held)
        rest = total - sum(held.values())
        shares = {key: Fraction(rest) * weights[key] / whole for key in weights if key not in held}
        over = [key for key in sorted(shares) if shares[key] > ceiling.get(key, total)]
        if not over:
            return held | shares
        held[over[0]] = ceiling[over[0]]


@given(kronor, keys)
def test_largest_remainder_is_what_a_hand_would_deal_out(total, weights):
    shares = sv.allocate(Money(total), weights)
    assert {key: int(amount.amount) for key, amount in shares.items()} == by_hand(total, weights)


@given(kronor, keys, st.data())
def test_half_up_and_floor_leave_the_difference_to_one(total, weights, data):
    takes = data.draw(st.sampled_from(sorted(weights)))
    whole = sum(weights.values())
    exact = {key: Fraction(total) * weight / whole for key, weight in weights.items()}
    half_up = {
        key: int((Decimal(share.numerator * 10) // share.denominator / 10).quantize(Decimal(1), ROUND_HALF_UP))
        for key, share in exact.items()
    }
    floor = {key: share.numerator // share.denominator for key, share in exact.items()}
    for rounding, parts in (("half-up", half_up), ("floor", floor)):
        parts[takes] += total - sum(parts.values())
        if parts[takes] < 0:
            with pytest.raises(sv.InvalidValueError, match="less than nothing"):
                sv.allocate(Money(total), weights, rounding=rounding, balancing=takes)
        else:
            shares = sv.allocate(Money(total), weights, rounding=rounding, balancing=takes)
            assert {key: int(amount.amount) for key, amount in shares.items()} == parts


@given(st.integers(0, 10**7), keys, units, st.sampled_from(["largest-remainder", "half-up", "floor"]), st.data())
def test_the_parts_make_the_whole_in_any_order(number, weights, unit, rounding, data):
    total = Money(unit.amount * number)
    fixed = Money(unit.amount * data.draw(st.integers(0, number // len(weights))))
    takes = None if rounding == "largest-remainder" else max(weights, key=lambda key: (weights[key], key))
    order = data.draw(st.permutations(list(weights)))
    try:
        shares = sv.allocate(total, weights, rounding=rounding, unit=unit, fixed=fixed, balancing=takes)
    except sv.InvalidValueError as error:
        assert "less than nothing" in str(error)
        assume(False)
    again = sv.allocate(
        total, {key: weights[key] for key in order}, rounding=rounding, unit=unit, fixed=fixed, balancing=takes
    )
    assert Money.total(shares.values()) == total
    assert list(shares.items()) == list(again.items())
    assert [shares.explain(key) for key in shares] == [again.explain(key) for key in shares]
    for amount in shares.values():
        assert in_units(amount, unit).denominator == 1
        assert amount >= fixed


@given(st.integers(0, 5_000), keys, st.data())
def test_what_is_over_a_ceiling_is_shared_out_among_the_others(total, weights, data):
    chosen = data.draw(st.dictionaries(st.sampled_from(sorted(weights)), st.integers(0, 3_000)))
    ceiling = {key: Money(most) for key, most in chosen.items()}
    if len(chosen) == len(weights) and sum(chosen.values()) < total:
        with pytest.raises(sv.InvalidValueError, match="that nobody may get"):
            sv.allocate(Money(total), weights, ceiling=ceiling)
        return
    shares = sv.allocate(Money(total), weights, ceiling=ceiling)
    exact = {row.recipient: row.exact for row in shares.table}
    assert exact == poured(total, weights, chosen)
    assert Money.total(shares.values()) == Money(total)
    for key, most in ceiling.items():
        assert shares[key] <= most
    for key, amount in shares.items():
        assert abs(Fraction(amount.amount) - exact[key]) < 1


@given(kronor, keys, st.data())
def test_without_some_the_same_key_shares_out_the_whole(total, weights, data):
    failing = data.draw(st.sets(st.sampled_from(sorted(weights)), max_size=len(weights) - 1))
    rest = {key: weight for key, weight in weights.items() if key not in failing}
    assert dict(sv.allocate(Money(total), weights).without(*failing)) == dict(sv.allocate(Money(total), rest))


@given(kronor, keys.filter(lambda found: len(found) > 1), st.data())
def test_a_second_round_shares_out_what_was_left_and_touches_nothing_else(total, weights, data):
    first = sv.allocate(Money(total), weights)
    *leaving, last = data.draw(st.permutations(sorted(weights)))
    leaving = leaving[: data.draw(st.integers(1, len(leaving)))]
    wanting = {last, *data.draw(st.sets(st.sampled_from(sorted(weights))))} - set(leaving)
    second = first.second_round(*leaving, among=sorted(wanting))
    left = Money.total(first[key] for key in leaving)
    more = by_hand(int(left.amount), {key: weights[key] for key in wanting})
    assert Money.total(second.values()) == Money(total)
    assert set(second) == set(weights) - set(leaving)
    for key, amount in second.items():
        assert amount == first[key] + Money(more.get(key, 0))
        assert len(second.explain(key).splitlines()) == (2 if key in wanting else 1)


def test_one_who_leaves_twice_leaves_once():
    first = sv.allocate(Money(100), {"ale": 1, "hjo": 1, "vara": 2})
    assert first.second_round("vara", "vara", among=["hjo"]) == {"ale": Money(25), "hjo": Money(75)}


def test_it_explains_itself():
    shares = sv.allocate(Money(1_000), {"ale": 2, "hjo": 1}, fixed=Money(100), unit=Money(10))
    assert shares.explain("ale") == (
        "ale gets 630 kr: 100 kr + 2/3 of 800 kr, which is 633.333… kr, rounded down by largest-remainder"
    )
    takes = sv.allocate(Money(100), {"ale": 1, "hjo": 1, "vara": 1}, rounding="half-up", balancing="hjo")
    assert (
        takes.explain("hjo") == "hjo gets 34 kr: 1/3 of 100 kr, which is 33.333… kr, and takes the difference of 1 kr"
    )
    held = sv.allocate(Money(90), {"ale": 2, "hjo": 1}, ceiling={"ale": Money(50)})
    assert held.explain("ale").endswith("50 kr, needing no rounding, held at its ceiling")
    assert held["hjo"] == Money(40)


def test_it_explains_itself_in_swedish():
    shares = sv.allocate(Money(100), {"ale": 2, "hjo": 1}, fixed=Money(10), ceiling={"ale": Money(50)})
    assert (
        shares.explain("ale").sv
        == "ale får 50 kr: 10 kr + 2/1 av 40 kr, vilket är 50 kr, utan avrundning, begränsat av taket"
    )
    halves = sv.allocate(Money(25), {"ale": 1, "hjo": 1}, rounding="half-up", balancing="hjo")
    assert halves.explain("hjo").sv == ("hjo får 12 kr: 1/2 av 25 kr, vilket är 12,5 kr, och tar differensen på -1 kr")
    later = sv.allocate(Money(10), {"ale": 1, "hjo": 1, "vara": 1}).second_round("ale", among=["vara"])
    assert later.explain("vara").text("sv").splitlines()[1].startswith("omgång 2: vara får 4 kr: 1/1 av 4 kr")
    with pytest.raises(sv.InvalidValueError) as caught:
        sv.allocate(Money(9), {"ale": 1}, ceiling=Money(5))
    assert caught.value.message.sv == "taken lämnar 4 kr som ingen får ta emot"


def test_two_size_classes_are_fixed_parts():
    large = dict.fromkeys(("01", "12", "14"), Money(2_000_000))
    small = dict.fromkeys((f"s{number}" for number in range(18)), Money(1_000_000))
    shares = sv.allocate(Money(24_000_000), dict.fromkeys(large | small, 1), fixed=large | small)
    assert dict(shares) == large | small


def test_shares_of_three_parties_make_one():
    finsam = {"staten": sv.share("1/2"), "region": sv.share("1/4"), "kommuner": sv.share("25 %")}
    assert sv.allocate(Money(1_001), finsam) == {"kommuner": Money(250), "region": Money(250), "staten": Money(501)}
    with pytest.raises(sv.InvalidValueError, match="the shares make 3/4, not one"):
        sv.allocate(Money(1_001), {"staten": sv.share("1/2"), "region": sv.share("1/4")})


@pytest.mark.parametrize(
    ("total", "weights", "options", "said"),
    [
        (1_000.0, {"ale": 1}, {}, "the sum is 1000.0"),
        (Money(1), {}, {}, "no recipients"),
        (Money(1), {"ale": 0, "hjo": 1}, {}, "the weight of 'ale' is zero"),
        (Money(1), {"ale": -1, "hjo": 2}, {}, "the weight of 'ale' is -1"),
        (Money(1), {"ale": 0.5}, {}, "the weight of 'ale' is 0.5"),
        (Money(1), {"ale": float("nan")}, {}, "the weight of 'ale' is nan"),
        (Money(1), {"ale": Decimal("Infinity")}, {}, "the weight of 'ale' is Infinity"),
        (Money(1), {"ale": Decimal("1e1400")}, {}, "the weight of 'ale'"),
        (Money(1), {"ale": True}, {}, "the weight of 'ale' is True"),
        (Money(1), {"ale": 1, "hjo": sv.share("1/2")}, {}, "both shares and weights"),
        (Money(-5), {"ale": 1}, {}, "-5 kr"),
        (Money("1.50"), {"ale": 1}, {}, "no whole number of 1 kr"),
        (Money(1), {"ale": 1}, {"unit": Money(0)}, "the unit is"),
        (Money(1), {"ale": 1}, {"unit": Money(1, "EUR")}, "different currencies"),
        (Money(1), {"ale": 1}, {"rounding": "half-up"}, "nobody is named"),
        (Money(1), {"ale": 1}, {"rounding": "half-up", "balancing": "hjo"}, "'hjo' is no recipient"),
        (Money(1), {"ale": 1}, {"balancing": "ale"}, "leaves no difference"),
        (Money(1), {"ale": 1}, {"rounding": "nearest"}, "not known as rounding"),
        (Money(1), {"ale": 1, "hjo": 1}, {"fixed": Money(1)}, "more than 1 kr"),
        (Money(1), {"ale": 1}, {"fixed": {"hjo": Money(1)}}, "a fixed part is given to 'hjo'"),
        (Money(1), {"ale": 1}, {"fixed": {"ale": 1}}, "a fixed part of 'ale' is 1"),
        (Money(9), {"ale": 1}, {"ceiling": Money(5)}, "the ceilings leave 4 kr"),
        (Money(9), ["ale"], {}, "the key is ['ale']"),
        (Money(9), {"ale": 1}, {"fixed": 5}, "a fixed part is 5"),
    ],
)
def test_what_cannot_be_shared_out_is_refused_by_name(total, weights, options, said):
    with pytest.raises(sv.InvalidValueError) as caught:
        sv.allocate(total, weights, **options)
    assert said in str(caught.value)


def test_who_is_no_recipient_is_named_with_the_nearest():
    shares = sv.allocate(Money(100), {"ale": 1, "hjo": 1})
    for ask in (lambda: shares.explain("alle"), lambda: shares.without("alle")):
        with pytest.raises(sv.errors.NotFoundError, match="did you mean 'ale'"):
            ask()
    with pytest.raises(sv.InvalidValueError, match="nobody left"):
        shares.without("ale", "hjo")
    with pytest.raises(sv.InvalidValueError, match="ale both leave and want"):
        shares.second_round("ale", among=["ale"])


def table(name, column="amount_sek"):
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["region_code"]: int(row[column]) for row in rows if row["region_code"] != "00"}


@pytest.mark.parametrize(
    ("year", "total", "key"), [("2022", 1_382_000_000, "key_for_2022"), ("2024", 1_367_000_000, "key_for_2024")]
)
def test_the_tables_of_2022_and_2024_come_out_to_the_krona(year, total, key):
    published = {code: Money(amount) for code, amount in table(f"womens_health_{year}_regions.csv").items()}
    shares = sv.allocate(Money(total), table("reference_population_regions.csv", key))
    assert len(published) == 21
    assert shares == published
    assert not shares.compared_with(published)


def test_2017_is_rounded_half_up_with_one_that_takes_the_difference():
    published = {code: Money(amount) for code, amount in table("womens_health_2017_regions.csv").items()}
    key = table("reference_population_regions.csv", "key_for_2017")
    fits = [
        code for code in key if sv.allocate(Money(300_000_000), key, rounding="half-up", balancing=code) == published
    ]
    assert len(fits) == 1
    assert sv.allocate(Money(300_000_000), key) != published


@pytest.mark.parametrize(("year", "total", "rows"), [("2019", 1_590_000_000, 8), ("2020", 937_000_000, 4)])
def test_the_rows_of_2019_and_2020_that_no_rule_gives_are_named(year, total, rows):
    published = {code: Money(amount) for code, amount in table(f"womens_health_{year}_regions.csv").items()}
    shares = sv.allocate(Money(total), table("reference_population_regions.csv", "key_for_2019_and_2020"))
    different = shares.compared_with(published)
    assert len(different) == rows
    assert {abs(row.difference.amount) for row in different} == {1}
    assert Money.total(row.difference for row in different) == Money(0)
