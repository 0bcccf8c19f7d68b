"""A question as of a day is answered as the same question to the collaboration as it stood on that day."""

import contextlib

from hypothesis import assume, given, settings, strategies as st

import samverkan as sv
from samverkan.questions.authority.may import Ruling
from tests.strategies import collaborations, days

HELD = (sv.Actor, sv.Actor, sv.Group, sv.Role, sv.Mandate, sv.Mandate, sv.Membership, sv.Plan)
SILENT = (Ruling.NOT_RECORDED, Ruling.CANNOT_TELL)
OWED = (sv.Actor, sv.Group, sv.Obligation, sv.Obligation, sv.Submission, sv.Submission, sv.Activity, sv.Decision)
OF_GRANTS = (sv.Actor, sv.Group, sv.Grant, sv.Grant, sv.Allocation, sv.Allocation, sv.Requisition, sv.FundingEvent)


def stood(c: sv.Collaboration, on: sv.fields.Day) -> sv.Collaboration:
    with contextlib.suppress(sv.errors.IntegrityError):  # a group's count that no longer holds
        return c.as_of(on)
    assume(False)
    raise AssertionError


@given(collaborations(HELD), days(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_a_mandate_that_is_not_in_force_is_none_that_is_recorded_then(c, on, choice):
    then = stood(c, on)
    parties = [record.id for kind in (sv.Actor, sv.Group, sv.Role) for record in then[kind]]
    dropped = [mandate.period for mandate in c[sv.Mandate] if mandate.id not in then]
    unsaid = any(not period or period.contains(on) is not sv.Truth.NO for period in dropped)  # what it is about is gone
    for holder in choice.sample(parties, min(4, len(parties))):
        asked = {"for_": choice.sample(parties, min(4, len(parties)))}
        for now, before in zip(
            sv.may(c, holder, [*sv.vocabulary.Act], **asked, on=on),
            sv.may(then, holder, [*sv.vocabulary.Act], **asked, on=on),
            strict=True,
        ):
            assert before.answer is now.answer or (before.answer in SILENT and (now.answer is Ruling.NO or unsaid))
        for row in sv.may(then, holder, [*sv.vocabulary.Act], **asked):
            with_day = sv.may(c, holder, row.act, for_=row.for_, on=on)[0]
            assert row.answer is not Ruling.YES or with_day.answer is Ruling.YES or row.limits


@given(collaborations(OWED) | collaborations(OF_GRANTS) | collaborations(), days())
@settings(max_examples=100)
def test_what_is_due_on_a_day_is_what_was_due_then(c, on):
    then = stood(c, on)
    rows, kept = sv.due(c, on=on), sv.due(then, on=on)
    states, before = ({row.obligation: row.state for row in table} for table in (rows, kept))
    assert before == {id: states[id] for id in before}
    windows = {row.obligation for row in rows if row.window}
    assert before.keys() == {id for id in states if id in then} | windows


@given(collaborations(), days())
@settings(max_examples=40)
def test_who_answers_on_a_day_is_who_answered_then(c, on):
    then = stood(c, on)
    holding = ("held", "cannot be told")
    now = {
        (row.thing, row.who, row.capacity) for row in sv.responsible(c, on=on) if row.who and str(row.state) in holding
    }
    before = {
        (row.thing, row.who, row.capacity)
        for row in sv.responsible(then, on=on)
        if row.who and str(row.state) in holding
    }
    assert before == {row for row in now if row[0] in then}
