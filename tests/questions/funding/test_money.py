"""The questions a controller asks of the money, each beside figures worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

import samverkan as sv
from samverkan import Allocation, AllocationKey, FundingEvent, Grant, Money, Requisition
from samverkan.questions.authority.may import Ruling

BODIES = tuple(sv.Actor(id=id, title=id, kind="kommun") for id in ("ale", "hjo", "vara"))
SKR = sv.Actor(id="skr", title="SKR", kind="association")


def grant(id="ph", **more):
    return Grant(**{"id": id, "title": id, "regime": "requisition"} | more)


def share(recipient="ale", amount=100, of="ph", **more):
    money = amount if isinstance(amount, Money | sv.vocabulary.Missing) else Money(amount)
    return Allocation(grant=of, recipient=recipient, amount=money, **more)


def asked(amount=100, day="2024-05-02", of="ph>ale", id="rek", **more):
    return Requisition(id=id, allocation=of, requested_by="ale", amount=Money(amount), sent=day, **more)


def event(kind, amount, day, of="ph>ale", **more):
    number = amount if amount is sv.UNKNOWN or isinstance(amount, Money) else Money(amount)
    return FundingEvent(
        id=f"{kind}-{day}-{of}".replace("..", "-").replace(">", "-"),
        kind=kind,
        allocation=of,
        amount=number,
        day=day,
        **more,
    )


def holding(*records, **about):
    return sv.Collaboration([*BODIES, *records], **about)


# ---------------------------------------------------------------- 1: what may we claim and have not


def test_what_is_not_asked_for_is_told_with_its_last_day():
    window = sv.Window(closes="2024-12-01", statutory=True, to="skr")
    c = holding(SKR, grant(requisition=window, forfeited="second round"), share(), asked(60), known="2024-11-01")
    [row] = sv.unclaimed(c, "ale", on="2024-11-01")
    assert (row.open.exact, row.allocated) == (Money(40), Money(100))
    assert (str(row.until), str(row.days_left), row.to) == ("2024-12-02", "31", "skr")
    assert (str(row.if_missed), row.state) == ("second round", "requisitioned")


def test_what_was_asked_for_in_full_is_not_told_and_another_partys_neither():
    c = holding(grant(), share(), share("hjo"), asked(100))
    assert not sv.unclaimed(c, "ale", on="2024-11-01")
    assert [row.recipient for row in sv.unclaimed(c, on="2024-11-01")] == ["hjo"]


def test_what_is_paid_without_being_asked_for_is_not_unclaimed():
    assert not sv.unclaimed(holding(grant(regime="direct"), share()), "ale", on="2024-11-01")


def test_a_part_of_what_a_group_was_allotted_concerns_its_members():
    group = sv.Group(id="alla", title="Alla", of=("ale", "hjo"))
    c = holding(group, grant(), share(sv.jointly("alla")))
    assert [row.recipient for row in sv.unclaimed(c, "hjo", on="2024-11-01")] == ["alla"]
    assert not sv.unclaimed(c, "vara", on="2024-11-01")


def test_a_grant_that_a_party_may_get_without_an_allocation_is_said():
    c = holding(grant(receivers="ale"), grant("gnv", receivers="hjo"))
    assert sv.unclaimed(c, "ale", on="2024-11-01").unknown == ("what ale gets of ph: no allocation is recorded",)


# ---------------------------------------------------------------- 5: what is left, and what goes back

USE = sv.Window(opens="2015-07-01", closes="2015-12-31")
BACK = sv.Window(closes="2016-03-31", statutory=False)
STAFFING = grant("aldre", use=USE, repayment=BACK, repay_to="skr", dnr="S2015/04567", carry_over=False)


def staffing(**more):
    """Elderly-care staffing 2015: 995 million kronor available, 83 per cent used [Uppsalapensionärerna]."""
    available = sv.money("995 mnkr")
    used = Money.floor(Fraction(available.amount) * Fraction(83, 100))
    return [
        SKR,
        Grant(
            **{a: getattr(STAFFING, a) for a in ("id", "title", "use", "repayment", "repay_to", "dnr", "regime")} | more
        ),
        share("ale", available, "aldre"),
        Requisition(id="rek", allocation="aldre>ale", requested_by="ale", amount=available, sent="2015-08-01"),
        FundingEvent(id="bet", kind="paid", allocation="aldre>ale", amount=available, day="2015-09-01"),
        FundingEvent(id="lon", kind="used", allocation="aldre>ale", amount=used, day="2015-12-31"),
    ]


def test_seventeen_per_cent_of_995_million_is_repayable():
    [row] = sv.unspent(holding(*staffing(carry_over=False), known="2016-02-01"), on="2016-01-15")
    assert row.cash_held.exact == row.repay.exact == sv.money("169.15 mnkr")
    assert (row.recipient, str(row.by), row.to, row.reference) == ("ale", "2016-03-31", "skr", "S2015/04567")
    assert row.why == "its time for use ended 2015-12-31"


@pytest.mark.parametrize(
    ("more", "on", "repay"),
    [
        ({}, "2015-12-30", Money(0)),
        ({}, "2015-12-31", sv.money("169.15 mnkr")),
        ({"carry_over": True}, "2016-01-15", Money(0)),
        ({"regime": "direct"}, "2016-01-15", Money(0)),
        ({"regime": ""}, "2016-01-15", None),
        ({"regime": "own"}, "2016-01-15", None),
        ({"use": None}, "2016-01-15", None),
        ({"use": sv.Window(closes="2016")}, "2016-01-15", None),
    ],
)
def test_what_must_be_paid_back_follows_the_rules_of_the_grant(more, on, repay):
    rows = [row for row in sv.unspent(holding(*staffing(**more)), on=on) if row.cash_held]
    assert [row.repay and row.repay.exact for row in rows] == [repay]


def held(*events, on="2025-01-15", regime="requisition", **more):
    """What is left of a hundred kronor whose time for use is 2024."""
    window = sv.Window(opens="2024-01-01", closes="2024-12-31")
    c = holding(grant(regime=regime, use=window, **more), share(), asked(), *events, known="2025-06-01")
    return [(str(row.cash_held), row.repay and str(row.repay)) for row in sv.unspent(c, on=on)]


PAID = event("paid", 100, "2024-02-01")


@pytest.mark.parametrize(
    ("events", "more", "found"),
    [
        ((event("used", 60, "2024-05-01"),), {}, [("40 kr", "40 kr")]),
        ((event("used", 60, "2024-05-01"), event("used", 30, "2025-01-10")), {}, [("10 kr", "40 kr")]),
        ((event("used", 60, "2024-05-01"), event("used", 40, "2025-01-10")), {}, [("0 kr", "40 kr")]),
        ((event("used", 60, "2024-05-01"), event("repaid", 40, "2025-01-10")), {}, []),
        ((event("used", 60, "2024"),), {}, [("40 kr", "40 kr")]),
        ((event("used", 60, "2024-12-20..2025-01-10"),), {}, [("40 kr", None)]),
        ((event("reclaimed", 100, "2024-07-01"),), {}, [("100 kr", None)]),
        ((event("reclaimed", 100, "2025-02-01"),), {}, [("100 kr", "100 kr")]),
        ((event("used", 60, "2024-05-01"),), {"regime": "invoice"}, [("40 kr", None)]),
        ((event("used", 60, "2024-05-01"),), {"regime": "direct"}, [("40 kr", "0 kr")]),
        ((event("used", 110, "2024-05-01"),), {}, [("-10 kr", "0 kr")]),
        ((event("used", 50, "2024-05-01"), event("paid", Money(50, "EUR"), "2024-02-02")), {}, [("50 kr", "50 kr"), ("50 EUR", "50 EUR")]),
    ],
)  # fmt: skip
def test_what_must_go_back_is_what_was_not_used_in_its_time(events, more, found):
    assert sorted(held(PAID, *events, **more)) == sorted(found)


def test_what_was_paid_back_is_no_longer_left():
    back = FundingEvent(
        id="ater", kind="repaid", allocation="aldre>ale", amount=sv.money("169.15 mnkr"), day="2016-03-01"
    )
    assert not sv.unspent(holding(*staffing(), back), on="2016-03-02")


# ---------------------------------------------------------------- 11: will it be spent in time


def test_the_pace_is_that_of_the_days_since_the_money_came():
    c = holding(
        grant(regime="direct", use=sv.Window(closes="2024-12-31")),
        share(amount=1_000),
        event("paid", 1_000, "2024-06-20"),
        event("used", 500, "2024-08-01"),
    )
    [row] = sv.pace(c, "ph", on="2024-09-27")  # a hundred days, 95 before the end
    assert (row.per_day, row.left_then) == (Money(5), Money(25))
    assert row.spent_by == sv.day("2025-01-05")
    [late] = sv.pace(c, "ph", on="2024-12-31")
    assert late.left_then == Money(500)


@pytest.mark.parametrize("vague", [event("used", 500, "2024-09"), event("used", sv.UNKNOWN, "2024-08-01")])
def test_no_pace_is_reckoned_from_what_is_only_roughly_known(vague):
    window = sv.Window(closes="2024-12-31")
    c = holding(grant(regime="direct", use=window), share(amount=1_000), event("paid", 1_000, "2024-06-20"), vague)
    table = sv.pace(c, "ph", on="2024-09-27")
    assert not table
    assert "ph>ale" in table.unknown[0]


# ---------------------------------------------------------------- two accounts of one grant


def test_two_accounts_are_laid_side_by_side_and_each_event_is_used_once():
    base = [grant(), share(), share("hjo")]
    payers = [
        event("paid", 60, "2024-06-01", reference="1"),
        event("paid", 40, "2024-07-01"),
        event("paid", 50, "2024-07-01", "ph>hjo"),
        event("repaid", 17, "2025-03-01"),
    ]
    ours = [
        event("paid", 61, "2024-06-03", reference="1"),
        event("paid", 40, "2024-07-02"),
        event("used", 83, "2024-11-01"),
        event("repaid", sv.UNKNOWN, "2025-03-01"),
    ]
    table = sv.reconcile(holding(*base, *payers), holding(*base, *ours), "ph")
    rows = {(row.recipient, str(row.event), str(row.day)): row for row in table}
    assert {key: row.difference for key, row in rows.items()} == {
        ("ale", "paid", "2024-06-01"): Money(1),
        ("ale", "paid", "2024-07-01"): Money(0),
        ("ale", "repaid", "2025-03-01"): None,
        ("ale", "used", "2024-11-01"): None,
        ("hjo", "paid", "2024-07-01"): None,
    }
    assert rows["ale", "used", "2024-11-01"].first is None
    assert rows["hjo", "paid", "2024-07-01"].second is None
    assert table.unknown == ("whether 2 of them are recorded by the other under another name",)


# ---------------------------------------------------------------- 6: is the condition met


def test_a_condition_with_five_parts_is_fulfilled_when_all_five_are_in():
    parts = ["medel", "analys", "unga", "indikatorer", "kostnad"]
    duty = sv.Obligation(
        id="redovisning",
        title="Redovisning 2017",
        by=sv.each("bada"),
        secures=["ph"],
        parts=parts,
        timing=sv.Timing(due="2017-10-31", statutory=False, met_when="arrived"),
        if_missed="repaid",
    )
    records = [
        sv.Group(id="bada", title="Båda", of=("ale", "hjo"), count=2),
        grant(),
        share(),
        share("hjo", sv.UNKNOWN),
        duty,
        sv.Submission(obligation="redovisning", by="ale", arrived="2017-10-30", parts=parts),
        sv.Submission(obligation="redovisning", by="hjo", arrived="2017-11-02", parts=parts[:4]),
    ]
    rows = {row.principal: row for row in sv.conditions(holding(*records), "ph", on="2017-12-01")}
    assert (rows["ale"].is_fulfilled, rows["ale"].in_time, rows["ale"].amount.exact) == (
        sv.Truth.YES,
        sv.Truth.YES,
        Money(100),
    )
    assert (rows["hjo"].is_fulfilled, rows["hjo"].in_time, rows["hjo"].missing) == (
        sv.Truth.NO,
        sv.Truth.NO,
        ("kostnad",),
    )
    assert str(rows["hjo"].amount) == "at least 0 kr"
    assert str(rows["hjo"].if_missed) == "repaid"


@pytest.mark.parametrize(
    ("told", "met", "in_time"),
    [
        ({"done": "2021-02-28"}, "yes", "yes"),
        ({"done": "2021-03-01"}, "yes", "no"),
        ({"done": "2021-02"}, "yes", "yes"),
        ({"done": "unknown"}, "cannot be told", "cannot be told"),
        ({"done": "2021-04-01"}, "no", "no"),
        ({}, "no", "no"),
    ],
)
def test_a_condition_that_is_itself_told_to_be_done_is_fulfilled_from_that_day(told, met, in_time):
    timing = sv.Timing(due="2021-02-28", statutory=False, **told)
    duty = sv.Obligation(id="r", title="R", by="ale", secures="ph", timing=timing, parts=("a", "b"))
    [row] = sv.conditions(holding(grant(), duty), "ph", on="2021-03-15")
    assert (str(row.is_fulfilled), str(row.in_time)) == (met, in_time)
    assert row.missing == (() if met == "yes" else ("a", "b"))


def test_where_not_every_answer_is_told_a_condition_may_be_met():
    timing = sv.Timing(due="2021-02-28", statutory=False)
    duty = sv.Obligation(
        id="r", title="R", by="ale", secures="ph", timing=timing, basis=sv.basis(submissions="unknown")
    )
    c = holding(grant(), duty)
    [row], [owed] = sv.conditions(c, "ph", on="2021-03-15"), sv.due(c, on="2021-03-15")
    assert (str(row.is_fulfilled), str(row.in_time), str(owed.state)) == ("cannot be told",) * 3


def test_a_grant_without_a_recorded_condition_is_said_to_have_none_recorded():
    assert sv.conditions(holding(grant()), "ph", on="2017").unknown == (
        "on what condition ph may be kept: nothing is recorded",
    )


# ---------------------------------------------------------------- 4: is every mandate in place


def test_joint_money_needs_the_mandate_of_every_other_principal():
    everybody = sv.Group(id="alla", title="Alla", of=("ale", "hjo", "vara"), count=3)
    given = sv.Mandate(id="m", holder="ale", may="draw", for_="hjo", evidence="intyg", about="um")
    um = grant("um", receivers=sv.jointly("alla"))
    rows = {
        row.principal: row for row in sv.joint_mandates(holding(everybody, um, given), "um", "ale", on="2020-11-30")
    }
    assert rows.keys() == {"hjo", "vara"}
    assert (rows["hjo"].answer, rows["hjo"].evidence) == (Ruling.YES, ("intyg",))
    assert rows["vara"].answer is Ruling.NO


# ---------------------------------------------------------------- 3 and 13: how much is ours, and if others fail

weights = st.fixed_dictionaries({id: st.integers(1, 10**6) for id in ("ale", "hjo", "vara")})


def keyed(**more):
    key = AllocationKey(kind="population", rounding="largest-remainder")
    return grant(**{"amount": Money(10_001), "receivers": ("ale", "hjo", "vara"), "key": key} | more)


@given(weights)
def test_what_a_grants_key_gives_is_what_allocate_gives(populations):
    table = sv.shares_of(holding(keyed()), "ph", populations=populations)
    assert {row.recipient: row.amount for row in table} == sv.allocate(Money(10_001), populations)
    assert not table.unknown
    assert not any(row.estimate for row in table)


@given(weights)
def test_a_published_figure_holds_and_its_difference_is_told(populations):
    computed = sv.allocate(Money(10_001), populations)
    own = share(amount=computed["ale"] + Money(1), method="published")
    rows = {row.recipient: row for row in sv.shares_of(holding(keyed(), own), "ph", populations=populations)}
    assert rows["ale"].amount == rows["ale"].published == computed["ale"] + Money(1)
    assert rows["ale"].difference == Money(1)
    assert rows["hjo"].difference is None


def test_the_register_gives_the_populations_of_every_body_that_a_rule_picks():
    key = AllocationKey(kind="population", population_on="2018-12-31", rounding="largest-remainder")
    group = sv.Group(id="regioner", title="Regionerna", every="regioner")
    wh = grant("wh", amount=sv.money("1590 mnkr"), receivers=sv.each("regioner"), key=key)
    table = sv.shares_of(sv.Collaboration([group, wh]), "wh")
    key_2019 = {region.id: sv.register.population(region.code, 2018) for region in sv.register.regions()}
    assert {row.recipient: row.amount for row in table} == sv.allocate(sv.money("1590 mnkr"), key_2019)
    assert sum(key_2019.values()) == 10_230_185


def test_the_nearest_year_makes_an_estimate_that_holds_for_nothing():
    vg = sv.read("examples/vastra_gotaland_2016.yaml")
    table = sv.shares_of(vg, "ph-2016.region-plan")
    [row] = [row for row in table if row.recipient == "vgr"]
    exact = Fraction(300_000_000) * sv.register.population("14", 2015) / sv.register.population("00", 2015)
    assert row.estimate
    assert row.amount is None
    assert abs(Fraction(row.computed.amount) - exact) < 1
    assert (
        "the population on 2015-12-31 stands for that on 2015-11-01, which the register does not have" in table.assumed
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"key": None}, "by what key ph is shared out"),
        ({"amount": sv.UNKNOWN}, "how much ph is"),
        ({"receivers": ()}, "who may get ph"),
        ({"key": AllocationKey(kind="table")}, "a published table takes precedence"),
        ({"key": AllocationKey(kind="population")}, "which day's population counts"),
        ({"key": AllocationKey(kind="population", population_on="2024-12-31")}, "how many lived in ale"),
        (
            {"key": AllocationKey(kind="fixed", fixed=Money(5))},
            "by what the rest of ph is shared out, after the fixed amounts",
        ),
        ({"key": AllocationKey(kind="population", population_on="2018-12-31")}, "how many lived in ale"),
    ],
)
def test_what_a_key_does_not_let_us_tell_is_said(more, said):
    table = sv.shares_of(holding(keyed(**more)), "ph")
    assert not table
    assert any(said in sentence for sentence in table.unknown)


POPULATION = {"ale": 1, "hjo": 3, "vara": 1}


@pytest.mark.parametrize(
    ("records", "more", "said"),
    [
        ((sv.Group(id="kk", title="K", of=("ale", "hjo"), basis=sv.basis(of="partial")),), {"receivers": sv.each("kk")}, "who else is in kk"),
        ((sv.Group(id="kk", title="K", of=("ale",), count=sv.UNKNOWN),), {"receivers": sv.each("kk")}, "who else is in kk"),
        ((), {"key": AllocationKey(kind="fixed and population", fixed=sv.UNKNOWN)}, "how much each gets of ph first"),
        ((), {"key": AllocationKey(kind="fixed and population")}, "how much each gets of ph first"),
        ((), {"key": AllocationKey(kind="population", ceiling=sv.UNKNOWN)}, "how much each gets of ph first"),
    ],
    ids=["partial", "uncounted", "fixed", "silent", "ceiling"],
)  # fmt: skip
def test_no_share_is_exact_where_the_key_is_not_told_whole(records, more, said):
    table = sv.shares_of(holding(*records, keyed(**more)), "ph", populations=POPULATION)
    assert not table
    assert any(said in sentence for sentence in table.unknown)


def test_what_is_recorded_of_one_recipient_is_added_up_and_nothing_is_nothing():
    twice = [share(amount=25, id="ett"), share(amount=5, id="tva"), share("hjo", sv.NONE, id="inget")]
    rows = {row.recipient: row for row in sv.shares_of(holding(keyed(), *twice), "ph", populations=POPULATION)}
    assert rows["ale"].published == rows["ale"].amount == Money(30)
    assert rows["hjo"].amount == Money(0)
    assert rows["vara"].amount is None


def test_fixed_amounts_by_size_class_come_first():
    parts = [{"recipient": "ale", "amount": Money(2_000)}, {"recipient": sv.each("sma"), "amount": Money(1_000)}]
    key = AllocationKey(kind="fixed", parts=[sv.KeyPart(**part) for part in parts])
    small = sv.Group(id="sma", title="Små", of=("hjo", "vara"))
    table = sv.shares_of(holding(small, keyed(amount=Money(4_000), key=key)), "ph")
    assert {row.recipient: row.amount for row in table} == {
        "ale": Money(2_000),
        "hjo": Money(1_000),
        "vara": Money(1_000),
    }


@given(weights, st.sets(st.sampled_from(["ale", "hjo", "vara"]), min_size=1, max_size=2))
def test_what_some_forfeit_goes_where_the_grant_says(populations, failing):
    before = sv.allocate(Money(10_001), populations)
    ways = {
        "shared out": dict(before.without(*failing)),
        "returned": {id: amount for id, amount in before.items() if id not in failing},
        "second round": dict(before.second_round(*failing, among=sorted({"ale", "hjo", "vara"} - failing))),
    }
    wanting = [
        Requisition(id=f"r-{id}", allocation=f"ph>{id}", requested_by=id, amount=Money(1), second_round=True)
        for id in ("ale", "hjo", "vara")
    ]
    for disposal, after in ways.items():
        c = holding(keyed(forfeited=disposal), *(share(id, 1) for id in ("ale", "hjo", "vara")), *wanting)
        rows = {row.recipient: row for row in sv.what_if(c, "ph", failing=failing, populations=populations)}
        assert {id: row.after for id, row in rows.items()} == dict.fromkeys(before, Money(0)) | after
        assert {id: row.before for id, row in rows.items()} == before


def test_where_nobody_says_what_is_forfeited_nothing_is_told():
    table = sv.what_if(holding(keyed()), "ph", failing=["ale"], populations={"ale": 1, "hjo": 1, "vara": 1})
    assert (len(table), table.unknown) == (0, ("what happens to what others forfeit of ph",))


@pytest.mark.parametrize(("own", "whole"), [("returned", None), (None, "returned"), (None, None)])
def test_what_is_made_up_of_a_grant_or_of_one_whose_line_it_is_stays_marked(own, whole):
    year = sv.Grant(id="ar", title="År", forfeited=whole, basis=sv.basis("made"))
    line = keyed(part_of="ar", forfeited=own, basis=sv.basis("made"))
    table = sv.what_if(holding(year, line), "ph", failing=["ale"], populations={"ale": 1, "hjo": 1, "vara": 1})
    assert {"ph is made", "ar is made"} <= set(table.assumed)


# ---------------------------------------------------------------- 10 and 19: what pays for what, what it gave


def test_what_is_unfunded_and_what_is_paid_for_twice():
    plan = sv.Plan(id="p", title="Plan")
    half = sv.Financing(grant="ph", amount=Money(60))
    more = sv.Financing(grant="gnv", amount=Money(70))
    steps = [
        sv.Activity(id="kort", title="Kort", plan="p", budget=Money(100), funded_by=half),
        sv.Activity(id="over", title="Över", plan="p", budget=Money(100), funded_by=(half, more)),
        sv.Activity(id="okand", title="Okänd", plan="p", budget=Money(100), funded_by=sv.Financing(grant="ph")),
        sv.Activity(id="utan", title="Utan", plan="p", funded_by=half),
    ]
    spent = event("used", 45, "2024-09-01", what_for="kort")
    c = holding(plan, grant(), grant("gnv"), share(), *steps, spent)
    rows = {row.activity: row for row in sv.financing(c, "p")}
    assert (rows["kort"].uncovered.exact, rows["kort"].over.exact) == (Money(40), Money(0))
    assert (rows["over"].uncovered.exact, rows["over"].over.exact) == (Money(0), Money(30))
    assert (str(rows["okand"].uncovered), str(rows["okand"].over)) == ("0 kr..100 kr", "at least 0 kr")
    assert (rows["utan"].uncovered, rows["utan"].over) == (None, None)
    assert rows["kort"].used.exact == Money(45)
    assert sv.financing(c, "p").unknown == ("what these cost: utan",)


def test_other_currencies_and_onward_money_are_never_added_in_silence():
    report = sv.Obligation(id="r", title="R", by=sv.jointly("bada"), secures="ph")
    group = sv.Group(id="bada", title="Båda", of=("ale", "hjo"), count=2)
    shares = [
        share(amount=Money(7, "EUR"), id="ett"),
        share(amount=100, id="tva"),
        share("hjo", 40, id="vidare", out_of="tva"),
    ]
    [row] = sv.conditions(holding(group, grant(), report, *shares), "ph", on="2024")
    assert str(row.amount) == "at least 100 kr"
    euro = (sv.Financing(grant="ph", amount=Money(80)), sv.Financing(grant="ph", amount=Money(10, "EUR")))
    step = sv.Activity(id="a", title="A", budget=Money(100), funded_by=euro)
    [row] = sv.financing(holding(grant(), step), "a")
    assert (str(row.funded), str(row.uncovered)) == ("at least 80 kr", "0 kr..20 kr")


def test_what_it_gave_is_told_by_measure_in_words_and_by_those_who_took_part():
    plan = sv.Plan(id="p", title="Plan")
    measure = sv.Indicator(id="skola", title="Skolnärvaro", unit="procent", target_group="13–15 år")
    course = sv.Activity(id="kurs", title="Kurs", plan="p", participants="~60", target_group="personal")
    silent = sv.Activity(id="tyst", title="Tyst", plan="p")
    seen = sv.Observation(of="p", indicator="skola", value=Decimal("91.5"), as_of="2017")
    status = sv.Observation(of="tyst", status="klar", scale="tre steg", as_of="2017")
    table = sv.results(holding(plan, measure, course, silent, seen, status), "p")
    assert [(row.measure, str(row.value), row.unit, row.target_group) for row in table][:1] == [
        ("Skolnärvaro", "91.5", "procent", "13–15 år")
    ]
    assert [(str(row.number), row.target_group) for row in table if row.measure == "took part"] == [("~60", "personal")]
    assert table.unknown == ("what these gave: tyst",)


# ---------------------------------------------------------------- 15: one fact, every report


def paid():
    ale = sv.Actor(id="ale", title="Ale kommun", kind="kommun", orgnr="212000-1439")
    kammar = sv.Actor(id="kk", title="Kammarkollegiet", kind="agency")
    line = grant("rad", part_of="ph", regime="")
    whole = grant(dnr="S2024/00382", payer="kk")
    return [
        ale, kammar, whole, line, share(of="rad"), asked(of="rad>ale", signed_by="ekonomichefen"),
        event("paid", 100, "2024-06-01", "rad>ale"), event("used", 83, "2024-11-01", "rad>ale", what_for="ph"),
    ]  # fmt: skip


def test_a_requisition_form_is_filled_from_the_records_and_what_lacks_is_named():
    table = sv.fill(sv.Collaboration(paid()), "kammarkollegiet-requisition", "rek", account="bankgiro")
    values = {row.field: row.value for row in table}
    assert values["Diarienummer"] == "S2024/00382"
    assert values["Rekvirent"] == "Ale kommun"
    assert str(values["Rekvirerat belopp"]) == "100 kr"
    assert {row.field for row in table if row.lacking} == {"Kontaktuppgift", "Underskrift av behörig företrädare"}
    assert len(table.unknown) == 2


def test_a_report_form_adds_up_the_ledger():
    table = sv.fill(sv.Collaboration(paid()), "socialstyrelsen-report", "rad>ale", contact="samordnaren")
    values = {row.field: str(row.value) for row in table}
    assert (values["Mottaget belopp"], values["Använt belopp"], values["Ej använt belopp"]) == (
        "100 kr",
        "83 kr",
        "17 kr",
    )
    assert values["Vilka aktiviteter medlen har använts till"] == "ph: 83 kr"
    assert not table.unknown


@pytest.mark.parametrize("name", sorted(sv.forms()))
def test_every_form_reads_from_fields_that_there_are(name):
    form = sv.forms()[name]
    record = "rek" if form.of == "requisition" else "rad>ale"
    assert len(sv.fill(sv.Collaboration(paid()), form, record)) == len(form.fields)
    kinds = {
        "requisition": Requisition,
        "allocation": Allocation,
        "grant": Grant,
        "recipient": sv.Actor,
        "payer": sv.Actor,
    }
    for path in form.fields.values():
        root, _, field = path.removesuffix("?").partition(".")
        assert root not in kinds or hasattr(kinds[root], field)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda c: sv.fill(c, "kamarkollegiet-report", "rad>ale"), "did you mean 'kammarkollegiet-report'"),
        (lambda c: sv.fill(c, "kammarkollegiet-report", "rek"), "'rek' is no allocation"),
        (lambda c: sv.fill(c, "kammarkollegiet-report", "rad>ale", signature="x"), "does not ask for signature"),
        (lambda _: sv.forms("[a"), "no TOML"),
        (lambda _: sv.forms(""), "no form"),
        (lambda _: sv.forms("[a]\ntitle = 'x'"), "not told whole"),
        (lambda _: sv.forms("[a]\ntitle='x'\nsource='y'\nof='grant'\nfields={}"), "grant cannot be read"),
        (lambda _: sv.forms("[a]\ntitle='x'\nsource='y'\nof='allocation'\nfields={L='dnr'}"), "L cannot be read"),
        (lambda c: sv.what_if(c, "ph", failing=[]), "those who fail"),
        (lambda c: sv.shares_of(c, "ale"), "'ale' is no grant"),
        (lambda c: sv.joint_mandates(c, "ale", "ale", on="2024"), "'ale' is no grant"),
        (lambda c: sv.unclaimed(c, "ph", on="2024-01-01"), "'ph' is no party"),
    ],
    ids=[
        "form",
        "record",
        "argument",
        "toml",
        "empty",
        "part",
        "of",
        "path",
        "failing",
        "allotted",
        "mandates",
        "party",
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(ask, said):
    with pytest.raises((sv.InvalidValueError, sv.errors.NotFoundError)) as caught:
        ask(sv.Collaboration(paid()))
    assert said in str(caught.value)


# ---------------------------------------------------------------- what a controller met when trying it


def test_money_goes_to_and_by_those_who_are_named():
    group = sv.Group(id="alla", title="Alla", of=("ale", "hjo"), count=2)
    joint = share(sv.jointly("alla"), id="gem")
    events = [
        event("paid", 100, "2024-06-01", "gem", to="hjo"),
        event("used", 60, "2024-07-01", "gem", by="ale"),
        event("repaid", 40, "2024-08-01", "gem", by="hjo"),
    ]
    c = holding(group, grant(payer="skr", repay_to="skr"), SKR, joint, *events)
    flow = {(row.event, row.giver, row.receiver) for row in sv.ledger(c).flow("ph")}
    assert flow == {("paid", "skr", "hjo"), ("used", "ale", ""), ("repaid", "hjo", "skr")}


def test_joint_money_is_not_told_to_be_one_partys_own():
    group = sv.Group(id="alla", title="Alla", of=("ale", "hjo"), count=2)
    c = holding(group, grant(), share(sv.jointly("alla"), id="gem"), event("paid", 100, "2024-06-01", "gem"))
    said = "what of gem is ale's: it is not allocated to ale alone"
    assert said in sv.unspent(c, "ale", on="2024-07-01").unknown
    assert said in sv.unclaimed(c, "ale", on="2024-05-01").unknown
    assert said not in sv.unspent(c, on="2024-07-01").unknown


def test_a_condition_is_not_met_in_time_where_sending_may_not_be_enough():
    duty = sv.Obligation(id="r", title="R", by="ale", secures="ph", timing=sv.Timing(due="2021-02-28", statutory=False))
    sent = sv.Submission(obligation="r", by="ale", sent="2021-02-08")
    [row] = sv.conditions(holding(grant(), duty, sent), "ph", on="2021-03-15")
    assert (row.is_fulfilled, row.in_time) == (sv.Truth.CANNOT_TELL, sv.Truth.CANNOT_TELL)


def test_a_correction_of_the_amount_alone_keeps_its_day():
    wrong = event("used", 300, "2020-09-15")
    right = FundingEvent(id="ratt", kind="used", amount=Money(250), corrects=wrong.id)
    money = sv.ledger(holding(grant(regime="direct"), share(amount=400), wrong, right))
    assert money.as_of("2020-09-14").balance("used").exact == Money(0)
    assert money.as_of("2020-09-15").balance("used").exact == Money(250)


def test_what_is_used_of_ones_own_allocation_is_ones_spending():
    c = holding(grant(), share(), event("used", 60, "2024-07-01"))
    assert [str(row.amount) for row in sv.spending(c, "ale")] == ["60 kr"]


def test_before_anything_is_paid_there_is_no_pace_and_that_is_why():
    c = holding(grant(use=sv.Window(closes="2024-12-31")), share(), asked(), event("paid", 100, "2024-06-01"))
    assert sv.pace(c, "ph", on="2024-05-10").unknown[0] == (
        "how fast ph>ale is used: nothing is recorded as paid by then"
    )
