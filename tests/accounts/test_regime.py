"""Regimes are data: what the library knows holds together, and what does not is told whole."""

import pytest

import samverkan as sv
from samverkan.accounts.regime import ACCOUNTS, ENDLESS, regime, regimes

OWN = """
[own]
title = "our own"
sv = "vårt eget"
begins = "open"
[own.moves]
allocated = "source > open"
paid = ["open > paid", "payer > held"]
[own.states]
open = { sv = "öppet", paid = "closed" }
closed = { sv = "stängt", ends = true }
"""


@pytest.mark.parametrize("name", sorted(regimes()))
def test_every_event_of_a_regime_moves_money_between_different_pots(name):
    for event, moves in regime(name).moves.items():
        for move in moves:
            assert move.from_ != move.to
            assert move.to not in ENDLESS or event == "handed back"


@pytest.mark.parametrize("name", sorted(regimes()))
def test_every_state_has_its_swedish_word(name):
    assert all(state.sv for state in regime(name).states.values())
    assert regime(name).sv


def test_the_known_regimes_use_every_pot():
    used = {account for one in regimes().values() for moves in one.moves.values() for move in moves for account in move}
    assert used == set(ACCOUNTS)


def test_one_of_ones_own_is_written_the_same_way():
    own = regimes(OWN)["own"]
    assert own.states["open"].allowed == ("paid",)
    assert own.states["closed"].ends


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("source > open", "sourc > open", "no account 'sourc'"),
        ("allocated =", "alocated =", "no event 'alocated'"),
        ('paid = "closed"', 'paid = "shut"', "no state 'shut'"),
        ('paid = "closed"', 'payed = "closed"', "no event 'payed'"),
        ('paid = "closed"', '"@usage" = "closed"', "no window 'usage'"),
        ('paid = "closed"', '"paid if hold" = "closed"', "no account 'hold'"),
        (", ends = true", "", "nothing leads on from 'closed'"),
        ('paid = "closed"', 'paid = "open"', "nothing leads to 'closed'"),
        ('begins = "open"', 'begins = "opened"', "no state 'opened'"),
    ],
)
def test_what_does_not_hold_together_is_told(old, new, said):
    with pytest.raises(sv.errors.IntegrityError) as caught:
        regimes(OWN.replace(old, new))
    assert said in str(caught.value)


def test_all_faults_are_told_at_once():
    with pytest.raises(sv.errors.IntegrityError) as caught:
        regimes(OWN.replace("source >", "sourc >").replace("payer >", "payr >").replace(", ends = true", ""))
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[own", "no TOML"),
        (5, "no regime in 5"),
        ("", "no regime in ''"),
        ("own = 5", "is incomplete"),
        (OWN.replace('title = "our own"', "title = 5"), "own.title is 5"),
        (OWN.replace('"source > open"', '"source"'), "own.moves.allocated is 'source'"),
        (OWN.replace('"source > open"', "[5]"), "own.moves.allocated is 5"),
        (OWN.replace('paid = "closed" }', "paid = 5 }"), "'paid' = 5"),
        (OWN.replace('{ sv = "stängt", ends = true }', "5"), "own.states.closed is 5"),
    ],
)
def test_what_is_no_regime_is_refused(text, said):
    with pytest.raises(sv.InvalidValueError) as caught:
        regimes(text)
    assert said in str(caught.value)


def test_a_regime_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(sv.errors.NotFoundError, match="did you mean 'invoice'"):
        regime("invoce")
