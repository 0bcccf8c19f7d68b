"""Three-valued answers: yes, no, and what the documents do not let us tell."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from samverkan.errors import UndecidedError

__all__ = ["Truth"]


class Truth(Enum):
    """Yes, no, or *cannot be told* (går inte att säga).

    A vague day makes a comparison undecided; such an answer is never rounded to yes or no.
    `&`, `|` and `~` combine answers; `if` works on yes and no, and raises `UndecidedError` on the third.

    >>> Truth.YES & Truth.CANNOT_TELL
    <Truth.CANNOT_TELL: 'cannot be told'>
    >>> Truth.NO & Truth.CANNOT_TELL
    <Truth.NO: 'no'>
    """

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot be told"

    @classmethod
    def of(cls, *, certain: bool, possible: bool) -> Truth:
        """Yes when certain, no when not even possible, else undecided."""
        if certain:
            return cls.YES
        return cls.CANNOT_TELL if possible else cls.NO

    @classmethod
    def all(cls, answers: Iterable[Truth]) -> Truth:
        """Yes when every answer is yes, no when one is no, else undecided."""
        result = cls.YES
        for answer in answers:
            result &= answer
        return result

    @classmethod
    def any(cls, answers: Iterable[Truth]) -> Truth:
        """Yes when one answer is yes, no when every one is no, else undecided."""
        return ~cls.all(~answer for answer in answers)

    def __and__(self, other: Truth) -> Truth:
        """Both."""
        if Truth.NO in (self, other):
            return Truth.NO
        return Truth.YES if self is other is Truth.YES else Truth.CANNOT_TELL

    def __or__(self, other: Truth) -> Truth:
        """Either."""
        return ~(~self & ~other)

    def __invert__(self) -> Truth:
        """Not; what cannot be told stays so."""
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(self, self)

    def __bool__(self) -> bool:
        """Yes or no; raises `UndecidedError` when it cannot be told."""
        if self is Truth.CANNOT_TELL:
            raise UndecidedError(
                "whether it is so cannot be told from the documents",
                "compare with Truth.YES, Truth.NO or Truth.CANNOT_TELL instead of using it as a condition",
            )
        return self is Truth.YES

    def __str__(self) -> str:
        """The answer in words."""
        return self.value

    @property
    def sv(self) -> str:
        """The answer in Swedish (på svenska)."""
        return {Truth.YES: "ja", Truth.NO: "nej", Truth.CANNOT_TELL: "går inte att säga"}[self]
