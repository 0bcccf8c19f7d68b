"""How much is whose of a grant, and why: the published figure, and what the key gives (question 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import evolve, field, frozen

from samverkan.accounts.allocation import AllocationResult, allocate
from samverkan.accounts.grant_tree import lines
from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, AllocationKey, AllocationMethod, Grant, KeyKind
from samverkan.model.party import Actor, ActorKind, Group, Manner, Party, Selection
from samverkan.parties.answer import assumptions
from samverkan.parties.membership import parties_of
from samverkan.register import kommuner, population, regions
from samverkan.values.day import Day, day, days_between
from samverkan.values.missing import NONE, UNKNOWN
from samverkan.values.money import Money
from samverkan.values.share import Rounding, Share
from samverkan.values.table import Table

__all__ = ["GrantShare", "shared", "shares_of"]

_BY_POPULATION = {KeyKind.POPULATION, KeyKind.FIXED_AND_POPULATION}


@frozen(kw_only=True)
class GrantShare:
    """What one recipient has of a grant (fördelat belopp)."""

    recipient: str
    """Whose (mottagare)."""
    amount: Money | None
    """The share that holds: as published or decided, else by the key unless that is an estimate (belopp)."""
    published: Money | None
    """What is recorded as published or decided (publicerat)."""
    computed: Money | None
    """What the key gives (beräknat)."""
    difference: Money | None
    """By how much the published figure is more than the computed one (avvikelse)."""
    estimate: bool
    """Whether the computed figure rests on something that nobody has said (uppskattning)."""
    explanation: str
    """How the computed figure came about (förklaring)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


@frozen
class Keyed:
    """What a grant's key gives, and what is to be said of it."""

    shares: AllocationResult | None = None
    unknown: list[str] = field(factory=list)
    assumed: list[str] = field(factory=list)


def shares_of(
    collaboration: Collaboration, grant: str, *, populations: Mapping[str, int] | None = None
) -> Table[GrantShare]:
    """How much of a grant is whose, to the krona, and how that came about (hur mycket är vårt).

    What is published or decided holds. Beside it stands what the grant's key gives, by the populations of the register
    or *populations*, a number of inhabitants by the id of each recipient, and by how much the two differ. Where the day
    that counts is not one of the register, the nearest 31 December stands for it: an estimate, which is said.
    A line is shared out by its own key, or by that of the grant it belongs to.
    Raises `NotFoundError` for a grant that is not there, `InvalidValueError` for what is no grant.

    >>> from samverkan.model.party import Actor
    >>> bodies = [Actor(id=i, title=i, kind="kommun") for i in ("ale", "hjo")]
    >>> key = AllocationKey(kind="population", rounding="largest-remainder")
    >>> ph = Grant(id="ph", title="Ph", amount=Money(100), receivers=["ale", "hjo"], key=key)
    >>> table = shares_of(Collaboration([*bodies, ph]), "ph", populations={"ale": 31_402, "hjo": 9_120})
    >>> [(row.recipient, str(row.amount)) for row in table]
    [('ale', '77 kr'), ('hjo', '23 kr')]
    """
    check_collaboration(collaboration)
    told = shared(collaboration, grant, populations=populations)
    published: dict[str, list[Allocation]] = {}
    for one in collaboration[Allocation]:
        if one.grant == grant and not one.out_of and one.method is not AllocationMethod.COMPUTED:
            published.setdefault(one.recipient.id, []).append(one)
    names = dict.fromkeys([*published, *(told.shares or ())])
    rows = tuple(_row(grant, name, published.get(name, []), told) for name in sorted(names))
    if any(row.difference for row in rows) and any(row.published is None for row in rows):
        told.unknown.append("what those get of whom nothing is published, since what is published differs from the key")
        rows = tuple(evolve(row, amount=row.published) for row in rows)
    because = dict.fromkeys(id for row in rows for id in row.because)
    return Table(
        GrantShare,
        rows,
        f"What {grant} is shared out as",
        tuple(told.unknown),
        (*told.assumed, *assumptions(collaboration, (*because, *(one.id for one in lines(collaboration, grant))))),
    )


def _row(grant: str, name: str, published: list[Allocation], told: Keyed) -> GrantShare:
    own = _published(published)
    computed = told.shares[name] if told.shares and name in told.shares else None
    estimate = computed is not None and bool(told.assumed)
    alike = own is not None and computed is not None and own.currency == computed.currency
    return GrantShare(
        recipient=name,
        amount=own if published else None if estimate else computed,
        published=own,
        computed=computed,
        difference=own - computed if alike and own is not None and computed is not None else None,
        estimate=estimate,
        explanation=told.shares.explain(name) if told.shares and computed is not None else "",
        because=(grant, *(one.id for one in published)),
    )


def _published(allocations: list[Allocation]) -> Money | None:
    """What is recorded for one recipient, in all; None where a part of it is not known."""
    known = [one.amount for one in allocations if isinstance(one.amount, Money)]
    nothing = sum(one.amount is NONE for one in allocations)
    one_currency = len({amount.currency for amount in known}) < 2
    if not allocations or len(known) + nothing < len(allocations) or not one_currency:
        return None
    return Money.total(known)


def shared(c: Collaboration, id: str, *, populations: Mapping[str, int] | None = None) -> Keyed:
    """What a grant's key gives to each of those who may get it."""
    grant = c[id]
    if not isinstance(grant, Grant):
        raise InvalidValueError(f"{id!r} is no grant", "give the id of a Grant")
    told = Keyed()
    key = next((one.key for one in lines(c, id) if one.key), None)
    recipients = _recipients(c, grant, told)
    if not isinstance(grant.amount, Money):
        told.unknown.append(f"how much {id} is")
    if key is None or key.kind is KeyKind.TABLE:
        told.unknown.append(f"by what key {id} is shared out" + (": a published table holds" if key else ""))
    if told.unknown or key is None or not isinstance(grant.amount, Money):
        return told
    if UNKNOWN in (key.fixed, key.ceiling) or (key.kind is KeyKind.FIXED_AND_POPULATION and not _gives_first(key)):
        told.unknown.append(f"how much each gets of {id} first, or at most")
    weights = _weights(key, recipients, populations, told)
    fixed = _fixed(c, key, recipients)
    if key.kind is KeyKind.FIXED and Money.total(fixed.values(), grant.amount.currency) != grant.amount:
        told.unknown.append(f"by what is shared out what the fixed amounts of {id} leave")
    if told.unknown:
        return told
    try:
        shares = allocate(
            grant.amount,
            weights,
            rounding=key.rounding or Rounding.LARGEST_REMAINDER,
            fixed=fixed,
            balancing=key.balancing,
            ceiling=key.ceiling if isinstance(key.ceiling, Money) else None,
        )
    except InvalidValueError as error:
        told.unknown.append(f"what the key of {id} gives: {error.message}")
        return told
    if key.rounding is None and any(Fraction(part.amount.amount) != part.exact for part in shares.table):
        told.assumed.append("parts are rounded by largest-remainder, since no rule is told")
    return Keyed(shares, told.unknown, told.assumed)


def _gives_first(key: AllocationKey) -> bool:
    return isinstance(key.fixed, Money) or any(part.amount for part in key.parts)


def _recipients(c: Collaboration, grant: Grant, told: Keyed) -> dict[str, Actor | None]:
    """Those among whom a grant is shared out, each with its body where that is known; a joint one stands for itself."""
    found: dict[str, Actor | None] = {}
    for party in grant.receivers:
        group = c[party.id]
        if party.manner is not Manner.EACH or not isinstance(group, Group):
            found[party.id] = group if isinstance(group, Actor) else None
        elif group.every and not group.of:
            found |= _picked(c, group.every)
        else:
            found |= {id: one if isinstance(one := c[id], Actor) else None for id in c.members(party.id)}
            told.unknown.extend([f"who else is in {party.id}"] if parties_of(c).is_open(party.id) else [])
    if not found:
        told.unknown.append(f"who may get {grant.id}")
    return found


def _picked(c: Collaboration, rule: Selection) -> dict[str, Actor | None]:
    """Every body of the register that a rule picks, under the id that the collaboration has for it."""
    own = {(actor.kind, actor.code): actor for actor in c[Actor] if rule.picks(actor)}
    every = {ActorKind.KOMMUN: kommuner, ActorKind.REGION: regions}.get(rule.kind)
    bodies = [actor for actor in every() if rule.picks(actor)] if every else []
    known = {(actor.kind, actor.code): actor for actor in bodies} | own
    return {actor.id: actor for actor in known.values()}


def _weights(
    key: AllocationKey,
    recipients: Mapping[str, Actor | None],
    populations: Mapping[str, int] | None,
    told: Keyed,
) -> Mapping[str, int] | Mapping[str, Share]:
    """What each weighs in a key."""
    if key.kind is KeyKind.SHARES:
        return {part.recipient.id: part.share for part in key.parts if part.share}
    if key.kind not in _BY_POPULATION:
        return dict.fromkeys(recipients, 1)
    if populations is not None:
        lacking = [id for id in recipients if id not in populations]
        told.unknown.extend([f"how many live in {', '.join(lacking)}"] if lacking else [])
        return {id: populations[id] for id in recipients if id in populations}
    year = _year(key.population_on, told)
    found = {id: _inhabitants(actor, year) for id, actor in recipients.items()} if year else {}
    lacking = [id for id, number in found.items() if number is None]
    if lacking:
        told.unknown.append(f"how many lived in {', '.join(lacking)} on {year}-12-31")
    return {id: number for id, number in found.items() if number is not None}


def _year(on: Day | None, told: Keyed) -> int | None:
    """The year at whose end the register tells the population: that day's, or the nearest."""
    if on is None:
        told.unknown.append("which day's population counts")
        return None
    ends = [day(date(year, 12, 31)) for year in (on.year - 1, on.year)]
    nearest = min(ends, key=lambda end: abs(days_between(end, on)))
    if nearest != on:
        told.assumed.append(f"the population on {nearest} stands for that on {on}, which the register does not have")
    return nearest.year


def _inhabitants(actor: Actor | None, year: int) -> int | None:
    try:
        return population(actor.code, year) if actor else None
    except NotFoundError:
        return None


def _fixed(c: Collaboration, key: AllocationKey, recipients: Mapping[str, Actor | None]) -> Mapping[str, Money]:
    """What each gets first: its own amount, or that of the group it is in, or the same as all."""
    same = dict.fromkeys(recipients, key.fixed) if isinstance(key.fixed, Money) else {}
    own = {
        id: part.amount for part in key.parts if part.amount for id in _of(c, part.recipient) if id in recipients
    }  # fmt: skip
    return {**same, **own}


def _of(c: Collaboration, party: Party) -> tuple[str, ...]:
    return c.members(party.id) if party.manner is Manner.EACH else (party.id,)
