"""Who owes whom what, and how it stands: what the tests of `due` share."""

import samverkan as sv
from samverkan.questions.deadlines.due import ObligationState

ANSWERED, LATE, OPEN, OVERDUE, NOT_KNOWN, UNDECIDED, UNDATED = (
    ObligationState.ANSWERED,
    ObligationState.LATE,
    ObligationState.OPEN,
    ObligationState.OVERDUE,
    ObligationState.NOT_KNOWN,
    ObligationState.UNDECIDED,
    ObligationState.UNDATED,
)

WHO = (
    sv.Actor(id="ale", title="Ale kommun", kind="kommun"),
    sv.Actor(id="ale.soc", title="Socialnämnden", kind="committee", part_of="ale"),
    sv.Actor(id="hjo", title="Hjo kommun", kind="kommun"),
    sv.Actor(id="vgr", title="Regionen", kind="region"),
    sv.Actor(id="skr", title="SKR", kind="association"),
    sv.Actor(id="mora", title="Mora kommun", kind="kommun"),
    sv.Group(id="kommunerna", of=("ale", "hjo")),
    sv.Group(id="huvudmannen", of=("kommunerna", "vgr")),
    sv.Group(id="alla-290", basis=sv.basis(of="unknown")),
    sv.Plan(id="plan", title="Plan"),
)


def duty(due: object = "2016-10-31", by: object = "ale", id: str = "krav", **more: object) -> sv.Obligation:
    timing = {key: more.pop(key) for key in ("statutory", "met_when", "done", "planned") if key in more}
    return sv.Obligation(
        id=id, title="Krav", by=by, to="skr", timing=sv.Timing(due=due, **{"statutory": False, **timing}), **more
    )


def handed_in(by: object = "ale", *, id: str = "svar", **days: str) -> sv.Submission:
    return sv.Submission(id=id, obligation="krav", by=by, **days)


def asked(*records: object, party: str = "", on: str = "2016-11-15", known: str | None = None) -> sv.Table:
    return sv.due(sv.Collaboration([*WHO, *records], known=known), party, on=on)


def state(*records: object, **question: object) -> ObligationState:
    return asked(*records, **question)[0].state
