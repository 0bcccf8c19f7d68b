"""Rules on the schedule: what cannot be done in time as it stands, and what cannot come about at all."""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.model.agreement import Decision
from samverkan.model.collaboration import Collaboration
from samverkan.model.party import Actor
from samverkan.rules.definitions import Hit, Rule, rule
from samverkan.rules.wording import days
from samverkan.scheduling.schedule import schedule
from samverkan.scheduling.times import days_of
from samverkan.values.day import days_between
from samverkan.values.truth import Truth

__all__ = ["PLANNING"]


@rule(
    "warning",
    ground="a last day that the plan itself passes is missed before anybody has been late: the plan of 2016 was due on "
    "31 October, and between the steering group and that day lay a round to fifty principals",
    sentence="{record} must be done by {expected} and cannot be done before {actual}, {late} too late: {chain}",
    sentence_sv="{record} ska vara klar {expected} men kan inte bli det före {actual}, {late} för sent: {chain}",
    remedy="begin earlier, take less time or let go of something that it waits for; or ask for a later day",
    remedy_sv="börja tidigare, ta kortare tid eller låt något av det som inväntas falla; eller be om en senare dag",
)
def too_late_as_it_stands(c: Collaboration) -> Iterator[Hit]:
    """A step that certainly misses its last day if all goes as it stands (hinner inte)."""
    plan = schedule(c)
    sweeps = plan.times
    for place, id in enumerate(sweeps.net.ids):
        if sweeps.is_late(place) is not Truth.YES or plan.is_done(id):
            continue
        last, done = sweeps.last_day(place), days_of(*sweeps.finish(place))
        if last and last.latest and done and done.earliest:
            late, chain = days_between(last.latest, done.earliest), plan.chain(id)
            yield Hit(
                id,
                "due",
                expected=last,
                actual=done,
                difference=late,
                because=chain[:-1],
                values={"late": days(late), "chain": " → ".join(chain)},
            )


@rule(
    "warning",
    kinds=(Decision,),
    ground="a matter that no meeting is left for is not decided; a board that meets four times a year, with papers out "
    "two weeks before, leaves few days to hit",
    sentence="{record} cannot come about: {body} meets on no day for which it can be in",
    sentence_sv="{record} kan inte bli av: {body} sammanträder ingen dag som ärendet hinner till",
    remedy="bring the matter in sooner, or record another meeting",
    remedy_sv="lämna in ärendet tidigare, eller anteckna ett sammanträde till",
)
def no_meeting_for_it(c: Collaboration) -> Iterator[Hit]:
    """A decision that comes too late for every meeting of its body, all of which are told (inget sammanträde)."""
    plan = schedule(c)
    net = plan.times.net
    for decision in c[Decision]:
        body = c.get(str(decision.body))
        waits_for_itself = net.place(decision.id) >= net.order.stuck
        if (
            isinstance(body, Actor)
            and body.meets
            and plan[decision.id].earliest_finish is None
            and not waits_for_itself
        ):
            *before, _ = plan.chain(decision.id)
            if all(plan[id].earliest_finish for id in before):
                because = (body.id, *before)
                yield Hit(decision.id, expected=body.meets, because=because, values={"body": body.id})


PLANNING: tuple[Rule, ...] = (too_late_as_it_stands, no_meeting_for_it)
