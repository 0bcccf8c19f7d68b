"""What a rule objects to is what the question of the same matter answers, whatever is in the collaboration."""

from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.questions.authority.may import Ruling
from samverkan.questions.deadlines.due import ObligationState
from tests.strategies import collaborations

OWED = (sv.Actor, sv.Group, sv.Activity, sv.Obligation, sv.Obligation, sv.Submission, sv.Submission, sv.Decision)
OWED_OF_GRANTS = (sv.Actor, sv.Group, sv.Grant, sv.Grant, sv.Allocation, sv.Requisition, sv.FundingEvent)
DRAWN = (sv.Actor, sv.Group, sv.Role, sv.Mandate, sv.Mandate, sv.Allocation, sv.Requisition)


@given(collaborations(OWED) | collaborations(OWED_OF_GRANTS) | collaborations())
@settings(max_examples=80)
def test_overdue_is_what_due_calls_overdue_on_the_day_of_knowledge(c):
    rows = [row for row in sv.due(c, on=c.known) if row.state is ObligationState.OVERDUE] if c.known else []
    late = {(row.ground, f"{row.window}.closes") if row.window else (row.obligation, "due") for row in rows}
    found = sv.check(c).of("overdue")
    assert [*sorted((finding.record, finding.field) for finding in found)] == sorted(late)


@given(collaborations(DRAWN) | collaborations())
@settings(max_examples=80)
def test_money_is_drawn_without_mandate_just_where_may_does_not_say_yes(c):
    lacking = {}
    for drawn in c[sv.Requisition]:
        day = drawn.sent or drawn.arrived or "unknown"
        who, asked = drawn.requested_by.id, {"about": drawn.allocation, "on": day, "amount": drawn.amount}
        own, allotted = set(c.members(who)), c[drawn.allocation]
        party = getattr(allotted, "recipient", drawn.requested_by)
        others = {one for id in drawn.on_behalf_of for one in c.members(id)} - own
        if party.manner is not sv.vocabulary.Manner.EACH or not own <= set(c.members(party.id)):
            others |= set(c.members(party.id)) - own
        answers = {other: sv.may(c, who, "draw", for_=other, **asked)[0].answer for other in others}
        without = [other for other, ruling in answers.items() if ruling not in (Ruling.YES, Ruling.CANNOT_TELL)]
        if without:
            lacking[drawn.id] = len(without)
    found = sv.check(c).of("draws-without-mandate")
    assert {finding.record: finding.difference for finding in found} == lacking


@given(collaborations(DRAWN), st.sampled_from(list(sv.vocabulary.Act)))
def test_many_questions_about_the_same_mandates_are_answered_as_one_by_one(c, act):
    parties = [record.id for kind in (sv.Actor, sv.Group) for record in c[kind]]
    for holder in parties:
        together = sv.may(c, holder, act, for_=parties)
        assert [row.answer for row in together] == [sv.may(c, holder, act, for_=one)[0].answer for one in parties]
