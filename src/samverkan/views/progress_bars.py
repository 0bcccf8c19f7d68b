"""How far it has come, as a picture: a bar for each set of things, divided by status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from samverkan.errors import InvalidValueError
from samverkan.model.work import Reporting
from samverkan.questions.progress.progress import Progress
from samverkan.values.table import Table
from samverkan.views.sheet import EDGE, SMALL, Sheet, check_ax, labelled, noted, shade, wrapped
from samverkan.views.words import Lang, check_lang, say, say_count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["progress"]

_WIDTH = 6.4
_ROW = 0.62
_HEIGHT = 0.42
_SILENT: Mapping[str, Mapping[str, Any]] = {
    Reporting.NOT_REPORTED: {"facecolor": "none", "hatch": "....", "edgecolor": "#8a8a8a", "linewidth": 0.7},
    Reporting.NOT_MEASURABLE: {"facecolor": "none", "hatch": "xxx", "edgecolor": "#8a8a8a", "linewidth": 0.7},
}
_UNDECIDED: Mapping[str, Any] = {"facecolor": "none", "edgecolor": EDGE, "linestyle": (0, (3, 2)), "linewidth": 0.9}
_OPEN = "cannot be told"


def progress(table: Table[Progress], *, title: str = "", ax: Axes | None = None, lang: Lang = "en") -> Axes:
    """Draw how far a plan has come (lägesstapel): a bar for each set of things that were counted together.

    The whole bar is the whole set, divided by status; what nobody has reported is empty but for dots, which is not the
    same as not started. Of a soft count only what it is at least is drawn, and the rest *cannot be told*. Where one
    thing may have been counted twice, each status has a bar of its own; where it is not told of how many, none.
    What is counted stands in words under each bar.
    *table* is what `progress` answers. Raises `InvalidValueError` for another table, `NotInstalledError` without
    matplotlib.

    >>> import samverkan as sv
    >>> done = Timing(done="2016-09-14")
    >>> records = [Plan(id="p", title="Plan"), Activity(id="p.a", title="Steg", plan="p", timing=done)]
    >>> ax = views.progress(sv.progress(Collaboration(records), "p"), lang="sv")
    >>> [text.get_text() for text in ax.texts]
    ['klar 1 av 1']
    """
    check_lang(lang)
    check_ax(ax)
    if not isinstance(table, Table) or not issubclass(table.kind, Progress):
        raise InvalidValueError(f"{table!r:.60} tells no progress", "give what sv.progress(c, plan) answers")
    bars = [bar for rows in _sets(table) for bar in ([rows] if _adds_up(rows) else [[row] for row in rows])]
    looks = _looks(bars)
    key = [(_patch(look), say(status or "status not told", lang)) for status, look in looks.items()]
    sheet = labelled(
        ax,
        [_label(bar[0], lang) for bar in bars],
        width=_WIDTH,
        row=_ROW,
        title=title or (table.title if lang == "en" and table.title else say("How far it has come", lang)),
        key=key,
        notes=noted(table.unknown, table.assumed, lang),
    )
    sheet.ax.set_xlim(0, 1)
    for place, bar in enumerate(bars):
        _draw(sheet, place, bar, looks)
        said = wrapped("; ".join(_said(row, lang) for row in bar), _WIDTH, SMALL, most=1)[0]
        sheet.ax.text(0, place + _HEIGHT / 2 + 0.04, said, va="top", fontsize=SMALL * sheet.scale, parse_math=False)
    if not bars:
        sheet.tell(lang)
    return sheet.ax


def _sets(rows: Iterable[Progress]) -> Iterator[list[Progress]]:
    """The rows of each set that was counted together."""
    group: list[Progress] = []
    for row in rows:
        if group and _together(group[0]) != _together(row):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _together(row: Progress) -> tuple[object, ...]:
    counted = row.which in ("not said", "all")
    return row.of, row.total, row.because if counted else None


def _adds_up(rows: Sequence[Progress]) -> bool:
    """Whether the statuses can stand in one bar: none counted about, and no more of them than there are things."""
    total = rows[0].total
    return total is not None and not any(row.number.about for row in rows) and sum(map(_least, rows)) <= total


def _least(row: Progress) -> int:
    return row.number.low or 0


def _looks(bars: Iterable[Sequence[Progress]]) -> dict[str, Mapping[str, Any]]:
    """How each status is filled; what is silent never as what is told."""
    looks: dict[str, Mapping[str, Any]] = {}
    rest = False
    for bar in bars:
        told = [row for row in bar if row.total]
        rest = rest or any(_rest(bar) for _ in told[:1])
        for row in told:
            if row.status not in looks:
                number = sum(status not in _SILENT for status in looks)
                looks[row.status] = _SILENT.get(row.status) or shade(number)
    return looks | ({_OPEN: _UNDECIDED} if rest else {})


def _rest(bar: Sequence[Progress]) -> float:
    """The part of a whole whose status the counts leave open; of a status that stands alone, what it may be more."""
    total = bar[0].total or 0
    if len(bar) == 1:
        high = bar[0].number.high
        return max(min(total if high is None else high, total) - _least(bar[0]), 0)
    return total - sum(map(_least, bar))


def _draw(sheet: Sheet, place: int, bar: Sequence[Progress], looks: Mapping[str, Mapping[str, Any]]) -> None:
    total = bar[0].total
    if not total:
        return
    left = 0.0
    for row in bar:
        part = min(_least(row), total) / total
        if part:
            sheet.ax.barh(place, part, left=left, height=_HEIGHT, gid=f"status:{row.status}", **looks[row.status])
        left += part
    if _rest(bar) > 0:
        sheet.ax.barh(place, _rest(bar) / total, left=left, height=_HEIGHT, gid=f"status:{_OPEN}", **_UNDECIDED)
    sheet.ax.barh(place, 1, height=_HEIGHT, facecolor="none", edgecolor=EDGE, linewidth=0.7, clip_on=False)


def _label(row: Progress, lang: Lang) -> str:
    return ", ".join(part for part in (row.of.text(lang), row.scale) if part)


def _said(row: Progress, lang: Lang) -> str:
    whole = f"{say('of', lang)} {row.total}" if row.total else f"({say('of how many is not told', lang)})"
    share = f" ({row.percent} %)" if row.percent is not None and row.total != 1 else ""
    return f"{say(row.status or 'status not told', lang)} {say_count(row.number, lang)} {whole}{share}"


def _patch(look: Mapping[str, Any]) -> Any:
    from matplotlib.patches import Patch

    return Patch(**look)
