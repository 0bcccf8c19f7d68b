"""Who is in which party, and who may be without being told; what every question asks of a party and of a day."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.derived import derived
from samverkan.model.party import Actor, Group
from samverkan.model.source import is_complete, is_open, kind_name
from samverkan.parties.containment import above
from samverkan.values.count import Count
from samverkan.values.missing import UNKNOWN
from samverkan.values.names import gathered

__all__ = ["PARTIES", "Parties", "check_party", "parties_of", "undated"]

PARTIES = ("Actor", "Group", "Role")
"""The kinds of record that can owe, act and receive."""


def check_party(collaboration: Collaboration, id: str) -> str:
    """Accept the id of a body, a group or a role.

    Raises `NotFoundError` for an id that is not there, `InvalidValueError` for the id of something else.

    >>> from samverkan.model.party import Actor
    >>> check_party(Collaboration([Actor(id="ale", title="Ale", kind="kommun")]), "ale")
    'ale'
    """
    kind = kind_name(collaboration[id])
    if kind not in PARTIES:
        raise InvalidValueError(f"{id!r} is no party but of the kind {kind}", f"give the id of {' or '.join(PARTIES)}")
    return id


def undated(ids: Iterable[str]) -> tuple[str, ...]:
    """That no period is recorded of some records that are taken to hold on a day, as a sentence.

    >>> undated(["m-1", "m-2"])
    ('from when to when m-1, m-2 hold: no period is recorded',)
    """
    found = sorted(set(ids), key=natural)
    verb = "holds" if len(found) == 1 else "hold"
    return (f"from when to when {', '.join(gathered(found))} {verb}: no period is recorded",) if found else ()


@frozen(eq=False)
class Parties:
    """Who is in which party, each looked up once."""

    collaboration: Collaboration
    _inside: dict[str, tuple[str, ...]] = field(factory=dict, init=False)
    _counted: dict[str, bool] = field(factory=dict, init=False)

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
        return tuple(dict.fromkeys((*members, *self.open_groups([party]))))

    def open_groups(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The groups in some parties whose members are not all told; where a count settles it, none within either."""
        found: dict[str, None] = {}
        level = [*parties]
        while level:
            level = [id for id in dict.fromkeys(level) if id not in found and not self._is_counted(id)]
            found |= dict.fromkeys(level)
            groups = (record for id in level if isinstance(record := self.collaboration[id], Group))
            level = [id for group in groups for id in group.of]
        return tuple(id for id in found if self.is_open(id))

    def is_open(self, party: str) -> bool:
        """Whether a party is a group that may hold others than those who are told.

        It may not where its source calls the list complete, or its count leaves no room for more. Without a count a
        list is taken as it stands; a rule is not, since it picks only among the bodies that are recorded.
        """
        record = self.collaboration[party]
        if not isinstance(record, Group):
            return kind_name(record) == "Group"
        if is_open(record, "of") or is_complete(record, "of"):
            return is_open(record, "of")
        if isinstance(record.count, Count):
            return not self._is_counted(party)
        return record.count is UNKNOWN or record.every is not None or not record.of

    def _is_counted(self, party: str) -> bool:
        """Whether the count of a group leaves no room for others than those who are told."""
        if party not in self._counted:
            record, members = self.collaboration[party], self.collaboration.members(party)
            count = record.count if isinstance(record, Group) and not is_open(record, "of") else None
            single = all(kind_name(self.collaboration[id]) != "Group" for id in members)
            met = isinstance(count, Count) and not count.about and count.high == len(members)
            self._counted[party] = met and single
        return self._counted[party]

    def may_hold(self, group: str, one: str) -> bool:
        """Whether a group that is not told in full may hold one who is not told to be in it.

        A rule leaves out every body that it does not pick, however few of those that it picks are recorded.
        """
        record, other = self.collaboration[group], self.collaboration[one]
        rule = record.every if isinstance(record, Group) and not record.of and not is_open(record, "of") else None
        if rule is None or not isinstance(other, Actor):
            return True
        return other.kind is rule.kind and (not other.county or rule.county in ("", other.county))

    def wholes(self, parties: Iterable[str]) -> frozenset[str]:
        """Some parties, the single ones that they stand for, and the bodies that those are parts of."""
        every = tuple(parties)
        members = (member for party in every for member in self.collaboration.members(party))
        return frozenset(every) | {whole for member in members for whole in above(self.collaboration, member)}


parties_of = derived(Parties)
"""The parties of a collaboration, made once."""
