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
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.responses import is_foreseen
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["MissingConsent", "unconfirmed_support"]

_NOT_ASKED = "not asked, as recorded"


@frozen(kw_only=True)
class MissingConsent:
    """One whom a proposal rests on, and who has not been told to accept it (vilar på)."""

    proposal: str
    """Which proposal (förslag)."""
    title: str
    """What it is called (namn)."""
    rests_on: str
    """Whom it rests on (vilar på)."""
    stance: str
    """Where that one stands: a word of `Attitude`, or that nothing tells that it was asked (hållning)."""
    agrees: Truth
    """Whether it has agreed; that it supports the proposal does not tell that it will do its part (har antagit)."""
    day: When | None
    """The day of that stance, or of the decision that tells it (dag)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def unconfirmed_support(
    collaboration: Collaboration, thing: str = "", *, on: WhenLike | None = None
) -> Table[MissingConsent]:
    """Which proposals rest on somebody who has not agreed to them, and where that one stands (vem har inte sagt ja).

    A proposal rests on those who are to carry it out, coordinate or support it, on those who do the activities that
    serve it, and on everybody whose stance towards it is told, also by a decision that approves or declines it; those
    who own or lead it have made it their own. The latest stance counts; where it cannot be told which is the latest,
    each of them does. Those who accept are left out.
    Every proposal is asked about, or with a *thing* that one, of whatever kind. With *on*, as it stood on that day.
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
    found = {one.id: list(_rows(collaboration, one.id, getattr(one, "title", ""), moment)) for one in asked}
    rows = tuple(row for own in found.values() for row in own if row.agrees is not Truth.YES)
    bare = [id for id, own in found.items() if not own]
    more = [one.id for one in asked if is_open(one, "participation", "stances")]
    undated = dict.fromkeys(row.because[0] for row in rows if moment and row.stance in _WORDS and row.day is None)
    unknown = (
        *([f"whom {', '.join(gathered(bare))} rests on: nothing is recorded"] if bare else []),
        *([f"whom else {', '.join(gathered(more))} rests on: the source does not tell all of it"] if more else []),
        *([f"from which day {', '.join(gathered(undated))} holds: no day is recorded"] if undated else []),
        *beyond(collaboration, moment),
    )
    because = dict.fromkeys(id for row in rows for id in row.because)
    title = f"Whom {thing or 'each proposal'} rests on who has not agreed" + (f", on {moment}" if moment else "")
    return Table(MissingConsent, rows, title, unknown, assumptions(collaboration, because))


_WORDS = frozenset(map(str, Attitude))
_AGREES = {Attitude.ACCEPTS: Truth.YES, Attitude.SUPPORTS: Truth.CANNOT_TELL}


def _rows(c: Collaboration, id: str, title: str, on: When | None) -> Iterator[MissingConsent]:
    stances: dict[str, list[Stance]] = {}
    for one in (*c[Stance], *_decided(c, id)):
        if one.towards == id and (not (one.day and on) or one.day.by(on) is not Truth.NO):
            stances.setdefault(one.actor, []).append(one)
    parts, holders = _taking_part(c, id, on)
    for who in sorted((stances.keys() | parts.keys()) - holders, key=natural):
        own = stances.get(who, [])
        latest = [one for one in own if not any(_is_later(other, one, on) for other in own)]
        told = {_agrees(one, on) for one in latest}
        agrees = told.pop() if len(told) == 1 else Truth.CANNOT_TELL
        for one in latest:
            yield _row(id, title, who, str(one.attitude), agrees, one.day, one.id, *parts.get(who, ()))
        if not latest:
            yield _row(id, title, who, _NOT_ASKED, Truth.NO, None, *parts[who])


_SAYS = {Outcome.APPROVES: Attitude.ACCEPTS, Outcome.DECLINES: Attitude.DECLINES}


def _decided(c: Collaboration, id: str) -> Iterator[Stance]:
    """Where bodies stand by their own decisions about it."""
    for decision in c[Decision]:
        said = {_SAYS[item.outcome] for item in decision.items if item.outcome in _SAYS and id in item.about}
        if isinstance(decision.body, str) and not is_foreseen(decision):
            for attitude in sorted(said):
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
    """Those whom something rests on, each with the records that say so; and those whose own it is."""
    found: dict[str, list[str]] = {}
    holders: set[str] = set()
    for part in c[Participation]:
        if part.thing == id and in_force(part.period, on) is not Truth.NO:
            if part.capacity.holds:
                holders.add(part.who.id)
            else:
                found.setdefault(part.who.id, []).append(part.id)
    for activity in c[Activity]:
        for party in activity.by if id in activity.towards else ():
            found.setdefault(party.id, []).append(activity.id)
    return found, holders


def _row(id: str, title: str, who: str, stance: str, agrees: Truth, day: When | None, *because: str) -> MissingConsent:
    return MissingConsent(
        proposal=id,
        title=title,
        rests_on=who,
        stance=stance,
        agrees=agrees,
        day=day,
        because=tuple(dict.fromkeys((*because, id, who))),
    )
