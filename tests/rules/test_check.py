"""`check`: pure, quiet, in a fixed order, and open to rules of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan.rules.check import catalogue
from samverkan.rules.definitions import Hit, Rule, Skip, rule
from samverkan.values.text import Wording, both
from tests.strategies import collaborations

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@given(collaborations())
def test_it_never_raises_says_the_same_twice_and_changes_nothing(c):
    before = {record.id: record for record in c}
    first, second = sv.check(c), sv.check(c)
    assert first == second
    assert first.skipped == second.skipped
    assert before == {record.id: record for record in c}
    assert list(first) == sorted(first, key=lambda f: list(sv.vocabulary.Severity).index(f.severity))


@given(collaborations(), st.randoms())
def test_the_order_of_the_records_means_nothing(c, random):
    records = list(c)
    random.shuffle(records)
    assert sv.check(sv.Collaboration(records, id=c.id, title=c.title, known=c.known)) == sv.check(c)


@given(collaborations())
def test_every_finding_names_records_that_are_there_and_is_said_in_both_languages(c):
    names = {rule.name for rule in sv.rules.RULES}
    for finding in sv.check(c):
        assert finding.rule in names
        assert finding.record in c or finding.record == ""
        assert all(id in c for id in finding.because)
        assert "\n" not in finding.text("en") + finding.text("sv")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_example_holds_what_cannot_be_so(path):
    assert str(sv.check(sv.read(path)).errors) == "no findings"


def test_an_empty_collaboration_has_no_findings_and_says_what_was_not_asked():
    findings = sv.check(sv.Collaboration())
    assert not findings
    skipped = {skip.rule: skip for skip in findings.skipped}
    assert skipped["overdue"].reason == "there is no record of this kind: obligation, grant"
    assert skipped["overdue"].reason.sv == "det finns ingen post av detta slag: skyldighet, statsbidrag"


def no_target_group(c):
    """A plan that does not say for whom it is."""
    for plan in c[sv.Plan]:
        if plan.kind is sv.vocabulary.PlanKind.STRATEGY:
            yield Skip(both("a strategy is for everybody", "en strategi är till för alla"))
        elif not plan.target_group:
            yield Hit(plan.id, "target_group", expected="a target group", values={"title": plan.title})


TEXTS = {
    "ground": "our own routine",
    "sentence": "{title} ({record}) has no {field}",
    "sentence_sv": "{title} ({record}) saknar målgrupp",
}
OWN = rule("note", kinds=(sv.Plan,), **TEXTS)(no_target_group)


def test_a_rule_of_ones_own_takes_part_beside_the_others():
    plans = [sv.Plan(id="plan", title="Plan {0}"), sv.Plan(id="agenda", title="Agenda", kind="strategy")]
    findings = sv.check(sv.Collaboration(plans), (*sv.rules.RULES, OWN))
    [found] = findings.of("no-target-group")
    assert found.text("sv") == "upplysning  no-target-group  plan.target_group: Plan {0} (plan) saknar målgrupp"
    assert [skip.reason for skip in findings.skipped if skip.rule == OWN.name] == ["a strategy is for everybody"]
    assert OWN not in sv.rules.RULES


def test_a_rule_has_the_name_and_area_of_its_function_unless_given_others():
    assert (OWN.name, OWN.area) == ("no-target-group", "test_check")
    sentence = Wording("{record}", "{record}")
    named = Rule(find=no_target_group, severity="fel", name="målgrupp", area="egna", ground="x", sentence=sentence)
    assert (named.name, named.area, named.severity) == ("målgrupp", "egna", sv.vocabulary.Severity.ERROR)
    assert repr(named).startswith("Rule(severity=")


def test_one_reason_is_told_once():
    plans = [sv.Plan(id=id, title=id, kind="strategy") for id in "ab"]
    assert len(sv.check(sv.Collaboration(plans), [OWN]).skipped) == 1


def test_the_catalogue_lists_the_rules_in_their_order():
    table = catalogue()
    assert [row.name for row in table] == [rule.name for rule in sv.rules.RULES]
    assert table[0].area == "links"
    assert "lag (1930:173)" in next(row.ground for row in table if row.name == "due-on-a-day-off")
    assert table.columns == ("name", "area", "severity", "objects_to", "ground")
    assert [row.name for row in catalogue([OWN])] == ["no-target-group"]
