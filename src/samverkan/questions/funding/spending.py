"""Where money went, as far as it is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from samverkan.accounts.entries import corrected, in_force
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, FundingEvent, MoneyMove
from samverkan.model.reference import owners_of
from samverkan.model.source import is_complete, is_open, kind_name
from samverkan.parties.answer import answer
from samverkan.parties.containment import inside
from samverkan.parties.membership import PARTIES, parties_of
from samverkan.values.missing import UNKNOWN, Maybe
from samverkan.values.money import Money
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.when import When

__all__ = ["Spending", "spending"]

_TITLE = Wording("What money was used for in {thing}", "Vad pengar användes till i {thing}")
_LEFT_AFTER = Wording("what is left of it after {events}", "vad som är kvar av det efter {events}")
_SHARED = Wording(
    "what of {events}, used by {parties}, is {party}'s", "vad av {events}, förbrukat av {parties}, som är {party}s"
)
_AT_LEAST = Wording("the total: at least these {number}", "summan: minst dessa {number}")
_AT_LEAST_KNOWN = Wording(
    "the total: at least these {number}, of which {without} without a known amount",
    "summan: minst dessa {number}, varav {without} utan känt belopp",
)
_NOTHING = Wording(
    "what money was used for in {thing}: nothing is recorded",
    "vad pengar användes till i {thing}: inget är registrerat",
)
_WHAT_ELSE = Wording(
    "what else: the source states that the list is not complete", "vad mer: källan anger att listan inte är fullständig"
)
_WHAT_ELSE_IN = Wording(
    "what else in {things}: the source states that the list is not complete",
    "vad mer i {things}: källan anger att listan inte är fullständig",
)
_WHICH_GRANTS = Wording("out of which grants", "ur vilka bidrag")


@frozen(kw_only=True)
class Spending:
    """Money used for one thing (förbrukning)."""

    what_for: str
    """What it was used for (ändamål)."""
    title: str
    """What that is called (namn)."""
    amount: Maybe[Money]
    """How much (belopp)."""
    grant: Maybe[str]
    """Out of which grant (statsbidrag)."""
    by: tuple[str, ...]
    """By whom (av)."""
    day: When | None
    """When (dag)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def spending(collaboration: Collaboration, thing: str) -> Table[Spending]:
    """What money was used for inside a thing, or by a party, as far as it is recorded (vart gick pengarna).

    An amount that the source does not give stays unknown, and no total is made of it: `unknown` gives *at least*.
    A correction takes the place of what it corrects; what it leaves out is taken from there. What a group used is not
    shared out among its members, and what was paid back is not taken off; `unknown` names both.
    Raises `NotFoundError` if there is no such id.

    >>> from samverkan.model.work import Plan
    >>> used = FundingEvent(id="e", kind="used", amount=UNKNOWN, what_for="p")
    >>> print(spending(Collaboration([Plan(id="p", title="Plan"), used]), "p").unknown[0])
    the total: at least these 1, of which 1 without a known amount
    """
    check_collaboration(collaboration)
    things = inside(collaboration, thing)
    events = list(in_force(collaboration))
    within = frozenset(things)
    touching = [event for event in events if _touches(collaboration, event, within)]
    rows = tuple(_row(collaboration, event) for event in touching if event.kind is MoneyMove.USED)
    back = [event.id for event in touching if event.kind in (MoneyMove.REPAID, MoneyMove.RECLAIMED)]
    ids = {event.id for event in touching}
    others = [event for event in events if event.kind is MoneyMove.USED and event.id not in ids]
    unknown = (
        *_open(collaboration, things, rows, _shared(collaboration, things, others)),
        *([_LEFT_AFTER(events=(*back,))] if back else []),
    )
    return answer(collaboration, Spending, rows, _TITLE(thing=thing), unknown=unknown)


def _touches(c: Collaboration, event: FundingEvent, things: frozenset[str]) -> bool:
    """Whether an event is for, of or by one of some things; by the recipient if nobody is recorded."""
    allocation = c.get(str(event.allocation))
    recipient = () if event.by or not isinstance(allocation, Allocation) else (allocation.recipient.id,)
    return not things.isdisjoint((event.what_for, event.allocation, *owners_of(event), *recipient))


def _row(c: Collaboration, event: FundingEvent) -> Spending:
    allocation, what = event.allocation, event.what_for or ""
    grant = getattr(c[allocation], "grant", None) if isinstance(allocation, str) else allocation
    earlier = (one.id for one in corrected(c, event))
    return Spending(
        what_for=what,
        title=getattr(c.get(what), "title", ""),
        amount=event.amount,
        grant=grant,
        by=tuple(str(party) for party in event.by),
        day=event.day,
        because=(
            event.id,
            *earlier,
            *([what] if what else []),
            *([allocation] if isinstance(allocation, str) else []),
        ),
    )


def _shared(c: Collaboration, things: Sequence[str], others: Sequence[FundingEvent]) -> Iterator[Phrase]:
    """What a party may have used with others, or through its members, so that its own part is unknown.

    Nothing if no party is asked about.
    """
    if kind_name(c[things[0]]) not in PARTIES:
        return
    parties = parties_of(c)
    asked = {*things, *c.members(things[0])}
    by_parties: dict[tuple[str, ...], list[str]] = {}
    for event in others:
        by = tuple(party.id for party in event.by)
        may_be = any(parties.may_hold(group, things[0]) for group in parties.open_groups(by))
        if may_be or not asked.isdisjoint(member for id in by for member in parties.inside(id)):
            by_parties.setdefault(by, []).append(event.id)
    for by, events in by_parties.items():
        yield _SHARED(events=(*events,), parties=by, party=things[0])


def _open(
    c: Collaboration, things: Sequence[str], rows: Sequence[Spending], shared: Iterator[Phrase]
) -> Iterator[Phrase]:
    without = sum(row.amount in (None, UNKNOWN) for row in rows)
    partial = [id for id in things if is_open(c[id], "spending")]
    others = tuple(shared)
    if without or partial or not is_complete(c[things[0]], "spending"):
        if rows:
            yield _AT_LEAST_KNOWN(number=len(rows), without=without) if without else _AT_LEAST(number=len(rows))
        elif not others:
            yield _NOTHING(thing=things[0])
        if partial:
            yield _WHAT_ELSE() if partial == [things[0]] else _WHAT_ELSE_IN(things=(*gathered(partial),))
        if any(row.grant is UNKNOWN for row in rows):
            yield _WHICH_GRANTS()
    yield from others
