"""How findings write the values that they mention."""

from __future__ import annotations

from samverkan.values.period import Period
from samverkan.values.text import Phrase, Wording, both, counted, listed, render

__all__ = ["days", "shown"]

_NAMED = 6
_LONGEST = 160

_FROM_UNTIL = Wording("from {start} until {end}", "från och med {start} till och med {end}")
_FROM = Wording("from {start}", "från och med {start}")
_UNTIL = Wording("until {end}", "till och med {end}")


def days(number: int) -> Phrase:
    """A number of days (antal dagar)."""
    return counted(number, ("day", "days"), ("dag", "dagar"))


def shown(value: object) -> object:
    """A value as a finding writes it: not too long, and of a list no more than six.

    >>> shown(("ale", "hjo", "vara"))
    'ale, hjo and vara'
    """
    if isinstance(value, tuple):
        return listed(map(shown, value), at_most=_NAMED)
    if isinstance(value, Period):
        return _period(value)
    text = render(value)
    return Phrase(f"{text[: _LONGEST - 1]}…") if len(text) > _LONGEST and not isinstance(value, Phrase) else value


def _period(period: Period) -> Phrase:
    if period.start and period.end:
        return _FROM_UNTIL(start=period.start, end=period.end)
    if period.start:
        return _FROM(start=period.start)
    return _UNTIL(end=period.end) if period.end else both("without end", "utan slut")
