"""Where the money went, as a picture: from whom to whom, and how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from samverkan.accounts.flow import Flow
from samverkan.accounts.ledger import Ledger
from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, natural
from samverkan.values.money import Money
from samverkan.values.ranges import AmountRange
from samverkan.views.sheet import EDGE, Sheet, check_ax, labelled, noted, shade, text_width
from samverkan.views.words import Lang, check_lang, named, say, say_amount

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["money"]

_BARS = 4.2
_ROW = 0.34
_LETTERS = 8.0
_PERHAPS: dict[str, Any] = {"facecolor": "none", "edgecolor": EDGE, "linestyle": (0, (3, 2)), "linewidth": 0.9}


def money(ledger: Ledger, grant: str, *, currency: str = "", ax: Axes | None = None, lang: Lang = "en") -> Axes:
    """Draw where the money of a grant went, its lines included (penningflöde): a bar for each who gave to another.

    What was given first stands first, then what was passed on, used and paid back. A filled bar is what went for
    certain, a dashed one what may have; the amount stands beside it as it is known, to the öre.
    Raises `NotFoundError` for a grant that is not there, `InvalidValueError` for what is no ledger and where several
    currencies went and none of them is named by *currency*, `NotInstalledError` without matplotlib.

    >>> ale, staten = (
    ...     Actor(id="ale", title="Ale kommun", kind="kommun"),
    ...     Actor(id="staten", title="Staten", kind="staten"),
    ... )
    >>> grant = Grant(id="ph", title="Psykisk hälsa", payer="staten", regime="direct")
    >>> share = Allocation(grant="ph", recipient="ale", amount=Money(100))
    >>> paid = FundingEvent(id="b", kind="paid", allocation="ph>ale", amount=Money(100), day="2016-02-01")
    >>> ax = views.money(ledger(Collaboration([ale, staten, grant, share, paid])), "ph", lang="sv")
    >>> [label.get_text() for label in ax.get_yticklabels()], [text.get_text() for text in ax.texts]
    (['Staten → Ale kommun, utbetald'], ['100 kr'])
    """
    check_lang(lang)
    check_ax(ax)
    if not isinstance(ledger, Ledger):
        raise InvalidValueError(f"{ledger!r:.60} is no ledger", "make one of a collaboration: sv.ledger(c)")
    c, table = ledger.collaboration, ledger.flow(grant)
    rows = _ordered(_of(currency, table))
    kinds = list(dict.fromkeys(row.event for row in rows))
    amounts = [say_amount(row.amount, lang) for row in rows]
    column = max((text_width(amount, _LETTERS) for amount in amounts), default=0.0) + 0.2
    low, high = _bounds(rows)
    title = say("Where the money of {} went", lang).format(_name(c, grant, lang))
    key = [(_patch(shade(place)), say(kind, lang)) for place, kind in enumerate(kinds)]
    if any(row.amount.exact is None for row in rows):
        key.append((_patch(_PERHAPS), say("perhaps", lang)))
    sheet = labelled(
        ax,
        [_label(c, row, lang) for row in rows],
        width=_BARS + column,
        row=_ROW,
        title=f"{title}{f', {ledger.on}' if ledger.on else ''}",
        key=key,
        notes=noted(table.unknown, table.assumed, lang),
    )
    reach = (high - low) or 1.0
    sheet.ax.set_xlim(low, low + reach * (_BARS + column) / _BARS)
    sheet.ax.axvline(0, color=EDGE, linewidth=0.8)
    for place, (row, amount) in enumerate(zip(rows, amounts, strict=True)):
        _bar(sheet, place, row.amount, shade(kinds.index(row.event)), (low, high))
        sheet.ax.text(0.995, place, amount, transform=sheet.ax.get_yaxis_transform(), ha="right", va="center",
                      fontsize=_LETTERS * sheet.scale)  # fmt: skip
    if not rows:
        sheet.tell(lang)
    return sheet.ax


def _of(currency: str, rows: Iterable[Flow]) -> list[Flow]:
    """The rows in one currency, and those of which no amount at all is known."""
    found = [(row, _currency(row.amount)) for row in rows]
    several = sorted({one for _, one in found if one})
    if not currency and len(several) > 1:
        raise InvalidValueError(f"{' and '.join(several)} have no scale in common", "name one of them as currency")
    return [row for row, one in found if one in ("", currency or one)]


def _currency(amount: AmountRange) -> str:
    return next((bound.currency for bound in (amount.low, amount.high) if bound is not None), "")


def _ordered(rows: Sequence[Flow]) -> list[Flow]:
    """The rows by how many hands the money has gone through, then by who gave it."""
    hands = _hands(rows)
    return sorted(rows, key=lambda row: (hands[row.giver], natural(row.giver), row.event, natural(row.receiver)))


def _hands(rows: Sequence[Flow]) -> Mapping[str, int]:
    """How many hands money goes through, at the least, before it is in somebody's."""
    received = {row.receiver for row in rows}
    found: dict[str, int] = {}
    level = dict.fromkeys(row.giver for row in rows if row.giver not in received)
    while level or len(found) < len({row.giver for row in rows}):
        level = level or {min((row.giver for row in rows if row.giver not in found), key=natural): None}
        number = max(found.values(), default=-1) + 1
        found |= dict.fromkeys(level, number)
        level = dict.fromkeys(row.receiver for row in rows if row.giver in level and row.receiver not in found)
    return found


def _bounds(rows: Iterable[Flow]) -> tuple[float, float]:
    """From where to where the bars go; further, where something has no bound."""
    totals = [row.amount for row in rows]
    known = [float(bound.amount) for total in totals for bound in (total.low, total.high) if bound is not None]
    low, high = min([*known, 0.0]), max([*known, 0.0])
    reach = (high - low) or 1.0
    open_low, open_high = any(total.low is None for total in totals), any(total.high is None for total in totals)
    return low - 0.1 * reach * open_low, high + 0.1 * reach * open_high


def _bar(sheet: Sheet, place: int, amount: AmountRange, look: Mapping[str, Any], ends: tuple[float, float]) -> None:
    """What went for certain as a filled bar, and what may have as a dashed one, with an arrow where it has no end."""
    low = _number(amount.low, ends[0])
    high = _number(amount.high, ends[1])
    sure = max(low, 0.0) or min(high, 0.0)
    if sure:
        sheet.ax.barh(place, sure, height=0.6, gid="certain", **look)
    if amount.exact is None:
        sheet.ax.barh(place, high - low, left=low, height=0.6, gid="perhaps", **_PERHAPS)
    for bound, end, marker in ((amount.low, low, "<"), (amount.high, high, ">")):
        if bound is None:
            sheet.ax.plot([end], [place], marker=marker, color=EDGE, markersize=5 * sheet.scale, clip_on=False)


def _number(bound: Money | None, end: float) -> float:
    return end if bound is None else float(bound.amount)


def _name(c: Collaboration, ids: str, lang: Lang) -> str:
    """The names of those whose ids stand in a row of a flow."""
    return ", ".join(named(c, id) for id in ids.split(", ")) if ids else say("not told", lang)


def _label(c: Collaboration, row: Flow, lang: Lang) -> str:
    return f"{_name(c, row.giver, lang)} → {_name(c, row.receiver, lang)}, {say(row.event, lang)}"


def _patch(look: Mapping[str, Any]) -> Any:
    from matplotlib.patches import Patch

    return Patch(**look)
