"""Who is in which party, and who may be without being told; what every question asks of a party and of a day."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from samverkan.analysis.inside import above
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration
from samverkan.model.party import Group
from samverkan.model.source import is_complete, is_open, kind_name

__all__ = ["Parties", "check_party"]

_PARTIES = ("Actor", "Group", "Role")


def check_party(collaboration: Collaboration, id: str) -> str:
    """Accept the id of a body, a group or a role.

    Raises `NotFoundError` for an id that is not there, `InvalidValueError` for the id of something else.

    >>> from samverkan.model.party import Actor
    >>> check_party(Collaboration([Actor(id="ale", title="Ale", kind="kommun")]), "ale")
    'ale'
    """
    kind = kind_name(collaboration[id])
    if kind not in _PARTIES:
        raise InvalidValueError(f"{id!r} is no party but of the kind {kind}", f"give the id of {' or '.join(_PARTIES)}")
    return id


@frozen(eq=False)
class Parties:
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

    def single(self, party: str) -> tuple[str, ...]:
        """The single ones that a party stands for; a group whose members are not all told stands for itself as well."""
        members = (id for id in self.collaboration.members(party) if kind_name(self.collaboration[id]) != "Group")
        return tuple(dict.fromkeys((*members, *self.untold([party]))))

    def untold(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The groups in some parties whose members are not all told."""
        every = dict.fromkeys(id for party in parties for id in self.inside(party))
        return tuple(id for id in every if self.is_open(id))

    def is_open(self, party: str) -> bool:
        """Whether a party is a group that may hold others than those who are told."""
        record = self.collaboration[party]
        if not isinstance(record, Group):
            return kind_name(record) == "Group"
        return is_open(record, "of") or (not self.collaboration.members(party) and not is_complete(record, "of"))

    def wholes(self, parties: Iterable[str]) -> frozenset[str]:
        """Some parties, the single ones that they stand for, and the bodies that those are parts of."""
        every = tuple(parties)
        members = (member for party in every for member in self.collaboration.members(party))
        return frozenset(every) | {whole for member in members for whole in above(self.collaboration, member)}
