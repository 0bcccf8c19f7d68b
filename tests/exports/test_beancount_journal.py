"""The ledger as Beancount text: a program that is not ours adds it up, agrees to the öre, and objects to a change."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from beancount import loader
from beancount.core import account as beancount_account, realization
from beancount.core.data import Commodity, Note, Open, Transaction
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan import Allocation, FundingEvent, Grant, Money, Requisition
from samverkan.accounts.regime import ACCOUNTS, ENDLESS, regimes
from samverkan.exports.beancount_journal import _account
from samverkan.values.money import CODES, digits
from tests.strategies import NASTY_TEXTS, collaborations, ids, money

START = date(2024, 1, 1).toordinal()
SHARES = ("g>ale", "g>hjo", "forst", "sedan", "g.del>ale")
ABOUT = (
    *(sv.Actor(id=id, title=id.capitalize(), kind="kommun") for id in ("ale", "hjo", "vara")),
    Grant(id="g.del", title="Del", part_of="g"),
)
MONEY = (sv.Actor, Grant, Allocation, Requisition, FundingEvent, Allocation, FundingEvent, FundingEvent)


def load(text):
    """What Beancount makes of a text: its entries, and what it objects to."""
    entries, errors, _ = loader.load_string(text)
    return entries, [error.message for error in errors]


def added_up(entries, until=date.max):
    """Beancount's own sum of every account that is opened, by allocation, account and currency."""
    words = {account.sv: name for name, account in ACCOUNTS.items()}
    tree = realization.realize([entry for entry in entries if entry.date <= until or isinstance(entry, Open)])
    found = Counter()
    for entry in entries:
        if isinstance(entry, Open):
            place = entry.meta["allocation"], words[entry.meta["sv"]]
            for position in realization.get(tree, entry.account).balance:
                found[*place, position.units.currency] += position.units.number
    return found


def told(entries, kind):
    return [entry for entry in entries if isinstance(entry, kind)]


def grant(**more):
    return Grant(id="g", title="G", **{"regime": "requisition"} | more)


def shares(amounts):
    """An allocation of each sort: two plain ones, one granted onward out of another, one of a line."""
    said = [{"grant": "g", "recipient": "ale"}, {"grant": "g", "recipient": "hjo"},
            {"id": "forst", "grant": "g", "recipient": "vara"}, {"id": "sedan", "grant": "g", "recipient": "ale", "out_of": "forst"},
            {"grant": "g.del", "recipient": "ale"}]  # fmt: skip
    return [Allocation(amount=amount, **one) for one, amount in zip(said, amounts, strict=True)]


def event(number, kind, amount, day, of="g>ale", **more):
    return FundingEvent(id=f"e{number}", kind=kind, allocation=of, amount=amount, day=day, **more)


def ledger(*records, **about):
    return sv.ledger(sv.Collaboration([*ABOUT, *records], **about))


def small(*amounts, **about):
    """A ledger in which some has been used, each amount on a day of its own."""
    used = (event(n, "used", amount, date.fromordinal(START + n)) for n, amount in enumerate(amounts))
    return ledger(grant(regime="direct"), Allocation(grant="g", recipient="ale", amount=Money(100)), *used, **about)


amounts = money(("SEK", "SEK", "EUR", "JPY", "KWD"))
days = st.integers(0, 60).map(lambda n: date.fromordinal(START + n))
happenings = st.tuples(
    st.sampled_from(["requisitioned", *sv.vocabulary.MoneyMove]),
    amounts,
    days,
    st.sampled_from(SHARES),
    st.sampled_from(["ale", "vara"]),
)


@st.composite
def exact(draw):
    """The records of a history in which every day and amount is told, under any regime."""
    found = [
        grant(regime=draw(st.sampled_from(["", *regimes()]))),
        *shares(draw(st.lists(amounts, min_size=5, max_size=5))),
    ]
    for number, (kind, amount, day, of, to) in enumerate(draw(st.lists(happenings, max_size=12))):
        if kind == "requisitioned":
            found.append(Requisition(id=f"e{number}", allocation=of, requested_by=to, amount=amount, sent=day))
        else:
            found.append(event(number, kind, amount, day, of, to=to))
    return found


@given(exact())
def test_beancount_agrees_to_the_ore_on_every_history_that_is_told_exactly(records):
    money = ledger(*records)
    entries, errors = load(sv.exports.beancount(money))
    assert errors == []
    found = added_up(entries)
    rows = {
        (row.allocation, row.account, row.amount.exact.currency): row.amount.exact.amount
        for row in money.balances("allocation")
    }
    assert {place: amount for place, amount in found.items() if place[1] not in ENDLESS and amount} == {
        place: amount for place, amount in rows.items() if amount
    }
    assert sum(found.values()) == 0


@given(exact(), days)
def test_beancount_agrees_on_every_day_from_the_one_on_which_it_begins(records, on):
    money = ledger(*records)
    entries, _ = load(sv.exports.beancount(money))
    on = max(on, *(entry.date for entry in told(entries, Open)))
    found = added_up(entries, on)
    for row in money.as_of(on).balances("allocation"):
        assert found[row.allocation, row.account, row.amount.exact.currency] == row.amount.exact.amount


@settings(max_examples=150)
@given(collaborations(MONEY, 6, 30), st.data())
def test_of_any_collaboration_beancount_adds_up_what_has_certainly_happened(c, data):
    money = sv.ledger(c)
    entries, errors = load(sv.exports.beancount(money))
    assert errors == []
    happened = sorted({entry.date for entry in told(entries, Transaction)})
    for on in (date.max, *({data.draw(st.sampled_from(happened)) for _ in happened[:2]})):
        found = added_up(entries, on)
        for row in money.as_of(on).balances("allocation"):
            low, high = row.amount.low, row.amount.high
            assert low is None or low.amount <= found[row.allocation, row.account, low.currency]
            assert high is None or high.amount >= found[row.allocation, row.account, high.currency]


@given(collaborations(MONEY, 6, 30))
def test_of_any_collaboration_every_move_is_booked_or_told_not_to_be(c):
    money = sv.ledger(c)
    entries, _ = load(sv.exports.beancount(money))
    booked = {(entry.meta["record"], entry.meta["allocation"], entry.narration) for entry in told(entries, Transaction)}
    opened = {entry.account: entry.meta["allocation"] for entry in told(entries, Open)}
    passed = {
        (note.meta["record"], opened[note.account], note.comment.split(", ")[0].removeprefix("not booked: "))
        for note in told(entries, Note)
    }
    moves = {
        (entry.because[0], entry.allocation, entry.event) for account in ACCOUNTS for entry in money.explain(account)
    }
    assert booked | passed == moves
    assert not booked & passed


LEG = re.compile(r"^  (C\S+)  (-?[\d.]+) ([A-Z]{3})$", re.MULTILINE)
ASSERTION = re.compile(r"^(\S+ balance \S+)  (-?[\d.]+) ~ 0 ([A-Z]{3})$", re.MULTILINE)


def altered(text, pattern, number, coins):
    """The text with the amount in one of its places changed by some of the smallest coins."""
    found = list(pattern.finditer(text))[number]
    amount = Decimal(found[2]) + Decimal(coins).scaleb(-digits(found[3]))
    return text[: found.start(2)] + str(amount) + text[found.end(2) :]


@given(exact(), st.data(), st.sampled_from([1, -1, Decimal("0.1")]))
def test_an_amount_altered_by_an_ore_or_less_is_objected_to(records, data, coins):
    text = sv.exports.beancount(ledger(*records))
    assert load(text)[1] == []
    leg = data.draw(st.integers(0, len(LEG.findall(text)) - 1))
    assert any("does not balance" in error for error in load(altered(text, LEG, leg, coins))[1])
    claim = data.draw(st.integers(0, len(ASSERTION.findall(text)) - 1))
    assert any("Balance failed" in error for error in load(altered(text, ASSERTION, claim, coins))[1])


@given(exact(), st.data(), st.sampled_from([1, -1]))
def test_both_sides_altered_alike_are_objected_to_by_what_the_pots_then_hold(records, data, coins):
    text = sv.exports.beancount(ledger(*records))
    first = 2 * data.draw(st.integers(0, len(LEG.findall(text)) // 2 - 1))
    errors = load(altered(altered(text, LEG, first, coins), LEG, first + 1, -coins))[1]
    assert errors
    assert all("Balance failed" in error for error in errors)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2024-01-02 * ", "2024-02-02 * "),
        ("  Cash:Used:G-To-ale  2.00 SEK", "  Claims:Open:G-To-ale  2.00 SEK"),
        ("  Cash:Used:G-To-ale  2.00 SEK", "  Cash:Used:G-To-ale  2.00 EUR"),
        ("  Cash:Used:G-To-ale  2.00 SEK\n", ""),
    ],
    ids=["a later day", "another account", "another currency", "one side only"],
)
def test_a_move_altered_in_another_way_is_objected_to(old, new):
    text = sv.exports.beancount(small(Money(1), Money(2), Money(3)))
    assert load(text)[1] == []
    assert old in text
    assert load(text.replace(old, new))[1]


@given(exact(), st.randoms(use_true_random=False))
def test_the_order_of_entry_gives_the_same_text(records, chance):
    other = chance.sample(records, len(records))
    assert sv.exports.beancount(ledger(*records)) == sv.exports.beancount(ledger(*other))


def test_what_one_record_tells_stands_together_and_the_tenth_after_the_second():
    events = [event(n, "paid", Money(n), "2024-01-01") for n in (10, 2, 1)]
    entries, _ = load(sv.exports.beancount(ledger(grant(), *shares([Money(9)] * 5), *events)))
    paid = [entry.meta["record"] for entry in told(entries, Transaction) if entry.narration == "paid"]
    assert paid == ["e1", "e1", "e2", "e2", "e10", "e10"]


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_currency_is_added_up_to_its_smallest_coin(code):
    coin = Money(Decimal(1).scaleb(-digits(code)), code)
    text = sv.exports.beancount(ledger(grant(), Allocation(grant="g", recipient="ale", amount=coin)))
    entries, errors = load(text)
    assert errors == []
    assert added_up(entries)["g>ale", "open", code] == coin.amount
    assert [entry.currency for entry in told(entries, Commodity)] == [code]
    assert load(altered(text, LEG, 0, 1))[1]


HOSTILE = (
    *NASTY_TEXTS,
    "\0",
    "\x1b[31m",
    "a\r\nb\rc",
    "\t",
    '"\n2024-01-01 open Cash:X',
    "; \\",
    "é" * 100_000,
    "rad\n" * 200,
    "\x85",
)


LINE = re.compile(r'$|; |option "|\d{4}-\d\d-\d\d |  [a-z_]+: ".*"$|  C\S+  \S+ [A-Z]{3}$', re.DOTALL)


@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: ascii(said[:20]))
def test_whatever_is_written_in_a_record_is_read_back_as_it_was(said):
    texts = {"note": said, "reference": said, "dnr": said, "cost_kind": said}
    c = sv.Collaboration(
        [
            *(evolve(one, title=said) for one in ABOUT),
            evolve(grant(regime=said or "direct"), title=said),
            Allocation(grant="g", recipient="ale", amount=Money(1)),
            event(1, "used", Money(1), "2024-01-01", **texts),
        ],
        title=said,
    )
    text = sv.exports.beancount(sv.ledger(c))
    entries, errors = load(text)
    assert errors == []
    assert "\r" not in text
    assert all(LINE.match(line) for line in text.split("\n"))
    used = told(entries, Transaction)[-1]
    assert {name: used.meta.get(name, "") for name in texts} == texts
    assert used.payee == (said or "ale")


def test_a_letter_that_cannot_be_saved_is_refused():
    with pytest.raises(sv.InvalidValueError, match=r"lone surrogate U\+D800"):
        sv.exports.beancount(small(Money(1), title="\ud800"))


def read_back(component):
    """The id that a part of an account was made of."""
    for sign, word in ((".", "-Dot-"), (">", "-To-"), (":", "-As-"), ("@", "-On-")):
        component = component.replace(word, sign)
    return component[0].lower() + component[1:]


@settings(max_examples=200)
@given(ids(), st.sampled_from(sorted(ACCOUNTS)))
def test_no_two_ids_have_the_same_account_and_every_account_is_one(id, account):
    made = _account(account, id)
    assert beancount_account.is_valid(made)
    assert read_back(made.split(":")[2]) == id
    assert len({_account(account, id) for account in ACCOUNTS}) == len(ACCOUNTS)


@pytest.mark.parametrize("name", sorted(regimes()))
def test_claims_and_cash_each_make_nothing(name):
    kinds = [kind for kind in sv.vocabulary.MoneyMove if kind in regimes()[name].moves]
    events = [event(n, kind, Money(n + 1), "2024-01-01") for n, kind in enumerate(kinds)]
    entries, _ = load(
        sv.exports.beancount(
            ledger(grant(regime=name), Allocation(grant="g", recipient="ale", amount=Money(1)), *events)
        )
    )
    for entry in told(entries, Transaction):
        assert len({posting.account.split(":")[0] for posting in entry.postings}) == 1


def test_a_day_known_roughly_is_marked_and_stands_on_the_last_that_it_can_be():
    rough, told_exactly = event(1, "used", Money(5), "2024-11"), event(2, "used", Money(6), "2024-11-10")
    entries, _ = load(sv.exports.beancount(ledger(grant(), *shares([Money(0)] * 5), rough, told_exactly)))
    used = {entry.meta["record"]: entry for entry in told(entries, Transaction)}
    assert (used["e1"].flag, str(used["e1"].date), used["e1"].meta["day"]) == ("!", "2024-11-30", "2024-11")
    assert (used["e2"].flag, str(used["e2"].date), "day" in used["e2"].meta) == ("*", "2024-11-10", False)


@pytest.mark.parametrize(
    ("amount", "day", "said"),
    [
        (sv.UNKNOWN, "2024-11", "used, an amount that is not known, the day 2024-11"),
        (None, "2024-11-02", "used, an amount that is not known, the day 2024-11-02"),
        (Money(5), "unknown", "used, {}5 kr, a day that is not known"),
        (Money(5), None, "used, {}5 kr, a day that is not known"),
        (Money(5), "from 2024-11", "used, {}5 kr, the day from 2024-11-01"),
        (Money(5), "9999", "used, {}5 kr, the day 9999"),
    ],
)
def test_what_cannot_be_booked_is_told_on_both_its_accounts_and_is_in_no_sum(amount, day, said):
    entries, errors = load(
        sv.exports.beancount(ledger(grant(), *shares([Money(0)] * 5), event(1, "used", amount, day)))
    )
    assert errors == []
    assert [(note.account, note.comment, note.meta["record"]) for note in told(entries, Note)] == [
        (f"Cash:{account}:G-To-ale", f"not booked: {said.format(sign)}", "e1")
        for account, sign in (("Held", "-"), ("Used", ""))
    ]
    assert not any(added_up(entries).values())


def test_as_of_a_day_only_what_has_certainly_happened_by_then_is_booked():
    events = [
        event(1, "used", Money(1), "2024-03"),
        event(2, "used", Money(2), "2024-04"),
        event(3, "used", Money(4), "2024-05"),
    ]
    money = ledger(grant(), *shares([Money(0)] * 5), *events).as_of("2024-04-15")
    entries, errors = load(sv.exports.beancount(money))
    assert errors == []
    assert added_up(entries)["g>ale", "used", "SEK"] == 1
    assert {note.meta["record"] for note in told(entries, Note)} == {"e2"}


@pytest.mark.parametrize(
    ("days", "on", "begins"),
    [
        (["2024-03-05", "2024-02"], None, "2024-02-28"),
        (["0001-01-01"], None, "0001-01-01"),
        ([], None, "1969-12-31"),
        ([], "2024-03-01", "2024-02-29"),
        (["unknown"], None, "1969-12-31"),
    ],
)
def test_what_has_stood_from_the_beginning_stands_the_day_before_all_that_has_a_day(days, on, begins):
    money = ledger(grant(), *shares([Money(9)] * 5), *(event(n, "used", Money(1), day) for n, day in enumerate(days)))
    entries, errors = load(sv.exports.beancount(money.as_of(on) if on else money))
    assert errors == []
    allotted = [entry for entry in told(entries, Transaction) if entry.narration == "allocated"]
    assert [str(entry.date) for entry in allotted] == [begins] * 5
    assert {entry.meta["day"] for entry in allotted} == {"from the beginning"}


def test_an_auditor_finds_the_record_and_what_it_rests_on():
    wrong = event(1, "used", Money(90), "2024-06-01", cost_kind="lön", reference="V 12", dnr="KS 2024/7")
    right = FundingEvent(id="e2", kind="used", amount=Money(80), day="2024-06-02", corrects="e1", note="rättat")
    asked = Requisition(
        id="rek",
        allocation="g>ale",
        requested_by="ale",
        amount=Money(90),
        sent="2024-05-01",
        on_behalf_of=("hjo", "vara"),
        dnr="KS 2024/3",
    )
    entries, _ = load(sv.exports.beancount(ledger(grant(), *shares([Money(100)] * 5), wrong, right, asked)))
    found = {entry.meta["record"]: entry.meta for entry in told(entries, Transaction)}
    whose = {"allocation": "g>ale", "grant": "g", "recipient": "ale"}
    assert (
        found["e2"].items()
        >= (
            whose | {"corrects": "e1", "cost_kind": "lön", "reference": "V 12", "dnr": "KS 2024/7", "note": "rättat"}
        ).items()
    )
    assert (
        found["rek"].items()
        >= (whose | {"requested_by": "ale", "on_behalf_of": "hjo, vara", "dnr": "KS 2024/3"}).items()
    )
    assert "e1" not in found


def test_what_the_ledger_does_not_tell_is_told_at_the_top():
    text = sv.exports.beancount(ledger(grant(regime=""), FundingEvent(id="los", kind="used", amount=Money(5))))
    assert "\n; Not known: out of which allocation these came: los\n" in text


def test_a_ledger_of_nothing_is_a_text_too():
    assert load(sv.exports.beancount(sv.ledger(sv.Collaboration()))) == ([], [])


@pytest.mark.parametrize("odd", [None, "vg.yaml", sv.Collaboration()], ids=["nothing", "path", "collaboration"])
def test_what_is_no_ledger_is_refused(odd):
    with pytest.raises(sv.InvalidValueError, match=r"is no ledger; make one of a collaboration: sv\.ledger"):
        sv.exports.beancount(odd)
