"""Every rule has a document that it passes and one that it objects to, and says what it should."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import samverkan as sv
from samverkan.rules.definitions import Rule

SAMPLES = Path(__file__).parent / "samples"

# rule: record, field, expected, actual, difference of its first finding
EXPECTED = {
    "waits-for-itself": (
        "plan.analys",
        "",
        None,
        "plan.analys → plan.forslag → plan.beslut → plan.analys",
        None,
    ),
    "waits-on-no-day": ("plan>fardplan.remiss", "predecessor", "Timing", "plan", None),
    "stands-elsewhere": ("skr", "", None, "actor", None),
    "loose-end": ("samverkan", "", None, "goal", None),
    "ceased-actor": ("majorna-linne", "exists", None, sv.when("2020-12-31"), None),
    "acted-outside-its-time": ("stod", "body", sv.period("2017-01-01/"), sv.when("2016-10"), None),
    "same-number": ("ale", "orgnr", "212000-1439", ("ale", "soc-ale"), 1),
    "same-title": (
        "fardplan.samordning",
        "title",
        "Samordning och samverkan",
        ("fardplan.samordning", "plan.samordning"),
        1,
    ),
    "before-its-predecessor": ("lansplan.beslut", "due", sv.day("2016-10-11"), sv.when("2016-10-07"), 4),
    "done-without-its-predecessor": ("lansplan.beslut", "done", None, sv.when("2016-10-17"), None),
    "before-it-may-begin": ("fardplan.svar", "planned", sv.when("2021-09"), sv.when("2021-08-16"), None),
    "planned-on-a-day-off": ("lansplan.beslut", "due", "a working day", "a Saturday", None),
    "outside-its-period": ("lansplan.utbildning", "planned", sv.period("2018/2020"), sv.when("2021-Q1"), None),
    "replaces-what-is-later": ("februari", "replaces", sv.when("2024-04"), sv.when("2024-02-15"), None),
    "due-on-a-day-off": ("redovisning", "due", sv.day("2024-04-02"), sv.day("2024-03-31"), 2),
    "too-late-as-it-stands": ("lansplan.till-skl", "due", sv.when("2016-10-31"), sv.when("2016-11-03"), 3),
    "no-meeting-for-it": ("beslut", "", (sv.when("2024-09-12"), sv.when("2024-11-07")), None, None),
    "overdue": ("redovisning", "due", sv.when("2016-10-31"), ("lerum",), 30),
    "not-done-in-time": ("lansplan.forslag", "due", sv.when("2016-10-14"), None, 47),
    "came-late": ("lansplan>vgr@2016-11-02", "arrived", sv.when("2016-10-31"), sv.when("2016-11-02"), 2),
    "open-after-the-end": ("op-2016.uppfoljning", "due", sv.when("2016-12-31"), ("ale",), None),
    "nobody-named": ("lansplan", "by", "who owes it", None, None),
    "nobody-responsible": ("plan.samtalsgrupper", "by", "somebody who answers for it", None, None),
    "commission-without-obligation": ("p11", "items.0", "an obligation", None, None),
    "obligation-nobody-commissioned": ("p11.utvardering", "ground", "p11", None, None),
    "nobody-leads": (
        "tillsammans.process-1>tillsammans.process-5:observed",
        "tallies",
        "somebody who leads them",
        None,
        2,
    ),
    "expressly-may-not": ("sro-24-februari", "items.0", (sv.vocabulary.Act.RECOMMEND,), sv.vocabulary.Act.DECIDE, None),
    "draws-without-mandate": ("rek-1", "on_behalf_of", 2, 1, 1),
    "may-and-may-not": ("nej", "may_not", None, (sv.vocabulary.Act.DECIDE,), None),
    "mandate-without-evidence": ("fullmakt", "evidence", None, (sv.vocabulary.Act.DRAW,), None),
    "source-is-silent": ("p6", "body", "who decides", sv.UNKNOWN, None),
    "rests-on-assumption": ("lansplan", "due", "a source", "assumed", None),
    "made-among-published": ("ph-2016", "amount", 2, ("ph-2016.kommuner",), 1),
    "no-source": ("", "source", 0, 1, 1),
    "lines-do-not-sum": (
        "ph-2019",
        "amount",
        sv.money("1774 mnkr"),
        sv.money("1620 mnkr"),
        sv.money("-154 mnkr"),
    ),
    "grants-do-not-sum": (
        "op-2016",
        "total",
        sv.money("845 mnkr"),
        sv.money("880 mnkr"),
        sv.money("35 mnkr"),
    ),
    "stated-differently": (
        "stod",
        "stated",
        sv.money("1774 mnkr"),
        (sv.money("1744 mnkr"),),
        sv.money("30 mnkr"),
    ),
    "counts-past-the-set": ("tillsammans.process-1>tillsammans.process-5:observed", "tallies", 5, sv.count(6), 1),
    "arrived-before-it-was-sent": (
        "lansplan>vgr@2016-10-29",
        "arrived",
        sv.when("2016-10-30"),
        sv.when("2016-10-29"),
        None,
    ),
    "beyond-what-is-known": ("p-12", "", sv.day("2016-10-01"), sv.when("2016-10-17"), None),
    "mandate-to-nothing": ("ordforande", "may", None, None, None),
    "corrected-twice": ("forsta", "", 1, ("igen", "rattad"), 1),
    "corrects-itself": ("andra", "corrects", None, ("andra", "forsta"), None),
    "account-below-zero": ("ph>ale", "amount", sv.Money(0), sv.Money(-250_000), sv.Money(250_000)),
    "not-allowed-in-its-state": (
        "betald",
        "kind",
        ("allocated", "certified", "requisitioned", "lapsed"),
        "paid",
        None,
    ),
    "unknown-regime": (
        "ph",
        "regime",
        ("direct", "invoice", "onward", "ordinance", "performance", "requisition"),
        "faktura",
        None,
    ),
    "not-above-zero": ("lon", "amount", "above zero", sv.Money(-40_000), None),
    "mixed-currencies": ("betald", "amount", "SEK", sv.Money(25_000, "EUR"), None),
    "same-cost-twice": ("lon-ph", "reference", None, sv.Money(45_000), None),
    "without-its-number": ("rek", "dnr", "S2024/00382", "S2023/00382", None),
    "used-outside-its-time": ("lon", "day", sv.when("2024-12-31"), sv.when("2025-01-15"), None),
    "reported-otherwise-than-used": ("ph>ale", "amount", sv.Money(200_000), sv.Money(250_000), sv.Money(50_000)),
    "repaid-without-payment": ("ater", "allocation", None, sv.Money(17_000), None),
    "allotted-too-much": ("ph", "allocations", sv.Money(400_000), sv.Money(401_000), sv.Money(1_000)),
    "allotted-otherwise": ("ph>ale", "amount", sv.Money(250_000), sv.Money(260_000), sv.Money(10_000)),
    "counts-short-of-the-set": ("tillsammans.process-1>tillsammans.process-5:observed", "tallies", 5, sv.count(3), 2),
}

every_rule = pytest.mark.parametrize("rule", sv.rules.RULES, ids=lambda rule: rule.name)


def sample(rule: Rule, name: str) -> sv.Collaboration:
    return sv.read(SAMPLES / rule.name / f"{name}.yaml")


def test_there_are_samples_of_every_rule_and_of_nothing_else():
    names = [rule.name for rule in sv.rules.RULES]
    assert len(set(names)) == len(names)
    assert {path.name for path in SAMPLES.iterdir()} == set(names) == EXPECTED.keys()


@every_rule
def test_nothing_is_objected_to_in_what_passes(rule):
    assert str(sv.check(sample(rule, "passes"))) == "no findings"


@every_rule
def test_what_fails_is_objected_to_once_as_expected(rule):
    [finding] = sv.check(sample(rule, "fails")).of(rule.name)
    said = (finding.record, finding.field, finding.expected, finding.actual, finding.difference)
    assert said == EXPECTED[rule.name]
    assert finding.severity is rule.severity
    assert all(id in sample(rule, "fails") for id in finding.because)


@every_rule
def test_the_place_is_that_of_the_record(rule):
    [finding] = sv.check(sample(rule, "fails")).of(rule.name)
    path = SAMPLES / rule.name / "fails.yaml"
    assert finding.place.file == str(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    key = finding.place.path[-1]
    assert key.isdigit() or key in lines[finding.place.line - 1]


@every_rule
@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_text_is_filled_in_both_languages(rule, language):
    [finding] = sv.check(sample(rule, "fails")).of(rule.name)
    text = finding.text(language)
    assert not re.search(r"[{}]|\bNone\b|\bSaid\b|<|\(\)", text.partition(": ")[2])
    assert finding.sentence != finding.sentence.sv
    assert finding.remedy
    assert finding.remedy != finding.remedy.sv


@every_rule
def test_every_rule_says_what_it_objects_to_and_why(rule):
    assert rule.objects_to.endswith(".")
    assert rule.ground
    assert rule.area in {
        "links",
        "dates",
        "deadlines",
        "planning",
        "assignments",
        "authority",
        "silence",
        "figures",
        "payments",
    }
