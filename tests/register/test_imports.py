"""The lines of `use:`: what they bring, and that writing them brings the same back."""

import contextlib
import unicodedata
from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from samverkan.errors import InvalidValueError, NotFoundError, SamverkanError
from samverkan.model.collaboration import Collaboration
from samverkan.model.party import Actor
from samverkan.model.relations import Membership
from samverkan.model.source import Source
from samverkan.register import (
    agencies,
    agency,
    associations,
    entry,
    kommun,
    kommuner,
    lines,
    memberships,
    pull,
    region,
    regions,
    sources,
)


def ids(records, kind=Actor):
    return [record.id for record in records if isinstance(record, kind)]


def pulled(*texts):
    """What several lines bring, each record once."""
    return tuple({record.id: record for text in texts for record in pull(text)}.values())


# ---------------------------------------------------------------- what a line brings


@pytest.mark.parametrize(
    ("text", "actors", "cited"),
    [
        ("kommuner in county 14", kommuner("14"), ["register-kommuner"]),
        ("kommuner i län 14", kommuner("14"), ["register-kommuner"]),
        ("kommuner", kommuner(), ["register-kommuner"]),
        ("regions", regions(), ["register-regioner"]),
        ("regioner", regions(), ["register-regioner"]),
        ("kommun 0188", [kommun("0188")], ["register-kommuner"]),
        ("kommun Norrtälje", [kommun("0188")], ["register-kommuner"]),
        ("kommun Upplands Väsby", [kommun("0114")], ["register-kommuner"]),
        ("region 14", [region("14")], ["register-regioner"]),
        ("region Västra Götalandsregionen", [region("14")], ["register-regioner"]),
        ("agency Kammarkollegiet", [agency("Kammarkollegiet")], ["register-myndigheter"]),
        ("myndighet 202100-0829", [agency("Kammarkollegiet")], ["register-myndigheter"]),
        ("kommunalforbund gr", [associations()[0]], ["register-forbund"]),
        ("kommunalförbund Skaraborgs kommunalförbund", [associations()[2]], ["register-forbund"]),
    ],
)
def test_bodies_and_their_sources(text, actors, cited):
    records = pull(text)
    assert [record for record in records if isinstance(record, Actor)] == list(actors)
    assert ids(records, Source) == cited
    assert len(records) == len(actors) + 1


@pytest.mark.parametrize("text", ["kommunalforbund in county 14", "kommunalförbund i län 14"])
def test_associations_come_with_memberships_and_members(text):
    records = pull(text)
    assert [record for record in records if isinstance(record, Membership)] == list(memberships())
    assert ids(records)[:4] == ["gr", "borasregionen", "skaraborg", "fyrbodal"]
    outside = {record.id for record in records if isinstance(record, Actor) and record.county != "14"}
    assert outside == {"kungsbacka", "varberg", "falkenberg"}
    assert len(ids(records)) == 4 + 49 + 3
    assert ids(records, Source) == ["register-kommuner", "register-forbund"]


@pytest.mark.parametrize(
    ("text", "id", "original"),
    [
        ("kommun 0188 as kommunen", "kommunen", kommun("0188")),
        ("kommun 0188 som kommunen", "kommunen", kommun("0188")),
        ("region 14 as vgr", "vgr", region("14")),
        ("agency Kammarkollegiet as kk", "kk", agency("Kammarkollegiet")),
        ("kommunalforbund gr as goteborgsregionen", "goteborgsregionen", associations()[0]),
        ("kommun 1440 as ale", "ale", kommun("Ale")),
    ],
)
def test_a_single_body_under_another_id(text, id, original):
    _, body = pull(text)
    assert body == evolve(original, id=id)


def test_spaces_and_loose_rings_do_not_matter():
    assert pull("  kommun   Håbo ") == pull(unicodedata.normalize("NFD", "kommun Håbo")) == pull("kommun 0305")
    assert pull(unicodedata.normalize("NFD", "kommuner i län 14")) == pull("kommuner in county 14")


def test_the_same_record_through_two_lines_is_identical():
    first = {record.id: record for record in pull("kommuner in county 14")}
    for record in pull("kommunalforbund in county 14"):
        assert first.get(record.id, record) is record


@pytest.mark.parametrize(
    "text",
    ["kommuner in county 14", "regions", "kommunalforbund in county 14", "kommun 0188 as kommunen", "region 14 as vgr"],
)
def test_what_a_line_brings_holds_together(text):
    Collaboration(pull(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "skr",
        "kommun",
        "kommuner in county 14 as de-49",
        "regions as regionerna",
        "council 14",
        "nämnd i län 14",
        "agency in county 14",
        "board in county 14",
        14,
        None,
        ["kommuner"],
    ],
)
def test_an_unknown_line_is_refused_with_the_forms(text):
    with pytest.raises(InvalidValueError) as error:
        pull(text)
    assert "'kommuner in county 14'" in error.value.remedy
    assert "'region 14 as vgr'" in error.value.remedy


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("kommuner i Värmlands län", "kommuner in county 17"),
        ("kommuner i Jämtlands län", "kommuner in county 23"),
        ("kommuner in county Skåne", "kommuner in county 12"),
        ("kommuner i Kalmar län", "kommuner in county 08"),
        ("kommunalförbund i Västra Götalands län", "kommunalforbund in county 14"),
        ("Region Värmland", "region 17"),
        ("Kommun 0188", "kommun 0188"),
    ],
)
def test_a_county_may_stand_by_its_name_and_a_kind_with_a_capital(text, same):
    assert pull(text) == pull(same)


def test_a_county_that_is_not_there_is_told_with_one_that_is():
    with pytest.raises(NotFoundError, match="no county 'Vermlands län'; did you mean 'Värmlands län'"):
        pull("kommuner i Vermlands län")


def test_the_register_does_not_pretend_to_hold_every_association():
    with pytest.raises(InvalidValueError, match="write 'kommunalforbund in county 14'"):
        pull("kommunalforbund")
    with pytest.raises(NotFoundError, match="lacks the kommunalförbund of county 01"):
        pull("kommunalforbund in county 01")


@pytest.mark.parametrize(
    "text",
    [
        "kommuner in county 02",
        "kommuner in county fourteen",
        "regions in county 02",
        "kommun 9999",
        "region 02",
        "agency X",
    ],
)
def test_a_body_that_is_not_there(text):
    with pytest.raises(NotFoundError):
        pull(text)


def test_an_id_that_cannot_be_is_refused_with_one_that_can():
    with pytest.raises(InvalidValueError, match="write 'norrtalje'"):
        pull("kommun 0188 as Norrtälje")


@given(st.text() | st.from_regex(r"(kommun|region|agency|kommunalforbund|kommuner in county) .{0,9}( as .{0,5})?"))
def test_no_text_escapes_the_tree_of_errors(text):
    with contextlib.suppress(SamverkanError):
        assert pull(text)


# ---------------------------------------------------------------- the line of a body


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (kommun("Ale"), "kommun 1440"),
        (kommun("Håbo"), "kommun 0305"),
        (kommun("Gotland"), "kommun 0980"),
        (region("Gotland"), "region 09"),
        (associations()[1], "kommunalforbund borasregionen"),
        (agency("Kammarkollegiet"), "agency 202100-0829"),
        (evolve(kommun("0188"), id="kommunen"), "kommun 0188 as kommunen"),
        (evolve(region("14"), id="vgr"), "region 14 as vgr"),
        (evolve(associations()[1], id="sjuharad"), "kommunalforbund borasregionen as sjuharad"),
        (evolve(agency("Kammarkollegiet"), id="kk"), "agency 202100-0829 as kk"),
    ],
)
def test_entry(body, line):
    assert entry(body) == line


def test_every_body_comes_back_by_its_entry():
    for body in (*kommuner(), *regions(), *associations(), *agencies()):
        assert pull(entry(body))[1:] == (body,)
        other = evolve(body, id="en-annan")
        assert pull(entry(other))[1:] == (other,)


@pytest.mark.parametrize(
    "body",
    [
        evolve(kommun("Ale"), note="our own remark"),
        evolve(kommun("Ale"), title="Ale"),
        evolve(kommun("Ale"), part_of="gr"),
        evolve(kommun("Ale"), source=None),
        evolve(kommun("Ale"), orgnr=kommun("Lerum").orgnr),
        evolve(region("14"), title="VGR"),
        Actor(id="ale", title="Ale kommun", kind="kommun"),
        Actor(id="skr", title="Sveriges Kommuner och Regioner", kind="association"),
        Actor(id="ale", title="Ale kommun", kind="council"),
    ],
)
def test_a_body_that_the_register_does_not_hold_so_has_no_entry(body):
    assert entry(body) is None


# ---------------------------------------------------------------- the lines of many records


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["kommuner i län 14"], ("kommuner in county 14",)),
        (["kommunalforbund in county 14"], ("kommunalforbund in county 14",)),
        (["kommuner in county 14", "kommunalforbund in county 14"], ("kommunalforbund in county 14",)),
        (["kommuner", "kommuner in county 14", "kommun 0188"], ("kommuner",)),
        (["kommuner", "kommunalforbund in county 14"], ("kommunalforbund in county 14", "kommuner")),
        (["kommuner in county 14", "kommuner in county 13"], ("kommuner in county 13", "kommuner in county 14")),
        (["kommuner in county 09"], ("kommun 0980",)),
        (["regioner", "region 14 as vgr"], ("region 14 as vgr", "regions")),
        (["kommun Norrtälje som kommunen", "region Stockholm"], ("kommun 0188 as kommunen", "region 01")),
        (
            ["agency Kammarkollegiet", "kommunalforbund gr", "region 14 as vgr", "kommun Ale"],
            ("agency 202100-0829", "kommun 1440", "kommunalforbund gr", "region 14 as vgr"),
        ),
        ([], ()),
    ],
)
def test_lines(texts, expected):
    records = pulled(*texts)
    assert lines(records) == (expected, frozenset(record.id for record in records))


def test_a_changed_body_breaks_the_selection_it_was_in_and_stays_out():
    records = [evolve(r, note="ours") if r.id == "ale" else r for r in pull("kommuner in county 14")]
    found, covered = lines(records)
    assert len(found) == 48
    assert covered == {record.id for record in records} - {"ale"}


def test_without_its_source_a_body_is_not_brought():
    assert lines([kommun("Ale"), region("14"), sources()[1]]) == (
        ("region 14",),
        {"register-regioner", region("14").id},
    )


def test_with_another_source_of_that_id_a_body_is_not_brought():
    assert lines([kommun("Ale"), evolve(sources()[0], title="Another")]) == ((), frozenset())


def test_memberships_without_their_whole_selection_stay_out():
    records = [r for r in pull("kommunalforbund in county 14") if r.id != "fargelanda>fyrbodal"]
    found, covered = lines(records)
    assert "kommuner in county 14" in found
    assert "kommunalforbund gr" in found
    assert covered == {r.id for r in records if not isinstance(r, Membership)}


def test_other_records_are_passed_over():
    own = Actor(id="vastkom", title="VästKom", kind="cooperation body")
    assert lines([own, Membership(member="ale", of="vastkom"), *pull("kommun Ale")])[0] == ("kommun 1440",)


SELECTIONS = ["kommunalforbund in county 14", "kommuner", "kommuner in county 14", "kommuner in county 13", "regions"]
BODIES = [*kommuner("14"), *kommuner("13"), *kommuner("09"), *regions(), *associations(), *agencies()[:20]]


class Sample(list):
    """Records, shown by their ids."""

    def __repr__(self):
        return " ".join(record.id for record in self)[:2_000]


@st.composite
def some_records(draw):
    """Records of the register: whole selections, single bodies, some renamed, some changed, some missing."""
    held = {record.id: record for text in draw(st.sets(st.sampled_from(SELECTIONS))) for record in pull(text)}
    held |= {body.id: body for body in draw(st.lists(st.sampled_from(BODIES), max_size=20))}
    held |= {source.id: source for source in draw(st.sets(st.sampled_from(sources())))}
    renamed = {f"other-{body.id}": body for body in draw(st.lists(st.sampled_from(BODIES), max_size=5))}
    held |= {id: evolve(body, id=id) for id, body in renamed.items()}
    for id in draw(st.sets(st.sampled_from(sorted(held)), max_size=3)) if held else ():
        if draw(st.booleans()):
            held[id] = evolve(held[id], note="changed")
        else:
            del held[id]
    return Sample(held[id] for id in draw(st.permutations(sorted(held))))


@given(some_records())
def test_the_lines_bring_exactly_what_they_are_said_to(records):
    found, covered = lines(records)
    assert {r.id: r for r in pulled(*found)} == {r.id: r for r in records if r.id in covered}
    assert list(found) == sorted(set(found))
    assert lines(reversed(records)) == (found, covered)


@given(some_records())
def test_no_line_is_superfluous_and_no_body_is_forgotten(records):
    found, covered = lines(records)
    brings = Counter(record.id for line in found for record in pull(line))
    assert all(any(brings[record.id] == 1 for record in pull(line) if not isinstance(record, Source)) for line in found)
    held = {record.id: record for record in records}
    for record in records:
        if isinstance(record, Actor) and record.id not in covered:
            assert entry(record) is None or record.source not in held or held[record.source] not in sources()
