"""Forms filled from the records."""

import pytest

import samverkan as sv
from samverkan import Allocation, Grant, Requisition
from tests.questions.funding.grants import asked, event, grant, share


def paid():
    ale = sv.Actor(id="ale", title="Ale kommun", kind="kommun", orgnr="212000-1439")
    kammar = sv.Actor(id="kk", title="Kammarkollegiet", kind="agency")
    line = grant("rad", part_of="ph", regime="")
    year = grant(dnr="S2024/00382", payer="kk")
    return [
        ale, kammar, year, line, share(of="rad"), asked(of="rad>ale", signed_by="ekonomichefen"),
        event("paid", 100, "2024-06-01", "rad>ale"), event("used", 83, "2024-11-01", "rad>ale", what_for="ph"),
    ]  # fmt: skip


def test_a_requisition_form_is_filled_and_what_is_missing_is_named():
    table = sv.fill(sv.Collaboration(paid()), "kammarkollegiet-requisition", "rek", account="bankgiro")
    values = {row.field: row.value for row in table}
    assert values["Diarienummer"] == "S2024/00382"
    assert values["Rekvirent"] == "Ale kommun"
    assert str(values["Rekvirerat belopp"]) == "100 kr"
    assert {row.field for row in table if row.lacking} == {"Kontaktuppgift", "Underskrift av behörig företrädare"}
    assert {note.sv.partition(": ")[2] for note in table.unknown} == {"ingen uppgift är registrerad"}
    assert len(table.unknown) == 2


def test_a_report_form_adds_up_the_ledger():
    table = sv.fill(sv.Collaboration(paid()), "socialstyrelsen-report", "rad>ale", contact="samordnaren")
    values = {row.field: str(row.value) for row in table}
    assert (values["Mottaget belopp"], values["Använt belopp"], values["Ej använt belopp"]) == (
        "100 kr",
        "83 kr",
        "17 kr",
    )
    assert values["Vilka aktiviteter medlen har använts till"] == "ph: 83 kr"
    assert not table.unknown


@pytest.mark.parametrize("name", sorted(sv.forms()))
def test_each_form_reads_from_fields_that_exist(name):
    form = sv.forms()[name]
    record = "rek" if form.of == "requisition" else "rad>ale"
    assert len(sv.fill(sv.Collaboration(paid()), form, record)) == len(form.fields)
    kinds = {
        "requisition": Requisition,
        "allocation": Allocation,
        "grant": Grant,
        "recipient": sv.Actor,
        "payer": sv.Actor,
    }
    for path in form.fields.values():
        root, _, field = path.removesuffix("?").partition(".")
        assert root not in kinds or hasattr(kinds[root], field)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda c: sv.fill(c, "kamarkollegiet-report", "rad>ale"), "did you mean 'kammarkollegiet-report'"),
        (lambda c: sv.fill(c, "kammarkollegiet-report", "rek"), "'rek' is no allocation"),
        (lambda c: sv.fill(c, "kammarkollegiet-report", "rad>ale", signature="x"), "does not ask for signature"),
        (lambda _: sv.forms("[a"), "no TOML"),
        (lambda _: sv.forms(""), "no form"),
        (lambda _: sv.forms("[a]\ntitle = 'x'"), "not told whole"),
        (lambda _: sv.forms("[a]\ntitle='x'\nsource='y'\nof='grant'\nfields={}"), "grant cannot be read"),
        (lambda _: sv.forms("[a]\ntitle='x'\nsource='y'\nof='allocation'\nfields={L='dnr'}"), "L cannot be read"),
    ],
    ids=["form", "record", "argument", "toml", "empty", "part", "of", "path"],
)
def test_what_no_form_can_be_filled_from_is_refused_by_name(ask, message):
    with pytest.raises((sv.InvalidValueError, sv.errors.NotFoundError)) as caught:
        ask(sv.Collaboration(paid()))
    assert message in str(caught.value)
