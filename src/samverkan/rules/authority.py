"""Rules on mandates: who does what is expressly denied, both may and may not, or draws money on a membership alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from attrs import frozen

from samverkan.model.agreement import Agreement, Decision, Obligation, Outcome
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import Allocation, Grant, Requisition
from samverkan.model.party import Actor, Group, Manner
from samverkan.model.reference import named
from samverkan.model.relations import Act, Mandate, Membership
from samverkan.model.source import is_open, marks
from samverkan.model.work import Goal, Plan
from samverkan.parties.mandates import Mandates
from samverkan.questions.authority.may import Permission, Ruling, rulings
from samverkan.rules.definitions import Hit, Rule, Skip, rule
from samverkan.rules.subjects import everyone, in_order
from samverkan.values.text import both, counted
from samverkan.values.truth import Truth
from samverkan.values.when import When, when

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
    about: tuple[str, ...]
    concerned: tuple[str, ...]
    on: When | None

    def asked(self, mandates: Mandates) -> Iterator[Permission]:
        """Whether it may be done, for each it concerns and about each thing."""
        day = self.on or when("unknown")
        for about in self.about or ("",):
            yield from rulings(mandates, self.who, self.act, for_=self.concerned, about=about, on=day)


def _concerned(c: Collaboration, about: Iterable[str]) -> tuple[str, ...]:
    """The single actors whom some things concern, as far as the things say."""
    parties: set[str] = set()
    for id in about:
        things = [c[plan] for plan in c[id].plans] if type(c[id]) is Goal else [c[id]]
        parties.update(thing.id for thing in things if type(thing) in (Actor, Group))
        parties.update(party for thing in things for party in named(thing, _WHOSE.get(type(thing), "")))
    return in_order(everyone(c, parties))


def _deeds(c: Collaboration) -> Iterator[_Deed]:
    for decision in c[Decision]:
        for number, item in enumerate(decision.items):
            if item.outcome in _ACTS and isinstance(decision.body, str):
                about = tuple(dict.fromkeys((*item.about, *item.commissions)))
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
        yield _Deed(
            record=drawn.id,
            field="requested_by",
            who=drawn.requested_by.id,
            act=Act.DRAW,
            about=(drawn.allocation,),
            concerned=in_order(everyone(c, drawn.on_behalf_of or (drawn.requested_by.id,))),
            on=drawn.sent or drawn.arrived,
        )


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
def expressly_may_not(c: Collaboration) -> Iterator[Hit | Skip]:
    """A decision or requisition by somebody whose mandate expressly excludes it (får inte)."""
    mandates = Mandates(c)
    for deed in _deeds(c):
        own = mandates.all_of(deed.who)
        if not any(deed.act in mandate.may_not for mandate in own):
            continue
        rows = list(deed.asked(mandates))
        if denied := [row for row in rows if row.answer is Ruling.EXPRESSLY_NOT]:
            named_in = {id for row in denied for id in row.because}
            forbidding = [mandate for mandate in own if mandate.id in named_in]
            yield Hit(
                deed.record,
                deed.field,
                expected=tuple(dict.fromkeys(act for mandate in own for act in mandate.may)),
                actual=deed.act,
                because=tuple(mandate.id for mandate in forbidding),
                values={
                    "who": deed.who,
                    "whom": forbidding[0].for_ or deed.concerned,
                    "mandate": forbidding[0].id,
                },
            )
        elif doubtful := [row for row in rows if row.answer is Ruling.CANNOT_TELL]:
            why = doubtful[0].breaks_at
            yield Skip(
                both(
                    f"whether {deed.who} may in {deed.record} cannot be told: {why}",
                    f"om {deed.who} får det i {deed.record} går inte att säga: {why}",
                )
            )


def _whose(c: Collaboration, drawn: Requisition, own: frozenset[str]) -> frozenset[str]:
    """Those whose money is drawn; of what is allotted to each of a group, one who is in it draws its own part."""
    allotted = c[drawn.allocation]
    party = allotted.recipient if isinstance(allotted, Allocation) else None
    everybody = everyone(c, (party.id,)) if party else frozenset()
    return own if party and party.manner is Manner.EACH and own <= everybody else everybody


@rule(
    "warning",
    kinds=(Requisition,),
    ground="joint money is paid to one principal on proof that all others have given it the mandate (SKR's invoicing "
    "instructions 2020: a certificate by the head of finance); to be a member, or to have members, is no mandate",
    sentence="{record} draws money for {whom}, without the mandate of {lacking}",
    sentence_sv="{record} rekvirerar för {whom}, utan mandat från {lacking}",
    remedy="record the mandates to draw, with what proves them",
    remedy_sv="anteckna mandaten att rekvirera, med vad som styrker dem",
)
def draws_without_mandate(c: Collaboration) -> Iterator[Hit | Skip]:
    """A requisition of others' money, or on behalf of others, who have given no mandate to draw (rekvirera)."""
    mandates, ties = Mandates(c), {(tie.of, tie.member): tie.id for tie in c[Membership]}
    for drawn in c[Requisition]:
        who = drawn.requested_by.id
        own = everyone(c, (who,))
        others = in_order((everyone(c, drawn.on_behalf_of) | _whose(c, drawn, own)) - own)
        day = drawn.sent or drawn.arrived or when("unknown")
        about, amount = drawn.allocation, drawn.amount
        rows = rulings(mandates, who, Act.DRAW, for_=others, about=about, on=day, amount=amount) if others else ()
        lacking = in_order(row.for_ for row in rows if row.answer not in (Ruling.YES, Ruling.CANNOT_TELL))
        doubtful = in_order(row.for_ for row in rows if row.answer is Ruling.CANNOT_TELL)
        if lacking:
            yield Hit(
                drawn.id,
                "on_behalf_of",
                expected=len(others),
                actual=len(others) - len(lacking),
                difference=len(lacking),
                because=in_order(ties[tie] for other in lacking if (tie := (who, other)) in ties),
                values={"lacking": lacking, "whom": counted(len(others), ("other", "others"), ("annan", "andra"))},
            )
        if doubtful:
            yield Skip(
                both(
                    f"whether {who} may draw {drawn.id} for {', '.join(doubtful)} cannot be told",
                    f"om {who} får rekvirera {drawn.id} för {', '.join(doubtful)} går inte att säga",
                )
            )


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
    for holder, own in Mandates(c).by_holder.items():
        for yes, no in product(own, (mandate for mandate in own if mandate.may_not)):
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


@rule(
    "warning",
    kinds=(Mandate,),
    ground="a mandate that names no act proves nothing, and looks as if it did",
    sentence="{record} says neither what {who} may do nor what {who} may not",
    sentence_sv="{record} säger varken vad {who} får eller inte får göra",
    remedy="write may or may_not, or that they are unknown",
    remedy_sv="skriv may eller may_not, eller att de är okända (unknown)",
)
def mandate_to_nothing(c: Collaboration) -> Iterator[Hit]:
    """A mandate that neither allows nor forbids anything (tomt mandat)."""
    for mandate in c[Mandate]:
        if not mandate.may and not mandate.may_not and not is_open(mandate, "may", "may_not"):
            yield Hit(mandate.id, "may", values={"who": mandate.holder})


MANDATES: tuple[Rule, ...] = (
    expressly_may_not,
    draws_without_mandate,
    may_and_may_not,
    mandate_without_evidence,
    mandate_to_nothing,
)
