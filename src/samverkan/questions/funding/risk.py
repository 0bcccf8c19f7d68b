"""Whom a slip hits, when, and for how many kronor: what is missed, and the money that hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from samverkan.accounts.grant_tree import lines, window
from samverkan.errors import InvalidValueError
from samverkan.model.agreement import Consequence, Obligation
from samverkan.model.collaboration import natural
from samverkan.model.funding import Allocation, Disposal, Grant, Requisition, cuts_across
from samverkan.model.reference import PropagatesDelay, marked, named, owners_of
from samverkan.model.work import Activity
from samverkan.parties.answer import assumptions
from samverkan.parties.membership import Parties, parties_of
from samverkan.parties.responses import Response, is_fulfilled, required_responses, responses
from samverkan.questions.funding.grant_shares import GrantShare, shares_of
from samverkan.scheduling.schedule import Schedule
from samverkan.scheduling.scheduled import Scheduled
from samverkan.values.money import Money
from samverkan.values.names import few
from samverkan.values.ranges import AmountRange, DayRange, day_range
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["AtRisk", "Hazard", "Risks", "at_risk"]


class Hazard(Term):
    """What it is that a slip endangers (vad som hotas)."""

    DEADLINE = "last day", "sista dag"
    """Something is not done by its last day."""
    REQUISITION = "requisition", "rekvisition"
    """Money cannot be asked for before its window closes."""
    USE = "use", "förbrukning"
    """Money cannot be used before its time for use is over."""
    REPORT = "report", "redovisning"
    """What money was used for is not done when its use must be reported."""


@frozen(kw_only=True)
class AtRisk:
    """One thing that a slip makes late or impossible, for one organisation and one grant (risk)."""

    thing: str
    """What misses its last day: an obligation, a step, a grant that is asked for (vad)."""
    title: str
    """What it is called (namn)."""
    hazard: Hazard
    """What is missed (vad som missas)."""
    organisation: str
    """Whom it hits; empty where that is not told (vem)."""
    deadline: When
    """The last day in time (sista dag)."""
    was: When | None
    """When it was done at the earliest, before the slip; None where it could not come about (före)."""
    becomes: When | None
    """When it is done at the earliest; None where it cannot come about (efter)."""
    days_late: DayRange | None
    """How many days too late; None where it cannot come about (dagar för sent)."""
    was_late: Truth
    """Whether it was too late before the slip (var för sent)."""
    late: Truth
    """Whether it is too late (för sent)."""
    grant: str
    """The grant that hangs on it; empty where none is told (statsbidrag)."""
    amount: AmountRange | None
    """How much of that grant is at stake for them; None where no grant hangs on it (belopp)."""
    consequence: Consequence | Disposal | None
    """What happens to that money; None where it is not told (följd)."""
    entire: bool
    """Whether all that they have of the grant is at stake, or a part of it (hela andelen)."""
    path: str
    """From what slips to the money (väg)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(repr=False, eq=False)
class Risks(Table[AtRisk]):
    """What a slip endangers, and how much money in all."""

    lines: Mapping[str, tuple[str, ...]] = field(factory=dict, kw_only=True)
    """For each grant that is named, itself and those whose line it is."""

    @property
    def total(self) -> AmountRange:
        """The money at stake, every krona once: at least what is sure, at most what may be.

        Who loses their share of a grant loses their share of its lines with it, and what it pays for.
        Raises `InvalidValueError` where it is in several currencies.
        """
        sure = [stake.low for stake in self._stakes(row for row in self.items if row.late is Truth.YES)]
        most = [stake.high for stake in self._stakes(self.items)]
        known = [amount for amount in most if amount is not None]
        low = Money.total(amount for amount in sure if amount is not None)
        return AmountRange(low, Money.total(known) if len(known) == len(most) else None)

    def _stakes(self, rows: Iterable[AtRisk]) -> Iterator[AmountRange]:
        told = [(row, row.amount) for row in rows if row.amount]
        shares = {(row.grant, row.organisation): amount for row, amount in told if row.entire}
        for (grant, who), amount in shares.items():
            if not any((above, who) in shares for above in self.lines.get(grant, ()) if above != grant):
                yield amount
        parts: dict[tuple[str, str], tuple[AmountRange, list[bool]]] = {}
        for row, amount in told:
            if not row.entire:
                within = any((above, row.organisation) in shares for above in self.lines.get(row.grant, (row.grant,)))
                parts.setdefault((row.thing, row.grant), (amount, []))[1].append(within)
        for amount, covered in parts.values():
            if not any(covered):
                yield amount
            elif not all(covered):
                yield AmountRange(None, amount.high)


def at_risk(plan: Schedule) -> Risks:
    """Whom it hits that something slips, when, and for how many kronor (vem drabbas, när, för hur mycket).

    *plan* is a schedule with a *what if*: `schedule(c).delayed({"beslut": 21})`, or `without`, `not_before`,
    `binding`. Told is what is later than before and misses its last day, or may do so: obligations and steps, money
    that is asked for, money that is not used in time. Where a grant hangs on it there is a row for everybody who owes
    it and has a share of the grant. A share is what is recorded, or else what the grant's key gives.
    What somebody has already answered is no longer at risk for them. Of vague days and unknown amounts come ranges.
    Raises `InvalidValueError` for what is no schedule.

    >>> from samverkan.model.party import Actor
    >>> from samverkan.model.work import Dependency
    >>> from samverkan.scheduling.schedule import schedule
    >>> from samverkan.values.timing import Timing
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> ph = Grant(id="ph", title="Psykisk hälsa", amount=Money(100))
    >>> step = Activity(id="beslut", title="Beslut", kind="milestone", timing=Timing(planned="2016-10-20"))
    >>> plan = Obligation(id="plan", title="Plan", by="ale", secures="ph", timing=Timing(due="2016-10-31"))
    >>> links = [Dependency(predecessor="beslut", successor="plan"), Allocation(grant="ph", recipient="ale", amount=70)]
    >>> found = at_risk(schedule(Collaboration([ale, ph, step, plan, *links])).delayed({"beslut": 21}))
    >>> [(row.organisation, str(row.days_late), str(row.amount), row.path) for row in found], str(found.total)
    ([('ale', '10', '70 kr', 'beslut → plan → ph')], '70 kr')
    """
    if not isinstance(plan, Schedule):
        raise InvalidValueError(f"{plan!r:.60} is no schedule", "give one with a what if: sv.schedule(c).delayed({…})")
    search = _Search(plan)
    rows = tuple(sorted(dict.fromkeys(search.rows()), key=_order))
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Risks(
        AtRisk,
        rows,
        f"At risk: {'; '.join(plan.suppositions) or 'nothing slips'}",
        (*search.unknown, *plan.unknown),
        (*search.assumed, *assumptions(plan.collaboration, because)),
        lines={row.grant: tuple(one.id for one in lines(plan.collaboration, row.grant)) for row in rows if row.grant},
    )


def _order(row: AtRisk) -> tuple[Any, ...]:
    return row.late is not Truth.YES, natural(row.thing), row.grant, natural(row.organisation)


@frozen(eq=False, slots=False)
class _Search:
    plan: Schedule
    assumed: dict[str, None] = field(factory=dict, init=False)
    unknown: dict[str, None] = field(factory=dict, init=False)

    def rows(self) -> Iterator[AtRisk]:
        """Every last day that is missed or may be, once for each who is hit and each grant that hangs on it."""
        before = self.plan.unmoved
        for moved in self.plan.compared_with(before):
            step, was = self.plan[moved.id], before[moved.id].earliest_finish
            for told in (*self._missed(step), *self._unused(step)):
                row = evolve(told, late=told.late & ~self._kept(told))
                if row.late is not Truth.NO:
                    yield evolve(row, was=was, was_late=_is_late(row.deadline, was))

    @cached_property
    def _parties(self) -> Parties:
        return parties_of(self.plan.collaboration)

    @cached_property
    def _answers(self) -> Mapping[str, Sequence[Response]]:
        return responses(self.plan.collaboration)

    def _kept(self, row: AtRisk) -> Truth:
        """Whether the one who is hit has already done what it owes, whatever slips."""
        duty = self.plan.collaboration[row.thing]
        if not isinstance(duty, Obligation):
            return Truth.NO
        who = {row.organisation, *(self._parties.inside(row.organisation) if row.organisation else ())}
        owed = required_responses(self._parties, duty)
        own = [one for one in owed if not who.isdisjoint(one.ids)] or owed
        return Truth.all(is_fulfilled(duty, one, self._answers.get(duty.id, ()), self.plan.premise.on) for one in own)

    def _missed(self, step: Scheduled) -> Iterator[AtRisk]:
        """What hangs on a step's own last day: what it secures, or the money that it is."""
        record = self.plan.collaboration[step.id]
        if step.deadline is None:
            return
        if isinstance(record, (Grant, Allocation, Requisition)):
            yield from self._asked_for(step, record)
            return
        row = _row(step, Hazard.DEADLINE, step.deadline, self.plan.delay_path(step.id))
        row = evolve(row, consequence=getattr(record, "if_missed", None))
        owing = [party.id for party in record.by] if isinstance(record, Obligation) else [*owners_of(record)]
        grants = [
            id for name in marked(record.__class__, PropagatesDelay) for id in named(record, name) if self._grant(id)
        ]
        for grant in grants:
            yield from self._shares(row, grant, owing)
        for party in () if grants else owing or ("",):
            yield evolve(row, organisation=party)

    def _asked_for(self, step: Scheduled, money: Grant | Allocation | Requisition) -> Iterator[AtRisk]:
        """What cannot be asked for any more."""
        c = self.plan.collaboration
        allocation: Any = c[money.allocation] if isinstance(money, Requisition) else money
        grant: Any = c[allocation.grant] if isinstance(allocation, Allocation) else allocation
        if step.deadline is None or not isinstance(grant, Grant):
            return
        row = _row(step, Hazard.REQUISITION, step.deadline, self.plan.delay_path(step.id))
        row = evolve(row, consequence=grant.forfeited)
        if isinstance(money, Requisition) and isinstance(money.amount, Money):
            amount, path = AmountRange(money.amount, money.amount), f"{row.path} → {grant.id}"
            for party in owners_of(money) or (allocation.recipient.id,):
                yield evolve(row, organisation=party, grant=grant.id, amount=amount, entire=False, path=path)
            return
        yield from self._shares(row, grant.id, [allocation.recipient.id] if isinstance(allocation, Allocation) else [])

    def _unused(self, step: Scheduled) -> Iterator[AtRisk]:
        """What a step costs that its grants no longer pay for: when their time for use is over, or for a report."""
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
                        yield evolve(row, organisation=party, grant=grant.id, amount=amount, entire=False)

    def _grant(self, id: object) -> Grant | None:
        found = self.plan.collaboration.get(id) if isinstance(id, str) else None
        return found if isinstance(found, Grant) else None

    def _shares(self, row: AtRisk, grant: str, owing: Iterable[str]) -> Iterator[AtRisk]:
        """A row for each who owes and has a share; for those who owe, where no share of theirs is told."""
        c, owing = self.plan.collaboration, tuple(owing)
        told = shares_of(c, grant)
        parts = [line.id for line in c[Grant] if line.part_of == grant and not cuts_across(line)]
        if parts and not len(told):
            for line in parts:
                yield from self._shares(row, line, owing)
            return
        members = {id for party in owing for id in (party, *c.members(party))}
        own = [share for share in told if not owing or share.recipient in members]
        if others := sorted(
            (share.recipient for share in told if owing and share.recipient not in members), key=natural
        ):
            self.unknown[f"whether {few(others)}, who do not owe {row.thing}, lose their share of {grant}"] = None
        have = {share.recipient for share in own}
        each = (id for party in owing if party not in have for id in c.members(party) or (party,))
        lacking = [id for id in dict.fromkeys(each) if id not in have and self._may_receive(grant, id, told)]
        row = evolve(row, grant=grant, path=f"{row.path} → {grant}", because=(*row.because, grant))
        for share in own:
            amount = share.computed if share.amount is None else share.amount
            self.unknown.update(dict.fromkeys(told.unknown))
            self.assumed.update(dict.fromkeys(told.assumed if share.estimate else ()))
            if share.estimate:
                self.assumed[f"how much of {grant} is whose is an estimate"] = None
            yield evolve(
                row,
                organisation=share.recipient,
                amount=_UNKNOWN if amount is None else AmountRange(amount, amount),
                because=(*row.because, *share.because),
            )
        for party in lacking if own else owing or ("",):
            self.unknown[f"how much of {grant} is at stake for {party if own else 'whom'}"] = None
            yield evolve(row, organisation=party, amount=_UNKNOWN)

    def _may_receive(self, id: str, who: str, told: Table[GrantShare]) -> bool:
        """Whether somebody may have a share of which nothing is told: not where others have all of the grant."""
        grant = self.plan.collaboration[Grant, id]
        shares = [share.amount for share in told if share.amount is not None]
        told_of = {one.currency for one in shares}
        if isinstance(grant.amount, Money) and told_of == {grant.amount.currency}:
            left = grant.amount - Money.total(shares)
            if not left:
                return False
        return not grant.receivers or any(who in self._parties.inside(party.id) for party in grant.receivers)


_UNKNOWN = AmountRange(None, None)


def _is_late(last: When, done: When | None) -> Truth:
    never = Truth.YES if last.latest else Truth.CANNOT_TELL
    return last.before(done) if done else never


def _row(step: Scheduled, hazard: Hazard, last: When, way: tuple[str, ...]) -> AtRisk:
    """What is missed, before it is told by whom, and what hangs on it."""
    done = step.earliest_finish
    return AtRisk(
        thing=step.id,
        title=step.title,
        hazard=hazard,
        organisation="",
        deadline=last,
        was=None,
        becomes=done,
        days_late=day_range(last, done) if done else None,
        was_late=Truth.NO,
        late=_is_late(last, done),
        grant="",
        amount=None,
        consequence=None,
        entire=True,
        path=" → ".join(way),
        because=step.because,
    )
