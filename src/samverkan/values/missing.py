"""The kinds of not knowing that are values: the source is silent; there is known to be nothing."""

from enum import Enum
from typing import Final, Literal, TypeAlias, TypeVar, Union

__all__ = ["NONE", "RESERVED", "UNKNOWN", "Maybe", "Missing"]

T = TypeVar("T")


class Missing(Enum):
    """Two of the four kinds of not knowing (tre sorters tystnad, och noll).

    `UNKNOWN`: the source is silent (ej uppgivet). `NONE`: known to be nothing (finns inte).
    The other two are `None`, which says that we have recorded nothing, and zero, which is a number.

    >>> UNKNOWN, NONE
    (UNKNOWN, NONE)
    """

    UNKNOWN = "unknown"
    NONE = "none"

    def __repr__(self) -> str:
        """The name a user writes."""
        return self.name

    def __str__(self) -> str:
        """The word that a document writes."""
        return self.value

    @property
    def sv(self) -> str:
        """The word in Swedish (på svenska)."""
        return {Missing.UNKNOWN: "okänt", Missing.NONE: "inget"}[self]

    def __bool__(self) -> bool:
        """Nothing is there to use: false, as for None."""
        return False


UNKNOWN: Final[Literal[Missing.UNKNOWN]] = Missing.UNKNOWN
"""The source is silent."""
NONE: Final[Literal[Missing.NONE]] = Missing.NONE
"""Known to be nothing."""

Maybe: TypeAlias = Union[T, Missing, None]  # noqa: UP007 (a type checker takes no T | … as an alias)
"""A value, or one of the ways not to know it."""

RESERVED = frozenset(member.value for member in Missing)
"""Words that a document reads as a kind of not knowing, so never as an id or a text."""
