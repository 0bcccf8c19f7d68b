"""What the windows of grants ask of those who get the money: obligations that are computed and never recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import frozen

from samverkan.accounts.grant_tree import lines
from samverkan.model.agreement import Consequence, Duty, Obligation
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.derived import derived
from samverkan.model.funding import Allocation, Disposal, Grant, Window, cuts_across
from samverkan.model.party import Party
from samverkan.model.source import basis, is_open, kind_name
from samverkan.parties.membership import Parties, parties_of
from samverkan.values.missing import NONE, UNKNOWN, Maybe
from samverkan.values.timing import Timing

__all__ = ["WINDOWS", "WindowDuty", "Windows", "window_duties", "windows_of"]

WINDOWS: Mapping[str, Duty] = {"requisition": Duty.DELIVER, "report": Duty.REPORT, "repayment": Duty.PAY}
"""The windows in which a recipient must act; money is paid and used over a time, not by an act on a last day."""

_FORFEITED = {
    Disposal.SHARED_OUT: Consequence.SHARED_OUT,
    Disposal.SECOND_ROUND: Consequence.SHARED_OUT,
    Disposal.RETURNED: Consequence.LAPSES,
}


@frozen(kw_only=True)
class WindowDuty:
    """An obligation that follows from a window of a grant (skyldighet enligt tidsfönster)."""

    obligation: Obligation
    """The obligation; its ground is the grant that tells the window, and no document holds it."""
    window: str
    """Which window: requisition, report or repayment (tidsfönster)."""
    grant: str
    """The grant or line whose money it concerns (statsbidrag)."""
    allocations: tuple[str, ...]
    """What the recipient was allotted of it; nothing where only those are told who may get it (fördelningar)."""

    @property
    def told(self) -> str:
        """Where the window stands: the grant that tells it, and the field."""
        return f"{self.obligation.ground}.{self.window}"


def window_duties(collaboration: Collaboration) -> tuple[WindowDuty, ...]:
    """The obligations that follow from the windows of grants: one for each window and recipient of an allocation.

    A line has the windows of the grant that it is a line of, where it tells none itself. Where nothing is allotted, one
    for each of those who may get it, *each* or *jointly* as the grant says. The id is made of the grant, the window and
    the recipient. What the document itself records as an obligation is not computed a second time.

    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> gnv = Grant(id="gnv", title="God och nära vård", requisition=Window(closes="2024-11-29"), receivers="ale")
    >>> [duty.obligation.id for duty in window_duties(Collaboration([ale, gnv]))]
    ['gnv/requisition/ale']
    """
    return windows_of(collaboration).duties


_Told = tuple[Grant, Window]


@frozen(eq=False, slots=False)
class Windows:
    """The windows of a collaboration's grants, with whom they concern."""

    parties: Parties

    @property
    def collaboration(self) -> Collaboration:
        """The records that it is about."""
        return self.parties.collaboration

    @cached_property
    def duties(self) -> tuple[WindowDuty, ...]:
        """What the windows ask for, in the order of the grants."""
        return tuple(
            duty
            for grant in self.collaboration[Grant]
            for name in WINDOWS
            if (told := self._told(grant.id, name))
            for duty in self._duties(grant, name, told)
            if not self._is_recorded(duty)
        )

    def twins(self, duty: WindowDuty) -> tuple[Obligation, ...]:
        """The obligations that are recorded and may be the same, though that is not told."""
        return tuple(one for one in self._alike(duty) if self._may_be_of(one, duty))

    @cached_property
    def untold(self) -> tuple[str, ...]:
        """What the documents do not tell of who must act by which window, a sentence each."""
        nobody, others, silent, elsewhere = (dict[str, None]() for _ in range(4))
        for grant in self.collaboration[Grant]:
            if any(getattr(grant, name) is UNKNOWN for name in WINDOWS):
                silent[grant.id] = None
            told = [name for name in WINDOWS if self._told(grant.id, name)]
            if told and not any(self._concerned(grant, name) for name in told) and self._stands_alone(grant, told):
                nobody[grant.id] = None
            elif told and self._may_have_others(grant):
                others[grant.id] = None
        for allocation in self.collaboration[Allocation]:
            if not isinstance(self.collaboration[allocation.grant], Grant):
                elsewhere[allocation.grant] = None
        said = (
            (silent, "what is due by the windows of {}: the source is silent of one of them"),
            (nobody, "who must act by the windows of {}: neither who gets the money nor who may is told"),
            (others, "whether others than those who were allotted money of {} must act by its windows"),
            (elsewhere, "what is due by the windows of {}: another document has them"),
        )
        return tuple(sentence.format(", ".join(sorted(ids, key=natural))) for ids, sentence in said if ids)

    def _told(self, grant: str, name: str) -> _Told | None:
        """The window of a grant and the grant that tells it: itself, or one whose line it is."""
        told = ((one, getattr(one, name)) for one in lines(self.collaboration, grant))
        nearest = next(((one, window) for one, window in told if window is not None), None)
        return nearest if nearest and isinstance(nearest[1], Window) else None

    @cached_property
    def _allotted(self) -> Mapping[str, list[Allocation]]:
        """The allocations of each grant."""
        found: dict[str, list[Allocation]] = {}
        for one in self.collaboration[Allocation]:
            found.setdefault(one.grant, []).append(one)
        return found

    @cached_property
    def _parts(self) -> Mapping[str, list[Grant]]:
        """The lines of each grant, but for those that take their money out of other lines."""
        found: dict[str, list[Grant]] = {}
        for one in self.collaboration[Grant]:
            if one.part_of and not cuts_across(one):
                found.setdefault(one.part_of, []).append(one)
        return found

    def _duties(self, grant: Grant, name: str, told: _Told) -> Iterator[WindowDuty]:
        for id, (parties, allocations) in self._concerned(grant, name).items():
            yield WindowDuty(
                obligation=self._obligation(grant, name, told, id, parties),
                window=name,
                grant=grant.id,
                allocations=allocations,
            )

    def _concerned(self, grant: Grant, name: str) -> Mapping[str, tuple[tuple[Party, ...], tuple[str, ...]]]:
        """Whom a window concerns: the recipients, with what they were allotted; else those who may get the money."""
        found: dict[str, tuple[tuple[Party, ...], tuple[str, ...]]] = {}
        own = [one for one in self._allotted.get(grant.id, ()) if not self._is_onward(one, name)]
        for one in own:
            parties, allocations = found.get(one.recipient.id, ((), ()))
            found[one.recipient.id] = (
                tuple(dict.fromkeys((*parties, one.recipient))),
                (*allocations, one.id),
            )
        if not own and self._stands_alone(grant, [name]):
            for party in grant.receivers:
                parties, _ = found.get(party.id, ((), ()))
                found[party.id] = tuple(dict.fromkeys((*parties, party))), ()
        return found

    def _stands_alone(self, grant: Grant, names: Iterable[str]) -> bool:
        """Whether nothing is allotted above or below a grant, nor a line of it says who may get it, by the windows."""
        if cuts_across(grant) or self._allotted.get(grant.id):
            return False
        above = [*lines(self.collaboration, grant.id)][1:]
        if any(self._allotted.get(one.id) for one in above):
            return False
        return not any(self._reaches(line, names, {grant.id}) for line in self._parts.get(grant.id, ()))

    def _reaches(self, grant: Grant, names: Iterable[str], passed: set[str]) -> bool:
        """Whether a line, or one of its own, is allotted to somebody or says who may get it."""
        if grant.id in passed:
            return False
        passed.add(grant.id)
        told = any(self._told(grant.id, name) for name in names)
        return bool(told and (grant.receivers or self._allotted.get(grant.id))) or any(
            self._reaches(line, names, passed) for line in self._parts.get(grant.id, ())
        )

    def _is_onward(self, allocation: Allocation, name: str) -> bool:
        """Whether an allocation was granted onward by one whom the same window binds, so that it does not bind both."""
        if not allocation.out_of:
            return False
        giver = self.collaboration[allocation.out_of]
        given = self._told(giver.grant, name) if isinstance(giver, Allocation) else None
        return given is None or given == self._told(allocation.grant, name)

    def _may_have_others(self, grant: Grant) -> bool:
        """Whether some may get the money of whom nothing is told to be allotted, though something is to others."""
        own = [one.recipient.id for one in self._allotted.get(grant.id, ())]
        if not own:
            return bool(grant.receivers) and is_open(grant, "receivers")
        may = [party.id for party in grant.receivers]
        has = {id for one in own for id in self.parties.inside(one)}
        return is_open(grant, "receivers") or not has.issuperset(id for one in may for id in self.parties.single(one))

    def _obligation(
        self, grant: Grant, name: str, told: _Told, recipient: str, parties: tuple[Party, ...]
    ) -> Obligation:
        teller, window = told
        to = self._to(grant, name, window)
        forfeited = self._first(grant, "forfeited") if name == "requisition" else None
        return Obligation(
            id=f"{grant.id}/{name}/{recipient}",
            title=f"{name}: {grant.title}",
            duty=WINDOWS[name],
            by=parties,
            to=Party(to) if isinstance(to, str) else (),
            timing=Timing(
                not_before=window.opens, due=window.closes, statutory=window.statutory, met_when=window.met_when
            ),
            ground=teller.id,
            secures=grant.id,
            if_missed=_FORFEITED[forfeited] if isinstance(forfeited, Disposal) else None,
            source=teller.source,
            basis=basis("derived", to="complete") if to is NONE else basis("derived"),
            note=window.form,
        )

    def _to(self, grant: Grant, name: str, window: Window) -> Maybe[str]:
        """To whom it is owed; a report goes only where the window says."""
        told: Maybe[str] = window.to
        if name == "requisition":
            return told or self._first(grant, "payer")
        if name == "repayment":
            first: Maybe[str] = self._first(grant, "repay_to")
            return first if first or told is None else told
        return told

    def _first(self, grant: Grant, name: str) -> Any:
        """What a grant says, or the one whose line it is."""
        told = (getattr(one, name) for one in lines(self.collaboration, grant.id))
        return next((value for value in told if value is not None), None)

    @cached_property
    def _recorded(self) -> Mapping[tuple[Duty, str, str], list[Obligation]]:
        """The obligations that are recorded, by what they demand, on which ground and by when."""
        found: dict[tuple[Duty, str, str], list[Obligation]] = {}
        for one in self.collaboration[Obligation]:
            for ground in dict.fromkeys((one.ground or "", *one.secures)):
                found.setdefault((one.duty, ground, str(one.timing.due)), []).append(one)
        return found

    def _alike(self, duty: WindowDuty) -> Iterable[Obligation]:
        """The obligations that are recorded of the same grant or agreement, of the same sort and due the same day."""
        chain = [*lines(self.collaboration, duty.grant)]
        grounds = dict.fromkeys((*(one.id for one in chain), *(one.agreement for one in chain if one.agreement)))
        due = str(duty.obligation.timing.due)
        found = (self._recorded.get((duty.obligation.duty, ground, due), ()) for ground in grounds)
        return {one.id: one for many in found for one in many}.values() if duty.obligation.timing.due else ()

    def _is_recorded(self, duty: WindowDuty) -> bool:
        """Whether the document itself records what a window asks for, as an obligation of those whom it concerns."""
        return any(
            {*one.to} <= {*duty.obligation.to} and self._singles(duty.obligation) <= self._singles(one)
            for one in self._alike(duty)
        )

    def _may_be_of(self, one: Obligation, duty: WindowDuty) -> bool:
        """Whether an obligation that is recorded may be owed by those whom a window concerns."""
        own, told = self._singles(duty.obligation), self._singles(one)
        groups = any(kind_name(self.collaboration[id]) == "Group" for id in (*own, *told))
        return not told or groups or not own.isdisjoint(told) or is_open(one, "by")

    def _singles(self, obligation: Obligation) -> set[str]:
        return {id for party in obligation.by for id in self.parties.single(party.id)}


@derived
def windows_of(collaboration: Collaboration) -> Windows:
    """The windows of a collaboration's grants, made once."""
    return Windows(parties_of(collaboration))
