"""What pays for what."""

import samverkan as sv
from samverkan import Money
from tests.questions.funding.grants import event, grant, holding, share


def test_what_is_unfunded_and_what_is_funded_twice():
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


def test_other_currencies_are_not_added_to_what_is_funded():
    euro = (sv.Financing(grant="ph", amount=Money(80)), sv.Financing(grant="ph", amount=Money(10, "EUR")))
    step = sv.Activity(id="a", title="A", budget=Money(100), funded_by=euro)
    [row] = sv.financing(holding(grant(), step), "a")
    assert (str(row.funded), str(row.uncovered)) == ("at least 80 kr", "0 kr..20 kr")
