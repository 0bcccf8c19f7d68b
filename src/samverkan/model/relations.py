"""How bodies, groups and roles are tied to each other and to things: belonging, speaking, answering, standing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from attrs import Factory, field, frozen

from samverkan.model.party import Party, party
from samverkan.model.reference import (
    ActorId,
    HolderId,
    NestedUnder,
    OccursOn,
    OwnedBy,
    PartyId,
    Restricts,
    SourceId,
    ThingId,
    ValidDuring,
    ids,
    several,
)
from samverkan.model.source import Basis
from samverkan.values.identity import link
from samverkan.values.missing import Maybe
from samverkan.values.money import Money, maybe_money
from samverkan.values.period import Period, maybe_period
from samverkan.values.term import Term
from samverkan.values.when import When, maybe_when

__all__ = [
    "Act",
    "Attitude",
    "Capacity",
    "Mandate",
    "Membership",
    "MembershipKind",
    "Participation",
    "Stance",
]


class MembershipKind(Term):
    """In which capacity a body belongs to another (medlemskap)."""

    MEMBER = "member", "medlem"
    ASSOCIATE = "associate", "adjungerad"


class Act(Term):
    """What a mandate is to do, or expressly not to do (handling)."""

    PREPARE = "prepare", "bereda"
    SPEAK = "speak", "företräda"
    RECOMMEND = "recommend", "rekommendera"
    COMMISSION = "commission", "ge i uppdrag"
    SIGN = "sign", "underteckna"
    DRAW = "draw", "rekvirera"
    DECIDE = "decide", "besluta"


class Capacity(Term):
    """How somebody takes part in something (kapacitet)."""

    OWNS = "owns", "äger"
    LEADS = "leads", "leder"
    CARRIES_OUT = "carries out", "utför"
    SUPPORTS = "supports", "stödjer"
    COORDINATES = "coordinates", "samordnar"

    @property
    def answers(self) -> bool:
        """Whether who takes part so answers for the thing; to support it is not to answer for it."""
        return self is not Capacity.SUPPORTS

    @property
    def holds(self) -> bool:
        """Whether the thing is theirs who take part so, and with them their organisation's."""
        return self in (Capacity.OWNS, Capacity.LEADS)


class Attitude(Term):
    """Where an actor stands towards a thing (hållning)."""

    MENTIONED = "mentioned", "omnämnd"
    ASKED = "asked", "tillfrågad"
    IN_DIALOGUE = "in dialogue", "i dialog"
    SUPPORTS = "supports", "stödjer"
    ACCEPTS = "accepts", "antar"
    DECLINES = "declines", "avböjer"
    NO_ANSWER = "no answer", "inget svar"


@frozen(kw_only=True)
class Membership:
    """A body belongs to another (medlemskap), in a capacity, from a day to a day.

    No mandate, duty or money ever flows along a membership.

    >>> Membership(member="ale", of="gr").id
    'ale>gr'
    """

    member: Annotated[PartyId, OwnedBy()]
    """Who belongs (medlem)."""
    of: Annotated[ActorId, NestedUnder("members")]
    """To what (i)."""
    capacity: MembershipKind = field(default=MembershipKind.MEMBER, converter=MembershipKind)
    """As a member or an associate (medlem, adjungerad)."""
    period: Annotated[Period | None, ValidDuring()] = field(default=None, converter=maybe_period)
    """From which day to which (tid)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
    id: str = Factory(
        lambda self: link(
            self.member,
            self.of,
            kind="" if self.capacity is MembershipKind.MEMBER else self.capacity,
            on=(self.period and self.period.start) or "",
        ),
        takes_self=True,
    )


def acts(value: str | Iterable[str]) -> tuple[Act, ...]:
    """One act or several, by English or Swedish word."""
    return (Act(value),) if isinstance(value, str) else tuple(Act(item) for item in several(value))


@frozen(kw_only=True)
class Mandate:
    """Who may, or may expressly not, do what for whom (mandat, fullmakt).

    It never follows from a membership or an employment: employed by is not speaks for, speaks for is not signs for,
    signs for is not decides for.

    >>> Mandate(id="m-1", holder="processledare", may="speak", for_="de-49").may[0].sv
    'företräda'
    """

    id: str
    """The name by which records refer to it."""
    holder: Annotated[HolderId, OwnedBy()]
    """Who holds it (innehavare)."""
    may: tuple[Act, ...] = field(default=(), converter=acts)
    """What the holder may do (får)."""
    may_not: tuple[Act, ...] = field(default=(), converter=acts)
    """What the holder expressly may not do (får inte)."""
    for_: Annotated[tuple[PartyId, ...], Restricts()] = field(default=(), converter=ids)
    """For whom; empty where it is not said (för)."""
    about: Annotated[tuple[ThingId, ...], Restricts()] = field(default=(), converter=ids)
    """About what; empty where nothing limits it (avser)."""
    limit: Maybe[Money] = field(default=None, converter=maybe_money)
    """Up to which amount (beloppsgräns)."""
    period: Annotated[Period | None, ValidDuring()] = field(default=None, converter=maybe_period)
    """From which day to which (tid)."""
    evidence: str = ""
    """What proves it: a delegation, a certificate (styrks av)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Participation:
    """Somebody takes part in something, in a capacity, from a day to a day (medverkan, ansvar).

    Responsibility is dated, so that "who carries on" and "nobody" can be asked as of a day.

    >>> Participation(who=jointly("forbunden"), thing="lansplan", capacity="owns").id
    'forbunden>lansplan:owns'
    """

    who: Annotated[Party, OwnedBy()] = field(converter=party)
    """Who (vem)."""
    thing: Annotated[ThingId, NestedUnder("participation")]
    """In what (i)."""
    capacity: Capacity = field(converter=Capacity)
    """How (kapacitet)."""
    period: Annotated[Period | None, ValidDuring()] = field(default=None, converter=maybe_period)
    """From which day to which (tid)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
    id: str = Factory(
        lambda self: link(self.who.id, self.thing, kind=self.capacity, on=(self.period and self.period.start) or ""),
        takes_self=True,
    )


@frozen(kw_only=True)
class Stance:
    """Where an actor stands towards a thing on a day (hållning).

    >>> Stance(actor="finsam", towards="sip-forslag", attitude="in dialogue").id
    'finsam>sip-forslag:in-dialogue'
    """

    actor: Annotated[PartyId, OwnedBy()]
    """Whose (vems)."""
    towards: Annotated[ThingId, NestedUnder("stances")]
    """Towards what (till)."""
    attitude: Attitude = field(converter=Attitude)
    """Which (hållning)."""
    day: Annotated[When | None, OccursOn()] = field(default=None, converter=maybe_when)
    """On which day (dag)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
    id: str = Factory(
        lambda self: link(self.actor, self.towards, kind=self.attitude, on=self.day or ""), takes_self=True
    )
