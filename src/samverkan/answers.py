"""The classes of rows and results, such as `Due`, `Schedule` and `Ledger`: for annotations and comparisons."""

from samverkan.accounts.allocation import AllocationResult as AllocationResult, Difference as Difference
from samverkan.accounts.flow import Flow as Flow
from samverkan.accounts.ledger import Balance as Balance, Ledger as Ledger, LedgerLine as LedgerLine
from samverkan.accounts.overdrafts import Overdraft as Overdraft
from samverkan.accounts.regime import Move as Move, Regime as Regime, State as State, Transition as Transition
from samverkan.accounts.states import AllocationState as AllocationState, ForbiddenEvent as ForbiddenEvent
from samverkan.accounts.terms import Portion as Portion
from samverkan.documents.document import Reading as Reading
from samverkan.model.collaboration import Pointer as Pointer
from samverkan.network.bottlenecks import Bottleneck as Bottleneck
from samverkan.network.crossings import Crossing as Crossing
from samverkan.network.cycles import Cycle as Cycle, MutualGroup as MutualGroup
from samverkan.network.edges import Edge as Edge
from samverkan.network.graph import Neighbour as Neighbour, Network as Network
from samverkan.network.paths import PathEdge as PathEdge
from samverkan.network.reach import Impact as Impact
from samverkan.parties.organisation import Home as Home
from samverkan.questions.authority.joint_mandates import MandateProof as MandateProof
from samverkan.questions.authority.may import Permission as Permission, Ruling as Ruling
from samverkan.questions.authority.responsible import (
    Responsibility as Responsibility,
    ResponsibilityState as ResponsibilityState,
)
from samverkan.questions.continuity.discontinued import Discontinued as Discontinued, Link as Link
from samverkan.questions.continuity.succession import Succession as Succession
from samverkan.questions.coverage.gaps import Cell as Cell, Chain as Chain, Cover as Cover
from samverkan.questions.coverage.shared_areas import SharedArea as SharedArea
from samverkan.questions.coverage.unknowns import OpenPoint as OpenPoint, Uncertainty as Uncertainty
from samverkan.questions.coverage.unrecorded import Unrecorded as Unrecorded
from samverkan.questions.deadlines.due import Due as Due, ObligationState as ObligationState
from samverkan.questions.deadlines.last_meeting import LastMeeting as LastMeeting, MeetingState as MeetingState
from samverkan.questions.deadlines.timetables import TimetableRow as TimetableRow
from samverkan.questions.decisions.ladder import Replies as Replies, Rung as Rung
from samverkan.questions.decisions.positions import Reply as Reply
from samverkan.questions.decisions.support import MissingConsent as MissingConsent
from samverkan.questions.funding.conditions import Condition as Condition
from samverkan.questions.funding.financing import FundingRow as FundingRow
from samverkan.questions.funding.forms import FilledForm as FilledForm, Form as Form
from samverkan.questions.funding.grant_shares import GrantShare as GrantShare
from samverkan.questions.funding.pace import Pace as Pace
from samverkan.questions.funding.reconciliation import Match as Match
from samverkan.questions.funding.risk import AtRisk as AtRisk, Hazard as Hazard, Risks as Risks
from samverkan.questions.funding.spending import Spending as Spending
from samverkan.questions.funding.unclaimed import Unclaimed as Unclaimed, Unspent as Unspent
from samverkan.questions.funding.what_if import ShareChange as ShareChange
from samverkan.questions.progress.compare import Change as Change, ChangeKind as ChangeKind
from samverkan.questions.progress.progress import Progress as Progress
from samverkan.questions.progress.results import Result as Result
from samverkan.questions.progress.rollup import Rollup as Rollup
from samverkan.questions.progress.scales import Meaning as Meaning, Scale as Scale
from samverkan.scheduling.comparison import DateShift as DateShift
from samverkan.scheduling.descendants import Descendants as Descendants
from samverkan.scheduling.schedule import Schedule as Schedule
from samverkan.scheduling.scheduled import Scheduled as Scheduled
from samverkan.scheduling.sensitivity import SlipImpact as SlipImpact
from samverkan.scheduling.simulation import DeadlineProbability as DeadlineProbability
from samverkan.values.finding import Skipped as Skipped
from samverkan.values.ranges import AmountRange as AmountRange, DayRange as DayRange
from samverkan.values.text import Phrase as Phrase, Titles as Titles, Wording as Wording

__all__ = [name for name in globals() if not name.startswith("_")]
