"""Who carries on what ends (question 18): named successors, those who hold it still, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from attrs import field, frozen

from samverkan.model.agreement import Agreement
from samverkan.model.collaboration import Collaboration, check_collaboration, natural, records
from samverkan.model.funding import Grant
from samverkan.model.party import Actor, Group, Role, in_force, lifetime, there
from samverkan.model.reference import OwnedBy, marked, named
from samverkan.model.relations import Capacity, Participation
from samverkan.model.source import is_open
from samverkan.model.work import Activity, ActivityKind, Plan, Process
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.containment import inside
from samverkan.parties.membership import Parties, parties_of, undated
from samverkan.questions.authority.responsible import ResponsibilityState, silence_of
from samverkan.questions.continuity.discontinued import last_day
from samverkan.values.names import gathered
from samverkan.values.period import Period
from samverkan.values.table import Table
from samverkan.values.term import naming
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, when

__all__ = ["Succession", "carries_on"]

_KINDS = (Plan, Process, Activity, Role, Actor, Agreement, Grant)
_WORK = (Plan, Process, Activity)


@frozen(kw_only=True)
class Succession:
    """Who carries on one thing that has ended, or whose holders have (efterträdare)."""

    thing: str
    """What (vad)."""
    kind: str
    """What kind of record it is (slag av post)."""
    title: str
    """What it is called (namn)."""
    ended: Truth
    """Whether it has itself ended on the day (upphört)."""
    last: When | None
    """Its last day, where one is told (sista dag)."""
    carriers: tuple[str, ...]
    """Those who hold it on the day and are there, or have taken the place of one who held it (bärs vidare av)."""
    successors: tuple[str, ...]
    """What takes its place on the day (ersätts av)."""
    orphaned: Truth
    """Whether nobody that is there on the day is recorded to carry it on (utan ansvarig)."""
    chain: tuple[str, ...]
    """How that follows, step by step (kedja)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def carries_on(collaboration: Collaboration, thing: str = "", *, on: WhenLike) -> Table[Succession]:
    """Who carries on what has ended by a day, and what has nobody left (vem tar vid).

    It is carried on by those who own or lead it; where nobody is told to, by those who carry it out or coordinate it.

    For every plan, process, project, post, body, agreement and grant that has ended by then or whose holders have;
    with a *thing*, for those inside it, ended or not. What has ended is carried on by those who are recorded to take
    part in it on that day, otherwise than as support, and by what `replaces` it; a holder who is no longer there is
    succeeded by the body that replaces it, if that is there. A successor has to be there itself on the day.
    Who held a thing without a told time is not thereby told to carry it on when it has ended. Of a body of which no
    end is told nothing says that it has ended. *Orphaned* is as recorded: somebody may carry on who is not.
    Raises `NotFoundError` for an id that is not there.

    >>> district = Actor(id="sdn", title="Stadsdelen", kind="district", exists="2011/2020")
    >>> c = Collaboration([district, Plan(id="p", title="Plan", owners="sdn")])
    >>> [str(carries_on(c, "p", on=day)[0].orphaned) for day in ("2017", "2022")]
    ['no', 'yes']
    >>> heir = Actor(id="sof", title="Socialförvaltningen", kind="administration", replaces="sdn", exists="2021/")
    >>> [row.carriers for row in carries_on(c.adding(heir), "p", on="2022")]
    [('sof',)]
    """
    check_collaboration(collaboration)
    heirs = _Heirs(collaboration, when(on))
    if thing:
        every = [id for id in inside(collaboration, thing) if heirs.matters(collaboration[id])]
    else:
        every = [one.id for one in records(collaboration, *_KINDS) if heirs.matters(one)]
    found = [heirs.row(id) for id in every]
    rows = tuple(row for row in found if thing or row.ended is not Truth.NO or heirs.is_losing(row.thing))
    orphaned, doubtful = ([row.thing for row in rows if row.orphaned is truth] for truth in (Truth.YES, _CANNOT))
    because = dict.fromkeys(id for row in rows for id in row.because)
    unknown = (
        *([f"whether anybody who is not recorded carries on {', '.join(gathered(orphaned))}"] if orphaned else []),
        *([f"who carries on {', '.join(gathered(doubtful))}"] if doubtful else []),
        *undated(id for id in because if isinstance(part := collaboration[id], Participation) and not part.period),
        *beyond(collaboration, heirs.on),
    )
    title = f"Who carries on what has ended{f' in {thing}' if thing else ''} by {heirs.on}"
    return Table(Succession, rows, title, unknown, assumptions(collaboration, because))


_CANNOT = Truth.CANNOT_TELL


@frozen
class _Claim:
    """Somebody who holds a thing: whether by a time that holds the day, and whether still there."""

    who: str
    source: str
    owns: bool
    """Whether it is theirs, as owner or leader."""
    begun: Truth
    """Whether it had begun on the day."""
    holds: Truth
    """Whether its time holds the day."""
    outlasts: Truth
    """Whether it holds when the thing itself has ended."""
    alive: Truth
    """Whether the holder, or one who took its place, is there."""

    def counts(self, ended: Truth) -> Truth:
        """Whether it has a say on the day: one that has begun; of a thing that has ended, one that outlasts it."""
        if ended is Truth.CANNOT_TELL:
            return self.begun | self.outlasts
        return self.outlasts if ended is Truth.YES else self.begun

    def carries(self, ended: Truth) -> Truth:
        """Whether by it somebody carries its thing on."""
        if ended is Truth.CANNOT_TELL:
            return self.holds & self.alive & Truth.CANNOT_TELL
        return (self.outlasts if ended is Truth.YES else self.holds) & self.alive


def _theirs(claims: Sequence[_Claim], ended: Truth) -> tuple[list[_Claim], list[_Claim]]:
    """Those whose a thing is, as owners or leaders, and the others; where some for sure own it, nobody else counts."""
    told = [one for one in claims if one.counts(ended) is not Truth.NO]
    owners = [one for one in told if one.owns]
    sure = any(one.counts(ended) is Truth.YES for one in owners)
    return owners, [] if sure else [one for one in told if not one.owns]


def _carried(claims: Sequence[_Claim], ended: Truth) -> Truth:
    """Whether a thing is carried on by those whose it is; where it cannot be told who that is, by each of the two."""
    found = {Truth.any(one.carries(ended) for one in some) for some in _theirs(claims, ended) if some}
    return found.pop() if len(found) == 1 else Truth.CANNOT_TELL if found else Truth.NO


@frozen(eq=False, slots=False)
class _Heirs:
    """What has ended on a day, and what came in its place."""

    collaboration: Collaboration
    on: When
    held: dict[str, tuple[Truth, tuple[str, ...]]] = field(factory=dict, init=False)
    """Whether each holder is there, each looked up once."""

    @cached_property
    def parties(self) -> Parties:
        return parties_of(self.collaboration)

    def matters(self, record: Any) -> bool:
        kind = type(record)
        return kind in _KINDS and (kind is not Activity or record.kind is ActivityKind.PROJECT)

    def last(self, record: Any) -> When | None:
        """The last day of a thing, where one is told."""
        if isinstance(record, Activity):
            return record.timing.done
        if isinstance(record, Grant | Agreement):
            return last_day(self.collaboration, record.id)
        span = lifetime(record) or getattr(record, "period", None)
        return span.end if isinstance(span, Period) else None

    def ended(self, record: Any) -> Truth:
        last = self.last(record)
        if last is None:
            return Truth.NO
        return last.by(self.on) if isinstance(record, Activity) else last.before(self.on)

    def is_there(self, record: Any) -> Truth:
        """Whether a thing has begun and not ended; a part or a post of what is gone is only perhaps there."""
        span = lifetime(record) or getattr(record, "period", None)
        begun = in_force(Period(span.start, None), self.on) if isinstance(span, Period) else Truth.YES
        truth = begun & ~self.ended(record)
        if truth is Truth.YES and lifetime(record) is None and self.is_bereft(record):
            return Truth.CANNOT_TELL
        return truth

    def is_bereft(self, record: Any) -> bool:
        """Whether a body of which no time is told is a part of one that is gone, or a post with one that is."""
        c, seen = self.collaboration, {record.id}
        whole = record.employed_by if isinstance(record, Role) else getattr(record, "part_of", None)
        while isinstance(whole, str) and whole not in seen and isinstance(c[whole], Actor):
            seen.add(whole)
            if all(there(one, self.on) is Truth.NO for one in map(c.get, (whole, *self.line(whole)))):
                return True
            whole = c[whole].part_of
        return False

    @cached_property
    def replacing(self) -> dict[str, list[str]]:
        """What replaces each thing."""
        found: dict[str, list[str]] = {}
        for record in self.collaboration:
            for id in named(record, "replaces") if isinstance(record, _KINDS) else ():
                found.setdefault(id, []).append(record.id)
        return found

    @cached_property
    def parts(self) -> dict[str, list[Participation]]:
        """Who takes part in each thing otherwise than as support."""
        found: dict[str, list[Participation]] = {}
        for part in self.collaboration[Participation]:
            if part.capacity.answers:
                found.setdefault(part.thing, []).append(part)
        return found

    def line(self, id: str) -> tuple[str, ...]:
        """What took its place, what took the place of that, and so on; nearest first."""
        found, level = {id: None}, [id]
        while level:
            heirs = {heir for one in level for heir in self.replacing.get(one, ())}
            level = sorted(heirs - found.keys(), key=natural)
            found |= dict.fromkeys(level)
        return tuple(found)[1:]

    def standing(self, ids: Iterable[str]) -> tuple[Truth, tuple[str, ...]]:
        """Whether one of some things is there on the day, and which are; where none is for sure, which may be."""
        told = {id: self.is_there(self.collaboration[id]) for id in ids}
        truth = Truth.any(told.values())
        return truth, tuple(id for id, one in told.items() if one is truth is not Truth.NO)

    def holder(self, party: str) -> tuple[Truth, tuple[str, ...]]:
        """Whether a holder is there, or who took its place; of a group, one of those who are in it."""
        if party not in self.held:
            self.held[party] = self._holder(party)
        return self.held[party]

    def _holder(self, party: str) -> tuple[Truth, tuple[str, ...]]:
        c = self.collaboration
        if not isinstance(c[party], Group):
            own, _ = found = self.standing([party])
            return found if own is Truth.YES else self.standing([party, *self.line(party)])
        members = c.members(party)
        each = [self.holder(id) for id in members if id != party]
        truth = Truth.any(one for one, _ in each) if each else Truth.YES
        if truth is Truth.NO and self.parties.is_open(party):
            truth = Truth.CANNOT_TELL
        if truth is Truth.YES and all(one is Truth.YES for one, _ in each):
            return truth, (party,)
        return truth, tuple(dict.fromkeys(who for one, names in each if one is truth for who in names))

    def claims(self, record: Any) -> Iterator[_Claim]:
        """Those who hold a thing: by taking part in it, otherwise than as support, or by its own word."""
        for part in self.parts.get(record.id, ()):
            holds = in_force(part.period, self.on)
            begun = in_force(Period(part.period.start, None), self.on) if part.period else Truth.YES
            outlasts = holds if part.period else Truth.CANNOT_TELL
            owns = part.capacity.holds
            yield _Claim(part.who.id, part.id, owns, begun, holds, outlasts, self.holder(part.who.id)[0])
        for name, mark in marked(record.__class__, OwnedBy).items():
            for party in named(record, name) if mark.capacity else ():
                owns = Capacity(mark.capacity).holds
                yield _Claim(party, record.id, owns, Truth.YES, Truth.YES, Truth.NO, self.holder(party)[0])

    def is_losing(self, id: str) -> bool:
        """Whether one of those who hold a thing has perhaps gone."""
        record = self.collaboration[id]
        claims = self.claims(record) if isinstance(record, _WORK) else ()
        return any((one.holds & one.alive) is not Truth.YES and one.begun is not Truth.NO for one in claims)

    def row(self, id: str) -> Succession:
        record = self.collaboration[id]
        ended, claims, line = self.ended(record), tuple(self.claims(record)), self.line(id)
        standing, successors = self.standing(line)
        if_over = ~(standing | _carried(claims, Truth.YES) | self.perhaps(record))
        running = self.orphaned_while_running(record, claims)
        agree = if_over is running
        orphaned = {Truth.YES: if_over, Truth.NO: running}.get(ended, if_over if agree else Truth.CANNOT_TELL)
        carrying = [one for some in _theirs(claims, ended) for one in some if one.carries(ended) is not Truth.NO]
        carriers = dict.fromkeys(who for one in carrying for who in self.holder(one.who)[1])
        return Succession(
            thing=id,
            kind=naming(type(record)),
            title=getattr(record, "title", ""),
            ended=ended,
            last=self.last(record),
            carriers=tuple(carriers),
            successors=successors if ended is not Truth.NO else (),
            orphaned=orphaned,
            chain=tuple(dict.fromkeys(self.chain(record, ended, claims))),
            because=tuple(dict.fromkeys((id, *self.resting(claims, line)))),
        )

    def perhaps(self, record: Any) -> Truth:
        """Whether somebody may carry on, of whom the records say that they do not tell all."""
        if is_open(record, "participation"):
            return Truth.CANNOT_TELL
        if isinstance(record, Grant) and record.agreement:
            return self.standing(self.line(record.agreement))[0] & Truth.CANNOT_TELL
        return Truth.NO

    def orphaned_while_running(self, record: Any, claims: tuple[_Claim, ...]) -> Truth:
        if not isinstance(record, _WORK):
            return Truth.NO
        if silence_of(record, None) is ResponsibilityState.NOBODY and not claims:
            return Truth.YES
        held = _carried(claims, Truth.NO)
        kind: Any = type(record)
        open_ = is_open(record, "participation", *marked(kind, OwnedBy))
        if held is Truth.NO and (open_ or all(one.begun is not Truth.YES for one in claims)):
            return Truth.CANNOT_TELL
        return ~held

    def resting(self, claims: tuple[_Claim, ...], line: tuple[str, ...]) -> Iterator[str]:
        yield from line
        for one in claims:
            yield one.source
            for id in dict.fromkeys((one.who, *self.collaboration.members(one.who))):
                yield from (id, *self.line(id))

    def chain(self, record: Any, ended: Truth, claims: tuple[_Claim, ...]) -> Iterator[str]:
        if ended is not Truth.NO:
            yield from self.story(record.id)
        theirs = [one for some in _theirs(claims, ended) for one in some]
        for one in claims:
            truth = one.carries(ended)
            if one not in theirs and truth is not Truth.NO:
                yield f"{one.who} takes part in {record.id}, and is not told to own or lead it"
            elif truth is Truth.YES:
                yield f"{one.who} holds {record.id}"
            elif truth is not Truth.NO:
                yield f"whether {one.who} holds {record.id} cannot be told"
            elif one.holds is Truth.NO:
                yield f"{one.who} {'held' if one.begun is not Truth.NO else 'is yet to hold'} {record.id}"
            for id in self.collaboration.members(one.who):
                if self.is_there(self.collaboration[id]) is not Truth.YES:
                    yield from self.story(id)
        if ended is Truth.NO and not claims and isinstance(record, _WORK):
            yield f"nobody is recorded to hold {record.id}"

    def story(self, id: str) -> Iterator[str]:
        """How it went with what is not for sure there: its end, and what came after it."""
        record = self.collaboration[id]
        ended = self.ended(record)
        if ended is Truth.YES:
            yield f"{id} has ended, {self.last(record)}"
        else:
            yield f"whether {id} is there cannot be told" if self.is_there(record) is _CANNOT else f"{id} has not begun"
        line = self.line(id)
        for one in line:
            truth = self.is_there(self.collaboration[one])
            said = {Truth.YES: "is there", Truth.NO: "is not there"}.get(truth, "may be there")
            yield f"{one}, which takes the place of {self.before(one, id)}, {said}"
        if ended is Truth.YES and not line:
            yield f"nothing is recorded in the place of {id}"

    def before(self, heir: str, id: str) -> str:
        """What an heir in the line of a thing replaces there."""
        line = (id, *self.line(id))
        return ", ".join(one for one in named(self.collaboration[heir], "replaces") if one in line)
