"""Rules on figures: what does not add up, what is stated twice and differently, what is counted past its set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samverkan.accounts.entries import corrected
from samverkan.errors import InvalidValueError
from samverkan.model.agreement import Agreement
from samverkan.model.collaboration import Collaboration, records
from samverkan.model.funding import FundingEvent, Grant, cuts_across
from samverkan.model.source import ExternalRecord, Mark, is_complete, kind_name, marks
from samverkan.model.work import Observation
from samverkan.rules.definitions import Hit, Rule, Skip, rule
from samverkan.values.count import Count
from samverkan.values.missing import NONE
from samverkan.values.money import Money
from samverkan.values.text import Phrase, both, render

__all__ = ["FIGURES"]


def _parts(c: Collaboration, field: str) -> dict[str, list[Grant]]:
    """Grants by what they are parts of; a sub-package cuts across its neighbours and is not added to them."""
    found: dict[str, list[Grant]] = {}
    for grant in c[Grant]:
        whole = getattr(grant, field)
        if whole and not cuts_across(grant) and (field == "part_of" or not grant.part_of):
            found.setdefault(whole, []).append(grant)
    return found


def _added(amount: Money, parts: list[Grant]) -> tuple[Money, Money] | None:
    """The sum of the known parts, and by how much it exceeds the whole; None where they cannot be added."""
    try:
        total = Money.total((part.amount for part in parts if isinstance(part.amount, Money)), amount.currency)
        return total, total - amount
    except InvalidValueError:  # several currencies, or more money than there is
        return None


def _weighed(whole: Any, field: str, parts: list[Grant], *, itemised: bool) -> Iterator[Hit | Skip]:
    """What is to be said of a whole and its parts.

    Parts that make more than the whole are always too much; parts that make less are too little only where all of them
    are there, with known amounts.
    """
    amount = getattr(whole, field)
    if not isinstance(amount, Money):
        return
    added = _added(amount, parts)
    if added is None:
        yield Skip(both(f"the parts of {whole.id} cannot be added", f"delarna av {whole.id} kan inte summeras"))
        return
    total, over = added
    known = all(isinstance(part.amount, Money) or part.amount is NONE for part in parts)
    if over.amount > 0 or (over and itemised and known):
        ids = tuple(part.id for part in parts)
        off = {"size": over, "way": _MUCH} if over.amount > 0 else {"size": -over, "way": _LITTLE}
        yield Hit(whole.id, field, expected=amount, actual=total, difference=over, because=ids, values=off)
    elif over:
        summa, belopp = render(total, "sv"), render(amount, "sv")
        yield Skip(
            both(
                f"not all of {whole.id} is itemised with known amounts: at least {total} of {amount}",
                f"{whole.id} är inte helt specificerat med kända belopp: minst {summa} av {belopp}",
            )
        )


_MUCH, _LITTLE = both("much", "mycket"), both("little", "lite")


@rule(
    "warning",
    kinds=(Grant,),
    ground="published lines do not always make the published sum: those of 2019 leave 154 million kronor of 1 774 "
    "unsaid, and the 803 million for children of 2024 cut across the lines and are not added to them",
    sentence="the lines of {record} make {actual}, not {expected}: {size} too {way}",
    sentence_sv="raderna i {record} summerar till {actual}, inte till {expected}: {size} för {way}",
    remedy="write the missing line, as rest if need be, say which lines a sub-package cuts across, or mark the lines "
    "partial",
    remedy_sv="skriv raden som saknas, vid behov som rest, ange vilka rader ett delpaket tas ur (cuts_across), eller "
    "märk raderna partial",
)
def lines_do_not_sum(c: Collaboration) -> Iterator[Hit | Skip]:
    """A grant whose lines do not make its amount, to the krona (summerar inte)."""
    for id, lines in _parts(c, "part_of").items():
        if type(grant := c[id]) is Grant:
            yield from _weighed(grant, "amount", lines, itemised=Mark.PARTIAL not in marks(grant, "lines"))


@rule(
    "warning",
    kinds=(Agreement,),
    ground="an agreement's sum is all its grants together; a grant that is missing or counted twice shows in the "
    "difference",
    sentence="the grants of {record} make {actual}, not {expected}: {size} too {way}",
    sentence_sv="bidragen i {record} summerar till {actual}, inte till {expected}: {size} för {way}",
    remedy="correct one of the amounts, or keep both as stated, each with its source",
    remedy_sv="rätta ett av beloppen, eller behåll båda som stated, vart och ett med sin källa",
)
def grants_do_not_sum(c: Collaboration) -> Iterator[Hit | Skip]:
    """An agreement whose grants make more than its sum, or less although all of them are there."""
    for id, grants in _parts(c, "agreement").items():
        if type(agreement := c[id]) is Agreement:
            yield from _weighed(agreement, "total", grants, itemised=is_complete(agreement, "grants"))


def _figures(record: Any, field: str) -> list[tuple[Money, Phrase]]:
    """The amounts that are stated for a thing, its own first, and where each stands."""
    own = getattr(record, field)
    said = [(own, both("here", "här"))] if isinstance(own, Money) else []
    for stated in record.stated:
        where = ", ".join(part for part in (stated.source or "", stated.where) if part)
        if isinstance(stated.amount, Money):
            said.append((stated.amount, both(where or "not said where", where or "okänt var")))
    return said


def _told(figures: list[tuple[Money, Phrase]]) -> Phrase:
    return both(
        *("; ".join(f"{render(amount, language)} ({render(where, language)})" for amount, where in figures)
          for language in ("en", "sv"))
    )  # fmt: skip


@rule(
    "warning",
    kinds=(Agreement, Grant),
    ground="two authoritative sources may state one amount differently, and both must be seen: 1 744 and 1 774 million "
    "kronor for 2019, 30 apart",
    sentence="the amount of {record} is stated differently: {figures}",
    sentence_sv="beloppet för {record} anges olika: {figures}",
    remedy="find out which one holds; keep both, each with its source and place",
    remedy_sv="ta reda på vilket som gäller; behåll båda, vart och ett med källa och ställe",
)
def stated_differently(c: Collaboration) -> Iterator[Hit]:
    """One amount that its sources, or two places of one source, state differently (uppgivna belopp)."""
    for kind, field in ((Agreement, "total"), (Grant, "amount")):
        for record in records(c, kind):
            figures = _figures(record, field)
            amounts = tuple(dict.fromkeys(amount for amount, _ in figures))
            if len(amounts) > 1:
                sources = tuple(dict.fromkeys(stated.source for stated in record.stated if stated.source))
                yield Hit(
                    record.id,
                    "stated",
                    expected=amounts[0],
                    actual=amounts[1:],
                    difference=_spread(amounts),
                    because=sources,
                    values={"figures": _told(figures)},
                )


def _spread(amounts: tuple[Money, ...]) -> Money | None:
    """From the least to the most; None in several currencies."""
    try:
        return max(amounts) - min(amounts)
    except InvalidValueError:
        return None


def _counts(c: Collaboration) -> Iterator[tuple[Observation, int, Count]]:
    """The observations that count a set by status: how many there are, and how many are counted."""
    for observation in c[Observation]:
        away = any(type(c[id]) is ExternalRecord for id in observation.of)
        many = len(observation.of) > 1 or kind_name(c[observation.of[0]]) == "Group" if observation.of else False
        if observation.tallies and many and not away:
            size = len({member for id in observation.of for member in c.members(id)})
            yield observation, size, Count.total(tally.number for tally in observation.tallies)


@rule(
    "error",
    kinds=(Observation,),
    ground="one thing has one status on a scale, so the statuses cannot count more things than there are",
    sentence="{record} counts {actual} where there are only {expected}: {difference} too many",
    sentence_sv="{record} räknar {actual} där det bara finns {expected}: {difference} för många",
    remedy="correct the numbers, or the set that is counted",
    remedy_sv="rätta antalen, eller mängden som räknas",
)
def counts_past_the_set(c: Collaboration) -> Iterator[Hit]:
    """More things counted by status than there are in the set (antal per status)."""
    for observation, size, counted in _counts(c):
        if not counted.about and counted.low is not None and counted.low > size:
            yield Hit(
                observation.id,
                "tallies",
                expected=size,
                actual=counted,
                difference=counted.low - size,
                because=observation.of,
            )


@rule(
    "note",
    kinds=(Observation,),
    ground="what no status counts is not reported, which is not the same as not begun",
    sentence="{record} counts {actual} of {expected}: of {difference} nothing is said",
    sentence_sv="{record} räknar {actual} av {expected}: om {difference} sägs ingenting",
    remedy="say how the rest stands, or that it is not reported",
    remedy_sv="ange hur det står till med resten, eller att det inte är rapporterat",
)
def counts_short_of_the_set(c: Collaboration) -> Iterator[Hit]:
    """Fewer things counted by status than there are in the set, so that some are not told of."""
    for observation, size, counted in _counts(c):
        if not counted.about and counted.high is not None and counted.high < size:
            yield Hit(
                observation.id,
                "tallies",
                expected=size,
                actual=counted,
                difference=size - counted.high,
                because=observation.of,
            )


@rule(
    "error",
    kinds=(FundingEvent,),
    ground="one event has one correction that stands, which may itself be corrected; two of them count the money twice",
    sentence="{record} is corrected by {actual}, only one of which can stand",
    sentence_sv="{record} rättas av {actual}, av vilka bara en kan gälla",
    remedy="let the later one correct the earlier",
    remedy_sv="låt den senare rätta den tidigare",
)
def corrected_twice(c: Collaboration) -> Iterator[Hit]:
    """A funding event that several others take the place of (rättar)."""
    found: dict[str, list[str]] = {}
    for event in c[FundingEvent]:
        found.setdefault(event.corrects or "", []).append(event.id)
    for id, corrections in found.items():
        if id and len(corrections) > 1:
            ids, twice = tuple(corrections), len(corrections) - 1
            yield Hit(id, expected=1, actual=ids, difference=twice, because=ids)


@rule(
    "error",
    kinds=(FundingEvent,),
    ground="a correction takes the place of what came before it; corrections in a ring take each other's, and nothing "
    "is left of the money",
    sentence="{record} corrects itself, by way of {actual}",
    sentence_sv="{record} rättar sig själv, genom {actual}",
    remedy="let the later one correct the earlier, and the earlier nothing",
    remedy_sv="låt den senare rätta den tidigare, och den tidigare ingenting",
)
def corrects_itself(c: Collaboration) -> Iterator[Hit]:
    """A funding event that corrects itself, or another that corrects it (rättar i ring)."""
    told: set[str] = set()
    for event in records(c, FundingEvent):
        chain = [event.id, *(one.id for one in corrected(c, event))]
        last = c[FundingEvent, chain[-1]].corrects
        if last == event.id and event.id not in told:
            told.update(chain)
            yield Hit(event.id, "corrects", actual=tuple(chain), because=tuple(chain[1:]))


FIGURES: tuple[Rule, ...] = (
    lines_do_not_sum,
    grants_do_not_sum,
    stated_differently,
    counts_past_the_set,
    counts_short_of_the_set,
    corrected_twice,
    corrects_itself,
)
