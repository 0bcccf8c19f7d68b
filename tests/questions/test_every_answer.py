"""What holds of every answer to every question, whatever is in the collaboration."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.model.source import kind_name
from samverkan.parties.containment import above, inside
from tests.strategies import collaborations, days, whens

QUESTIONS = {
    "may": lambda c, id, other, on: sv.may(
        c, id, list(sv.vocabulary.Act), for_=(id, other), about=other, on=on, amount=sv.Money("99.90")
    ),
    "may, of nobody": lambda c, id, _, on: sv.may(c, id, "rekvirera", on=on),
    "responsible": lambda c, id, _, on: sv.responsible(c, id, on=on),
    "responsible, as leader": lambda c, id, _, on: sv.responsible(c, id, capacity="leads", on=on),
    "due": lambda c, id, _, on: sv.due(c, id, on=on or "2016-10-31"),
    "last_meeting": lambda c, id, _, on: sv.last_meeting(c, id, on=on),
    "last_meeting, by a day": lambda c, id, _, on: sv.last_meeting(c, id, on or "2016-10-31"),
    "ladder": lambda c, id, _, on: sv.ladder(c, id, on=on),
    "replies": lambda c, id, _, on: sv.replies(c, id, on=on),
    "progress": lambda c, id, _, on: sv.progress(c, id, on=on),
    "rollup": lambda c, id, _, on: sv.rollup(c, id, on=on),
    "carries_on": lambda c, id, _, on: sv.carries_on(c, id, on=on or "2016-10-31"),
    "leaning_on": lambda c, id, _, on: sv.unconfirmed_support(c, id, on=on),
    "timetables": lambda c, id, _, __: sv.timetables(c, id),
    "spending": lambda c, id, _, __: sv.spending(c, id),
    "unknowns": lambda c, id, _, __: sv.unknowns(c, id),
    "gaps": lambda c, id, _, on: sv.gaps(c, id, on=on),
    "chains": lambda c, id, _, on: sv.chains(c, id, on=on),
    "unrecorded": lambda c, id, _, __: sv.unrecorded(c, id),
}
"""Questions about one id and another, as of a day."""

OF_ALL = {
    "responsible": lambda c, on: sv.responsible(c, on=on),
    "due": lambda c, on: sv.due(c, on=on or "2016-10-31"),
    "carries_on": lambda c, on: sv.carries_on(c, on=on or "2016-10-31"),
    "leaning_on": lambda c, on: sv.unconfirmed_support(c, on=on),
    "compare": lambda c, _: sv.compare(sv.Collaboration(), c),
    "timetables": lambda c, _: sv.timetables(c),
    "unknowns": lambda c, _: sv.unknowns(c),
    "gaps": lambda c, on: sv.gaps(c, on=on),
    "chains": lambda c, on: sv.chains(c, on=on),
    "unrecorded": lambda c, _: sv.unrecorded(c),
    "shared areas": lambda c, _: sv.shared_areas(c),
    "odds": lambda c, on: sv.schedule(c, on=on).simulate(5),
    "slip_impacts": lambda c, on: sv.schedule(c, on=on).slip_impacts(5),
    "bottlenecks": lambda c, on: sv.graph(c).bottlenecks(on=on),
}
"""Questions about everything."""

_moments = st.none() | days() | whens()


def assert_sound(table: sv.Table[Any], c: sv.Collaboration) -> None:
    """The answer prints, gives flat rows, and rests on records that are there."""
    text, html, rows = str(table), table._repr_html_(), table.rows()
    assert text.startswith(table.title)
    assert all(note in text for note in table.notes())
    assert html.count("<tr>") == len(rows) + 1 == len(table) + 1
    for row, flat in zip(table, rows, strict=True):
        because = table.because(row)
        assert because
        assert all(id in c for id in because)
        assert tuple(flat) == table.keys
        assert all(
            value is None or isinstance(value, (str, bool, int, Decimal)) or hasattr(value, "toordinal")
            for value in flat.values()
        )
    assert all(isinstance(sentence, str) and sentence for sentence in (*table.unknown, *table.assumed))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@given(c=collaborations(), on=_moments, choice=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_every_question_about_anything_that_is_there_is_answered(question, c, on, choice):
    every = sorted(record.id for record in c)
    for id in choice.sample(every, min(8, len(every))):
        other = choice.choice(every)
        try:
            assert_sound(question(c, id, other, on), c)
        except sv.InvalidValueError as refused:
            assert "is no party" in str(refused)
            assert {kind_name(c[one]) for one in (id, other)} - {"Actor", "Group", "Role"}


@pytest.mark.parametrize("question", OF_ALL.values(), ids=OF_ALL)
@given(c=collaborations(every_kind=True), on=_moments)
@settings(max_examples=30)
def test_every_question_about_everything_is_answered(question, c, on):
    assert_sound(question(c, on), c)


@pytest.mark.parametrize("question", OF_ALL.values(), ids=OF_ALL)
def test_of_nothing_there_is_nothing_to_tell(question):
    assert len(question(sv.Collaboration(), "2016-10-31")) == 0


@given(c=collaborations(every_kind=True, most=15), on=_moments, choice=st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_an_answer_is_the_same_twice_and_whatever_the_order_of_the_records_and_changes_nothing(c, on, choice):
    records = list(c)
    ids = choice.sample(sorted(record.id for record in c if kind_name(record) in ("Actor", "Group", "Role")), 2)
    copy = sv.Collaboration(choice.sample(records, len(records)), id=c.id, title=c.title, known=c.known)
    for question in QUESTIONS.values():
        first, again, of_copy = (question(x, *ids, on) for x in (c, c, copy))
        assert str(first) == str(again)
        assert first == again == of_copy
    for question in OF_ALL.values():
        assert question(c, on) == question(c, on) == question(copy, on)
    assert list(c) == records
    assert c == copy


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@given(c=collaborations(most=10), stray=st.sampled_from(("finns-inte", " ", "Ale kommun", "plan.", "x" * 300)))
@settings(max_examples=10)
def test_an_id_that_is_not_there_is_told_as_such(question, c, stray):
    with pytest.raises(sv.errors.NotFoundError) as refused:
        question(c, stray, next(iter(c)).id, "2016-10-31")
    assert isinstance(refused.value, LookupError)


@given(c=collaborations(most=10))
@settings(max_examples=10)
def test_inside_and_above_tell_what_is_not_there(c):
    for question in (inside, above):
        with pytest.raises(sv.errors.NotFoundError):
            question(c, "finns-inte")


@pytest.mark.parametrize("on", ["i våras", "2016-13-01", "31 oktober", 2016])
@pytest.mark.parametrize(
    "question",
    [
        "may",
        "responsible",
        "due",
        "last_meeting, by a day",
        "ladder",
        "replies",
        "progress",
        "rollup",
        "carries_on",
        "leaning_on",
        "gaps",
        "chains",
    ],
)
def test_a_day_that_is_none_is_refused(question, on):
    c = sv.Collaboration([sv.Actor(id="ale", title="Ale", kind="kommun")])
    with pytest.raises(sv.InvalidValueError, match="not a day|is a season"):
        QUESTIONS[question](c, "ale", "ale", on)


VERBS = {
    **{name: lambda given, ask=ask: ask(given, "ale", "ale", "2016-10-31") for name, ask in QUESTIONS.items()},
    "check": sv.check,
    "compare": lambda given: sv.compare(sv.Collaboration(), given),
    "compare, from": lambda given: sv.compare(given, sv.Collaboration()),
    "ends_with": lambda given: sv.discontinued_by(given, "ale"),
    "graph": sv.graph,
    "icalendar": lambda given: sv.exports.icalendar(given, on="2016-10-31"),
    "write": lambda given: sv.write(given, "nowhere.yaml"),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
@pytest.mark.parametrize("given", ["plan.yaml", None, [], {"a": 1}], ids=str)
def test_what_is_no_collaboration_is_refused_with_what_to_do(verb, given):
    with pytest.raises(sv.InvalidValueError, match="is not a collaboration"):
        verb(given)
    if given == "plan.yaml":
        with pytest.raises(sv.InvalidValueError, match=r"read the document first: sv\.read"):
            verb(given)
