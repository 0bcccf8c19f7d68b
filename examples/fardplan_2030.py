"""Case 5: the joint roadmap to good and close care, Västra Götaland 2019–2030.

Every line printed is an answer of the library to the document beside this script.
"""

from pathlib import Path

import samverkan as sv

roadmap = sv.read(Path(__file__).with_suffix(".yaml"))
print(roadmap)

print("\n— Is anything wrong in it?")
print(sv.check(roadmap))

print("\n— What was commissioned, by whom, and may it decide?")
commission = roadmap[sv.Obligation, "uppdrag"]
given = roadmap[sv.Decision, commission.ground]
print(f"{roadmap[given.body].title}, {given.timing.done}, to {', '.join(map(str, commission.by))}:")
print("\n".join(f"  {part}" for part in commission.parts))
print(sv.may(roadmap, given.body, ["commission", "recommend", "decide"], for_="huvudmannen", on="2022-02-24"))

print("\n— The ladder: how many are asked at each step, and what is known of their answers")
for day in ("2021-10-01", "2022-03-01", roadmap.known):
    print(sv.replies(roadmap, "fardplan", on=day))

print("\n— The ladder, row by row; of the principals the first of each step")
ladder = sv.ladder(roadmap, "fardplan", on=roadmap.known)
shown = {}
for row in ladder:
    shown.setdefault(row.step, row)
for row in shown.values():
    print(f"{row.step}. {row.title}: {row.principal} — {row.answer}" + (f", {row.day}" if row.day else ""))
print("\n".join(ladder.notes()))

print("\n— Two timetables and the outcome, side by side")
print(sv.timetables(roadmap))

print("\n— What is due until the end of the plan")
print(f"{roadmap['fardplan'].title}: {roadmap['fardplan'].period}")
print(sv.due(roadmap, on=roadmap.known))

print("\n— What the inquiry reaches, before it was due; it informs, and nothing waits on it")
print(sv.graph(roadmap.as_of("2020-02-29")).reaches("fardplan.utredningen"))

print("\n— What a late inquiry pushes: as it stands, and if it were a hard requirement")
then = sv.schedule(roadmap.as_of("2020-02-29"))
hard = then.binding("fardplan.utredningen>fardplan.forslag:informs")
for plan in (then, hard):
    late = plan.not_before("fardplan.utredningen", "2022-06-01").compared_with(plan)
    print(late.title, "·", f"{len(late) - 1} other steps")
    print("\n".join(f"  {row.id}: {row.before} → {row.after}" for row in late))

print("\n— What may be late as it stands")
print(sv.schedule(roadmap).missed)

print("\n— What we do not know, and whom to ask")
print(sv.unknowns(roadmap))
