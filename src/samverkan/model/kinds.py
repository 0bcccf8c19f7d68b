"""The kinds of record, in the order in which a document tells them."""

from __future__ import annotations

from samverkan.model.agreement import Agreement, Decision, Obligation, Submission
from samverkan.model.funding import Allocation, FundingEvent, Grant, Requisition
from samverkan.model.party import Actor, Group, Role
from samverkan.model.relations import Mandate, Membership, Participation, Stance
from samverkan.model.source import ExternalRecord, Source
from samverkan.model.work import Activity, Dependency, Goal, Indicator, Observation, Plan, Process

__all__ = ["KINDS"]

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
