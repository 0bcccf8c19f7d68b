"""Names that point: organisation numbers and the ids of records."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from attrs import field, frozen

from samverkan.errors import InvalidValueError
from samverkan.values.missing import RESERVED

__all__ = ["OrgNumber", "are_ids", "check_id", "is_id", "link", "plain_id"]

_DIGITS: Final = re.compile(r"(?:SE-ON-)?(?:16)?(\d{6})-?(\d{4})", re.ASCII)
_VAT: Final = re.compile(r"SE(\d{10})01", re.ASCII)
_FORM: Final = "write it NNNNNN-NNNN"
_ACTS: Final = {"202": "state", "212": "kommun", "222": "kommunalförbund", "232": "region"}

_LONGEST: Final = 200
# No group is possessive: Python 3.11.2 forgets where such a group began to fail, and takes "b1>1.@1" for an id.
_KEY: Final = r"[a-z0-9]++(?:-++[a-z0-9]++)*"
_PLAIN: Final = rf"{_KEY}(?:\.{_KEY}){{0,3}}"
_ID: Final = re.compile(rf"(?=.{{1,{_LONGEST}}}\Z){_PLAIN}(?:[>:@]{_PLAIN})*")
_MISREAD: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"}) | RESERVED
_LETTERS: Final = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u", " ": "-", "_": "-"})


def _ten_digits(value: str) -> str:
    match = _DIGITS.fullmatch(value) if type(value) is str else None
    if not match:
        vat = _VAT.fullmatch(value) if type(value) is str else None
        hint = f"a VAT number is not an organisation number; {vat[1][:6]}-{vat[1][6:]} is in it" if vat else _FORM
        raise InvalidValueError(f"{value!r} is not an organisation number", hint)
    number = match[1] + match[2]
    if int(number[2]) < 2:
        raise InvalidValueError(
            f"{value!r} is not an organisation number: its third digit is {number[2]}",
            "a personal number is not taken; an organisation number has 2 or more there",
        )
    from stdnum import luhn  # 70 ms, so only when a number is read

    if not luhn.is_valid(number):
        right = luhn.calc_check_digit(number[:-1])
        raise InvalidValueError(
            f"{value!r} is not an organisation number: its last digit does not fit the others",
            f"a digit is wrong or two are swapped; with these nine the last would be {right}",
        )
    return f"{number[:6]}-{number[6:]}"


@frozen(order=True)
class OrgNumber:
    """A Swedish organisation number (organisationsnummer), checked by its last digit.

    Accepts `212000-1355`, `2120001355`, with `16` before, and the org-id form `SE-ON-2120001355`.
    Raises `InvalidValueError` for a wrong check digit and for a personal number: persons are no organisations.
    It names a legal person or a reporting unit, not always one single body: all courts share one number.

    >>> OrgNumber("2120001355").org_id
    'SE-ON-2120001355'
    """

    value: str = field(converter=_ten_digits)
    """The number as `NNNNNN-NNNN`."""

    @property
    def org_id(self) -> str:
        """The number in the form of org-id.guide."""
        return f"SE-ON-{self.value.replace('-', '')}"

    @property
    def series(self) -> str:
        """What the number's first digits say of the body: state, kommun, kommunalförbund, region, or nothing."""
        return _ACTS.get(self.value[:3], "")

    def __str__(self) -> str:
        """The number as `NNNNNN-NNNN`."""
        return self.value


def is_id(value: object) -> bool:
    """Whether something can be an id."""
    return type(value) is str and _ID.fullmatch(value) is not None and value not in _MISREAD


def are_ids(values: Collection[object]) -> bool:
    """Whether all of them can be ids."""
    if {*map(type, values)} - {str}:
        return False
    texts: Any = values
    return None not in map(_ID.fullmatch, texts) and _MISREAD.isdisjoint(texts)


def check_id(value: str) -> str:
    """Accept an id: small letters a–z, digits and hyphens; dots between parent and part.

    Raises `InvalidValueError` with a suggestion: `norrtälje` would be `norrtalje`.
    """
    if is_id(value):
        return value
    if type(value) is not str:
        raise InvalidValueError(f"{value!r} is not an id", "an id is text")
    if value in _MISREAD:
        raise InvalidValueError(
            f"{value!r} cannot be an id, since programs read it as something else", "choose another word"
        )
    suggestion = plain_id(value)
    remedy = f"write {suggestion!r}" if suggestion else "use small letters a–z, digits and hyphens"
    shown = value if len(value) <= 60 else value[:57] + "…"
    raise InvalidValueError(
        f"{shown!r} is not an id: only a–z, 0–9 and hyphens, at most four parts with dots between", remedy
    )


def plain_id(text: str) -> str:
    """The nearest id to a Swedish name; empty where there is none.

    >>> plain_id("Upplands Väsby")
    'upplands-vasby'
    """
    candidate = _squeezed(text[:200])
    return candidate if _ID.fullmatch(candidate) and candidate not in _MISREAD else ""


def _squeezed(text: str) -> str:
    words = re.findall(r"[a-z0-9.]+", text.lower().translate(_LETTERS))
    return "-".join(word.strip(".") for word in words if word.strip("."))


def _tail(text: str) -> str:
    return text if _ID.fullmatch(text) else _squeezed(text.replace(".", " "))


def link(*ids: str, kind: str = "", on: object = "") -> str:
    """The id of a relation, made of what it relates: `ale>gr:associate@2016-05`.

    >>> link("ale", "gr", kind="member")
    'ale>gr:member'
    """
    if odd := [id for id in ids if id and not isinstance(id, str)]:
        raise InvalidValueError(f"{odd[0]!r:.80} is not an id", "an id is text")
    tail = "".join(f"{mark}{_tail(str(part))}" for mark, part in ((":", kind), ("@", on)) if part)
    return ">".join(id for id in ids if id) + tail
