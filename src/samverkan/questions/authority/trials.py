"""How one mandate answers a question of who may do what for whom, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field, frozen

from samverkan.model.collaboration import Collaboration
from samverkan.model.party import Group, in_force, lifetime, there
from samverkan.model.relations import Act, Mandate, Membership
from samverkan.model.source import ExternalRecord, is_complete, is_open
from samverkan.parties.containment import above, inside
from samverkan.parties.membership import Parties
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.money import Money
from samverkan.values.text import Phrase, Wording, enumerated
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Asked", "Trial", "tried"]

_MAY = Wording("{mandate}: {holder} may {rights}", "{mandate}: {holder} får {rights}")
_MAY_NOT = Wording("{mandate}: {holder} may not {rights}", "{mandate}: {holder} får inte {rights}")
_IN_PART = Wording("do what is not recorded in full", "göra det som inte är fullständigt angivet")
_WHILE_THERE = Wording("while {party} exists ({period})", "medan {party} finns ({period})")
_NOT_THERE = Wording("{party} does not exist on {day} ({period})", "{party} finns inte {day} ({period})")
_MAYBE_THERE = Wording(
    "whether {party} exists on {day} cannot be determined ({period})",
    "om {party} finns {day} går inte att avgöra ({period})",
)
_FROM = Wording("from {period}", "{period}")
_IN_FORCE = Wording("in force on {day} ({period})", "i kraft {day} ({period})")
_NOT_IN_FORCE = Wording("it is not in force on {day} ({period})", "det är inte i kraft {day} ({period})")
_MAYBE_IN_FORCE = Wording(
    "whether it is in force on {day} cannot be determined ({period})",
    "om det är i kraft {day} går inte att avgöra ({period})",
)
_LIMIT_NOT_ASKED = Wording("{limit}, which was not asked about", "{limit}, vilket inte ingick i frågan")
_FOR_ALL = Wording("for {parties}", "för {parties}")
_FOR_ONLY = Wording("for {parties} only", "enbart för {parties}")
_FOR_NOT = Wording("for {parties}, in which {outside} not", "för {parties}, där {outside} inte ingår")
_FOR_NOT_TIED = Wording(
    "for {parties}, in which {outside} not ({ties}, along which no mandate flows)",
    "för {parties}, där {outside} inte ingår ({ties}, vilket inte ger något mandat)",
)
_IS = Wording("{parties} is", "{parties}")
_ARE = Wording("{parties} are", "{parties}")
_TIE = Wording("{capacity} of {body}", "{capacity} i {body}")
_FOR_OPEN = Wording(
    "for {parties}, and who is in {groups} is not recorded",
    "för {parties}, och vilka som ingår i {groups} är inte angivet",
)
_FOR_OTHERS = Wording(
    "for {parties}, and for whom else is not recorded", "för {parties}, och för vilka andra är inte angivet"
)
_FOR_IN = Wording("for {parties}, and {member} is in {group}", "för {parties}, och {member} ingår i {group}")
_FOR_IN_BY_RULE = Wording(
    "for {parties}, and {member} is in {group} ({rule})", "för {parties}, och {member} ingår i {group} ({rule})"
)
_FOR_NOBODY = Wording("for nobody", "för ingen")
_FOR_UNRECORDED = Wording("for those who are not recorded only", "enbart för dem som inte är angivna")
_FOR_ANYBODY = Wording("for anybody", "för vem som helst")
_FOR_WHOM = Wording(
    "for whom is not stated, so not whether for {party}", "för vem är inte angivet, alltså inte om det är för {party}"
)
_ABOUT_ALL = Wording("about {things}", "om {things}")
_ABOUT_ONLY = Wording("about {things} only", "enbart om {things}")
_ABOUT_PARTS = Wording("about {things} only, inside {thing}", "enbart om {things}, inom {thing}")
_ABOUT_OTHERS = Wording(
    "about {things}, and about what else is not recorded", "om {things}, och om vad mer är inte angivet"
)
_ABOUT_HIDDEN = Wording(
    "about {things}; what {hidden} is a part of is recorded elsewhere",
    "om {things}; vad {hidden} är en del av finns registrerat på annat håll",
)
_ABOUT_NOT = Wording("about {things}, not {thing}", "om {things}, inte {thing}")
_NOT_RECORDED = Wording("what is not recorded", "det som inte är angivet")
_UP_TO = Wording("up to {amount}", "upp till {amount}")
_UP_TO_ONLY = Wording("up to {amount} only", "enbart upp till {amount}")
_SOME_AMOUNT = Wording("an amount that is not recorded", "ett belopp som inte är angivet")
_OTHER_CURRENCY = Wording(
    "up to {limit}, which is another currency than {amount}", "upp till {limit}, som är i en annan valuta än {amount}"
)
_UNKNOWN_AMOUNT = Wording("up to an amount that is unknown", "upp till ett belopp som är okänt")


@frozen(kw_only=True)
class Asked:
    """One question: may the holder do one act, for one principal, about a thing, on a day, with an amount."""

    holder: str
    act: Act
    for_: str
    single: tuple[str, ...]
    about: str
    on: When | None
    amount: Money | None


@define
class Trial:
    """How one mandate answers what is asked, step by step."""

    mandate: Mandate
    chain: list[Phrase] = field(factory=list)
    verdict: Truth = Truth.YES
    breaks_at: Phrase = field(factory=Phrase)
    because: list[str] = field(factory=list)
    limits: list[Phrase] = field(factory=list)

    def step(self, truth: Truth, holds: Phrase, fails: Phrase, *because: str) -> None:
        """Add a step: the sentence if it holds, and the one if it does not or may not."""
        self.chain.append(holds if truth is Truth.YES else fails)
        self.because += because
        if truth is not Truth.YES and not self.breaks_at:
            self.breaks_at = fails
        self.verdict &= truth


def tried(parties: Parties, mandate: Mandate, asked: Asked, *, forbidding: bool) -> Trial:
    """How a mandate answers a question: what it allows, or with *forbidding*, what it forbids."""
    trial = Trial(mandate, because=[asked.holder, mandate.id])
    rights = mandate.may_not if forbidding else mandate.may
    holds, fails = (
        (_MAY_NOT if forbidding else _MAY)(mandate=mandate.id, holder=asked.holder, rights=listing)
        for listing in (rights, _IN_PART())
    )
    trial.step(Truth.YES if asked.act in rights else Truth.CANNOT_TELL, holds, fails)
    _is_there(parties.collaboration, trial, asked, forbidding=forbidding)
    _in_force(trial, asked, forbidding=forbidding)
    _for_whom(parties, trial, asked, forbidding=forbidding)
    _about_what(parties.collaboration, trial, asked, forbidding=forbidding)
    if not forbidding:
        _up_to(trial, asked)
    return trial


def _is_there(c: Collaboration, trial: Trial, asked: Asked, *, forbidding: bool) -> None:
    """A post or body that does not exist on the day holds no mandate, and nothing can be done for it."""
    for id in dict.fromkeys((asked.holder, *(() if forbidding else asked.single))):
        time, truth = lifetime(c[id]), there(c[id], asked.on)
        if time and asked.on is None:
            _unasked(trial, _WHILE_THERE(party=id, period=time), forbidding=forbidding)
        if truth is not Truth.YES:
            wording = _NOT_THERE if truth is Truth.NO else _MAYBE_THERE
            trial.step(truth, Phrase(), wording(party=id, day=asked.on, period=time), id)


def _in_force(trial: Trial, asked: Asked, *, forbidding: bool) -> None:
    period = trial.mandate.period
    if period is None:
        return
    if asked.on is None:
        _unasked(trial, _FROM(period=period), forbidding=forbidding)
        return
    truth = period.contains(asked.on)
    fails = _NOT_IN_FORCE if truth is Truth.NO else _MAYBE_IN_FORCE
    trial.step(truth, _IN_FORCE(day=asked.on, period=period), fails(day=asked.on, period=period))


def _unasked(trial: Trial, limit: Phrase, *, forbidding: bool) -> None:
    """A limit that was not asked about: a permission states it, a prohibition may not reach what is meant."""
    if forbidding:
        trial.step(Truth.CANNOT_TELL, Phrase(), _LIMIT_NOT_ASKED(limit=limit))
    else:
        trial.chain.append(limit)
        trial.limits.append(limit)


def _for_whom(parties: Parties, trial: Trial, asked: Asked, *, forbidding: bool) -> None:
    mandate = trial.mandate
    if not mandate.for_:
        _for_nobody_named(trial, asked, forbidding=forbidding)
        return
    if not asked.for_:
        _unasked(trial, _FOR_ONLY(parties=mandate.for_), forbidding=forbidding)
        return
    covered = {id: party for party in reversed(mandate.for_) for id in parties.inside(party)}
    truth = (_touches if forbidding else _holds)(parties, mandate, covered, asked)
    outside = [id for id in asked.single if id not in covered]
    hidden = parties.open_groups([*mandate.for_, asked.for_])
    if truth is Truth.NO:
        fails = _excluded(parties.collaboration, mandate, outside, asked.on)
    elif hidden:
        fails = _FOR_OPEN(parties=mandate.for_, groups=(*hidden,))
    else:
        fails = _FOR_OTHERS(parties=mandate.for_)
    through = dict.fromkeys(covered[id] for id in (asked.for_, *asked.single) if id in covered)
    holds = _included(parties.collaboration, mandate, asked.for_, covered.get(asked.for_, ""))
    trial.step(truth, holds, fails, *through, *mandate.for_, *asked.single[:1])


def _for_nobody_named(trial: Trial, asked: Asked, *, forbidding: bool) -> None:
    """A mandate that names nobody for whom: for nobody if the source states so, else forbidden for anybody."""
    more = is_open(trial.mandate, "for")
    if is_complete(trial.mandate, "for"):
        trial.step(Truth.NO, Phrase(), _FOR_NOBODY())
    elif not asked.for_ and more:
        _unasked(trial, _FOR_UNRECORDED(), forbidding=forbidding)
    elif asked.for_ and forbidding and not more:
        trial.chain.append(_FOR_ANYBODY())
    elif asked.for_:
        trial.step(Truth.CANNOT_TELL, Phrase(), _FOR_WHOM(party=asked.for_))


def _several(ids: Sequence[str]) -> Phrase:
    """Some ids with their verb, the first three of many."""
    return (_IS if len(ids) == 1 else _ARE)(parties=enumerated(ids, 3))


def _holds(parties: Parties, mandate: Mandate, covered: Mapping[str, str], asked: Asked) -> Truth:
    """Whether a mandate is for all of those who are asked about."""
    outside = {id for id in asked.single if id not in covered}
    if not outside:
        return Truth.YES
    recorded = outside.difference(parties.open_groups(outside))
    return Truth.of(certain=False, possible=all(_may_name(parties, mandate, one) for one in recorded))


def _touches(parties: Parties, mandate: Mandate, covered: Mapping[str, str], asked: Asked) -> Truth:
    """Whether a mandate that forbids is for any of those who are asked about."""
    return Truth.of(
        certain=any(id in covered for id in parties.inside(asked.for_)),
        possible=bool(parties.open_groups([asked.for_]))
        or any(_may_name(parties, mandate, one) for one in asked.single),
    )


def _may_name(parties: Parties, mandate: Mandate, one: str) -> bool:
    """Whether a mandate may be for somebody whom it does not name."""
    return is_open(mandate, "for") or any(parties.may_hold(group, one) for group in parties.open_groups(mandate.for_))


def _included(c: Collaboration, mandate: Mandate, member: str, group: str) -> Phrase:
    if group in ("", member):
        return _FOR_ALL(parties=mandate.for_)
    record = c[group]
    if isinstance(record, Group) and record.every:
        return _FOR_IN_BY_RULE(parties=mandate.for_, member=member, group=group, rule=record.every)
    return _FOR_IN(parties=mandate.for_, member=member, group=group)


def _excluded(c: Collaboration, mandate: Mandate, outside: Sequence[str], on: When | None) -> Phrase:
    """That some are outside; of a single one also the memberships that may have led somebody to think otherwise."""
    members = [tie for tie in c[Membership] if [tie.member] == outside and in_force(tie.period, on) is not Truth.NO]
    ties = sorted(_TIE(capacity=tie.capacity, body=tie.of) for tie in members)
    if not ties:
        return _FOR_NOT(parties=mandate.for_, outside=_several(outside))
    return _FOR_NOT_TIED(parties=mandate.for_, outside=_several(outside), ties=Phrase.joined(ties))


def _about_what(c: Collaboration, trial: Trial, asked: Asked, *, forbidding: bool) -> None:
    limits, more = trial.mandate.about, is_open(trial.mandate, "about")
    if not limits and not more:
        return
    things = limits or _NOT_RECORDED()
    if not asked.about:
        _unasked(trial, _ABOUT_ONLY(things=things), forbidding=forbidding)
        return
    wider = above(c, asked.about)
    parts = [id for id in limits if id in inside(c, asked.about)] if forbidding else []
    if not set(limits).isdisjoint(wider):
        trial.step(Truth.YES, _ABOUT_ALL(things=things), Phrase(), *limits)
    elif parts:
        trial.step(Truth.CANNOT_TELL, Phrase(), _ABOUT_PARTS(things=(*parts,), thing=asked.about), *parts)
    elif more:
        trial.step(Truth.CANNOT_TELL, Phrase(), _ABOUT_OTHERS(things=things), *limits)
    elif hidden := [id for id in wider if isinstance(c[id], ExternalRecord)]:
        trial.step(Truth.CANNOT_TELL, Phrase(), _ABOUT_HIDDEN(things=things, hidden=(*hidden,)), *limits)
    else:
        trial.step(Truth.NO, Phrase(), _ABOUT_NOT(things=things, thing=asked.about), *limits)


def _up_to(trial: Trial, asked: Asked) -> None:
    limit = trial.mandate.limit
    if limit is None or limit is NONE:
        return
    if asked.amount is None:
        _unasked(trial, _UP_TO(amount=limit if isinstance(limit, Money) else _SOME_AMOUNT()), forbidding=False)
        return
    if isinstance(limit, Money) and limit.currency != asked.amount.currency:
        trial.step(Truth.CANNOT_TELL, Phrase(), _OTHER_CURRENCY(limit=limit, amount=asked.amount))
    elif isinstance(limit, Money):
        within = Truth.YES if asked.amount <= limit else Truth.NO
        trial.step(within, _UP_TO(amount=limit), _UP_TO_ONLY(amount=limit))
    elif limit is UNKNOWN:
        trial.step(Truth.CANNOT_TELL, Phrase(), _UNKNOWN_AMOUNT())
