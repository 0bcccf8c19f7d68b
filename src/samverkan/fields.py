"""What the fields of your own kind of record are made of: ids that refer, marks and values."""

from samverkan.model.party import Receiver as Receiver, Selection as Selection, selection as selection
from samverkan.model.reference import (
    ActorId as ActorId,
    AgreementId as AgreementId,
    AllocationId as AllocationId,
    DecisionId as DecisionId,
    FundingEventId as FundingEventId,
    GoalId as GoalId,
    GrantId as GrantId,
    GroundId as GroundId,
    HolderId as HolderId,
    IndicatorId as IndicatorId,
    Named as Named,
    NestedUnder as NestedUnder,
    ObligationId as ObligationId,
    OccursOn as OccursOn,
    OwnedBy as OwnedBy,
    PartyId as PartyId,
    PlanId as PlanId,
    PropagatesDelay as PropagatesDelay,
    Record as Record,
    Ref as Ref,
    Restricts as Restricts,
    SourceId as SourceId,
    ThingId as ThingId,
    ValidDuring as ValidDuring,
)
from samverkan.model.source import Basis as Basis
from samverkan.model.work import Tally as Tally
from samverkan.values.day import Day as Day
from samverkan.values.identity import OrgNumber as OrgNumber
from samverkan.values.missing import Maybe as Maybe
from samverkan.values.share import Weight as Weight

__all__ = [name for name in globals() if not name.startswith("_")]
