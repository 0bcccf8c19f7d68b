"""The organisation of a thing: said here once, for every answer that asks to whom something belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from attrs import field, frozen

from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.integrity import kind_name
from samverkan.model.party import ActorKind, Capacity, Participation
from samverkan.model.reference import references_of
from samverkan.values.truth import Truth
from samverkan.values.when import When, maybe_when

__all__ = ["HOLDING", "LEGAL", "Organisations", "Told"]

LEGAL = frozenset(
    {
        ActorKind.STATE,
        ActorKind.AGENCY,
        ActorKind.REGION,
        ActorKind.KOMMUN,
        ActorKind.KOMMUNALFORBUND,
        ActorKind.SAMORDNINGSFORBUND,
        ActorKind.ASSOCIATION,
        ActorKind.COMPANY,
        ActorKind.COOPERATION_BODY,
        ActorKind.USER_ORGANISATION,
        ActorKind.CARE_PROVIDER,
    }
)
"""The kinds of body that are organisations, whatever they are part of; a board or an administration is none."""

HOLDING = (
    "body",
    "by",
    "owners",
    "holder",
    "requested_by",
    "recipient",
    "who",
    "member",
    "actor",
    "payer",
    "parties",
    "publisher",
)
"""The fields that say whose a thing is, in the order in which they are asked; a user's own class may use them too."""

_BODIES = {"Actor", "Group", "Role"}
_ANSWERING = {Capacity.OWNS, Capacity.LEADS}


@frozen
class Told:
    """What is known of the organisation of a thing (organisationstillhörighet).

    >>> Told(ids=("ale",), because=("ale.soc", "ale")).ids
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

    1. An actor belongs to the first legal person among itself and the bodies it is `part_of`, or to the topmost of them
       where none is legal. A role belongs to its employer's organisation. A group is an organisation of its own, unless
       all its members belong to one and the same.
    2. Any other thing belongs to those who own or lead it by a `Participation`; where there is none, to whom the first
       telling field of `HOLDING` names (`body`, `by`, `owners` …); where none tells, to what the records belong to that
       it stands within, such as an activity's plan.

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
    _told: dict[str, Told] = field(factory=dict, init=False, repr=False)

    def of(self, *ids: str) -> Told:
        """The organisations of a thing, or of several together; raises `NotFoundError` for an id that is not there."""
        for id in ids:
            if id not in self._told:
                self._told[id] = self._found(id)
        return _together(self._told[id] for id in ids)

    def _found(self, id: str) -> Told:
        """The answer of a thing and, as long as nobody is named, of what it stands within."""
        answers: list[Told] = []
        passed, level = {id: None}, [id]
        while level:
            above: dict[str, None] = {}
            for thing in level:
                record = self.collaboration[thing]
                if answer := self._told.get(thing) or self._holders(record):
                    answers.append(answer)
                else:
                    above.update((parent, None) for parent in _parents(record) if parent not in passed)
            passed |= above
            level = list(above)
        return _together([Told(because=tuple(passed)), *answers])

    def _holders(self, record: Any) -> Told | None:
        """The organisations of those whom a thing names; None where it names nobody."""
        if kind_name(record) in _BODIES:
            return self._home(record.id)
        if answering := self._answering.get(record.id):
            said = (Told(because=(p.id,), doubts=self._doubt(p)) for p in answering)
            return _together([*said, *(self._home(p.who.id) for p in answering)])
        named = self._named(record)
        return _together(self._home(body) for body in named) if named else None

    def _named(self, record: Any) -> list[str]:
        for name in HOLDING:
            ids = (id for ref in references_of(record) if ref.path[0] == name for id in ref.ids(record))
            if bodies := [id for id in ids if kind_name(self.collaboration[id]) in _BODIES]:
                return bodies
        return []

    @cached_property
    def _answering(self) -> dict[str, list[Participation]]:
        found: dict[str, list[Participation]] = {}
        for part in self.collaboration[Participation]:
            if part.capacity in _ANSWERING and self._in_force(part) is not Truth.NO:
                found.setdefault(part.thing, []).append(part)
        return found

    def _in_force(self, part: Participation) -> Truth:
        return part.period.contains(self.on) if part.period and self.on else Truth.YES

    def _doubt(self, part: Participation) -> tuple[str, ...]:
        if self._in_force(part) is not Truth.CANNOT_TELL:
            return ()
        return (f"whether {part.id!r} is in force on {self.on} cannot be told; it is counted",)

    def _home(self, body: str) -> Told:
        record = self.collaboration[body]
        if kind_name(record) == "Role":
            employer = getattr(record, "employed_by", None)
            if not employer:
                return Told(because=(body,), doubts=(f"who employs {body!r} is not told",))
            return _together([Told(because=(body,)), self._home(employer)])
        return self._shared(body) if kind_name(record) == "Group" else self._legal(body)

    def _shared(self, group: str) -> Told:
        if group not in self._told:
            members = _together(self._legal(member) for member in self.collaboration.members(group) if member != group)
            shared = len(members.ids) == 1 and not members.doubts
            self._told[group] = Told(members.ids, (group, *members.because)) if shared else Told((group,), (group,))
        return self._told[group]

    def _legal(self, actor: str) -> Told:
        passed: dict[str, None] = {}
        above: str | None = actor
        while above and above not in passed:
            passed[above] = None
            record = self.collaboration[above]
            above = None if getattr(record, "kind", None) in LEGAL else getattr(record, "part_of", None)
        if above:
            return Told((), tuple(passed), (f"{above!r} is a part of itself, so its organisation cannot be told",))
        return Told((record.id,), tuple(passed))


def _parents(record: Any) -> Iterator[str]:
    return (id for reference in references_of(record) if reference.within for id in reference.ids(record))


def _together(answers: Iterable[Told]) -> Told:
    every = tuple(answers)
    if len(every) == 1:
        return every[0]
    return Told(
        tuple(sorted({id for told in every for id in told.ids}, key=natural)),
        tuple(dict.fromkeys(id for told in every for id in told.because)),
        tuple(dict.fromkeys(doubt for told in every for doubt in told.doubts)),
    )
