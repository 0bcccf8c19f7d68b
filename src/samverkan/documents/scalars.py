"""Single values: from what a document writes to the value, strictly, and back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeVar

from samverkan.documents.source_tree import RawNumber
from samverkan.errors import InvalidValueError
from samverkan.model.source import Basis, Mark, basis
from samverkan.model.work import Tally
from samverkan.values.count import Count
from samverkan.values.day import day
from samverkan.values.identity import check_id
from samverkan.values.money import Money, money
from samverkan.values.names import near
from samverkan.values.period import Period, period
from samverkan.values.term import Term, known, naming, words
from samverkan.values.when import When, when

_LONGEST = 1 << 20
_LONGEST_VALUE = 500
_LARGEST = 10**18
_ODD_CHARACTERS = {"Cc", "Cs"}
V = TypeVar("V")
Hook = Callable[[Any, Any], Any]
"""What makes a value of what a document writes."""


def text(value: Any, _: Any = None) -> str:
    """Accept text and nothing that merely converts to it."""
    if type(value) is not str:
        raise InvalidValueError(f"{shown(value)} is not text", _quote(value))
    if not value.isprintable() or len(value) > _LONGEST:
        _readable(value)
    return value


def are_plain(texts: Collection[str]) -> bool:
    """Whether no character in any of the texts has to be looked at."""
    return "".join(texts).isprintable() and max(map(len, texts), default=0) <= _LONGEST


def short(value: Any, _: Any = None) -> str:
    """Accept text that is short enough to be a word, a day, an amount or another single value."""
    if type(value) is not str:
        text(value)
    if len(value) > _LONGEST_VALUE:
        said = f"the text {value[:20]!r}… has {len(value)} characters"
        raise InvalidValueError(said, f"a value of this kind has at most {_LONGEST_VALUE}")
    return str(value)


def check_name(value: str) -> str:
    """Accept the name of a collaboration: an id, or those of several that were merged with ` + ` between."""
    for part in text(value).split(" + ") if value else ():
        check_id(part)
    return value


def _readable(value: str) -> None:
    if len(value) > _LONGEST:
        raise InvalidValueError(
            f"the text {value[:20]!r}… has {len(value)} characters", f"a text has at most {_LONGEST}"
        )
    for character in value:
        odd = unicodedata.category(character) in _ODD_CHARACTERS or character in "\ufffe\uffff"
        if odd and character not in "\n\t":
            raise InvalidValueError(f"the text holds the character U+{ord(character):04X}", "take it away")


def _quote(value: Any) -> str:
    if value is None:
        return "leave the key out where nothing is recorded"
    return f"write it in quotes: '{value!r}'" if type(value) in (int, RawNumber) else "write one text"


def shown(value: Any) -> str:
    """A value as a fault shows it."""
    if type(value) in (dict, list):
        return "a map" if type(value) is dict else "a list"
    if value is None or type(value) is bool:
        return {None: "nothing", True: "true", False: "false"}[value]
    return f"the number {value!r}" if type(value) in (int, RawNumber) else f"{value!r:.60}"


def strict(kind: type, name: str) -> Hook:
    """A hook that accepts a kind itself and nothing that merely converts to it."""

    def hook(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise InvalidValueError(f"{shown(value)} is not {name}", _hint(value, name))
        return value

    return hook


def _hint(value: Any, name: str) -> str:
    if value is None:
        return _quote(value)
    return "a whole number is written without quotes, point or leading zero" if "number" in name else f"write {name}"


def decimal(value: Any, _: Any) -> Decimal:
    """A number with a point is exact in its digits; JSON keeps it as text, since its readers would round it."""
    if type(value) is int:
        return Decimal(value)
    odd = RawNumber(short(value)) if type(value) is str else value
    if type(odd) is not RawNumber or odd.decimal is None:
        raise InvalidValueError(f"{shown(value)} is not a number", "write it with digits and a point, such as 71.5")
    return odd.decimal


def amount(value: Any, _: Any) -> Money:
    """An amount of money, as text or whole kronor."""
    if type(value) is RawNumber:
        raise InvalidValueError(f"{shown(value)} is not an amount", f"write it as text: '{value.text} kr'")
    if isinstance(value, InvalidValueError):
        raise value
    return money(value) if type(value) is int else _MONEY(short(value))


def from_text(read: Callable[[Any], V], *, year: bool = False) -> Callable[[Any, Any], V]:
    """A hook for a value that a document writes as text; a year may be a number.

    The same text is read once: a document says the same day, amount and party many times, and values never change.
    """
    known = lru_cache(maxsize=1 << 16)(read)

    def hook(value: Any, _: Any) -> V:
        if year and type(value) is int:
            value = f"{value:04}"
        return known(short(value))

    return hook


def moment(value: Any, _: Any) -> When:
    """A day that may be vague: its text, or its parts with the words as said."""
    if type(value) is not dict:
        return _WHEN(value, None)
    unknown = value.keys() - {"day", "as_written", "plan_as"}
    if unknown or "day" not in value:
        raise InvalidValueError(
            "a day in several parts has other keys than day, as_written and plan_as", "write {day: …, as_written: …}"
        )
    plan_as = DAY(value["plan_as"], None) if "plan_as" in value else None
    return when(_WHEN(value["day"], None), as_written=text(value.get("as_written", "")), plan_as=plan_as)


_MONEY = lru_cache(maxsize=1 << 16)(money)


DAY = from_text(day)


_WHEN = from_text(when, year=True)


_PERIOD = from_text(period, year=True)


def span(value: Any, _: Any) -> Period:
    """A period: its text, or its two ends."""
    if type(value) is not dict:
        return _PERIOD(value, None)
    if value.keys() - {"start", "end"}:
        raise InvalidValueError("a period in parts has other keys than start and end", "write {start: …, end: …}")
    return Period(*(moment(value[name], None) if name in value else None for name in ("start", "end")))


def moment_out(value: When) -> Any:
    """A day as a document writes it."""
    text_ = str(value)
    written = int(text_) if text_.isdigit() and text_[0] != "0" else text_
    if not value.as_written and not value.plan_as:
        return written
    parts = {"day": written, "as_written": value.as_written, "plan_as": value.plan_as and value.plan_as.isoformat()}
    return {name: part for name, part in parts.items() if part}


def span_out(value: Period) -> Any:
    """A period as a document writes it."""
    ends = {"start": value.start, "end": value.end}
    if any(end and (end.as_written or end.plan_as) for end in ends.values()):
        return {name: moment_out(end) for name, end in ends.items() if end}
    return str(value)


def is_term(cls: Any) -> bool:
    """Whether a class is a closed list of words."""
    return isinstance(cls, type) and issubclass(cls, Term)


@cache
def term(cls: Any) -> Hook:
    """The hook of a closed list, by either word."""
    members = words(cls)

    def hook(value: Any, _: Any) -> Any:
        member = members.get(value) if type(value) is str else None
        if member is not None:
            return member
        hint = near(short(value).casefold(), members)
        remedy = known(cls)
        raise InvalidValueError(
            f"{value!r:.80} is not known as {naming(cls)}", f"did you mean {hint!r}? {remedy}" if hint else remedy
        )

    return hook


def grounds(value: Any, _: Any) -> tuple[Basis, ...]:
    """How fields are known: a word for the whole record, or one or several for each field."""
    if type(value) is str:
        value = {"": value}
    if type(value) is not dict:
        raise InvalidValueError(f"{shown(value)} is not a basis", "write {field: derived} or {field: source-id}")
    return tuple(
        ground for name in sorted(value) for word in _words(value[name]) for ground in basis(**{text(name): word})
    )


def _words(value: Any) -> list[str]:
    return [text(word) for word in (value if type(value) is list else [value])]


def grounds_out(value: Iterable[Basis]) -> Any:
    """How fields are known, as a document writes it."""
    found: dict[str, list[str]] = {}
    for ground in value:
        if ground.source in words(Mark):
            raise InvalidValueError(f"the source {ground.source!r} is called as a mark is", "give it another id")
        found.setdefault(text(ground.field), []).append(str(ground.mark or ground.source))
    return {name: words[0] if len(words) == 1 else words for name, words in found.items()}


def tallies_out(value: Iterable[Tally]) -> Any:
    """How many have which status, as a document writes it."""
    found = {text(tally.status): count_out(tally.number) for tally in value}
    if len(found) != len(tuple(value)):
        raise InvalidValueError("two tallies have the same status", "add them up")
    return found


def only(kind: Any, write: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Write what is of the kind that its field says, so that nothing is written that could not be read."""

    def hook(value: Any) -> Any:
        if not isinstance(value, kind):
            raise InvalidValueError(f"{value!r:.80} is not a {naming(kind)}", "use the types of the model")
        return write(value)

    return hook


def count_out(value: Count) -> Any:
    """A count as a document writes it: a number where it is exact."""
    return value.low if value.low == value.high and not value.about else str(value)


def number_out(value: Decimal) -> Any:
    """A number as a document writes it, with its own digits."""
    number = int(value) if value == value.to_integral_value() else RawNumber(f"{value:f}".rstrip("0"))
    return whole_out(number) if type(number) is int else number


def whole_out(value: int) -> int:
    """A whole number that a document can hold."""
    if type(value) is not int:
        raise InvalidValueError(f"{value!r:.80} is not a whole number", "use an int")
    if abs(value) >= _LARGEST:
        raise InvalidValueError(f"the number {value:.3e} is too large for a document", "use a number below 10^18")
    return value
