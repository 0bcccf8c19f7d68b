"""Who: bodies, groups of them, roles, and who belongs to, speaks for and answers for what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from attrs import Factory, field, frozen
from attrs.converters import optional

from samverkan.errors import InvalidValueError
from samverkan.model.reference import Happens, Lasts, Narrows, Ref, SourceId, ThingId, Within, ids
from samverkan.model.source import Basis
from samverkan.values.count import Count, maybe_count
from samverkan.values.identity import OrgNumber, link
from samverkan.values.missing import Maybe
from samverkan.values.money import Money, maybe_money
from samverkan.values.period import Period, maybe_period
from samverkan.values.term import Term, words
from samverkan.values.when import When, maybe_when

__all__ = [
    "Act",
    "Actor",
    "ActorId",
    "ActorKind",
    "Attitude",
    "Capacity",
    "Group",
    "HolderId",
    "Level",
    "Mandate",
    "Manner",
    "Membership",
    "MembershipKind",
    "Participation",
    "Party",
    "PartyId",
    "Role",
    "RoleId",
    "Selection",
    "Stance",
    "each",
    "jointly",
]

ActorId = Annotated[str, Ref("Actor")]
"""The id of an `Actor`."""
PartyId = Annotated[str, Ref("Actor", "Group")]
"""The id of an `Actor` or a `Group`."""
RoleId = Annotated[str, Ref("Role")]
"""The id of a `Role`."""
HolderId = Annotated[str, Ref("Actor", "Group", "Role")]
"""The id of an `Actor`, a `Group` or a `Role`."""


class ActorKind(Term):
    """What sort of body an actor is (slag av aktör)."""

    STATE = "state", "staten"
    AGENCY = "agency", "statlig myndighet"
    REGION = "region", "region"
    KOMMUN = "kommun", "kommun"
    KOMMUNALFORBUND = "kommunalforbund", "kommunalförbund"
    SAMORDNINGSFORBUND = "samordningsforbund", "samordningsförbund"
    ASSOCIATION = "association", "förening"
    COOPERATION_BODY = "cooperation body", "samverkansaktör"
    FORUM = "forum", "samverkansforum"
    COUNCIL = "council", "fullmäktige"
    BOARD = "board", "styrelse"
    COMMITTEE = "committee", "nämnd"
    ADMINISTRATION = "administration", "förvaltning"
    UNIT = "unit", "enhet"
    DISTRICT = "district", "stadsdel"
    CARE_PROVIDER = "care provider", "vårdgivare"
    USER_ORGANISATION = "user organisation", "brukarorganisation"
    COMPANY = "company", "företag"
    OTHER = "other", "annan"


class Level(Term):
    """Where in the chain from the state to the neighbourhood a body or a matter stands (nivå)."""

    NATIONAL = "national", "nationell"
    COUNTY = "county", "länsgemensam"
    SUBREGIONAL = "subregional", "delregional"
    LOCAL = "local", "lokal"
    NEIGHBOURHOOD = "neighbourhood", "närområde"


class Manner(Term):
    """How a group owes, decides or receives: one by one, or as one (på vilket sätt)."""

    EACH = "each", "var för sig"
    JOINTLY = "jointly", "gemensamt"


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


class Attitude(Term):
    """Where an actor stands towards a thing (hållning)."""

    MENTIONED = "mentioned", "omnämnd"
    ASKED = "asked", "tillfrågad"
    IN_DIALOGUE = "in dialogue", "i dialog"
    SUPPORTS = "supports", "stödjer"
    ACCEPTS = "accepts", "antar"
    DECLINES = "declines", "avböjer"
    NO_ANSWER = "no answer", "inget svar"


@frozen
class Party:
    """One who owes, acts or receives (part): an actor, a role, or a group that does so *each* or *jointly*.

    A document writes `skr`, `each de-49`, `jointly huvudmannen`.
    A collaboration is refused when a group is named without its manner, or a single actor with one.

    >>> str(jointly("huvudmannen"))
    'jointly huvudmannen'
    """

    id: HolderId
    """Who."""
    manner: Manner | None = field(default=None, converter=optional(Manner))
    """For a group: one by one, or as one."""

    def __str__(self) -> str:
        """The party as a document writes it."""
        return f"{self.manner} {self.id}" if self.manner else self.id


def each(group: str) -> Party:
    """A group whose members owe, act or receive one by one (var för sig)."""
    return Party(group, Manner.EACH)


def jointly(group: str) -> Party:
    """A group that owes, acts or receives as one (gemensamt)."""
    return Party(group, Manner.JOINTLY)


def parties(value: str | Party | Iterable[str | Party]) -> tuple[Party, ...]:
    """One party or several; a text may begin with `each` or `jointly`."""
    if value == ():
        return ()
    if isinstance(value, (str, Party)):
        return (party(value),)
    return tuple(party(item) for item in value)


def party(value: str | Party) -> Party:
    """A party from its text: `skr`, `each de-49`, `jointly huvudmannen`."""
    if type(value) is Party:
        return value
    if not isinstance(value, str):
        raise InvalidValueError(
            f"{value!r} is not a party", "write an id, or 'each' or 'jointly' and the id of a group"
        )
    first, _, rest = value.partition(" ")
    for manner in Manner:
        for word in (manner.value, manner.sv):
            if value.startswith(f"{word} "):
                return Party(value.removeprefix(f"{word} "), manner)
    if rest:
        raise InvalidValueError(
            f"{value!r} is not a party: {first!r} is neither 'each' nor 'jointly'",
            "write an id, or 'each' or 'jointly' and the id of a group",
        )
    return Party(value)


_SELECTION = re.compile(r"(.+?)(?: (?:in county|i län) (\d\d))?", re.ASCII)
_PLURALS = {
    "kommuner": ActorKind.KOMMUN,
    "regions": ActorKind.REGION,
    "regioner": ActorKind.REGION,
    "kommunalforbund": ActorKind.KOMMUNALFORBUND,
    "kommunalförbund": ActorKind.KOMMUNALFORBUND,
}


@frozen
class Selection:
    """A rule that picks actors: all of a kind, in a county or everywhere (urval).

    >>> str(Selection.of("kommuner i län 14"))
    'kommuner in county 14'
    """

    kind: ActorKind = field(converter=ActorKind)
    """The kind of body."""
    county: str = ""
    """The county's code (länskod), two digits; empty for every county."""

    @classmethod
    def of(cls, text: str) -> Selection:
        """Read `kommuner in county 14`, `kommuner i län 14`, `regions`."""
        match = _SELECTION.fullmatch(text) if isinstance(text, str) else None
        single = {word: kind for word, kind in words(ActorKind).items() if kind not in _PLURALS.values()}
        kind = match and (_PLURALS | single).get(match[1])
        if not match or not kind:
            remedy = "write 'kommuner in county 14', 'regions', or another kind of actor"
            raise InvalidValueError(f"{text!r:.80} does not pick actors", remedy)
        return cls(kind, match[2] or "")

    def __attrs_post_init__(self) -> None:
        """Hold the county to a code."""
        if self.county and not (len(self.county) == len("14") and self.county.isdigit()):
            raise InvalidValueError(f"{self.county!r} is not a county's code", "write two digits, such as '14'")

    def picks(self, actor: Actor) -> bool:
        """Whether an actor is one of them."""
        return actor.kind is self.kind and self.county in ("", actor.county)

    def __str__(self) -> str:
        """The rule as a document writes it."""
        name = next((word for word, kind in _PLURALS.items() if kind is self.kind), str(self.kind))
        return f"{name} in county {self.county}" if self.county else name


@frozen(kw_only=True)
class Actor:
    """A body that can act (aktör): a kommun, an agency, a board, a steering group.

    A body is its own arena as well: who sits in it is told by `Membership`, when it meets by `meets`.

    >>> Actor(id="vastkom", title="VästKom", kind="cooperation body", level="county").kind.sv
    'samverkansaktör'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What it is called (namn)."""
    kind: ActorKind = field(converter=ActorKind)
    """What sort of body it is (slag)."""
    level: Level | None = field(default=None, converter=optional(Level))
    """At which level it acts (nivå)."""
    orgnr: OrgNumber | None = None
    """Its organisation number (organisationsnummer)."""
    code: str = ""
    """Its code in the national lists: four digits for a kommun, two for a region (kommunkod, länskod)."""
    county: str = ""
    """The code of the county it lies in, two digits (länskod)."""
    part_of: Annotated[ActorId, Within("parts")] | None = None
    """The body it is a part of (ingår i)."""
    works_for: tuple[PartyId, ...] = field(default=(), converter=ids)
    """On whose behalf it exists (verkar för)."""
    exists: Period | None = field(default=None, converter=maybe_period)
    """When it exists (fanns)."""
    replaces: tuple[ActorId, ...] = field(default=(), converter=ids)
    """The bodies whose place it took (ersätter)."""
    meets: tuple[When, ...] = ()
    """The days on which it meets (sammanträdesdagar)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Group:
    """A party that is many (grupp): a list of actors, or a rule that picks them, with a count that is checked.

    A collaboration is refused when the count does not hold.

    >>> Group(id="de-49", every=Selection.of("kommuner in county 14"), count=49).count.exact
    49
    """

    id: str
    """The name by which records refer to it."""
    title: str = ""
    """What it is called (namn)."""
    of: tuple[PartyId, ...] = field(default=(), converter=ids)
    """Who is in it; groups may hold groups (består av)."""
    every: Selection | None = None
    """A rule that picks its actors out of the collaboration (urval)."""
    count: Maybe[Count] = field(default=None, converter=maybe_count)
    """How many it holds, counted as single actors (antal); a check, not a fact."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Membership:
    """A body belongs to another (medlemskap), in a capacity, from a day to a day.

    No mandate, duty or money ever flows along a membership.

    >>> Membership(member="ale", of="gr").id
    'ale>gr'
    """

    member: PartyId
    """Who belongs (medlem)."""
    of: Annotated[ActorId, Within("members")]
    """To what (i)."""
    capacity: MembershipKind = field(default=MembershipKind.MEMBER, converter=MembershipKind)
    """As a member or an associate (medlem, adjungerad)."""
    period: Annotated[Period | None, Lasts()] = field(default=None, converter=maybe_period)
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
    return (Act(value),) if isinstance(value, str) else tuple(Act(item) for item in value)


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
    holder: HolderId
    """Who holds it (innehavare)."""
    may: tuple[Act, ...] = field(default=(), converter=acts)
    """What the holder may do (får)."""
    may_not: tuple[Act, ...] = field(default=(), converter=acts)
    """What the holder expressly may not do (får inte)."""
    for_: Annotated[tuple[PartyId, ...], Narrows()] = field(default=(), converter=ids)
    """For whom; empty where it is not said (för)."""
    about: Annotated[tuple[ThingId, ...], Narrows()] = field(default=(), converter=ids)
    """About what; empty where nothing limits it (avser)."""
    limit: Maybe[Money] = field(default=None, converter=maybe_money)
    """Up to which amount (beloppsgräns)."""
    period: Annotated[Period | None, Lasts()] = field(default=None, converter=maybe_period)
    """From which day to which (tid)."""
    evidence: str = ""
    """What proves it: a delegation, a certificate (styrks av)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Role:
    """A post held by somebody, never named (roll, funktion).

    On whose behalf it acts is said by `Mandate`.

    >>> str(Role(id="ambassadorer", title="Ambassadörer", count="~60").count)
    '~60'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What the post is called (titel)."""
    employed_by: Maybe[PartyId] = None
    """Who employs its holder (arbetsgivare)."""
    comes_from: Maybe[ActorId] = None
    """The body its holder came from or is on leave from (kommer från)."""
    engaged_by: Maybe[ActorId] = None
    """Who has engaged its holder, where that is not the employer (anlitad av)."""
    period: Period | None = field(default=None, converter=maybe_period)
    """From which day to which (tid)."""
    count: Maybe[Count] = field(default=None, converter=maybe_count)
    """How many hold it (antal)."""
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

    who: Party = field(converter=party)
    """Who (vem)."""
    thing: Annotated[ThingId, Within("participation")]
    """In what (i)."""
    capacity: Capacity = field(converter=Capacity)
    """How (kapacitet)."""
    period: Annotated[Period | None, Lasts()] = field(default=None, converter=maybe_period)
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

    actor: PartyId
    """Whose (vems)."""
    towards: Annotated[ThingId, Within("stances")]
    """Towards what (till)."""
    attitude: Attitude = field(converter=Attitude)
    """Which (hållning)."""
    day: Annotated[When | None, Happens()] = field(default=None, converter=maybe_when)
    """On which day (dag)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
    id: str = Factory(
        lambda self: link(self.actor, self.towards, kind=self.attitude, on=self.day or ""), takes_self=True
    )
