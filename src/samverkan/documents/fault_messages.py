"""Why a structuring failed: every reason with the keys that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Set as AbstractSet
from typing import Any

import attrs
from cattrs import BaseValidationError, ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.errors import AttributeValidationNote, IterableValidationNote

from samverkan.documents.document_model import key_of
from samverkan.errors import InvalidValueError
from samverkan.values.names import near

__all__ = ["MISSING", "reasons"]


MISSING = "every record of its kind has it"
"""The remedy for a field that is missing."""


def reasons(
    error: BaseException, path: tuple[Any, ...] = (), more: AbstractSet[str] = frozenset(), meant: str = ""
) -> Iterable[tuple[tuple[Any, ...], str, str]]:
    """Every reason in a failed structuring: the keys that lead to it, what is wrong, what would be right.

    *more* are keys that a document may write in such a record beside its fields, *meant* what to suggest for a key that
    is like none of them.
    """
    if isinstance(error, ForbiddenExtraKeysError):
        known = sorted({key_of(a.name) for a in attrs.fields(error.cl)} | (more if not path else set()))
        for key in sorted(error.extra_fields, key=str):
            hint = near(str(key), known) or meant
            yield (
                (*path, key),
                f"there is no field {key!r:.80}",
                f"did you mean {hint!r}?" if hint else f"fields: {', '.join(known)}",
            )
    elif isinstance(error, BaseValidationError):
        meant = _meant(error)
        for inner in error.exceptions:
            yield from reasons(inner, (*path, *_step(inner, error)), more, meant)
    elif isinstance(error, InvalidValueError):
        yield path, error.message, error.remedy
    elif isinstance(error, KeyError):
        yield path[:-1] or path, f"the field {error.args[0]!r} is missing", MISSING
    else:
        yield path, f"{error}", ""


_PARTIES = {"by", "to"}
"""The keys that most records have for who acts and who receives."""


def _meant(error: BaseValidationError) -> str:
    """The field that `by` or `to` was probably meant for: the only one that is missing, where they are no field."""
    inner = error.exceptions
    missing = [one.args[0] for one in inner if isinstance(one, KeyError)]
    extra = {key for one in inner if isinstance(one, ForbiddenExtraKeysError) for key in one.extra_fields}
    return str(missing[0]) if len(missing) == len(extra) == 1 and extra <= _PARTIES else ""


def _step(error: BaseException, group: BaseException) -> tuple[Any, ...]:
    for note in getattr(error, "__notes__", ()):
        if isinstance(group, ClassValidationError) and isinstance(note, AttributeValidationNote):
            return (key_of(note.name),)
        if isinstance(group, IterableValidationError) and isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()
