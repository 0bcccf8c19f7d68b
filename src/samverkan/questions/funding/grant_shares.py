"""How much is whose of a grant, and why: the published figure, and what the key gives (question 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from samverkan.accounts.allocation import AllocationResult, allocate
from samverkan.accounts.grant_tree import inherited, lines
from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, AllocationKey, AllocationMethod, Grant, KeyKind
from samverkan.model.party import Actor, ActorKind, Group, Manner, Party, Selection
from samverkan.parties.answer import answer
from samverkan.parties.membership import parties_of
from samverkan.register import kommuner, population, regions
from samverkan.values.day import Day, day, days_between
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.money import Money
from samverkan.values.share import Rounding, Share
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording

__all__ = ["GrantShare", "KeyedShares", "keyed_shares", "shares_of"]

_BY_POPULATION = {KeyKind.POPULATION, KeyKind.FIXED_AND_POPULATION}

_TITLE = Wording("How {grant} is shared out", "Hur {grant} fördelas")
_OTHERS = Wording(
    "how much recipients without a published amount get, since what is published differs from the key",
    "hur mycket mottagare utan publicerat belopp får, eftersom det som är publicerat avviker från nyckeln",
)
_HOW_MUCH = Wording("how much {grant} is", "hur stort {grant} är")
_WHICH_KEY = Wording("by what key {grant} is shared out", "efter vilken nyckel {grant} fördelas")
_TABLE_HOLDS = Wording(
    "by what key {grant} is shared out: a published table takes precedence",
    "efter vilken nyckel {grant} fördelas: en publicerad tabell gäller",
)
_FIRST_OR_AT_MOST = Wording(
    "how much each gets of {grant} first, or at most", "hur mycket var och en får av {grant} först, eller högst"
)
_REST = Wording(
    "by what the rest of {grant} is shared out, after the fixed amounts",
    "efter vad resten av {grant} fördelas, efter de fasta beloppen",
)
_KEY_FAILS = Wording("what the key of {grant} gives: {reason}", "vad nyckeln för {grant} ger: {reason}")
_WHO_ELSE = Wording("who else is in {group}", "vilka fler som ingår i {group}")
_WHO = Wording("who may get {grant}", "vilka som får ta emot {grant}")
_INHABITANTS = Wording("how many live in {bodies}", "hur många som bor i {bodies}")
_INHABITANTS_ON = Wording("how many lived in {bodies} on {day}", "hur många som bodde i {bodies} {day}")
_WHICH_DAY = Wording("which day's population counts", "vilken dags folkmängd som räknas")
_NEAREST_YEAR = Wording(
    "the population on {nearest} stands for that on {day}, which the register does not have",
    "folkmängden {nearest} får stå för den {day}, som registret inte har",
)
_ROUNDED = Wording(
    "parts are rounded by {rule}, since no rule is recorded",
    "delarna avrundas enligt {rule}, eftersom ingen regel är angiven",
)


@frozen(kw_only=True)
class GrantShare:
    """What one recipient has of a grant (fördelat belopp)."""

    recipient: str
    """Whose (mottagare)."""
    amount: Money | None
    """The share that counts: as published or decided, else by the key unless that is an estimate (belopp)."""
    published: Money | None
    """What is recorded as published or decided (publicerat)."""
    computed: Money | None
    """What the key gives (beräknat)."""
    difference: Money | None
    """By how much the published figure is more than the computed one (avvikelse)."""
    estimate: bool
    """Whether the computed figure rests on an assumption (uppskattning)."""
    explanation: Phrase
    """How the computed figure came about (förklaring)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen
class KeyedShares:
    """What the key of a grant gives each recipient; or None, and why that is unknown."""

    shares: AllocationResult | None = None
    unknown: tuple[Phrase, ...] = ()
    assumed: tuple[Phrase, ...] = ()


def shares_of(
    collaboration: Collaboration, grant: str, *, populations: Mapping[str, int] | None = None
) -> Table[GrantShare]:
    """How much of a grant is whose, to the krona, and how that came about (hur mycket är vårt).

    A published or decided amount takes precedence. Beside it stands what the grant's key gives, by the populations of
    the register or *populations*, a number of inhabitants by the id of each recipient, and by how much the two differ.
    If the register does not have the day that counts, the nearest 31 December stands for it: an estimate, which
    `assumed` names. A line is shared out by its key, or by that of the grant above it.
    Raises `NotFoundError` if there is no such grant, `InvalidValueError` if it is no grant.

    >>> from samverkan.model.party import Actor
    >>> bodies = [Actor(id=i, title=i, kind="kommun") for i in ("ale", "hjo")]
    >>> key = AllocationKey(kind="population", rounding="largest-remainder")
    >>> ph = Grant(id="ph", title="Ph", amount=Money(100), receivers=["ale", "hjo"], key=key)
    >>> table = shares_of(Collaboration([*bodies, ph]), "ph", populations={"ale": 31_402, "hjo": 9_120})
    >>> [(row.recipient, str(row.amount)) for row in table]
    [('ale', '77 kr'), ('hjo', '23 kr')]
    """
    check_collaboration(collaboration)
    keyed = keyed_shares(collaboration, grant, populations=populations)
    published: dict[str, list[Allocation]] = {}
    for one in collaboration[Allocation]:
        if one.grant == grant and not one.out_of and one.method is not AllocationMethod.COMPUTED:
            published.setdefault(one.recipient.id, []).append(one)
    names = sorted({*published, *(keyed.shares or ())})
    rows = [_row(grant, name, published.get(name, []), keyed) for name in names]
    unknown = keyed.unknown
    if any(row.difference for row in rows) and any(row.published is None for row in rows):
        unknown = (*unknown, _OTHERS())
        rows = [evolve(row, amount=row.published) for row in rows]
    return answer(
        collaboration,
        GrantShare,
        rows,
        _TITLE(grant=grant),
        unknown=unknown,
        assumed=keyed.assumed,
        rests_on=(line.id for line in lines(collaboration, grant)),
    )


def _row(grant: str, name: str, allocations: list[Allocation], keyed: KeyedShares) -> GrantShare:
    published = _published(allocations)
    computed = keyed.shares.get(name) if keyed.shares else None
    estimate = computed is not None and bool(keyed.assumed)
    comparable = published is not None and computed is not None and published.currency == computed.currency
    return GrantShare(
        recipient=name,
        amount=published if allocations else None if estimate else computed,
        published=published,
        computed=computed,
        difference=published - computed if comparable and published is not None and computed is not None else None,
        estimate=estimate,
        explanation=keyed.shares.explain(name) if keyed.shares and computed is not None else Phrase(),
        because=(grant, *(one.id for one in allocations)),
    )


def _published(allocations: list[Allocation]) -> Money | None:
    """What is recorded for one recipient, in all; None if a part of it is unknown."""
    known = [one.amount for one in allocations if isinstance(one.amount, Money)]
    nothing = sum(one.amount is NONE for one in allocations)
    one_currency = len({amount.currency for amount in known}) < 2
    if not allocations or len(known) + nothing < len(allocations) or not one_currency:
        return None
    return Money.total(known)


def keyed_shares(c: Collaboration, id: str, *, populations: Mapping[str, int] | None = None) -> KeyedShares:
    """What a grant's key gives each of those who may get it."""
    grant = c[id]
    if not isinstance(grant, Grant):
        raise InvalidValueError(f"{id!r} is no grant", "give the id of a Grant")
    key: AllocationKey | None = inherited(c, id, "key")
    recipients, unknown = _recipients(c, grant)
    if not isinstance(grant.amount, Money):
        unknown.append(_HOW_MUCH(grant=id))
    if key is None or key.kind is KeyKind.TABLE:
        unknown.append((_TABLE_HOLDS if key else _WHICH_KEY)(grant=id))
    if unknown or key is None or not isinstance(grant.amount, Money):
        return KeyedShares(None, (*unknown,))
    weights = _weights(key, recipients, populations)
    fixed = _fixed(c, key, recipients)
    unknown = [*_unstated(id, grant.amount, key, fixed), *weights.unknown]
    if unknown:
        return KeyedShares(None, (*unknown,), weights.assumed)
    return _allocated(id, grant.amount, key, weights, fixed)


def _unstated(id: str, amount: Money, key: AllocationKey, fixed: Mapping[str, Money]) -> Iterator[Phrase]:
    """What a key leaves out, so that it cannot be applied."""
    gives_first = isinstance(key.fixed, Money) or any(part.amount for part in key.parts)
    if UNKNOWN in (key.fixed, key.ceiling) or (key.kind is KeyKind.FIXED_AND_POPULATION and not gives_first):
        yield _FIRST_OR_AT_MOST(grant=id)
    if key.kind is KeyKind.FIXED and Money.total(fixed.values(), amount.currency) != amount:
        yield _REST(grant=id)


def _allocated(
    id: str, amount: Money, key: AllocationKey, weights: _Weights, fixed: Mapping[str, Money]
) -> KeyedShares:
    rule = key.rounding or Rounding.LARGEST_REMAINDER
    ceiling = key.ceiling if isinstance(key.ceiling, Money) else None
    try:
        shares = allocate(amount, weights.of, rounding=rule, fixed=fixed, balancing=key.balancing, ceiling=ceiling)
    except InvalidValueError as error:
        return KeyedShares(None, (_KEY_FAILS(grant=id, reason=Phrase(error.message)),), weights.assumed)
    is_rounded = any(Fraction(part.amount.amount) != part.exact for part in shares.table)
    rounded = (_ROUNDED(rule=rule),) if key.rounding is None and is_rounded else ()
    return KeyedShares(shares, (), (*weights.assumed, *rounded))


def _recipients(c: Collaboration, grant: Grant) -> tuple[dict[str, Actor | None], list[Phrase]]:
    """Those among whom a grant is shared out, each with its body if that is known; and what is unknown of them.

    A joint recipient stands for itself.
    """
    recipients: dict[str, Actor | None] = {}
    unknown: list[Phrase] = []
    for party in grant.receivers:
        group = c[party.id]
        if party.manner is not Manner.EACH or not isinstance(group, Group):
            recipients[party.id] = group if isinstance(group, Actor) else None
        elif group.every and not group.of:
            recipients |= _picked(c, group.every)
        else:
            recipients |= {id: one if isinstance(one := c[id], Actor) else None for id in c.members(party.id)}
            unknown += [_WHO_ELSE(group=party.id)] if parties_of(c).is_open(party.id) else []
    return recipients, unknown if recipients else [*unknown, _WHO(grant=grant.id)]


def _picked(c: Collaboration, rule: Selection) -> dict[str, Actor | None]:
    """All bodies of the register that a rule picks, under the ids that the collaboration has for them."""
    register = {ActorKind.KOMMUN: kommuner, ActorKind.REGION: regions}.get(rule.kind)
    bodies = [*(register() if register else ()), *c[Actor]]
    return {actor.id: actor for actor in {(one.kind, one.code): one for one in bodies if rule.picks(one)}.values()}


@frozen
class _Weights:
    """What each recipient weighs in a key, with what is unknown and assumed of it."""

    of: Mapping[str, int] | Mapping[str, Share]
    unknown: tuple[Phrase, ...] = ()
    assumed: tuple[Phrase, ...] = ()


def _weights(
    key: AllocationKey, recipients: Mapping[str, Actor | None], populations: Mapping[str, int] | None
) -> _Weights:
    if key.kind is KeyKind.SHARES:
        return _Weights({part.recipient.id: part.share for part in key.parts if part.share})
    if key.kind not in _BY_POPULATION:
        return _Weights(dict.fromkeys(recipients, 1))
    if populations is not None:
        lacking = tuple(id for id in recipients if id not in populations)
        unknown = (_INHABITANTS(bodies=lacking),) if lacking else ()
        return _Weights({id: populations[id] for id in recipients if id in populations}, unknown)
    if key.population_on is None:
        return _Weights({}, (_WHICH_DAY(),))
    end = _nearest_end(key.population_on)
    numbers = {id: _inhabitants(actor, end.year) for id, actor in recipients.items()}
    lacking = tuple(id for id, number in numbers.items() if number is None)
    return _Weights(
        {id: number for id, number in numbers.items() if number is not None},
        (_INHABITANTS_ON(bodies=lacking, day=end),) if lacking else (),
        () if end == key.population_on else (_NEAREST_YEAR(nearest=end, day=key.population_on),),
    )


def _nearest_end(on: Day) -> Day:
    """The end of a year, of which the register has the population, that is nearest to a day."""
    ends = [day(date(year, 12, 31)) for year in (on.year - 1, on.year)]
    return min(ends, key=lambda end: abs(days_between(end, on)))


def _inhabitants(actor: Actor | None, year: int) -> int | None:
    try:
        return population(actor.code, year) if actor else None
    except NotFoundError:
        return None


def _fixed(c: Collaboration, key: AllocationKey, recipients: Mapping[str, Actor | None]) -> Mapping[str, Money]:
    """What each gets first: its amount, or that of the group it is in, or the same as all."""
    same = dict.fromkeys(recipients, key.fixed) if isinstance(key.fixed, Money) else {}
    parts = ((id, part.amount) for part in key.parts if part.amount for id in _ids(c, part.recipient))
    return {**same, **{id: amount for id, amount in parts if id in recipients}}


def _ids(c: Collaboration, party: Party) -> tuple[str, ...]:
    return c.members(party.id) if party.manner is Manner.EACH else (party.id,)
