"""Who carries on what ends, as of a day; and what has nobody left."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv

YES, NO, CANNOT = "yes", "no", "cannot be told"


def actor(id: str, exists: str | None = None, **more: Any) -> sv.Actor:
    return sv.Actor(id=id, title=id.title(), kind="district", exists=exists, **more)


def plan(**more: Any) -> sv.Plan:
    return sv.Plan(id="plan", title="Plan", **more)


def holds(who: str, period: str | None = None, thing: str = "plan", capacity: str = "owns") -> sv.Participation:
    return sv.Participation(who=who, thing=thing, capacity=capacity, period=period)


def asked(*records: Any, thing: str = "plan", on: str = "2022-01-01") -> sv.answers.Succession:
    return sv.carries_on(sv.Collaboration(records), thing, on=on).where(thing=thing)[0]


OLD = actor("sdn", "2011/2020")


# ---------------------------------------------------------------- holders


@pytest.mark.parametrize(
    ("records", "orphaned", "carriers"),
    [
        ([plan(owners="ale"), actor("ale")], NO, ("ale",)),
        ([plan(owners="sdn"), OLD], YES, ()),
        ([plan(), OLD, holds("sdn")], YES, ()),
        ([plan(owners=("sdn", "ale")), OLD, actor("ale")], NO, ("ale",)),
        ([plan(owners="sdn"), OLD, actor("sof", "2021/", replaces="sdn")], NO, ("sof",)),
        ([plan(owners="sdn"), OLD, actor("sof", replaces="sdn")], NO, ("sof",)),
        ([plan(owners="sdn"), OLD, actor("sof", "2023/", replaces="sdn")], YES, ()),
        ([plan(owners="sdn"), OLD, actor("sof", "2021", replaces="sdn")], YES, ()),
        (
            [plan(owners="sdn"), OLD, actor("sof", "2021-01-01/2021-06-30", replaces="sdn"), actor("ny", replaces="sof")],
            NO,
            ("ny",),
        ),
        ([plan(owners="sdn"), OLD, actor("sof", "2021/unknown", replaces="sdn")], CANNOT, ("sof",)),
        ([plan(owners="sdn"), actor("sdn", "2011/unknown")], CANNOT, ("sdn",)),
        ([plan(), actor("ale"), holds("ale", "2016/2020")], YES, ()),
        ([plan(), OLD, actor("sof", replaces="sdn"), holds("sdn", "2016/2018")], YES, ()),
        ([plan(), actor("ale"), actor("hjo"), holds("ale", "2016/2020"), holds("hjo", "2021/")], NO, ("hjo",)),
        ([plan(), actor("ale"), holds("ale", "2023/")], CANNOT, ()),
        ([plan(), actor("ale"), holds("ale", capacity="supports")], CANNOT, ()),
        ([plan(owners="sdn"), OLD, actor("ale"), holds("ale", capacity="carries out")], YES, ()),
        ([plan(), OLD, actor("ale"), holds("sdn"), holds("ale", capacity="coordinates")], YES, ()),
        ([plan(), actor("ale"), holds("ale", capacity="coordinates")], NO, ("ale",)),
        ([plan()], CANNOT, ()),
        ([plan(basis=sv.basis(owners="complete", participation="complete"))], YES, ()),
        ([plan(owners="sdn", basis=sv.basis(owners="partial")), OLD], CANNOT, ()),
        ([plan(owners="nosam"), actor("nosam", part_of="sdn"), OLD], CANNOT, ("nosam",)),
        ([plan(owners="nosam"), actor("nosam", "2011/", part_of="sdn"), OLD], NO, ("nosam",)),
        (
            [plan(owners="nosam"), actor("nosam", part_of="sdn"), OLD, actor("sof", replaces="sdn")],
            NO,
            ("nosam",),
        ),
        ([plan(owners="ledare"), sv.Role(id="ledare", title="Ledare", period="2016")], YES, ()),
        ([plan(owners="ledare"), sv.Role(id="ledare", title="Ledare", employed_by="sdn"), OLD], CANNOT, ("ledare",)),
    ],
)  # fmt: skip
def test_who_holds_a_plan_that_goes_on(records, orphaned, carriers):
    row = asked(*records)
    assert (str(row.ended), str(row.orphaned), row.carriers) == (NO, orphaned, carriers)


def test_a_group_goes_on_while_one_who_is_in_it_does():
    both = sv.Group(id="bada", of=("sdn", "ale"))
    row = asked(plan(owners=sv.jointly("bada")), both, OLD, actor("ale"))
    assert (str(row.orphaned), row.carriers) == (NO, ("ale",))
    assert "nothing is recorded in the place of sdn" in row.chain
    row = asked(plan(owners=sv.jointly("bada")), both, OLD, actor("ale", "2011/2021"))
    assert str(row.orphaned) == YES
    more = evolve(both, basis=sv.basis(of="partial"))
    assert str(asked(plan(owners=sv.jointly("bada")), more, OLD, actor("ale", "2011/2021")).orphaned) == CANNOT
    unnamed = sv.Group(id="bada", basis=sv.basis(of="unknown"))
    assert asked(plan(owners=sv.jointly("bada")), unnamed).carriers == ("bada",)


def test_the_chain_tells_how_it_follows():
    row = asked(plan(owners="sdn"), OLD)
    assert row.chain == ("sdn has ended, 2020-12-31", "nothing is recorded in the place of sdn")
    row = asked(plan(owners="sdn"), OLD, actor("sof", "2021", replaces="sdn"), actor("ny", replaces="sof"))
    assert row.chain == (
        "sdn holds plan",
        "sdn has ended, 2020-12-31",
        "sof, which takes the place of sdn, is not there",
        "ny, which takes the place of sof, is there",
    )
    assert row.because == ("plan", "sdn", "sof", "ny")


# ---------------------------------------------------------------- what has itself ended


@pytest.mark.parametrize(
    ("records", "orphaned", "carriers", "successors"),
    [
        ([plan(period="2016", owners="ale"), actor("ale")], YES, (), ()),
        ([plan(period="2016"), sv.Plan(id="ny", title="Ny", replaces="plan")], NO, (), ("ny",)),
        ([plan(period="2016"), sv.Plan(id="ny", title="Ny", replaces="plan", period="2017")], YES, (), ()),
        ([plan(period="2016"), actor("ale"), holds("ale", "2017/")], NO, ("ale",), ()),
        ([plan(period="2016"), actor("ale"), holds("ale")], CANNOT, ("ale",), ()),
        ([plan(period="2016"), OLD, holds("sdn", "2017/")], YES, (), ()),
        ([plan(period="2016"), OLD, holds("sdn", "2017/"), actor("sof", replaces="sdn")], NO, ("sof",), ()),
        ([plan(period="2016"), actor("ale"), holds("ale", "2017/", capacity="supports")], YES, (), ()),
        ([plan(period="2016", basis=sv.basis(participation="partial"))], CANNOT, (), ()),
    ],
)
def test_what_has_ended_is_carried_on_by_who_takes_part_or_by_what_replaces_it(records, orphaned, carriers, successors):
    row = asked(*records)
    assert (str(row.ended), str(row.last)) == (YES, "2016-12-31")
    assert (str(row.orphaned), row.carriers, row.successors) == (orphaned, carriers, successors)


@pytest.mark.parametrize(
    ("record", "heir"),
    [
        (OLD, actor("ny", replaces="sdn")),
        (sv.Agreement(id="op", title="Op", period="2016"), sv.Agreement(id="ny", title="Ny", replaces="op")),
        (sv.Process(id="p", period="2016"), None),
        (sv.Role(id="r", title="R", period="2016"), None),
        (sv.Grant(id="g", title="G", period="2016"), None),
        (sv.Activity(id="a", title="A", kind="project", timing=sv.Timing(done="2016-12-31")), None),
    ],
    ids=lambda value: value and value.id,
)
def test_every_kind_that_may_end_is_told_when_it_has(record, heir):
    alone = sv.Collaboration([record])
    assert len(sv.carries_on(alone, on="2016-06-01")) == 0
    (row,) = sv.carries_on(alone, on="2022-01-01")
    assert (row.thing, str(row.ended), str(row.orphaned), row.successors) == (record.id, YES, YES, ())
    if heir:
        (row,) = sv.carries_on(alone.adding(heir), on="2022-01-01")
        assert (str(row.orphaned), row.successors) == (NO, ("ny",))


def test_a_grant_whose_agreement_is_replaced_may_go_on():
    op, g = sv.Agreement(id="op", title="Op", period="2016"), sv.Grant(id="g", title="G", agreement="op")
    new = sv.Agreement(id="ny", title="Ny", replaces="op")
    assert str(sv.carries_on(sv.Collaboration([op, g]), "g", on="2022")[0].orphaned) == YES
    assert str(sv.carries_on(sv.Collaboration([op, g, new]), "g", on="2022")[0].orphaned) == CANNOT


@pytest.mark.parametrize(
    ("end", "on", "ended"),
    [
        ("2016-12-31", "2016-12-31", NO),
        ("2016-12-31", "2017-01-01", YES),
        ("by 2016-12-31", "2016-06-01", CANNOT),
        ("2016-12-31", "2016..2017", CANNOT),
        ("unknown", "2016-06-01", CANNOT),
        ("", "2016-06-01", NO),
    ],
)
def test_whether_it_has_ended_on_the_day(end, on, ended):
    day = sv.When(sv.day("2016-01-01"), sv.day("2017-12-31")) if ".." in on else on
    assert str(asked(plan(period=f"2011/{end}"), on=day).ended) == ended


def test_without_a_thing_only_what_has_ended_or_lost_a_holder_is_told():
    records = [OLD, actor("ale"), plan(owners=("sdn", "ale")), sv.Plan(id="annan", title="Annan", owners="ale")]
    c = sv.Collaboration([*records, sv.Plan(id="tyst", title="Tyst")])
    assert [row.thing for row in sv.carries_on(c, on="2017-03-01")] == []
    table = sv.carries_on(c, on="2022-01-01")
    assert [(row.thing, str(row.orphaned)) for row in table] == [("plan", NO), ("sdn", YES)]
    assert table.unknown == ("whether anybody who is not recorded carries on sdn",)


def test_what_has_no_period_is_told_to_have_none():
    table = sv.carries_on(sv.Collaboration([plan(), actor("ale"), holds("ale")]), "plan", on="2022")
    assert table.unknown == ("from when to when ale>plan:owns holds: no period is recorded",)


# ---------------------------------------------------------------- laws

YEARS = st.integers(2000, 2004)
CAPACITIES = ("owns", "leads", "carries out", "carries out", "supports")


@st.composite
def worlds(draw: st.DrawFn) -> sv.Collaboration:
    """A few bodies that replace each other, and plans that they own or take part in, all with exact years or none."""
    chance = draw(st.randoms(use_true_random=False))

    def span() -> str | None:
        first, last = sorted((chance.randint(2000, 2004), chance.randint(2000, 2004)))
        return chance.choice((None, f"{first}/{last}", f"{first}/{last}", f"{first}/", f"/{last}"))

    def some(of: list[str], most: int) -> list[str]:
        return chance.sample(of, min(len(of), chance.randint(0, most)))

    ids = [f"b-{n}" for n in range(chance.randint(1, 4))]
    names = [f"p-{n}" for n in range(chance.randint(1, 2))]
    parts = [
        sv.Participation(
            id=f"d-{n}",
            who=chance.choice(ids),
            thing=chance.choice(names),
            capacity=chance.choice(CAPACITIES),
            period=span(),
        )
        for n in range(chance.randint(0, 4))
    ]
    bodies = [actor(id, span(), replaces=some(ids, 1)) for id in ids]
    plans = [sv.Plan(id=id, title="P", period=span(), owners=some(ids, 1), replaces=some(names, 1)) for id in names]
    return sv.Collaboration([*bodies, *plans, *parts])


def slowly(c: sv.Collaboration, thing: sv.Plan, year: int) -> str:  # noqa: PLR0911 (case by case)
    """The obvious way, over whole years: follow every successor, look at every holder."""
    day = f"{year}-07-01"

    def within(period: sv.Period | None) -> bool:
        return period is None or period.contains(day) is sv.Truth.YES

    def over(period: sv.Period | None) -> bool:
        return bool(period and period.end and period.end.before(day) is sv.Truth.YES)

    def succeeded(id: str, kind: Any, passed: tuple[str, ...] = ()) -> bool:
        heirs = [one for one in c[kind] if id in one.replaces and one.id not in (*passed, id)]
        spans = {one.id: one.exists if kind is sv.Actor else one.period for one in heirs}
        return any(within(spans[one.id]) or succeeded(one.id, kind, (*passed, id)) for one in heirs)

    def alive(id: str) -> bool:
        return within(c[id].exists) or succeeded(id, sv.Actor)

    parts = [
        one
        for one in c[sv.Participation]
        if one.thing == thing.id and one.capacity is not sv.vocabulary.Capacity.SUPPORTS
    ]
    own = ("owns", "leads")
    if over(thing.period):
        if succeeded(thing.id, sv.Plan):
            return NO
        dated = [one for one in parts if one.period and within(one.period)]
        undated = [one for one in parts if not one.period]
        if owners := [one for one in dated if one.capacity in own]:
            if any(alive(one.who.id) for one in owners):
                return NO
            return CANNOT if any(alive(one.who.id) for one in undated if one.capacity in own) else YES
        if any(alive(one.who.id) for one in dated):
            return CANNOT if any(one.capacity in own for one in undated) else NO
        return CANNOT if any(alive(one.who.id) for one in undated) else YES
    begun = [one for one in parts if not (one.period and one.period.start and one.period.start.by(day) is sv.Truth.NO)]
    owners = [one for one in begun if one.capacity in own]
    if thing.owners or owners:
        held = [party.id for party in thing.owners] + [one.who.id for one in owners if within(one.period)]
        return NO if any(map(alive, held)) else YES
    if any(within(one.period) and alive(one.who.id) for one in begun):
        return NO
    return YES if begun else CANNOT


@given(worlds(), YEARS)
@settings(max_examples=400)
def test_it_is_orphaned_where_following_every_successor_finds_nobody(c, year):
    for one in c[sv.Plan]:
        row = sv.carries_on(c, one.id, on=f"{year}-07-01").where(thing=one.id)[0]
        assert str(row.orphaned) == slowly(c, one, year), row.chain
        assert row.orphaned is not sv.Truth.NO or row.carriers or row.successors
        assert row.orphaned is not sv.Truth.YES or not (row.carriers or row.successors)


def vaguer(period: sv.Period | None, years: int) -> sv.Period | None:
    def wide(end: sv.When | None) -> sv.When | None:
        if end is None or end.exact is None:
            return end
        return sv.When(sv.calendar.add_months(end.exact, -12 * years), sv.calendar.add_months(end.exact, 12 * years))

    return period and sv.Period(wide(period.start), wide(period.end))


@given(worlds(), YEARS, st.integers(0, 3), st.integers(0, 3))
@settings(max_examples=150)
def test_vaguer_days_never_make_an_answer_surer(c, year, less, more):
    answers = []
    for width in sorted({0, less, less + more}):
        records = [
            evolve(one, exists=vaguer(one.exists, width))
            if isinstance(one, sv.Actor)
            else evolve(one, period=vaguer(one.period, width))
            for one in c
        ]
        table = [sv.carries_on(sv.Collaboration(records), one.id, on=f"{year}-07-01") for one in c[sv.Plan]]
        answers.append({row.thing: str(row.orphaned) for rows in table for row in rows})
    for surer, vague in pairwise(answers):
        assert all(vague[id] in (surer[id], CANNOT) for id in surer)


def test_who_may_not_have_begun_does_not_tell_that_a_thing_is_orphaned():
    late = sv.Actor(id="b", title="B", kind="district", exists="2002")
    part = sv.Participation(
        who="b", thing="p", capacity="owns", period=sv.Period(sv.when("2000..2002"), sv.when("2001"))
    )
    (row,) = sv.carries_on(sv.Collaboration([late, sv.Plan(id="p", title="P"), part]), "p", on="2000-07-01")
    assert row.orphaned is sv.Truth.CANNOT_TELL
