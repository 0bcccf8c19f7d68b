"""`When`: a day that may be an interval in which it lies, with the words as said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.day import Day, DayLike, add_days, day, maybe_day, month_end
from samverkan.values.truth import Truth

__all__ = ["When", "WhenLike", "surely_before", "unit", "when"]

_REMEDY = (
    "write a day 2016-10-31, a month 2016-10, a quarter 2016-Q4, a year 2016, a third of a month 2016-10-mid "
    "(early, mid, late), an interval 2016-10-01..2016-10-15, 'by', 'before', 'from' or 'after' one of these, "
    "or 'unknown'"
)
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-[QqKk]([1-4])", re.ASCII)
_THIRD = re.compile(r"([0-9]{4})-([0-9]{2})-(\w+)")
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_SWEDISH = {"början": "early", "mitten": "mid", "slutet": "late"}
_SEASONS = {"vår", "våren", "sommar", "sommaren", "höst", "hösten", "vinter", "vintern"}
_SEASONS |= {"spring", "summer", "autumn", "winter"}


@frozen
class When:
    """A day, or the interval in which the day lies (en dag, eller när den tidigast och senast är).

    `earliest` and `latest` bound it, both included; None means no bound, and two None that nothing is known.
    `said` keeps the source's own words; `plan_as` is a day inside the interval to plan with, if one is wanted.
    Comparisons are three-valued.

    Raises `InvalidValueError` when the bounds cross or `plan_as` lies outside them.

    >>> mid = when("2016-10-mitten")
    >>> str(mid), mid.before("2016-10-31"), mid.before("2016-10-15")
    ('2016-10-mid', <Truth.YES: 'yes'>, <Truth.CANNOT_TELL: 'cannot be told'>)
    """

    earliest: Day | None = field(default=None, converter=maybe_day)
    """The first day on which it can be."""
    latest: Day | None = field(default=None, converter=maybe_day)
    """The last day on which it can be."""
    as_written: str = field(default="", kw_only=True)
    """The words of the source, such as "i mitten av oktober"."""
    plan_as: Day | None = field(default=None, converter=maybe_day, kw_only=True)
    """A day chosen to plan with; an answer that uses it says so."""

    def __attrs_post_init__(self) -> None:
        """Hold the bounds in order."""
        if self.earliest and self.latest and self.earliest > self.latest:
            raise InvalidValueError(f"{self.earliest} is after {self.latest}", "write the earlier bound first")
        if self.plan_as and not self.may_be(self.plan_as):
            raise InvalidValueError(f"plan_as {self.plan_as} lies outside {self}", "choose a day inside the interval")

    @property
    def exact(self) -> Day | None:
        """The day, where it is one single day."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def is_unknown(self) -> bool:
        """Whether nothing at all is known of it."""
        return self.earliest is None and self.latest is None

    def may_be(self, other: Day) -> bool:
        """Whether it can be that day."""
        return (not self.earliest or self.earliest <= other) and (not self.latest or other <= self.latest)

    def before(self, other: WhenLike) -> Truth:
        """Whether it is earlier than *other*.

        >>> when("2016-10-mid").before("2016-10-21")
        <Truth.YES: 'yes'>
        """
        other = when(other)
        certain = bool(self.latest and other.earliest and self.latest < other.earliest)
        return Truth.of(
            certain=certain, possible=not (self.earliest and other.latest and self.earliest >= other.latest)
        )

    def by(self, other: WhenLike) -> Truth:
        """Whether it is on *other* or earlier.

        >>> when("2016-10").by("2016-10-15")
        <Truth.CANNOT_TELL: 'cannot be told'>
        """
        return ~when(other).before(self)

    def __str__(self) -> str:
        """The shortest canonical way to write it."""
        low, high = self.earliest, self.latest
        if low is None or high is None:
            return f"by {high}" if high else f"from {low}" if low else "unknown"
        if low == high:
            return low.isoformat()
        return _unit_text(low, high) or f"{low}..{high}"

    @property
    def sv(self) -> str:
        """The day, or its bounds, in Swedish (på svenska).

        >>> when("by 2016-10-20").sv, when("2016-10-mid").sv, when("2016-10-03..2016-11-02").sv
        ('senast 2016-10-20', '2016-10-11–20', '2016-10-03–2016-11-02')
        """
        low, high = self.earliest, self.latest
        if low is None or high is None:
            return f"senast {high}" if high else f"tidigast {low}" if low else "okänd dag"
        text = str(self)
        if ".." not in text and text[-1].isdigit():
            return text.replace("-Q", "-K")
        return f"{low}–{high.day:02}" if (low.year, low.month) == (high.year, high.month) else f"{low}–{high}"


WhenLike = str | date | When
"""What a `When` may be given as: its text, a day, or itself."""


def when(value: WhenLike, *, as_written: str = "", plan_as: DayLike | None = None) -> When:
    """Read a day that may be vague.

    Accepted: `2016-10-31`, `2016-10`, `2016-Q1`, `2016`, `2016-10-mid` (also `early`, `late` and the Swedish
    `början`, `mitten`, `slutet`: days 1–10, 11–20, 21–end), `A..B`, `by A`, `before A`, `from A`, `after A`, `unknown`.
    Seasons are refused, since the school's spring is not the calendar's.
    Raises `InvalidValueError` for what is no day, and for a *plan_as* outside the interval.

    >>> when("before 2017-02-13").latest.isoformat()
    '2017-02-12'
    """
    if isinstance(value, When):
        if not as_written and not plan_as:
            return value
        result = value
    elif type(value) is str:
        result = When(*_bounds(value))
    else:
        known = day(value)
        result = When(known, known)
    if as_written or plan_as:
        return When(
            result.earliest,
            result.latest,
            as_written=as_written or result.as_written,
            plan_as=day(plan_as) if plan_as else result.plan_as,
        )
    return result


def surely_before(first: When | None, second: WhenLike | None) -> bool:
    """Whether one day is earlier than another, whatever the days turn out to be; not where either is absent.

    >>> surely_before(when("2016-10-mid"), "2016-10-21"), surely_before(None, "2016-10-21")
    (True, False)
    """
    return first is not None and second is not None and first.before(second) is Truth.YES


def maybe_when(value: WhenLike | None) -> When | None:
    """Read a day that may be absent."""
    return value if value is None or type(value) is When else when(value)


def _bounds(text: str) -> tuple[Day | None, Day | None]:
    if text == "unknown":
        return None, None
    word, _, rest = text.partition(" ")
    if rest and word in _RELATIONS:
        return _RELATIONS[word](*unit(rest))
    first, dots, last = text.partition("..")
    return (unit(first)[0], unit(last)[1]) if dots else unit(text)


_RELATIONS: dict[str, Callable[[Day, Day], tuple[Day | None, Day | None]]] = {
    "by": lambda _, high: (None, high),
    "before": lambda low, _: (None, add_days(low, -1)),
    "from": lambda low, _: (low, None),
    "after": lambda _, high: (add_days(high, 1), None),
    "in": lambda low, high: (low, high),
}


def unit(text: str) -> tuple[Day, Day]:
    """The first and last day of a day, third of a month, month, quarter or year.

    >>> [str(bound) for bound in unit("2016-Q1")]
    ['2016-01-01', '2016-03-31']
    """
    try:
        if match := _MONTH.fullmatch(text):
            return _months(int(match[1]), int(match[2]), int(match[2]))
        if match := _YEAR.fullmatch(text):
            return _months(int(match[1]), 1, 12)
        if match := _QUARTER.fullmatch(text):
            return _months(int(match[1]), 3 * int(match[2]) - 2, 3 * int(match[2]))
        if (match := _THIRD.fullmatch(text)) and (third := _SWEDISH.get(match[3], match[3])) in _THIRDS:
            return _third(int(match[1]), int(match[2]), *_THIRDS[third])
        known = day(text)
    except ValueError as error:
        raise _refusal(text, error) from None
    return known, known


def _refusal(text: str, error: ValueError) -> InvalidValueError:
    if _SEASONS & set(re.split(r"[\W\d_]+", text.casefold())):
        return InvalidValueError(f"{text!r} is a season, not a day", "write the months, such as 2022-03..2022-05")
    if isinstance(error, InvalidValueError) and text[-2:].isdigit() and len(text) == len("2016-10-31"):
        return error
    return InvalidValueError(f"{text!r} is not a day", _REMEDY)


def _months(year: int, first: int, last: int) -> tuple[Day, Day]:
    return Day(year, first, 1), month_end(year, last)


def _third(year: int, month: int, first: int, last: int) -> tuple[Day, Day]:
    return Day(year, month, first), Day(year, month, min(last, month_end(year, month).day))


def _unit_text(low: Day, high: Day) -> str:
    """The unit that is exactly this interval, or nothing."""
    month = f"{low.year:04}-{low.month:02}"
    names = [
        f"{low.year:04}",
        month,
        f"{low.year:04}-Q{(low.month + 2) // 3}",
        *(f"{month}-{name}" for name in _THIRDS),
    ]
    return next((name for name in names if unit(name) == (low, high)), "")
