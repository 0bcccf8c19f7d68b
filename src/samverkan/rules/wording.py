"""How values are said in a sentence, in English and in Swedish."""

from __future__ import annotations

from functools import singledispatch

from attrs import frozen

from samverkan.values.missing import Missing
from samverkan.values.money import Money
from samverkan.values.period import Period
from samverkan.values.term import Term
from samverkan.values.text import Language, Phrase
from samverkan.values.when import When

__all__ = ["Bilingual", "counted", "days", "spoken"]

_SHOWN = 6
_LONGEST = 160

_DAYS = {
    "by ": "senast ",
    "from ": "tidigast ",
    "in ": "i ",
    "-early": "-början",
    "-mid": "-mitten",
    "-late": "-slutet",
    "unknown": "okänd dag",
}


@frozen
class Bilingual:
    """The same thing in both languages.

    >>> spoken(Bilingual("a Saturday", "en lördag"), "sv")
    'en lördag'
    """

    en: str
    """In English."""
    sv: str
    """In Swedish."""


def counted(number: int, en: tuple[str, str], sv: tuple[str, str]) -> Bilingual:
    """A number with its noun, in the singular or the plural.

    >>> counted(1, ("line", "lines"), ("rad", "rader")).sv
    '1 rad'
    """
    return Bilingual(*(f"{number} {nouns[number != 1]}" for nouns in (en, sv)))


def days(number: int) -> Bilingual:
    """A number of days (antal dagar)."""
    return counted(number, ("day", "days"), ("dag", "dagar"))


@singledispatch
def spoken(value: object, language: Language) -> str:  # noqa: ARG001 (most things are said alike)
    """A value as a sentence says it, on one line and not too long.

    >>> spoken(Money("1250.50"), "sv"), spoken(("ale", "hjo", "vara"), "sv")
    ('1 250,50 kr', 'ale, hjo och vara')
    """
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


@spoken.register
def _(value: Bilingual, language: Language) -> str:
    return value.sv if language == "sv" else value.en


@spoken.register
def _(value: Phrase, language: Language) -> str:
    return value.text(language)


@spoken.register
def _(value: Term, language: Language) -> str:
    return value.sv if language == "sv" else value.value


@spoken.register
def _(value: Money, language: Language) -> str:
    return str(value).replace(".", ",") if language == "sv" else str(value)


@spoken.register
def _(value: Missing, language: Language) -> str:
    return {"unknown": "okänt", "none": "inget"}[value.value] if language == "sv" else value.value


@spoken.register
def _(value: Period, language: Language) -> str:
    first, last = ("från och med", "till och med") if language == "sv" else ("from", "until")
    ends = ((first, value.start), (last, value.end))
    said = [f"{word} {spoken(end, language)}" for word, end in ends if end]
    return " ".join(said) or ("utan slut" if language == "sv" else "without end")


@spoken.register
def _(value: When, language: Language) -> str:
    text = str(value)
    for english, swedish in _DAYS.items() if language == "sv" else ():
        text = text.replace(english, swedish)
    return text


@spoken.register
def _(value: tuple, language: Language) -> str:  # type: ignore[type-arg]
    word, more = ("och", "till") if language == "sv" else ("and", "more")
    said = [spoken(item, language) for item in value]
    if len(said) > _SHOWN:
        said[_SHOWN - 1 :] = [f"{len(said) - _SHOWN + 1} {more}"]
    return f" {word} ".join(part for part in (", ".join(said[:-1]), *said[-1:]) if part)
