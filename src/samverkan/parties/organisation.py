"""The organisation of a thing: one rule, for all answers that ask to whom something belongs."""

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
from samverkan.parties.answer import answer
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.truth import Truth
from samverkan.values.when import When, maybe_when

__all__ = ["Belonging", "Home", "Organisations", "homes", "organisations_of", "unrecorded"]

_BODIES = {"Actor", "Group", "Role"}
_TITLE = Wording("to which organisations {thing} belongs", "vilka organisationer {thing} hör till")
_NO_ORGANISATION = Wording(
    "the organisation of {thing} is not recorded", "vilken organisation {thing} hör till är inte angivet"
)
_OWNER = Wording("whose {thing} is, is not recorded", "vems {thing} är, är inte angivet")
_OWNERS = Wording("whose {thing} is, is not recorded in full", "vems {thing} är, är inte fullständigt angivet")
_IN_FORCE = Wording(
    "whether {part} is in force on {day} cannot be determined; it is counted",
    "om {part} gäller {day} går inte att avgöra; den räknas med",
)
_NO_EMPLOYER = Wording("{role} has no employer", "{role} har ingen arbetsgivare")
_EMPLOYER = Wording("who employs {role} is not recorded", "vem som är arbetsgivare för {role} är inte angivet")
_PART_OF_ITSELF = Wording(
    "{body} is a part of itself, so its organisation cannot be determined",
    "{body} är en del av sig själv, så dess organisation går inte att avgöra",
)
_PART_AWAY = Wording(
    "what {body} is a part of is recorded elsewhere; it is counted as an organisation of its own",
    "vad {body} är en del av finns registrerat på annat håll; den räknas som en egen organisation",
)
_PART_OF = Wording(
    "what {body} is a part of is not recorded; it is counted as an organisation of its own",
    "vad {body} är en del av är inte angivet; den räknas som en egen organisation",
)


@frozen
class Belonging:
    """What is known of the organisation of a thing (organisationstillhörighet).

    >>> Belonging(ids=("ale",), because=("ale.soc", "ale")).ids
    ('ale',)
    """

    ids: tuple[str, ...] = ()
    """The organisations; several if it belongs to several, none if that is not recorded."""
    because: tuple[str, ...] = ()
    """The ids of the records that this rests on."""
    doubts: tuple[Phrase, ...] = ()
    """What cannot be determined, a sentence each."""


@frozen(eq=False, slots=False)
class Organisations:
    """To which organisation things belong (organisationstillhörighet), by one rule for the whole library.

    1. An actor belongs to the first organisation (`ActorKind.is_organisation`) among itself and the bodies it is
       `part_of`, or to the topmost of them if none is one. If that topmost is by nature a part of something
       (`ActorKind.is_part`), or is recorded in another document, it counts as an organisation, with a doubt. A role
       belongs to its employer's organisation. A group is an organisation of its own, unless all its members are
       recorded and belong to one and the same.
    2. Any other thing belongs to those who own or lead it by a `Participation`; if there is none, to those whom its
       field marked `OwnedBy` names (`body`, `by`, `owners` …); if nothing is recorded there, to the owners of the
       records that it is within, such as an activity's plan. An event outside does not belong to those who plan for it.
       If the source is silent about the owner, the answer is unknown.

    A membership does not count: a member of an association is not a part of it.
    With a day, a participation that was certainly not in force does not count; one that may have been counts, with a
    doubt. Without a day, all participations count.

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
                self._known[id] = self._belonging(id)
        return _together(self._known[id] for id in ids)

    def _belonging(self, id: str) -> Belonging:
        """The owners of a thing and, as long as nobody is named, of what it is within."""
        answers: list[Belonging] = []
        passed, level = {id: None}, [id]
        while level:
            above: dict[str, None] = {}
            for thing in level:
                record = self.collaboration[thing]
                if answer := self._holders(
                    record
                ):  # never of what was asked before, so that the order of asking shows nowhere
                    answers.append(answer)
                else:
                    above.update((parent, None) for parent in _parents(record) if parent not in passed)
            passed |= above
            level = list(above)
        return _together([Belonging(because=tuple(passed)), *answers])

    def _holders(self, record: Any) -> Belonging | None:
        """The organisations of those whom a thing names; None if it names nobody."""
        if kind_name(record) in _BODIES:
            return self._home(record.id)
        if answering := self._answering.get(record.id):
            parts = (Belonging(because=(part.id,), doubts=self._doubt(part)) for part in answering)
            return _together([*parts, *(self._home(part.who.id) for part in answering)])
        named = [id for id in owners_of(record) if kind_name(self.collaboration[id]) in _BODIES]
        fields = marked(record.__class__, OwnedBy)
        silent = any(getattr(record, name) is UNKNOWN or is_open(record, name) for name in fields)
        doubts = ((_OWNERS if named else _OWNER)(thing=record.id),) if silent else ()
        owners = _together(self._home(body) for body in named)
        return evolve(owners, doubts=(*owners.doubts, *doubts)) if named or silent else None

    @cached_property
    def _answering(self) -> dict[str, list[Participation]]:
        by_thing: dict[str, list[Participation]] = {}
        for part in self.collaboration[Participation]:
            if part.capacity.holds and in_force(part.period, self.on) is not Truth.NO:
                by_thing.setdefault(part.thing, []).append(part)
        return by_thing

    def _doubt(self, part: Participation) -> tuple[Phrase, ...]:
        if in_force(part.period, self.on) is not Truth.CANNOT_TELL:
            return ()
        return (_IN_FORCE(part=part.id, day=self.on),)

    def _home(self, body: str) -> Belonging:
        record = self.collaboration[body]
        if kind_name(record) == "Role":
            employer = getattr(record, "employed_by", None)
            if not employer:
                doubt = (_NO_EMPLOYER if employer is NONE else _EMPLOYER)(role=body)
                return Belonging(because=(body,), doubts=(doubt,))
            return _together([Belonging(because=(body,)), self._home(employer)])
        return self._shared(body) if kind_name(record) == "Group" else self._legal(body)

    def _shared(self, group: str) -> Belonging:
        if group not in self._known:
            each = [self._legal(member) for member in self.collaboration.members(group) if member != group]
            members, certain = _together(each), _together(home for home in each if not home.doubts)
            shared = len(members.ids) == 1 and not members.doubts and not is_open(self.collaboration[group], "of")
            itself = Belonging((group,), (group,), () if len(certain.ids) > 1 else members.doubts)
            self._known[group] = Belonging(members.ids, (group, *members.because)) if shared else itself
        return self._known[group]

    def _legal(self, actor: str) -> Belonging:
        passed: dict[str, None] = {}
        above: str | None = actor
        while above and above not in passed:
            passed[above] = None
            record = self.collaboration[above]
            above = record.part_of if isinstance(record, Actor) and not record.kind.is_organisation else None
        if above:
            return Belonging((), tuple(passed), (_PART_OF_ITSELF(body=above),))
        return Belonging((record.id,), tuple(passed), tuple(_open_above(record)))


def organisations_of(collaboration: Collaboration, on: When | None = None) -> Organisations:
    """The organisations of a collaboration on a day, or on any day; the latter are made once."""
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
    """The organisations that a thing belongs to, a row each; none if that is not recorded."""
    c, home = organisations.collaboration, organisations.of(id)
    rows = [Home(organisation=one, title=getattr(c[one], "title", ""), because=home.because) for one in home.ids]
    unknown = unrecorded(home, id)
    return answer(c, Home, rows, _TITLE(thing=id), on=organisations.on, unknown=unknown, rests_on=home.because)


def unrecorded(home: Belonging, *ids: str) -> tuple[Phrase, ...]:
    """What is unknown about the organisation of some things, a sentence each (okänd organisation).

    >>> unrecorded(Belonging(), "beslut")
    ('the organisation of beslut is not recorded',)
    """
    return tuple(_NO_ORGANISATION(thing=id) for id in ids) if not home.ids and not home.doubts else home.doubts


def _open_above(record: Any) -> Iterator[Phrase]:
    """Whether a body that counts as an organisation may be a part of another, as a sentence."""
    if type(record) is ExternalRecord:
        yield _PART_AWAY(body=record.id)
    elif isinstance(record, Actor) and (record.kind.is_part or _may_be_part(record)):
        yield _PART_OF(body=record.id)


def _may_be_part(actor: Actor) -> bool:
    return not actor.kind.is_organisation and is_open(actor, "part_of")


def _parents(record: Any) -> Iterator[str]:
    if isinstance(record, Activity) and record.kind is ActivityKind.OUTSIDE:
        return iter(())
    return (id for reference in references_of(record) if reference.within for id in reference.ids(record))


def _together(answers: Iterable[Belonging]) -> Belonging:
    homes = tuple(answers)
    if len(homes) == 1:
        return homes[0]
    return Belonging(
        tuple(sorted({id for home in homes for id in home.ids}, key=natural)),
        tuple(dict.fromkeys(id for home in homes for id in home.because)),
        tuple(dict.fromkeys(doubt for home in homes for doubt in home.doubts)),
    )
