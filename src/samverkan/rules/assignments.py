"""Rules on who: where no party is named, where nobody answers or leads, what nobody was told to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samverkan.model.agreement import Decision, Obligation, Outcome
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.party import in_force, there
from samverkan.model.reference import OwnedBy, marked
from samverkan.model.relations import Capacity, Participation
from samverkan.model.source import Mark, is_complete, marks
from samverkan.model.work import Activity, ActivityKind, Observation, Plan, Process, Tally
from samverkan.questions.authority.responsible import ResponsibilityState, responsible
from samverkan.questions.progress.scales import Meaning, scales
from samverkan.rules.definitions import Hit, Rule, Skip, rule
from samverkan.rules.subjects import in_order
from samverkan.values.text import both, counted
from samverkan.values.truth import Truth

__all__ = ["PARTIES"]

_NEEDED = (
    (Obligation, "by", both("who owes it", "vem som ska fullgöra den")),
    (Obligation, "to", both("to whom it is owed", "till vem den ska fullgöras")),
    (Decision, "body", both("who decides", "vem som beslutar")),
)
_TOLD = {Mark.UNKNOWN, Mark.PARTIAL, Mark.COMPLETE}
"""The marks by which a list that is empty says something: that the source is silent, or that there is nobody."""


@rule(
    "warning",
    kinds=(Obligation, Decision),
    ground="of every decision it must be shown who took it (förvaltningslagen 2017:900, 31 §), and nobody can be "
    "reminded of an obligation that names nobody",
    sentence="{record} does not say {expected}",
    sentence_sv="{record} anger inte {expected}",
    remedy="name the party, or write unknown or none",
    remedy_sv="ange parten, eller skriv unknown eller none",
)
def nobody_named(c: Collaboration) -> Iterator[Hit]:
    """An obligation or a decision that does not say who or to whom, nor why: silence, or nobody (part saknas)."""
    for kind, field, who in _NEEDED:
        for record in records(c, kind):
            absent = getattr(record, field) in (None, ()) and not _TOLD & marks(record, field)
            if absent and not _follows(c, record, field):
                yield Hit(record.id, field, expected=who)


def _follows(c: Collaboration, record: Any, field: str) -> bool:
    """Whether an obligation is owed to the body that laid it on somebody by a decision."""
    return field == "to" and bool(record.ground) and type(c[record.ground]) is Decision


_WORK = (Plan, Process, Activity)
"""What somebody must answer for."""


def _taking(c: Collaboration, *capacities: Capacity) -> set[str]:
    """What somebody takes part in, in one of these capacities, as of the day to which the document is known."""
    return {
        part.thing
        for part in c[Participation]
        if part.capacity in capacities
        and in_force(part.period, c.known) & there(c[part.who.id], c.known) is not Truth.NO
    }


@rule(
    "warning",
    kinds=_WORK,
    ground="each board answers for what is done in its field (kommunallagen 2017:725, 6 kap. 6 §); what lies between "
    "organisations is in nobody's field until it is given to somebody",
    sentence="nobody is responsible for {record}: {field} is claimed to be complete, and names nobody",
    sentence_sv="ingen ansvarar för {record}: {field} sägs vara fullständigt, och där nämns ingen",
    remedy="say who owns, leads or carries it out",
    remedy_sv="ange vem som äger, leder eller utför det",
)
def nobody_responsible(c: Collaboration) -> Iterator[Hit | Skip]:
    """A plan, process or activity for which, by its own complete lists, nobody answers (ansvar)."""
    silent: set[str] = set()
    for row in responsible(c, on=c.known):
        thing = c[row.thing]
        outside = type(thing) is Activity and thing.kind is ActivityKind.OUTSIDE
        if row.who or row.capacity or outside or type(thing) not in _WORK:
            continue
        if row.state is ResponsibilityState.NOBODY:
            yield Hit(row.thing, next(iter(marked(thing.__class__, OwnedBy))), expected=_SOMEBODY)
        else:
            silent.add(row.thing)
    if silent:
        number = counted(len(silent), _SILENT, _SILENT_SV)
        yield Skip(
            both(
                f"{number} nobody, but no list is claimed to be complete: not described is not nobody",
                f"{number.sv} ingen, men ingen lista sägs vara fullständig: inte beskrivet är inte ingen",
            )
        )


_SOMEBODY = both("somebody who answers for it", "någon som ansvarar")
_SILENT = ("plan, process or activity names", "plans, processes or activities name")
_SILENT_SV = ("plan, process eller aktivitet nämner", "planer, processer eller aktiviteter nämner")


@rule(
    "warning",
    kinds=(Decision,),
    ground="a commission that lays nothing on anybody cannot be followed up",
    sentence="{record} commissions something, but names no obligation that follows from it",
    sentence_sv="{record} ger ett uppdrag, men anger ingen skyldighet som följer av det",
    remedy="write the obligation, with who owes it and by when, and name it in the item's commissions",
    remedy_sv="skriv skyldigheten, med vem som ska fullgöra den och när, och ange den i punktens commissions",
)
def commission_without_obligation(c: Collaboration) -> Iterator[Hit]:
    """An item of a decision that commissions nobody to do anything (uppdrag)."""
    for decision in c[Decision]:
        for number, item in enumerate(decision.items):
            if item.outcome is Outcome.COMMISSIONS and not item.commissions:
                yield Hit(decision.id, f"items.{number}", expected=both("an obligation", "en skyldighet"))


@rule(
    "warning",
    kinds=(Obligation,),
    ground="an obligation rests on its decision only if an item of the decision says so",
    sentence="{record} follows from {expected}, none of whose items commissions it",
    sentence_sv="{record} följer av {expected}, men ingen beslutspunkt där ger det uppdraget",
    remedy="name it in the item that commissions it, or correct its ground",
    remedy_sv="ange den i den punkt som ger uppdraget, eller rätta dess grund",
)
def obligation_nobody_commissioned(c: Collaboration) -> Iterator[Hit | Skip]:
    """An obligation that is said to follow from a decision, no item of which commissions it."""
    for duty in c[Obligation]:
        ground = c[duty.ground] if duty.ground else None
        if type(ground) is not Decision or any(duty.id in item.commissions for item in ground.items):
            continue
        if ground.items:
            yield Hit(duty.id, "ground", expected=ground.id, because=(ground.id,))
        else:
            yield Skip(
                both(f"the items of {ground.id} are not described", f"punkterna i {ground.id} är inte beskrivna")
            )


_REMAINING = frozenset({Meaning.UNDER_WAY, Meaning.NOT_STARTED})


def _left(observation: Observation) -> tuple[Tally, ...]:
    """What is left to do by the words of its scale; where that is not known, also what no plain word tells."""
    known = scales()
    scale = known.get(observation.scale, known[""])
    unheard = frozenset() if scale.name else _REMAINING
    said = ((tally, scale.may_mean(tally.status) or unheard) for tally in observation.tallies if tally.number.low)
    return tuple(tally for tally, may_be in said if may_be and may_be <= _REMAINING)


def _matters(c: Collaboration, observation: Observation) -> frozenset[str]:
    """What is observed, and the plans that it belongs to."""
    plans = (getattr(c[id], "plan", None) for id in observation.of)
    return frozenset((*observation.of, *(plan for plan in plans if plan)))


def _decided(c: Collaboration) -> dict[str, list[Decision]]:
    """The decisions about each thing."""
    found: dict[str, list[Decision]] = {}
    for decision in c[Decision]:
        for id in {id for item in decision.items for id in item.about}:
            found.setdefault(id, []).append(decision)
    return found


def _commissioned(c: Collaboration, decisions: list[Decision], observation: Observation) -> bool:
    """Whether one of the decisions gives somebody something to do with what is observed."""
    duties = (c[id] for decision in decisions for item in decision.items for id in item.commissions)
    delivering = (duty for duty in duties if type(duty) is Obligation and duty.by)
    return any(not {*observation.of}.isdisjoint(duty.delivers) for duty in delivering)


@rule(
    "warning",
    kinds=(Observation,),
    ground="Norrtälje's final report: of 25 processes 10 need coordinated leadership; the board approves the report, "
    "and commissions nobody to lead them",
    sentence="{record}: {left} remain of {whole}, nobody leads or coordinates them, and no decision about them "
    "commissions anybody to do so",
    sentence_sv="{record}: {left} återstår av {whole}, ingen leder eller samordnar dem, och inget beslut om dem "
    "ger någon det uppdraget",
    remedy="let the board say who leads what remains, and from when",
    remedy_sv="låt styrelsen besluta vem som leder det som återstår, och från när",
)
def nobody_leads(c: Collaboration) -> Iterator[Hit | Skip]:
    """What remains of a set, led by nobody and given to nobody by any decision about it (ledning saknas)."""
    led, decided = _taking(c, Capacity.LEADS, Capacity.COORDINATES), _decided(c)
    for observation in c[Observation]:
        left = _left(observation)
        if not left or not led.isdisjoint(observation.of):
            continue
        decisions = [decision for id in in_order(_matters(c, observation)) for decision in decided.get(id, ())]
        if not any(is_complete(decision, "items") for decision in decisions):
            yield Skip(
                both(
                    f"no decision about {observation.id} claims that its items are complete",
                    f"inget beslut om {observation.id} anger att dess punkter är fullständiga",
                )
            )
        elif not _commissioned(c, decisions, observation):
            yield Hit(
                observation.id,
                "tallies",
                expected=both("somebody who leads them", "någon som leder dem"),
                difference=sum(tally.number.low or 0 for tally in left),
                because=in_order(decision.id for decision in decisions),
                values={"left": tuple(f"{t.number} ({t.status})" for t in left), "whole": len(observation.of)},
            )


PARTIES: tuple[Rule, ...] = (
    nobody_named,
    nobody_responsible,
    commission_without_obligation,
    obligation_nobody_commissioned,
    nobody_leads,
)
