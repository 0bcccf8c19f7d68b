"""To whom a thing belongs."""

from typing import Annotated

import pytest
from attrs import frozen
from hypothesis import given

import samverkan as sv
from samverkan.parties.organisation import Organisations
from tests.strategies import collaborations


@frozen(kw_only=True)
class Workshop:
    """A record class of a user's own that says by its types whose it is."""

    id: str
    hosts: Annotated[tuple[sv.fields.ThingId, ...], sv.fields.OwnedBy()] = ()
    chair: Annotated[sv.fields.Maybe[sv.fields.ActorId], sv.fields.OwnedBy()] = None
    by: sv.fields.ActorId | None = None


def actor(id: str, kind: str = "kommun", **more: object) -> sv.Actor:
    return sv.Actor(id=id, title=id.title(), kind=kind, **more)


NORRTALJE = (
    actor("kommunen"),
    actor("kommunen.ksk", "administration", part_of="kommunen"),
    actor("kommunen.ksk.tink", "unit", part_of="kommunen.ksk"),
    actor("kson", "kommunalforbund"),
    actor("kson.direktionen", "board", part_of="kson"),
    actor("styrgruppen", "forum"),
    actor("styrgruppen.au", "committee", part_of="styrgruppen"),
)


def organisations(id: str, *records: object, on: str | None = None) -> tuple[str, ...]:
    table = sv.graph(sv.Collaboration([*NORRTALJE, *records])).organisations(id, on=on)
    return tuple(row.organisation for row in table)


# ---------------------------------------------------------------- bodies


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("kommunen.ksk.tink", "kommunen"),
        ("kommunen", "kommunen"),
        ("kson.direktionen", "kson"),
        ("styrgruppen", "styrgruppen"),
        ("styrgruppen.au", "styrgruppen"),
    ],
)
def test_a_body_belongs_to_the_first_legal_person_or_the_topmost(body, wanted):
    assert organisations(body) == (wanted,)


@pytest.mark.parametrize("kind", list(sv.vocabulary.ActorKind))
def test_only_a_legal_person_stops_the_climb(kind):
    a_part = kind.value in {"forum", "council", "board", "committee", "administration", "unit", "district", "other"}
    assert organisations("x", actor("x", kind, part_of="kson")) == ("kson" if a_part else "x",)


def test_a_membership_never_changes_an_organisation():
    kungsbacka = (actor("kungsbacka"), actor("gr", "kommunalforbund"), actor("gr.namnd", "committee"))
    members = tuple(sv.Membership(member=id, of="gr") for id in ("kungsbacka", "gr.namnd"))
    assert organisations("kungsbacka", *kungsbacka, *members) == ("kungsbacka",)
    assert organisations("gr.namnd", *kungsbacka, *members) == ("gr.namnd",)


def test_a_role_belongs_to_its_employer():
    role = sv.Role(id="strateg", title="Strateg", employed_by="kommunen.ksk.tink", comes_from="kson")
    assert organisations("strateg", role) == ("kommunen",)


@pytest.mark.parametrize("employer", [None, sv.UNKNOWN, sv.NONE])
def test_a_role_without_an_employer_belongs_nowhere_that_we_know(employer):
    collaboration = sv.Collaboration([sv.Role(id="strateg", title="Strateg", employed_by=employer)])
    told = Organisations(collaboration).of("strateg")
    assert told.ids == ()
    said = "strateg has no employer" if employer is sv.NONE else "who employs strateg is not recorded"
    assert told.doubts == (said,)


def test_a_group_is_its_own_unless_all_belong_to_one():
    own = sv.Group(id="alla", of=("kommunen", "kson"))
    inner = sv.Group(id="inom", of=("kommunen.ksk", "kommunen.ksk.tink"))
    outer = sv.Group(id="ytter", of=("inom", "kommunen"))
    empty = sv.Group(id="tom", count="~60")
    for group, wanted in ((own, "alla"), (inner, "kommunen"), (outer, "kommunen"), (empty, "tom")):
        assert organisations(group.id, own, inner, outer, empty) == (wanted,)


def test_a_body_that_is_a_part_of_itself_is_not_guessed_at():
    ring = [actor(a, "board", part_of=b) for a, b in ("ab", "bc", "cb")]
    told = Organisations(sv.Collaboration(ring)).of("a")
    assert told.ids == ()
    assert told.doubts == ("b is a part of itself, so its organisation cannot be determined",)


@pytest.mark.parametrize("kind", list(sv.vocabulary.ActorKind))
def test_what_is_by_nature_a_part_of_something_is_doubted_where_the_whole_is_not_told(kind):
    table = sv.graph(sv.Collaboration([actor("x", kind)])).organisations("x")
    assert [row.organisation for row in table] == ["x"]
    a_part = kind.value in {"council", "board", "committee", "administration", "unit", "district"}
    said = "what x is a part of is not recorded; it is counted as an organisation of its own"
    assert table.unknown == ((said,) if a_part else ())


def test_a_part_is_doubted_also_where_its_whole_is_itself_a_part_or_stands_elsewhere():
    parts = actor("x", "unit", part_of="w"), actor("w", "administration"), actor("z", "unit", part_of="away")
    net = sv.graph(sv.Collaboration([*parts, sv.ExternalRecord(id="away", kind="Actor")]))
    counted = "it is counted as an organisation of its own"
    assert net.organisations("x").unknown == (f"what w is a part of is not recorded; {counted}",)
    assert net.organisations("z").unknown == (f"what away is a part of is recorded elsewhere; {counted}",)
    forum = actor("f", "forum", basis=sv.basis(part_of="unknown"))
    [doubt] = sv.graph(sv.Collaboration([forum])).organisations("f").unknown
    assert doubt == f"what f is a part of is not recorded; {counted}"


def test_a_group_is_doubted_only_where_its_members_may_all_belong_to_one():
    away = sv.ExternalRecord(id="away", kind="Actor")
    groups = [
        sv.Group(id="en", of=("kommunen", "away")),
        sv.Group(id="tva", of=("kommunen", "kson", "away")),
        sv.Group(id="hel", of=("kommunen", "kommunen.ksk")),
    ]
    net = sv.graph(sv.Collaboration([*NORRTALJE, away, *groups]))
    doubt = "what away is a part of is recorded elsewhere; it is counted as an organisation of its own"
    told = [([row.organisation for row in table], table.unknown) for g in groups if (table := net.organisations(g.id))]
    assert told == [(["en"], (doubt,)), (["tva"], ()), (["kommunen"], ())]


def test_beyond_the_day_of_knowledge_nobody_knows_whose_a_thing_is():
    net = sv.graph(sv.Collaboration(NORRTALJE, known="2024-01-01"))
    assert net.organisations("kson", on="2024-01-01").unknown == net.organisations("kson").unknown == ()
    [said] = net.organisations("kson", on="2024-02-01").unknown
    assert said == "what has happened since 2024-01-01, the day to which this is known"


def test_placeholders_belong_to_themselves_where_they_are_bodies():
    away = [sv.ExternalRecord(id=kind.lower(), kind=kind) for kind in ("Actor", "Group", "Role", "Plan")]
    net = sv.graph(sv.Collaboration(away))
    assert [[row.organisation for row in net.organisations(e.id)] for e in away] == [["actor"], ["group"], [], []]
    assert net.organisations("plan").unknown == ("the organisation of plan is not recorded",)


# ---------------------------------------------------------------- things


def test_who_owns_or_leads_comes_first():
    activity = sv.Activity(id="insats", title="Insats", by="kson")
    leads = sv.Participation(who="kommunen.ksk", thing="insats", capacity="leads")
    owns = sv.Participation(who="styrgruppen.au", thing="insats", capacity="owns")
    supports = sv.Participation(who="styrgruppen", thing="insats", capacity="supports")
    assert organisations("insats", activity) == ("kson",)
    assert organisations("insats", activity, supports) == ("kson",)
    assert organisations("insats", activity, leads) == ("kommunen",)
    assert organisations("insats", activity, leads, owns) == ("kommunen", "styrgruppen")


def test_a_participation_counts_while_it_may_be_in_force():
    activity = sv.Activity(id="insats", title="Insats", by="kson")
    leads = sv.Participation(who="kommunen", thing="insats", capacity="leads", period="in 2016-05/2016-12-31")
    assert organisations("insats", activity, leads) == ("kommunen",)
    assert organisations("insats", activity, leads, on="2016-06-01") == ("kommunen",)
    assert organisations("insats", activity, leads, on="2016-04-30") == ("kson",)
    assert organisations("insats", activity, leads, on="2016-05-15") == ("kommunen",)
    told = Organisations(sv.Collaboration([*NORRTALJE, activity, leads]), "2016-05-15").of("insats")
    assert told.doubts == (f"whether {leads.id} is in force on 2016-05-15 cannot be determined; it is counted",)
    assert not Organisations(sv.Collaboration([*NORRTALJE, activity, leads]), "2016-06-15").of("insats").doubts


@pytest.mark.parametrize(
    "record",
    [
        sv.Decision(id="x", body="kson.direktionen"),
        sv.Obligation(id="x", title="", by="kson.direktionen", to="kommunen"),
        sv.Plan(id="x", title="", owners="kson"),
        sv.Process(id="x", by="kson"),
        sv.Mandate(id="x", holder="kson", for_="kommunen"),
        sv.FundingEvent(id="x", kind="used", by="kson"),
        sv.Grant(id="x", title="", payer="kson", receivers="kommunen"),
        sv.Agreement(id="x", title="", parties="kson"),
        sv.Source(id="x", publisher="kson"),
        sv.Participation(id="x", who="kson", thing="kommunen", capacity="leads"),
        sv.Membership(id="x", member="kson", of="styrgruppen"),
        sv.Stance(id="x", actor="kson", towards="kommunen", attitude="accepts"),
        Workshop(id="x", hosts=("kson",), by="kommunen"),
    ],
    ids=lambda record: type(record).__name__,
)
def test_a_thing_belongs_to_whom_it_names(record):
    assert organisations("x", record) == ("kson",)


def test_every_field_that_is_marked_tells_and_no_other():
    plan = sv.Plan(id="plan", title="")
    both = Workshop(id="x", hosts=("kson",), chair="kommunen.ksk")
    assert organisations("x", plan, both) == ("kommunen", "kson")
    assert organisations("x", plan, Workshop(id="x", hosts=("plan", "kson"))) == ("kson",)
    assert organisations("x", plan, Workshop(id="x", hosts=("plan",), by="kson")) == ()


@pytest.mark.parametrize(
    ("step", "wanted", "said"),
    [
        (sv.Activity(id="steg", title="", plan="plan"), ["kson"], ()),
        (sv.Activity(id="steg", title="", plan="plan", basis=sv.basis(by="unknown")), [], ("whose steg is, is not recorded",)),
        (sv.Activity(id="steg", title="", plan="plan", by="kommunen", basis=sv.basis(by="partial")), ["kommunen"], ("whose steg is, is not recorded in full",)),
        (sv.Activity(id="steg", title="", plan="plan", by="kommunen"), ["kommunen"], ()),
    ],
)  # fmt: skip
def test_where_the_source_is_silent_about_whose_a_thing_is_its_plan_does_not_tell(step, wanted, said):
    plan = sv.Plan(id="plan", title="", owners="kson")
    table = sv.graph(sv.Collaboration([*NORRTALJE, plan, step])).organisations("steg")
    assert [row.organisation for row in table] == wanted
    assert table.unknown == said


def test_a_group_that_may_hold_others_is_its_own():
    group = sv.Group(id="nagra", of=("kommunen",), basis=sv.basis(of="partial"))
    assert organisations("nagra", group) == ("nagra",)


def test_money_belongs_to_who_gets_or_asks_for_it():
    grant = sv.Grant(id="ph", title="", payer="kson")
    allocation = sv.Allocation(grant="ph", recipient="kommunen.ksk", amount=None)
    asked = sv.Requisition(id="rek", allocation="ph>kommunen.ksk", requested_by="kson", amount=sv.Money(1))
    assert organisations("ph>kommunen.ksk", grant, allocation) == ("kommunen",)
    assert organisations("rek", grant, allocation, asked) == ("kson",)


def test_what_names_nobody_belongs_where_it_stands():
    plan = sv.Plan(id="plan", title="Plan")
    owned = sv.Participation(who="kommunen.ksk", thing="plan", capacity="owns")
    goal = sv.Goal(id="mal", title="Mål", plans=("plan",))
    process = sv.Process(id="process", plan="plan")
    activity = sv.Activity(id="steg", title="Steg", part_of="process")
    link = sv.Dependency(predecessor="mal", successor="steg")
    everything = (plan, owned, goal, process, activity, link)
    for id in ("mal", "process", "steg", "mal>steg", "plan"):
        assert organisations(id, *everything) == ("kommunen",)
    assert organisations("steg", plan, process, activity) == ()


def test_a_thing_shared_by_plans_belongs_to_both():
    plans = sv.Plan(id="a", title="", owners="kson"), sv.Plan(id="b", title="", owners="kommunen")
    assert organisations("mal", *plans, sv.Goal(id="mal", title="", plans=("a", "b"))) == ("kommunen", "kson")


def test_things_that_stand_within_each_other_belong_nowhere():
    ring = [sv.Activity(id=a, title="", part_of=b) for a, b in ("ab", "ba")]
    assert organisations("a", *ring) == ()
    owned = sv.Participation(who="kson", thing="b", capacity="owns")
    assert organisations("a", *ring, owned) == ("kson",)


def test_deep_nesting_is_no_trouble():
    steps = [sv.Activity(id=f"s-{n}", title="", part_of=f"s-{n - 1}" if n else None) for n in range(3000)]
    bodies = [actor(f"b-{n}", "unit", part_of=f"b-{n - 1}" if n else "kson") for n in range(3000)]
    owns = sv.Participation(who="b-2999", thing="s-0", capacity="owns")
    assert organisations("s-2999", *steps, *bodies, owns) == ("kson",)


def test_what_an_organisation_rests_on_is_told():
    activity = sv.Activity(id="steg", title="", plan="plan")
    plan = sv.Plan(id="plan", title="", owners="kommunen.ksk.tink")
    told = Organisations(sv.Collaboration([*NORRTALJE, activity, plan])).of("steg")
    assert told.because == ("steg", "plan", "kommunen.ksk.tink", "kommunen.ksk", "kommunen")


def test_who_is_not_there_is_said():
    with pytest.raises(sv.errors.NotFoundError):
        organisations("nobody")


@given(collaborations())
def test_an_organisation_is_a_body_and_memberships_mean_nothing(collaboration):
    whole = Organisations(collaboration)
    fewer = sv.Collaboration(r for r in collaboration if not _hangs_on_membership(collaboration, r))
    for record in fewer:
        told = whole.of(record.id)
        assert all(whole.of(id).ids == (id,) for id in told.ids)
        assert Organisations(fewer).of(record.id).ids == told.ids


def _hangs_on_membership(collaboration: sv.Collaboration, record: object) -> bool:
    return isinstance(record, sv.Membership) and not collaboration.pointing_at(record.id)


@given(collaborations())
def test_the_order_of_asking_means_nothing(collaboration):
    ids = sorted(record.id for record in collaboration)
    forward, backward = Organisations(collaboration), Organisations(collaboration)
    one = {id: forward.of(id) for id in ids}
    other = {id: backward.of(id) for id in reversed(ids)}
    assert {id: (told.ids, set(told.doubts)) for id, told in one.items()} == {
        id: (told.ids, set(told.doubts)) for id, told in other.items()
    }
