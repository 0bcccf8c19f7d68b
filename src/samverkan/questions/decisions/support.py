"""Which proposals rest on somebody who has not agreed (förslag som vilar på andra)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from samverkan.model.agreement import Decision, Outcome
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.party import in_force
from samverkan.model.relations import Attitude, Participation, Stance
from samverkan.model.source import is_open
from samverkan.model.work import Activity, Goal, GoalKind
from samverkan.parties.answer import answer
from samverkan.parties.responses import is_foreseen
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["MissingConsent", "unconfirmed_support"]

_NOT_ASKED = Wording("not asked, as recorded", "inte tillfrågad, enligt det som är registrerat")
_EACH = Wording("each proposal", "varje förslag")
_TITLE = Wording("Whom {proposal} rests on who has not agreed", "Vem {proposal} vilar på som inte har sagt ja")
_TITLE_ON = Wording(
    "Whom {proposal} rests on who has not agreed, on {day}", "Vem {proposal} vilar på som inte har sagt ja, den {day}"
)
_BARE = Wording("whom {proposals} rests on: nothing is recorded", "vem {proposals} vilar på: inget är registrerat")
_MORE = Wording(
    "whom else {proposals} rests on: the source does not state all of it",
    "vem mer {proposals} vilar på: källan anger inte allt",
)
_UNDATED = Wording(
    "from which day {records} holds: no day is recorded", "från vilken dag {records} gäller: ingen dag är angiven"
)


@frozen(kw_only=True)
class MissingConsent:
    """One whom a proposal rests on, and who is not recorded as having accepted it (vilar på)."""

    proposal: str
    """Which proposal (förslag)."""
    title: str
    """What it is called (namn)."""
    rests_on: str
    """Whom it rests on (vilar på)."""
    stance: Phrase
    """Its stance: a word of `Attitude`, or that it is not recorded as asked (hållning)."""
    agrees: Truth
    """Whether it has agreed; to support the proposal is not to promise to do its part (har antagit)."""
    day: When | None
    """The day of that stance, or of the decision that gives it (dag)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def unconfirmed_support(
    collaboration: Collaboration, thing: str = "", *, on: WhenLike | None = None
) -> Table[MissingConsent]:
    """Which proposals rest on somebody who has not agreed to them, and the stance of each (vem har inte sagt ja).

    A proposal rests on those who are to carry it out, coordinate or support it, on those who do the activities towards
    it, and on all whose stance towards it is recorded, also by a decision that approves or declines it; but not on
    those who own or lead it. The latest stance counts; if several may be the latest, all of them count. Those who
    accept are left out.
    The question covers all proposals, or with a *thing* that one, of whatever kind. With *on*, as of that day.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.party import Actor
    >>> region = Actor(id="vgr", title="Västra Götalandsregionen", kind="region")
    >>> sip = Goal(id="sip", title="SIP ska alltid erbjudas", kind="proposal")
    >>> part = Participation(who="vgr", thing="sip", capacity="carries out")
    >>> [(row.rests_on, row.stance) for row in unconfirmed_support(Collaboration([region, sip, part]))]
    [('vgr', 'not asked, as recorded')]
    """
    check_collaboration(collaboration)
    moment = maybe_when(on)
    proposals = (one for one in collaboration[Goal] if one.kind is GoalKind.PROPOSAL)
    asked = [collaboration[thing]] if thing else [*proposals]
    by_proposal = {one.id: list(_rows(collaboration, one.id, getattr(one, "title", ""), moment)) for one in asked}
    rows = [row for several in by_proposal.values() for row in several if row.agrees is not Truth.YES]
    bare = [id for id, several in by_proposal.items() if not several]
    more = [one.id for one in asked if is_open(one, "participation", "stances")]
    undated = dict.fromkeys(row.because[0] for row in rows if moment and row.stance in _WORDS and row.day is None)
    unknown = (
        *([_BARE(proposals=(*gathered(bare),))] if bare else []),
        *([_MORE(proposals=(*gathered(more),))] if more else []),
        *([_UNDATED(records=(*gathered(undated),))] if undated else []),
    )
    proposal = thing or _EACH()
    title = _TITLE_ON(proposal=proposal, day=moment) if moment else _TITLE(proposal=proposal)
    return answer(collaboration, MissingConsent, rows, title, on=moment, unknown=unknown)


_WORDS = frozenset(map(str, Attitude))
_AGREES = {Attitude.ACCEPTS: Truth.YES, Attitude.SUPPORTS: Truth.CANNOT_TELL}


def _rows(c: Collaboration, id: str, title: str, on: When | None) -> Iterator[MissingConsent]:
    stances: dict[str, list[Stance]] = {}
    for one in (*c[Stance], *_decided(c, id)):
        if one.towards == id and (not (one.day and on) or one.day.by(on) is not Truth.NO):
            stances.setdefault(one.actor, []).append(one)
    parts, holders = _taking_part(c, id, on)
    for who in sorted((stances.keys() | parts.keys()) - holders, key=natural):
        theirs = stances.get(who, [])
        latest = [one for one in theirs if not any(_is_later(other, one, on) for other in theirs)]
        answers = {_agrees(one, on) for one in latest}
        agrees = answers.pop() if len(answers) == 1 else Truth.CANNOT_TELL
        for one in latest:
            yield _row(id, title, who, Phrase(one.attitude), agrees, one.day, one.id, *parts.get(who, ()))
        if not latest:
            yield _row(id, title, who, _NOT_ASKED(), Truth.NO, None, *parts[who])


_SAYS = {Outcome.APPROVES: Attitude.ACCEPTS, Outcome.DECLINES: Attitude.DECLINES}


def _decided(c: Collaboration, id: str) -> Iterator[Stance]:
    """The stances of bodies by their own decisions about it."""
    for decision in c[Decision]:
        attitudes = {_SAYS[item.outcome] for item in decision.items if item.outcome in _SAYS and id in item.about}
        if isinstance(decision.body, str) and not is_foreseen(decision):
            for attitude in sorted(attitudes):
                yield Stance(
                    id=decision.id, actor=decision.body, towards=id, attitude=attitude, day=decision.timing.done
                )


def _agrees(one: Stance, on: When | None) -> Truth:
    taken = one.day.by(on) if one.day and on else Truth.YES
    return _AGREES.get(one.attitude, Truth.NO) & (taken | Truth.CANNOT_TELL)


def _is_later(one: Stance, other: Stance, on: When | None) -> bool:
    """Whether one stance is certainly later than another, and certainly taken by the day that is asked about."""
    taken = one.day is not None and (on is None or one.day.by(on) is Truth.YES)
    return bool(taken and one.day and other.day and other.day.before(one.day) is Truth.YES)


def _taking_part(c: Collaboration, id: str, on: When | None) -> tuple[dict[str, list[str]], set[str]]:
    """Those whom something rests on, each with the records by which it does; and those who own or lead it."""
    parts: dict[str, list[str]] = {}
    holders: set[str] = set()
    for part in c[Participation]:
        if part.thing == id and in_force(part.period, on) is not Truth.NO:
            if part.capacity.holds:
                holders.add(part.who.id)
            else:
                parts.setdefault(part.who.id, []).append(part.id)
    for activity in c[Activity]:
        for party in activity.by if id in activity.towards else ():
            parts.setdefault(party.id, []).append(activity.id)
    return parts, holders


def _row(
    id: str, title: str, who: str, stance: Phrase, agrees: Truth, day: When | None, *because: str
) -> MissingConsent:
    return MissingConsent(
        proposal=id,
        title=title,
        rests_on=who,
        stance=stance,
        agrees=agrees,
        day=day,
        because=tuple(dict.fromkeys((*because, id, who))),
    )
