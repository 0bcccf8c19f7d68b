"""The positions of bodies on a matter, and which of them is their answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from samverkan.model.agreement import Decision, Outcome
from samverkan.model.relations import Attitude, Stance
from samverkan.model.source import kind_name
from samverkan.parties.membership import Parties
from samverkan.parties.responses import Decisions, RequiredResponse, Response
from samverkan.values.term import Term
from samverkan.values.truth import Truth
from samverkan.values.when import When

__all__ = ["Position", "Reply", "positions_on", "weighed"]


class Reply(Term):
    """What a body answers in a matter (svar)."""

    YES = "yes", "ja"
    """It approves or accepts."""
    NO = "no", "nej"
    """It declines."""
    RECOMMENDED = "recommended", "rekommenderat"
    """It recommends that others do; it has not decided for them."""
    COMMISSIONED = "commissioned", "gett i uppdrag"
    """It commissions somebody."""
    SUPPORTS = "supports", "stödjer"
    """It supports the matter, and has decided nothing."""
    NOTED = "noted", "noterat"
    """It takes note: neither yes nor no."""
    ANSWERED = "answered", "svarat"
    """It has answered; what is not recorded."""
    IN_DIALOGUE = "in dialogue", "i dialog"
    """It discusses the matter, and has not answered."""
    NOT_ANSWERED = "not answered", "inte svarat"
    """It is asked, and no answer is recorded; the day asked about is within what is known."""
    NOT_KNOWN = "not answered, as far as known", "inte svarat, såvitt känt"
    """It is asked, and no answer is recorded; knowledge does not reach that day, or lacks some answers."""
    NOT_YET = "not answered, or not asked yet", "inte svarat, eller inte tillfrågad än"
    """No answer is recorded, nor whether it had been asked by then."""
    NOT_ASKED = "not asked", "inte tillfrågad"
    """Nothing is recorded that asks it, or not by then."""
    UNDECIDED = "cannot be told", "går inte att säga"
    """It cannot be determined: days are too vague, or who is meant is not recorded."""

    @property
    def answers(self) -> bool:
        """Whether such a reply is an answer, whatever it is."""
        return _WEIGHTS.get(self, 0) > 0


_WEIGHTS: Mapping[Reply, int] = {
    Reply.YES: 6,
    Reply.NO: 6,
    Reply.RECOMMENDED: 5,
    Reply.COMMISSIONED: 4,
    Reply.SUPPORTS: 3,
    Reply.NOTED: 2,
    Reply.ANSWERED: 1,
    Reply.IN_DIALOGUE: 0,
    Reply.NOT_ANSWERED: 0,
}
"""A weightier reply outweighs a lighter one, whichever came last; of two equals the later counts."""

_OUTCOMES: Mapping[Outcome | None, Reply] = {
    Outcome.APPROVES: Reply.YES,
    Outcome.DECLINES: Reply.NO,
    Outcome.RECOMMENDS: Reply.RECOMMENDED,
    Outcome.COMMISSIONS: Reply.COMMISSIONED,
    Outcome.NOTES: Reply.NOTED,
    None: Reply.ANSWERED,
}

_ATTITUDES: Mapping[Attitude, Reply] = {
    Attitude.ACCEPTS: Reply.YES,
    Attitude.DECLINES: Reply.NO,
    Attitude.SUPPORTS: Reply.SUPPORTS,
    Attitude.IN_DIALOGUE: Reply.IN_DIALOGUE,
    Attitude.NO_ANSWER: Reply.NOT_ANSWERED,
    Attitude.MENTIONED: Reply.NOT_ASKED,
    Attitude.ASKED: Reply.NOT_ASKED,
}


@frozen(kw_only=True)
class Position:
    """One recorded position of a body on a matter."""

    reply: Reply
    """What it amounts to."""
    body: str
    """Whose it is; empty if that is not recorded."""
    about: frozenset[str]
    """Which of the things asked about it names."""
    answer: Response
    """When it counts, and for whom."""
    group: bool = False
    """Whether it is the position of a group, so that those of its members are unknown."""
    asks: bool = False
    """Whether it shows that the body is asked, from the day on which it counts."""
    pending: bool = False
    """Whether it shows so whatever the day: a decision without any day is before its body until it is taken."""
    foreseen: When | None = None
    """The day on which a decision is to be taken: its body has been asked by then; since when is unknown."""

    @property
    def counts(self) -> bool:
        """Whether it is a reply; what only asks or mentions a body is not."""
        return self.reply in _WEIGHTS

    def asked(self, one: RequiredResponse, on: When | None) -> Truth:
        """Whether it shows that one who owes an answer is asked by a day; a group that is asked is asked for each."""
        if not self.asks or not one.is_recorded or one.ids.isdisjoint(self.answer.by):
            return Truth.NO
        if self.pending or on is None:
            return Truth.YES
        by_then = self.foreseen.by(on) | Truth.CANNOT_TELL if self.foreseen else Truth.NO
        return self.answer.counts(on) | by_then

    def is_by(self, one: RequiredResponse) -> Truth:
        """Whether it is the position of one who owes an answer."""
        if not one.is_recorded or not self.answer.by:
            return Truth.CANNOT_TELL
        certain = self.body == one.who if self.group else one.who in self.answer.by
        return Truth.of(certain=certain, possible=not one.ids.isdisjoint(self.answer.by))


def positions_on(parties: Parties, things: Iterable[str]) -> Iterator[Position]:
    """The positions on some things: by decisions that are taken, and by stances."""
    asked = frozenset(things)
    decisions = Decisions(parties)
    for decision in decisions.about(sorted(asked)):
        yield from _decided(decision, decisions.answer(decision), asked)
    for stance in parties.collaboration[Stance]:
        if stance.towards in asked:
            yield Position(
                reply=_ATTITUDES[stance.attitude],
                body=stance.actor,
                about=frozenset((stance.towards,)),
                answer=Response(record=stance.id, by=parties.answering_for([stance.actor]), day=stance.day),
                group=kind_name(parties.collaboration[stance.actor]) == "Group",
                asks=stance.attitude in (Attitude.ASKED, Attitude.NO_ANSWER),
            )


def _decided(decision: Decision, answer: Response, asked: frozenset[str]) -> Iterator[Position]:
    """The positions by a decision on some things, one for each outcome; an item without one is none until taken."""
    by_outcome: dict[Outcome | None, set[str]] = {}
    for item in decision.items:
        if named := asked.intersection(item.about):
            by_outcome.setdefault(item.outcome, set()).update(named)
    timing = decision.timing
    days = (timing.planned, timing.due, *(one.day for one in timing.baselines))
    foreseen = next((day for day in days if day), None)
    for outcome, about in by_outcome.items():
        yield Position(
            reply=_OUTCOMES[outcome] if outcome or timing.done else Reply.NOT_ASKED,
            body=decision.body if isinstance(decision.body, str) else "",
            about=frozenset(about),
            answer=answer,
            asks=True,
            pending=not (foreseen or timing.done or any(by_outcome)),
            foreseen=foreseen,
        )


def weighed(positions: Sequence[tuple[Position, Truth]]) -> tuple[Reply | None, tuple[Position, ...]]:
    """Which reply counts, None if there is none, and what it rests on."""
    live = [(one, truth) for one, truth in positions if truth is not Truth.NO and one.counts]
    live = [(one, truth) for one, truth in live if not any(_follows(other, one) for other in live)]
    certain = [one for one, truth in live if truth is Truth.YES]
    most = max((_WEIGHTS[one.reply] for one in certain), default=-1)
    top = [(one, truth) for one, truth in live if _WEIGHTS[one.reply] >= most]
    replies = {one.reply for one, _ in top}
    if not live:
        return None, ()
    if len(replies) == 1 and certain:
        return replies.pop(), tuple(one for one, truth in top if truth is Truth.YES)
    return Reply.UNDECIDED, tuple(one for one, _ in top)


def _follows(other: tuple[Position, Truth], one: Position) -> bool:
    """Whether a certain position came after another of the same weight, and takes its place."""
    later, truth = other
    first, last = one.answer.day, later.answer.day
    same = _WEIGHTS[later.reply] == _WEIGHTS[one.reply]
    return bool(truth is Truth.YES and same and first and last and first.before(last) is Truth.YES)
