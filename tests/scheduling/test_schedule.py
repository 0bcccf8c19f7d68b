"""The schedule, held against one that is reckoned slowly, and against published critical paths."""

from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

import samverkan as sv
import tests.strategies  # noqa: F401 (for the profile of its property tests)
from samverkan.scheduling.calendar_rules import arrivals
from samverkan.scheduling.compiled import HIGH, LOW
from samverkan.scheduling.inputs import FAR
from samverkan.scheduling.passes import _backward_by_level, _backward_by_step, _forward_by_level, _forward_by_step
from tests.scheduling.slowly import LONG_AGO, MONDAY, NEVER, Step, World, reckoned

PSPLIB = Path(__file__).parent / "psplib.txt"

# ---------------------------------------------------------------- made networks

KINDS = tuple(kind for kind in sv.vocabulary.DependencyKind if kind.blocks)


def day(number):
    return sv.day(MONDAY + timedelta(number))


def vague(low, high):
    return sv.When(day(low), day(high))


@st.composite
def spans(draw, width):
    """A day as the first and last that it can be."""
    low = draw(st.integers(0, 40))
    return low, low + draw(st.integers(0, width))


@st.composite
def nets(draw, width=0, unsaid=False):
    """Steps by their ids as records, and for each of the days told the bounds between which it lies."""
    count = draw(st.integers(1, 6))
    records, told = [], {}
    for number in range(count):
        id = f"s{number}"
        bounds = {name: draw(spans(width)) for name in ("begins", "planned", "due") if draw(st.integers(0, 3)) == 0}
        if not unsaid and not {"begins", "planned"} & bounds.keys():
            bounds["begins"] = draw(spans(width))
        days = None if unsaid and draw(st.booleans()) else draw(st.integers(0, 8))
        body = draw(st.integers(0, 3)) == 0
        done = draw(spans(width)) if draw(st.integers(0, 7)) == 0 else None
        told[id] = {"days": days, "done": done, **bounds}
        timing = sv.Timing(
            days=sv.UNKNOWN if days is None else days,
            not_before=vague(*bounds["begins"]) if "begins" in bounds else None,
            planned=vague(*bounds["planned"]) if "planned" in bounds else None,
            due=vague(*bounds["due"]) if "due" in bounds else None,
            done=vague(*done) if done else None,
            statutory=False,
        )
        if body and days is not None:
            meetings = sorted(draw(st.lists(spans(width), max_size=5)))
            complete = width == 0 or draw(st.booleans())
            lead = draw(st.sampled_from((None, 0, 3, 10)))
            records.append(
                sv.Actor(
                    id=f"b{number}",
                    title="Nämnd",
                    kind="board",
                    meets=tuple(vague(*bounds) for bounds in meetings),
                    matters_in=lead,
                    basis=sv.basis(meets="complete") if complete else (),
                )
            )
            if meetings:
                told[id] |= {"meetings": meetings, "lead": lead or 0, "complete": complete}
            records.append(sv.Decision(id=id, body=f"b{number}", timing=timing))
        else:
            records.append(sv.Activity(id=id, title=id, timing=timing))
    links = draw(
        st.lists(
            st.builds(
                sv.Dependency,
                predecessor=st.integers(0, count - 1).map("s{}".format),
                successor=st.integers(0, count - 1).map("s{}".format),
                kind=st.sampled_from((*KINDS, sv.vocabulary.DependencyKind.FINISH_START)),
                lag=st.integers(-4, 6),
                working_days=st.sampled_from((False, False, True)),
            ).filter(lambda link: link.predecessor < link.successor),
            max_size=8,
            unique_by=lambda link: link.id,
        )
        if count > 1
        else st.just([])
    )
    return sv.Collaboration([*records, *links]), told, tuple(links)


@st.composite
def worlds(draw, told, links):
    """One way in which everything that is vague can turn out."""
    steps = {}
    for id, said in told.items():
        at = {name: draw(st.integers(*said[name])) for name in ("begins", "planned") if name in said}
        at |= {"due": said["due"][1]} if "due" in said else {}  # of a vague due day the last one counts
        waits = any(link.successor == id for link in links)
        at |= {"planned": draw(st.integers(0, 60))} if not waits and not {"begins", "planned"} & at.keys() else {}
        done = draw(st.integers(*said["done"])) if said["done"] else None
        days = said["days"]
        otherwise = draw(st.integers(0, 30))
        held = tuple(draw(st.integers(*bounds)) for bounds in said.get("meetings", ()))
        held += () if said.get("complete", True) else tuple(draw(st.lists(st.integers(0, 90), max_size=3)))
        meetings = held if "meetings" in said else None
        steps[id] = Step(days=days, otherwise=otherwise, done=done, meetings=meetings, lead=said.get("lead", 0), **at)
    return World(steps=steps, links=links)


def only(told, links):
    """The one world of a net in which nothing is vague."""
    steps = {
        id: Step(
            days=said["days"],
            done=said["done"] and said["done"][0],
            meetings=tuple(low for low, _ in said["meetings"]) if "meetings" in said else None,
            lead=said.get("lead", 0),
            **{name: said[name][0] for name in ("begins", "planned", "due") if name in said},
        )
        for id, said in told.items()
    }
    return World(steps=steps, links=links)


def holds(found, number):
    """Whether a day that is told can be a day that was reckoned."""
    if found is None:
        return number == NEVER
    if number == NEVER:
        return found.latest is None
    if number == LONG_AGO:
        return found.earliest is None
    return found.may_be(day(number))


# ---------------------------------------------------------------- it is right


@given(nets())
def test_where_every_day_is_known_it_is_the_schedule_that_is_reckoned_slowly(net):
    c, told, links = net
    plan = sv.schedule(c)
    for id, (start, finish) in reckoned(only(told, links)).items():
        row = plan[id]
        for found, number in ((row.earliest_start, start), (row.earliest_finish, finish)):
            assert holds(found, number), (id, found, number)
            assert number in (LONG_AGO, NEVER) or found.exact == day(number)


@given(st.data())
def test_whatever_vague_days_turn_out_to_be_it_has_told_of_it(data):
    c, told, links = data.draw(nets(width=9, unsaid=True))
    plan = sv.schedule(c)
    world = data.draw(worlds(told, links))
    for id, (start, finish) in reckoned(world).items():
        row = plan[id]
        assert holds(row.earliest_finish, finish), (id, row.earliest_finish, finish)
        if told[id]["days"] is not None:
            assert holds(row.earliest_start, start), (id, row.earliest_start, start)
        if "due" in told[id] and finish != LONG_AGO:
            late = finish > world.steps[id].due
            assert row.late in (sv.Truth.CANNOT_TELL, sv.Truth.YES if late else sv.Truth.NO)


def follow(links, id):
    """A step and all that waits on it, near and far."""
    found = {id}
    for _ in links:
        found |= {link.successor for link in links if link.predecessor in found}
    return found


def misses(world, id, slip):
    days = reckoned(world, {id: slip})
    behind = follow([one for one in world.links if world.steps[one.successor].done is None], id)
    return any(days[one][1] > world.steps[one].due for one in behind)


def moves(world, id, slip):
    before, after = reckoned(world), reckoned(world, {id: slip})
    return {one for one in before if before[one] != after[one] and one != id}


@given(st.data())
def test_within_its_slack_nothing_is_late_and_a_day_beyond_it_something_is(data):
    c, told, links = data.draw(nets())
    world, plan = only(told, links), sv.schedule(c)
    for id, step in world.steps.items():
        slack = plan[id].total_float
        if step.done is None and slack and slack.exact is not None and reckoned(world)[id][1] not in (LONG_AGO, NEVER):
            if slack.exact >= 0 and not misses(world, id, 0):  # else something else makes it late
                assert not misses(world, id, slack.exact)
            assert misses(world, id, max(slack.exact + 1, 0))


@given(st.data())
def test_whatever_vague_days_turn_out_to_be_the_slack_has_told_of_it(data):
    c, told, links = data.draw(nets(width=9, unsaid=True))
    world, plan = data.draw(worlds(told, links)), sv.schedule(c)
    for id, step in world.steps.items():
        slack = plan[id].total_float
        finite = reckoned(world)[id][1] not in (LONG_AGO, NEVER)
        if step.done is None and slack and finite:
            if slack.low is not None and slack.low >= 0 and not misses(world, id, 0):
                assert not misses(world, id, slack.low), (id, slack)
            if slack.high is not None:
                assert misses(world, id, max(slack.high + 1, 0)), (id, slack)


@given(st.data())
def test_within_its_free_slack_nothing_else_moves_and_a_day_beyond_it_something_does(data):
    c, told, links = data.draw(nets())
    world, plan = only(told, links), sv.schedule(c)
    assume(all(step.meetings is None for step in world.steps.values()))
    for id, step in world.steps.items():
        free = plan[id].free_float
        if step.done is None and free and free.exact is not None and reckoned(world)[id][1] not in (LONG_AGO, NEVER):
            assert not moves(world, id, free.exact), (id, free)
            assert moves(world, id, free.exact + 1), (id, free)


@given(st.data())
def test_what_is_critical_moves_the_end_whatever_vague_days_turn_out_to_be(data):
    c, told, links = data.draw(nets(width=9, unsaid=True))
    world, plan = data.draw(worlds(told, links)), sv.schedule(c)
    whole = [one for one in links if told[one.successor]["done"] is None]
    for id, step in world.steps.items():
        if step.done is not None or step.meetings is not None:
            continue
        part = {id}
        for _ in told:
            part |= {
                end
                for one in whole
                if {one.predecessor, one.successor} & part
                for end in (one.predecessor, one.successor)
            }
        if len(part) == 1:
            assert plan[id].critical is sv.Truth.NO
            continue
        before, after = reckoned(world), reckoned(world, {id: 5})
        ends = [max(days[one][1] for one in part) for days in (before, after)]
        critical = plan[id].critical
        if NEVER in ends or any(told[one].get("meetings") for one in part):
            continue
        if critical is sv.Truth.YES:
            assert ends[1] >= ends[0] + 5 or any(one.working_days for one in whole)
        one_later = reckoned(world, {id: 1})
        if critical is sv.Truth.NO:
            assert max(one_later[one][1] for one in part) == ends[0]


@given(st.data())
def test_whatever_vague_days_turn_out_to_be_it_has_told_by_how_much_a_slip_moves_them(data):
    c, told, links = data.draw(nets(width=9, unsaid=True))
    open_ = [id for id, said in told.items() if not said["done"]]
    assume(open_)
    slips = data.draw(st.dictionaries(st.sampled_from(open_), st.integers(1, 9), min_size=1))
    world, plan = data.draw(worlds(told, links)), sv.schedule(c)
    before, after = reckoned(world), reckoned(world, slips)
    rows = {row.id: row for row in plan.delayed(slips).compared_with(plan)}
    for id in told:
        days = after[id][1] - before[id][1] if before[id][1] not in (LONG_AGO, NEVER) else 0
        if id not in rows:
            assert days == 0 or plan[id].earliest_finish is None or plan[id].earliest_finish.latest is None, id
        elif days == NEVER:
            assert rows[id].days is None or rows[id].days.high is None
        elif rows[id].days is not None:
            low, high = rows[id].days.low, rows[id].days.high
            assert low is None or low <= days, (id, days)
            assert high is None or days <= high, (id, days)


def test_what_may_move_within_its_bounds_is_told_to_move_perhaps():
    steps = (
        step("a", days=0, planned="2024-01-10..2024-01-20"),
        step("b", days=0, planned="2024-01-15..2024-01-30"),
        step("c", days=0),
    )
    plan = plan_of(*steps, after("a", "c"), after("b", "c"))
    assert {row.id: row.days for row in plan.delayed({"a": 3}).compared_with(plan)} == {
        "a": sv.answers.DayRange(3, 3),
        "c": sv.answers.DayRange(0, 3),
    }


def test_a_chain_of_vague_days_moves_by_just_what_slips():
    proposal = step("forslag", days=0, planned="2016-10-mid")
    plan = plan_of(
        proposal,
        step("beslut", days=0),
        step("till-skl", days=3),
        after("forslag", "beslut"),
        after("beslut", "till-skl"),
    )
    assert {row.days for row in plan.delayed({"beslut": 21}).compared_with(plan)} == {sv.answers.DayRange(21, 21)}


# ---------------------------------------------------------------- the laws


@given(st.data())
def test_more_delay_makes_nothing_earlier_and_no_delay_is_no_change(data):
    c, told, _ = data.draw(nets(width=9, unsaid=True))
    plan = sv.schedule(c)
    open_ = [id for id, said in told.items() if not said["done"]]
    assume(open_)
    slips = data.draw(st.dictionaries(st.sampled_from(open_), st.integers(0, 9)))
    more = {id: days + data.draw(st.integers(0, 4)) for id, days in slips.items()}
    assert list(plan.delayed(dict.fromkeys(open_, 0))) == list(plan)
    low, high = plan.delayed(slips), plan.delayed(more)
    for id in told:
        for one, other in ((plan[id], low[id]), (low[id], high[id])):
            assert not_earlier(one.earliest_finish, other.earliest_finish)
            assert not_earlier(one.earliest_start, other.earliest_start)


def not_earlier(one, other):
    if other is None or one is None:
        return other is None
    first = one.earliest is None or (other.earliest is not None and one.earliest <= other.earliest)
    return first and (other.latest is None or (one.latest is not None and one.latest <= other.latest))


@given(st.data())
def test_to_widen_a_vague_day_narrows_no_answer(data):
    c, told, _ = data.draw(nets(width=5, unsaid=True))
    id = data.draw(st.sampled_from(sorted(told)))
    timing = c[id].timing
    name = data.draw(st.sampled_from(("planned", "not_before", "done")))
    known = getattr(timing, name)  # of a vague due day the last one counts, so that another one is another demand
    assume(known)
    wider = sv.When(
        known.earliest.subtract(days=data.draw(st.integers(0, 9))), known.latest.add(days=data.draw(st.integers(0, 9)))
    )
    before, after = sv.schedule(c), sv.schedule(c.replacing(evolve(c[id], timing=evolve(timing, **{name: wider}))))
    for one in told:
        for field in ("earliest_start", "earliest_finish", "latest_finish"):
            assert within(getattr(before[one], field), getattr(after[one], field)), (one, field)
        assert after[one].late in (before[one].late, sv.Truth.CANNOT_TELL)
        assert after[one].critical in (before[one].critical, sv.Truth.CANNOT_TELL)
        assert within_span(before[one].total_float, after[one].total_float)
        assert within_span(before[one].free_float, after[one].free_float)


def within(inner, outer):
    if inner is None or outer is None:
        return outer is None or outer.latest is None or inner is outer
    first = outer.earliest is None or (inner.earliest is not None and outer.earliest <= inner.earliest)
    return first and (outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest))


def within_span(inner, outer):
    if inner is None or outer is None:
        return inner is outer or (outer is not None and outer.low is outer.high is None) or inner is None
    low = outer.low is None or (inner.low is not None and outer.low <= inner.low)
    return low and (outer.high is None or (inner.high is not None and inner.high <= outer.high))


@given(st.data())
def test_the_order_of_the_records_makes_no_difference(data):
    c, told, _ = data.draw(nets(width=9, unsaid=True))
    other = sv.Collaboration(data.draw(st.permutations(list(c))))
    one, two = sv.schedule(c), sv.schedule(other)
    assert all(one[id] == evolve(two[id], because=one[id].because, waits_on=one[id].waits_on) for id in told)


# ---------------------------------------------------------------- case by case


def plan_of(*records, **how):
    return sv.schedule(sv.Collaboration(records), **how)


def step(id, **said):
    kind = said.pop("kind", "step")
    return sv.Activity(id=id, title=id, kind=kind, timing=sv.Timing(**said))


def after(first, second, **said):
    return sv.Dependency(predecessor=first, successor=second, **said)


def test_an_event_outside_comes_when_it_comes_and_pushes_only_what_it_binds():
    inquiry, proposal = step("s2017", kind="outside"), step("forslag", days=0, planned="2020-10-01")
    plan = plan_of(inquiry, proposal, after("s2017", "forslag", kind="informs"))
    assert str(plan["forslag"].earliest_finish) == "2020-10-01"
    hard = plan.binding("s2017>forslag:informs")
    assert str(hard["forslag"].earliest_finish) == "from 2020-10-01"
    assert str(hard.not_before("s2017", "2020-12-01")["forslag"].earliest_finish) == "from 2020-12-01"
    assert [row.id for row in plan.not_before("s2017", "2020-12-01").compared_with(plan)] == ["s2017"]


def test_what_waits_for_itself_and_what_waits_on_that_has_no_day_and_says_so():
    ring = (step("a", days=1), step("b", days=1), step("c", days=1), step("d", days=1, not_before="2024-01-01"))
    plan = plan_of(*ring, after("a", "b"), after("b", "a"), after("b", "c"), after("d", "c"))
    assert [plan[id].earliest_finish for id in "abc"] == [None] * 3
    assert str(plan["d"].earliest_finish) == "2024-01-02"
    assert plan.end is None
    assert "when a → b → a can be done: each waits for the one before" in plan.unknown
    assert plan["a"].waits_on == "waits for itself, or for what does"


def test_a_matter_waits_for_a_meeting_and_where_not_every_one_is_told_comes_no_later_than_the_next():
    days, links = ("2024-02-01", "2024-03-01"), (after("forslag", "beslut"),)
    proposal, decision = step("forslag", days=0, planned="2024-01-25"), sv.Decision(id="beslut", body="ks")
    board = sv.Actor(id="ks", title="KS", kind="board", meets=days, matters_in=10, basis=sv.basis(meets="complete"))
    assert str(plan_of(proposal, decision, board, *links)["beslut"].earliest_finish) == "2024-03-01"
    some = evolve(board, basis=())
    assert str(plan_of(proposal, decision, some, *links)["beslut"].earliest_finish) == "2024-02-04..2024-03-01"
    late = step("forslag", days=0, planned="2024-02-25")
    assert plan_of(late, decision, board, *links)["beslut"].earliest_finish is None
    assert str(plan_of(late, decision, some, *links)["beslut"].earliest_finish) == "from 2024-03-06"


def test_what_is_not_done_by_a_day_lies_ahead_of_it_and_may_be_late():
    steps = (
        step("a", days=0, planned="2024-01-10", done="2024-02-01"),
        step("b", days=0, planned="2024-01-15", due="2024-01-20"),
    )
    before, later = plan_of(*steps, on="2024-01-12"), plan_of(*steps, on="2024-01-25")
    assert [str(before[id].earliest_finish) for id in "ab"] == ["2024-01-12", "2024-01-15"]
    assert [str(later[id].earliest_finish) for id in "ab"] == ["2024-01-25", "2024-01-25"]
    assert [row.id for row in later.missed] == ["b"]


def test_a_working_day_is_none_that_the_statute_exempts():
    before = step("a", days=0, planned="2024-06-19")
    plan = plan_of(before, step("b", days=0), after("a", "b", lag=2, working_days=True))
    assert str(plan["b"].earliest_finish) == "2024-06-24"  # past Midsummer Eve, a Friday, and the weekend


KOMMUNER = tuple(sv.Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo"))
PAIR = sv.Group(id="par", of=("ale", "hjo"), count=2)


def done_by(by, **said):
    return sv.Activity(id="a", title="A", by=by, timing=sv.Timing(days=0, planned="2024-01-10"), **said)


@pytest.mark.parametrize(
    ("by", "gone", "finishes"),
    [
        ("ale", ["ale"], "None"),
        ("ale", ["hjo"], "2024-01-10"),
        (("ale", "hjo"), ["ale"], "from 2024-01-10"),
        (("ale", "hjo"), ["ale", "hjo"], "None"),
        (sv.each("par"), ["ale"], "None"),
        (sv.jointly("par"), ["ale"], "from 2024-01-10"),
        (sv.jointly("par"), ["ale", "hjo"], "None"),
        (sv.jointly("par"), ["par"], "None"),
        (("ale", "hjo"), ["par"], "None"),
    ],
)
def test_who_is_gone_does_nothing_and_what_each_does_is_not_done_without_one(by, gone, finishes):
    plan = plan_of(*KOMMUNER, PAIR, done_by(by))
    for party in gone:
        plan = plan.without(party)
    assert str(plan["a"].earliest_finish) == finishes


def test_an_event_outside_is_not_done_by_whoever_plans_for_it():
    plan = sv.Plan(id="p", title="P", owners="ale")
    event = sv.Activity(id="u", title="U", kind="outside", plan="p", timing=sv.Timing(planned="2024-03"))
    step_of = sv.Activity(id="s", title="S", kind="milestone", plan="p", timing=sv.Timing(planned="2024-03-01"))
    without = plan_of(*KOMMUNER, plan, event, step_of).without("ale")
    assert (str(without["u"].earliest_finish), str(without["s"].earliest_finish)) == ("2024-03", "from 2024-03-01")
    assert sv.graph(without.collaboration).organisations("u").rows() == []


def test_a_step_of_which_nothing_is_told_may_be_done_any_day_also_when_a_day_is_asked_about():
    steps = (step("a", days=sv.UNKNOWN), step("b", days=0, due="2026-03-02"), after("a", "b"))
    for how, told in (({}, "unknown"), ({"on": "2026-02-02"}, "from 2026-02-02")):
        plan = plan_of(*steps, **how)
        assert (str(plan["a"].earliest_finish), plan["b"].late) == (told, sv.Truth.CANNOT_TELL)
        assert plan["b"].critical is not sv.Truth.NO
    assert str(plan_of(step("a", days=10), on="2026-02-02")["a"].earliest_finish) == "2026-02-02..2026-02-12"


@pytest.mark.parametrize("odd", [10, "a", None, [("a", 1)]])
def test_delays_that_are_none_are_refused(odd):
    with pytest.raises(sv.InvalidValueError, match="are no delays"):
        plan_of(step("a", days=1)).delayed(odd)


def test_the_way_goes_by_what_decides_the_day_and_not_by_what_is_merely_near():
    steps = (
        step("a", days=0, planned="2024-01-01"),
        step("m", days=30),
        step("c", days=0, planned="2024-01-01"),
        step("z", days=0),
    )
    plan = plan_of(*steps, after("a", "m"), after("m", "z"), after("c", "z"))
    assert plan.delayed({"a": 10, "c": 1}).delay_path("z") == ("a", "m", "z") == plan.chain("z")


def test_with_a_start_an_event_outside_still_comes_when_it_comes():
    assert str(plan_of(step("u", kind="outside"), start="2024-01-01")["u"].earliest_finish) == "unknown"


def test_a_misspelt_step_is_told_with_what_was_meant():
    with pytest.raises(sv.errors.NotFoundError, match="'forslg' is no step; did you mean 'forslag'"):
        plan_of(step("forslag", days=1)).delayed({"forslg": 1})
    with pytest.raises(sv.InvalidValueError, match="'forslag' is no party"):
        plan_of(step("forslag", days=1)).without("forslag")


def test_what_a_step_that_slips_waits_on_must_be_so_much_sooner():
    steps = step("a", days=0, planned="2024-01-01"), step("b", days=0, due="2024-01-10", statutory=False)
    plan = plan_of(*steps, after("a", "b")).delayed({"b": 5})
    assert (plan["a"].total_float, str(plan["a"].latest_finish), plan["a"].critical) == (
        sv.answers.DayRange(4, 4),
        "2024-01-05",
        sv.Truth.YES,
    )
    assert plan.delayed({"a": 4})["b"].late is sv.Truth.NO
    assert plan.delayed({"a": 5})["b"].late is sv.Truth.YES


def test_a_decision_is_free_to_slip_only_to_another_meeting():
    board = sv.Actor(
        id="ks", title="KS", kind="board", meets=("2024-01-10", "2024-02-10"), basis=sv.basis(meets="complete")
    )
    decision = sv.Decision(id="beslut", body="ks", timing=sv.Timing(planned="2024-01-10"))
    plan = plan_of(board, decision, step("s", days=0, not_before="2024-01-20"), after("beslut", "s"))
    assert plan["beslut"].free_float == sv.answers.DayRange(0, 0)
    assert str(plan.delayed({"beslut": 1})["s"].earliest_finish) == "2024-02-10"


def test_before_a_decision_that_slips_there_is_only_what_the_slip_leaves():
    board = sv.Actor(
        id="ks", title="KS", kind="board", meets=("2024-01-10", "2024-01-20"), basis=sv.basis(meets="complete")
    )
    steps = step("a", days=0, planned="2024-01-05"), sv.Decision(id="beslut", body="ks")
    plan = plan_of(board, *steps, after("a", "beslut")).delayed({"beslut": 5})
    assert (str(plan["beslut"].earliest_finish), plan["a"].free_float) == ("2024-01-20", sv.answers.DayRange(5, 5))
    assert plan.delayed({"a": 5})["beslut"] == plan["beslut"]
    assert plan.delayed({"a": 6})["beslut"].earliest_finish is None


def test_money_is_asked_for_when_its_window_has_opened():
    grant = sv.Grant(id="ph", title="PH", requisition=sv.Window(opens="2016-11", closes="2016-12-01", statutory=False))
    plan = plan_of(step("a", days=0, planned="2016-10-15"), grant, after("a", "ph"))
    assert (str(plan["ph"].earliest_finish), plan["a"].free_float) == ("2016-11", sv.answers.DayRange(17, 46))


def test_working_days_after_a_day_that_no_calendar_has_are_not_known():
    net = plan_of(step("a", days=0), step("b", days=0), after("a", "b", lag=1, working_days=True)).times.net
    far = [1 << 40] * (2 * len(net.ids))
    assert [[day for *_, day in arrivals(net, bound, net.place("b"), far)] for bound in (LOW, HIGH)] == [
        [-1 << 60],
        [1 << 60],
    ]


def test_an_obligation_waits_on_what_fulfils_it():
    duty = sv.Obligation(id="plan", title="Plan", by="ale", timing=sv.Timing(due="2024-01-31", statutory=False))
    act = sv.Activity(id="lamna", title="Lämna", fulfils="plan", timing=sv.Timing(days=5, not_before="2024-01-10"))
    plan = plan_of(sv.Actor(id="ale", title="Ale", kind="kommun"), duty, act)
    assert (str(plan["plan"].earliest_finish), str(plan["lamna"].total_float)) == ("2024-01-15", "16")


def test_what_stands_elsewhere_is_not_known_and_is_told():
    plan = plan_of(
        step("a", days=1, not_before="2024-01-01"), sv.ExternalRecord(id="x", kind="Activity"), after("x", "a")
    )
    assert str(plan["a"].earliest_finish) == "from 2024-01-02"
    assert plan.unknown == ("when x are done: they stand in another document",)


def test_it_says_why_and_along_which_chain():
    steps = (step("a", days=2, not_before="2024-01-01"), step("b", days=9, not_before="2024-01-01"), step("c", days=1))
    plan = plan_of(*steps, after("a", "c"), after("b", "c"))
    assert plan["c"].waits_on == "waits on b"
    assert plan["c"].because == ("c", "b>c", "b")
    assert plan.chain("c") == ("b", "c")
    assert [row.id for row in plan.critical] == ["b", "c"]
    assert (plan["a"].free_float, plan["a"].total_float, plan.length) == (
        sv.answers.DayRange(7, 7),
        None,
        sv.answers.DayRange(10, 10),
    )


@pytest.mark.parametrize("days", [-1, 1.5, "3", None, 36_526, True])
def test_a_delay_that_is_no_number_of_days_is_refused(days):
    with pytest.raises(
        sv.InvalidValueError, match="a slips by .* which is not a number of days; give whole days from 0 to 36525"
    ):
        plan_of(step("a", days=1)).delayed({"a": days})


def test_what_is_no_step_or_has_been_done_cannot_slip():
    plan = plan_of(step("a", days=1, done="2024-01-01"), sv.Actor(id="ale", title="Ale", kind="kommun"))
    with pytest.raises(sv.InvalidValueError, match="'a' has been done"):
        plan.delayed({"a": 1})
    for ask in (
        plan.chain,
        plan.delay_path,
        lambda id: plan[id],
        lambda id: plan.delayed({id: 1}),
        lambda id: plan.not_before(id, "2024"),
    ):
        with pytest.raises(sv.errors.NotFoundError, match="'ale' is no step"):
            ask("ale")
    with pytest.raises(sv.InvalidValueError, match="'ale' is no dependency"):
        plan.binding("ale")


def test_what_is_supposed_twice_adds_up_and_the_later_day_holds():
    plan = plan_of(step("a", days=0, planned="2024-01-01"))
    assert str(plan.delayed({"a": 3}).delayed({"a": 4})["a"].earliest_finish) == "2024-01-08"
    for first, second in (("2024-02-01", "2024-03-01"), ("2024-03-01", "2024-02-01")):
        assert str(plan.not_before("a", first).not_before("a", second)["a"].earliest_finish) == "2024-03-01"


def test_an_estimate_of_days_bounds_them_and_untold_days_do_not():
    estimate = sv.Estimate(best=2, likely=3, worst=9)
    plan = plan_of(
        step("a", not_before="2024-01-01", estimate=estimate),
        step("b", days=sv.UNKNOWN, kind="milestone"),
        after("a", "b"),
    )
    assert (str(plan["a"].earliest_finish), str(plan["b"].earliest_finish)) == (
        "2024-01-03..2024-01-10",
        "from 2024-01-03",
    )


def test_a_start_is_for_what_nothing_is_told_of_alone():
    steps = step("a", days=2), step("b", days=2, planned="2024-01-05"), step("c", days=2, not_before="2024-03-01")
    plan = plan_of(*steps, start="2024-02-01")
    assert [str(plan[id].earliest_finish) for id in "abc"] == ["2024-02-03", "2024-01-05", "2024-03-03"]
    assert "what nothing is told of begins on 2024-02-01" in plan.steps.assumed


def test_the_day_to_plan_with_holds_where_it_is_asked_for():
    vague_day = sv.when("2024-01", plan_as="2024-01-20")
    steps = step("a", days=0, planned=vague_day), step("b", days=1, not_before=vague_day)
    assert [str(row.earliest_finish) for row in plan_of(*steps)] == ["2024-01", "2024-01-02..2024-02-01"]
    assert [str(row.earliest_finish) for row in plan_of(*steps, as_planned=True)] == ["2024-01-20", "2024-01-21"]


@pytest.mark.parametrize(
    ("matters_in", "papers_out", "finishes", "latest"),
    [
        (None, None, "2024-01-10", "2024-02-20"),
        (3, 8, "2024-02-20", "2024-02-12"),
        (8, 3, "2024-02-20", "2024-02-12"),
        (3, None, "2024-01-10", "2024-02-17"),
        (3, sv.UNKNOWN, "from 2024-01-10", "by 2024-02-17"),
    ],
)
def test_the_longer_of_two_times_before_a_meeting_counts_forwards_and_back(matters_in, papers_out, finishes, latest):
    board = sv.Actor(
        id="ks",
        title="KS",
        kind="board",
        meets=("2024-01-10", "2024-02-20"),
        basis=sv.basis(meets="complete"),
        matters_in=matters_in,
        papers_out=papers_out,
    )
    decision = sv.Decision(id="beslut", body="ks", timing=sv.Timing(due="2024-02-28", statutory=False))
    plan = plan_of(board, step("forslag", days=0, planned="2024-01-05"), decision, after("forslag", "beslut"))
    assert (str(plan["beslut"].earliest_finish), str(plan["forslag"].latest_finish)) == (finishes, latest)


def test_a_decision_that_slips_waits_for_the_next_meeting():
    board = sv.Actor(
        id="ks", title="KS", kind="board", meets=("2024-01-10", "2024-02-20"), basis=sv.basis(meets="complete")
    )
    plan = plan_of(
        board,
        step("forslag", days=0, planned="2024-01-05"),
        sv.Decision(id="beslut", body="ks"),
        after("forslag", "beslut"),
    )
    assert str(plan.delayed({"beslut": 1})["beslut"].earliest_finish) == "2024-02-20"
    assert plan.delayed({"beslut": 42})["beslut"].earliest_finish is None


@pytest.mark.parametrize("not_before", ["from 2024-01-01", "unknown", "9999-12-31", "0001-01-01"])
def test_a_day_without_bound_or_at_the_end_of_the_calendar_is_told_in_words(not_before):
    plan = plan_of(step("a", days=9, not_before=not_before, due="2000-01-01"), step("b", days=9), after("a", "b"))
    assert [plan.chain(id) for id in "ab"] == [("a",), ("a", "b")]
    assert plan["b"].waits_on.startswith("waits on a") or plan["b"].earliest_start.is_unknown
    asked = sv.Grant(id="g", title="G", requisition=sv.Window(opens=not_before, closes="2030-01-01", statutory=False))
    table = sv.schedule(sv.Collaboration([step("a", days=0), asked, after("a", "g")])).steps
    assert {row.id for row in table} == {"a", "g"}


def test_it_changes_nothing():
    c = sv.Collaboration([step("a", days=1, not_before="2024-01-01"), step("b", days=1), after("a", "b")])
    plan = sv.schedule(c)
    first = list(plan)
    plan.delayed({"a": 5}), plan.not_before("b", "2025"), plan.binding()
    assert list(plan) == first == list(sv.schedule(c))


# ---------------------------------------------------------------- two ways to the same days


@given(st.data())
def test_a_level_at_a_time_it_is_the_same_as_a_step_at_a_time(data):
    c, told, _ = data.draw(nets(width=data.draw(st.sampled_from((0, 9)))))
    slips = data.draw(
        st.dictionaries(st.sampled_from([id for id in told if not told[id]["done"]] or ["none"]), st.integers(1, 9))
    )
    net = sv.schedule(c).delayed({id: days for id, days in slips.items() if id in told}).times.net
    assume(not net.odd)
    for bound in (LOW, HIGH):
        for by_level, by_step in ((_forward_by_level, _forward_by_step), (_backward_by_level, _backward_by_step)):
            one, other = by_level(net, bound).both, by_step(net, bound).both
            assert all(
                a == b or (abs(a) > FAR and abs(b) > FAR) for a, b in zip(one.tolist(), other.tolist(), strict=True)
            )


# ---------------------------------------------------------------- published critical paths


def published():
    """Each instance's name, its published length, and its jobs as durations and successors."""
    for line in PSPLIB.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, length, *jobs = line.split(" ")
            durations, successors = zip(*(job.split(":") for job in jobs), strict=True)
            yield name, int(length), [*map(int, durations)], [[int(n) for n in s.split(",") if n] for s in successors]


INSTANCES = {name: rest for name, *rest in published()}


def test_there_are_ten_instances_of_each_published_set():
    assert len(INSTANCES) == 40
    assert sorted(len(durations) for _, durations, _ in INSTANCES.values()) == [
        size for size in (32, 62, 92, 122) for _ in range(10)
    ]


@pytest.mark.parametrize("name", INSTANCES)
def test_it_finds_the_published_critical_path(name):
    length, durations, successors = INSTANCES[name]
    steps = [
        sv.Activity(
            id=f"a{number}", title="", timing=sv.Timing(days=days, not_before="2024-01-01" if number == 1 else None)
        )
        for number, days in enumerate(durations, 1)
    ]
    links = [
        sv.Dependency(predecessor=f"a{number}", successor=f"a{after}")
        for number, following in enumerate(successors, 1)
        for after in following
    ]
    plan = sv.schedule(sv.Collaboration([*steps, *links]))
    assert plan.length.exact == length
    assert sum(plan.collaboration[row.id].timing.days for row in plan.critical) >= length
