"""The state of each allocation in its regime, and what happened to it that its state did not allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from functools import cache, reduce
from itertools import groupby, product
from typing import NamedTuple

from attrs import define, field, frozen

from samverkan.accounts.entries import NEVER, AccountEvent
from samverkan.accounts.grant_tree import window
from samverkan.accounts.postings import AllocationAccounts, Books
from samverkan.accounts.regime import WINDOWS, Regime, Transition, event_word
from samverkan.model.funding import ACTS, Allocation, MoneyMove, Window
from samverkan.values.day import Day, day
from samverkan.values.missing import NONE
from samverkan.values.money import EXACT, Money
from samverkan.values.text import Phrase, Wording
from samverkan.values.when import When

__all__ = ["AllocationState", "ForbiddenEvent", "states"]

_RANK = {
    event: rank
    for rank, event in enumerate(
        (
            MoneyMove.ALLOCATED,
            MoneyMove.CERTIFIED,
            "requisitioned",
            *(event for event in MoneyMove if event not in (MoneyMove.ALLOCATED, MoneyMove.CERTIFIED)),
            "received",
            "handed back",
            "given back",
        )
    )
}
"""The order of what happens on one day."""

_OR = Wording("{one} or {other}", "{one} eller {other}")
_OR_LATER = Wording("{state}, or what follows, not known", "{state}, eller vad som följer, ej känt")


@frozen(kw_only=True)
class AllocationState:
    """The state of one allocation (läge)."""

    allocation: str
    """Which (fördelning)."""
    grant: str
    """Of which grant (statsbidrag)."""
    recipient: str
    """Whose (mottagare)."""
    regime: Phrase
    """By which rules its money moves (regim)."""
    state: Phrase
    """The state, or those that it may be in; empty if its rules are not recorded (läge)."""
    since: Day | None
    """From which day, if that is a single one (sedan)."""
    allowed: tuple[Phrase, ...]
    """What may happen next (tillåtna händelser)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


class ForbiddenEvent(NamedTuple):
    """Something that happened although the state of the allocation did not allow it."""

    allocation: str
    """To which allocation."""
    record: str
    """The record that states it."""
    event: str
    """What happened."""
    state: str
    """The state that the allocation was in."""
    allowed: tuple[str, ...]
    """What might have happened there."""


@define
class _Walk:
    """One way through a regime."""

    regime: Regime
    state: str
    since: int = 0
    balances: dict[str, Decimal] = field(factory=lambda: defaultdict(Decimal))
    unknown: set[str] = field(factory=set)
    doubtful: bool = False
    forbidden: list[ForbiddenEvent] = field(factory=list)

    def post(self, entry: AccountEvent) -> None:
        """Move an amount between accounts."""
        for from_, to in self.regime.moves.get(entry.event, ()) if entry.amount is not NONE else ():
            if isinstance(entry.amount, Money):
                self.balances[from_] -= entry.amount.amount
                self.balances[to] += entry.amount.amount
            else:
                self.unknown |= {from_, to}

    def step(self, by: str, number: int, *, at_end: bool) -> bool:
        """Go on to the next state; False if nothing of the kind leads on from here."""
        ways = [step for step in self.regime.states[self.state].steps if step.by == by and step.at_end is at_end]
        if not ways or self.doubtful:
            return self.doubtful
        fits = ((step, self._fits(step)) for step in ways)
        chosen = next(((step, fit) for step, fit in fits if fit is not False), None)
        if chosen and chosen[1] is None:
            self.doubtful = True
        elif chosen and chosen[0].to != self.state:
            self.state, self.since = chosen[0].to, number
        return True

    def end(self, window: str, number: int, known: Day | None) -> None:
        """Come to the end of a window; it has passed without more only if the collaboration is known beyond it."""
        if known is not None and number < known.toordinal():
            self.step(window, number, at_end=True)
        elif any(step.at_end and step.by == window for step in self.regime.states[self.state].steps):
            self.doubtful = True

    def _fits(self, step: Transition) -> bool | None:
        if not step.if_left:
            return True
        return None if step.if_left in self.unknown else self.balances[step.if_left] > 0


def states(
    books: Books, accounts: Iterable[AllocationAccounts], on: Day | None
) -> Iterator[tuple[AllocationState, tuple[ForbiddenEvent, ...]]]:
    """The state of each allocation at the end of a day, or as far as is known, and what was not allowed."""
    ends = cache(lambda grant, *, late: dict(_ends(books, grant, on, late=late)))
    for account in accounts:
        allocation = account.allocation
        ruled = bool(allocation.out_of) or books.rules(allocation.grant)[0] is not None
        early, late = (ends(allocation.grant, late=late) for late in (False, True))
        walks = [
            _walk(books, account, days, closed, on)
            for closed in ([early] if early == late else [early, late])
            for days in _days(account.entries)
        ]
        for walk in walks if _are_many(account.entries) else ():
            walk.doubtful = True
        yield _state(allocation, account.regime, walks, ruled=ruled), _same(walks) if ruled else ()


def _vague(entries: Iterable[AccountEvent]) -> list[AccountEvent]:
    return [entry for entry in entries if entry.first != entry.last]


def _are_many(entries: Iterable[AccountEvent]) -> bool:
    """Whether too many entries have vague days for all their combinations to be walked through."""
    return len(_vague(entries)) > _MOST


def _days(entries: Sequence[AccountEvent]) -> Iterable[tuple[int, ...]]:
    """The combinations of days on which it all can have happened: each vague one at its earliest or its latest."""
    if _are_many(entries):
        return (tuple(entry.first for entry in entries), tuple(entry.last for entry in entries))
    return product(*(dict.fromkeys((entry.first, entry.last)) for entry in entries))


_MOST = 6


def _walk(
    books: Books, account: AllocationAccounts, days: Sequence[int], ends: Mapping[int, tuple[str, ...]], on: Day | None
) -> _Walk:
    """Walk through what happened, each on a day on which it can have happened."""
    walk = _Walk(account.regime, account.regime.begins)
    last = on.toordinal() if on else NEVER
    chosen = zip(days, account.entries, strict=True)
    happened = [(number, entry) for number, entry in chosen if entry.event in _RANK and number <= last]
    happened.sort(key=lambda pair: (pair[0], _RANK[pair[1].event], pair[1].record))
    by_day = {number: [entry for _, entry in group] for number, group in groupby(happened, lambda pair: pair[0])}
    with localcontext(EXACT):
        for number in sorted({*by_day, *ends}):
            _pass(walk, account, number, by_day.get(number, []))
            for window in ends.get(number, ()):
                walk.end(window, number, books.collaboration.known)
    return walk


def _pass(walk: _Walk, account: AllocationAccounts, number: int, today: list[AccountEvent]) -> None:
    """Let a day pass: all that it brings is moved before the states are asked."""
    for entry in today:
        walk.post(entry)
    for entry in today:
        state = walk.regime.states[walk.state]
        if not walk.step(entry.event, number, at_end=False):
            walk.forbidden.append(
                ForbiddenEvent(account.allocation.id, entry.record, entry.event, state.name, state.allowed)
            )


def _ends(books: Books, grant: str, on: Day | None, *, late: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The days on which windows of a grant end, up to a day; or before the one to which all is known."""
    until = on or books.collaboration.known
    ends: dict[int, tuple[str, ...]] = {}
    for name in WINDOWS:
        recorded = window(books.collaboration, grant, name)
        closes = _last(name, recorded) if recorded else None
        last = (closes.latest if late else closes.earliest) if closes else None
        if last and until and (last <= until if on else last < until):
            ends[last.toordinal()] = (*ends.get(last.toordinal(), ()), name)
    yield from ends.items()


def _last(name: str, recorded: Window) -> When | None:
    """The last day of a window; a statute moves the deadline of an act, but not the end of a period of use."""
    return recorded.closing.deadline if name in ACTS else recorded.closes


def _same(walks: list[_Walk]) -> tuple[ForbiddenEvent, ...]:
    """What was not allowed on any combination of days."""
    always = set.intersection(*({forbidden.record for forbidden in walk.forbidden} for walk in walks))
    return tuple(forbidden for forbidden in walks[0].forbidden if forbidden.record in always)


def _state(allocation: Allocation, regime: Regime, walks: list[_Walk], *, ruled: bool) -> AllocationState:
    states = tuple(dict.fromkeys(walk.state for walk in walks))
    doubtful = any(walk.doubtful for walk in walks)
    since = walks[0].since if len({walk.since for walk in walks}) == 1 else 0
    state = _either([regime.states[name].phrase for name in states])
    certain = ruled and len(states) == 1 and not doubtful
    return AllocationState(
        allocation=allocation.id,
        grant=allocation.grant,
        recipient=allocation.recipient.id,
        regime=Wording(regime.name, regime.sv or regime.name)() if ruled else Phrase(),
        state=(_OR_LATER(state=state) if doubtful else state) if ruled else Phrase(),
        since=day(date.fromordinal(since)) if since and certain else None,
        allowed=tuple(map(event_word, regime.states[states[0]].allowed)) if certain else (),
        because=(allocation.id, allocation.grant),
    )


def _either(states: Sequence[Phrase]) -> Phrase:
    return reduce(lambda one, other: _OR(one=one, other=other), states)
