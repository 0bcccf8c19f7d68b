"""What can go wrong, as one tree.

::

    SamverkanError
    ├── InvalidValueError (ValueError)      a value that cannot exist
    │   └── UndecidedError                  "cannot be told" was used as yes or no
    ├── NotFoundError (LookupError)         an id, kind or name that is not there
    ├── IntegrityError                      records that do not hold together; lists every fault
    ├── MergeConflictError                  one id, two contents; lists every conflict
    ├── DocumentError                       a document that cannot be read; lists every fault
    ├── WriteError (OSError)                a document that could not be written; the old file is whole
    └── NotInstalledError (ImportError)     a package that an extra brings is not there

Findings, which a readable but unwise collaboration gives, are values and never raised.
"""

from collections.abc import Iterable

from attrs import frozen

__all__ = [
    "DocumentError",
    "Fault",
    "IntegrityError",
    "InvalidValueError",
    "MergeConflictError",
    "NotFoundError",
    "NotInstalledError",
    "Place",
    "SamverkanError",
    "UndecidedError",
    "WriteError",
]

SHOWN = 50


@frozen
class Place:
    """Where something is written: the file, the line and column (from 1), the path of keys.

    >>> print(Place("plan.yaml", 12, 5, ("grants", "ph-2016", "amount")))
    plan.yaml:12:5: grants.ph-2016.amount
    """

    file: str = ""
    """The file's name as it was given; empty for a record made in Python."""
    line: int | None = None
    """The line, from 1; None where it is not known."""
    column: int | None = None
    """The column, from 1; None where it is not known."""
    path: tuple[str, ...] = ()
    """The keys that lead to the place, outermost first."""

    def __str__(self) -> str:
        """Write the place as editors and compilers do."""
        spot = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return ": ".join(part for part in (spot, ".".join(self.path)) if part)


NOWHERE = Place()
"""The place of what no document holds."""


@frozen
class Fault:
    """One reason why a document or a set of records is refused: place, what is wrong, what would be right.

    >>> print(Fault("no record has the id 'malmo-stad'", remedy="did you mean 'malmo'?"))
    no record has the id 'malmo-stad'; did you mean 'malmo'?
    """

    message: str
    """What is wrong, with the value that was found."""
    remedy: str = ""
    """What would have been right."""
    place: Place = NOWHERE
    """Where it stands."""
    record: str = ""
    """The id of the record concerned, where there is one."""
    field: str = ""
    """The field of that record, where there is one."""

    def __str__(self) -> str:
        """Place, message and remedy in one line."""
        sentence = f"{self.message}; {self.remedy}" if self.remedy else self.message
        where = str(self.place) or ".".join(part for part in (self.record, self.field) if part)
        return f"{where}: {sentence}" if where else sentence


class SamverkanError(Exception):
    """The root of every error that this library raises."""


class _RemediedError(SamverkanError):
    """An error about one thing, with what would have been right."""

    message: str
    """What is wrong, the value included."""
    remedy: str
    """What would have been right."""

    def __init__(self, message: str, remedy: str = "") -> None:
        """Say what is wrong, the value included, and what would have been right."""
        super().__init__(f"{message}; {remedy}" if remedy else message)
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Keep message and remedy apart when pickled."""
        return type(self), (self.message, self.remedy)


class InvalidValueError(_RemediedError, ValueError):
    """A value that cannot exist: a 30 February, a float as money, a personal number as organisation number."""


class UndecidedError(InvalidValueError):
    """A three-valued answer that cannot be told was used as if it were yes or no."""


class NotFoundError(_RemediedError, LookupError):
    """An id, a kind of record or a name that is not there."""


class NotInstalledError(_RemediedError, ImportError):
    """A package that is needed, and that only an extra of this library brings, is not installed."""


class _ListingError(SamverkanError):
    """An error that holds every reason, not only the first."""

    faults: tuple[Fault, ...]
    """Every reason, with its place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults; show the first of them as text."""
        self.faults = tuple(faults)
        more = len(self.faults) - SHOWN
        lines = [str(fault) for fault in self.faults[:SHOWN]] + ([f"… and {more} more"] if more > 0 else [])
        count = f"{len(self.faults)} fault" + ("" if len(self.faults) == 1 else "s")
        super().__init__("\n".join([count, *lines]))

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Keep the faults when pickled."""
        return type(self), (self.faults,)


class IntegrityError(_ListingError):
    """Records that do not hold together: an id used twice, a reference to nothing, a count that does not hold."""


class MergeConflictError(_ListingError):
    """Two collaborations say different things under one id."""


class DocumentError(_ListingError):
    """A document that cannot be read; `faults` holds every reason with its place."""


class WriteError(SamverkanError, OSError):
    """A document that could not be written; what stood at the path before is untouched."""
