"""Nets in which much happens at once: nearly every step waits, is due, or is estimated; the same for the same number."""

from random import Random

import samverkan as sv
from tests.scheduling.slowly import Step, World
from tests.scheduling.test_schedule import KINDS, day, vague


def rich(number: int, width: int = 0, meetings: bool = True, estimates: bool = True):
    """Dice, records, what is told of each step, what binds them, and the estimates; vague days lie within a width."""
    dice = Random(number)  # noqa: S311 (no secret)
    told, records, guessed = {}, [], {}

    def between(first, last):
        low = dice.randint(first, last)
        return low, low + dice.randint(0, width)

    for place in range(dice.randint(2, 6)):
        id, chance = f"s{place}", dice.random
        said = told[id] = {"days": dice.randint(0, 8), "done": None, "begins": between(0, 20)}
        said |= {"planned": between(0, 60)} if chance() < 0.3 else {}
        said |= {"due": between(5, 70)} if chance() < 0.7 else {}
        if width and chance() < 0.2:
            said["days"] = None
        if estimates and chance() < 0.6:
            best, likely, worst = sorted(dice.randint(0, 25) for _ in range(3))
            guessed[id] = sv.Estimate(best=best, likely=likely, worst=worst)
        timing = sv.Timing(
            days=sv.UNKNOWN if said["days"] is None else said["days"],
            statutory=False,
            estimate=guessed.get(id),
            **{name: vague(*said[key]) for name, key in NAMES.items() if key in said},
        )
        if meetings and said["days"] is not None and chance() < 0.3:
            said |= {"meetings": tuple(sorted(dice.sample(range(90), 6))), "lead": dice.randint(0, 5)}
            records += board(f"b{place}", said), sv.Decision(id=id, body=f"b{place}", timing=timing)
        else:
            records.append(sv.Activity(id=id, title=id, timing=timing))
    links = bound(dice, sorted(told))
    return dice, sv.Collaboration([*records, *links]), told, links, guessed


NAMES = {"not_before": "begins", "planned": "planned", "due": "due"}


def board(id, said):
    days = tuple(map(day, said["meetings"]))
    return sv.Actor(
        id=id, title="Nämnd", kind="board", meets=days, matters_in=said["lead"], basis=sv.basis(meets="complete")
    )


def bound(dice, ids):
    pairs = [(one, other) for one in ids for other in ids if one < other and dice.random() < 0.6]
    return tuple(
        sv.Dependency(
            predecessor=one,
            successor=other,
            kind=dice.choice((*KINDS, sv.vocabulary.DependencyKind.FINISH_START)),
            lag=dice.randint(-4, 6),
            working_days=dice.random() < 0.2,
        )
        for one, other in pairs
    )


def world(dice, told, links):
    """One way in which everything that is vague can turn out."""
    return World(
        steps={
            id: Step(
                days=said["days"],
                otherwise=dice.randint(0, 30),
                meetings=said.get("meetings"),
                lead=said.get("lead", 0),
                **{name: dice.randint(*said[name]) for name in ("begins", "planned") if name in said},
                **({"due": said["due"][1]} if "due" in said else {}),
            )
            for id, said in told.items()
        },
        links=links,
    )
