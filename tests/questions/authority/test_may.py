"""Who may do what for whom."""

from __future__ import annotations

import pytest

import samverkan as sv
from samverkan.questions.authority.may import Ruling

YES, NO, NOT, UNRECORDED, CANNOT = Ruling


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
    sv.Group(id="de-3", every=sv.fields.selection("kommuner in county 14"), count=3),
    sv.Group(id="de-4", of=("de-3", "vgr"), count=4),
    sv.Group(id="kommunerna", title="Kommunerna i riket", count=290, basis=sv.basis(of="unknown")),
    sv.Group(id="nagra", of=("ale", "hjo"), basis=sv.basis(of="partial")),
    sv.Group(id="tom", title="Ingen är antecknad"),
    sv.Group(id="tva", of=("ale", "hjo"), basis=sv.basis(title="partial")),
    sv.Group(id="riket", of=("vgr", "kommunerna")),
    sv.ExternalRecord(id="de-21", kind="Group"),
    sv.Role(id="ledare", title="Processledare", employed_by="gr", comes_from="kungsbacka"),
    sv.Membership(member="ale", of="gr"),
    sv.Membership(member="kungsbacka", of="gr"),
    sv.Plan(id="plan", title="Plan"),
    sv.Activity(id="plan.steg", title="Steg", plan="plan"),
    sv.Activity(id="plan.steg.del", title="Del", part_of="plan.steg"),
    sv.Plan(id="annan", title="En annan plan"),
    sv.ExternalRecord(id="dold", kind="Activity"),
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


@pytest.mark.parametrize("act", [act for act in sv.vocabulary.Act if act is not sv.vocabulary.Act.SPEAK])
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
        "2016-05-02": "whether it is in force on 2016-05-02 cannot be determined (in 2016-05/2016-12-31)",
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
    assert row.breaks_at == "for whom is not stated, so not whether for ale"


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


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"of": ("ale",)}, True),
        ({"of": ("ale",), "count": 1}, True),
        ({"of": ("ale",), "count": "<2"}, True),
        ({"of": ("ale",), "count": "~60"}, False),
        ({"of": ("ale",), "count": "~1"}, False),
        ({"of": ("ale",), "count": ">0"}, False),
        ({"of": ("ale",), "count": sv.UNKNOWN}, False),
        ({"of": ("ale",), "count": "~60", "basis": sv.basis(of="complete")}, True),
        ({"every": "kommuner in county 15"}, False),
        ({"every": "kommuner in county 15", "count": 1}, True),
        ({"every": "kommuner in county 15", "count": 2}, False),
        ({"every": "kommuner in county 15", "basis": sv.basis(of="complete")}, True),
        ({"of": ("ale",), "every": "kommuner in county 16"}, False),
    ],
    ids=str,
)
def test_a_group_is_told_in_full_only_where_its_count_or_the_source_leaves_no_room_for_others(said, told):
    ale, other = kommun("ale", county="15"), sv.ExternalRecord(id="annan", kind="Actor")
    gr = sv.Actor(id="gr", title="GR", kind="kommunalforbund")
    given = sv.Mandate(id="m", holder="gr", may="draw", for_="ale")
    c = sv.Collaboration([ale, other, gr, sv.Group(id="g", **said), given])
    row = sv.may(c, "gr", "draw", for_="g")[0]
    assert row.answer is (YES if told else CANNOT)
    assert told or row.breaks_at == "for ale, and who is in g is not recorded"


@pytest.mark.parametrize(("count", "wanted"), [(2, NO), (None, CANNOT), ("~2", CANNOT)])
def test_a_count_that_leaves_no_room_for_others_leaves_none_in_the_groups_within(count, wanted):
    inner = sv.Group(id="inre", every="kommuner in county 15")
    outer = sv.Group(id="yttre", of=("inre", "vgr"), count=count)
    c = sv.Collaboration([*WEST, kommun("boras", county="15"), kommun("x", ""), inner, outer, mandate(for_="yttre")])
    assert sv.may(c, "ledare", "speak", for_="x")[0].answer is wanted
    assert sv.may(c, "ledare", "speak", for_="yttre")[0].answer is YES
    of_all = sv.Collaboration([*c, sv.Group(id="ytterst", of=("yttre",)), mandate("m-2", may="sign", for_="ytterst")])
    assert sv.may(of_all, "ledare", "sign", for_="x")[0].answer is wanted


def test_a_group_that_stands_elsewhere_is_not_one_of_those_who_are_counted():
    group = sv.Group(id="g", of=("ale", "de-21"), count=2)
    c = sv.Collaboration([*WEST, group, mandate(for_="ale")])
    assert sv.may(c, "ledare", "speak", for_="g")[0].breaks_at == "for ale, and who is in g, de-21 is not recorded"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (kommun("x", county="17"), YES),
        (kommun("x", county="13"), NO),
        (kommun("x", county=""), CANNOT),
        (sv.Actor(id="x", title="X", kind="region", county="17"), NO),
        (sv.ExternalRecord(id="x", kind="Actor"), CANNOT),
    ],
)
def test_a_rule_leaves_out_whom_it_does_not_pick_though_not_everybody_is_recorded(body, wanted):
    group = sv.Group(id="regel", every="kommuner in county 17")
    given, no = mandate(for_="regel"), mandate("nej", may=(), may_not="sign", for_="regel")
    c = sv.Collaboration([*WEST, group, body, given, no])
    assert sv.may(c, "ledare", "speak", for_="x")[0].answer is wanted
    forbidden = {YES: NOT, NO: UNRECORDED, CANNOT: CANNOT}
    assert sv.may(c, "ledare", "sign", for_="x")[0].answer is forbidden[wanted]


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
    assert row.breaks_at == "whether it is in force on 2016-05-15 cannot be determined (in 2016-05/2016-12-31)"


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


def test_whom_a_mandate_is_for_where_the_source_does_not_tell_limits_what_was_asked_of_nobody():
    unsaid, nobody = sv.basis(**{"for": "unknown"}), sv.basis(**{"for": "complete"})
    assert answer(mandate("nej", may=(), may_not="speak", for_=(), basis=unsaid)) is CANNOT
    row = sv.may(west(mandate(for_=(), basis=unsaid)), "ledare", "speak")[0]
    assert (row.answer, row.limits) == (YES, ("for those who are not recorded only",))
    assert answer(mandate(for_=(), basis=nobody)) is NO
    assert answer(mandate("nej", may=(), may_not="speak", for_=(), basis=nobody)) is UNRECORDED


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
    assert (row.answer, row.limits) == (YES, ("while post exists (in 2016-05/2016-12-31)",))


def test_what_may_have_changed_since_the_day_of_knowledge_is_said():
    c = sv.Collaboration([*WEST, mandate(period="2017/2018")], known="2017-03-01")
    assert sv.may(c, "ledare", "speak", for_="ale", on="2017-03-01").unknown == ()
    assert sv.may(c, "ledare", "speak", for_="ale", on="2018-01-01").unknown == (
        "what has happened since 2017-03-01, the day to which this is known",
    )


def test_an_answer_is_a_condition_only_where_it_is_yes_or_no():
    assert YES
    assert not NO
    assert not NOT
    for undecided in (UNRECORDED, CANNOT):
        with pytest.raises(sv.errors.UndecidedError, match="Ruling"):
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


# ---------------------------------------------------------------- what cannot be asked


@pytest.mark.parametrize("asked", [{"for_": "mora"}, {"for_": ["ale", "mora"]}, {"about": "mora"}, {"for_": ""}])
def test_an_id_that_is_not_there_is_not_answered(asked):
    with pytest.raises(sv.errors.NotFoundError):
        answer(mandate(), **asked)
    with pytest.raises(sv.errors.NotFoundError):
        answer(mandate(), holder="mora")


@pytest.mark.parametrize("act", ["shout", "", "Speak!"])
def test_a_word_that_is_no_act_is_refused_with_those_that_are(act):
    with pytest.raises(sv.InvalidValueError, match=r"prepare \(bereda\), speak"):
        answer(mandate(), act=act)


def test_to_ask_for_no_act_gives_no_answer():
    assert len(sv.may(west(mandate()), "ledare", [], for_="ale")) == 0


def test_what_is_assumed_of_the_mandates_comes_with_the_answer():
    c = west(mandate(basis=sv.basis(period="assumed")))
    assert sv.may(c, "ledare", "speak", for_="ale").assumed == ("m.period is assumed",)
    assert sv.may(c, "gr", "speak", for_="ale").assumed == ()


def test_what_cannot_be_told_says_why_and_what_would_be_needed():
    ale = sv.Actor(id="ale", title="Ale kommun", kind="kommun")
    plan = sv.Plan(id="plan", title="Plan")
    denied = sv.Mandate(id="m", holder="ale", may_not="draw", about="plan")
    table = sv.may(sv.Collaboration([ale, plan, denied]), "ale", "draw")
    assert table[0].answer is Ruling.CANNOT_TELL
    assert table.unknown == ("whether ale may draw: about plan only, which was not asked about",)
    assert table[0].would_need == "that m does not forbid it, and a mandate for ale to draw"


# ---------------------------------------------------------------- a period that is not recorded


def test_that_no_period_is_recorded_is_told_where_a_day_is_asked_about():
    parts = [mandate(f"m-{id}", for_=id) for id in ("ale", "hjo")]
    table = sv.may(west(*parts), "ledare", "speak", for_=("ale", "tva"), on="1900-01-01")
    assert [row.answer for row in table] == [YES, YES]
    assert table.unknown == ("from when to when m-ale, m-hjo hold: no period is recorded",)
    assert "period" not in str(sv.may(west(*parts), "ledare", "speak", for_="tva").unknown[1:])


@pytest.mark.parametrize(
    ("said", "asked", "told"),
    [
        ({}, {"for_": "ale"}, True),
        ({"may": (), "may_not": "speak"}, {"for_": "ale"}, True),
        ({"period": "1850/"}, {"for_": "ale"}, False),
        ({"period": "/"}, {"for_": "ale"}, False),
        ({}, {"for_": "vgr"}, False),
        ({"may": "sign"}, {"for_": "ale"}, False),
    ],
    ids=str,
)
def test_what_no_period_could_change_is_not_told_to_have_none(said, asked, told):
    table = sv.may(west(mandate(**said)), "ledare", "speak", **asked, on="1900-01-01")
    assert ("from when to when m holds: no period is recorded" in table.unknown) is told
