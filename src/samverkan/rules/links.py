"""Rules on how records hang together: what waits on what, what stands alone, what is there twice, what has ceased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samverkan.model.agreement import Agreement, Obligation
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.funding import Grant, Window, opened
from samverkan.model.kinds import kind_word
from samverkan.model.party import Actor, Group, lifetime, there
from samverkan.model.reference import OccursOn, OwnedBy, marked, named
from samverkan.model.source import ExternalRecord, Source, kind_name
from samverkan.model.work import Activity, Dependency, Goal, Indicator, Plan
from samverkan.network.graph import graph
from samverkan.parties.containment import above
from samverkan.rules.definitions import Hit, Rule, rule
from samverkan.rules.subjects import in_order, reach
from samverkan.values.text import both
from samverkan.values.timing import Timing, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["STRUCTURE"]


@rule(
    "error",
    kinds=(Dependency,),
    ground="a network of steps that has a ring has no order in which the work can be done, so no schedule can be made",
    sentence="none of these can begin, since each waits for the one before it: {actual}",
    sentence_sv="inget av detta kan börja, eftersom vart och ett väntar på det föregående: {actual}",
    remedy="take one of the dependencies away, or let it inform instead of block",
    remedy_sv="ta bort ett av beroendena, eller låt det informera i stället för att blockera",
)
def waits_for_itself(c: Collaboration) -> Iterator[Hit]:
    """A ring of *must finish before*, written out from its first step back to it (cirkelberoende)."""
    for cycle in graph(c).cycles():
        yield Hit(cycle.things[0], actual=cycle.text, because=cycle.because)


_ROLES = {"predecessor": both("be waited for", "inväntas"), "successor": both("wait", "vänta")}


@rule(
    "warning",
    kinds=(Dependency,),
    ground="only what has a timing is a step in the schedule, and money that waits until it must be asked for; a plan "
    "or a process lasts, and is not scheduled itself",
    sentence="by {record}, {other} is to {role}, but a {actual} has no day on which it is finished",
    sentence_sv="enligt {record} ska {other} {role}, men en post av slaget {actual} har ingen dag då den är klar",
    remedy="name a step of it instead, or let the dependency inform or contribute",
    remedy_sv="ange ett steg i den i stället, eller låt beroendet informera eller bidra",
)
def waits_on_no_day(c: Collaboration) -> Iterator[Hit]:
    """A *must finish before* one end of which has no timing, so that the schedule passes it by.

    Money that waits has a day where its grant tells when it must be asked for.
    """
    for link in c[Dependency]:
        for end in _ROLES if link.kind.blocks else ():
            thing = c[getattr(link, end)]
            timed = timing_of(thing) is not None or (end == "successor" and _is_asked_for(c, thing))
            if type(thing) is not ExternalRecord and not timed:
                yield Hit(
                    link.id,
                    end,
                    expected="Timing",
                    actual=kind_word(kind_name(thing)),
                    because=(thing.id,),
                    values={"other": thing.id, "role": _ROLES[end]},
                )


def _is_asked_for(c: Collaboration, thing: Any) -> bool:
    """Whether something is money, and it is told when that must be asked for."""
    grant = opened(thing, c.get)
    return grant is not None and isinstance(grant.requisition, Window)


@rule(
    "note",
    kinds=(ExternalRecord,),
    ground="what another organisation's document holds is not seen here, so every answer that touches it is partial",
    sentence="{record} ({actual}) stands in another document, so nothing is known of it here",
    sentence_sv="{record} ({actual}) finns i ett annat dokument, så här är ingenting känt om det",
    remedy="read that document as well: sv.read(this, that)",
    remedy_sv="läs även det dokumentet: sv.read(det här, det andra)",
)
def stands_elsewhere(c: Collaboration) -> Iterator[Hit]:
    """A placeholder that no other document has filled (på annat håll)."""
    for record in c[ExternalRecord]:
        pointing = in_order(pointer.record for pointer in c.pointing_at(record.id))
        yield Hit(record.id, actual=kind_word(record.kind), because=pointing)


_HELD_BY: dict[type, tuple[str, ...]] = {
    Goal: ("plans", "part_of", "corresponds_to"),
    Group: (),
    Indicator: ("goals",),
    Plan: ("agreement", "replaces"),
    Source: (),
}
"""What is there to be referred to, and the fields by which it may itself hang on something."""


@rule(
    "note",
    kinds=tuple(_HELD_BY),
    ground="what nothing refers to takes part in no answer: it is left over, or a reference to it was forgotten",
    sentence="nothing refers to {record} ({actual}), and it refers to nothing that it would belong to",
    sentence_sv="ingenting hänvisar till {record} ({actual}), och posten anger inget som den hör till",
    remedy="refer to it where it belongs, or take it away",
    remedy_sv="hänvisa till posten där den hör hemma, eller ta bort den",
)
def loose_end(c: Collaboration) -> Iterator[Hit]:
    """A plan, goal, group, indicator or source that hangs together with nothing (lös ände)."""
    for kind, fields in _HELD_BY.items():
        for record in records(c, kind):
            pointed = any(pointer.record != record.id for pointer in c.pointing_at(record.id))
            if not pointed and not any(getattr(record, field) for field in fields):
                yield Hit(record.id, actual=kind_word(kind.__name__))


@rule(
    "warning",
    kinds=(Actor,),
    ground="a body that has ceased can neither owe, decide nor carry on; Gothenburg's city districts ceased on "
    "2021-01-01, and what they had undertaken stayed with nobody until a successor was named",
    sentence="{record} ceased ({actual}) and has no successor, but this reaches past that day: {later}",
    sentence_sv="{record} har upphört ({actual}) och saknar efterträdare, men detta sträcker sig längre: {later}",
    remedy="say which actor replaces it, or end what it took part in",
    remedy_sv="ange vilken aktör som ersätter den, eller avsluta det den medverkade i",
)
def ceased_actor(c: Collaboration) -> Iterator[Hit]:
    """An actor that has ceased without successor and is counted on for a later time (upphörd aktör)."""
    replaced = {old for actor in c[Actor] for old in actor.replaces}
    for actor in c[Actor]:
        end = actor.exists and actor.exists.end
        if end and end.latest and actor.id not in replaced:
            pointing = (c[p.record] for p in c.pointing_at(actor.id) if p.relation not in ("replaces", "publisher"))
            later = in_order(r.id for r in pointing if (day := reach(r, c.known)) and day > end.latest)
            if later:
                yield Hit(actor.id, "exists", actual=end, because=later, values={"later": later})


def _deeds(c: Collaboration) -> Iterator[tuple[Any, str, When]]:
    """What was done on a day by those whose it is, and the field that says by whom."""
    for record in records(c):
        whose, happens = (marked(record.__class__, mark) for mark in (OwnedBy, OccursOn))
        moments = (getattr(record, name) for name in happens)
        days = (moment.done if isinstance(moment, Timing) else moment for moment in moments)
        if whose and (day := next((day for day in days if day), None)):
            yield from ((record, name, day) for name in whose)


@rule(
    "error",
    ground="a body acts only while it exists: VVG, for one, has existed since 2017-01-01 and took over from LiSA",
    sentence="{record} was done {actual} by {actor}, which existed {expected}",
    sentence_sv="{record} gjordes {actual} av {actor}, som fanns {expected}",
    remedy="correct the day, or name the body that existed then",
    remedy_sv="rätta dagen, eller ange det organ som fanns då",
)
def acted_outside_its_time(c: Collaboration) -> Iterator[Hit]:
    """A decision, submission, requisition or payment by a body or a post that was not there that day."""
    for record, field, day in _deeds(c):
        for id in named(record, field):
            exists = lifetime(c[id])
            if there(c[id], day) is Truth.NO:
                yield Hit(record.id, field, expected=exists, actual=day, because=(id,), values={"actor": id})


_GOTLAND = {"0980", "09"}
"""The codes of the one legal person that is both kommun and region."""


@rule(
    "warning",
    kinds=(Actor,),
    ground="an organisation number belongs to one legal person (lag 1974:174); a board or an administration shares its "
    "kommun's, and the kommun and the region of Gotland are one",
    sentence="{expected} is the organisation number of several actors: {actual}",
    sentence_sv="{expected} är organisationsnummer för flera aktörer: {actual}",
    remedy="make them one actor, correct a number, or say that one is a part of the other",
    remedy_sv="slå ihop dem till en aktör, rätta ett nummer, eller ange att den ena ingår i den andra",
)
def same_number(c: Collaboration) -> Iterator[Hit]:
    """One organisation number on two actors neither of which is a part of the other."""
    found: dict[str, list[Actor]] = {}
    for actor in c[Actor]:
        found.setdefault(str(actor.orgnr or ""), []).append(actor)
    for number, actors in found.items():
        wholes = {above(c, actor.id)[-1] for actor in actors}
        if number and len(wholes) > 1 and not {actor.code for actor in actors} <= _GOTLAND:
            ids = tuple(actor.id for actor in actors)
            yield Hit(ids[0], "orgnr", expected=number, actual=ids, difference=len(ids) - 1, because=ids)


_TOLD_APART: dict[type, tuple[str, ...]] = {
    Activity: ("plan", "part_of", "timing"),
    Actor: ("kind", "part_of", "exists"),
    Agreement: ("period", "agreed"),
    Goal: ("level", "part_of"),
    Grant: ("agreement", "part_of", "period"),
    Indicator: ("target_group", "unit"),
    Obligation: ("ground", "by", "timing"),
    Plan: ("kind", "period"),
    Source: ("day", "publisher"),
}
"""The fields that tell apart two things with the same title."""


@rule(
    "note",
    kinds=tuple(_TOLD_APART),
    ground="two records of one thing share out what is said of it, and every answer gets half; plans that share a goal "
    "should name the same goal",
    sentence="{actual} bear the same title, “{expected}”, and nothing that is said tells them apart",
    sentence_sv="{actual} bär samma namn, ”{expected}”, och ingenting som sägs skiljer dem åt",
    remedy="make them one, or give them titles that differ",
    remedy_sv="slå ihop dem till en post, eller ge dem namn som skiljer dem åt",
)
def same_title(c: Collaboration) -> Iterator[Hit]:
    """Two records of one kind that are called the same, and are not told apart by time or place."""
    for kind, fields in _TOLD_APART.items():
        found: dict[tuple[Any, ...], list[str]] = {}
        for record in records(c, kind):
            title = " ".join(record.title.casefold().split())
            found.setdefault((title, *(getattr(record, field) for field in fields)), []).append(record.id)
        for (title, *_), ids in found.items():
            if title and len(ids) > 1:
                yield Hit(
                    ids[0],
                    "title",
                    expected=c[ids[0]].title,
                    actual=tuple(ids),
                    difference=len(ids) - 1,
                    because=tuple(ids),
                )


STRUCTURE: tuple[Rule, ...] = (
    waits_for_itself,
    waits_on_no_day,
    stands_elsewhere,
    loose_end,
    ceased_actor,
    acted_outside_its_time,
    same_number,
    same_title,
)
