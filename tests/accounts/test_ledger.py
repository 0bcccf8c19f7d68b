"""The ledger: nothing lost or made, in whatever order it is entered, and no more exact than the records."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

import samverkan as sv
from samverkan import Allocation, FundingEvent, Grant, Money, Requisition
from samverkan.accounts.regime import ENDLESS, regimes

START = date(2024, 1, 1).toordinal()
KOMMUNER = ("ale", "hjo", "vara")
ACTORS = tuple(sv.Actor(id=id, title=id, kind="kommun") for id in KOMMUNER)
OWES = {"paid": "due", "used": "held", "repaid": "held", "carried over": "held", "waived": "held", "lapsed": "open"}
"""Out of which account each event takes its amount, under the regime of requisition."""
GIVES = {"used": "used", "repaid": "returned", "carried over": "carried over", "waived": "waived", "lapsed": "lapsed"}


def allocation(kommun, amount=100, **more):
    money = amount if isinstance(amount, Money) else Money(amount)
    return Allocation(grant="g", recipient=kommun, amount=money, **more)


def event(number, kind, amount=None, day=None, of="g>ale", **more):
    money = amount if amount is None or isinstance(amount, sv.vocabulary.Missing | Money) else Money(amount)
    return FundingEvent(id=f"e{number}", kind=kind, allocation=of, amount=money, day=day, **more)


def grant(**more):
    return Grant(id="g", title="G", **{"regime": "requisition"} | more)


def asked(amount=100, day="2024-05-01", of="g>ale", id="r", **more):
    return Requisition(
        id=id,
        allocation=of,
        requested_by="ale",
        amount=amount if isinstance(amount, Money) else Money(amount),
        sent=day,
        **more,
    )


def ledger(*records, **about):
    return sv.ledger(sv.Collaboration([*ACTORS, *records], **about))


class Histories(RuleBasedStateMachine):
    """Histories that a payer and three kommuner could make, kept by hand beside the ledger."""

    def __init__(self):
        super().__init__()
        self.records, self.moved, self.day = [], [], START

    @initialize(amounts=st.lists(st.integers(0, 10**6), min_size=3, max_size=3))
    def allot(self, amounts):
        for kommun, coins in zip(KOMMUNER, amounts, strict=True):
            self.records.append(allocation(kommun, Money(Decimal(coins).scaleb(-2))))
            self.moved.append((0, kommun, "source", "open", coins))

    def account(self, kommun, name, until=10**7):
        return sum(
            coins * ((to == name) - (from_ == name))
            for day, who, from_, to, coins in self.moved
            if who == kommun and day <= until
        )

    @rule(days=st.integers(0, 40))
    def wait(self, days):
        self.day += days

    @precondition(lambda self: self.records)
    @rule(kommun=st.sampled_from(KOMMUNER), share=st.fractions(0, 1), data=st.data())
    def happen(self, kommun, share, data):
        kind = data.draw(st.sampled_from(["requisitioned", *OWES]))
        out_of = OWES.get(kind, "open")
        coins = int(self.account(kommun, out_of) * share)
        if not coins:
            return
        amount, day, id = Decimal(coins).scaleb(-2), date.fromordinal(self.day), f"h{len(self.records)}"
        if kind == "requisitioned":
            self.records.append(asked(amount, day, f"g>{kommun}", id))
            self.moved.append((self.day, kommun, "open", "due", coins))
        else:
            self.records.append(evolve(event(0, kind, amount, day, f"g>{kommun}"), id=id))
            self.moved.append((self.day, kommun, out_of, GIVES.get(kind, "paid"), coins))
        if kind == "paid":
            self.moved.append((self.day, kommun, "payer", "held", coins))

    def teardown(self):
        money = ledger(grant(), *reversed(self.records))
        for day in sorted({START, *(day for day, *_ in self.moved if day)}):
            then = money.as_of(date.fromordinal(day))
            found = {(row.recipient, row.account): row.amount.exact for row in then.balances("recipient")}
            assert all(amount >= Money(0) for amount in found.values())
            for kommun in KOMMUNER if self.records else ():
                balances = {account for _, who, *pair, _ in self.moved for account in pair if who == kommun} - ENDLESS
                for account in balances:
                    coins = self.account(kommun, account, day)
                    assert found.get((kommun, account), Money(0)) == Money(Decimal(coins).scaleb(-2))
                got = [found.get((kommun, account), Money(0)) for account in ("open", "due", "paid", "lapsed")]
                assert Money.total(got) == Money(Decimal(self.account(kommun, "source")).scaleb(-2).copy_negate())
                kept = [
                    found.get((kommun, account), Money(0))
                    for account in ("held", "used", "returned", "carried over", "waived")
                ]
                assert Money.total(kept) == found.get((kommun, "paid"), Money(0))


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=1_000, stateful_step_count=12, deadline=None)

days = st.integers(0, 60).map(lambda n: date.fromordinal(START + n))
spans = st.tuples(days, days).map(sorted).map(lambda pair: sv.When(*pair))
crowded = st.tuples(
    st.sampled_from(sorted(OWES)), st.integers(1, 50), st.sampled_from(["2024-05-01", "2024-05-02", "2024-05", None])
)
happenings = st.tuples(st.sampled_from(sorted(OWES)), st.integers(1, 50), spans)


@given(st.lists(happenings, max_size=7), days, st.data())
def test_a_balance_holds_whatever_days_the_vague_ones_turn_out_to_be(found, on, data):
    vague = [event(n, kind, amount, when) for n, (kind, amount, when) in enumerate(found)]
    chosen = [
        data.draw(st.integers(when.earliest.toordinal(), when.latest.toordinal()).map(date.fromordinal))
        for _, _, when in found
    ]
    exact = [evolve(one, day=sv.when(day)) for one, day in zip(vague, chosen, strict=True)]
    ranges = {row.account: row.amount for row in ledger(grant(), allocation("ale"), *vague).as_of(on).balances()}
    for row in ledger(grant(), allocation("ale"), *exact).as_of(on).balances():
        assert ranges[row.account].low <= row.amount.exact <= ranges[row.account].high


@given(st.lists(crowded, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_entry_does_not_matter(found, chance):
    records = [grant(), allocation("ale"), asked(), *(event(n, *one) for n, one in enumerate(found))]
    other = chance.sample(records, len(records))
    one, two = ledger(*records), ledger(*other)
    assert {(row.account, row.amount) for row in one.balances()} == {
        (row.account, row.amount) for row in two.balances()
    }
    assert list(one.states()) == list(two.states())
    assert one.forbidden() == two.forbidden()


@given(st.lists(happenings, max_size=8))
def test_pots_told_apart_make_the_pots_together(found):
    causes = ("lon", "lokal", "")
    events = [evolve(event(n, *one), cost_kind=causes[n % 3]) for n, one in enumerate(found)]
    money = ledger(grant(), allocation("ale"), *events)
    together = Counter({row.account: row.amount.exact.amount for row in money.balances()})
    apart = Counter()
    for row in money.balances("cost_kind", "recipient"):
        apart[row.account] += row.amount.exact.amount
    assert together == apart


@pytest.mark.parametrize("name", sorted(regimes()))
def test_what_every_event_takes_out_of_one_pot_it_puts_in_another(name):
    kinds = [kind for kind in sv.vocabulary.MoneyMove if kind in regimes()[name].moves]
    money = ledger(grant(regime=name), allocation("ale"), *(event(n, kind, n + 1) for n, kind in enumerate(kinds)))
    sums = Counter()
    for posting in money._postings:
        sums[posting.from_] -= posting.amount.amount
        sums[posting.to] += posting.amount.amount
    assert sum(sums.values()) == 0
    assert {row.account: row.amount.exact.amount for row in money.balances()} == {
        account: amount for account, amount in sums.items() if account not in ENDLESS
    }


def test_an_amount_that_is_not_known_makes_a_balance_at_least_or_at_most():
    money = ledger(grant(), allocation("ale"), asked(), event(1, "paid", 100), event(2, "used", sv.UNKNOWN))
    assert str(money.balance("held")) == "at most 100 kr"
    assert str(money.balance("used")) == "at least 0 kr"
    assert money.balance("paid").exact == Money(100)


def test_a_correction_stands_in_place_of_what_it_corrects_and_both_stay_on_record():
    wrong = event(1, "used", 90, "2024-06-01", what_for="plan", cost_kind="lon")
    right = FundingEvent(id="e2", kind="used", amount=Money(80), day="2024-06-02", corrects="e1")
    again = FundingEvent(id="e3", kind="used", amount=Money(85), corrects="e2")
    plan = sv.Plan(id="plan", title="Plan")
    money = ledger(
        grant(regime="direct"), allocation("ale"), plan, event(0, "paid", 100, "2024-05-01"), wrong, right, again
    )
    assert money.balance("used").exact == Money(85)
    assert money.balance("used", what_for="plan").exact == Money(85)
    assert money.balance("held", cost_kind="lon").exact == Money(-85)
    assert [entry.because for entry in money.explain("used")] == [("e3",)]
    assert {"e1", "e2", "e3"} <= {record.id for record in money.collaboration}


def test_corrections_in_a_ring_lose_nobody_else():
    ring = [event(1, "used", 1, corrects="e2"), event(2, "used", 2, corrects="e1")]
    assert ledger(grant(regime="direct"), allocation("ale"), *ring).balance("used").exact == Money(0)


def test_money_granted_onward_is_not_counted_twice():
    region = sv.Actor(id="vgr", title="Västra Götalandsregionen", kind="region")
    first = Allocation(id="forst", grant="g", recipient="vgr", amount=Money(100))
    second = Allocation(id="sedan", grant="g", recipient="ale", amount=Money(60), out_of="forst")
    third = Allocation(id="sist", grant="g", recipient="hjo", amount=Money(40), out_of="forst")
    records = [
        third,
        grant(), region, first, second, asked(of="forst"),
        event(1, "paid", 100, "2024-06-01", "forst"),
        event(2, "passed on", 60, "2024-06-10", "forst", to="ale"),
        event(3, "used", 45, "2024-09-01", "sedan"),
        event(4, "used", 40, "2024-09-01", "forst"),
        event(5, "repaid", 15, "2024-12-01", "sedan", to="vgr"),
    ]  # fmt: skip
    money = ledger(*records)
    assert money.balance("paid", grant="g").exact == Money(100)
    assert money.balance("used", grant="g").exact == Money(85)
    assert money.balance("held", grant="g").exact == Money(15)
    assert money.balance("held", recipient="vgr").exact == Money(15)
    assert money.balance("passed on", recipient="vgr").exact == Money(45)
    assert money.balance("received", recipient="ale").exact == Money(60)
    assert money.balance("promised", recipient="hjo").exact == Money(40)
    flow = {(row.giver, row.event, row.receiver): row.amount.exact for row in money.flow("g")}
    assert flow == {
        ("", "paid", "vgr"): Money(100),
        ("vgr", "received", "ale"): Money(60),
        ("ale", "used", ""): Money(45),
        ("vgr", "used", ""): Money(40),
        ("ale", "handed back", "vgr"): Money(15),
    }


def test_what_is_given_back_and_then_paid_back_is_returned_once():
    second = Allocation(id="sedan", grant="g", recipient="hjo", amount=Money(100), out_of="g>ale")
    records = [
        grant(use=sv.Window(closes="2024-12-31")), allocation("ale"), second, asked(),
        event(1, "paid", 100, "2024-06-01"),
        event(2, "passed on", 100, "2024-06-10", to="hjo"),
        event(3, "used", 60, "2024-09-01", "sedan"),
        event(4, "repaid", 40, "2025-01-10", "sedan", to="ale"),
    ]  # fmt: skip
    before = ledger(*records, known="2025-06-01").as_of("2025-01-15")
    assert before.balance("held", recipient="ale").exact == Money(40)
    assert ledger(*records, known="2025-06-01").forbidden() == ()
    money = ledger(*records, event(5, "repaid", 40, "2025-03-01"), known="2025-06-01")
    assert money.balance("returned", grant="g").exact == Money(40)
    assert money.balance("used", grant="g").exact == Money(60)
    assert money.balance("held", grant="g").exact == Money(0)


def test_what_is_passed_on_to_one_who_has_two_allocations_is_not_received_twice():
    twice = [Allocation(id=id, grant="g", recipient="hjo", amount=Money(50), out_of="g>ale") for id in ("a", "b")]
    money = ledger(grant(), allocation("ale"), *twice, event(1, "passed on", 100, "2024-06-10", to="hjo"))
    assert str(money.balance("held", recipient="hjo")) == "at least 0 kr"


def test_what_each_of_a_group_is_allotted_is_not_told_in_all():
    group = sv.Group(id="alla", title="Alla", of=("ale", "hjo"), count=2)
    money = ledger(group, grant(), Allocation(id="var", grant="g", recipient=sv.each("alla"), amount=Money(100)))
    assert str(money.balance("open", grant="g")) == "at least 0 kr"
    assert money.balances(grant="g").unknown == ("how much these are in all: var, allocated to each of a group",)


def test_flow_as_of_a_day_tells_what_may_have_happened():
    records = (
        grant(regime="direct"),
        allocation("ale"),
        event(1, "paid", 100, "2024-06-01"),
        event(2, "used", 60, "2024-12"),
    )
    flow = {row.event: str(row.amount) for row in ledger(*records).as_of("2024-12-15").flow("g")}
    assert flow == {"paid": "100 kr", "used": "0 kr..60 kr"}


def test_what_is_passed_on_to_several_at_once_is_not_known_of_each():
    first = Allocation(id="forst", grant="g", recipient="vara", amount=Money(100))
    others = [
        Allocation(id=f"till-{one}", grant="g", recipient=one, amount=Money(50), out_of="forst")
        for one in ("ale", "hjo")
    ]
    money = ledger(grant(), first, *others, event(1, "passed on", 60, "2024-06-10", "forst", to=("ale", "hjo")))
    assert str(money.balance("held", recipient="ale")) == "at least 0 kr"
    assert money.balance("passed on", recipient="vara").exact == Money(60)


def test_a_grant_holds_its_lines_and_a_sub_package_only_its_own():
    lines = [
        Grant(id="kommun", title="Kommuner", part_of="g"),
        Grant(id="barn", title="Barn och unga", part_of="g", cuts_across=("kommun",)),
        Grant(id="tvang", title="Tvångsvård", part_of="g", basis=sv.basis(cuts_across="unknown")),
    ]
    shares = [Allocation(id=line.id + ">ale", grant=line.id, recipient="ale", amount=Money(10)) for line in lines]
    money = ledger(grant(), *lines, *shares)
    assert money.balance("open", grant="g").exact == Money(10)
    assert money.balance("open", grant="barn").exact == Money(10)
    assert money.balance("open", recipient="ale").exact == Money(30)


def test_two_currencies_are_never_added():
    euro = Allocation(id="euro", grant="g", recipient="ale", amount=Money(5, "EUR"))
    money = ledger(grant(), allocation("ale"), euro)
    assert [str(row.amount) for row in money.balances("grant")] == ["5 EUR", "100 kr"]
    with pytest.raises(sv.InvalidValueError, match="EUR"):
        money.balance("open")


def test_nothing_paid_stays_in_its_own_currency():
    money = ledger(grant(), allocation("ale"), event(1, "paid", Money(0, "EUR")))
    assert ("held", "0 EUR") in {(row.account, str(row.amount)) for row in money.balances()}


def test_what_is_drawn_is_told_apart_by_those_for_whom():
    money = ledger(grant(), allocation("ale"), asked(40, on_behalf_of=("hjo", "vara")), asked(10, id="s"))
    found = {(row.on_behalf_of, row.account): str(row.amount) for row in money.balances("on_behalf_of")}
    assert found["hjo, vara", "due"] == "40 kr"
    assert found["", "due"] == "10 kr"


def test_what_came_of_no_known_allocation_and_by_no_told_rules_is_said():
    money = ledger(grant(regime=""), allocation("ale"), FundingEvent(id="los", kind="used", amount=Money(5)))
    assert money.balances().unknown == (
        "by which rules the money of g moves: no regime is recorded",
        "out of which allocation these came: los",
    )
    wrong = ledger(grant(regime="invoce"), allocation("ale"))
    assert wrong.balances().unknown == ("by which rules the money of g moves: there is no regime 'invoce'",)
    assert [stage.state for stage in wrong.states()] == [""]


@pytest.mark.parametrize(
    "ask",
    [
        lambda money: money.balance("hold"),
        lambda money: money.balances("grants"),
        lambda money: money.balance("held", grants="g"),
        lambda money: money.explain("hold"),
        lambda money: money.as_of("2024-02-30"),
    ],
    ids=["account", "dimension", "narrowed", "explained", "day"],
)
def test_what_cannot_be_asked_is_refused(ask):
    with pytest.raises(sv.InvalidValueError):
        ask(ledger(grant(), allocation("ale")))


def test_an_id_that_is_not_there_is_told():
    with pytest.raises(sv.errors.NotFoundError):
        ledger(grant(), allocation("ale")).balance("held", grant="h")


def history(*upto):
    """The allotment of a grant under the regime of requisition, as far as told."""
    steps = {
        "asked": asked(),
        "paid": event(1, "paid", 100, "2024-06-01"),
        "used": event(2, "used", 83, "2024-11-20"),
        "repaid": event(3, "repaid", 17, "2025-03-20"),
        "reported": event(4, "reported", 83, "2025-03-25"),
    }
    windows = {"requisition": sv.Window(closes="2024-11-29"), "use": sv.Window(closes="2024-12-31")}
    return ledger(grant(**windows), allocation("ale"), *(steps[name] for name in upto), known="2025-06-01")


@pytest.mark.parametrize(
    ("upto", "on", "state"),
    [
        ((), "2024-04-01", "allocated"),
        ((), "2024-11-29", "lapsed"),
        (("asked",), "2024-11-29", "requisitioned"),
        (("asked", "paid"), "2024-11-29", "in use"),
        (("asked", "paid"), "2024-12-31", "repayable"),
        (("asked", "paid", "used"), "2024-12-31", "repayable"),
        (("asked", "paid", "used", "repaid"), "2025-03-20", "repaid"),
        (("asked", "paid", "used", "repaid", "reported"), "2025-04-01", "repaid"),
    ],
)
def test_states_follow_events_and_the_ends_of_windows(upto, on, state):
    [stage] = history(*upto).as_of(on).states()
    assert stage.state == state


@pytest.mark.parametrize(
    ("name", "closes", "statutory", "on", "state"),
    [
        ("requisition", "2024-11-30", False, "2024-11-30", "lapsed"),  # a Saturday
        ("requisition", "2024-11-30", True, "2024-12-01", "allocated"),
        ("requisition", "2024-11-30", True, "2024-12-02", "lapsed"),
        ("requisition", "2024-11-30", None, "2024-12-01", "lapsed or allocated"),
        ("requisition", "2024-11-30", None, "2024-12-02", "lapsed"),
        ("requisition", "2024-11", False, "2024-11-29", "allocated"),  # of a vague day the last one counts
        ("requisition", "2024-11", False, "2024-11-30", "lapsed"),
        ("use", "2024-11-30", True, "2024-11-30", "repayable"),
        ("use", "2024-11-30", None, "2024-11-30", "repayable"),
    ],
)
def test_a_window_ends_on_the_last_day_that_is_in_time(name, closes, statutory, on, state):
    windows = {name: sv.Window(closes=closes, statutory=statutory)}
    paid = (asked(), event(1, "paid", 100, "2024-06-01")) if name == "use" else ()
    [stage] = ledger(grant(**windows), allocation("ale"), *paid, known="2025-06-01").as_of(on).states()
    assert stage.state == state


def test_what_happened_in_a_window_that_ends_beyond_what_is_known_is_not_known():
    [stage] = history("asked", "paid").as_of("2025-12-31").states()
    assert stage.state == "repayable"
    windows = {"use": sv.Window(closes="2025-12-31")}
    records = (grant(**windows), allocation("ale"), asked(), event(1, "paid", 100, "2024-06-01"))
    [stage] = ledger(*records, known="2025-06-01").as_of("2026-01-31").states()
    assert stage.state == "in use, or what follows, not known"
    assert stage.allowed == ()


def test_a_vague_day_leaves_two_states_open():
    records = (grant(), allocation("ale"), asked(day="2024-05"))
    [stage] = ledger(*records).as_of("2024-05-15").states()
    assert stage.state == "requisitioned or allocated"


def test_every_order_in_which_vague_days_can_fall_is_walked():
    start = (grant(regime="invoice"), allocation("ale"), asked(), event(1, "paid", 100, "2024-05-03"))
    both = (event(2, "repaid", 100, "2024-06"), event(3, "reclaimed", 100, "2024-06"))
    [stage] = ledger(*start, *both).states()
    assert set(stage.state.split(" or ")) == {"settled", "reclaimed"}
    vague = (
        grant(regime="invoice"),
        allocation("ale"),
        asked(),
        event(1, "paid", 100, "2024-05"),
        event(2, "reported", 90, "2024-05"),
    )
    [stage] = ledger(*vague).as_of("2024-05-15").states()
    assert set(stage.state.split(" or ")) == {"requisitioned", "in use", "reported"}


def test_where_too_much_is_vague_to_walk_every_way_that_is_said():
    many = [event(n, "used", 1, "2024-06") for n in range(2, 10)]
    [stage] = ledger(grant(), allocation("ale"), asked(), event(1, "paid", 100, "2024-05-03"), *many).states()
    assert stage.state == "in use, or what follows, not known"


def test_what_the_state_does_not_allow_is_told_with_what_it_does():
    [one] = ledger(grant(), allocation("ale"), event(1, "paid", 100, "2024-06-01")).forbidden()
    assert (one.record, one.state, one.allowed) == (
        "e1",
        "allocated",
        ("allocated", "certified", "requisitioned", "lapsed"),
    )
    assert not ledger(grant(), allocation("ale"), asked(), event(1, "paid", 100, "2024-06-01")).forbidden()


def test_a_regime_of_ones_own_is_used_by_its_name():
    text = """
    [lump]
    title = "a lump sum"
    sv = "klumpsumma"
    begins = "promised"
    [lump.moves]
    allocated = "source > open"
    paid = ["open > paid", "payer > used"]
    [lump.states]
    promised = { sv = "utlovad", allocated = "promised", paid = "done" }
    done = { sv = "klar", ends = true }
    """
    c = sv.Collaboration([*ACTORS, grant(regime="lump"), allocation("ale"), event(1, "paid", 100, "2024-06-01")])
    money = sv.ledger(c, regimes=sv.regimes(text).values())
    assert money.balance("used").exact == Money(100)
    assert [stage.state for stage in money.states()] == ["done"]


def test_days_and_not_ids_decide_the_order():
    events = [
        event(9, "used", 5, "2024-06-01"),
        event(0, "paid", 60, "2024-06-01"),
        event(8, "used", 55, "2024-07-01"),
        event(7, "paid", 40, "2024-08-01"),
        event(6, "reported", 60, "2024-09-01"),
        event(5, "used", 40, "2024-09-01"),
        event(4, "settled", None, "2024-10-01"),
    ]
    money = ledger(grant(), allocation("ale"), asked(), *events)
    assert money.forbidden() == ()
    assert [(stage.state, str(stage.since)) for stage in money.states()] == [("settled", "2024-10-01")]
