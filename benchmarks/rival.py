"""The same document as pydantic v2 reads it, written the way its users write it."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_KRONOR = re.compile(r"-?[\d ]+(\.\d+)? kr")


def _kronor(value: object) -> object:
    if not isinstance(value, str) or not _KRONOR.fullmatch(value):
        raise ValueError("an amount is written as text, such as '1 250.50 kr'")
    return Decimal(value.removesuffix(" kr").replace(" ", ""))


Amount = Annotated[Decimal, BeforeValidator(_kronor)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9.>-]+$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Actor(Strict):
    title: str
    kind: Literal["kommun", "region", "state", "agency"]
    code: str = ""
    county: str = ""


class Grant(Strict):
    title: str
    amount: Amount
    regime: str = ""
    allocations: list["Allocation"] = []


class Allocation(Strict):
    id: Id
    recipient: Id
    amount: Amount


class Requisition(Strict):
    allocation: Id
    requested_by: Id
    amount: Amount
    on_behalf_of: tuple[Id, ...] = ()
    sent: date | None = None
    dnr: str = ""
    reference: str = ""


class FundingEvent(Strict):
    kind: Literal["allocated", "paid", "used", "reported", "repaid"]
    allocation: Id
    amount: Amount
    day: date | None = None
    by: tuple[Id, ...] = ()
    to: tuple[Id, ...] = ()
    cost_kind: str = ""
    period: str = ""
    answers: Id | None = None


class Document(Strict):
    samverkan: Literal[1]
    id: Id
    title: str
    actors: dict[Id, Actor]
    grants: dict[Id, Grant]
    requisitions: dict[Id, Requisition]
    funding_events: dict[Id, FundingEvent]
