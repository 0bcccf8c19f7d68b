"""What is to be done: plans, goals, processes, activities, what waits on what, and how far it has come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from attrs import Factory, field, frozen
from attrs.converters import optional

from samverkan.errors import InvalidValueError
from samverkan.model.agreement import timing
from samverkan.model.party import Level, Party, parties
from samverkan.model.reference import (
    AgreementId,
    GoalId,
    GrantId,
    HolderId,
    IndicatorId,
    Named,
    NestedUnder,
    ObligationId,
    OccursOn,
    OwnedBy,
    PlanId,
    PropagatesDelay,
    Ref,
    SourceId,
    ThingId,
    ids,
    several,
    texts,
)
from samverkan.model.relations import Capacity
from samverkan.model.source import Basis
from samverkan.values.count import Count, count, maybe_count
from samverkan.values.identity import link
from samverkan.values.missing import Maybe
from samverkan.values.money import Money, maybe_money
from samverkan.values.period import Period, maybe_period
from samverkan.values.term import Term
from samverkan.values.timing import LONGEST, Timing
from samverkan.values.when import When, maybe_when

__all__ = [
    "Activity",
    "ActivityKind",
    "Dependency",
    "DependencyKind",
    "Financing",
    "Goal",
    "GoalKind",
    "Indicator",
    "Observation",
    "Plan",
    "PlanKind",
    "Process",
    "Reporting",
    "Tally",
]

_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)


class PlanKind(Term):
    """What sort of plan it is (slag av plan)."""

    ACTION_PLAN = "action plan", "handlingsplan"
    STRATEGY = "strategy", "strategi"
    ROADMAP = "roadmap", "färdplan"
    PROJECT = "project", "projekt"


class GoalKind(Term):
    """What sort of aim it is (slag av mål)."""

    AREA = "area", "insatsområde"
    GOAL = "goal", "mål"
    SUCCESS_FACTOR = "success factor", "framgångsfaktor"
    PROPOSAL = "proposal", "förslag"


class ActivityKind(Term):
    """What sort of doing it is (slag av aktivitet)."""

    STEP = "step", "steg"
    MILESTONE = "milestone", "milstolpe"
    MEETING = "meeting", "möte"
    PROJECT = "project", "projekt"
    MEASURE = "measure", "insats"
    OUTSIDE = "outside", "omvärldshändelse"

    @property
    def is_moment(self) -> bool:
        """Whether it takes no days of its own, unless told: a milestone, a meeting, an event outside."""
        return self in (ActivityKind.MILESTONE, ActivityKind.MEETING, ActivityKind.OUTSIDE)


class DependencyKind(Term):
    """How one thing waits on or bears upon another (slag av beroende)."""

    FINISH_START = "finish-start", "avslut-start"
    START_START = "start-start", "start-start"
    FINISH_FINISH = "finish-finish", "avslut-avslut"
    START_FINISH = "start-finish", "start-avslut"
    INFORMS = "informs", "informerar"
    CONTRIBUTES = "contributes to", "bidrar till"

    @property
    def blocks(self) -> bool:
        """Whether the successor must wait; to inform or contribute blocks nothing."""
        return self not in (DependencyKind.INFORMS, DependencyKind.CONTRIBUTES)

    @property
    def ends(self) -> tuple[str, str]:
        """Which end of the predecessor must come before which end of the successor: `start` or `finish` of each.

        What only informs or contributes binds neither, and is taken to reach from the one as a whole to the other.

        >>> DependencyKind.FINISH_START.ends
        ('finish', 'start')
        """
        first, _, second = self.value.partition("-") if self.blocks else ("start", "", "start")
        return first, second


class Reporting(Term):
    """Why an observation has no value (rapportering); neither is the same as bad."""

    NOT_REPORTED = "not reported", "ej rapporterad"
    NOT_MEASURABLE = "not measurable", "ej mätbar"


def _lag(value: int) -> int:
    if type(value) is int and abs(value) <= LONGEST:
        return value
    raise InvalidValueError(
        f"the lag {value!r:.60} is not a number of days", f"write whole days from -{LONGEST} to {LONGEST}"
    )


def _levels(value: str | Iterable[str]) -> tuple[Level, ...]:
    return tuple(Level(level) for level in ((value,) if isinstance(value, str) else several(value)))


@frozen(kw_only=True)
class Plan:
    """What partners mean to do together (plan).

    >>> Plan(id="lansplan", title="Länsgemensam handlingsplan", owners=jointly("huvudmannen")).kind.sv
    'handlingsplan'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What it is called (namn)."""
    kind: PlanKind = field(default=PlanKind.ACTION_PLAN, converter=PlanKind)
    """What sort of plan it is (slag)."""
    owners: Annotated[tuple[Party, ...], OwnedBy(Capacity.OWNS)] = field(default=(), converter=parties)
    """Whose it is (ägare)."""
    agreement: AgreementId | None = None
    """The agreement that asks for it (överenskommelse)."""
    replaces: tuple[PlanId, ...] = field(default=(), converter=ids)
    """The plans whose place it takes (ersätter)."""
    period: Period | None = field(default=None, converter=maybe_period)
    """For how long it holds (planperiod)."""
    levels: tuple[Level, ...] = field(default=(), converter=_levels)
    """The levels at which somebody must answer for it (nivåer)."""
    target_group: str = ""
    """For whom it is meant (målgrupp)."""
    success_factors: tuple[str, ...] = field(default=(), converter=texts)
    """What made it succeed, in the source's words (framgångsfaktorer)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Goal:
    """An area, goal, success factor or proposal (insatsområde, mål), shared by plans where they share it.

    >>> Goal(id="samordning", title="Samordning", kind="area", plans=("plan", "fardplan")).kind.sv
    'insatsområde'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What it is called (namn)."""
    kind: GoalKind = field(default=GoalKind.GOAL, converter=GoalKind)
    """What sort of aim it is (slag)."""
    plans: tuple[Annotated[str, Ref("Plan", "Agreement"), NestedUnder("goals")], ...] = field(default=(), converter=ids)
    """The plans and agreements that have it (planer)."""
    part_of: GoalId | None = None
    """The wider aim it is a part of (ingår i)."""
    corresponds_to: tuple[GoalId, ...] = field(default=(), converter=ids)
    """The same aim at other levels (motsvarar)."""
    level: Level | None = field(default=None, converter=optional(Level))
    """At which level it is set (nivå)."""
    target_group: str = ""
    """For whom it is meant (målgrupp)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Process:
    """Lasting work that rolls up into a plan and is not scheduled itself (process).

    >>> Process(id="tillsammans.process-1", plan="tillsammans", by=each("deltagarna")).id
    'tillsammans.process-1'
    """

    id: str
    """The name by which records refer to it."""
    title: str = ""
    """What it is called (namn); empty for a process that is only numbered."""
    plan: Annotated[PlanId, NestedUnder("processes")] | None = None
    """The plan it is a part of (plan)."""
    by: Annotated[tuple[Party, ...], OwnedBy(Capacity.CARRIES_OUT)] = field(default=(), converter=parties)
    """Who does the work (utförs av)."""
    period: Period | None = field(default=None, converter=maybe_period)
    """For how long it goes on (tid)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Financing:
    """One grant's part in paying for an activity (finansiering).

    >>> str(Financing(grant="ph-2016", amount="250 tkr").amount)
    '250 000 kr'
    """

    grant: Maybe[GrantId] = None
    """Which grant (statsbidrag)."""
    amount: Maybe[Money] = field(default=None, converter=maybe_money)
    """How much (belopp)."""


def _financing(value: Financing | Iterable[Financing]) -> tuple[Financing, ...]:
    return (value,) if isinstance(value, Financing) else several(value)


@frozen(kw_only=True)
class Activity:
    """Something that is done at some time (aktivitet): a step, a milestone, a meeting, an event outside.

    >>> Activity(
    ...     id="lansplan.beslut", title="Styrgruppens beslut", by="styrgrupp", timing=Timing(due="2016-10-mid")
    ... ).kind.sv
    'steg'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What it is called (namn)."""
    kind: ActivityKind = field(default=ActivityKind.STEP, converter=ActivityKind)
    """What sort of doing it is (slag)."""
    plan: Annotated[PlanId, NestedUnder("activities")] | None = None
    """The plan it is a part of (plan)."""
    part_of: Annotated[str, Ref("Activity", "Process"), NestedUnder("activities")] | None = None
    """The activity or process it is a part of (ingår i)."""
    by: Annotated[tuple[Party, ...], OwnedBy(Capacity.CARRIES_OUT)] = field(default=(), converter=parties)
    """Who does it (utförs av)."""
    to: tuple[Party, ...] = field(default=(), converter=parties)
    """To whom it leads (till)."""
    timing: Timing = field(default=None, converter=timing)
    """When it is planned, due and done, and how many days it takes (tid)."""
    fulfils: Annotated[tuple[ObligationId, ...], PropagatesDelay()] = field(default=(), converter=ids)
    """The obligations that are met by it (uppfyller)."""
    towards: tuple[GoalId, ...] = field(default=(), converter=ids)
    """The goals it serves (bidrar till mål)."""
    participants: Maybe[Count] = field(default=None, converter=maybe_count)
    """How many took part (antal deltagare)."""
    target_group: str = ""
    """For whom it is meant (målgrupp)."""
    budget: Maybe[Money] = field(default=None, converter=maybe_money)
    """What it is to cost (budget)."""
    funded_by: tuple[Financing, ...] = field(default=(), converter=_financing)
    """Which grants pay for it (finansiering)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Dependency:
    """One thing waits on another, or bears upon it (beroende).

    >>> Dependency(predecessor="forslag", successor="beslut").kind.blocks
    True
    """

    predecessor: Annotated[ThingId, Named("before")]
    """What comes first (föregångare)."""
    successor: Annotated[ThingId, NestedUnder("after"), Named("after")]
    """What waits or is borne upon (efterföljare)."""
    kind: DependencyKind = field(default=DependencyKind.FINISH_START, converter=DependencyKind)
    """How (slag)."""
    lag: int = field(default=0, converter=_lag)
    """Days between the two; negative where they may overlap (fördröjning)."""
    working_days: bool = False
    """Whether the lag is counted in working days (arbetsdagar)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
    id: str = Factory(
        lambda self: link(
            self.predecessor, self.successor, kind="" if self.kind is DependencyKind.FINISH_START else self.kind
        ),
        takes_self=True,
    )


@frozen(kw_only=True)
class Indicator:
    """Something that is measured over time (indikator, nyckeltal).

    >>> Indicator(id="sjalvskattad-halsa", title="Självskattad hälsa", unit="share").unit
    'share'
    """

    id: str
    """The name by which records refer to it."""
    title: str
    """What is measured (namn)."""
    unit: str = ""
    """In which unit (enhet)."""
    target_group: str = ""
    """In which population (målgrupp)."""
    goals: tuple[GoalId, ...] = field(default=(), converter=ids)
    """The goals it speaks of (mål)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""


@frozen(kw_only=True)
class Tally:
    """How many of a set have a status, without saying which (antal med en status).

    >>> str(Tally(status="completed", number=15).number)
    '15'
    """

    status: str
    """The status, a word of the observation's scale (status)."""
    number: Count = field(converter=count)
    """How many (antal)."""


def _tallies(value: Tally | Iterable[Tally]) -> tuple[Tally, ...]:
    return (value,) if isinstance(value, Tally) else several(value)


def _number(value: Decimal | int | None) -> Decimal | None:
    if value is None:
        return None
    exact = Decimal(value) if type(value) is int else value
    if not isinstance(exact, Decimal) or not exact.is_finite() or not _NUMBER.fullmatch(f"{exact:f}"):
        raise InvalidValueError(
            f"{value!r:.60} is not a number", "give an int or a Decimal below 10^18, with at most 18 decimals"
        )
    return exact


def _observed(observation: Any) -> str:
    gap = "-".join(("gap", *observation.gap)) if observation.gap else ""
    return link(
        *observation.of[:1],
        *observation.of[1:][-1:],
        kind=observation.indicator or gap or "observed",
        on=observation.as_of or "",
    )


@frozen(kw_only=True)
class Observation:
    """A value of something as of a day (uppföljning, utfall, resultat).

    It says a number, a status on a named scale, how many of a set have which status, or a result in words; or why it
    says nothing. A gap that the source itself tells of is one too, with its words as the result: `gaps` keeps it apart
    from what is computed, and it says nothing of how far a thing has come or what it gave.

    Raises `InvalidValueError` when it has both a value and a reason for having none, or neither.

    >>> Observation(of=("p-1", "p-2"), tallies=(Tally(status="completed", number=1),)).id
    'p-1>p-2:observed'
    """

    of: tuple[Annotated[ThingId, NestedUnder("observations")], ...] = field(converter=ids)
    """Of what: one thing, or a set of them (avser)."""
    indicator: IndicatorId | None = None
    """By which measure (indikator)."""
    as_of: Annotated[When | None, OccursOn()] = field(default=None, converter=maybe_when)
    """The day for which it holds (per)."""
    value: Decimal | None = field(default=None, converter=_number)
    """A number, in the indicator's unit (värde)."""
    number: Maybe[Count] = field(default=None, converter=maybe_count)
    """How many (antal)."""
    status: str = ""
    """A word of the scale (status)."""
    scale: str = ""
    """Which scale the words belong to (skala)."""
    tallies: tuple[Tally, ...] = field(default=(), converter=_tallies)
    """How many of the set have which status (antal per status)."""
    result: str = ""
    """What came of it, in words (resultat)."""
    missing: Reporting | None = field(default=None, converter=optional(Reporting))
    """Why there is no value (saknas)."""
    gap: tuple[Level, ...] = field(default=(), converter=_levels)
    """The level at which the source itself sees a gap; several where it lies between them (mellanrum)."""
    by: HolderId | None = None
    """Who reports it (rapporterat av)."""
    target_group: str = ""
    """For whom it holds (målgrupp)."""
    source: SourceId | None = None
    basis: tuple[Basis, ...] = ()
    note: str = ""
    id: str = Factory(_observed, takes_self=True)

    def __attrs_post_init__(self) -> None:
        """Hold it to saying something of something."""
        if not self.of:
            raise InvalidValueError("an observation is of nothing", "name what it is of")
        words = self.status or self.tallies or self.result or self.gap
        said = [self.value is not None, self.number is not None, bool(words)]
        if any(said) is (self.missing is not None):
            problem = (
                "both a value and a reason for having none"
                if self.missing
                else "neither a value nor a reason for having none"
            )
            raise InvalidValueError(
                f"the observation of {', '.join(self.of)} has {problem}",
                "give value, number, status, tallies, result or gap; or missing",
            )
