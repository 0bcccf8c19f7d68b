"""`ledger`: where the money of every grant is, on any day, to the öre."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import TypeVar

from attrs import evolve, frozen

from samverkan.accounts.entries import NEVER, AccountEvent, in_force
from samverkan.accounts.flow import Flow, flows
from samverkan.accounts.grant_tree import lines, window
from samverkan.accounts.overdrafts import Overdraft, overdrafts
from samverkan.accounts.postings import AllocationAccounts, Books, Posting
from samverkan.accounts.regime import ACCOUNTS, Account, Regime, event_word, regimes as known_regimes
from samverkan.accounts.states import AllocationState, ForbiddenEvent, states
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.derived import derived
from samverkan.model.funding import Allocation, Grant, Window
from samverkan.model.party import Manner
from samverkan.parties.answer import answer, as_of, beyond
from samverkan.values.bulk import collector_paused
from samverkan.values.day import Day, DayLike, day
from samverkan.values.missing import NONE
from samverkan.values.money import EXACT, Money
from samverkan.values.names import near
from samverkan.values.ranges import AmountRange
from samverkan.values.table import Table, heading
from samverkan.values.text import Phrase, Wording, enumerated
from samverkan.values.when import When, maybe_when

__all__ = ["Balance", "Ledger", "LedgerLine", "ledger"]

R = TypeVar("R")

_BALANCES = Wording("Balances", "Saldon")
_BALANCES_BY = Wording("Balances by {dimensions}", "Saldon per {dimensions}")
_MADE_OF = Wording("What {account} is made of", "Underlag för {account}")
_FLOW = Wording("Where the money of {grant} went", "Vart pengarna i {grant} gick")
_STATES = Wording("The states of the allocations", "Fördelningarnas lägen")
_NO_ALLOCATION = Wording(
    "out of which allocation these came: {events}", "vilken fördelning dessa händelser hör till: {events}"
)
_TO_EACH = Wording(
    "how much these are in all: {allocations}, allocated to each of a group",
    "hur mycket dessa är tillsammans: {allocations}, fördelade till var och en i en grupp",
)

DIMENSIONS = ("grant", "recipient", "allocation", "on_behalf_of", "what_for", "cost_kind", "period")
"""The dimensions by which balances can be grouped."""

_ORDER = {account: number for number, account in enumerate(ACCOUNTS)}
_CLAIMS = frozenset({"source", "open", "due", "paid", "lapsed", "forfeited"})
_ZERO = Decimal(0)
_FEW = 5


@frozen(kw_only=True)
class Balance:
    """How much is in one account (saldo); a dimension by which it was not grouped is empty."""

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
    account: Account
    """In which account: open, due, paid, held, used and so on (konto)."""
    amount: AmountRange
    """How much, or the bounds within which it lies (belopp)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(kw_only=True)
class LedgerLine:
    """One move that a balance is made of (bokföringspost)."""

    day: When | None
    """When; None for what has stood from the beginning (dag)."""
    event: Phrase
    """What happened (händelse)."""
    allocation: str
    """To which allocation's money (fördelning)."""
    amount: Money | None
    """How much came in, or went out where it is negative; None where that is not known (belopp)."""
    other: Account
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
        """What is in each account, grouped *by* some dimensions, such as "grant" and "recipient" (saldon).

        There is a row for each account in which anything has been, and for each currency. What grants and payers have
        given is not shown, and a sub-package that cuts across the lines of a grant is not added to it.
        Raises `InvalidValueError` for a dimension that there is not, `NotFoundError` for an id that is not there.
        """
        _check_dimensions((*by, *of))
        title = _BALANCES_BY(dimensions=tuple(map(_dimension, by))) if by else _BALANCES()
        return self._answer(Balance, _summed(self._chosen(of), by, self.on), title, of)

    @collector_paused()
    def explain(self, account: str, **of: str) -> Table[LedgerLine]:
        """All entries in and out of an account, in order of day: what a balance is made of (underlag).

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
        chosen.sort(key=lambda pair: (pair[0].entry.first, pair[0].entry.last, pair[0].entry.record))
        rows = (_line(posting, allocation, account) for posting, allocation in chosen)
        allocations = (allocation for _, allocation in chosen)
        title = _MADE_OF(account=Account(account))
        return answer(self.collaboration, LedgerLine, rows, title, unknown=self._unknown(of), rests_on=allocations)

    def flow(self, grant: str) -> Table[Flow]:
        """From whom to whom a grant's money went, its lines included, down to the last who used it (penningflöde).

        Raises `NotFoundError` for a grant that is not there.
        """
        last = self.on.toordinal() if self.on else NEVER
        rows = flows(self.collaboration, self._chosen({"grant": grant}), last)
        unknown = self._unknown({"grant": grant})
        return answer(self.collaboration, Flow, rows, _FLOW(grant=grant), unknown=unknown)

    @collector_paused()
    def states(self) -> Table[AllocationState]:
        """The state of each allocation in its regime: lapsed, in use, repayable (lägen).

        If days are vague, it may be in one of several. A window has ended if it closes before the day to which the
        collaboration is known, or by the day asked about.
        """
        rows = (state for state, _ in states(self._books, self._accounts, self.on))
        return self._answer(AllocationState, rows, _STATES(), {})

    def _answer(self, kind: type[R], rows: Iterable[R], title: Phrase, of: Mapping[str, str]) -> Table[R]:
        return answer(self.collaboration, kind, rows, as_of(title, self.on), unknown=self._unknown(of))

    def forbidden(self) -> tuple[ForbiddenEvent, ...]:
        """What happened to an allocation although its state did not allow it, whichever days are meant."""
        return tuple(event for _, events in states(self._books, self._accounts, self.on) for event in events)

    def overdrafts(self) -> tuple[Overdraft, ...]:
        """The accounts that are certainly below zero at the end of some day, whatever the vague days turn out to be.

        For a grant whose rules are not recorded, only cash accounts count: whether its money had to be requisitioned
        is unknown.
        """
        return tuple(
            low for accounts in self._accounts for low in overdrafts(accounts.allocation.id, self._ruled(accounts))
        )

    def _ruled(self, accounts: AllocationAccounts) -> Iterator[Posting]:
        """The postings that the rules of a grant require; without rules, those that touch cash."""
        ruled = self._books.rules(accounts.allocation.grant)[0] is not None
        return (
            posting for posting in accounts.postings() if ruled or not _CLAIMS.issuperset((posting.from_, posting.to))
        )

    def window(self, grant: str, name: str) -> Window | None:
        """A window of a grant, such as "use": its own, or that of the grant whose line it is."""
        return window(self.collaboration, grant, name)

    def regime(self, grant: str) -> Regime | None:
        """The regime by which a grant's money moves; None if it is not recorded."""
        return self._books.rules(grant)[0]

    def missing_rules(self, grant: str) -> Phrase:
        """Why the regime of a grant is unknown, as a sentence; empty if it is known."""
        return self._books.rules(grant)[1]

    def happened(self, event: str, allocation: str) -> bool:
        """Whether something has happened to an allocation's money by the day, or may have."""
        last = self.on.toordinal() if self.on else None
        entries = self._books.entries.get(allocation, ())
        return any(entry.event == event and (last is None or entry.first <= last) for entry in entries)

    def lines(self, grant: str) -> tuple[Grant, ...]:
        """A grant and those whose line it is, nearest first."""
        return tuple(lines(self.collaboration, grant))

    def _chosen(self, of: Mapping[str, str]) -> Iterator[AllocationAccounts]:
        """The accounts within what is asked for, with those of their entries that can have happened by the day."""
        wanted = {name: self._meant(name, id) for name, id in of.items()}
        by_entry = [(name, wanted.pop(name)) for name in of if name in AccountEvent._fields]
        last = self.on.toordinal() if self.on else NEVER
        for accounts in self._accounts:
            dimensions = accounts.dimensions
            if all(dimensions[name] in values for name, values in wanted.items()):
                yield accounts._replace(
                    entries=[
                        entry
                        for entry in accounts.entries
                        if entry.first <= last and all(getattr(entry, name) in values for name, values in by_entry)
                    ]
                )

    def _meant(self, name: str, id: str) -> frozenset[str]:
        """The values that a dimension may have: for a grant also its lines, except those that cut across others."""
        if name in ("grant", "recipient", "allocation", "what_for"):
            self.collaboration[id]
        if name != "grant":
            return frozenset((id,))
        return frozenset((id, *(one.id for one in self.collaboration[Grant] if self._books.is_line(one.id, id))))

    def _unknown(self, of: Mapping[str, str]) -> Iterator[Phrase]:
        """What the balances cannot give, a sentence each."""
        c = self.collaboration
        grants = self._meant("grant", of["grant"]) if "grant" in of else {one.grant for one in c[Allocation]}
        yield from (sentence for grant in sorted(grants) if (sentence := self._books.rules(grant)[1]))
        allocations = {one.id for one in c[Allocation]}
        if loose := [event.id for event in in_force(c) if event.allocation not in allocations]:
            yield _NO_ALLOCATION(events=enumerated(loose, 5))
        shared = [one.id for one in c[Allocation] if one.recipient.manner is Manner.EACH and one.grant in grants]
        if shared:
            yield _TO_EACH(allocations=(*shared,))
        yield from beyond(c, maybe_when(self.on))


@collector_paused()
def ledger(collaboration: Collaboration, *, regimes: Iterable[Regime] = ()) -> Ledger:
    """Make the ledger of a collaboration: where the money of each grant is (reskontra, huvudbok).

    *regimes* are further rules, beside those that the library knows; a grant names its rules by `regime`.

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
            raise InvalidValueError(f"balances cannot be grouped by {name!r:.80}", f"group by {', '.join(DIMENSIONS)}")


def _dimension(name: str) -> Phrase:
    return Wording(name, heading(Balance, name))()


def _line(posting: Posting, allocation: str, account: str) -> LedgerLine:
    comes, amount = posting.to == account, posting.amount
    return LedgerLine(
        day=posting.entry.day,
        event=event_word(posting.entry.event),
        allocation=allocation,
        amount=amount if amount is None or comes else -amount,
        other=Account(posting.from_ if comes else posting.to),
        because=(posting.entry.record,),
    )


class _Sum:
    """The sum of one account: what is certain, what may be, and whether some amount is unknown."""

    __slots__ = ("certain", "ids", "less", "more", "unknown_in", "unknown_out")

    def __init__(self) -> None:
        self.certain = self.more = self.less = _ZERO
        self.unknown_in = self.unknown_out = False
        self.ids: list[str] = []

    def add(self, entry: AccountEvent, sign: int, *, certain: bool) -> None:
        """Add what comes in, or what goes out if the sign is negative."""
        self.ids.append(entry.record)
        if not isinstance(entry.amount, Money):
            self.unknown_in |= sign > 0
            self.unknown_out |= sign < 0
            return
        change = entry.amount.amount * sign
        if certain:
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
    """The sum of each account and currency in each group, with the records that it is made of."""
    last = NEVER if on is None else on.toordinal()
    sums: dict[tuple[str, ...], _Sums] = defaultdict(lambda: defaultdict(_Sum))
    with localcontext(EXACT):
        for accounts in allocations:
            for key, entries in _grouped(accounts, by):
                _add(sums[key], accounts, entries, last)
        for key in sorted(sums):
            for account, currency in sorted(sums[key], key=lambda pair: (_ORDER[pair[0]], pair[1])):
                total = sums[key].pop((account, currency))
                yield Balance(
                    **dict(zip(by, key, strict=True)),
                    account=Account(account),
                    amount=total.total(currency),
                    because=tuple(dict.fromkeys(total.ids)),
                )


def _grouped(accounts: AllocationAccounts, by: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[AccountEvent]]]:
    """The entries of one allocation, grouped."""
    shared = accounts.dimensions
    if shared.keys() >= {*by}:
        yield tuple(shared[name] for name in by), accounts.entries
        return
    groups: dict[tuple[str, ...], list[AccountEvent]] = defaultdict(list)
    for entry in accounts.entries:
        groups[tuple([shared[name] if name in shared else getattr(entry, name) for name in by])].append(entry)
    yield from groups.items()


def _add(sums: _Sums, accounts: AllocationAccounts, entries: Iterable[AccountEvent], last: int) -> None:
    for entry in entries:
        changes = accounts.changes.get(entry.event, ()) if entry.amount is not NONE else ()
        currency = accounts.currency(entry)
        for account, sign in changes:
            sums[account, currency].add(entry, sign, certain=entry.last <= last)
