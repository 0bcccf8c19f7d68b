"""Days drawn from three-point estimates: the same for the same seed and id, on every machine and beside any others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from samverkan.scheduling.order import Numbers
from samverkan.values.timing import Estimate

__all__ = ["drawn"]

_STEPS = 16
"""How many steps are drawn at a time, so that their draws stay close at hand."""

# SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014), from a number of each
# step's own: to set up one of numpy's generators for every step takes longer than all the draws.
_GAMMA, _MIX, _MIX_AGAIN = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def drawn(estimates: Mapping[str, Estimate], seed: int, first: int, past: int) -> Iterator[Numbers]:
    """The days that each takes in the draws from one on (an even one), in the order in which they are given."""
    ids, every = list(estimates), list(estimates.values())
    for at in range(0, len(ids), _STEPS):
        yield from _triangular(every[at : at + _STEPS], _shares(ids[at : at + _STEPS], seed, first, past))


def _shares(ids: list[str], seed: int, first: int, past: int) -> NDArray[np.float32]:
    """Numbers from 0 up to 1, a row for each id; two from each number of 64 bits."""
    keys = [int.from_bytes(blake2b(f"{seed} {id}".encode(), digest_size=8).digest(), "big") for id in ids]
    turns = np.arange(first // 2 + 1, (past + 1) // 2 + 1, dtype=np.uint64)
    bits = np.array(keys, np.uint64)[:, None] + turns * _GAMMA
    for shift, factor in ((30, _MIX), (27, _MIX_AGAIN)):
        bits ^= bits >> np.uint64(shift)
        bits *= factor
    bits ^= bits >> np.uint64(31)
    halves = bits.astype("<u8", copy=False).view("<u4")[:, : past - first]
    return (halves >> 8).astype(np.float32) * np.float32(2.0**-24)


def _triangular(estimates: list[Estimate], shares: NDArray[np.float32]) -> Numbers:
    """The days that lie so far through the triangular distribution of each estimate, rounded to whole ones.

    From best to likely they go with the root of the share, from likely to worst with the root of what is left of it.
    """
    best, likely, worst = (
        np.array([[days] for days in column], np.float32)
        for column in zip(*((one.best, one.likely, one.worst) for one in estimates), strict=True)
    )
    up, down = likely - best, worst - likely
    width = up + down
    days = np.sqrt(np.minimum(shares * (width * up), up * up))
    days -= np.sqrt(np.minimum((1 - shares) * (width * down), down * down))
    days += best + down
    whole: Numbers = np.rint(days, out=days).astype(np.int64)
    return whole
