"""Where are the gaps between the organisations: what is covered at each level, what is not, and what is not told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from attrs import field, frozen

from samverkan.model.agreement import Agreement, Obligation
from samverkan.model.collaboration import Collaboration, check_collaboration, natural, records
from samverkan.model.funding import Allocation, Grant
from samverkan.model.kinds import kind_word
from samverkan.model.party import Level
from samverkan.model.reference import named
from samverkan.model.source import Mark, is_complete, is_open, marks
from samverkan.model.work import Activity, ActivityKind, Goal, Observation, Plan, Process
from samverkan.parties.answer import about, answer
from samverkan.parties.containment import above, inside
from samverkan.parties.membership import Parties, parties_of, undated
from samverkan.questions.authority.responsible import ResponsibilityState, claims_on, levels_of, silence_of, state_of
from samverkan.questions.progress.progress import by_then
from samverkan.values.missing import NONE, UNKNOWN, Maybe
from samverkan.values.money import Money, is_none
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording
from samverkan.values.timing import is_over
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Cell", "Chain", "Cover", "chains", "gaps", "same_aims"]

_TITLE = Wording("Gaps in {thing}", "Luckor i {thing}")
_TITLE_ON = Wording("Gaps in {thing} on {day}", "Luckor i {thing} den {day}")
_SILENT = Wording("who has a part at some level in {things}", "vem som medverkar på någon nivå i {things}")
_NO_LEVEL = Wording("at which level all of these act: {bodies}", "på vilken nivå dessa alla verkar: {bodies}")

_ASKED: tuple[type, ...] = (Plan, Goal, Obligation, Grant)
_CHAIN = (Level.NATIONAL, Level.COUNTY, Level.SUBREGIONAL, Level.LOCAL)
_ALL = (*Level,)


class Cover(Term):
    """How a level of the chain from the state to the neighbourhood stands with a thing (täckning)."""

    COVERED = "covered", "täckt"
    """Somebody at that level has a part in it."""
    UNDECIDED = "cannot be told", "går inte att säga"
    """Somebody has, but for a time or at a level that does not let us tell."""
    REPORTED = "gap told by the source", "lucka enligt källan"
    """The source itself tells of a gap, whoever is named there."""
    NOBODY = "nobody", "ingen"
    """The documents claim to be complete, and name nobody at that level."""
    ENDED = "ended", "upphört"
    """Somebody had, and no longer has; who carries on is not recorded."""
    COMING = "not yet begun", "ännu inte påbörjat"
    """Somebody will have, from a later day."""
    UNKNOWN = "unknown", "okänt"
    """The source is silent about who has."""
    NOT_DESCRIBED = "not described", "ej beskrivet"
    """Nothing is recorded and nothing claimed: no gap, and no cover."""


_COVERS = {
    state: Cover.COVERED if state is ResponsibilityState.ASSIGNED else Cover(state.value)
    for state in ResponsibilityState
}


@frozen(kw_only=True)
class Cell:
    """How one level stands with one thing (nivå)."""

    thing: str
    """What is asked about: a plan, an area or another aim, an obligation, a grant (vad)."""
    kind: Phrase
    """What sort of thing it is (slag)."""
    levels: tuple[Level, ...]
    """The level; several for a gap that the source sees between them (nivå)."""
    state: Cover
    """How it stands there (täckning)."""
    who: tuple[str, ...]
    """Who has a part in it there (vilka)."""
    through: tuple[str, ...]
    """By way of what, for those of whom it is not told of the thing itself: a plan, an agreement, a step (genom)."""
    as_written: str = ""
    """The words of the source about the gap (källans ord)."""
    amount: Maybe[Money] = None
    """How much money it is, of a grant whose amount is told (belopp)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(kw_only=True)
class Chain:
    """How all levels stand with one thing, side by side; a level that is not asked about is empty (kedja)."""

    thing: str
    """What is asked about (vad)."""
    title: str
    """What it is called (namn)."""
    national: Cover | str = ""
    """How it stands nationally (nationell)."""
    county: Cover | str = ""
    """How it stands in the county (länsgemensam)."""
    subregional: Cover | str = ""
    """How it stands in its parts (delregional)."""
    local: Cover | str = ""
    """How it stands locally (lokal)."""
    neighbourhood: Cover | str = ""
    """How it stands in the neighbourhood (närområde)."""
    between: Phrase = field(factory=Phrase)
    """The levels between which the source sees a gap (mellanrum)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def gaps(collaboration: Collaboration, thing: str = "", *, on: WhenLike | None = None) -> Table[Cell]:
    """Where are the gaps between the organisations, level by level (mellanrummen).

    For every plan, aim, obligation and grant, or those that a *thing* such as a plan or an agreement leads to: who has
    a part in it nationally, in the county, in its parts and locally; in the neighbourhood where something is told of
    it. Where a plan says which levels must answer for it, those are asked about instead, for it and for its aims.
    A level is covered by whoever answers for the thing, which to support it is not; for a plan or an agreement in
    which it stands; for the same aim at another level; or does a step towards it. An obligation is covered by those who
    owe it and those it is owed to as well, a grant by who pays it and those who get or may get it: `through` tells by
    way of what. One of them at a level covers it, and says nothing of the rest.
    *Nobody* is said only where the lists are claimed to be complete. A gap that the source tells of (`Observation.gap`)
    is kept apart from one that is computed, and is told whoever is there.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Goal
    >>> told = Observation(of="unga", gap="local", result="vi behöver visa det som sker lokalt")
    >>> c = Collaboration([Goal(id="unga", title="Unga", kind="area"), told])
    >>> [(str(*cell.levels), str(cell.state)) for cell in gaps(c)][2:]
    [('subregional', 'not described'), ('local', 'gap told by the source')]
    """
    check_collaboration(collaboration)
    moment = maybe_when(on)
    parts = _Parts(collaboration, moment, parties_of(collaboration))
    reports = [one for one in collaboration[Observation] if one.gap and by_then(one.as_of, moment) is not Truth.NO]
    things = [collaboration[id] for id in _things(collaboration, thing)]
    covers = [
        _Cover(collaboration, parts, record, [one for one in reports if record.id in one.of]) for record in things
    ]
    rows = [cell for one in covers for cell in one.cells()]
    active = [part for one in covers for part in one.parts if part.state is ResponsibilityState.ASSIGNED]
    unbounded = [part.record for part in active if moment and getattr(collaboration[part.record], "period", "") is None]
    levelless = sorted({part.who for part in active if None in part.levels}, key=natural)
    silent = dict.fromkeys(cell.thing for cell in rows if cell.state in (Cover.NOT_DESCRIBED, Cover.UNKNOWN))
    unknown = (
        *([_SILENT(things=(*gathered(silent),))] if silent else []),
        *([_NO_LEVEL(bodies=(*gathered(levelless),))] if levelless else []),
        *undated(unbounded),
    )
    subject = about(collaboration, thing)
    title = _TITLE_ON(thing=subject, day=moment) if moment else _TITLE(thing=subject)
    return answer(collaboration, Cell, rows, title, on=moment, unknown=unknown)


def chains(collaboration: Collaboration, thing: str = "", *, on: WhenLike | None = None) -> Table[Chain]:
    """The answer of `gaps` with a row for each thing and a column for each level (kedjan nationell–lokal).

    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.party import Actor
    >>> skr = Actor(id="skr", title="SKR", kind="förening", level="national")
    >>> prio = Agreement(id="prio", title="PRIO", parties=("skr",))
    >>> c = Collaboration([skr, prio, Goal(id="unga", title="Unga", kind="area", plans="prio")])
    >>> [(row.thing, str(row.national), str(row.local)) for row in chains(c)]
    [('unga', 'covered', 'not described')]
    """
    table = gaps(collaboration, thing, on=on)
    by_thing: dict[str, list[Cell]] = {}
    for cell in table:
        by_thing.setdefault(cell.thing, []).append(cell)
    rows = tuple(
        Chain(
            thing=id,
            title=getattr(collaboration[id], "title", ""),
            **{cell.levels[0].value: cell.state for cell in cells if len(cell.levels) == 1},
            between=Phrase.joined((Phrase.joined(cell.levels, " – ") for cell in cells if len(cell.levels) > 1), "; "),
            because=tuple(dict.fromkeys(one for cell in cells for one in cell.because)),
        )
        for id, cells in by_thing.items()
    )
    return Table(Chain, rows, table.title, table.unknown, table.assumed)


def _things(c: Collaboration, thing: str) -> Iterator[str]:
    """What is asked about: everything, or what a thing holds, what is to deliver it, and the money that hangs on it."""
    within = set(inside(c, thing)) if thing else {record.id for record in records(c, *_ASKED)}
    if thing:
        carried = {id for one in within if isinstance(c[one], Activity) for id in c[one].fulfils}
        owed = [duty for duty in c[Obligation] if duty.id in within | carried or within & {*duty.delivers}]
        within |= {id for duty in owed for id in (duty.id, *duty.secures)}
        if isinstance(c[thing], (Activity, Process)):
            yield thing
    yield from (record.id for record in records(c, *_ASKED) if record.id in within)


@frozen
class _Part:
    """Somebody's part in a thing, and the levels at which they act; None among them where that is not told in full."""

    who: str
    state: ResponsibilityState
    record: str
    levels: frozenset[Level | None]
    through: str


@frozen(eq=False)
class _Parts:
    """Who has a part in what, and at which levels they act; each looked up once, however many things it carries."""

    c: Collaboration
    on: When | None
    parties: Parties
    _levels: dict[str, frozenset[Level | None]] = field(factory=dict, init=False)
    _found: dict[tuple[str, tuple[str, ...], str], tuple[_Part, ...]] = field(factory=dict, init=False)

    def of(self, record: Any, fields: tuple[str, ...], through: str) -> tuple[_Part, ...]:
        """The parts that a record tells of: of who answers for it, and of whom some other fields name."""
        key = (record.id, fields, through)
        if key not in self._found:
            self._found[key] = tuple(dict.fromkeys(self._told(record, fields, through)))
        return self._found[key]

    def _told(self, record: Any, fields: tuple[str, ...], through: str) -> Iterator[_Part]:
        for who, capacity, state, said in claims_on(self.c, record, self.on):
            if capacity.answers:
                yield _Part(who, self._still(record, state), said, self.levels(who), through)
        for who in (id for name in fields for id in named(record, name)):
            yield _Part(who, state_of(self.c, record, who, self.on), record.id, self.levels(who), through)

    def _still(self, record: Any, state: ResponsibilityState) -> ResponsibilityState:
        """What has been done by the day is done no more."""
        over = is_over(record, self.on) if self.on and isinstance(record, Activity) else Truth.NO
        held = state is ResponsibilityState.ASSIGNED
        return (
            {Truth.YES: ResponsibilityState.ENDED, Truth.CANNOT_TELL: ResponsibilityState.UNDECIDED}.get(over, state)
            if held
            else state
        )

    def levels(self, party: str) -> frozenset[Level | None]:
        """The levels at which a party acts; None among them where that is not told in full."""
        if party not in self._levels:
            self._levels[party] = levels_of(self.parties, party)
        return self._levels[party]


@frozen(slots=False)
class _Cover:
    """One thing with everybody's part in it."""

    c: Collaboration
    sources: _Parts
    record: Any
    told: list[Observation]
    parts: tuple[_Part, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        found = dict.fromkeys(chain.from_iterable(self.sources.of(*carrier) for carrier in self._carriers()))
        object.__setattr__(self, "parts", tuple(found))

    def cells(self) -> Iterator[Cell]:
        """The levels in their order, then the gaps between levels."""
        at = [(tuple(level for level in _ALL if level in one.gap), one) for one in self.told]
        named = {level for part in self.parts for level in part.levels}
        named |= {levels[0] for levels, _ in at if len(levels) == 1}
        for level in (level for level in _ALL if level in named.union(self._levels())):
            yield self._cell((level,), [one for levels, one in at if levels == (level,)])
        for levels in sorted(
            {levels for levels, _ in at if len(levels) > 1}, key=lambda found: [*map(_ALL.index, found)]
        ):
            yield self._cell(levels, [one for other, one in at if other == levels])

    def _cell(self, levels: tuple[Level, ...], told: list[Observation]) -> Cell:
        here = [part for part in self.parts if len(levels) == 1 and levels[0] in part.levels]
        state = Cover.REPORTED if told else self._state(here)
        there = [part for part in here if part.state is ResponsibilityState.ASSIGNED] or here
        direct = {part.who for part in there if not part.through}
        amount = self.record.amount if isinstance(self.record, Grant) else None
        return Cell(
            thing=self.record.id,
            kind=Phrase(self.record.kind) if isinstance(self.record, Goal) else kind_word(type(self.record).__name__),
            levels=levels,
            state=state,
            who=_distinct(part.who for part in there),
            through=_distinct(part.through for part in there if part.who not in direct),
            as_written="; ".join(one.result or one.status or one.note for one in told),
            amount=amount,
            because=tuple(dict.fromkeys((self.record.id, *(one.id for one in told), *_rests_on(there)))),
        )

    def _state(self, here: list[_Part]) -> Cover:
        """How a level stands of which the source tells no gap."""
        states = {part.state for part in here}
        if held := next(
            (state for state in (ResponsibilityState.ASSIGNED, ResponsibilityState.UNDECIDED) if state in states), None
        ):
            return _COVERS[held]
        silence = self._silence()
        if silence is Cover.NOBODY:
            now = (ResponsibilityState.ASSIGNED, ResponsibilityState.UNDECIDED)
            return Cover.UNDECIDED if any(None in p.levels and p.state in now for p in self.parts) else silence
        return next(
            (_COVERS[state] for state in (ResponsibilityState.ENDED, ResponsibilityState.COMING) if state in states),
            silence,
        )

    def _silence(self) -> Cover:
        """What it means that nobody is named, of the thing and of the same aim at other levels."""
        found = {_silent(record) for record in (self.record, *same_aims(self.c, self.record))}
        return next((state for state in (Cover.UNKNOWN, Cover.NOT_DESCRIBED) if state in found), Cover.NOBODY)

    def _levels(self) -> tuple[Level, ...]:
        """The levels that a plan says must answer; else the chain from the state to the kommuner."""
        plans = (record for id in above(self.c, self.record.id) if isinstance(record := self.c[id], Plan))
        return tuple(level for plan in plans for level in plan.levels) or _CHAIN

    def _carriers(self) -> Iterator[tuple[Any, tuple[str, ...], str]]:
        """The records that say who has a part, by which fields beside those of who answers, and by way of what."""
        own = self.record
        yield own, _OWN.get(type(own), ()), ""
        for record in same_aims(self.c, own):
            yield record, (), record.id
        for record in (self.c[id] for id in above(self.c, own.id) if id != own.id):
            yield record, _WHOLE.get(type(record), ()), record.id
        for record in _parts_of(self.c, own):
            yield record, _SHARE.get(type(record), ()), record.id


_OWN: dict[type, tuple[str, ...]] = {Obligation: ("to",), Grant: ("payer", "receivers")}
_WHOLE: dict[type, tuple[str, ...]] = {Agreement: ("parties",), Grant: ("payer",)}
_SHARE: dict[type, tuple[str, ...]] = {Grant: ("receivers",), Allocation: ("recipient",)}
"""By which fields somebody has a part in a thing, in what it stands within, and in what is a part of it."""


def same_aims(c: Collaboration, record: Any) -> tuple[Goal, ...]:
    """The aims that are said to be the same at other levels."""
    if not isinstance(record, Goal):
        return ()
    back = (p.record for p in c.pointing_at(record.id) if p.relation == "corresponds_to")
    ids = dict.fromkeys((*record.corresponds_to, *back))
    return tuple(goal for id in sorted(ids, key=natural) if id != record.id and isinstance(goal := c[id], Goal))


def _parts_of(c: Collaboration, record: Any) -> Iterator[Any]:
    """What is done for a thing, or is a part of it."""
    if isinstance(record, (Plan, Grant)):
        kinds = (Activity, Process) if isinstance(record, Plan) else (Grant, Allocation)
        found: Iterable[str] = (id for id in inside(c, record.id) if id != record.id and isinstance(c[id], kinds))
    else:
        found = (p.record for p in c.pointing_at(record.id) if p.relation in ("towards", "fulfils"))
    for part in (c[id] for id in dict.fromkeys(found)):
        outside = isinstance(part, Activity) and part.kind is ActivityKind.OUTSIDE
        empty = isinstance(part, Allocation) and is_none(part.amount)
        if not outside and not empty:
            yield part


def _silent(record: Any) -> Cover:
    """What it means that a record names nobody."""
    fields = _OWN.get(type(record), ())
    answers = silence_of(record, None)
    silent = any(getattr(record, name) is UNKNOWN for name in fields) or Mark.UNKNOWN in marks(record, *fields)
    if silent or answers is ResponsibilityState.UNKNOWN:
        return Cover.UNKNOWN
    claimed = all(_is_closed(record, name) for name in fields)
    told = not is_open(record, "participation") if isinstance(record, Grant) else answers is ResponsibilityState.NOBODY
    return Cover.NOBODY if claimed and told else Cover.NOT_DESCRIBED


def _is_closed(record: Any, name: str) -> bool:
    """Whether a field leaves room for nobody else: a list that is complete, or one who is told or known to be none."""
    value = getattr(record, name)
    single = value is NONE or isinstance(value, str)
    return not is_open(record, name) and (single or is_complete(record, name))


def _distinct(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*ids}, key=natural))


def _rests_on(parts: list[_Part]) -> Iterator[str]:
    for part in parts:
        yield from (part.record, *([part.through] if part.through else []), part.who)
