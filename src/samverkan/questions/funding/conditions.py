"""Is the condition for keeping the money met (question 6)."""

from __future__ import annotations

from attrs import frozen

from samverkan.model.agreement import Consequence, Obligation
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation
from samverkan.parties.answer import beyond, notes
from samverkan.parties.containment import inside
from samverkan.parties.membership import Parties
from samverkan.parties.responses import RequiredResponse, Response, is_fulfilled, required_responses, responses
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange
from samverkan.values.table import Table
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, when

__all__ = ["Condition", "conditions"]


@frozen(kw_only=True)
class Condition:
    """What one party must do for money to be kept, and whether it has (villkor)."""

    obligation: str
    """Which condition (villkor)."""
    principal: str
    """Who must meet it; empty where that is not told (huvudman)."""
    by: When | None
    """By when (senast)."""
    delivered: tuple[str, ...]
    """The parts that have come in (inlämnade delar)."""
    missing: tuple[str, ...]
    """The parts that have not, or of which that cannot be told (saknade delar)."""
    is_met: Truth
    """Whether all of it was done by the day asked about (uppfyllt)."""
    in_time: Truth
    """Whether it was done by its last day (i tid)."""
    secures: tuple[str, ...]
    """The grants whose money hangs on it (villkorar)."""
    amount: AmountRange
    """How much the principal was allotted of those; at least so much where an amount is not known (belopp)."""
    if_missed: Consequence | None
    """What happens where it is not met (vid utebliven redovisning)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def conditions(collaboration: Collaboration, thing: str, *, on: WhenLike) -> Table[Condition]:
    """Whether the conditions for keeping the money of a grant are met on a day, one by one (är villkoret uppfyllt).

    *thing* is a grant, or an agreement with its grants: the conditions are the obligations that say that they secure
    it or a line of it. A condition with parts is met when every part has come in.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.agreement import Submission
    >>> from samverkan.model.funding import Grant
    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> ph = Grant(id="ph", title="Ph", receivers="ale")
    >>> report = Obligation(id="r", title="Rapport", by="ale", secures="ph", parts=["analys", "plan"])
    >>> sent = Submission(obligation="r", by="ale", arrived="2016-10-28", parts="analys")
    >>> [
    ...     (str(row.is_met), row.missing)
    ...     for row in conditions(Collaboration([ale, ph, report, sent]), "ph", on="2016-11-01")
    ... ]
    [('no', ('plan',))]
    """
    check_collaboration(collaboration)
    moment, parties = when(on), Parties(collaboration)
    grants = {*inside(collaboration, thing)}
    found = responses(parties)
    rows = tuple(
        _row(parties, duty, one, found.get(duty.id, ()), moment, grants)
        for duty in collaboration[Obligation]
        if not grants.isdisjoint(duty.secures)
        for one in required_responses(parties, duty)
    )
    because = dict.fromkeys(id for row in rows for id in row.because)
    silent = () if rows else (f"on what condition {thing} may be kept: nothing is recorded",)
    return Table(
        Condition,
        rows,
        f"On what condition {thing} is kept, as of {moment}",
        (*silent, *beyond(collaboration, moment)),
        notes(collaboration, because),
    )


def _row(
    parties: Parties, duty: Obligation, one: RequiredResponse, found: tuple[Response, ...], on: When, grants: set[str]
) -> Condition:
    parts = {part: is_fulfilled(duty, one, found, on, parts=(part,)) for part in duty.parts or ("",)}
    last = duty.timing.deadline
    told = tuple(answer.record for answer in found if one.answered_by(answer) is not Truth.NO)
    secures = tuple(id for id in duty.secures if id in grants)
    mine = _allotted(parties, one, secures)
    return Condition(
        obligation=duty.id,
        principal=one.who,
        by=last,
        delivered=tuple(part for part, truth in parts.items() if part and truth is Truth.YES),
        missing=tuple(part for part, truth in parts.items() if part and truth is not Truth.YES),
        is_met=Truth.all(parts.values()),
        in_time=_in_time(duty, one, found, last),
        secures=secures,
        amount=_sum(mine),
        if_missed=duty.if_missed,
        because=(duty.id, *told, *(allocation.id for allocation in mine)),
    )


def _in_time(duty: Obligation, one: RequiredResponse, found: tuple[Response, ...], last: When | None) -> Truth:
    """Whether all was done by the last day; where it turns on whether sending was enough, that is not told."""
    if last is None:
        return Truth.CANNOT_TELL
    certain, best = (is_fulfilled(duty, one, found, last, at_best=at_best) for at_best in (False, True))
    return certain if certain is Truth.YES or best is Truth.NO else Truth.CANNOT_TELL


def _allotted(parties: Parties, one: RequiredResponse, grants: tuple[str, ...]) -> list[Allocation]:
    """What those who owe it were allotted of some grants."""
    c = parties.collaboration
    lines = {id for grant in grants for id in inside(c, grant)}
    found = [one for one in c[Allocation] if one.grant in lines and not one.out_of]
    return [allocation for allocation in found if not one.ids.isdisjoint(parties.inside(allocation.recipient.id))]


def _sum(allocations: list[Allocation]) -> AmountRange:
    every = [one.amount for one in allocations if isinstance(one.amount, Money)]
    currency = min((amount.currency for amount in every), key=lambda code: (code != "SEK", code), default="SEK")
    known = [amount for amount in every if amount.currency == currency]
    low = Money.total(known, currency)
    whole = bool(allocations) and len(known) == len(allocations)
    return AmountRange(low, low if whole else None)
