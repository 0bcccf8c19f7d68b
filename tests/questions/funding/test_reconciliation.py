"""Two accounts of one grant."""

import samverkan as sv
from samverkan import Money
from tests.questions.funding.grants import event, grant, holding, share


def test_two_accounts_are_paired_and_each_event_is_used_once():
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
