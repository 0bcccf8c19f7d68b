"""In which state of its regime every allocation stands, and what happened to it that its state did not allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from functools import cache
from itertools import groupby, product
from typing import NamedTuple

from attrs import define, field, frozen

from samverkan.accounts.entries import NEVER, AccountEvent
from samverkan.accounts.grant_tree import window
from samverkan.accounts.postings import AllocationAccounts, Books
from samverkan.accounts.regime import WINDOWS, Regime, Transition
from samverkan.model.funding import ACTS, Allocation, MoneyMove, Window
from samverkan.values.day import Day, day
from samverkan.values.missing import NONE
from samverkan.values.money import EXACT, Money
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


@frozen(kw_only=True)
class AllocationState:
    """Where one allocation stands (läge)."""

    allocation: str
    """Which (fördelning)."""
    grant: str
    """Of which grant (statsbidrag)."""
    recipient: str
    """Whose (mottagare)."""
    regime: str
    """By which rules its money moves (regim)."""
    state: str
    """The state, or those that it may be in; empty where its rules are not told (läge)."""
    since: Day | None
    """From which day, where that is one (sedan)."""
    allowed: tuple[str, ...]
    """What may happen next (tillåtna händelser)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


class ForbiddenEvent(NamedTuple):
    """Something that happened although the state of the allocation did not allow it."""

    allocation: str
    """To which allocation."""
    record: str
    """The record that tells of it."""
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

    def post(self, deed: AccountEvent) -> None:
        """Move an amount between accounts."""
        for from_, to in self.regime.moves.get(deed.event, ()) if deed.amount is not NONE else ():
            if isinstance(deed.amount, Money):
                self.balances[from_] -= deed.amount.amount
                self.balances[to] += deed.amount.amount
            else:
                self.unknown |= {from_, to}

    def step(self, by: str, number: int, *, at_end: bool) -> bool:
        """Go on to the next state; False where nothing of the kind leads on from here."""
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
        """Come to the end of a window; what happened in it is told only where all is known beyond it."""
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
    """Where every allocation stands at the end of a day, or as far as is known, and what it was not allowed to."""
    ends = cache(lambda grant, *, late: dict(_ends(books, grant, on, late=late)))
    for account in accounts:
        allocation = account.allocation
        told = bool(allocation.out_of) or books.rules(allocation.grant)[0] is not None
        early, late = (ends(allocation.grant, late=late) for late in (False, True))
        walks = [
            _walk(books, account, days, closed, on)
            for closed in ([early] if early == late else [early, late])
            for days in _days(account.deeds)
        ]
        for walk in walks if _are_many(account.deeds) else ():
            walk.doubtful = True
        yield _stage(allocation, account.regime, walks, told=told), _same(walks) if told else ()


def _vague(deeds: Iterable[AccountEvent]) -> list[AccountEvent]:
    return [deed for deed in deeds if deed.first != deed.last]


def _are_many(deeds: Iterable[AccountEvent]) -> bool:
    """Whether more of what happened is known only roughly than all the ways in which it can have gone are walked."""
    return len(_vague(deeds)) > _MOST


def _days(deeds: Sequence[AccountEvent]) -> Iterable[tuple[int, ...]]:
    """The days on which everything can have happened: each vague one as early or as late as it can."""
    if _are_many(deeds):
        return (tuple(deed.first for deed in deeds), tuple(deed.last for deed in deeds))
    return product(*(dict.fromkeys((deed.first, deed.last)) for deed in deeds))


_MOST = 6


def _walk(
    books: Books, account: AllocationAccounts, days: Sequence[int], ends: Mapping[int, tuple[str, ...]], on: Day | None
) -> _Walk:
    """Walk through what happened, each on one of the days on which it can have happened."""
    walk = _Walk(account.regime, account.regime.begins)
    last = on.toordinal() if on else NEVER
    chosen = zip(days, account.deeds, strict=True)
    happened = [(number, deed) for number, deed in chosen if deed.event in _RANK and number <= last]
    happened.sort(key=lambda pair: (pair[0], _RANK[pair[1].event], pair[1].record))
    by_day = {number: [deed for _, deed in found] for number, found in groupby(happened, lambda pair: pair[0])}
    with localcontext(EXACT):
        for number in sorted({*by_day, *ends}):
            _pass(walk, account, number, by_day.get(number, []))
            for window in ends.get(number, ()):
                walk.end(window, number, books.collaboration.known)
    return walk


def _pass(walk: _Walk, account: AllocationAccounts, number: int, today: list[AccountEvent]) -> None:
    """Let a day pass: all that it brings is moved before the states are asked."""
    for deed in today:
        walk.post(deed)
    for deed in today:
        state = walk.regime.states[walk.state]
        if not walk.step(deed.event, number, at_end=False):
            walk.forbidden.append(
                ForbiddenEvent(account.allocation.id, deed.record, deed.event, state.name, state.allowed)
            )


def _ends(books: Books, grant: str, on: Day | None, *, late: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The days on which windows of a grant end, up to a day; or before the one to which all is known."""
    until = on or books.collaboration.known
    found: dict[int, tuple[str, ...]] = {}
    for name in WINDOWS:
        told = window(books.collaboration, grant, name)
        closes = _last(name, told) if told else None
        last = (closes.latest if late else closes.earliest) if closes else None
        if last and until and (last <= until if on else last < until):
            found[last.toordinal()] = (*found.get(last.toordinal(), ()), name)
    yield from found.items()


def _last(name: str, told: Window) -> When | None:
    """The last day of a window; a statute moves the last day of an act, and not that of a time for use."""
    return told.closing.deadline if name in ACTS else told.closes


def _same(walks: list[_Walk]) -> tuple[ForbiddenEvent, ...]:
    """What was not allowed whichever days are meant."""
    always = set.intersection(*({forbidden.record for forbidden in walk.forbidden} for walk in walks))
    return tuple(forbidden for forbidden in walks[0].forbidden if forbidden.record in always)


def _stage(allocation: Allocation, regime: Regime, walks: list[_Walk], *, told: bool) -> AllocationState:
    states = tuple(dict.fromkeys(walk.state for walk in walks))
    doubtful = any(walk.doubtful for walk in walks)
    since = walks[0].since if len({walk.since for walk in walks}) == 1 else 0
    state = " or ".join(states) + (", or what follows, not known" if doubtful else "")
    sure = told and len(states) == 1 and not doubtful
    return AllocationState(
        allocation=allocation.id,
        grant=allocation.grant,
        recipient=allocation.recipient.id,
        regime=regime.name if told else "",
        state=state if told else "",
        since=day(date.fromordinal(since)) if since and sure else None,
        allowed=regime.states[states[0]].allowed if sure else (),
        because=(allocation.id, allocation.grant),
    )
