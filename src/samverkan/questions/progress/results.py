"""What did it give, and for whom (question 19)."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.work import Activity, Indicator, Observation, Reporting
from samverkan.parties.answer import answer
from samverkan.parties.containment import inside
from samverkan.values.count import Count
from samverkan.values.missing import Maybe
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording, both
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when

__all__ = ["Result", "results"]

_TOOK_PART = both("took part", "deltog")
_TITLE = Wording("What {thing} gave", "Vad {thing} gav")
_NOT_OBSERVED = Wording("what these gave: {things}", "vad dessa gav: {things}")


@frozen(kw_only=True)
class Result:
    """What came of something (resultat)."""

    of: tuple[str, ...]
    """Of what (avser)."""
    measure: Phrase = field(converter=Phrase)
    """What was measured; empty for words only (mått)."""
    value: Decimal | None
    """The value, in the unit of the measure (värde)."""
    unit: str
    """In which unit (enhet)."""
    number: Maybe[Count]
    """How many: of those observed, or who took part (antal)."""
    result: str
    """What came of it, in the words of the source (resultat)."""
    target_group: str
    """For whom (målgrupp)."""
    as_of: When | None
    """The day for which it holds (per)."""
    missing: Reporting | None
    """Why there is no value; neither is the same as none (saknas)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def results(collaboration: Collaboration, thing: str, *, on: WhenLike | None = None) -> Table[Result]:
    """What a plan, activity or grant gave, and for whom: measured, counted or in words (vad gav det, för vem).

    The statuses of how far things have come are in `progress`. What nobody observed is listed under `unknown`.
    Raises `NotFoundError` for an id that is not there.

    >>> from samverkan.model.work import Plan
    >>> seen = Observation(of="p", number="~60", result="fler kom i arbete", target_group="18–29 år", as_of="2017")
    >>> for row in results(Collaboration([Plan(id="p", title="P"), seen]), "p"):
    ...     print(row.number, row.result, row.target_group)
    ~60 fler kom i arbete 18–29 år
    """
    check_collaboration(collaboration)
    moment = maybe_when(on)
    things = dict.fromkeys(inside(collaboration, thing))
    seen = [one for one in collaboration[Observation] if not things.keys().isdisjoint(one.of) and _is_result(one)]
    seen = [one for one in seen if moment is None or one.as_of is None or one.as_of.by(moment) is not Truth.NO]
    took = [one for id in things if isinstance(one := collaboration[id], Activity) and one.participants is not None]
    rows = (*(_observed(collaboration, one) for one in seen), *map(_attended, took))
    observed = {id for row in rows for id in row.of}
    silent = tuple(id for id in things if id not in observed and isinstance(collaboration[id], Activity))
    unknown = [_NOT_OBSERVED(things=silent)] if silent or not rows else []
    return answer(collaboration, Result, rows, _TITLE(thing=thing), on=moment, unknown=unknown)


def _is_result(one: Observation) -> bool:
    given = (one.indicator, one.result, one.number)
    return not one.gap and (one.value is not None or any(value not in (None, "") for value in given))


def _observed(c: Collaboration, one: Observation) -> Result:
    measure = c[one.indicator] if one.indicator else None
    known = measure if isinstance(measure, Indicator) else None
    return Result(
        of=one.of,
        measure=known.title if known else one.indicator or "",
        value=one.value,
        unit=known.unit if known else "",
        number=one.number,
        result=one.result,
        target_group=one.target_group or (known.target_group if known else ""),
        as_of=one.as_of,
        missing=one.missing,
        because=(one.id, *([one.indicator] if one.indicator else [])),
    )


def _attended(activity: Activity) -> Result:
    return Result(
        of=(activity.id,),
        measure=_TOOK_PART,
        value=None,
        unit="",
        number=activity.participants,
        result="",
        target_group=activity.target_group,
        as_of=activity.timing.done,
        missing=None,
        because=(activity.id,),
    )
