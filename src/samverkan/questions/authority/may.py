"""Who may do what for whom (question 4): mandates, never memberships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from attrs import evolve, frozen

from samverkan.errors import InvalidValueError, UndecidedError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.reference import ids
from samverkan.model.relations import Act, Mandate, acts as read_acts
from samverkan.model.source import is_open
from samverkan.parties.answer import answer
from samverkan.parties.mandates import Mandates
from samverkan.parties.membership import Parties, check_party, undated
from samverkan.questions.authority.trials import Asked, Trial, tried
from samverkan.values.money import Money
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Permission", "Ruling", "may", "rulings"]

_TITLE = Wording("What {holder} may do", "Vad {holder} får göra")
_NO_DAY = Wording(
    "on which day: none was asked, so periods do not limit the answer",
    "vilken dag: ingen angavs i frågan, så perioder begränsar inte svaret",
)
_NOT_ASKED = Wording("whether it is {limit}: that was not asked", "om det är {limit}: det ingick inte i frågan")
_DOUBT = Wording("whether {holder} may {act}{towards}: {doubt}", "om {holder} får {act}{towards}: {doubt}")
_MANDATES_NOT_RECORDED = Wording(
    "whether mandates exist that nobody has recorded", "om det finns mandat som ingen har registrerat"
)
_HELD_BY_GROUP = Wording(
    "{mandate} is held by {group}; whether {holder} may use it alone is not stated",
    "{mandate} innehas av {group}; om {holder} får använda det ensam är inte angivet",
)
_ONLY = Wording("{holder} holds mandates to {rights} only", "{holder} har mandat enbart att {rights}")
_NONE_RECORDED = Wording("no mandate of {holder} is recorded", "inget mandat för {holder} är registrerat")
_NO_LONGER_FORBIDS = Wording(
    "that {mandate} no longer forbids it, and {needed}", "att {mandate} inte längre förbjuder det, och {needed}"
)
_DOES_NOT_FORBID = Wording(
    "that {mandate} does not forbid it, and {needed}", "att {mandate} inte förbjuder det, och {needed}"
)
_NEEDED = Wording("a mandate for {holder} to {act}{towards}", "ett mandat för {holder} att {act}{towards}")
_FOR = Wording(" for {party}", " för {party}")
_ABOUT = Wording(" about {thing}", " om {thing}")


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
    """For whom; empty if that was not asked (för)."""
    answer: Ruling
    """Whether it may be done (svar)."""
    chain: tuple[Phrase, ...]
    """The steps that lead to the answer, a sentence each (kedja)."""
    limits: tuple[Phrase, ...] = ()
    """Limits of a yes that were not asked about (gäller bara)."""
    breaks_at: Phrase
    """Where the chain breaks; empty if it does not (brister i)."""
    would_need: Phrase
    """What would be needed for a yes (krävs)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


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

    A mandate never flows along a membership or an employment. An express prohibition overrides all else. That no
    mandate is recorded does not mean that there is none. For a group, several mandates may cover its members between
    them; the members of a group are not always recorded.
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
    unknown = (*_open(holder, rows, moment), *_unbounded(collaboration, rows, moment))
    return answer(collaboration, Permission, rows, _TITLE(holder=holder), on=moment, unknown=unknown)


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
    """The rows of `may`, for callers that ask many times about the same mandates."""
    for id in (holder, *ids(for_)):
        check_party(mandates.collaboration, id)
    if about:
        mandates.collaboration[about]
    if amount is not None and not isinstance(amount, Money):
        raise InvalidValueError(f"{amount!r} is not an amount of money", "use Money('1250.50')")
    return tuple(
        _answer(
            mandates,
            Asked(
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


def _open(holder: str, rows: tuple[Permission, ...], on: When | None) -> Iterator[Phrase]:
    if on is None and any(row.answer is Ruling.YES for row in rows):
        yield _NO_DAY()
    yield from (_NOT_ASKED(limit=limit) for row in rows for limit in row.limits)
    for row in rows:
        if row.answer is Ruling.CANNOT_TELL:
            yield _DOUBT(holder=holder, act=row.act, towards=_towards(row.for_, ""), doubt=row.breaks_at)
    if any(row.answer is Ruling.NOT_RECORDED for row in rows):
        yield _MANDATES_NOT_RECORDED()


def _unbounded(c: Collaboration, rows: tuple[Permission, ...], on: When | None) -> tuple[Phrase, ...]:
    """That a mandate by which something may be done on a day, or may not, has no period."""
    ruled = (row for row in rows if on and row.answer in (Ruling.YES, Ruling.EXPRESSLY_NOT))
    mandates = (c[id] for row in ruled for id in row.because if isinstance(c[id], Mandate))
    return undated(mandate.id for mandate in mandates if mandate.period is None)


def _answer(mandates: Mandates, asked: Asked) -> Permission:
    parties, chosen = mandates.parties, mandates.of(asked.holder, (asked.for_, *asked.single) if asked.for_ else ())
    forbidding = [tried(parties, m, asked, forbidding=True) for m in chosen if _may_name_act(m, asked.act, "may_not")]
    allowing = [tried(parties, m, asked, forbidding=False) for m in chosen if _may_name_act(m, asked.act, "may")]
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
    all_mandates = mandates.all_of(asked.holder)
    named = [trial for trial in allowing if asked.act in trial.mandate.may]
    others = (mandate for mandate in all_mandates if asked.act in mandate.may)
    if named or (named := [tried(parties, mandate, asked, forbidding=False) for mandate in islice(others, 1)]):
        return _permission(asked, Ruling.NO, named[:1])
    return _by_group(mandates, asked) or _not_recorded(asked, all_mandates)


def _may_name_act(mandate: Mandate, act: Act, name: str) -> bool:
    """Whether a mandate names an act, or may name it since its list is open."""
    return act in getattr(mandate, name) or is_open(mandate, name)


def _by_group(mandates: Mandates, asked: Asked) -> Permission | None:
    """The answer by a mandate of a group that the holder is in: whether one of them may act alone is not stated."""
    for mandate in mandates.of_groups(asked.holder):
        group = mandate.holder
        jointly = evolve(asked, holder=group)
        if (
            asked.act in mandate.may
            and tried(mandates.parties, mandate, jointly, forbidding=False).verdict is not Truth.NO
        ):
            trial = Trial(mandate, because=[asked.holder, mandate.id, group])
            alone = _HELD_BY_GROUP(mandate=mandate.id, group=group, holder=asked.holder)
            trial.step(Truth.CANNOT_TELL, Phrase(), alone)
            return _permission(asked, Ruling.CANNOT_TELL, (trial,))
    return None


def _not_recorded(asked: Asked, mandates: Sequence[Mandate]) -> Permission:
    rights = (*sorted({act for mandate in mandates for act in mandate.may}),)
    known = _ONLY(holder=asked.holder, rights=rights) if rights else _NONE_RECORDED(holder=asked.holder)
    return Permission(
        act=asked.act,
        for_=asked.for_,
        answer=Ruling.NOT_RECORDED,
        chain=(known,),
        breaks_at=known,
        would_need=_needed(asked),
        because=(asked.holder, *(mandate.id for mandate in mandates)),
    )


def _one_by_one(parties: Parties, asked: Asked, allowing: list[Mandate]) -> Permission | None:
    """The answer for a group whose members several mandates cover, or may cover, between them."""
    if len(asked.single) < _SEVERAL or len(allowing) < _SEVERAL:
        return None
    chosen: list[Trial] = []
    for one in asked.single:
        trials = [tried(parties, m, evolve(asked, for_=one, single=(one,)), forbidding=False) for m in allowing]
        best = min(trials, key=lambda trial: _RANK[trial.verdict])
        if best.verdict is Truth.NO:
            return None
        chosen.append(best)
    doubtful = [trial for trial in chosen if trial.verdict is Truth.CANNOT_TELL]
    return _permission(asked, Ruling.CANNOT_TELL if doubtful else Ruling.YES, doubtful or chosen)


def _permission(asked: Asked, ruling: Ruling, trials: Sequence[Trial]) -> Permission:
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


def _wanted(asked: Asked, ruling: Ruling, trials: Sequence[Trial]) -> Phrase:
    mandate = trials[0].mandate
    if ruling is Ruling.EXPRESSLY_NOT:
        return _NO_LONGER_FORBIDS(mandate=mandate.id, needed=_needed(asked))
    if ruling is Ruling.CANNOT_TELL and asked.act in mandate.may_not:
        return _DOES_NOT_FORBID(mandate=mandate.id, needed=_needed(asked))
    return Phrase() if ruling is Ruling.YES else _needed(asked)


def _needed(asked: Asked) -> Phrase:
    return _NEEDED(holder=asked.holder, act=asked.act, towards=_towards(asked.for_, asked.about))


def _towards(for_: str, about: str) -> Phrase:
    parts = [_FOR(party=for_)] if for_ else []
    return Phrase.joined([*parts, *([_ABOUT(thing=about)] if about else [])], "")
