"""Case 4: the final report of a three-year joint plan for mental health, Norrtälje.

Every line printed is an answer of the library to the document beside this script.
"""

from pathlib import Path

import samverkan as sv

kson = sv.read(Path(__file__).with_suffix(".yaml"))
print(kson)

print("\n— How far has the plan come?")
print(sv.progress(kson, "tillsammans").where(scale="slutrapporten"))

print("\n— Who leads it now?")
print(sv.responsible(kson, "tillsammans", capacity="leads", on="2024-06-01").where(thing="tillsammans"))
print(sv.check(kson))

print("\n— The commission, as of two days")
for day in ("2024-06-01", "2025-02-01"):
    print(sv.due(kson, "kson.forvaltningen", on=day))

print("\n— On what the decision rests, and to whom it has been sent")
decision = kson[sv.Decision, "slutrapport"]
print(f"{decision.title}, § {decision.paragraph}, {decision.dnr}, day {decision.timing.done}")
for number, item in enumerate(decision.items, start=1):
    print(f"{number}. {item.outcome}: {', '.join((*item.about, *item.commissions))}")
for id in decision.rests_on:
    earlier = kson[sv.Decision, id]
    print(f"rests on {earlier.title}, § {earlier.paragraph}, {earlier.timing.done}, decided by: {earlier.body}")
print(f"sent to {', '.join(kson[id].title for id in decision.sent_to)}")

print("\n— Where the stimulus money went")
print(sv.spending(kson, "tillsammans"))

print("\n— What it gave, for whom")
for seen in kson[sv.Observation]:
    if seen.result:
        print(f"{seen.result} — {seen.target_group}")

print("\n— What we do not know, and whom to ask")
print(sv.unknowns(kson))
