"""The closed lists of words, each with its Swedish label."""

from samverkan.accounts.regime import Account as Account
from samverkan.model.agreement import Consequence as Consequence, Duty as Duty, Outcome as Outcome
from samverkan.model.funding import (
    AllocationMethod as AllocationMethod,
    Disposal as Disposal,
    KeyKind as KeyKind,
    MoneyMove as MoneyMove,
)
from samverkan.model.party import ActorKind as ActorKind, Level as Level, Manner as Manner
from samverkan.model.relations import (
    Act as Act,
    Attitude as Attitude,
    Capacity as Capacity,
    MembershipKind as MembershipKind,
)
from samverkan.model.source import Mark as Mark
from samverkan.model.work import (
    ActivityKind as ActivityKind,
    DependencyKind as DependencyKind,
    GoalKind as GoalKind,
    PlanKind as PlanKind,
    Reporting as Reporting,
)
from samverkan.network.graph import Direction as Direction
from samverkan.values.finding import Severity as Severity
from samverkan.values.missing import Missing as Missing
from samverkan.values.share import Rounding as Rounding
from samverkan.values.term import Term as Term
from samverkan.values.timing import MetWhen as MetWhen

__all__ = [name for name in globals() if not name.startswith("_")]
