"""The order of many steps and both ways to their days, held against a plain loop: in wide nets and in deep ones."""

from itertools import pairwise
from random import Random

import pytest

import samverkan as sv
from samverkan.scheduling.compiled import HIGH, LOW, compiled
from samverkan.scheduling.inputs import FAR, LONG_AGO, NEVER, Links, Steps
from samverkan.scheduling.order import ordered
from samverkan.scheduling.passes import _backward_by_level, _backward_by_step, _forward_by_level, _forward_by_step

MONDAY = sv.day("2024-01-01").toordinal()
SHAPES = {"wide": (4_000, 400), "deep": (4_000, 3), "wide-of-few": (500, 100), "deep-of-few": (500, 2)}


@pytest.fixture(params=SHAPES)
def net(request):
    """Steps with links from each level to the next three, in shuffled numbers; the steps in an order that can be done."""
    size, width = SHAPES[request.param]
    rng = Random(size + width)  # noqa: S311 (a net needs no secrets)
    order = rng.sample(range(size), size)
    steps, links = Steps(), Links()
    for number in range(size):
        least = rng.randrange(10)
        steps.add(f"s{number}", (least, least + rng.randrange(3)))
    for at in range(size):
        first = at // width * width
        if not first:
            steps.begins[order[at]] = (MONDAY, MONDAY + rng.randrange(4))
        elif rng.random() < 0.05:
            steps.ends[order[at]] = (MONDAY + at, MONDAY + at + 2)
        if at >= size - width:
            steps.last[order[at]] = (MONDAY + 3 * size, MONDAY + 3 * size + 4)
        for _ in range(rng.randrange(1, 4) if first else 0):
            bind(links, order[rng.randrange(max(0, first - 3 * width), first)], order[at], rng)
    return steps, links, order


def bind(links, before, after, rng):
    links.before.append(before)
    links.after.append(after)
    links.from_finish.append(rng.random() < 0.8)
    links.to_finish.append(rng.random() < 0.2)
    links.lag.append(rng.randrange(-3, 8))
    links.records.append("")


def each_link(links):
    return zip(links.before, links.after, links.from_finish, links.to_finish, links.lag, strict=True)


def by(links, side):
    found = {}
    for link in each_link(links):
        found.setdefault(link[side], []).append(link)
    return found


# ---------------------------------------------------------------- the order


def test_each_step_stands_in_the_level_after_the_last_that_it_waits_on(net):
    _, links, order = net
    into, level = by(links, 1), {}
    for step in order:
        level[step] = max((level[link[0]] + 1 for link in into.get(step, ())), default=0)
    found = ordered(len(order), links)
    told = {
        int(step): number for number, (low, high) in enumerate(pairwise(found.levels)) for step in found.steps[low:high]
    }
    assert told == level
    assert found.stuck == len(order)
    assert (found.steps[found.place] == range(len(order))).all()


def test_steps_that_wait_for_themselves_and_those_behind_them_come_last_without_links(net):
    _, links, order = net
    into = by(links, 1)
    knot = next(step for step in order[len(order) // 2 :] if step in into)
    links.before.append(knot)
    links.after.append(into[knot][0][0])
    for column, told in ((links.from_finish, True), (links.to_finish, False), (links.lag, 0), (links.records, "")):
        column.append(told)
    waiting, behind, left = by(links, 0), {knot}, [knot]
    while left:
        new = {after for _, after, *_ in waiting.get(left.pop(), ())} - behind
        behind |= new
        left += new
    found = ordered(len(order), links)
    assert set(found.steps[found.stuck :].tolist()) == behind
    assert found.into.first[found.stuck] == found.into.first[-1] == len(found.into.ends)


# ---------------------------------------------------------------- the days


def early(steps, links, order, bound):
    into, days = by(links, 1), {}
    for step in order:
        takes, least = steps.takes[step][bound], steps.takes[step][1 - bound]
        start, end = (told.get(step, (LONG_AGO,) * 2)[bound] for told in (steps.begins, steps.ends))
        for before, _, from_finish, to_finish, lag in into.get(step, ()):
            come = days[before][from_finish] + lag
            start, end = (start, max(end, come)) if to_finish else (max(start, come), end)
        days[step] = max(start, end - least), max(end, start + takes)
    return days


def late(steps, links, order, bound):
    out, days, own = by(links, 0), {}, {}
    for step in reversed(order):
        takes, least = steps.takes[step][bound], steps.takes[step][1 - bound]
        start, end = NEVER, steps.last.get(step, (NEVER,) * 2)[bound]
        for _, after, from_finish, to_finish, lag in out.get(step, ()):
            go = days[after][to_finish] - lag
            start, end = (start, min(end, go)) if from_finish else (min(start, go), end)
        own[step] = start, end
        days[step] = min(start, end - least), min(end, start + takes)
    return own


@pytest.mark.parametrize("bound", [LOW, HIGH])
@pytest.mark.parametrize(
    ("ways", "reckoned"),
    [((_forward_by_level, _forward_by_step), early), ((_backward_by_level, _backward_by_step), late)],
    ids=["forwards", "backwards"],
)
def test_a_level_and_a_step_at_a_time_both_come_to_the_days_of_a_plain_loop(net, ways, reckoned, bound):
    steps, links, order = net
    told, made = reckoned(steps, links, order, bound), compiled(steps, links)
    for way in ways:
        days = way(made, bound)
        found = zip(days.starts[made.order.place].tolist(), days.finishes[made.order.place].tolist(), strict=True)
        for step, pair in enumerate(found):
            assert all(a == b or min(abs(a), abs(b)) > FAR for a, b in zip(pair, told[step], strict=True)), step


def test_wide_nets_are_taken_a_level_at_a_time_and_deep_ones_a_step_at_a_time(net, request):
    _, links, order = net
    assert ordered(len(order), links).is_wide == ("wide" in request.node.callspec.params["net"])
