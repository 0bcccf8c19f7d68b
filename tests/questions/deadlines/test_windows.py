"""What is due by the windows of grants: who owes it, and what answers it."""

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.questions.deadlines.due import ObligationState
from samverkan.questions.deadlines.windows import WINDOWS, window_duties
from tests.questions.deadlines.owing import ANSWERED, LATE, NOT_KNOWN, OPEN, OVERDUE, UNDATED, UNDECIDED, WHO, asked
from tests.strategies import collaborations, days

NOT_OWED = ObligationState.NOT_OWED


def grant(id: str = "gnv", **more: object) -> sv.Grant:
    said = {"title": "God och nära vård", "regime": "requisition", **more}
    return sv.Grant(id=id, **said)


def window(closes: object = "2016-11-30", **more: object) -> sv.Window:
    return sv.Window(closes=closes, **{"statutory": False, "met_when": "sent", "to": "skr", **more})


def share(to: object = "ale", grant: str = "gnv", amount: object = sv.Money(100), **more: object) -> sv.Allocation:
    return sv.Allocation(grant=grant, recipient=to, amount=amount, **more)


def ask(amount: int = 100, id: str = "rek", by: object = "ale", to: str = "gnv>ale", **more: object) -> sv.Requisition:
    return sv.Requisition(id=id, allocation=to, requested_by=by, amount=sv.Money(amount), **more)


def event(kind: str, day: object = None, amount: object = sv.Money(100), **more: object) -> sv.FundingEvent:
    said = {"id": f"e-{kind}".replace(" ", "-"), "allocation": "gnv>ale", **more}
    return sv.FundingEvent(kind=kind, day=day, amount=amount, **said)


def ids(*records: object) -> list[str]:
    return [duty.obligation.id for duty in window_duties(sv.Collaboration([*WHO, *records]))]


# ---------------------------------------------------------------- whom it concerns


def test_each_recipient_owes_what_each_window_asks_for():
    money = grant(requisition=window(), report=window("2017-02-28"), repayment=window("2017-03-31"))
    assert ids(money, share(), share("hjo")) == [f"gnv/{name}/{who}" for name in WINDOWS for who in ("ale", "hjo")]


@pytest.mark.parametrize("manner", ["each", "jointly"])
def test_a_group_that_is_allotted_money_owes_it_in_its_own_manner(manner):
    (duty,) = window_duties(
        sv.Collaboration([*WHO, grant(requisition=window()), share(f"{manner} kommunerna", id="andel")])
    )
    assert (duty.obligation.by, duty.allocations) == ((sv.Party("kommunerna", manner),), ("andel",))


def test_where_nothing_is_allotted_those_who_may_get_it_owe_it():
    money = grant(requisition=window(), receivers=("each kommunerna", "vgr"))
    assert ids(money) == ["gnv/requisition/kommunerna", "gnv/requisition/vgr"]
    rows = asked(money, on="2016-10-01", known="2017-06-01")
    assert [(row.by, str(row.state)) for row in rows] == [
        ((sv.each("kommunerna"),), "open"),
        ((sv.Party("vgr"),), "open"),
    ]
    assert {row.state for row in asked(money, on="2017-01-01", known="2017-06-01")} == {UNDECIDED}


def test_where_nobody_is_told_that_is_said():
    sentence = "who must act by the windows of gnv: neither who gets the money nor who may is recorded"
    assert asked(grant(requisition=window())).unknown == (sentence,)
    assert asked(grant(requisition=sv.UNKNOWN)).unknown == (
        "what is due by the windows of gnv: the source is silent on one of them",
    )
    assert asked(grant(requisition=sv.NONE, receivers="ale")).unknown == ()
    assert asked(grant(payment=window(), use=window(), receivers="ale")).unknown == ()


def test_that_others_may_owe_it_than_those_who_were_allotted_money_is_said():
    sentence = ("whether others than those with an allocation of gnv must act by its windows",)
    for receivers, said in (("each kommunerna", sentence), (("ale",), ()), ("each alla-290", sentence)):
        table = asked(grant(requisition=window(), receivers=receivers), share())
        assert (table.unknown, [row.obligation for row in table]) == (said, ["gnv/requisition/ale"])


def test_a_line_has_the_windows_of_the_whole_unless_it_says_otherwise():
    whole = grant(requisition=window(), report=window("2017-02-28"))
    line = grant("gnv.a", part_of="gnv", report=window("2017-05-31"))
    none = grant("gnv.b", part_of="gnv", requisition=sv.NONE, report=sv.UNKNOWN)
    shares = share(grant="gnv.a"), share(grant="gnv.b")
    duties = window_duties(sv.Collaboration([*WHO, whole, line, none, *shares]))
    assert [(d.obligation.id, d.place, str(d.obligation.timing.due)) for d in duties] == [
        ("gnv.a/requisition/ale", "gnv.requisition", "2016-11-30"),
        ("gnv.a/report/ale", "gnv.a.report", "2017-05-31"),
    ]


def test_those_who_may_get_the_lines_owe_it_and_not_the_whole_as_well():
    whole = grant(requisition=window(), receivers="each kommunerna")
    lines = grant("gnv.a", part_of="gnv", receivers="ale"), grant("gnv.b", part_of="gnv", receivers=())
    assert ids(whole, *lines) == ["gnv.a/requisition/ale"]
    assert ids(whole, *lines, share("vgr")) == ["gnv/requisition/vgr"]
    assert ids(whole, *lines, share("vgr", "gnv.b")) == ["gnv.a/requisition/ale", "gnv.b/requisition/vgr"]
    assert asked(whole, *lines).unknown == (
        "who must act by the windows of gnv.b: neither who gets the money nor who may is recorded",
    )


def test_a_sub_package_that_takes_its_money_out_of_the_lines_asks_for_nothing_more():
    whole = grant(requisition=window(), receivers="ale")
    assert ids(whole, grant("gnv.x", part_of="gnv", receivers="ale", cuts_across="gnv")) == ["gnv/requisition/ale"]


def test_lines_in_a_circle_come_to_an_end():
    a, b = grant("a", part_of="b", requisition=window(), receivers="ale"), grant("b", part_of="a")
    assert ids(a, b) == ["a/requisition/ale"]


def test_what_was_granted_onward_is_asked_for_only_by_a_window_of_its_own():
    money = grant(requisition=window()), share("vgr", id="forst")
    onward = share("ale", out_of="forst")
    assert ids(*money, onward) == ["gnv/requisition/vgr"]
    own = grant("lokalt", requisition=window("2016-09-30", to="vgr"))
    assert ids(*money, own, share("ale", "lokalt", out_of="forst")) == ["gnv/requisition/vgr", "lokalt/requisition/ale"]


def test_a_grant_in_another_document_has_windows_that_are_not_told():
    elsewhere = sv.ExternalRecord(id="gnv", kind="Grant")
    assert asked(elsewhere, share()).unknown == ("what is due by the windows of gnv: another document has them",)


# ---------------------------------------------------------------- what a row says


def test_a_row_says_what_from_whom_to_whom_on_which_ground_and_by_when():
    money = grant(requisition=window("2024-03-31", statutory=True, met_when="arrived"), forfeited="shared out")
    (row,) = asked(money, share(), on="2024-03-01")
    assert (row.obligation, row.title) == ("gnv/requisition/ale", "requisition: God och nära vård")
    assert (row.by, row.to, row.ground, row.window) == ((sv.Party("ale"),), (sv.Party("skr"),), "gnv", "requisition")
    assert (str(row.deadline), row.as_written, row.moved) == ("2024-04-02", "2024-03-31", True)
    assert (row.statutory, row.met_when, str(row.days_left), row.state) == (
        True,
        sv.vocabulary.MetWhen.ARRIVED,
        "32",
        OPEN,
    )
    assert (row.answers, row.lacking, row.because) == ((), ("ale",), ("gnv", "gnv>ale"))


@pytest.mark.parametrize(("statutory", "moved"), [(True, True), (False, False), (None, None)])
def test_whether_the_day_was_moved_is_told_where_it_is_settled(statutory, moved):
    assert asked(grant(report=window("2024-03-31", statutory=statutory)), share())[0].moved is moved
    assert asked(grant(report=window("2024-04-05", statutory=statutory)), share())[0].moved is False
    assert asked(grant(report=window(None, statutory=statutory)), share())[0].moved is None


def test_the_obligation_says_which_money_hangs_on_it_and_what_happens():
    whole = grant(
        requisition=window(to=None, opens="2016-04-15"), report=window(to=None), repayment=window(to=None),
        payer="skr", repay_to="vgr", forfeited="returned",
    )  # fmt: skip
    line = grant("gnv.a", part_of="gnv")
    asks, reports, repays = window_duties(sv.Collaboration([*WHO, whole, line, share(grant="gnv.a")]))
    one = asks.obligation
    assert (one.ground, one.secures, one.duty.sv, str(one.timing.not_before)) == (
        "gnv",
        ("gnv.a",),
        "lämna",
        "2016-04-15",
    )
    assert [str(duty.obligation.if_missed) for duty in (asks, reports, repays)] == ["lapses", "None", "None"]
    assert [duty.obligation.to for duty in (asks, reports, repays)] == [(sv.Party("skr"),), (), (sv.Party("vgr"),)]
    both = grant(requisition=window(), report=window(), repayment=window(), payer="vgr", repay_to="hjo")
    told = window_duties(sv.Collaboration([*WHO, both, share()]))
    assert [[party.id for party in duty.obligation.to] for duty in told] == [["skr"], ["skr"], ["hjo"]]


def test_a_window_that_does_not_say_when_it_closes_has_no_day():
    (row,) = asked(grant(requisition=window(None)), share())
    assert (row.state, row.deadline, row.days_left) == (UNDATED, None, None)


def test_a_party_is_told_its_own():
    money = grant(requisition=window()), share(), share("hjo")
    assert [row.obligation for row in asked(*money, party="ale")] == ["gnv/requisition/ale"]
    assert [row.obligation for row in asked(*money, party="skr")] == ["gnv/requisition/ale", "gnv/requisition/hjo"]
    assert len(asked(*money, party="mora")) == 0


# ---------------------------------------------------------------- what is recorded is not told twice


def reporting(**more: object) -> sv.Obligation:
    said = {"by": "ale", "to": "skr", "ground": "gnv", "duty": "report", **more}
    return sv.Obligation(id="redovisning", title="R", timing=sv.Timing(due="2017-02-28", statutory=False), **said)


def test_what_the_document_records_itself_is_not_computed_as_well():
    money = grant(report=window("2017-02-28")), share()
    assert ids(*money, reporting()) == []
    assert ids(*money, reporting(ground=None, secures="gnv", to=())) == []
    for other in ({"by": "hjo"}, {"duty": "deliver"}, {"ground": None}, {"to": "vgr"}):
        assert ids(*money, reporting(**other)) == ["gnv/report/ale"]
    assert [row.obligation for row in asked(*money, reporting())] == ["redovisning"]


def test_whether_what_is_recorded_is_the_same_is_asked_where_it_may_be():
    money = grant(report=window("2017-02-28")), share()
    came = sv.Submission(id="svar", obligation="redovisning", by="ale", arrived="2017-02-20")
    late = {"on": "2017-06-01", "known": "2017-06-01"}
    table = asked(*money, reporting(by=()), came, **late)
    assert "whether redovisning is what gnv.report asks for" in table.unknown
    assert table.where(window="report")[0].state is UNDECIDED
    assert asked(*money, reporting(by=()), **late).where(window="report")[0].state is OVERDUE
    assert asked(*money, reporting(by="hjo"), came, **late).where(window="report")[0].state is OVERDUE


# ---------------------------------------------------------------- asking for money


def state(
    *records: object, name: str = "requisition", closes: object = "2016-11-30", **question: object
) -> ObligationState:
    met_when = question.pop("met_when", "sent")
    table = asked(grant(**{name: window(closes, met_when=met_when), **question.pop("says", {})}), *records, **question)
    return table[0].state


@pytest.mark.parametrize(
    ("on", "known", "wanted"),
    [
        ("2016-11-30", "2017-01-01", OPEN),
        ("2016-12-01", "2017-01-01", OVERDUE),
        ("2016-12-01", "2016-11-30", NOT_KNOWN),
        ("2016-12-01", None, NOT_KNOWN),
        ("2016", "2017-01-01", UNDECIDED),
    ],
)
def test_money_that_nobody_asks_for_is_overdue_where_we_would_know(on, known, wanted):
    assert state(share(), on=on, known=known) is wanted


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        ([ask(sent="2016-11-01")], [OPEN, ANSWERED, ANSWERED]),
        ([ask(sent="2016-12-05")], [OPEN, OPEN, LATE]),
        ([ask(60, sent="2016-11-01"), ask(40, "rek-2", sent="2016-11-15")], [OPEN, ANSWERED, ANSWERED]),
        ([ask(60, sent="2016-11-01"), ask(40, "rek-2", sent="2016-12-15")], [OPEN, OPEN, LATE]),
        ([ask(60, sent="2016-11-01")], [OPEN, OPEN, UNDECIDED]),
        ([ask(60, sent="2016-11"), ask(60, "rek-2", sent="2016-11")], [OPEN, ANSWERED, ANSWERED]),
        ([ask(60, sent="2016-10..2016-11"), ask(60, "rek-2", sent="2016-10-01")], [UNDECIDED, ANSWERED, ANSWERED]),
        ([ask()], [UNDECIDED, UNDECIDED, UNDECIDED]),
        ([ask(by="skr", sent="2016-11-01")], [OPEN, ANSWERED, ANSWERED]),
        ([event("paid", "2016-11-10", by="skr")], [OPEN, UNDECIDED, UNDECIDED]),
        ([event("lapsed", "2016-12-10")], [OPEN, OPEN, NOT_OWED]),
    ],
)
def test_it_is_answered_when_all_of_it_is_asked_for(records, wanted):
    known = {"known": "2017-06-01"}
    table = [state(share(), *records, on=on, **known) for on in ("2016-10-31", "2016-11-30", "2017-01-15")]
    assert table == wanted


def test_what_is_asked_for_must_have_arrived_where_that_counts():
    both = share(), ask(sent="2016-11-29", arrived="2016-12-02")
    at = {"on": "2017-01-15", "known": "2017-06-01"}
    assert [state(*both, met_when=counts, **at) for counts in ("sent", "arrived", None)] == [ANSWERED, LATE, ANSWERED]


def test_the_answers_are_named_and_who_lacks():
    row = asked(grant(requisition=window()), share(), ask(60, sent="2016-11-01"), on="2016-11-15")[0]
    assert (row.state, row.answers, row.lacking, row.because) == (OPEN, ("rek",), ("ale",), ("gnv", "gnv>ale", "rek"))


@pytest.mark.parametrize("amount", [None, sv.UNKNOWN])
def test_of_an_amount_that_is_not_told_nobody_knows_whether_all_is_asked_for(amount):
    assert state(share(amount=amount), ask(sent="2016-11-01")) is UNDECIDED
    assert state(share(amount=amount), on="2017-01-15", known="2017-06-01") is OVERDUE


@pytest.mark.parametrize("amount", [sv.NONE, sv.Money(0)])
@pytest.mark.parametrize("name", [*WINDOWS])
def test_who_is_allotted_nothing_owes_nothing(name, amount):
    assert state(share(amount=amount), name=name, on="2017-01-15", known="2017-06-01") is NOT_OWED


def test_later_allotments_are_asked_for_as_well():
    second = event("allocated", "2016-06-01", id="t-1"), event("allocated", "2016-09-01", sv.Money(50), id="t-2")
    assert state(share(), *second, ask(100, sent="2016-11-01"), on="2016-11-30") is OPEN
    assert state(share(), *second, ask(150, sent="2016-11-01"), on="2016-11-30") is ANSWERED


def test_several_allotments_of_one_recipient_are_answered_together():
    two = share(id="forsta"), share(id="andra")
    first, second = ask(to="forsta", sent="2016-11-01"), ask(to="andra", id="rek-2", sent="2016-11-20")
    at = {"on": "2016-11-25"}
    assert ids(grant(requisition=window()), *two) == ["gnv/requisition/ale"]
    assert [state(*two, first, **at), state(*two, first, second, **at)] == [OPEN, ANSWERED]
    assert state(*two, first, second, on="2016-11-19") is OPEN


def test_each_of_a_group_asks_for_its_own():
    one = share("each kommunerna", id="andel")
    ale, hjo = ask(to="andel", sent="2016-11-01"), ask(to="andel", id="r-2", by="hjo", sent="2016-12-05")
    late = {"on": "2017-01-15", "known": "2017-06-01"}
    table = asked(grant(requisition=window()), one, ale, **late)
    assert (table[0].state, table[0].lacking) == (OVERDUE, ("hjo",))
    assert state(one, ale, hjo, **late) is LATE
    assert state(one, ale, party="ale", **late) is ANSWERED
    both = ask(200, to="andel", by="vgr", on_behalf_of=("ale", "hjo"), sent="2016-11-01")
    assert state(one, both, **late) is ANSWERED
    assert state(one, evolve(both, amount=sv.Money(199)), **late) is UNDECIDED


def test_money_in_another_currency_asks_for_no_known_part():
    euro = evolve(ask(sent="2016-11-01"), amount=sv.money("100 EUR"))
    assert state(share(), euro, on="2016-11-15") is UNDECIDED


def test_what_was_asked_for_before_the_window_opened_may_be_for_something_else():
    money = grant(requisition=window(opens="2016-04-15"))
    table = asked(money, share(), ask(sent="2016-01-10"), on="2017-01-15", known="2017-06-01")
    assert table[0].state is UNDECIDED
    assert table.unknown == ("whether what came before gnv.requisition could begin answers it",)


# ---------------------------------------------------------------- reporting


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        ([], OVERDUE),
        ([event("reported", "2016-11-20")], ANSWERED),
        ([event("reported", "2016-12-20")], LATE),
        ([event("reported")], UNDECIDED),
        ([event("reported", "2016-11-20", by="hjo")], UNDECIDED),
        ([event("used", "2016-11-20")], OVERDUE),
        ([event("settled", "2016-11-20")], UNDECIDED),
        ([event("reported", "2016-12-20", id="r"), event("reported", "2016-11-20", corrects="r")], ANSWERED),
    ],
)
def test_a_report_is_answered_by_what_is_reported(records, wanted):
    assert state(share(), *records, name="report", on="2017-01-15", known="2017-06-01") is wanted


def test_reports_of_several_allotments_are_awaited_for_each():
    two = share(id="forsta"), share(id="andra")
    done = [event("reported", f"2016-11-0{n}", id=f"e-{n}", allocation=to) for to, n in (("forsta", 1), ("andra", 9))]
    at = {"name": "report", "on": "2016-11-08"}
    assert [state(*two, *done, **at), state(*two, *done, **(at | {"on": "2016-11-09"}))] == [UNDECIDED, ANSWERED]


# ---------------------------------------------------------------- paying back

USED = (event("paid", "2016-02-01"), event("used", "2016-06-01"))
LEFT = (event("paid", "2016-02-01"), event("used", "2016-06-01", sv.Money(80)))
ENDED = {"says": {"use": sv.Window(closes="2016-10-31"), "carry_over": False}}


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        (USED, NOT_OWED),
        (LEFT, OVERDUE),
        ((*LEFT, event("repaid", "2016-11-20", sv.Money(20))), ANSWERED),
        ((*LEFT, event("repaid", "2016-12-20", sv.Money(20))), LATE),
        ((*LEFT, event("repaid", "2016-11-20", sv.Money(15))), OVERDUE),
        ((*LEFT, event("repaid", "2016-11-20", sv.UNKNOWN)), UNDECIDED),
        ((*LEFT, event("waived", "2016-11-20", sv.Money(20))), NOT_OWED),
        ((*LEFT, event("reclaimed", "2016-11-20", sv.Money(20))), UNDECIDED),
        ((event("paid", "2016-02-01"), event("used", "2016-06-01", sv.UNKNOWN)), UNDECIDED),
        ((event("paid", "2016-02-01"), event("used", "2016-11-15")), OVERDUE),
        ((), NOT_OWED),
    ],
)
def test_what_is_left_must_be_paid_back_and_nothing_where_nothing_is(records, wanted):
    asks = ask(sent="2016-01-15")
    assert state(share(), asks, *records, name="repayment", on="2017-01-15", known="2017-06-01", **ENDED) is wanted


def test_before_its_day_what_is_to_be_paid_back_is_open():
    at = {"name": "repayment", "on": "2016-09-01", "known": "2017-06-01", **ENDED}
    assert [state(share(), *some, **at) for some in (USED, LEFT, ())] == [OPEN, OPEN, OPEN]


def test_that_nothing_is_left_is_told_only_where_all_was_paid_or_we_would_know():
    part = event("paid", "2016-02-01", sv.Money(40)), event("used", "2016-06-01", sv.Money(40))
    at = {"name": "repayment", "on": "2017-01-15", **ENDED}
    assert [state(share(), *part, known=known, **at) for known in ("2017-06-01", "2016-12-31", None)] == [
        NOT_OWED,
        UNDECIDED,
        UNDECIDED,
    ]
    assert state(share(), *USED, known=None, **at) is NOT_OWED


@pytest.mark.parametrize(
    ("says", "wanted"),
    [
        ({"regime": "direct"}, NOT_OWED),
        ({"regime": "performance"}, NOT_OWED),
        ({"regime": ""}, UNDECIDED),
        ({"regime": "requisition"}, UNDECIDED),
        ({"use": sv.Window(closes="2016-10-31"), "carry_over": True}, UNDECIDED),
        ({"use": sv.UNKNOWN}, UNDECIDED),
    ],
)
def test_whether_what_is_left_must_be_paid_back_is_told_by_the_rules_of_the_grant(says, wanted):
    assert state(share(), *LEFT, name="repayment", on="2017-01-15", known="2017-06-01", says=says) is wanted


def test_where_all_is_used_and_no_time_for_use_is_told_nothing_is_owed():
    at = {"name": "repayment", "on": "2017-01-15", "known": "2017-06-01"}
    assert state(share(), *USED, **at) is NOT_OWED
    assert state(share(), *USED, says={"use": sv.UNKNOWN}, **at) is UNDECIDED


def test_who_of_a_group_must_pay_back_what_they_have_left_one_by_one_is_not_told():
    one, at = share("each kommunerna", id="andel"), {"name": "repayment", "on": "2017-01-15", **ENDED}
    used, left = ([evolve(each, allocation="andel") for each in some] for some in (USED, LEFT))
    assert [state(one, *some, known=known, **at) for some in (used, left) for known in ("2017-06-01", None)] == [
        NOT_OWED,
        UNDECIDED,
        UNDECIDED,
        UNDECIDED,
    ]
    assert state(evolve(one, recipient="jointly kommunerna"), *left, known="2017-06-01", **at) is OVERDUE


@pytest.mark.parametrize("on", ["2016-11", "2016", "unknown", "by 2017-01-15"])
def test_a_vague_day_leaves_it_undecided_or_says_what_holds_throughout(on):
    wide = state(share(), *LEFT, name="repayment", on=on, known="2017-06-01", **ENDED)
    assert wide is (OPEN if on == "2016-11" else UNDECIDED)


# ---------------------------------------------------------------- laws


@given(collaborations())
@settings(max_examples=60)
def test_every_obligation_of_a_window_holds_together(c):
    duties = window_duties(c)
    names = [duty.obligation.id for duty in duties]
    assert len(names) == len({*names})
    assert not {*names} & {record.id for record in c}
    for duty in duties:
        one, told = duty.obligation, c[sv.Grant, str(duty.obligation.ground)]
        assert one.id == f"{duty.grant}/{duty.window}/{one.by[0].id}"
        assert isinstance(getattr(told, duty.window), sv.Window)
        assert {c[id].grant for id in duty.allocations} <= {duty.grant}
        for party in one.by:
            assert (party.manner is not None) or not isinstance(c[party.id], sv.Group)
    assert {row.obligation for row in sv.due(c, on="2016-10-31") if row.window} == {*names}


_moves = st.lists(st.tuples(st.sampled_from(["ask", "paid"]), st.integers(1, 120), days()), max_size=6)


@given(_moves, days(), st.integers(1, 200))
@settings(max_examples=200)
def test_what_is_asked_for_stands_as_adding_it_up_says(moves, on, amount):
    records = [
        ask(much, f"m-{n}", sent=day) if kind == "ask" else event(kind, day, sv.Money(much), id=f"m-{n}")
        for n, (kind, much, day) in enumerate(moves)
    ]
    found = state(share(amount=sv.Money(amount)), *records, on=on, known="2100-01-01")
    last = sv.day("2016-11-30")

    def asked_by(end):
        return sum(much for kind, much, day in moves if kind == "ask" and day <= end)

    paid = any(kind == "paid" and day <= on for kind, _, day in moves)
    if asked_by(on) >= amount:
        assert found is (ANSWERED if asked_by(min(last, on)) >= amount or (paid and _paid_by(moves, last)) else LATE)
    elif paid or (on > last and asked_by(on)):
        assert found is UNDECIDED
    else:
        assert found is (OPEN if on <= last else OVERDUE)


def _paid_by(moves, last):
    return any(kind == "paid" and day <= last for kind, _, day in moves)


@given(_moves, days(), st.integers(1, 200), st.integers(0, 300))
def test_a_vaguer_day_of_asking_never_contradicts_what_could_be_told(moves, on, amount, more):
    sharp = [ask(much, f"m-{n}", sent=day) for n, (_, much, day) in enumerate(moves)]
    vague = [evolve(one, sent=sv.When(one.sent.earliest, sv.calendar.add_days(one.sent.latest, more))) for one in sharp]
    one, at = share(amount=sv.Money(amount)), {"on": on, "known": "2100-01-01"}
    was, then = state(one, *sharp, **at), state(one, *vague, **at)
    assert then in (was, UNDECIDED) or (was, then) in ((LATE, ANSWERED), (ANSWERED, ANSWERED))
