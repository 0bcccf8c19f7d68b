"""Mermaid and DOT: the same graph gives the same text, every link is told, and no text of a record means anything."""

import re
import shutil
import subprocess
from html import unescape

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.views.map_layout import mapped
from tests.strategies import NASTY_TEXTS, collaborations, texts

KINDS = (sv.Actor, sv.Group, sv.Plan, sv.Activity, sv.Dependency, sv.Dependency, sv.Obligation, sv.Grant)
HOSTILE = (
    *NASTY_TEXTS,
    '"]; click n1 "javascript:alert(1)"',
    'x" ]\n  end\n  n9["y',
    "%%{init: {'theme':'dark'}}%%",
    "<script>alert('å')</script>",
    "<b>fet</b>&amp;&lt;",
    "a\\",
    "\\N\\G\\l",
    '\\"',
    "rad 1\r\nrad 2\u2028rad 3",
    "`**md**` #quot; #35;",
    "|x| --> [y] {z} (w) >",
    "åäö ÅÄÖ é ü 50 %",
    "\0\x1b[31m\ud800",
    "$x^2$",
    "end",
)
MERMAID = re.compile(
    r'flowchart LR|  subgraph level\d+\["[^"]*"\]|    n\d+\["[^"]*"\]|  end|  n\d+ (-->|-\.->|==>|--o)\|"[^"]*"\| n\d+'
)
STRING = r'"((?:[^"\\]|\\.)*)"'
DOT = re.compile(
    rf"digraph {{|}}|  }}|  graph \[rankdir={STRING}, label={STRING}\];|  node \[shape={STRING}\];"
    rf"|  subgraph cluster_\d+ {{|    label={STRING};|    {STRING} \[label={STRING}\];"
    rf"|  {STRING} -> {STRING} \[label={STRING}, style={STRING}\];"
)


def small(said):
    """Two bodies, and two steps of which one waits on the other, whose every title is the same text."""
    ale = sv.Actor(id="ale", title=said, kind="kommun", level="local")
    gr = sv.Actor(id="gr", title=said, kind="kommunalforbund", level="subregional")
    steps = (sv.Activity(id="forslag", title=said, by="ale"), sv.Activity(id="beslut", title=said, by="gr"))
    link = sv.Dependency(predecessor="forslag", successor="beslut", lag=-3, working_days=True)
    return sv.graph(sv.Collaboration([ale, gr, *steps, link], title=said))


def meant_by_mermaid(text):
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)


def meant_by_graphviz(text):
    return unescape(re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text))


def shown(said):
    """What is left of a text on one line, with a sign for what cannot be shown."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(said.split()))


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: ascii(said[:20]))
def test_whatever_a_title_holds_mermaid_is_given_lines_of_its_own_grammar_and_shows_the_title(said):
    lines = sv.views.mermaid(small(said)).split("\n")
    assert all(MERMAID.fullmatch(line) for line in lines)
    labels = [line.split('"')[1].partition("<br/>")[0] for line in lines if line.startswith("    ")]
    assert [meant_by_mermaid(label) for label in labels] == [shown(said) or "beslut", shown(said) or "forslag"]


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: ascii(said[:20]))
def test_what_mermaid_is_given_holds_no_sign_of_a_browsers_or_its_own(said):
    for line in sv.views.mermaid(small(said)).split("\n"):
        for label in re.findall(r'"([^"]*)"', line):
            assert not set("<>&`\\{}[]|%*_$") & set(label.replace("<br/>", ""))
            assert re.fullmatch(r"(?:[^#;]|#\d+;)*", label)


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: ascii(said[:20]))
def test_whatever_a_title_holds_graphviz_is_given_lines_of_its_own_grammar_and_shows_the_title(said):
    lines = sv.views.dot(small(said)).split("\n")
    assert all(DOT.fullmatch(line) for line in lines)
    labels = [re.fullmatch(rf"    {STRING} \[label={STRING}\];", line) for line in lines if line.startswith('    "')]
    assert [(found[1], meant_by_graphviz(found[2]).split("\n")[0]) for found in labels] == [
        ("beslut", shown(said) or "beslut"),
        ("forslag", shown(said) or "forslag"),
    ]


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not on this machine")
@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: ascii(said[:20]))
def test_graphviz_itself_reads_it(said):
    text = sv.views.dot(small(said))
    run = subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S607
    assert (run.returncode, run.stderr) == (0, "")
    assert len(re.findall(r"^node ", run.stdout, re.MULTILINE)) == 2


@settings(max_examples=60)
@given(collaborations(KINDS, 6, 24), st.randoms(use_true_random=False), st.sampled_from(["en", "sv"]))
def test_the_order_of_records_gives_the_same_text(c, chance, lang):
    every = list(c)
    other = sv.Collaboration(chance.sample(every, len(every)), id=c.id, title=c.title, known=c.known)
    for text in (sv.views.mermaid, sv.views.dot):
        assert text(sv.graph(c), lang=lang) == text(sv.graph(other), lang=lang)


@settings(max_examples=60)
@given(collaborations(KINDS, 6, 24))
def test_every_dependency_and_every_debt_is_a_link_and_nothing_else_is(c):
    expected = {(d.predecessor, d.successor) for d in c[sv.Dependency]}
    expected |= {(o.id, party.id) for o in c[sv.Obligation] for party in o.to}
    expected |= {(o.id, grant) for o in c[sv.Obligation] for grant in o.secures}
    expected |= {(a.id, duty) for a in c[sv.Activity] for duty in a.fulfils}
    net = sv.graph(c)
    drawn = re.findall(rf"^  {STRING} -> {STRING}", sv.views.dot(net), re.MULTILINE)
    assert set(drawn) == expected
    assert len(sv.views.mermaid(net).split("|")) // 2 == len(drawn)


@settings(max_examples=60)
@given(collaborations(KINDS, 6, 24), st.data())
def test_what_it_is_about_is_tied_by_one_link(c, data):
    found = mapped(sv.graph(c))
    if not found.boxes:
        return
    about = data.draw(st.sampled_from([box.id for box in found.boxes]))
    narrowed = mapped(sv.graph(c), about)
    assert set(narrowed.links) == {link for link in found.links if about in (link.source, link.target)}


@given(texts(), texts())
def test_two_titles_are_never_told_as_one(one, other):
    told = [sv.views.mermaid(small(said)) == sv.views.mermaid(small("x")) for said in (one, other)]
    assert told == [shown(said) == "x" for said in (one, other)]


@settings(max_examples=60)
@given(collaborations((sv.Activity, sv.Dependency, sv.Dependency), 4, 20))
def test_what_must_wait_stands_to_the_right_unless_it_goes_in_a_ring(c):
    found = mapped(sv.graph(c))
    column = {box.id: box.column for box in found.boxes}
    onward = {}
    for link in found.links:
        onward.setdefault(link.source, set()).add(link.target)

    def reached(start):
        met, todo = set(), [start]
        while todo:
            for target in onward.get(todo.pop(), ()):
                if target not in met:
                    met.add(target)
                    todo.append(target)
        return met

    for link in found.links:
        if link.source not in reached(link.target):
            assert column[link.source] < column[link.target]


def test_what_waits_on_a_ring_stands_to_the_right_of_it():
    steps = [sv.Activity(id=id, title=id) for id in "abc"]
    links = [sv.Dependency(predecessor=one, successor=other) for one, other in ("bc", "cb", "ca")]
    columns = {box.id: box.column for box in mapped(sv.graph(sv.Collaboration([*steps, *links]))).boxes}
    assert columns["c"] < columns["a"]


def test_a_thing_stands_at_the_level_of_those_it_belongs_to():
    bodies = [
        sv.Actor(id="staten", title="Staten", kind="staten", level="national"),
        sv.Actor(id="vgr", title="VGR", kind="region", level="county"),
        sv.Actor(id="ale", title="Ale", kind="kommun", level="local"),
        sv.Actor(id="hjo", title="Hjo", kind="kommun", level="local"),
        sv.Actor(id="x", title="X", kind="kommun"),
        sv.Group(id="bada", of=("ale", "hjo"), count=2),
        sv.Group(id="fler", of=("ale",), basis=sv.basis(of="partial")),
    ]
    by = {
        "a": "ale",
        "b": "jointly bada",
        "c": ("ale", "vgr"),
        "d": "x",
        "e": "jointly fler",
        "f": (),
        "g": ("x", "ale"),
    }
    steps = [sv.Activity(id=id, title=id, by=who) for id, who in by.items()]
    links = [sv.Dependency(predecessor="a", successor=id) for id in "bcdefg"]
    found = {box.id: box.level for box in mapped(sv.graph(sv.Collaboration([*bodies, *steps, *links]))).boxes}
    assert found == {"a": "local", "b": "local", "c": "several levels"} | dict.fromkeys("defg", "level not told")


def test_a_swedish_map_says_its_own_words_in_swedish_and_leaves_the_records_alone():
    net = small("County plan")
    assert "avslut-start -3 arbetsdagar" in sv.views.mermaid(net, lang="sv")
    assert "finish-start -3 working days" in sv.views.mermaid(net)
    assert "delregional" in sv.views.dot(net, lang="sv")
    assert "County plan" in sv.views.dot(net, lang="sv")


def test_of_a_schedule_each_step_bears_its_day_and_what_is_critical_a_thick_edge():
    steps = [sv.Activity(id="a", title="A", timing=sv.Timing(planned="2016-10-15")), sv.Activity(id="b", title="B")]
    steps += [sv.Activity(id="c", title="C", timing=sv.Timing(done="2016-09-01"))]
    links = [sv.Dependency(predecessor=id, successor="b") for id in "ac"]
    plan = sv.schedule(sv.Collaboration([*steps, *links]))
    critical = {row.id for row in plan.critical}
    nodes = dict(re.findall(r'^    "(.)" \[(.*)\];$', sv.views.dot(plan), re.MULTILINE))
    assert {id for id, told in nodes.items() if "penwidth" in told} == critical
    assert "2016-10-15" in nodes["a"]
    assert sv.views.mermaid(plan).count("stroke-width") == len(critical) > 0


@pytest.mark.parametrize("text", [sv.views.mermaid, sv.views.dot])
def test_what_cannot_be_drawn_is_refused_with_a_remedy(text):
    net = small("x")
    with pytest.raises(sv.InvalidValueError, match=r"is no graph; make one of a collaboration: sv.graph\(c\)"):
        text(net.collaboration)
    with pytest.raises(sv.InvalidValueError, match="no words in 'no'; use 'en' or 'sv'"):
        text(net, lang="no")
    with pytest.raises(sv.errors.NotFoundError):
        text(net, about="nobody")


def test_nothing_to_show_is_an_empty_map():
    net = sv.graph(sv.Collaboration([evolve(small("x").collaboration["ale"], title="A")]))
    assert sv.views.mermaid(net) == "flowchart LR"
    assert "->" not in sv.views.dot(net)
