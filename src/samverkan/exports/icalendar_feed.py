"""`icalendar`: what is due, and when bodies meet, as a calendar that other programs keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from json import dumps
from typing import Any, NamedTuple, get_args
from uuid import UUID, uuid5

from attrs import frozen

from samverkan.documents.emit import encoded
from samverkan.errors import InvalidValueError, NotInstalledError
from samverkan.model.collaboration import Collaboration
from samverkan.model.party import Actor, Manner, Party
from samverkan.model.relations import Membership
from samverkan.parties.containment import above
from samverkan.questions.deadlines.due import Due, ObligationState, due
from samverkan.values.day import Day, add_days
from samverkan.values.table import Table
from samverkan.values.text import Language
from samverkan.values.timing import MetWhen
from samverkan.values.when import When, WhenLike, when

__all__ = ["icalendar"]

_SPACE = UUID("6d6f4d0e-5b0c-4f0e-9a7d-6a1f3c2b7e50")
"""The name space of the events' ids: whoever writes it, the same obligation is the same event."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_MANY = 12

_WORDS: Mapping[str, tuple[str, str]] = {
    "requisition": ("Requisition", "Rekvisition"),
    "report": ("Report", "Redovisning"),
    "repayment": ("Repayment", "Återbetalning"),
    "duty": ("Obligation", "Skyldighet"),
    "meeting": ("Meeting", "Sammanträde"),
    "by": ("From", "Av"),
    "to": ("To", "Till"),
    "ground": ("Follows from", "Grund"),
    "last_day": ("Last day", "Sista dag"),
    "said": ("In the words of the source", "Med källans ord"),
    "moved": ("moved by statute from", "flyttad enligt lag från"),
    "or_later": ("or later", "eller senare"),
    "or": ("or, if a statute moves it,", "eller, om en lag flyttar den,"),
    "sent": ("It is enough that it is sent that day", "Det räcker att det är avsänt den dagen"),
    "arrived": ("It must have arrived that day", "Det ska ha kommit in den dagen"),
    "state": ("State", "Läge"),
    "as_of": ("as of", "per"),
    "answers": ("Answered by", "Besvaras av"),
    "lacking": ("No answer recorded from", "Inget svar antecknat från"),
    "unknown": ("Not known", "Inte känt"),
    "who": ("who owes it", "vem som ska göra det"),
    "whom": ("to whom", "till vem"),
    "met_when": ("whether it is enough to send it", "om det räcker att det avsänds"),
    "exact": ("the exact last day", "den exakta sista dagen"),
    "id": ("In the document", "I dokumentet"),
    "each": ("each", "var för sig"),
    "jointly": ("jointly", "gemensamt"),
    "more": ("and {} more", "och {} till"),
    "some_day": ("some day in", "någon dag"),
    "matters_in": ("The matter must be in by", "Ärendet ska vara inne senast"),
    "papers_out": ("The papers are sent out", "Utskick"),
    "undated": ("No day is told for", "Ingen dag är satt för"),
    "assumed": ("Rests on", "Vilar på"),
    "calendar": ("What is due", "Vad som ska in när"),
}
"""What the calendar says itself, in English and in Swedish."""


class _Event(NamedTuple):
    """A day of the calendar: from the first day to the last."""

    uid: str
    first: Day
    last: Day
    summary: str
    description: str
    category: str
    cancelled: bool = False


def icalendar(
    of: Collaboration | Table[Due], party: str = "", *, on: WhenLike, lang: Language = "sv", id: str = ""
) -> str:
    """What is due as all-day events in iCalendar, the form in which calendars are exchanged (kalender, RFC 5545).

    One event for each obligation that has a last day, its windows' included, and one for each meeting that a body
    tells; with a *party*, of its own, and of the bodies that it is or sits in. Where a vague day may be one of several,
    it is the last of them; where a statute may move it, the day as written. What is known of it stands in the
    description, and what is not. *of* may also be a table of `due`, with fewer rows and without meetings; *id* is then
    the id of its collaboration.
    An event keeps its id, whatever changes but the ids of the collaboration and the obligation, so that a calendar that
    reads it again updates the event; a later *on* is a later version. The same records give the same text.
    Needs the extra `calendar`: raises `NotInstalledError` without it, `NotFoundError` for a party that is not there,
    `InvalidValueError` for what is neither of the two, and where no day of *on* is told.

    >>> from samverkan.model.agreement import Obligation
    >>> from samverkan.values.timing import Timing
    >>> report = Obligation(id="r", title="Rapport", timing=Timing(due="2024-10-31", statutory=False))
    >>> text = icalendar(Collaboration([report], id="gnv"), on="2024-10-01")
    >>> "SUMMARY:Rapport" in text, "DTSTART;VALUE=DATE:20241031" in text
    (True, True)
    """
    words, moment = _Words(_language(lang)), when(on)
    stamp = moment.latest or moment.earliest
    if stamp is None:
        raise InvalidValueError(f"{on!r:.60} is no day for a calendar to be of", "give a day")
    if not isinstance(id, str):
        raise InvalidValueError(f"{id!r:.60} is not the id of a collaboration", "give a text")
    if isinstance(of, Table):
        rows, c = _rows(of, party), None
    else:
        rows, c = due(of, party, on=moment), of
    writer = _Writer(words, c, id or (c.id if c else ""), moment)
    events = [event for row in rows if (event := writer.duty(row))]
    events += [event for body in writer.bodies(party) for event in writer.meetings(body)]
    title = " · ".join(part for part in ((c.title or c.id) if c else id, writer.named(party)) if part)
    return _written(events, title or words["calendar"], writer.notes(rows), stamp)


def _language(lang: Language) -> Language:
    if lang not in get_args(Language):
        raise InvalidValueError(f"{lang!r:.60} is no language here", "write 'sv' or 'en'")
    return lang


def _rows(table: Table[Any], party: str) -> Table[Due]:
    if table.kind is not Due:
        raise InvalidValueError(
            f"{table!r:.80} is no table of what is due", "give the answer of sv.due, or a collaboration"
        )
    if party:
        raise InvalidValueError(f"a table is not asked again about {party!r:.60}", "ask sv.due about the party")
    return table


@frozen
class _Words:
    """What the calendar says itself, in one language."""

    lang: Language

    def __getitem__(self, word: str) -> str:
        return _WORDS[word][self.lang == "sv"]

    def line(self, word: str, text: object) -> str:
        """A line that says what it is about."""
        return f"{self[word]}: {text}" if text else ""

    def term(self, term: Any) -> str:
        """A word of the library's."""
        return str(term.sv if self.lang == "sv" else term)


@frozen
class _Writer:
    """What the events say."""

    words: _Words
    collaboration: Collaboration | None
    id: str
    on: When

    def duty(self, row: Due) -> _Event | None:
        """The event of an obligation; None where no last day is told."""
        last = row.deadline
        day = (last.earliest or last.latest) if last else None
        if day is None:
            return None
        kind = self.words[row.window or "duty"]
        title = row.title.removeprefix(f"{row.window}: ") if row.window else row.title
        done = row.state in (
            ObligationState.ANSWERED,
            ObligationState.LATE,
            ObligationState.OVERDUE,
            ObligationState.NOT_OWED,
        )
        said = [f"{self.words.term(row.state).capitalize()}: "] if done else []
        whose = self.parties(row.by)
        return _Event(
            uid=self._uid("due", row.obligation),
            first=day,
            last=day,
            summary="".join((*said, f"{kind}: " if row.window else "", title, f" ({whose})" if whose else "")),
            description=self._description(row),
            category=kind,
            cancelled=row.state is ObligationState.NOT_OWED,
        )

    def _description(self, row: Due) -> str:
        words = self.words
        told = (
            words.line("by", self.parties(row.by)),
            words.line("to", self.parties(row.to)),
            words.line("ground", self.named(row.ground)),
            words.line("last_day", self._last_day(row)),
            words.line("said", self._said(row)),
            {MetWhen.SENT: words["sent"], MetWhen.ARRIVED: words["arrived"]}.get(row.met_when, "")
            if row.met_when
            else "",
            words.line("state", f"{words.term(row.state)} ({words['as_of']} {self.on})"),
            words.line("answers", self.several(row.answers)),
            words.line("lacking", self.several(row.lacking)),
            words.line("unknown", "; ".join(self._untold(row))),
            words.line("id", row.obligation),
        )
        return "\n".join(line for line in told if line)

    def _said(self, row: Due) -> str:
        """The words of the source, where they are no single day."""
        first = row.deadline.earliest if row.deadline else None
        return "" if row.moved or row.as_written in (str(row.deadline), str(first)) else row.as_written

    def _last_day(self, row: Due) -> str:
        last = row.deadline
        if last is None or last.exact or not last.earliest:
            moved = f" ({self.words['moved']} {row.as_written})" if row.moved else ""
            return f"{last or ''}{moved}"
        if last.latest is None:
            return f"{last.earliest} {self.words['or_later']}"
        return f"{last.earliest} {self.words['or']} {last.latest}"

    def _untold(self, row: Due) -> Iterator[str]:
        by, to = (bool(getattr(row, name)) or name in row.nobody for name in ("by", "to"))
        told = (by, to, row.met_when is not None, bool(row.deadline and row.deadline.exact))
        yield from (
            self.words[word]
            for word, known in zip(("who", "whom", "met_when", "exact"), told, strict=True)
            if not known
        )

    def parties(self, parties: Iterable[Party]) -> str:
        """Some parties by their names, with each or jointly."""
        return ", ".join(self._party(party) for party in parties)

    def _party(self, party: Party) -> str:
        manner = {Manner.EACH: self.words["each"], Manner.JOINTLY: self.words["jointly"]}
        return self.named(party.id) + (f", {manner[party.manner]}" if party.manner else "")

    def named(self, id: str) -> str:
        """What a record is called; its id where it has no name."""
        record = self.collaboration.get(id) if self.collaboration and id else None
        return getattr(record, "title", "") or id

    def several(self, ids: Sequence[str]) -> str:
        """Some records by their names; of many, how many more there are."""
        more = len(ids) - _MANY
        named = [self.named(id) for id in ids[:_MANY]]
        return ", ".join([*named, *([self.words["more"].format(more)] if more > 0 else [])])

    def _uid(self, *names: str) -> str:
        return f"{uuid5(_SPACE, dumps([self.id, *names]))}@samverkan"

    # ------------------------------------------------ meetings

    def bodies(self, party: str) -> Iterator[Actor]:
        """The bodies that tell when they meet: all; or those that a party is, that are in it, or in which it sits."""
        c = self.collaboration
        for body in c[Actor] if c else ():
            if body.meets and (not party or (c and self._sits(c, body, party))):
                yield body

    def _sits(self, c: Collaboration, body: Actor, party: str) -> bool:
        own = {party, *c.members(party)}
        sits = {membership.of for membership in c[Membership] if not own.isdisjoint(above(c, membership.member))}
        return body.id in sits or not own.isdisjoint(above(c, body.id))

    def meetings(self, body: Actor) -> Iterator[_Event]:
        """The meetings of a body; one of which only bounds are told stands on every day within them."""
        for meeting in {str(day): day for day in body.meets}.values():
            if meeting.earliest is None or meeting.latest is None:
                continue
            days = ((word, getattr(body, word)) for word in ("matters_in", "papers_out"))
            before = [
                self.words.line(word, add_days(meeting.earliest, -number))
                for word, number in days
                if isinstance(number, int)
            ]
            vague = "" if meeting.exact else f" ({self.words['some_day']} {meeting.as_written or meeting})"
            yield _Event(
                uid=self._uid("meeting", body.id, str(meeting)),
                first=meeting.earliest,
                last=meeting.latest,
                summary=f"{self.words['meeting']}: {body.title}{vague}",
                description="\n".join((*before, self.words.line("id", body.id))),
                category=self.words["meeting"],
            )

    def notes(self, rows: Table[Due]) -> str:
        """What the calendar does not tell: what has no day, and what the answer does not know."""
        undated = [row.obligation for row in rows if not row.deadline or row.deadline.is_unknown]
        lines = [self.words.line("undated", ", ".join(undated))]
        lines += [self.words.line("unknown", sentence) for sentence in rows.unknown]
        lines += [self.words.line("assumed", sentence) for sentence in rows.assumed]
        return "\n".join(line for line in lines if line)


def _written(events: Iterable[_Event], title: str, notes: str, stamp: Day) -> str:
    """The calendar as text; the package escapes what the records say, and folds and ends lines as the standard asks."""
    try:
        from icalendar import Calendar, Event, vText
    except ModuleNotFoundError:
        raise NotInstalledError(
            "icalendar writes the calendar and is not installed", "pip install 'samverkan[calendar]'"
        ) from None
    midnight = datetime.combine(date(stamp.year, stamp.month, stamp.day), time(), UTC)
    calendar = Calendar()
    for name, value in (("version", "2.0"), ("prodid", "-//samverkan//samverkan//EN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    for name, text in (("name", title), ("x-wr-calname", title), ("description", notes), ("x-wr-caldesc", notes)):
        if text:
            calendar.add(name, vText(_clean(text)))
    for one in sorted(events, key=lambda event: event.first):
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", midnight)
        event.add("last-modified", midnight)
        event.add("sequence", max(stamp.toordinal() - date(1970, 1, 1).toordinal(), 0))
        event.add("dtstart", date(one.first.year, one.first.month, one.first.day))
        if one.last < Day.max:
            end = add_days(one.last, 1)
            event.add("dtend", date(end.year, end.month, end.day))
        event.add("summary", _clean(one.summary).replace("\n", " "))
        event.add("description", _clean(one.description))
        event.add("categories", [_clean(one.category)])
        event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _clean(text: str) -> str:
    """Text without the signs that a calendar cannot hold; raises `InvalidValueError` for what UTF-8 cannot."""
    encoded(text)
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
