"""Money, exact to the öre, and the currencies of ISO 4217."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from itertools import repeat
from math import floor
from typing import Final

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.bulk import empty, fill
from samverkan.values.missing import NONE, Missing
from samverkan.values.share import Weight, rounded, weighed

__all__ = ["CODES", "EXACT", "Money", "MoneyLike", "digits", "is_none", "money", "moneys"]

_IN_USE: Final = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
SEK SGD SHP SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD
XOF XPF YER ZAR ZMW
"""
_NO_DECIMALS: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS: Final = "BHD IQD JOD KWD LYD OMR TND"

CODES: Final = frozenset(_IN_USE.split())
"""Codes of currencies in use; precious metals, funds and test codes are left out."""

_DIGITS: Final = dict.fromkeys(_NO_DECIMALS.split(), 0) | dict.fromkeys(_THREE_DECIMALS.split(), 3)


def digits(code: str) -> int:
    """How many decimals an amount in a currency has.

    >>> digits("SEK"), digits("JPY")
    (2, 0)
    """
    return _DIGITS.get(code, 2)


EXACT: Final = Context(prec=64, traps=[Inexact, InvalidOperation])
"""Arithmetic that raises rather than rounds, whatever the caller's own settings."""
_LARGEST: Final = Decimal(10**18)
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_TEXT: Final = re.compile(r"(-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+|-?\d+)((?:\.\d{1,30})?)[ \u00a0\u202f](\w+)", re.ASCII)
_USUAL: Final = re.compile(r"(?!-0(?:\.00)? )-?\d{1,3}(?: \d{3}){0,5}(?:\.\d\d)? kr", re.ASCII)
_COINS: Final = {code: Decimal(1).scaleb(-digits(code)) for code in CODES}
_UNITS: Final = {
    "kr": Decimal(1),
    "tkr": Decimal(1_000),
    "mnkr": Decimal(1_000_000),
    "mkr": Decimal(1_000_000),
    "mdkr": Decimal(1_000_000_000),
}
_REMEDY: Final = "write '1250.50 kr', '250 tkr', '845 mnkr', or whole kronor as a number"


def _amount(value: str | int | Decimal) -> Decimal:
    if type(value) is str and _NUMBER.fullmatch(value):
        return _bounded(Decimal(value))
    if type(value) is int:
        return _bounded(Decimal(value))
    if isinstance(value, Decimal) and value.is_finite():
        return _bounded(value)
    remedy = "a float is not exact: write the amount as text, Money('0.10')" if isinstance(value, float) else _REMEDY
    raise InvalidValueError(f"{value!r} is not an amount", remedy)


def _bounded(amount: Decimal) -> Decimal:
    if amount.copy_abs() >= _LARGEST:
        raise InvalidValueError(f"the amount {amount:.3E} is out of bounds", "an amount is less than 10^18")
    return amount


def _code(value: str) -> str:
    if type(value) is not str or value not in CODES:
        raise InvalidValueError(f"{value!r} is not a currency", "use a code of ISO 4217, such as SEK or EUR")
    return value


@frozen(order=False)
class Money:
    """An exact amount in one currency (belopp); kronor unless said.

    Whole öre only: an amount with more decimals than its currency has is refused, as are floats.
    Two currencies never mix: adding or comparing them raises `InvalidValueError`.

    >>> Money("1250.50") + Money(1250)
    Money('2500.50')
    >>> Money(100).split({"ale": 1, "hjo": 1, "vara": 1})
    {'ale': Money('33.34'), 'hjo': Money('33.33'), 'vara': Money('33.33')}
    """

    amount: Decimal = field(converter=_amount)
    """The amount in the currency's main unit, such as kronor."""
    currency: str = field(default="SEK", converter=_code)
    """The currency's code in ISO 4217."""

    def __attrs_post_init__(self) -> None:
        """Hold the amount to the currency's smallest coin, written the same way every time."""
        try:
            amount = EXACT.quantize(self.amount, _COINS[self.currency])
        except (Inexact, InvalidOperation):
            raise InvalidValueError(
                f"{self.amount} {self.currency} is not a whole number of its smallest coin",
                f"give at most {digits(self.currency)} decimals",
            ) from None
        object.__setattr__(self, "amount", amount or amount.copy_abs())

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str = "SEK") -> Money:
        """The sum of amounts, all in one currency; nothing sums to zero of *currency*.

        >>> Money.total([Money(5, "EUR"), Money(7, "EUR")]), Money.total([])
        (Money('12.00', 'EUR'), Money('0.00'))
        """
        every = tuple(amounts) if isinstance(amounts, Iterable) else (amounts,)
        if odd := [amount for amount in every if not isinstance(amount, Money)]:
            raise InvalidValueError(f"{odd[0]!r:.60} is not an amount of money", "use Money('1250.50')")
        result = cls(0, every[0].currency if every else currency)
        for amount in every:
            result += amount
        return result

    @classmethod
    def floor(cls, amount: Fraction, currency: str = "SEK") -> Money:
        """An exact amount rounded down to whole öre, or to the smallest coin of another currency.

        >>> Money.floor(Fraction(100, 3))
        Money('33.33')
        """
        return _of_coins(floor(amount * 10 ** digits(currency)), currency)

    def split(self, weights: Mapping[str, Weight]) -> dict[str, Money]:
        """Share the amount out by *weights* so that the parts make the whole, by largest remainder.

        Everybody gets the share rounded down to whole öre; what is left goes, an öre each, to the largest
        remainders. Equal remainders fall to the name that sorts first, so the order of recipients does not matter.
        Raises `InvalidValueError` for no recipients, a recipient that is not named by a text, a negative or inexact
        weight, or weights that are all zero.

        >>> Money("0.02").split({"ale": 1, "hjo": 1, "vara": 1})
        {'ale': Money('0.01'), 'hjo': Money('0.01'), 'vara': Money('0.00')}
        """
        exact = weighed(weights)
        whole = sum(exact.values())
        if not whole:
            raise InvalidValueError("there is no weight to share by", "give at least one recipient a weight above zero")
        coins = int(self.amount.scaleb(digits(self.currency), EXACT))
        parts = rounded({key: abs(coins) * weight / whole for key, weight in exact.items()})
        sign = -1 if coins < 0 else 1
        return {key: _of_coins(sign * part, self.currency) for key, part in parts.items()}

    def _same(self, other: Money) -> Decimal:
        if self.currency != other.currency:
            raise InvalidValueError(f"{self} and {other} are in different currencies", "convert one of them first")
        return other.amount

    def __add__(self, other: Money) -> Money:
        """The sum."""
        if not isinstance(other, Money):
            return NotImplemented
        return Money(EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        """The difference."""
        if not isinstance(other, Money):
            return NotImplemented
        return Money(EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> Money:
        """The same amount the other way."""
        return Money(self.amount.copy_negate(), self.currency)

    def __bool__(self) -> bool:
        """Whether it is anything but zero."""
        return bool(self.amount)

    def __lt__(self, other: Money) -> bool:
        """Less than."""
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        """At most."""
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        """More than."""
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        """At least."""
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount >= self._same(other)

    def __str__(self) -> str:
        """The amount with thousands apart, as documents write it: `1 250.50 kr`, `845 000 000 kr`."""
        text = f"{self.amount:,f}".replace(",", " ").removesuffix(".00")
        return f"{text} {'kr' if self.currency == 'SEK' else self.currency}"

    @property
    def sv(self) -> str:
        """The amount as Swedish writes it (på svenska).

        >>> Money("1250.50").sv
        '1 250,50 kr'
        """
        return str(self).replace(".", ",")

    def __repr__(self) -> str:
        """The call that makes it."""
        currency = "" if self.currency == "SEK" else f", {self.currency!r}"
        return f"Money('{self.amount}'{currency})"


def _of_coins(coins: int, currency: str) -> Money:
    return Money(Decimal(coins).scaleb(-digits(currency), EXACT), currency)


MoneyLike = str | int | Money
"""What an amount may be given as: its text as documents write it, whole kronor, or itself; never a float."""


def money(value: MoneyLike) -> Money:
    """Read an amount as documents write it (belopp).

    `845 mnkr`, `250 tkr`, `1250.50 kr`, `1 250 kr`, `99.90 EUR`, or a whole number of kronor.
    Raises `InvalidValueError` for what is no amount, a float, or more decimals than the currency has.

    >>> money("845 mnkr"), money("99.90 EUR")
    (Money('845000000.00'), Money('99.90', 'EUR'))
    """
    if type(value) is Money:
        return value
    if type(value) is int:
        return Money(value)
    match = _TEXT.fullmatch(value) if type(value) is str else None
    if not match:
        remedy = "a float is not exact: write the amount as text, '0.10 kr'" if isinstance(value, float) else _REMEDY
        raise InvalidValueError(f"{value!r:.80} is not an amount", remedy)
    number = Decimal("".join(match[1].split()) + match[2])
    if unit := _UNITS.get(match[3].lower()):
        return Money(EXACT.multiply(_bounded(number), unit))
    if match[3] not in CODES:
        units = f"write {', '.join(_UNITS)}, or a code of ISO 4217, such as EUR"
        raise InvalidValueError(f"{match[3]!r:.40} is neither a unit nor a currency", units)
    return Money(number, match[3])


def moneys(texts: Collection[str]) -> list[Money]:
    """Read many amounts in kronor, each as `str` writes it; raises `InvalidValueError` where one is written otherwise.

    >>> moneys(["1 250.50 kr", "845 000 000 kr"])
    [Money('1250.50'), Money('845000000.00')]
    """
    if None in map(_USUAL.fullmatch, texts):
        raise InvalidValueError("one of the amounts is not written as usual", _REMEDY)
    numbers = map(Decimal, "\n".join(texts).replace(" kr", "").replace(" ", "").split())
    found = empty(Money, len(texts))
    fill(found, Money, "amount", map(EXACT.quantize, numbers, repeat(_COINS["SEK"])))
    fill(found, Money, "currency", repeat("SEK"))
    return found


def is_none(amount: Money | Missing | None) -> bool:
    """Whether an amount is known to be none; not where it is unknown or absent.

    >>> is_none(Money(0)), is_none(None)
    (True, False)
    """
    return amount is NONE or (isinstance(amount, Money) and not amount)


def maybe_money(value: MoneyLike | Missing | None) -> Money | Missing | None:
    """Read an amount, or accept one of the ways not to know it."""
    return value if value is None or isinstance(value, Missing) else money(value)
