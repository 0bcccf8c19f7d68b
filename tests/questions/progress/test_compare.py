"""What changed between two versions: a row exactly where a record differs, and the same seen from the other side."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv
from tests.documents.own_kinds import House, Visit
from tests.strategies import collaborations, record_sets

Place = tuple[str, str]

SWAPPED = {
    sv.answers.ChangeKind.ADDED: sv.answers.ChangeKind.REMOVED,
    sv.answers.ChangeKind.REMOVED: sv.answers.ChangeKind.ADDED,
    sv.answers.ChangeKind.CHANGED: sv.answers.ChangeKind.CHANGED,
}


def differing(before: sv.Collaboration, after: sv.Collaboration) -> set[Place]:
    """The obvious way: every record's every field beside the other's; a timing's days count as the record's own."""
    found: set[Place] = set()
    for id in {record.id for record in (*before, *after)}:
        old, new = before.get(id), after.get(id)
        if type(old) is not type(new):
            found.add((id, ""))
        elif old != new:
            for name in attrs.fields_dict(type(old)):
                one, other = getattr(old, name), getattr(new, name)
                pairs = {name.rstrip("_"): (one, other)}
                if type(one) is sv.Timing:
                    pairs = {key: (getattr(one, key), getattr(other, key)) for key in attrs.fields_dict(sv.Timing)}
                found |= {(id, key) for key, (a, b) in pairs.items() if a != b}
    return found


def told(table: sv.Table[sv.answers.Change]) -> set[Place]:
    return {(row.thing, row.field.partition(".")[0]) for row in table}


@st.composite
def versions(draw: st.DrawFn) -> tuple[sv.Collaboration, sv.Collaboration]:
    """A collaboration and another, that may share many records, some of them with fields of a third."""
    c = draw(collaborations(every_kind=True, most=30))
    how = draw(st.sampled_from(("other", "some", "fields", "same")))
    if how == "other":
        return c, draw(collaborations(every_kind=True, most=30))
    if how == "same":
        return c, sv.Collaboration(reversed(list(c)), id="samma", title="Samma")
    if how == "some":
        on = draw(st.sampled_from(("2000-01-01", "2016-10-31", "2040-01-01")))
        try:
            return c, c.as_of(on)
        except sv.errors.IntegrityError:
            return c, c
    choice = draw(st.randoms(use_true_random=False))
    changed = []
    for record in c:
        others = [one for one in c if type(one) is type(record) and one is not record]
        names = [name for name in attrs.fields_dict(type(record)) if name not in _TIED]
        if others and choice.random() < 0.5:
            name = choice.choice(names)
            with suppress(sv.InvalidValueError):  # fields that cannot stand together
                changed.append(evolve(record, **{name.rstrip("_"): getattr(choice.choice(others), name)}))
    try:
        return c, c.replacing(*{record.id: record for record in changed}.values())
    except (sv.errors.IntegrityError, sv.InvalidValueError):
        return c, c


_TIED = {"id", "of", "count", "every", "part_of", "kind", "for_"}
"""Fields that cannot be taken from another record without more."""


@given(versions())
@settings(max_examples=120)
def test_a_record_differs_exactly_where_a_row_says_so(pair):
    before, after = pair
    table = sv.compare(before, after)
    assert told(table) == differing(before, after)
    assert (len(table) == 0) == (set(map(repr, before)) == set(map(repr, after)))
    for row in table:
        was, now = row.thing in before, row.thing in after
        assert was if row.change is sv.answers.ChangeKind.REMOVED else now
        assert row.in_words
        assert row.change is not sv.answers.ChangeKind.CHANGED or row.before != row.after
        assert all(id in before or id in after for id in row.because)


@given(collaborations(every_kind=True), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_what_is_the_same_has_no_row_whatever_the_order_and_the_name(c, choice):
    copy = sv.Collaboration(choice.sample(list(c), len(c)), id="kopia", title="En kopia", known="2030-01-01")
    assert len(sv.compare(c, c)) == len(sv.compare(c, copy)) == len(sv.compare(copy, c)) == 0


@given(versions(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_swapped_it_is_the_mirror_and_the_order_of_records_means_nothing(pair, choice):
    before, after = pair
    there, back = sv.compare(before, after), sv.compare(after, before)
    mirrored = {
        (row.thing, row.kind, SWAPPED[row.change], row.field, row.after, row.before, row.difference and -row.difference)
        for row in back
    }
    assert {
        (row.thing, row.kind, row.change, row.field, row.before, row.after, row.difference) for row in there
    } == mirrored
    shuffled = [
        sv.Collaboration(choice.sample(list(c), len(c)), id=c.id, title=c.title, known=c.known) for c in (before, after)
    ]
    assert sv.compare(*shuffled) == there


@given(record_sets((*sv.KINDS, House, Visit), every_kind=True))
@settings(max_examples=20)
def test_kinds_of_ones_own_are_compared_as_well(records):
    c = sv.Collaboration(records)
    for house in c[House]:
        other = c.replacing(evolve(house, class_=house.class_ + "A"))
        assert [(row.thing, row.field) for row in sv.compare(c, other)] == [(house.id, "class")]


@attrs.frozen(kw_only=True)
class Letter:
    """A kind whose values may differ and look the same (brev)."""

    id: str
    said: str | None = None


def test_values_that_look_the_same_and_differ_are_told_apart():
    silent, empty = (sv.Collaboration([Letter(id="brev", said=said)]) for said in (None, ""))
    (row,) = sv.compare(silent, empty)
    assert (row.field, row.before, row.after) == ("said", "None", "''")


# ---------------------------------------------------------------- in words


def grants(**said: Any) -> sv.Collaboration:
    bodies = [sv.Actor(id=id, title=id.title(), kind="kommun") for id in ("ale", "hjo", "vara")]
    return sv.Collaboration([*bodies, sv.Grant(**{"id": "ph", "title": "Psykisk hälsa", **said})])


@pytest.mark.parametrize(
    ("old", "new", "field", "words", "difference"),
    [
        (
            {"amount": "300 mnkr"},
            {"amount": "450 mnkr"},
            "amount",
            "went from 300 000 000 kr to 450 000 000 kr: 150 000 000 kr more",
            sv.Money(150_000_000),
        ),
        (
            {"amount": "300 mnkr"},
            {"amount": "299.5 mnkr"},
            "amount",
            "went from 300 000 000 kr to 299 500 000 kr: 500 000 kr less",
            sv.Money(-500_000),
        ),
        ({"amount": sv.UNKNOWN}, {"amount": "1 kr"}, "amount", "went from unknown to 1 kr", None),
        ({}, {"amount": "1 kr"}, "amount", "is now told: 1 kr", None),
        ({"amount": "1 kr"}, {}, "amount", "is no longer told; it was 1 kr", None),
        ({"amount": sv.Money(1)}, {"amount": sv.Money(1, "EUR")}, "amount", "went from 1 kr to 1 EUR", None),
        (
            {"use": sv.Window(closes="2024-12-31", form="A")},
            {"use": sv.Window(closes="2025-03-31", form="A")},
            "use.closes",
            "went from 2024-12-31 to 2025-03-31",
            None,
        ),
        ({"use": sv.Window(closes="2024-12-31")}, {}, "use", "is no longer told; it was closes 2024-12-31", None),
        ({"period": "2016"}, {"period": "2017"}, "period", "went from 2016-01-01/2016-12-31 to 2017-01-01/2017-12-31", None),
        ({"period": sv.Period(sv.when("2016", as_written="i år"))}, {"period": sv.Period(sv.when("2016"))}, "period.start.as_written", "is no longer told; it was i år", None),
        ({}, {"use": sv.Window()}, "use", "is now told: an empty window", None),
        ({"carry_over": False}, {"carry_over": True}, "carry_over", "went from no to yes", None),
    ],
)  # fmt: skip
def test_a_change_is_told_by_its_inner_field_and_in_words(old, new, field, words, difference):
    (row,) = sv.compare(grants(**old), grants(**new))
    assert (row.thing, row.kind, row.field, row.difference) == ("ph", "grant", field, difference)
    assert row.in_words == f"{field} of the grant ph {words}"


def test_of_a_list_what_went_and_what_came_is_told():
    old = grants(receivers=("ale", "hjo"))
    (row,) = sv.compare(old, grants(receivers=("hjo", "vara")))
    assert (row.before, row.after) == ("ale", "vara")
    assert row.in_words == "receivers of the grant ph: no longer ale; now also vara"
    (row,) = sv.compare(old, grants(receivers=("hjo", "ale")))
    assert row.in_words == "receivers of the grant ph: in another order, hjo, ale"


def test_what_stands_twice_in_a_list_and_once_in_another_is_told():
    old, new = (
        sv.Obligation(id="o", title="O", parts=parts) for parts in (("plan", "plan", "analys"), ("plan", "analys"))
    )
    (row,), (back,) = sv.compare(*map(one, (old, new))), sv.compare(*map(one, (new, old)))
    assert (row.before, row.after, back.before, back.after) == ("plan", "", "", "plan")


def one(record: Any) -> sv.Collaboration:
    return sv.Collaboration([record])


def test_a_stated_amount_is_compared_inside_its_list():
    one, other = (sv.ReportedAmount(amount=amount, where="tabell 1") for amount in ("5 kr", "7 kr"))
    (row,) = sv.compare(grants(stated=one), grants(stated=other))
    assert (row.field, row.difference) == ("stated.0.amount", sv.Money(2))
    (row,) = sv.compare(grants(stated=one), grants(stated=(one, other)))
    assert row.in_words == "stated of the grant ph: now also amount 7 kr, where tabell 1"


def test_that_something_is_no_longer_told_does_not_say_that_it_has_ended():
    full, bare = grants(), grants().without("vara")
    table = sv.compare(full, bare)
    assert [row.in_words for row in table] == ["no longer recorded: the actor vara, Vara"]
    assert table.unknown == ("whether these have ended, or are only no longer told: vara",)
    (row,) = sv.compare(bare, full)
    assert (str(row.change), row.in_words) == ("added", "newly recorded: the actor vara, Vara")
    assert sv.compare(bare, full).unknown == ()


def test_two_years_of_one_collaboration():
    steps = [
        sv.Actor(id="ale", title="Ale", kind="kommun"),
        sv.Actor(id="gr", title="GR", kind="kommunalforbund"),
        sv.Membership(member="ale", of="gr", period="2015/2016"),
        sv.Activity(id="kick-off", title="Kick-off", timing=sv.Timing(done="2017-02-01")),
    ]
    c = sv.Collaboration(steps, id="c")
    table = sv.compare(c.as_of("2016-12-31"), c.as_of("2017-12-31"))
    assert [(row.thing, str(row.change), row.field, row.after) for row in table] == [
        ("ale>gr@2015-01-01", "removed", "", ""),
        ("kick-off", "changed", "done", "2017-02-01"),
    ]


def test_what_is_made_up_in_either_version_is_told():
    old, new = grants(amount="1 kr", basis=sv.basis(amount="made")), grants(amount="2 kr")
    assert sv.compare(old, new).assumed == sv.compare(new, old).assumed == ("ph.amount is made",)


def test_a_placeholder_that_its_record_has_taken_the_place_of():
    away = sv.Collaboration([sv.ExternalRecord(id="plan", kind="Plan")])
    here = sv.Collaboration([sv.Plan(id="plan", title="Plan")])
    assert [(row.kind, str(row.change)) for row in sv.compare(away, here)] == [
        ("external record", "removed"),
        ("plan", "added"),
    ]
    assert sv.compare(away, here).unknown == ()
