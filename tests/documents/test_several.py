"""Several files and folders make one collaboration, and bodies come out of the register and go back under `use`."""

import json

import pytest

import samverkan as sv
from samverkan.register import kommun, kommuner, lines, pull

A = "samverkan: 1\n"


@pytest.fixture
def folder(tmp_path):
    """Makes a folder of documents out of their texts."""

    def make(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.yaml").write_text(A + text, encoding="utf-8")
        return tmp_path

    return make


def test_files_refer_to_each_other_and_each_has_its_own_source(folder):
    path = folder(
        kommunen="id: ale\ntitle: Ale\nsource: beslutet\nknown: 2017-03-01\n"
        "sources: {beslutet: {title: Beslutet, publisher: ale}}\nactors: {ale: {title: Ale, kind: kommun}}\n"
        "stances: [{actor: ale, towards: planen, attitude: supports}]\n",
        lanet="id: lanet\ntitle: Länet\nsource: planens-webb\nknown: 2017-02-01\n"
        "sources: {planens-webb: {title: Webben}}\nplans: {planen: {title: Planen, owners: ale}}\n",
    )
    c = sv.read(path)
    assert c == sv.read(path / "lanet.yaml", path / "kommunen.yaml")
    assert (c.id, c.title, str(c.known)) == ("ale + lanet", "Ale + Länet", "2017-02-01")
    assert {record.id: record.source for record in c if hasattr(record, "basis")} == {
        "ale": "beslutet",
        "planen": "planens-webb",
        c[sv.Stance][0].id: "beslutet",
    }
    with pytest.raises(sv.DocumentError, match="no Actor or Group or Role has the id 'ale'"):
        sv.read(path / "lanet.yaml")


def test_a_document_may_take_its_source_from_another_that_is_read_with_it(folder):
    path = folder(
        a="source: brevet\nactors: {ale: {title: Ale, kind: kommun}}\n", b="sources: {brevet: {title: Brevet}}\n"
    )
    assert sv.read(path)["ale"].source == "brevet"
    with pytest.raises(sv.DocumentError, match="no Source has the id 'brevet'"):
        sv.read(path / "a.yaml")


def test_the_same_record_in_two_files_is_one(folder):
    same = "actors: {ale: {title: Ale, kind: kommun}}\n"
    c = sv.read(folder(a=same + "plans: {p: {title: P, owners: ale}}\n", b=same))
    assert {record.id for record in c} == {"ale", "p"}


def test_different_records_of_one_id_are_a_conflict_that_names_both(folder):
    path = folder(
        a="actors: {ale: {title: Ale, kind: kommun}}\nplans: {p: {title: P, owners: ale}}\n",
        b="actors: {ale: {title: Ale kommun, kind: kommun}}\n",
    )
    with pytest.raises(sv.DocumentError, match="'ale' is said to be different things: title") as refused:
        sv.read(path)
    assert refused.value.faults[0].place.line == 2
    c = sv.inspect(path).collaboration
    assert {record.id: type(record) for record in c} == {"p": sv.Plan, "ale": sv.ExternalRecord}


def test_one_id_for_two_kinds_is_a_conflict(folder):
    path = folder(a="actors: {ale: {title: Ale, kind: kommun}}\n", b="groups: {ale: {of: []}}\n")
    with pytest.raises(sv.DocumentError, match="'ale' is said to be Actor and Group"):
        sv.read(path)


def test_a_placeholder_gives_way_to_the_record_that_another_file_holds(folder):
    path = folder(
        a="external_records: {ale: {kind: Actor}}\nplans: {p: {title: P, owners: ale}}\n",
        b="actors: {ale: {title: Ale, kind: kommun}}\n",
    )
    assert isinstance(sv.read(path / "a.yaml")["ale"], sv.ExternalRecord)
    assert sv.read(path)["ale"] == sv.Actor(id="ale", title="Ale", kind="kommun")
    assert sv.read(path) == sv.read(path / "b.yaml", path / "a.yaml")
    assert sv.read(path) == sv.read(path / "a.yaml").merge(sv.read(path / "b.yaml"))


def test_faults_of_every_file_are_told_with_the_file(folder):
    path = folder(
        a="actors: {ale: {titel: Ale, kind: kommun}}\n",
        b="plans: {p: {title: P, owners: ale}}\ngoal: {}\n",
        c="roles: {r: {title: R, employed_by: p}}\n",
    )
    with pytest.raises(sv.DocumentError) as refused:
        sv.read(path)
    told = [(fault.place.file[-6:], fault.place.line, fault.message) for fault in refused.value.faults]
    assert told == [
        ("a.yaml", 2, "the field 'title' is missing"),
        ("a.yaml", 2, "there is no field 'titel'"),
        ("b.yaml", 3, "there is no section 'goal'"),
        ("c.yaml", 2, "'p' is a Plan"),
    ]
    assert "p" in sv.inspect(path).collaboration


def test_a_folder_is_read_whatever_the_endings_and_leaves_other_files_alone(folder):
    path = folder(a="actors: {ale: {title: Ale, kind: kommun}}\n")
    (path / "b.yml").write_text(A + "actors: {hjo: {title: Hjo, kind: kommun}}\n")
    (path / "c.JSON").write_text(json.dumps({"samverkan": 1, "actors": {"vara": {"title": "Vara", "kind": "kommun"}}}))
    (path / "läs mig.md").write_text("# Inget dokument")
    (path / ".gömd.part").write_text("}")
    assert {record.id for record in sv.read(path)} == {"ale", "hjo", "vara"}


def test_each_record_knows_in_which_file_and_line_it_stands(folder):
    path = folder(a="actors:\n  ale: {title: Ale, kind: kommun}\n", b="plans:\n  p:\n    title: P\n    owners: ale\n")
    c = sv.inspect(path).collaboration
    assert [(place.file[-6:], place.line) for place in map(c.place, ("ale", "p"))] == [("a.yaml", 3), ("b.yaml", 3)]


# ---------------------------------------------------------------- the register


def test_bodies_of_the_register_come_in_by_one_line_and_are_written_back_so(folder):
    path = folder(
        a="use: [kommuner i län 14, region 14 som vgr, kommun Norrtälje]\n"
        "groups: {de-49: {every: kommuner i län 14, count: 49}}\n"
    )
    c = sv.read(path)
    assert len(c[sv.Actor]) == 51
    assert c["ale"] == kommun("Ale")
    for suffix in ("yaml", "json"):
        sv.write(c, path / f"again.{suffix}")
        assert sv.read(path / f"again.{suffix}") == c
    text = (path / "again.yaml").read_text()
    assert len(text) < 400
    assert "kommuner in county 14" in text
    assert "region 14 as vgr" in text


def test_every_selection_of_the_register_survives_being_written(tmp_path):
    for line in ("kommuner", "regions", "kommunalforbund in county 14", "agency Kammarkollegiet"):
        c = sv.Collaboration(pull(line))
        sv.write(c, tmp_path / "pulled.yaml")
        assert sv.read(tmp_path / "pulled.yaml") == c
        assert (tmp_path / "pulled.yaml").stat().st_size < 200, line
        assert lines(c)[1] == {record.id for record in c}


def test_a_changed_body_is_written_out_and_the_others_still_come_from_the_register(tmp_path):
    bodies = [*pull("kommun 1440"), *(record for record in pull("kommun 1480") if isinstance(record, sv.Actor))]
    changed = sv.Collaboration(bodies).replacing(
        sv.Actor(id="ale", title="Ale kommun", kind="kommun", source="register-kommuner")
    )
    sv.write(changed, tmp_path / "changed.yaml")
    assert sv.read(tmp_path / "changed.yaml") == changed
    text = (tmp_path / "changed.yaml").read_text()
    assert "kommun 1480" in text
    assert "title: Ale kommun" in text
    assert "Göteborg" not in text


def test_parts_and_fields_are_added_to_a_body_of_the_register(folder):
    path = folder(
        a="use: kommun 1440\ngroups: {alla: {of: ale}}\nactors:\n  ale:\n    works_for: alla\n    parts:\n"
        "      ks: {title: Kommunstyrelsen, kind: styrelse, parts: {stab: {title: Staben, kind: enhet}}}\n"
        "    members: [{member: ale.ks}]\n    observations: [{id: o, result: Bra}]\n"
    )
    c = sv.read(path)
    assert c["ale"].works_for == ("alla",)
    assert c["ale"].orgnr == kommun("Ale").orgnr
    assert c["ale"].source == "register-kommuner"
    assert c["ale.ks.stab"].part_of == "ale.ks"
    assert c[sv.Membership][0].of == "ale"
    sv.write(c, path / "again.json")
    assert sv.read(path / "again.json") == c


def test_parts_under_a_body_are_written_under_it_while_the_body_stays_in_the_register(folder):
    path = folder(a="use: kommun 1440\nactors: {ale: {parts: {ks: {title: KS, kind: styrelse}}}}\n")
    c = sv.read(path)
    sv.write(c, path / "again.json")
    written = json.loads((path / "again.json").read_bytes())
    assert written["use"] == ["kommun 1440"]
    assert written["actors"] == {"ale": {"parts": {"ks": {"title": "KS", "kind": "board"}}}}
    assert sv.read(path / "again.json") == c


@pytest.mark.parametrize(
    "said", ["county: '14'", "kind: kommun", "level: lokal", "orgnr: '2120001439'", "title: Ale kommun"]
)
def test_what_the_register_says_already_may_be_said_again_in_any_form(folder, said):
    assert sv.read(folder(a=f"use: kommun 1440\nactors: {{ale: {{{said}}}}}\n"))["ale"] == kommun("Ale")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("county: '15'", "the register says '14', not '15'"),
        ("title: Ale", "the register says 'Ale kommun', not 'Ale'"),
        ("kind: region", "the register says 'kommun', not 'region'"),
        ("source: brevet", "the register says 'register-kommuner', not 'brevet'"),
    ],
)
def test_a_document_may_not_contradict_the_register(folder, said, message):
    path = folder(a=f"use: kommun 1440\nsources: {{brevet: {{}}}}\nactors:\n  ale: {{{said}}}\n")
    with pytest.raises(sv.DocumentError) as refused:
        sv.read(path)
    assert [(fault.place.line, fault.message) for fault in refused.value.faults] == [(5, message)]
    assert sv.inspect(path).collaboration["ale"] == kommun("Ale")


def test_a_fault_in_what_is_added_leaves_the_body_as_it_came(folder):
    path = folder(
        a="use: kommun 1440\nactors: {ale: {works_fr: ale}}\nroles: {r: {title: R, employed_by: ale}}\n",
    )
    reading = sv.inspect(path)
    assert [fault.message for fault in reading.faults] == ["there is no field 'works_fr'"]
    assert reading.collaboration["ale"] == kommun("Ale")
    assert reading.collaboration["r"].employed_by == "ale"


def test_two_files_may_use_the_same_body_and_each_add_to_it(folder):
    path = folder(
        a="use: kommun 1440\nactors: {ale: {parts: {ks: {title: KS, kind: styrelse}}}}\n",
        b="use: kommuner i län 14\nactors: {ale: {parts: {soc: {title: Soc, kind: nämnd}}}}\n",
    )
    c = sv.read(path)
    assert {"ale.ks", "ale.soc"} <= {record.id for record in c}
    assert len(c[sv.Actor]) == len(kommuner("14")) + 2
    assert sv.read(path / "a.yaml", path / "b.yaml") == sv.read(path / "b.yaml", path / "a.yaml")


def test_a_membership_that_the_register_brings_is_not_written_once_more(folder):
    path = folder(a="use: kommunalforbund in county 14\nmemberships:\n  - {member: kungsbacka, of: gr, note: igen}\n")
    with pytest.raises(sv.DocumentError) as refused:
        sv.read(path)
    assert [(fault.place.line, fault.message) for fault in refused.value.faults] == [
        (4, "the id 'kungsbacka>gr' is used twice, first on line 2")
    ]


def test_the_ids_of_the_register_cannot_be_taken_inside_another_record(folder):
    path = folder(
        a="use: kommun 1440 as gr.ale\nactors: {gr: {title: GR, kind: förening, parts: {ale: {title: A, kind: enhet}}}}\n"
    )
    with pytest.raises(sv.DocumentError, match="the id 'gr.ale' is used twice"):
        sv.read(path)


def test_a_conflict_tells_only_the_fields_in_which_two_records_differ_not_those_of_a_placeholder():
    one, other = sv.Group(id="g", title="Ett"), sv.Group(id="g", title="Ett annat")
    parts = [sv.Collaboration([record]) for record in (one, other, sv.ExternalRecord(id="g", kind="Group"))]
    with pytest.raises(sv.errors.MergeConflictError, match=r"'g' is said to be different things: title;"):
        parts[0].merge(*parts[1:])


def test_a_line_known_to_be_nothing_takes_nothing_from_the_rest(document):
    text = "samverkan: 1\ngrants: {g: {title: G, amount: 5 kr, lines: {a: {title: A, amount: none}, b: {title: B, amount: rest}}}}\n"
    assert sv.read(document(text))[sv.Grant, "g.b"].amount == sv.Money(5)
