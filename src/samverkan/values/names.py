"""Names as texts: numbered ones as ranges, long lists cut short, and the known name nearest a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

__all__ = ["gathered", "near", "runs", "spread"]

_NUMBERED = re.compile(r"([a-z][a-z0-9.-]*-)(0|[1-9]\d{0,5})", re.ASCII)
_RANGE = re.compile(r"([a-z.][a-z0-9.-]*-)(\d{1,6})\.\.(\d{1,6})", re.ASCII)
_FEWEST = 3
_MOST = 10_000


def spread(text: str) -> list[str] | None:
    """The names of a range, none for one that is empty or has more than ten thousand; None for what is no range.

    >>> spread("process-9..11")
    ['process-9', 'process-10', 'process-11']
    """
    match = _RANGE.fullmatch(text)
    if not match:
        return None
    first, last = int(match[2]), int(match[3])
    return [f"{match[1]}{number}" for number in range(first, last + 1)] if last - first < _MOST else []


def gathered(names: Iterable[str]) -> list[str]:
    """Names with numbered neighbours as ranges.

    >>> gathered(["ale", "process-1", "process-2", "process-3"])
    ['ale', 'process-1..3']
    """
    every = list(names)
    if len(every) < _FEWEST:
        return every
    return [every[first] if first == last else as_range(every, first, last) for first, last in runs(every)]


def as_range(names: Sequence[str], first: int, last: int) -> str:
    """The range from one name to another."""
    return f"{names[first]}..{names[last].rpartition('-')[2]}"


def runs(names: Sequence[str], alike: Callable[[int, int], bool] = lambda _one, _other: True) -> list[tuple[int, int]]:
    """Where names are numbered on, as first and last index; runs of fewer than three are taken apart."""
    found: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(names) + 1):
        goes_on = index < len(names) and index - start < _MOST
        if goes_on and _follows(names[index - 1], names[index]) and alike(index - 1, index):
            continue
        long = index - start >= _FEWEST
        found += [(start, index - 1)] if long else [(each, each) for each in range(start, index)]
        start = index
    return found


def _follows(one: str, other: str) -> bool:
    a, b = _NUMBERED.fullmatch(one), _NUMBERED.fullmatch(other)
    return bool(a and b and a[1] == b[1] and int(b[2]) == int(a[2]) + 1)


_NEAR_LIMIT = 2_000
_LENGTH_LIMIT = 80


def near(wanted: str, known: Iterable[str]) -> str:
    """The known name most like the wanted one, or nothing; looks at some two thousand candidates at the most."""
    from difflib import get_close_matches  # only when something is wrong

    if len(wanted) > _LENGTH_LIMIT:
        return ""
    head, tail, size = wanted[:1], wanted[-3:], len(wanted)
    candidates: list[str] = []
    for name in known:
        alike = name.startswith(head) or name.endswith((tail, f".{wanted}"))
        if alike and (abs(len(name) - size) <= 3 or name.endswith(wanted)):
            candidates.append(name)
            if len(candidates) == _NEAR_LIMIT:
                break
    if inner := next((name for name in candidates if name.endswith(f".{wanted}")), ""):
        return inner
    return next(iter(get_close_matches(wanted, candidates, n=1, cutoff=0.6)), "")
