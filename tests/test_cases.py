"""The cases: what the source texts say, and what the library answers to the documents that were written from them.

Every expected value is from the texts: Case 1 is VästKom's news item of 2016 and SKL's page on that year's agreement,
Case 2 GR's news item of 2017-02-13, with what finsam.se and Wikipedia tell of the bodies that ceased later, Case 3
Region Värmland's news item on the county conference of 2023, Case 4
the minutes of the board in Norrtälje, § 11, dnr KSON 2023-469, Case 5 VästKom's letter on the roadmap of 2019 and the
pages of vardsamverkan.se on it of 2021 and 2022.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import samverkan as sv

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))
DOCUMENTS = sorted(EXAMPLES.glob("*.yaml"))


@pytest.fixture(scope="module")
def vg() -> sv.Collaboration:
    return sv.read(EXAMPLES / "vastra_gotaland_2016.yaml")


@pytest.fixture(scope="module")
def pilot() -> sv.Collaboration:
    return sv.read(EXAMPLES / "goteborg_pilot.yaml")


@pytest.fixture(scope="module")
def kson() -> sv.Collaboration:
    return sv.read(EXAMPLES / "norrtalje_2023.yaml")


@pytest.fixture(scope="module")
def roadmap() -> sv.Collaboration:
    return sv.read(EXAMPLES / "fardplan_2030.yaml")


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    """What each example prints, run as its reader runs it."""
    outputs = {}
    for script in SCRIPTS:
        command = [sys.executable, "-X", "utf8", "-W", "error", script]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
        assert (done.returncode, done.stderr) == (0, ""), script.name
        outputs[script.stem] = done.stdout
    return outputs


# ================================================================ case 1: Västra Götaland 2016

# The members of the four associations that lie in the county, as their own lists have them.
ASSOCIATIONS = {
    "gr": "Ale, Alingsås, Göteborg, Härryda, Kungälv, Lerum, Lilla Edet, Mölndal, Partille, Stenungsund, Tjörn, Öckerö",
    "borasregionen": "Bollebygd, Borås, Herrljunga, Mark, Svenljunga, Tranemo, Ulricehamn, Vårgårda",
    "skaraborg": "Essunga, Falköping, Grästorp, Gullspång, Götene, Hjo, Karlsborg, Lidköping, Mariestad, Skara, "
    "Skövde, Tibro, Tidaholm, Töreboda, Vara",
    "fyrbodal": "Bengtsfors, Dals-Ed, Färgelanda, Lysekil, Mellerud, Munkedal, Orust, Sotenäs, Strömstad, Tanum, "
    "Trollhättan, Uddevalla, Vänersborg, Åmål",
}
THE_49 = {name for names in ASSOCIATIONS.values() for name in names.split(", ")}


def everyday(titles: object) -> set[str]:
    """What bodies are called in everyday speech: `Göteborg` for `Göteborgs kommun`; no two of them the same."""
    short = [title.removesuffix(" kommun") for title in titles]
    assert len(short) == len(set(short))
    return {title if title in THE_49 else title.removesuffix("s") for title in short}


def names(c: sv.Collaboration, ids: object) -> set[str]:
    return everyday(c[id].title for id in ids)


def member_ids(c: sv.Collaboration, association: str) -> list[str]:
    memberships = [
        m for m in c[sv.Membership] if m.of == association and m.capacity is sv.vocabulary.MembershipKind.MEMBER
    ]
    return [m.member for m in memberships]


def test_vg_is_known_as_of_a_day_in_the_autumn_and_nothing_in_it_is_wrong(vg):
    assert vg.known == sv.day("2016-10-01")
    assert vg.known < sv.day("2016-10-31")
    findings = sv.check(vg)
    assert len(findings.errors) == 0
    assert len(findings.of(severity=sv.vocabulary.Severity.WARNING)) == 0


def test_vg_has_forty_nine_kommuner_in_its_county(vg):
    in_county = [a.id for a in vg[sv.Actor] if a.kind is sv.vocabulary.ActorKind.KOMMUN and a.county == "14"]
    assert len(in_county) == 49
    assert set(vg.members("de-49")) == set(in_county)
    assert names(vg, in_county) == THE_49


def test_the_fifty_principals_of_vg_by_name(vg):
    principals = vg.members("huvudmannen")
    assert len(principals) == 50
    assert len(THE_49) == 49
    assert names(vg, principals) == THE_49 | {"Västra Götalandsregionen"}
    assert {vg[id].kind for id in principals} == {sv.vocabulary.ActorKind.KOMMUN, sv.vocabulary.ActorKind.REGION}


@pytest.mark.parametrize(
    ("association", "number"), [("gr", 12), ("borasregionen", 8), ("skaraborg", 15), ("fyrbodal", 14)]
)
def test_each_kommun_of_vg_is_reached_through_its_association(vg, association, number):
    reached = [id for id in member_ids(vg, association) if id in vg.members("de-49")]
    assert len(reached) == number
    assert names(vg, reached) == set(ASSOCIATIONS[association].split(", "))


def test_the_fifty_memberships_of_vg_are_others_than_its_fifty_principals(vg):
    assert set(vg.members("forbunden")) == set(ASSOCIATIONS)
    members = [id for association in vg.members("forbunden") for id in member_ids(vg, association)]
    assert len(members) == len(set(members)) == 50
    (outside,) = set(members) - set(vg.members("de-49"))
    assert vg[outside].title == "Kungsbacka kommun"
    assert vg[outside].county == "13"
    assert outside in member_ids(vg, "gr")
    assert outside not in vg.members("huvudmannen")
    assert set(vg.members("huvudmannen")) - set(members) == {"vgr"}


def test_the_process_leader_of_vg_is_engaged_from_may_to_december_and_comes_from_fyrbodal(vg):
    role = vg[sv.Role, "processledare-kommunerna"]
    assert vg[role.employed_by].title == "VästKom"
    assert role.comes_from == "fyrbodal"
    days = ("2016-04-30", "2016-05-15", "2016-06-01", "2016-12-31", "2017-01-01")
    answers = (sv.Truth.NO, sv.Truth.CANNOT_TELL, sv.Truth.YES, sv.Truth.YES, sv.Truth.NO)
    assert tuple(role.period.contains(day) for day in days) == answers


def test_the_process_leader_of_vg_speaks_for_ale_as_one_of_the_forty_nine(vg):
    row = sv.may(vg, "processledare-kommunerna", "speak", for_="ale", about="lansplan", on="2016-10-01")[0]
    assert str(row.answer) == "yes"
    assert "m-processledare-kommunerna" in row.chain[0]
    assert any("ale is in de-49" in step for step in row.chain)
    assert {"m-processledare-kommunerna", "de-49"} <= set(row.because)


def test_the_process_leader_of_vg_speaks_for_every_one_of_the_forty_nine_and_no_one_else(vg):
    asked = [*vg.members("huvudmannen"), "kungsbacka", "skr", "gr"]
    table = sv.may(vg, "processledare-kommunerna", "speak", for_=asked, on="2016-10-01")
    assert names(vg, [row.for_ for row in table if str(row.answer) == "yes"]) == THE_49
    assert {row.for_ for row in table if str(row.answer) == "no"} == {"vgr", "kungsbacka", "skr", "gr"}


def test_the_process_leader_of_vg_does_not_speak_for_kungsbacka(vg):
    row = sv.may(vg, "processledare-kommunerna", "speak", for_="kungsbacka", on="2016-10-01")[0]
    assert str(row.answer) == "no"
    assert "kungsbacka is not" in row.breaks_at
    assert "no mandate flows" in row.breaks_at


@pytest.mark.parametrize("act", ["sign", "draw", "decide"])
@pytest.mark.parametrize("principal", ["ale", "de-49", "kungsbacka"])
def test_no_mandate_of_the_process_leader_of_vg_to_sign_draw_or_decide_is_recorded(vg, act, principal):
    table = sv.may(vg, "processledare-kommunerna", act, for_=principal, on="2016-10-01")
    assert str(table[0].answer) == "no mandate recorded"
    assert table.unknown


@pytest.mark.parametrize("principal", ["huvudmannen", "ale", "vgr"])
def test_sro_may_recommend_and_expressly_not_decide(vg, principal):
    answers = [str(row.answer) for row in sv.may(vg, "sro", ["recommend", "decide"], for_=principal, on="2016-10-01")]
    assert answers == ["yes", "expressly not"]


def test_the_plan_of_vg_is_to_have_arrived_by_the_last_of_october_once_from_all_fifty(vg):
    row = next(row for row in sv.due(vg, on="2016-10-01") if row.obligation == "inlamnad-plan")
    assert row.deadline.exact == sv.day("2016-10-31")
    assert row.met_when is sv.vocabulary.MetWhen.ARRIVED
    assert (row.by, row.to) == ((sv.jointly("huvudmannen"),), (sv.Party("skr"),))
    assert vg["skr"].title == "Sveriges Kommuner och Landsting"
    assert (str(row.days_left), str(row.state)) == ("30", "open")


@pytest.mark.parametrize(
    ("on", "days_left", "state"),
    [
        ("2016-10-15", "16", "open"),
        ("2016-10-31", "0", "open"),
        ("2016-11-01", "-1", "overdue or reported, not known"),
    ],
)
@pytest.mark.parametrize("party", ["skr", "vgr", "ale"])
def test_how_the_plan_of_vg_stands_on_a_day(vg, on, days_left, state, party):
    row = next(row for row in sv.due(vg, party, on=on) if row.obligation == "inlamnad-plan")
    assert (str(row.days_left), str(row.state)) == (days_left, state)


def test_no_duty_of_vg_is_kungsbackas_but_to_ask_for_its_own_money_as_every_kommun_does(vg):
    (row,) = sv.due(vg, "kungsbacka", on="2016-10-01")
    assert (row.obligation, row.by) == ("ph-2016.kommun-plan/requisition/kommunerna", (sv.each("kommunerna"),))


def test_the_middle_of_october_is_ten_days_and_leaves_eleven_to_twenty(vg):
    planned = vg[sv.Activity, "lansplan.forslag"].timing.planned
    assert planned.as_written == "i mitten av oktober"
    assert (planned.earliest, planned.latest) == (sv.day("2016-10-11"), sv.day("2016-10-20"))
    last = sv.day("2016-10-31").toordinal()
    assert (last - planned.latest.toordinal(), last - planned.earliest.toordinal()) == (11, 20)
    plan = sv.schedule(vg)
    assert {plan[id].total_float for id in ("lansplan.forslag", "lansplan.beslut", "inlamnad-plan")} == {
        sv.answers.DayRange(11, 20)
    }


def test_on_the_saturday_that_we_plan_with_it_leaves_sixteen(vg):
    assert sv.schedule(vg, as_planned=True)["lansplan.beslut"].total_float == sv.answers.DayRange(16, 16)
    (finding,) = sv.check(vg).of("planned-on-a-day-off")
    assert (finding.record, "Saturday" in finding.sentence) == ("lansplan.forslag", True)


def test_a_slip_of_three_days_is_never_late_and_one_of_twenty_one_always(vg):
    plan = sv.schedule(vg)
    late = {days: plan.delayed({"lansplan.beslut": days})["inlamnad-plan"].late for days in (3, 11, 12, 20, 21)}
    no, yes, open_ = sv.Truth.NO, sv.Truth.YES, sv.Truth.CANNOT_TELL
    assert late == {3: no, 11: no, 12: open_, 20: open_, 21: yes}


def test_twenty_one_days_hit_fifty_principals_for_about_84_million_as_an_estimate(vg):
    hit = sv.at_risk(sv.schedule(vg).delayed({"lansplan.beslut": 21}))
    with_money = [row for row in hit if row.grant]
    assert {row.organisation for row in with_money} == {*vg.members("huvudmannen")}
    assert len(with_money) == 50
    assert {row.grant for row in with_money} == {"ph-2016.region-plan", "ph-2016.kommun-plan"}
    assert 83_500_000 <= hit.total.exact.amount <= 84_500_000
    assert any("estimate" in said for said in hit.assumed)
    assert any("population" in said for said in hit.assumed)
    (region,) = [row for row in with_money if row.organisation == "vgr"]
    assert region.days_late == sv.answers.DayRange(1, 10)
    assert region.path.startswith("lansplan.beslut → ")
    assert region.path.endswith("inlamnad-plan → ph-2016.region-plan")
    assert not len(sv.at_risk(sv.schedule(vg).delayed({"lansplan.beslut": 3})))


def test_the_proposal_of_vg_goes_by_the_steering_group_and_all_principals_to_skl(vg):
    reached = [row.id for row in sv.graph(vg).reaches("lansplan.forslag")]
    assert reached[:4] == ["lansplan.beslut", "lansplan.utskick", "lansplan.till-skl", "inlamnad-plan"]
    assert vg["lansplan.beslut"].by == (sv.Party("styrgrupp"),)
    assert vg["lansplan.utskick"].to == (sv.each("huvudmannen"),)
    assert vg["lansplan.till-skl"].to == (sv.Party("skr"),)


MILLION = 1_000_000


def test_the_845_million_of_2016_line_by_line(vg):
    lines = [grant for grant in vg[sv.Grant] if grant.part_of == "ph-2016"]

    def amounts(*receivers: sv.Party) -> list[int]:
        return sorted(int(line.amount.amount) // MILLION for line in lines if line.receivers == receivers)

    assert amounts(sv.each("regionerna")) == [150, 300]
    assert amounts(sv.each("kommunerna")) == [200]
    assert [line.amount for line in lines if line.title == "Ungdomsmottagningar"] == [sv.Money(130 * MILLION)]
    assert amounts(sv.jointly("lanen")) == [130]
    (rest,) = [line for line in lines if line.amount == sv.Money(65 * MILLION)]
    assert sv.fields.Basis("amount", mark="derived") in rest.basis
    assert [line.id for line in lines if any(ground.mark is sv.vocabulary.Mark.DERIVED for ground in line.basis)] == [
        rest.id
    ]
    total = sv.Money.total(line.amount for line in lines)
    assert total == sv.Money(845 * MILLION)
    assert total == vg[sv.Grant, "ph-2016"].amount == vg[sv.Agreement, "op-2016"].total


def test_the_rules_of_2015_and_2016(vg):
    before, after = vg[sv.Grant, "prio-2015"], vg[sv.Grant, "ph-2016"]
    assert before.regime != after.regime
    # "riktat till varje enskild huvudman", "betalats ut i slutet av året efter prestation"
    assert before.receivers == (sv.each("kommunerna"), sv.each("regionerna"))
    assert (before.payment.opens, before.payment.closes) == (sv.when("2015-12-01"), sv.when("2015-12-31"))
    assert before.requisition is None
    # "medel rekvireras i början av året", "kravet är nu en länsgemensam analys och handlingsplan"
    assert (after.requisition.opens.as_written, str(after.requisition.opens)) == ("i början av året", "2016-Q1")
    (demand,) = [o for o in vg[sv.Obligation] if o.delivers == ("lansplan",)]
    assert demand.by == (sv.jointly("huvudmannen"),)
    assert {"ph-2016.region-plan", "ph-2016.kommun-plan"} == set(demand.secures)
    for grant in (before, after):
        assert grant.payment.opens.before(grant.payment.closes) is sv.Truth.YES
    assert vg[sv.Agreement, "op-2016"].replaces == ("prio",)
    assert str(vg[sv.Agreement, "prio"].period) == "2012-01-01/2015-12-31"


def test_what_the_texts_of_2016_do_not_say_is_told(vg):
    gaps = {(row.record, row.field) for row in sv.unknowns(vg)}
    assert {
        ("lansplan.beslut", "planned"),
        ("lansplan.forslag", "planned"),
        ("styrgrupp", "members"),
        ("prio-2015", "amount"),
        ("ph-2016.ovrigt", "receivers"),
        ("inlamnad-plan", "if_missed"),
    } <= gaps


def test_the_example_of_vg_prints_the_answers(printed):
    out = printed["vastra_gotaland_2016"]
    assert "49 kommuner in county 14" in out
    for members, number in zip(ASSOCIATIONS.values(), (12, 8, 15, 14), strict=True):
        (line,) = re.findall(rf"^.* \({number}\): (.*)$", out, re.MULTILINE)
        assert everyday(line.split(", ")) == set(members.split(", "))
    assert "50 memberships; outside: Kungsbacka kommun in gr" in out
    assert "and Västra Götalandsregionen" in out
    for answer in ("no mandate recorded", "expressly not", "along which no mandate flows"):
        assert answer in " ".join(out.split())
    assert re.search(r"inlamnad-plan .* jointly huvudmannen +skr +op-2016 +2016-10-31 .* arrived +30 +open", out)
    assert re.search(r" 65 000 000 kr  .* — amount derived", out)
    for amount in (300, 150, 200, 130, 845):
        assert f"{amount} 000 000 kr" in out


# ================================================================ case 2: a pilot in two districts of Göteborg

DISTRICTS = {"goteborg.majorna-linne", "goteborg.askim-frolunda-hogsbo"}
PLANS = {"goteborg.majorna-linne": "plan-majorna-linne", "goteborg.askim-frolunda-hogsbo": "plan-askim-frolunda-hogsbo"}


def test_in_goteborg_nothing_is_wrong_but_that_nobody_proves_the_mandate(pilot):
    findings = sv.check(pilot)
    assert {(finding.rule, str(finding.severity)) for finding in findings} == {("mandate-without-evidence", "note")}


def test_in_goteborg_two_districts_and_two_unnamed_classes_took_part_and_fou_i_vast_supported(pilot):
    table = sv.responsible(pilot, "pilot").where(thing="pilot")
    took = {(row.who, row.capacity) for row in table}
    assert took == {
        *((district, capacity) for district in DISTRICTS for capacity in ("carries out", "owns")),
        ("vardcentraler", "carries out"),
        ("oppenvardspsykiatri", "carries out"),
        ("nosam", "carries out"),
        ("gr.fou", "supports"),
    }
    homes = {row.who: row.organisations for row in table}
    assert {homes[district] for district in DISTRICTS} == {("goteborg",)}
    assert homes["gr.fou"] == ("gr",)
    assert (pilot["goteborg"].kind, pilot["gr"].kind) == (
        sv.vocabulary.ActorKind.KOMMUN,
        sv.vocabulary.ActorKind.KOMMUNALFORBUND,
    )
    for unnamed in ("vardcentraler", "oppenvardspsykiatri", "nosam"):
        assert (pilot[unnamed].of, pilot[unnamed].count) == ((), sv.UNKNOWN)
        assert {(row.field, str(row.why)) for row in sv.unknowns(pilot, unnamed).where(record=unnamed)} == {
            ("of", "the source is silent"),
            ("count", "the source is silent"),
        }


def test_in_goteborg_a_problem_picture_came_first_then_the_analysis_then_one_plan_for_each_district(pilot):
    waits = {(d.predecessor, d.successor) for d in pilot[sv.Dependency] if d.kind.blocks}
    plans = {"pilot.handlingsplan-majorna-linne", "pilot.handlingsplan-askim-frolunda-hogsbo"}
    assert waits == {("pilot.problembild", "pilot.analys"), *(("pilot.analys", plan) for plan in plans)}


def test_in_goteborg_the_project_ended_before_the_page_was_changed_and_is_for_those_of_18_to_64(pilot):
    days = ("2017-02-13", "2017-02-14")
    answers = [pilot["pilot"].period.end.before(day) for day in days]
    assert answers == [sv.Truth.CANNOT_TELL, sv.Truth.YES]
    assert "18–64 år" in pilot["pilot"].target_group
    seen = pilot[sv.Observation, "var-femte"]
    assert (str(seen.number), seen.number.is_(1), pilot[seen.indicator].unit) == (
        "~1",
        sv.Truth.CANNOT_TELL,
        "av fem invånare",
    )


def orphans(c: sv.Collaboration, on: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    tables = (sv.carries_on(c, plan, on=on) for plan in ("pilot", *PLANS.values()))
    return {row.thing: (str(row.orphaned), tuple(sorted(row.carriers))) for table in tables for row in table}


def test_in_goteborg_nothing_is_orphaned_as_of_2017(pilot):
    assert orphans(pilot, "2017-03-01") == {
        "pilot": ("no", tuple(sorted(DISTRICTS))),
        **{plan: ("no", (district,)) for district, plan in PLANS.items()},
    }
    assert {str(row.orphaned) for row in sv.carries_on(pilot, on="2017-03-01")} == {"no"}


def test_in_goteborg_all_is_orphaned_as_of_2022_and_the_districts_and_the_association_with_it(pilot):
    assert set(orphans(pilot, "2022-01-01").values()) == {("yes", ())}
    table = sv.carries_on(pilot, on="2022-01-01")
    assert {row.thing for row in table if row.orphaned is sv.Truth.YES} == {
        "pilot",
        *PLANS.values(),
        *DISTRICTS,
        "finsam-centrum",
    }
    last = {row.thing: str(row.last) for row in table}
    assert {last[district] for district in DISTRICTS} == {"2020-12-31"}
    assert last["finsam-centrum"] == "2019-06-30"


@pytest.mark.parametrize(("on", "orphaned"), [("2020-12-31", "no"), ("2021-01-01", "yes")])
def test_in_goteborg_the_plans_are_orphaned_from_the_day_on_which_the_districts_are_gone(pilot, on, orphaned):
    assert {orphans(pilot, on)[plan][0] for plan in PLANS.values()} == {orphaned}


def test_in_goteborg_nothing_is_orphaned_where_successors_are_recorded(pilot):
    heirs = [
        sv.Actor(id=f"ny-{n}", title="Ny", kind="nämnd", exists="2021/", replaces=gone, basis=sv.basis("made"))
        for n, gone in enumerate([*sorted(DISTRICTS), "finsam-centrum"])
    ]
    later = pilot.adding(*heirs)
    assert {orphaned for orphaned, _ in orphans(later, "2022-01-01").values()} == {"no"}
    table = sv.carries_on(later, on="2022-01-01")
    assert {str(row.orphaned) for row in table} == {"no"}
    assert {f"ny-{n} is made" for n in range(3)} <= set(table.assumed)
    half = pilot.adding(heirs[0])
    assert {plan: said[0] for plan, said in orphans(half, "2022-01-01").items()} == {
        "pilot": "no",
        "plan-askim-frolunda-hogsbo": "no",
        "plan-majorna-linne": "yes",
    }


def test_in_goteborg_proposals_rest_on_three_who_have_not_agreed_the_region_among_them(pilot):
    table = sv.unconfirmed_support(pilot)
    assert {(pilot[row.rests_on].title, row.stance) for row in table} == {
        ("Samordningsförbundet Göteborg Centrum", "in dialogue"),
        ("Nämnden för arbetsmarknad och vuxenutbildning", "mentioned"),
        ("Västra Götalandsregionen", "not asked, as recorded"),
    }
    assert {row.agrees for row in table} == {sv.Truth.NO}


def test_the_example_of_goteborg_prints_the_answers(printed):
    out = printed["goteborg_pilot"]
    assert "FoU i Väst: supports, unknown/by 2017-02-13; kommunalförbund, Göteborgsregionens kommunalförbund" in out
    assert "Vårdcentraler (how many of them: unknown)" in out
    assert re.search("gemensam problembild → Gemensam analys .* → Samordnad handlingsplan för Majorna-Linné", out)
    for plan in PLANS.values():
        assert re.search(f"2017-03-01  {plan}: orphaned no; ", out)
        assert f"2022-01-01  {plan}: orphaned yes; nobody" in out
    assert "Rests on: centrum.replaces is assumed" in out
    assert "newly recorded: the actor centrum, Socialnämnden Centrum" in out
    assert "not asked, as recorded" in out


# ================================================================ case 3: Värmland 2023


@pytest.fixture(scope="module")
def varmland() -> sv.Collaboration:
    return sv.read(EXAMPLES / "varmland_2023.yaml")


def test_in_varmland_nothing_is_wrong_but_what_the_text_leaves_out(varmland):
    findings = sv.check(varmland)
    assert {(finding.rule, finding.severity) for finding in findings} == {
        ("source-is-silent", sv.vocabulary.Severity.NOTE)
    }


def test_in_varmland_the_plan_and_the_roadmap_are_one_mutual_group_and_it_is_legal(varmland):
    (group,) = sv.graph(varmland).mutual_groups()
    assert (group.things, group.kinds, group.legal) == (("fardplan", "plan"), ("contributes to",), True)
    assert len(sv.graph(varmland).cycles()) == 0


def test_in_varmland_a_made_ring_of_must_finish_before_is_a_fault_and_marked_as_made(varmland):
    steps = [
        sv.Activity(id=f"{id}.antas", title="Antas", plan=id, basis=sv.basis("made")) for id in ("plan", "fardplan")
    ]
    links = [
        sv.Dependency(predecessor=a.id, successor=b.id, basis=sv.basis("made")) for a, b in (steps, reversed(steps))
    ]
    made = varmland.adding(*steps, *links)
    cycles = sv.graph(made).cycles()
    assert [str(cycle) for cycle in cycles] == ["fardplan.antas → plan.antas → fardplan.antas"]
    assert len(cycles.assumed) == 2
    (fault,) = sv.check(made).errors
    assert "fardplan.antas → plan.antas → fardplan.antas" in fault.text()


def test_in_varmland_the_quote_on_most_processes_makes_no_dependency(varmland):
    (quote,) = [seen for seen in varmland[sv.Observation] if "De flesta processer och planer" in seen.result]
    assert varmland.pointing_at(quote.id) == ()
    ends = {(link.predecessor, link.successor, str(link.kind)) for link in varmland[sv.Dependency]}
    assert ends == {
        ("plan", "fardplan", "contributes to"),
        ("fardplan", "plan", "contributes to"),
        ("op-2023", "plan.konferens", "informs"),
    }


def test_in_varmland_each_level_of_an_area_is_covered_or_not_described_since_no_kommun_is_named(varmland):
    assert not [actor for actor in varmland[sv.Actor] if actor.kind is sv.vocabulary.ActorKind.KOMMUN]
    areas = [goal.id for goal in varmland[sv.Goal] if goal.kind is sv.vocabulary.GoalKind.AREA]
    factors = [goal.id for goal in varmland[sv.Goal] if goal.kind is sv.vocabulary.GoalKind.SUCCESS_FACTOR]
    assert (len(areas), len(factors)) == (3, 3)
    rows = {row.thing: (row.national, row.county, row.local) for row in sv.chains(varmland)}
    assert {rows[id] for id in areas} == {("covered", "not described", "not described")}
    assert {rows[id] for id in factors} == {("not described", "covered", "not described")}
    who = {(str(*cell.levels), cell.who) for cell in sv.gaps(varmland) if cell.state is sv.answers.Cover.COVERED}
    assert who == {("national", ("skr", "staten")), ("county", ("samordningsgruppen",))}


def test_in_varmland_the_gaps_are_those_that_the_source_tells_of_and_none_is_computed(varmland):
    cells = sv.gaps(varmland)
    told = {(cell.thing, cell.levels): cell.as_written for cell in cells if cell.state is sv.answers.Cover.REPORTED}
    assert {key: "mellanrummen" in said or "lokalt också" in said for key, said in told.items()} == {
        ("plan", ("local",)): True,
        ("fardplan", ("national", "county")): True,
    }
    assert sv.answers.Cover.NOBODY not in {cell.state for cell in cells}


def test_in_varmland_the_two_plans_share_three_factors(varmland):
    both = [row.title for row in sv.shared_areas(varmland) if {"plan", "fardplan"} <= {*row.plans}]
    assert sorted(both) == [
        "Ledning och stödstruktur",
        "Personcentrerat förhållningssätt/brukarmedverkan",
        "Samordning/samverkan",
    ]


def test_in_varmland_about_seven_of_ten_over_eighteen_rated_their_health_as_good_in_the_spring(varmland):
    (row,) = [row for row in sv.results(varmland, "sjalvskattad-halsa") if row.measure]
    assert (str(row.number), row.number.is_(7)) == ("~7", sv.Truth.CANNOT_TELL)
    assert (row.unit, row.target_group) == ("av tio personer", "personer över 18 år")
    assert (row.as_of.as_written, row.as_of) == (
        "våren 2022",
        sv.when("2022-03..2022-05", as_written="våren 2022"),
    )
    assert varmland[varmland[row.because[0]].source].title == "Liv och hälsa 2022"


def test_in_varmland_fewer_than_two_hundred_came_and_the_forum_is_there_since_the_autumn(varmland):
    came = varmland[sv.Activity, "plan.konferens"].participants
    assert (came.is_(200), came.is_(199)) == (sv.Truth.NO, sv.Truth.CANNOT_TELL)
    since = varmland[sv.Process, "patientforum"].period
    answers = [since.contains(day) for day in ("2021-08-31", "2021-10-15", "2021-11-30", "2023-05-12")]
    assert answers == [sv.Truth.NO, sv.Truth.CANNOT_TELL, sv.Truth.YES, sv.Truth.YES]
    assert "hösten 2021" in since.start.as_written


def test_the_example_of_varmland_prints_the_answers(printed):
    out = printed["varmland_2023"]
    assert re.search(r"fardplan, plan +contributes to +yes", out)
    assert "fardplan.antas → plan.antas → fardplan.antas" in out
    assert "waits-for-itself" in out
    for cell in ("covered", "not described", "gap told by the source"):
        assert cell in out
    assert "~7" in out
    assert "personer över 18 år" in out


# ================================================================ case 4: Norrtälje


def test_in_norrtalje_the_board_is_warned_that_nobody_leads_what_remains_and_of_nothing_else(kson):
    findings = sv.check(kson)
    assert len(findings.errors) == 0
    (warning,) = findings.of(severity=sv.vocabulary.Severity.WARNING)
    assert (warning.rule, warning.difference) == ("nobody-leads", 10)
    assert "slutrapport" in warning.because
    assert len(kson[sv.Observation, warning.record].of) == 25
    assert "10 (needs coordinated leadership) remain of 25" in warning.text()
    assert "10" in warning.text("sv")


def test_in_norrtalje_fifteen_of_twenty_five_are_completed_and_nobody_says_which(kson):
    table = sv.progress(kson, "tillsammans").where(scale="slutrapporten")
    assert [(row.of, row.status, row.number.exact, row.total, row.percent, row.which) for row in table] == [
        ("25 processes", "completed", 15, 25, 60, "not said"),
        ("25 processes", "needs coordinated leadership", 10, 25, 40, "not said"),
    ]
    assert any("which of the 25" in sentence for sentence in table.unknown)
    assert len(kson[sv.Process]) == 25
    assert {process.title for process in kson[sv.Process]} == {""}


@pytest.mark.parametrize(
    ("on", "state"), [("2022-06-01", "held"), ("2023-12-31", "held"), ("2024-01-01", "ended"), ("2024-06-01", "ended")]
)
def test_in_norrtalje_the_steering_group_led_for_three_years_and_nobody_does_now(kson, on, state):
    table = sv.responsible(kson, "tillsammans", capacity="leads", on=on).where(thing="tillsammans")
    assert [(row.who, str(row.state)) for row in table] == [("styrgruppen", state)]


def test_in_norrtalje_nobody_is_recorded_as_leading_any_of_the_processes(kson):
    table = sv.responsible(kson, "tillsammans", capacity="leads", on="2024-06-01")
    states = [str(row.state) for row in table if row.thing.startswith("tillsammans.process-")]
    assert states == ["not described"] * 25


@pytest.mark.parametrize(
    ("on", "state", "days_left"),
    [
        ("2024-06-01", "open", "213"),
        ("2024-12-31", "open", "0"),
        ("2025-02-01", "overdue or reported, not known", "-32"),
    ],
)
def test_in_norrtalje_the_evaluation_is_due_during_2024(kson, on, state, days_left):
    (row,) = sv.due(kson, "kson.forvaltningen", on=on)
    assert (str(row.state), str(row.days_left)) == (state, days_left)
    assert row.deadline.exact == sv.day("2024-12-31")
    assert row.as_written == "under 2024"
    assert (row.by, row.to) == ((sv.Party("kson.forvaltningen"),), (sv.Party("kson.direktionen"),))


def test_in_norrtalje_the_board_approves_commissions_and_notes(kson):
    decision = kson[sv.Decision, "slutrapport"]
    assert (decision.paragraph, decision.dnr, decision.body) == (11, "KSON 2023-469", "kson.direktionen")
    assert [(str(item.outcome), item.about) for item in decision.items] == [
        ("approves", ("tillsammans",)),
        ("commissions", ("tillsammans",)),
        ("notes", ("agenda",)),
    ]
    (commissioned,) = decision.items[1].commissions
    assert kson[sv.Obligation, commissioned].ground == "slutrapport"


def test_in_norrtalje_the_day_of_the_decision_is_unknown_and_is_told_to_be_so(kson):
    assert kson[sv.Decision, "slutrapport"].timing.done.is_unknown
    (gap,) = sv.unknowns(kson, "slutrapport").where(record="slutrapport")
    assert (gap.field, str(gap.why), gap.ask) == ("done", "the source is silent", ("kson",))


def test_in_norrtalje_the_decision_rests_on_two_whose_bodies_are_not_named(kson):
    earlier = [kson[sv.Decision, id] for id in kson[sv.Decision, "slutrapport"].rests_on]
    assert {(str(d.timing.done), d.paragraph, d.body) for d in earlier} == {
        ("2021-02-10", 6, sv.UNKNOWN),
        ("2020-02-06", 6, sv.UNKNOWN),
    }
    assert {(d.id, "body") for d in earlier} <= {(row.record, row.field) for row in sv.unknowns(kson)}


def test_in_norrtalje_the_decision_is_sent_to_two(kson):
    sent_to = kson[sv.Decision, "slutrapport"].sent_to
    assert [kson[id].title for id in sent_to] == ["Region Stockholm", "Norrtälje kommun"]


def test_in_norrtalje_the_money_went_to_at_least_three_areas_and_no_sum_is_made_up(kson):
    table = sv.spending(kson, "tillsammans")
    assert {row.title for row in table} == {
        "Förstärkningstjänster",
        "Kompetensutveckling för medarbetare",
        "Aktiviteter och insatser direkt till kommunens invånare",
    }
    assert {(row.amount, row.grant) for row in table} == {(sv.UNKNOWN, sv.UNKNOWN)}
    assert table.unknown == (
        "the total: at least these 3, of which 3 without a known amount",
        "what else: the source states that the list is not complete",
        "out of which grants",
    )


def test_in_norrtalje_the_ambassadors_are_about_sixty(kson):
    number = kson[sv.Role, "ambassadorer"].count
    assert str(number) == "~60"
    assert number.exact is None
    assert number.is_(60) is sv.Truth.CANNOT_TELL
    assert {process.by for process in kson[sv.Process]} == {(sv.Party("ambassadorer"),)}


def test_in_norrtalje_five_administrations_take_part(kson):
    assert {kson[id].title for id in kson.members("deltagarna")} == {
        "Kommunalförbundet Sjukvård och omsorg i Norrtälje",
        "Socialförvaltningen",
        "Barn- och utbildningsförvaltningen",
        "Kultur- och fritidsförvaltningen",
        "Kommunstyrelsekontoret",
    }


def test_the_example_of_norrtalje_prints_the_answers(printed):
    out = printed["norrtalje_2023"]
    assert re.search(r"25 processes .* completed +15 +25 +3/5 +60 +not said", out)
    assert re.search(r"needs coordinated leadership +10 +25 ", out)
    assert re.search(r"tillsammans .* styrgruppen +leads .* ended", out)
    assert re.search(r"2024-12-31 +under 2024 .* 213 +open", out)
    assert "overdue or reported, not known" in out
    assert "nobody-leads" in out
    assert "§ 11, KSON 2023-469, day unknown" in out
    for rests_on in ("§ 6, 2021-02-10, decided by: unknown", "§ 6, 2020-02-06, decided by: unknown"):
        assert rests_on in out
    assert "sent to Region Stockholm, Norrtälje kommun" in out
    assert "at least these 3, of which 3 without a known amount" in out


# ================================================================ case 5: the roadmap to close care 2019–2030


def test_nothing_is_wrong_in_the_roadmap_but_what_its_sources_leave_out(roadmap):
    findings = sv.check(roadmap)
    assert {finding.rule for finding in findings} == {"source-is-silent", "done-without-its-predecessor"}
    assert {f.record for f in findings.of("done-without-its-predecessor")} == {"fardplan.forslag", "sro-2022"}
    assert {str(f.severity) for f in findings} == {"note"}


def test_sro_may_not_decide_for_the_fifty_and_may_all_the_same_commission(roadmap):
    rulings = sv.may(roadmap, "sro", ["commission", "recommend", "decide"], for_="huvudmannen", on="2022-02-24")
    assert [str(row.answer) for row in rulings] == ["yes", "yes", "expressly not"]
    commission = roadmap[sv.Obligation, "uppdrag"]
    given = roadmap[sv.Decision, commission.ground]
    assert (given.body, str(given.timing.done)) == ("sro", "2019-11-01")
    assert {party.id for party in commission.by} == {"vgr", "vastkom"}
    assert len(commission.parts) == 4


@pytest.mark.parametrize(
    ("on", "asked", "known"),
    [
        # since when a body that is to decide has been asked is not told, only that it has been by then
        ("2019-12-01", (0, None, None, 0), (0, 0, 0, 0)),
        ("2021-10-01", (50, None, None, 0), (0, 0, 0, 0)),
        ("2022-02-23", (50, None, None, 0), (0, 0, 0, 0)),
        ("2022-02-24", (50, None, 1, 50), (0, 0, 1, 0)),
        ("2022-03-01", (50, 1, 1, 50), (0, 0, 1, 0)),
        ("2022-09-01", (50, 1, 1, 50), (0, 0, 1, 0)),
        ("2023-06-01", (50, 1, 1, 50), (0, 0, 1, 0)),
        (None, (50, 1, 1, 50), (0, 0, 1, 0)),
    ],
)
def test_fifty_are_asked_of_the_roadmap_and_of_sro_alone_an_answer_is_known(roadmap, on, asked, known):
    steps = sv.replies(roadmap, "fardplan", on=on)
    titles = [step.title for step in steps]
    assert [title.split()[0].rstrip(",") for title in titles] == ["Remissvar", "Vårdsamverkan", "Politiska", "Beslut"]
    assert tuple(step.asked.exact for step in steps) == asked
    assert tuple(step.known.exact for step in steps) == known


def test_fifty_answers_that_are_not_known_are_not_fifty_that_were_not_given(roadmap):
    for on in ("2022-03-01", "2022-09-01", "2023-06-01"):
        rows = [row for row in sv.ladder(roadmap, "fardplan", on=on) if row.step == 4]
        assert {row.principal for row in rows} == set(roadmap.members("huvudmannen"))
        assert {str(row.answer) for row in rows} == {"not answered, as far as known"}
        assert sv.replies(roadmap, "fardplan", on=on)[3].silent.exact == 0


def test_sro_recommends_the_roadmap_and_decides_it_for_nobody(roadmap):
    (row,) = sv.ladder(roadmap, "fardplan", on="2022-03-01").where(principal="sro")
    assert (str(row.answer), str(row.day), row.record) == ("recommended", "2022-02-24", "sro-2022")
    members = {m.member for m in roadmap[sv.Membership] if m.of == "sro"}
    assert members == {"vgr", "vastkom"}
    assert "yes" not in {str(row.answer) for row in sv.ladder(roadmap, "fardplan")}


@pytest.mark.parametrize(
    ("thing", "days"),
    [
        ("fardplan.utredningen", [("brevet 2019", "2020-03", "None"), ("outcome", "None", "None")]),
        ("fardplan.dialog", [("brevet 2019", "2020-06", "None"), ("outcome", "None", "None")]),
        ("fardplan.remiss", [("2021-06-09", "2021-12-31", "None"), ("outcome", "2021-12-31", "0")]),
        ("vvg-2022", [("2021-06-09", "2022-01", "None"), ("planned", "2022-02", "1..58"), ("outcome", "None", "None")]),
        ("sro-2022", [("2021-06-09", "2022-02", "None"), ("outcome", "2022-02-24", "-4..23")]),
        (
            "beslut",
            [
                ("2021-06-09", "2022-03-01..2022-05-31", "None"),
                ("planned", "2022-09-01..2022-12-31", "93..305"),
                ("outcome", "None", "None"),
            ],
        ),
    ],
)
def test_the_timetables_of_the_roadmap_and_their_outcome_side_by_side(roadmap, thing, days):
    table = sv.timetables(roadmap)
    rows = table.where(thing=thing)
    assert [(row.timetable, str(row.day), str(row.later)) for row in rows] == days
    told = any(thing in sentence and "no outcome is recorded" in sentence for sentence in table.unknown)
    assert told is (days[-1][1] == "None")


def test_the_inquiry_informs_the_roadmap_and_holds_nothing_up(roadmap):
    (link,) = [link for link in roadmap[sv.Dependency] if link.predecessor == "fardplan.utredningen"]
    assert not link.kind.blocks
    reached = sv.graph(roadmap.as_of("2020-02-29")).reaches("fardplan.utredningen")
    assert {"fardplan.forslag", "sro-2022", "beslut"} <= {row.id for row in reached}
    assert not any(row.certain for row in reached)
    assert len(sv.graph(roadmap).reaches("fardplan.utredningen")) == 0


def test_what_is_due_of_the_roadmap_until_the_plan_ends(roadmap):
    rows = sv.due(roadmap, on="2022-09-01")
    assert [(row.obligation, str(row.deadline)) for row in rows] == [
        ("remissvar", "2021-12-31"),
        ("beslut", "2022-12-31"),
        ("uppfoljning-2024", "2024-12-31"),
        ("uppfoljning-2028", "2028-12-31"),
        ("uppdrag", "unknown"),
    ]
    assert str(roadmap["fardplan"].period) == "2023-01-01/2030-12-31"


def test_the_example_of_the_roadmap_prints_the_answers(printed):
    out = printed["fardplan_2030"]
    assert re.search(r"4 +Beslut hos respektive huvudman +50 +0 +0 +0 +0", out)
    assert re.search(r"3 +Politiska samrådsorganet SRO +1 +1 +0 +0 +0", out)
    assert "not answered, as far as known" in out
    assert re.search(r"sro-2022 .* outcome +2022-02-24 +-4\.\.23", out)
    assert "2028-12-31" in out
    assert re.search(r"fardplan\.forslag .* no +fardplan\.utredningen —informs→", out)


# ================================================================ every example


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("ending", [".yaml", ".json"])
def test_an_example_is_written_and_read_back_the_same_byte_for_byte(document, ending, tmp_path):
    c = sv.read(document)
    first, again, other = tmp_path / f"a{ending}", tmp_path / f"b{ending}", tmp_path / "c.json"
    sv.write(c, first)
    back = sv.read(first)
    assert back == c
    assert (back.id, back.title, back.known) == (c.id, c.title, c.known)
    sv.write(back, again)
    sv.write(c, other)
    assert again.read_bytes() == first.read_bytes()
    sv.write(sv.read(other), again)
    assert again.read_bytes() == first.read_bytes()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_an_example_has_its_answers_asked_the_same_whichever_form_it_was_read_from(document, tmp_path):
    c = sv.read(document)
    sv.write(c, tmp_path / "copy.json")
    copy = sv.read(tmp_path / "copy.json")
    for question in (sv.unknowns, sv.responsible, lambda x: sv.due(x, on="2025-02-01")):
        assert question(copy) == question(c)
    assert [f.sentence for f in sv.check(copy)] == [f.sentence for f in sv.check(c)]


def test_every_case_has_a_document_and_a_script():
    cases = {"fardplan_2030", "goteborg_pilot", "norrtalje_2023", "vastra_gotaland_2016"}
    assert cases <= {path.stem for path in SCRIPTS}
    assert cases <= {path.stem for path in DOCUMENTS}


def test_the_cases_have_a_document_and_a_script():
    both = {"norrtalje_2023", "varmland_2023", "vastra_gotaland_2016", "fardplan_2030"}
    assert both <= {path.stem for path in SCRIPTS}
    assert both <= {path.stem for path in DOCUMENTS}


ANSWERS = ("49", "50", "12", "8", "15", "14", "25", "10", "60", "845", "65", "300", "150", "200", "130", "213", "30")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_no_example_has_an_answer_typed_in(script):
    """A number may stand within an id or a day, which is what is asked about, or say how wide a column is."""
    text = script.read_text(encoding="utf-8").replace("Samordningsförbundet Göteborg", "")  # which case 2 adds
    numbers = [number for number in ANSWERS if re.search(rf"(?<![\w.>-]){number}(?![\w.-])", text)]
    places = [name for name in (*THE_49, "Kungsbacka", "Halland") if re.search(rf"\b{name}\b", text)]
    assert (numbers, places) == ([], [])
