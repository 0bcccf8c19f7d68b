"""`ledger`: where the money of every grant is, on any day, to the öre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, localcontext

from attrs import evolve, frozen

from samverkan.accounts.entries import NEVER, AccountEvent, in_force
from samverkan.accounts.flow import Flow, flows
from samverkan.accounts.grant_tree import lines, window
from samverkan.accounts.overdrafts import Overdraft, overdrafts
from samverkan.accounts.postings import AllocationAccounts, Books, Posting
from samverkan.accounts.regime import ACCOUNTS, Regime, regimes as known_regimes
from samverkan.accounts.states import AllocationState, ForbiddenEvent, states
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.derived import derived
from samverkan.model.funding import Allocation, Grant, Window
from samverkan.model.party import Manner
from samverkan.parties.answer import assumptions, beyond
from samverkan.values.bulk import collector_paused
from samverkan.values.day import Day, DayLike, day
from samverkan.values.missing import NONE
from samverkan.values.money import EXACT, Money
from samverkan.values.names import few, near
from samverkan.values.ranges import AmountRange
from samverkan.values.table import Table
from samverkan.values.when import When, maybe_when

__all__ = ["Balance", "Ledger", "LedgerLine", "ledger"]

DIMENSIONS = ("grant", "recipient", "allocation", "on_behalf_of", "what_for", "cost_kind", "period")
"""By what balances can be grouped."""

_ORDER = {account: number for number, account in enumerate(ACCOUNTS)}
_CLAIMS = frozenset({"source", "open", "due", "paid", "lapsed", "forfeited"})
_ZERO = Decimal(0)
_FEW = 5


@frozen(kw_only=True)
class Balance:
    """How much is in one account (saldo); a column by which it was not told apart is empty."""

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
    account: str
    """In which account: open, due, paid, held, used and so on (läge)."""
    amount: AmountRange
    """How much, or the bounds within which it lies (belopp)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(kw_only=True)
class LedgerLine:
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
    """From which account, or to which (motkonto)."""
    because: tuple[str, ...]
    """The record that tells of it."""


@frozen(repr=False, eq=False)
class Ledger:
    """Where the money is: every allocation's accounts, and what moved between them (huvudbok).

    An account is where money stands: *open* is allotted and not asked for, *due* asked for and not paid, *held* paid
    and not used. Every event moves its amount from one account to another, so nothing is lost or made, in whatever
    order the events were entered. An event whose day or amount is known only roughly, or not at all, makes a balance a
    range.

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
    _accounts: tuple[AllocationAccounts, ...]

    def __repr__(self) -> str:
        """One line: how many moves, and as of when."""
        when = f" · as of {self.on}" if self.on else ""
        moves = sum(1 for _ in self._postings)
        return f"<Ledger of {self.collaboration.id or 'a collaboration'} · {moves} moves{when}>"

    @property
    def _postings(self) -> Iterator[Posting]:
        return (posting for account in self._accounts for posting in account.postings())

    def as_of(self, on: DayLike) -> Ledger:
        """The same ledger at the end of a day."""
        return evolve(self, on=day(on))

    def balance(self, account: str, **of: str) -> AmountRange:
        """How much is in an account; *of* narrows it: `grant`, its lines included, `recipient`, `what_for` and so on.

        Raises `InvalidValueError` for an account or a dimension that there is not, `NotFoundError` for an id that is
        not there, and `InvalidValueError` where several currencies would have to be added.

        >>> str(ledger(Collaboration()).balance("held"))
        '0 kr'
        """
        _check_account(account)
        rows = [row for row in self.balances(**of) if row.account == account]
        if len(rows) > 1:
            several = " and ".join(str(row.amount) for row in rows)
            raise InvalidValueError(
                f"{account} holds {several}", "ask for balances(), which has a row for each currency"
            )
        return rows[0].amount if rows else AmountRange(Money(0), Money(0))

    @collector_paused()
    def balances(self, *by: str, **of: str) -> Table[Balance]:
        """What is in every account, told apart *by* some dimensions, such as "grant" and "recipient" (saldon).

        A row for each account in which anything has been, and for each currency. What grants and payers have given is
        not shown, nor is a sub-package that cuts across the lines of a grant added to it. Raises `InvalidValueError`
        for a dimension that there is not, `NotFoundError` for an id that is not there.
        """
        _check_dimensions((*by, *of))
        rows = tuple(_summed(self._chosen(of), by, self.on))
        return Table(
            Balance,
            rows,
            f"Balances{' by ' * bool(by)}{', '.join(by)}{f', as of {self.on}' if self.on else ''}",
            self._untold(of),
            assumptions(self.collaboration, (id for row in rows for id in row.because)),
        )

    @collector_paused()
    def explain(self, account: str, **of: str) -> Table[LedgerLine]:
        """Every move in and out of an account, in order of day: what a balance is made of (underlag).

        Raises as `balance` does.
        """
        _check_account(account)
        _check_dimensions(of)
        chosen = [
            (posting, one.allocation.id)
            for one in self._chosen(of)
            for posting in one.postings()
            if account in (posting.from_, posting.to)
        ]
        chosen.sort(key=lambda pair: (pair[0].deed.first, pair[0].deed.last, pair[0].deed.record))
        return Table(
            LedgerLine,
            tuple(_entry(posting, allocation, account) for posting, allocation in chosen),
            f"What {account} is made of",
            self._untold(of),
            assumptions(
                self.collaboration, (id for posting, allocation in chosen for id in (posting.deed.record, allocation))
            ),
        )

    def flow(self, grant: str) -> Table[Flow]:
        """From whom to whom a grant's money went, its lines included, down to the last who used it (penningflöde).

        Raises `NotFoundError` for a grant that is not there.
        """
        last = self.on.toordinal() if self.on else NEVER
        rows = tuple(flows(self.collaboration, self._chosen({"grant": grant}), last))
        because = dict.fromkeys(id for row in rows for id in row.because)
        said = self._untold({"grant": grant})
        return Table(Flow, rows, f"Where the money of {grant} went", said, assumptions(self.collaboration, because))

    @collector_paused()
    def states(self) -> Table[AllocationState]:
        """In which state of its regime every allocation stands: lapsed, in use, repayable (lägen).

        Where days are known only roughly, it may be in one of several. The end of a window counts from the day to which
        the collaboration is known, or the day asked about.
        """
        rows = tuple(stage for stage, _ in states(self._books, self._accounts, self.on))
        return Table(
            AllocationState,
            rows,
            f"Where the allocations stand{f', as of {self.on}' if self.on else ''}",
            self._untold({}),
            assumptions(self.collaboration, (id for row in rows for id in row.because)),
        )

    def forbidden(self) -> tuple[ForbiddenEvent, ...]:
        """What happened to an allocation although its state did not allow it, whichever days are meant."""
        return tuple(one for _, found in states(self._books, self._accounts, self.on) for one in found)

    def overdrafts(self) -> tuple[Overdraft, ...]:
        """The accounts that are certainly below zero at the end of some day, whatever the vague days turn out to be.

        Of a grant whose rules are not told, only where its cash is: whether it had to be asked for is not known.
        """
        return tuple(
            low for account in self._accounts for low in overdrafts(account.allocation.id, self._sure(account))
        )

    def _sure(self, account: AllocationAccounts) -> Iterator[Posting]:
        told = self._books.rules(account.allocation.grant)[0] is not None
        return (move for move in account.postings() if told or not _CLAIMS.issuperset((move.from_, move.to)))

    def window(self, grant: str, name: str) -> Window | None:
        """A window of a grant, such as "use": its own, or that of the grant whose line it is."""
        return window(self.collaboration, grant, name)

    def regime(self, grant: str) -> Regime | None:
        """The regime by which a grant's money moves; None where it is not told."""
        return self._books.rules(grant)[0]

    def missing_rules(self, grant: str) -> str:
        """Why the regime of a grant is not told, as a sentence; empty where it is."""
        return self._books.rules(grant)[1]

    def happened(self, event: str, allocation: str) -> bool:
        """Whether something has happened to an allocation's money by then, or may have."""
        last = self.on.toordinal() if self.on else None
        found = self._books.deeds.get(allocation, ())
        return any(deed.event == event and (last is None or deed.first <= last) for deed in found)

    def lines(self, grant: str) -> tuple[Grant, ...]:
        """A grant and those whose line it is, nearest first."""
        return tuple(lines(self.collaboration, grant))

    def _chosen(self, of: Mapping[str, str]) -> Iterator[AllocationAccounts]:
        """The accounts that lie within what is asked for, with what of that can have happened to them."""
        wanted = {name: self._meant(name, id) for name, id in of.items()}
        told = [(name, wanted.pop(name)) for name in of if name in AccountEvent._fields]
        last = self.on.toordinal() if self.on else NEVER
        for account in self._accounts:
            own = account.own
            if all(own[name] in values for name, values in wanted.items()):
                yield account._replace(
                    deeds=[
                        deed
                        for deed in account.deeds
                        if deed.first <= last and all(getattr(deed, name) in values for name, values in told)
                    ]
                )

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
        allotted = {one.id for one in c[Allocation]}
        loose = [event.id for event in in_force(c) if event.allocation not in allotted]
        came = [f"out of which allocation these came: {few(loose, 5)}"] if loose else []
        shared = [one.id for one in c[Allocation] if one.recipient.manner is Manner.EACH and one.grant in grants]
        each = [f"how much these are in all: {', '.join(shared)}, allotted to each of a group"] if shared else []
        return (*rules, *came, *each, *beyond(c, maybe_when(self.on)))


@collector_paused()
def ledger(collaboration: Collaboration, *, regimes: Iterable[Regime] = ()) -> Ledger:
    """Where the money of every grant is (reskontra, huvudbok): `Ledger` tells how it is asked.

    *regimes* are rules of one's own, beside those that the library knows; a grant names its rules by `regime`.

    >>> ledger(Collaboration())
    <Ledger of a collaboration · 0 moves>
    """
    check_collaboration(collaboration)
    by_name = {one.name: one for one in regimes}
    return _ledger(collaboration, by_name) if by_name else _usual(collaboration)


def _ledger(collaboration: Collaboration, regimes: Mapping[str, Regime]) -> Ledger:
    books = Books(collaboration, {**known_regimes(), **regimes})
    return Ledger(collaboration, None, books, tuple(books.accounts()))


@derived
def _usual(collaboration: Collaboration) -> Ledger:
    return _ledger(collaboration, {})


def _check_account(account: str) -> None:
    if account not in ACCOUNTS:
        hint = near(account, ACCOUNTS) if isinstance(account, str) else ""
        remedy = f"did you mean {hint!r}?" if hint else f"there are {', '.join(ACCOUNTS)}"
        raise InvalidValueError(f"there is no account {account!r:.80}", remedy)


def _check_dimensions(names: Iterable[str]) -> None:
    for name in names:
        if name not in DIMENSIONS:
            raise InvalidValueError(f"balances are not told apart by {name!r:.80}", f"but by {', '.join(DIMENSIONS)}")


def _entry(posting: Posting, allocation: str, account: str) -> LedgerLine:
    comes, amount = posting.to == account, posting.amount
    return LedgerLine(
        day=posting.deed.day,
        event=posting.deed.event,
        allocation=allocation,
        amount=amount if amount is None or comes else -amount,
        other=posting.from_ if comes else posting.to,
        because=(posting.deed.record,),
    )


class _Sum:
    """What one account holds: what is certain, what may be, and whether something is not known."""

    __slots__ = ("certain", "ids", "less", "more", "unknown_in", "unknown_out")

    def __init__(self) -> None:
        self.certain = self.more = self.less = _ZERO
        self.unknown_in = self.unknown_out = False
        self.ids: list[str] = []

    def add(self, deed: AccountEvent, sign: int, *, sure: bool) -> None:
        """Add what comes in, or goes out where the sign is negative."""
        self.ids.append(deed.record)
        if not isinstance(deed.amount, Money):
            self.unknown_in |= sign > 0
            self.unknown_out |= sign < 0
            return
        change = deed.amount.amount * sign
        if sure:
            self.certain += change
        elif change > 0:
            self.more += change
        else:
            self.less -= change

    def total(self, currency: str) -> AmountRange:
        """The bounds of it."""
        if not (self.unknown_in or self.unknown_out or self.more or self.less):
            exact = Money(self.certain, currency)
            return AmountRange(exact, exact)
        low = None if self.unknown_out else Money(self.certain - self.less, currency)
        high = None if self.unknown_in else Money(self.certain + self.more, currency)
        return AmountRange(low, high)


_Sums = dict[tuple[str, str], _Sum]
"""What is in each account, by its name and currency."""


def _summed(allocations: Iterable[AllocationAccounts], by: tuple[str, ...], on: Day | None) -> Iterator[Balance]:
    """For each of the values told apart, each account and currency: its sum, and the records that it is made of."""
    last = NEVER if on is None else on.toordinal()
    sums: dict[tuple[str, ...], _Sums] = defaultdict(lambda: defaultdict(_Sum))
    with localcontext(EXACT):
        for accounts in allocations:
            for key, deeds in _apart(accounts, by):
                _add(sums[key], accounts, deeds, last)
        for key in sorted(sums):
            for account, currency in sorted(sums[key], key=lambda pair: (_ORDER[pair[0]], pair[1])):
                found = sums[key].pop((account, currency))
                yield Balance(
                    **dict(zip(by, key, strict=True)),
                    account=account,
                    amount=found.total(currency),
                    because=tuple(dict.fromkeys(found.ids)),
                )


def _apart(accounts: AllocationAccounts, by: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[AccountEvent]]]:
    """What happened to the money of one allocation, told apart."""
    own = accounts.own
    if own.keys() >= {*by}:
        yield tuple(own[name] for name in by), accounts.deeds
        return
    found: dict[tuple[str, ...], list[AccountEvent]] = defaultdict(list)
    for deed in accounts.deeds:
        found[tuple([own[name] if name in own else getattr(deed, name) for name in by])].append(deed)
    yield from found.items()


def _add(sums: _Sums, accounts: AllocationAccounts, deeds: Iterable[AccountEvent], last: int) -> None:
    for deed in deeds:
        changes = accounts.changes.get(deed.event, ()) if deed.amount is not NONE else ()
        currency = accounts.currency(deed)
        for account, sign in changes:
            sums[account, currency].add(deed, sign, sure=deed.last <= last)
