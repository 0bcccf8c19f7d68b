"""What changed between two versions or years of a collaboration (question 14), in rows and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from attrs import frozen

from samverkan.model.collaboration import Collaboration, check_collaboration, natural
from samverkan.model.kinds import KINDS
from samverkan.parties.answer import assumptions
from samverkan.values.money import Money
from samverkan.values.names import gathered
from samverkan.values.table import Table
from samverkan.values.term import Term, naming
from samverkan.values.timing import Timing

__all__ = ["Change", "ChangeKind", "compare"]


class ChangeKind(Term):
    """What happened to what is recorded (slag av ändring)."""

    ADDED = "added", "tillagd"
    REMOVED = "removed", "borttagen"
    CHANGED = "changed", "ändrad"


@frozen(kw_only=True)
class Change:
    """One difference between two versions (ändring)."""

    thing: str
    """The record (vad)."""
    kind: str
    """What kind of record it is (slag av post)."""
    change: ChangeKind
    """Whether it came, went or says something else (ändring)."""
    field: str
    """Where in the record, such as `requisition.closes`; empty for the whole of it (fält)."""
    before: str
    """What it said; of a list, what is no longer in it (förut)."""
    after: str
    """What it says; of a list, what is new in it (nu)."""
    difference: Money | None
    """How much more an amount is now, less where negative; None for what is no amount (skillnad)."""
    in_words: str
    """The same as a sentence (i ord)."""
    because: tuple[str, ...]
    """The ids of the records that it rests on."""


def compare(before: Collaboration, after: Collaboration) -> Table[Change]:
    """What is recorded in one version of a collaboration and not in another, field by field (vad har ändrats).

    The two may be two documents, or two days of one: `c.as_of(...)`. A record differs exactly where a row says so, and
    there is no row where both say the same; swapping the two swaps what is added and what is removed. The name of a
    collaboration and the day to which it is known are not compared: two years have two.
    A record whose id says what it relates, such as an observation of another day, is another record.
    That something is no longer recorded does not say that it has ended.

    >>> from samverkan.model.funding import Grant
    >>> before, after = (Collaboration([Grant(id="ph", title="Ph", amount=sum)]) for sum in ("3 mnkr", "5 mnkr"))
    >>> for row in compare(before, after):
    ...     print(row.in_words)
    amount of the grant ph went from 3 000 000 kr to 5 000 000 kr: 2 000 000 kr more
    """
    check_collaboration(before)
    check_collaboration(after)
    ids = sorted({record.id for c in (before, after) for record in c}, key=natural)
    rows = [row for id in ids for row in _record(before.get(id), after.get(id))]
    rows.sort(key=lambda row: _RANK.get(row.kind, len(_RANK)))
    gone = [row.thing for row in rows if row.change is ChangeKind.REMOVED and row.thing not in after]
    unknown = (f"whether these have ended, or are only no longer told: {', '.join(gathered(gone))}",) if gone else ()
    because = dict.fromkeys(id for row in rows for id in row.because)
    assumed = tuple(sorted({*assumptions(before, because), *assumptions(after, because)}))
    return Table(Change, tuple(rows), f"What changed from {_name(before)} to {_name(after)}", unknown, assumed)


_RANK = {naming(kind): place for place, kind in enumerate(KINDS)}


def _name(c: Collaboration) -> str:
    return " ".join([c.id or "one version", *([f"(known {c.known})"] if c.known else [])])


def _record(old: Any, new: Any) -> Iterator[Change]:
    """How one record differs; one that has become of another kind is gone, and has come."""
    if old is None or new is None or type(old) is not type(new):
        if old is not None:
            yield _whole(old, ChangeKind.REMOVED)
        if new is not None:
            yield _whole(new, ChangeKind.ADDED)
    elif old != new:
        for place, one, other in _fields(old, new, ""):
            yield _changed(new, place, one, other)


def _whole(record: Any, change: ChangeKind) -> Change:
    kind = naming(type(record))
    title = getattr(record, "title", "")
    called = ", ".join(part for part in (f"the {kind} {record.id}", title) if part)
    word = "no longer recorded" if change is ChangeKind.REMOVED else "newly recorded"
    return Change(
        thing=record.id,
        kind=kind,
        change=change,
        field="",
        before=title if change is ChangeKind.REMOVED else "",
        after=title if change is ChangeKind.ADDED else "",
        difference=None,
        in_words=f"{word}: {called}",
        because=(record.id,),
    )


_Place = tuple[str, Any, Any]


def _fields(old: Any, new: Any, within: str) -> Iterator[_Place]:
    """Where two values of one class differ; the days of a timing stand among the record's own, as in a document."""
    for a in attrs.fields(type(old)):
        if a.eq and (one := getattr(old, a.name)) != (other := getattr(new, a.name)):
            name = "" if type(one) is type(other) is Timing else a.name.rstrip("_")
            yield from _values(one, other, ".".join(part for part in (within, name) if part))


def _values(old: Any, new: Any, place: str) -> Iterator[_Place]:
    """Where two values that are not the same differ, as far inside as both have the same shape."""
    alike = type(old) is type(new)
    if alike and isinstance(old, tuple) and len(old) == len(new) and any(map(_is_composed, (*old, *new))):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            if one != other:
                yield from _values(one, other, f"{place}.{number}")
    elif alike and attrs.has(type(old)) and (_is_composed(old) or _text(old) == _text(new)):
        yield from _fields(old, new, place)
    else:
        yield place, old, new


def _is_composed(value: Any) -> bool:
    """Whether a value is told field by field, having no short text of its own."""
    kinds = type(value).__mro__[:-1]
    return attrs.has(type(value)) and not any("__str__" in vars(kind) for kind in kinds)


def _changed(record: Any, place: str, old: Any, new: Any) -> Change:
    before, after = _text(old), _text(new)
    what = f"{place} of the {naming(type(record))} {record.id}"
    if isinstance(old, tuple) and isinstance(new, tuple):
        gone, came = _without(old, new), _without(new, old)
        if gone or came:
            before, after = _text(gone), _text(came)
            in_words = f"{what}: {'; '.join(_exchanged(before, after))}"
        else:
            in_words = f"{what}: in another order, {after}"
    else:
        before, after = (before, after) if before != after else (repr(old), repr(new))
        in_words = _sentence(what, before, after, _difference(old, new))
    return Change(
        thing=record.id,
        kind=naming(type(record)),
        change=ChangeKind.CHANGED,
        field=place,
        before=before,
        after=after,
        difference=_difference(old, new),
        in_words=in_words,
        because=(record.id,),
    )


def _difference(old: Any, new: Any) -> Money | None:
    same = isinstance(old, Money) and isinstance(new, Money) and old.currency == new.currency
    return new - old if same else None


def _without(items: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[Any, ...]:
    """The items that are not among the others, as often as they are more."""
    left, found = list(others), []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            found.append(item)
    return tuple(found)


def _exchanged(gone: str, came: str) -> Iterator[str]:
    if gone:
        yield f"no longer {gone}"
    if came:
        yield f"now also {came}"


def _sentence(what: str, before: str, after: str, more: Money | None) -> str:
    if not before:
        return f"{what} is now told: {after}"
    if not after:
        return f"{what} is no longer told; it was {before}"
    return f"{what} went from {before} to {after}{_more(more)}"


def _more(difference: Money | None) -> str:
    if difference is None:
        return ""
    less = difference < Money(0, difference.currency)
    return f": {-difference} less" if less else f": {difference} more"


def _text(value: Any) -> str:
    """A value as an answer shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        parts = [_text(item) for item in value]
        return "; ".join(parts) if any(map(_is_composed, value)) else ", ".join(parts)
    if _is_composed(value):
        told = ((a.name, getattr(value, a.name)) for a in attrs.fields(type(value)))
        said = (f"{name.rstrip('_')} {_text(item)}" for name, item in told if item not in (None, "", ()))
        return ", ".join(said) or f"an empty {naming(type(value))}"
    return str(value)
