"""The classes of rows and results, such as `Due`, `Schedule` and `Ledger`: for annotations and comparisons."""

from samverkan.accounts.allocation import Allotment as Allotment, Difference as Difference
from samverkan.accounts.flow import Flow as Flow
from samverkan.accounts.ledger import Balance as Balance, Entry as Entry, Ledger as Ledger
from samverkan.accounts.overdrafts import Overdrawn as Overdrawn
from samverkan.accounts.regime import Move as Move, Regime as Regime, State as State, Transition as Transition
from samverkan.accounts.states import Forbidden as Forbidden, Stage as Stage
from samverkan.accounts.terms import Portion as Portion
from samverkan.documents.document import Reading as Reading
from samverkan.model.collaboration import Pointer as Pointer
from samverkan.network.bottlenecks import Bottleneck as Bottleneck
from samverkan.network.crossings import Crossing as Crossing
from samverkan.network.cycles import Cycle as Cycle, MutualGroup as MutualGroup
from samverkan.network.edges import Edge as Edge
from samverkan.network.graph import Neighbour as Neighbour, Network as Network
from samverkan.network.paths import Step as Step
from samverkan.network.reach import Reached as Reached
from samverkan.parties.organisation import Home as Home
from samverkan.questions.authority.joint_mandates import Proof as Proof
from samverkan.questions.authority.may import Permission as Permission, Ruling as Ruling
from samverkan.questions.authority.responsible import Holding as Holding, Responsibility as Responsibility
from samverkan.questions.continuity.discontinued import Ending as Ending, Hanging as Hanging
from samverkan.questions.continuity.succession import Succession as Succession
from samverkan.questions.coverage.gaps import Cell as Cell, Chain as Chain, Cover as Cover
from samverkan.questions.coverage.shared_areas import SharedArea as SharedArea
from samverkan.questions.coverage.unknowns import Ignorance as Ignorance, OpenPoint as OpenPoint
from samverkan.questions.coverage.unrecorded import Unrecorded as Unrecorded
from samverkan.questions.deadlines.due import Due as Due, Standing as Standing
from samverkan.questions.deadlines.last_meeting import LastMeeting as LastMeeting, Sitting as Sitting
from samverkan.questions.deadlines.timetables import Timetabled as Timetabled
from samverkan.questions.decisions.ladder import Replies as Replies, Rung as Rung
from samverkan.questions.decisions.positions import Reply as Reply
from samverkan.questions.decisions.support import Leaning as Leaning
from samverkan.questions.funding.conditions import Condition as Condition
from samverkan.questions.funding.financing import Funded as Funded
from samverkan.questions.funding.forms import Filled as Filled, Form as Form
from samverkan.questions.funding.grant_shares import Allotted as Allotted
from samverkan.questions.funding.pace import Pace as Pace
from samverkan.questions.funding.reconciliation import Match as Match
from samverkan.questions.funding.risk import AtRisk as AtRisk, Hazard as Hazard, Risks as Risks
from samverkan.questions.funding.spending import Spent as Spent
from samverkan.questions.funding.unclaimed import Unclaimed as Unclaimed, Unspent as Unspent
from samverkan.questions.funding.what_if import Changed as Changed
from samverkan.questions.progress.compare import Change as Change, ChangeKind as ChangeKind
from samverkan.questions.progress.progress import Progress as Progress
from samverkan.questions.progress.results import Result as Result
from samverkan.questions.progress.rollup import Rolled as Rolled
from samverkan.questions.progress.scales import Meaning as Meaning, Scale as Scale
from samverkan.scheduling.comparison import Moved as Moved
from samverkan.scheduling.descendants import Behind as Behind
from samverkan.scheduling.schedule import Schedule as Schedule, Scheduled as Scheduled
from samverkan.scheduling.sensitivity import Slip as Slip
from samverkan.scheduling.simulation import Odds as Odds
from samverkan.values.finding import Skipped as Skipped
from samverkan.values.ranges import Span as Span, Total as Total

__all__ = [name for name in globals() if not name.startswith("_")]
