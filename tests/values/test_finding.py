"""Findings are values: in a fixed order, countable, filterable, in two languages."""

from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from samverkan import Finding, Findings, InvalidValueError
from samverkan.answers import Skipped
from samverkan.errors import Place
from samverkan.values.finding import ordered
from samverkan.values.text import both
from samverkan.vocabulary import Severity


def finding(rule="T01", severity=Severity.WARNING, record="ale", **more) -> Finding:
    fields = {"sentence": both("it is late", "det är sent")} | more
    return Finding(rule=rule, severity=severity, record=record, **fields)


some = st.builds(
    finding,
    rule=st.sampled_from(["T01", "T02", "M01"]),
    severity=st.sampled_from(Severity),
    record=st.sampled_from(["ale", "hjo", ""]),
    sentence=st.sampled_from(["a", "b"]),
)


@given(st.lists(some, max_size=5))
def test_the_order_is_by_weight_then_rule_then_record_however_they_come(found):
    once = ordered(found)
    assert all(ordered(order) == once for order in permutations(found))
    assert [list(Severity).index(f.severity) for f in once] == sorted(list(Severity).index(f.severity) for f in found)


@given(st.lists(some, max_size=6))
def test_findings_are_a_sequence_that_counts_and_filters(found):
    findings = Findings(tuple(found))
    assert list(findings) == found == [findings[n] for n in range(len(findings))]
    assert findings[:2] == tuple(found[:2])
    assert sum(findings.counts.values()) == len(findings) == len(found)
    assert list(findings.counts) == sorted({f.rule for f in found})
    for rule in ("T01", "M01"):
        assert list(findings.of(rule)) == [f for f in found if f.rule == rule]
        assert findings.counts.get(rule, 0) == len(findings.of(rule))
    assert list(findings.of(record="ale")) == [f for f in found if f.record == "ale"]
    assert list(findings.of("T01", record="ale", severity=Severity.NOTE)) == [
        f for f in found if (f.rule, f.record, f.severity) == ("T01", "ale", Severity.NOTE)
    ]
    assert list(findings.errors) == [f for f in found if f.severity is Severity.ERROR]


def test_filtering_keeps_what_was_skipped():
    skipped = (Skipped(rule="M01", reason=both("no money", "inga pengar")),)
    assert Findings((finding(),), skipped).of("T02").skipped == skipped


def test_a_rule_that_was_not_asked_and_a_word_that_is_no_severity_are_refused():
    findings = Findings((finding("source-is-silent"),), rules=("source-is-silent", "overdue"))
    assert len(findings.of("source-is-silent")) == 1
    assert len(findings.of("overdue").of("source-is-silent")) == 0
    with pytest.raises(InvalidValueError, match="did you mean 'source-is-silent'"):
        findings.of("source-is-slient")
    for severity in ("warning", "varning"):
        assert len(findings.of(severity=severity)) == 1
    with pytest.raises(InvalidValueError, match="known: error"):
        findings.of(severity="varnig")


def test_a_finding_reads_in_english_and_in_swedish():
    one = finding(field="due", remedy=both("send it", "skicka in den"))
    assert str(one) == one.text() == "warning  T01  ale.due: it is late; send it"
    assert one.text("sv") == "varning     T01  ale.due: det är sent; skicka in den"


def test_a_finding_stands_where_its_record_is_written():
    one = finding(place=Place("plan.yaml", 12, 5, ("activities", "ale")))
    assert str(one) == "warning  T01  plan.yaml:12:5: activities.ale: it is late"


@pytest.mark.parametrize(("count", "text"), [(0, "no findings"), (1, "warning  T01  ale: it is late")])
def test_findings_print_a_line_each_or_say_that_there_are_none(count, text):
    assert str(Findings((finding(),) * count)) == text


def test_findings_show_themselves_in_one_line():
    found = Findings((finding(), finding(severity=Severity.ERROR)))
    assert repr(found) == "<Findings · 1 error · 1 warning · 0 note>"
