"""What happens to everybody's share when some get nothing, or ask for nothing (question 13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import frozen

from samverkan.accounts.allocation import AllocationResult
from samverkan.accounts.grant_tree import inherited, lines
from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, Disposal, Requisition
from samverkan.parties.answer import answer
from samverkan.questions.funding.grant_shares import keyed_shares
from samverkan.values.money import Money
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording

__all__ = ["ShareChange", "what_if"]

_TITLE = Wording("How {grant} is shared out without {failing}", "Hur {grant} fördelas utan {failing}")
_FORFEITED = Wording(
    "what happens to what others forfeit of {grant}", "vad som händer med det som andra går miste om av {grant}"
)
_NOBODY_WANTS = Wording(
    "who wants a part in the second round: no requisition states it",
    "vem som vill ha en del i andra omgången: ingen rekvisition anger det",
)
_RETURNED = Wording(
    "what {recipient} would have got goes back to the payer",
    "det som {recipient} skulle ha fått går tillbaka till utbetalaren",
)
_SHARED_OUT = Wording(
    "what {recipient} would have got is shared out among others",
    "det som {recipient} skulle ha fått fördelas mellan andra",
)
_KEEPS = Wording("keeps its share", "behåller sin andel")


@frozen(kw_only=True)
class ShareChange:
    """One recipient's share before and after (ändrad andel)."""

    recipient: str
    """Whose (mottagare)."""
    before: Money
    """What the key gives if nobody fails (före)."""
    after: Money
    """What it gives if they do (efter)."""
    difference: Money
    """The change (skillnad)."""
    why: Phrase
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
    """Everybody's share of a grant if some fail, abstain or do not ask for theirs (om andra avstår).

    The grant states under `forfeited` where their shares go: to the others by the same key, in a second round to those
    whose requisition asks for more, or back to the payer. No record changes. *populations* is as for `shares_of`.
    Raises `NotFoundError` if there is no such grant, or if one who fails gets no part of it.

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
    keyed = keyed_shares(collaboration, grant, populations=populations)
    disposal: Disposal | None = inherited(collaboration, grant, "forfeited")
    rows: tuple[ShareChange, ...] = ()
    unknown = [*keyed.unknown, *([] if disposal else [_FORFEITED(grant=grant)])]
    if keyed.shares is not None and disposal:
        after = _after(collaboration, grant, keyed.shares, disposal, failing)
        if after is None:
            unknown.append(_NOBODY_WANTS())
        else:
            rows = _rows(grant, keyed.shares, after, disposal)
    return answer(
        collaboration,
        ShareChange,
        rows,
        _TITLE(grant=grant, failing=(*failing,)),
        unknown=unknown,
        assumed=keyed.assumed,
        rests_on=(line.id for line in lines(collaboration, grant)),
    )


def _after(
    c: Collaboration, grant: str, before: AllocationResult, disposal: Disposal, failing: Collection[str]
) -> Mapping[str, Money] | None:
    """Who gets how much without some; None if nobody asks for a part in the second round."""
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
    return before.second_round(*failing, among=sorted(wanting)) if wanting else None


def _wanting(c: Collaboration, grant: str) -> set[str]:
    """Those whose requisition asks for a part of what others leave."""
    recipients = {one.id: one.recipient.id for one in c[Allocation] if one.grant == grant}
    return {
        recipients[asked.allocation]
        for asked in c[Requisition]
        if asked.second_round and asked.allocation in recipients
    }


def _rows(
    grant: str, before: AllocationResult, after: Mapping[str, Money], disposal: Disposal
) -> tuple[ShareChange, ...]:
    nothing = Money(0, before.total.currency)
    return tuple(
        ShareChange(
            recipient=recipient,
            before=amount,
            after=after.get(recipient, nothing),
            difference=after.get(recipient, nothing) - amount,
            why=_why(recipient, after, disposal),
            because=(grant,),
        )
        for recipient, amount in before.items()
    )


def _why(recipient: str, after: Mapping[str, Money], disposal: Disposal) -> Phrase:
    if recipient not in after:
        return (_RETURNED if disposal is Disposal.RETURNED else _SHARED_OUT)(recipient=recipient)
    return after.explain(recipient) if isinstance(after, AllocationResult) else _KEEPS()
