"""The bodies of each kind, made once out of their table and found by any of their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from attrs import frozen

from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.party import Actor, ActorKind, Level
from samverkan.register.tables import rows
from samverkan.values.identity import OrgNumber, plain_id
from samverkan.values.names import near

__all__ = ["BodyIndex", "bare", "shelf", "sign"]

_TEN_DIGITS = re.compile(r"(\d{6})(\d{4})", re.ASCII)
_HAABO = {"0305": "haabo"}
"""Håbo, by its code: its å as aa, since a plain a is taken by Habo (0643). No other two of the 290 collide."""


def bare(text: str) -> str:
    """A name as names are compared: composed letters, single spaces, no capitals.

    >>> bare("  Upplands  Väsby ")
    'upplands väsby'
    """
    if not isinstance(text, str):
        raise InvalidValueError(f"{text!r} is not a name or a code", "write it as text; a code has its zeros: '0188'")
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()


@frozen
class BodyIndex:
    """The bodies of one kind."""

    kind: ActorKind
    """What they are."""
    bodies: tuple[Actor, ...]
    """The bodies, in the order of their table."""
    index: Mapping[str, Actor]
    """The same bodies under code, id, name, title and organisation number."""

    def find(self, name: str) -> Actor:
        """The body that is called so; raises `NotFoundError` with the nearest there is."""
        wanted = _TEN_DIGITS.sub(r"\1-\2", bare(name))
        if wanted in self.index:
            return self.index[wanted]
        hint = self.index.get(self._near(wanted))
        remedy = f"did you mean {hint.title!r} ({sign(hint)})?" if hint else "give its name or its number"
        raise NotFoundError(f"the register has no {self.kind} {name!r:.100}", remedy)

    def _near(self, wanted: str) -> str:
        """The most alike name; of numbers only the one that has lost its zero, since another number is another body."""
        if wanted[:1].isdigit():
            return f"0{wanted}"
        return near(wanted, (name for name in self.index if not name[0].isdigit()))


def sign(body: Actor) -> str:
    """The short, lasting name of a body of the register: code, organisation number, or id where it lacks both.

    >>> sign(shelf(ActorKind.REGION).find("Region Skåne"))
    '12'
    """
    if body.kind is ActorKind.KOMMUNALFORBUND:
        return body.id
    return body.code or str(body.orgnr)


@cache
def shelf(kind: ActorKind) -> BodyIndex:
    """The bodies of a kind; raises `NotFoundError` for a kind that the register does not hold."""
    if kind not in _MAKERS:
        raise NotFoundError(f"the register holds no {kind.value}", f"it holds {', '.join(map(str, _MAKERS))}")
    named = tuple(_MAKERS[kind]())
    index = {
        bare(name): body
        for body, short in named
        for name in (body.code, body.id, short, body.title, str(body.orgnr or ""))
        if name
    }
    return BodyIndex(kind, tuple(body for body, _ in named), index)


_Named = Iterator[tuple[Actor, str]]


def _kommuner() -> _Named:
    for row in rows("kommuner"):
        yield (
            Actor(
                id=_HAABO.get(row["code"]) or plain_id(row["name"]),
                title=row["title"],
                kind=ActorKind.KOMMUN,
                level=Level.LOCAL,
                orgnr=OrgNumber(row["orgnr"]),
                code=row["code"],
                county=row["code"][:2],
                source="register-kommuner",
                note=row["note"],
            ),
            row["name"],
        )


def _regions() -> _Named:
    for row in rows("regioner"):
        yield (
            Actor(
                id=plain_id(row["title"]),
                title=row["title"],
                kind=ActorKind.REGION,
                level=Level.COUNTY,
                orgnr=OrgNumber(row["orgnr"]),
                code=row["county"],
                county=row["county"],
                exists=row["exists"] or None,
                source="register-regioner",
                note=row["note"],
            ),
            row["title"].removeprefix("Region ").removesuffix("sregionen"),
        )


def _associations() -> _Named:
    for row in rows("forbund"):
        yield (
            Actor(
                id=row["id"],
                title=row["title"],
                kind=ActorKind.KOMMUNALFORBUND,
                level=Level.SUBREGIONAL,
                orgnr=OrgNumber(row["orgnr"]) if row["orgnr"] else None,
                county=row["county"],
                source="register-forbund",
                note=row["note"],
            ),
            "",
        )


def _agencies() -> _Named:
    for row in rows("myndigheter"):
        yield (
            Actor(
                id=plain_id(row["title"]),
                title=row["title"],
                kind=ActorKind.AGENCY,
                level=Level.COUNTY if row["county"] else Level.NATIONAL,
                orgnr=OrgNumber(row["orgnr"]),
                county=row["county"],
                source="register-myndigheter",
            ),
            "",
        )


_MAKERS: dict[ActorKind, Callable[[], _Named]] = {
    ActorKind.KOMMUN: _kommuner,
    ActorKind.REGION: _regions,
    ActorKind.KOMMUNALFORBUND: _associations,
    ActorKind.AGENCY: _agencies,
}
