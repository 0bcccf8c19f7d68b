"""Money is exact decimal, of one currency, and splitting it neither loses nor makes a coin."""

import decimal
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from operator import add, ge, gt, le, lt, sub

import pytest
from hypothesis import example, given, strategies as st

import samverkan as sv
from samverkan import Money
from samverkan.values.money import CODES, digits, moneys
from tests.strategies import money

LARGEST = 10**18


def coins(amount: Money) -> int:
    """The amount in its smallest coin, by text."""
    return int(str(amount.amount).replace(".", ""))


@contextmanager
def careless_arithmetic() -> Iterator[None]:
    """Somebody else's settings: three digits are enough, and every signal raises."""
    with decimal.localcontext() as context:
        context.prec = 3
        for signal in context.traps:
            context.traps[signal] = True
        yield


weights = st.dictionaries(
    st.text("abcdefghij", min_size=1, max_size=3),
    st.one_of(st.integers(0, 2), st.integers(0, 10**7), st.fractions(0, 100), st.decimals(0, 1_000, places=3)),
    min_size=1,
    max_size=6,
).filter(lambda found: any(found.values()))


@given(money(most=LARGEST - 1))
def test_an_amount_is_read_back_from_what_it_writes(amount):
    assert sv.money(str(amount)) == amount
    assert eval(repr(amount), {"Money": Money}) == amount  # noqa: S307 (its own repr)


@given(st.sampled_from(sorted(CODES)), st.integers(-(10**9), 10**9))
def test_it_is_read_back_in_every_currency(code, number):
    amount = Money(Decimal(number).scaleb(-digits(code)), code)
    assert sv.money(str(amount)) == amount
    assert coins(amount) == number


@given(money(["SEK"]), money(["SEK"]))
def test_sums_and_differences_are_those_of_whole_coins(one, other):
    assert coins(one + other) == coins(one) + coins(other)
    assert coins(one - other) == coins(one) - coins(other)
    assert coins(-one) == -coins(one)
    assert bool(one) is bool(coins(one))


@given(money(["SEK"]), money(["SEK"]))
def test_amounts_compare_as_whole_coins(one, other):
    a, b = coins(one), coins(other)
    assert (one < other, one <= other, one > other, one >= other, one == other) == (
        a < b,
        a <= b,
        a > b,
        a >= b,
        a == b,
    )
    assert one != other or hash(one) == hash(other)


@given(st.lists(money(["EUR"]), max_size=5))
def test_a_total_is_the_sum_in_any_order(amounts):
    assert {Money.total(order, "EUR") for order in permutations(amounts)} == {
        Money(Decimal(sum(map(coins, amounts))).scaleb(-2), "EUR")
    }


def test_nothing_sums_to_zero_in_the_currency_asked_for():
    assert Money.total([Money(5, "EUR")]) == Money(5, "EUR") == Money.total([Money(5, "EUR")], "SEK")
    for odd in (5, [5], [Money(5), "5 kr"]):
        with pytest.raises(sv.InvalidValueError, match="is not an amount of money"):
            Money.total(odd)
    assert Money.total([]) == Money(0)
    assert Money.total([], "EUR") == Money(0, "EUR")


@pytest.mark.parametrize("mix", [add, sub, lt, le, gt, ge, lambda *both: Money.total(both)])
def test_two_currencies_never_mix(mix):
    with pytest.raises(sv.InvalidValueError, match="different currencies"):
        mix(Money(1), Money(1, "EUR"))
    assert Money(1) != Money(1, "EUR")


@pytest.mark.parametrize("mix", [add, sub, lt, le, gt, ge])
@pytest.mark.parametrize("other", [1, 1.0, Decimal(1), "1", None], ids=repr)
def test_an_amount_and_a_bare_number_do_not_mix(mix, other):
    with pytest.raises(TypeError):
        mix(Money(1), other)
    with pytest.raises(TypeError):
        mix(other, Money(1))
    assert Money(1) != other


@pytest.mark.parametrize(
    "value",
    [1.0, 0.1, float("nan"), float("inf"), True, False, None, [], b"1", "NaN", "Infinity", "1e400", "1E2", "", " 1",
     "1,50", "1 250", "1_000", "0x1", "+1", ".5", "5.", "\u0661", Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"),
     Decimal("1e400"), Decimal("1e999999"), Decimal("1e-999999"), LARGEST, -LARGEST, str(LARGEST), "9" * 10_000],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_what_is_no_amount_is_refused(value):
    with pytest.raises(sv.InvalidValueError):
        Money(value)


def test_a_float_is_refused_with_the_way_to_write_it():
    with pytest.raises(sv.InvalidValueError, match="a float is not exact: write the amount as text"):
        Money(0.1)


@pytest.mark.parametrize(("value", "currency"), [("0.001", "SEK"), ("0.1", "JPY"), ("0.0001", "KWD"), ("1.005", "EUR")])
def test_less_than_the_smallest_coin_is_refused(value, currency):
    with pytest.raises(sv.InvalidValueError, match="smallest coin"):
        Money(value, currency)


@pytest.mark.parametrize("currency", ["kr", "sek", "XXQ", "XAU", "", None, 752, ["SEK"]], ids=repr)
def test_what_is_no_currency_is_refused(currency):
    with pytest.raises(sv.InvalidValueError, match="not a currency"):
        Money(1, currency)


def test_one_amount_has_one_form():
    ones = [Money("1"), Money("1.0"), Money("1.00"), Money("1." + "0" * 50), Money(1), Money(Decimal("1E0"))]
    assert {repr(one) for one in ones} == {"Money('1.00')"}
    assert {repr(zero) for zero in (Money("-0"), Money(Decimal("-0.00")), -Money(0), Money(1) - Money(1))} == {
        "Money('0.00')"
    }


@given(money(["SEK"], LARGEST - 1), money(["SEK"], LARGEST // 10), weights)
@example(Money("999999999999999999.99"), Money("-1250.51"), {"ale": 1, "hjo": 2})
def test_other_peoples_decimal_settings_change_nothing(one, other, shares):
    def everything() -> list[object]:
        return [
            -one, -other, other + other, other - other, one < other, one >= other, str(one), repr(one), bool(one),
            Money(str(one.amount)), Money(one.amount), sv.money(str(one)), sv.money("1234.5678 mnkr"),
            other.split(shares),
        ]  # fmt: skip

    with careless_arithmetic():
        careless = everything()
    assert careless == everything()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("845 mnkr", 845_000_000),
        ("845 mkr", 845_000_000),
        ("1.5 mdkr", 1_500_000_000),
        ("250 tkr", 250_000),
        ("250 TKR", 250_000),
        ("1250.50 kr", "1250.50"),
        ("1 250 kr", 1250),
        ("1\u00a0250\u202f000 kr", 1_250_000),
        ("-1 250.50 kr", "-1250.50"),
        ("0.00001 tkr", "0.01"),
    ],
)
def test_amounts_are_read_as_documents_write_them(text, amount):
    assert sv.money(text) == Money(amount)


def test_a_bare_whole_number_is_kronor_and_a_code_is_its_currency():
    assert sv.money(250) == Money(250)
    assert sv.money("99.90 EUR") == Money("99.90", "EUR")


@pytest.mark.parametrize(
    "value",
    ["", "845", "845mnkr", "mnkr", "845  mnkr", "1,50 kr", "1 25 kr", "12 50 kr", "1250 000 kr", "1e3 kr", "845 Mdr",
     "0.001 kr", "845 miljoner", "1 eur", "0." + "1" * 100 + " kr", "0.000001 tkr", "9" * 40 + " kr", "1000000000 mdkr",
     1.5, True, None, Decimal(1)],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_other_amounts_in_documents_are_refused(value):
    with pytest.raises(sv.InvalidValueError):
        sv.money(value)


# ---------------------------------------------------------------- splitting


@pytest.mark.parametrize("key", [1, None, ("ale",), 1.5])
def test_a_recipient_is_named_by_text_since_numbers_and_texts_would_sort_alike(key):
    with pytest.raises(sv.InvalidValueError, match="not a text"):
        Money("0.01").split({key: 1, "1": 1})


@given(money(), weights)
def test_the_parts_make_the_whole(amount, shares):
    parts = amount.split(shares)
    assert parts.keys() == shares.keys()
    assert Money.total(parts.values(), amount.currency) == amount


@given(money(), weights, st.randoms())
def test_the_parts_do_not_depend_on_the_order_of_recipients(amount, shares, random):
    order = list(shares)
    random.shuffle(order)
    assert amount.split({name: shares[name] for name in order}) == amount.split(shares)


def test_what_cannot_be_shared_evenly_goes_to_the_names_that_sort_first():
    for order in permutations(["ale", "hjo", "vara", "åmål"]):
        parts = Money("100.02").split(dict.fromkeys(order, 7))
        assert parts == {"ale": Money("25.01"), "hjo": Money("25.01"), "vara": Money(25), "åmål": Money(25)}


@given(money(), weights)
def test_each_part_is_within_one_coin_of_exact_on_the_same_side_of_zero(amount, shares):
    whole = sum(map(Fraction, shares.values()))
    for name, part in amount.split(shares).items():
        exact = coins(amount) * Fraction(shares[name]) / whole
        assert abs(coins(part) - exact) < 1
        assert coins(part) * coins(amount) >= 0


@given(money(), weights)
def test_nobody_with_a_smaller_remainder_is_favoured(amount, shares):
    whole = sum(map(Fraction, shares.values()))
    exact = {name: abs(coins(amount)) * Fraction(weight) / whole for name, weight in shares.items()}
    favoured = {name: abs(coins(part)) > int(exact[name]) for name, part in amount.split(shares).items()}
    rank = sorted(shares, key=lambda name: (-(exact[name] % 1), name))
    assert [favoured[name] for name in rank] == sorted(favoured.values(), reverse=True)


@given(money(), weights)
def test_a_negative_amount_splits_as_the_positive_one(amount, shares):
    assert (-amount).split(shares) == {name: -part for name, part in amount.split(shares).items()}


@given(money(), weights, st.integers(1, 1_000))
def test_only_the_proportions_of_the_weights_matter(amount, shares, factor):
    assert amount.split({name: Fraction(weight) * factor for name, weight in shares.items()}) == amount.split(shares)


@given(money(), weights)
def test_no_weight_is_no_money(amount, shares):
    assert amount.split({**shares, "zzz-nobody": 0})["zzz-nobody"] == Money(0, amount.currency)


@pytest.mark.parametrize(
    "shares",
    [{}, {"ale": 0}, {"ale": -1, "hjo": 2}, {"ale": 0.5}, {"ale": True}, {"ale": "1"}, {"ale": None},
     {"ale": Decimal("NaN")}, {"ale": Decimal("Infinity")}, {"ale": Decimal("1E+999999999")}],
    ids=repr,
)  # fmt: skip
def test_weights_that_share_nothing_out_are_refused(shares):
    with pytest.raises(sv.InvalidValueError):
        Money(100).split(shares)


@given(amounts=st.lists(money().filter(lambda amount: amount.currency == "SEK")))
def test_many_amounts_are_read_as_each_of_them_is(amounts):
    texts = [str(amount) for amount in amounts]
    assert list(map(repr, moneys(texts))) == list(map(repr, amounts)) == [repr(sv.money(text)) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 kr\n2 kr",
        "-0 kr",
        "1250 kr",
        "1 25 kr",
        "1.5 kr",
        "1 tkr",
        "1 EUR",
        "\u0661 kr",
        "1 kr\n",
        "1" + 6 * " 000" + " kr",
    ],
)
def test_many_amounts_are_not_read_where_one_is_written_otherwise(text):
    with pytest.raises(sv.InvalidValueError, match="not written as usual"):
        moneys(["7 kr", text, "8 kr"])
