"""What happens to everybody's share when some get nothing, or ask for nothing (question 13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import frozen

from samverkan.accounts.allocation import AllocationResult
from samverkan.accounts.grant_tree import lines
from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, Disposal, Requisition
from samverkan.parties.answer import assumptions
from samverkan.questions.funding.grant_shares import shared
from samverkan.values.money import Money
from samverkan.values.table import Table

__all__ = ["ShareChange", "what_if"]


@frozen(kw_only=True)
class ShareChange:
    """One recipient's share before and after (ändrad andel)."""

    recipient: str
    """Whose (mottagare)."""
    before: Money
    """What the key gives when nobody fails (före)."""
    after: Money
    """What it gives when they do (efter)."""
    difference: Money
    """The change (skillnad)."""
    why: str
    """How the new share came about (förklaring)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def what_if(
    collaboration: Collaboration,
    grant: str,
    *,
    failing: Collection[str],
    populations: Mapping[str, int] | None = None,
) -> Table[ShareChange]:
    """What becomes of everybody's share of a grant when some fail, abstain or do not ask for theirs (om andra avstår).

    It follows what the grant says of what is `forfeited`: it is shared out among the others by the same key, or in a
    second round among those whose requisition wants it, or it goes back to the payer. Nothing is changed.
    *populations* is as for `allotted`. Raises `NotFoundError` for a grant that is not there, or one who gets no part.

    >>> from samverkan.model.funding import AllocationKey, Grant
    >>> from samverkan.model.party import Actor
    >>> bodies = [Actor(id=i, title=i, kind="kommun") for i in ("ale", "hjo", "vara")]
    >>> key = AllocationKey(kind="population", rounding="largest-remainder")
    >>> prio = Grant(
    ...     id="p", title="P", amount=Money(90), receivers=[*"ale hjo vara".split()], key=key, forfeited="shared out"
    ... )
    >>> table = what_if(
    ...     Collaboration([*bodies, prio]), "p", failing=["vara"], populations={"ale": 1, "hjo": 1, "vara": 1}
    ... )
    >>> [(row.recipient, str(row.difference)) for row in table]
    [('ale', '15 kr'), ('hjo', '15 kr'), ('vara', '-30 kr')]
    """
    check_collaboration(collaboration)
    if isinstance(failing, str) or not failing:
        raise InvalidValueError(f"those who fail are {failing!r:.80}", "give their ids in a list")
    told = shared(collaboration, grant, populations=populations)
    whole = [*lines(collaboration, grant)]
    disposal = next((line.forfeited for line in whole if line.forfeited), None)
    unknown = list(told.unknown)
    if disposal is None:
        unknown.append(f"what happens to what others forfeit of {grant}")
    before, after = told.shares, None
    if before is not None and disposal is not None:
        after = _after(collaboration, grant, before, disposal, failing, unknown)
    rows = _rows(grant, before, after, disposal) if before and after is not None and disposal else ()
    assumed = (*told.assumed, *assumptions(collaboration, [line.id for line in whole]))
    return Table(ShareChange, rows, f"What becomes of {grant} without {', '.join(failing)}", tuple(unknown), assumed)


def _after(
    c: Collaboration,
    grant: str,
    before: AllocationResult,
    disposal: Disposal,
    failing: Collection[str],
    unknown: list[str],
) -> Mapping[str, Money] | None:
    for recipient in failing:
        if recipient not in before:
            raise NotFoundError(
                f"{recipient!r:.80} gets no part of {grant}", f"the recipients are {', '.join(before)}"[:500]
            )
    if disposal is Disposal.SHARED_OUT:
        return before.without(*failing)
    if disposal is Disposal.RETURNED:
        return {recipient: amount for recipient, amount in before.items() if recipient not in failing}
    wanting = _wanting(c, grant) - set(failing)
    if not wanting:
        unknown.append("who wants a part in the second round: no requisition says so")
        return None
    return before.second_round(*failing, among=sorted(wanting))


def _wanting(c: Collaboration, grant: str) -> set[str]:
    """Those whose requisition wants a part of what others leave."""
    own = {one.id: one.recipient.id for one in c[Allocation] if one.grant == grant}
    return {own[asked.allocation] for asked in c[Requisition] if asked.second_round and asked.allocation in own}


def _rows(
    grant: str, before: AllocationResult, after: Mapping[str, Money], disposal: Disposal
) -> tuple[ShareChange, ...]:
    nothing = Money(0, before.total.currency)
    gone = {Disposal.RETURNED: "goes back to the payer"}.get(disposal, "is shared out among others")
    return tuple(
        ShareChange(
            recipient=recipient,
            before=amount,
            after=after.get(recipient, nothing),
            difference=after.get(recipient, nothing) - amount,
            why=_why(recipient, after) or f"what {recipient} would have got {gone}",
            because=(grant,),
        )
        for recipient, amount in before.items()
    )


def _why(recipient: str, after: Mapping[str, Money]) -> str:
    if recipient not in after:
        return ""
    return after.explain(recipient) if isinstance(after, AllocationResult) else "keeps its share"
