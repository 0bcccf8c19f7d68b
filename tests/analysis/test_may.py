"""Who may do what for whom."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from strategies import collaborations

import samverkan as sv
from samverkan.analysis.mandate import Ruling

YES, NO, NOT, UNRECORDED, CANNOT = (
    Ruling.YES,
    Ruling.NO,
    Ruling.EXPRESSLY_NOT,
    Ruling.NOT_RECORDED,
    Ruling.CANNOT_TELL,
)


def kommun(id: str, county: str = "14") -> sv.Actor:
    return sv.Actor(id=id, title=f"{id.title()} kommun", kind="kommun", county=county)


WEST = (
    kommun("ale"),
    kommun("hjo"),
    kommun("vara"),
    kommun("kungsbacka", county="13"),
    sv.Actor(id="gr", title="GR", kind="kommunalforbund", county="14"),
    sv.Actor(id="vgr", title="Region", kind="region", county="14"),
    sv.Actor(id="sro", title="SRO", kind="forum"),
    sv.Group(id="de-3", every=sv.selection("kommuner in county 14"), count=3),
    sv.Group(id="de-4", of=("de-3", "vgr"), count=4),
    sv.Group(id="kommunerna", title="Kommunerna i riket", count=290, basis=sv.basis(of="unknown")),
    sv.Group(id="nagra", of=("ale", "hjo"), basis=sv.basis(of="partial")),
    sv.Group(id="tom", title="Ingen är antecknad"),
    sv.Group(id="tva", of=("ale", "hjo"), basis=sv.basis(title="partial")),
    sv.Group(id="riket", of=("vgr", "kommunerna")),
    sv.Elsewhere(id="de-21", kind="Group"),
    sv.Role(id="ledare", title="Processledare", employed_by="gr", comes_from="kungsbacka"),
    sv.Membership(member="ale", of="gr"),
    sv.Membership(member="kungsbacka", of="gr"),
    sv.Plan(id="plan", title="Plan"),
    sv.Activity(id="plan.steg", title="Steg", plan="plan"),
    sv.Activity(id="plan.steg.del", title="Del", part_of="plan.steg"),
    sv.Plan(id="annan", title="En annan plan"),
    sv.Elsewhere(id="dold", kind="Activity"),
)


def mandate(id: str = "m", **said: object) -> sv.Mandate:
    return sv.Mandate(id=id, **{"holder": "ledare", "may": "speak", "for_": "de-3", **said})


def west(*mandates: sv.Mandate) -> sv.Collaboration:
    return sv.Collaboration([*WEST, *mandates])


def answer(*mandates: sv.Mandate, act: str = "speak", holder: str = "ledare", **asked: object) -> Ruling:
    return sv.may(west(*mandates), holder, act, **asked)[0].answer


# ---------------------------------------------------------------- yes, and by which chain


def test_a_mandate_for_a_group_is_one_for_each_of_its_members():
    c = west(mandate(about="plan", period="in 2016-05/2016-12"))
    row = sv.may(c, "ledare", "speak", for_="ale", about="plan", on="2016-10-01")[0]
    assert row.answer is YES
    assert row.breaks_at == row.would_need == ""
    assert row.chain == (
        "m: ledare may speak",
        "in force on 2016-10-01 (in 2016-05/2016-12-31)",
        "for de-3, and ale is in de-3 (kommuner in county 14)",
        "about plan",
    )
    assert {"ledare", "m", "de-3", "ale", "plan"} <= set(row.because)


@pytest.mark.parametrize("asked", ["ale", "vgr", "de-3", "de-4"])
def test_a_mandate_for_a_group_of_groups_covers_the_groups_and_everybody_in_them(asked):
    assert answer(mandate(for_="de-4"), for_=asked) is YES


def test_the_chain_says_through_which_group_and_by_which_rule():
    said = {
        group: sv.may(west(mandate(for_=group)), "ledare", "speak", for_="ale")[0].chain[1] for group in ("tva", "de-3")
    }
    assert said == {
        "tva": "for tva, and ale is in tva",
        "de-3": "for de-3, and ale is in de-3 (kommuner in county 14)",
    }


def test_what_is_not_asked_does_not_limit_the_answer_and_is_told():
    table = sv.may(west(mandate(about="plan", period="2016", limit=sv.Money(5))), "ledare", "speak")
    assert [(row.for_, row.answer) for row in table] == [("", YES)]
    limits = ("from 2016-01-01/2016-12-31", "for de-3 only", "about plan only", "up to 5 kr")
    assert table[0].limits == table[0].chain[1:] == limits
    assert table.unknown == (
        "on which day: none was asked, so periods do not limit the answer",
        *(f"whether it is {limit}: that was not asked" for limit in limits),
    )


def test_every_act_is_answered_for_every_party_in_the_order_they_were_asked():
    table = sv.may(west(mandate()), "ledare", ["speak", "sign"], for_=["ale", "vgr"])
    assert [(str(row.act), row.for_, row.answer) for row in table] == [
        ("speak", "ale", YES),
        ("speak", "vgr", NO),
        ("sign", "ale", UNRECORDED),
        ("sign", "vgr", UNRECORDED),
    ]


def test_what_no_row_knows_is_told_once_for_all_of_them():
    table = sv.may(west(mandate()), "ledare", ["speak", "sign"], for_="ale")
    assert table.unknown == (
        "on which day: none was asked, so periods do not limit the answer",
        "whether mandates exist that nobody has recorded",
    )


def test_an_act_may_be_asked_by_its_swedish_word():
    assert answer(mandate(), act="företräda", for_="ale") is YES


# ---------------------------------------------------------------- no


def test_one_outside_the_group_is_answered_no_and_told_that_no_mandate_flows_along_the_membership():
    row = sv.may(west(mandate()), "ledare", "speak", for_="kungsbacka")[0]
    assert row.answer is NO
    assert row.breaks_at == "for de-3, in which kungsbacka is not (member of gr, along which no mandate flows)"
    assert row.would_need == "a mandate for ledare to speak for kungsbacka"


def test_a_group_with_one_outside_is_answered_no_and_told_which():
    row = sv.may(west(mandate()), "ledare", "speak", for_="de-4")[0]
    assert (row.answer, row.breaks_at) == (NO, "for de-3, in which vgr is not")


def test_of_several_breaks_the_first_is_told_and_the_chain_has_them_all():
    row = sv.may(west(mandate(period="2015")), "ledare", "speak", for_="vgr", on="2016-10-01")[0]
    assert row.breaks_at == "it is not in force on 2016-10-01 (2015-01-01/2015-12-31)"
    assert row.chain == ("m: ledare may speak", row.breaks_at, "for de-3, in which vgr is not")


@pytest.mark.parametrize("body", ["gr", "kungsbacka"])
def test_a_mandate_for_an_association_is_none_for_its_members_nor_the_other_way_round(body):
    assert answer(mandate(for_="gr"), for_="kungsbacka") is NO
    assert answer(mandate(for_="kungsbacka"), for_="gr") is NO
    assert answer(mandate(for_=body), for_=body) is YES


def test_an_employer_holds_none_of_its_employees_mandates_nor_they_its():
    c = west(mandate(), mandate("nej", holder="gr", may="sign", for_="ale"))
    assert sv.may(c, "gr", "speak", for_="ale")[0].answer is UNRECORDED
    assert sv.may(c, "ledare", "sign", for_="ale")[0].answer is UNRECORDED


@pytest.mark.parametrize("act", [act for act in sv.Act if act is not sv.Act.SPEAK])
def test_a_mandate_to_do_one_thing_is_none_to_do_another(act):
    row = sv.may(west(mandate()), "ledare", act, for_="ale")[0]
    assert row.answer is UNRECORDED
    assert row.breaks_at == "ledare holds mandates to speak only"


def test_where_nothing_is_recorded_it_is_said_that_there_may_be_mandates_all_the_same():
    table = sv.may(west(), "ledare", "speak", for_="ale")
    assert table[0].answer is UNRECORDED
    assert table[0].chain == ("no mandate of ledare is recorded",)
    assert table.unknown == ("whether mandates exist that nobody has recorded",)


# ---------------------------------------------------------------- expressly not


def test_what_is_expressly_forbidden_is_so_whatever_else_is_said():
    forbidden = mandate("nej", may=(), may_not="speak", for_="ale")
    assert answer(mandate(), forbidden, for_="ale") is NOT
    assert answer(mandate(), forbidden, for_="hjo") is YES


def test_what_is_forbidden_for_one_in_a_group_is_forbidden_for_the_group():
    assert answer(mandate(), mandate("nej", may=(), may_not="speak", for_="ale"), for_="de-3") is NOT


@pytest.mark.parametrize("for_", [(), "ale", "de-3", "gr"])
def test_what_is_forbidden_without_saying_for_whom_is_forbidden_for_anybody(for_):
    assert answer(mandate("nej", may=(), may_not="speak", for_=()), for_=for_) is NOT


def test_a_prohibition_for_some_is_none_for_others():
    assert answer(mandate(for_="gr"), mandate("nej", may=(), may_not="speak", for_="de-3"), for_="gr") is YES


def test_a_prohibition_that_may_have_ended_cannot_be_told_from_a_mandate():
    forbidden = mandate("nej", may=(), may_not="speak", period="2016-01-01/in 2016-12")
    assert answer(mandate(), forbidden, for_="ale", on="2016-11-30") is NOT
    assert answer(mandate(), forbidden, for_="ale", on="2016-12-15") is CANNOT
    assert answer(mandate(), forbidden, for_="ale", on="2017-01-01") is YES


def test_the_limit_of_what_may_be_done_is_none_of_what_may_not():
    both = mandate(may="sign", may_not="speak", limit=sv.Money(100))
    assert answer(both, for_="ale", amount=sv.Money(200)) is NOT


# ---------------------------------------------------------------- on a day


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        ("2016-04-30", NO),
        ("2016-05-01", CANNOT),
        ("2016-05-30", CANNOT),
        ("2016-05-31", YES),
        ("2016-12-31", YES),
        ("2017-01-01", NO),
        ("2016-05", CANNOT),
        ("2016-06", YES),
        ("unknown", CANNOT),
    ],
)
def test_a_mandate_holds_from_its_first_day_to_its_last_and_cannot_be_told_within_a_vague_one(on, wanted):
    assert answer(mandate(period="in 2016-05/2016-12"), for_="ale", on=on) is wanted


def test_a_day_outside_is_told_apart_from_one_that_cannot_be_told():
    c = west(mandate(period="in 2016-05/2016-12"))
    said = {on: sv.may(c, "ledare", "speak", for_="ale", on=on)[0].breaks_at for on in ("2017-01-01", "2016-05-02")}
    assert said == {
        "2017-01-01": "it is not in force on 2017-01-01 (in 2016-05/2016-12-31)",
        "2016-05-02": "it cannot be told to be in force on 2016-05-02 (in 2016-05/2016-12-31)",
    }


@pytest.mark.parametrize("period", [None, "2016-05-01/", "/2016-12-31", "/"])
def test_an_end_that_nothing_bounds_bounds_nothing(period):
    assert answer(mandate(period=period), for_="ale", on="2016-10-01") is YES


# ---------------------------------------------------------------- about what


@pytest.mark.parametrize(
    ("about", "wanted"),
    [("plan", YES), ("plan.steg", YES), ("plan.steg.del", YES), ("annan", NO), ("ale", NO), ("", YES)],
)
def test_a_mandate_about_a_plan_is_one_about_all_its_parts_and_about_nothing_else(about, wanted):
    assert answer(mandate(about="plan"), for_="ale", about=about) is wanted


def test_a_mandate_about_a_part_is_none_about_the_whole():
    assert answer(mandate(about="plan.steg"), for_="ale", about="plan") is NO


def test_a_mandate_that_names_nothing_is_about_anything():
    assert answer(mandate(), for_="ale", about="annan") is YES


def test_of_what_stands_in_another_document_it_cannot_be_told_what_it_is_a_part_of():
    assert answer(mandate(about="plan"), for_="ale", about="dold") is CANNOT
    assert answer(mandate(about="dold"), for_="ale", about="dold") is YES


# ---------------------------------------------------------------- up to what


@pytest.mark.parametrize(
    ("limit", "amount", "wanted"),
    [
        (sv.Money(100), sv.Money(100), YES),
        (sv.Money(100), sv.Money("100.01"), NO),
        (sv.Money(100), None, YES),
        (None, sv.Money(10**9), YES),
        (sv.NONE, sv.Money(10**9), YES),
        (sv.UNKNOWN, sv.Money(1), CANNOT),
        (sv.UNKNOWN, None, YES),
        (sv.Money(100, "EUR"), sv.Money(1), CANNOT),
    ],
)
def test_an_amount_is_held_to_the_limit_and_an_unknown_limit_lets_nothing_be_told(limit, amount, wanted):
    assert answer(mandate(limit=limit), for_="ale", amount=amount) is wanted


@pytest.mark.parametrize("amount", [100, "100 kr", 1.5])
def test_only_money_is_an_amount(amount):
    with pytest.raises(sv.InvalidValueError, match="is not an amount of money"):
        answer(mandate(), for_="ale", amount=amount)


# ---------------------------------------------------------------- for whom, where that is not told


def test_a_mandate_that_does_not_say_for_whom_lets_nothing_be_told_of_anybody():
    row = sv.may(west(mandate(for_=())), "ledare", "speak", for_="ale")[0]
    assert row.answer is CANNOT
    assert row.breaks_at == "for whom is not said, so not whether for ale"


@pytest.mark.parametrize("group", ["kommunerna", "tom", "de-21"])
def test_who_is_in_a_group_without_members_cannot_be_told_but_the_group_itself_is_in_it(group):
    assert answer(mandate(for_=group), for_="ale") is CANNOT
    assert answer(mandate(for_=group), for_=group) is YES
    assert answer(mandate(), for_=group) is CANNOT
    assert answer(mandate(for_="ale"), mandate("nej", may=(), may_not="speak", for_=group), for_="ale") is CANNOT
    assert group in sv.may(west(mandate(for_=group)), "ledare", "speak", for_="ale")[0].breaks_at


def test_a_group_within_a_group_is_covered_though_its_members_are_not_told():
    assert answer(mandate(for_="riket"), for_="kommunerna") is YES
    assert answer(mandate(for_="riket"), for_="vgr") is YES
    assert answer(mandate(for_="riket"), for_="ale") is CANNOT
    assert answer(mandate(for_="vgr"), for_="riket") is CANNOT
    assert answer(mandate(for_="ale"), for_="riket") is NO
    assert answer(mandate("nej", may=(), may_not="speak", for_="kommunerna"), for_="riket") is NOT


def test_that_something_else_of_a_group_is_partial_says_nothing_of_its_members():
    assert answer(mandate(for_="tva"), for_="vara") is NO


def test_a_group_that_the_source_says_holds_more_holds_at_least_those_it_names():
    assert answer(mandate(for_="nagra"), for_="ale") is YES
    assert answer(mandate(for_="nagra"), for_="vara") is CANNOT
    assert answer(mandate(for_="de-3"), for_="nagra") is CANNOT
    assert answer(mandate(for_="ale"), for_="nagra") is NO


# ---------------------------------------------------------------- several mandates


def test_several_mandates_may_cover_a_group_between_them():
    parts = [mandate(f"m-{id}", for_=id) for id in ("ale", "hjo", "vara")]
    table = sv.may(west(*parts), "ledare", "speak", for_=["de-3", "de-4"])
    assert [row.answer for row in table] == [YES, NO]
    assert {"m-ale", "m-hjo", "m-vara"} <= set(table[0].because)
    assert {"for ale", "for hjo", "for vara"} <= set(table[0].chain)


def test_two_mandates_may_cover_a_group_of_two():
    assert answer(mandate("m-1", for_="ale"), mandate("m-2", for_="hjo"), for_="tva") is YES


@pytest.mark.parametrize("order", [("m-1", "m-2", "m-3"), ("m-3", "m-2", "m-1"), ("m-2", "m-3", "m-1")])
def test_of_several_mandates_for_one_in_a_group_the_best_counts(order):
    vague, sure, rest = order
    parts = [
        mandate(vague, for_="vara", period="in 2016-05/2016-12"),
        mandate(sure, for_="vara", period="2016"),
        mandate(rest, for_=["ale", "hjo"]),
    ]
    asked = {"for_": "de-3", "on": "2016-05-15"}
    assert answer(*parts, **asked) is YES
    row = sv.may(west(parts[0], parts[2]), "ledare", "speak", **asked)[0]
    assert row.answer is CANNOT
    assert row.breaks_at == "it cannot be told to be in force on 2016-05-15 (in 2016-05/2016-12-31)"


def test_a_group_of_which_one_cannot_be_told_cannot_be_told():
    parts = [mandate("m-1", for_="ale", period="in 2016-05/2016-12"), mandate("m-2", for_=["hjo", "vara"])]
    assert answer(*parts, for_="de-3", on="2016-05-15") is CANNOT
    assert answer(*parts, for_="de-3", on="2016-06-15") is YES
    assert answer(*parts, for_="de-3", on="2017-06-15") is NO
    assert answer(*parts, for_="de-4", on="2016-05-15") is NO


# ---------------------------------------------------------------- lists that are not told in full


@pytest.mark.parametrize(
    ("said", "asked", "wanted"),
    [
        ({"basis": sv.basis(about="unknown")}, {"for_": "ale", "about": "plan"}, CANNOT),
        ({"about": "plan", "basis": sv.basis(about="partial")}, {"for_": "ale", "about": "plan"}, YES),
        ({"about": "plan", "basis": sv.basis(about="partial")}, {"for_": "ale", "about": "annan"}, CANNOT),
        ({"may": "decide", "basis": sv.basis(may="partial")}, {"for_": "ale"}, CANNOT),
        ({"may": (), "basis": sv.basis(may="unknown")}, {"for_": "ale"}, CANNOT),
        ({"basis": sv.basis(may_not="unknown")}, {"for_": "ale"}, CANNOT),
        ({"may": (), "may_not": "speak", "basis": sv.basis(about="unknown")}, {"for_": "ale", "about": "plan"}, CANNOT),
        ({"for_": "vara", "basis": sv.basis("partial")}, {"for_": "ale"}, CANNOT),
        ({"for_": (), "basis": sv.basis(**{"for": "complete"})}, {"for_": "ale"}, NO),
        ({"for_": "tom-nog"}, {"for_": "ale"}, NO),
    ],
)
def test_a_list_that_the_source_does_not_tell_in_full_lets_nothing_be_told_of_what_may_be_in_it(said, asked, wanted):
    nobody = sv.Group(id="tom-nog", basis=sv.basis(of="complete"))
    c = sv.Collaboration([*WEST, nobody, mandate(**said)])
    assert sv.may(c, "ledare", "speak", **asked)[0].answer is wanted


def test_whether_what_is_forbidden_of_a_part_may_be_done_to_the_whole_cannot_be_told():
    no = mandate("nej", may=(), may_not="speak", about="plan.steg.del")
    assert answer(mandate(), no, for_="ale", about="plan") is CANNOT
    assert answer(mandate(), no, for_="ale", about="annan") is YES


def test_a_prohibition_for_some_lets_nothing_be_told_where_it_is_not_asked_for_whom():
    row = sv.may(west(mandate(), mandate("nej", may=(), may_not="speak", for_="vgr")), "ledare", "speak")[0]
    assert (row.answer, row.breaks_at) == (CANNOT, "for vgr only, which was not asked about")


# ---------------------------------------------------------------- who is there on the day

DISTRICT = sv.Actor(id="sdn", title="Stadsdelsnämnden", kind="district", exists="2011/2020")
POST = sv.Role(id="post", title="Samordnare", period="in 2016-05/2016-12")


@pytest.mark.parametrize(
    ("said", "holder", "asked", "wanted"),
    [
        ({"holder": "sdn"}, "sdn", {"on": "2016"}, YES),
        ({"holder": "sdn"}, "sdn", {"on": "2022"}, NO),
        ({"holder": "sdn"}, "sdn", {"on": "2010"}, NO),
        ({"for_": "sdn"}, "ledare", {"for_": "sdn", "on": "2022"}, NO),
        ({"for_": "bada"}, "ledare", {"for_": "bada", "on": "2022"}, NO),
        ({"for_": "bada"}, "ledare", {"for_": "ale", "on": "2022"}, YES),
        ({"holder": "post"}, "post", {"on": "2016-05-10"}, CANNOT),
        ({"holder": "post"}, "post", {"on": "2017-01-01"}, NO),
    ],
)
def test_who_is_not_there_on_the_day_may_do_nothing_and_have_nothing_done(said, holder, asked, wanted):
    both = sv.Group(id="bada", of=("ale", "sdn"))
    c = sv.Collaboration([*WEST, DISTRICT, POST, both, mandate(**said)])
    assert sv.may(c, holder, "speak", **asked)[0].answer is wanted


def test_a_post_is_a_limit_where_no_day_is_asked():
    row = sv.may(sv.Collaboration([*WEST, POST, mandate(holder="post")]), "post", "speak", for_="ale")[0]
    assert (row.answer, row.limits) == (YES, ("while post is there (in 2016-05/2016-12-31)",))


def test_what_may_have_changed_since_the_day_of_knowledge_is_said():
    c = sv.Collaboration([*WEST, mandate()], known="2017-03-01")
    assert sv.may(c, "ledare", "speak", for_="ale", on="2017-03-01").unknown == ()
    assert sv.may(c, "ledare", "speak", for_="ale", on="2018-01-01").unknown == (
        "what has happened since 2017-03-01, the day to which this is known",
    )


def test_an_answer_is_a_condition_only_where_it_is_yes_or_no():
    assert YES
    assert not NO
    assert not NOT
    for undecided in (UNRECORDED, CANNOT):
        with pytest.raises(sv.UndecidedError, match="Ruling"):
            bool(undecided)


def test_of_many_who_are_outside_three_are_named_and_no_membership_but_that_of_a_single_one():
    bodies = [kommun(f"k-{n}", county="17") for n in range(6)]
    ties = [
        sv.Membership(member="k-1", of="gr", capacity="associate", period="2016"),
        sv.Membership(member="k-2", of="gr"),
    ]
    c = sv.Collaboration([*WEST, *bodies, *ties, sv.Group(id="de-6", of=tuple(b.id for b in bodies)), mandate()])

    def breaks(for_, on):
        return sv.may(c, "ledare", "speak", for_=for_, on=on)[0].breaks_at

    assert breaks("de-6", "2016-10-01") == "for de-3, in which k-0, k-1, k-2 and 3 more are not"
    assert (
        breaks("k-1", "2016-10-01") == "for de-3, in which k-1 is not (associate of gr, along which no mandate flows)"
    )
    assert breaks("k-1", "2017-10-01") == "for de-3, in which k-1 is not"


@pytest.mark.parametrize("id", ["plan", "m"])
def test_only_a_party_is_asked_about_as_one(id):
    with pytest.raises(sv.InvalidValueError, match="no party"):
        sv.may(west(mandate()), id, "speak")
    with pytest.raises(sv.InvalidValueError, match="no party"):
        sv.may(west(mandate()), "ledare", "speak", for_=id)


# ---------------------------------------------------------------- against a slow, obvious answer

MEMBERS = {"a": "a", "b": "b", "c": "c", "d": "d", "ab": "ab", "bcd": "bcd", "alla": "abcd"}
"""Parties, each with the single actors in it."""
HIDDEN = {"dold": "", "delvis": "c"}
"""Groups whose members are not all told."""
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
            *(sv.Group(id=id, of=tuple(known), basis=sv.basis(of="partial")) for id, known in partial.items()),
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
            whom = (not forbidding or not m["for_"], True)
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
    parts = draw(st.lists(st.tuples(actors | roles, plans, st.sampled_from(list(sv.Capacity))), max_size=4))
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
    return [row.answer for holder in holders for row in sv.may(c, holder, list(sv.Act), for_=parties)]


@given(related())
@settings(max_examples=30)
def test_a_mandate_never_flows_along_a_membership_a_participation_or_an_employment(pair):
    before, after = pair
    assert every_answer(after) == every_answer(before)


# ---------------------------------------------------------------- what cannot be asked


@pytest.mark.parametrize("asked", [{"for_": "mora"}, {"for_": ["ale", "mora"]}, {"about": "mora"}, {"for_": ""}])
def test_an_id_that_is_not_there_is_not_answered(asked):
    with pytest.raises(sv.NotFoundError):
        answer(mandate(), **asked)
    with pytest.raises(sv.NotFoundError):
        answer(mandate(), holder="mora")


@pytest.mark.parametrize("act", ["shout", "", "Speak!"])
def test_a_word_that_is_no_act_is_refused_with_those_that_are(act):
    with pytest.raises(sv.InvalidValueError, match="prepare, speak, recommend"):
        answer(mandate(), act=act)


def test_to_ask_for_no_act_gives_no_answer():
    assert len(sv.may(west(mandate()), "ledare", [], for_="ale")) == 0


def test_what_is_assumed_of_the_mandates_comes_with_the_answer():
    c = west(mandate(basis=sv.basis(period="assumed")))
    assert sv.may(c, "ledare", "speak", for_="ale").assumed == ("m.period is assumed",)
    assert sv.may(c, "gr", "speak", for_="ale").assumed == ()
