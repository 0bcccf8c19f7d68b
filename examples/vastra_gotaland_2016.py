"""Case 1: the county's joint analysis and action plan for mental health, Västra Götaland 2016.

Every line printed is an answer of the library to the document beside this script.
"""

from pathlib import Path

import samverkan as sv

vg = sv.read(Path(__file__).with_suffix(".yaml"))
print(vg)

print("\n— Is anything wrong in it?")
findings = sv.check(vg)
print(repr(findings))
print(findings)

print("\n— The principals, by name")
kommuner = vg.members("de-49")
print(f"{len(kommuner)} kommuner in county {', '.join({vg[sv.Actor, id].county for id in kommuner})}")
for forbund in vg.members("forbunden"):
    members = [
        m.member for m in vg[sv.Membership] if m.of == forbund and m.capacity is sv.vocabulary.MembershipKind.MEMBER
    ]
    reached = [vg[id].title for id in members if id in kommuner]
    print(f"{vg[forbund].title} ({len(reached)}): {', '.join(reached)}")
print(f"and {', '.join(vg[id].title for id in vg.members('huvudmannen') if id not in kommuner)}")

print("\n— Members of the four associations that are outside the county")
memberships = [
    m
    for m in vg[sv.Membership]
    if m.of in vg.members("forbunden") and m.capacity is sv.vocabulary.MembershipKind.MEMBER
]
outside = [m for m in memberships if m.member not in kommuner]
print(f"{len(memberships)} memberships; outside: {', '.join(f'{vg[m.member].title} in {m.of}' for m in outside)}")

print("\n— For whom does the process leader speak?")
print(sv.may(vg, "processledare-kommunerna", "speak", for_=["de-49", "ale", "kungsbacka"], on="2016-10-01"))
print(sv.may(vg, "processledare-kommunerna", ["sign", "draw", "decide"], for_="ale", on="2016-10-01"))
print(sv.may(vg, "sro", ["recommend", "decide"], for_="huvudmannen", on="2016-10-01"))

print("\n— What must be delivered, to whom, by when")
print(sv.due(vg, on="2016-10-01"))

print("\n— What an event reaches: the proposal")
print(sv.graph(vg).reaches("lansplan.forslag"))

print("\n— Which steps wait on another organisation")
print(sv.graph(vg).across_organisations())

print("\n— When each step can be done, and how long it may wait")
plan = sv.schedule(vg)
print(plan.steps)

print("\n— If the decision slips: 3 days, 17, 21")
for days in (3, 17, 21):
    print(f"{days} days: late? {plan.delayed({'lansplan.beslut': days})['inlamnad-plan'].late}")

print("\n— With the day that we plan with, a Saturday")
print(f"slack {sv.schedule(vg, as_planned=True)['lansplan.beslut'].total_float} days")
print(findings.of("planned-on-a-day-off"))

print("\n— Whom 21 days hit, and for how many kronor")
hit = sv.at_risk(plan.delayed({"lansplan.beslut": 21}))
print(f"{len({row.organisation for row in hit if row.grant})} organisations, {hit.total} in all")
print(hit.where(organisation="vgr"))

print("\n— The lines of the 2016 agreement")
for line in vg[sv.Grant]:
    if line.part_of == "ph-2016":
        marks = ", ".join(f"{ground.field} {ground.mark}" for ground in line.basis)
        receivers = ", ".join(map(str, line.receivers)) or "receivers not told"
        print(f"{line.amount!s:>15}  {line.title} ({receivers})" + (f" — {marks}" if marks else ""))
print(f"{vg[sv.Grant, 'ph-2016'].amount!s:>15}  in all, as stated")

print("\n— How the rules changed from 2015 to 2016")
for grant in (vg[sv.Grant, "prio-2015"], vg[sv.Grant, "ph-2016"]):
    payment = grant.payment
    paid = f"{payment.opens}..{payment.closes}" if isinstance(payment, sv.Window) else str(payment)
    print(f"{grant.title}: {grant.regime}, to {', '.join(map(str, grant.receivers)) or 'its lines'}, paid {paid}")

print("\n— By which rules the money moves, under each of them")
for grant in (vg[sv.Grant, "prio-2015"], vg[sv.Grant, "ph-2016"]):
    regime = sv.regimes()[grant.regime]
    print(f"{grant.title}: {regime.title} ({regime.sv}); begins as {regime.states[regime.begins].sv}")

print("\n— What of the 2016 lines is Västra Götaland's, as an estimate")
for line, ours in (
    ("ph-2016.region-plan", ["vgr"]),
    ("ph-2016.region-unga", ["vgr"]),
    ("ph-2016.kommun-plan", kommuner),
):
    shares = sv.shares_of(vg, line)
    rows = [row for row in shares if row.recipient in ours]
    print(f"{sv.Money.total(row.computed for row in rows)!s:>15}  {vg[line].title}, to {len(rows)} of {len(shares)}")
print(rows[0].explanation)
print("\n".join(shares.notes()))

print("\n— What we do not know, and whom to ask")
print(sv.unknowns(vg))
