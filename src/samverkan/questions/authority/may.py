"""Who may do what for whom (question 4): mandates, never memberships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from attrs import define, evolve, field, frozen

from samverkan.errors import InvalidValueError, UndecidedError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.party import Group, in_force, lifetime, there
from samverkan.model.reference import ids
from samverkan.model.relations import Act, Mandate, Membership, acts as read_acts
from samverkan.model.source import ExternalRecord, is_complete, is_open
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.containment import above, inside
from samverkan.parties.mandates import Mandates
from samverkan.parties.membership import Parties, check_party, undated
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.money import Money
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Permission", "Ruling", "may", "rulings"]

_SEVERAL = 2
_RANK = {Truth.YES: 0, Truth.CANNOT_TELL: 1, Truth.NO: 2}


class Ruling(Term):
    """Whether somebody may do something for somebody (svar i fråga om mandat)."""

    YES = "yes", "ja"
    """A mandate covers it."""
    NO = "no", "nej"
    """There is a mandate to do it, but not for these, about this, up to this amount or on this day."""
    EXPRESSLY_NOT = "expressly not", "uttryckligen inte"
    """A mandate says that it may not be done."""
    NOT_RECORDED = "no mandate recorded", "inget mandat antecknat"
    """No record says that it may be done."""
    CANNOT_TELL = "cannot be told", "går inte att säga"
    """The records do not let us tell."""

    def __bool__(self) -> bool:
        """Yes or no; raises `UndecidedError` for what is not recorded or cannot be told."""
        if self in (Ruling.NOT_RECORDED, Ruling.CANNOT_TELL):
            raise UndecidedError(
                f"whether it may be done: {self}", "compare with Ruling.YES, do not use it as a condition"
            )
        return self is Ruling.YES


@frozen(kw_only=True)
class Permission:
    """One answer: may the holder do this for these (behörighet)."""

    act: Act
    """What is to be done (handling)."""
    for_: str
    """For whom; empty where that was not asked (för)."""
    answer: Ruling
    """Whether it may be done (svar)."""
    chain: tuple[str, ...]
    """The steps that lead to the answer, a sentence each (kedja)."""
    limits: tuple[str, ...] = ()
    """To what a yes is limited that was not asked about (gäller bara)."""
    breaks_at: str
    """Where the chain breaks; empty where it does not (brister i)."""
    would_need: str
    """What would be needed for a yes (krävs)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen(kw_only=True)
class _Asked:
    holder: str
    act: Act
    for_: str
    single: tuple[str, ...]
    about: str
    on: When | None
    amount: Money | None


@define
class _Trial:
    """How one mandate answers what is asked, step by step."""

    mandate: Mandate
    chain: list[str] = field(factory=list)
    verdict: Truth = Truth.YES
    breaks_at: str = ""
    because: list[str] = field(factory=list)
    limits: list[str] = field(factory=list)

    def step(self, truth: Truth, holds: str, fails: str, *because: str) -> None:
        """Add a step: what is said if it holds, and if it does not or cannot be told."""
        self.chain.append(holds if truth is Truth.YES else fails)
        self.because += because
        if truth is not Truth.YES and not self.breaks_at:
            self.breaks_at = fails
        self.verdict &= truth


def may(
    collaboration: Collaboration,
    holder: str,
    acts: str | Iterable[str],
    *,
    for_: str | Iterable[str] = (),
    about: str = "",
    on: WhenLike | None = None,
    amount: Money | None = None,
) -> Table[Permission]:
    """Whether somebody may do something for somebody, and by which chain (får … för …).

    *holder* is the id of an actor, group or role; *acts* one or several of prepare, speak, recommend, commission, sign,
    draw, decide; *for_* the ids of those for whom, a row each; *about* a thing, *on* a day, *amount* a sum of money.
    What is not asked does not limit the answer, and the answer says so.

    A mandate never flows along a membership or an employment. What is expressly forbidden is so whatever else is said.
    That no mandate is recorded does not mean that there is none.
    For a group, several mandates may cover its members between them; who is in a group is not always told.
    Raises `NotFoundError` for an id that is not there, `InvalidValueError` for a word that is no act.

    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> sro = Actor(id="sro", title="SRO", kind="forum")
    >>> m = Mandate(id="m", holder="sro", may="recommend", may_not="decide", for_="ale")
    >>> [
    ...     str(row.answer)
    ...     for row in may(Collaboration([ale, sro, m]), "sro", ["recommend", "decide", "sign"], for_="ale")
    ... ]
    ['yes', 'expressly not', 'no mandate recorded']
    """
    check_collaboration(collaboration)
    mandates, moment = Mandates(collaboration), maybe_when(on)
    rows = rulings(mandates, holder, acts, for_=for_, about=about, on=moment, amount=amount)
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Table(
        Permission,
        rows,
        f"What {holder} may do",
        (*_open(holder, rows, moment), *_unbounded(collaboration, rows, moment), *beyond(collaboration, moment)),
        assumptions(collaboration, because),
    )


def rulings(
    mandates: Mandates,
    holder: str,
    acts: str | Iterable[str],
    *,
    for_: str | Iterable[str] = (),
    about: str = "",
    on: When | None = None,
    amount: Money | None = None,
) -> tuple[Permission, ...]:
    """The answers of `may`, for those who ask many times about the same mandates."""
    for id in (holder, *ids(for_)):
        check_party(mandates.collaboration, id)
    if about:
        mandates.collaboration[about]
    if amount is not None and not isinstance(amount, Money):
        raise InvalidValueError(f"{amount!r} is not an amount of money", "use Money('1250.50')")
    return tuple(
        _answer(
            mandates,
            _Asked(
                holder=holder,
                act=act,
                for_=principal,
                single=mandates.parties.single(principal) if principal else (),
                about=about,
                on=on,
                amount=amount,
            ),
        )
        for act in read_acts(acts)
        for principal in ids(for_) or ("",)
    )


def _open(holder: str, rows: tuple[Permission, ...], on: When | None) -> tuple[str, ...]:
    sentences = []
    if on is None and any(row.answer is Ruling.YES for row in rows):
        sentences.append("on which day: none was asked, so periods do not limit the answer")
    limits = dict.fromkeys(limit for row in rows for limit in row.limits)
    sentences += [f"whether it is {limit}: that was not asked" for limit in limits]
    doubtful = [row for row in rows if row.answer is Ruling.CANNOT_TELL]
    doubts = (f"whether {holder} may {row.act}{_towards(row.for_, '')}: {row.breaks_at}" for row in doubtful)
    sentences += dict.fromkeys(doubts)
    if any(row.answer is Ruling.NOT_RECORDED for row in rows):
        sentences.append("whether mandates exist that nobody has recorded")
    return tuple(sentences)


def _unbounded(c: Collaboration, rows: tuple[Permission, ...], on: When | None) -> tuple[str, ...]:
    """That a mandate by which something may be done on a day, or may not, says nothing of days."""
    ruled = (row for row in rows if on and row.answer in (Ruling.YES, Ruling.EXPRESSLY_NOT))
    mandates = (c[id] for row in ruled for id in row.because if isinstance(c[id], Mandate))
    return undated(mandate.id for mandate in mandates if mandate.period is None)


def _answer(mandates: Mandates, asked: _Asked) -> Permission:
    parties, held = mandates.parties, mandates.of(asked.holder, (asked.for_, *asked.single) if asked.for_ else ())
    forbidding = [_tried(parties, m, asked, forbidding=True) for m in held if _may_say(m, asked.act, "may_not")]
    allowing = [_tried(parties, m, asked, forbidding=False) for m in held if _may_say(m, asked.act, "may")]
    order = (
        (forbidding, Truth.YES, Ruling.EXPRESSLY_NOT),
        (forbidding, Truth.CANNOT_TELL, Ruling.CANNOT_TELL),
        (allowing, Truth.YES, Ruling.YES),
    )
    for trials, verdict, ruling in order:
        if best := next((trial for trial in trials if trial.verdict is verdict), None):
            return _permission(asked, ruling, (best,))
    if between := _one_by_one(parties, asked, [trial.mandate for trial in allowing]):
        return between
    if best := next((trial for trial in allowing if trial.verdict is Truth.CANNOT_TELL), None):
        return _permission(asked, Ruling.CANNOT_TELL, (best,))
    every = mandates.all_of(asked.holder)
    named = [trial for trial in allowing if asked.act in trial.mandate.may]
    others = (mandate for mandate in every if asked.act in mandate.may)
    if named or (named := [_tried(parties, mandate, asked, forbidding=False) for mandate in islice(others, 1)]):
        return _permission(asked, Ruling.NO, named[:1])
    return _held_by_group(mandates, asked) or _not_recorded(asked, every)


def _may_say(mandate: Mandate, act: Act, name: str) -> bool:
    """Whether a mandate names an act, or is not told whole so that it may."""
    return act in getattr(mandate, name) or is_open(mandate, name)


def _held_by_group(mandates: Mandates, asked: _Asked) -> Permission | None:
    """A mandate of a group that the holder is in: whether one of them may act alone is not said."""
    for mandate in mandates.of_groups(asked.holder):
        group = mandate.holder
        own = evolve(asked, holder=group)
        if (
            asked.act in mandate.may
            and _tried(mandates.parties, mandate, own, forbidding=False).verdict is not Truth.NO
        ):
            trial = _Trial(mandate, because=[asked.holder, mandate.id, group])
            said = f"{mandate.id} is held by {group}; whether {asked.holder} may use it alone is not said"
            trial.step(Truth.CANNOT_TELL, "", said)
            return _permission(asked, Ruling.CANNOT_TELL, (trial,))
    return None


def _not_recorded(asked: _Asked, held: Sequence[Mandate]) -> Permission:
    rights = sorted({str(act) for mandate in held for act in mandate.may})
    known = (
        f"{asked.holder} holds mandates to {', '.join(rights)} only"
        if rights
        else f"no mandate of {asked.holder} is recorded"
    )
    return Permission(
        act=asked.act,
        for_=asked.for_,
        answer=Ruling.NOT_RECORDED,
        chain=(known,),
        breaks_at=known,
        would_need=_needed(asked),
        because=(asked.holder, *(mandate.id for mandate in held)),
    )


def _one_by_one(parties: Parties, asked: _Asked, allowing: list[Mandate]) -> Permission | None:
    """The answer for a group whose members several mandates cover, or may cover, between them."""
    if len(asked.single) < _SEVERAL or len(allowing) < _SEVERAL:
        return None
    chosen: list[_Trial] = []
    for one in asked.single:
        trials = [_tried(parties, m, evolve(asked, for_=one, single=(one,)), forbidding=False) for m in allowing]
        best = min(trials, key=lambda trial: _RANK[trial.verdict])
        if best.verdict is Truth.NO:
            return None
        chosen.append(best)
    doubtful = [trial for trial in chosen if trial.verdict is Truth.CANNOT_TELL]
    return _permission(asked, Ruling.CANNOT_TELL if doubtful else Ruling.YES, doubtful or chosen)


def _permission(asked: _Asked, ruling: Ruling, trials: Sequence[_Trial]) -> Permission:
    return Permission(
        act=asked.act,
        for_=asked.for_,
        answer=ruling,
        chain=tuple(dict.fromkeys(step for trial in trials for step in trial.chain)),
        limits=tuple(dict.fromkeys(limit for trial in trials for limit in trial.limits))
        if ruling is Ruling.YES
        else (),
        breaks_at=trials[0].chain[0] if ruling is Ruling.EXPRESSLY_NOT else trials[0].breaks_at,
        would_need=_wanted(asked, ruling, trials),
        because=tuple(dict.fromkeys(id for trial in trials for id in trial.because)),
    )


def _wanted(asked: _Asked, ruling: Ruling, trials: Sequence[_Trial]) -> str:
    if ruling is Ruling.EXPRESSLY_NOT:
        return f"that {trials[0].mandate.id} no longer forbids it, and {_needed(asked)}"
    if ruling is Ruling.CANNOT_TELL and asked.act in trials[0].mandate.may_not:
        return f"that {trials[0].mandate.id} does not forbid it, and {_needed(asked)}"
    return "" if ruling is Ruling.YES else _needed(asked)


def _needed(asked: _Asked) -> str:
    return f"a mandate for {asked.holder} to {asked.act}{_towards(asked.for_, asked.about)}"


def _towards(for_: str, about: str) -> str:
    return (f" for {for_}" if for_ else "") + (f" about {about}" if about else "")


def _tried(parties: Parties, mandate: Mandate, asked: _Asked, *, forbidding: bool) -> _Trial:
    trial = _Trial(mandate, because=[asked.holder, mandate.id])
    rights = mandate.may_not if forbidding else mandate.may
    verb = f"{mandate.id}: {asked.holder} may {'not ' * forbidding}"
    truth = Truth.YES if asked.act in rights else Truth.CANNOT_TELL
    trial.step(truth, f"{verb}{', '.join(rights)}", f"{verb}do what is not told in full")
    _is_there(parties.collaboration, trial, asked, forbidding=forbidding)
    _in_force(trial, asked, forbidding=forbidding)
    _for_whom(parties, trial, asked, forbidding=forbidding)
    _about_what(parties.collaboration, trial, asked, forbidding=forbidding)
    if not forbidding:
        _up_to(trial, asked)
    return trial


def _is_there(c: Collaboration, trial: _Trial, asked: _Asked, *, forbidding: bool) -> None:
    """A post or body that is not there on the day holds nothing, and nothing can be done for one that is not there."""
    for id in dict.fromkeys((asked.holder, *(() if forbidding else asked.single))):
        time, truth = lifetime(c[id]), there(c[id], asked.on)
        if time and asked.on is None:
            _unasked(trial, f"while {id} is there ({time})", forbidding=forbidding)
        if truth is not Truth.YES:
            verb = "is not" if truth is Truth.NO else "cannot be told to be"
            trial.step(truth, "", f"{id} {verb} there on {asked.on} ({time})", id)


def _in_force(trial: _Trial, asked: _Asked, *, forbidding: bool) -> None:
    period = trial.mandate.period
    if period is None:
        return
    if asked.on is None:
        _unasked(trial, f"from {period}", forbidding=forbidding)
        return
    truth = period.contains(asked.on)
    verb = "is not" if truth is Truth.NO else "cannot be told to be"
    trial.step(truth, f"in force on {asked.on} ({period})", f"it {verb} in force on {asked.on} ({period})")


def _unasked(trial: _Trial, limit: str, *, forbidding: bool) -> None:
    """A limit that was not asked about: a permission is told with it, a prohibition may not reach what is meant."""
    if forbidding:
        trial.step(Truth.CANNOT_TELL, "", f"{limit}, which was not asked about")
    else:
        trial.chain.append(limit)
        trial.limits.append(limit)


def _for_whom(parties: Parties, trial: _Trial, asked: _Asked, *, forbidding: bool) -> None:
    mandate = trial.mandate
    said = f"for {', '.join(mandate.for_)}"
    if not mandate.for_:
        _for_nobody_named(trial, asked, forbidding=forbidding)
        return
    if not asked.for_:
        _unasked(trial, said + " only", forbidding=forbidding)
        return
    covered = {id: party for party in reversed(mandate.for_) for id in parties.inside(party)}
    truth = (_touches if forbidding else _holds)(parties, mandate, covered, asked)
    outside = [id for id in asked.single if id not in covered]
    hidden = parties.open_groups([*mandate.for_, asked.for_])
    fails = (
        f"{said}, in which {_several(outside)} not{_no_way_round(parties.collaboration, outside, asked.on)}"
        if truth is Truth.NO
        else f"{said}, and who is in {', '.join(hidden)} is not told"
        if hidden
        else f"{said}, and for whom else is not told"
    )
    through = dict.fromkeys(covered[id] for id in (asked.for_, *asked.single) if id in covered)
    holds = said + _belongs(parties.collaboration, asked.for_, covered.get(asked.for_, ""))
    trial.step(truth, holds, fails, *through, *mandate.for_, *asked.single[:1])


def _for_nobody_named(trial: _Trial, asked: _Asked, *, forbidding: bool) -> None:
    """A mandate that names nobody for whom: for nobody where the source says so, else forbidden for anybody."""
    more = is_open(trial.mandate, "for")
    if is_complete(trial.mandate, "for"):
        trial.step(Truth.NO, "", "for nobody")
    elif not asked.for_ and more:
        _unasked(trial, "for those who are not told only", forbidding=forbidding)
    elif asked.for_ and forbidding and not more:
        trial.chain.append("for anybody")
    elif asked.for_:
        trial.step(Truth.CANNOT_TELL, "", f"for whom is not said, so not whether for {asked.for_}")


def _several(ids: Sequence[str]) -> str:
    """Some ids with their verb, the first three of many."""
    more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    return f"{', '.join(ids[:3])}{more} {'is' if len(ids) == 1 else 'are'}"


def _holds(parties: Parties, mandate: Mandate, covered: Mapping[str, str], asked: _Asked) -> Truth:
    """Whether a mandate is for all of those who are asked about."""
    outside = {id for id in asked.single if id not in covered}
    if not outside:
        return Truth.YES
    told = outside.difference(parties.open_groups(outside))
    return Truth.of(certain=False, possible=all(_may_name(parties, mandate, one) for one in told))


def _touches(parties: Parties, mandate: Mandate, covered: Mapping[str, str], asked: _Asked) -> Truth:
    """Whether a mandate that forbids is for any of those who are asked about."""
    return Truth.of(
        certain=any(id in covered for id in parties.inside(asked.for_)),
        possible=bool(parties.open_groups([asked.for_]))
        or any(_may_name(parties, mandate, one) for one in asked.single),
    )


def _may_name(parties: Parties, mandate: Mandate, one: str) -> bool:
    """Whether a mandate may be for one whom it is not told to be for."""
    return is_open(mandate, "for") or any(parties.may_hold(group, one) for group in parties.open_groups(mandate.for_))


def _belongs(c: Collaboration, member: str, party: str) -> str:
    if party in ("", member):
        return ""
    record = c[party]
    rule = f" ({record.every})" if isinstance(record, Group) and record.every else ""
    return f", and {member} is in {party}{rule}"


def _no_way_round(c: Collaboration, outside: Sequence[str], on: When | None) -> str:
    """Of one that is outside, the memberships that may have led somebody to think otherwise."""
    ties = [tie for tie in c[Membership] if [tie.member] == outside and in_force(tie.period, on) is not Truth.NO]
    said = sorted(f"{tie.capacity} of {tie.of}" for tie in ties)
    return f" ({', '.join(said)}, along which no mandate flows)" if said else ""


def _about_what(c: Collaboration, trial: _Trial, asked: _Asked, *, forbidding: bool) -> None:
    limits, more = trial.mandate.about, is_open(trial.mandate, "about")
    if not limits and not more:
        return
    said = f"about {', '.join(limits) or 'what is not told'}"
    if not asked.about:
        _unasked(trial, f"{said} only", forbidding=forbidding)
        return
    wider = above(c, asked.about)
    parts = [id for id in limits if id in inside(c, asked.about)] if forbidding else []
    if not set(limits).isdisjoint(wider):
        trial.step(Truth.YES, said, "", *limits)
    elif parts:
        trial.step(Truth.CANNOT_TELL, "", f"about {', '.join(parts)} only, inside {asked.about}", *parts)
    elif more:
        trial.step(Truth.CANNOT_TELL, "", f"{said}, and about what else is not told", *limits)
    elif hidden := [id for id in wider if isinstance(c[id], ExternalRecord)]:
        trial.step(Truth.CANNOT_TELL, "", f"{said}; what {', '.join(hidden)} is a part of stands elsewhere", *limits)
    else:
        trial.step(Truth.NO, "", f"{said}, not {asked.about}", *limits)


def _up_to(trial: _Trial, asked: _Asked) -> None:
    limit = trial.mandate.limit
    if limit is None or limit is NONE:
        return
    if asked.amount is None:
        _unasked(
            trial, f"up to {limit if isinstance(limit, Money) else 'an amount that is not told'}", forbidding=False
        )
        return
    if isinstance(limit, Money) and limit.currency != asked.amount.currency:
        trial.step(Truth.CANNOT_TELL, "", f"up to {limit}, which is another currency than {asked.amount}")
    elif isinstance(limit, Money):
        trial.step(Truth.YES if asked.amount <= limit else Truth.NO, f"up to {limit}", f"up to {limit} only")
    elif limit is UNKNOWN:
        trial.step(Truth.CANNOT_TELL, "", "up to an amount that is not known")
