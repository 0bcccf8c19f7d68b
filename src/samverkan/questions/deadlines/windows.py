"""What the windows of grants ask of those who get the money: obligations that are computed and never recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import frozen

from samverkan.accounts.grant_tree import inherited, lines
from samverkan.model.agreement import Consequence, Duty, Obligation
from samverkan.model.collaboration import Collaboration, natural
from samverkan.model.derived import derived
from samverkan.model.funding import Allocation, Disposal, Grant, Window, cuts_across
from samverkan.model.party import Party
from samverkan.model.source import basis, is_open, kind_name
from samverkan.parties.membership import Parties, parties_of
from samverkan.values.missing import NONE, UNKNOWN, Maybe
from samverkan.values.text import Phrase, Wording, both
from samverkan.values.timing import Timing

__all__ = ["WINDOWS", "WindowDuty", "Windows", "window_duties", "windows_of"]

WINDOWS: Mapping[str, Duty] = {"requisition": Duty.DELIVER, "report": Duty.REPORT, "repayment": Duty.PAY}
"""The windows in which a recipient must act; money is paid and used over a time, not by an act on a last day."""

_NAMES = {
    "requisition": both("requisition", "rekvisition"),
    "report": both("report", "redovisning"),
    "repayment": both("repayment", "återbetalning"),
}
_TITLE = Wording("{window}: {grant}", "{window}: {grant}")
_SILENT = Wording(
    "what is due by the windows of {grants}: the source is silent on one of them",
    "vad som ska göras enligt tidsfönstren för {grants}: källan säger inget om ett av dem",
)
_NOBODY = Wording(
    "who must act by the windows of {grants}: neither who gets the money nor who may is recorded",
    "vem som ska agera enligt tidsfönstren för {grants}: varken vem som får eller kan få medlen är angivet",
)
_OTHERS = Wording(
    "whether others than those with an allocation of {grants} must act by its windows",
    "om andra än de som har en fördelning av {grants} ska agera enligt dess tidsfönster",
)
_ELSEWHERE = Wording(
    "what is due by the windows of {grants}: another document has them",
    "vad som ska göras enligt tidsfönstren för {grants}: de finns i ett annat dokument",
)

_FORFEITED = {
    Disposal.SHARED_OUT: Consequence.SHARED_OUT,
    Disposal.SECOND_ROUND: Consequence.SHARED_OUT,
    Disposal.RETURNED: Consequence.LAPSES,
}


@frozen(kw_only=True)
class WindowDuty:
    """An obligation that follows from a window of a grant (skyldighet enligt tidsfönster)."""

    obligation: Obligation
    """The obligation; its ground is the grant that has the window, and no document records it."""
    window: str
    """Which window: requisition, report or repayment (tidsfönster)."""
    grant: str
    """The grant or line whose money it concerns (statsbidrag)."""
    allocations: tuple[str, ...]
    """The recipient's allocations of it; none if only those who may get it are recorded (fördelningar)."""

    @property
    def place(self) -> str:
        """Where the window is recorded: the grant that has it, and the field."""
        return f"{self.obligation.ground}.{self.window}"

    @property
    def name(self) -> Phrase:
        """What the window is called in both languages."""
        return _NAMES[self.window]

    def title(self, grant: str) -> Phrase:
        """What the obligation is called in both languages, with the title of the grant."""
        return _TITLE(window=self.name, grant=Phrase(grant))


def window_duties(collaboration: Collaboration) -> tuple[WindowDuty, ...]:
    """The obligations that follow from the windows of grants: one for each window and recipient of an allocation.

    A line has the windows of the grant that it is a line of, if it has none itself. Without allocations, there is one
    for each of those who may get the money, *each* or *jointly* as the grant states. The id is made of the grant, the
    window and the recipient. An obligation that the document itself records is not computed a second time.

    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> gnv = Grant(id="gnv", title="God och nära vård", requisition=Window(closes="2024-11-29"), receivers="ale")
    >>> [duty.obligation.id for duty in window_duties(Collaboration([ale, gnv]))]
    ['gnv/requisition/ale']
    """
    return windows_of(collaboration).duties


_Owned = tuple[Grant, Window]


@frozen(eq=False, slots=False)
class Windows:
    """The windows of a collaboration's grants, with those whom they concern."""

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
            if (window := self._window(grant.id, name))
            for duty in self._duties(grant, name, window)
            if not self._is_recorded(duty)
        )

    def twins(self, duty: WindowDuty) -> tuple[Obligation, ...]:
        """The recorded obligations that may be the same, though that is not stated."""
        return tuple(one for one in self._alike(duty) if self._may_be_of(one, duty))

    @cached_property
    def unknown(self) -> tuple[Phrase, ...]:
        """What is unknown about who must act by which window, a sentence each."""
        nobody, others, silent, elsewhere = (dict[str, None]() for _ in range(4))
        for grant in self.collaboration[Grant]:
            if any(getattr(grant, name) is UNKNOWN for name in WINDOWS):
                silent[grant.id] = None
            names = [name for name in WINDOWS if self._window(grant.id, name)]
            if names and not any(self._concerned(grant, name) for name in names) and self._stands_alone(grant, names):
                nobody[grant.id] = None
            elif names and self._may_have_others(grant):
                others[grant.id] = None
        for allocation in self.collaboration[Allocation]:
            if not isinstance(self.collaboration[allocation.grant], Grant):
                elsewhere[allocation.grant] = None
        sentences = ((silent, _SILENT), (nobody, _NOBODY), (others, _OTHERS), (elsewhere, _ELSEWHERE))
        return tuple(wording(grants=(*sorted(ids, key=natural),)) for ids, wording in sentences if ids)

    def _window(self, grant: str, name: str) -> _Owned | None:
        """The window of a grant, and the grant that has it: itself, or one whose line it is."""
        windows = ((one, getattr(one, name)) for one in lines(self.collaboration, grant))
        nearest = next(((one, window) for one, window in windows if window is not None), None)
        return nearest if nearest and isinstance(nearest[1], Window) else None

    @cached_property
    def _allocations(self) -> Mapping[str, list[Allocation]]:
        """The allocations of each grant."""
        by_grant: dict[str, list[Allocation]] = {}
        for one in self.collaboration[Allocation]:
            by_grant.setdefault(one.grant, []).append(one)
        return by_grant

    @cached_property
    def _parts(self) -> Mapping[str, list[Grant]]:
        """The lines of each grant, except those that take their money out of other lines."""
        parts: dict[str, list[Grant]] = {}
        for one in self.collaboration[Grant]:
            if one.part_of and not cuts_across(one):
                parts.setdefault(one.part_of, []).append(one)
        return parts

    def _duties(self, grant: Grant, name: str, window: _Owned) -> Iterator[WindowDuty]:
        for id, (parties, allocations) in self._concerned(grant, name).items():
            yield WindowDuty(
                obligation=self._obligation(grant, name, window, id, parties),
                window=name,
                grant=grant.id,
                allocations=allocations,
            )

    def _concerned(self, grant: Grant, name: str) -> Mapping[str, tuple[tuple[Party, ...], tuple[str, ...]]]:
        """Whom a window concerns: the recipients, with their allocations; else those who may get the money."""
        concerned: dict[str, tuple[tuple[Party, ...], tuple[str, ...]]] = {}
        allocated = [one for one in self._allocations.get(grant.id, ()) if not self._is_onward(one, name)]
        for one in allocated:
            parties, allocations = concerned.get(one.recipient.id, ((), ()))
            concerned[one.recipient.id] = (
                tuple(dict.fromkeys((*parties, one.recipient))),
                (*allocations, one.id),
            )
        if not allocated and self._stands_alone(grant, [name]):
            for party in grant.receivers:
                parties, _ = concerned.get(party.id, ((), ()))
                concerned[party.id] = tuple(dict.fromkeys((*parties, party))), ()
        return concerned

    def _stands_alone(self, grant: Grant, names: Iterable[str]) -> bool:
        """Whether no grant above or below has an allocation, or a line that states who may get it, by the windows."""
        if cuts_across(grant) or self._allocations.get(grant.id):
            return False
        above = [*lines(self.collaboration, grant.id)][1:]
        if any(self._allocations.get(one.id) for one in above):
            return False
        return not any(self._reaches(line, names, {grant.id}) for line in self._parts.get(grant.id, ()))

    def _reaches(self, grant: Grant, names: Iterable[str], passed: set[str]) -> bool:
        """Whether a line, or a line of it, has an allocation or states who may get it."""
        if grant.id in passed:
            return False
        passed.add(grant.id)
        has_window = any(self._window(grant.id, name) for name in names)
        return bool(has_window and (grant.receivers or self._allocations.get(grant.id))) or any(
            self._reaches(line, names, passed) for line in self._parts.get(grant.id, ())
        )

    def _is_onward(self, allocation: Allocation, name: str) -> bool:
        """Whether an allocation was granted onward by one whom the same window binds, so that it does not bind both."""
        if not allocation.out_of:
            return False
        giver = self.collaboration[allocation.out_of]
        given = self._window(giver.grant, name) if isinstance(giver, Allocation) else None
        return given is None or given == self._window(allocation.grant, name)

    def _may_have_others(self, grant: Grant) -> bool:
        """Whether some may get the money who have no recorded allocation, though others have."""
        recipients = [one.recipient.id for one in self._allocations.get(grant.id, ())]
        if not recipients:
            return bool(grant.receivers) and is_open(grant, "receivers")
        may = [party.id for party in grant.receivers]
        has = {id for one in recipients for id in self.parties.inside(one)}
        return is_open(grant, "receivers") or not has.issuperset(id for one in may for id in self.parties.single(one))

    def _obligation(
        self, grant: Grant, name: str, owned: _Owned, recipient: str, parties: tuple[Party, ...]
    ) -> Obligation:
        owner, window = owned
        to = self._to(grant, name, window)
        forfeited = inherited(self.collaboration, grant.id, "forfeited") if name == "requisition" else None
        return Obligation(
            id=f"{grant.id}/{name}/{recipient}",
            title=f"{name}: {grant.title}",
            duty=WINDOWS[name],
            by=parties,
            to=Party(to) if isinstance(to, str) else (),
            timing=Timing(
                not_before=window.opens, due=window.closes, statutory=window.statutory, met_when=window.met_when
            ),
            ground=owner.id,
            secures=grant.id,
            if_missed=_FORFEITED[forfeited] if isinstance(forfeited, Disposal) else None,
            source=owner.source,
            basis=basis("derived", to="complete") if to is NONE else basis("derived"),
            note=window.form,
        )

    def _to(self, grant: Grant, name: str, window: Window) -> Maybe[str]:
        """To whom it is owed; a report goes only where the window states."""
        stated: Maybe[str] = window.to
        if name == "requisition":
            return stated or inherited(self.collaboration, grant.id, "payer")
        if name == "repayment":
            first: Maybe[str] = inherited(self.collaboration, grant.id, "repay_to")
            return first if first or stated is None else stated
        return stated

    @cached_property
    def _recorded(self) -> Mapping[tuple[Duty, str, str], list[Obligation]]:
        """The recorded obligations by what they demand, their ground and their due day."""
        recorded: dict[tuple[Duty, str, str], list[Obligation]] = {}
        for one in self.collaboration[Obligation]:
            for ground in dict.fromkeys((one.ground or "", *one.secures)):
                recorded.setdefault((one.duty, ground, str(one.timing.due)), []).append(one)
        return recorded

    def _alike(self, duty: WindowDuty) -> Iterable[Obligation]:
        """The recorded obligations of the same grant or agreement, of the same sort and due the same day."""
        chain = [*lines(self.collaboration, duty.grant)]
        grounds = dict.fromkeys((*(one.id for one in chain), *(one.agreement for one in chain if one.agreement)))
        due = str(duty.obligation.timing.due)
        alike = (self._recorded.get((duty.obligation.duty, ground, due), ()) for ground in grounds)
        return {one.id: one for many in alike for one in many}.values() if duty.obligation.timing.due else ()

    def _is_recorded(self, duty: WindowDuty) -> bool:
        """Whether the document itself records what a window asks for, as an obligation of those whom it concerns."""
        return any(
            {*one.to} <= {*duty.obligation.to} and self._singles(duty.obligation) <= self._singles(one)
            for one in self._alike(duty)
        )

    def _may_be_of(self, one: Obligation, duty: WindowDuty) -> bool:
        """Whether a recorded obligation may be owed by those whom a window concerns."""
        concerned, owing = self._singles(duty.obligation), self._singles(one)
        groups = any(kind_name(self.collaboration[id]) == "Group" for id in (*concerned, *owing))
        return not owing or groups or not concerned.isdisjoint(owing) or is_open(one, "by")

    def _singles(self, obligation: Obligation) -> set[str]:
        return {id for party in obligation.by for id in self.parties.single(party.id)}


@derived
def windows_of(collaboration: Collaboration) -> Windows:
    """The windows of a collaboration's grants, made once."""
    return Windows(parties_of(collaboration))
