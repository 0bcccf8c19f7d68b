"""From whom to whom money went."""

import samverkan as sv
from tests.questions.funding.grants import SKR, event, grant, holding, share


def test_money_goes_from_and_to_the_parties_that_an_event_names():
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
