"""The kinds of record, in the order in which a document tells them."""

from __future__ import annotations

from samverkan.model.agreement import Agreement, Decision, Obligation, Submission
from samverkan.model.funding import Allocation, FundingEvent, Grant, Requisition
from samverkan.model.party import Actor, Group, Role
from samverkan.model.relations import Mandate, Membership, Participation, Stance
from samverkan.model.source import ExternalRecord, Source
from samverkan.model.work import Activity, Dependency, Goal, Indicator, Observation, Plan, Process
from samverkan.values.term import naming
from samverkan.values.text import Phrase, Wording

__all__ = ["KINDS", "kind_word"]

KINDS: tuple[type, ...] = (
    Source,
    ExternalRecord,
    Actor,
    Group,
    Membership,
    Role,
    Mandate,
    Agreement,
    Decision,
    Obligation,
    Submission,
    Plan,
    Goal,
    Process,
    Activity,
    Dependency,
    Participation,
    Stance,
    Indicator,
    Observation,
    Grant,
    Allocation,
    Requisition,
    FundingEvent,
)
"""Every kind of record the library knows; `read(kinds=...)` takes a user's own beside them."""

_KINDS = {
    "Source": "källa",
    "ExternalRecord": "post på annat håll",
    "Actor": "aktör",
    "Group": "grupp",
    "Membership": "medlemskap",
    "Role": "roll",
    "Mandate": "mandat",
    "Agreement": "överenskommelse",
    "Decision": "beslut",
    "Obligation": "skyldighet",
    "Submission": "inlämning",
    "Plan": "plan",
    "Goal": "mål",
    "Process": "process",
    "Activity": "aktivitet",
    "Dependency": "beroende",
    "Participation": "medverkan",
    "Stance": "hållning",
    "Indicator": "indikator",
    "Observation": "uppföljning",
    "Grant": "statsbidrag",
    "Allocation": "fördelning",
    "Requisition": "rekvisition",
    "FundingEvent": "händelse",
}
"""What each kind is called in Swedish, by the name of its class."""


def kind_word(name: str) -> Phrase:
    """What a kind of record is called, by the name of its class; a user's own kind by that name as words.

    >>> kind_word("FundingEvent"), kind_word("FundingEvent").sv
    ('funding event', 'händelse')
    """
    english = naming(type(name, (), {}))
    return Wording(english, _KINDS.get(name, english))()
