"""By which meeting must the matter be in, counted back from the deadline (question 17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from attrs import field, frozen

from samverkan.model.agreement import Decision, Obligation
from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.party import Actor, ActorKind, there
from samverkan.model.reference import owners_of
from samverkan.model.source import is_complete, is_open, kind_name, marks
from samverkan.parties.answer import answer
from samverkan.parties.membership import Parties, parties_of
from samverkan.questions.deadlines.backward import (
    Backward,
    Takes,
    Wait,
    earlier,
    earliest_of,
    is_done,
    lagged,
    later,
    takes,
)
from samverkan.questions.deadlines.readiness import Readiness, ReadyDay, followers
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.names import gathered
from samverkan.values.ranges import DayRange, day_range
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording
from samverkan.values.timing import Timing, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when, when

__all__ = ["LastMeeting", "MeetingState", "last_meeting"]

_TITLE = Wording("By which meeting {thing} must be in", "Till vilket sammanträde {thing} ska vara inne")
_TITLE_FOR = Wording(
    "By which meeting {thing} must be in, for {day}", "Till vilket sammanträde {thing} ska vara inne, för {day}"
)
_COUNTED_FROM = Wording(
    "{thing} has no deadline of its own: it is counted back from that of {end}, which waits on it",
    "{thing} har ingen egen sista dag: den räknas bakåt från sista dagen för {end}, som väntar på den",
)
_BEGUN = Wording(
    "what nothing is recorded about has begun by {day}", "det som inget är registrerat om har påbörjats senast {day}"
)
_CANNOT = Wording("{thing} cannot come about", "{thing} kan inte bli av")
_NO_DAY = Wording("no day is recorded to count back from", "ingen dag att räkna bakåt från är angiven")
_ITS_DEADLINE = Wording("its deadline is {day}", "dess sista dag är {day}")
_DEADLINE = Wording("the deadline is {day}", "sista dagen är {day}")
_WAITS = Wording("{thing} waits on it", "{thing} väntar på det")
_WAITS_DAYS = Wording("{thing} waits on it, {number} days after", "{thing} väntar på det, {number} dagar efter")
_WAITS_WORKING_DAYS = Wording(
    "{thing} waits on it, {number} working days after", "{thing} väntar på det, {number} arbetsdagar efter"
)
_BY_WHEN = Wording("by when {things} must be done", "när {things} senast ska vara klart")
_CIRCULAR = Wording(
    "what comes before what of {things}: they wait on each other",
    "vad som kommer före vad av {things}: de väntar på varandra",
)
_HOW_LONG = Wording("how many days {things} may take", "hur många dagar {things} kan ta")
_WHO_DECIDES = Wording("who decides {things}", "vem som beslutar {things}")
_WHO_ELSE = Wording("who else takes part in {things}", "vem mer som medverkar i {things}")
_WHAT_ELSE = Wording("what else must come before {things}", "vad mer som måste komma före {things}")
_ELSEWHERE = Wording(
    "what comes before {things}: another document has it",
    "vad som kommer före {things}: det finns i ett annat dokument",
)
_MEETING_DAYS = Wording("on which days these meet: {things}", "vilka dagar dessa sammanträder: {things}")
_OTHER_DAYS = Wording(
    "whether these meet on other days than those recorded: {things}",
    "om dessa sammanträder andra dagar än de som är angivna: {things}",
)
_READY = Wording(
    "whether what must come before {things} is done by the day on which the matter must be in",
    "om det som måste komma före {things} är klart den dag då ärendet ska vara inne",
)
_NOTICE = Wording(
    "how long before a meeting the matter must be in with {things}",
    "hur lång tid före ett sammanträde ärendet ska vara inne hos {things}",
)
_NO_BODY = Wording(
    "which bodies {things} passes: nothing that one who meets decides or does comes before it",
    "vilka organ {things} passerar: inget som ett organ med sammanträden beslutar eller gör kommer före det",
)

_BODIES = {ActorKind.COUNCIL, ActorKind.BOARD, ActorKind.COMMITTEE, ActorKind.FORUM}
_UNTOLD = When(None, None)


class MeetingState(Term):
    """Whether a body meets in time to take a matter (sammanträdesläge)."""

    IN_TIME = "in time", "i tid"
    """A meeting is told that is certainly in time, and nothing that is told keeps the matter from it."""
    PERHAPS = "may be in time", "kanske i tid"
    """A meeting is told that may be in time, or may not; or for which the matter may be ready, or may not."""
    NOT_READY = "not ready by then", "inte klart till dess"
    """A meeting is told, and the matter cannot be ready by the day on which it must be in for it."""
    PASSED = "its day has passed", "dagen har passerat"
    """The matter must have been in before the day that was asked about; whether it was is not told."""
    NOT_KNOWN = "no meeting is known", "inget känt sammanträde"
    """None that is told is in time, and the source does not say that those are all."""
    NOBODY_MEETS = "no meeting before then", "inget sammanträde dessförinnan"
    """Its meetings are all told, and none is in time."""
    UNDATED = "by when is not told", "det sägs inte när"
    """No day is told from which to count back."""


@frozen(kw_only=True)
class LastMeeting:
    """The last meeting at which one body can take a matter, for what comes after to be in time (sista sammanträde)."""

    for_: str
    """What is decided or done there (ärende)."""
    title: str
    """What it is called (namn)."""
    body: str
    """Which body meets; empty where that is not told (organ)."""
    limit: When | None
    """The last day on which it can be taken, counted back; None where no day is told (senast)."""
    meeting: When | None
    """The last meeting that is certainly in time (sammanträde)."""
    at_best: When | None
    """A later one that may be in time as well (möjligen)."""
    matter_in: When | None
    """The last day on which the matter can be in for that meeting (ärendestopp)."""
    papers_out: When | None
    """When the papers for it are sent out; None where that is not told (utskick)."""
    ready: When | None
    """From when it can be in, by what must come before it; None where nothing does, or cannot come about (klart)."""
    days_left: DayRange | None
    """Calendar days from the day that was asked about until the matter must be in (dagar kvar)."""
    state: MeetingState
    """Whether there is such a meeting (läge)."""
    why: Phrase
    """What it is counted back from (skäl)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def last_meeting(
    collaboration: Collaboration, thing: str, deadline: WhenLike | None = None, *, on: WhenLike | None = None
) -> Table[LastMeeting]:
    """By which meeting of which body a matter must be in, for a thing to be in time (till vilket sammanträde).

    *thing* is a decision, a step or an obligation; the *deadline* is its last day where none is given, and where it has
    none, the day by which it must be done for what waits on it to be in time. From there it is counted back over what
    must come before it, with lags and durations, to each decision and each step of a body that meets, the first one
    first. The matter must be in before the papers are sent out and by the day on which matters close; of the two the
    earlier counts, and what must come before it must be done by then. A body's meetings are those that it tells by
    `meets`; only where it calls them complete there is *no meeting*, else none is known.
    From when the matter can be in is what the schedule says of all that must come before it; where that is too late for
    the meeting it is *not ready by then*. What is done on the day *on* is passed over, of the rest what nothing is told
    of has begun by then, and no meeting is guessed.
    Raises `NotFoundError` for an id that is not there.

    >>> namnd = Actor(
    ...     id="soc", title="Socialnämnden", kind="committee", meets=("2024-09-10", "2024-10-08"), matters_in=14
    ... )
    >>> plan = Decision(id="plan", title="Planen antas", body="soc", timing=Timing(due="2024-09-30"))
    >>> row = last_meeting(Collaboration([namnd, plan]), "plan")[0]
    >>> str(row.meeting), str(row.matter_in)
    ('2024-09-10', '2024-08-27')
    """
    check_collaboration(collaboration)
    record, moment = collaboration[thing], maybe_when(on)
    last = _last_day(record) if deadline is None else Timing(due=when(deadline), statutory=False).deadline
    parties = parties_of(collaboration)
    beyond_it = _beyond_it(parties, thing, moment) if last is None and not is_done(record, moment) else None
    last = beyond_it.limit(thing) if beyond_it else last
    ladder = _Ladder(thing, Backward(collaboration, (thing,), moment), parties, last, beyond_it)
    answered = [one for id in reversed(ladder.steps) for one in reversed(list(ladder.rows(id)))]
    rows = [row for row, _ in answered]
    title = _TITLE_FOR(thing=thing, day=last) if last else _TITLE(thing=thing)
    unknown, assumed = _unknown(ladder, answered), _supposed(ladder, answered)
    return answer(collaboration, LastMeeting, rows, title, on=moment, unknown=unknown, assumed=assumed)


_Answered = Sequence[tuple[LastMeeting, Sequence["_Reach"]]]
"""The rows, each with how its meetings can be reached."""


def _beyond_it(parties: Parties, thing: str, on: When | None) -> _Ladder | None:
    """What waits on a thing that has no last day, counted back to it; None where none of that has one."""
    c = parties.collaboration
    after = followers(c, thing)
    ends = tuple(id for id in after if _last_day(c[id]) and not is_done(c[id], on))
    back = Backward(c, ends, on)
    ladder, left = _Ladder("", back, parties, None), {thing, *after}
    limits = {id: ladder.limit(id) for id in back.order if id in left}  # each after all that wait on it
    limit = limits.get(thing)
    return ladder if limit and not limit.is_unknown else None


def _supposed(ladder: _Ladder, answered: _Answered) -> Iterator[Phrase]:
    """What the answer assumes that no record states."""
    if ladder.beyond_it:
        *_, end = ladder.beyond_it.path(ladder.thing)
        yield _COUNTED_FROM(thing=ladder.thing, end=end)
    if ladder.back.on and any(one.supposed for _, several in answered for one in several):
        yield _BEGUN(day=ladder.back.on.earliest)


def _last_day(record: Any) -> When | None:
    timing = timing_of(record)
    return timing.deadline if timing else None


@frozen(eq=False, slots=False)
class _Ladder:
    """The bodies that a matter passes on its way to a thing, counted back from its deadline."""

    thing: str
    back: Backward
    parties: Parties
    last: When | None
    beyond_it: _Ladder | None = None
    """What waits on the thing, if its deadline is counted back from there."""
    _limits: dict[str, tuple[When | None, Wait | None]] = field(factory=dict, init=False)
    _bodies: dict[str, tuple[Actor, ...]] = field(factory=dict, init=False)

    @cached_property
    def readiness(self) -> Readiness:
        """From when each can be taken up."""
        return Readiness(self.back)

    @property
    def steps(self) -> tuple[str, ...]:
        """The thing and what must come before it; the thing alone if it waits on itself."""
        return self.back.order or (self.thing,)

    @property
    def collaboration(self) -> Collaboration:
        return self.back.collaboration

    def rows(self, id: str) -> Iterator[tuple[LastMeeting, Sequence[_Reach]]]:
        """The last meeting of each body that decides or does a step, with how its meetings can be reached."""
        record = self.collaboration[id]
        if is_done(record, self.back.on):
            return
        for body in sorted(self.bodies(id), key=lambda one: natural(one.id), reverse=True):
            yield self._row(record, body)
        if isinstance(record, Decision) and not isinstance(record.body, str):
            yield self._row(record, None)

    def bodies(self, id: str) -> tuple[Actor, ...]:
        """The bodies with meetings among those who decide or do a step; for a decision its body in any case."""
        if id not in self._bodies:
            record = self.collaboration[id]
            step = timing_of(record) is not None and not isinstance(record, Obligation)
            ids = (one for party in owners_of(record) for one in self.parties.single(party)) if step else ()
            actors = (one for one in map(self.collaboration.get, dict.fromkeys(ids)) if isinstance(one, Actor))
            self._bodies[id] = tuple(one for one in actors if isinstance(record, Decision) or _meets(one))
        return self._bodies[id]

    def limit(self, id: str) -> When | None:
        """The last day on which a thing can be done; None if there is no day to count back from."""
        return self._bound(id)[0]

    def _bound(self, id: str) -> tuple[When | None, Wait | None]:
        """The last day on which a thing can be done, and the successor that sets it; none if its own deadline does."""
        if id not in self._limits:
            is_thing = id == self.thing
            deadline = self.last if is_thing else _last_day(self.collaboration[id])
            waits = () if is_thing else self.back.after(id)
            bounds = [(deadline, None), *((self._from(wait), wait) for wait in waits)]
            days = [(day, wait) for day, wait in bounds if day is not None]
            first = min(days, key=lambda pair: _soonest(pair[0])) if days else (None, None)
            self._limits[id] = (earliest_of(day for day, _ in days), first[1]) if days else (None, None)
        return self._limits[id]

    def _from(self, wait: Wait) -> When | None:
        """The last day on which one thing can be done for a successor."""
        first, second = wait.dependency.kind.ends if wait.dependency else ("finish", "finish")
        point = self._starts(wait.after) if second == "start" else self._finishes(wait.after)
        if point is None:
            return None
        point = lagged(point, wait.dependency)
        return point if first == "finish" else later(point, self._takes(wait.before))

    def _finishes(self, id: str) -> When | None:
        """The last day on which a thing is done: that of a meeting, if a body must meet for it."""
        limit = self.limit(id)
        meetings = [self._meeting(limit, body) for body in self.bodies(id)] if limit else []
        return earliest_of(meetings) if meetings else limit

    def _starts(self, id: str) -> When | None:
        """The last day on which a thing begins: if a body must meet for it, that on which the matter must be in."""
        limit = self.limit(id)
        if limit is None:
            return None
        days = takes(self.collaboration[id])
        starts = [earlier(self._meeting(limit, body), _longer(_notice(body), days)) for body in self.bodies(id)]
        return earliest_of(starts) if starts else earlier(limit, days)

    def _takes(self, id: str) -> Takes:
        days = takes(self.collaboration[id])
        each = [_longer(_notice(body), days) for body in self.bodies(id)] or [days]
        most = [one.most for one in each if one.most is not None]
        return Takes(min(one.least for one in each), max(most) if len(most) == len(each) else None)

    def _meeting(self, limit: When, body: Actor) -> When:
        """When the last meeting in time is, as exactly as that is recorded."""
        certain, best = _last(body, limit)
        latest = best or certain
        high = _least(latest.latest if latest else None, limit.latest)
        return When(certain.earliest if certain else None, high)

    def _row(self, record: Any, body: Actor | None) -> tuple[LastMeeting, Sequence[_Reach]]:
        limit = self.limit(record.id)
        certain, best = _last(body, limit) if body and limit else (None, None)
        chosen = certain or best
        matter = _matter_in(body, chosen, certain=certain is not None) if body and chosen else None
        ready = self.readiness.of(record.id, _notice(body) if body else Takes(0, 0))
        reach = [self._reached(record, body, day, ready) for day in (certain, best) if day] if body else []
        state = _state(body, limit, certain, reach)
        row = LastMeeting(
            for_=record.id,
            title=getattr(record, "title", ""),
            body=body.id if body else "",
            limit=limit,
            meeting=certain,
            at_best=best,
            matter_in=matter,
            papers_out=_before(chosen, body.papers_out) if body and chosen else None,
            ready=ready.day,
            days_left=day_range(self.back.on, matter) if self.back.on and matter else None,
            state=state,
            why=Phrase.joined([self.why(record.id), *(_CANNOT(thing=id) for id in ready.blocked)], "; "),
            because=tuple(
                dict.fromkeys((record.id, *((body.id,) if body else ()), *self.path(record.id), *ready.because))
            ),
        )
        return row, reach

    def _reached(self, record: Any, body: Actor, meeting: When, ready: ReadyDay) -> _Reach:
        """Whether the matter can be in for a meeting, and whether the day for that has passed."""
        notice = _notice(body)
        longer = _longer(notice, takes(record))
        begun = earlier(meeting, Takes(notice.least, longer.most))
        last, on = earlier(meeting, notice).latest, self.back.on
        past = Truth.of(
            certain=bool(on and last and on.earliest and last < on.earliest),
            possible=bool(on and last and (on.latest is None or last < on.latest)),
        )
        return _Reach(ready.by(begun), past, ready.supposed)

    def why(self, id: str) -> Phrase:
        """What the deadline of a thing is counted back from."""
        limit, wait = self._bound(id)
        if id == self.thing and self.beyond_it:
            return self.beyond_it.why(id)
        if limit is None:
            return _NO_DAY()
        if wait is None:
            return (_ITS_DEADLINE if id != self.thing else _DEADLINE)(day=limit)
        lag = wait.dependency.lag if wait.dependency else 0
        if not lag:
            return _WAITS(thing=wait.after)
        working = wait.dependency and wait.dependency.working_days
        return (_WAITS_WORKING_DAYS if working else _WAITS_DAYS)(thing=wait.after, number=lag)

    def path(self, id: str) -> Iterator[str]:
        """What it is counted back over: its successors on to the thing, and on to where its day is from."""
        wait = self._bound(id)[1]
        while wait:
            yield from (wait.dependency.id,) if wait.dependency else ()
            yield wait.after
            id, wait = wait.after, self._bound(wait.after)[1]
        if id == self.thing and self.beyond_it:
            yield from self.beyond_it.path(id)


def _unknown(ladder: _Ladder, answered: _Answered) -> Iterator[Phrase]:
    """What the rows cannot give, a sentence each."""
    c, back = ladder.collaboration, ladder.back
    rows = [row for row, _ in answered]
    left = [id for id in ladder.steps if not is_done(c[id], back.on)]
    bodies = {row.body: c[Actor, row.body] for row in rows if row.body}.values()
    silent = [one.id for one in bodies if not one.meets and not is_complete(one, "meets")]
    more = [one.id for one in bodies if one.meets and not is_complete(one, "meets")]
    notice = [one.id for one in bodies if _notice(one).most is None]
    counted = {wait.after for id in left for wait in back.after(id)}
    counted |= {id for id in (ladder.beyond_it.path(ladder.thing) if ladder.beyond_it else ()) if timing_of(c[id])}
    doubtful = [row.for_ for row, several in answered if any(one.ready is Truth.CANNOT_TELL for one in several)]
    steps = {id: c[id] for id in left if timing_of(c[id]) is not None and not isinstance(c[id], Obligation)}
    sentences = (
        ([] if ladder.last or not left else [ladder.thing], _BY_WHEN),
        (back.circular, _CIRCULAR),
        ([id for id in counted if takes(c[id]).most is None], _HOW_LONG),
        ([row.for_ for row in rows if not row.body], _WHO_DECIDES),
        ([id for id, one in steps.items() if ladder.parties.open_groups(owners_of(one))], _WHO_ELSE),
        ([id for id in left if is_open(c[id], "after")], _WHAT_ELSE),
        ([id for id in left if kind_name(c[id]) != type(c[id]).__name__], _ELSEWHERE),
        (silent, _MEETING_DAYS),
        (more, _OTHER_DAYS),
        (doubtful, _READY),
        (notice, _NOTICE),
        ([] if rows or not left else [ladder.thing], _NO_BODY),
    )
    for ids, wording in sentences:
        if ids:
            yield wording(things=(*gathered(sorted({*ids}, key=natural)),))


class _Reach(NamedTuple):
    """Whether a meeting can be reached: the matter is ready for it, and the day for it has passed."""

    ready: Truth
    past: Truth
    supposed: bool


def _soonest(day: When) -> tuple[str, str]:
    low, high = day.earliest, day.latest
    return (high.isoformat() if high else "9999-12-32"), (low.isoformat() if low else "")


def _least(one: Any, other: Any) -> Any:
    return min((day for day in (one, other) if day), default=None)


def _meets(body: Actor) -> bool:
    """Whether an actor is a body that meets, by its kind or by what is recorded of its meetings."""
    recorded = body.meets or marks(body, "meets") or (body.matters_in, body.papers_out) != (None, None)
    return bool(recorded) or body.kind in _BODIES


def _last(body: Actor, limit: When) -> tuple[When | None, When | None]:
    """The last meeting that is certainly in time, and a later one that may be; a body meets as long as it exists."""
    if limit.is_unknown:
        return None, None
    meetings = [(one, one.by(limit) & there(body, one)) for one in body.meets]
    certain = [one for one, truth in meetings if truth is Truth.YES]
    may = [one for one, truth in meetings if truth is not Truth.NO]
    first = max(certain, key=_when_first, default=None)
    best = max(may, key=_when_last, default=None)
    return first, (None if best is None or (first and _when_last(best) <= _when_last(first)) else best)


def _when_first(day: When) -> tuple[str, str]:
    return (day.earliest.isoformat() if day.earliest else ""), (day.latest.isoformat() if day.latest else "9999-12-32")


def _when_last(day: When) -> tuple[str, str]:
    first, last = _when_first(day)
    return last, first


def _notice(body: Actor) -> Takes:
    """How many days before a meeting a matter must be in: the greater of the two that are recorded."""
    recorded = [0 if days is NONE else days for days in (body.matters_in, body.papers_out) if days is not None]
    least = max((days for days in recorded if isinstance(days, int)), default=0)
    open_ = body.matters_in is None or UNKNOWN in (body.matters_in, body.papers_out)
    return Takes(least, None if open_ else least)


def _longer(one: Takes, other: Takes) -> Takes:
    most = None if one.most is None or other.most is None else max(one.most, other.most)
    return Takes(max(one.least, other.least), most)


def _matter_in(body: Actor, meeting: When, *, certain: bool) -> When:
    """The last day on which a matter can be in for a meeting; at the latest, if the meeting may not be in time."""
    day = earlier(meeting, _notice(body))
    return day if certain else When(None, day.latest)


def _before(meeting: When, days: object) -> When | None:
    return earlier(meeting, Takes(days, days)) if isinstance(days, int) else None


def _state(body: Actor | None, limit: When | None, meeting: When | None, reach: Sequence[_Reach]) -> MeetingState:
    """The state, by whether the last meeting in time, or else a later one that may be, can be reached."""
    if limit is None or limit.is_unknown:
        return MeetingState.UNDATED
    open_ = [one for one in reach if one.past is not Truth.YES]
    if any(one.ready is not Truth.NO for one in open_):
        certain = meeting and reach[0].ready is Truth.YES and reach[0].past is Truth.NO
        return MeetingState.IN_TIME if certain else MeetingState.PERHAPS
    if reach:
        return MeetingState.NOT_READY if open_ else MeetingState.PASSED
    return MeetingState.NOBODY_MEETS if body and is_complete(body, "meets") else MeetingState.NOT_KNOWN
