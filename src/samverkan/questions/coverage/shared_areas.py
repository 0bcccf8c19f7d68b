"""Which areas do several plans share."""

from __future__ import annotations

from attrs import frozen

from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.source import is_open
from samverkan.model.work import Goal, GoalKind
from samverkan.parties.answer import answer
from samverkan.questions.coverage.gaps import same_aims
from samverkan.values.table import Table
from samverkan.values.text import Wording

__all__ = ["SharedArea", "shared_areas"]

_TITLE = Wording("Areas that several plans share", "Områden som flera planer delar")
_MORE = Wording("which other plans have {area}", "vilka andra planer som har {area}")


@frozen(kw_only=True)
class SharedArea:
    """An area or another aim that several plans have (gemensamt insatsområde)."""

    area: str
    """The area (område)."""
    title: str
    """What it is called (namn)."""
    kind: GoalKind
    """What sort of aim it is (slag)."""
    plans: tuple[str, ...]
    """The plans and agreements that have it (planer)."""
    matching: tuple[str, ...]
    """Others that have an aim that is said to correspond to it (motsvarande planer)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def shared_areas(collaboration: Collaboration) -> Table[SharedArea]:
    """The areas and other aims that several plans and agreements have (gemensamma insatsområden).

    One that several have is shared; one that corresponds to another's is told as matching, which says no more.
    Two that merely bear the same title are not taken to be one.

    >>> from samverkan.model.work import Plan
    >>> plans = [Plan(id=id, title=id) for id in ("fardplan", "plan")]
    >>> area = Goal(id="samordning", title="Samordning", kind="area", plans=("plan", "fardplan"))
    >>> [(row.area, row.plans) for row in shared_areas(Collaboration([*plans, area]))]
    [('samordning', ('fardplan', 'plan'))]
    """
    check_collaboration(collaboration)
    areas = (_row(collaboration, goal) for goal in collaboration[Goal])
    rows = [row for row in areas if len({*row.plans, *row.matching}) > 1]
    more = (_MORE(area=goal.id) for goal in collaboration[Goal] if is_open(goal, "plans"))
    return answer(collaboration, SharedArea, rows, _TITLE(), unknown=more)


def _row(c: Collaboration, goal: Goal) -> SharedArea:
    others = [other for other in same_aims(c, goal) if {*other.plans} - {*goal.plans}]
    matching = {plan for other in others for plan in other.plans} - {*goal.plans}
    plans, matched = sorted({*goal.plans}, key=natural), sorted(matching, key=natural)
    because = dict.fromkeys((goal.id, *(other.id for other in others), *plans, *matched))
    return SharedArea(
        area=goal.id,
        title=goal.title,
        kind=goal.kind,
        plans=tuple(plans),
        matching=tuple(matched),
        because=tuple(because),
    )
