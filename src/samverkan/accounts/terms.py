"""The terms of sharing out: weights, fixed parts, ceilings, rounding; and the portions that follow from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import TypeVar

from attrs import evolve, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.money import Money
from samverkan.values.share import Rounding, nearest, rounded

__all__ = ["Portion", "Terms", "portions"]

V = TypeVar("V")


@frozen(kw_only=True)
class Portion:
    """What one recipient gets in one round of sharing out, and how it came about (andel).

    As text it is the whole explanation.
    """

    recipient: str
    """Whose (mottagare)."""
    amount: Money
    """How much (belopp)."""
    fixed: Money
    """The part of it that is given before anything is shared out (fast belopp)."""
    shared: Money
    """What was shared out, in this round, among those who are not held at a ceiling (att fördela)."""
    weight: Fraction
    """The recipient's weight in the key (vikt)."""
    total: Fraction
    """The weight of those among whom it was shared out, together."""
    exact: Fraction
    """The part before rounding, in the currency's main unit, such as kronor, the fixed part included."""
    step: str
    """How the exact part became the amount (avrundning)."""
    round: int = 1
    """In which round (omgång)."""

    def __str__(self) -> str:
        """The explanation, in a sentence."""
        again = f"round {self.round}: " if self.round > 1 else ""
        fixed = f"{self.fixed} + " if self.fixed else ""
        unit = str(self.amount).rpartition(" ")[2]
        return (
            f"{again}{self.recipient} gets {self.amount}: {fixed}{self.weight}/{self.total} of {self.shared}, "
            f"which is {_decimals(self.exact)} {unit}, {self.step}"
        )


@frozen(kw_only=True)
class Terms:
    """By what a sum is shared out (villkor för fördelningen)."""

    weights: Mapping[str, Fraction]
    rounding: Rounding
    unit: Money
    balancing: str | None
    fixed: Mapping[str, Money]
    ceiling: Mapping[str, Money]

    def among(self, recipients: Collection[str]) -> Terms:
        """The same terms for some of the recipients."""
        if not recipients:
            raise InvalidValueError("there is nobody left to share out to", "leave at least one recipient")
        if self.balancing is not None and self.balancing not in recipients:
            raise InvalidValueError(
                f"{self.balancing!r}, which takes the difference, is not among {', '.join(recipients)}",
                "share out anew, with another to take it",
            )
        return evolve(
            self,
            weights=_some(self.weights, recipients),
            fixed=_some(self.fixed, recipients),
            ceiling=_some(self.ceiling, recipients),
        )

    def units(self, money: Money, what: str) -> int:
        """How many units an amount is; raises `InvalidValueError` where it is no whole number of them."""
        number = Fraction((money - Money(0, self.unit.currency)).amount) / Fraction(self.unit.amount)
        if number < 0 or number.denominator != 1:
            remedy = "what is shared out is zero or more" if number < 0 else "name a smaller unit"
            raise InvalidValueError(f"{what} is {money}, which is no whole number of {self.unit}", remedy)
        return int(number)

    def money(self, units: int) -> Money:
        """The amount of so many units."""
        return Money(self.unit.amount * units, self.unit.currency)


def _some(values: Mapping[str, V], keys: Collection[str]) -> dict[str, V]:
    kept = set(keys)
    return {key: value for key, value in values.items() if key in kept}


def portions(total: Money, terms: Terms, number: int = 1) -> dict[str, Portion]:
    """What everybody gets of a sum in a round."""
    rest = terms.units(total, "the sum")
    fixed = dict.fromkeys(terms.weights, 0)
    fixed |= {key: terms.units(part, f"the fixed part of {key!r}") for key, part in terms.fixed.items()}
    room = {key: terms.units(most, f"the ceiling of {key!r}") - fixed[key] for key, most in terms.ceiling.items()}
    rest -= sum(fixed.values())
    if rest < 0:
        message = f"the fixed parts make {terms.money(sum(fixed.values()))}, more than {total}"
        raise InvalidValueError(message, "give less to each, or share out more")
    held = _held(rest, terms, room)
    rest -= sum(held.values())
    whole = sum((weight for key, weight in terms.weights.items() if key not in held), Fraction())
    shares = {key: Fraction(held[key]) if key in held else rest * w / whole for key, w in terms.weights.items()}
    parts, shared = rounded(shares, terms.rounding, terms.balancing), terms.money(rest)
    return {
        key: Portion(
            recipient=key,
            amount=terms.money(_within(key, parts[key], room) + fixed[key]),
            fixed=terms.money(fixed[key]),
            shared=shared,
            weight=weight,
            total=whole,
            exact=(shares[key] + fixed[key]) * Fraction(terms.unit.amount),
            step=_step(key, shares[key], parts[key], terms) + (", held at its ceiling" if key in held else ""),
            round=number,
        )
        for key, weight in terms.weights.items()
    }


def _held(rest: int, terms: Terms, room: Mapping[str, int]) -> dict[str, int]:
    """Those whose share is over their ceiling, with what they may get; what is over goes to the others."""
    held: dict[str, int] = {}
    while True:
        whole = sum((weight for key, weight in terms.weights.items() if key not in held), Fraction())
        over = {key: top for key, top in room.items() if key not in held and rest * terms.weights[key] > top * whole}
        if not over:
            break
        held |= over
        rest -= sum(over.values())
    if rest and len(held) == len(terms.weights):
        message = f"the ceilings leave {terms.money(rest)} that nobody may get"
        raise InvalidValueError(message, "raise a ceiling, or share out less")
    return held


def _within(key: str, part: int, room: Mapping[str, int]) -> int:
    if not 0 <= part <= room.get(key, part):
        limit = "less than nothing" if part < 0 else "more than its ceiling"
        raise InvalidValueError(f"{key!r} would get {limit} by taking the difference", "let another one take it")
    return part


def _step(key: str, share: Fraction, part: int, terms: Terms) -> str:
    if key == terms.balancing:
        difference = part - nearest(share, terms.rounding)
        sign = "-" if difference < 0 else ""
        return f"and takes the difference of {sign}{terms.money(abs(difference))}"
    if part == share:
        return "needing no rounding"
    return f"rounded {'up' if part > share else 'down'} by {terms.rounding}"


def _decimals(value: Fraction) -> str:
    """A fraction to three decimals, cut off, with an ellipsis where there are more."""
    thousandths, more = divmod(value.numerator * 1000, value.denominator)
    text = f"{thousandths // 1000:,}".replace(",", " ")
    decimals = f"{thousandths % 1000:03}…" if more else f"{thousandths % 1000:03}".rstrip("0")
    return f"{text}.{decimals}" if decimals else text
