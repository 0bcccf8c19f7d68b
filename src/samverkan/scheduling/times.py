"""`Sweeps`: a net swept forwards and backwards, and what can be read off it of each step."""

from __future__ import annotations

from functools import cached_property

from attrs import frozen

from samverkan.scheduling.calendar_rules import arrivals, last_meeting, sooner, waited_for
from samverkan.scheduling.compiled import HIGH, LOW, CompiledNetwork, Days
from samverkan.scheduling.criticality import CriticalPath, total_float
from samverkan.scheduling.inputs import FAR, NEVER, Bounds
from samverkan.scheduling.order import Numbers
from samverkan.scheduling.passes import backward, forward
from samverkan.values.day import Day
from samverkan.values.ranges import DayRange
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["ScheduleTimes", "days_of", "span_of"]

_LAST = Day.max.toordinal()


def days_of(low: int, high: int) -> When | None:
    """A day from its numbers; None for one that never comes, unknown for one that nothing is told of."""
    if low > _LAST:
        return None
    return When(_day(low), _day(high))


def span_of(low: int, high: int) -> DayRange:
    """A number of days; without bound where it is beyond all days."""
    return DayRange(low if -FAR < low < FAR else None, high if -FAR < high < FAR else None)


@frozen(eq=False, slots=False)
class ScheduleTimes:
    """A net swept both ways; each step is asked about by its place."""

    net: CompiledNetwork

    @cached_property
    def early(self) -> tuple[Days, Days]:
        """How early each step can be: at least, and at most."""
        low = forward(self.net, LOW)
        return low, forward(self.net, HIGH) if self.net.is_vague else low

    @cached_property
    def late(self) -> tuple[Days, Days]:
        """By when each step must be: at least, and at most."""
        low = backward(self.net, LOW)
        return low, backward(self.net, HIGH) if self.net.is_vague else low

    @cached_property
    def course(self) -> CriticalPath:
        """What the ends hang on."""
        return CriticalPath(self.net, self.early)

    @cached_property
    def _slack(self) -> tuple[Numbers, Numbers]:
        return total_float(self.early, self.late)

    def finish(self, place: int) -> Bounds:
        """When a step is done at the earliest."""
        low, high = self.early
        return int(low.finishes[place]), int(high.finishes[place])

    def start(self, place: int) -> Bounds:
        """When a step begins at the earliest."""
        low, high = self.early
        return int(low.starts[place]), int(high.starts[place])

    def latest(self, place: int) -> When | None:
        """By when a step must be done; None where nothing that waits on it, nor it, has a last day."""
        low, high = (
            min(int(days.finishes[place]), int(days.starts[place]) + int(takes[place]))
            for takes, days in zip(self.net.takes, self.late, strict=True)
        )
        return None if low >= FAR else When(_day(low), _day(high))

    def last_day(self, place: int) -> When | None:
        """A step's own last day; None where it has none."""
        low, high = (int(bound[place]) for bound in self.net.last)
        return None if low >= FAR else When(_day(low), _day(high))

    def total_float(self, place: int) -> DayRange | None:
        """How many days a step may slip until something misses its last day; None where none has one, or it is done."""
        if self._is_done(place) or self.latest(place) is None or self.finish(place)[LOW] >= FAR:
            return None
        low, high = self._slack
        return span_of(int(low[place]), int(high[place]))

    def is_late(self, place: int) -> Truth:
        """Whether a step misses its own last day."""
        first, last = (int(bound[place]) for bound in self.net.last)
        low, high = self.finish(place)
        if first >= FAR:
            return Truth.NO
        return Truth.of(certain=low > last, possible=not -FAR < high <= first)

    def _is_done(self, place: int) -> bool:
        return int(self.net.order.steps[place]) in self.net.steps.done

    def free(self, place: int) -> DayRange | None:
        """How many days a step may slip until one that waits on it must wait longer; None where none can be held up."""
        if self._is_done(place):
            return None
        out = self.net.order.out
        spans = [self._play(place, at) for at in range(int(out.first[place]), int(out.first[place + 1]))]
        held = [(low, high) for low, high in spans if low < FAR]
        return span_of(min(low for low, _ in held), min(high for _, high in held)) if held else None

    def _play(self, place: int, at: int) -> Bounds:
        """How many days a step may slip until what waits by one link must wait longer."""
        own = self.finish(place) if self.net.order.out.finish[at] else self.start(place)
        low, high = (sooner(self.net, bound, at, self._let(at, bound)) for bound in (LOW, HIGH))
        if self.net.order.out.finish[at] and (meets := self.net.steps.meets.get(int(self.net.order.steps[place]))):
            low, high = last_meeting(meets, LOW, low), last_meeting(meets, HIGH, high)
        return max(0, low - own[HIGH]), max(0, high - own[LOW])

    def _let(self, at: int, bound: int) -> int:
        """From when all else lets the step be that waits by a link."""
        net, link = self.net, int(self.net.order.out.link[at])
        number = net.links.after[link]
        after = int(net.order.place[number])
        start, end = waited_for(net, bound, after, self.early[bound].both, but=link)
        if meets := net.steps.meets.get(number):
            lead = max(meets.lead[1 - bound], int(net.takes[1 - bound][after]))
            met = last_meeting(meets, bound, self.finish(after)[bound] - net.delays.get(after, 0))
            return max(start, met - lead)
        takes, least = int(net.takes[bound][after]), int(net.takes[1 - bound][after])
        let = max(end, min(start + takes, NEVER)) if net.links.to_finish[link] else max(start, end - least)
        if link not in net.links.working:
            return let
        come = (day for one, _, day in arrivals(net, bound, after, self.early[bound].both) if one == link)
        return max(let, *come)


def _day(number: int) -> Day | None:
    return Day.fromordinal(number) if 0 < number <= _LAST else None
