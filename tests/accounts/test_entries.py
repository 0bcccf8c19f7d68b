"""The events in force."""

import samverkan as sv
from samverkan import FundingEvent, Money
from tests.questions.funding.grants import event, grant, holding, share


def test_a_correction_of_the_amount_alone_keeps_its_day():
    wrong = event("used", 300, "2020-09-15")
    right = FundingEvent(id="ratt", kind="used", amount=Money(250), corrects=wrong.id)
    money = sv.ledger(holding(grant(regime="direct"), share(amount=400), wrong, right))
    assert money.as_of("2020-09-14").balance("used").exact == Money(0)
    assert money.as_of("2020-09-15").balance("used").exact == Money(250)
