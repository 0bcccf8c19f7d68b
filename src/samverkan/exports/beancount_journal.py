"""`beancount`: the ledger as text that Beancount, a program that is not ours, adds up anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, groupby, repeat
from operator import attrgetter
from typing import Any, NamedTuple

from samverkan.accounts.entries import in_force
from samverkan.accounts.ledger import Ledger, LedgerLine
from samverkan.accounts.regime import ACCOUNTS
from samverkan.documents.emit import encoded
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.funding import Allocation
from samverkan.values.day import Day
from samverkan.values.money import Money

__all__ = ["beancount"]

_HEAD = """\
; A transaction is a move of money between two accounts of an allocation; its metadata names the record that tells of
; it. Claims follow what is allotted and asked for, Cash what is paid and used. What is marked ! has a day that is known
; only roughly, and stands on the last that it can be; "day" is what is told. What has stood from the beginning stands
; the day before all that has a day. What cannot be booked is told in a note on its journal accounts, and is in no sum.
"""
_OPTIONS = """\
option "name_assets" "Cash"
option "name_equity" "Claims"
option "tolerance_multiplier" "0"
"""

_CASH = frozenset({"payer", "held", "used", "returned", "carried over", "passed on", "waived"})
_PLACE = {account: place for place, account in enumerate(ACCOUNTS)}
_SPELT = str.maketrans({".": "-Dot-", ">": "-To-", ":": "-As-", "@": "-On-"})
"""The signs that an account cannot have, as words with a capital, since no id has one."""
_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})
_TOLD = (
    *("out_of", "requested_by", "on_behalf_of", "by", "to", "what_for", "cost_kind", "period"),
    *("decision", "answers", "corrects", "dnr", "reference", "source", "note"),
)
"""The fields of a record by which an auditor finds what it rests on."""
_BEGINNING = "from the beginning"
_SOME_DAY = date(1970, 1, 1)


class _Move(NamedTuple):
    """A move between two accounts, seen from the first of them."""

    account: str
    entry: LedgerLine
    day: date | None
    """On which day it is booked; None where it cannot be."""

    @property
    def record(self) -> str:
        """The record that tells of it."""
        return self.entry.because[0]

    @property
    def ledger_accounts(self) -> tuple[str, str]:
        """The two accounts."""
        return self.account, self.entry.other

    @property
    def journal_accounts(self) -> tuple[str, ...]:
        """The journal accounts of the two accounts."""
        return tuple(_account(account, self.entry.allocation) for account in self.ledger_accounts)

    @property
    def legs(self) -> tuple[tuple[str, Money], ...]:
        """What comes to each of the two journal accounts."""
        amount = self.entry.amount
        return () if amount is None else tuple(zip(self.journal_accounts, (amount, -amount), strict=True))


def beancount(money: Ledger) -> str:
    """A ledger as text that Beancount adds up, so that somebody else's program judges the sums (revisionsunderlag).

    Each move between two accounts is a transaction that names its record, and what is then in the two accounts is
    asserted, to the smallest coin. It stands on the last day on which it can have been, so on any day Beancount's sums
    are of what has certainly happened by then. A move of which no such day is told, or no amount, is a note and in no
    sum. The same collaboration gives the same text.

    Raises `InvalidValueError` for what is no ledger, and for text that UTF-8 cannot hold.

    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> grant = Grant(id="ph", title="Psykisk hälsa", regime="direct")
    >>> share = Allocation(grant="ph", recipient="ale", amount=Money(100))
    >>> used = FundingEvent(id="k", kind="used", allocation="ph>ale", amount=Money(83), day="2016-11-01", dnr="7/16")
    >>> text = beancount(ledger(Collaboration([ale, grant, share, used])))
    >>> print(text[text.index("2016-11-01 *") : text.index("2016-11-02")].rstrip())
    2016-11-01 * "Ale kommun" "used"
      record: "k"
      allocation: "ph>ale"
      grant: "ph"
      recipient: "ale"
      dnr: "7/16"
      Cash:Held:Ph-To-ale  -83.00 SEK
      Cash:Used:Ph-To-ale  83.00 SEK
    """
    if not isinstance(money, Ledger):
        raise InvalidValueError(f"{money!r:.60} is no ledger", "make one of a collaboration: sv.ledger(c)")
    c = money.collaboration
    records = {**{record.id: record for record in c}, **{event.id: event for event in in_force(c)}}
    begins, moves = _moves(money)
    notes = [note for move in moves if not move.day for note in _notes(begins, move)]
    days = _days((move for move in moves if move.day), records)
    text = "\n".join((_head(money), *_opened(begins, moves, c), *notes, *days))
    encoded(text)  # what cannot be saved is refused here
    return text


def _moves(money: Ledger) -> tuple[date, list[_Move]]:
    """The day of what has stood from the beginning, and every move, in the order in which they are booked."""
    seen = [
        (account, entry)
        for account in ACCOUNTS
        for entry in money.explain(account)
        if _PLACE[account] <= _PLACE[entry.other]
    ]
    days = [day for _, entry in seen if entry.day and (day := _day(entry, _SOME_DAY, money.on))]
    first = min(days, default=money.on or _SOME_DAY)
    begins = date.fromordinal(max(first.toordinal() - 1, date.min.toordinal()))
    moves = [_Move(account, entry, _day(entry, begins, money.on)) for account, entry in seen]
    return begins, sorted(moves, key=lambda move: (move.day or date.max, natural(move.record), move.journal_accounts))


def _day(entry: LedgerLine, begins: date, on: Day | None) -> date | None:
    """The day on which a move is booked; None where it has certainly happened by none, or its amount is not known."""
    if entry.amount is None or entry.day is None:
        return None if entry.amount is None else begins
    last = entry.day.latest
    return last if last and last < date.max and (on is None or last <= on) else None


def _head(money: Ledger) -> str:
    c = money.collaboration
    title = f"{c.title or c.id or 'A collaboration'}{f', as of {money.on}' if money.on else ''}"
    told = "".join(f"; {note}\n" for note in money.balances().notes())
    return f'{_HEAD}{told}\noption "title" {_quoted(title)}\n{_OPTIONS}'


def _opened(begins: date, moves: Iterable[_Move], c: Collaboration) -> Iterator[str]:
    """The currencies, and an account for each account that anything has moved in or out of."""
    ledger_accounts = (
        zip(move.journal_accounts, move.ledger_accounts, repeat(move.entry.allocation)) for move in moves
    )
    places = {name: (account, allocation) for name, account, allocation in chain.from_iterable(ledger_accounts)}
    for currency in sorted({amount.currency for move in moves for _, amount in move.legs}):
        yield f"{begins} commodity {currency}\n"
    for name, (account, allocation) in sorted(places.items()):
        yield _directive(f"{begins} open {name}", {"sv": ACCOUNTS[account].sv, **_whose(c[allocation])})


def _notes(begins: date, move: _Move) -> Iterator[str]:
    """What cannot be booked, told where it would have been."""
    day = move.entry.day
    when = _BEGINNING if day is None else "a day that is not known" if day.is_unknown else f"the day {day}"
    unknown = [(account, "an amount that is not known") for account in move.journal_accounts]
    for account, amount in move.legs or unknown:
        said = _quoted(f"not booked: {move.entry.event}, {amount}, {when}")
        yield _directive(f"{begins} note {account} {said}", {"record": move.record})


def _days(booked: Iterable[_Move], records: Mapping[str, Any]) -> Iterator[str]:
    """The transactions of each day, and the day after what is then in the accounts that they touched."""
    held: dict[tuple[str, str], Money] = {}
    for day, moves in groupby(booked, attrgetter("day")):
        touched = set()
        for move in moves:
            yield _transaction(day, move, records)
            for account, amount in move.legs:
                place = account, amount.currency
                touched.add(place)
                held[place] = held.get(place, Money(0, amount.currency)) + amount
        after = date.fromordinal(day.toordinal() + 1)
        yield "".join(f"{after} balance {place[0]}  {held[place].amount} ~ 0 {place[1]}\n" for place in sorted(touched))


def _transaction(day: date, move: _Move, records: Mapping[str, Any]) -> str:
    entry, allocation = move.entry, records[move.entry.allocation]
    rough = entry.day is not None and not entry.day.exact
    told = {"record": move.record, "day": _BEGINNING if entry.day is None else str(entry.day) if rough else ""}
    told |= _whose(allocation) | _rests_on(records[move.record])
    recipient = getattr(records[allocation.recipient.id], "title", "") or allocation.recipient.id
    legs = "".join(f"  {account}  {amount.amount} {amount.currency}\n" for account, amount in move.legs)
    first = f"{day} {'!' if rough else '*'} {_quoted(recipient)} {_quoted(entry.event)}"
    return _directive(first, told) + legs


def _directive(first: str, told: Mapping[str, str]) -> str:
    """A directive with what is told of it, a line each; what is empty is left out."""
    return "\n".join([first, *(f"  {key}: {_quoted(value)}" for key, value in told.items() if value), ""])


def _whose(allocation: Allocation) -> dict[str, str]:
    return {"allocation": allocation.id, "grant": allocation.grant, "recipient": str(allocation.recipient)}


def _rests_on(record: object) -> dict[str, str]:
    told = {name: value for name in _TOLD if (value := getattr(record, name, None))}
    return {
        name: ", ".join(map(str, value)) if isinstance(value, tuple) else str(value) for name, value in told.items()
    }


def _account(account: str, allocation: str) -> str:
    """The account of an account of an allocation; no two ids have the same."""
    reading = "Cash" if account in _CASH else "Claims"
    return f"{reading}:{_component(account.replace(' ', '-'))}:{_component(allocation)}"


def _component(name: str) -> str:
    return (name[0].upper() + name[1:]).translate(_SPELT)


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPED)}"'
