"""`ledger`: where the money of every grant is, on any day, to the öre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from operator import itemgetter
from typing import Any

from attrs import evolve, frozen

from samverkan.accounts.flow import Flow, flows
from samverkan.accounts.overdrawn import Overdrawn, overdrawn
from samverkan.accounts.postings import Books, Posting
from samverkan.accounts.regime import ENDLESS, POTS, Regime, regimes as known_regimes
from samverkan.accounts.stage import Forbidden, Stage, stages
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, FundingEvent, Grant, Window
from samverkan.model.notes import beyond, notes
from samverkan.values.day import Day, DayLike, day
from samverkan.values.money import EXACT, Money
from samverkan.values.spelling import near
from samverkan.values.table import Table
from samverkan.values.total import Total
from samverkan.values.when import When, maybe_when

__all__ = ["Balance", "Entry", "Ledger", "ledger"]

DIMENSIONS = ("grant", "recipient", "allocation", "on_behalf_of", "what_for", "cost_kind", "period")
"""By what balances can be told apart."""

_ORDER = {pot: number for number, pot in enumerate(POTS)}
_CLAIMS = frozenset({"source", "open", "due", "paid", "lapsed", "forfeited"})
_ZERO = Decimal(0)
_FEW = 5


@frozen(kw_only=True)
class Balance:
    """How much is in one pot (saldo); a column by which it was not told apart is empty."""

    grant: str = ""
    """Of which grant (statsbidrag)."""
    recipient: str = ""
    """Whose (mottagare)."""
    allocation: str = ""
    """Of which allocation (fördelning)."""
    on_behalf_of: str = ""
    """For whom it was asked for (för)."""
    what_for: str = ""
    """What it was used for (avser)."""
    cost_kind: str = ""
    """What sort of cost (kostnadsslag)."""
    period: str = ""
    """Which time it concerns (avser tid)."""
    pot: str
    """In which pot: open, due, paid, held, used and so on (läge)."""
    amount: Total
    """How much, or the bounds within which it lies (belopp)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(kw_only=True)
class Entry:
    """One move that a balance is made of (bokföringspost)."""

    day: When | None
    """When; None for what has stood from the beginning (dag)."""
    event: str
    """What happened (händelse)."""
    allocation: str
    """To which allocation's money (fördelning)."""
    amount: Money | None
    """How much came in, or went out where it is negative; None where that is not known (belopp)."""
    other: str
    """From which pot, or to which (motkonto)."""
    because: tuple[str, ...]
    """The record that tells of it."""


@frozen(repr=False, eq=False)
class Ledger:
    """Where the money is: every allocation's pots, and what moved between them (huvudbok).

    A pot is where money stands: *open* is allotted and not asked for, *due* asked for and not paid, *held* paid and not
    used. Every event moves its amount from one pot to another, so nothing is lost or made, in whatever order the events
    were entered. An event whose day or amount is known only roughly, or not at all, makes a balance a range.

    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> grant = Grant(id="ph", title="Psykisk hälsa", regime="direct")
    >>> share = Allocation(grant="ph", recipient="ale", amount=Money(100))
    >>> paid = FundingEvent(id="b", kind="paid", allocation="ph>ale", amount=Money(100), day="2016-02-01")
    >>> used = FundingEvent(id="k", kind="used", allocation="ph>ale", amount=Money(83), day="2016-11")
    >>> money = ledger(Collaboration([ale, grant, share, paid, used]))
    >>> str(money.balance("held", grant="ph")), str(money.as_of("2016-11-15").balance("held", grant="ph"))
    ('17 kr', '17 kr..100 kr')
    """

    collaboration: Collaboration
    """The records that it is made of."""
    on: Day | None
    """The day at whose end it is; None where all that is recorded counts, whatever its day."""
    _books: Books
    _postings: tuple[Posting, ...]

    def __repr__(self) -> str:
        """One line: how many moves, and as of when."""
        when = f" · as of {self.on}" if self.on else ""
        return f"<Ledger of {self.collaboration.id or 'a collaboration'} · {len(self._postings)} moves{when}>"

    def as_of(self, on: DayLike) -> Ledger:
        """The same ledger at the end of a day."""
        return evolve(self, on=day(on))

    def balance(self, pot: str, **of: str) -> Total:
        """How much is in a pot; *of* narrows it: `grant`, its lines included, `recipient`, `what_for` and so on.

        Raises `InvalidValueError` for a pot or a dimension that there is not, `NotFoundError` for an id that is not
        there, and `InvalidValueError` where several currencies would have to be added.

        >>> str(ledger(Collaboration()).balance("held"))
        '0 kr'
        """
        _check_pot(pot)
        rows = [row for row in self.balances(**of) if row.pot == pot]
        if len(rows) > 1:
            several = " and ".join(str(row.amount) for row in rows)
            raise InvalidValueError(f"{pot} holds {several}", "ask for balances(), which has a row for each currency")
        return rows[0].amount if rows else Total(Money(0), Money(0))

    def balances(self, *by: str, **of: str) -> Table[Balance]:
        """What is in every pot, told apart *by* some dimensions, such as "grant" and "recipient" (saldon).

        A row for each pot in which anything has been, and for each currency. What grants and payers have given is not
        shown, nor is a sub-package that cuts across the lines of a grant added to it.
        Raises `InvalidValueError` for a dimension that there is not, `NotFoundError` for an id that is not there.
        """
        _check_dimensions((*by, *of))
        rows = tuple(
            Balance(**dict(zip(by, key[:-2], strict=True)), pot=key[-2], amount=total, because=ids)
            for key, total, ids in _summed(self._chosen(of), by, self.on)
        )
        because = dict.fromkeys(id for row in rows for id in row.because)
        return Table(
            Balance,
            rows,
            f"Balances{' by ' * bool(by)}{', '.join(by)}{f', as of {self.on}' if self.on else ''}",
            self._untold(of),
            notes(self.collaboration, because),
        )

    def explain(self, pot: str, **of: str) -> Table[Entry]:
        """Every move in and out of a pot, in order of day: what a balance is made of (underlag).

        Raises as `balance` does.
        """
        _check_pot(pot)
        _check_dimensions(of)
        chosen = [posting for posting in self._chosen(of) if pot in (posting.from_, posting.to)]
        chosen.sort(key=lambda posting: (posting.deed.first, posting.deed.last, posting.deed.record))
        because = dict.fromkeys(id for p in chosen for id in (p.deed.record, p.allocation))
        return Table(
            Entry,
            tuple(_entry(posting, pot) for posting in chosen),
            f"What {pot} is made of",
            self._untold(of),
            notes(self.collaboration, because),
        )

    def flow(self, grant: str) -> Table[Flow]:
        """From whom to whom a grant's money went, its lines included, down to the last who used it (penningflöde).

        Raises `NotFoundError` for a grant that is not there.
        """
        chosen = (p for p in self._chosen({"grant": grant}) if self.on is None or p.deed.last <= self.on.toordinal())
        rows = tuple(flows(self._books, chosen))
        because = dict.fromkeys(id for row in rows for id in row.because)
        said = self._untold({"grant": grant})
        return Table(Flow, rows, f"Where the money of {grant} went", said, notes(self.collaboration, because))

    def stages(self) -> Table[Stage]:
        """In which state of its regime every allocation stands: lapsed, in use, repayable (lägen).

        Where days are known only roughly, it may be in one of several. The end of a window counts from the day to which
        the collaboration is known, or the day asked about.
        """
        rows = tuple(stage for stage, _ in stages(self._books, self._postings, self.on))
        return Table(
            Stage,
            rows,
            f"Where the allocations stand{f', as of {self.on}' if self.on else ''}",
            self._untold({}),
            notes(self.collaboration, dict.fromkeys(id for row in rows for id in row.because)),
        )

    def forbidden(self) -> tuple[Forbidden, ...]:
        """What happened to an allocation although its state did not allow it, whichever days are meant."""
        return tuple(one for _, found in stages(self._books, self._postings, self.on) for one in found)

    def overdrawn(self) -> tuple[Overdrawn, ...]:
        """The pots that are certainly below zero at the end of some day, whatever the vague days turn out to be.

        Of a grant whose rules are not told, only where its cash is: whether it had to be asked for is not known.
        """
        told = {grant for grant in {posting.grant for posting in self._postings} if self._books.rules(grant)[0]}
        return tuple(overdrawn(p for p in self._postings if p.grant in told or not _CLAIMS.issuperset((p.from_, p.to))))

    def window(self, grant: str, name: str) -> Window | None:
        """A window of a grant, such as "use": its own, or that of the grant whose line it is."""
        return self._books.window(grant, name)

    def regime(self, grant: str) -> Regime | None:
        """The regime by which a grant's money moves; None where it is not told."""
        return self._books.rules(grant)[0]

    def untold_rules(self, grant: str) -> str:
        """Why the regime of a grant is not told, as a sentence; empty where it is."""
        return self._books.rules(grant)[1]

    def happened(self, event: str, allocation: str) -> bool:
        """Whether something has happened to an allocation's money by then, or may have."""
        last = self.on.toordinal() if self.on else None
        found = self._books.deeds.get(allocation, ())
        return any(deed.event == event and (last is None or deed.first <= last) for deed in found)

    def lines(self, grant: str) -> tuple[Grant, ...]:
        """A grant and those whose line it is, nearest first."""
        return tuple(self._books.lines(grant))

    def _chosen(self, of: Mapping[str, str]) -> Iterator[Posting]:
        """The postings that lie within what is asked for and can have happened."""
        tests = [(itemgetter(Posting._fields.index(name)), self._meant(name, id)) for name, id in of.items()]
        last = self.on.toordinal() if self.on else None
        for posting in self._postings:
            if (last is None or posting.deed.first <= last) and all(get(posting) in wanted for get, wanted in tests):
                yield posting

    def _meant(self, name: str, id: str) -> frozenset[str]:
        """The values that a dimension may have: for a grant also its lines, but for those that cut across others."""
        if name in ("grant", "recipient", "allocation", "what_for"):
            self.collaboration[id]
        if name != "grant":
            return frozenset((id,))
        return frozenset((id, *(one.id for one in self.collaboration[Grant] if self._books.is_line(one.id, id))))

    def _untold(self, of: Mapping[str, str]) -> tuple[str, ...]:
        """What the balances do not tell, a sentence each."""
        c = self.collaboration
        grants = self._meant("grant", of["grant"]) if "grant" in of else {one.grant for one in c[Allocation]}
        rules = [said for grant in sorted(grants) if (said := self._books.rules(grant)[1])]
        loose = [event.id for event in c[FundingEvent] if not isinstance(c.get(str(event.allocation)), Allocation)]
        more = f" and {len(loose) - _FEW} more" if len(loose) > _FEW else ""
        came = [f"out of which allocation these came: {', '.join(loose[:_FEW])}{more}"] if loose else []
        return (*rules, *came, *beyond(c, maybe_when(self.on)))


def ledger(collaboration: Collaboration, *, regimes: Iterable[Regime] = ()) -> Ledger:
    """Where the money of every grant is (reskontra, huvudbok): `Ledger` tells how it is asked.

    *regimes* are rules of one's own, beside those that the library knows; a grant names its rules by `regime`.

    >>> ledger(Collaboration())
    <Ledger of a collaboration · 0 moves>
    """
    check_collaboration(collaboration)
    books = Books(collaboration, {**known_regimes(), **{one.name: one for one in regimes}})
    return Ledger(collaboration, None, books, tuple(books.postings()))


def _check_pot(pot: str) -> None:
    if pot not in POTS:
        hint = near(pot, POTS) if isinstance(pot, str) else ""
        remedy = f"did you mean {hint!r}?" if hint else f"there are {', '.join(POTS)}"
        raise InvalidValueError(f"there is no pot {pot!r:.80}", remedy)


def _check_dimensions(names: Iterable[str]) -> None:
    for name in names:
        if name not in DIMENSIONS:
            raise InvalidValueError(f"balances are not told apart by {name!r:.80}", f"but by {', '.join(DIMENSIONS)}")


def _entry(posting: Posting, pot: str) -> Entry:
    comes, amount = posting.to == pot, posting.amount
    return Entry(
        day=posting.deed.day,
        event=posting.deed.event,
        allocation=posting.allocation,
        amount=amount if amount is None or comes else -amount,
        other=posting.from_ if comes else posting.to,
        because=(posting.deed.record,),
    )


class _Sum:
    """What one pot holds: what is certain, what may be, and whether something is not known."""

    __slots__ = ("certain", "ids", "less", "more", "unknown_in", "unknown_out")

    def __init__(self) -> None:
        self.certain = self.more = self.less = _ZERO
        self.unknown_in = self.unknown_out = False
        self.ids: dict[str, None] = {}

    def add(self, posting: Posting, sign: int, *, sure: bool) -> None:
        """Add what comes in, or goes out where the sign is negative."""
        self.ids[posting.deed.record] = None
        if posting.amount is None:
            self.unknown_in |= sign > 0
            self.unknown_out |= sign < 0
            return
        change = posting.amount.amount * sign
        if sure:
            self.certain += change
        else:
            self.more += max(change, _ZERO)
            self.less -= min(change, _ZERO)

    def total(self, currency: str) -> Total:
        """The bounds of it."""
        low = None if self.unknown_out else Money(self.certain - self.less, currency)
        high = None if self.unknown_in else Money(self.certain + self.more, currency)
        return Total(low, high)


def _summed(
    postings: Iterable[Posting], by: tuple[str, ...], on: Day | None
) -> Iterator[tuple[tuple[Any, ...], Total, tuple[str, ...]]]:
    """For each of the values told apart, each pot and currency: its sum, and the records that it is made of."""
    places = [Posting._fields.index(name) for name in by]
    last = None if on is None else on.toordinal()
    sums: dict[Any, _Sum] = defaultdict(_Sum)
    with localcontext(EXACT):
        for posting in postings:
            key, sure = tuple([posting[place] for place in places]), last is None or posting.deed.last <= last
            for pot, sign in ((posting.to, 1), (posting.from_, -1)):
                if pot not in ENDLESS:
                    sums[*key, pot, posting.currency].add(posting, sign, sure=sure)
    for key in sorted(sums, key=lambda key: (*key[:-2], _ORDER[key[-2]], key[-1])):
        yield key, sums[key].total(key[-1]), tuple(sums[key].ids)
