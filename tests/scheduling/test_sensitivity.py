"""What one slip does to the end, held against a schedule that is reckoned anew for each."""

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import samverkan as sv
from tests.scheduling.rich import rich, world
from tests.scheduling.slowly import LONG_AGO, NEVER, reckoned
from tests.scheduling.test_schedule import misses, nets, worlds


def part_of(links, told, id):
    """The steps that hang together with one."""
    bound = [{one.predecessor, one.successor} for one in links if told[one.successor]["done"] is None]
    found = {id}
    for _ in bound:
        found = found.union(*(pair for pair in bound if pair & found))
    return found


@pytest.mark.parametrize("number", range(120))
def test_where_every_day_is_known_it_is_what_the_schedule_says_that_is_made_anew(number):
    dice, c, told, links, _ = rich(number, meetings=False, estimates=False)
    links = tuple(evolve(one, working_days=False) for one in links)
    plan, days = sv.schedule(c.replacing(*links)), dice.randint(0, 30)
    for row in plan.slip_impacts(days):
        part = part_of(links, told, row.id)
        ends = [max(made[one].earliest_finish.exact for one in part) for made in (plan, plan.delayed({row.id: days}))]
        assert row.end_moves.exact == sv.calendar.days_between(*ends), row.id


@pytest.mark.parametrize("number", range(240))
def test_whatever_vague_days_turn_out_to_be_it_has_told_of_it(number):
    dice, c, told, links, _ = rich(number, width=number % 2 * 6, estimates=False)
    rows = sv.schedule(c).slip_impacts(slip := dice.randint(0, 12))
    for _ in range(3):
        turned = world(dice, told, links)
        before = reckoned(turned)
        for row in rows:
            after, part = reckoned(turned, {row.id: slip}), part_of(links, told, row.id)
            ends = [max(reckoning[one][1] for one in part) for reckoning in (before, after)]
            if row.end_moves is None:
                assert ends[0] == NEVER
            elif ends[0] != NEVER:
                assert row.end_moves.low <= ends[1] - ends[0], row.id
                assert row.end_moves.high is None or ends[1] - ends[0] <= row.end_moves.high, row.id
            if before[row.id][1] != NEVER and not misses(turned, row.id, 0):
                found = sv.Truth.YES if misses(turned, row.id, slip) else sv.Truth.NO
                assert row.misses in (sv.Truth.CANNOT_TELL, found), row.id


@given(st.data())
def test_it_tells_of_sparse_nets_as_well(data):
    c, told, links = data.draw(nets(width=data.draw(st.sampled_from((0, 9))), unsaid=True))
    turned = data.draw(worlds(told, links))
    slip, before = data.draw(st.integers(0, 30)), reckoned(turned)
    table = sv.schedule(c).slip_impacts(slip)
    assert {row.id for row in table} == {id for id in told if told[id]["done"] is None}
    for row in table:
        after, part = reckoned(turned, {row.id: slip}), part_of(links, told, row.id)
        ends = [max(reckoning[one][1] for one in part) for reckoning in (before, after)]
        if row.end_moves is None:
            assert ends[0] == NEVER
        elif ends[0] not in (NEVER, LONG_AGO):
            assert row.end_moves.low <= ends[1] - ends[0], row.id
            assert row.end_moves.high is None or ends[1] - ends[0] <= row.end_moves.high, row.id


@given(nets(width=9, unsaid=True), st.integers(0, 20), st.integers(0, 20))
def test_a_longer_slip_moves_the_end_no_less(net, days, more):
    plan = sv.schedule(net[0])
    for one, other in zip(plan.slip_impacts(days), plan.slip_impacts(days + more), strict=True):
        if one.end_moves:
            assert one.end_moves.low <= other.end_moves.low
            assert other.end_moves.high is None or one.end_moves.high <= other.end_moves.high


@given(nets(width=9, unsaid=True))
def test_no_slip_moves_nothing(net):
    assert all(row.end_moves in (None, sv.answers.DayRange(0, 0)) for row in sv.schedule(net[0]).slip_impacts(0))


def test_what_stands_still_until_a_body_meets_is_told_to_move_and_not_how_far():
    board = sv.Actor(
        id="namnd", title="Nämnd", kind="board", meets=("2024-02-01", "2024-05-01"), basis=sv.basis(meets="complete")
    )
    steps = [
        sv.Activity(id="forslag", title="Förslag", timing=sv.Timing(days=10, not_before="2024-01-18")),
        sv.Decision(id="beslut", body="namnd", timing=sv.Timing()),
        sv.Dependency(predecessor="forslag", successor="beslut"),
    ]
    plan = sv.schedule(sv.Collaboration([board, *steps]))
    assert [str(plan.slip_impacts(days).where(id="forslag")[0].end_moves) for days in (4, 5)] == ["0", "1.."]
    assert str(plan.delayed({"forslag": 5})["beslut"].earliest_finish) == "2024-05-01"


def step(id, **told):
    return sv.Activity(id=id, title=id, timing=sv.Timing(statutory=False, **told))


def row_of(records, id, days):
    return sv.schedule(sv.Collaboration(records)).slip_impacts(days).where(id=id)[0]


def test_what_nothing_is_told_of_may_move_the_end_by_as_much_as_it_slips():
    both = [step("a", days=3), step("b", days=1, planned="2024-02-01")]
    assert str(row_of([*both, sv.Dependency(predecessor="a", successor="b")], "a", 4).end_moves) == "0..4"


def test_what_keeps_its_planned_day_as_long_as_it_can_may_be_any_number_of_days_late():
    both = [step("a", days=3, not_before="2024-01-20"), step("b", days=sv.UNKNOWN, planned="2024-02-01")]
    records = [*both, sv.Dependency(predecessor="a", successor="b")]
    assert [str(row_of(records, "a", days).end_moves) for days in (9, 10)] == ["0", "1.."]


def test_a_day_more_may_be_three_over_working_days():
    both = [step("a", days=0, not_before="2024-01-11"), step("b", days=0)]
    link = sv.Dependency(predecessor="a", successor="b", lag=1, working_days=True)
    plan = sv.schedule(sv.Collaboration([*both, link]))
    assert [str(plan.slip_impacts(1).where(id=id)[0].end_moves) for id in ("a", "b")] == ["1..", "1"]
    ends = [str(made["b"].earliest_finish) for made in (plan, plan.delayed({"a": 1}))]
    assert ends == ["2024-01-12", "2024-01-15"]


def test_the_last_day_of_its_slack_is_in_time():
    one = step("a", days=3, not_before="2024-01-01", due="2024-01-09")
    assert [row_of([one], "a", days).misses for days in (5, 6)] == [sv.Truth.NO, sv.Truth.YES]


def test_what_waits_for_itself_has_no_end_to_move():
    ring = [sv.Dependency(predecessor=one, successor=other) for one, other in ("ab", "ba")]
    assert row_of([step("a", days=1), step("b", days=1), *ring], "a", 3).end_moves is None


@pytest.mark.parametrize("days", [-1, 1.0, None, True, "3", 36_526])
def test_what_is_no_number_of_days_is_refused(days):
    with pytest.raises(sv.InvalidValueError, match="not a number of days"):
        sv.schedule(sv.Collaboration([])).slip_impacts(days)


def test_without_steps_there_are_no_rows():
    assert list(sv.schedule(sv.Collaboration([])).slip_impacts(3)) == []
