"""The lines of a document's `use:` list: what each brings, and which lines bring given records."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from attrs import evolve, frozen

from samverkan.errors import InvalidValueError
from samverkan.model.party import Actor, ActorKind, Selection, selection
from samverkan.model.reference import Record
from samverkan.model.relations import Membership
from samverkan.model.source import Source
from samverkan.register.bodies import associations, county, kommuner, memberships, region, regions
from samverkan.register.lookup import bare, shelf, sign
from samverkan.register.sources import sources
from samverkan.values.identity import check_id

__all__ = ["Pulled", "entry", "ids", "lines", "pull"]

Pulled = Source | Actor | Membership
"""What a line can bring."""

_COUNTY = re.compile(r"(\w+) (?:in county (\D+)|i (\D+ län))")
_ONE = re.compile(r"(\S+) (.+?)(?: (?:as|som) (\S+))?")
_KINDS = {
    "kommun": ActorKind.KOMMUN,
    "region": ActorKind.REGION,
    "kommunalforbund": ActorKind.KOMMUNALFORBUND,
    "kommunalförbund": ActorKind.KOMMUNALFORBUND,
    "agency": ActorKind.AGENCY,
    "myndighet": ActorKind.AGENCY,
}
_FORMS = (
    "write 'kommuner in county 14', 'kommuner', 'kommun 0188', 'regions', 'region 14', 'agency Kammarkollegiet', "
    "'kommunalforbund in county 14' or 'kommunalforbund gr'; a single body may take another id: 'region 14 as vgr'"
)


def pull(text: str) -> tuple[Pulled, ...]:
    """What one line of a document's `use:` list brings from the register.

    - ``kommuner in county 14`` (``kommuner i län 14``, ``kommuner i Västra Götalands län``): the kommuner of a county
    - ``kommuner``, ``regions`` (``regioner``): all of them
    - ``kommunalforbund in county 14`` (``kommunalförbund i län 14``): the associations of a county, their memberships,
      and every kommun that has one, wherever it lies
    - ``kommun 0188``, ``region 14``, ``kommunalforbund gr``, ``agency 202100-0829`` (``myndighet Kammarkollegiet``):
      a single body by number or name, without memberships
    - ``region 14 as vgr`` (``region 14 som vgr``): a single body under another id

    The sources that the records name come along. Only the one body is renamed by ``as``: a membership always names
    its kommun and association by the register's own ids.

    Raises `InvalidValueError` for a line of no such form, `NotFoundError` for a body that the register does not hold.

    >>> [record.id for record in pull("kommun Norrtälje as kommunen")]
    ['register-kommuner', 'kommunen']
    >>> len(pull("kommunalförbund i län 14"))  # 2 sources, 4 associations, 52 kommuner, 52 memberships
    110
    """
    if not isinstance(text, str):
        raise InvalidValueError(f"{text!r:.100} is not a line of 'use'", _FORMS)
    said = _by_code(unicodedata.normalize("NFC", " ".join(text.split())))
    if (chosen := _selection(said)) and chosen.kind in _SELECTED:
        return _selected(chosen)
    one = _ONE.fullmatch(said)
    kind = _KINDS.get(one[1].casefold()) if one else None
    if chosen or not one or not kind:
        raise InvalidValueError(f"{text!r:.100} is not a line of 'use'", _FORMS)
    body = shelf(kind).find(one[2])
    return _with_sources((evolve(body, id=check_id(one[3])) if one[3] else body,))


def entry(actor: Actor) -> str | None:
    """The line of `use:` that brings exactly this body under its present id; None if the register has another or none.

    >>> from samverkan.register import kommun
    >>> entry(kommun("Ale")), entry(pull("region 14 as vgr")[1])
    ('kommun 1440', 'region 14 as vgr')
    >>> entry(Actor(id="ale", title="Ale kommun", kind="kommun")) is None  # it lacks code, level, source …
    True
    """
    body = shelf(actor.kind).index.get(bare(actor.title)) if actor.kind in _KINDS.values() else None
    if body is None or evolve(body, id=actor.id) != actor:
        return None
    line = f"{actor.kind} {sign(body)}"
    return line if actor.id == body.id else f"{line} as {actor.id}"


@cache
def ids() -> frozenset[str]:
    """The ids of every body in the register."""
    return frozenset(body.id for kind in set(_KINDS.values()) for body in shelf(kind).bodies)


def lines(records: Iterable[Record]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The lines of `use:` that bring as many of these records as can be, and the ids of those they bring.

    A whole selection is used where every record it brings is here and unchanged, then single bodies; no line is
    there for what another brings. Together the lines bring exactly the records with those ids.

    >>> lines([*pull("kommuner in county 14"), *pull("kommun 0188 as kommunen")])[0]
    ('kommun 0188 as kommunen', 'kommuner in county 14')
    """
    held = {record.id: record for record in records}
    chosen: list[str] = []
    covered: set[str] = set()
    for whole in _wholes():
        if not whole.ids <= covered and whole.is_in(held):
            chosen.append(whole.line)
            covered |= whole.ids
    for record in held.values():
        if isinstance(record, Actor) and record.id not in covered and (line := entry(record)):
            source = _source(record.source)
            if held.get(source.id) == source:
                chosen.append(line)
                covered |= {record.id, source.id}
    return tuple(sorted(chosen)), frozenset(covered)


@frozen
class _Whole:
    """A selection that a line may bring as a whole."""

    line: str
    brought: tuple[Pulled, ...]
    ids: frozenset[str]

    def is_in(self, held: Mapping[str, Record]) -> bool:
        return self.ids <= held.keys() and all(held[record.id] == record for record in self.brought)


@cache
def _wholes() -> tuple[_Whole, ...]:
    """The selections of several bodies, as they are tried: what alone brings memberships first, all before some."""
    every = (
        *(Selection(ActorKind.KOMMUNALFORBUND, code) for code in sorted({body.county for body in associations()})),
        Selection(ActorKind.KOMMUN),
        *(Selection(ActorKind.KOMMUN, body.code) for body in regions() if len(kommuner(body.code)) > 1),
        Selection(ActorKind.REGION),
    )
    pulled = ((str(selection), _selected(selection)) for selection in every)
    return tuple(_Whole(line, brought, frozenset(record.id for record in brought)) for line, brought in pulled)


def _by_code(text: str) -> str:
    """A line with its county by code: `kommuner i Värmlands län` is `kommuner in county 17`."""
    named = _COUNTY.fullmatch(text)
    return f"{named[1]} in county {county(named[2] or named[3])}" if named else text


def _selection(text: str) -> Selection | None:
    """The selection that a line asks for, if it asks for one."""
    try:
        return selection(text)
    except InvalidValueError:
        return None


@cache
def _selected(chosen: Selection) -> tuple[Pulled, ...]:
    return _with_sources(_SELECTED[chosen.kind](chosen.county or None))


def _joined(code: str | None) -> tuple[Actor | Membership, ...]:
    """The associations of a county, their memberships, and every kommun that has one."""
    if code is None:
        raise InvalidValueError(
            "the register does not hold every kommunalförbund", "write 'kommunalforbund in county 14'"
        )
    bodies = associations(code)
    ties = tuple(tie for body in bodies for tie in memberships(body.id))
    named = {tie.member for tie in ties}
    return (*bodies, *(body for body in kommuner() if body.id in named), *ties)


_SELECTED: Mapping[ActorKind, Callable[[str | None], tuple[Actor | Membership, ...]]] = {
    ActorKind.KOMMUN: kommuner,
    ActorKind.REGION: lambda code: (region(code),) if code else regions(),
    ActorKind.KOMMUNALFORBUND: _joined,
}
"""What a selection brings, by the kind of body it picks."""


def _with_sources(records: tuple[Actor | Membership, ...]) -> tuple[Pulled, ...]:
    named = {record.source for record in records}
    return (*(source for source in sources() if source.id in named), *records)


def _source(id: str | None) -> Source:
    return next(source for source in sources() if source.id == id)
