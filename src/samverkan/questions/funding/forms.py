"""One fact, every report: forms filled from the records, with what lacks named (question 15)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

from samverkan.accounts.ledger import Ledger, ledger
from samverkan.accounts.regime import ACCOUNTS
from samverkan.documents.toml_tables import tables, wrong_keys
from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, Requisition
from samverkan.parties.answer import assumptions
from samverkan.questions.funding.unclaimed import unspent
from samverkan.values.day import DayLike
from samverkan.values.missing import Missing
from samverkan.values.names import near
from samverkan.values.ranges import AmountRange
from samverkan.values.table import Table
from samverkan.values.when import When

__all__ = ["FilledForm", "Form", "fill", "forms"]


@frozen(kw_only=True)
class Form:
    """What a payer wants to be told (blankett)."""

    name: str
    """The word by which `fill` is asked for it."""
    title: str
    """What it is called (namn)."""
    source: str
    """Where the payer publishes it (källa)."""
    of: str
    """The kind of record that it is filled from: requisition or allocation (fylls i från)."""
    fields: Mapping[str, str]
    """The labels on it, each with the path to its value (fält)."""


@frozen(kw_only=True)
class FilledForm:
    """One field of a form (fält)."""

    field: str
    """Its label (fältnamn)."""
    value: object
    """What is written there; None where nothing is (värde)."""
    lacking: bool
    """Whether something must be written there and is not known (saknas)."""
    because: tuple[str, ...]
    """The record that it stands in."""


def forms(text: str | None = None) -> dict[str, Form]:
    """The forms that a text in TOML writes down, by name; without one, those that the library knows (blanketter).

    Raises `InvalidValueError` for what is no TOML, and for a form that is not told whole.

    >>> sorted(forms())[:2]
    ['kammarkollegiet-report', 'kammarkollegiet-requisition']
    """
    if text is None:
        return dict(_known())
    return {name: _form(name, body) for name, body in tables(text, "form").items()}


@cache
def _known() -> dict[str, Form]:
    return forms(files("samverkan.questions.funding").joinpath("forms.toml").read_text(encoding="utf-8"))


def _form(name: str, body: Any) -> Form:
    wanted: dict[str, type] = {"title": str, "source": str, "of": str, "fields": dict}
    wrong = wrong_keys("form", name, body, wanted)
    wrong += [label for label, path in body["fields"].items() if not wrong and not _is_path(path)]
    if wrong or body["of"] not in _FROM:
        raise InvalidValueError(
            f"{name}: {', '.join(wrong) or body['of']} cannot be read", f"paths are such as grant.dnr; of {_FROM}"
        )
    return Form(name=name, **body)


_FROM = ("requisition", "allocation")
_ROOTS = (
    "requisition",
    "allocation",
    "grant",
    "agreement",
    "decision",
    "recipient",
    "requester",
    "payer",
    "account",
    "unspent",
    "given",
)


def _is_path(path: object) -> bool:
    parts = path.removesuffix("?").split(".") if isinstance(path, str) else []
    return len(parts) == 2 and parts[0] in _ROOTS and parts[1] != ""


def fill(
    collaboration: Collaboration, form: str | Form, record: str, *, on: DayLike | None = None, **given: str
) -> Table[FilledForm]:
    """Fill a form from what is recorded already; what lacks is named, never guessed (fyll i blankett).

    *record* is the id of the requisition, or of the allocation, that the form is about; amounts are those at the end of
    the day *on*, or of all that is recorded. What only a person can say, a signatory, a contact, an account, is an
    argument: it is not kept.
    Raises `NotFoundError` for a form or a record that is not there, `InvalidValueError` for a record of another kind
    and for an argument that the form does not ask for.

    >>> from samverkan.model.funding import Grant
    >>> from samverkan.model.party import Actor
    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun", orgnr="212000-1439")
    >>> ph = Grant(id="ph", title="Psykisk hälsa 2024", dnr="S2024/00382")
    >>> share = Allocation(grant="ph", recipient="ale", amount="250 tkr")
    >>> asked = Requisition(id="rek", allocation="ph>ale", requested_by="ale", amount="250 tkr", sent="2024-05-02")
    >>> c = Collaboration([ale, ph, share, asked])
    >>> filled = fill(c, "kammarkollegiet-requisition", "rek", contact="statsbidrag@kommunen.example")
    >>> [row.field for row in filled if row.lacking]
    ['Bankgiro eller plusgiro', 'Undertecknas av (befattning)', 'Underskrift av behörig företrädare']
    """
    check_collaboration(collaboration)
    asked = form if isinstance(form, Form) else _found(form)
    told = _records(collaboration, asked, record)
    wanted = {path.removesuffix("?").partition(".")[2] for path in asked.fields.values() if path.startswith("given.")}
    if strange := sorted(given.keys() - wanted):
        raise InvalidValueError(
            f"{asked.name} does not ask for {', '.join(strange)}", f"it asks for {', '.join(sorted(wanted))}"
        )
    money = ledger(collaboration) if on is None else ledger(collaboration).as_of(on)
    rows = tuple(_field(label, path, told, given, money) for label, path in asked.fields.items())
    because = dict.fromkeys(id for row in rows for id in row.because)
    lacking = [row for row in rows if row.lacking]
    unknown = tuple(
        f"{row.field}: {'no record says it' if row.value is None else 'known only roughly'}" for row in lacking
    )
    return Table(FilledForm, rows, asked.title, unknown, assumptions(collaboration, because))


def _found(name: str) -> Form:
    if name not in _known():
        hint = near(name, _known()) if isinstance(name, str) else ""
        remedy = f"did you mean {hint!r}?" if hint else f"there are {', '.join(sorted(_known()))}"
        raise NotFoundError(f"there is no form {name!r:.80}", remedy)
    return _known()[name]


def _records(c: Collaboration, form: Form, id: str) -> dict[str, Any]:
    """The records that a form's own leads to, by the words that paths use; a grant as its lines say it together."""
    own = c[id]
    if not isinstance(own, Requisition if form.of == "requisition" else Allocation):
        raise InvalidValueError(f"{id!r} is no {form.of}", f"{form.name} is filled from the id of one")
    asked = own if isinstance(own, Requisition) else None
    allocation = c[asked.allocation] if asked else own
    lines = ledger(c).lines(allocation.grant) if isinstance(allocation, Allocation) else ()

    def said(name: str) -> Any:
        return c.get(str(next((value for line in lines if (value := getattr(line, name))), None)))

    return {
        "requisition": asked,
        "allocation": allocation,
        "grant": lines,
        "agreement": said("agreement"),
        "decision": said("ground"),
        "payer": said("payer"),
        "requester": c.get(asked.requested_by.id) if asked else None,
        "recipient": c.get(allocation.recipient.id) if isinstance(allocation, Allocation) else None,
    }


def _field(label: str, path: str, told: Mapping[str, Any], given: Mapping[str, str], money: Ledger) -> FilledForm:
    root, _, name = path.removesuffix("?").partition(".")
    value, because = _value(root, name, told, given, money)
    value = None if isinstance(value, Missing) or value in ("", ()) else value
    return FilledForm(
        field=label,
        value=", ".join(map(str, value)) if isinstance(value, tuple) else value,
        lacking=(value is None or _is_rough(value)) and not path.endswith("?"),
        because=because if value is not None else (),
    )


def _is_rough(value: object) -> bool:
    """Whether an amount or a day is known only within bounds."""
    return isinstance(value, AmountRange | When) and value.exact is None


def _value(
    root: str, name: str, told: Mapping[str, Any], given: Mapping[str, str], money: Ledger
) -> tuple[Any, tuple[str, ...]]:
    """What stands at a path, and the record that says so."""
    if root == "given":
        return given.get(name), ()
    if root == "account":
        own = told["allocation"]
        return _pot("received" if name == "paid" and own.out_of else name, own.id, money)
    if root == "unspent":
        return _repayable(told["allocation"], money)
    if root == "grant":
        line = next((line for line in told["grant"] if getattr(line, name, None) not in (None, "")), None)
        return getattr(line, name, None), (line.id,) if line else ()
    record = told[root]
    return getattr(record, name, None), (record.id,) if record else ()


def _pot(name: str, allocation: str, money: Ledger) -> tuple[AmountRange | str, tuple[str, ...]]:
    """What stands in an account; or what was used, told apart by another word, such as what it was for."""
    if name in ACCOUNTS:
        entries = money.explain(name, allocation=allocation)
        because = dict.fromkeys(id for entry in entries for id in entry.because)
        return money.balance(name, allocation=allocation), tuple(because)
    used = [row for row in money.balances(name, allocation=allocation) if row.account == "used" and getattr(row, name)]
    said = "; ".join(f"{getattr(row, name)}: {row.amount}" for row in used)
    return said, tuple(id for row in used for id in row.because)


def _repayable(allocation: Allocation, money: Ledger) -> tuple[AmountRange | None, tuple[str, ...]]:
    """What of an allocation must be paid back by the day of the ledger, or by the day to which all is known."""
    on = money.on or money.collaboration.known
    found = [row for row in unspent(money.collaboration, on=on) if row.allocation == allocation.id] if on else []
    repaid = money.balance("held", allocation=allocation.id)
    if on and not found and repaid.exact is not None and not repaid.exact:
        return repaid, (allocation.id,)
    return (found[0].repay, (allocation.id,)) if len(found) == 1 else (None, ())
