"""The days of every step: forwards how early each can be, backwards how late each may be.

Each sweep is made twice where days are vague, once with everything as early and quick as it can be told to be and once
as late and slow; what lies between the two is what the documents let us say.
Two ways lead to the same days: a level at a time, for many steps side by side, and a step at a time, for chains and for
what is out of the ordinary.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samverkan.scheduling.calendar_rules import earliest, latest, slipped
from samverkan.scheduling.compiled import CompiledNetwork, Days
from samverkan.scheduling.inputs import LONG_AGO, NEVER
from samverkan.scheduling.order import Numbers

__all__ = ["backward", "forward"]


def forward(net: CompiledNetwork, bound: int) -> Days:
    """How early each step can begin and be done, of what is vague the least or the most."""
    by_level = net.order.is_wide and not net.odd
    return _forward_by_level(net, bound) if by_level else _forward_by_step(net, bound)


def backward(net: CompiledNetwork, bound: int) -> Days:
    """By when each step must begin and be done, so that no last day after it is missed.

    The start is bound by what waits on the start alone, the finish by what waits on the finish. What a step that slips
    waits on must be so much sooner.
    """
    by_level = net.order.is_wide and not net.odd
    return _backward_by_level(net, bound) if by_level else _backward_by_step(net, bound)


def _forward_by_level(net: CompiledNetwork, bound: int) -> Days:
    size, into = net.order.steps.size, net.order.into
    mixed = bool(into.finish.any())
    days = np.full(2 * size, NEVER, np.int64)
    starts, finishes = days[:size], days[size:]
    slips = _slips(net)
    takes, least, begins, ends = net.takes[bound], net.takes[1 - bound], net.begins[bound], net.ends[bound]
    for low, high in pairwise(net.order.levels):
        start, end = begins[low:high], ends[low:high]
        if low:
            first, past = into.first[low], into.first[high]
            come, at = days[into.ends[first:past]] + into.lag[first:past], into.first[low:high] - first
            if mixed:
                finish = into.finish[first:past]
                end = np.maximum(end, np.maximum.reduceat(np.where(finish, come, LONG_AGO), at))
                come = np.where(finish, LONG_AGO, come)
            start = np.maximum(start, np.maximum.reduceat(come, at))
        np.maximum(start, end - least[low:high], out=starts[low:high])
        np.maximum(start + takes[low:high], end, out=finishes[low:high])
        if slips.size:
            starts[low:high] += slips[low:high]
            finishes[low:high] += slips[low:high]
    return Days(days)


def _forward_by_step(net: CompiledNetwork, bound: int) -> Days:
    size, links, firsts, odd = net.order.steps.size, net.order.into.each, net.order.into.firsts, net.odd
    takes, least, begins, ends = _lists(net.takes[bound], net.takes[1 - bound], net.begins[bound], net.ends[bound])
    days = [NEVER] * (2 * size)
    for place in range(net.order.stuck):
        if place in odd:
            start, done = earliest(net, bound, place, days)
        else:
            start, end = begins[place], ends[place]
            for source, finish, lag in links[firsts[place] : firsts[place + 1]]:
                day = days[source] + lag
                if finish:
                    if day > end:
                        end = day
                elif day > start:
                    start = day
            done = start + takes[place]
            if end > done:
                done = end
            if end - least[place] > start:
                start = end - least[place]
        if place in net.delays:
            start, done = slipped(net, bound, place, start, done)
        days[place], days[size + place] = start, done
    return Days(np.array(days, np.int64))


def _backward_by_level(net: CompiledNetwork, bound: int) -> Days:
    size, out = net.order.steps.size, net.order.out
    mixed = not out.finish.all()
    days = np.full(2 * size, NEVER, np.int64)
    own = np.concatenate((np.full(size, NEVER, np.int64), net.last[bound]))
    starts, finishes = own[:size], own[size:]
    takes, least, slips = net.takes[bound], net.takes[1 - bound], _slips(net)
    for low, high in reversed(list(pairwise(net.order.levels))):
        first, past = out.first[low], out.first[high]
        if past > first:
            go = days[out.ends[first:past]] - out.lag[first:past]
            some = low + np.flatnonzero(out.first[low + 1 : high + 1] > out.first[low:high])
            at = out.first[some] - first
            if mixed:
                finish = out.finish[first:past]
                starts[some] = np.minimum.reduceat(np.where(finish, NEVER, go), at)
                go = np.where(finish, go, NEVER)
            finishes[some] = np.minimum(finishes[some], np.minimum.reduceat(go, at))
        np.minimum(starts[low:high], finishes[low:high] - least[low:high], out=days[low:high])
        np.minimum(finishes[low:high], starts[low:high] + takes[low:high], out=days[size + low : size + high])
        if slips.size:
            days[low:high] -= slips[low:high]
            days[size + low : size + high] -= slips[low:high]
    return Days(own)


def _backward_by_step(net: CompiledNetwork, bound: int) -> Days:
    size, links, firsts, odd = net.order.steps.size, net.order.out.each, net.order.out.firsts, net.odd
    takes, least, finishes = _lists(net.takes[bound], net.takes[1 - bound], net.last[bound])
    starts, days = [NEVER] * size, [NEVER] * (2 * size)
    for place in range(net.order.stuck - 1, -1, -1):
        if place in odd:
            starts[place], finishes[place], days[place], days[size + place] = latest(net, bound, place, days)
            continue
        start, end = NEVER, finishes[place]
        for target, finish, lag in links[firsts[place] : firsts[place + 1]]:
            day = days[target] - lag
            if not finish:
                if day < start:
                    start = day
            elif day < end:
                end = day
        starts[place], finishes[place] = start, end
        begin, done = end - least[place], start + takes[place]
        days[place] = begin if begin < start else start
        days[size + place] = done if done < end else end
        if place in net.delays:
            days[place] -= net.delays[place]
            days[size + place] -= net.delays[place]
    return Days(np.array(starts + finishes, np.int64))


def _slips(net: CompiledNetwork) -> Numbers:
    """By how many days each step slips; empty where none does."""
    slips = np.zeros(net.order.steps.size if net.delays else 0, np.int64)
    slips[list(net.delays)] = list(net.delays.values())
    return slips


def _lists(*arrays: NDArray[Any]) -> tuple[list[int], ...]:
    return tuple(array.tolist() for array in arrays)
