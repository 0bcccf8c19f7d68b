"""Closed lists of words, each with its Swedish label."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any, Self, TypeVar

from samverkan.errors import InvalidValueError

__all__ = ["Term"]

T = TypeVar("T", bound="Term")


class Term(StrEnum):
    """A word out of a closed list; its value is English, `sv` the field's Swedish label.

    Calling the class accepts either, so that `ActorKind("förvaltning")` is `ActorKind.ADMINISTRATION`.
    A word that is not in the list raises `InvalidValueError` with the words that are.
    """

    sv: str

    def __new__(cls, value: str, sv: str = "") -> Self:
        """Make a member of a word and its Swedish label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sv = sv
        return member

    @classmethod
    def _missing_(cls, value: object) -> Any:
        member = words(cls).get(value.casefold()) if isinstance(value, str) else None
        if member is None:
            raise InvalidValueError(f"{value!r:.80} is not known as {naming(cls)}", known(cls))
        return member


@cache
def words(cls: type[T]) -> dict[str, T]:
    """Every word that a document may write for a member: canonical and Swedish."""
    labels = {member.sv.casefold(): member for member in cls if member.sv}
    return labels | {member.value: member for member in cls}


def known(cls: type[T]) -> str:
    """The words of a closed list as a remedy tells them, each with its Swedish label where that is another word."""
    said = (f"{member.value} ({member.sv})" if member.sv not in ("", member.value) else member.value for member in cls)
    return f"known: {', '.join(said)}"


def naming(cls: type) -> str:
    """A class's name as words: `FundingEvent` becomes `funding event`."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in cls.__name__).strip()
