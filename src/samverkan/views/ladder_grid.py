"""The ladder as a picture: a row for each body, a column for each step, and a sign for what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, natural
from samverkan.values.table import Table
from samverkan.values.term import Term
from samverkan.views.sheet import EDGE, SMALL, Sheet, check_ax, labelled, noted, wrapped
from samverkan.views.words import Lang, check_lang, named, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ladder"]

_COLUMNS = ("step", "title", "principal", "answer")
_STEP = 1.6
_LEAST = 4.2
_ROW = 0.22
_SIGN = 9.0
_HEADS = 4
_LINE = 1.25 / 72

_SIGNS: Mapping[str, tuple[str, str]] = {
    "yes": ("✓", "#1f4e79"),
    "no": ("✗", "#ffffff"),
    "recommended": ("▲", "#7f9db9"),
    "commissioned": ("►", "#7f9db9"),
    "supports": ("△", "#c9daea"),
    "noted": ("●", "#c9daea"),
    "answered": ("◆", "#c9daea"),
    "in dialogue": ("↔", "#e6e6e6"),
    "not answered": ("○", "#ffffff"),
    "not answered, as far as known": ("◌", "#ffffff"),
    "not answered, or not asked yet": ("◦", "#ffffff"),
    "not asked": ("–", "#ffffff"),
    "cannot be told": ("?", "#ffffff"),
}
"""The sign and the shade of each answer; no two have the same sign, so that colour is never needed."""
_DARK = {"#1f4e79"}

_Place = tuple[int | None, str]
_Cells = Mapping[tuple[str, _Place], Mapping[str, Any]]


def ladder(
    table: Table[Any],
    names: Collaboration | None = None,
    *,
    title: str = "",
    ax: Axes | None = None,
    lang: Lang = "en",
) -> Axes:
    """Draw what each body has answered at each step (beslutstrappan): a row for a body, a column for a step.

    Each answer has a sign of its own, told in the key. *Not answered* and *not asked* are two signs, and where a body
    has no part in a step there is none. A body that has given several answers at one step has them side by side.
    *table* is what `ladder` answers, or any other with the columns `step`, `title`, `principal` and `answer`.
    *names* is the collaboration that has the names of the bodies; without it their ids are shown.
    Raises `InvalidValueError` for a table without those columns, `NotInstalledError` without matplotlib.

    >>> from attrs import frozen
    >>> @frozen
    ... class Answered:
    ...     step: int
    ...     title: str
    ...     principal: str
    ...     answer: str
    >>> rows = (Answered(1, "Styrgruppen", "styrgrupp", "yes"), Answered(2, "Huvudmännen", "ale", "not asked"))
    >>> ax = views.ladder(Table(Answered, rows), lang="sv")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['styrgrupp', 'ale']
    """
    check_lang(lang)
    check_ax(ax)
    if not isinstance(table, Table) or not set(_COLUMNS) <= set(table.columns):
        raise InvalidValueError(f"{table!r:.60} is no ladder", f"give a table with the columns {', '.join(_COLUMNS)}")
    if names is not None and not isinstance(names, Collaboration):
        raise InvalidValueError(f"{names!r:.60} holds no names", "give the collaboration that was asked")
    steps = sorted({(row.step, row.title) for row in table}, key=_order)
    bodies = _bodies(table, steps)
    cells = _cells(table)
    signs = _signs(answer for found in cells.values() for answer in found)
    answers = {text: answer for found in cells.values() for text, answer in found.items()}
    heads = [_head(step, lang) for step in steps]
    room = 0.08 + _LINE * SMALL * max(map(len, heads), default=0)
    sheet = labelled(
        ax,
        [(named(names, body) if names else body) or say("not told", lang) for body in bodies],
        width=max(_STEP * len(steps), _LEAST),
        row=_ROW,
        head=room,
        title=title or (table.title if lang == "en" and table.title else say("Who has answered what", lang)),
        key=[(_key(shade), f"{sign} {_word(answers[text], lang)}") for text, (sign, shade) in signs.items()],
        notes=noted(table.unknown, table.assumed, lang),
    )
    sheet.ax.set_xlim(-0.5, max(len(steps), 1) - 0.5)
    for place, head in enumerate(heads):
        sheet.ax.text(
            place, -0.6, "\n".join(head), ha="center", va="bottom", fontsize=SMALL * sheet.scale, parse_math=False
        )
    for row, body in enumerate(bodies):
        for column, step in enumerate(steps):
            _cell(sheet, (column, row), [signs[text] for text in cells.get((body, step), ())])
    if not bodies:
        sheet.tell(lang)
    return sheet.ax


def _order(step: _Place) -> tuple[bool, int, tuple[Any, ...]]:
    return step[0] is None, step[0] or 0, natural(step[1])


def _bodies(table: Iterable[Any], steps: list[_Place]) -> list[str]:
    """The bodies, those of the first step first."""
    first: dict[str, int] = {}
    for row in table:
        place = steps.index((row.step, row.title))
        first[row.principal] = min(place, first.get(row.principal, place))
    return sorted(first, key=lambda body: (first[body], natural(body)))


def _cells(table: Iterable[Any]) -> _Cells:
    """The answers of each body at each step, by their words."""
    found: dict[tuple[str, _Place], dict[str, Any]] = {}
    for row in table:
        found.setdefault((row.principal, (row.step, row.title)), {})[str(row.answer)] = row.answer
    return found


def _signs(answers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The sign of each answer that occurs, in the order of the list; another answer has a letter."""
    met = dict.fromkeys(answers)
    others = [answer for answer in met if answer not in _SIGNS]
    letters = {answer: (chr(ord("A") + number), "#ffffff") for number, answer in enumerate(others)}
    return {answer: sign for answer, sign in _SIGNS.items() if answer in met} | letters


def _head(step: _Place, lang: Lang) -> list[str]:
    number, title = step
    said = f"{number}. {title}" if number is not None else title or say("beside the ladder", lang)
    return wrapped(said, _STEP - 0.15, SMALL, most=_HEADS)


def _word(answer: Any, lang: Lang) -> str:
    return answer.sv if lang == "sv" and isinstance(answer, Term) and answer.sv else say(str(answer), lang)


def _cell(sheet: Sheet, place: tuple[int, int], signs: list[tuple[str, str]]) -> None:
    from matplotlib.patches import Rectangle

    column, row = place
    for number, (sign, shade) in enumerate(signs):
        width = 0.9 / len(signs)
        left = column - 0.45 + number * width
        look: dict[str, Any] = {"facecolor": shade, "edgecolor": EDGE, "linewidth": 0.4, "gid": f"answer:{sign}"}
        sheet.ax.add_patch(Rectangle((left, row - 0.42), width, 0.84, **look))
        colour = "white" if shade in _DARK else "black"
        size = _SIGN * sheet.scale
        sheet.ax.text(left + width / 2, row, sign, ha="center", va="center_baseline", fontsize=size, color=colour)


def _key(shade: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor=shade, edgecolor=EDGE, linewidth=0.4)
