"""A collaboration looks up, counts, points back, and changes only by giving a new one that holds as well (law 1)."""

from itertools import permutations
from typing import Annotated

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.model.collaboration import natural
from tests.model.walk import names
from tests.strategies import collaborations, ids


def actor(id: str, **more) -> sv.Actor:
    return sv.Actor(id=id, **({"title": id, "kind": "kommun"} | more))


ALE, HJO = actor("ale"), actor("hjo")
PLAN = sv.Plan(id="plan", title="Plan", owners="ale")


# ---------------------------------------------------------------- looking up


@settings(max_examples=20)
@given(collaborations())
def test_every_record_is_found_by_id_by_kind_and_by_both(c):
    for record in c:
        assert c[record.id] is c.get(record.id) is c[type(record), record.id] is record
        assert record in c[type(record)]
        assert record.id in c
    assert sum(len(c[kind]) for kind in c.kinds) == len(c) == len(list(c))
    assert [kind.__name__ for kind in c.kinds] == sorted({type(record).__name__ for record in c})


def test_a_kind_that_does_not_occur_has_no_records():
    assert sv.Collaboration([ALE])[sv.Grant] == ()
    assert sv.Collaboration()[sv.Grant] == ()


def test_an_id_that_is_not_there_is_told_with_the_nearest():
    c = sv.Collaboration([ALE, HJO, sv.Activity(id="lansplan.beslut", title="")])
    with pytest.raises(sv.errors.NotFoundError, match="no record 'alle'; did you mean 'ale'"):
        c["alle"]
    with pytest.raises(sv.errors.NotFoundError, match=r"did you mean 'lansplan\.beslut'"):
        c[sv.Activity, "beslut"]
    with pytest.raises(sv.errors.NotFoundError, match=r"no record 'qqqqqq'$"):
        c["qqqqqq"]
    assert c.get("alle") is None
    assert "alle" not in c


def test_a_record_of_another_kind_is_told_as_what_it_is():
    with pytest.raises(sv.errors.NotFoundError, match="'ale' is of the kind Actor, not Grant"):
        sv.Collaboration([ALE])[sv.Grant, "ale"]


@pytest.mark.parametrize("key", [None, 7, "", ("ale",), sv.UNKNOWN], ids=str)
def test_what_is_no_id_is_not_there(key):
    c = sv.Collaboration([ALE])
    assert key not in c
    with pytest.raises(sv.errors.NotFoundError):
        c[sv.Actor, key]


@settings(max_examples=20)
@given(collaborations(), st.randoms(use_true_random=False))
def test_the_order_in_which_records_are_given_means_nothing(c, rng):
    shuffled = list(c)
    rng.shuffle(shuffled)
    again = sv.Collaboration(shuffled, id=c.id, title=c.title, known=c.known)
    assert again == c
    assert all(again[kind] == c[kind] for kind in c.kinds)
    assert repr(again).split(" · ")[:2] == repr(c).split(" · ")[:2]


@given(st.lists(ids(), max_size=6))
def test_ids_sort_by_the_numbers_in_them_and_never_depend_on_order(found):
    expected = sorted(found, key=natural)
    assert all(sorted(order, key=natural) == expected for order in permutations(found[:5]) if len(found) <= 5)


def test_ten_comes_after_two():
    steps = ["process-10", "process-2", "process-02", "process-1", "a", "10", "9"]
    assert sorted(steps, key=natural) == ["9", "10", "a", "process-1", "process-02", "process-2", "process-10"]
    bodies = [actor("a-1"), actor("a-01")]
    assert sv.Collaboration(bodies)[sv.Actor] == sv.Collaboration(bodies[::-1])[sv.Actor]


def test_a_collaboration_shows_itself_in_one_line():
    c = sv.Collaboration([ALE, HJO, PLAN], id="vg", known="2016-10-31")
    assert repr(c) == "<Collaboration 'vg' · 3 records · 2 Actor · 1 Plan · known 2016-10-31>"


def test_name_title_known_and_records_make_it_what_it_is_and_places_do_not():
    c = sv.Collaboration([ALE], id="a", title="b", known="2016-10-31")
    assert c == sv.Collaboration(
        [ALE], id="a", title="b", known="2016-10-31", places={"ale": sv.errors.Place("x.yaml")}.get
    )
    for other in (
        sv.Collaboration([ALE], id="x", title="b", known="2016-10-31"),
        sv.Collaboration([ALE], id="a", title="x", known="2016-10-31"),
        sv.Collaboration([ALE], id="a", title="b"),
        sv.Collaboration([HJO], id="a", title="b", known="2016-10-31"),
        [ALE],
    ):
        assert c != other


def test_it_cannot_be_changed_in_place():
    c = sv.Collaboration([ALE])
    with pytest.raises(AttributeError):
        c.title = "other"
    with pytest.raises(TypeError):
        hash(c)


# ---------------------------------------------------------------- who points at what


@settings(max_examples=20)
@given(collaborations())
def test_who_points_at_a_record_is_who_names_it(c):
    expected = sorted((id, record.id) for record in c for id in names(record))
    assert (
        sorted((id, pointer.record) for id in (*{n for n, _ in expected}, "nobody") for pointer in c.pointing_at(id))
        == expected
    )


def test_a_pointer_says_by_which_relation():
    grant = sv.Grant(id="g", title="", receivers="ale", repay_to="hjo", requisition=sv.Window(to="hjo"))
    c = sv.Collaboration([ALE, HJO, grant, sv.Dependency(predecessor="ale", successor="g")])
    assert set(c.pointing_at("ale")) == {sv.answers.Pointer("g", "receivers"), sv.answers.Pointer("ale>g", "before")}
    assert set(c.pointing_at("hjo")) == {sv.answers.Pointer("g", "repay_to"), sv.answers.Pointer("g", "requisition.to")}
    assert c.pointing_at("g") == (sv.answers.Pointer("ale>g", "after"),)


def test_a_record_of_ones_own_points_and_is_pointed_at():
    c = sv.Collaboration([ALE, Watched(id="w", to="ale"), sv.Stance(actor="ale", towards="w", attitude="asked")])
    assert sv.answers.Pointer("w", "to") in c.pointing_at("ale")
    assert c.pointing_at("w") == (sv.answers.Pointer("ale>w:asked", "towards"),)
    assert c[Watched] == (c[Watched, "w"],)


def test_the_members_of_a_party_are_single_actors():
    groups = [sv.Group(id="en", of="ale"), sv.Group(id="alla", of=("en", "hjo", "ale"))]
    c = sv.Collaboration([ALE, HJO, *groups, sv.Membership(member="hjo", of="ale")])
    assert c.members("ale") == ("ale",)
    assert c.members("alla") == ("ale", "hjo")
    with pytest.raises(sv.errors.NotFoundError):
        c.members("nobody")


# ---------------------------------------------------------------- changing


MINDS = ("a", "b", "c", "g", "h")
"""So few ids that changes meet each other."""


@st.composite
def small_records(draw) -> object:
    """A record that may well clash with, or dangle among, others like it."""
    id, other = draw(st.sampled_from(MINDS)), draw(st.sampled_from(MINDS))
    manner = draw(st.sampled_from(["", "", "each ", "jointly "]))
    return draw(
        st.sampled_from(
            [
                actor(id),
                actor(id, kind="region"),
                actor(id, part_of=other),
                sv.Group(
                    id=id, of=tuple({other, draw(st.sampled_from(MINDS))}), count=draw(st.sampled_from([None, 1, 2]))
                ),
                sv.Group(id=id, every=sv.fields.Selection("kommun"), count=draw(st.integers(0, 2))),
                sv.Group(id=id),
                sv.ExternalRecord(id=id, kind=draw(st.sampled_from(["Actor", "Group", "Plan"]))),
                sv.Plan(id=id, title="", owners=f"{manner}{other}"),
                sv.Plan(id=f"plan-{id}", title="", owners=f"{manner}{other}"),
                sv.Membership(member=other, of=id),
                sv.Dependency(predecessor=id, successor=other),
            ]
        )
    )


few = st.lists(small_records(), max_size=5)


def outcome(make) -> object:
    """What comes of it: a collaboration, or the faults it is refused for."""
    try:
        return make()
    except sv.errors.IntegrityError as error:
        return sorted((fault.message, fault.record, fault.field) for fault in error.faults)


@st.composite
def starts(draw) -> sv.Collaboration:
    """A small collaboration that holds: of what is drawn, as much as can be had."""
    c = sv.Collaboration([actor("a"), actor("b")], id="start", known="2016-10-31")
    for record in draw(st.lists(small_records(), max_size=8)):
        try:
            c = c.adding(record)
        except sv.errors.IntegrityError:
            continue
    return c


@settings(max_examples=100)
@given(starts(), few)
def test_adding_is_building_anew_with_more(c, records):
    before = list(c)
    fresh = [record for record in dict.fromkeys(records) if record not in before]
    expected = outcome(lambda: sv.Collaboration([*c, *fresh], id=c.id, known=c.known))
    assert outcome(lambda: c.adding(*records)) == expected
    assert list(c) == before


@settings(max_examples=100)
@given(starts(), few)
def test_replacing_is_building_anew_with_others_in_their_place(c, records):
    records = [record for record in records if record.id in c]
    before, new = list(c), {record.id: record for record in records}
    kept = [record for record in c if record.id not in new]
    if len(new) < len(records):
        with pytest.raises(sv.errors.IntegrityError, match="used twice"):
            c.replacing(*records)
        return
    expected = outcome(lambda: sv.Collaboration([*kept, *records], id=c.id, known=c.known))
    assert outcome(lambda: c.replacing(*records)) == expected
    assert list(c) == before


@settings(max_examples=100)
@given(starts(), st.data())
def test_leaving_out_is_building_anew_with_fewer(c, data):
    gone = data.draw(st.lists(st.sampled_from([record.id for record in c]), max_size=4))
    before = list(c)
    expected = outcome(lambda: sv.Collaboration([r for r in c if r.id not in gone], id=c.id, known=c.known))
    assert outcome(lambda: c.without(*gone)) == expected
    assert list(c) == before


@settings(max_examples=20)
@given(collaborations(), st.randoms(use_true_random=False))
def test_whatever_way_a_whole_collaboration_is_reached_it_is_the_same(c, rng):
    rest = list(c)
    rng.shuffle(rest)
    for record in rest:
        if not c.pointing_at(record.id) and type(record) is not sv.Actor:
            less = c.without(record.id)
            assert len(less) == len(c) - 1
            assert less.adding(record) == c
            assert less.pointing_at(record.id) == ()
            break
    assert c.replacing(*rest) == c
    assert sv.Collaboration(id=c.id, title=c.title, known=c.known).adding(*rest) == c


def test_an_actor_that_becomes_a_group_breaks_those_who_name_it_without_a_manner():
    c = sv.Collaboration([ALE, HJO, PLAN])
    with pytest.raises(sv.errors.IntegrityError, match="'ale' is a group"):
        c.replacing(sv.Group(id="ale", of="hjo"))
    with pytest.raises(sv.errors.IntegrityError, match="'ale' is a Goal"):
        c.replacing(sv.Goal(id="ale", title=""))


def test_a_group_in_the_place_of_a_group_elsewhere_must_be_named_with_its_manner():
    c = sv.Collaboration([sv.ExternalRecord(id="de-49", kind="Group"), sv.Plan(id="plan", title="", owners="de-49")])
    with pytest.raises(sv.errors.IntegrityError, match="whether each or jointly"):
        c.replacing(sv.Group(id="de-49"))
    assert len(c.replacing(sv.Group(id="de-49"), evolve(c["plan"], owners=sv.each("de-49")))) == 2


def test_an_elsewhere_that_comes_to_stand_for_another_kind_breaks_those_who_name_it():
    c = sv.Collaboration([sv.ExternalRecord(id="skr", kind="Actor"), sv.Plan(id="plan", title="", owners="skr")])
    with pytest.raises(sv.errors.IntegrityError, match="'skr' is a Goal"):
        c.replacing(sv.ExternalRecord(id="skr", kind="Goal"))


def test_a_change_that_breaks_a_count_is_refused():
    group = sv.Group(id="kommuner", every=sv.fields.Selection("kommun"), count=2)
    c = sv.Collaboration([ALE, HJO, group])
    for change in (
        lambda: c.adding(actor("vara")),
        lambda: c.without("hjo"),
        lambda: c.replacing(evolve(HJO, kind="region")),
    ):
        with pytest.raises(sv.errors.IntegrityError, match="is said to hold 2 and holds"):
            change()
    assert len(c.adding(actor("vgr", kind="region"))) == 4
    assert len(c.replacing(sv.ExternalRecord(id="hjo", kind="Actor"))) == 3  # it may be the second kommun


def test_an_id_that_is_taken_cannot_be_added():
    with pytest.raises(
        sv.errors.IntegrityError, match="'ale' is used twice; give one of the two another id, or use replacing"
    ):
        sv.Collaboration([ALE]).adding(evolve(ALE, title="Ale kommun"))
    with pytest.raises(sv.errors.IntegrityError, match="'ale' is used twice; give one of the two another id$"):
        sv.Collaboration().adding(ALE, evolve(ALE, title="Ale kommun"))


def test_adding_what_is_there_already_changes_nothing():
    c = sv.Collaboration([ALE], id="vg", places=PLACES.get)
    assert c.adding(ALE, HJO, HJO) == c.adding(HJO)
    assert placed(c.adding(ALE, HJO)) == {"ale"}
    pulled = sv.Collaboration(sv.register.pull("kommun Ale"))
    more = [*sv.register.pull("kommun Hjo"), *sv.register.pull("kommun Tingsryd")]
    assert {"ale", "hjo", "tingsryd"} <= {actor.id for actor in pulled.adding(*more)[sv.Actor]}


def test_the_day_of_knowledge_is_moved_and_all_else_stays():
    c = sv.Collaboration([ALE, HJO], id="vg", title="VG", known="2016-10-31", places=PLACES.get).without("hjo")
    later = c.knowing("2017-01-15")
    assert later == sv.Collaboration([ALE], id="vg", title="VG", known="2017-01-15")
    assert (placed(later), later.place("hjo")) == ({"ale"}, None)
    assert c.knowing(None).known is None
    assert c.known == sv.day("2016-10-31")
    with pytest.raises(sv.InvalidValueError):
        c.knowing("i går")


@frozen(kw_only=True)
class Visit:
    """A record of a user's own that is written inside a plan."""

    id: str
    plan: Annotated[sv.fields.PlanId, sv.fields.NestedUnder("visits")]


def test_a_basis_may_speak_of_a_kind_that_is_there_already():
    plan, visit = evolve(PLAN, basis=sv.basis(visits="partial")), Visit(id="v", plan="plan")
    c = sv.Collaboration([ALE, PLAN, visit])
    assert c.replacing(plan) == sv.Collaboration([ALE, plan, visit])
    other = evolve(plan, id="other")
    assert c.adding(other)["other"] == other
    with pytest.raises(sv.errors.IntegrityError, match="there is no field 'visits'"):
        sv.Collaboration([ALE, PLAN]).adding(other)


def test_what_is_not_there_can_be_neither_replaced_nor_left_out():
    c = sv.Collaboration([ALE])
    with pytest.raises(sv.errors.NotFoundError, match="no record 'hjo'"):
        c.replacing(HJO)
    with pytest.raises(sv.errors.NotFoundError, match="no record 'hjo'"):
        c.without("hjo")


@pytest.mark.parametrize("thing", [None, "ale", {"id": "ale"}, ...], ids=str)
def test_what_is_no_record_can_be_neither_added_nor_put_in_place(thing):
    c = sv.Collaboration([ALE])
    for change in (c.adding, c.replacing):
        with pytest.raises(sv.errors.IntegrityError, match="is not a record"):
            change(thing)


PLACES = {"ale": sv.errors.Place("x.yaml", 1), "hjo": sv.errors.Place("x.yaml", 2)}


def placed(c: sv.Collaboration) -> set[str]:
    return {record.id for record in c if c.place(record.id)}


def test_a_changed_collaboration_keeps_its_name_its_day_and_where_untouched_records_are_written():
    c = sv.Collaboration([ALE, HJO], id="vg", title="VG", known="2016-10-31", places=PLACES.get)
    assert c.place("ale") == sv.errors.Place("x.yaml", 1)
    changes = [c.adding(PLAN), c.replacing(evolve(HJO, title="Hjo kommun")), c.without("ale")]
    assert [placed(changed) for changed in changes] == [{"ale", "hjo"}, {"ale"}, {"hjo"}]
    for changed in changes:
        assert (changed.id, changed.title, changed.known) == ("vg", "VG", sv.day("2016-10-31"))
    assert placed(c.as_of("2016-01-01").adding(PLAN)) == {"ale", "hjo"}


def test_a_record_that_comes_back_by_hand_is_no_longer_where_the_document_had_it():
    c = sv.Collaboration([ALE, HJO], places=PLACES.get)
    assert placed(c.without("ale").adding(ALE)) == {"hjo"}


def test_a_record_made_in_python_is_written_nowhere():
    assert sv.Collaboration([ALE]).place("ale") is None


def test_a_merged_record_is_written_where_the_record_is_and_not_its_placeholder():
    here = sv.Collaboration([sv.ExternalRecord(id="ale", kind="Actor"), HJO], places=PLACES.get)
    there = sv.Collaboration([ALE], places={"ale": sv.errors.Place("y.yaml", 7)}.get)
    for both in (here.merge(there), there.merge(here)):
        assert (both.place("ale"), both.place("hjo")) == (sv.errors.Place("y.yaml", 7), sv.errors.Place("x.yaml", 2))


LOOKED_AT: list[str] = []


@frozen(kw_only=True)
class Watched:
    """A record that notices when its reference is read."""

    id: str
    to: Annotated[str, sv.fields.Ref("Actor")]

    def __getattribute__(self, name: str) -> object:
        if name == "to":
            LOOKED_AT.append(name)
        return object.__getattribute__(self, name)


def test_a_small_change_to_a_large_collaboration_looks_at_what_it_changes():
    c = sv.Collaboration([ALE, HJO, PLAN, *(Watched(id=f"w-{n}", to="ale") for n in range(1_000))])
    LOOKED_AT.clear()
    c.adding(Watched(id="new", to="hjo"), sv.Goal(id="goal", title=""))
    c.replacing(evolve(PLAN, title="Other"))
    c.replacing(evolve(HJO, title="Other"))
    assert len(LOOKED_AT) < 10
