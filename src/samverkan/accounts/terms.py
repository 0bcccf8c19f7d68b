"""The terms of sharing out: weights, fixed parts, ceilings, rounding; and the portions that follow from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import TypeVar

from attrs import evolve, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.money import Money
from samverkan.values.share import Rounding, nearest, rounded
from samverkan.values.text import Phrase, Wording, both

__all__ = ["Portion", "Terms", "portions"]

V = TypeVar("V")

_PART = Wording(
    "{recipient} gets {amount}: {share}, which is {exact} {unit}, {step}",
    "{recipient} får {amount}: {share}, vilket är {exact} {unit}, {step}",
)
_LATER_PART = Wording(
    "round {round}: {recipient} gets {amount}: {share}, which is {exact} {unit}, {step}",
    "omgång {round}: {recipient} får {amount}: {share}, vilket är {exact} {unit}, {step}",
)
_SHARE = Wording("{weight}/{total} of {shared}", "{weight}/{total} av {shared}")
_FIXED_AND_SHARE = Wording("{fixed} + {weight}/{total} of {shared}", "{fixed} + {weight}/{total} av {shared}")
_EVEN = Wording("needing no rounding", "utan avrundning")
_UP = Wording("rounded up by {rule}", "avrundat uppåt enligt {rule}")
_DOWN = Wording("rounded down by {rule}", "avrundat nedåt enligt {rule}")
_BALANCES = Wording("and takes the difference of {difference}", "och tar differensen på {difference}")
_CAPPED = Wording("held at its ceiling", "begränsat av taket")

_SUM = Wording("the sum", "summan")
_FIXED_OF = Wording("the fixed part of {recipient}", "det fasta beloppet för {recipient}")
_CEILING_OF = Wording("the ceiling of {recipient}", "taket för {recipient}")
_NO_UNITS = Wording(
    "{part} is {amount}, which is no whole number of {unit}", "{part} är {amount}, vilket inte är ett helt antal {unit}"
)
_TOO_MUCH_FIXED = Wording(
    "the fixed parts make {fixed}, more than {total}", "de fasta beloppen är tillsammans {fixed}, mer än {total}"
)
_TOO_LOW = Wording("the ceilings leave {amount} that nobody may get", "taken lämnar {amount} som ingen får ta emot")
_BELOW_NOTHING = Wording(
    "{recipient} would get less than nothing by taking the difference",
    "{recipient} skulle få mindre än inget genom att ta differensen",
)
_OVER_CEILING = Wording(
    "{recipient} would get more than its ceiling by taking the difference",
    "{recipient} skulle få mer än sitt tak genom att ta differensen",
)


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
    """What was shared out, in this round, among those who are below their ceiling (att fördela)."""
    weight: Fraction
    """The recipient's weight in the key (vikt)."""
    total: Fraction
    """The weight of those among whom it was shared out, together."""
    exact: Fraction
    """The part before rounding, in the currency's main unit, such as kronor, the fixed part included."""
    step: Phrase
    """How the exact part became the amount (avrundning)."""
    round: int = 1
    """In which round (omgång)."""

    def __str__(self) -> str:
        """The explanation in English."""
        return str(self.explanation)

    @property
    def explanation(self) -> Phrase:
        """How the amount came about, in a sentence (förklaring)."""
        share = (_FIXED_AND_SHARE if self.fixed else _SHARE)(
            fixed=self.fixed, weight=self.weight, total=self.total, shared=self.shared
        )
        return (_LATER_PART if self.round > 1 else _PART)(
            round=self.round,
            recipient=self.recipient,
            amount=self.amount,
            share=share,
            exact=_decimals(self.exact),
            unit=Phrase(str(self.amount).rpartition(" ")[2]),
            step=self.step,
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

    def units(self, money: Money, part: Phrase) -> int:
        """How many units an amount is; raises `InvalidValueError` if it is no whole number of them."""
        number = Fraction((money - Money(0, self.unit.currency)).amount) / Fraction(self.unit.amount)
        if number < 0 or number.denominator != 1:
            remedy = "what is shared out is zero or more" if number < 0 else "name a smaller unit"
            raise InvalidValueError(_NO_UNITS(part=part, amount=money, unit=self.unit), remedy)
        return int(number)

    def money(self, units: int) -> Money:
        """The amount of so many units."""
        return Money(self.unit.amount * units, self.unit.currency)


def _some(values: Mapping[str, V], keys: Collection[str]) -> dict[str, V]:
    kept = set(keys)
    return {key: value for key, value in values.items() if key in kept}


def portions(total: Money, terms: Terms, number: int = 1) -> dict[str, Portion]:
    """What everybody gets of a sum in a round."""
    rest = terms.units(total, _SUM())
    fixed = dict.fromkeys(terms.weights, 0)
    fixed |= {key: terms.units(part, _FIXED_OF(recipient=_quoted(key))) for key, part in terms.fixed.items()}
    room = {
        key: terms.units(most, _CEILING_OF(recipient=_quoted(key))) - fixed[key] for key, most in terms.ceiling.items()
    }
    rest -= sum(fixed.values())
    if rest < 0:
        message = _TOO_MUCH_FIXED(fixed=terms.money(sum(fixed.values())), total=total)
        raise InvalidValueError(message, "give less to each, or share out more")
    capped = _capped(rest, terms, room)
    rest -= sum(capped.values())
    together = _weight(terms, capped)
    shares = {key: Fraction(capped[key]) if key in capped else rest * w / together for key, w in terms.weights.items()}
    parts, shared = rounded(shares, terms.rounding, terms.balancing), terms.money(rest)
    return {
        key: Portion(
            recipient=key,
            amount=terms.money(_within(key, parts[key], room) + fixed[key]),
            fixed=terms.money(fixed[key]),
            shared=shared,
            weight=weight,
            total=together,
            exact=(shares[key] + fixed[key]) * Fraction(terms.unit.amount),
            step=_step(key, shares[key], parts[key], terms, capped=key in capped),
            round=number,
        )
        for key, weight in terms.weights.items()
    }


def _quoted(recipient: str) -> Phrase:
    return Phrase(repr(recipient))


def _weight(terms: Terms, capped: Collection[str]) -> Fraction:
    """What those who are below their ceiling weigh together."""
    return sum((weight for key, weight in terms.weights.items() if key not in capped), Fraction())


def _capped(rest: int, terms: Terms, room: Mapping[str, int]) -> dict[str, int]:
    """Those whose share is over their ceiling, with what they may get; what is over goes to the others."""
    capped: dict[str, int] = {}
    while True:
        total = _weight(terms, capped)
        over = {key: top for key, top in room.items() if key not in capped and rest * terms.weights[key] > top * total}
        if not over:
            break
        capped |= over
        rest -= sum(over.values())
    if rest and len(capped) == len(terms.weights):
        raise InvalidValueError(_TOO_LOW(amount=terms.money(rest)), "raise a ceiling, or share out less")
    return capped


def _within(key: str, part: int, room: Mapping[str, int]) -> int:
    if not 0 <= part <= room.get(key, part):
        message = (_BELOW_NOTHING if part < 0 else _OVER_CEILING)(recipient=_quoted(key))
        raise InvalidValueError(message, "let another one take it")
    return part


def _step(key: str, share: Fraction, part: int, terms: Terms, *, capped: bool) -> Phrase:
    if key == terms.balancing:
        step = _BALANCES(difference=terms.money(part - nearest(share, terms.rounding)))
    elif part == share:
        step = _EVEN()
    else:
        step = (_UP if part > share else _DOWN)(rule=terms.rounding)
    return Phrase.joined([step, _CAPPED()]) if capped else step


def _decimals(value: Fraction) -> Phrase:
    """A fraction to three decimals, cut off, with an ellipsis where there are more."""
    thousandths, more = divmod(value.numerator * 1000, value.denominator)
    text = f"{thousandths // 1000:,}".replace(",", " ")
    decimals = f"{thousandths % 1000:03}…" if more else f"{thousandths % 1000:03}".rstrip("0")
    return both(f"{text}.{decimals}", f"{text},{decimals}") if decimals else Phrase(text)
