"""Which bodies the register holds, under which names, and who belongs to whom."""

import itertools
import subprocess
import sys
import unicodedata
from collections import Counter

import pytest
from organisationsnummer import organisationsnummer

from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.collaboration import Collaboration
from samverkan.model.party import ActorKind, Level
from samverkan.model.relations import MembershipKind
from samverkan.register import agencies, agency, associations, kommun, kommuner, memberships, region, regions, sources
from samverkan.values.identity import check_id, plain_id
from samverkan.values.period import period
from samverkan.values.truth import Truth

GR = {"ale", "alingsas", "goteborg", "harryda", "kungsbacka", "kungalv", "lerum", "lilla-edet", "molndal", "partille"}
GR |= {"stenungsund", "tjorn", "ockero"}


def everything():
    return [*kommuner(), *regions(), *associations(), *agencies()]


# ---------------------------------------------------------------- how many


def test_counts():
    assert (len(kommuner()), len(regions()), len(associations()), len(agencies())) == (290, 21, 4, 208)


@pytest.mark.parametrize(("county", "count"), [("14", 49), ("12", 33), ("01", 26), ("13", 6), ("09", 1)])
def test_kommuner_of_a_county(county, count):
    assert len(kommuner(county)) == count
    assert all(body.county == county == body.code[:2] for body in kommuner(county))


def test_every_county_has_one_region_and_kommuner():
    counties = [body.county for body in regions()]
    assert len(set(counties)) == 21
    assert sum(len(kommuner(county)) for county in counties) == 290


# ---------------------------------------------------------------- names


def test_all_ids_are_distinct_and_valid():
    ids = [record.id for record in (*everything(), *memberships(), *sources())]
    assert len(set(ids)) == len(ids)
    assert [check_id(id) for id in ids] == ids


def test_habo_and_haabo_are_the_only_two_kommuner_that_collide():
    assert (kommun("0643").id, kommun("0305").id) == ("habo", "haabo")
    assert kommun("Habo") != kommun("Håbo")
    plain = Counter(plain_id(body.title.removesuffix(" kommun")) for body in kommuner())
    assert [name for name, count in plain.items() if count > 1] == ["habo"]


@pytest.mark.parametrize(
    "name", ["1440", "Ale", "ale", "ALE", "Ale kommun", " Ale  kommun", "212000-1439", "2120001439"]
)
def test_a_kommun_has_several_names(name):
    assert kommun(name).id == "ale"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Falun", "falun"),
        ("Falu kommun", "falun"),
        ("Göteborg", "goteborg"),
        ("Dals-Ed", "dals-ed"),
        ("0188", "norrtalje"),
    ],
)
def test_kommuner_by_name(name, id):
    assert kommun(name).id == id


def test_a_name_typed_with_loose_rings_and_dots_is_the_same_name():
    assert kommun(unicodedata.normalize("NFD", "Håbo")).code == "0305"


@pytest.mark.parametrize("name", ["14", "Västra Götalandsregionen", "vastra-gotalandsregionen", "Västra Götaland"])
def test_a_region_has_several_names(name):
    assert region(name).title == "Västra Götalandsregionen"


def test_region_ids():
    assert region("01").id == region("Stockholm").id == "region-stockholm"


@pytest.mark.parametrize("name", ["Kammarkollegiet", "kammarkollegiet", "202100-0829", "2021000829"])
def test_an_agency_has_several_names(name):
    assert agency(name).id == "kammarkollegiet"


def test_no_name_means_two_bodies_of_a_kind():
    finders = {ActorKind.KOMMUN: kommun, ActorKind.REGION: region, ActorKind.AGENCY: agency}
    for body in everything():
        if find := finders.get(body.kind):
            names = [body.id, body.title, str(body.orgnr), *([body.code] if body.code else [])]
            assert {find(name).id for name in names} == {body.id}


def test_no_name_holds_the_word_that_gives_another_id():
    assert not [body.title for body in everything() if {"as", "som", "in", "i län"} & {*body.title.split(" ")[1:-1]}]


# ---------------------------------------------------------------- what they are


def test_kinds_and_levels():
    assert {(body.kind, body.level) for body in everything()} == {
        (ActorKind.KOMMUN, Level.LOCAL),
        (ActorKind.REGION, Level.COUNTY),
        (ActorKind.KOMMUNALFORBUND, Level.SUBREGIONAL),
        (ActorKind.AGENCY, Level.NATIONAL),
        (ActorKind.AGENCY, Level.COUNTY),
    }


def test_a_lansstyrelse_acts_in_its_county():
    boards = [body for body in agencies() if body.level is Level.COUNTY]
    assert len({body.county for body in boards}) == len(boards) == 21
    assert all(body.title.startswith("Länsstyrelsen i ") for body in boards)
    assert agency("Länsstyrelsen i Västra Götalands län").county == "14"


def test_organisation_numbers_are_valid_by_another_package_and_of_the_right_series():
    numbered = [body for body in everything() if body.orgnr]
    assert [body.id for body in everything() if not body.orgnr] == ["borasregionen"]
    assert all(organisationsnummer.valid(str(body.orgnr)) for body in numbered)
    series = {(body.kind.value, str(body.orgnr)[:6]) for body in numbered if body.id != "region-gotland"}
    assert series == {
        ("kommun", "212000"),
        ("region", "232100"),
        ("kommunalforbund", "222000"),
        ("agency", "202100"),
    }


def test_organisation_numbers_are_distinct_but_for_gotland():
    numbers = Counter(body.orgnr for body in everything() if body.orgnr)
    shared = [number for number, count in numbers.items() if count > 1]
    assert shared == [kommun("gotland").orgnr]


def test_gotland_is_one_legal_person_and_two_records():
    as_kommun, as_region = kommun("0980"), region("09")
    assert (as_kommun.id, as_kommun.title, as_kommun.code) == ("gotland", "Gotlands kommun", "0980")
    assert (as_region.id, as_region.title, as_region.code) == ("region-gotland", "Region Gotland", "09")
    assert str(as_kommun.orgnr) == str(as_region.orgnr) == "212000-0803"
    assert "region-gotland" in as_kommun.note
    assert "gotland" in as_region.note


def test_merged_regions_exist_since_some_day_of_1999():
    dated = {body.id: body.exists for body in regions() if body.exists}
    assert set(dated) == {"region-skane", "vastra-gotalandsregionen"}
    for exists in dated.values():
        assert exists.contains("1998-12-31") is Truth.NO
        assert exists.contains("1999-06-01") is Truth.CANNOT_TELL
        assert exists.contains("2016-01-01") is Truth.YES


# ---------------------------------------------------------------- who belongs to whom


def test_members_of_the_four_associations():
    members = [tie for tie in memberships() if tie.capacity is MembershipKind.MEMBER]
    assert Counter(tie.of for tie in members) == {"gr": 13, "borasregionen": 8, "skaraborg": 15, "fyrbodal": 14}
    inside = Counter(tie.of for tie in members if kommun(tie.member).county == "14")
    assert inside == {"gr": 12, "borasregionen": 8, "skaraborg": 15, "fyrbodal": 14}
    assert [tie.member for tie in members if kommun(tie.member).county != "14"] == ["kungsbacka"]


def test_every_kommun_of_vastra_gotaland_is_a_member_once():
    members = [tie.member for tie in memberships() if tie.capacity is MembershipKind.MEMBER]
    assert sorted(set(members) - {"kungsbacka"}) == sorted(body.id for body in kommuner("14"))
    assert len(members) == 50


def test_gr_has_its_thirteen():
    assert {tie.member for tie in memberships("gr")} == GR


def test_varberg_is_an_associate_and_falkenberg_was():
    varberg, falkenberg = (
        next(tie for tie in memberships("borasregionen") if tie.member == member)
        for member in ("varberg", "falkenberg")
    )
    assert varberg.capacity is falkenberg.capacity is MembershipKind.ASSOCIATE
    assert varberg.period is None
    assert falkenberg.period.contains("2012-12-01") is Truth.CANNOT_TELL
    assert falkenberg.period.contains("2016-06-01") is Truth.CANNOT_TELL
    assert falkenberg.period.contains("2026-12-01") is Truth.NO


def test_its_period_can_be_written_and_read():
    held = next(tie.period for tie in memberships() if tie.period)
    assert period(str(held)) == held


def test_no_period_is_invented():
    assert [tie.member for tie in memberships() if tie.period] == ["falkenberg"]


def test_what_was_inferred_says_so():
    assert [tie.member for tie in memberships() if tie.basis] == ["fargelanda"]


def test_memberships_of_an_association_by_its_name():
    assert memberships("Skaraborgs kommunalförbund") == memberships("skaraborg")
    assert memberships() == tuple(itertools.chain(*(memberships(body.id) for body in associations())))


def test_the_register_holds_together():
    Collaboration([*sources(), *everything(), *memberships()])


# ---------------------------------------------------------------- what is not there


@pytest.mark.parametrize(
    ("find", "wanted", "hint"),
    [
        (kommun, "Norrtelje", "did you mean 'Norrtälje kommun' (0188)?"),
        (kommun, "188", "did you mean 'Norrtälje kommun' (0188)?"),
        (kommun, "9999", "give its name or its number"),
        (kommun, "Kungsbaka", "did you mean 'Kungsbacka kommun' (1384)?"),
        (region, "Region Hallands", "did you mean 'Region Halland' (13)?"),
        (region, "1", "did you mean 'Region Stockholm' (01)?"),
        (agency, "Kammarkolegiet", "did you mean 'Kammarkollegiet' (202100-0829)?"),
        (agency, "202100-0828", "give its name or its number"),
        (memberships, "skaraborgs", "did you mean 'Skaraborgs kommunalförbund' (skaraborg)?"),
        (kommuner, "02", "the codes are 01, 03,"),
        (associations, "02", "the codes are 01, 03,"),
        (associations, "01", "the register lacks the kommunalförbund of county 01"),
        (kommun, "", "give its name or its number"),
        (kommun, "x" * 100_000, "give its name or its number"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(find, wanted, hint):
    with pytest.raises(NotFoundError) as error:
        find(wanted)
    assert hint in str(error.value)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("find", [kommun, region, agency, kommuner, associations, memberships])
@pytest.mark.parametrize("wanted", [188, 14.0, b"14", ["14"]])
def test_a_code_is_text(find, wanted):
    with pytest.raises(InvalidValueError, match="write it as text"):
        find(wanted)


# ---------------------------------------------------------------- how they are held


def test_a_body_is_made_once():
    assert kommun("Ale") is kommun("1440") is kommuner("14")[11]


def test_nothing_is_read_at_import():
    script = (
        "import sys; read = [];"
        "sys.addaudithook(lambda event, args: read.append(str(args[0])) if event == 'open' else None);"
        "import samverkan.register as register;"
        "assert not [name for name in read if name.endswith('.csv')], read;"
        "register.kommun('Ale');"
        "assert [name for name in read if name.endswith('kommuner.csv')]"
    )
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603
