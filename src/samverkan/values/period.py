"""`Period`: from a day to a day, both included."""

from __future__ import annotations

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.truth import Truth
from samverkan.values.when import When, WhenLike, maybe_when, unit, when

__all__ = ["Period", "PeriodLike", "period"]


@frozen
class Period:
    """A span of days (period), first and last day included; either end may be vague or left open.

    An absent end (None) is one that nothing bounds: an agreement that still runs.
    An end that exists but is not known is `when("unknown")`.

    Raises `InvalidValueError` when it must end before it begins.

    >>> spring = period("2016-05/2016-12")
    >>> str(spring), spring.contains("2016-12-31")
    ('2016-05-01/2016-12-31', <Truth.YES: 'yes'>)
    >>> period("in 2016-05/2016-12").contains("2016-05-10")
    <Truth.CANNOT_TELL: 'cannot be told'>
    """

    start: When | None = field(default=None, converter=maybe_when)
    """The first day; None where nothing bounds it."""
    end: When | None = field(default=None, converter=maybe_when)
    """The last day; None where nothing bounds it."""

    def __attrs_post_init__(self) -> None:
        """Hold the ends in order."""
        if self.start and self.end and self.end.before(self.start) is Truth.YES:
            raise InvalidValueError(
                f"the period {self.start} to {self.end} ends before it begins", "write the first day first"
            )

    def contains(self, day: WhenLike) -> Truth:
        """Whether a day lies in the period."""
        moment = when(day)
        begun = self.start.by(moment) if self.start else Truth.YES
        ended = self.end.before(moment) if self.end else Truth.NO
        return begun & ~ended

    def overlaps(self, other: PeriodLike) -> Truth:
        """Whether the two periods share a day.

        >>> period("2016").overlaps("2016-12/2017-03")
        <Truth.YES: 'yes'>
        """
        other = period(other)
        return _begins_by(self.start, other.end) & _begins_by(other.start, self.end)

    def __str__(self) -> str:
        """First and last day with a slash between; an open end is left out."""
        return "/".join(_end_text(end) for end in (self.start, self.end))

    @property
    def sv(self) -> str:
        """First and last day in Swedish words (på svenska).

        >>> period("2016-05-02/2016-12-31").sv, period("2017-01-01/").sv
        ('från och med 2016-05-02 till och med 2016-12-31', 'från och med 2017-01-01')
        """
        ends = (("från och med", self.start), ("till och med", self.end))
        return " ".join(f"{word} {end.sv}" for word, end in ends if end) or "utan slut"


PeriodLike = str | Period
"""What a `Period` may be given as: its text, or itself."""


_REMEDY = (
    "write a first and a last day with a slash between: 2016-05/2016-12, 2017-01-01/ without end, 2016 for a year, "
    "or unknown"
)


def period(value: PeriodLike) -> Period:
    """Read a period.

    `2016` is the whole year, `2016-05/2016-12` the whole months from May to December, `2017-01-01/` has no end.
    A vague end says so: `in 2016-05/2016-12-31` begins some day in May, `2016-01-01/by 2017-02-12` has ended by then.
    Of a period that is `unknown` both ends are.
    Raises `InvalidValueError` for what is no period, and for one that ends before it begins.

    >>> str(period("2012/2015"))
    '2012-01-01/2015-12-31'
    """
    if isinstance(value, Period):
        return value
    if type(value) is not str:
        raise InvalidValueError(f"{value!r:.80} is not a period", _REMEDY)
    if value == "unknown":
        return Period(when(value), when(value))
    first, slash, last = value.partition("/")
    if slash:
        return Period(_end(first, 0), _end(last, 1))
    if ".." in value:
        raise InvalidValueError(f"{value!r:.80} is one day somewhere between two", _REMEDY)
    try:
        return Period(*(When(bound, bound) for bound in unit(value)))
    except InvalidValueError as error:
        raise InvalidValueError(f"{value!r:.80} is not a period", _REMEDY) from error


def maybe_period(value: PeriodLike | None) -> Period | None:
    """Read a period that may be absent."""
    return value if value is None or type(value) is Period else period(value)


def _begins_by(start: When | None, end: When | None) -> Truth:
    return start.by(end) if start and end else Truth.YES


def _end(text: str, side: int) -> When | None:
    if not text:
        return None
    if " " in text or ".." in text or text == "unknown":
        return when(text)
    bound = unit(text)[side]
    return When(bound, bound)


def _end_text(end: When | None) -> str:
    if end is None:
        return ""
    text = str(end)
    vague = end.earliest and end.latest and not end.exact and ".." not in text
    return f"in {text}" if vague else text
