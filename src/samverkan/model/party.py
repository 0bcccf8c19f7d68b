"""Who: bodies, groups of them, roles, and the parties that owe, act and receive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated

from attrs import field, frozen
from attrs.converters import optional

from samverkan.errors import InvalidValueError
from samverkan.model.reference import ActorId, HolderId, NestedUnder, PartyId, Ref, SourceId, ids, several
from samverkan.model.source import Basis
from samverkan.values.count import Count, maybe_count
from samverkan.values.identity import OrgNumber
from samverkan.values.missing import Maybe
from samverkan.values.period import Period, maybe_period
from samverkan.values.term import Term, words
from samverkan.values.text import Language, Titles, render
from samverkan.values.timing import maybe_days
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, when

__all__ = [
    "Actor",
    "ActorKind",
    "Group",
    "Level",
    "Manner",
    "Party",
    "Receiver",
    "Role",
    "Selection",
    "each",
    "in_force",
    "jointly",
    "lifetime",
    "selection",
    "there",
]


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

    @property
    def is_organisation(self) -> bool:
        """Whether such a body is an organisation, whatever it is part of; a board or an administration is none."""
        return not self.is_part and self not in (ActorKind.FORUM, ActorKind.OTHER)

    @property
    def is_part(self) -> bool:
        """Whether such a body is always a part of another; a forum may stand between organisations."""
        return self in _PARTS


_PARTS = {
    ActorKind.COUNCIL,
    ActorKind.BOARD,
    ActorKind.COMMITTEE,
    ActorKind.ADMINISTRATION,
    ActorKind.UNIT,
    ActorKind.DISTRICT,
}


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


def _id(value: str) -> str:
    if type(value) is not str:
        raise InvalidValueError(f"{value!r:.80} is not an id", "an id is text")
    return value


@frozen
class Party:
    """One who owes, acts or receives (part): an actor, a role, or a group that does so *each* or *jointly*.

    A document writes `skr`, `each de-49`, `jointly huvudmannen`.
    A collaboration is refused when a group is named without its manner, or a single actor with one.

    >>> str(jointly("huvudmannen"))
    'jointly huvudmannen'
    """

    id: HolderId = field(converter=_id)
    """Who."""
    manner: Manner | None = field(default=None, converter=optional(Manner))
    """For a group: one by one, or as one."""

    def __str__(self) -> str:
        """The party as a document writes it."""
        return f"{self.manner} {self.id}" if self.manner else self.id


@render.register
def _(value: Party, language: Language = "en", titles: Titles | None = None) -> str:
    return " ".join(render(part, language, titles) for part in (value.manner, value.id) if part)


Receiver = Annotated[Party, Ref("Actor", "Group")]
"""A party that money goes to: a body, or a group that receives *each* or *jointly*."""


def each(group: str) -> Party:
    """A group whose members owe, act or receive one by one (var för sig).

    >>> str(each("de-49"))
    'each de-49'
    """
    return Party(group, Manner.EACH)


def jointly(group: str) -> Party:
    """A group that owes, acts or receives as one (gemensamt).

    >>> str(jointly("huvudmannen"))
    'jointly huvudmannen'
    """
    return Party(group, Manner.JOINTLY)


def parties(value: str | Party | Iterable[str | Party]) -> tuple[Party, ...]:
    """One party or several; a text may begin with `each` or `jointly`."""
    if value == ():
        return ()
    if isinstance(value, (str, Party)):
        return (party(value),)
    return tuple(party(item) for item in several(value))


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


_COUNTY = re.compile(r"\d\d", re.ASCII)
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

    Raises `InvalidValueError` for a county that is not two digits.

    >>> str(Selection("kommun", "14"))
    'kommuner in county 14'
    """

    kind: ActorKind = field(converter=ActorKind)
    """The kind of body."""
    county: str = ""
    """The county's code (länskod), two digits; empty for every county."""

    def __attrs_post_init__(self) -> None:
        """Hold the county to a code."""
        if self.county != "" and not (type(self.county) is str and _COUNTY.fullmatch(self.county)):
            raise InvalidValueError(f"{self.county!r} is not a county's code", "write two digits, such as '14'")

    def picks(self, actor: Actor) -> bool:
        """Whether an actor is one of them."""
        return actor.kind is self.kind and self.county in ("", actor.county)

    def __str__(self) -> str:
        """The rule as a document writes it."""
        name = next((word for word, kind in _PLURALS.items() if kind is self.kind), str(self.kind))
        return f"{name} in county {self.county}" if self.county else name

    @property
    def sv(self) -> str:
        """The rule in Swedish, as a document may write it too."""
        return str(self).replace(" in county ", " i län ")


def selection(value: str | Selection) -> Selection:
    """Read a rule that picks actors: `kommuner in county 14`, `kommuner i län 14`, `regions`.

    Raises `InvalidValueError` for what names no kind of actor.

    >>> selection("kommuner i län 14").county
    '14'
    """
    if isinstance(value, Selection):
        return value
    match = _SELECTION.fullmatch(value) if isinstance(value, str) else None
    single = {word: kind for word, kind in words(ActorKind).items() if kind not in _PLURALS.values()}
    kind = match and (_PLURALS | single).get(match[1])
    if not match or not kind:
        remedy = "write 'kommuner in county 14', 'regions', or another kind of actor"
        raise InvalidValueError(f"{value!r:.80} does not pick actors", remedy)
    return Selection(kind, match[2] or "")


def _rule(value: str | Selection | None) -> Selection | None:
    return None if value is None else selection(value)


def _orgnr(value: str | OrgNumber | None) -> OrgNumber | None:
    return value if value is None or isinstance(value, OrgNumber) else OrgNumber(value)


def _whens(value: WhenLike | Iterable[WhenLike]) -> tuple[When, ...]:
    return tuple(when(day) for day in ((value,) if isinstance(value, str | date | When) else several(value)))


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
    orgnr: OrgNumber | None = field(default=None, converter=_orgnr)
    """Its organisation number (organisationsnummer)."""
    code: str = ""
    """Its code in the national lists: four digits for a kommun, two for a region (kommunkod, länskod)."""
    county: str = ""
    """The code of the county it lies in, two digits (länskod)."""
    part_of: Annotated[ActorId, NestedUnder("parts")] | None = None
    """The body it is a part of (ingår i)."""
    works_for: tuple[PartyId, ...] = field(default=(), converter=ids)
    """On whose behalf it exists (verkar för)."""
    exists: Period | None = field(default=None, converter=maybe_period)
    """When it exists (fanns)."""
    replaces: tuple[ActorId, ...] = field(default=(), converter=ids)
    """The bodies whose place it took (ersätter)."""
    meets: tuple[When, ...] = field(default=(), converter=_whens)
    """The days on which it meets (sammanträdesdagar)."""
    matters_in: Maybe[int] = field(default=None, converter=maybe_days)
    """How many days before a meeting a matter must be in (ärendestopp)."""
    papers_out: Maybe[int] = field(default=None, converter=maybe_days)
    """How many days before a meeting its papers are sent out (utskick)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Group:
    """A party that is many (grupp): a list of actors, or a rule that picks them, with a count that is checked.

    A collaboration is refused when the count does not hold.

    >>> Group(id="de-49", every="kommuner in county 14", count=49).count.exact
    49
    """

    id: str
    """The name by which records refer to it."""
    title: str = ""
    """What it is called (namn)."""
    of: tuple[PartyId, ...] = field(default=(), converter=ids)
    """Who is in it; groups may hold groups (består av)."""
    every: Selection | None = field(default=None, converter=_rule)
    """A rule that picks its actors out of the collaboration (urval)."""
    count: Maybe[Count] = field(default=None, converter=maybe_count)
    """How many it holds, counted as single actors (antal); a check, not a fact."""
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


def lifetime(record: object) -> Period | None:
    """For how long a body exists, or a post is held; None where nothing is said of it, or for anything else."""
    return record.exists if isinstance(record, Actor) else record.period if isinstance(record, Role) else None


def in_force(period: Period | None, on: WhenLike | None) -> Truth:
    """Whether something with a period holds on a day; where no period or no day is given, nothing speaks against it."""
    return period.contains(on) if period and on else Truth.YES


def there(record: object, on: WhenLike | None) -> Truth:
    """Whether a body or a post is there on a day (finns): a body while it exists, a post for its period.

    Where no day is given, or nothing is said of a time, nothing speaks against it.

    >>> there(Actor(id="sdn", title="Stadsdelsnämnden", kind="district", exists="2011/2020"), when("2022"))
    <Truth.NO: 'no'>
    """
    return in_force(lifetime(record), on)
