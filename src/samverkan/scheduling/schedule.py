"""`Schedule`: when every step can be done at the earliest and must be at the latest, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from attrs import evolve, field, frozen

from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.derived import derived
from samverkan.model.source import ExternalRecord
from samverkan.model.work import Dependency
from samverkan.network.cycles import Cycle, cycles
from samverkan.parties.answer import assumptions, beyond
from samverkan.parties.membership import check_party
from samverkan.scheduling.absence import both, stopped
from samverkan.scheduling.comparison import DateShift, date_shifts, delay_path
from samverkan.scheduling.compiled import HIGH, LOW, CompiledNetwork, compiled
from samverkan.scheduling.descendants import Descendants, descendants_of
from samverkan.scheduling.inputs import FAR, LONG_AGO, NEVER, Bounds, Premise, bounds, read_links, read_steps
from samverkan.scheduling.reasons import deciding, reasons
from samverkan.scheduling.scheduled import Scheduled
from samverkan.scheduling.sensitivity import SlipImpact, slip_impacts
from samverkan.scheduling.simulation import DeadlineProbability, simulated
from samverkan.scheduling.times import ScheduleTimes, days_of, span_of
from samverkan.values.day import DayLike, day
from samverkan.values.names import gathered, near
from samverkan.values.ranges import DayRange
from samverkan.values.table import Table
from samverkan.values.timing import LONGEST, Timing, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when, when

__all__ = ["Schedule", "schedule"]

R = TypeVar("R")


@frozen(eq=False, repr=False, slots=False)
class Schedule:
    """When every step can be and must be (tidsplan): everything that has a timing, joined by *must finish before*.

    It is computed from the records and changes none of them. `delayed`, `without`, `not_before` and `binding` give
    another schedule, to be held `against` this one.

    >>> from samverkan.model.work import Activity
    >>> from samverkan.values.timing import Timing
    >>> proposal = Activity(id="forslag", title="Förslag", timing=Timing(planned="2016-10-15"))
    >>> decision = Activity(id="beslut", title="Beslut", kind="milestone")
    >>> plan = schedule(Collaboration([proposal, decision, Dependency(predecessor="forslag", successor="beslut")]))
    >>> plan
    <Schedule '' · 2 steps · 1 links · done 2016-10-15>
    >>> plan["beslut"].waits_on
    'waits on forslag'
    """

    collaboration: Collaboration
    """The records that it is a view of."""
    premise: Premise = field(factory=Premise)
    """How their days are read."""
    delays: Mapping[str, int] = field(factory=dict)
    """By how many days steps slip."""
    not_before_days: Mapping[str, Bounds] = field(factory=dict)
    """Steps that are not done before some day."""
    absent: frozenset[str] = frozenset()
    """Parties that do nothing any more."""
    made_binding: frozenset[str] = frozenset()
    """Dependencies that only inform or contribute, and are taken to bind."""
    _base: CompiledNetwork | None = field(default=None, alias="base")

    @cached_property
    def _unmoved(self) -> CompiledNetwork:
        if self._base is not None:
            return self._base
        steps = read_steps(self.collaboration, self.premise)
        return compiled(steps, read_links(self.collaboration, steps, self.made_binding))

    @cached_property
    def times(self) -> ScheduleTimes:
        """The steps and what binds them as numbers, swept both ways, for what is not asked here."""
        moves = self.delays or self._not_before_bounds
        return ScheduleTimes(self._unmoved.slipping(self.delays, self._not_before_bounds) if moves else self._unmoved)

    @cached_property
    def _not_before_bounds(self) -> Mapping[str, Bounds]:
        """The days before which steps are not done, also for want of those who are gone."""
        lost = stopped(self.collaboration, self._unmoved.steps, self.absent, self.premise.on) if self.absent else {}
        return both(self.not_before_days, lost)

    @property
    def _net(self) -> CompiledNetwork:
        return self.times.net

    # ---------------------------------------------------------------- what it says

    def __getitem__(self, id: str) -> Scheduled:
        """One step; raises `NotFoundError` for what is no step."""
        return self._row(self._place(id))

    def __iter__(self) -> Iterator[Scheduled]:
        """Every step, in an order in which they can be done."""
        return map(self._row, range(len(self)))

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self._net.ids)

    def __contains__(self, id: object) -> bool:
        """Whether something is a step."""
        return id in self._net.steps.numbers

    def __repr__(self) -> str:
        """One line: how many steps, what binds them, and when the last of them is done."""
        parts = [f"Schedule {self.collaboration.id!r}", f"{len(self)} steps", f"{len(self._net.links.before)} links"]
        return f"<{' · '.join([*parts, f'done {self.end}' if self.end else 'never done'])}>"

    def is_done(self, id: str) -> bool:
        """Whether a step is told to be done, or answered; raises `NotFoundError` for what is no step."""
        self._place(id)
        return self._net.steps.numbers[id] in self._net.steps.done

    @cached_property
    def steps(self) -> Table[Scheduled]:
        """Every step, in an order in which they can be done (steg)."""
        return self._table(Scheduled, self, "Schedule")

    @property
    def critical(self) -> Table[Scheduled]:
        """The steps of which any slip moves the end of what they hang together with (kritisk linje)."""
        carries = self.times.course.carries
        rows = (self._row(place) for place in range(len(self)) if carries(place) is Truth.YES)
        return self._table(Scheduled, rows, "What carries the end")

    @property
    def missed(self) -> Table[Scheduled]:
        """The steps that miss their last day, or may (försenade steg)."""
        is_late = self.times.is_late
        rows = (self._row(place) for place in range(len(self)) if is_late(place) is not Truth.NO)
        return self._table(Scheduled, rows, "What misses its last day")

    @property
    def end(self) -> When | None:
        """When the last step is done at the earliest; None where some step cannot come about."""
        return days_of(*(int(days.finishes.max(initial=LONG_AGO)) for days in self.times.early))

    @property
    def length(self) -> DayRange:
        """The days from the first start to the last finish (genomloppstid)."""
        first = [int(days.starts.min(initial=NEVER)) for days in self.times.early]
        last = [int(days.finishes.max(initial=LONG_AGO)) for days in self.times.early]
        return span_of(last[LOW] - first[HIGH], last[HIGH] - first[LOW]) if len(self) else DayRange(0, 0)

    def compared_with(self, before: Schedule) -> Table[DateShift]:
        """What is done on another day than in a schedule before it, and by how much (förskjutning)."""
        if not isinstance(before, Schedule):
            raise InvalidValueError(f"{before!r:.60} is no schedule", "give the one to compare with")
        return self._table(
            DateShift, date_shifts(before.times, self.times, self._touched | before._touched), "What moves"
        )

    @property
    def _touched(self) -> frozenset[str]:
        """What the *what if* bears upon, and all that waits on it."""
        bound = (self.collaboration[Dependency, id].successor for id in self.made_binding)
        first = {*self.delays, *self._not_before_bounds, *bound}
        return frozenset(first).union(*(self.descendants(id) for id in first))

    def descendants(self, id: str) -> tuple[str, ...]:
        """The ids of all that waits on a step, near and far, in an order in which it can be done (allt som väntar).

        What has been done waits on nothing any more. Raises `NotFoundError` for what is no step.
        """
        return descendants_of(self._net, self._place(id))

    @cached_property
    def all_descendants(self) -> Descendants:
        """The same for every step at once."""
        return Descendants(self._net)

    def chain(self, id: str) -> tuple[str, ...]:
        """The ids of the steps that decide how early a step can be, from the first of them to the step (beroendekedja).

        Where days are vague, those that do so if everything comes as early as it can be told to.
        Raises `NotFoundError` for what is no step.
        """
        place: int | None = self._place(id)
        found: list[str] = []
        while place is not None and self._net.ids[place] not in found:
            found.append(self._net.ids[place])
            place = next(iter(deciding(self._net, self.times.early, place)), None)
        return tuple(reversed(found))

    # ---------------------------------------------------------------- what if

    def slip_impacts(self, days: int) -> Table[SlipImpact]:
        """What it does to the end if one step slips by some days and no other does, for each step that is not done.

        Raises `InvalidValueError` for what is not a number of days.

        >>> from samverkan.model.work import Activity
        >>> from samverkan.values.timing import Timing
        >>> steps = [
        ...     Activity(id=id, title=id, timing=Timing(days=n, not_before="2024-01-01"))
        ...     for id, n in (("a", 3), ("b", 5))
        ... ]
        >>> both = [Dependency(predecessor=id, successor="c") for id in ("a", "b")]
        >>> plan = schedule(
        ...     Collaboration([*steps, Activity(id="c", title="c", kind="milestone", timing=Timing()), *both])
        ... )
        >>> [(row.id, str(row.end_moves)) for row in plan.slip_impacts(4)]
        [('a', '2'), ('b', '4'), ('c', '4')]
        """
        return self._table(
            SlipImpact, slip_impacts(self.collaboration, self.times, days), f"What each does if it slips {days} days"
        )

    def simulate(self, draws: int = 1000, seed: int = 1) -> Table[DeadlineProbability]:
        """How likely each last day is to be met, where the days that steps take are estimated (sannolikhet).

        A step with an `Estimate` that is not done takes, in each draw, as many days as are drawn from the triangular
        distribution from best to worst with its top at the likely, rounded to whole days; steps are drawn independently
        of each other. Nothing else is drawn: a vague day and days that are not told make the answer a range, `least` if
        they turn out as late as can be and `most` if as early, in the same draws. The same seed draws the same days.

        With a thousand draws the share that is told lies within 3 percentage points of the probability, nineteen times
        in twenty. Raises `InvalidValueError` for less than one draw or more than a million, and for a seed that is no
        whole number from 0 up.

        >>> from samverkan.model.work import Activity
        >>> from samverkan.values.timing import Estimate, Timing
        >>> takes = Estimate(best=5, likely=10, worst=30)
        >>> inquiry = Timing(not_before="2024-01-01", estimate=takes, due="2024-01-16", statutory=False)
        >>> plan = schedule(Collaboration([Activity(id="a", title="Utredning", timing=inquiry)]))
        >>> [(str(row.at_least), str(row.at_most)) for row in plan.simulate()]
        [('563/1000', '563/1000')]
        """
        rows = simulated(self.collaboration, self.times, draws, seed)
        table = self._table(DeadlineProbability, rows, "How likely last days are to be met")
        return evolve(table, assumed=("no estimate has to do with another", *table.assumed))

    def delayed(self, days: Mapping[str, int]) -> Schedule:
        """The schedule where steps are done some days later than they could be (försening).

        Raises `NotFoundError` for what is no step, `InvalidValueError` for a delay that is not a number of days, or of
        what has been done.

        >>> from samverkan.model.work import Activity
        >>> from samverkan.values.timing import Timing
        >>> step = Activity(id="a", title="A", timing=Timing(days=3, not_before="2024-01-01"))
        >>> str(schedule(Collaboration([step])).delayed({"a": 4})["a"].earliest_finish)
        '2024-01-08'
        """
        if not isinstance(days, Mapping):
            raise InvalidValueError(f"{days!r:.60} are no delays", "give days by the id of each step, {'beslut': 21}")
        for id, number in days.items():
            self._open(id)
            if type(number) is not int or not 0 <= number <= LONGEST:
                raise InvalidValueError(
                    f"{id} slips by {number!r:.60}, which is not a number of days",
                    f"give whole days from 0 to {LONGEST}",
                )
        later = {id: self.delays.get(id, 0) + number for id, number in days.items() if number}
        return evolve(self, delays={**self.delays, **later}, base=self._unmoved)

    def not_before(self, id: str, day: WhenLike) -> Schedule:
        """The schedule where a step, or an event outside, comes no earlier than on a day (tidigast).

        Raises `NotFoundError` for what is no step, `InvalidValueError` for what has been done.

        >>> from samverkan.model.work import Activity
        >>> from samverkan.values.timing import Timing
        >>> inquiry = Activity(id="s2017-01", title="Utredning", kind="outside", timing=Timing(planned="2020-03"))
        >>> str(schedule(Collaboration([inquiry])).not_before("s2017-01", "2020-04-01")["s2017-01"].earliest_finish)
        '2020-04-01'
        """
        self._open(id)
        return evolve(self, not_before_days=both(self.not_before_days, {id: bounds(when(day))}), base=self._unmoved)

    def without(self, party: str) -> Schedule:
        """The schedule where a party does nothing any more, nor can what waits on that (om någon faller ifrån).

        What *each* of a group does, itself among them, is never done in full; what it does together with others may
        come about or not, and so may what is told to be of a plan that it owns. A group is gone with all its members.
        Raises `NotFoundError` for an id that is not there, `InvalidValueError` for what is no party.

        >>> from samverkan.model.party import Actor
        >>> from samverkan.model.work import Activity
        >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
        >>> step = Activity(id="a", title="A", by="ale", kind="milestone")
        >>> schedule(Collaboration([ale, step]), start="2024-01-01").without("ale")["a"].earliest_finish is None
        True
        """
        check_party(self.collaboration, party)
        return evolve(self, absent=self.absent | {party}, base=self._unmoved)

    def binding(self, *dependencies: str) -> Schedule:
        """The schedule where dependencies that only inform or contribute are taken to bind (om det vore ett krav).

        The finish of the one must then come before the start of the other.
        Raises `NotFoundError` for an id that is not there, `InvalidValueError` for what is no dependency.
        """
        for id in dependencies:
            if not isinstance(self.collaboration[id], Dependency):
                raise InvalidValueError(f"{id!r} is no dependency", "give the id of one, such as 'a>b:informs'")
        return evolve(self, made_binding=self.made_binding.union(dependencies), base=None)

    def _open(self, id: str) -> None:
        if self.is_done(id):
            raise InvalidValueError(
                f"{id!r} has been done", "ask about a step that is not done, or about an earlier day"
            )

    @property
    def unmoved(self) -> Schedule:
        """The schedule as it stands, without any *what if*."""
        return evolve(
            self,
            delays={},
            not_before_days={},
            absent=frozenset(),
            made_binding=frozenset(),
            base=None if self.made_binding else self._unmoved,
        )

    def delay_path(self, id: str) -> tuple[str, ...]:
        """The ids by which what slips moves a step, from the first to the step itself; empty where nothing moves it.

        Raises `NotFoundError` for what is no step.

        >>> from samverkan.model.work import Activity
        >>> a, b = (Activity(id=id, title=id, kind="milestone") for id in "ab")
        >>> plan = schedule(Collaboration([a, b, Dependency(predecessor="a", successor="b")]), start="2024-01-01")
        >>> plan.delayed({"a": 5}).delay_path("b")
        ('a', 'b')
        """
        self._place(id)
        return delay_path(
            self.unmoved.times, self.times, id, {*self.delays, *self._not_before_bounds}, self.made_binding
        )

    # ---------------------------------------------------------------- one row

    def _place(self, id: str) -> int:
        if not isinstance(id, str) or id not in self._net.steps.numbers:
            hint = near(str(id), list(self._net.steps.numbers))
            remedy = f"did you mean {hint!r}?" if hint else "give the id of something that has a timing"
            raise NotFoundError(f"{id!r:.80} is no step", remedy)
        return self._net.place(id)

    def _row(self, place: int) -> Scheduled:
        id, sweeps = self._net.ids[place], self.times
        record = self.collaboration[id]
        why = reasons(sweeps.net, sweeps.early, place, timing_of(record) or Timing())
        return Scheduled(
            id=id,
            title=getattr(record, "title", ""),
            earliest_start=days_of(*sweeps.start(place)),
            earliest_finish=days_of(*sweeps.finish(place)),
            latest_finish=sweeps.latest(place),
            deadline=sweeps.last_day(place),
            total_float=sweeps.total_float(place),
            free_float=sweeps.free(place),
            late=sweeps.is_late(place),
            critical=sweeps.course.carries(place),
            waits_on="; ".join(dict.fromkeys(reason.text for reason in why)),
            because=tuple(dict.fromkeys((id, *(record for reason in why for record in reason.because)))),
        )

    # ---------------------------------------------------------------- what it does not know

    @property
    def _as_of(self) -> str:
        return f", as of {self.premise.on}" if self.premise.on else ""

    def _table(self, kind: type[R], rows: Iterable[R], title: str) -> Table[R]:
        rows = tuple(rows)
        because = dict.fromkeys(id for row in rows for id in getattr(row, "because", ()))
        assumed = (*self._taken(), *self.suppositions, *assumptions(self.collaboration, because))
        return Table(kind, rows, f"{title}{self._as_of}", self.unknown, assumed)

    @property
    def suppositions(self) -> tuple[str, ...]:
        """What this schedule supposes that the records do not say, a sentence each (antaget)."""
        slips = (f"{id} slips {days} day{'' if days == 1 else 's'}" for id, days in self.delays.items())
        held = (f"{id} comes no earlier than {days_of(*bound)}" for id, bound in self.not_before_days.items())
        gone = (f"{id} does nothing any more" for id in sorted(self.absent))
        return *slips, *held, *gone, *(f"{id} binds" for id in sorted(self.made_binding))

    def _taken(self) -> Iterator[str]:
        """How the days are read."""
        if self.premise.start:
            yield f"what nothing is told of begins on {self.premise.start}"
        if self.premise.as_planned:
            yield "vague days are the ones that are chosen to plan with"

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """What is not known of the steps, a sentence each."""
        c, steps = self.collaboration, self._net.steps
        away = [id for id in steps.untimed if isinstance(c[id], ExternalRecord)]
        untimed = [id for id in steps.untimed if id not in away]
        told = [(id, number) for id, number in steps.numbers.items() if id not in steps.untimed]
        left = steps.done | steps.unknown
        slow = [id for id, number in told if steps.takes[number][HIGH] >= FAR and number not in left]
        nowhere = [id for id, number in told if number in steps.unknown]
        said = (
            (slow, "how long {} will take"),
            (nowhere, "when {} can be done, of which nothing is told"),
            (untimed, "when {} are done: they have no timing"),
            (away, "when {} are done: they stand in another document"),
        )
        return (
            *(sentence.format(", ".join(gathered(ids))) for ids, sentence in said if ids),
            *(f"when {cycle.text} can be done: each waits for the one before" for cycle in self._rings),
            *beyond(c, self.premise.on),
        )

    @cached_property
    def _rings(self) -> Sequence[Cycle]:
        order = self._net.order
        return cycles(self.collaboration) if order.stuck < order.steps.size else ()


def schedule(
    collaboration: Collaboration,
    *,
    on: WhenLike | None = None,
    start: DayLike | None = None,
    as_planned: bool = False,
) -> Schedule:
    """When every step can be done at the earliest and must be at the latest, and why (tidsplan).

    A step is anything that has a `Timing`: an activity, a decision, an obligation, a record of a class of your own. One
    waits on another by a `Dependency` that blocks, and an obligation on what fulfils it. A day on which something was
    done stands; a planned day stands unless what it waits on comes later. A decision that is not taken waits for a day
    on which its body meets. Vague days and days that are not told give ranges.

    With *on*, what is not told to be done by that day lies ahead of it. With *start*, what nothing is told of begins on
    that day. With *as_planned*, a vague day is the one that is chosen to plan with (`plan_as`), where there is one.

    >>> from samverkan.model.work import Activity
    >>> from samverkan.values.timing import Timing
    >>> proposal = Activity(id="forslag", title="Förslag", timing=Timing(planned="2016-10-mid"))
    >>> handed = Activity(id="till-skl", title="Till SKL", kind="milestone", timing=Timing(due="2016-10-31"))
    >>> plan = schedule(Collaboration([proposal, handed, Dependency(predecessor="forslag", successor="till-skl")]))
    >>> (
    ...     str(plan["forslag"].total_float),
    ...     [str(plan.delayed({"forslag": days})["till-skl"].late) for days in (3, 15, 21)],
    ... )
    ('11..20', ['no', 'cannot be told', 'yes'])
    """
    check_collaboration(collaboration)
    premise = Premise(on=maybe_when(on), start=day(start) if start else None, as_planned=as_planned)
    return _as_recorded(collaboration) if premise == Premise() else Schedule(collaboration, premise)


_as_recorded = derived(Schedule)
