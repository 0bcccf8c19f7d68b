"""What the rules on the schedule must not say."""

import samverkan as sv


def test_of_decisions_that_wait_for_each_other_it_is_not_said_that_no_meeting_is_left():
    board = sv.Actor(id="ks", title="KS", kind="board", meets=("2024-01-10",), basis=sv.basis(meets="complete"))
    decisions = [sv.Decision(id=id, title=id, body="ks") for id in ("ett", "tva", "tre")]
    links = [
        sv.Dependency(predecessor=first, successor=second)
        for first, second in (("ett", "tva"), ("tva", "ett"), ("tva", "tre"))
    ]
    found = {finding.rule for finding in sv.check(sv.Collaboration([board, *decisions, *links]))}
    assert "no-meeting-for-it" not in found
    assert "waits-for-itself" in found
