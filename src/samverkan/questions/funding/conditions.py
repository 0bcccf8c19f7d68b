"""Is the condition for keeping the money fulfilled (question 6)."""

from __future__ import annotations

from attrs import frozen

from samverkan.model.agreement import Consequence, Obligation
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation
from samverkan.parties.answer import answer
from samverkan.parties.containment import inside
from samverkan.parties.membership import Parties, parties_of
from samverkan.parties.responses import RequiredResponse, Response, is_fulfilled, required_responses, responses
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange
from samverkan.values.table import Table
from samverkan.values.text import Wording
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, when

__all__ = ["Condition", "conditions"]


_TITLE = Wording("On what condition {grant} is kept, as of {day}", "På vilka villkor {grant} får behållas, per {day}")
_NOTHING_RECORDED = Wording(
    "on what condition {grant} may be kept: nothing is recorded",
    "på vilka villkor {grant} får behållas: inget är registrerat",
)


@frozen(kw_only=True)
class Condition:
    """What one party must do for money to be kept, and whether it has (villkor)."""

    obligation: str
    """Which condition (villkor)."""
    principal: str
    """Who must fulfil it; empty if that is not recorded (huvudman)."""
    by: When | None
    """By when (senast)."""
    delivered: tuple[str, ...]
    """The parts that have come in (inlämnade delar)."""
    missing: tuple[str, ...]
    """The parts that have not, or may not have, come in (saknade delar)."""
    is_fulfilled: Truth
    """Whether all of it was done by the day asked about (uppfyllt)."""
    in_time: Truth
    """Whether it was done by its deadline (i tid)."""
    secures: tuple[str, ...]
    """The grants whose money depends on it (villkorar)."""
    amount: AmountRange
    """How much of those was allocated to the principal; at least so much if an amount is unknown (belopp)."""
    if_missed: Consequence | None
    """What happens if it is not fulfilled (vid utebliven redovisning)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def conditions(collaboration: Collaboration, thing: str, *, on: WhenLike) -> Table[Condition]:
    """Whether each condition for keeping the money of a grant is fulfilled on a day (är villkoret uppfyllt).

    *thing* is a grant, or an agreement with its grants: the conditions are the obligations that secure it or a line of
    it. A condition with parts is fulfilled when all parts have come in.
    Raises `NotFoundError` if there is no such id.

    >>> from samverkan.model.agreement import Submission
    >>> from samverkan.model.funding import Grant
    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> ph = Grant(id="ph", title="Ph", receivers="ale")
    >>> report = Obligation(id="r", title="Rapport", by="ale", secures="ph", parts=["analys", "plan"])
    >>> sent = Submission(obligation="r", by="ale", arrived="2016-10-28", parts="analys")
    >>> [
    ...     (str(row.is_fulfilled), row.missing)
    ...     for row in conditions(Collaboration([ale, ph, report, sent]), "ph", on="2016-11-01")
    ... ]
    [('no', ('plan',))]
    """
    check_collaboration(collaboration)
    moment, parties = when(on), parties_of(collaboration)
    grants = {*inside(collaboration, thing)}
    given = responses(collaboration)
    rows = tuple(
        _row(parties, duty, required, given.get(duty.id, ()), moment, grants)
        for duty in collaboration[Obligation]
        if not grants.isdisjoint(duty.secures)
        for required in required_responses(parties, duty)
    )
    unknown = () if rows else (_NOTHING_RECORDED(grant=thing),)
    return answer(collaboration, Condition, rows, _TITLE(grant=thing, day=moment), on=moment, unknown=unknown)


def _row(
    parties: Parties,
    duty: Obligation,
    required: RequiredResponse,
    given: tuple[Response, ...],
    on: When,
    grants: set[str],
) -> Condition:
    parts = {part: is_fulfilled(duty, required, given, on, parts=(part,)) for part in duty.parts or ("",)}
    last = duty.timing.deadline
    records = tuple(response.record for response in given if required.answered_by(response) is not Truth.NO)
    secures = tuple(id for id in duty.secures if id in grants)
    allocations = _allocations(parties, required, secures)
    return Condition(
        obligation=duty.id,
        principal=required.who,
        by=last,
        delivered=tuple(part for part, truth in parts.items() if part and truth is Truth.YES),
        missing=tuple(part for part, truth in parts.items() if part and truth is not Truth.YES),
        is_fulfilled=Truth.all(parts.values()),
        in_time=_in_time(duty, required, given, last),
        secures=secures,
        amount=_sum(allocations),
        if_missed=duty.if_missed,
        because=(duty.id, *records, *(allocation.id for allocation in allocations)),
    )


def _in_time(duty: Obligation, required: RequiredResponse, given: tuple[Response, ...], deadline: When | None) -> Truth:
    """Whether everything was done by the deadline; undecided if that depends on whether sending was enough."""
    if deadline is None:
        return Truth.CANNOT_TELL
    certain, best = (is_fulfilled(duty, required, given, deadline, at_best=at_best) for at_best in (False, True))
    return certain if certain is Truth.YES or best is Truth.NO else Truth.CANNOT_TELL


def _allocations(parties: Parties, required: RequiredResponse, grants: tuple[str, ...]) -> list[Allocation]:
    """The allocations of some grants to those who owe a response."""
    c = parties.collaboration
    lines = {id for grant in grants for id in inside(c, grant)}
    return [
        allocation
        for allocation in c[Allocation]
        if allocation.grant in lines
        and not allocation.out_of
        and not required.ids.isdisjoint(parties.inside(allocation.recipient.id))
    ]


def _sum(allocations: list[Allocation]) -> AmountRange:
    amounts = [allocation.amount for allocation in allocations if isinstance(allocation.amount, Money)]
    currency = min((amount.currency for amount in amounts), key=lambda code: (code != "SEK", code), default="SEK")
    known = [amount for amount in amounts if amount.currency == currency]
    low = Money.total(known, currency)
    is_complete = bool(allocations) and len(known) == len(allocations)
    return AmountRange(low, low if is_complete else None)
