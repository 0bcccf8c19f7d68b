"""Forms filled from the records, with a name for each missing value (question 15)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

from samverkan.accounts.grant_tree import inherited, lines
from samverkan.accounts.ledger import Ledger, ledger
from samverkan.accounts.regime import ACCOUNTS
from samverkan.accounts.remaining import is_nothing
from samverkan.documents.toml_tables import tables, wrong_keys
from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.model.collaboration import Collaboration, check_collaboration
from samverkan.model.funding import Allocation, Requisition
from samverkan.parties.answer import answer
from samverkan.questions.funding.unclaimed import unspent
from samverkan.values.day import DayLike
from samverkan.values.missing import Missing
from samverkan.values.names import near
from samverkan.values.ranges import AmountRange
from samverkan.values.table import Table
from samverkan.values.text import Phrase, Wording
from samverkan.values.when import When

__all__ = ["FilledForm", "Form", "fill", "forms"]

_NO_RECORD = Wording("{field}: no record states it", "{field}: ingen uppgift är registrerad")
_VAGUE = Wording("{field}: known only roughly", "{field}: bara ungefär känt")
_USED_FOR = Wording("{use}: {amount}", "{use}: {amount}")


@frozen(kw_only=True)
class Form:
    """What a payer asks for (blankett)."""

    name: str
    """The name by which `fill` takes it."""
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
    """What is written there; None if nothing is (värde)."""
    lacking: bool
    """Whether something must be written there and is unknown (saknas)."""
    because: tuple[str, ...]
    """The ids of the records that state it."""


def forms(text: str | None = None) -> dict[str, Form]:
    """The forms that a text in TOML defines, by name; without one, those that the library knows (blanketter).

    Raises `InvalidValueError` if the text is no TOML, or if a form lacks a key or has one too many.

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
    """Fill a form from the records; what is missing is named, never guessed (fyll i blankett).

    *record* is the id of the requisition, or of the allocation, that the form is about; amounts are those at the end of
    the day *on*, or of all that is recorded. What only a person can state, such as a signatory, a contact or an
    account, is an argument, and is not stored.
    Raises `NotFoundError` if there is no such form or record, `InvalidValueError` if the record is of another kind or
    the form does not ask for an argument.

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
    asked = form if isinstance(form, Form) else _by_name(form)
    records = _records(collaboration, asked, record)
    wanted = {path.removesuffix("?").partition(".")[2] for path in asked.fields.values() if path.startswith("given.")}
    if strange := sorted(given.keys() - wanted):
        raise InvalidValueError(
            f"{asked.name} does not ask for {', '.join(strange)}", f"it asks for {', '.join(sorted(wanted))}"
        )
    money = ledger(collaboration) if on is None else ledger(collaboration).as_of(on)
    rows = [_field(label, path, records, given, money) for label, path in asked.fields.items()]
    unknown = ((_NO_RECORD if row.value is None else _VAGUE)(field=Phrase(row.field)) for row in rows if row.lacking)
    return answer(collaboration, FilledForm, rows, Phrase(asked.title), unknown=unknown)


def _by_name(name: str) -> Form:
    if name not in _known():
        hint = near(name, _known()) if isinstance(name, str) else ""
        remedy = f"did you mean {hint!r}?" if hint else f"there are {', '.join(sorted(_known()))}"
        raise NotFoundError(f"there is no form {name!r:.80}", remedy)
    return _known()[name]


def _records(c: Collaboration, form: Form, id: str) -> dict[str, Any]:
    """The records that paths name, reached from the one of the form; a grant with those above it, nearest first."""
    record = c[id]
    if not isinstance(record, Requisition if form.of == "requisition" else Allocation):
        raise InvalidValueError(f"{id!r} is no {form.of}", f"{form.name} is filled from the id of one")
    asked = record if isinstance(record, Requisition) else None
    allocation = c[asked.allocation] if asked else record
    grant = allocation.grant if isinstance(allocation, Allocation) else ""
    return {
        "requisition": asked,
        "allocation": allocation,
        "grant": (*lines(c, grant),),
        "agreement": c.get(str(inherited(c, grant, "agreement"))),
        "decision": c.get(str(inherited(c, grant, "ground"))),
        "payer": c.get(str(inherited(c, grant, "payer"))),
        "requester": c.get(asked.requested_by.id) if asked else None,
        "recipient": c.get(allocation.recipient.id) if isinstance(allocation, Allocation) else None,
    }


def _field(label: str, path: str, records: Mapping[str, Any], given: Mapping[str, str], money: Ledger) -> FilledForm:
    root, _, name = path.removesuffix("?").partition(".")
    value, because = _value(root, name, records, given, money)
    value = None if isinstance(value, Missing) or value in ("", ()) else value
    return FilledForm(
        field=label,
        value=Phrase.joined(value) if isinstance(value, tuple) else value,
        lacking=(value is None or _is_vague(value)) and not path.endswith("?"),
        because=because if value is not None else (),
    )


def _is_vague(value: object) -> bool:
    """Whether an amount or a day is known only within bounds."""
    return isinstance(value, AmountRange | When) and value.exact is None


def _value(
    root: str, name: str, records: Mapping[str, Any], given: Mapping[str, str], money: Ledger
) -> tuple[Any, tuple[str, ...]]:
    """The value at a path, and the ids of the records that state it."""
    if root == "given":
        return given.get(name), ()
    if root == "account":
        allocation = records["allocation"]
        return _balance("received" if name == "paid" and allocation.out_of else name, allocation.id, money)
    if root == "unspent":
        return _repayable(records["allocation"], money)
    if root == "grant":
        line = next((line for line in records["grant"] if getattr(line, name, None) not in (None, "")), None)
        return getattr(line, name, None), (line.id,) if line else ()
    record = records[root]
    return getattr(record, name, None), (record.id,) if record else ()


def _balance(name: str, allocation: str, money: Ledger) -> tuple[AmountRange | Phrase, tuple[str, ...]]:
    """The balance of an account; or what was used, by another dimension, such as what it was for."""
    if name in ACCOUNTS:
        entries = money.explain(name, allocation=allocation)
        because = dict.fromkeys(id for entry in entries for id in entry.because)
        return money.balance(name, allocation=allocation), tuple(because)
    used = [row for row in money.balances(name, allocation=allocation) if row.account == "used" and getattr(row, name)]
    uses = (_USED_FOR(use=getattr(row, name), amount=row.amount) for row in used)
    return Phrase.joined(uses, "; "), tuple(id for row in used for id in row.because)


def _repayable(allocation: Allocation, money: Ledger) -> tuple[AmountRange | None, tuple[str, ...]]:
    """What of an allocation must be paid back by the day of the ledger, or by the day to which all is known."""
    on = money.on or money.collaboration.known
    rows = unspent(money.collaboration, on=on).where(allocation=allocation.id).items if on else ()
    cash = money.balance("held", allocation=allocation.id)
    if on and not rows and is_nothing(cash):
        return cash, (allocation.id,)
    return (rows[0].repay, (allocation.id,)) if len(rows) == 1 else (None, ())
