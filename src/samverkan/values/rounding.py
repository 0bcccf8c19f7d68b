"""Whole parts of a whole: the rules by which exact shares are rounded so that nothing is lost or made."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from samverkan.errors import InvalidValueError
from samverkan.values.term import Term

__all__ = ["Rounding", "Weight", "nearest", "rounded", "weighed"]

Weight = int | Fraction | Decimal
"""A share's weight: exact, never a float."""

_EXPONENTS = range(-1_000, 1_000)
_HALF = Fraction(1, 2)


class Rounding(Term):
    """How exact shares become whole units that make the same sum (avrundningsregel).

    By *largest remainder* every share is rounded down, and what is left goes, a unit each, to the largest remainders;
    equal remainders fall to the name that sorts first. By *half-up* every share goes to the nearest unit, and one
    recipient takes the difference. By *floor* every share is rounded down, and one recipient takes all that is left.

    >>> Rounding("half-up").sv
    'närmaste enhet'
    """

    LARGEST_REMAINDER = "largest-remainder", "största rest"
    HALF_UP = "half-up", "närmaste enhet"
    FLOOR = "floor", "avrundning nedåt"

    @property
    def balances(self) -> bool:
        """Whether it needs a recipient that takes the difference."""
        return self is not Rounding.LARGEST_REMAINDER


def weighed(weights: Mapping[str, Weight]) -> dict[str, Fraction]:
    """Weights as exact fractions; raises `InvalidValueError` for one that is inexact, negative or nobody's."""
    return {key: _weight(key, weight) for key, weight in weights.items()}


def nearest(share: Fraction, rounding: Rounding) -> int:
    """The whole number that a rule gives one share, whatever the others get."""
    return int(share + (_HALF if rounding is Rounding.HALF_UP else 0))


def rounded(
    shares: Mapping[str, Fraction], rounding: Rounding = Rounding.LARGEST_REMAINDER, balancing: str | None = None
) -> dict[str, int]:
    """Whole numbers next to exact shares, none of them negative, that make the same whole number together.

    *balancing* is the recipient that takes the difference, where the rule has one.

    >>> third = Fraction(100, 3)
    >>> rounded({"ale": third, "hjo": third, "vara": third})
    {'ale': 34, 'hjo': 33, 'vara': 33}
    """
    parts = {key: nearest(share, rounding) for key, share in shares.items()}
    left = int(sum(shares.values(), Fraction())) - sum(parts.values())
    if balancing is not None:
        return parts | {balancing: parts[balancing] + left}
    for key in sorted(parts, key=lambda key: (parts[key] - shares[key], key))[:left]:
        parts[key] += 1
    return parts


def _weight(key: str, weight: Weight) -> Fraction:
    if type(key) is not str:
        raise InvalidValueError(
            f"the recipient {key!r:.80} is not a text", "name recipients by text, such as their ids"
        )
    if isinstance(weight, bool) or not isinstance(weight, (int, Fraction, Decimal)):
        raise InvalidValueError(f"the weight of {key!r} is {weight!r}", "use an int, a Fraction or a Decimal")
    if isinstance(weight, Decimal) and weight.as_tuple().exponent not in _EXPONENTS:
        raise InvalidValueError(f"the weight of {key!r} is {weight}", "use a finite number of everyday size")
    if weight < 0:
        raise InvalidValueError(f"the weight of {key!r} is {weight}", "use zero or more")
    return Fraction(weight)
