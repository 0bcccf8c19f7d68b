"""Every picture: its words do not lie upon one another, its shapes differ without colour, and it says what it is of."""

import re
import sys
from functools import cache
from itertools import combinations

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings

import samverkan as sv
from tests.strategies import NASTY_TEXTS, collaborations

matplotlib = pytest.importorskip("matplotlib", reason="the extra plot is not installed")

from matplotlib import pyplot as plt  # noqa: E402 (after it is known to be there)
from matplotlib.colors import to_rgb  # noqa: E402

EXAMPLES = ("vastra_gotaland_2016", "norrtalje_2023", "psykisk_halsa_2012_2026", "fardplan_2030")
ANSWERS = (
    *("yes", "no", "recommended", "commissioned", "supports", "noted", "answered", "in dialogue", "not answered"),
    *("not answered, as far as known", "not answered, or not asked yet", "not asked", "cannot be told"),
)


@pytest.fixture(autouse=True)
def closed():
    """No figure is left open, and none is wider than a screen by a fault."""
    plt.switch_backend("Agg")
    yield
    plt.close("all")


@frozen
class Rung:
    step: int | None
    title: str
    principal: str
    answer: str


def rungs(*rows):
    return sv.Table(Rung, tuple(Rung(*row) for row in rows), "Who has answered what")


def fifty(c):
    """A ladder of four steps on whose last fifty principals stand, with every answer among them."""
    first = [(1, "Styrgrupp", "styrgrupp", "yes"), (2, "Tjänstemannaberedning", "vastkom", "in dialogue"),
             (3, "Politiska samrådsorganet SRO", "sro", "recommended")]  # fmt: skip
    last = [(4, "De 50 huvudmännen", id, ANSWERS[n % len(ANSWERS)]) for n, id in enumerate(c.members("huvudmannen"))]
    return rungs(*first, *last)


def climbed(on):
    """The ladder of the roadmap, as it was answered on a day."""
    return sv.ladder(read("fardplan_2030"), "fardplan", on=on)


def county(c):
    """The collaboration with money to each of the 49, some of which is known only roughly, passed on and used."""
    records = []
    for number, id in enumerate(c.members("de-49")):
        share, amount = f"ph-2016.kommun-plan>{id}", sv.Money(100_000 + 7_777 * number)
        told = sv.UNKNOWN if number % 9 == 0 else amount
        records += [
            sv.Allocation(grant="ph-2016.kommun-plan", recipient=id, amount=amount),
            sv.FundingEvent(id=f"paid-{number}", kind="paid", allocation=share, amount=told, day="2016-02-01"),
            sv.FundingEvent(id=f"used-{number}", kind="used", allocation=share, amount=sv.Money("50000.50"),
                            day="2016-11", what_for="lansplan.forslag"),
        ]  # fmt: skip
    return sv.ledger(c.adding(*records)).as_of("2016-11-15")


def slipped(c):
    """The plan of 2016 with days for every step, two timetables before it, and a decision that comes late."""
    first, second = "första tidplanen", "tidplan 2"
    days = {
        "lansplan.forslag": {"planned": "2016-10-mid", "days": 20, "baselines": sv.Baseline(label=first, day="2016-10-early")},
        "lansplan.beslut": {"days": 0, "baselines": (sv.Baseline(label=first, day="2016-10-14"), sv.Baseline(label=second, day="2016-10-20"))},
        "lansplan.utskick": {"days": 5},
        "lansplan.till-skl": {"days": 1},
    }  # fmt: skip
    told = [evolve(c[id], timing=evolve(c[id].timing, **more)) for id, more in days.items()]
    return sv.schedule(c.replacing(*told)).delayed({"lansplan.beslut": 12})


@cache
def read(name):
    return sv.read(f"examples/{name}.yaml")


def pictures():
    """Every picture of the real collaborations, as a function of a language and axes."""
    for name in EXAMPLES:
        yield (
            f"dependencies {name}",
            lambda lang, ax, name=name: sv.views.dependencies(sv.graph(read(name)), lang=lang, ax=ax),
        )
    for name, plan in (("vastra_gotaland_2016", "lansplan"), ("norrtalje_2023", "tillsammans")):
        yield (
            f"progress {name}",
            lambda lang, ax, name=name, plan=plan: sv.views.progress(sv.progress(read(name), plan), lang=lang, ax=ax),
        )
    for name in EXAMPLES:
        yield f"gantt {name}", lambda lang, ax, name=name: sv.views.gantt(sv.schedule(read(name)), lang=lang, ax=ax)
    yield "gantt, a slip", lambda lang, ax: sv.views.gantt(slipped(read(EXAMPLES[0])), lang=lang, ax=ax)
    vg = "vastra_gotaland_2016"
    for on in ("2022-03-01", "2021-10-01"):
        yield (
            f"ladder {on}",
            lambda lang, ax, on=on: sv.views.ladder(climbed(on), read("fardplan_2030"), lang=lang, ax=ax),
        )
    yield "ladder", lambda lang, ax: sv.views.ladder(fifty(read(vg)), read(vg), lang=lang, ax=ax)
    yield "money", lambda lang, ax: sv.views.money(county(read(vg)), "ph-2016", lang=lang, ax=ax)
    yield "money, one", lambda lang, ax: sv.views.money(sv.ledger(read(EXAMPLES[2])), "prio-2013", lang=lang, ax=ax)


PICTURES = dict(pictures())


def words(ax):
    """Every text that is seen, with the box it takes up."""
    ax.figure.draw_without_rendering()
    legend = [*ax.get_legend().get_texts()] if ax.get_legend() else []
    labels = [*ax.get_yticklabels(), *ax.get_xticklabels()] if ax.axison else []
    seen = [*ax.texts, *labels, ax.title, ax._left_title, *legend]
    return [(text.get_text(), text.get_window_extent()) for text in seen if text.get_visible() and text.get_text()]


def said(ax):
    """What is said on a picture, but for its notes."""
    return [text.get_text() for text in ax.texts if text.get_gid() != "notes"]


def overlaps(one, other):
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return wide > 0.5 and high > 0.5


def grey(colour):
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_no_word_lies_upon_another_or_outside_the_sheet(draw, lang):
    ax = draw(lang, None)
    found = words(ax)
    assert len(found) > 2
    assert [(a, b) for (a, one), (b, other) in combinations(found, 2) if overlaps(one, other)] == []
    sheet = ax.figure.bbox
    outside = [text for text, box in found if box.x0 < 0 or box.y0 < 0 or box.x1 > sheet.x1 or box.y1 > sheet.y1]
    assert outside == []


@pytest.mark.parametrize("size", [(10, 14), (16, 9)], ids=str)
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_axes_that_are_given_are_drawn_on_and_given_back(draw, size):
    figure, given = plt.subplots(figsize=size, layout="constrained")
    assert draw("sv", given) is given
    figure.draw_without_rendering()
    assert figure.axes == [given]
    assert plt.get_fignums() == [figure.number]
    assert [(a, b) for (a, one), (b, other) in combinations(words(given), 2) if overlaps(one, other)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_name_of_a_box_and_whose_it_is_stand_inside_it(name):
    ax = sv.views.dependencies(sv.graph(read(name)), lang="sv")
    found = words(ax)
    boxes = [patch.get_window_extent() for patch in ax.patches if patch.get_zorder() == 3]
    assert boxes
    inside = [text for text, place in found for box in boxes
              if box.x0 < place.x0 and place.x1 < box.x1 and box.y0 < place.y0 and place.y1 < box.y1]  # fmt: skip
    partly = [text for text, place in found if any(overlaps(place, box) for box in boxes) and text not in inside]
    assert len(inside) >= len(boxes)
    assert partly == []
    assert not any(overlaps(one, other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_what_the_key_tells_apart_differs_without_colour(draw):
    legend = draw("en", None).get_legend()
    looks = []
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=True):
        if hasattr(handle, "get_facecolor"):
            shade = (
                round(grey(handle.get_facecolor()[:3]), 1) if handle.get_fill() and handle.get_facecolor()[3] else None
            )
            looks.append((shade, handle.get_hatch(), handle.get_linestyle(), re.findall(r"^ (\S) ", text.get_text())))
        else:
            looks.append((handle.get_linestyle(), handle.get_marker()))
    assert all(one != other for one, other in combinations(looks, 2))


def test_the_first_ten_shades_differ_without_colour():
    from samverkan.views.sheet import shade

    looks = [shade(number) for number in range(10)]
    for one, other in combinations(looks, 2):
        apart = abs(grey(one["facecolor"]) - grey(other["facecolor"]))
        assert one["hatch"] != other["hatch"] or apart > 0.15


def test_what_comes_first_stands_to_the_left_and_nations_above_counties():
    c = read("vastra_gotaland_2016")
    ax = sv.views.dependencies(sv.graph(c))
    places = {patch.get_gid(): patch.get_window_extent() for patch in ax.patches if patch.get_zorder() == 3}
    for link in c[sv.Dependency]:
        assert places[link.predecessor].x1 < places[link.successor].x0
    assert places["skr"].y0 > places["lansplan.beslut"].y1
    assert places["lansplan.beslut"].y0 > places["inlamnad-plan"].y1


def test_what_blocks_is_a_whole_line_and_what_informs_is_dashed():
    steps = [sv.Activity(id=id, title=id) for id in "abc"]
    links = [
        sv.Dependency(predecessor="a", successor="b"),
        sv.Dependency(predecessor="a", successor="c", kind="informs"),
    ]
    ax = sv.views.dependencies(sv.graph(sv.Collaboration([*steps, *links])))
    styles = {lines.get_gid(): lines.get_linestyle()[0] for lines in ax.collections}
    assert styles["must come before:b"] == (0, None)
    assert styles["informs or contributes to:c"][1] is not None


# ---------------------------------------------------------------- the schedule


def day(text):
    return sv.day(text).toordinal()


def stretches(ax, what):
    """From the first to the last day of each shape of a sort, by step."""
    found = {p.get_gid(): (p.get_x(), p.get_x() + p.get_width() - 1) for p in ax.patches if p.get_gid()}
    return {gid.partition(":")[2]: ends for gid, ends in found.items() if gid.startswith(f"{what}:")}


def planned(*steps, **about):
    ale = sv.Actor(id="ale", title="Ale kommun", kind="kommun")
    return sv.schedule(sv.Collaboration([ale, *steps], **about))


def step(id, **timing):
    return sv.Activity(id=id, title=id, by="ale", timing=sv.Timing(**timing))


def test_what_is_certain_is_filled_and_what_is_vague_is_hatched():
    plan = planned(step("vag", planned="2016-10-11..2016-10-20", days=15), step("exakt", planned="2016-10-15", days=5))
    ax = sv.views.gantt(plan)
    row = {row.id: row for row in plan.steps}
    assert stretches(ax, "step")["exakt"] == (row["exakt"].earliest_start.exact.toordinal(), day("2016-10-15"))
    assert "exakt" not in stretches(ax, "vague")
    starts = row["vag"].earliest_start
    assert stretches(ax, "vague")["vag"] == (starts.earliest.toordinal(), day("2016-10-20"))
    assert stretches(ax, "step")["vag"] == (starts.latest.toordinal(), day("2016-10-11"))
    hatches = {p.get_gid(): bool(p.get_hatch()) for p in ax.patches if p.get_gid()}
    assert hatches == {"step:exakt": False, "vague:vag": True, "step:vag": False}


def test_a_vague_day_alone_is_hatched_and_never_filled():
    ax = sv.views.gantt(planned(step("mote", planned="2016-10", days=0)))
    assert stretches(ax, "vague") == {"mote": (day("2016-10-01"), day("2016-10-31"))}
    assert stretches(ax, "step") == {}


def test_a_lane_has_the_name_of_its_group_and_its_id_only_where_it_has_none():
    two = [sv.Actor(id=id, title=id, kind="kommun") for id in "ab"]
    for title, label in (("De två huvudmännen", "De två huvudmännen"), ("", "huvudmannen")):
        group = sv.Group(id="huvudmannen", title=title, of=("a", "b"))
        plan = sv.schedule(sv.Collaboration([*two, group, sv.Activity(id="s", title="S", by="jointly huvudmannen")]))
        assert [text.get_text() for text in sv.views.gantt(plan).get_yticklabels()] == [label, "S"]


def test_what_no_day_is_told_of_has_no_bar_and_says_so():
    ax = sv.views.gantt(planned(step("steg", days=sv.UNKNOWN), step("annat", planned="2016-10-01")), lang="sv")
    assert "steg" not in {*stretches(ax, "step"), *stretches(ax, "vague")}
    assert "dag ej angiven" in said(ax)


def test_what_has_no_bound_goes_on_to_the_edge_with_an_arrow():
    ax = sv.views.gantt(planned(step("steg", planned="from 2016-10-15", days=0), step("annat", planned="2016-11-01")))
    assert ">" in [line.get_marker() for line in ax.lines]
    assert stretches(ax, "vague")["steg"][1] > day("2016-11-01")


def test_the_last_day_and_every_timetable_stand_on_their_days():
    ax = sv.views.gantt(slipped(read("vastra_gotaland_2016")), lang="sv")
    labels = [text.get_text() for text in ax.get_yticklabels()]
    marks = {}
    for line in ax.lines:
        if (line.get_gid() or "").partition(":")[0] in ("deadline", "baseline"):
            marks[labels[round(line.get_ydata()[0])], line.get_gid()] = [round(x - 0.5) for x in line.get_xdata()]
    first, second = "baseline:första tidplanen", "baseline:tidplan 2"
    assert marks["Styrgruppens beslut", first] == [day("2016-10-14")]
    assert marks["Styrgruppens beslut", second] == [day("2016-10-20")]
    assert marks["Förslag till analys och handlingsplan", first] == [day("2016-10-01"), day("2016-10-10")]
    assert marks["Överlämnas till SKL", "deadline"] == [day("2016-10-31")]
    shapes = {line.get_gid(): line.get_marker() for line in ax.lines if (line.get_gid() or "").startswith("baseline")}
    assert len(set(shapes.values())) == 2


def test_a_vague_due_day_is_a_line_that_ends_at_its_last_day():
    ax = sv.views.gantt(planned(step("a", planned="2016-10-01", due="2016-10-mid"), step("b", due="2016-10-31")))
    ((start, end),) = [found.get_segments()[0][:, 0] for found in ax.collections if found.get_gid() == "due"]
    assert (start, end - 0.5) == (day("2016-10-11"), day("2016-10-20"))


def test_steps_stand_in_the_lane_of_those_they_belong_to():
    ax = sv.views.gantt(slipped(read("vastra_gotaland_2016")), lang="sv")
    lanes, lane = {}, ""
    for label in ax.get_yticklabels():
        if label.get_fontweight() == "bold":
            lane = label.get_text()
        else:
            lanes[label.get_text()] = lane
    assert lanes["Styrgruppens beslut"] == "Styrgrupp psykisk hälsa"
    assert lanes["Förslag till analys och handlingsplan"] == "VästKom, Västra Götalandsregionen"
    assert lanes["Överlämnas till SKL"] == "ej angivet vems"


def test_critical_and_not_are_told_apart_without_colour():
    early = sv.Activity(id="tidig", title="Tidig", kind="milestone", timing=sv.Timing(planned="2016-09-early"))
    link = sv.Dependency(predecessor="tidig", successor="lansplan.till-skl")
    plan = slipped(read("vastra_gotaland_2016").adding(early, link))
    critical = {row.id: row.critical for row in plan.steps}
    looks = {}
    for p in sv.views.gantt(plan).patches:
        kind, _, id = (p.get_gid() or "").partition(":")
        if kind in ("step", "vague"):
            looks.setdefault((kind, critical[id]), set()).add(
                (round(grey(p.get_facecolor()[:3]), 1), p.get_linewidth())
            )
    assert critical["lansplan.beslut"] is sv.Truth.YES
    assert looks["vague", sv.Truth.YES].isdisjoint(looks["vague", sv.Truth.NO])


@pytest.mark.parametrize(
    ("first", "last", "named"),
    [
        ("2016-10-01", "2016-10-05", "2016-10-01"),
        ("2016-01-01", "2016-12-31", "2016-03"),
        ("2012-01-01", "2027-12-31", "2020"),
        ("1700-01-01", "2100-12-31", "1800"),
        ("0001-01-01", "9999-12-31", "6000"),
    ],
)
def test_the_days_that_are_named_are_few_and_in_their_place(first, last, named):
    from samverkan.views.ruler import ruler

    made = ruler([sv.day(first), sv.day(last)], 6.6)
    assert 2 <= len(made.ticks) <= 8
    assert named in [text for _, text in made.ticks]
    for place, text in made.ticks:
        assert place == sv.when(text).earliest.toordinal()
        assert made.first <= place <= made.last


@settings(max_examples=20)
@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
@given(collaborations((sv.Actor, sv.Activity, sv.Activity, sv.Obligation, sv.Decision, sv.Dependency), 4, 16))
def test_every_step_has_a_row_and_no_bar_ends_before_it_begins(c):
    plan = sv.schedule(c)
    ax = sv.views.gantt(plan)
    assert sum(text.get_fontweight() != "bold" for text in ax.get_yticklabels()) == len(plan)
    assert all(p.get_width() > 0 for p in ax.patches if p.get_gid())
    plt.close("all")


# ---------------------------------------------------------------- money


def flow(ax, what):
    return [(round(p.get_x()), round(p.get_x() + p.get_width())) for p in ax.patches if p.get_gid() == what]


def given_out(*events, **more):
    bodies = [sv.Actor(id=id, title=id.capitalize(), kind="kommun") for id in ("ale", "hjo")]
    grant = sv.Grant(id="g", title="Bidraget", payer="hjo", regime="direct")
    share = sv.Allocation(grant="g", recipient="ale", amount=sv.Money(100))
    found = [
        sv.FundingEvent(id=f"e{n}", kind=kind, allocation="g>ale", amount=amount, day=day, **more)
        for n, (kind, amount, day) in enumerate(events)
    ]
    return sv.ledger(sv.Collaboration([*bodies, grant, share, *found]))


def test_a_bar_is_as_long_as_what_went_for_certain_and_dashed_for_what_may_have():
    money = given_out(("paid", sv.Money(60), "2016-01-01"), ("paid", sv.Money(40), "2016-03")).as_of("2016-03-10")
    ax = sv.views.money(money, "g")
    assert (flow(ax, "certain"), flow(ax, "perhaps")) == ([(0, 60)], [(60, 100)])
    assert [text.get_text() for text in ax.texts] == ["60 kr..100 kr"]


def test_what_has_no_bound_goes_on_with_an_arrow_and_says_so():
    ax = sv.views.money(
        given_out(("paid", sv.Money(60), "2016-01-01"), ("paid", sv.UNKNOWN, "2016-03-01")), "g", lang="sv"
    )
    ((low, high),) = flow(ax, "perhaps")
    assert (low, high > 60) == (60, True)
    assert [text.get_text() for text in ax.texts] == ["minst 60 kr"]
    assert [line.get_marker() for line in ax.lines[1:]] == [">"]


def test_what_is_given_first_stands_first():
    ax = sv.views.money(
        given_out(("used", sv.Money(30), "2016-03-01"), ("paid", sv.Money(60), "2016-01-01")), "g", lang="sv"
    )
    assert [text.get_text() for text in ax.get_yticklabels()] == ["Hjo → Ale, utbetald", "Ale → ej angivet, förbrukad"]


def test_two_currencies_have_no_scale_in_common():
    money = given_out(("paid", sv.Money(60), "2016-01-01"), ("paid", sv.Money(7, "EUR"), "2016-01-01"))
    with pytest.raises(sv.InvalidValueError, match="EUR and SEK have no scale in common; name one of them as currency"):
        sv.views.money(money, "g")
    assert [text.get_text() for text in sv.views.money(money, "g", currency="EUR").texts] == ["7 EUR"]


# ---------------------------------------------------------------- progress


def statuses(ax):
    """How wide each status is drawn on each bar, in parts of the whole."""
    return [(p.get_gid().partition(":")[2], round(p.get_width(), 3)) for p in ax.patches if p.get_gid()]


def counted(*tallies, number=10, **more):
    steps = [sv.Process(id=f"p.process-{n}", plan="p") for n in range(1, number + 1)]
    said = tuple(sv.fields.Tally(status=status, number=many) for status, many in tallies)
    seen = sv.Observation(of=tuple(step.id for step in steps), tallies=said, **more)
    return sv.progress(sv.Collaboration([sv.Plan(id="p", title="Plan"), *steps, seen]), "p")


def test_the_report_of_norrtalje_is_fifteen_and_ten_of_twenty_five():
    ax = sv.views.progress(sv.progress(read("norrtalje_2023"), "tillsammans"), lang="sv")
    assert statuses(ax) == [("completed", 0.6), ("needs coordinated leadership", 0.4), ("not reported", 1.0)]
    assert said(ax)[1:] == ["ej rapporterad 3 av 3 (100 %)"]
    assert said(ax)[0] == "completed 15 av 25 (60 %); needs coordinated leadership 10 av 25 (40 %)"


def test_of_a_soft_count_only_the_least_is_drawn_and_the_rest_cannot_be_told():
    ax = sv.views.progress(counted(("klara", "4..7"), ("på gång", 2)))
    assert statuses(ax) == [("klara", 0.4), ("på gång", 0.2), ("cannot be told", 0.4)]


def test_a_count_that_is_only_about_has_a_bar_of_its_own():
    ax = sv.views.progress(counted(("klara", "~6"), ("på gång", 5)))
    assert len(ax.get_yticklabels()) == 2
    assert said(ax) == ["klara about 6 of 10", "på gång 5 of 10 (50 %)"]


def test_of_how_many_is_not_told_has_no_bar():
    plan = sv.Plan(id="p", title="Plan")
    seen = sv.Observation(of="p", tallies=sv.fields.Tally(status="klara", number=15))
    ax = sv.views.progress(sv.progress(sv.Collaboration([plan, seen]), "p"), lang="sv")
    assert statuses(ax) == []
    assert [text.get_text() for text in ax.texts] == ["klara 15 (av hur många är ej angivet)"]


def test_not_reported_and_not_measurable_never_look_like_a_status():
    ax = sv.views.progress(counted(("not measurable", 3), ("klara", 2)))
    hatches = {p.get_gid(): (p.get_hatch(), p.get_facecolor()[3]) for p in ax.patches if p.get_gid()}
    assert hatches["status:not reported"] != hatches["status:not measurable"]
    assert [hatches[f"status:not {word}"][1] for word in ("reported", "measurable")] == [0, 0]
    assert hatches["status:klara"][1] == 1


@settings(max_examples=20)
@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
@given(collaborations((sv.Plan, sv.Process, sv.Activity, sv.Observation, sv.Observation), 4, 20))
def test_no_bar_of_progress_is_longer_than_the_whole(c):
    for plan in c[sv.Plan]:
        table = sv.progress(c, plan.id)
        ax = sv.views.progress(table)
        ends = [p.get_x() + p.get_width() for p in ax.patches]
        assert all(end <= 1 + 1e-9 for end in ends)
        plt.close("all")


# ---------------------------------------------------------------- the ladder


def test_fifty_principals_have_a_row_each_with_the_sign_that_the_key_tells():
    c = read("vastra_gotaland_2016")
    ax = sv.views.ladder(fifty(c), c, lang="sv")
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert len(labels) == 53
    assert {"Åmåls kommun", "Öckerö kommun", "Västra Götalandsregionen"} <= set(labels)
    key = dict(text.get_text().strip().split(" ", 1) for text in ax.get_legend().get_texts())
    assert len(key) == len(ANSWERS)
    signs = {round(text.get_position()[1]): text.get_text() for text in ax.texts if text.get_text() in key}
    for row in fifty(c):
        place = labels.index(c[row.principal].title)
        assert key[signs[place]] in (row.answer, sv.views.words.say(row.answer, "sv"))
    heights = [text.get_window_extent().height for text in ax.get_yticklabels()]
    assert min(heights) > 6


def test_the_ladder_of_the_roadmap_shows_fifty_without_an_answer_and_one_that_recommends():
    c, table = read("fardplan_2030"), climbed("2022-03-01")
    ax = sv.views.ladder(table, c, lang="sv")
    labels = [text.get_text() for text in ax.get_yticklabels()]
    cells = {(labels[round(p.get_y() + 0.42)], round(p.get_x() + 0.45) + 1): p.get_gid() for p in ax.patches}
    assert cells["Politiska samrådsorganet SRO", 3] == "answer:▲"
    assert {cells[c[id].title, 4] for id in c.members("huvudmannen")} == {"answer:◌"}
    assert len(cells) == len(table)


def test_every_answer_that_the_library_gives_has_a_sign():
    assert {str(reply) for reply in sv.answers.Reply} <= set(ANSWERS)
    ax = sv.views.ladder(rungs(*((1, "Ett", f"b{n}", reply) for n, reply in enumerate(sv.answers.Reply))), lang="sv")
    said = [text.get_text().strip().partition(" ") for text in ax.get_legend().get_texts()]
    assert {word for _, _, word in said} == {reply.sv for reply in sv.answers.Reply}
    assert len({sign for sign, _, _ in said} - set("ABCDEFGHIJKLMNOPQ")) == len(sv.answers.Reply)


def test_not_asked_not_answered_and_no_part_are_three_cells():
    ax = sv.views.ladder(
        rungs((1, "Ett", "ale", "not asked"), (1, "Ett", "hjo", "not answered"), (2, "Två", "ale", "yes"))
    )
    cells = {(round(p.get_x() + 0.45), round(p.get_y() + 0.42)): p.get_gid() for p in ax.patches}
    assert cells == {(0, 0): "answer:–", (0, 1): "answer:○", (1, 0): "answer:✓"}


def test_two_answers_at_one_step_stand_side_by_side():
    ax = sv.views.ladder(rungs((1, "Ett", "ale", "no"), (1, "Ett", "ale", "yes")))
    assert sorted(p.get_gid() for p in ax.patches) == ["answer:✓", "answer:✗"]
    one, other = (patch.get_window_extent() for patch in ax.patches)
    assert not overlaps(one, other)


def test_an_answer_that_the_picture_has_no_sign_for_has_a_letter():
    ax = sv.views.ladder(rungs((1, "Ett", "ale", "vid nästa möte")))
    assert ax.get_legend().get_texts()[0].get_text().strip() == "A vid nästa möte"


# ---------------------------------------------------------------- every picture


@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
@pytest.mark.parametrize(
    "said",
    [*NASTY_TEXTS, "$x^2$", "$\\frac{$", "_hidden", "\\frac{", "\ud800", "a" * 300, "\0", "100 %"],
    ids=lambda said: ascii(said[:20]),
)
def test_whatever_a_title_holds_is_drawn_as_it_reads(said):
    ale = sv.Actor(id="ale", title=said, kind="kommun")
    plan = sv.Plan(id="p", title=said, owners="ale")
    steps = [sv.Activity(id=id, title=said, plan="p", by="ale") for id in ("p.a", "p.b")]
    link = sv.Dependency(predecessor="p.a", successor="p.b")
    grant = sv.Grant(id="g", title=said, payer="ale", regime="direct")
    share = sv.Allocation(grant="g", recipient="ale", amount=sv.Money(1))
    paid = sv.FundingEvent(id="e", kind="paid", allocation="g>ale", amount=sv.Money(1), day="2016-01-01")
    seen = sv.Observation(of="p.a", status=said or "x", scale=said)
    c = sv.Collaboration([ale, plan, *steps, link, grant, share, paid, seen], title=said)
    for ax in (
        sv.views.dependencies(sv.graph(c)),
        sv.views.gantt(sv.schedule(c)),
        sv.views.money(sv.ledger(c), "g"),
        sv.views.progress(sv.progress(c, "p")),
        sv.views.ladder(rungs((1, said, "ale", said)), c),
    ):
        found = words(ax)
        assert not any("\n\n" in text or "\r" in text for text, _ in found)
        assert [(a, b) for (a, one), (b, other) in combinations(found, 2) if overlaps(one, other)] == []


def test_the_notes_of_an_answer_are_told_beneath_its_picture():
    table = sv.progress(read("norrtalje_2023"), "tillsammans")
    (notes,) = [text.get_text() for text in sv.views.progress(table).texts if text.get_gid() == "notes"]
    assert notes.replace("\n", " ").startswith(f"Not known: {table.unknown[0]}")


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: sv.views.dependencies(sv.Collaboration()), r"is no graph; make one of a collaboration: sv.graph\(c\)"),
        (lambda: sv.views.dependencies(sv.graph(sv.Collaboration()), lang="fi"), "no words in 'fi'; use 'en' or 'sv'"),
        (lambda: sv.views.dependencies(sv.graph(sv.Collaboration()), ax=5), "5 are no axes; give a matplotlib Axes"),
        (lambda: sv.views.gantt(sv.Collaboration()), r"is no schedule; make one of a collaboration: sv.schedule\(c\)"),
        (lambda: sv.views.money(sv.Collaboration(), "g"), r"is no ledger; make one of a collaboration: sv.ledger\(c\)"),
        (lambda: sv.views.progress(rungs()), r"tells no progress; give what sv.progress\(c, plan\) answers"),
        (lambda: sv.views.progress([1]), r"\[1\] tells no progress"),
        (
            lambda: sv.views.ladder(sv.check(sv.Collaboration())),
            "is no ladder; give a table with the columns step, title",
        ),
        (lambda: sv.views.ladder(rungs(), {"ale": "Ale"}), "holds no names; give the collaboration that was asked"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_remedy(draw, message):
    with pytest.raises(sv.InvalidValueError, match=message):
        draw()
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    "draw",
    [
        lambda lang: sv.views.dependencies(sv.graph(sv.Collaboration()), lang=lang),
        lambda lang: sv.views.gantt(sv.schedule(sv.Collaboration()), lang=lang),
        lambda lang: sv.views.money(given_out(), "g", lang=lang),
        lambda lang: sv.views.progress(sv.progress(sv.Collaboration([sv.Plan(id="p", title="P")]), "p"), lang=lang),
        lambda lang: sv.views.ladder(rungs(), lang=lang),
    ],
    ids=["dependencies", "gantt", "money", "progress", "ladder"],
)
def test_nothing_to_show_is_said(draw):
    assert "(nothing to show)" in [text.get_text() for text in draw("en").texts]
    assert "(inget att visa)" in [text.get_text() for text in draw("sv").texts]


def test_without_matplotlib_one_sentence_names_the_extra(monkeypatch):
    for name in [*sys.modules]:
        if name.partition(".")[0] == "matplotlib":
            monkeypatch.setitem(sys.modules, name, None)
    net = sv.graph(sv.Collaboration())
    with pytest.raises(
        sv.errors.NotInstalledError,
        match=r"^matplotlib draws the pictures and is not installed; pip install 'samverkan\[plot\]'$",
    ):
        sv.views.dependencies(net)
    with pytest.raises(ImportError):
        sv.views.dependencies(net)
    assert sv.views.mermaid(net) == "flowchart LR"
