"""What pictures say in English, in Swedish; what a record says stays as it is written."""

from __future__ import annotations

from itertools import chain
from typing import Literal, get_args

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration
from samverkan.model.funding import MoneyMove
from samverkan.model.party import Level
from samverkan.model.relations import Attitude
from samverkan.model.work import DependencyKind, Reporting
from samverkan.values.count import Count
from samverkan.values.ranges import AmountRange
from samverkan.values.term import Term
from samverkan.values.text import Phrase
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Lang", "check_lang", "named", "plain", "say", "say_amount", "say_count", "say_done", "say_when"]

Lang = Literal["en", "sv"]
"""The language of a picture's own words."""

_LISTS: tuple[type[Term], ...] = (Level, DependencyKind, MoneyMove, Reporting, Attitude)

_SWEDISH = {
    **{term.value: term.sv for term in chain.from_iterable(_LISTS)},
    "What hangs on what": "Vad som hänger på vad",
    "several levels": "flera nivåer",
    "level not told": "nivå ej angiven",
    "not told whose": "ej angivet vems",
    "must come before": "måste komma före",
    "informs or contributes to": "informerar eller bidrar till",
    "fulfils or secures": "uppfyller eller säkrar",
    "is owed to": "ska till",
    "days": "dagar",
    "working days": "arbetsdagar",
    "fulfils": "uppfyller",
    "secures": "säkrar",
    "owes": "ska till",
    "Not known": "Ej känt",
    "Rests on": "Vilar på",
    "and {} more": "och {} till",
    "Where the money of {} went": "Vart pengarna i {} gick",
    "for certain": "säkert",
    "perhaps": "kanske",
    "or more": "eller mer",
    "not told": "ej angivet",
    "unknown": "okänt",
    "at least": "minst",
    "at most": "högst",
    "about": "cirka",
    "more than": "fler än",
    "fewer than": "färre än",
    "any number of": "okänt antal",
    "How far it has come": "Hur långt det har kommit",
    "done": "klar",
    "done or not, cannot be told": "klar eller inte går inte att säga",
    "reported, without a status": "rapporterad utan status",
    "status not told": "status ej angiven",
    "processes": "processer",
    "process": "process",
    "activities": "aktiviteter",
    "activity": "aktivitet",
    "things": "saker",
    "and": "och",
    "of how many is not told": "av hur många är ej angivet",
    "of": "av",
    "(nothing to show)": "(inget att visa)",
    "Who has answered what": "Vem som har svarat vad",
    "Schedule": "Tidplan",
    "critical": "kritisk",
    "not critical": "inte kritisk",
    "critical or not, cannot be told": "kritisk eller inte går inte att säga",
    "late": "försenad",
    "perhaps late": "kanske försenad",
    "cannot come about": "kan inte bli av",
    "last day": "sista dag",
    "known to": "känt till och med",
    "day not told": "dag ej angiven",
    "from": "från",
    "by": "senast",
    "beside the ladder": "vid sidan av trappan",
    str(Truth.YES): "ja",
    str(Truth.NO): "nej",
    str(Truth.CANNOT_TELL): "går inte att säga",
}


def check_lang(lang: str) -> None:
    """Accept a language that pictures have words in."""
    if lang not in get_args(Lang):
        raise InvalidValueError(f"pictures have no words in {lang!r:.40}", "use 'en' or 'sv'")


def plain(text: object) -> str:
    """Text on one line, with a sign in the place of what has no shape."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(str(text).split()))


def named(c: Collaboration, id: str) -> str:
    """What a record is called, on one line; its id where it has no title or is not there."""
    return plain(getattr(c.get(id), "title", "")) or id


def say(text: str, lang: Lang) -> str:
    """A word or sentence of the library's own in a language; anything else as it is.

    >>> say("county", "sv"), say("Handlingsplan", "sv")
    ('länsgemensam', 'Handlingsplan')
    """
    if isinstance(text, Phrase):
        return text.text(lang)
    return _SWEDISH.get(text, text) if lang == "sv" else text


def say_amount(amount: AmountRange, lang: Lang) -> str:
    """An amount, or its bounds, as they are written in a language.

    >>> from samverkan.values.money import Money
    >>> say_amount(AmountRange(Money("1250.50"), None), "sv")
    'minst 1 250,50 kr'
    """
    if lang == "en":
        return str(amount)
    if amount.low is None and amount.high is None:
        return say("unknown", lang)
    low, high = (None if bound is None else str(bound).replace(".", ",") for bound in (amount.low, amount.high))
    if low == high:
        return str(low)
    if low and high:
        return f"{low}–{high}"
    return f"{say('at least', lang)} {low}" if low else f"{say('at most', lang)} {high}"


def say_when(day: When, lang: Lang) -> str:
    """A day, or what bounds it, in a language.

    >>> from samverkan.values.when import when
    >>> say_when(when("by 2016-10-20"), "sv"), say_when(when("2016-10-mid"), "sv")
    ('senast 2016-10-20', '2016-10-11–20')
    """
    if day.is_unknown:
        return say("day not told", lang)
    if day.earliest is None or day.latest is None:
        return f"{say('by', lang)} {day.latest}" if day.latest else f"{say('from', lang)} {day.earliest}"
    text = str(day)
    if lang == "en" or (text[-1].isdigit() and ".." not in text):
        return text if lang == "en" else text.replace("-Q", "-K")
    month = str(day.earliest)[:8] == str(day.latest)[:8]
    return f"{day.earliest}–{str(day.latest)[8:] if month else day.latest}"


def say_done(day: When | None, lang: Lang) -> str:
    """When a step can be done, in a language; that it cannot be, where there is no day.

    >>> say_done(None, "sv")
    'kan inte bli av'
    """
    return say("cannot come about", lang) if day is None else say_when(day, lang)


def say_count(number: Count, lang: Lang) -> str:
    """A count, or its bounds, in words that need no key.

    >>> say_count(Count(None, 199), "en"), say_count(Count(60, 60, about=True), "sv")
    ('fewer than 200', 'cirka 60')
    """
    mark = f"{say('about', lang)} " if number.about else ""
    if number.high is None:
        few = f"{say('more than', lang)} {number.low - 1}" if number.low else say("any number of", lang)
        return f"{mark}{few}"
    if number.low is None:
        return f"{mark}{say('fewer than', lang)} {number.high + 1}"
    return f"{mark}{number.low}" if number.low == number.high else f"{mark}{number.low}–{number.high}"
