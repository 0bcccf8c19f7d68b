"""The payer's accounts and the recipient's of one grant, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from attrs import frozen

from samverkan.accounts.entries import in_force
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, FundingEvent, Grant, MoneyMove
from samverkan.parties.containment import inside
from samverkan.values.missing import Maybe
from samverkan.values.money import Money
from samverkan.values.table import Table
from samverkan.values.text import Wording
from samverkan.values.when import When

__all__ = ["Match", "reconcile"]

_TITLE = Wording("{grant} in two accounts", "{grant} i två redovisningar")
_OTHER_NAME = Wording(
    "whether {number} of them are recorded by the other under another name",
    "om {number} av dem finns hos den andra under ett annat namn",
)

_Row = tuple[FundingEvent | None, FundingEvent | None]


@frozen(kw_only=True)
class Match:
    """One event as each of two accounts records it (avstämning)."""

    recipient: str
    """Whose money (mottagare)."""
    event: MoneyMove
    """What happened (händelse)."""
    reference: str
    """Under which reference (referens)."""
    day: When | None
    """When, by the first accounts; else by the second (dag)."""
    first: Maybe[Money]
    """How much, by the first accounts; None if they do not record it (den enas belopp)."""
    second: Maybe[Money]
    """How much, by the second accounts; None if they do not record it (den andras belopp)."""
    difference: Money | None
    """By how much the second is more; None if one of them is unknown (skillnad)."""
    because: tuple[str, ...]
    """The ids of the records: those of the first accounts, then those of the second."""


def reconcile(first: Collaboration, second: Collaboration, grant: str) -> Table[Match]:
    """Each event of a grant in two accounts, such as the payer's and a recipient's, side by side (avstämning).

    Two events of one kind and recipient are the same if they have the same reference; if one of them has none, if they
    have the same day and amount, or one of the two. Events with different references stand alone, as does what only one
    of the accounts records. Allocations and requisitions are not compared. Both accounts use the same ids for the grant
    and the recipients. Raises `NotFoundError` if one of them does not have the grant.

    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> base = [ale, Grant(id="ph", title="Ph"), Allocation(grant="ph", recipient="ale", amount=Money(100))]
    >>> paid = FundingEvent(id="ut", kind="paid", allocation="ph>ale", amount=Money(100), reference="4711")
    >>> got = FundingEvent(id="in", kind="paid", allocation="ph>ale", amount=Money(90), reference="4711")
    >>> [row] = reconcile(Collaboration([*base, paid]), Collaboration([*base, got]), "ph")
    >>> str(row.first), str(row.second), str(row.difference)
    ('100 kr', '90 kr', '-10 kr')
    """
    one, other = (_events(check_collaboration(c), grant) for c in (first, second))
    rows = [
        _match(kind, recipient, pair)
        for recipient, kind in sorted({*one, *other})
        for pair in _paired(one.get((recipient, kind), []), other.get((recipient, kind), []))
    ]
    alone = sum(None in (row.first, row.second) for row in rows)
    unknown = (_OTHER_NAME(number=alone),) if alone else ()
    return Table(Match, tuple(rows), _TITLE(grant=grant), unknown)


def _events(c: Collaboration, grant: str) -> dict[tuple[str, MoneyMove], list[FundingEvent]]:
    c[Grant, grant]
    lines = {*inside(c, grant)}
    events: dict[tuple[str, MoneyMove], list[FundingEvent]] = defaultdict(list)
    for event in in_force(c):
        allocation = c.get(str(event.allocation))
        if isinstance(allocation, Allocation) and allocation.grant in lines:
            events[allocation.recipient.id, event.kind].append(event)
    return events


_ALIKE: tuple[Callable[[FundingEvent], Any], ...] = (
    lambda event: event.reference or None,
    lambda event: (event.day, event.amount) if event.day and isinstance(event.amount, Money) else None,
    lambda event: event.amount if isinstance(event.amount, Money) else None,
    lambda event: event.day,
)
"""By what two events are the same, the most certain first; None is like nothing."""


def _paired(first: list[FundingEvent], second: list[FundingEvent]) -> list[_Row]:
    """The events of two accounts in pairs, each used once; the rest are alone."""
    left, right, pairs = list(first), list(second), []
    for alike in _ALIKE:
        waiting: dict[Any, list[FundingEvent]] = defaultdict(list)
        for event in right:
            waiting[alike(event)].append(event)
        for event in list(left):
            fits = [one for one in waiting[alike(event)] if _may_be(event, one)] if alike(event) is not None else []
            if fits:
                other = fits[0]
                waiting[alike(event)].remove(other)
                pairs.append((event, other))
                left.remove(event)
                right.remove(other)
    return [*pairs, *((event, None) for event in left), *((None, event) for event in right)]


def _may_be(event: FundingEvent, other: FundingEvent) -> bool:
    """Whether two events can be the same: not if they have different references."""
    return not (event.reference and other.reference) or event.reference == other.reference


def _match(kind: MoneyMove, recipient: str, pair: _Row) -> Match:
    events = [event for event in pair if event]
    one, other = (event.amount if event else None for event in pair)
    known = isinstance(one, Money) and isinstance(other, Money) and one.currency == other.currency
    return Match(
        recipient=recipient,
        event=kind,
        reference=next((event.reference for event in events if event.reference), ""),
        day=next((event.day for event in events if event.day), None),
        first=one,
        second=other,
        difference=other - one if known and isinstance(one, Money) and isinstance(other, Money) else None,
        because=tuple(event.id for event in events),
    )
