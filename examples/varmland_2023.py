"""Case 3: plans that depend on one another, and what lies between the levels, Värmland 2023.

Every line printed is an answer of the library to the document beside this script.
"""

from pathlib import Path

import samverkan as sv

varmland = sv.read(Path(__file__).with_suffix(".yaml"))
print(varmland)

print("\n— Is anything wrong in it?")
print(sv.check(varmland))

print("\n— The plan and the roadmap contribute to each other")
print(sv.graph(varmland).mutual_groups())

print("\n— What the source says of other plans is a quote, and makes no dependency")
quote = varmland[sv.Observation, "beroende-av-varandra"]
print(f"»{quote.result}« — {varmland[quote.by].title}")
print(f"{len(varmland[sv.Dependency])} dependencies: {', '.join(link.id for link in varmland[sv.Dependency])}")

print("\n— If each had to be finished before the other could begin, which is made up here")
made = varmland.adding(
    sv.Activity(id="plan.antas", title="Planen antas", plan="plan", basis=sv.basis("made")),
    sv.Activity(id="fardplan.antas", title="Färdplanen antas", plan="fardplan", basis=sv.basis("made")),
    sv.Dependency(predecessor="plan.antas", successor="fardplan.antas", basis=sv.basis("made")),
    sv.Dependency(predecessor="fardplan.antas", successor="plan.antas", basis=sv.basis("made")),
)
print(sv.graph(made).cycles())
for finding in sv.check(made).errors:
    print(finding)

print("\n— From the nation to the neighbourhood: what is covered, what the source calls a gap, what is not described")
print(sv.chains(varmland))
print(sv.gaps(varmland, "plan"))
for cell in sv.gaps(varmland):
    if cell.state is sv.answers.Cover.REPORTED:
        print(f"{cell.thing}, {' – '.join(cell.levels)}: »{cell.as_written}«")

print("\n— The areas that the two plans share, and what the agreement shares with one of them")
print(sv.shared_areas(varmland))

print("\n— How people rate their health: of whom, when, from where")
print(sv.results(varmland, "sjalvskattad-halsa"))
for seen in varmland[sv.Observation]:
    if seen.indicator:
        print(
            f"as said: {seen.as_of.as_written}; told by {varmland[seen.by].title}; from {varmland[seen.source].title}"
        )

print("\n— Since when there is a patient forum, and how many came to the conference")
forum, conference = varmland[sv.Process, "patientforum"], varmland[sv.Activity, "plan.konferens"]
print(f"{forum.title}: {forum.period.start}, {forum.period.start.as_written}")
print(f"{conference.title}: {conference.participants}")

print("\n— What we do not know, and whom to ask")
print(sv.unknowns(varmland))
