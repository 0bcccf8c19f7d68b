"""Rules on what is not known: where the source is silent, what is assumed or made up, what has no source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from samverkan.model.agreement import Agreement, Decision, Obligation
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.funding import Allocation, FundingEvent, Grant, Requisition
from samverkan.model.party import Role
from samverkan.model.reference import plural
from samverkan.model.source import Mark, Source, grounds, marks
from samverkan.model.work import Activity, Plan
from samverkan.rules.definitions import Hit, Rule, rule
from samverkan.values.missing import UNKNOWN, Missing
from samverkan.values.money import Money
from samverkan.values.text import Phrase, both, counted
from samverkan.values.when import When

__all__ = ["SILENCE"]

_ASKED: tuple[tuple[type, str, Phrase], ...] = (
    (Decision, "body", both("who decides", "vem som beslutar")),
    (Decision, "timing.done", both("which day it was decided", "vilken dag det beslutades")),
    (Decision, "timing.due", both("by when it is to be decided", "när det senast ska beslutas")),
    (Obligation, "by", both("who owes it", "vem som ska fullgöra det")),
    (Obligation, "to", both("to whom it is owed", "till vem det ska lämnas")),
    (Obligation, "timing.due", both("by when it is owed", "när det senast ska vara gjort")),
    (Plan, "owners", both("whose it is", "vem som äger den")),
    (Activity, "by", both("who does it", "vem som utför det")),
    (Activity, "timing.due", both("by when it is to be done", "när det senast ska vara gjort")),
    (Activity, "timing.days", both("how many days it takes", "hur många dagar det tar")),
    (Role, "employed_by", both("who employs its holder", "vem som är arbetsgivare")),
    (Agreement, "total", both("how much money it concerns", "hur mycket pengar det gäller")),
    (Grant, "amount", both("how much it is", "hur stort det är")),
    (Grant, "receivers", both("who may get it", "vem som kan få det")),
    (Grant, "payer", both("who pays it out", "vem som betalar ut det")),
    (Grant, "requisition", both("when it may be asked for", "när det kan rekvireras")),
    (Grant, "report", both("when its use must be reported", "när det ska redovisas")),
    (Grant, "repayment", both("when what is not used is paid back", "när oförbrukade medel ska återbetalas")),
    (Grant, "repay_to", both("to whom it is paid back", "till vem det återbetalas")),
    (Allocation, "amount", both("how much it is", "hur stor den är")),
    (FundingEvent, "allocation", both("out of which grant it came", "ur vilket bidrag det kom")),
    (FundingEvent, "amount", both("how much it was", "hur mycket det var")),
)
"""What an answer about due days, responsibility or money cannot do without."""


def _value(record: Any, path: str) -> Any:
    for name in path.split("."):
        record = getattr(record, name)
    return record


def _is_absent(value: Any) -> bool:
    """Whether a field says nothing; zero is an amount."""
    return value is None or isinstance(value, Missing) or value == ()


def _is_silent(record: Any, path: str) -> bool:
    value = _value(record, path)
    if isinstance(value, When):
        return value.is_unknown
    return value is UNKNOWN or (_is_absent(value) and Mark.UNKNOWN in marks(record, path.rpartition(".")[2]))


def _asked(c: Collaboration, record: Any) -> object:
    """Whom to ask: the publisher of the record's source, where it has one."""
    source = c[record.source] if record.source else None
    publisher = source.publisher if type(source) is Source else None
    return publisher or record.source or both("whoever keeps the document", "den som svarar för underlaget")


@rule(
    "note",
    kinds=tuple({kind: None for kind, _, _ in _ASKED}),
    ground="an answer that touches what a source does not say is partial, and says so; somebody can be asked",
    sentence="{record}: the source does not say {expected}",
    sentence_sv="{record}: källan säger inte {expected}",
    remedy="ask {whom}",
    remedy_sv="fråga {whom}",
)
def source_is_silent(c: Collaboration) -> Iterator[Hit]:
    """Something that an answer needs and the source does not say: unknown, not nobody, none or zero (källan tiger)."""
    for kind, path, what in _ASKED:
        for record in records(c, kind):
            if _is_silent(record, path):
                field = path.rpartition(".")[2]
                yield Hit(record.id, field, expected=what, actual=UNKNOWN, values={"whom": _asked(c, record)})


_CARRIES: tuple[tuple[type, str, Phrase], ...] = (
    (Obligation, "timing.due", both("last day", "sista dagen")),
    (Agreement, "total", both("sum", "summan")),
    (Grant, "amount", both("amount", "beloppet")),
    (Allocation, "amount", both("amount", "beloppet")),
    (Requisition, "amount", both("amount", "beloppet")),
    (FundingEvent, "amount", both("amount", "beloppet")),
)
_TAKEN = {Mark.MADE: both("made up", "påhittad"), Mark.ASSUMED: both("assumed", "antagen")}


@rule(
    "note",
    kinds=tuple({kind: None for kind, _, _ in _CARRIES}),
    ground="what nobody has said must not pass for a fact: every day and every krona computed from it rests on it",
    sentence="the {what} of {record} is {actual}, and so is all that is computed from it",
    sentence_sv="uppgiften om {what} för {record} är {actual}, liksom allt som räknas fram ur den",
    remedy="find a source, or leave the mark where it is",
    remedy_sv="hitta en källa, eller låt märkningen stå kvar",
)
def rests_on_assumption(c: Collaboration) -> Iterator[Hit]:
    """A last day or an amount that is assumed or made up (antagen, påhittad)."""
    for kind, path, what in _CARRIES:
        for record in records(c, kind):
            outer, _, field = path.rpartition(".")
            mark = next((mark for mark in _TAKEN if mark in marks(record, field, outer or field)), None)
            if mark and not _is_absent(_value(record, path)):
                yield Hit(record.id, field, expected=_SOURCE, actual=_TAKEN[mark], values={"what": what})


_SOURCE = both("a source", "en källa")


def _shares(c: Collaboration) -> dict[str, list[Any]]:
    """The lines and allocations of each grant that have an amount."""
    found: dict[str, list[Any]] = {}
    for line in c[Grant]:
        if line.part_of and isinstance(line.amount, Money):
            found.setdefault(line.part_of, []).append(line)
    for share in c[Allocation]:
        if isinstance(share.amount, Money):
            found.setdefault(share.grant, []).append(share)
    return found


@rule(
    "warning",
    kinds=(Grant, Allocation),
    ground="a sum of published and made-up amounts looks like a published one",
    sentence="of the amounts in {record} some are made up ({actual}) and others are not",
    sentence_sv="bland beloppen i {record} är några påhittade ({actual}) och andra inte",
    remedy="keep the made-up amounts in a document of their own, or mark all of them",
    remedy_sv="håll de påhittade beloppen i ett eget dokument, eller märk dem alla",
)
def made_among_published(c: Collaboration) -> Iterator[Hit]:
    """A grant whose lines or allocations mix made-up amounts with published ones (påhittad)."""
    for grant, shares in _shares(c).items():
        made = tuple(share.id for share in shares if Mark.MADE in marks(share, "amount"))
        if 0 < len(made) < len(shares):
            yield Hit(grant, "amount", expected=len(shares), actual=made, difference=len(made), because=made)


@rule(
    "note",
    ground="a fact that nobody can trace is not a fact: its source, and the day it held, belong to it",
    sentence="{number} under {section} without source: {records}",
    sentence_sv="{number} under {section} saknar källa: {records}",
    remedy="write source: at the top of the document, or in each record, or say in basis how it is known",
    remedy_sv="skriv source: överst i dokumentet eller i varje post, eller ange i basis hur uppgiften är känd",
)
def no_source(c: Collaboration) -> Iterator[Hit]:
    """Records that say neither which source they are from nor how else they are known, kind by kind (källa)."""
    for kind in c.kinds:
        model: Any = kind
        if {"source", "basis"} <= attrs.fields_dict(model).keys():
            ids = tuple(record.id for record in records(c, kind) if not record.source and not _whole_basis(record))
            if ids:
                number = counted(len(ids), ("record", "records"), ("post", "poster"))
                values = {"number": number, "section": plural(kind), "records": ids}
                yield Hit("", "source", expected=0, actual=len(ids), difference=len(ids), because=ids, values=values)


def _whole_basis(record: Any) -> bool:
    return any(ground.field == "" for ground in grounds(record))


SILENCE: tuple[Rule, ...] = (source_is_silent, rests_on_assumption, made_among_published, no_source)
