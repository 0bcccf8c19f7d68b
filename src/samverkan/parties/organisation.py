"""The organisation of a thing: said here once, for every answer that asks to whom something belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.derived import derived
from samverkan.model.party import Actor, in_force
from samverkan.model.reference import OwnedBy, marked, owners_of, references_of
from samverkan.model.relations import Participation
from samverkan.model.source import ExternalRecord, is_open, kind_name
from samverkan.model.work import Activity, ActivityKind
from samverkan.parties.answer import assumptions, beyond
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.table import Table
from samverkan.values.truth import Truth
from samverkan.values.when import When, maybe_when

__all__ = ["Belonging", "Home", "Organisations", "homes", "organisations_of"]

_BODIES = {"Actor", "Group", "Role"}


@frozen
class Belonging:
    """What is known of the organisation of a thing (organisationstillhörighet).

    >>> Belonging(ids=("ale",), because=("ale.soc", "ale")).ids
    ('ale',)
    """

    ids: tuple[str, ...] = ()
    """The organisations; several where it belongs to several, none where it is not told."""
    because: tuple[str, ...] = ()
    """The ids of the records that this rests on."""
    doubts: tuple[str, ...] = ()
    """What cannot be told, a sentence each."""


@frozen(eq=False, slots=False)
class Organisations:
    """To which organisation things belong (organisationstillhörighet), by one rule for the whole library.

    1. An actor belongs to the first organisation (`ActorKind.is_organisation`) among itself and the bodies it is
       `part_of`, or to the topmost of them where none is one; where that topmost is by nature a part of something
       (`ActorKind.is_part`), or stands in another document, it is counted and doubted. A role belongs to its employer's
       organisation. A group is an organisation of its own, unless all its members are told and belong to one and the
       same.
    2. Any other thing belongs to those who own or lead it by a `Participation`; where there is none, to whom its field
       marked `OwnedBy` names (`body`, `by`, `owners` …); where nothing is recorded there, to what the records belong to
       that it stands within, such as an activity's plan; an event outside belongs to nobody who plans for it. Where the
       source is silent about whose it is, so are we.

    A membership never tells: who belongs to an association is not a part of it.
    With a day, participations that were certainly not in force do not count; those that cannot be told do, and it is
    said. Without a day every one counts.

    >>> from samverkan.model.party import Actor
    >>> kommun = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> social = Actor(id="ale.soc", title="Socialförvaltningen", kind="administration", part_of="ale")
    >>> Organisations(Collaboration([kommun, social])).of("ale.soc").ids
    ('ale',)
    """

    collaboration: Collaboration = field(repr=False)
    """The records."""
    on: When | None = field(default=None, converter=maybe_when)
    """The day that is asked about; None for any day."""
    _known: dict[str, Belonging] = field(factory=dict, init=False, repr=False)

    def of(self, *ids: str) -> Belonging:
        """The organisations of a thing, or of several together; raises `NotFoundError` for an id that is not there."""
        for id in ids:
            if id not in self._known:
                self._known[id] = self._found(id)
        return _together(self._known[id] for id in ids)

    def _found(self, id: str) -> Belonging:
        """The answer of a thing and, as long as nobody is named, of what it stands within."""
        answers: list[Belonging] = []
        passed, level = {id: None}, [id]
        while level:
            above: dict[str, None] = {}
            for thing in level:
                record = self.collaboration[thing]
                if answer := self._known.get(thing) or self._holders(record):
                    answers.append(answer)
                else:
                    above.update((parent, None) for parent in _parents(record) if parent not in passed)
            passed |= above
            level = list(above)
        return _together([Belonging(because=tuple(passed)), *answers])

    def _holders(self, record: Any) -> Belonging | None:
        """The organisations of those whom a thing names; None where it names nobody."""
        if kind_name(record) in _BODIES:
            return self._home(record.id)
        if answering := self._answering.get(record.id):
            said = (Belonging(because=(p.id,), doubts=self._doubt(p)) for p in answering)
            return _together([*said, *(self._home(p.who.id) for p in answering)])
        named = [id for id in owners_of(record) if kind_name(self.collaboration[id]) in _BODIES]
        fields = marked(record.__class__, OwnedBy)
        silent = any(getattr(record, name) is UNKNOWN or is_open(record, name) for name in fields)
        doubts = (f"whose {record.id!r} is, is not told{' in full' if named else ''}",) if silent else ()
        found = _together(self._home(body) for body in named)
        return evolve(found, doubts=(*found.doubts, *doubts)) if named or silent else None

    @cached_property
    def _answering(self) -> dict[str, list[Participation]]:
        found: dict[str, list[Participation]] = {}
        for part in self.collaboration[Participation]:
            if part.capacity.holds and in_force(part.period, self.on) is not Truth.NO:
                found.setdefault(part.thing, []).append(part)
        return found

    def _doubt(self, part: Participation) -> tuple[str, ...]:
        if in_force(part.period, self.on) is not Truth.CANNOT_TELL:
            return ()
        return (f"whether {part.id!r} is in force on {self.on} cannot be told; it is counted",)

    def _home(self, body: str) -> Belonging:
        record = self.collaboration[body]
        if kind_name(record) == "Role":
            employer = getattr(record, "employed_by", None)
            if not employer:
                said = f"{body!r} has no employer" if employer is NONE else f"who employs {body!r} is not told"
                return Belonging(because=(body,), doubts=(said,))
            return _together([Belonging(because=(body,)), self._home(employer)])
        return self._shared(body) if kind_name(record) == "Group" else self._legal(body)

    def _shared(self, group: str) -> Belonging:
        if group not in self._known:
            each = [self._legal(member) for member in self.collaboration.members(group) if member != group]
            members, sure = _together(each), _together(told for told in each if not told.doubts)
            shared = len(members.ids) == 1 and not members.doubts and not is_open(self.collaboration[group], "of")
            doubts = () if len(sure.ids) > 1 else members.doubts
            own = Belonging((group,), (group,), doubts)
            self._known[group] = Belonging(members.ids, (group, *members.because)) if shared else own
        return self._known[group]

    def _legal(self, actor: str) -> Belonging:
        passed: dict[str, None] = {}
        above: str | None = actor
        while above and above not in passed:
            passed[above] = None
            record = self.collaboration[above]
            above = record.part_of if isinstance(record, Actor) and not record.kind.is_organisation else None
        if above:
            return Belonging((), tuple(passed), (f"{above!r} is a part of itself, so its organisation cannot be told",))
        return Belonging((record.id,), tuple(passed), tuple(_above_untold(record)))


def organisations_of(collaboration: Collaboration, on: When | None = None) -> Organisations:
    """The organisations of a collaboration, on a day or whatever the day; the latter are made once."""
    return _on_any_day(collaboration) if on is None else Organisations(collaboration, on)


_on_any_day = derived(Organisations)


@frozen(kw_only=True)
class Home:
    """One organisation that a thing belongs to (organisationstillhörighet).

    >>> Home(organisation="ale", title="Ale kommun", because=("ale.soc", "ale")).organisation
    'ale'
    """

    organisation: str
    """Its id (organisation)."""
    title: str
    """What it is called (namn)."""
    because: tuple[str, ...]
    """The ids of the records that this rests on."""


def homes(organisations: Organisations, id: str) -> Table[Home]:
    """The organisations that a thing belongs to, a row each; none where it is not told."""
    c, told = organisations.collaboration, organisations.of(id)
    rows = (Home(organisation=one, title=getattr(c[one], "title", ""), because=told.because) for one in told.ids)
    silent = () if told.ids or told.doubts else (f"the organisation of {id!r} is not told",)
    unknown = (*told.doubts, *silent, *beyond(c, organisations.on))
    return Table(Home, tuple(rows), f"to which organisations {id} belongs", unknown, assumptions(c, told.because))


def _above_untold(record: Any) -> Iterator[str]:
    """What cannot be told of a body that is counted as an organisation: whether it is a part of another."""
    counted = "it is counted as an organisation of its own"
    if type(record) is ExternalRecord:
        yield f"what {record.id!r} is a part of stands elsewhere; {counted}"
    elif isinstance(record, Actor) and (record.kind.is_part or _may_be_part(record)):
        yield f"what {record.id!r} is a part of is not told; {counted}"


def _may_be_part(actor: Actor) -> bool:
    return not actor.kind.is_organisation and is_open(actor, "part_of")


def _parents(record: Any) -> Iterator[str]:
    if isinstance(record, Activity) and record.kind is ActivityKind.OUTSIDE:
        return iter(())
    return (id for reference in references_of(record) if reference.within for id in reference.ids(record))


def _together(answers: Iterable[Belonging]) -> Belonging:
    every = tuple(answers)
    if len(every) == 1:
        return every[0]
    return Belonging(
        tuple(sorted({id for told in every for id in told.ids}, key=natural)),
        tuple(dict.fromkeys(id for told in every for id in told.because)),
        tuple(dict.fromkeys(doubt for told in every for doubt in told.doubts)),
    )
