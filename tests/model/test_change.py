"""A collaboration as it stood on a day, and several put together whatever their order (laws 1 and 9)."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from typing import Annotated, Any

import attrs
import pytest
from attrs import evolve, frozen
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.model.change import joined
from samverkan.model.reference import references
from tests.model.walk import GONE, cleared, fields, names
from tests.strategies import collaborations, days

HAPPENS = {
    sv.Decision: ("timing",),
    sv.FundingEvent: ("day",),
    sv.Observation: ("as_of",),
    sv.Stance: ("day",),
}
ALE = sv.Actor(id="ale", title="Ale", kind="kommun")
HJO = sv.Actor(id="hjo", title="Hjo", kind="kommun")
LASTS = {sv.Membership: "period", sv.Participation: "period", sv.Mandate: "period"}
"""What the docstring of `as_of` says, by hand."""


# ---------------------------------------------------------------- as of a day: the slow reference


def earliest(moment: sv.When | sv.Timing | None) -> sv.fields.Day | None:
    moment = moment.done if isinstance(moment, sv.Timing) else moment
    return moment.earliest if moment else None


def what_counts(record: Any, c: sv.Collaboration) -> sv.vocabulary.MetWhen | None:
    if isinstance(record, sv.Submission):
        return getattr(getattr(c[record.obligation], "timing", None), "met_when", None)
    grant = c.get(getattr(c[record.allocation], "grant", ""))
    asked = set()
    while grant and grant.id not in asked and not getattr(grant, "requisition", None):
        asked.add(grant.id)
        grant = c.get(getattr(grant, "part_of", None) or "")
    return getattr(getattr(grant, "requisition", None), "met_when", None)


def certainly_came_later(record: Any, on: sv.fields.Day, c: sv.Collaboration) -> bool:
    sent, arrived = earliest(record.sent), earliest(record.arrived)
    counts = what_counts(record, c)
    if sent and record.arrived and record.arrived.latest and record.arrived.latest < sent:  # which cannot be
        first = sent if counts is sv.vocabulary.MetWhen.SENT else arrived
        return first is not None and on < first
    later = {sv.vocabulary.MetWhen.SENT: [sent], sv.vocabulary.MetWhen.ARRIVED: [sent, arrived], None: [sent]}[counts]
    return any(day and on < day for day in later)


def still_to_be_taken(record: Any, on: sv.fields.Day) -> bool:
    """A decision that certainly came later, and was due or planned."""
    if not isinstance(record, sv.Decision):
        return False
    first, timing = earliest(record.timing), record.timing
    return bool(first and on < first and (timing.due or timing.planned or timing.baselines))


def certainly_not_there(record: Any, on: sv.fields.Day, c: sv.Collaboration) -> bool:
    if isinstance(record, sv.Submission | sv.Requisition):
        return certainly_came_later(record, on, c)
    if isinstance(record, sv.Obligation) and record.ground and still_to_be_taken(c[record.ground], on):
        return True
    if still_to_be_taken(record, on):
        return False
    period = getattr(record, LASTS.get(type(record), ""), None) or sv.Period()
    begins_later = period.start and period.start.earliest and on < period.start.earliest
    ended_before = period.end and period.end.latest and period.end.latest < on
    firsts = [earliest(getattr(record, name)) for name in HAPPENS.get(type(record), ())]
    return bool(begins_later or ended_before or any(first and on < first for first in firsts))


def belongs_to(record: Any, gone: set[str]) -> bool:
    return any(reference.within and gone & {*reference.ids(record)} for reference in references(type(record)))


def cannot_be_without(record: Any, gone: set[str]) -> bool:
    required = [r for r in references(type(record)) if r.required]
    return any(gone & {*r.ids(record)} for r in required) or cleared(record, gone) is GONE


def not_yet_done(record: Any, on: sv.fields.Day) -> Any:
    if still_to_be_taken(record, on):
        emptied = {"items", "paragraph", "sent_to", "replaces"}
        sure = tuple(ground for ground in record.basis if ground.field.split(".")[0] not in emptied | {"done"})
        record = evolve(record, items=(), paragraph=None, sent_to=(), replaces=(), basis=sure)
    for a, _, timing in fields(record):
        if isinstance(timing, sv.Timing) and timing.done and timing.done.earliest and on < timing.done.earliest:
            record = evolve(record, **{a.name: evolve(timing, done=None)})
    if isinstance(record, sv.Submission | sv.Requisition) and on < (earliest(record.arrived) or on):
        record = evolve(record, arrived=None)
    return record


def would_say_more_without(record: Any, gone: set[str]) -> bool:
    """A mandate that is for somebody or about something must not become one for everybody or about everything."""
    limits = (record.for_, record.about) if isinstance(record, sv.Mandate) else ()
    return any(ids and set(ids) <= gone for ids in limits)


def slowly(c: sv.Collaboration, on: sv.fields.Day) -> set[Any]:
    """The records as they stood: taken away one at a time until nothing more must go."""
    kept = {record.id: record for record in c}
    gone: set[str] = set()
    while True:
        going = next(
            (
                record
                for record in kept.values()
                if certainly_not_there(record, on, c)
                or belongs_to(record, gone)
                or cannot_be_without(record, gone)
                or would_say_more_without(record, gone)
            ),
            None,
        )
        if going is None:
            return {not_yet_done(cleared(record, gone), on) for record in kept.values()}
        gone.add(going.id)
        del kept[going.id]


@frozen(kw_only=True)
class Visit:
    """A record of a user's own that happens on a day and belongs to another."""

    id: str
    on: Annotated[sv.When | None, sv.fields.OccursOn()] = None
    lasts: Annotated[sv.Period | None, sv.fields.ValidDuring()] = None
    part_of: Annotated[str, sv.fields.Ref("Visit", "Decision"), sv.fields.NestedUnder("visits")] | None = None
    after: Annotated[str, sv.fields.Ref("Visit")] | None = None
    about: tuple[sv.fields.ThingId, ...] = ()
    steps: tuple[sv.ReportedAmount, ...] = ()


HAPPENS[Visit] = ("on",)
LASTS[Visit] = "lasts"

some_day = days(sv.day("2010-01-01"), sv.day("2022-12-31"))


def told(value: Any) -> Iterator[sv.fields.Day]:
    """The days that a value speaks of."""
    if isinstance(value, sv.fields.Day):
        yield value
    elif attrs.has(type(value)):
        for _, _, content in fields(value):
            yield from told(content)


@st.composite
def with_a_day(draw, *kinds: type) -> tuple[sv.Collaboration, sv.fields.Day]:
    """A collaboration and a day: any, or one that it speaks of, or the day before."""
    c = draw(collaborations(kinds=kinds, most=25))
    spoken_of = sorted({day for record in c for day in told(record)})
    day = draw(st.sampled_from(spoken_of)) if spoken_of and draw(st.booleans()) else draw(some_day)
    return c, sv.day(day - timedelta(days=draw(st.integers(0, 1))))


BUSY = (sv.Source, sv.Actor, sv.Obligation, sv.Activity, sv.Dependency, sv.Grant, Visit, *HAPPENS, *LASTS)


@settings(max_examples=60)
@given(with_a_day(*sv.KINDS, Visit) | with_a_day(*dict.fromkeys(BUSY)))
def test_as_of_takes_away_what_its_docstring_says_and_nothing_else(case):
    c, on = case
    then = c.as_of(on)
    assert set(then) == slowly(c, on)
    assert (then.id, then.title, then.known) == (c.id, c.title, c.known and min(on, c.known))


@settings(max_examples=20)
@given(collaborations(), some_day)
def test_as_of_the_same_day_twice_is_as_of_it_once(c, on):
    assert c.as_of(on).as_of(on) == c.as_of(on)


@settings(max_examples=20)
@given(collaborations(kinds=[kind for kind in sv.KINDS if kind not in LASTS]), some_day, some_day)
def test_what_has_happened_by_a_day_has_happened_by_a_later_one(c, one, other):
    earlier, later = sorted((one, other))
    assert {record.id for record in c.as_of(earlier)} <= {record.id for record in c.as_of(later)}
    assert c.as_of(later).as_of(earlier) == c.as_of(earlier)


@settings(max_examples=20)
@given(collaborations(), some_day)
def test_as_of_a_day_every_thing_is_there_and_every_reference_resolves(c, on):
    then = c.as_of(on)
    assert all(id in then for record in then for id in names(record))
    things = {
        record.id
        for record in c
        if type(record) in (sv.Actor, sv.Group, sv.Source, sv.Role, sv.ExternalRecord, sv.Agreement)
    }
    assert things <= {record.id for record in then}


@settings(max_examples=20)
@given(collaborations())
def test_as_of_a_day_after_everything_only_what_has_ended_is_gone(c):
    then = c.as_of("9999-12-31")
    ended = {r.id for r in c if type(r) in LASTS and certainly_not_there(r, sv.day("9999-12-31"), c)}
    assert ended <= {r.id for r in c} - {r.id for r in then}
    if not ended:
        assert set(then) == set(c)


def test_as_of_leaves_the_original_as_it_was():
    c = sv.Collaboration([sv.Decision(id="d", timing=sv.Timing(done="2016-10-31"))], known="2017-01-01")
    assert len(c.as_of("2016-10-30")) == 0
    assert (len(c), c.known) == (1, sv.day("2017-01-01"))


@pytest.mark.parametrize(
    ("done", "there"),
    [
        ("2016-10-31", True),
        ("2016-11-01", False),
        ("2016-11", False),
        ("2016-Q4", True),
        ("unknown", True),
        (None, True),
    ],
)
def test_only_what_certainly_came_later_is_taken_away(done, there):
    c = sv.Collaboration([sv.Decision(id="d", timing=sv.Timing(done=done, met_when="sent"))])
    assert ("d" in c.as_of("2016-10-31")) is there


@pytest.mark.parametrize(
    "plan",
    [
        {"due": "2016-12-01"},
        {"planned": "2016-10-15"},
        {"due": "unknown"},
        {"baselines": sv.Baseline(label="brev", day="2016-09")},
    ],
    ids=str,
)
def test_a_decision_that_was_to_be_taken_is_there_before_it_is_taken(plan):
    old = sv.Decision(id="old")
    duty = sv.Obligation(id="d.duty", title="", ground="d")
    grant = sv.Grant(id="g", title="", ground="d")
    taken = sv.Decision(
        id="d",
        title="Ärendet",
        body="ale",
        timing=sv.Timing(done="2016-11-01", **plan),
        paragraph=11,
        presented_by="ale",
        items=sv.DecisionItem(outcome="approves", about="ale", commissions="d.duty"),
        sent_to="hjo",
        replaces="old",
        basis=sv.basis(sent_to="partial", done="assumed", body="derived"),
    )
    step = sv.Activity(id="s", title="")
    link = sv.Dependency(predecessor="d", successor="s")
    c = sv.Collaboration([ALE, HJO, old, duty, grant, taken, step, link])
    to_be_taken = sv.Decision(
        id="d",
        title="Ärendet",
        body="ale",
        timing=sv.Timing(**plan),
        presented_by="ale",
        basis=sv.basis(body="derived"),
    )
    assert set(c.as_of("2016-10-31")) == {ALE, HJO, old, grant, to_be_taken, step, link}
    assert c.as_of("2016-11-01") == c
    assert [row.id for row in sv.graph(c.as_of("2016-10-31")).reaches("d")] == ["s"]


def test_a_step_that_was_done_later_is_there_but_not_done():
    step = sv.Activity(id="s", title="", timing=sv.Timing(planned="2016-10-01", done="2016-11-01"))
    then = sv.Collaboration([step]).as_of("2016-10-31")
    assert then["s"].timing == sv.Timing(planned="2016-10-01")


@pytest.mark.parametrize(
    ("counts", "days", "left"),
    [
        ("arrived", {"arrived": "2016-11-05"}, None),
        ("arrived", {"sent": "2016-10-30", "arrived": "2016-11-05"}, None),
        ("sent", {"sent": "2016-10-30", "arrived": "2016-11-05"}, {"sent": "2016-10-30"}),
        ("sent", {"sent": "2016-11-01", "arrived": "2016-11-05"}, None),
        ("sent", {"arrived": "2016-11-05"}, {}),
        (None, {"sent": "2016-10-30", "arrived": "2016-11-05"}, {"sent": "2016-10-30"}),
        (None, {"arrived": "2016-11-05"}, {}),
        (None, {"sent": "2016-11-01"}, None),
    ],
)
def test_what_was_handed_in_is_there_as_far_as_it_may_have_counted_by_then(counts, days, left):
    duty = sv.Obligation(id="r", title="", timing=sv.Timing(met_when=counts))
    answer = sv.Submission(id="s", obligation="r", by="ale", **days)
    grant = sv.Grant(id="g", title="", requisition=sv.Window(met_when=counts))
    line = sv.Grant(id="line", title="", part_of="g")
    share = sv.Allocation(grant="line", recipient="ale", amount=sv.Money(1))
    ask = sv.Requisition(id="a", allocation=share.id, requested_by="ale", amount=sv.Money(1), **days)
    then = sv.Collaboration([ALE, duty, answer, grant, line, share, ask]).as_of("2016-10-31")
    for record in (answer, ask):
        assert then.get(record.id) == (
            left if left is None else evolve(record, **{"sent": None, "arrived": None} | left)
        )


def test_what_belongs_to_what_is_gone_is_gone_and_what_only_names_it_is_not():
    decision = sv.Decision(id="d", timing=sv.Timing(done="2016-11-01"))
    duty = sv.Obligation(id="d.duty", title="", ground="d")
    answer = sv.Submission(obligation="d.duty", by="ale")
    grant = sv.Grant(id="g", title="", ground="d")
    event = sv.FundingEvent(id="e", kind="paid", decision="d", answers="d.duty")
    other = sv.Decision(
        id="other", rests_on="d", items=[sv.DecisionItem(about=("d", "ale"), commissions="d.duty", text="x")]
    )
    ale = sv.Actor(id="ale", title="", kind="kommun")
    then = sv.Collaboration([decision, duty, answer, grant, event, other, ale]).as_of("2016-10-31")
    assert {record.id for record in then} == {"g", "e", "other", "ale"}
    assert (then["g"].ground, then["e"].decision, then["e"].answers, then["other"].rests_on) == (None, None, None, ())
    assert then["other"].items == (sv.DecisionItem(about="ale", text="x"),)


def test_a_record_of_ones_own_follows_the_same_marks():
    visits = [
        Visit(id="one", on=sv.when("2016-11-01")),
        Visit(id="in-one", part_of="one"),
        Visit(id="after-one", after="one", about=("one", "ended")),
        Visit(id="ended", lasts=sv.period("2016-01-01/2016-10-01")),
        Visit(id="vague", on=sv.when("2016"), lasts=sv.period("in 2016/unknown")),
    ]
    then = sv.Collaboration(visits).as_of("2016-10-31")
    assert set(then) == {Visit(id="after-one"), visits[-1]}


# ---------------------------------------------------------------- merging


@st.composite
def shared_out(draw, c: sv.Collaboration) -> list[sv.Collaboration]:
    """The documents of several organisations: each holds some records, and an `ExternalRecord` for the others it names.

    Who there is they all know, or the counts of groups would not hold.
    """
    parties = (sv.Actor, sv.Group, sv.ExternalRecord)
    owners = {record.id: draw(st.sampled_from(["a", "b", "c", "ab", "abc"])) for record in c}
    made = []
    for owner in "abc":
        mine = [record for record in c if type(record) in parties or owner in owners[record.id]]
        held = {record.id for record in mine}
        wanted = {id for record in mine for id in names(record)} - held
        known = draw(st.none() | some_day)
        made.append(
            sv.Collaboration(
                [*mine, *(sv.ExternalRecord(id=id, kind=type(c[id]).__name__) for id in sorted(wanted))],
                id=draw(st.sampled_from(["", "ale", "hjo", "ale + hjo"])),
                title=draw(st.sampled_from(["", "Ale", "Hjo", "Hjo + Ale", "a + b + a"])),
                known=known,
            )
        )
    return made


@settings(max_examples=25)
@given(collaborations(most=25), st.data())
def test_documents_merge_into_the_whole_in_whatever_order_and_grouping(c, data):
    parts = data.draw(shared_out(c))
    whole = parts[0].merge(*parts[1:])
    assert set(whole) == set(c)
    told = [part.known for part in parts]
    assert whole.known == (None if None in told else min(told))
    for one, two, three in permutations(parts):
        assert one.merge(two, three) == one.merge(two).merge(three) == one.merge(two.merge(three)) == whole
    assert whole.merge(whole) == whole.merge() == whole == whole.merge(*parts)


@settings(max_examples=20)
@given(collaborations())
def test_merging_a_collaboration_with_itself_changes_nothing(c):
    assert c.merge(c, c) == c.merge() == c


@given(st.lists(st.sampled_from(["", "Ale", "Hjo", "Hjo + Ale", "a + b + a", "+", " + "]), max_size=4))
def test_names_join_in_whatever_order_and_grouping(found):
    once = joined(found)
    assert all(joined(order) == once for order in permutations(found))
    assert joined([once, once]) == once == joined([*found, once])
    assert all(joined([joined(found[:cut]), joined(found[cut:])]) == once for cut in range(len(found) + 1))


def conflicts(*sets: list[Any]) -> list[str]:
    found = set()
    for order in permutations([sv.Collaboration(records) for records in sets]):
        with pytest.raises(sv.errors.MergeConflictError) as caught:
            order[0].merge(*order[1:])
        found.add(tuple(str(fault) for fault in caught.value.faults))
    assert len(found) == 1, "the conflicts depend on the order"
    return list(found.pop())


def test_one_id_with_two_contents_is_a_conflict_that_names_the_fields():
    (conflict,) = conflicts([ALE], [evolve(ALE, title="Ale kommun", county="14")])
    assert conflict.startswith("ale: 'ale' is said to be different things: county, title; agree on one")


def test_every_conflict_is_named():
    found = conflicts([ALE, HJO], [evolve(ALE, note="x"), evolve(HJO, note="x")], [evolve(HJO, code="1497")])
    assert [line.split(":")[0] for line in found] == ["ale", "hjo"]
    assert "code, note" in found[1]


def test_one_id_of_two_kinds_is_a_conflict_that_names_the_kinds():
    plan = sv.Plan(id="ale", title="")
    assert conflicts([ALE], [plan]) == ["ale: 'ale' is said to be Actor and Plan; give one of them another id"]
    assert conflicts([ALE], [sv.ExternalRecord(id="ale", kind="Plan")])[0].startswith(
        "ale: 'ale' is said to be Actor and Plan"
    )
    assert conflicts([sv.ExternalRecord(id="ale", kind="Actor")], [sv.ExternalRecord(id="ale", kind="Plan")])


def test_an_elsewhere_gives_way_to_the_record_it_stands_for():
    here = sv.Collaboration(
        [sv.ExternalRecord(id="ale", kind="Actor", note="in their plan"), sv.Membership(member="hjo", of="ale"), HJO]
    )
    both = here.merge(sv.Collaboration([ALE]))
    assert both["ale"] == ALE
    assert both == sv.Collaboration([ALE]).merge(here)


def test_two_placeholders_for_one_record_are_one():
    one, other = (sv.Collaboration([sv.ExternalRecord(id="ale", kind="Actor", note=note)]) for note in ("x", "y"))
    assert one.merge(other) == other.merge(one)
    assert len(one.merge(other)) == 1


def test_a_merge_that_does_not_hold_together_is_refused():
    group = sv.Group(id="kommuner", every=sv.fields.Selection("kommun"), count=1)
    with pytest.raises(sv.errors.IntegrityError, match="said to hold 1 and holds 2"):
        sv.Collaboration([ALE, group]).merge(sv.Collaboration([HJO]))


def test_the_day_of_knowledge_is_the_earliest_and_none_where_one_does_not_say():
    def known(*days: str | None) -> sv.fields.Day | None:
        first, *rest = (sv.Collaboration(known=day) for day in days)
        return first.merge(*rest).known

    assert known("2016-10-31", "2016-05-01") == sv.day("2016-05-01")
    assert known("2016-10-31", None) is None
    assert known(None, None) is None
