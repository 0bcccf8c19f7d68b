"""What has been agreed, what follows from it, and what was decided and handed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from attrs import Factory, field, frozen
from attrs.converters import optional

from samverkan.errors import InvalidValueError
from samverkan.model.party import Party, parties
from samverkan.model.reference import (
    ActorId,
    AgreementId,
    DecisionId,
    GrantId,
    GroundId,
    HolderId,
    NestedUnder,
    ObligationId,
    OccursOn,
    OwnedBy,
    PartyId,
    PropagatesDelay,
    Ref,
    SourceId,
    ThingId,
    ids,
    several,
    texts,
)
from samverkan.model.relations import Capacity
from samverkan.model.source import Basis
from samverkan.values.identity import link
from samverkan.values.missing import Maybe
from samverkan.values.money import Money, maybe_money
from samverkan.values.period import Period, maybe_period
from samverkan.values.term import Term
from samverkan.values.timing import Timing
from samverkan.values.when import When, maybe_when

__all__ = [
    "Agreement",
    "Consequence",
    "Decision",
    "DecisionItem",
    "Duty",
    "Obligation",
    "Outcome",
    "ReportedAmount",
    "Submission",
    "timing",
]


class Duty(Term):
    """What sort of thing an obligation demands (slag av skyldighet)."""

    DELIVER = "deliver", "lämna"
    REPORT = "report", "redovisa"
    DECIDE = "decide", "besluta"
    ANSWER = "answer", "svara"
    PAY = "pay", "betala"
    DO = "do", "utföra"


class Consequence(Term):
    """What happens to the money if an obligation is missed (följd)."""

    LAPSES = "lapses", "förfaller"
    REPAID = "repaid", "återbetalas"
    SHARED_OUT = "shared out", "fördelas om"


class Outcome(Term):
    """What one item of a decision says (utfall)."""

    APPROVES = "approves", "godkänner"
    RECOMMENDS = "recommends", "rekommenderar"
    NOTES = "notes", "noterar"
    COMMISSIONS = "commissions", "ger i uppdrag"
    DECLINES = "declines", "avslår"


def timing(value: Timing | None) -> Timing:
    """A timing, empty where none is given."""
    if value is not None and not isinstance(value, Timing):
        raise InvalidValueError(f"{value!r:.80} is not a timing", "write Timing(due=…), or another of its days")
    return value or Timing()


@frozen(kw_only=True)
class ReportedAmount:
    """An amount as one source states it, and where in it (uppgivet belopp); two may contradict each other.

    >>> str(ReportedAmount(amount="1367 mnkr", where="table").amount)
    '1 367 000 000 kr'
    """

    amount: Maybe[Money] = field(converter=maybe_money)
    """The amount."""
    source: SourceId | None = None
    """Who states it (källa)."""
    where: str = ""
    """Where in the source: the text, a table, an annex (ställe)."""


def statements(value: ReportedAmount | Iterable[ReportedAmount]) -> tuple[ReportedAmount, ...]:
    """One stated amount or several."""
    return (value,) if isinstance(value, ReportedAmount) else several(value)


@frozen(kw_only=True)
class Agreement:
    """What parties have agreed for a period (överenskommelse, avtal).

    >>> str(Agreement(id="prio", title="PRIO", parties=("staten", "skr"), period="2012/2015").period)
    '2012-01-01/2015-12-31'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What it is called (namn)."""
    parties: Annotated[tuple[PartyId, ...], OwnedBy()] = field(default=(), converter=ids)
    """Who has agreed (parter)."""
    period: Period | None = field(default=None, converter=maybe_period)
    """For how long it holds (avtalstid)."""
    agreed: When | None = field(default=None, converter=maybe_when)
    """When it was agreed (överenskommet)."""
    total: Maybe[Money] = field(default=None, converter=maybe_money)
    """How much money it concerns, all grants together (summa)."""
    stated: tuple[ReportedAmount, ...] = field(default=(), converter=statements)
    """The total as different sources state it (uppgivna belopp)."""
    based_on: tuple[AgreementId, ...] = field(default=(), converter=ids)
    """The agreements it rests on (bygger på)."""
    supplements: tuple[AgreementId, ...] = field(default=(), converter=ids)
    """The agreements it adds to (tillägg till)."""
    replaces: tuple[AgreementId, ...] = field(default=(), converter=ids)
    """The agreements whose place it takes (ersätter)."""
    target_group: str = ""
    """For whom it is meant (målgrupp)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Obligation:
    """Who owes what to whom by when (villkor, krav); a commission (uppdrag) is one that follows from a decision.

    A group that owes says whether it does so *each* or *jointly*.

    >>> Obligation(
    ...     id="plan", title="Plan", by=jointly("huvudmannen"), to="skr", timing=Timing(due="2016-10-31")
    ... ).duty.sv
    'lämna'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What is owed (vad)."""
    duty: Duty = field(default=Duty.DELIVER, converter=Duty)
    """What sort of thing it demands (slag)."""
    by: Annotated[tuple[Party, ...], OwnedBy(Capacity.CARRIES_OUT)] = field(default=(), converter=parties)
    """Who owes it (av)."""
    to: tuple[Party, ...] = field(default=(), converter=parties)
    """To whom (till)."""
    timing: Timing = field(default=None, converter=timing)
    """By when, whether a statute says so, and whether it must have arrived (tid)."""
    parts: tuple[str, ...] = field(default=(), converter=texts)
    """The parts that make it whole (delar)."""
    delivers: tuple[ThingId, ...] = field(default=(), converter=ids)
    """The plans or other things that are to be handed over (avser)."""
    ground: Annotated[GroundId, NestedUnder("obligations")] | None = None
    """What it follows from: an agreement, a grant, a decision (grund)."""
    secures: Annotated[tuple[GrantId, ...], PropagatesDelay()] = field(default=(), converter=ids)
    """The grants that hang on it (säkrar)."""
    if_missed: Consequence | None = field(default=None, converter=optional(Consequence))
    """What happens to that money if it is missed (följd)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Submission:
    """Something handed in that answers an obligation (inlämning).

    >>> Submission(obligation="plan", by=jointly("huvudmannen"), arrived="2016-10-28").id
    'plan>huvudmannen@2016-10-28'
    """

    obligation: Annotated[ObligationId, NestedUnder("submissions")]
    """What it answers (avser)."""
    by: Annotated[tuple[Party, ...], OwnedBy()] = field(converter=parties)
    """Who handed it in (av)."""
    to: tuple[Party, ...] = field(default=(), converter=parties)
    """To whom (till)."""
    sent: Annotated[When | None, OccursOn()] = field(default=None, converter=maybe_when)
    """When it was sent (avsänd)."""
    arrived: Annotated[When | None, OccursOn()] = field(default=None, converter=maybe_when)
    """When it arrived (inkommen)."""
    parts: tuple[str, ...] = field(default=(), converter=texts)
    """The parts that were in it (delar)."""
    reported: tuple[ReportedAmount, ...] = field(default=(), converter=statements)
    """The amounts it reports (redovisade belopp)."""
    certified_by: str = ""
    """The office that certified it (intygad av)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
    id: str = Factory(
        lambda self: link(self.obligation, *(party.id for party in self.by), on=self.arrived or self.sent or ""),
        takes_self=True,
    )


@frozen(kw_only=True)
class DecisionItem:
    """One numbered item of a decision, with its own outcome (beslutspunkt).

    >>> DecisionItem(outcome="notes", about=("agenda",)).outcome.sv
    'noterar'
    """

    outcome: Outcome | None = field(default=None, converter=optional(Outcome))
    """What it says (utfall); absent while nothing is decided."""
    about: tuple[ThingId, ...] = field(default=(), converter=ids)
    """What it is about (avser)."""
    commissions: tuple[ObligationId, ...] = field(default=(), converter=ids)
    """The obligations it lays on somebody (uppdrag)."""
    text: str = ""
    """Its wording in short (lydelse)."""


def items(value: DecisionItem | Iterable[DecisionItem]) -> tuple[DecisionItem, ...]:
    """One item or several, in their order."""
    return (value,) if isinstance(value, DecisionItem) else several(value)


@frozen(kw_only=True)
class Decision:
    """What a body decides (beslut); it exists before it is taken, for it has a timing.

    >>> Decision(id="p11", title="§ 11", paragraph=11, timing=Timing(done="unknown")).timing.done.is_unknown
    True
    """

    id: str
    """The name by which records refer to it."""
    title: str = ""
    """What the matter is called (ärende)."""
    body: Annotated[Maybe[ActorId], OwnedBy(Capacity.CARRIES_OUT)] = None
    """The body that decides (beslutande organ)."""
    timing: Annotated[Timing, OccursOn()] = field(default=None, converter=timing)
    """When it is planned, due and done (tid)."""
    paragraph: int | None = None
    """Its number in the minutes (paragraf)."""
    dnr: str = ""
    """The matter's registration number (diarienummer)."""
    presented_by: tuple[HolderId, ...] = field(default=(), converter=ids)
    """Who presents the matter (föredragande)."""
    rests_on: tuple[Annotated[str, Ref("Decision", "Agreement")], ...] = field(default=(), converter=ids)
    """The decisions and agreements it rests on (bygger på)."""
    items: tuple[DecisionItem, ...] = field(default=(), converter=items)
    """What is decided, item by item (beslutspunkter)."""
    sent_to: tuple[PartyId, ...] = field(default=(), converter=ids)
    """To whom it is sent (beslutet skickas till)."""
    replaces: tuple[DecisionId, ...] = field(default=(), converter=ids)
    """The decisions whose place it takes (ersätter)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
