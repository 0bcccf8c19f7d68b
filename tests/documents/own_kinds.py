"""Two kinds of record that a user might add: one with an id of its own, one named by what it relates."""

from decimal import Decimal
from typing import Annotated

from attrs import Factory, field, frozen

import samverkan as sv
from samverkan.model.reference import ids


class Comfort(sv.vocabulary.Term):
    """How good a house is to be in (trivsel)."""

    COLD = "cold", "kallt"
    WARM = "warm", "varmt"


@frozen(kw_only=True)
class Room:
    """A part of a house (rum)."""

    title: str
    """What it is called (namn)."""
    seats: sv.Count | None = None
    """How many may sit there (platser)."""
    used_by: tuple[sv.fields.PartyId, ...] = field(default=(), converter=ids)
    """Who sits there (används av)."""


@frozen(kw_only=True)
class House:
    """A house that partners share (hus)."""

    id: str
    """The name by which records refer to it."""
    owner: sv.fields.ActorId
    """Whose it is (ägare)."""
    rent: sv.fields.Maybe[sv.Money]
    """What it costs (hyra)."""
    plan: Annotated[sv.fields.PlanId | None, sv.fields.NestedUnder("houses")] = None
    """The plan it is for (plan)."""
    timing: sv.Timing = Factory(sv.Timing)
    """When it is ready (färdigt)."""
    rooms: tuple[Room, ...] = ()
    """What is in it (rum)."""
    floor_space: Decimal | None = None
    """Square metres (yta)."""
    comfort: tuple[Comfort, ...] = ()
    """How it is in there (trivsel)."""
    class_: str = ""
    """Its class of energy (energiklass)."""
    open_: bool = False
    """Whether anybody may come in (öppet)."""
    source: sv.fields.SourceId | None = None
    basis: tuple[sv.fields.Basis, ...] = ()


@frozen(kw_only=True)
class Visit:
    """Somebody comes to a house (besök)."""

    visitor: sv.fields.PartyId
    """Who comes (besökare)."""
    house: Annotated[str, sv.fields.Ref("House"), sv.fields.NestedUnder("visits")]
    """Where to (hus)."""
    hours: sv.fields.Maybe[int] = None
    """For how long (timmar)."""
    id: str = Factory(lambda self: f"{self.visitor}>{self.house}", takes_self=True)


OWN_KINDS = (*sv.KINDS, House, Visit)


def says_each_thing_once(collaboration: sv.Collaboration) -> bool:
    """Whether no observation counts one status twice, which no document can hold."""
    tallied = ([tally.status for tally in observation.tallies] for observation in collaboration[sv.Observation])
    return all(len(set(words)) == len(words) for words in tallied)
