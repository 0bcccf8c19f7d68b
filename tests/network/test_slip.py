"""What one slip does to the end, held against a schedule that is reckoned anew for each."""

import pytest
from hypothesis import assume, given, strategies as st

import samverkan as sv
from tests.network.slowly import LONG_AGO, NEVER, reckoned
from tests.network.test_schedule import misses, nets, worlds


def part_of(links, told, id):
    """The steps that hang together with one."""
    bound = [{one.predecessor, one.successor} for one in links if told[one.successor]["done"] is None]
    found = {id}
    for _ in bound:
        found = found.union(*(pair for pair in bound if pair & found))
    return found


@given(st.data())
def test_where_every_day_is_known_it_is_what_the_schedule_says_that_is_made_anew(data):
    c, told, links = data.draw(nets())
    assume(not any(one.working_days and one.lag for one in links))
    assume(not any("meetings" in said for said in told.values()))
    days = data.draw(st.integers(0, 30))
    plan = sv.schedule(c)
    table = plan.each_slipping(days)
    assert {row.id for row in table} == {id for id in told if told[id]["done"] is None}
    for row in table:
        part = part_of(links, told, row.id)
        later = plan.delayed({row.id: days})
        finishes = [[schedule[one].finishes.exact for one in part] for schedule in (plan, later)]
        if None not in finishes[0] and plan[row.id].starts.exact:
            assert row.end_moves.exact == sv.days_between(*map(max, finishes)), row.id


@given(st.data())
def test_whatever_vague_days_turn_out_to_be_it_has_told_of_it(data):
    c, told, links = data.draw(nets(width=data.draw(st.sampled_from((0, 9))), unsaid=True))
    world = data.draw(worlds(told, links))
    slip, before = data.draw(st.integers(0, 30)), reckoned(world)
    for row in sv.schedule(c).each_slipping(slip):
        after = reckoned(world, {row.id: slip})
        part = part_of(links, told, row.id)
        ends = [max(days[one][1] for one in part) for days in (before, after)]
        if row.end_moves is None:
            assert ends[0] == NEVER
        elif ends[0] not in (NEVER, LONG_AGO):
            moved = ends[1] - ends[0]
            assert row.end_moves.low is None or row.end_moves.low <= moved, (row.id, moved)
            assert row.end_moves.high is None or moved <= row.end_moves.high, (row.id, moved)


@given(st.data())
def test_it_tells_whether_a_last_day_is_missed_on_its_account(data):
    c, told, links = data.draw(nets(width=data.draw(st.sampled_from((0, 9))), unsaid=True))
    world = data.draw(worlds(told, links))
    days, reckoning = data.draw(st.integers(0, 30)), reckoned(world)
    for row in sv.schedule(c).each_slipping(days):
        if reckoning[row.id][1] not in (LONG_AGO, NEVER) and not misses(world, row.id, 0):
            assert row.misses in (sv.Truth.CANNOT_TELL, sv.Truth.YES if misses(world, row.id, days) else sv.Truth.NO)


@given(nets(width=9, unsaid=True), st.integers(0, 20), st.integers(0, 20))
def test_a_longer_slip_moves_the_end_no_less(net, days, more):
    plan = sv.schedule(net[0])
    for one, other in zip(plan.each_slipping(days), plan.each_slipping(days + more), strict=True):
        if one.end_moves:
            assert one.end_moves.low <= other.end_moves.low
            assert other.end_moves.high is None or one.end_moves.high <= other.end_moves.high


@given(nets(width=9, unsaid=True))
def test_no_slip_moves_nothing(net):
    assert all(row.end_moves in (None, sv.Span(0, 0)) for row in sv.schedule(net[0]).each_slipping(0))


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
    assert [str(plan.each_slipping(days).where(id="forslag")[0].end_moves) for days in (4, 5)] == ["0", "1.."]
    assert str(plan.delayed({"forslag": 5})["beslut"].finishes) == "2024-05-01"


@pytest.mark.parametrize("days", [-1, 1.0, None, True, "3", 36_526])
def test_what_is_no_number_of_days_is_refused(days):
    with pytest.raises(sv.InvalidValueError, match="not a number of days"):
        sv.schedule(sv.Collaboration([])).each_slipping(days)


def test_without_steps_there_are_no_rows():
    assert list(sv.schedule(sv.Collaboration([])).each_slipping(3)) == []
