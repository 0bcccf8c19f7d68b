"""Invented single values for the property tests; `tests.strategies` gives them on, with whole records beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

import samverkan as sv
from samverkan.values.money import digits

# ---------------------------------------------------------------- texts and ids

NASTY_TEXTS = (
    "",
    " ",
    "Handlingsplan för psykisk hälsa",
    "Område: ÅÄÖ, åäö och é",
    "yes", "no", "NO", "on", "off", "y", "true", "False", "null", "Null", "~",
    "0114", "1480", "-1", "+5", "1e3", "0x1F", "0o17", "1_000", "12:30:45", ".5", ".inf", ".nan", "NaN", "=", "<<",
    "2016-10-31", "2016-10", "2016", "845 mnkr", "25 %", "1/3", "each de-49", "Unknown", "NONE", "none of them",
    " leads with a space", "ends with a space ", "two  spaces",
    "a: b", "a:b", "key:", "a #b", "# not a comment", "a, b", "- item", "? key", "[a, b]", "{a: b}", "]", "}",
    "&anchor", "*alias", "!tag", "|", ">", ">-", "%TAG", "@at", "`tick`", "---", "--- a", "...",
    '"', "'", '"quoted"', "it's", "\\", "\\n", 'a "b" \'c\' \\d',
    "\n", "first\nsecond", "first\n\nthird\n", "\nstarts with one", "  indented\nthen not", "trailing \nspace",
    "a\n b\n",
    "<b>&amp;</b>", "$(rm)", "\U0001d49c", "👩‍👩‍👧", "🦌 älg", "\u00a0hard\u00a0space\u00a0",
    "zero\u200bwidth", "\u2028line", "\ufeffmark",
    "Ett långt stycke som måste brytas för att få plats på en rad, med kommatecken, kolon: och ett till, och sedan "  # noqa: ISC004
    "ännu en sats, så att den som viker raden mitt i en mening ändå ska få tillbaka exakt samma ord.",
)  # fmt: skip
"""What careless readers and writers of YAML, JSON and HTML take for something else."""

NASTY_IDS = (
    "1480", "0114", "007", "1e3", "0x1f", "12", "3", "2016-10-31", "2016", "a", "e1", "a--b", "x-1", "null-1",
    "unknown-1", "none-2", "actors", "id", "title", "source", "known", "use", "parts", "each", "jointly", "inf", "nan",
    "kind",
)  # fmt: skip
"""Ids that are valid and look like something else: numbers, days, the keys of a document."""

WORDS = (
    "ale", "hjo", "vara", "habo-kommun", "vastkom", "skr", "plan", "steg", "beslut", "ph-2016", "process-1",
    "process-2", "process-10", "styrgrupp", "de-49", "huvudmannen", "agenda", "insats", "mal", "rek", "handelse",
)  # fmt: skip

ORGANISATION_NUMBERS = tuple(
    sv.fields.OrgNumber(number)
    for number in ("212000-1355", "232100-0131", "222000-0521", "202100-2114", "556056-6258")
)

_RESERVED = {"unknown", "none"}
_READABLE = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n")


@cache
def texts() -> st.SearchStrategy[str]:
    """Free text: any letters of the world and line breaks, no control characters, never `unknown` or `none`."""
    drawn = st.text(_READABLE, max_size=30).filter(lambda text: text not in _RESERVED)
    return st.one_of(st.sampled_from(NASTY_TEXTS), drawn)


MISREAD = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"} | _RESERVED
_key = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=5)
_part = st.lists(_key, min_size=1, max_size=3).map("-".join)
_dotted = st.lists(_part, min_size=1, max_size=4).map(".".join)
_linked = st.tuples(_dotted, _dotted).map(">".join)
_drawn_ids = st.one_of(
    _dotted, _linked, st.tuples(_linked, _part).map(":".join), st.tuples(_linked, _part).map("@".join)
)


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids that a record may have: plain, of a part (`plan.step`), of a relation (`ale>gr:associate@2016`)."""
    return st.one_of(st.sampled_from(NASTY_IDS + WORDS), _drawn_ids.filter(lambda id: id not in MISREAD))


# ---------------------------------------------------------------- days

_FIRST, _LAST = date(1990, 1, 1), date(2049, 12, 31)


@cache
def days(first: date = _FIRST, last: date = _LAST) -> st.SearchStrategy[sv.fields.Day]:
    """Calendar days, of our own time unless told otherwise."""
    return st.dates(first, last).map(sv.day)


_UNITS: tuple[Callable[[str, int], str], ...] = (
    lambda iso, _: iso,
    lambda iso, _: iso[:7],
    lambda iso, month: f"{iso[:4]}-Q{(month + 2) // 3}",
    lambda iso, _: iso[:4],
    lambda iso, _: f"{iso[:7]}-early",
    lambda iso, _: f"{iso[:7]}-mid",
    lambda iso, _: f"{iso[:7]}-late",
)
_digit = st.integers(0, 9)
_RELATIONS = ("", "", "", "in ", "by ", "before ", "from ", "after ")


@st.composite
def whens(draw: st.DrawFn, first: date = _FIRST, last: date = _LAST) -> sv.When:
    """Days known more or less well, in every form; some with the source's words, some with a day to plan with."""
    inside = days(first, last)
    form = draw(_digit)
    if form == 9:
        known = sv.when("unknown")
    elif form == 8:
        known = sv.When(*sorted((draw(inside), draw(inside))))
    else:
        one = draw(inside)
        unit = _UNITS[draw(_digit) % len(_UNITS)](one.isoformat(), one.month)
        known = sv.when(_RELATIONS[form] + unit)
    extra = draw(_digit)
    said = draw(texts()) if extra in (6, 7) else ""
    plan_as = _clamped(draw(inside), known) if extra in (5, 7) else None
    return sv.when(known, as_written=said, plan_as=plan_as)


def _clamped(value: sv.fields.Day, known: sv.When) -> sv.fields.Day:
    return min(max(value, known.earliest or value), known.latest or max(value, known.earliest or value))


@cache
def _ends(first: date, last: date) -> st.SearchStrategy[sv.When | None]:
    return st.one_of(st.none(), days(first, last).map(sv.when), whens(first, last))


@st.composite
def periods(draw: st.DrawFn, first: date = _FIRST, last: date = _LAST) -> sv.Period:
    """Periods whose ends are exact, vague, open or unknown."""
    start, end = draw(_ends(first, last)), draw(_ends(first, last))
    if start and end and end.before(start) is sv.Truth.YES:
        start, end = end, start
    return sv.Period(start, end)


_moment = st.none() | whens()
_estimate = st.lists(st.integers(0, 400), min_size=3, max_size=3).map(
    lambda found: sv.Estimate(**dict(zip(("best", "likely", "worst"), sorted(found), strict=True)))
)
_baselines = st.lists(st.builds(sv.Baseline, label=texts(), day=whens()), max_size=2, unique_by=lambda b: b.label)


@cache
def timings() -> st.SearchStrategy[sv.Timing]:
    """Timings with any of their fields, or none."""
    return st.builds(
        sv.Timing,
        days=st.sampled_from((None, 0, 1, 14, 36_525, sv.UNKNOWN, sv.NONE)),
        not_before=_moment,
        planned=_moment,
        done=_moment,
        due=_moment,
        statutory=st.sampled_from((None, True, False)),
        met_when=st.sampled_from((None, *sv.vocabulary.MetWhen)),
        baselines=_baselines.map(tuple),
        estimate=st.none() | _estimate,
    )


# ---------------------------------------------------------------- numbers


@cache
def decimals() -> st.SearchStrategy[Decimal]:
    """Exact numbers of everyday size."""
    return st.builds(
        lambda number, places: Decimal(number).scaleb(-places), st.integers(-(10**9), 10**9), st.integers(0, 4)
    )


@st.composite
def money(
    draw: st.DrawFn, currencies: Sequence[str] = ("SEK", "SEK", "EUR", "NOK", "JPY", "KWD"), most: int = 10**13
) -> sv.Money:
    """Amounts in several currencies, down to the smallest coin, of either sign."""
    currency = draw(st.sampled_from(currencies))
    small, large, round_ = st.integers(-200, 200), st.integers(-most, most), st.integers(0, most // 10**6)
    coins = draw(st.one_of(small, large, round_.map(lambda number: number * 10**6)))
    return sv.Money(Decimal(coins).scaleb(-digits(currency)), currency)


@st.composite
def counts(draw: st.DrawFn) -> sv.Count:
    """Counts, exact, about, below, above and between."""
    low = draw(st.integers(0, 2_000))
    high = low + draw(st.integers(0, 50))
    bounds = draw(st.sampled_from(((low, low), (low, high), (None, high), (low, None))))
    return sv.Count(*bounds, about=draw(st.booleans()))


@cache
def shares() -> st.SearchStrategy[sv.Share]:
    """Shares from nothing to the whole."""
    return st.fractions(0, 1, max_denominator=10_000).map(sv.Share)
