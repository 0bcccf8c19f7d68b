"""Rules on mandates: who does what is expressly denied, both may and may not, or draws money on a membership alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from attrs import frozen

from samverkan.model.agreement import Agreement, Decision, Obligation, Outcome
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Grant, Requisition
from samverkan.model.party import Act, Actor, Group, Mandate, Membership, Role
from samverkan.model.work import Goal, Plan
from samverkan.rules.facts import everyone, in_force, in_order, marks, named
from samverkan.rules.rule import Hit, Rule, rule
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["MANDATES"]

_ACTS = {
    Outcome.APPROVES: Act.DECIDE,
    Outcome.DECLINES: Act.DECIDE,
    Outcome.RECOMMENDS: Act.RECOMMEND,
    Outcome.COMMISSIONS: Act.COMMISSION,
}
"""What a body does by an item of its decision; to note something is to do nothing that takes a mandate."""

_WHOSE = {Agreement: "parties", Goal: "plans", Grant: "receivers", Obligation: "by", Plan: "owners"}
"""The fields that say whom a decision about a thing concerns."""

_HEAVY = (Act.SIGN, Act.DRAW, Act.DECIDE)
"""The acts that bind the one for whom they are done."""


@frozen(kw_only=True)
class _Deed:
    """Something done that takes a mandate, or takes that no mandate forbids it."""

    record: str
    field: str
    who: str
    act: Act
    about: frozenset[str]
    concerned: frozenset[str]
    on: When | None


def _concerned(c: Collaboration, about: frozenset[str]) -> frozenset[str]:
    """The single actors whom some things concern, as far as the things say."""
    parties: set[str] = set()
    for id in about:
        things = [c[plan] for plan in c[id].plans] if type(c[id]) is Goal else [c[id]]
        parties.update(thing.id for thing in things if type(thing) in (Actor, Group))
        parties.update(party for thing in things for party in named(getattr(thing, _WHOSE.get(type(thing), ""), ())))
    return everyone(c, parties)


def _deeds(c: Collaboration) -> Iterator[_Deed]:
    for decision in c[Decision]:
        for number, item in enumerate(decision.items):
            if item.outcome in _ACTS and isinstance(decision.body, str):
                about = frozenset((*item.about, *item.commissions))
                yield _Deed(
                    record=decision.id,
                    field=f"items.{number}",
                    who=decision.body,
                    act=_ACTS[item.outcome],
                    about=about,
                    concerned=_concerned(c, about),
                    on=decision.timing.done,
                )
    for drawn in c[Requisition]:
        grant = named(getattr(c[drawn.allocation], "grant", ()))
        yield _Deed(
            record=drawn.id,
            field="requested_by",
            who=drawn.requested_by,
            act=Act.DRAW,
            about=frozenset((drawn.allocation, *grant)),
            concerned=everyone(c, drawn.on_behalf_of or (drawn.requested_by,)),
            on=drawn.sent or drawn.arrived,
        )


def _forbids(c: Collaboration, mandate: Mandate, deed: _Deed) -> bool:
    """Whether a mandate certainly forbids a deed."""
    return (
        deed.act in mandate.may_not
        and (not mandate.about or not deed.about.isdisjoint(mandate.about))
        and (not mandate.for_ or not deed.concerned.isdisjoint(everyone(c, mandate.for_)))
        and (not mandate.period or (deed.on is not None and mandate.period.contains(deed.on) is Truth.YES))
    )


def _allows(mandate: Mandate, deed: _Deed) -> bool:
    """Whether a mandate allows the deed by naming what it is about, as an exception from what is forbidden."""
    return deed.act in mandate.may and not deed.about.isdisjoint(mandate.about)


def _by_holder(c: Collaboration) -> dict[str, list[Mandate]]:
    found: dict[str, list[Mandate]] = {}
    for mandate in c[Mandate]:
        found.setdefault(mandate.holder, []).append(mandate)
    return found


@rule(
    "error",
    kinds=(Mandate,),
    ground="a cooperation body decides only what it has been given to decide: SRO in Västra Götaland may recommend to "
    "the 50 principals and commission, and has no mandate to decide for them",
    sentence="{who} may expressly not {actual} for {whom} ({mandate}), but does so in {record}",
    sentence_sv="{who} får uttryckligen inte {actual} för {whom} ({mandate}), men gör det i {record}",
    remedy="let it recommend, and record the decision of each of those concerned",
    remedy_sv="låt organet rekommendera, och anteckna beslutet hos var och en av de berörda",
)
def expressly_may_not(c: Collaboration) -> Iterator[Hit]:
    """A decision or requisition by somebody whose mandate expressly excludes it (får inte)."""
    held = _by_holder(c)
    denied = {id: [mandate for mandate in mandates if mandate.may_not] for id, mandates in held.items()}
    for deed in _deeds(c):
        forbidding = [mandate for mandate in denied.get(deed.who, ()) if _forbids(c, mandate, deed)]
        if forbidding and not any(_allows(mandate, deed) for mandate in held[deed.who]):
            first = forbidding[0]
            yield Hit(
                deed.record,
                deed.field,
                expected=_allowed(held[deed.who]),
                actual=deed.act,
                because=tuple(mandate.id for mandate in forbidding),
                values={"who": deed.who, "whom": first.for_ or in_order(deed.concerned), "mandate": first.id},
            )


def _allowed(mandates: list[Mandate]) -> tuple[Act, ...]:
    return tuple(dict.fromkeys(act for mandate in mandates for act in mandate.may))


@rule(
    "warning",
    kinds=(Requisition,),
    ground="joint money is paid to one principal on proof that all others have given it the mandate (SKR's invoicing "
    "instructions 2020: a certificate by the head of finance); to be a member, or to have members, is no mandate",
    sentence="{record} draws money for {expected} others, without the mandate of {difference} of them: {lacking}",
    sentence_sv="{record} rekvirerar för {expected} andra, utan mandat från {difference} av dem: {lacking}",
    remedy="record the mandates to draw, with what proves them",
    remedy_sv="anteckna mandaten att rekvirera, med vad som styrker dem",
)
def draws_without_mandate(c: Collaboration) -> Iterator[Hit]:
    """A requisition on behalf of others who have given no mandate to draw (rekvirera)."""
    given, ties = _given(c), {(tie.of, tie.member): tie.id for tie in c[Membership]}
    for drawn in c[Requisition]:
        others = everyone(c, drawn.on_behalf_of) - everyone(c, (drawn.requested_by,))
        lacking = {other for other in others if not _lets_draw(given.get((drawn.requested_by, other), ()), drawn)}
        if lacking:
            yield Hit(
                drawn.id,
                "on_behalf_of",
                expected=len(others),
                actual=len(others) - len(lacking),
                difference=len(lacking),
                because=in_order(ties[tie] for other in lacking if (tie := (drawn.requested_by, other)) in ties),
                values={"lacking": in_order(lacking)},
            )


def _given(c: Collaboration) -> dict[tuple[object, str], list[Mandate]]:
    """The mandates to draw, by the body that holds them, itself or by one of its posts, and by whom they are given."""
    employers = {role.id: role.employed_by for role in c[Role]}
    found: dict[tuple[object, str], list[Mandate]] = {}
    for mandate in (mandate for mandate in c[Mandate] if Act.DRAW in mandate.may):
        for giver in everyone(c, mandate.for_):
            found.setdefault((employers.get(mandate.holder, mandate.holder), giver), []).append(mandate)
    return found


def _lets_draw(mandates: Iterable[Mandate], drawn: Requisition) -> bool:
    day = drawn.sent or drawn.arrived
    return any(in_force(mandate.period, day) is not Truth.NO for mandate in mandates)


def _contradicts(c: Collaboration, yes: Mandate, no: Mandate) -> tuple[Act, ...]:
    """The acts that one mandate allows and another forbids, for the same parties, things and days."""
    acts = tuple(act for act in yes.may if act in no.may_not)
    meet = (
        bool(acts)
        and _same(everyone(c, yes.for_), everyone(c, no.for_))
        and _same(frozenset(yes.about), frozenset(no.about))
        and (not yes.period or not no.period or yes.period.overlaps(no.period) is Truth.YES)
    )
    return acts if meet else ()


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two scopes share something for certain; one that is limited is an exception to one that is not."""
    return not one.isdisjoint(other) or one == other


@rule(
    "error",
    kinds=(Mandate,),
    ground="a mandate that both gives and denies the same thing proves nothing to a payer",
    sentence="{who} both may and may not {actual}: {mandates}",
    sentence_sv="{who} både får och får inte {actual}: {mandates}",
    remedy="limit one of the two to other parties, matters or days",
    remedy_sv="begränsa det ena till andra parter, saker eller dagar",
)
def may_and_may_not(c: Collaboration) -> Iterator[Hit]:
    """One act that the same holder may and may not do, for the same parties, about the same, at the same time."""
    for holder, mandates in _by_holder(c).items():
        for yes, no in product(mandates, (mandate for mandate in mandates if mandate.may_not)):
            if acts := _contradicts(c, yes, no):
                ids = in_order((yes.id, no.id))
                yield Hit(no.id, "may_not", actual=acts, because=ids, values={"who": holder, "mandates": ids})


@rule(
    "note",
    kinds=(Mandate,),
    ground="a right to decide is delegated (kommunallagen 2017:725, 6 kap. 37–38 §§), a right to draw joint money is "
    "certified, and payers ask for the proof",
    sentence="{record} lets {who} {actual}, and does not say what proves it",
    sentence_sv="enligt {record} får {who} {actual}, men det anges inte vad som styrker det",
    remedy="give the delegation, the certificate or the decision as evidence",
    remedy_sv="ange delegationen, intyget eller beslutet i fältet evidence",
)
def mandate_without_evidence(c: Collaboration) -> Iterator[Hit]:
    """A mandate to sign, draw money or decide that nothing is said to prove (styrks av)."""
    for mandate in c[Mandate]:
        acts = tuple(act for act in _HEAVY if act in mandate.may)
        if acts and not mandate.evidence and not marks(mandate, "evidence"):
            yield Hit(mandate.id, "evidence", actual=acts, values={"who": mandate.holder})


MANDATES: tuple[Rule, ...] = (expressly_may_not, draws_without_mandate, may_and_may_not, mandate_without_evidence)
