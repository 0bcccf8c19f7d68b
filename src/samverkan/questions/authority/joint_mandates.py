"""Is every mandate in place that joint money needs (question 4)."""

from __future__ import annotations

from attrs import frozen

from samverkan.accounts.grant_tree import lines
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.party import Manner
from samverkan.model.relations import Act, Mandate
from samverkan.parties.answer import answer
from samverkan.parties.mandates import Mandates
from samverkan.parties.membership import check_party, parties_of
from samverkan.questions.authority.may import Permission, Ruling, rulings
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.when import WhenLike, when

__all__ = ["MandateProof", "joint_mandates"]

_TITLE = Wording("Whether {holder} may draw {grant} for all of them", "Om {holder} får rekvirera {grant} för dem alla")
_NO_JOINT_RECIPIENT = Wording(
    "to whom {grant} is given jointly: nothing is recorded", "till vilka {grant} ges gemensamt: inget är registrerat"
)


@frozen(kw_only=True)
class MandateProof:
    """Whether one principal lets another draw joint money (fullmakt)."""

    principal: str
    """Who must have given it (huvudman)."""
    answer: Ruling
    """Whether it is given (svar)."""
    mandate: tuple[str, ...]
    """The mandates that give it or forbid it (mandat)."""
    evidence: tuple[str, ...]
    """What proves them (underlag)."""
    breaks_at: Phrase
    """Where it breaks; empty if it does not (brister i)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def joint_mandates(collaboration: Collaboration, grant: str, by: str, *, on: WhenLike) -> Table[MandateProof]:
    """Whether *by* may draw a joint grant for each of those to whom it is given jointly (är fullmakterna på plats).

    There is a row for each principal except the one who draws: nobody needs a mandate from itself.
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
    chain = [*lines(collaboration, grant)]
    if not chain:
        raise InvalidValueError(f"{collaboration[grant].id!r} is no grant", "give the id of a Grant")
    parties, moment = parties_of(collaboration), when(on)
    joint = [party.id for party in chain[0].receivers if party.manner is Manner.JOINTLY]
    principals = dict.fromkeys(one for id in joint for one in parties.single(id) if one not in parties.inside(by))
    mandates = Mandates(collaboration)
    asked = rulings(mandates, by, Act.DRAW, for_=tuple(principals), about=grant, on=moment) if principals else ()
    rows = (_row(collaboration, ruling) for ruling in asked)
    unknown = () if joint else (_NO_JOINT_RECIPIENT(grant=grant),)
    return answer(collaboration, MandateProof, rows, _TITLE(holder=by, grant=grant), on=moment, unknown=unknown)


def _row(c: Collaboration, ruling: Permission) -> MandateProof:
    mandates = [record for id in ruling.because if isinstance(record := c.get(id), Mandate)]
    return MandateProof(
        principal=ruling.for_,
        answer=ruling.answer,
        mandate=tuple(mandate.id for mandate in mandates),
        evidence=tuple(mandate.evidence for mandate in mandates if mandate.evidence and ruling.answer is Ruling.YES),
        breaks_at=ruling.breaks_at,
        because=ruling.because,
    )
