"""What answers what a grant's window asks for: requisitions, reports and repayments, and the money that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from attrs import evolve, frozen

from samverkan.accounts.entries import NEVER, in_force
from samverkan.accounts.grant_tree import inherited
from samverkan.accounts.ledger import ledger
from samverkan.accounts.remaining import KEPT, Balances, RemainingFunds, is_nothing
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Allocation, FundingEvent, MoneyMove, Requisition
from samverkan.model.party import Manner, Party
from samverkan.parties.responses import Response
from samverkan.questions.deadlines.windows import WindowDuty, Windows
from samverkan.values.day import Day, add_days
from samverkan.values.missing import UNKNOWN
from samverkan.values.money import Money, is_none
from samverkan.values.timing import MetWhen, day_met
from samverkan.values.truth import Truth
from samverkan.values.when import When, surely_before

__all__ = ["WindowFulfilment"]

_SHUT = (MoneyMove.LAPSED, MoneyMove.FORFEITED, MoneyMove.FAILED)
"""After which nothing can be asked for any more."""
_UNTOLD = When(None, None)


@frozen(eq=False, slots=False)
class WindowFulfilment:
    """What answers the windows' obligations on a day, and whether anything is owed by them."""

    windows: Windows
    on: When
    answers: Mapping[str, Sequence[Response]]
    """What answers the obligations that are recorded."""

    @property
    def _collaboration(self) -> Collaboration:
        return self.windows.collaboration

    def found(self, duty: WindowDuty) -> tuple[Response, ...]:
        """What answers it, or may: what was handed in or happened, each with its day."""
        own = {"requisition": self._asked_for, "report": self._reported, "repayment": self._repaid}[duty.window](duty)
        first = duty.obligation.timing.not_before
        return tuple(evolve(one, early=surely_before(one.day, first)) for one in (*own, *self._by_twins(duty)))

    def owed(self, duty: WindowDuty) -> Truth:
        """Whether anything is owed by it; of one of whom no allocation is recorded, that is not told."""
        allotted = [self._allocation(id) for id in duty.allocations]
        if not allotted:
            return Truth.CANNOT_TELL
        if all(is_none(one.amount) for one in allotted):
            return Truth.NO
        if duty.window == "repayment":
            return self._at_ends(lambda day: self._must_repay(allotted, day))
        if duty.window == "requisition":
            shut = (self._shut(one) for one in allotted if not is_none(one.amount))
            return ~Truth.all(shut)
        return Truth.YES

    def _allocation(self, id: str) -> Allocation:
        return self._collaboration[Allocation, id]

    @cached_property
    def _events(self) -> Mapping[str, list[FundingEvent]]:
        """What happened to each allocation's money."""
        found: dict[str, list[FundingEvent]] = {}
        for event in in_force(self._collaboration):
            found.setdefault(str(event.allocation), []).append(event)
        return found

    @cached_property
    def _requisitions(self) -> Mapping[str, list[Requisition]]:
        found: dict[str, list[Requisition]] = {}
        for one in self._collaboration[Requisition]:
            found.setdefault(one.allocation, []).append(one)
        return found

    @cached_property
    def _left(self) -> RemainingFunds:
        return RemainingFunds(ledger(self._collaboration))

    def _of(self, duty: WindowDuty, *kinds: MoneyMove) -> Iterator[FundingEvent]:
        return (event for id in duty.allocations for event in self._events.get(id, ()) if event.kind in kinds)

    def _by_twins(self, duty: WindowDuty) -> Iterator[Response]:
        """What answers an obligation that is recorded and may be the same."""
        for twin in self.windows.twins(duty):
            yield from (evolve(one, parts=frozenset(), more=True) for one in self.answers.get(twin.id, ()))

    # ------------------------------------------------ what happened

    def _event(self, duty: WindowDuty, event: FundingEvent, *, whole: bool) -> Response:
        told = event.to if event.kind is MoneyMove.PAID else event.by
        by = [party.id for party in told or _whole_of(duty.obligation.by)]
        return Response(
            record=event.id,
            by=self.windows.parties.answering_for(by),
            day=event.day,
            parts=None if whole else frozenset(),
            more=not whole,
        )

    def _reported(self, duty: WindowDuty) -> Iterator[Response]:
        """The reports of what a recipient was allotted; what is settled was reported, of which the day is not told."""
        several = len(duty.allocations) > 1
        for event in self._of(duty, MoneyMove.REPORTED):
            yield self._event(duty, event, whole=not several)
        if several and all(self._of_one(id, MoneyMove.REPORTED) for id in duty.allocations):
            last = [self._of_one(id, MoneyMove.REPORTED)[0] for id in duty.allocations]
            day = _all_by(one.day for one in last)
            yield evolve(self._event(duty, last[-1], whole=True), day=day, soonest=day)
        for event in self._of(duty, MoneyMove.SETTLED):
            yield self._event(duty, event, whole=False)

    def _of_one(self, allocation: str, kind: MoneyMove) -> list[FundingEvent]:
        return [event for event in self._events.get(allocation, ()) if event.kind is kind]

    def _shut(self, allocation: Allocation) -> Truth:
        """Whether what is not asked for is known to have lapsed, so that nothing can be asked for any more."""
        days = [event.day or _UNTOLD for event in self._events.get(allocation.id, ()) if event.kind in _SHUT]
        return Truth.any(day.by(self.on) for day in days)

    # ------------------------------------------------ asking for it

    def _asked_for(self, duty: WindowDuty) -> Iterator[Response]:
        """The requisitions of what a recipient was allotted: each a part, and the last of them the whole."""
        allotted = [self._allocation(id) for id in duty.allocations]
        parts = {one.id: [*self._parts(duty, one)] for one in allotted}
        whole = {one.id: [*self._whole(one, parts[one.id])] for one in allotted}
        last = duty.obligation.timing.deadline
        passed = last is not None and last.before(self.on) is not Truth.NO
        for one in allotted:
            enough = any(answer.counts(self.on) is not Truth.NO for answer in whole[one.id])
            more = self._wanted(one) is None or (passed and not enough)  # a part may be all that is wanted
            yield from (evolve(part, more=more) for part in parts[one.id])
        if len(allotted) == 1:
            yield from whole[allotted[0].id]
        elif allotted and all(len(many) == 1 for many in whole.values()):
            every = [one for many in whole.values() for one in many]
            day, soonest = (_all_by(days) for days in zip(*((one.day, one.soonest) for one in every), strict=True))
            yield evolve(every[-1], day=day, soonest=soonest)
        for event in self._of(duty, MoneyMove.PAID):
            yield self._event(duty, event, whole=False)

    def _parts(self, duty: WindowDuty, allocation: Allocation) -> Iterator[Response]:
        """Each requisition, as a part; whoever made it, it draws on what the recipient was allotted."""
        timing, own = duty.obligation.timing, [party.id for party in _whole_of((allocation.recipient,))]
        for one in self._requisitions.get(allocation.id, ()):
            yield Response(
                record=one.id,
                by=self.windows.parties.answering_for((one.requested_by.id, *one.on_behalf_of, *own)),
                day=day_met(timing.met_when, one.sent, one.arrived),
                soonest=day_met(timing.met_when or MetWhen.SENT, one.sent, one.arrived),
                parts=frozenset(),
            )

    def _whole(self, allocation: Allocation, parts: Sequence[Response]) -> Iterator[Response]:
        """When all of an allocation has been asked for: by the one who gets it, or by each of several for itself."""
        wanted = self._wanted(allocation)
        if wanted is None:
            return
        amounts = {one.id: one.amount for one in self._requisitions.get(allocation.id, ())}
        each = allocation.recipient.manner is Manner.EACH
        by_whom: dict[frozenset[str], list[Response]] = {}
        for part in parts:
            by_whom.setdefault(part.by if each else frozenset(), []).append(part)
        for own in by_whom.values():
            number = self._number(allocation, own[0].by) if each else 1
            asked = [amounts[part.record] for part in own]
            sum_ = Money(wanted.amount * number, wanted.currency)
            day, soonest = (
                _reached(days, asked, sum_) for days in zip(*((o.day, o.soonest) for o in own), strict=True)
            )
            if number and day and soonest:
                yield evolve(own[-1], day=day, soonest=soonest, parts=None)

    def _wanted(self, allocation: Allocation) -> Money | None:
        """How much can be asked for: what was allotted, or what later events allot; None where that is not told."""
        told = [one.amount for one in self._events.get(allocation.id, ()) if one.kind is MoneyMove.ALLOCATED]
        asked = [one.amount for one in self._requisitions.get(allocation.id, ())]
        amounts = [amount for amount in told or [allocation.amount] if isinstance(amount, Money)]
        alike = len({amount.currency for amount in (*amounts, *asked)}) == 1
        if len(amounts) < max(len(told), 1) or not alike or any(one.amount < 0 for one in asked):
            return None
        return Money.total(amounts, amounts[0].currency)

    def _number(self, allocation: Allocation, by: frozenset[str]) -> int:
        """How many of those to each of whom so much is allotted a requisition is for."""
        return sum(id in by for id in self.windows.parties.single(allocation.recipient.id))

    # ------------------------------------------------ paying it back

    def _repaid(self, duty: WindowDuty) -> Iterator[Response]:
        """What was paid back, as a part of it; and as the whole, where nothing is left that must be paid back."""
        repaid = [*self._of(duty, MoneyMove.REPAID)]
        yield from (evolve(self._event(duty, event, whole=False), more=False) for event in repaid)
        allotted = [self._allocation(id) for id in duty.allocations]
        if not repaid or self._at_ends(lambda day: self._must_repay(allotted, day)) is not Truth.NO:
            return
        last, until = duty.obligation.timing.deadline, self.on.earliest
        if until is None:
            return
        day = When(None, until)
        if last and last.latest and last.latest < until:
            late = self._must_repay(allotted, last.latest) is Truth.YES
            day = When(add_days(last.latest, 1), until) if late else When(None, last.latest)
        yield evolve(self._event(duty, repaid[-1], whole=True), day=day, soonest=day)

    def _at_ends(self, ask: Callable[[Day], Truth]) -> Truth:
        """What holds of the day asked about, first and last; where one of them is not told, that is not told."""
        first, last = self.on.earliest, self.on.latest
        if first is None or last is None:
            return Truth.CANNOT_TELL
        answers = {ask(day) for day in {first, last}}
        return answers.pop() if len(answers) == 1 else Truth.CANNOT_TELL

    def _must_repay(self, allotted: Iterable[Allocation], on: Day) -> Truth:
        return Truth.any(
            self._owes(allocation, balances, on) & _alone(allocation)
            for allocation in allotted
            if not is_none(allocation.amount)
            for balances in self._left.balances(allocation.id, on)
        )

    def _owes(self, allocation: Allocation, balances: Balances, on: Day) -> Truth:
        """Whether something of an allocation must be paid back, as its regime and its time for use have it."""
        money, grant = self._left.as_of(on), allocation.grant
        regime = money.regime(grant)
        if regime is not None and regime.name in KEPT:
            return Truth.NO
        repay, _ = self._left.repay(allocation, balances, on)
        if repay is not None and not is_nothing(repay):
            return Truth.YES if repay.low and repay.low.amount > 0 else Truth.CANNOT_TELL
        known = self._collaboration.known
        all_paid = _is_paid(allocation, balances) or bool(known and known >= on)
        if not is_nothing(balances["held"]) or not all_paid or money.happened("reclaimed", allocation.id):
            return Truth.CANNOT_TELL
        if inherited(self._collaboration, grant, "carry_over") is True:
            return Truth.NO
        window = money.window(grant, "use")
        if window is None or window.closes is None:
            silent = any(line.use is UNKNOWN for line in money.lines(grant))
            return Truth.CANNOT_TELL if silent else Truth.NO
        return Truth.NO if repay is not None and window.closes.by(on) is Truth.YES else Truth.CANNOT_TELL


def _whole_of(parties: Iterable[Party]) -> Iterator[Party]:
    """Those among some parties who owe as one."""
    return (party for party in parties if party.manner is not Manner.EACH)


def _alone(allocation: Allocation) -> Truth:
    """Whether what is left is left with one who answers for it; of several one by one, it is not told with which."""
    return Truth.CANNOT_TELL if allocation.recipient.manner is Manner.EACH else Truth.YES


def _is_paid(allocation: Allocation, balances: Balances) -> bool:
    """Whether all that was allotted has been paid out, so that nothing more will come."""
    paid = balances["paid"].exact
    if not isinstance(allocation.amount, Money) or paid is None or _alone(allocation) is not Truth.YES:
        return False
    return paid.currency == allocation.amount.currency and paid >= allocation.amount


def _all_by(days: Iterable[When | None]) -> When:
    """The day by which all of some things have come."""
    every = [day or _UNTOLD for day in days]
    first = [day.earliest for day in every if day.earliest]
    last = [day.latest for day in every if day.latest]
    return When(max(first, default=None), max(last) if len(last) == len(every) else None)


def _reached(days: Sequence[When | None], amounts: Sequence[Money], wanted: Money) -> When | None:
    """The day on which some amounts together reach a sum, as exactly as their days are known; None if they do not."""
    if Money.total(amounts, wanted.currency) < wanted:
        return None
    told = [(day or _UNTOLD, amount.amount) for day, amount in zip(days, amounts, strict=True)]
    first = sorted((day.earliest.toordinal() if day.earliest else 0, amount, day.earliest) for day, amount in told)
    last = sorted((day.latest.toordinal() if day.latest else NEVER, amount, day.latest) for day, amount in told)
    return When(_enough(first, wanted.amount), _enough(last, wanted.amount))


def _enough(told: Iterable[tuple[int, Decimal, Day | None]], wanted: Decimal) -> Day | None:
    """The first day by which enough has come; None where that has no bound."""
    came = Decimal(0)
    for _, amount, day in told:
        came += amount
        if came >= wanted:
            return day
    return None
