"""Activities with days and what waits on what, of any size: many plans side by side, or one that is a long chain."""

from collections.abc import Iterator
from random import Random

import samverkan as sv

WIDE = 3
"""How many activities of a plan can go on at once."""
BACK = 3
"""How many levels back a link may reach."""
KINDS = ("finish-start",) * 8 + ("start-start", "finish-finish")


def plans(links: int, *, plan: int = 200, across: float = 0.1) -> sv.Collaboration:
    """So many links between activities of plans of so many each; some of the links go from plan to plan."""
    size = links * 2 // 5
    plan = min(plan, size)
    many = max(1, size // plan)
    rng = Random(links)  # noqa: S311 (plans need no secrets)
    activities = [
        sv.Activity(id=_id(number, at), title="", timing=_timing(rng, plan, at))
        for number in range(many)
        for at in range(plan)
    ]
    waits: dict[tuple[str, str], sv.Dependency] = {}
    while len(waits) < links:
        for link in _links(rng, many, plan, across):
            waits.setdefault((link.predecessor, link.successor), link)
            if len(waits) == links:
                break
    return sv.Collaboration([*activities, *waits.values()], id="planer", title="Planer")


def _id(plan: int, at: int) -> str:
    return f"p{plan}.a{at}"


def _timing(rng: Random, plan: int, at: int) -> sv.Timing:
    """The first may not begin before a day, and the last must be done by one."""
    return sv.Timing(
        days=rng.randrange(1, 15),
        not_before="2024-01-01" if at < WIDE else None,
        due="2030-12-31" if at >= plan - WIDE else None,
        statutory=False,
    )


def _links(rng: Random, many: int, plan: int, across: float) -> Iterator[sv.Dependency]:
    """One link into each activity that can wait."""
    for number in range(many):
        for at in range(WIDE, plan):
            level = at // WIDE
            before = rng.randrange(max(0, level - BACK) * WIDE, level * WIDE)
            other = rng.randrange(many) if rng.random() < across else number
            yield sv.Dependency(
                predecessor=_id(other, before),
                successor=_id(number, at),
                kind=rng.choice(KINDS),
                lag=rng.choice((0, 0, 0, 1, 5)),
            )
