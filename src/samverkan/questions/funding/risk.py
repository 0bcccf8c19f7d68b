"""Whom a slip hits, when, and for how many kronor: missed deadlines, and the money that depends on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from attrs import evolve, field, frozen

from samverkan.accounts.grant_tree import lines, window
from samverkan.errors import InvalidValueError
from samverkan.model.agreement import Consequence, Obligation
from samverkan.model.collaboration import natural
from samverkan.model.funding import Allocation, Disposal, Grant, Requisition, cuts_across
from samverkan.model.reference import PropagatesDelay, marked, named, owners_of
from samverkan.model.work import Activity
from samverkan.parties.answer import answer
from samverkan.parties.membership import Parties, parties_of
from samverkan.parties.responses import Response, is_fulfilled, required_responses, responses
from samverkan.questions.funding.grant_shares import GrantShare, shares_of
from samverkan.scheduling.schedule import Schedule
from samverkan.scheduling.scheduled import Scheduled
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange, DayRange, day_range
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording, enumerated
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["AtRisk", "Hazard", "Risks", "at_risk"]

_TITLE = Wording("At risk: {suppositions}", "Hotat: {suppositions}")
_NOTHING_SLIPS = Wording("nothing slips", "inget blir försenat")
_OTHERS_LOSE = Wording(
    "whether {others}, who do not owe {thing}, lose their share of {grant}",
    "om {others}, som inte har skyldigheten {thing}, går miste om sin andel av {grant}",
)
_AT_STAKE_FOR = Wording(
    "how much of {grant} is at stake for {party}", "hur mycket av {grant} som står på spel för {party}"
)
_AT_STAKE_FOR_WHOM = Wording(
    "how much of {grant} is at stake for whom", "hur mycket av {grant} som står på spel för vem"
)
_ESTIMATE = Wording("the shares of {grant} are an estimate", "andelarna av {grant} är en uppskattning")


class Hazard(Term):
    """What a slip endangers (vad som hotas)."""

    DEADLINE = "deadline", "sista dag"
    """Something is not done by its deadline."""
    REQUISITION = "requisition", "rekvisition"
    """Money cannot be requisitioned before its window closes."""
    USE = "use", "förbrukning"
    """Money cannot be used before its time for use is over."""
    REPORT = "report", "redovisning"
    """An activity is not done when the use of its money must be reported."""


@frozen(kw_only=True)
class AtRisk:
    """One thing that a slip makes late or impossible, for one organisation and one grant (risk)."""

    thing: str
    """What misses its deadline: an obligation, a step, a grant that is requisitioned (vad)."""
    title: str
    """What it is called (namn)."""
    hazard: Hazard
    """What is missed (vad som missas)."""
    organisation: str
    """Whom it hits; empty if that is not recorded (vem)."""
    deadline: When
    """Its deadline (sista dag)."""
    was: When | None
    """Its earliest finish before the slip; None if it could not come about (före)."""
    becomes: When | None
    """Its earliest finish after the slip; None if it cannot come about (efter)."""
    days_late: DayRange | None
    """How many days too late; None if it cannot come about (dagar för sent)."""
    was_late: Truth
    """Whether it was too late before the slip (var för sent)."""
    late: Truth
    """Whether it is too late (för sent)."""
    grant: str
    """The grant that depends on it; empty if none is recorded (statsbidrag)."""
    amount: AmountRange | None
    """How much of that grant is at stake for them; None if no grant depends on it (belopp)."""
    consequence: Consequence | Disposal | None
    """What happens to that money; None if it is not recorded (följd)."""
    entire: bool
    """Whether all that they have of the grant is at stake, or a part of it (hela andelen)."""
    path: Phrase
    """From what slips to the money (väg)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(repr=False, eq=False)
class Risks(Table[AtRisk]):
    """What a slip endangers, and how much money in total (risker)."""

    lines: Mapping[str, tuple[str, ...]] = field(factory=dict, kw_only=True)
    """For each grant in a row: itself and those whose line it is, nearest first."""

    @property
    def total(self) -> AmountRange:
        """The money at stake, each krona once: at least what is certain, at most what may be (summa).

        A share of a grant includes the share of its lines, and what they pay for.
        Raises `InvalidValueError` if it is in several currencies.
        """
        certain = [stake.low for stake in self._stakes(row for row in self.items if row.late is Truth.YES)]
        most = [stake.high for stake in self._stakes(self.items)]
        known = [amount for amount in most if amount is not None]
        low = Money.total(amount for amount in certain if amount is not None)
        return AmountRange(low, Money.total(known) if len(known) == len(most) else None)

    def _stakes(self, rows: Iterable[AtRisk]) -> Iterator[AmountRange]:
        amounts = [(row, row.amount) for row in rows if row.amount]
        shares = {(row.grant, row.organisation): amount for row, amount in amounts if row.entire}
        for (grant, who), amount in shares.items():
            if not any((above, who) in shares for above in self.lines.get(grant, ()) if above != grant):
                yield amount
        parts: dict[tuple[str, str], tuple[AmountRange, list[bool]]] = {}
        for row, amount in amounts:
            if not row.entire:
                within = any((above, row.organisation) in shares for above in self.lines.get(row.grant, (row.grant,)))
                parts.setdefault((row.thing, row.grant), (amount, []))[1].append(within)
        for amount, covered in parts.values():
            if not any(covered):
                yield amount
            elif not all(covered):
                yield AmountRange(None, amount.high)


def at_risk(plan: Schedule) -> Risks:
    """Report everything that is now later and may miss its deadline, and whom that costs how much (vem drabbas).

    *plan* is a schedule with a *what if*: `schedule(c).delayed({"beslut": 21})`, or `without`, `not_before`,
    `binding`. Obligations and steps may miss their deadlines; money may be requisitioned or used too late. If a grant
    depends on it, there is a row for each who owes it and has a share of the grant: the recorded share, or else what
    the grant's key gives. An obligation that somebody has fulfilled is no longer at risk for them. Vague days and
    unknown amounts give ranges.
    Raises `InvalidValueError` if *plan* is no schedule.

    >>> from samverkan.model.party import Actor
    >>> from samverkan.model.work import Dependency
    >>> from samverkan.scheduling.schedule import schedule
    >>> from samverkan.values.timing import Timing
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> ph = Grant(id="ph", title="Psykisk hälsa", amount=Money(100))
    >>> step = Activity(id="beslut", title="Beslut", kind="milestone", timing=Timing(planned="2016-10-20"))
    >>> plan = Obligation(id="plan", title="Plan", by="ale", secures="ph", timing=Timing(due="2016-10-31"))
    >>> links = [Dependency(predecessor="beslut", successor="plan"), Allocation(grant="ph", recipient="ale", amount=70)]
    >>> risks = at_risk(schedule(Collaboration([ale, ph, step, plan, *links])).delayed({"beslut": 21}))
    >>> [(row.organisation, str(row.days_late), str(row.amount), str(row.path)) for row in risks], str(risks.total)
    ([('ale', '10', '70 kr', 'beslut → plan → ph')], '70 kr')
    """
    if not isinstance(plan, Schedule):
        raise InvalidValueError(f"{plan!r:.60} is no schedule", "give one with a what if: sv.schedule(c).delayed({…})")
    stakes = [*_Search(plan).stakes()]
    table = answer(
        plan.collaboration,
        AtRisk,
        sorted({stake.row: None for stake in stakes}, key=_order),
        _TITLE(suppositions=Phrase.joined(plan.suppositions, "; ") or _NOTHING_SLIPS()),
        unknown=(*chain.from_iterable(stake.unknown for stake in stakes), *map(Phrase, plan.unknown)),
        assumed=chain.from_iterable(stake.assumed for stake in stakes),
    )
    grants = dict.fromkeys(row.grant for row in table if row.grant)
    above = {grant: tuple(line.id for line in lines(plan.collaboration, grant)) for grant in grants}
    return Risks(table.kind, table.items, table.title, table.unknown, table.assumed, lines=above)


def _order(row: AtRisk) -> tuple[Any, ...]:
    return row.late is not Truth.YES, natural(row.thing), row.grant, natural(row.organisation)


@frozen
class _Stake:
    """A row, with what is unknown and assumed of it."""

    row: AtRisk
    unknown: tuple[Phrase, ...] = ()
    assumed: tuple[Phrase, ...] = ()


@frozen(eq=False, slots=False)
class _Search:
    plan: Schedule

    def stakes(self) -> Iterator[_Stake]:
        """A row for each deadline that may be missed, for each who is hit and each grant that depends on it."""
        before = self.plan.unmoved
        for shift in self.plan.compared_with(before):
            step, was = self.plan[shift.id], before[shift.id].earliest_finish
            for stake in (*self._missed(step), *self._unused(step)):
                late = stake.row.late & ~self._fulfilled(stake.row)
                if late is not Truth.NO:
                    was_late = _is_late(stake.row.deadline, was)
                    yield evolve(stake, row=evolve(stake.row, late=late, was=was, was_late=was_late))

    @cached_property
    def _parties(self) -> Parties:
        return parties_of(self.plan.collaboration)

    @cached_property
    def _answers(self) -> Mapping[str, Sequence[Response]]:
        return responses(self.plan.collaboration)

    def _fulfilled(self, row: AtRisk) -> Truth:
        """Whether the one who is hit has already done what it owes, whatever slips."""
        duty = self.plan.collaboration[row.thing]
        if not isinstance(duty, Obligation):
            return Truth.NO
        who = {row.organisation, *(self._parties.inside(row.organisation) if row.organisation else ())}
        required = required_responses(self._parties, duty)
        theirs = [one for one in required if not who.isdisjoint(one.ids)] or required
        given = self._answers.get(duty.id, ())
        return Truth.all(is_fulfilled(duty, one, given, self.plan.premise.on) for one in theirs)

    def _missed(self, step: Scheduled) -> Iterator[_Stake]:
        """What depends on a step's deadline: what it secures, or the money that it is."""
        record = self.plan.collaboration[step.id]
        if step.deadline is None:
            return
        if isinstance(record, (Grant, Allocation, Requisition)):
            yield from self._requisitioned(step, record)
            return
        row = _row(step, Hazard.DEADLINE, step.deadline, self.plan.delay_path(step.id))
        row = evolve(row, consequence=getattr(record, "if_missed", None))
        owing = [party.id for party in record.by] if isinstance(record, Obligation) else [*owners_of(record)]
        names = marked(record.__class__, PropagatesDelay)
        grants = [id for name in names for id in named(record, name) if self._grant(id)]
        for grant in grants:
            yield from self._shares(row, grant, owing)
        for party in () if grants else owing or ("",):
            yield _Stake(evolve(row, organisation=party))

    def _requisitioned(self, step: Scheduled, money: Grant | Allocation | Requisition) -> Iterator[_Stake]:
        """What cannot be requisitioned any more."""
        c = self.plan.collaboration
        allocation: Any = c[money.allocation] if isinstance(money, Requisition) else money
        grant: Any = c[allocation.grant] if isinstance(allocation, Allocation) else allocation
        if step.deadline is None or not isinstance(grant, Grant):
            return
        row = _row(step, Hazard.REQUISITION, step.deadline, self.plan.delay_path(step.id))
        row = evolve(row, consequence=grant.forfeited)
        if isinstance(money, Requisition) and isinstance(money.amount, Money):
            row = evolve(row, amount=AmountRange(money.amount, money.amount), entire=False)
            for party in owners_of(money) or (allocation.recipient.id,):
                yield _Stake(evolve(row, organisation=party, grant=grant.id, path=_path(row.path, grant.id)))
            return
        yield from self._shares(row, grant.id, [allocation.recipient.id] if isinstance(allocation, Allocation) else [])

    def _unused(self, step: Scheduled) -> Iterator[_Stake]:
        """What a step costs that its grants no longer pay for: their time for use is over, or a report is due."""
        record = self.plan.collaboration[step.id]
        for one in record.funded_by if isinstance(record, Activity) else ():
            grant = self._grant(one.grant)
            for hazard in (Hazard.USE, Hazard.REPORT) if grant else ():
                closes = window(self.plan.collaboration, grant.id, hazard.value) if grant else None
                last = closes.closing.deadline if closes else None
                if grant and last:
                    row = _row(step, hazard, last, (*self.plan.delay_path(step.id), grant.id))
                    amount = AmountRange(one.amount, one.amount) if isinstance(one.amount, Money) else _UNKNOWN
                    for party in owners_of(record) or ("",):
                        yield _Stake(evolve(row, organisation=party, grant=grant.id, amount=amount, entire=False))

    def _grant(self, id: object) -> Grant | None:
        record = self.plan.collaboration.get(id) if isinstance(id, str) else None
        return record if isinstance(record, Grant) else None

    def _shares(self, row: AtRisk, grant: str, owing: Iterable[str]) -> Iterator[_Stake]:
        """A row for each who owes and has a share; for those who owe, if no share of theirs is recorded."""
        c, owing = self.plan.collaboration, tuple(owing)
        table = shares_of(c, grant)
        parts = [line.id for line in c[Grant] if line.part_of == grant and not cuts_across(line)]
        if parts and not len(table):
            for line in parts:
                yield from self._shares(row, line, owing)
            return
        members = {id for party in owing for id in (party, *c.members(party))}
        shares = [share for share in table if not owing or share.recipient in members]
        others = sorted({share.recipient for share in table if owing}.difference(members), key=natural)
        unknown = (_OTHERS_LOSE(others=enumerated(others, _FEW), thing=row.thing, grant=grant),) if others else ()
        row = evolve(row, grant=grant, path=_path(row.path, grant), because=(*row.because, grant))
        for share in shares:
            amount = share.computed if share.amount is None else share.amount
            stake = evolve(
                row,
                organisation=share.recipient,
                amount=_UNKNOWN if amount is None else AmountRange(amount, amount),
                because=(*row.because, *share.because),
            )
            assumed = (*table.assumed, _ESTIMATE(grant=grant)) if share.estimate else ()
            yield _Stake(stake, (*unknown, *table.unknown), assumed)
        have = {share.recipient for share in shares}
        each = dict.fromkeys(id for party in owing if party not in have for id in c.members(party) or (party,))
        lacking = [id for id in each if id not in have and self._may_receive(grant, id, table)]
        for party in lacking if shares else owing or ("",):
            reason = _AT_STAKE_FOR(grant=grant, party=party) if shares else _AT_STAKE_FOR_WHOM(grant=grant)
            yield _Stake(evolve(row, organisation=party, amount=_UNKNOWN), (*unknown, reason))

    def _may_receive(self, id: str, who: str, shares: Table[GrantShare]) -> bool:
        """Whether somebody may have a share that is not recorded: not if others have all of the grant."""
        grant = self.plan.collaboration[Grant, id]
        amounts = [share.amount for share in shares if share.amount is not None]
        one_currency = isinstance(grant.amount, Money) and {one.currency for one in amounts} == {grant.amount.currency}
        if one_currency and grant.amount == Money.total(amounts):
            return False
        return not grant.receivers or any(who in self._parties.inside(party.id) for party in grant.receivers)


_UNKNOWN = AmountRange(None, None)
_FEW = 3


def _is_late(deadline: When, done: When | None) -> Truth:
    never = Truth.YES if deadline.latest else Truth.CANNOT_TELL
    return deadline.before(done) if done else never


def _path(*parts: str) -> Phrase:
    return Phrase.joined(parts, " → ")


def _row(step: Scheduled, hazard: Hazard, deadline: When, path: tuple[str, ...]) -> AtRisk:
    """What is missed, before it is known whom it hits and which money depends on it."""
    done = step.earliest_finish
    return AtRisk(
        thing=step.id,
        title=step.title,
        hazard=hazard,
        organisation="",
        deadline=deadline,
        was=None,
        becomes=done,
        days_late=day_range(deadline, done) if done else None,
        was_late=Truth.NO,
        late=_is_late(deadline, done),
        grant="",
        amount=None,
        consequence=None,
        entire=True,
        path=_path(*path),
        because=step.because,
    )
