"""The odds of last days, held against draws that are reckoned one by one, and against the exact distribution."""

from fractions import Fraction
from hashlib import blake2b
from math import sqrt

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan.scheduling.sampling import _shares, drawn
from tests.scheduling.rich import rich, world
from tests.scheduling.slowly import World, reckoned
from tests.scheduling.test_schedule import follow, nets

estimates = st.lists(st.integers(0, 30), min_size=3, max_size=3).map(
    lambda days: sv.Estimate(**dict(zip(("best", "likely", "worst"), sorted(days), strict=True)))
)


def take(steps, guessed, draws):
    """The steps in each draw, with the days that they take in it."""
    names = [id for id in guessed if steps[id].done is None]
    days = dict(zip(names, drawn({id: guessed[id] for id in names}, 1, 0, draws), strict=True))
    return [
        {id: evolve(step, days=int(days[id][at])) if id in days else step for id, step in steps.items()}
        for at in range(draws)
    ]


# ---------------------------------------------------------------- the draws


def split_mix(state, count):
    """SplitMix64, number by number."""
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
        yield z ^ z >> 31


def test_the_reference_makes_the_numbers_that_are_published_for_it():
    assert list(split_mix(1234567, 3)) == [6457827717110365317, 3203168211198807973, 9817491932198370423]


@pytest.mark.parametrize(("first", "past"), [(0, 1), (0, 7), (4, 9), (1024, 1027)])
def test_each_step_draws_from_numbers_of_its_own(first, past):
    for id, row in zip(("a", "å"), _shares(["a", "å"], 7, first, past), strict=True):
        key = int.from_bytes(blake2b(f"7 {id}".encode(), digest_size=8).digest(), "big")
        halves = [half for z in split_mix(key, past) for half in (z % 2**32, z >> 32)]
        assert row.tolist() == [(half >> 8) / 2**24 for half in halves[first:past]]


def up_to(one, days):
    """The share of the triangular distribution up to some days, by its area."""
    best, likely, worst = one.best, one.likely, one.worst
    if days <= best or days >= worst:
        return Fraction(int(days >= worst))
    if days <= likely:
        return (days - best) ** 2 / ((worst - best) * (likely - best))
    return 1 - (worst - days) ** 2 / ((worst - best) * (worst - likely))


@given(estimates | st.just(sv.Estimate(best=0, likely=1, worst=36_525)), st.integers(0, 99))
def test_what_is_drawn_lies_where_its_number_says_in_the_distribution(one, seed):
    half, fuzz = Fraction(1, 2), Fraction(1, 2**18)
    (days,), (shares,) = drawn({"a": one}, seed, 0, 50), _shares(["a"], seed, 0, 50)
    for number, share in zip(days.tolist(), map(Fraction, shares.tolist()), strict=True):
        assert one.best <= number <= one.worst
        assert up_to(one, number - half) - fuzz <= share <= up_to(one, number + half) + fuzz


@given(st.dictionaries(st.text("abcåäö-", min_size=1), estimates, max_size=20), st.integers(1, 40))
def test_what_stands_beside_a_step_and_how_many_are_drawn_changes_no_draw(several, count):
    for id, days in zip(several, drawn(several, 3, 0, count), strict=True):
        (alone,) = drawn({id: several[id]}, 3, 0, 64)
        assert days.tolist() == alone[:count].tolist()


# ---------------------------------------------------------------- it is right


@pytest.mark.parametrize("number", range(120))
def test_where_all_else_is_known_it_counts_the_draws_that_are_reckoned_slowly(number):
    dice, c, told, links, guessed = rich(number)
    slips = {id: dice.randint(1, 9) for id in told if dice.randrange(3) == 0}
    steps = take(world(dice, told, links).steps, guessed, 7)
    found = [reckoned(World(steps=each, links=links), slips) for each in steps]
    rows = sv.schedule(c).delayed(slips).simulate(7)
    assert {row.id for row in rows} == {id for id in told if "due" in told[id]}
    for row in rows:
        share = Fraction(sum(days[row.id][1] <= told[row.id]["due"][1] for days in found), 7)
        assert (row.at_least.fraction, row.at_most.fraction) == (share, share), row.id
        assert set(row.because) - {row.id} == {id for id in guessed if row.id in follow(links, id)} - {row.id}


@pytest.mark.parametrize("number", range(120))
def test_whatever_vague_days_turn_out_to_be_it_has_told_of_it(number):
    dice, c, told, links, guessed = rich(number, width=6)
    rows = sv.schedule(c).simulate(5)
    for _ in range(3):
        steps = take(world(dice, told, links).steps, guessed, 5)
        found = [reckoned(World(steps=each, links=links)) for each in steps]
        for row in rows:
            met = Fraction(sum(days[row.id][1] <= told[row.id]["due"][1] for days in found), 5)
            assert row.at_least.fraction <= met <= row.at_most.fraction, row.id


def test_of_what_nothing_is_told_but_how_long_it_takes_nothing_is_told():
    timing = sv.Timing(estimate=sv.Estimate(best=1, likely=2, worst=3), due="2024-01-16", statutory=False)
    (row,) = sv.schedule(sv.Collaboration([sv.Activity(id="a", title="", timing=timing)])).simulate()
    assert (row.at_least.fraction, row.at_most.fraction) == (0, 1)


@pytest.mark.parametrize(("best", "likely", "worst"), [(5, 10, 30), (0, 0, 9), (3, 3, 3), (2, 9, 9), (0, 1, 36_525)])
@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_of_a_step_alone_it_is_within_five_deviations_of_the_distribution(best, likely, worst, seed):
    one = sv.Estimate(best=best, likely=likely, worst=worst)
    for part in (Fraction(1, 10), Fraction(1, 2), Fraction(9, 10)):
        days = best + int((worst - best) * part)
        due = sv.calendar.add_days("2024-01-01", days)
        timing = sv.Timing(not_before="2024-01-01", estimate=one, due=due, statutory=False)
        (row,) = sv.schedule(sv.Collaboration([sv.Activity(id="a", title="", timing=timing)])).simulate(5000, seed)
        true = up_to(one, days + Fraction(1, 2))
        assert row.at_least == row.at_most
        assert abs(row.at_least.fraction - true) <= 5 * sqrt(true * (1 - true) / 5000) + 2**-18


# ---------------------------------------------------------------- the laws


@pytest.mark.parametrize("number", range(60))
def test_more_delay_makes_no_last_day_likelier(number):
    dice, c, told, *_ = rich(number, width=number % 3 * 3)
    plan = sv.schedule(c)
    late = plan.delayed({dice.choice(sorted(told)): dice.randint(1, 20)})
    for before, after in zip(plan.simulate(20), late.simulate(20), strict=True):
        assert before.id == after.id
        assert after.at_least.fraction <= before.at_least.fraction
        assert after.at_most.fraction <= before.at_most.fraction


@given(st.data())
def test_where_nothing_is_estimated_the_odds_say_what_the_schedule_says(data):
    c, *_ = data.draw(nets(width=data.draw(st.sampled_from((0, 9))), unsaid=True))
    plan = sv.schedule(c)
    sure = {sv.Truth.NO: (1, 1), sv.Truth.YES: (0, 0), sv.Truth.CANNOT_TELL: (0, 1)}
    for row in plan.simulate(3):
        assert (row.at_least.fraction, row.at_most.fraction) == sure[plan[row.id].late], row.id


@pytest.mark.parametrize("number", range(20))
def test_the_order_of_the_records_makes_no_difference(number):
    dice, c, *_ = rich(number, width=5)
    other = sv.Collaboration(dice.sample(list(c), len(c)))
    one, two = (sv.schedule(records).simulate(9) for records in (c, other))
    assert one == two
    assert str(one) == str(two)


# ---------------------------------------------------------------- what it says beside


def chain():
    takes = sv.Estimate(best=5, likely=10, worst=30)
    return sv.Collaboration(
        [
            sv.Activity(
                id="utredning",
                title="Utredning",
                timing=sv.Timing(days=10, not_before="2024-01-01", estimate=takes, statutory=False),
                basis=sv.basis(timing="assumed"),
            ),
            sv.Activity(id="remiss", title="Remiss", timing=sv.Timing(days=60)),
            sv.Activity(id="svar", title="Svar", kind="milestone", timing=sv.Timing(due="2024-03-15", statutory=False)),
            sv.Dependency(predecessor="utredning", successor="remiss"),
            sv.Dependency(predecessor="remiss", successor="svar"),
        ]
    )


def test_an_estimate_is_drawn_also_of_a_step_that_is_told_how_long_it_takes():
    plan = sv.schedule(chain())
    (row,) = plan.simulate()
    assert str(plan["svar"].earliest_finish) == "2024-03-11"
    assert 0 < row.at_least.fraction == row.at_most.fraction < 1
    assert plan.simulate() == plan.simulate(1000, 1) != plan.simulate(1000, 2)
    assert [(one.draws, one.seed) for one in plan.simulate(50, 8)] == [(50, 8)]


def test_it_says_what_it_rests_on():
    table = sv.schedule(chain()).simulate()
    assert table[0].because == ("svar", "utredning")
    assert "no estimate has to do with another" in table.assumed
    assert any("utredning.timing" in sentence for sentence in table.assumed)


def test_many_draws_are_the_draws_of_several_times():
    plan = sv.schedule(chain())
    met = [plan.simulate(draws)[0].at_least.fraction * draws for draws in (1023, 1024, 1025, 2049)]
    assert met == sorted(met)
    assert met[2] - met[0] <= 2
    (days,) = drawn({"utredning": plan.collaboration["utredning"].timing.estimate}, 1, 0, 2049)
    assert met[3] == np.count_nonzero(days <= 14)


@pytest.mark.parametrize("draws", [0, -1, 1.0, True, None, "10", 10**7])
def test_draws_that_are_no_number_of_them_are_refused(draws):
    with pytest.raises(sv.InvalidValueError, match="draws"):
        sv.schedule(chain()).simulate(draws)


@pytest.mark.parametrize("seed", [-1, 1.5, None, "1", False, 2**64])
def test_a_seed_that_is_no_whole_number_is_refused(seed):
    with pytest.raises(sv.InvalidValueError, match="seed"):
        sv.schedule(chain()).simulate(10, seed)


def test_of_what_never_comes_about_no_last_day_is_met():
    ring = chain().adding(sv.Dependency(predecessor="svar", successor="utredning"))
    (row,) = sv.schedule(ring).simulate()
    assert (row.at_least.fraction, row.at_most.fraction, row.because) == (0, 0, ("svar",))
