"""The mandates of a collaboration, found by who holds them and for whom they are."""

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
    """Which mandates somebody holds that may be for those who are asked about.

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
        """The mandates of a holder that may be for some of those who are asked about; all, if they are not all told."""
        held, asked = self.by_holder.get(holder, []), tuple(asked)
        if not asked or self.parties.open_groups(asked):
            return held
        ids = {whole for one in asked for whole in (one, *self._groups.get(one, ()))}
        numbers = {n for id in (*ids, "") for n in self._numbers.get((holder, id), ())}
        return [held[number] for number in sorted(numbers)]

    def all_of(self, holder: str) -> list[Mandate]:
        """Every mandate of a holder, for whomever."""
        return self.by_holder.get(holder, [])

    def of_groups(self, holder: str) -> list[Mandate]:
        """The mandates that are held by groups which somebody is in."""
        groups = self._groups.get(holder, ())
        return [mandate for group in self._of_groups if group in groups for mandate in self.by_holder[group]]

    @cached_property
    def by_holder(self) -> dict[str, list[Mandate]]:
        """The mandates, by who holds them."""
        found: dict[str, list[Mandate]] = {}
        for mandate in self.collaboration[Mandate]:
            found.setdefault(mandate.holder, []).append(mandate)
        return found

    @cached_property
    def _of_groups(self) -> list[str]:
        return [holder for holder in self.by_holder if isinstance(self.collaboration[holder], Group)]

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        """The groups that each party is in."""
        found: dict[str, list[str]] = {}
        for group in self.collaboration[Group]:
            for member in self.parties.inside(group.id):
                found.setdefault(member, []).append(group.id)
        return found

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], list[int]]:
        """Which of a holder's mandates name a party; under no name those that may be for anybody."""
        found: dict[tuple[str, str], list[int]] = {}
        for holder, mandates in self.by_holder.items():
            for number, mandate in enumerate(mandates):
                anybody = not mandate.for_ or is_open(mandate, "for") or self.parties.open_groups(mandate.for_)
                for name in ("",) if anybody else mandate.for_:
                    found.setdefault((holder, name), []).append(number)
        return found
