"""Of which principals is nothing recorded: members of a group that owns or owes, told only as its members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from samverkan.model.agreement import Obligation
from samverkan.model.collaboration import Collaboration, check_collaboration, natural, records
from samverkan.model.party import Actor, Group, Level, Manner, Party, Role
from samverkan.model.reference import OwnedBy, marked
from samverkan.model.relations import Participation
from samverkan.model.work import Plan
from samverkan.parties.answer import about, answer
from samverkan.parties.containment import inside
from samverkan.parties.membership import Parties, parties_of
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.text import Wording

__all__ = ["Unrecorded", "unrecorded"]

_TITLE = Wording(
    "Principals of whom nothing is recorded in {thing}", "Huvudmän om vilka inget är registrerat i {thing}"
)
_WHO_ELSE = Wording("who else is in {groups}", "vilka fler som ingår i {groups}")


@frozen(kw_only=True)
class Unrecorded:
    """One principal of whom nothing is recorded in a thing that is also theirs (huvudman utan uppgift)."""

    thing: str
    """The plan or the obligation (vad)."""
    party: Party
    """The group through which it is theirs, each or jointly (part)."""
    who: str
    """Who (vem)."""
    title: str
    """What they are called (namn)."""
    level: Level | None
    """At which level they act (nivå)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def unrecorded(collaboration: Collaboration, thing: str = "") -> Table[Unrecorded]:
    """Members of a group that owns a plan or owes something, of whom nothing else is recorded (huvudmän utan uppgift).

    It covers all plans and obligations, or a *thing* and those inside it. A record counts if it is theirs, or that of a
    part of them or of a role that they employ: a step, a participation, a stance, a submission, an allocation. What the
    group does jointly does not count for a single member. That nothing is recorded does not mean that nothing is done.
    For a day, ask about `collaboration.as_of(day)`.
    Raises `NotFoundError` for an id that is not there.

    >>> bodies = [Actor(id=id, title=id.title(), kind="kommun") for id in ("ale", "hjo")]
    >>> both = Group(id="de-tva", of=("ale", "hjo"))
    >>> plan = Plan(id="p", title="Plan", owners="jointly de-tva")
    >>> part = Participation(who="ale", thing="p", capacity="leads")
    >>> [row.who for row in unrecorded(Collaboration([*bodies, both, plan, part]))]
    ['hjo']
    """
    check_collaboration(collaboration)
    within = inside(collaboration, thing) if thing else ()
    things = [one for one in records(collaboration, Plan, Obligation) if not thing or one.id in within]
    parties = parties_of(collaboration)
    rows: list[Unrecorded] = []
    open_groups: dict[str, None] = {}
    for record in things:
        for party, source in _holders(collaboration, record):
            recorded = _recorded(collaboration, parties, record.id, party.id)
            open_groups |= dict.fromkeys(parties.open_groups([party.id]))
            because = tuple(dict.fromkeys((record.id, source, party.id)))
            members = (collaboration[id] for id in collaboration.members(party.id) if id not in recorded)
            rows += [
                Unrecorded(
                    thing=record.id,
                    party=party,
                    who=body.id,
                    title=body.title,
                    level=body.level,
                    because=(*because, body.id),
                )
                for body in members
                if isinstance(body, Actor)
            ]
    unknown = (_WHO_ELSE(groups=(*gathered(open_groups),)),) if open_groups else ()
    title = _TITLE(thing=about(collaboration, thing))
    return answer(collaboration, Unrecorded, rows, title, unknown=unknown)


def _holders(c: Collaboration, record: Any) -> Iterator[tuple[Party, str]]:
    """The groups that own a thing or owe it, and the records that say so."""
    said = [(party, record.id) for party in (record.owners if isinstance(record, Plan) else record.by)]
    parts = (c[pointer.record] for pointer in c.pointing_at(record.id))
    said += [(p.who, p.id) for p in parts if isinstance(p, Participation) and p.thing == record.id and p.capacity.holds]
    found = {party: source for party, source in reversed(said) if isinstance(c[party.id], Group)}
    return iter(sorted(found.items(), key=lambda item: (natural(item[0].id), str(item[0]))))


def _recorded(c: Collaboration, parties: Parties, thing: str, group: str) -> frozenset[str]:
    """Those of whom something is recorded in a thing, beside that it is a whole group's."""
    within = inside(c, thing)
    near = dict.fromkeys((*within, *(pointer.record for id in within for pointer in c.pointing_at(id))))
    members = set(c.members(group))
    found: set[str] = set()
    for record in (c[id] for id in near):
        for party in _theirs(record):
            acts = party.manner is Manner.EACH and not _is_holding(record, thing)
            if acts or party.id in members or not members <= set(c.members(party.id)):
                found.add(party.id)
    posts = (one for id in found if isinstance(one := c[id], Role))
    return parties.answering_for({*found, *(post.employed_by for post in posts if isinstance(post.employed_by, str))})


def _is_holding(record: Any, thing: str) -> bool:
    """Whether a record says whose the thing is, rather than what they do."""
    return record.id == thing or (isinstance(record, Participation) and record.thing == thing and record.capacity.holds)


def _theirs(record: Any) -> Iterator[Party]:
    """Those whose a record is, with their manner where it is told."""
    for name in marked(record.__class__, OwnedBy):
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, (str, Party)) and one:
                yield one if isinstance(one, Party) else Party(one)
