"""`Total`: a sum of money some of whose parts, or days, may not be known."""

from __future__ import annotations

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.money import Money

__all__ = ["Total"]


def _bound(value: Money | None) -> Money | None:
    if value is None or isinstance(value, Money):
        return value
    raise InvalidValueError(f"{value!r:.80} is not an amount", "give sv.Money, or None where there is no bound")


@frozen
class Total:
    """A sum of money, or the bounds within which it lies (summa, minst och högst).

    `low` and `high` are both included; None means that nothing bounds it, since an amount that it adds up is not known.

    Raises `InvalidValueError` where the bounds cross or are in different currencies.

    >>> str(Total(Money(100), Money(100))), str(Total(Money(80), Money(100))), str(Total(Money(80), None))
    ('100 kr', '80 kr..100 kr', 'at least 80 kr')
    """

    low: Money | None = field(converter=_bound)
    """The least it can be; None where an amount that is taken off is not known."""
    high: Money | None = field(converter=_bound)
    """The most it can be; None where an amount that is added is not known."""

    def __attrs_post_init__(self) -> None:
        """Hold the bounds in order."""
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InvalidValueError(f"{self.low} is more than {self.high}", "write the smaller amount first")

    @property
    def exact(self) -> Money | None:
        """The amount, where it is one single amount."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        """The amount, or what bounds it."""
        if self.exact is not None:
            return str(self.exact)
        if self.low is None:
            return "unknown" if self.high is None else f"at most {self.high}"
        if self.high is None:
            return f"at least {self.low}"
        return f"{self.low}..{self.high}"
