"""The agreements on mental health 2012–2026 and the published tables: what sources say, and what the library answers.

Every expected figure is from the agreements, press releases, appropriation letters and tables that the two documents
name as sources, or is counted from those by hand; none is taken from what the library prints.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

import samverkan as sv

EXAMPLES = Path(__file__).parent.parent / "examples"


def mnkr(text: str) -> sv.Money:
    return sv.money(f"{text} mnkr")


@pytest.fixture(scope="module")
def op() -> sv.Collaboration:
    return sv.read(EXAMPLES / "psykisk_halsa_2012_2026.yaml")


@pytest.fixture(scope="module")
def tables() -> sv.Collaboration:
    return sv.read(EXAMPLES / "womens_health_tables.yaml")


def printed(name: str) -> str:
    command = [sys.executable, "-X", "utf8", "-W", "error", EXAMPLES / f"{name}.py"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout  # noqa: S603


@pytest.fixture(scope="module")
def of_agreements() -> str:
    return printed("psykisk_halsa_2012_2026")


@pytest.fixture(scope="module")
def of_tables() -> str:
    return printed("womens_health_tables")


# ================================================================ the agreements

# Year by year: the total, and every line that a source states.
TOTALS = {
    2012: "456.5",
    2013: None,
    2014: None,
    2015: None,
    2016: "845",
    2017: "885",
    2018: "1414",
    2019: "1774",
    2020: "1716",
    2021: "1680",
    2022: "1635",
    2023: "1640.5",
    2024: "1560",
    2025: "1560",
    2026: "1320",
}
LINES = {
    2012: ("175", "175"),
    2013: ("630",),
    2014: ("630",),
    2015: (),
    2016: ("300", "200", "150", "130"),
    2017: ("250", "250", "150", "130", "105"),
    2018: ("350", "350", "220", "250", "130", "24", "40", "50"),
    2019: ("350", "350", "250", "380", "50", "200", "40"),
    2020: ("300", "370", "100", "50", "200", "100", "22"),
    2021: (),
    2022: ("217", "370", "100", "50", "197", "200", "200", "24"),
    2023: ("1615", "25.5"),
    2024: ("1527", "33"),
    2025: ("788", "250", "493", "29"),
    2026: ("548", "250", "493", "29"),
}
# What the sources leave, which no source states.
RESTS = {2012: "106.5", 2016: "65", 2020: "574", 2022: "277"}
# The sub-packages, which are taken out of the lines; of that of 2025 the source says "about".
PACKAGES = {2012: {"150", "200"}, 2024: {"803"}, 2025: {"700"}}


def grant_of(op: sv.Collaboration, year: int) -> sv.Grant:
    (grant,) = [grant for grant in op[sv.Grant] if grant.agreement == f"op-{year}"]
    return grant


def lines_of(op: sv.Collaboration, year: int) -> list[sv.Grant]:
    return [line for line in op[sv.Grant] if line.part_of == grant_of(op, year).id and not line.cuts_across]


def is_derived(line: sv.Grant) -> bool:
    return any(ground.field == "amount" and ground.mark is sv.vocabulary.Mark.DERIVED for ground in line.basis)


def test_there_are_fifteen_agreements_one_for_each_year(op):
    assert [agreement.id for agreement in op[sv.Agreement]] == [f"op-{year}" for year in range(2012, 2027)]
    assert {agreement.parties for agreement in op[sv.Agreement]} == {("staten", "skr")}


@pytest.mark.parametrize("year", TOTALS)
def test_the_total_of_each_year_is_as_published_or_not_known(op, year):
    expected = mnkr(TOTALS[year]) if TOTALS[year] else sv.UNKNOWN
    assert op[sv.Agreement, f"op-{year}"].total == expected
    assert grant_of(op, year).amount == expected


@pytest.mark.parametrize("year", LINES)
def test_the_lines_of_each_year_are_as_published(op, year):
    stated = [line.amount for line in lines_of(op, year) if not is_derived(line)]
    assert sorted(stated) == sorted(map(mnkr, LINES[year]))


def test_what_no_source_states_is_derived_and_marked(op):
    rests = {year: [line.amount for line in lines_of(op, year) if is_derived(line)] for year in TOTALS}
    assert {year: amounts for year, amounts in rests.items() if amounts} == {
        year: [mnkr(rest)] for year, rest in RESTS.items()
    }


def test_sub_packages_cut_across_the_lines_and_are_not_added(op):
    found: dict[int, set[sv.Money]] = {}
    for package in op[sv.Grant]:
        if package.cuts_across:
            found.setdefault(op[package.part_of].period.start.earliest.year, set()).add(package.amount)
    assert found == {year: set(map(mnkr, amounts)) for year, amounts in PACKAGES.items()}


def test_the_803_millions_for_children_would_be_too_much_if_they_were_added(op):
    (package,) = [grant for grant in op[sv.Grant] if grant.amount == mnkr("803")]
    added = op.replacing(evolve(package, cuts_across=()))
    (finding,) = sv.check(added).of("lines-do-not-sum", record="ph-2024")
    assert finding.difference == mnkr("803")
    assert finding.actual == mnkr("2363")


def test_that_about_700_millions_is_no_more_than_about_is_marked(op):
    (package,) = [grant for grant in op[sv.Grant] if grant.amount == mnkr("700")]
    assert "omkring" in package.note
    (finding,) = sv.check(op).of("rests-on-assumption")
    assert (finding.record, finding.field) == (package.id, "amount")


def test_nothing_in_the_agreements_cannot_be_so(op):
    assert len(sv.check(op).errors) == 0


def test_of_2019_154_millions_are_missing_and_of_no_other_year(op):
    (finding,) = sv.check(op).of("lines-do-not-sum")
    assert finding.record == grant_of(op, 2019).id
    assert (finding.expected, finding.actual) == (mnkr("1774"), mnkr("1620"))
    assert -finding.difference == mnkr("154")
    assert len(sv.check(op).of("grants-do-not-sum")) == 0


def test_what_is_missing_of_2019_is_two_lines_of_2018_and_no_line_says_so(op):
    um, users = (op[sv.Grant, f"ph-2018.{line}"].amount for line in ("um", "brukare"))
    assert um + users == mnkr("154")
    assert mnkr("154") not in {grant.amount for grant in op[sv.Grant]}
    assert not any(is_derived(line) for line in lines_of(op, 2019))


def test_the_letter_and_the_agreement_of_2019_are_30_millions_apart(op):
    (finding,) = sv.check(op).of("stated-differently")
    assert finding.record == "op-2019"
    assert finding.difference == mnkr("30")
    assert finding.expected == mnkr("1774")
    assert finding.actual == (mnkr("1744"),)
    letter = op[sv.Agreement, "op-2019"].stated[1]
    assert letter.amount == mnkr("1744")
    assert "regleringsbrev" in op[letter.source].address


def test_no_line_of_2021_is_known_and_that_is_told(op):
    assert ("ph-2021", "lines") in {(row.record, row.field) for row in sv.unknowns(op)}


@pytest.mark.parametrize(
    ("years", "regime", "payer"),
    [
        (range(2012, 2016), "performance", "kammarkollegiet"),
        (range(2016, 2021), "invoice", "skr"),
        (range(2021, 2023), "", sv.UNKNOWN),
        (range(2023, 2027), "requisition", "kammarkollegiet"),
    ],
)
def test_the_regimes_and_who_pays(op, years, regime, payer):
    found = {(grant.regime, grant.payer) for grant in (grant_of(op, year) for year in years)}
    assert found == {(regime, payer)}


def test_of_2021_and_2022_it_is_told_that_nobody_says_who_paid_by_which_rules(op):
    gaps = {(row.record, row.field) for row in sv.unknowns(op).where(why=sv.answers.Uncertainty.SILENT)}
    assert {(f"ph-{year}", field) for year in (2021, 2022) for field in ("payer", "regime", "requisition")} <= gaps


@pytest.mark.parametrize(
    ("year", "window", "last_day"),
    [
        (2012, "report", "2013-02-15"),
        (2012, "payment", "2012-12-31"),
        (2016, "payment", "2016-03-31"),
        (2016, "report", "2016-10-31"),
        (2017, "payment", "2017-03-31"),
        (2017, "use", "2018-12-31"),
        (2017, "report", "2017-10-31"),
        (2018, "payment", "2018-03-31"),
        (2018, "report", "2018-10-31"),
        (2019, "report", "2020-01-31"),
        (2020, "requisition", "2020-12-31"),
        (2020, "report", "2021-01-31"),
        (2024, "requisition", "2024-11-29"),
        (2024, "use", "2024-12-31"),
        (2024, "repayment", "2025-03-31"),
        (2026, "requisition", "2026-12-01"),
        (2026, "use", "2026-12-31"),
        (2026, "report", "2027-03-31"),
    ],
)
def test_the_last_days(op, year, window, last_day):
    assert getattr(grant_of(op, year), window).closes.exact == sv.day(last_day)


def test_only_the_money_of_2017_may_be_kept_for_the_next_year(op):
    assert [grant.id for grant in op[sv.Grant] if grant.carry_over] == ["ph-2017"]


def test_what_is_forfeited_in_prio_is_shared_out_and_only_there(op):
    shared = {grant.agreement for grant in op[sv.Grant] if grant.forfeited is sv.vocabulary.Disposal.SHARED_OUT}
    assert shared == {"op-2012", "op-2013", "op-2014", "op-2015"}


def test_the_days_whose_population_counts_are_told_where_a_source_tells_them(op):
    days = {year: grant_of(op, year).key.population_on for year in TOTALS}
    assert {year: str(day) for year, day in days.items() if day} == {2017: "2016-11-01", 2018: "2017-11-01"}


def test_keys_that_no_page_tells_are_assumed(op):
    assumed = {
        year
        for year in range(2016, 2027)
        if any(
            ground.field == "key" and ground.mark is sv.vocabulary.Mark.ASSUMED for ground in grant_of(op, year).basis
        )
    }
    assert assumed == {2019, *range(2021, 2027)}


def test_282_kommuner_passed_in_2014_and_8_did_not(op):
    tallies = {tally.status: tally.number.exact for seen in op[sv.Observation] for tally in seen.tallies}
    assert tallies == {"godkänd": 282, "ej godkänd": 8}
    assert len(op.members("kommunerna")) == sum(tallies.values())


def test_are_was_paid_in_april_2014_under_the_same_number(op):
    (event,) = op[sv.FundingEvent]
    assert (event.amount, str(event.day), event.to) == (sv.Money(196_685), "2014-04", (sv.Party("are"),))
    assert op[event.decision].dnr == op["utbetalning-2013"].dnr == "S2012/8769/FS"


def test_the_payment_decision_of_april_2024_takes_the_place_of_that_of_february(op):
    decision = op[sv.Decision, grant_of(op, 2024).ground]
    assert str(decision.timing.done) == "2024-04"
    assert [str(op[id].timing.done) for id in decision.replaces] == ["2024-02-15"]


def test_registration_numbers(op):
    assert {grant.id: grant.dnr for grant in op[sv.Grant] if grant.dnr} == {
        "ph-2020": "19/01701",
        "ph-2026": "S2025/02163",
    }


def test_every_fact_of_the_agreements_has_a_source_and_nothing_is_made_up(op):
    assert len(sv.check(op).of("no-source")) == 0
    assert not any(ground.mark is sv.vocabulary.Mark.MADE for record in op for ground in getattr(record, "basis", ()))


def test_the_example_of_the_agreements_prints_what_adds_up_and_what_does_not(of_agreements):
    said = {
        "the lines make the total": (2017, 2018, 2023, 2024, 2025, 2026),
        "only with a derived rest": (2012, 2016, 2020, 2022),
        "the lines do not make the total": (2019,),
        "no lines are known": (2021,),
        "the total is not known": (2013, 2014, 2015),
    }
    for sentence, years in said.items():
        assert f"\n{sentence}: {', '.join(f'op-{year}' for year in years)}\n" in of_agreements
    assert re.search(r"op-2019 +1 774 000 000 kr +1 620 000 000 kr +0 kr +-154 000 000 kr", of_agreements)
    assert "30 000 000 kr apart" in of_agreements
    assert "if it were added: the lines of ph-2024 make 2 363 000 000 kr" in of_agreements
    assert re.search(r"ph-2021 +unknown +unknown +unknown", of_agreements)
    assert "  ph-2021 payer — ask staten" in of_agreements


# ================================================================ the tables

STATED = {
    "kvinnor-2017": "300",
    "kvinnor-2019": "1590",
    "kvinnor-2020": "937",
    "kvinnor-2021-mer": "445",
    "kvinnor-2022": "1382",
    "kvinnor-2024": "1367",
    "glesbygd-2023": "150",
    "glesbygd-2024": "150",
    "gnv-kommuner-2024": "750",
    "vardkoer-2026-medel": "750",
    "tillganglighet-2023-medel": "1874.253165",
}


def section(text: str, title: str) -> str:
    """What stands under the heading that begins with a title."""
    (found,) = [part for part in text.split("\n— ") if part.startswith(title)]
    return found


@pytest.mark.parametrize("grant", STATED)
def test_each_table_makes_what_is_stated(tables, of_tables, grant):
    amount = mnkr(STATED[grant])
    assert tables[sv.Grant, grant].amount == amount
    text = section(of_tables, f"{tables[grant].title}: ")
    assert f"21 rows make {amount}\n" in text
    assert f"stated: {amount}, which they make" in text


def test_the_text_and_the_table_of_2024_are_ten_millions_apart(tables):
    findings = sv.check(tables)
    assert len(findings.errors) == 0
    (finding,) = findings.of("stated-differently")
    assert finding.record == "kvinnor-2024"
    assert (finding.expected, finding.actual) == (mnkr("1367"), (mnkr("1357"),))
    assert finding.difference == mnkr("10")
    assert "texten" in finding.sentence


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Förlossningsvård och kvinnors hälsa 2022: ", ["largest-remainder: 21 of 21"]),
        ("Förlossningsvård och kvinnors hälsa 2024: ", ["largest-remainder: 21 of 21"]),
        (
            "Förlossningsvård och kvinnors hälsa 2017: ",
            ["half-up, Region Stockholm takes the difference: 21 of 21"],
        ),
        ("Förlossningsvård och kvinnors hälsa 2019: ", ["largest-remainder: 13 of 21", "21 of 21 regions have"]),
        ("Förlossningsvård och kvinnors hälsa 2020: ", ["largest-remainder: 17 of 21", "21 of 21 regions have"]),
        ("Förlossningsvård och kvinnors hälsa 2023, glesbygd: ", ["largest-remainder: 0 of 21"]),
        ("Förlossningsvård och kvinnors hälsa 2024, glesbygd: ", ["largest-remainder: 0 of 21"]),
    ],
)
def test_which_rule_gives_which_table(of_tables, title, lines):
    text = section(of_tables, title)
    for line in lines:
        assert f"\n  {line}" in text


@pytest.mark.parametrize(("year", "rows"), [("2019", 8), ("2020", 4)])
def test_the_rows_that_no_rule_gives_are_named_with_their_krona(of_tables, year, rows):
    text = section(of_tables, f"Förlossningsvård och kvinnors hälsa {year}: ")
    (named,) = re.findall(r"largest-remainder: .*\n    not (.*)\n", text)
    differences = [row.rsplit(" ", 2)[1] for row in named.split(", ")]
    assert len(differences) == rows
    assert sorted(differences) == ["-1"] * (rows // 2) + ["1"] * (rows // 2)


def test_the_misprint_is_refused_and_what_the_others_leave_has_its_digits(of_tables):
    text = section(of_tables, "A figure that is misprinted")
    assert "'544 99 160 kr' is not an amount" in text
    assert "what the others leave is 54 499 160 kr: the same digits" in text


def test_less_than_half_was_earned_in_2025_and_all_of_it_by_three(of_tables):
    text = section(of_tables, "What was earned in 2025")
    assert "243 000 000 kr of 507 500 000 kr, 48 per cent" in text
    (all_of_it,) = re.findall(r"^100 per cent: (.*)$", text, re.MULTILINE)
    assert set(all_of_it.split(", ")) == {"Region Gotland", "Region Jämtland Härjedalen", "Region Värmland"}
    assert "10 per cent: Region Stockholm\n" in text


def test_what_the_regions_get_in_all_of_2024_is_stated_nowhere(tables, of_tables):
    assert tables[sv.Grant, "regionerna-2024"].amount is sv.UNKNOWN
    text = section(of_tables, tables["regionerna-2024"].title)
    assert "21 rows make 9 842 000 000 kr" in text
    assert "nothing to hold it to" in text


# ================================================================ both scripts

# Figures that the library is to compute; 803 and the like stand in the documents and nowhere else.
COMPUTED = ("154", "30", "106", "65", "574", "277", "803", "700", "1774", "1744", "1620", "1367", "1357", "48", "264")


@pytest.mark.parametrize("script", ["psykisk_halsa_2012_2026", "womens_health_tables"])
def test_neither_script_has_a_figure_typed_in(script):
    text = (EXAMPLES / f"{script}.py").read_text(encoding="utf-8")
    assert [number for number in COMPUTED if re.search(rf"(?<![\w.>-]){number}(?![\w.-])", text)] == []
