"""Who has agreed what with whom, what waits on what, and what it says of the money: as typed objects to build on.

Read a collaboration document with `read`, see what is unwise in it with `check`, see it as a graph with `graph`,
write it with `write`, and ask it questions: `may`, `responsible`, `due`, `ladder`, `progress`, `spending`, `unknowns`.

>>> import samverkan as sv
>>> c = sv.Collaboration([sv.Actor(id="ale", title="Ale kommun", kind="kommun")])
>>> c
<Collaboration '' · 1 records · 1 Actor>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samverkan import register as register, views as views
    from samverkan.accounts.allotment import Allotment as Allotment, Difference as Difference, allocate as allocate
    from samverkan.accounts.flow import Flow as Flow
    from samverkan.accounts.ledger import Balance as Balance, Entry as Entry, Ledger as Ledger, ledger as ledger
    from samverkan.accounts.overdrawn import Overdrawn as Overdrawn
    from samverkan.accounts.regime import (
        Move as Move,
        Regime as Regime,
        State as State,
        Transition as Transition,
        regimes as regimes,
    )
    from samverkan.accounts.stage import Forbidden as Forbidden, Stage as Stage
    from samverkan.accounts.terms import Portion as Portion
    from samverkan.analysis.allotted import Allotted as Allotted, allotted as allotted
    from samverkan.analysis.claims import (
        Unclaimed as Unclaimed,
        Unspent as Unspent,
        unclaimed as unclaimed,
        unspent as unspent,
    )
    from samverkan.analysis.compare import Change as Change, ChangeKind as ChangeKind, compare as compare
    from samverkan.analysis.conditions import Condition as Condition, conditions as conditions
    from samverkan.analysis.duties import Due as Due, Standing as Standing, due as due
    from samverkan.analysis.endings import Ending as Ending, Hanging as Hanging, ends_with as ends_with
    from samverkan.analysis.failing import Changed as Changed, what_if as what_if
    from samverkan.analysis.financing import Funded as Funded, financing as financing
    from samverkan.analysis.forms import Filled as Filled, Form as Form, fill as fill, forms as forms
    from samverkan.analysis.gaps import Cell as Cell, Chain as Chain, Cover as Cover, chains as chains, gaps as gaps
    from samverkan.analysis.joint import Proof as Proof, mandates as mandates
    from samverkan.analysis.ladder import Replies as Replies, Rung as Rung, ladder as ladder, replies as replies
    from samverkan.analysis.leaning import Leaning as Leaning, leaning_on as leaning_on
    from samverkan.analysis.mandate import Permission as Permission, Ruling as Ruling, may as may
    from samverkan.analysis.meetings import LastMeeting as LastMeeting, Sitting as Sitting, last_meeting as last_meeting
    from samverkan.analysis.pace import Pace as Pace, pace as pace
    from samverkan.analysis.progress import Progress as Progress, progress as progress
    from samverkan.analysis.reconciled import Match as Match, reconciled as reconciled
    from samverkan.analysis.replies import Reply as Reply
    from samverkan.analysis.responsibility import (
        Holding as Holding,
        Responsibility as Responsibility,
        responsible as responsible,
    )
    from samverkan.analysis.results import Result as Result, results as results
    from samverkan.analysis.risk import AtRisk as AtRisk, Hazard as Hazard, Risks as Risks, at_risk as at_risk
    from samverkan.analysis.rollup import Rolled as Rolled, rollup as rollup
    from samverkan.analysis.scales import Meaning as Meaning, Scale as Scale, scales as scales
    from samverkan.analysis.shared import SharedArea as SharedArea, shared_areas as shared_areas
    from samverkan.analysis.spending import Spent as Spent, spending as spending
    from samverkan.analysis.succession import Succession as Succession, carries_on as carries_on
    from samverkan.analysis.timetables import Timetabled as Timetabled, timetables as timetables
    from samverkan.analysis.unknowns import Ignorance as Ignorance, OpenPoint as OpenPoint, unknowns as unknowns
    from samverkan.analysis.unrecorded import Unrecorded as Unrecorded, unrecorded as unrecorded
    from samverkan.errors import (
        DocumentError as DocumentError,
        Fault as Fault,
        IntegrityError as IntegrityError,
        InvalidValueError as InvalidValueError,
        MergeConflictError as MergeConflictError,
        NotFoundError as NotFoundError,
        NotInstalledError as NotInstalledError,
        Place as Place,
        SamverkanError as SamverkanError,
        UndecidedError as UndecidedError,
        WriteError as WriteError,
    )
    from samverkan.formats.beancount import beancount as beancount
    from samverkan.formats.document import Reading as Reading, inspect as inspect, read as read, write as write
    from samverkan.formats.icalendar import icalendar as icalendar
    from samverkan.formats.schema import schema as schema
    from samverkan.model.agreement import (
        Agreement as Agreement,
        Consequence as Consequence,
        Decision as Decision,
        DecisionItem as DecisionItem,
        Duty as Duty,
        Obligation as Obligation,
        Outcome as Outcome,
        Stated as Stated,
        Submission as Submission,
    )
    from samverkan.model.collaboration import Collaboration as Collaboration, Pointer as Pointer
    from samverkan.model.funding import (
        Allocation as Allocation,
        AllocationKey as AllocationKey,
        AllocationMethod as AllocationMethod,
        Disposal as Disposal,
        FundingEvent as FundingEvent,
        Grant as Grant,
        KeyKind as KeyKind,
        KeyPart as KeyPart,
        MoneyMove as MoneyMove,
        Requisition as Requisition,
        Window as Window,
    )
    from samverkan.model.kinds import KINDS as KINDS
    from samverkan.model.party import (
        Actor as Actor,
        ActorKind as ActorKind,
        Group as Group,
        Level as Level,
        Manner as Manner,
        Party as Party,
        Receiver as Receiver,
        Role as Role,
        Selection as Selection,
        each as each,
        jointly as jointly,
        selection as selection,
    )
    from samverkan.model.reference import (
        ActorId as ActorId,
        AgreementId as AgreementId,
        AllocationId as AllocationId,
        Carries as Carries,
        DecisionId as DecisionId,
        FundingEventId as FundingEventId,
        GoalId as GoalId,
        GrantId as GrantId,
        GroundId as GroundId,
        Happens as Happens,
        HolderId as HolderId,
        IndicatorId as IndicatorId,
        Lasts as Lasts,
        Named as Named,
        Narrows as Narrows,
        ObligationId as ObligationId,
        PartyId as PartyId,
        PlanId as PlanId,
        Record as Record,
        Ref as Ref,
        SourceId as SourceId,
        ThingId as ThingId,
        Whose as Whose,
        Within as Within,
    )
    from samverkan.model.source import Basis as Basis, Elsewhere as Elsewhere, Source as Source, basis as basis
    from samverkan.model.tie import (
        Act as Act,
        Attitude as Attitude,
        Capacity as Capacity,
        Mandate as Mandate,
        Membership as Membership,
        MembershipKind as MembershipKind,
        Participation as Participation,
        Stance as Stance,
    )
    from samverkan.model.work import (
        Activity as Activity,
        ActivityKind as ActivityKind,
        Dependency as Dependency,
        DependencyKind as DependencyKind,
        Financing as Financing,
        Goal as Goal,
        GoalKind as GoalKind,
        Indicator as Indicator,
        Observation as Observation,
        Plan as Plan,
        PlanKind as PlanKind,
        Process as Process,
        Reporting as Reporting,
        Tally as Tally,
    )
    from samverkan.network.behind import Behind as Behind
    from samverkan.network.bottleneck import Bottleneck as Bottleneck
    from samverkan.network.crossing import Crossing as Crossing
    from samverkan.network.edge import Edge as Edge
    from samverkan.network.graph import Neighbour as Neighbour, Network as Network, graph as graph
    from samverkan.network.knot import Cycle as Cycle, MutualGroup as MutualGroup
    from samverkan.network.moved import Moved as Moved
    from samverkan.network.odds import Odds as Odds
    from samverkan.network.organisation import Home as Home
    from samverkan.network.path import Step as Step
    from samverkan.network.reach import Reached as Reached
    from samverkan.network.schedule import Schedule as Schedule, Scheduled as Scheduled, schedule as schedule
    from samverkan.network.slip import Slip as Slip
    from samverkan.rules.check import RULES as RULES, check as check
    from samverkan.rules.rule import Hit as Hit, Rule as Rule, Skip as Skip, rule as rule
    from samverkan.values.basis import Mark as Mark
    from samverkan.values.count import Count as Count, count as count
    from samverkan.values.day import (
        Day as Day,
        add_days as add_days,
        add_months as add_months,
        day as day,
        days_between as days_between,
        is_weekend as is_weekend,
        months_between as months_between,
    )
    from samverkan.values.finding import (
        Finding as Finding,
        Findings as Findings,
        Severity as Severity,
        Skipped as Skipped,
    )
    from samverkan.values.identity import OrgNumber as OrgNumber
    from samverkan.values.missing import NONE as NONE, UNKNOWN as UNKNOWN, Maybe as Maybe, Missing as Missing
    from samverkan.values.money import Money as Money, money as money
    from samverkan.values.period import Period as Period, period as period
    from samverkan.values.rounding import Rounding as Rounding, Weight as Weight
    from samverkan.values.share import Share as Share, share as share
    from samverkan.values.span import Span as Span, span as span
    from samverkan.values.table import Table as Table
    from samverkan.values.term import Term as Term
    from samverkan.values.timing import (
        Baseline as Baseline,
        Estimate as Estimate,
        InTime as InTime,
        Timing as Timing,
        deadline as deadline,
        is_exempt as is_exempt,
    )
    from samverkan.values.total import Total as Total
    from samverkan.values.truth import Truth as Truth
    from samverkan.values.when import When as When, when as when
    from samverkan.values.working import add_working_days as add_working_days
    from samverkan.views.diagram import dot as dot, mermaid as mermaid

__version__ = "0.1.0"

_HOMES = {
    "accounts.allotment": "Allotment Difference allocate",
    "accounts.flow": "Flow",
    "accounts.ledger": "Balance Entry Ledger ledger",
    "accounts.overdrawn": "Overdrawn",
    "accounts.regime": "Move Regime State Transition regimes",
    "accounts.stage": "Forbidden Stage",
    "accounts.terms": "Portion",
    "analysis.allotted": "Allotted allotted",
    "analysis.claims": "Unclaimed Unspent unclaimed unspent",
    "analysis.compare": "Change ChangeKind compare",
    "analysis.conditions": "Condition conditions",
    "analysis.endings": "Ending Hanging ends_with",
    "analysis.failing": "Changed what_if",
    "analysis.financing": "Funded financing",
    "analysis.forms": "Filled Form fill forms",
    "analysis.gaps": "Cell Chain Cover chains gaps",
    "analysis.joint": "Proof mandates",
    "analysis.meetings": "LastMeeting Sitting last_meeting",
    "analysis.pace": "Pace pace",
    "analysis.risk": "AtRisk Hazard Risks at_risk",
    "analysis.results": "Result results",
    "analysis.duties": "Due Standing due",
    "analysis.ladder": "Replies Rung ladder replies",
    "analysis.leaning": "Leaning leaning_on",
    "analysis.mandate": "Permission Ruling may",
    "analysis.progress": "Progress progress",
    "analysis.reconciled": "Match reconciled",
    "analysis.replies": "Reply",
    "analysis.responsibility": "Holding Responsibility responsible",
    "analysis.rollup": "Rolled rollup",
    "analysis.scales": "Meaning Scale scales",
    "analysis.shared": "SharedArea shared_areas",
    "analysis.spending": "Spent spending",
    "analysis.succession": "Succession carries_on",
    "analysis.timetables": "Timetabled timetables",
    "analysis.unknowns": "Ignorance OpenPoint unknowns",
    "analysis.unrecorded": "Unrecorded unrecorded",
    "errors": "DocumentError Fault IntegrityError InvalidValueError MergeConflictError NotFoundError NotInstalledError Place SamverkanError UndecidedError WriteError",
    "formats.beancount": "beancount",
    "formats.document": "Reading inspect read write",
    "formats.icalendar": "icalendar",
    "formats.schema": "schema",
    "model.agreement": "Agreement Consequence Decision DecisionItem Duty Obligation Outcome Stated Submission",
    "model.collaboration": "Collaboration Pointer",
    "model.funding": "Allocation AllocationKey AllocationMethod Disposal FundingEvent Grant KeyKind KeyPart MoneyMove Requisition Window",
    "model.kinds": "KINDS",
    "model.party": "Actor ActorKind Group Level Manner Party Receiver Role Selection each jointly selection",
    "model.reference": "ActorId AgreementId AllocationId Carries DecisionId FundingEventId GoalId GrantId GroundId Happens HolderId IndicatorId Lasts Named Narrows ObligationId PartyId PlanId Record Ref SourceId ThingId Whose Within",
    "model.source": "Basis Elsewhere Source basis",
    "model.tie": "Act Attitude Capacity Mandate Membership MembershipKind Participation Stance",
    "model.work": "Activity ActivityKind Dependency DependencyKind Financing Goal GoalKind Indicator Observation Plan PlanKind Process Reporting Tally",
    "network.behind": "Behind",
    "network.bottleneck": "Bottleneck",
    "network.crossing": "Crossing",
    "network.edge": "Edge",
    "network.graph": "Neighbour Network graph",
    "network.knot": "Cycle MutualGroup",
    "network.organisation": "Home",
    "network.moved": "Moved",
    "network.odds": "Odds",
    "network.path": "Step",
    "network.reach": "Reached",
    "network.schedule": "Schedule Scheduled schedule",
    "network.slip": "Slip",
    "rules.check": "RULES check",
    "rules.rule": "Hit Rule Skip rule",
    "values.basis": "Mark",
    "values.count": "Count count",
    "values.day": "Day add_days add_months day days_between is_weekend months_between",
    "values.finding": "Finding Findings Severity Skipped",
    "values.identity": "OrgNumber",
    "values.missing": "Maybe Missing NONE UNKNOWN",
    "values.money": "Money money",
    "values.period": "Period period",
    "values.rounding": "Rounding Weight",
    "values.span": "Span span",
    "values.share": "Share share",
    "values.table": "Table",
    "values.term": "Term",
    "values.timing": "Baseline InTime Estimate Timing deadline is_exempt",
    "values.total": "Total",
    "values.truth": "Truth",
    "values.when": "When when",
    "values.working": "add_working_days",
    "views.diagram": "dot mermaid",
}
"""In which room each public name lives; a room is entered when one of its names is first asked for."""

_ROOMS = {name: room for room, names in _HOMES.items() for name in names.split()}

_FOLDERS = ("register", "views")
"""What is public as a whole, with the names that its own root gathers."""

__all__ = sorted([*_ROOMS, *_FOLDERS])  # noqa: PLE0605 (made of the table above)


if not TYPE_CHECKING:  # a type checker would take it to have every name

    def __getattr__(name: str) -> Any:
        if name in _FOLDERS:
            return import_module(f"samverkan.{name}")
        if name not in _ROOMS:
            raise AttributeError(f"module 'samverkan' has no attribute {name!r}")
        value = getattr(import_module(f"samverkan.{_ROOMS[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
