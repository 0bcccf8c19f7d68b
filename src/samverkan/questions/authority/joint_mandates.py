"""Is every mandate in place that joint money needs (question 4)."""

from __future__ import annotations

from attrs import frozen

from samverkan.accounts.grant_tree import lines
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.party import Manner
from samverkan.model.relations import Act, Mandate
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.mandates import Mandates
from samverkan.parties.membership import check_party, parties_of
from samverkan.questions.authority.may import Permission, Ruling, rulings
from samverkan.values.table import Table
from samverkan.values.when import WhenLike, when

__all__ = ["MandateProof", "joint_mandates"]


@frozen(kw_only=True)
class MandateProof:
    """Whether one principal lets another draw joint money (fullmakt)."""

    principal: str
    """Who must have given it (huvudman)."""
    answer: Ruling
    """Whether it is given (svar)."""
    mandate: tuple[str, ...]
    """The mandates that say so, or otherwise (mandat)."""
    evidence: tuple[str, ...]
    """What proves them (underlag)."""
    breaks_at: str
    """Where it breaks; empty where it does not (brister i)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def joint_mandates(collaboration: Collaboration, grant: str, by: str, *, on: WhenLike) -> Table[MandateProof]:
    """Whether *by* may draw a joint grant for each of those to whom it is given jointly (är fullmakterna på plats).

    A row for each principal, but for the one who draws: nobody needs a mandate from itself.
    Raises `NotFoundError` for an id that is not there, `InvalidValueError` for what is no grant or no party.

    >>> from samverkan.model.party import Actor, Group, jointly
    >>> bodies = [Actor(id=i, title=i, kind="kommun") for i in ("ale", "hjo", "vara")]
    >>> um = Grant(id="um", title="Ungdomsmottagningar", receivers=jointly("alla"))
    >>> given = Mandate(id="m", holder="ale", may="draw", for_="hjo", evidence="intyg av ekonomichefen")
    >>> everybody = Group(id="alla", of=["ale", "hjo", "vara"], count=3)
    >>> table = joint_mandates(Collaboration([*bodies, everybody, um, given]), "um", "ale", on="2020-11-30")
    >>> [(row.principal, str(row.answer)) for row in table]
    [('hjo', 'yes'), ('vara', 'no')]
    """
    check_collaboration(collaboration)
    check_party(collaboration, by)
    whole = [*lines(collaboration, grant)]
    if not whole:
        raise InvalidValueError(f"{collaboration[grant].id!r} is no grant", "give the id of a Grant")
    parties, moment = parties_of(collaboration), when(on)
    joint = [party.id for party in whole[0].receivers if party.manner is Manner.JOINTLY]
    principals = dict.fromkeys(one for id in joint for one in parties.single(id) if one not in parties.inside(by))
    told = Mandates(collaboration)
    found = rulings(told, by, Act.DRAW, for_=tuple(principals), about=grant, on=moment) if principals else ()
    rows = tuple(_row(collaboration, ruling) for ruling in found)
    because = dict.fromkeys(id for row in rows for id in row.because)
    silent = () if joint else (f"to whom {grant} is given jointly: nothing is recorded",)
    return Table(
        MandateProof,
        rows,
        f"Whether {by} may draw {grant} for all of them",
        (*silent, *beyond(collaboration, moment)),
        assumptions(collaboration, because),
    )


def _row(c: Collaboration, ruling: Permission) -> MandateProof:
    told = [one for id in ruling.because if isinstance(one := c.get(id), Mandate)]
    return MandateProof(
        principal=ruling.for_,
        answer=ruling.answer,
        mandate=tuple(one.id for one in told),
        evidence=tuple(one.evidence for one in told if one.evidence and ruling.answer is Ruling.YES),
        breaks_at=ruling.breaks_at,
        because=ruling.because,
    )
