"""The known word that somebody who wrote another probably meant."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["near"]

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
