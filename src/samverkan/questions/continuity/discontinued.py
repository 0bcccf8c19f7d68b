"""What stops when a grant or an agreement ends (question 14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, field, frozen

from samverkan.accounts.grant_tree import inherited, lines, window
from samverkan.accounts.ledger import ledger
from samverkan.errors import InvalidValueError
from samverkan.model.agreement import Agreement, Obligation
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.funding import Grant, Window
from samverkan.model.kinds import kind_word
from samverkan.model.party import Role
from samverkan.model.relations import Mandate, Participation
from samverkan.model.source import is_complete, is_open, kind_name
from samverkan.model.work import Activity, Financing, Plan
from samverkan.parties.answer import answer
from samverkan.parties.containment import inside
from samverkan.values.missing import NONE
from samverkan.values.money import Money, is_none
from samverkan.values.ranges import AmountRange
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording
from samverkan.values.timing import is_over
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Discontinued", "Link", "discontinued_by", "last_day"]

_TITLE = Wording("What stops when {thing} ends", "Vad som upphör när {thing} tar slut")
_TITLE_ON = Wording("What stops when {thing} ends, {day}", "Vad som upphör när {thing} tar slut, {day}")
_NO_DAY = Wording("when {thing} ends: no last day is recorded", "när {thing} tar slut: ingen sista dag är angiven")
_CARRIED = Wording(
    "what of {grant} is kept for the next year: it may be carried over",
    "vad av {grant} som behålls till nästa år: det får föras över",
)
_WHAT_ELSE = Wording(
    "what else pays for {things}: the source does not state all of it",
    "vad mer som betalar {things}: källan anger inte allt",
)
_WHICH_GRANT = Wording(
    "whether it pays for {things}: which grant does is not recorded",
    "om det betalar {things}: vilket bidrag som gör det är inte angivet",
)


class Link(Term):
    """How one thing depends on a grant or an agreement (på vilket sätt det hänger på)."""

    LINE = "a line of it", "ingår i det"
    GIVEN = "given by it", "följer av det"
    RESTS = "rests on it", "bygger på det"
    FUNDED = "paid for by it", "finansieras av det"
    SPENT = "its money was used", "dess medel har använts"
    OWED = "owed on its ground", "grundas på det"
    ASKED = "asked for by it", "begärs i det"
    ABOUT = "a mandate about it", "mandat som avser det"
    PART = "takes part in it", "medverkar i det"
    WORKS = "does what it pays for", "utför det som finansieras"


@frozen(kw_only=True)
class Discontinued:
    """One thing that depends on what ends (upphör)."""

    thing: str
    """What depends on it (vad)."""
    kind: Phrase
    """What kind of record it is (slag av post)."""
    title: str
    """What it is called (namn)."""
    through: str
    """The grant or agreement that it depends on: the one asked about, or one that ends with it (genom)."""
    how: Link
    """In which way (hur)."""
    stops: Truth
    """Whether it stops with it, as far as is recorded (upphör)."""
    day: When | None
    """Its last day: its own if recorded, else that of what it depends on (sista dag)."""
    loses: AmountRange | None
    """How much it was to have from it; None for what it does not pay for (bortfall)."""
    left: AmountRange | None
    """How much others are to pay for it; None for what it does not pay for (kvar)."""
    others: tuple[str, ...]
    """The other grants that pay for it (övrig finansiering)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def discontinued_by(collaboration: Collaboration, thing: str, *, on: WhenLike | None = None) -> Table[Discontinued]:
    """What stops when a grant or an agreement ends: work, duties, plans, mandates, and on which day (vad upphör).

    It ends on the last day that its records tell: the last on which the money may be used, else that of its period,
    else that of its agreement. With *on*, the question is what would stop if it ended that day.
    What a grant pays for stops with it where nothing else can pay: where the list of what pays for it is said to be
    complete, or the grant bears the whole budget. Where others pay too, or what is left of the grant may be carried
    over, whether it stops cannot be told.
    That a duty has a ground which ends does not lift it: one with a last day is owed as before.
    What the records do not tell to go on, or to stop, cannot be told.
    Raises `NotFoundError` for an id that is not there, `InvalidValueError` for what is neither grant nor agreement.

    >>> from samverkan.model.source import basis
    >>> ph = Grant(id="ph", title="Ph", use=Window(closes="2024-12-31"))
    >>> paid = Financing(grant="ph", amount=Money(80))
    >>> talks = Activity(id="samtal", title="Samtal", funded_by=paid, basis=basis(funded_by="complete"))
    >>> [
    ...     (row.thing, str(row.stops), str(row.day), str(row.loses))
    ...     for row in discontinued_by(Collaboration([ph, talks]), "ph")
    ... ]
    [('samtal', 'yes', '2024-12-31', '80 kr')]
    """
    check_collaboration(collaboration)
    ending = _Ending.of(collaboration, thing, maybe_when(on))
    rows = (
        *ending.within(),
        *ending.resting(),
        *ending.planned(),
        *ending.funded(),
        *ending.spent(),
        *ending.owed(),
        *ending.entitled(),
    )
    day = ending.goes[thing].day
    title = _TITLE_ON(thing=thing, day=day) if day else _TITLE(thing=thing)
    unknown = ending.unknown(rows)
    return answer(collaboration, Discontinued, rows, title, on=day, unknown=unknown, rests_on=(thing,))


@frozen
class _Gone:
    """One of those that end: on which day, and whether it does end with the thing that was asked about."""

    day: When | None
    sure: Truth


@frozen
class _Ending:
    """What ends with the thing that was asked about, and what hangs on each of them."""

    collaboration: Collaboration
    thing: str
    end: When | None
    """The last day of the thing itself."""
    imagined: bool
    """Whether that day was given by who asks, so that what the records tell to go on may not."""
    goes: dict[str, _Gone] = field(factory=dict)
    """The thing, the grants that follow from it, and their lines."""

    @classmethod
    def of(cls, c: Collaboration, thing: str, on: When | None) -> _Ending:
        kind = kind_name(c[thing])
        if kind not in ("Grant", "Agreement"):
            raise InvalidValueError(f"{thing!r} is of the kind {kind}", "give the id of a Grant or an Agreement")
        end = on or last_day(c, thing)
        found = cls(c, thing, end, on is not None)
        for id in inside(c, thing):
            if isinstance(c[id], Grant) or id == thing:
                found.goes[id] = found.gone(id)
        return found

    def gone(self, id: str) -> _Gone:
        if id == self.thing:
            return _Gone(self.end, Truth.YES)
        record = self.collaboration[id]
        own = _own_last(record)
        if own:
            return _Gone(own, self.over(own, self.end))
        whole = self.goes.get(record.part_of or "")
        return whole or _Gone(self.end, Truth.CANNOT_TELL)

    def over(self, own: When | None, end: When | None) -> Truth:
        """Whether what has a last day of its own is over by the end; where that is imagined, what goes on may not."""
        if own is None or end is None:
            return Truth.CANNOT_TELL
        truth = own.by(end)
        return Truth.CANNOT_TELL if truth is Truth.NO and self.imagined else truth

    def row(self, record: Any, through: str, how: Link, stops: Truth, day: When | None, *why: str) -> Discontinued:
        return Discontinued(
            thing=record.id,
            kind=kind_word(type(record).__name__),
            title=getattr(record, "title", ""),
            through=through,
            how=how,
            stops=stops,
            day=day or self.goes[through].day,
            loses=None,
            left=None,
            others=(),
            because=tuple(dict.fromkeys((record.id, through, *why))),
        )

    def within(self) -> Iterator[Discontinued]:
        """The grants that follow from it, and the lines of each."""
        for id, gone in self.goes.items():
            if id != self.thing:
                record = self.collaboration[id]
                through = record.part_of if record.part_of in self.goes else self.thing
                how = Link.LINE if record.part_of in self.goes else Link.GIVEN
                yield self.row(record, through, how, gone.sure, gone.day)

    def resting(self) -> Iterator[Discontinued]:
        """The agreements that add to it, or rest on it."""
        for one in self.collaboration[Agreement]:
            if self.thing in (*one.supplements, *one.based_on):
                own = one.period.end if one.period else None
                yield self.row(one, self.thing, Link.RESTS, self.over(own, self.end), own)

    def planned(self) -> Iterator[Discontinued]:
        """The plans that it asks for."""
        for plan in self.collaboration[Plan]:
            if plan.agreement == self.thing:
                own = plan.period.end if plan.period else None
                yield self.row(plan, self.thing, Link.ASKED, self.over(own, self.end), own)

    def funded(self) -> Iterator[Discontinued]:
        """The activities that it pays for, each of the grants that end told apart, and the posts that do them."""
        for activity in self.collaboration[Activity]:
            for grant in dict.fromkeys(one.grant for one in activity.funded_by):
                gone = self.goes.get(grant) if isinstance(grant, str) else None
                if gone and (gone.day is None or is_over(activity, gone.day) is not Truth.YES):
                    yield self.paid(activity, str(grant))
                    yield from self.workers(activity, str(grant))

    def paid(self, activity: Activity, grant: str) -> Discontinued:
        own = [one for one in activity.funded_by if one.grant == grant]
        rest = [one for one in activity.funded_by if not self.ends(one)]
        others = dict.fromkeys(one.grant for one in rest if isinstance(one.grant, str))
        currency = activity.budget.currency if isinstance(activity.budget, Money) else _currency(own)
        loses, left = _total(own, currency), _total(rest, currency)
        if is_open(activity, "funded_by"):
            left = AmountRange(left.low, None)
        gone = self.goes[grant]
        over = is_over(activity, gone.day) if gone.day else is_over(activity, None)
        going = over if over is Truth.NO else Truth.CANNOT_TELL
        kept = Truth.CANNOT_TELL if self.carries_over(grant) else Truth.NO
        stops = self.alone(activity, rest) & gone.sure & ~(going | kept)
        return evolve(
            self.row(activity, grant, Link.FUNDED, stops, None, *others),
            loses=loses,
            left=left,
            others=tuple(others),
        )

    def carries_over(self, grant: str) -> bool:
        """Whether what is left of a grant may be kept, so that it may pay when its time is over."""
        return inherited(self.collaboration, grant, "carry_over") is True

    def ends(self, one: Financing) -> bool:
        return isinstance(one.grant, str) and one.grant in self.goes and self.goes[one.grant].sure is Truth.YES

    def alone(self, activity: Activity, rest: list[Financing]) -> Truth:
        """Whether nothing but what ends can pay for an activity."""
        if not all(is_none(one.amount) for one in rest):
            return Truth.CANNOT_TELL
        paid = [one.amount for one in activity.funded_by if self.ends(one)]
        whole = [amount for amount in paid if isinstance(amount, Money)]
        budget = activity.budget
        covered = (
            isinstance(budget, Money)
            and len({budget.currency, *(amount.currency for amount in whole)}) == 1
            and Money.total(whole, budget.currency) >= budget
        )
        return Truth.YES if is_complete(activity, "funded_by") or covered else Truth.CANNOT_TELL

    def workers(self, activity: Activity, grant: str) -> Iterator[Discontinued]:
        for party in activity.by:
            role = self.collaboration[party.id]
            if isinstance(role, Role):
                own = role.period.end if role.period else None
                over = self.over(own, self.goes[grant].day)
                yield self.row(role, grant, Link.WORKS, over & self.goes[grant].sure, own, activity.id)

    def spent(self) -> Iterator[Discontinued]:
        """What its money has been used for, and no record tells to be paid for by it."""
        c = self.collaboration
        used = ledger(c).balances("grant", "what_for")
        for row in sorted(used, key=lambda row: (natural(row.what_for), natural(row.grant))):
            if row.account == "used" and row.what_for and row.grant in self.goes:
                what = c[row.what_for]
                told = isinstance(what, Activity) and any(one.grant == row.grant for one in what.funded_by)
                day = self.goes[row.grant].day
                if not told and not (day and is_over(what, day) is Truth.YES):
                    yield self.row(what, row.grant, Link.SPENT, Truth.CANNOT_TELL, None, *row.because)

    def owed(self) -> Iterator[Discontinued]:
        """The duties that are grounded on it; a last day holds whatever has ended."""
        for duty in self.collaboration[Obligation]:
            gone = self.goes.get(duty.ground or "")
            if gone:
                last = duty.timing.deadline
                told = last is not None and not last.is_unknown
                holds = told and (not self.imagined or self.over(last, gone.day) is Truth.YES)
                lifted = Truth.NO if holds else Truth.CANNOT_TELL
                yield self.row(duty, str(duty.ground), Link.OWED, lifted, last)

    def entitled(self) -> Iterator[Discontinued]:
        """The mandates about it, and those who take part in it."""
        for mandate in self.collaboration[Mandate]:
            through = [id for id in mandate.about if id in self.goes]
            if through:
                own = mandate.period.end if mandate.period else None
                more = any(id not in self.goes for id in mandate.about)
                over = self.over(own, self.goes[through[0]].day)
                stops = Truth.NO if more and over is not Truth.YES else over
                yield self.row(mandate, through[0], Link.ABOUT, stops, own, *through)
        for part in self.collaboration[Participation]:
            if part.thing in self.goes:
                own = part.period.end if part.period else None
                over = self.over(own, self.goes[part.thing].day)
                stops = over if over is not Truth.CANNOT_TELL else self.goes[part.thing].sure
                yield self.row(part, part.thing, Link.PART, stops, own)

    def unknown(self, rows: Iterable[Discontinued]) -> Iterator[Phrase]:
        """What the rows cannot give, a sentence each."""
        c = self.collaboration
        for id, gone in self.goes.items():
            if gone.day is None or gone.day.is_unknown:
                yield _NO_DAY(thing=id)
            if isinstance(c[id], Grant) and self.carries_over(id):
                yield _CARRIED(grant=id)
        paid = {row.thing for row in rows if row.how is Link.FUNDED}
        if more := sorted((id for id in paid if is_open(c[id], "funded_by")), key=natural):
            yield _WHAT_ELSE(things=(*more,))
        unnamed = [one.id for one in c[Activity] if any(not isinstance(by.grant, str) for by in one.funded_by)]
        if unnamed:
            yield _WHICH_GRANT(things=(*unnamed,))


def last_day(c: Collaboration, thing: str) -> When | None:
    """The last day of a grant or agreement, its own or that of what it is a part of."""
    record = c[thing]
    if not isinstance(record, Grant):
        return _own_last(record)
    use = window(c, thing, "use")
    if use and use.closes:
        return use.closes
    told = [*lines(c, thing)]
    told += [c[one.agreement] for one in told if one.agreement]
    return next((last for one in told if (last := _own_last(one))), None)


def _own_last(record: Any) -> When | None:
    use, period = getattr(record, "use", None), getattr(record, "period", None)
    closes = use.closes if isinstance(use, Window) else None
    return closes or (period.end if period else None)


def _currency(paid: list[Financing]) -> str:
    return next((one.amount.currency for one in paid if isinstance(one.amount, Money)), "SEK")


def _total(paid: list[Financing], currency: str) -> AmountRange:
    """What some grants pay; at least what is known in one currency, where the rest is not."""
    known = [one.amount for one in paid if isinstance(one.amount, Money) and one.amount.currency == currency]
    sum_ = Money.total(known, currency)
    return AmountRange(sum_, sum_ if len(known) == sum(one.amount is not NONE for one in paid) else None)
