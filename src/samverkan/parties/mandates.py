"""The mandates of a collaboration, looked up by who holds them and for whom they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from attrs import frozen

from samverkan.model.collaboration import Collaboration
from samverkan.model.party import Group
from samverkan.model.relations import Mandate
from samverkan.model.source import is_open
from samverkan.parties.membership import Parties, parties_of

__all__ = ["Mandates"]


@frozen(eq=False, slots=False)
class Mandates:
    """The mandates that somebody holds and that may be for those who are asked about.

    >>> from samverkan.model.party import Actor
    >>> bodies = [Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo", "gr")]
    >>> given = [Mandate(id=f"m-{id}", holder="gr", may="draw", for_=id) for id in ("ale", "hjo")]
    >>> [mandate.id for mandate in Mandates(Collaboration([*bodies, *given])).of("gr", ["ale"])]
    ['m-ale']
    """

    collaboration: Collaboration

    @cached_property
    def parties(self) -> Parties:
        """Who is in which party."""
        return parties_of(self.collaboration)

    def of(self, holder: str, asked: Iterable[str]) -> list[Mandate]:
        """The mandates of a holder that may be for some of those asked about; all, if an open group is among them."""
        mandates, asked = self.by_holder.get(holder, []), tuple(asked)
        if not asked or self.parties.open_groups(asked):
            return mandates
        ids = {party for one in asked for party in (one, *self._groups.get(one, ()))}
        numbers = {n for id in (*ids, "") for n in self._numbers.get((holder, id), ())}
        return [mandates[number] for number in sorted(numbers)]

    def all_of(self, holder: str) -> list[Mandate]:
        """All mandates of a holder, for whomever."""
        return self.by_holder.get(holder, [])

    def of_groups(self, holder: str) -> list[Mandate]:
        """The mandates of the groups that somebody is in."""
        groups = self._groups.get(holder, ())
        return [mandate for group in self._of_groups if group in groups for mandate in self.by_holder[group]]

    @cached_property
    def by_holder(self) -> dict[str, list[Mandate]]:
        """The mandates, by who holds them."""
        by_holder: dict[str, list[Mandate]] = {}
        for mandate in self.collaboration[Mandate]:
            by_holder.setdefault(mandate.holder, []).append(mandate)
        return by_holder

    @cached_property
    def _of_groups(self) -> list[str]:
        return [holder for holder in self.by_holder if isinstance(self.collaboration[holder], Group)]

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        """The groups that each party is in."""
        groups: dict[str, list[str]] = {}
        for group in self.collaboration[Group]:
            for member in self.parties.inside(group.id):
                groups.setdefault(member, []).append(group.id)
        return groups

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], list[int]]:
        """The places of a holder's mandates that name a party; under "" those that may be for anybody."""
        numbers: dict[tuple[str, str], list[int]] = {}
        for holder, mandates in self.by_holder.items():
            for number, mandate in enumerate(mandates):
                anybody = not mandate.for_ or is_open(mandate, "for") or self.parties.open_groups(mandate.for_)
                for name in ("",) if anybody else mandate.for_:
                    numbers.setdefault((holder, name), []).append(number)
        return numbers
