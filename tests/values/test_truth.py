"""Truth is Kleene's logic: undecided is half way between no and yes."""

from itertools import permutations, product

import pytest

import samverkan as sv
from samverkan import Truth

WEIGHT = {Truth.NO: 0, Truth.CANNOT_TELL: 1, Truth.YES: 2}
PAIRS = list(product(Truth, repeat=2))


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_both_is_the_least_and_either_the_greatest(a, b):
    assert WEIGHT[a & b] == min(WEIGHT[a], WEIGHT[b])
    assert WEIGHT[a | b] == max(WEIGHT[a], WEIGHT[b])


@pytest.mark.parametrize("a", Truth)
def test_not_turns_yes_and_no_and_leaves_the_third(a):
    assert WEIGHT[~a] == 2 - WEIGHT[a]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_deciding_what_was_undecided_never_contradicts_an_answer(a, b):
    for one, other in product(*([x] if x is not Truth.CANNOT_TELL else [Truth.YES, Truth.NO] for x in (a, b))):
        assert (a & b) in (one & other, Truth.CANNOT_TELL)
        assert (a | b) in (one | other, Truth.CANNOT_TELL)


@pytest.mark.parametrize("answers", list(product(Truth, repeat=3)))
def test_all_and_any_do_not_depend_on_order(answers):
    assert {Truth.all(order) for order in permutations(answers)} == {answers[0] & answers[1] & answers[2]}
    assert {Truth.any(order) for order in permutations(answers)} == {answers[0] | answers[1] | answers[2]}


def test_all_of_nothing_is_yes_and_any_of_nothing_is_no():
    assert (Truth.all([]), Truth.any([])) == (Truth.YES, Truth.NO)


@pytest.mark.parametrize(
    ("certain", "possible", "answer"),
    [(True, True, Truth.YES), (False, True, Truth.CANNOT_TELL), (False, False, Truth.NO)],
)
def test_certain_is_yes_impossible_is_no_and_between_is_undecided(certain, possible, answer):
    assert Truth.of(certain=certain, possible=possible) is answer


def test_yes_and_no_are_conditions_and_the_third_is_not():
    assert Truth.YES
    assert not Truth.NO
    with pytest.raises(sv.errors.UndecidedError, match="cannot be told"):
        bool(Truth.CANNOT_TELL)
