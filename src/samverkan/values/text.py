"""`Phrase` and `Wording`: what the library writes, as values that have both English and Swedish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import singledispatch
from string import Formatter
from typing import Any, Literal, Protocol, Self

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.term import Term

__all__ = [
    "Language",
    "Phrase",
    "Titles",
    "Wording",
    "both",
    "check_language",
    "counted",
    "enumerated",
    "listed",
    "render",
]

Language = Literal["en", "sv"]
"""`"en"` or `"sv"`."""


class Titles(Protocol):
    """Where the titles of ids are looked up, such as a collaboration.

    >>> Wording("waits on {step}", "väntar på {step}")(step="beslut").text("sv", titles={})
    'väntar på beslut'
    """

    def get(self, id: str, /) -> object | None:
        """Return the record with an id, None where there is none."""


class Phrase(str):
    """Text in English that knows its Swedish (fras).

    It is an ordinary string, so it prints, compares and sorts as its English text. Made of a `Wording`, it has Swedish
    too, and so it has made of a `Term`. Made of a plain string, it is the same in both languages: a source's own words
    are never translated.

    >>> missing = Wording("the day of {record} is not recorded", "dagen för {record} är inte angiven")
    >>> phrase = missing(record="beslut-1")
    >>> phrase, phrase.sv
    ('the day of beslut-1 is not recorded', 'dagen för beslut-1 är inte angiven')
    """

    __slots__ = ("_fill", "_values")

    _fill: _Fill | None
    _values: Any

    def __new__(cls, text: str = "", fill: Any = None, values: Any = None) -> Self:
        """Take some text as it stands; a phrase stays as it is, and a word of a closed list keeps its Swedish."""
        if isinstance(text, cls):
            return text
        if isinstance(text, Term):
            fill, values = _either, (text.value, text.sv)
        phrase = super().__new__(cls, text if fill is None else fill(values, "en", None))
        phrase._fill, phrase._values = fill, values
        return phrase

    @property
    def sv(self) -> str:
        """The text in Swedish (på svenska)."""
        return self.text("sv")

    def text(self, language: Language = "en", titles: Titles | None = None) -> str:
        """Return the text in a language; with *titles*, such as a collaboration, records are called by their titles.

        Raises `InvalidValueError` if there are no words in that language.

        >>> Wording("waits on {record}", "väntar på {record}")(record="forslag").text("sv")
        'väntar på forslag'
        """
        check_language(language)
        if self._fill is None:
            return str(self)
        return str(self) if language == "en" and titles is None else self._fill(self._values, language, titles)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it is made of."""
        return Phrase, (str(self), self._fill, self._values)

    @staticmethod
    def joined(parts: Iterable[object], separator: str = ", ") -> Phrase:
        """Join several values or phrases into one phrase.

        >>> late = Wording("late", "försenad")
        >>> Phrase.joined([late(), "beslut-1"], "; ").sv
        'försenad; beslut-1'
        """
        return Phrase("", _Join(separator), (*parts,))


class _Fill(Protocol):
    def __call__(self, values: Any, language: Language, titles: Titles | None) -> str: ...


def both(en: str, sv: str) -> Phrase:
    """A phrase of two texts, which name no values.

    >>> both("any day", "alla dagar").sv
    'alla dagar'
    """
    return Phrase("", _either, (en, sv))


def _either(values: tuple[str, str], language: Language, titles: Titles | None) -> str:  # noqa: ARG001
    return values[language == "sv"]


@frozen
class _Join:
    separator: str

    def __call__(self, values: tuple[object, ...], language: Language, titles: Titles | None) -> str:
        return self.separator.join([render(value, language, titles) for value in values])


def _parts(template: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(template))


def _named(template: str) -> set[str]:
    return {name for _, name in _parts(template) if name}


@frozen
class Wording:
    """A sentence in English and in Swedish, with the names of its values in braces (formulering).

    Called with the values, it makes a `Phrase`. A value that is an id is given as a plain string; a source's own words
    are given as `Phrase(words)`, so that they are never taken for an id.

    Raises `InvalidValueError` if the Swedish names a value that the English does not.

    >>> Wording("{day} is a Saturday", "{day} är en lördag")(day="2016-10-15").sv
    '2016-10-15 är en lördag'
    """

    en: str
    """In English."""
    sv: str
    """In Swedish."""
    _languages: Mapping[str, tuple[tuple[str, str | None], ...]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Take the templates apart, and hold the Swedish to the values of the English."""
        if more := _named(self.sv) - _named(self.en):
            message = f"{self.sv!r:.80} names {', '.join(sorted(more))}, which {self.en!r:.80} does not"
            raise InvalidValueError(message, "name in Swedish only what the English names")
        object.__setattr__(self, "_languages", {"en": _parts(self.en), "sv": _parts(self.sv)})

    def __call__(self, **values: object) -> Phrase:
        """Make a phrase of some values."""
        return Phrase("", self.fill, values)

    def fill(self, values: Mapping[str, object], language: Language, titles: Titles | None) -> str:
        """Return the sentence with its values in a language."""
        text = ""
        for literal, name in self._languages[language]:
            text += literal if name is None else literal + render(values[name], language, titles)
        return text


def check_language(language: str) -> None:
    """Raise `InvalidValueError` if the library has no words in a language."""
    if language not in ("en", "sv"):
        raise InvalidValueError(f"there are no words in {language!r:.40}", "use 'en' or 'sv'")


@singledispatch
def render(value: object, language: Language = "en", titles: Titles | None = None) -> str:  # noqa: ARG001 (it has no title)
    """Write a value on one line in a language.

    A string that is the id of a record with a title in *titles* becomes that title. A value that has Swedish has it
    under `sv`. Parts are joined with commas, or with semicolons if one of them has a space.

    >>> render(True, "sv"), render(("ale", "hjo"), "sv"), render(None)
    ('ja', 'ale, hjo', '')
    """
    swedish = getattr(value, "sv", None) if language == "sv" else None
    return " ".join((swedish or str(value)).split())


@render.register
def _(value: str, language: Language = "en", titles: Titles | None = None) -> str:  # noqa: ARG001
    title = "" if titles is None else getattr(titles.get(value), "title", "")
    return " ".join((title or value).split())


@render.register
def _(value: Phrase, language: Language = "en", titles: Titles | None = None) -> str:
    return value.text(language, titles)


@render.register(Term)
def _(value: Term, language: Language = "en", titles: Titles | None = None) -> str:  # noqa: ARG001 (a word has no title)
    return (language == "sv" and value.sv) or value.value


@render.register(type(None))
def _(value: None, language: Language = "en", titles: Titles | None = None) -> str:  # noqa: ARG001  # noqa: ARG001
    return ""


@render.register(bool)
def _(value: bool, language: Language = "en", titles: Titles | None = None) -> str:  # noqa: ARG001, FBT001
    return _YES_NO[language][not value]


@render.register(Decimal)
def _(value: Decimal, language: Language = "en", titles: Titles | None = None) -> str:  # noqa: ARG001
    return str(value).replace(".", ",") if language == "sv" else str(value)


@render.register(tuple)
def _(value: tuple[object, ...], language: Language = "en", titles: Titles | None = None) -> str:
    separator = "; " if any(" " in render(part) for part in value) else ", "  # of the ids, whatever their titles hold
    return separator.join([render(part, language, titles) for part in value])


_YES_NO: dict[Language, tuple[str, str]] = {"en": ("yes", "no"), "sv": ("ja", "nej")}
_AND: dict[Language, str] = {"en": "and", "sv": "och"}
_MORE = Wording("{number} more", "{number} till")


def _enumerated(values: tuple[object, ...], language: Language, titles: Titles | None) -> str:
    *most, last = [render(value, language, titles) for value in values]
    return f"{', '.join(most)} {_AND[language]} {last}" if most else last


def listed(values: Iterable[object], at_most: int | None = None) -> Phrase:
    """List some values in a sentence, at most so many of them by name.

    >>> listed(["ale", "hjo", "vara"]).sv, listed(["ale", "hjo", "vara"], at_most=2)
    ('ale, hjo och vara', 'ale and 2 more')
    """
    all_ = (*values,)
    if at_most is not None and len(all_) > at_most:
        all_ = (*all_[: at_most - 1], _MORE(number=len(all_) - at_most + 1))
    return Phrase("", _enumerated, all_) if all_ else Phrase()


def enumerated(values: Iterable[object], at_most: int) -> Phrase:
    """Name some values with commas between, at most so many of them, and how many more there are.

    >>> enumerated(["ale", "hjo", "vara"], at_most=2).sv
    'ale, hjo och 1 till'
    """
    named = (*values,)
    more = [_MORE(number=len(named) - at_most)] if len(named) > at_most else []
    return listed([Phrase.joined(named[:at_most]), *more])


def counted(number: int, en: tuple[str, str], sv: tuple[str, str]) -> Phrase:
    """A number with its noun, in the singular or the plural.

    >>> counted(1, ("line", "lines"), ("rad", "rader")).sv
    '1 rad'
    """
    several = number != 1
    return Wording(f"{{number}} {en[several]}", f"{{number}} {sv[several]}")(number=number)
