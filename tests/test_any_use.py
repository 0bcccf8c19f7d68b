"""Whatever is given to the public names: what is raised is of the library's own tree, with a word about it."""

from collections.abc import Callable

import pytest

import samverkan as sv
from samverkan.network.graph import Network

C = sv.Collaboration([sv.Actor(id="gr", title="GR", kind="kommunalforbund")])
NET: Network = sv.graph(C)
PLAN = sv.schedule(C)

USES: dict[str, Callable[[object], object]] = {
    "Membership": lambda odd: sv.Membership(member=odd, of="gr"),
    "Allocation": lambda odd: sv.Allocation(grant=odd, recipient="gr", amount=None),
    "Participation": lambda odd: sv.Participation(who="gr", thing=odd, capacity="leads"),
    "Stance": lambda odd: sv.Stance(actor=odd, towards="gr", attitude="asked"),
    "Dependency": lambda odd: sv.Dependency(predecessor="gr", successor=odd),
    "Submission": lambda odd: sv.Submission(obligation=odd, by="gr"),
    "Selection": lambda odd: sv.fields.Selection("kommun", odd),
    "basis": lambda odd: sv.basis(period=odd),
    "Table": lambda odd: sv.Table(odd, (1,)).rows(),
    "Table of another class": lambda odd: sv.Table(type(odd), (odd,)).rows(),
    "Collaboration": sv.Collaboration,
    "item": lambda odd: C[odd],
    "item of a kind": lambda odd: C[sv.Actor, odd],
    "item of three": lambda odd: C[sv.Actor, "gr", odd],
    "item of no kind": lambda odd: C[odd, "gr"],
    "adding": C.adding,
    "replacing": C.replacing,
    "without": C.without,
    "members": C.members,
    "merge": C.merge,
    "as_of": C.as_of,
    "knowing": C.knowing,
    "read": sv.read,
    "read, kinds": lambda odd: sv.read("nowhere.yaml", kinds=odd),
    "inspect": sv.inspect,
    "write": lambda odd: sv.write(C, odd),
    "check": sv.check,
    "check, rules": lambda odd: sv.check(C, odd),
    "check, a rule": lambda odd: sv.check(C, [odd]),
    "may": lambda odd: sv.may(C, "gr", odd),
    "may, who": lambda odd: sv.may(C, odd, "sign"),
    "compare": lambda odd: sv.compare(C, odd),
    "ends_with": lambda odd: sv.discontinued_by(C, odd),
    "ends_with, on": lambda odd: sv.discontinued_by(C, "gr", on=odd),
    "carries_on": lambda odd: sv.carries_on(C, odd, on="2016"),
    "carries_on, on": lambda odd: sv.carries_on(C, on=odd),
    "leaning_on": lambda odd: sv.unconfirmed_support(C, odd),
    "rollup": lambda odd: sv.rollup(C, odd),
    "rollup, scales": lambda odd: sv.rollup(C, "gr", scales=odd),
    "scales": sv.scales,
    "gaps": lambda odd: sv.gaps(C, odd),
    "gaps, on": lambda odd: sv.gaps(C, on=odd),
    "chains": lambda odd: sv.chains(C, odd),
    "unrecorded": lambda odd: sv.unrecorded(C, odd),
    "shared_areas": sv.shared_areas,
    "icalendar": lambda odd: sv.exports.icalendar(odd, on="2024-01-01"),
    "icalendar, party": lambda odd: sv.exports.icalendar(C, odd, on="2024-01-01"),
    "icalendar, day": lambda odd: sv.exports.icalendar(C, on=odd),
    "icalendar, language": lambda odd: sv.exports.icalendar(C, on="2024-01-01", lang=odd),
    "icalendar, id": lambda odd: sv.exports.icalendar(C, on="2024-01-01", id=odd),
    "last_meeting": lambda odd: sv.last_meeting(C, odd),
    "last_meeting, deadline": lambda odd: sv.last_meeting(C, "gr", odd),
    "odds, draws": lambda odd: PLAN.simulate(0 if odd == 5 else odd),
    "odds, seed": lambda odd: PLAN.simulate(1, -5 if odd == 5 else odd),
    "slip_impacts": lambda odd: PLAN.slip_impacts(-5 if odd == 5 else odd),
    "behind": PLAN.descendants,
    "all_descendants": PLAN.all_descendants.of,
    "ladder": lambda odd: sv.ladder(C, odd),
    "ladder, on": lambda odd: sv.ladder(C, "gr", on=odd),
    "replies": lambda odd: sv.replies(C, odd),
    "timetables": lambda odd: sv.timetables(C, odd),
    "beancount": sv.exports.beancount,
    "graph": sv.graph,
    "mermaid": sv.views.mermaid,
    "mermaid, about": lambda odd: sv.views.mermaid(NET, about=odd),
    "mermaid, lang": lambda odd: sv.views.mermaid(NET, lang=odd),
    "dot": sv.views.dot,
    "neighbours": NET.neighbours,
    "neighbours, relation": lambda odd: NET.neighbours("gr", odd),
    "neighbours, towards": lambda odd: NET.neighbours("gr", towards=odd),
    "path": lambda odd: NET.path("gr", odd),
    "paths": lambda odd: NET.paths("gr", "gr", limit=0 if odd == 5 else odd),
    "reaches": NET.reaches,
    "bottlenecks, on": lambda odd: NET.bottlenecks(on=odd),
    "organisations": NET.organisations,
    "mutual_groups": lambda odd: NET.mutual_groups(kinds=odd),
}


@pytest.mark.parametrize("odd", [5, ["x"], 1.5, object(), {"x": ["y"]}], ids=["5", "list", "float", "object", "dict"])
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_what_cannot_be_is_refused_within_the_tree_of_errors(use, odd):
    try:
        use(odd)
    except sv.SamverkanError as error:
        assert str(error)
    else:
        pytest.fail("it was taken")


@pytest.mark.parametrize("odd", [5, ["x"], None, ("gr",), {"x": 1}], ids=str)
def test_what_is_no_id_is_nowhere(odd):
    assert odd not in C
    assert odd not in NET
    assert (C.get(odd), C.place(odd), C.pointing_at(odd)) == (None, None, ())


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda: C.merge("x.yaml"), "read the document first"),
        (lambda: sv.read(["a.yaml"]), "give the paths one by one"),
        (lambda: sv.inspect(None), "None is no path"),
        (lambda: sv.check(C, [5]), "5 is no rule; make one with @rule"),
        (lambda: sv.may(C, "gr", 5), "5 is no list; give one or several"),
        (lambda: sv.Membership(member=5, of="gr"), "5 is not an id; an id is text"),
        (lambda: sv.fields.Selection("kommun", 14), "14 is not a county's code; write two digits, such as '14'"),
    ],
)
def test_a_refusal_says_what_to_do(use, message):
    with pytest.raises(sv.SamverkanError, match=message):
        use()
