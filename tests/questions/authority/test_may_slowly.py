"""Who may do what for whom, against a slow and obvious answer, and the laws that hold of it."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.questions.authority.may import Ruling
from tests.strategies import collaborations

YES, NO, NOT, UNRECORDED, CANNOT = Ruling


def kommun(id: str) -> sv.Actor:
    return sv.Actor(id=id, title=f"{id.title()} kommun", kind="kommun", county="14")


# ---------------------------------------------------------------- against a slow, obvious answer

MEMBERS = {"a": "a", "b": "b", "c": "c", "d": "d", "ab": "ab", "bcd": "bcd", "alla": "abcd"}
"""Parties, each with the single actors in it."""
HIDDEN = {"dold": "", "delvis": "c", "vag": "a", "kort": "b"}
"""Groups whose members are not all told, each with those who are."""
HIDES = {"vag": {"count": "~60"}, "kort": {"count": sv.UNKNOWN}}
"""How a group says that it may hold more, where its source does not."""
WITHIN = {"plan": ("plan",), "plan.steg": ("plan.steg", "plan"), "annan": ("annan",)}
"""Things, each with what it is within."""
PERIODS = {
    None: ("0000", "0000", "9999", "9999"),
    "2016": ("2016-01-01", "2016-01-01", "2016-12-31", "2016-12-31"),
    "in 2016-05/2016-12": ("2016-05-01", "2016-05-31", "2016-12-31", "2016-12-31"),
    "2015-06-01/by 2016-08-31": ("2015-06-01", "2015-06-01", "0000", "2016-08-31"),
    "unknown/2016-12-31": ("0000", "9999", "2016-12-31", "2016-12-31"),
    "2017-01-01/": ("2017-01-01", "2017-01-01", "9999", "9999"),
}
"""Periods, each with its first and last possible first day, and its first and last possible last day."""
LIMITS = {None: (True, True), sv.UNKNOWN: (False, True), sv.NONE: (True, True), sv.Money(100): (False, False)}
"""Limits, each with whether 101 kronor are certainly, and possibly, within it."""


LISTS = {"may": "may", "may_not": "may_not", "for_": "for", "about": "about"}
"""The lists of a mandate, each as a document names it; one that is open may hold more than it tells."""


def drawn_mandates(parties: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, object]]]:
    acts = st.lists(st.sampled_from(("speak", "decide")), max_size=2, unique=True).map(tuple)
    one = st.fixed_dictionaries(
        {
            "may": acts,
            "may_not": st.just(()) | st.just(()) | acts,
            "for_": st.lists(st.sampled_from(parties), max_size=2, unique=True).map(tuple),
            "about": st.sampled_from(((), (), ("plan",), ("plan.steg",), ("annan", "plan.steg"))),
            "period": st.sampled_from(list(PERIODS)),
            "limit": st.sampled_from(list(LIMITS)),
            "open": st.just(()) | st.just(()) | st.sets(st.sampled_from(tuple(LISTS)), max_size=2).map(tuple),
        }
    )
    return st.lists(one, min_size=1, max_size=4)


def drawn_questions(parties: tuple[str, ...]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {
            "for_": st.sampled_from(("", *parties)),
            "about": st.sampled_from(("", *WITHIN)),
            "on": st.sampled_from((None, "2015-12-31", "2016-05-15", "2016-10-01", "2017-01-01")),
            "amount": st.sampled_from((None, sv.Money(101))),
        }
    )


def set_up(mandates: list[dict[str, object]], hidden: dict[str, str] | None = None) -> sv.Collaboration:
    """The parties and things above, with these mandates; the hidden groups hold more than they tell, unless told."""
    told = MEMBERS | (hidden or {})
    partial = {} if hidden else HIDDEN
    return sv.Collaboration(
        [
            *(kommun(id) for id in "abcd"),
            *(sv.Group(id=id, of=tuple(members)) for id, members in told.items() if len(id) > 1),
            *(
                sv.Group(id=id, of=tuple(known), **HIDES.get(id, {"basis": sv.basis(of="partial")}))
                for id, known in partial.items()
            ),
            sv.Role(id="ledare", title="Processledare"),
            sv.Plan(id="plan", title="Plan"),
            sv.Plan(id="annan", title="Annan"),
            sv.Activity(id="plan.steg", title="Steg", plan="plan"),
            *(
                sv.Mandate(
                    id=f"m-{number}",
                    holder="ledare",
                    **{name: value for name, value in said.items() if name != "open"},
                    basis=sv.basis(**{LISTS[name]: "partial" for name in said["open"]}),
                )
                for number, said in enumerate(mandates)
            ),
        ]
    )


def ask(c: sv.Collaboration, for_: str, **asked: object) -> Ruling:
    return sv.may(c, "ledare", "speak", for_=for_ or (), **asked)[0].answer


def slowly(mandates: list[dict[str, object]], for_: str, about: str, on: str | None, amount: sv.Money | None) -> Ruling:
    """The answer, member by member and mandate by mandate, as (certainly, possibly)."""

    def in_force(m, forbidding):
        if on is None and forbidding and m["period"]:
            return (False, True)
        first, latest_first, earliest_last, last = PERIODS[m["period"]]
        return (True, True) if on is None else (latest_first <= on <= earliest_last, first <= on <= last)

    def holds(m, member, forbidding):
        right = ("speak" in m["may_not" if forbidding else "may"], True)
        if member is None:
            whom = (not forbidding or not (m["for_"] or "for_" in m["open"]), True)
        elif m["for_"]:
            named = any(member in MEMBERS[party] for party in m["for_"])
            whom = (named, named or "for_" in m["open"])
        else:
            whom = (forbidding and "for_" not in m["open"], True)
        limited = m["about"] or "about" in m["open"]
        if about:
            named = not limited or any(thing in WITHIN[about] for thing in m["about"])
            inside = forbidding and any(about in WITHIN[thing] for thing in m["about"])
            what = (named, named or inside or "about" in m["open"])
        else:
            what = (not forbidding or not limited, True)
        most = (True, True) if amount is None or forbidding else LIMITS[m["limit"]]
        return tuple(all(part) for part in zip(right, in_force(m, forbidding), whom, what, most, strict=True))

    members = list(MEMBERS[for_]) if for_ else [None]
    allowing = [m for m in mandates if "speak" in m["may"] or "may" in m["open"]]
    forbidding = [m for m in mandates if "speak" in m["may_not"] or "may_not" in m["open"]]
    denied = [holds(m, one, True) for m in forbidding for one in members]
    allowed = [[holds(m, one, False) for m in allowing] for one in members]
    if any(certainly for certainly, _ in denied):
        return NOT
    if any(possibly for _, possibly in denied):
        return CANNOT
    if all(any(certainly for certainly, _ in one) for one in allowed):
        return YES
    if all(any(possibly for _, possibly in one) for one in allowed):
        return CANNOT
    return NO if any("speak" in m["may"] for m in mandates) else UNRECORDED


@given(drawn_mandates(tuple(MEMBERS)), drawn_questions(tuple(MEMBERS)))
@settings(max_examples=200)
def test_the_answer_is_that_of_every_member_and_every_mandate_put_together(mandates, question):
    assert ask(set_up(mandates), **question) is slowly(mandates, **question)


@given(drawn_mandates(tuple(MEMBERS)), drawn_questions(tuple(MEMBERS)))
def test_a_group_is_answered_yes_just_when_each_of_its_members_is(mandates, question):
    c = set_up(mandates)
    of_members = {ask(c, **{**question, "for_": member}) for member in "bcd"}
    of_group = ask(c, **{**question, "for_": "bcd"})
    assert (of_group is YES) is (of_members == {YES})
    assert (of_group is NOT) is (NOT in of_members)


NARROWER = {
    "in 2016-05/2016-12": ("2016-05-01/2016-12", "2016-05-15/2016-12", "in 2016-05-late/2016-12", "2016-05-31/2016-12"),
    "2015-06-01/by 2016-08-31": ("2015-06-01/2015-06-01", "2015-06-01/in 2016-05", "2015-06-01/2016-08-31"),
    "unknown/2016-12-31": ("2000-01-01/2016-12-31", "in 2016/2016-12-31", "2016-12-31/2016-12-31"),
}
"""What a vague period may turn out to be, or be narrowed to."""


MORE = {"may": ("speak", "decide"), "may_not": ("speak", "decide"), "for_": tuple(MEMBERS), "about": tuple(WITHIN)}
"""What an open list may turn out to hold as well."""


@st.composite
def learnt(draw: st.DrawFn) -> tuple[list[dict[str, object]], list[dict[str, object]], dict[str, str]]:
    """Mandates, the same when more is known of them, and who turns out to be in the hidden groups."""
    before = draw(drawn_mandates((*MEMBERS, *HIDDEN)))
    after = [
        {
            **said,
            "period": draw(st.sampled_from(NARROWER.get(said["period"], (said["period"],)))),
            "limit": draw(st.sampled_from((sv.Money(100), sv.Money(101), sv.NONE)))
            if said["limit"] is sv.UNKNOWN
            else said["limit"],
        }
        for said in before
    ]
    for said in after:
        for name in said["open"]:
            more = draw(st.lists(st.sampled_from(MORE[name]), max_size=1))
            said[name] = tuple(dict.fromkeys((*said[name], *more)))
        if any(not said[name] for name in said["open"]):
            said["open"] = tuple(name for name in said["open"] if not said[name])
        else:
            said["open"] = ()
    members = st.sets(st.sampled_from("abcd"))
    return before, after, {id: "".join(sorted(draw(members) | set(known) or {"d"})) for id, known in HIDDEN.items()}


@given(learnt(), drawn_questions((*MEMBERS, *HIDDEN)))
@settings(max_examples=150)
def test_to_learn_more_never_changes_an_answer_that_could_be_told(learning, question):
    before, after, members = learning
    vague, sharp = ask(set_up(before), **question), ask(set_up(after, members), **question)
    assert vague in (sharp, CANNOT) or (vague, sharp) == (UNRECORDED, NO)


# ---------------------------------------------------------------- what no mandate flows along


@st.composite
def related(draw: st.DrawFn) -> tuple[sv.Collaboration, sv.Collaboration]:
    """A collaboration, and the same with more memberships, participations and employments."""
    before = draw(collaborations(kinds=(sv.Actor, sv.Group, sv.Role, sv.Mandate, sv.Plan), most=15, every_kind=True))
    actors = st.sampled_from([actor.id for actor in before[sv.Actor]])
    roles = st.sampled_from([role.id for role in before[sv.Role]])
    plans = st.sampled_from([plan.id for plan in before[sv.Plan]])
    memberships = draw(st.lists(st.tuples(actors, actors), max_size=6))
    parts = draw(st.lists(st.tuples(actors | roles, plans, st.sampled_from(list(sv.vocabulary.Capacity))), max_size=4))
    jobs = draw(st.lists(st.tuples(roles, actors), max_size=3))
    more = [
        *(sv.Membership(id=f"medlem-{n}", member=one, of=other) for n, (one, other) in enumerate(memberships)),
        *(sv.Participation(id=f"del-{n}", who=a, thing=b, capacity=how) for n, (a, b, how) in enumerate(parts)),
    ]
    employed = {role: evolve(before[role], employed_by=body, comes_from=body) for role, body in jobs}
    return before, before.adding(*more).replacing(*employed.values())


def every_answer(c: sv.Collaboration) -> list[Ruling]:
    holders = [record.id for kind in (sv.Actor, sv.Group, sv.Role) for record in c[kind]]
    parties = [record.id for kind in (sv.Actor, sv.Group) for record in c[kind]]
    return [row.answer for holder in holders for row in sv.may(c, holder, list(sv.vocabulary.Act), for_=parties)]


@given(related())
@settings(max_examples=30)
def test_a_mandate_never_flows_along_a_membership_a_participation_or_an_employment(pair):
    before, after = pair
    assert every_answer(after) == every_answer(before)
