"""`Regime`: the rules by which a grant's money moves, written down as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from attrs import frozen

from samverkan.documents.toml_tables import tables
from samverkan.errors import Fault, IntegrityError, InvalidValueError, NotFoundError
from samverkan.model.funding import MoneyMove
from samverkan.values.names import near
from samverkan.values.term import Term
from samverkan.values.text import Phrase, Wording

__all__ = ["ACCOUNTS", "ENDLESS", "Account", "Move", "Regime", "State", "Transition", "event_word", "regime", "regimes"]


class Account(Term):
    """An account between which and others the money of an allocation moves (konto)."""

    SOURCE = "source", "att fördela"
    OPEN = "open", "orekvirerat"
    DUE = "due", "rekvirerat, ej utbetalt"
    PAID = "paid", "utbetalt"
    LAPSED = "lapsed", "förfallet"
    FORFEITED = "forfeited", "förverkat"
    GIVER = "giver", "att vidareförmedla"
    PROMISED = "promised", "utlovat"
    RECEIVED = "received", "mottaget"
    PAYER = "payer", "utbetalaren"
    HELD = "held", "innehav, ej förbrukat"
    USED = "used", "förbrukat"
    RETURNED = "returned", "återbetalt"
    CARRIED_OVER = "carried over", "överfört till nästa år"
    PASSED_ON = "passed on", "vidareförmedlat"
    WAIVED = "waived", "eftergivet"


ACCOUNTS: Mapping[str, Account] = {account.value: account for account in Account}
"""The accounts by name."""

ENDLESS = frozenset({"source", "giver", "payer"})
"""The accounts that money comes from; only these may be below zero, by what they have given."""

WINDOWS = ("requisition", "use", "report", "repayment")
_BESIDES: Mapping[str, str] = {
    "requisitioned": "rekvirerad",
    "received": "mottagen",
    "given back": "lämnad tillbaka",
    "handed back": "återlämnad",
}
EVENTS = frozenset({*_BESIDES, *MoneyMove})

_MOVE = re.compile(r"([a-z ]+?) *> *([a-z ]+)")
_STEP = re.compile(r"(@?)([a-z ]+?)(?: if ([a-z ]+))?")


def event_word(event: str) -> Phrase:
    """What an event is called in both languages.

    >>> event_word("handed back").sv
    'återlämnad'
    """
    return Wording(event, _BESIDES.get(event) or MoneyMove(event).sv)()


class Move(NamedTuple):
    """From which account to which."""

    from_: str
    to: str


@frozen
class Transition:
    """What leads from one state to the next (övergång)."""

    by: str
    """The event; or, if `at_end`, the window whose end it is."""
    to: str
    """The state that it leads to."""
    at_end: bool = False
    """Whether it happens by itself when the grant's window closes."""
    if_left: str = ""
    """The account in which something must be left; empty if that does not matter."""


@frozen
class State:
    """A state that an allocation can be in, and what may happen to it there (läge)."""

    name: str
    """What it is called."""
    sv: str
    """In Swedish."""
    steps: tuple[Transition, ...]
    """What may happen, in the order in which it is tried."""
    ends: bool = False
    """Whether the money may stay there for good."""

    @property
    def phrase(self) -> Phrase:
        """Its name in both languages."""
        return Wording(self.name, self.sv or self.name)()

    @property
    def allowed(self) -> tuple[str, ...]:
        """The events that may happen there."""
        return tuple(dict.fromkeys(step.by for step in self.steps if not step.at_end))


@frozen(kw_only=True)
class Regime:
    """The rules by which a grant's money moves (regim): its accounts and its states.

    Balance and state are two readings of the same events: an event moves its amount between accounts whatever the state
    is, and where it was not allowed in that state, that is a finding.

    >>> regime("requisition").states["allocated"].allowed
    ('allocated', 'certified', 'requisitioned', 'lapsed')
    >>> regime("requisition").moves["used"]
    (Move(from_='held', to='used'),)
    """

    name: str
    """The word by which grants name it."""
    title: str
    """What it is called."""
    sv: str
    """In Swedish."""
    begins: str
    """The state in which an allocation begins."""
    moves: Mapping[str, tuple[Move, ...]]
    """Between which accounts each event moves its amount; one that is not there moves none."""
    states: Mapping[str, State]
    """Every state by its name."""


def regimes(text: str | None = None) -> dict[str, Regime]:
    """The regimes that a text in TOML writes down, by name; without one, those that the library knows (regimer).

    Raises `InvalidValueError` for what is no TOML, `IntegrityError` with every fault of a regime that does not hold
    together: an unknown event or account, a step to no state, a state that nothing leads to, a dead end that is not
    told.

    >>> sorted(regimes())
    ['direct', 'invoice', 'onward', 'ordinance', 'performance', 'requisition']
    """
    if text is None:
        return dict(_known())
    found = {name: _regime(name, body) for name, body in tables(text, "regime").items()}
    if faults := [fault for one in found.values() for fault in _faults(one)]:
        raise IntegrityError(faults)
    return found


def regime(name: str) -> Regime:
    """A regime that the library knows; raises `NotFoundError` with those there are."""
    if name not in _known():
        hint = near(name, _known()) if isinstance(name, str) else ""
        remedy = f"did you mean {hint!r}?" if hint else f"there are {', '.join(sorted(_known()))}"
        raise NotFoundError(f"there is no regime {name!r:.80}", remedy)
    return _known()[name]


@cache
def _known() -> dict[str, Regime]:
    return regimes(files("samverkan.accounts").joinpath("regimes.toml").read_text(encoding="utf-8"))


def _regime(name: str, body: Any) -> Regime:
    wanted: dict[str, type] = {"title": str, "sv": str, "begins": str, "moves": dict, "states": dict}
    if not isinstance(body, dict) or body.keys() != wanted.keys():
        raise InvalidValueError(f"the regime {name!r} is incomplete", f"it needs {', '.join(wanted)}, and no more")
    for key, kind in wanted.items():
        if not isinstance(body[key], kind):
            raise InvalidValueError(
                f"{name}.{key} is {body[key]!r:.80}", f"write a {'text' if kind is str else 'table'}"
            )
    return Regime(
        name=name,
        title=body["title"],
        sv=body["sv"],
        begins=body["begins"],
        moves={
            event: tuple(_move(f"{name}.moves.{event}", text) for text in _list(texts))
            for event, texts in body["moves"].items()
        },
        states={state: _state(f"{name}.states.{state}", state, steps) for state, steps in body["states"].items()},
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _move(place: str, text: Any) -> Move:
    parts = [part.strip() for part in text.split(">")] if isinstance(text, str) else []
    if len(parts) != 2:
        raise InvalidValueError(f"{place} is {text!r:.80}", "write 'held > used'")
    return Move(*parts)


def _state(place: str, name: str, body: Any) -> State:
    if not isinstance(body, dict):
        raise InvalidValueError(f"{place} is {body!r:.80}", "write a table of events, each with the state it leads to")
    steps = tuple(_step(place, key, to) for key, to in body.items() if key not in ("sv", "ends"))
    return State(name, str(body.get("sv", "")), steps, body.get("ends", False) is True)


def _step(place: str, key: str, to: Any) -> Transition:
    match = _STEP.fullmatch(key)
    if not match or not isinstance(to, str):
        raise InvalidValueError(f"{place}: {key!r:.80} = {to!r:.80}", "write used = 'in use', or '@use if held' = 'x'")
    return Transition(match[2], to, at_end=bool(match[1]), if_left=match[3] or "")


def _faults(regime: Regime) -> Iterator[Fault]:
    """The faults of a regime: what it names and does not have, and what leads nowhere."""
    for place, message, known in (*_in_moves(regime), *_in_states(regime)):
        remedy = f"known: {', '.join(sorted(known))}" if known else "write the step that lacks, or ends = true"
        yield Fault(f"{message} in the regime {regime.name!r}", remedy, record=regime.name, field=place)


_Faults = Iterator[tuple[str, str, Iterable[str]]]


def _in_moves(regime: Regime) -> _Faults:
    for event, moves in regime.moves.items():
        if event not in EVENTS:
            yield f"moves.{event}", f"there is no event {event!r}", EVENTS
        for account in sorted({account for move in moves for account in move} - ACCOUNTS.keys()):
            yield f"moves.{event}", f"there is no account {account!r}", ACCOUNTS


def _in_states(regime: Regime) -> _Faults:
    for state in regime.states.values():
        place = f"states.{state.name}"
        for step in state.steps:
            words = WINDOWS if step.at_end else EVENTS
            if step.by not in words:
                yield place, f"there is no {'window' if step.at_end else 'event'} {step.by!r}", words
            if step.if_left and step.if_left not in ACCOUNTS:
                yield place, f"there is no account {step.if_left!r}", ACCOUNTS
            if step.to not in regime.states:
                yield place, f"there is no state {step.to!r}", regime.states
        if not state.steps and not state.ends:
            yield place, f"nothing leads on from {state.name!r}", ()
    if regime.begins not in regime.states:
        yield "begins", f"there is no state {regime.begins!r}", regime.states
    for name in _unreached(regime):
        yield f"states.{name}", f"nothing leads to {name!r}", ()


def _unreached(regime: Regime) -> list[str]:
    reached, level = {regime.begins}, [regime.begins]
    while level:
        states = [regime.states[name] for name in level if name in regime.states]
        level = [step.to for state in states for step in state.steps if step.to not in reached]
        reached.update(level)
    return [name for name in regime.states if name not in reached]
