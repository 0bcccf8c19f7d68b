"""The calendar, read back by the package that wrote it."""

import sys
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import icalendar
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv
from tests.strategies import NASTY_TEXTS, collaborations, days

ALE = sv.Actor(id="ale", title="Ale kommun", kind="kommun")
SOC = sv.Actor(
    id="ale.soc", title="Socialnämnden", kind="committee", part_of="ale", meets=("2024-09-10", "2024-10-mid")
)
SKR = sv.Actor(id="skr", title="SKR", kind="association")
ON = "2024-09-01"


def duty(id: str = "rapport", due: object = "2024-10-31", **more: object) -> sv.Obligation:
    timing = {key: more.pop(key) for key in ("statutory", "met_when", "done") if key in more}
    said = {"title": "Rapport", "by": "ale", "to": "skr", **more}
    return sv.Obligation(id=id, timing=sv.Timing(due=due, **{"statutory": False, **timing}), **said)


def together(*records: object, id: str = "gnv", title: str = "", **more: object) -> sv.Collaboration:
    return sv.Collaboration([ALE, SOC, SKR, *records], id=id, title=title, **more)


def events(text: str) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def written(
    *records: object, party: str = "", on: object = ON, lang: str = "sv", **more: object
) -> list[icalendar.Event]:
    found = events(sv.exports.icalendar(together(*records, **more), party, on=on, lang=lang))
    return [event for event in found if str(event["categories"].to_ical(), "utf-8") not in ("Sammanträde", "Meeting")]


# ---------------------------------------------------------------- one event


def test_an_obligation_is_an_event_of_its_last_day_that_says_all_that_is_known_of_it():
    (event,) = written(duty(due="2024-03-31", statutory=True, met_when="arrived"), on="2024-03-01")
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2024, 4, 2), date(2024, 4, 3))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert str(event["summary"]) == "Rapport (Ale kommun)"
    assert str(event["description"]).splitlines() == [
        "Av: Ale kommun",
        "Till: SKR",
        "Sista dag: 2024-04-02 (flyttad enligt lag från 2024-03-31)",
        "Det ska ha kommit in den dagen",
        "Läge: öppen (per 2024-03-01)",
        "Inget svar antecknat från: Ale kommun",
        "I dokumentet: rapport",
    ]
    assert (event["categories"].cats, str(event["status"])) == (["Skyldighet"], "CONFIRMED")


def test_it_says_so_in_english_as_well_and_what_is_not_known():
    (event,) = written(duty(to=(), due="2024-03-31", statutory=None), on="2024-03-01", lang="en")
    assert event["dtstart"].dt == date(2024, 3, 31)  # the wise keep the earlier day
    assert str(event["description"]).splitlines() == [
        "From: Ale kommun",
        "Last day: 2024-03-31 or, if a statute moves it, 2024-04-02",
        "State: open (as of 2024-03-01)",
        "No answer recorded from: Ale kommun",
        "Not known: to whom; whether it is enough to send it; the exact last day",
        "In the document: rapport",
    ]


@pytest.mark.parametrize("as_rows", [False, True])
def test_what_is_owed_to_nobody_is_not_told_to_be_unknown(as_rows):
    nobody = duty(to=(), by=(), basis=sv.basis(to="complete", by="complete"), met_when="sent")
    grant = sv.Grant(id="g", title="G", receivers="ale", repayment=sv.Window(closes="2024-11-29", statutory=False,
                     met_when="sent"), repay_to=sv.NONE)  # fmt: skip
    c = together(nobody, grant)
    of = sv.due(c, on=ON) if as_rows else c
    for event in events(sv.exports.icalendar(of, on=ON, lang="sv")):
        assert "Inte känt" not in str(event.get("description"))
    silent = together(duty(to=(), met_when="sent"), evolve(grant, repay_to=None))
    told = [
        str(event["description"]) for event in events(sv.exports.icalendar(sv.due(silent, on=ON), on=ON, lang="sv"))
    ]
    assert len(told) == 2
    assert all("Inte känt: till vem" in text for text in told)


def test_a_vague_day_stands_on_its_last_with_the_words_of_the_source():
    (event,) = written(duty(due=sv.when("2024", as_written="under 2024")))
    assert event["dtstart"].dt == date(2024, 12, 31)
    assert "Med källans ord: under 2024" in str(event["description"])


def test_what_has_no_day_is_no_event_and_is_named():
    text = sv.exports.icalendar(together(duty(due=None), duty("annan", due="unknown")), on=ON)
    assert written(duty(due=None), duty("annan", due="unknown")) == []
    assert "Ingen dag är satt för: annan, rapport" in str(icalendar.Calendar.from_ical(text)["description"])


def test_a_window_of_a_grant_is_an_event_and_one_by_which_nothing_is_owed_is_called_off():
    closes = sv.Window(closes="2024-11-29", statutory=False, met_when="sent", to="skr")
    money = sv.Grant(id="g", title="Nära vård", regime="direct", requisition=closes, repayment=closes)
    share = sv.Allocation(grant="g", recipient="ale", amount=sv.Money(100))
    asks, repays = sorted(written(money, share), key=lambda event: str(event["summary"]), reverse=True)
    assert str(asks["summary"]) == "Rekvisition: Nära vård (Ale kommun)"
    assert asks["categories"].cats == ["Rekvisition"]
    assert "Grund: Nära vård" in str(asks["description"])
    assert (str(repays["status"]), str(repays["summary"])) == (
        "CANCELLED",
        "Inget att fullgöra: Återbetalning: Nära vård (Ale kommun)",
    )


@pytest.mark.parametrize(
    ("done", "on", "known", "summary"),
    [
        ("2024-10-20", "2024-10-25", None, "Fullgjord: Rapport (Ale kommun)"),
        ("2024-11-20", "2024-11-25", None, "Fullgjord för sent: Rapport (Ale kommun)"),
        (None, "2024-11-25", "2024-12-01", "Försenad: Rapport (Ale kommun)"),
        (None, "2024-11-25", None, "Rapport (Ale kommun)"),
    ],
)
def test_how_it_stands_comes_first(done, on, known, summary):
    (event,) = written(duty(done=done), on=on, known=known)
    assert str(event["summary"]) == summary


# ---------------------------------------------------------------- read again


def uids(*records: object, **more: object) -> list[str]:
    return [str(event["uid"]) for event in written(*records, **more)]


def test_an_event_keeps_its_id_whatever_else_changes():
    same = [
        uids(duty()),
        uids(duty(title="Ny rubrik")),
        uids(duty(due="2025-01-31")),
        uids(duty(done="2024-08-01")),
        uids(duty(by="skr", to=())),
        uids(duty(), on="2030-01-01"),
        uids(duty(), lang="en"),
        uids(duty(), party="skr"),
        uids(duty(), title="Nytt namn"),
    ]
    assert len({*map(tuple, same)}) == 1
    assert len(same[0]) == 1
    other = [uids(duty("annan")), uids(duty(), id="annat-dokument")]
    assert len({*map(tuple, (same[0], *other))}) == 3


def test_the_id_is_the_one_that_was_given_out_from_the_beginning():
    made = uuid5(UUID("6d6f4d0e-5b0c-4f0e-9a7d-6a1f3c2b7e50"), '["gnv", "due", "rapport"]')
    assert uids(duty()) == [f"{made}@samverkan"]


def test_a_later_day_is_a_later_version():
    first, then = (written(duty(), on=on)[0] for on in (ON, "2024-09-02"))
    assert then["sequence"] == first["sequence"] + 1
    assert first["dtstamp"].dt == first["last-modified"].dt == datetime(2024, 9, 1, tzinfo=UTC)
    assert written(duty(), on="1950-01-01")[0]["sequence"] == 0


def test_a_table_of_what_is_due_gives_the_same_events_by_the_id_of_its_collaboration():
    c = together(duty(), duty("annan"))
    table = sv.due(c, on=ON).where(obligation="annan")
    (event,) = events(sv.exports.icalendar(table, on=ON, id="gnv"))
    assert [str(event["uid"])] == uids(duty("annan"))
    assert str(event["summary"]) == "Rapport (ale)"


def test_the_same_records_give_the_same_text_whatever_their_order():
    records = duty(), duty("annan"), duty("tredje", due="2024-10-15")
    assert sv.exports.icalendar(together(*records), on=ON) == sv.exports.icalendar(together(*reversed(records)), on=ON)
    assert [event["dtstart"].dt.day for event in written(*records)] == [15, 31, 31]


# ---------------------------------------------------------------- meetings


def test_a_meeting_is_an_event_with_the_days_on_which_matters_close_and_papers_go_out():
    body = evolve(SOC, matters_in=14, papers_out=7)
    text = sv.exports.icalendar(sv.Collaboration([ALE, body], id="gnv"), on=ON)
    first, second = events(text)
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2024, 9, 10), date(2024, 9, 11))
    assert str(first["summary"]) == "Sammanträde: Socialnämnden"
    assert str(first["description"]).splitlines() == [
        "Ärendet ska vara inne senast: 2024-08-27",
        "Utskick: 2024-09-03",
        "I dokumentet: ale.soc",
    ]
    assert (second["dtstart"].dt, second["dtend"].dt) == (date(2024, 10, 11), date(2024, 10, 21))
    assert str(second["summary"]) == "Sammanträde: Socialnämnden (någon dag 2024-10-mid)"


def test_a_party_has_the_meetings_of_its_own_bodies_and_of_those_in_which_it_sits():
    forum = sv.Actor(id="forum", title="Forum", kind="forum", meets="2024-09-20")
    sits = sv.Membership(member="skr", of="forum")
    c = together(forum, sits)
    assert [
        sorted({str(event["summary"]).split()[1] for event in events(sv.exports.icalendar(c, party, on=ON))})
        for party in ("", "ale", "ale.soc", "skr")
    ] == [["Forum", "Socialnämnden"], ["Socialnämnden"], ["Socialnämnden"], ["Forum"]]


def test_a_meeting_whose_day_is_not_told_is_none():
    body = evolve(SOC, meets=("unknown", "by 2024-10-01", "from 2024-10-01"))
    assert events(sv.exports.icalendar(sv.Collaboration([ALE, body]), on=ON)) == []
    twice = evolve(SOC, meets=("2024-09-10", sv.when("2024-09-10", as_written="tisdagen den 10 september")))
    assert len(events(sv.exports.icalendar(sv.Collaboration([ALE, twice]), on=ON))) == 1


# ---------------------------------------------------------------- whatever is written


HOSTILE = (
    *NASTY_TEXTS,
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:falsk",
    "a\\nb; c, d: e",
    "\x00\x07\x1b",
    "å" * 200,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_record_means_anything_to_the_calendar(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        with pytest.raises(sv.InvalidValueError, match="lone surrogate"):
            written(duty(title=text))
        return
    (event,) = written(duty(title=text), title=text)
    whole = sv.exports.icalendar(together(duty(title=text), title=text), on=ON)
    assert not ({chr(sign) for sign in range(32)} - {"\r", "\n", "\t"}) & {*whole}
    assert {*event} == {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES"),
        *("STATUS", "TRANSP"),
    }
    plain = "".join(char if char.isprintable() and char not in "\u2028\u2029" else " " for char in text)
    said = "".join(char if char.isprintable() else " " for char in str(event["summary"]))
    assert said.split() == f"{plain} (Ale kommun)".split()


def test_lines_are_folded_and_end_as_the_standard_asks():
    text = sv.exports.icalendar(together(duty(title="åäö " * 100)), on=ON)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@given(collaborations(every_kind=True), days(), st.sampled_from(["sv", "en"]))
@settings(max_examples=40)
def test_whatever_is_due_is_an_event_on_a_day_that_it_can_be(c, on, lang):
    rows = sv.due(c, on=on)
    try:
        text = sv.exports.icalendar(c, on=on, lang=lang)
    except sv.InvalidValueError as refused:
        assert "lone surrogate" in str(refused)
        return
    found = {str(event["uid"]): event for event in events(text)}
    assert len(found) == len(events(text))
    dated = [row for row in rows if row.deadline and not row.deadline.is_unknown]
    meetings = [day for body in c[sv.Actor] for day in {str(when): when for when in body.meets}.values()]
    bounded = [day for day in meetings if day.earliest and day.latest]
    assert len(found) == len(dated) + len(bounded)
    starts = sorted(event["dtstart"].dt.isoformat() for event in found.values())
    wanted = [(row.deadline.earliest or row.deadline.latest).isoformat() for row in dated]
    assert starts == sorted([*wanted, *(day.earliest.isoformat() for day in bounded)])
    copy = sv.Collaboration(reversed(list(c)), id=c.id, title=c.title, known=c.known)
    assert sv.exports.icalendar(copy, on=on, lang=lang) == text


# ---------------------------------------------------------------- what cannot be


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(sv.errors.NotInstalledError, match=r"pip install 'samverkan\[calendar\]'"):
        sv.exports.icalendar(together(duty()), on=ON)


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda c: sv.exports.icalendar(c, on="unknown"), "is no day for a calendar"),
        (lambda c: sv.exports.icalendar(c, on=ON, lang="fi"), "'fi' is no language here; write 'sv' or 'en'"),
        (lambda c: sv.exports.icalendar(c, "rapport", on=ON), "is no party"),
        (lambda c: sv.exports.icalendar(sv.unknowns(c), on=ON), "is no table of what is due"),
        (lambda c: sv.exports.icalendar(sv.due(c, on=ON), "ale", on=ON), "ask sv.due about the party"),
    ],
)
def test_what_cannot_be_a_calendar_is_refused(use, message):
    with pytest.raises(sv.InvalidValueError, match=message):
        use(together(duty()))
