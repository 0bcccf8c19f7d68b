"""Who is responsible, and where is nobody (question 8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from samverkan.model.collaboration import Collaboration, check_collaboration, natural, records
from samverkan.model.kinds import KINDS
from samverkan.model.party import Actor, Group, Level, lifetime
from samverkan.model.reference import OwnedBy, marked, named
from samverkan.model.relations import Capacity, Participation
from samverkan.model.source import Mark, is_open, marks
from samverkan.model.work import Goal
from samverkan.parties.answer import answer
from samverkan.parties.containment import inside
from samverkan.parties.membership import Parties, parties_of, undated
from samverkan.parties.organisation import Organisations, organisations_of
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.names import gathered
from samverkan.values.period import Period
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = [
    "Claim",
    "Responsibility",
    "ResponsibilityState",
    "claims_on",
    "levels_of",
    "responsible",
    "silence_of",
    "state_of",
]


_ANSWERS_FOR = Wording("answers for", "ansvarar för")
_WHAT = Wording("what", "vad")
_TITLE = Wording("Who {capacity} {thing}", "Vem som {capacity} {thing}")
_TITLE_ON = Wording("Who {capacity} {thing} on {day}", "Vem som {capacity} {thing} den {day}")
_OPEN = Wording("who answers for {things}", "vem som ansvarar för {things}")
_AT_LEVEL = Wording("at level {level}", "på nivån {level}")


class ResponsibilityState(Term):
    """Whether somebody answers for a thing (ansvarsläge)."""

    ASSIGNED = "held", "finns"
    """Somebody does."""
    UNDECIDED = "cannot be told", "går inte att säga"
    """Somebody is named, but for a time that leaves it undetermined."""
    ENDED = "ended", "upphört"
    """Somebody did, and no longer does; who carries on is not recorded."""
    COMING = "not yet begun", "ännu inte påbörjat"
    """Somebody will, from a later day."""
    NOBODY = "nobody", "ingen"
    """The documents state that nobody does, or claim to be complete and name nobody."""
    UNKNOWN = "unknown", "okänt"
    """The source is silent about who does."""
    NOT_DESCRIBED = "not described", "ej beskrivet"
    """Nothing is recorded and nothing claimed: no gap, and no cover."""


@frozen(kw_only=True)
class Responsibility:
    """Who answers for one thing, or that nobody does (ansvar)."""

    thing: str
    """What is answered for (vad)."""
    title: str
    """What it is called (namn)."""
    who: str
    """Who answers; empty if nobody is recorded (vem)."""
    capacity: Phrase
    """As what: owns, leads, carries out, supports, coordinates (kapacitet)."""
    level: Level | None
    """At which level that body acts (nivå)."""
    organisations: tuple[str, ...]
    """The organisations behind it (organisation)."""
    state: ResponsibilityState
    """Whether it holds on the day that was asked about (läge)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def responsible(
    collaboration: Collaboration, thing: str = "", *, capacity: str = "", on: WhenLike | None = None
) -> Table[Responsibility]:
    """Who answers for a thing and for everything inside it, and where nobody does (vem ansvarar).

    Without a *thing*, it covers all plans, goals, processes, activities, obligations and decisions, and whatever else
    somebody takes part in. *capacity* asks for one way of taking part only, such as `leads`; *on* asks as of a day,
    without which periods do not matter. Those who only support a thing are listed but do not answer for it. Bodies that
    do not exist on that day hold no responsibility. Owners come first.
    The answer is *nobody* only if the documents state so or claim completeness; otherwise it is *not described*.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Plan
    >>> plan = Plan(id="p", title="Plan")
    >>> [str(row.state) for row in responsible(Collaboration([plan]), "p")]
    ['not described']
    """
    check_collaboration(collaboration)
    moment = maybe_when(on)
    wanted = Capacity(capacity) if capacity else None
    homes, parties = organisations_of(collaboration, moment), parties_of(collaboration)
    if thing:
        things = [collaboration[id] for id in inside(collaboration, thing)]
    else:
        kinds = dict.fromkeys((*KINDS, *collaboration.kinds))
        things = list(records(collaboration, *kinds))
    taken = {part.thing for part in collaboration[Participation]}
    rows = tuple(
        row
        for record in things
        if isinstance(record, Goal) or _ownership(record) or record.id in taken or record.id == thing
        for row in _rows(parties, record, wanted, moment, homes)
    )
    open_ = dict.fromkeys(row.thing for row in rows if row.state in _OPEN_STATES)
    unknown = (
        *((_OPEN(things=(*gathered(open_),)),) if open_ else ()),
        *undated(_unbounded(collaboration, rows, moment)),
    )
    title = (_TITLE_ON if moment else _TITLE)(
        capacity=wanted or _ANSWERS_FOR(), thing=thing or _WHAT(), **({"day": moment} if moment else {})
    )
    return answer(collaboration, Responsibility, rows, title, on=moment, unknown=unknown)


_OPEN_STATES = (ResponsibilityState.UNKNOWN, ResponsibilityState.NOT_DESCRIBED, ResponsibilityState.UNDECIDED)


def _unbounded(c: Collaboration, rows: tuple[Responsibility, ...], on: When | None) -> Iterator[str]:
    """The records by which somebody answers for a thing on a day, and which lack a period that they could have."""
    for row in rows if on else ():
        if row.state is ResponsibilityState.ASSIGNED and getattr(c[row.because[0]], "period", _NEVER) is None:
            yield row.because[0]


_NEVER = object()
"""For records that have no period: an obligation, a decision."""


def _ownership(record: Any) -> dict[str, Capacity]:
    """The fields by which a record itself names who answers for it, and as what."""
    return {name: Capacity(mark.capacity) for name, mark in marked(record.__class__, OwnedBy).items() if mark.capacity}


def _rows(
    parties: Parties, record: Any, wanted: Capacity | None, on: When | None, homes: Organisations
) -> Iterator[Responsibility]:
    c = parties.collaboration
    claims = sorted((claim for claim in claims_on(c, record, on) if wanted in (None, claim[1])), key=_order)
    current = [claim for claim in claims if claim[2] in (ResponsibilityState.ASSIGNED, ResponsibilityState.UNDECIDED)]
    for party, capacity, state, source in current or claims:
        yield _row(c, record, party, Phrase(capacity), state, homes, source)
    silence = silence_of(record, wanted)
    answered = any(wanted or claim[1].answers for claim in current or claims)
    if not answered or (not current and silence is ResponsibilityState.NOBODY):
        yield _row(c, record, "", Phrase(wanted or ""), silence, homes, record.id)
    covered = {level for claim in current if claim[1].answers for level in levels_of(parties, claim[0])}
    for level in () if wanted else getattr(record, "levels", ()):
        if level not in covered:
            nobody = silence_of(record, wanted) is ResponsibilityState.NOBODY and None not in covered
            state = ResponsibilityState.NOBODY if nobody else ResponsibilityState.NOT_DESCRIBED
            yield _row(c, record, "", _AT_LEVEL(level=level), state, homes, record.id)


Claim = tuple[str, Capacity, ResponsibilityState, str]
"""Who, as what, whether on the day, and by which record."""


def _order(claim: Claim) -> tuple[int, tuple[Any, ...], tuple[Any, ...]]:
    party, capacity, _, source = claim
    return [*Capacity].index(capacity), natural(party), natural(source)


def claims_on(c: Collaboration, record: Any, on: When | None) -> Iterator[Claim]:
    """Who is named as answering, as what, whether on the day, and by which record."""
    for pointer in c.pointing_at(record.id):
        part = c[pointer.record]
        if isinstance(part, Participation) and part.thing == record.id:
            yield part.who.id, part.capacity, state_of(c, part, part.who.id, on), part.id
    for name, capacity in _ownership(record).items():
        for party in named(record, name):
            yield party, capacity, state_of(c, record, party, on), record.id


_FARTHER = (
    ResponsibilityState.ASSIGNED,
    ResponsibilityState.UNDECIDED,
    ResponsibilityState.COMING,
    ResponsibilityState.ENDED,
)


def state_of(c: Collaboration, record: Any, party: str, on: When | None) -> ResponsibilityState:
    """Whether a record holds of a party on a day: while both exist; the one farther from it decides."""
    spans = (getattr(record, "period", None), lifetime(c[party]))
    return max((_state(span, on) for span in spans), key=_FARTHER.index)


def _state(period: Period | None, on: When | None) -> ResponsibilityState:
    truth = period.contains(on) if period and on else Truth.YES
    if truth is Truth.NO and period and period.start and on:
        return ResponsibilityState.COMING if on.before(period.start) is Truth.YES else ResponsibilityState.ENDED
    return {
        Truth.YES: ResponsibilityState.ASSIGNED,
        Truth.CANNOT_TELL: ResponsibilityState.UNDECIDED,
        Truth.NO: ResponsibilityState.ENDED,
    }[truth]


def silence_of(record: Any, wanted: Capacity | None) -> ResponsibilityState:
    """What it means that nobody is named; a complete list of one capacity leaves the other capacities open."""
    fields = [name for name, capacity in _ownership(record).items() if wanted in (None, capacity)]
    values = [getattr(record, name) for name in fields]
    claimed = marks(record, *fields, "participation")
    if Mark.UNKNOWN in claimed or UNKNOWN in values:
        return ResponsibilityState.UNKNOWN
    if Mark.PARTIAL in claimed or not (NONE in values or Mark.COMPLETE in claimed):
        return ResponsibilityState.NOT_DESCRIBED
    return ResponsibilityState.NOBODY


def levels_of(parties: Parties, party: str) -> frozenset[Level | None]:
    """The levels of the members of a party; None among them for one whose level, or who itself, is not recorded."""
    levels = _recorded_levels(parties.collaboration, party)
    more = any(not _picks_one_level(parties.collaboration, group) for group in parties.open_groups([party]))
    return frozenset(levels | {None} if more else levels)


def _recorded_levels(c: Collaboration, party: str) -> set[Level | None]:
    members = [c[id] for id in c.members(party)] or [c[party]]
    return {member.level if isinstance(member, Actor) else None for member in members}


def _picks_one_level(c: Collaboration, group: str) -> bool:
    """Whether a group's rule picks bodies of one kind, of which those that are recorded act at one level."""
    record = c[group]
    ruled = isinstance(record, Group) and record.every is not None and not record.of and not is_open(record, "of")
    return ruled and len(_recorded_levels(c, group)) == 1


def _level(c: Collaboration, party: str) -> Level | None:
    levels = _recorded_levels(c, party)
    return levels.pop() if len(levels) == 1 else None


def _row(
    c: Collaboration,
    record: Any,
    party: str,
    capacity: Phrase,
    state: ResponsibilityState,
    homes: Organisations,
    source: str,
) -> Responsibility:
    home = homes.of(party) if party else None
    return Responsibility(
        thing=record.id,
        title=getattr(record, "title", ""),
        who=party,
        capacity=capacity,
        level=_level(c, party) if party else None,
        organisations=home.ids if home else (),
        state=state,
        because=tuple(dict.fromkeys((source, record.id, *(home.because if home else ())))),
    )
