"""What an activity gave."""

from decimal import Decimal

import samverkan as sv
from tests.questions.funding.grants import holding


def test_results_come_by_measure_in_words_and_by_participants():
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
