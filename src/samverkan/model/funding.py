"""The money: grants, their lines, who is allotted what, what is asked for, and what happens to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from attrs import Factory, field, frozen
from attrs.converters import optional

from samverkan.model.agreement import ReportedAmount, statements
from samverkan.model.party import Party, Receiver, parties, party
from samverkan.model.reference import (
    ActorId,
    AgreementId,
    AllocationId,
    DecisionId,
    FundingEventId,
    GrantId,
    NestedUnder,
    OccursOn,
    OwnedBy,
    PartyId,
    Ref,
    SourceId,
    ThingId,
    ids,
    several,
)
from samverkan.model.source import Basis, is_open
from samverkan.values.day import Day, DayLike, day
from samverkan.values.identity import link
from samverkan.values.missing import Maybe
from samverkan.values.money import Money, maybe_money, money
from samverkan.values.period import Period, maybe_period
from samverkan.values.share import Rounding, Share, share
from samverkan.values.term import Term
from samverkan.values.timing import MetWhen, Timing
from samverkan.values.when import When, maybe_when

__all__ = [
    "Allocation",
    "AllocationKey",
    "AllocationMethod",
    "Disposal",
    "FundingEvent",
    "Grant",
    "KeyKind",
    "KeyPart",
    "MoneyMove",
    "Requisition",
    "Window",
    "cuts_across",
    "opened",
]


class Disposal(Term):
    """What happens to the money that others forfeit (vad som sker med förverkade medel)."""

    SHARED_OUT = "shared out", "fördelas om"
    SECOND_ROUND = "second round", "andra omgång"
    RETURNED = "returned", "återgår"


class KeyKind(Term):
    """By what a sum is shared out (slag av fördelningsnyckel)."""

    POPULATION = "population", "befolkning"
    FIXED = "fixed", "fast belopp"
    FIXED_AND_POPULATION = "fixed and population", "fast belopp och befolkning"
    SHARES = "shares", "fasta andelar"
    TABLE = "table", "publicerad tabell"


class AllocationMethod(Term):
    """Where an allocation's amount comes from (fördelningssätt)."""

    COMPUTED = "computed", "beräknad"
    PUBLISHED = "published", "publicerad"


class MoneyMove(Term):
    """What happens to money (händelse)."""

    ALLOCATED = "allocated", "fördelad"
    CERTIFIED = "certified", "intygad"
    ASSESSED = "assessed", "bedömd"
    QUALIFIED = "qualified", "godkänd"
    FAILED = "failed", "ej godkänd"
    DECIDED = "decided", "beslutad"
    PAID = "paid", "utbetald"
    USED = "used", "förbrukad"
    REPORTED = "reported", "redovisad"
    REPAID = "repaid", "återbetald"
    RECLAIMED = "reclaimed", "återkrävd"
    CARRIED_OVER = "carried over", "överförd till nästa år"
    WAIVED = "waived", "eftergiven"
    LAPSED = "lapsed", "förfallen"
    FORFEITED = "forfeited", "förverkad"
    PASSED_ON = "passed on", "vidareförmedlad"
    SETTLED = "settled", "slutreglerad"


@frozen(kw_only=True)
class Window:
    """When something about a grant must be done, to whom and how (tidsfönster).

    >>> str(Window(opens="2024-04-15", closes="2024-11-29").closes)
    '2024-11-29'
    """

    opens: When | None = field(default=None, converter=maybe_when)
    """The first day (öppnar)."""
    closes: When | None = field(default=None, converter=maybe_when)
    """The last day (stänger)."""
    statutory: bool | None = None
    """Whether the last day is set in a statute, so that it may move to a weekday (lagstadgad)."""
    met_when: MetWhen | None = field(default=None, converter=optional(MetWhen))
    """Whether sending is enough or it must have arrived (avsänt, tillhanda)."""
    to: ActorId | None = None
    """To whom (till)."""
    form: str = ""
    """On which form (blankett)."""

    @property
    def closing(self) -> Timing:
        """Its last day as the due day of a timing."""
        return Timing(due=self.closes, statutory=self.statutory, met_when=self.met_when)


ACTS = ("requisition", "report", "repayment")
"""The windows in which a recipient must act; money is paid and used over a time, not by an act on a last day."""


@frozen(kw_only=True)
class KeyPart:
    """One recipient's fixed share of a sum, or its fixed amount (fast andel, fast belopp).

    An amount for a size class names a group: each of it gets as much.

    >>> str(KeyPart(recipient="staten", share="1/2").share), str(KeyPart(recipient="ale", amount="2 mnkr").amount)
    ('1/2', '2 000 000 kr')
    """

    recipient: Receiver = field(converter=party)
    """Whose (mottagare)."""
    share: Share | None = field(default=None, converter=optional(share))
    """How much of the whole (andel)."""
    amount: Money | None = field(default=None, converter=optional(money))
    """How much it gets first (fast belopp)."""


def _day(value: DayLike | None) -> Day | None:
    return None if value is None else day(value)


def _parts(value: KeyPart | Iterable[KeyPart]) -> tuple[KeyPart, ...]:
    return (value,) if isinstance(value, KeyPart) else several(value)


@frozen(kw_only=True)
class AllocationKey:
    """By what a grant is shared out among its recipients (fördelningsnyckel).

    >>> str(AllocationKey(kind="population", population_on="2016-11-01").population_on)
    '2016-11-01'
    """

    kind: KeyKind = field(converter=KeyKind)
    """By what (slag)."""
    population_on: Day | None = field(default=None, converter=_day)
    """The day whose population counts (befolkning per)."""
    fixed: Maybe[Money] = field(default=None, converter=maybe_money)
    """The amount that each recipient gets first (fast belopp)."""
    parts: tuple[KeyPart, ...] = field(default=(), converter=_parts)
    """The fixed shares, or the fixed amounts of some (andelar, fasta belopp)."""
    ceiling: Maybe[Money] = field(default=None, converter=maybe_money)
    """The most that each recipient can get; what is over goes to the others (tak)."""
    rounding: Rounding | None = field(default=None, converter=optional(Rounding))
    """The rule by which parts are rounded (avrundningsregel)."""
    balancing: ActorId | None = None
    """Who takes the difference, where the rule has one that does (tar avrundningsdifferensen)."""


@frozen(kw_only=True)
class Grant:
    """Money for a purpose, with its conditions (statsbidrag); a line or sub-package of one is a grant too.

    A group that receives says whether it does so *each* or *jointly*.

    >>> Grant(id="ph-2016.um", title="Ungdomsmottagningar", part_of="ph-2016", amount="130 mnkr").part_of
    'ph-2016'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What it is called (namn)."""
    agreement: Annotated[AgreementId, NestedUnder("grants")] | None = None
    """The agreement it follows from (överenskommelse)."""
    part_of: Annotated[GrantId, NestedUnder("lines")] | None = None
    """The grant whose line it is (ingår i)."""
    cuts_across: tuple[GrantId, ...] = field(default=(), converter=ids)
    """Lines that this sub-package takes its money out of, so that it is not added to them (delpaket ur)."""
    purpose: str = ""
    """What the money is for (ändamål)."""
    receivers: tuple[Party, ...] = field(default=(), converter=parties)
    """Who may get it (mottagare)."""
    amount: Maybe[Money] = field(default=None, converter=maybe_money)
    """How much (belopp)."""
    stated: tuple[ReportedAmount, ...] = field(default=(), converter=statements)
    """The amount as different sources state it (uppgivna belopp)."""
    period: Period | None = field(default=None, converter=maybe_period)
    """For which time it is given (bidragsår)."""
    regime: str = ""
    """By which rules its money moves (regim)."""
    key: AllocationKey | None = None
    """By what it is shared out (fördelningsnyckel)."""
    payer: Annotated[Maybe[ActorId], OwnedBy()] = None
    """Who pays it out (utbetalare)."""
    requisition: Maybe[Window] = None
    """When it may be asked for (rekvisition)."""
    payment: Maybe[Window] = None
    """When it is paid out (utbetalning)."""
    use: Maybe[Window] = None
    """When it may be used (förbrukning)."""
    report: Maybe[Window] = None
    """When its use must be reported (redovisning)."""
    repayment: Maybe[Window] = None
    """When what is not used must be paid back (återbetalning)."""
    repay_to: Maybe[ActorId] = None
    """To whom it is paid back (återbetalas till)."""
    carry_over: bool | None = None
    """Whether what is not used may be kept for the next year (får överföras)."""
    forfeited: Disposal | None = field(default=None, converter=optional(Disposal))
    """What happens to what others forfeit (förverkade medel)."""
    ground: DecisionId | None = None
    """The decision it rests on (beslut)."""
    dnr: str = ""
    """Its registration number with the payer (diarienummer)."""
    target_group: str = ""
    """For whom it is meant (målgrupp)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


def cuts_across(grant: Grant) -> bool:
    """Whether a grant takes its money out of other lines, told or not, so that it is not added to them."""
    return bool(grant.cuts_across) or is_open(grant, "cuts_across")


@frozen(kw_only=True)
class Allocation:
    """One recipient's part of a grant (fördelning).

    >>> Allocation(grant="ph-2016", recipient="ale", amount=Money(250_000)).id
    'ph-2016>ale'
    """

    grant: Annotated[GrantId, NestedUnder("allocations")]
    """Of which grant (statsbidrag)."""
    recipient: Annotated[Receiver, OwnedBy()] = field(converter=party)
    """Whose (mottagare)."""
    amount: Maybe[Money] = field(converter=maybe_money)
    """How much (belopp)."""
    method: AllocationMethod | None = field(default=None, converter=optional(AllocationMethod))
    """Whether computed by a key or taken from a published table (fördelningssätt)."""
    out_of: AllocationId | None = None
    """The allocation whose money was granted onward (vidareförmedlad ur)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
    id: str = Factory(lambda self: link(self.grant, self.recipient.id), takes_self=True)


@frozen(kw_only=True)
class Requisition:
    """A request to be paid what has been allocated (rekvisition, faktura).

    >>> Requisition(id="rek-1", allocation="ph-2016>ale", requested_by="ale", amount=Money(250_000)).amount
    Money('250000.00')
    """

    id: str
    """The name by which records refer to it."""
    allocation: AllocationId
    """What it draws on (fördelning)."""
    requested_by: Annotated[Receiver, OwnedBy()] = field(converter=party)
    """Who asks (rekvirent)."""
    amount: Money = field(converter=money)
    """How much (belopp)."""
    on_behalf_of: tuple[PartyId, ...] = field(default=(), converter=ids)
    """For whom, where that is not only the one who asks (för)."""
    sent: Annotated[When | None, OccursOn()] = field(default=None, converter=maybe_when)
    """When it was sent (avsänd)."""
    arrived: Annotated[When | None, OccursOn()] = field(default=None, converter=maybe_when)
    """When it arrived (inkommen)."""
    dnr: str = ""
    """The registration number of the decision it cites (diarienummer)."""
    reference: str = ""
    """The payer's reference (referens)."""
    signed_by: str = ""
    """The office that signed it (undertecknad av); a post, never a name."""
    second_round: bool | None = None
    """Whether a part of what others leave is wanted as well (andra omgång)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


def opened(money: object, get: Callable[[str], Any]) -> Grant | None:
    """The grant that says when a requisition must be made, of a requisition, an allocation or a grant.

    It is the one that is drawn on, or one whose line it is; None for what is no money.
    """
    allocation = get(money.allocation) if isinstance(money, Requisition) else money
    grant = get(allocation.grant) if isinstance(allocation, Allocation) else allocation
    passed: set[str] = set()
    while isinstance(grant, Grant) and not grant.requisition and grant.id not in passed:
        passed.add(grant.id)
        grant = get(grant.part_of) if grant.part_of else None
    return grant if isinstance(grant, Grant) else None


@frozen(kw_only=True)
class FundingEvent:
    """Something that happens to allocated money (händelse): paid, used, reported, repaid.

    >>> FundingEvent(id="e-1", kind="used", amount=Money("1250.50"), day="2016-09-30").kind.sv
    'förbrukad'
    """

    id: str
    """The name by which records refer to it."""
    kind: MoneyMove = field(converter=MoneyMove)
    """What happens (slag)."""
    allocation: Maybe[AllocationId] = None
    """To which allocation's money (fördelning)."""
    amount: Maybe[Money] = field(default=None, converter=maybe_money)
    """How much (belopp)."""
    day: Annotated[When | None, OccursOn()] = field(default=None, converter=maybe_when)
    """When (dag)."""
    by: Annotated[tuple[Party, ...], OwnedBy()] = field(default=(), converter=parties)
    """By whom (av)."""
    to: tuple[Party, ...] = field(default=(), converter=parties)
    """To whom (till)."""
    what_for: Annotated[ThingId, NestedUnder("spending")] | None = None
    """The activity, process or plan it concerns (avser)."""
    cost_kind: str = ""
    """What sort of cost (kostnadsslag)."""
    period: Period | None = field(default=None, converter=maybe_period)
    """The time it concerns (avser tid)."""
    decision: DecisionId | None = None
    """The decision it rests on (beslut)."""
    answers: Annotated[str, Ref("Requisition", "FundingEvent", "Obligation")] | None = None
    """What it answers (besvarar)."""
    corrects: FundingEventId | None = None
    """The event whose place it takes (rättar); what it does not say is as there, and a day that it says is the day on
    which it happened, not that of the correction."""
    reference: str = ""
    """The reference in the books or on the payment (referens)."""
    dnr: str = ""
    """The registration number it cites (diarienummer)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
