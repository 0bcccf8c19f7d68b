"""The tables against the collection they were made from, and as files."""

from importlib.resources import files

import pytest

from samverkan.model.relations import MembershipKind
from samverkan.register import agencies, associations, kommun, kommuner, memberships, population, regions, sources
from samverkan.register.tables import rows

DATA = files("samverkan.register").joinpath("data")
TABLES = ["folkmangd", "forbund", "kallor", "kommuner", "medlemskap", "myndigheter", "regioner"]


def test_kommuner(reference):
    wanted = {(row["kommunkod"], row["lanskod"], row["orgnr"]) for row in reference("kommuner")}
    assert {(body.code, body.county, str(body.orgnr)) for body in kommuner()} == wanted
    for row in reference("kommuner"):
        assert kommun(row["namn"]).code == row["kommunkod"]
        assert kommun(row["kommunkod"]).title == row["namn_register"] or row["namn"] == "Gotland"


def test_regions(reference):
    wanted = {(row["lanskod"], row["region"], row["orgnr"]) for row in reference("regioner")}
    assert {(body.code, body.title, str(body.orgnr)) for body in regions()} == wanted


def test_associations(reference):
    wanted = {(row["forbund_namn"], row["forbund_orgnr"]) for row in reference("kommunalforbund")}
    assert {(body.title, str(body.orgnr or "")) for body in associations()} == wanted


def test_memberships(reference):
    titles = {body.id: body.title for body in associations()}
    capacity = {"medlem": MembershipKind.MEMBER, "adjungerad": MembershipKind.ASSOCIATE}
    wanted = [(row["forbund_namn"], row["kommunkod"], capacity[row["roll"]]) for row in reference("kommunalforbund")]
    found = [(titles[tie.of], kommun(tie.member).code, tie.capacity) for tie in memberships()]
    assert sorted(found) == sorted(wanted)


def test_agencies(reference):
    wanted = [(row["orgnr"], row["namn"]) for row in reference("myndigheter")]
    assert [(str(body.orgnr), body.title) for body in agencies()] == wanted


def test_populations(reference):
    for row in reference("population"):
        assert population(row["kommunkod"], int(row["year"])) == int(row["population"])


def test_national_totals(reference):
    totals = [row for row in reference("population_totals") if row["kod"] == "00" and int(row["year"]) <= 2019]
    assert len(totals) == 8
    for row in totals:
        assert population("00", int(row["year"])) == int(row["population"])


def test_the_tables_are_small_and_told_of():
    told = DATA.joinpath("README.md").read_text(encoding="utf-8")
    assert sorted(entry.name for entry in DATA.iterdir()) == ["README.md", *(f"{table}.csv" for table in TABLES)]
    assert sum(len(entry.read_bytes()) for entry in DATA.iterdir()) < 250_000
    assert all(f"`{table}.csv`" in told for table in TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_fills_its_columns_and_no_more(table):
    for row in rows(table):
        assert None not in row
        assert None not in row.values()
        assert all(text == text.strip() for text in row.values())


def test_each_source_is_told_of():
    told = DATA.joinpath("README.md").read_text(encoding="utf-8")
    assert len(sources()) == 5
    for source in sources():
        assert f"`{source.id}`" in told
        assert source.title
        assert source.publisher is None
        assert source.day is not None


def test_which_regions_have_a_number_from_one_source_only():
    single = {row["county"] for row in rows("regioner") if row["sources"] == "S3"}
    assert single == {"03", "05", "13", "17", "19", "20", "21", "23"}
