"""Who is in which party, and who may be though it is not recorded."""

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
from samverkan.values.text import Phrase, Wording

__all__ = ["PARTIES", "Parties", "check_party", "parties_of", "undated"]

PARTIES = ("Actor", "Group", "Role")
"""The kinds of record that can owe, act and receive."""

_HOLDS = Wording(
    "from when to when {records} holds: no period is recorded",
    "från när till när {records} gäller: ingen tid är angiven",
)
_HOLD = Wording(
    "from when to when {records} hold: no period is recorded",
    "från när till när {records} gäller: ingen tid är angiven",
)


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


def undated(ids: Iterable[str]) -> tuple[Phrase, ...]:
    """That some records, which are taken to hold on a day, have no recorded period, as a sentence.

    >>> undated(["m-1", "m-2"])
    ('from when to when m-1, m-2 hold: no period is recorded',)
    """
    records = sorted({*ids}, key=natural)
    return ((_HOLDS if len(records) == 1 else _HOLD)(records=(*gathered(records),)),) if records else ()


@frozen(eq=False)
class Parties:
    """Who is in which party, each looked up once."""

    collaboration: Collaboration
    _inside: dict[str, tuple[str, ...]] = field(factory=dict, init=False)
    _counted: dict[str, bool] = field(factory=dict, init=False)

    def inside(self, party: str) -> tuple[str, ...]:
        """The ids of a party, of the groups that it holds, and of their members."""
        if party not in self._inside:
            passed, level = {party: None}, [party]
            while level:
                groups = [record for id in level if isinstance(record := self.collaboration[id], Group)]
                level = [id for group in groups for id in group.of if id not in passed]
                passed |= dict.fromkeys(level)
            self._inside[party] = tuple(dict.fromkeys((*passed, *self.collaboration.members(party))))
        return self._inside[party]

    def single(self, party: str) -> tuple[str, ...]:
        """The members of a party that are no groups; an open group is itself among them."""
        members = (id for id in self.collaboration.members(party) if kind_name(self.collaboration[id]) != "Group")
        return tuple(dict.fromkeys((*members, *self.open_groups([party]))))

    def open_groups(self, parties: Iterable[str]) -> tuple[str, ...]:
        """The groups in some parties that may have unrecorded members; none within a group that its count settles."""
        passed: dict[str, None] = {}
        level = [*parties]
        while level:
            level = [id for id in dict.fromkeys(level) if id not in passed and not self._is_counted(id)]
            passed |= dict.fromkeys(level)
            groups = (record for id in level if isinstance(record := self.collaboration[id], Group))
            level = [id for group in groups for id in group.of]
        return tuple(id for id in passed if self.is_open(id))

    def is_open(self, party: str) -> bool:
        """Whether a party is a group that may have unrecorded members.

        It may not if its source calls the list complete, or if its count leaves no room for more. Without a count, a
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
        """Whether the count of a group leaves no room for unrecorded members."""
        if party not in self._counted:
            record, members = self.collaboration[party], self.collaboration.members(party)
            count = record.count if isinstance(record, Group) and not is_open(record, "of") else None
            single = all(kind_name(self.collaboration[id]) != "Group" for id in members)
            is_full = isinstance(count, Count) and not count.about and count.high == len(members)
            self._counted[party] = is_full and single
        return self._counted[party]

    def may_hold(self, group: str, one: str) -> bool:
        """Whether an open group may have somebody as an unrecorded member.

        A rule leaves out all bodies that it does not pick, however few of those that it picks are recorded.
        """
        record, other = self.collaboration[group], self.collaboration[one]
        rule = record.every if isinstance(record, Group) and not record.of and not is_open(record, "of") else None
        if rule is None or not isinstance(other, Actor):
            return True
        return other.kind is rule.kind and (not other.county or rule.county in ("", other.county))

    def answering_for(self, parties: Iterable[str]) -> frozenset[str]:
        """Some parties, their members, and the bodies that those are parts of: all for whom they may answer."""
        ids = tuple(parties)
        members = (member for party in ids for member in self.collaboration.members(party))
        return frozenset(ids) | {body for member in members for body in above(self.collaboration, member)}


parties_of = derived(Parties)
"""The parties of a collaboration, made once."""
