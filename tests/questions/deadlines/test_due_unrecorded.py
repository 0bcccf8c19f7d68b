"""How an obligation stands where the documents do not tell all that would settle it."""

from typing import Annotated

import pytest
from attrs import evolve, frozen

import samverkan as sv
from tests.questions.deadlines.owing import ANSWERED, NOT_KNOWN, OPEN, OVERDUE, UNDECIDED, asked, duty, handed_in, state


def test_where_the_source_does_not_tell_every_submission_one_may_have_come():
    for basis in (sv.basis(submissions="unknown"), sv.basis(submissions="partial")):
        assert state(duty(basis=basis), known="2017-01-01") is UNDECIDED
        assert state(duty(basis=basis), handed_in(arrived="2016-10-28"), known="2017-01-01") is ANSWERED
    assert state(duty(basis=sv.basis("partial")), known="2017-01-01") is UNDECIDED


@pytest.mark.parametrize("by", [(), "ale"])
def test_a_step_that_fulfils_what_each_owes_answers_for_those_who_took_it_where_they_are_told(by):
    step = sv.Activity(id="steg", title="Steg", by=by, fulfils="krav", timing=sv.Timing(done="2016-10-28"))
    row = asked(duty(by="each kommunerna"), step, known="2017-01-01")[0]
    assert (row.state, row.lacking) == ((OVERDUE, ("hjo",)) if by else (UNDECIDED, ()))


def test_of_one_who_is_not_told_among_those_who_owe_nothing_can_be_told():
    owed = duty(basis=sv.basis(by="partial"))
    assert state(owed, handed_in(arrived="2016-10-28")) is UNDECIDED
    assert state(duty(by=()), handed_in(arrived="2016-10-28")) is UNDECIDED
    assert state(owed) is NOT_KNOWN


@pytest.mark.parametrize(
    ("parts", "more", "wanted"),
    [
        ([("a", "b")], {}, ANSWERED),
        ([("a",)], {}, NOT_KNOWN),
        ([("a",), ("b",)], {}, ANSWERED),
        ([()], {}, UNDECIDED),
        ([("a",)], {"basis": sv.basis(parts="partial")}, UNDECIDED),
        ([()], {"basis": sv.basis(parts="complete")}, ANSWERED),
        ([("c",)], {}, NOT_KNOWN),
    ],
)
def test_an_obligation_in_parts_is_answered_when_every_part_is(parts, more, wanted):
    came = [
        sv.Submission(id=f"svar-{n}", obligation="krav", by="ale", arrived="2016-10-28", parts=p, **more)
        for n, p in enumerate(parts)
    ]
    row = asked(duty(parts=("a", "b")), *came)[0]
    assert row.state is wanted
    assert row.answers == tuple(one.id for one in came)


def test_whether_what_went_to_another_answers_cannot_be_told():
    wrong = sv.Submission(id="svar", obligation="krav", by="ale", to="vgr", arrived="2016-10-28")
    assert state(duty(), wrong) is UNDECIDED
    assert state(duty(), evolve(wrong, to="skr")) is ANSWERED


def test_a_decision_that_another_has_replaced_answers_no_longer():
    item = sv.DecisionItem(outcome="approves", about="plan")
    first = sv.Decision(id="d-1", body="ale", timing=sv.Timing(done="2016-10-01"), items=item)
    second = sv.Decision(id="d-2", body="hjo", timing=sv.Timing(done="2016-10-20"), items=item, replaces="d-1")
    owed = duty(duty="decide", delivers="plan")
    assert [state(owed, first, second, on=on) for on in ("2016-10-10", "2016-10-20")] == [ANSWERED, OPEN]
    vague = evolve(second, timing=sv.Timing(done="2016-10"))
    assert state(owed, first, vague, on="2016-10-10") is UNDECIDED


@pytest.mark.parametrize("outcome", ["notes", "recommends", "commissions"])
def test_to_note_recommend_or_commission_is_not_to_decide(outcome):
    item = sv.DecisionItem(outcome=outcome, about="plan")
    decision = sv.Decision(id="d", body="ale", timing=sv.Timing(done="2016-10-01"), items=item)
    assert state(duty(duty="decide", delivers="plan"), decision) is NOT_KNOWN
    assert state(duty(duty="answer", delivers="plan"), decision) is ANSWERED


def test_nothing_is_overdue_on_a_day_that_lies_beyond_what_is_known():
    table = asked(duty(), on="2050-01-01", known="2016-12-01")
    assert table[0].state is NOT_KNOWN
    assert table.unknown == ("what has happened since 2016-12-01, the day to which this is known",)


def test_that_the_last_day_of_a_vague_due_day_counts_is_taken_for_granted_and_said():
    assert asked(duty(sv.when("2024", as_written="under 2024"))).assumed == (
        "krav.due is under 2024, of which the latest possible day counts",
    )


@frozen(kw_only=True)
class Handover:
    """A step of a user's own: nobody in the library has heard of it."""

    id: str
    made_by: Annotated[tuple[sv.Party, ...], sv.fields.OwnedBy()] = ()
    meets: Annotated[tuple[sv.fields.ObligationId, ...], sv.fields.PropagatesDelay()] = ()
    when: sv.Timing


def test_a_step_of_a_users_own_answers_by_its_types():
    own = Handover(id="eget", made_by=(sv.Party("ale"),), meets=("krav",), when=sv.Timing(done="2016-10-20"))
    row = asked(duty(by="each kommunerna"), own, known="2017-01-01")[0]
    assert (row.answers, row.lacking) == (("eget",), ("hjo",))


@pytest.mark.parametrize("count", ["~60", sv.UNKNOWN, ">0"])
def test_whether_each_of_a_group_has_answered_cannot_be_told_where_it_may_hold_more(count):
    group, came = sv.Group(id="flera", of=("ale",), count=count), handed_in(arrived="2016-10-28")
    assert state(duty(by="each flera"), group, came) is UNDECIDED
    assert state(duty(by="each flera"), group, came, party="ale") is ANSWERED


@pytest.mark.parametrize(("county", "said"), [("14", False), ("", True)])
def test_what_is_owed_by_whom_a_rule_picks_may_concern_only_those_it_may_pick(county, said):
    owed = duty(by="each regel"), sv.Group(id="regel", every="kommuner in county 17")
    sala = sv.Actor(id="sala", title="Sala kommun", kind="kommun", county=county)
    told = asked(*owed, sala, party="sala").unknown
    assert told == (("whether krav concern sala: not all of those who owe or are owed are recorded",) if said else ())


def test_the_group_that_owes_is_among_what_the_answer_rests_on():
    group = sv.Group(id="vi", of=("kommunerna", "vgr"), basis=sv.basis(of="assumed"))
    table = asked(duty(by="jointly vi"), group, handed_in(by="vgr", arrived="2016-10-20"))
    assert table[0].because == ("krav", "svar", "vi", "kommunerna")
    assert table.assumed == ("vi.of is assumed",)
    owed = sv.Obligation(id="krav", title="Krav", by="skr", to="each vi")
    assert asked(owed, group, party="ale").assumed == ("vi.of is assumed",)


def early(met_when: str | None = "arrived") -> sv.Obligation:
    timing = sv.Timing(not_before="2016-10", due="2016-10-31", statutory=False, met_when=met_when)
    return sv.Obligation(id="krav", title="Krav", by="ale", to="skr", delivers="plan", duty="decide", timing=timing)


def deciding(day: str) -> sv.Decision:
    item = sv.DecisionItem(outcome="approves", about="plan")
    return sv.Decision(id="svar", body="ale", timing=sv.Timing(done=day), items=item)


def doing(day: str) -> sv.Activity:
    return sv.Activity(id="svar", title="Steg", by="ale", fulfils="krav", timing=sv.Timing(done=day))


@pytest.mark.parametrize("answer", [lambda day: handed_in(arrived=day), deciding], ids=["handed in", "decided"])
@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2016-09-30", UNDECIDED), ("2016-10-01", ANSWERED), ("2016-10-02", ANSWERED), ("2016-09", UNDECIDED)],
)
def test_whether_what_came_before_it_could_begin_answers_it_cannot_be_told(answer, day, wanted):
    table = asked(early(), answer(day), known="2016-12-01")
    assert (table[0].state, table[0].answers) == (wanted, ("svar",))
    sentence = ("whether what came before krav could begin answers it",)
    assert table.unknown == (sentence if wanted is UNDECIDED else ())


def test_what_was_done_before_it_could_begin_and_what_was_sent_then_and_came_later():
    assert state(early(met_when="sent"), doing("2016-09-30")) is UNDECIDED
    assert state(early(met_when="sent"), doing("2016-10-01")) is ANSWERED
    assert state(early(), handed_in(sent="2016-09-30", arrived="2016-10-03")) is ANSWERED
    assert state(early(met_when="sent"), handed_in(sent="2016-09-30", arrived="2016-10-03")) is UNDECIDED
    assert state(early(), handed_in(id="svar-0", arrived="2016-09-01"), handed_in(arrived="2016-10-03")) is ANSWERED


def steps(*ids: str, by: object = "ale", **timing: str) -> list[sv.Activity]:
    return [sv.Activity(id=id, title="Steg", by=by, timing=sv.Timing(**timing)) for id in ids]


def test_that_steps_with_last_days_of_their_own_are_not_told_here_is_said():
    def sentence(ids):
        return (f"what is due by the deadlines of {ids}: the rows are what is recorded as an obligation",)

    assert asked(*steps("s-1", due="2016-10-14")).unknown == sentence("s-1")
    assert asked(*steps(*(f"s-{n}" for n in range(1, 12)), due="unknown")).unknown == sentence(
        "s-1, s-2, s-3 and 8 more"
    )
    decision = sv.Decision(id="beslut", body="hjo", timing=sv.Timing(due="2016-12-01"))
    own = Handover(id="eget", made_by=(sv.Party("hjo"),), when=sv.Timing(due="2016-12-01"))
    assert asked(decision, own, *steps("s-1", due="2017")).unknown == sentence("beslut, eget, s-1")
    assert asked(decision, own, *steps("s-1", due="2017"), party="hjo").unknown == sentence("beslut, eget")
    assert asked(*steps("s-1", by="each kommunerna", due="2017"), party="hjo").unknown == sentence("s-1")


@pytest.mark.parametrize(
    ("timing", "said"),
    [
        ({"due": "2016-10-14", "done": "2016-11-15"}, False),
        ({"due": "2016-10-14", "done": "2016-11-16"}, True),
        ({"due": "2016-10-14", "done": "unknown"}, True),
        ({"planned": "2016-10-14"}, False),
    ],
)
def test_a_step_that_is_done_or_has_no_last_day_is_not_due(timing, said):
    assert bool(asked(*steps("s-1", **timing)).unknown) is said
