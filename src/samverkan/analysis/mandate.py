"""Who may do what for whom (question 4): mandates, never memberships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, evolve, field, frozen

from samverkan.analysis.inside import above
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration
from samverkan.model.integrity import kind_name
from samverkan.model.party import Act, Group, Mandate, Membership
from samverkan.model.reference import ids
from samverkan.model.source import Elsewhere
from samverkan.network.notes import notes
from samverkan.values.basis import Mark
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.money import Money
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Permission", "Ruling", "may"]

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


@frozen(eq=False)
class _Parties:
    """Who is in which party, each looked up once."""

    collaboration: Collaboration
    _inside: dict[str, tuple[str, ...]] = field(factory=dict, init=False)

    def inside(self, party: str) -> tuple[str, ...]:
        """The ids of a party, of the groups that it holds, and of their members."""
        if party not in self._inside:
            found, level = {party: None}, [party]
            while level:
                groups = [record for id in level if isinstance(record := self.collaboration[id], Group)]
                level = [id for group in groups for id in group.of if id not in found]
                found |= dict.fromkeys(level)
            self._inside[party] = tuple(dict.fromkeys((*found, *self.collaboration.members(party))))
        return self._inside[party]

    def untold(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The groups in some parties whose members are not all told."""
        every = dict.fromkeys(id for party in parties for id in self.inside(party))
        return tuple(id for id in every if self._is_open(id))

    def single(self, party: str) -> tuple[str, ...]:
        """The single ones that a party stands for; a group whose members are not all told stands for itself as well."""
        return tuple(dict.fromkeys((*self.collaboration.members(party), *self.untold([party]))))

    def _is_open(self, id: str) -> bool:
        record = self.collaboration[id]
        if not isinstance(record, Group):
            return kind_name(record) == Group.__name__
        marks = {ground.mark for ground in record.basis if ground.field == "of"}
        return bool(marks & {Mark.UNKNOWN, Mark.PARTIAL}) or not self.collaboration.members(id)


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
    for id in (holder, *ids(for_), *ids(about or ())):
        collaboration[id]
    if amount is not None and not isinstance(amount, Money):
        raise InvalidValueError(f"{amount!r} is not an amount of money", "use Money('1250.50')")
    wanted = (Act(acts),) if isinstance(acts, str) else tuple(map(Act, acts))
    parties, moment = _Parties(collaboration), maybe_when(on)
    asked = [
        _Asked(
            holder=holder,
            act=act,
            for_=principal,
            single=parties.single(principal) if principal else (),
            about=about,
            on=moment,
            amount=amount,
        )
        for act in wanted
        for principal in ids(for_) or ("",)
    ]
    rows = tuple(_answer(parties, question) for question in asked)
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Table(
        Permission,
        rows,
        f"What {holder} may do",
        _open(rows, asked[0] if asked else None),
        notes(collaboration, because),
    )


def _open(rows: tuple[Permission, ...], asked: _Asked | None) -> tuple[str, ...]:
    sentences = []
    if asked and asked.on is None and any(row.answer is Ruling.YES for row in rows):
        sentences.append("on which day: none was asked, so periods do not limit the answer")
    limits = dict.fromkeys(limit for row in rows for limit in row.limits)
    sentences += [f"whether it is {limit}: that was not asked" for limit in limits]
    if any(row.answer is Ruling.NOT_RECORDED for row in rows):
        sentences.append("whether mandates exist that nobody has recorded")
    return tuple(sentences)


def _answer(parties: _Parties, asked: _Asked) -> Permission:
    held = [mandate for mandate in parties.collaboration[Mandate] if mandate.holder == asked.holder]
    forbidding = [_tried(parties, m, asked, forbidding=True) for m in held if asked.act in m.may_not]
    allowing = [_tried(parties, m, asked, forbidding=False) for m in held if asked.act in m.may]
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
    if allowing:
        return _permission(asked, Ruling.NO, allowing[:1])
    return _held_by_group(parties, asked) or _not_recorded(asked, held)


def _held_by_group(parties: _Parties, asked: _Asked) -> Permission | None:
    """A mandate of a group that the holder is in: whether one of them may act alone is not said."""
    c = parties.collaboration
    for mandate in c[Mandate]:
        group = c[mandate.holder]
        if isinstance(group, Group) and asked.act in mandate.may and asked.holder in parties.inside(group.id):
            trial = _Trial(mandate, because=[asked.holder, mandate.id, group.id])
            said = f"{mandate.id} is held by {group.id}; whether {asked.holder} may use it alone is not said"
            trial.step(Truth.CANNOT_TELL, "", said)
            return _permission(asked, Ruling.CANNOT_TELL, (trial,))
    return None


def _not_recorded(asked: _Asked, held: list[Mandate]) -> Permission:
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


def _one_by_one(parties: _Parties, asked: _Asked, allowing: list[Mandate]) -> Permission | None:
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
    return "" if ruling is Ruling.YES else _needed(asked)


def _needed(asked: _Asked) -> str:
    parts = (f" for {asked.for_}" if asked.for_ else "", f" about {asked.about}" if asked.about else "")
    return f"a mandate for {asked.holder} to {asked.act}{''.join(parts)}"


def _tried(parties: _Parties, mandate: Mandate, asked: _Asked, *, forbidding: bool) -> _Trial:
    trial = _Trial(mandate, because=[asked.holder, mandate.id])
    rights = mandate.may_not if forbidding else mandate.may
    trial.chain.append(f"{mandate.id}: {asked.holder} may {'not ' * forbidding}{', '.join(rights)}")
    _in_office(parties.collaboration, trial, asked)
    _in_force(trial, asked, forbidding=forbidding)
    _for_whom(parties, trial, asked, forbidding=forbidding)
    _about_what(parties.collaboration, trial, asked, forbidding=forbidding)
    if not forbidding:
        _up_to(trial, asked)
    return trial


def _in_office(c: Collaboration, trial: _Trial, asked: _Asked) -> None:
    """A post that is not there on the day holds nothing."""
    period = getattr(c[asked.holder], "period", None)
    if period and asked.on:
        truth = period.contains(asked.on)
        if truth is not Truth.YES:
            verb = "is not" if truth is Truth.NO else "cannot be told to be"
            trial.step(truth, "", f"{asked.holder} {verb} there on {asked.on} ({period})")


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
        trial.step(Truth.CANNOT_TELL, "", f"{limit} only, which was not asked about")
    else:
        trial.chain.append(limit)
        trial.limits.append(limit)


def _for_whom(parties: _Parties, trial: _Trial, asked: _Asked, *, forbidding: bool) -> None:
    mandate = trial.mandate
    said = f"for {', '.join(mandate.for_)}"
    if not asked.for_:
        trial.chain += [said] if mandate.for_ else []
        return
    if not mandate.for_:
        truth = Truth.YES if forbidding else Truth.CANNOT_TELL
        trial.step(truth, "for anybody", f"for whom is not said, so not whether for {asked.for_}")
        return
    covered = {id: party for party in reversed(mandate.for_) for id in parties.inside(party)}
    truth = (_touches if forbidding else _holds)(parties, mandate, covered, asked)
    outside = [id for id in asked.single if id not in covered]
    fails = (
        f"{said}, in which {', '.join(outside[:3])} is not{_no_way_round(parties.collaboration, outside)}"
        if truth is Truth.NO
        else f"{said}, and who is in {', '.join(parties.untold([*mandate.for_, asked.for_]))} is not told"
    )
    through = dict.fromkeys(covered[id] for id in (asked.for_, *asked.single) if id in covered)
    holds = said + _belongs(parties.collaboration, asked.for_, covered.get(asked.for_, ""))
    trial.step(truth, holds, fails, *through, *mandate.for_, *asked.single[:1])


def _holds(parties: _Parties, mandate: Mandate, covered: Mapping[str, str], asked: _Asked) -> Truth:
    """Whether a mandate is for all of those who are asked about."""
    outside = {id for id in asked.single if id not in covered}
    if not outside:
        return Truth.YES
    told = outside.difference(parties.untold(outside))
    return Truth.of(certain=False, possible=not told or bool(parties.untold(mandate.for_)))


def _touches(parties: _Parties, mandate: Mandate, covered: Mapping[str, str], asked: _Asked) -> Truth:
    """Whether a mandate that forbids is for any of those who are asked about."""
    return Truth.of(
        certain=any(id in covered for id in parties.inside(asked.for_)),
        possible=bool(parties.untold([*mandate.for_, asked.for_])),
    )


def _belongs(c: Collaboration, member: str, party: str) -> str:
    if party in ("", member):
        return ""
    record = c[party]
    rule = f" ({record.every})" if isinstance(record, Group) and record.every else ""
    return f", and {member} is in {party}{rule}"


def _no_way_round(c: Collaboration, outside: list[str]) -> str:
    bodies = sorted({m.of for m in c[Membership] if m.member == outside[0]})
    return f" (a member of {', '.join(bodies)}, along which no mandate flows)" if bodies else ""


def _about_what(c: Collaboration, trial: _Trial, asked: _Asked, *, forbidding: bool) -> None:
    limits = trial.mandate.about
    if not limits:
        return
    if not asked.about:
        _unasked(trial, f"about {', '.join(limits)}" + ("" if forbidding else " only"), forbidding=forbidding)
        return
    wider = above(c, asked.about)
    said = f"about {', '.join(limits)}"
    if not set(limits).isdisjoint(wider):
        trial.step(Truth.YES, said, "", *limits)
    elif hidden := [id for id in wider if isinstance(c[id], Elsewhere)]:
        trial.step(Truth.CANNOT_TELL, "", f"{said}; what {', '.join(hidden)} is a part of stands elsewhere", *limits)
    else:
        trial.step(Truth.NO, "", f"{said}, not {asked.about}", *limits)


def _up_to(trial: _Trial, asked: _Asked) -> None:
    limit = trial.mandate.limit
    if limit is None or limit is NONE:
        return
    if asked.amount is None:
        _unasked(trial, f"up to {limit}", forbidding=False)
        return
    if isinstance(limit, Money) and limit.currency != asked.amount.currency:
        trial.step(Truth.CANNOT_TELL, "", f"up to {limit}, which is another currency than {asked.amount}")
    elif isinstance(limit, Money):
        trial.step(Truth.YES if asked.amount <= limit else Truth.NO, f"up to {limit}", f"up to {limit} only")
    elif limit is UNKNOWN:
        trial.step(Truth.CANNOT_TELL, "", "up to an amount that is not known")
