"""`allocate`: a sum shared out by a key, to the krona, with every part explained."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import chain

from attrs import evolve, frozen

from samverkan.accounts.terms import Portion, Terms, portions
from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.values.money import Money
from samverkan.values.names import near
from samverkan.values.share import Rounding, Share, Weight, weighed
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording

__all__ = ["AllocationResult", "Difference", "allocate"]

_SHARED_OUT = Wording("{total} shared out", "{total} fördelat")
_DIFFERS = Wording(
    "Where a published table differs from {total} shared out", "Var en publicerad tabell avviker från {total} fördelat"
)
_NO_RECIPIENTS = Wording("there are no recipients", "det finns inga mottagare")
_NOT_ONE = Wording("the shares make {sum}, not one", "andelarna är tillsammans {sum}, inte ett")
_ZERO_WEIGHT = Wording("the weight of {recipient} is zero", "vikten för {recipient} är noll")
_NO_DIFFERENCE = Wording(
    "{rounding} leaves no difference for {recipient} to take", "{rounding} ger ingen differens för {recipient} att ta"
)
_NOBODY_BALANCES = Wording(
    "nobody is named to take the difference of {rounding}", "ingen är utsedd att ta differensen vid {rounding}"
)
_BALANCES_WITHOUT_PART = Wording(
    "{recipient} is no recipient, and cannot take the difference of {rounding}",
    "{recipient} är ingen mottagare och kan inte ta differensen vid {rounding}",
)
_NO_WEIGHT = Wording(
    "{what} is given to {recipient}, who has no weight", "{what} ges till {recipient}, som saknar vikt"
)
_FIXED_PART = Wording("a fixed part", "ett fast belopp")
_CEILING = Wording("a ceiling", "ett tak")


@frozen(kw_only=True)
class Difference:
    """A published figure beside the computed one (avvikelse)."""

    recipient: str
    """Whose (mottagare)."""
    computed: Money | None
    """What the key gives; None if it gives nothing to anybody of that name."""
    published: Money | None
    """What is published; None if nothing is."""
    difference: Money
    """By how much the published figure is more."""


@frozen(kw_only=True, repr=False, eq=False)
class AllocationResult(Mapping[str, Money]):
    """A sum shared out: who gets how much, and why (fördelning).

    It is a mapping of recipients, by name, to amounts that make the total.

    >>> shares = allocate(Money(100), {"ale": 1, "hjo": 1, "vara": 1})
    >>> shares["ale"], shares["hjo"]
    (Money('34.00'), Money('33.00'))
    >>> print(shares.explain("ale"))
    ale gets 34 kr: 1/3 of 100 kr, which is 33.333… kr, rounded up by largest-remainder
    """

    total: Money
    """What is shared out (summa)."""
    parts: Mapping[str, tuple[Portion, ...]]
    """What each gets, round by round (andelar)."""
    _terms: Terms

    def __getitem__(self, recipient: str) -> Money:
        """What one recipient gets."""
        return Money.total((portion.amount for portion in self.parts[recipient]), self.total.currency)

    def __iter__(self) -> Iterator[str]:
        """Those who get something, by name."""
        return iter(self.parts)

    def __len__(self) -> int:
        """How many get something."""
        return len(self.parts)

    def __repr__(self) -> str:
        """One line: how much to how many, by which rule."""
        return f"<AllocationResult {self.total} · {len(self)} recipients · {self._terms.rounding}>"

    @property
    def table(self) -> Table[Portion]:
        """Everybody's part, with all that explains it."""
        return Table(Portion, tuple(chain.from_iterable(self.parts.values())), _SHARED_OUT(total=self.total))

    def explain(self, recipient: str) -> Phrase:
        """How a recipient's part came about: weight, exact share, rounding; a line for each round."""
        self._known(recipient)
        return Phrase.joined([portion.explanation for portion in self.parts[recipient]], "\n")

    def without(self, *failing: str) -> AllocationResult:
        """The same sum shared out by the same key among the others (omfördelning).

        >>> allocate(Money(100), {"ale": 1, "hjo": 1, "vara": 2}).without("vara")["ale"]
        Money('50.00')
        """
        self._known(*failing)
        return _allocated(self.total, self._terms.among([name for name in self._terms.weights if name not in failing]))

    def second_round(self, *leaving: str, among: Collection[str]) -> AllocationResult:
        """Share out what some leave, by the same key, among those who want more of it (andra omgång).

        The others keep what they have. Raises `InvalidValueError` if nobody wants it, or one of those who leave does.

        >>> first = allocate(Money(100), {"ale": 1, "hjo": 1, "vara": 2})
        >>> dict(first.second_round("vara", among=["hjo"]))
        {'ale': Money('25.00'), 'hjo': Money('75.00')}
        """
        self._known(*leaving, *among)
        if both := sorted({*leaving}.intersection(among)):
            raise InvalidValueError(f"{', '.join(both)} both leave and want money", "name each on one side only")
        left = Money.total((self[recipient] for recipient in {*leaving}), self.total.currency)
        terms = self._terms.among(among)
        room = {recipient: most - self[recipient] for recipient, most in terms.ceiling.items()}
        number = 1 + max(map(len, self.parts.values()))
        more = portions(left, evolve(terms, fixed={}, ceiling=room), number)
        kept = {name: part for name, part in self.parts.items() if name not in leaving}
        return evolve(self, parts={n: (*part, *([more[n]] if n in more else [])) for n, part in kept.items()})

    def compared_with(self, published: Mapping[str, Money]) -> Table[Difference]:
        """Every figure of a published table that differs from the computed one, to the öre.

        The published table takes precedence; this names the rows in which the key gives another amount.

        >>> shares = allocate(Money(100), {"ale": 1, "hjo": 1, "vara": 1})
        >>> [
        ...     str(row.difference)
        ...     for row in shares.compared_with({"ale": Money(33), "hjo": Money(34), "vara": Money(33)})
        ... ]
        ['-1 kr', '1 kr']
        """
        nothing = Money(0, self.total.currency)
        rows = tuple(
            Difference(
                recipient=name,
                computed=self.get(name),
                published=published.get(name),
                difference=published.get(name, nothing) - self.get(name, nothing),
            )
            for name in sorted({*self, *published})
            if self.get(name) != published.get(name)
        )
        return Table(Difference, rows, _DIFFERS(total=self.total))

    def _known(self, *recipients: str) -> None:
        for recipient in recipients:
            if recipient not in self.parts:
                hint = near(recipient, self.parts) if isinstance(recipient, str) else ""
                remedy = f"did you mean {hint!r}?" if hint else f"the recipients are {', '.join(self)}"[:500]
                raise NotFoundError(f"{recipient!r:.80} gets no part of {self.total}", remedy)


def allocate(
    total: Money,
    weights: Mapping[str, Weight] | Mapping[str, Share],
    *,
    rounding: Rounding | str = Rounding.LARGEST_REMAINDER,
    unit: Money | None = None,
    fixed: Money | Mapping[str, Money] | None = None,
    balancing: str | None = None,
    ceiling: Money | Mapping[str, Money] | None = None,
) -> AllocationResult:
    """Share a sum out by a key, so that the parts make the total whatever the order of recipients (fördela).

    *weights* is the key: how many live with each recipient, or shares, which must then make one. *fixed* is given
    first, the same to each or to some by name; *ceiling* is the most that each, or some by name, may get in all, and
    what is over it is shared out among the others. Parts are multiples of *unit*, one krona unless given, by a
    `Rounding`; *balancing* is the recipient that takes the difference, where the rule has one.

    Raises `InvalidValueError` for no recipients, a weight that is zero, negative or inexact, shares that do not make
    one, a sum that is no whole number of units, fixed parts that are more than the sum, ceilings that do not hold it,
    and a rule without the recipient that takes the difference.

    >>> shares = allocate(Money(1_000), {"ale": 31_402, "hjo": 9_120}, fixed=Money(100))
    >>> dict(shares)
    {'ale': Money('720.00'), 'hjo': Money('280.00')}
    """
    if not isinstance(total, Money):
        raise InvalidValueError(f"the sum is {total!r:.80}", "give it as sv.Money")
    key, rule = _key(weights), Rounding(rounding)
    return _allocated(
        total,
        Terms(
            weights=key,
            rounding=rule,
            unit=_unit(unit, total.currency),
            balancing=_balancing(rule, balancing, key),
            fixed=_by_name(fixed, key, _FIXED_PART()),
            ceiling=_by_name(ceiling, key, _CEILING()),
        ),
    )


def _allocated(total: Money, terms: Terms) -> AllocationResult:
    return AllocationResult(
        total=total, parts={key: (part,) for key, part in portions(total, terms).items()}, terms=terms
    )


def _key(weights: Mapping[str, Weight] | Mapping[str, Share]) -> dict[str, Fraction]:
    if not isinstance(weights, Mapping):
        raise InvalidValueError(f"the key is {weights!r:.80}", "give a weight, such as a population, by recipient")
    if not weights:
        raise InvalidValueError(_NO_RECIPIENTS(), "give each recipient a weight, such as its population")
    shares = {key: value for key, value in weights.items() if isinstance(value, Share)}
    if shares and len(shares) < len(weights):
        raise InvalidValueError("the key has both shares and weights", "write all as shares, or all as weights")
    if shares and not Share.are_whole(shares):
        total = sum(part.fraction for part in shares.values())
        raise InvalidValueError(_NOT_ONE(sum=total), "correct the shares, or give them as weights")
    exact = weighed({key: value.fraction if isinstance(value, Share) else value for key, value in weights.items()})
    for key, weight in exact.items():
        if not weight:
            raise InvalidValueError(_ZERO_WEIGHT(recipient=Phrase(repr(key))), "leave out those who get nothing")
    return dict(sorted(exact.items()))


def _unit(unit: Money | None, currency: str) -> Money:
    given = Money(1, currency) if unit is None else unit
    if not isinstance(given, Money) or given <= Money(0, currency):
        raise InvalidValueError(f"the unit is {given!r:.80}", "give an amount above zero, such as sv.Money('0.01')")
    return given


def _balancing(rounding: Rounding, balancing: str | None, key: Mapping[str, Fraction]) -> str | None:
    if not rounding.balances and balancing is not None:
        message = _NO_DIFFERENCE(rounding=rounding, recipient=Phrase(repr(balancing)))
        raise InvalidValueError(message, "leave out balancing=")
    if rounding.balances and balancing not in key:
        wording = _NOBODY_BALANCES if balancing is None else _BALANCES_WITHOUT_PART
        message = wording(rounding=rounding, recipient=Phrase(f"{balancing!r:.80}"))
        raise InvalidValueError(message, "name one of the recipients: balancing=")
    return balancing


def _by_name(given: Money | Mapping[str, Money] | None, key: Mapping[str, Fraction], what: Phrase) -> dict[str, Money]:
    if not isinstance(given, Money | Mapping | None):
        raise InvalidValueError(f"{what} is {given!r:.80}", "give sv.Money, or one for each recipient by name")
    amounts = dict.fromkeys(key, given) if isinstance(given, Money) else dict(given or {})
    for recipient, amount in amounts.items():
        if recipient not in key:
            message = _NO_WEIGHT(what=what, recipient=Phrase(f"{recipient!r:.80}"))
            raise InvalidValueError(message, "give everybody a weight")
        if not isinstance(amount, Money):
            raise InvalidValueError(f"{what} of {recipient!r} is {amount!r:.80}", "give it as sv.Money")
    return amounts
