"""A collaboration that does not hold together cannot be built, and says everything that is wrong (law 1)."""

import difflib
from typing import Annotated

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings, strategies as st

import samverkan as sv
from samverkan.model.integrity import expand
from samverkan.values.names import near
from tests.model.walk import names
from tests.strategies import record_sets


def actor(id: str, **more) -> sv.Actor:
    return sv.Actor(id=id, **({"title": id, "kind": "kommun"} | more))


def faults(*records) -> list[str]:
    """What is wrong with records, a line each; nothing if they hold together."""
    try:
        sv.Collaboration(records)
    except sv.errors.IntegrityError as error:
        return [str(fault) for fault in error.faults]
    return []


ALE, HJO, VARA = actor("ale"), actor("hjo"), actor("vara")
DE_TVA = sv.Group(id="de-tva", of=("ale", "hjo"), count=2)
PLAN = sv.Plan(id="plan", title="Plan")


# ---------------------------------------------------------------- references


@settings(max_examples=30)
@given(record_sets(), st.data())
def test_a_set_that_lacks_a_record_somebody_names_is_refused_by_its_name(records, data):
    gone = data.draw(st.sampled_from(records))
    rest = [record for record in records if record is not gone]
    named_by = [record.id for record in rest if gone.id in names(record)]
    if not named_by and not any(type(record) is sv.Group for record in rest):
        assert sv.Collaboration(rest)
    elif named_by:
        with pytest.raises(sv.errors.IntegrityError) as caught:
            sv.Collaboration(rest)
        assert {fault.record for fault in caught.value.faults if f"has the id {gone.id!r}" in fault.message} == {
            *named_by
        }


def test_a_reference_to_nothing_is_refused_with_the_nearest_id():
    assert faults(ALE, sv.Membership(member="alle", of="ale")) == [
        "alle>ale.member: no Actor or Group has the id 'alle'; did you mean 'ale'?"
    ]


def test_a_reference_to_nothing_like_it_is_refused_with_what_to_add():
    assert faults(ALE, sv.Membership(member="malmo", of="ale")) == [
        "malmo>ale.member: no Actor or Group has the id 'malmo'; add the Actor or Group, or an ExternalRecord in its place"
    ]


def test_an_id_of_the_wrong_kind_is_no_suggestion():
    assert "did you mean" not in faults(PLAN, sv.Role(id="r", title="", engaged_by="plam"))[0]


def test_the_last_part_of_a_nested_id_is_enough_for_a_suggestion():
    step = sv.Activity(id="lansplan.beslut", title="")
    assert (
        "did you mean 'lansplan.beslut'?"
        in faults(step, sv.Dependency(predecessor="beslut", successor="lansplan.beslut"))[0]
    )


def test_a_reference_to_the_wrong_kind_is_refused_with_the_right_one():
    assert faults(PLAN, sv.Membership(member="plan", of="plan")) == [
        "plan>plan.member: 'plan' is a Plan; 'member' takes the id of Actor or Group",
        "plan>plan.of: 'plan' is a Plan; 'of' takes the id of Actor",
    ]


def test_nested_references_are_held_too():
    grant = sv.Grant(
        id="g", title="", key=sv.AllocationKey(kind="shares", parts=[sv.KeyPart(recipient="x", share=sv.share("1"))])
    )
    grant = evolve(grant, key=evolve(grant.key, parts=tuple(grant.key.parts)), requisition=sv.Window(to="y"))
    assert [line.split(";")[0] for line in faults(grant)] == [
        "g.key.parts.recipient: no Actor or Group has the id 'x'",
        "g.requisition.to: no Actor has the id 'y'",
    ]


def test_unknown_and_none_name_nobody():
    assert faults(sv.Role(id="r", title="", employed_by=sv.UNKNOWN, comes_from=sv.NONE)) == []


def test_every_fault_is_told_at_once():
    found = faults(*(sv.Membership(member=f"m-{n}", of="nowhere") for n in range(40)))
    assert len(found) == 80


def test_many_faults_are_kept_though_only_the_first_are_shown():
    with pytest.raises(sv.errors.IntegrityError) as caught:
        sv.Collaboration([sv.Membership(member=f"m-{n}", of="nowhere") for n in range(40)])
    assert len(caught.value.faults) == 80
    assert str(caught.value).startswith("80 faults\n")
    assert str(caught.value).endswith("\n… and 30 more")


# ---------------------------------------------------------------- elsewhere


def test_an_elsewhere_counts_as_the_kind_it_stands_for():
    membership = sv.Membership(member="skr", of="ale")
    assert faults(ALE, sv.ExternalRecord(id="skr", kind="Actor"), membership) == []
    assert faults(ALE, sv.ExternalRecord(id="skr", kind="Plan"), membership) == [
        "skr>ale.member: 'skr' is a Plan; 'member' takes the id of Actor or Group"
    ]


# ---------------------------------------------------------------- ids


def test_an_id_used_twice_is_refused_once_for_each_time_too_many():
    assert (
        faults(ALE, evolve(ALE, title="Ale kommun"), PLAN, ALE)
        == ["ale.id: the id 'ale' is used twice; give one of the two another id"] * 2
    )


@pytest.mark.parametrize("word", ["unknown", "none", "yes", "no", "on", "off", "true", "false", "null", "y", "n"])
def test_a_word_that_programs_read_as_something_else_is_no_id(word):
    assert "choose another word" in faults(actor(word))[0]


@pytest.mark.parametrize(("id", "suggestion"), [("norrtälje", "norrtalje"), ("Upplands Väsby", "upplands-vasby")])
def test_swedish_letters_in_an_id_are_refused_with_what_to_write(id, suggestion):
    assert f"write '{suggestion}'" in faults(actor(id))[0]


@pytest.mark.parametrize("thing", [None, 1, "ale", {"id": "ale"}, ..., sv.Actor, sv.when("2016")], ids=str)
def test_what_is_no_record_is_refused(thing):
    assert "is not a record" in faults(ALE, thing)[0]


def test_an_id_that_is_no_text_is_refused():
    assert faults(evolve(ALE, id=7)) == ["7.id: 7 stands in 'id'; give a text"]


# ---------------------------------------------------------------- groups


@pytest.mark.parametrize("count", [2, "~2", "<5", "1..3", "~60", sv.UNKNOWN, sv.NONE, None], ids=str)
def test_a_count_that_may_hold_is_accepted(count):
    assert faults(ALE, HJO, evolve(DE_TVA, count=count)) == []


@pytest.mark.parametrize("count", [0, 1, 3, ">2", "<2", "3..5"])
def test_a_count_that_cannot_hold_is_refused_with_both_numbers(count):
    assert f"is said to hold {sv.count(count)} and holds 2" in faults(ALE, HJO, evolve(DE_TVA, count=count))[0]


def test_a_group_of_groups_counts_each_actor_once():
    every = sv.Group(id="alla", of=("de-tva", "vara", "ale"), count=3)
    assert faults(ALE, HJO, VARA, DE_TVA, every) == []


def test_a_rule_picks_its_actors_out_of_the_collaboration():
    group = sv.Group(id="g", every=sv.fields.selection("kommuner in county 14"), count=1)
    assert (
        faults(actor("ale", county="14"), actor("habo", county="06"), actor("vgr", kind="region", county="14"), group)
        == []
    )
    assert "said to hold 1 and holds 0" in faults(actor("habo", county="06"), group)[0]


def test_a_group_with_a_count_alone_is_not_counted():
    assert faults(sv.Group(id="g", count=49)) == []


def test_a_group_that_holds_a_group_elsewhere_cannot_be_counted():
    assert (
        faults(ALE, sv.ExternalRecord(id="de-49", kind="Group"), sv.Group(id="g", of=("ale", "de-49"), count=50)) == []
    )


def test_an_actor_elsewhere_counts_as_one():
    assert faults(ALE, sv.ExternalRecord(id="skr", kind="Actor"), sv.Group(id="g", of=("ale", "skr"), count=2)) == []


def test_a_group_that_holds_itself_is_refused_with_the_way_round():
    a, b, c = (sv.Group(id=id, of=(to,)) for id, to in (("a", "b"), ("b", "c"), ("c", "a")))
    assert faults(a, b, c) == [
        "a.of: the group 'a' holds itself: a → b → c → a; take it out of one of them",
        "b.of: the group 'b' holds itself: b → c → a → b; take it out of one of them",
        "c.of: the group 'c' holds itself: c → a → b → c; take it out of one of them",
    ]
    assert "d → d" in faults(sv.Group(id="d", of="d"))[0]


def test_groups_that_share_members_are_no_circle_however_many_ways_lead_there():
    layers = 40  # two ways down from each: a walk that went every way would never end
    groups = [sv.Group(id=f"g-{n}-{side}", of=(f"g-{n + 1}-a", f"g-{n + 1}-b")) for n in range(layers) for side in "ab"]
    last = [sv.Group(id=f"g-{layers}-{side}", of=("ale",)) for side in "ab"]
    c = sv.Collaboration([ALE, *groups, *last, sv.Group(id="alla", of=("g-0-a", "g-0-b"), count=1)])
    assert c.members("alla") == ("ale",)


def test_groups_in_groups_may_be_deeper_than_python_may_call():
    depth = 1_500
    chain = [sv.Group(id=f"g-{n}", of=(f"g-{n + 1}",)) for n in range(depth)]
    by_id = {record.id: record for record in [*chain, sv.Group(id=f"g-{depth}", of=("ale",)), ALE]}
    assert expand(by_id, "g-0") == ("ale",)


# ---------------------------------------------------------------- each or jointly


def owes(by: object) -> sv.Obligation:
    return sv.Obligation(id="o", title="", by=by)


@pytest.mark.parametrize("by", ["each de-tva", "jointly de-tva", "ale", ["ale", "each de-tva"]], ids=str)
def test_a_group_says_each_or_jointly_and_one_says_neither(by):
    assert faults(ALE, HJO, DE_TVA, owes(by)) == []


def test_a_group_that_does_not_say_is_refused_with_both_ways():
    (fault,) = faults(ALE, HJO, DE_TVA, owes(["ale", "de-tva"]))
    assert fault.startswith("o.by: 'de-tva' is a group, and 'by' does not say whether each or jointly; ")
    assert fault.endswith("write 'each de-tva' or 'jointly de-tva'")


@pytest.mark.parametrize("manner", ["each", "jointly"])
def test_one_who_says_is_refused(manner):
    assert faults(ALE, owes(f"{manner} ale")) == [f"o.by: 'ale' is one, so 'by' cannot say {manner}; write 'ale'"]
    assert "is one" in faults(sv.Role(id="r", title=""), owes(f"{manner} r"))[0]
    assert "is one" in faults(sv.ExternalRecord(id="skr", kind="Actor"), owes(f"{manner} skr"))[0]


@pytest.mark.parametrize("by", ["de-49", "each de-49", "jointly de-49"])
def test_a_group_elsewhere_may_say_or_not(by):
    assert faults(sv.ExternalRecord(id="de-49", kind="Group"), owes(by)) == []


def test_a_plain_reference_to_a_group_needs_no_manner():
    assert faults(ALE, HJO, DE_TVA, sv.Membership(member="de-tva", of="ale")) == []


def test_who_takes_part_says_so_too():
    part = sv.Participation(who="de-tva", thing="plan", capacity="owns")
    assert "whether each or jointly" in faults(ALE, HJO, DE_TVA, PLAN, part)[0]


# ---------------------------------------------------------------- a class of one's own


@frozen(kw_only=True)
class Site:
    """A place that a party runs, in its own nested value."""

    run_by: sv.Party
    county: str = ""


@frozen(kw_only=True)
class Inspection:
    """A record that the library has never heard of."""

    id: str
    of: Annotated[str, sv.fields.Ref("Actor", "Inspection")]
    sites: tuple[Site, ...] = ()
    due: sv.Timing = sv.Timing(due="2016-10-31")  # noqa: RUF009 (a value that never changes)


def test_a_record_of_ones_own_is_held_like_the_others():
    right = Inspection(id="i", of="ale", sites=(Site(run_by=sv.Party("ale")), Site(run_by=sv.each("de-tva"))))
    assert faults(ALE, HJO, DE_TVA, right, Inspection(id="j", of="i")) == []
    wrong = Inspection(id="i", of="plan", sites=(Site(run_by=sv.Party("de-tva")), Site(run_by=sv.each("nobody"))))
    assert sorted(line.split(";")[0] for line in faults(ALE, HJO, DE_TVA, PLAN, wrong)) == [
        "i.of: 'plan' is a Plan",
        "i.sites.run_by: no Actor or Group or Role has the id 'nobody'",
        "i.sites: 'de-tva' is a group, and 'sites.run_by' does not say whether each or jointly",
    ]


def test_others_may_name_a_record_of_ones_own():
    assert faults(ALE, Inspection(id="i", of="ale"), sv.Stance(actor="ale", towards="i", attitude="asked")) == []


# ---------------------------------------------------------------- near misses


@pytest.fixture
def looked_at(monkeypatch) -> list[int]:
    """How many names each search compared closely."""
    found: list[int] = []
    search = difflib.get_close_matches

    def counting(word, possibilities, *args, **kwargs):
        possibilities = list(possibilities)
        found.append(len(possibilities))
        return search(word, possibilities, *args, **kwargs)

    monkeypatch.setattr(difflib, "get_close_matches", counting)
    return found


MANY = [actor(f"aktor-{number:06}") for number in range(100_000)]


def test_one_near_miss_among_a_hundred_thousand_looks_at_some_thousands(looked_at):
    assert "did you mean" in faults(*MANY, sv.Membership(member="aktor-00000x", of="aktor-000000"))[0]
    assert sum(looked_at) <= 5_000


def test_a_thousand_near_misses_do_not_search_a_thousand_times(looked_at):
    wrong = (sv.Membership(member=f"aktor-x{number:05}", of="aktor-000000") for number in range(1_000))
    assert len(faults(*MANY[:10_000], *wrong)) == 1_000
    assert len([names for names in looked_at if names]) <= 50
    assert sum(looked_at) <= 100_000


def test_a_look_up_that_fails_searches_once(looked_at):
    c = sv.Collaboration(MANY[:5_000])
    with pytest.raises(sv.errors.NotFoundError, match="did you mean 'aktor-00"):
        c["aktor-00123"]
    assert sum(looked_at) <= 5_000


def test_a_very_long_name_is_not_searched_for(looked_at):
    assert near("a" * 100_000, ["ale"]) == ""
    assert looked_at == []
