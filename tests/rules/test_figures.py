"""What does not add up, and what cannot be added."""

from __future__ import annotations

import pytest

import samverkan as sv


def lines(amount, *parts, **grant):
    whole = sv.Grant(id="g", title="G", amount=amount, **grant)
    made = [sv.Grant(id=f"g.{n}", title=f"{n}", part_of="g", amount=part) for n, part in enumerate(parts)]
    return sv.check(sv.Collaboration([whole, *made]))


def reasons(findings, rule):
    return [skip.reason for skip in findings.skipped if skip.rule == rule]


KR = sv.Money


@pytest.mark.parametrize(
    ("amount", "parts", "difference"),
    [
        (KR(100), (KR(60), KR(40)), None),
        (KR(100), (KR(60), KR("39.99")), KR("-0.01")),
        (KR(100), (KR(60), sv.UNKNOWN), None),
        (KR(100), (KR(60), None), None),
        (KR(100), (KR(60), sv.NONE), KR(-40)),
        (KR(100), (KR(101), sv.UNKNOWN), KR(1)),
        (KR(100), (KR(60), KR(40, "EUR")), None),
        (KR(10**17 * 9), (KR(10**17 * 9), KR(10**17 * 9)), None),
        (sv.UNKNOWN, (KR(60),), None),
        (KR(100), (), None),
    ],
)
def test_lines_make_their_grant_to_the_ore(amount, parts, difference):
    found = lines(amount, *parts).of("lines-do-not-sum")
    assert [finding.difference for finding in found] == ([difference] if difference else [])


def test_what_cannot_be_told_is_skipped_with_what_is_known():
    [skip] = [s for s in lines(KR("1250.50"), KR(60), sv.UNKNOWN).skipped if s.rule == "lines-do-not-sum"]
    assert skip.reason == "not all of g is itemised with known amounts: at least 60 kr of 1 250.50 kr"
    assert skip.reason.sv == "g är inte helt specificerat med kända belopp: minst 60 kr av 1 250,50 kr"
    assert reasons(lines(KR(100), KR(1, "EUR")), "lines-do-not-sum") == ["the parts of g cannot be added"]
    partial = lines(KR(100), KR(60), basis=sv.basis(lines="partial"))
    assert not partial.of("lines-do-not-sum")
    assert reasons(partial, "lines-do-not-sum")


def test_a_sub_package_is_not_added_to_the_lines_it_is_taken_from():
    grants = [
        sv.Grant(id="g", title="G", amount=KR(100)),
        sv.Grant(id="g.a", title="A", part_of="g", amount=KR(100)),
        sv.Grant(id="g.barn", title="Barn", part_of="g", amount=KR(80), cuts_across="g.a"),
    ]
    assert not sv.check(sv.Collaboration(grants)).of("lines-do-not-sum")


def test_what_stands_elsewhere_has_no_sum_here():
    away = sv.ExternalRecord(id="g", kind="Grant"), sv.ExternalRecord(id="op", kind="Agreement")
    parts = (
        sv.Grant(id="a", title="A", part_of="g", amount=KR(1)),
        sv.Grant(id="b", title="B", agreement="op", amount=KR(1)),
    )
    findings = sv.check(sv.Collaboration([*away, *parts, sv.Agreement(id="other", title="Ö")]))
    assert not findings.of("lines-do-not-sum")
    assert not findings.of("grants-do-not-sum")


def test_grants_that_are_fewer_than_the_sum_are_told_only_where_all_are_there():
    def checked(**more):
        agreement = sv.Agreement(id="op", title="ÖP", total=KR(100), **more)
        grant = sv.Grant(id="g", title="G", agreement="op", amount=KR(60))
        line = sv.Grant(id="g.a", title="A", agreement="op", part_of="g", amount=KR(60))
        return sv.check(sv.Collaboration([agreement, grant, line]))

    assert not checked().of("grants-do-not-sum")
    assert reasons(checked(), "grants-do-not-sum")
    [finding] = checked(basis=sv.basis(grants="complete")).of("grants-do-not-sum")
    assert finding.difference == KR(-40)


def test_amounts_that_are_stated_alike_or_not_at_all_do_not_differ():
    def stated(*amounts, own=None):
        said = tuple(sv.ReportedAmount(amount=amount, where="tabell") for amount in amounts)
        return sv.check(sv.Collaboration([sv.Grant(id="g", title="G", amount=own, stated=said)])).of(
            "stated-differently"
        )

    assert not stated(KR(1), KR(1), own=KR(1))
    assert not stated(KR(1), sv.UNKNOWN)
    assert stated(KR(1), KR(3))[0].difference == KR(2)
    assert stated(KR(3), own=KR(1))[0].expected == KR(1)
    assert stated(KR(1), KR(1, "EUR"))[0].difference is None
    assert "1 kr (här); 1.50 kr" not in stated(KR("1.50"), own=KR(1))[0].text("sv")


@pytest.mark.parametrize(
    ("numbers", "past", "short"),
    [
        ((15, 10), None, None),
        ((15, 11), 1, None),
        ((15, 9), None, 1),
        (("~30",), None, None),
        (("<20",), None, 6),
        ((">24",), None, None),
        ((">26",), 2, None),
        (("20..30",), None, None),
    ],
)
def test_what_is_counted_by_status_is_held_against_its_set(numbers, past, short):
    processes = [sv.Process(id=f"p-{n}") for n in range(25)]
    tallies = tuple(sv.fields.Tally(status=f"s{n}", number=number) for n, number in enumerate(numbers))
    report = sv.Observation(of=tuple(p.id for p in processes), tallies=tallies)
    findings = sv.check(sv.Collaboration([*processes, report]))
    assert [f.difference for f in findings.of("counts-past-the-set")] == ([past] if past else [])
    assert [f.difference for f in findings.of("counts-short-of-the-set")] == ([short] if short else [])


def test_a_group_is_counted_by_its_members_and_a_single_thing_not_at_all():
    bodies = [sv.Actor(id=id, title=id, kind="kommun") for id in "ab"]
    group = sv.Group(id="g", of=("a", "b"))
    three = (sv.fields.Tally(status="antagit", number=3),)

    def errors(*records, of):
        return sv.check(
            sv.Collaboration([*bodies, group, *records, sv.Observation(id="r", of=of, tallies=three)])
        ).errors

    assert errors(of="g")[0].expected == 2
    assert not errors(of="a")
    assert not errors(sv.ExternalRecord(id="c", kind="Group"), of=("a", "c"))
