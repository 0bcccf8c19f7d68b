"""Invented values and whole collaborations, for every property test: `from tests.strategies import collaborations`.

Values: `days`, `whens`, `periods`, `money`, `counts`, `shares`, `timings`, `ids`, `texts`, `decimals`.
Sets: `record_sets` gives records that hold together, `collaborations` the same as a `Collaboration`.

The records are made from the model's own field types, so a new field or kind is covered without a word here.
Ids come first, then what the records say; what a required reference finds nobody to name gets an `ExternalRecord`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import attrs
from hypothesis import HealthCheck, settings, strategies as st

import samverkan as sv
from samverkan.model.integrity import expand
from samverkan.model.reference import Ref, hints, references
from tests.simples import (
    MISREAD,
    NASTY_IDS,
    NASTY_TEXTS,
    ORGANISATION_NUMBERS,
    WORDS,
    counts,
    days,
    decimals,
    ids,
    money,
    periods,
    shares,
    texts,
    timings,
    whens,
)

__all__ = [
    "NASTY_IDS",
    "NASTY_TEXTS",
    "ORGANISATION_NUMBERS",
    "collaborations",
    "counts",
    "days",
    "decimals",
    "ids",
    "money",
    "periods",
    "record_sets",
    "shares",
    "texts",
    "timings",
    "whens",
]

# Nothing is timed: a slow machine fails no test. A test that needs more or fewer examples says so itself.
settings.register_profile("samverkan", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("samverkan")

# ---------------------------------------------------------------- records


_NASTY_WHENS = tuple(
    sv.when(text)
    for text in (
        "unknown", "2016-10-31", "2016-10", "2016-Q1", "2016", "2016-10-mid", "2016-10-early", "2016-02-late",
        "2016-12-31", "2016-10-01..2016-10-15", "by 2016-10-31", "before 2017-02-13", "from 2016", "after 2016-Q4",
        "2017-01-01", "2024-03-31",
    )
)  # fmt: skip
_NASTY_PERIODS = tuple(
    sv.period(text)
    for text in (
        "2016", "2016-05/2016-12", "2017-01-01/", "/2016-12-31", "/", "unknown/", "2016/unknown", "in 2016-05/2016-12",
        "2016-01-01/by 2017-02-12", "2016-05-03..2016-06-07/2017",
    )
)  # fmt: skip
_NASTY_TIMINGS = (
    sv.Timing(),
    sv.Timing(due="2016-10-31"),
    sv.Timing(done="unknown"),
    sv.Timing(due="2024-03-31", statutory=True, met_when="arrived"),
    sv.Timing(days=10, not_before="2016-05-01", due="2016-10", done="2016-09-30"),
    sv.Timing(days=sv.UNKNOWN, planned=sv.when("2016-10-mid", as_written="i mitten av oktober", plan_as="2016-10-15")),
)


@cache
def _made(kind: type) -> tuple[st.SearchStrategy[Any], int, tuple[Any, ...]] | None:
    """How values of a kind are made: a strategy, how many one set draws from it, and others it may always use."""
    return {
        sv.When: (whens(), 2, _NASTY_WHENS),
        sv.Period: (periods(), 1, _NASTY_PERIODS),
        sv.Timing: (timings(), 1, _NASTY_TIMINGS),
        sv.Money: (
            money(),
            2,
            tuple(map(sv.money, ("0 kr", "845 mnkr", "1250.50 kr", "-1 kr", "99.90 EUR", "7 JPY"))),
        ),
        sv.Count: (counts(), 1, tuple(map(sv.count, (0, 25, "~60", "<200", ">50", "60..70")))),
        sv.Share: (shares(), 1, tuple(map(sv.share, ("0", "1", "1/3", "25 %")))),
        sv.fields.OrgNumber: (st.nothing(), 0, ORGANISATION_NUMBERS),
        sv.fields.Selection: (
            st.nothing(),
            0,
            tuple(map(sv.fields.selection, ("kommuner", "regions", "kommunalforbund", "kommuner in county 14"))),
        ),
        sv.fields.Day: (days(), 1, tuple(map(sv.day, ("2016-11-01", "2016-12-31")))),
        Decimal: (decimals(), 1, (Decimal(0), Decimal("0.85"), Decimal("-12.50"), Decimal(1480))),
        Fraction: (st.fractions(0, 1), 1, (Fraction(1, 3),)),
        str: (texts(), 2, NASTY_TEXTS),
        int: (st.nothing(), 0, (0, 1, 11, 30, 366)),
        bool: (st.nothing(), 0, (False, True)),
    }.get(kind)


class _Nobody(Exception):  # noqa: N818 (no error: the field is left out)
    """An optional reference has nobody to name."""


_CHOICES = st.binary(min_size=40, max_size=40)


class _Maker:
    """Makes the records of one set: what has been drawn for it, and who there is to refer to."""

    def __init__(self, draw: st.DrawFn, full: bool) -> None:
        self.draw = draw
        self.full = full
        self.bytes: list[int] = []
        self.pools: dict[type, list[Any]] = {}
        self.taken: set[str] = set()
        self.by_kind: dict[str, list[str]] = {}
        self.elsewhere: dict[str, str] = {}
        self.records: list[Any] = []
        self.relations: list[type] = []

    # ------------------------------------------------ choosing

    def below(self, limit: int) -> int:
        """A number from 0; one draw serves many choices, which is what makes a set quick to draw."""
        if limit <= 1:
            return 0
        if not self.bytes:
            self.bytes = list(self.draw(_CHOICES))
        return self.bytes.pop(0) % limit

    def begin(self) -> None:
        """Draw anew for the next record, so that each shrinks by itself."""
        self.bytes = []

    def pick(self, choices: Sequence[Any]) -> Any:
        return choices[self.below(len(choices))]

    def chance(self, out_of: int) -> bool:
        return self.below(out_of) == out_of - 1

    def some(self, kind: type) -> Any:
        """A value of a kind out of a few that were drawn for this set."""
        if kind not in self.pools:
            strategy, size, others = _made(kind)
            self.pools[kind] = [*(self.draw(strategy) for _ in range(size)), *others]
        return self.pick(self.pools[kind])

    # ------------------------------------------------ ids

    def fresh(self, stem: str) -> str:
        """An id that nobody has, from a stem."""
        id, number = stem, 2
        while id in self.taken or id in MISREAD:
            id, number = f"{stem}-{number}", number + 1
        self.taken.add(id)
        return id

    def name(self, kind: type) -> tuple[str, dict[str, Any]]:
        """An id for a record, and the field that places it inside another where the id says so."""
        form = self.below(8)
        if form in (3, 4, 5) and (places := self.places(kind)):
            field, many, parent = self.pick(places)
            return self.fresh(f"{parent}.{self.pick(WORDS)}"), {field: (parent,) if many else parent}
        if form == 6:
            return self.fresh(f"{self.pick(WORDS)}.{self.pick(WORDS)}"), {}
        return self.fresh(self.draw(ids()) if form == 7 else self.pick(WORDS + NASTY_IDS)), {}

    def places(self, kind: Any) -> list[tuple[str, bool, str]]:
        """Where a document may write a record of this kind inside another one: field, whether a list, parent."""
        return [
            (reference.path[0], get_origin(hints(kind)[reference.path[0]]) is tuple, parent)
            for reference in references(kind)
            if reference.within and len(reference.path) == 1
            for parent in self.known(reference.kinds)
            if parent.count(".") < 3 and not {*parent} & {*">:@"}
        ]

    def known(self, kinds: frozenset[str]) -> list[str]:
        """The ids of all records of these kinds; of any kind if none is named."""
        return [id for kind in sorted(kinds or self.by_kind) for id in self.by_kind.get(kind, ())]

    def announce(self, id: str, kind: str) -> str:
        self.taken.add(id)
        self.by_kind.setdefault(kind, []).append(id)
        return id

    def absent(self, kinds: Sequence[str]) -> str:
        """The id of a new `ExternalRecord`."""
        kind = self.pick(kinds)
        id = self.announce(self.fresh("pa-annat-hall"), kind)
        self.elsewhere[id] = kind
        self.records.append(sv.ExternalRecord(id=id, kind=kind))
        return id

    # ------------------------------------------------ values

    def target(self, ref: Ref, required: bool) -> str:
        if choices := self.known(frozenset(ref.kinds)):
            return self.pick(choices)
        if not required:
            raise _Nobody
        return self.absent(ref.kinds or ("Actor", "Plan"))

    def value(self, hint: Any, required: bool, owner: type) -> Any:
        """A value for an annotation; raises `_Nobody` where an optional reference finds none."""
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            ref = next((mark for mark in args[1:] if isinstance(mark, Ref)), None)
            if ref and args[0] is sv.Party:
                return self.party(required, ref)
            return self.target(ref, required) if ref else self.value(args[0], required, owner)
        if origin is tuple:
            return self.bases(owner) if args[0] is sv.fields.Basis else self.several(args[0], required, owner)
        if origin in (Union, UnionType):
            said = args if required else [arg for arg in args if arg is not NoneType]
            return self.value(self.pick(said), required, owner)
        return None if hint is NoneType else self.single(hint, required)

    def single(self, kind: Any, required: bool) -> Any:
        if issubclass(kind, Enum):
            return self.pick(list(kind))
        if kind is sv.Party:
            return self.party(required)
        return self.some(kind) if _made(kind) else kind(**self.fields(kind, {}, required))

    def several(self, hint: Any, required: bool, owner: type) -> tuple[Any, ...]:
        found = [self.value(hint, required, owner) for _ in range(1 + self.below(3))]
        return tuple(item for number, item in enumerate(found) if item not in found[:number])

    def party(self, required: bool, ref: Ref = Ref("Actor", "Group", "Role")) -> sv.Party:  # noqa: B008 (frozen)
        id = self.target(ref, required)
        if id not in self.by_kind.get("Group", ()):
            return sv.Party(id)
        return sv.Party(
            id, self.pick([*sv.vocabulary.Manner, None] if id in self.elsewhere else list(sv.vocabulary.Manner))
        )

    def bases(self, owner: Any) -> tuple[sv.fields.Basis, ...]:
        names = {self.pick(["", *(a.name for a in attrs.fields(owner))]) for _ in range(1 + self.below(3))}
        return tuple(sv.fields.Basis(name, **self.ground()) for name in sorted(names))

    def ground(self) -> dict[str, Any]:
        sources = self.by_kind.get("Source", ())
        return (
            {"source": self.pick(sources)}
            if sources and self.chance(2)
            else {"mark": self.pick(list(sv.vocabulary.Mark))}
        )

    # ------------------------------------------------ whole records

    def fields(self, kind: Any, given: dict[str, Any], required: bool = True) -> dict[str, Any]:
        """What a record or nested value says: all it must, and some of what it may."""
        found = dict(given)
        free = [a for a in attrs.fields(kind) if a.name not in found and a.name != "id"]
        optional = [a.name for a in free if a.default is not attrs.NOTHING]
        wanted = 7 if self.full else self.below(8)
        chosen = set(optional) if wanted == 7 else {self.pick(optional) for _ in range(wanted if optional else 0)}
        for a in free:
            must = a.default is attrs.NOTHING
            if must or a.name in chosen:
                try:
                    found[a.alias] = self.value(hints(kind)[a.name], must and required, kind)
                except _Nobody:
                    if must:
                        raise
        return found

    def record(self, kind: Any, given: dict[str, Any]) -> None:
        self.begin()
        said = self.fields(kind, given)
        _SETTLED.get(kind, lambda _maker, _said: None)(self, said)
        made = kind(**said)
        if "id" not in given:
            if made.id in self.taken or len(made.id) > 200:
                made = attrs.evolve(made, id=self.fresh("rel"))
            self.announce(made.id, kind.__name__)
        self.records.append(made)


def _settle_elsewhere(maker: _Maker, said: dict[str, Any]) -> None:
    said["kind"] = maker.elsewhere[said["id"]]


def _settle_group(maker: _Maker, said: dict[str, Any]) -> None:
    """Let a group hold only groups that were made before it; the count comes when everybody is there."""
    made = {record.id for record in maker.records if type(record) is sv.Group} | maker.elsewhere.keys()
    groups = set(maker.by_kind.get("Group", ())) - made
    said["of"] = tuple(id for id in said.get("of", ()) if id not in groups)
    said.pop("count", None)


def _settle_observation(maker: _Maker, said: dict[str, Any]) -> None:
    """Let an observation say something, or why it does not."""
    values = ("value", "number", "status", "tallies", "result", "gap")
    if "tallies" in said:
        said["tallies"] = tuple({tally.status: tally for tally in said["tallies"]}.values())
    if said.get("missing") is not None and maker.chance(2):
        for name in values:
            said.pop(name, None)
    elif any(said.get(name) not in (None, "", ()) for name in values):
        said.pop("missing", None)
    elif said.get("missing") is None:
        said["result"] = "påbörjad"


def _settle_dependency(maker: _Maker, said: dict[str, Any]) -> None:
    """Let some lags be negative: of all whole numbers only these may."""
    if "lag" in said and maker.chance(3):
        said["lag"] = -said["lag"]


_SETTLED: dict[type, Callable[[_Maker, dict[str, Any]], None]] = {
    sv.Dependency: _settle_dependency,
    sv.ExternalRecord: _settle_elsewhere,
    sv.Group: _settle_group,
    sv.Observation: _settle_observation,
}


def _counted(maker: _Maker) -> None:
    """Give groups a count that holds, or none."""
    by_id = {record.id: record for record in maker.records}
    for place, record in enumerate(maker.records):
        if type(record) is not sv.Group:
            continue
        size = len(expand(by_id, record.id))
        choices = (None, sv.UNKNOWN, size, f"~{size}", f"<{size + 1}", f"{size}..{size + 3}", sv.NONE)
        maker.records[place] = attrs.evolve(record, count=maker.pick(choices))


@st.composite
def record_sets(
    draw: st.DrawFn,
    kinds: Sequence[type] = sv.KINDS,
    least: int = 5,
    most: int = 40,
    *,
    every_kind: bool = False,
    full: bool = False,
) -> tuple[Any, ...]:
    """Records that hold together, of these kinds; `every_kind` gives at least one of each, `full` fills every field.

    Give a class of your own beside `sv.KINDS` and it takes part. Where a required reference finds nobody to name, an
    `ExternalRecord` is added, so there may be a few more than *most*.
    """
    maker = _Maker(draw, full)
    chosen = [*(kinds if every_kind else ()), *(maker.pick(kinds) for _ in range(draw(st.integers(least, most))))]
    named: list[tuple[type, dict[str, Any]]] = []
    for kind in sorted(chosen, key=kinds.index):
        if attrs.fields_dict(kind)["id"].default is not attrs.NOTHING and not maker.chance(4):
            maker.relations.append(kind)
            continue
        id, given = maker.name(kind)
        stands_for = kind
        if kind is sv.ExternalRecord:
            stands_for = maker.pick([other for other in kinds if other is not sv.ExternalRecord])
            maker.elsewhere[id] = stands_for.__name__
        maker.announce(id, stands_for.__name__)
        named.append((kind, {"id": id, **given}))
    for kind in maker.relations:
        maker.record(kind, {})
    for kind, given in named:
        maker.record(kind, given)
    _counted(maker)
    return tuple(maker.records)


@st.composite
def collaborations(
    draw: st.DrawFn,
    kinds: Sequence[type] = sv.KINDS,
    least: int = 5,
    most: int = 40,
    *,
    every_kind: bool = False,
    full: bool = False,
) -> sv.Collaboration:
    """Whole collaborations: every reference resolves, counts hold, groups say each or jointly."""
    return sv.Collaboration(
        draw(record_sets(kinds, least, most, every_kind=every_kind, full=full)),
        id=draw(st.sampled_from(("", "vastra-gotaland-2016", "1480"))),
        title=draw(texts()),
        known=draw(st.none() | days()),
    )
