from . import (
    answers as answers,
    calendar as calendar,
    errors as errors,
    exports as exports,
    fields as fields,
    register as register,
    rules as rules,
    views as views,
    vocabulary as vocabulary,
)
from .accounts.allocation import allocate as allocate
from .accounts.ledger import ledger as ledger
from .accounts.regime import regimes as regimes
from .documents.document import inspect as inspect, read as read, write as write
from .errors import (
    DocumentError as DocumentError,
    InvalidValueError as InvalidValueError,
    SamverkanError as SamverkanError,
)
from .model.agreement import (
    Agreement as Agreement,
    Decision as Decision,
    DecisionItem as DecisionItem,
    Obligation as Obligation,
    ReportedAmount as ReportedAmount,
    Submission as Submission,
)
from .model.collaboration import Collaboration as Collaboration
from .model.funding import (
    Allocation as Allocation,
    AllocationKey as AllocationKey,
    FundingEvent as FundingEvent,
    Grant as Grant,
    KeyPart as KeyPart,
    Requisition as Requisition,
    Window as Window,
)
from .model.kinds import KINDS as KINDS
from .model.party import Actor as Actor, Group as Group, Party as Party, Role as Role, each as each, jointly as jointly
from .model.relations import (
    Mandate as Mandate,
    Membership as Membership,
    Participation as Participation,
    Stance as Stance,
)
from .model.source import ExternalRecord as ExternalRecord, Source as Source, basis as basis
from .model.work import (
    Activity as Activity,
    Dependency as Dependency,
    Financing as Financing,
    Goal as Goal,
    Indicator as Indicator,
    Observation as Observation,
    Plan as Plan,
    Process as Process,
)
from .network.graph import graph as graph
from .questions.authority.joint_mandates import joint_mandates as joint_mandates
from .questions.authority.may import may as may
from .questions.authority.responsible import responsible as responsible
from .questions.continuity.discontinued import discontinued_by as discontinued_by
from .questions.continuity.succession import carries_on as carries_on
from .questions.coverage.gaps import chains as chains, gaps as gaps
from .questions.coverage.shared_areas import shared_areas as shared_areas
from .questions.coverage.unknowns import unknowns as unknowns
from .questions.coverage.unrecorded import unrecorded as unrecorded
from .questions.deadlines.due import due as due
from .questions.deadlines.last_meeting import last_meeting as last_meeting
from .questions.deadlines.timetables import timetables as timetables
from .questions.decisions.ladder import ladder as ladder, replies as replies
from .questions.decisions.support import unconfirmed_support as unconfirmed_support
from .questions.funding.conditions import conditions as conditions
from .questions.funding.financing import financing as financing
from .questions.funding.forms import fill as fill, forms as forms
from .questions.funding.grant_shares import shares_of as shares_of
from .questions.funding.pace import pace as pace
from .questions.funding.reconciliation import reconcile as reconcile
from .questions.funding.risk import at_risk as at_risk
from .questions.funding.spending import spending as spending
from .questions.funding.unclaimed import unclaimed as unclaimed, unspent as unspent
from .questions.funding.what_if import what_if as what_if
from .questions.progress.compare import compare as compare
from .questions.progress.progress import progress as progress
from .questions.progress.results import results as results
from .questions.progress.rollup import rollup as rollup
from .questions.progress.scales import scales as scales
from .rules.check import check as check
from .scheduling.schedule import schedule as schedule
from .values.count import Count as Count, count as count
from .values.day import day as day
from .values.finding import Finding as Finding, Findings as Findings
from .values.missing import NONE as NONE, UNKNOWN as UNKNOWN
from .values.money import Money as Money, money as money
from .values.period import Period as Period, period as period
from .values.share import Share as Share, share as share
from .values.table import Table as Table
from .values.timing import Baseline as Baseline, Estimate as Estimate, Timing as Timing
from .values.truth import Truth as Truth
from .values.when import When as When, when as when

__version__: str
__all__: list[str]
