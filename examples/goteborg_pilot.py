"""Case 2: a pilot project across sectors in two city districts, ended before 2017-02-13.

Every line printed is an answer of the library to the document beside this script. Two bodies of 2019 and 2021 are
added at the end; that they took over from the districts is assumed, and every answer says so.
"""

from pathlib import Path

import samverkan as sv

pilot = sv.read(Path(__file__).with_suffix(".yaml"))
print(pilot)

print("\n— Who took part, in which capacity, of which sector, a part of what")
for row in sv.responsible(pilot, "pilot").where(thing="pilot"):
    homes = [pilot[id] for id in row.organisations]
    sector = ", ".join(home.kind.sv if isinstance(home, sv.Actor) else "sector not told" for home in homes)
    period = pilot[sv.Participation, row.because[0]].period
    print(f"{pilot[row.who].title}: {row.capacity}, {period}; {sector}, {', '.join(home.title for home in homes)}")

print("\n— Who sent representatives to the working group; how many is not told")
for membership in pilot[sv.Membership]:
    if membership.of == "arbetsgrupp":
        member = pilot[membership.member]
        print(member.title + (f" (how many of them: {member.count})" if isinstance(member, sv.Group) else ""))
print(f"who: {pilot['arbetsgrupp'].basis[0].mark}")

print("\n— What came out, in which order")
for plan in ("majorna-linne", "askim-frolunda-hogsbo"):
    way = sv.graph(pilot).path("pilot.problembild", f"pilot.handlingsplan-{plan}", directed=True)
    print(" → ".join([pilot[way[0].here].title, *(pilot[step.there].title for step in way)]))

print("\n— Who may decide about the plans")
print(sv.may(pilot, "nosam", "decide", about="plan-majorna-linne"))

print("\n— Who carries each plan on")
plans = ("pilot", "plan-majorna-linne", "plan-askim-frolunda-hogsbo")
for day in ("2017-03-01", "2022-01-01"):
    for plan in plans:
        for row in sv.carries_on(pilot, plan, on=day):
            print(f"{day}  {plan}: orphaned {row.orphaned}; {', '.join(row.carriers) or 'nobody'}")
print(sv.carries_on(pilot, on="2022-01-01"))

print("\n— And where successors are recorded")
took_over = sv.basis("stadsdelsnamnder", replaces="assumed")
later = pilot.adding(
    sv.Actor(
        id="centrum",
        title="Socialnämnden Centrum",
        kind="nämnd",
        part_of="goteborg",
        exists="2021/",
        replaces="goteborg.majorna-linne",
        basis=took_over,
    ),
    sv.Actor(
        id="sydvast",
        title="Socialnämnden Sydväst",
        kind="nämnd",
        part_of="goteborg",
        exists="2021/",
        replaces="goteborg.askim-frolunda-hogsbo",
        basis=took_over,
    ),
    sv.Actor(
        id="finsam-goteborg",
        title="Samordningsförbundet Göteborg",
        kind="samordningsförbund",
        exists="2019-07-01/",
        replaces="finsam-centrum",
        source="finsam-nyhet",
    ),
)
print(sv.carries_on(later, on="2022-01-01"))
for row in sv.compare(pilot, later):
    print(row.in_words)

print("\n— Which proposals rest on somebody who has not agreed")
print(sv.unconfirmed_support(pilot))

print("\n— What was seen")
print(sv.results(pilot, "goteborg.majorna-linne"))

print("\n— What we do not know, and whom to ask")
print(sv.unknowns(pilot))
