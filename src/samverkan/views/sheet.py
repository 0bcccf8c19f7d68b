"""The sheet that a picture is drawn on: its axes, title, key and notes, with letters that are measured first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from samverkan.errors import InvalidValueError, NotInstalledError
from samverkan.views.words import Lang, plain, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
else:
    Axes = Any  # annotations can be read where matplotlib is not there

__all__ = ["EDGE", "LETTERS", "SMALL", "Sheet", "check_ax", "labelled", "noted", "shade", "text_width", "wrapped"]

LETTERS = 9.0
"""The size of letters, in points, on a sheet of the library's own making."""
SMALL = 7.5
"""… and of those in its key and notes."""
LABELS = 8.0
HEAD = 11.0
EDGE = "#26323d"
"""What lines are drawn in."""
_LINE = 1.35
_MARGIN = 0.25
_ENTRY = 0.65
_NOTES = 4
_LABEL = 3.8
_BOLD = 1.15
_POINTS = 72.0
_THIN = 0.2
"""No letter is thinner, counted in its height; so a long text need not be measured whole."""

_SHADES = ("#1f4e79", "#c9daea", "#ffffff", "#7f9db9", "#efefef", "#ffffff", "#5b5b5b", "#d9d9d9", "#ffffff", "#a6a6a6")
"""What fills a shape, from shades of grey that differ when printed without colour …"""
_HATCHES = ("", "", "////", "....", "xxxx", "----", "....", "\\\\\\\\", "++++", "ooo")
"""… and what is drawn over it, so that two shapes never differ by colour alone."""


def shade(number: int) -> dict[str, Any]:
    """How the shapes of one sort are filled: no two of the first ten alike, also without colour."""
    place = number % len(_SHADES)
    return {"facecolor": _SHADES[place], "hatch": _HATCHES[place], "edgecolor": EDGE, "linewidth": 0.7}


def check_ax(ax: object) -> None:
    """Accept axes to draw on, or none; raises where matplotlib is not there."""
    try:
        from matplotlib.axes import Axes
    except ModuleNotFoundError:
        raise NotInstalledError(
            "matplotlib draws the pictures and is not installed", "pip install 'samverkan[plot]'"
        ) from None
    if ax is not None and not isinstance(ax, Axes):
        raise InvalidValueError(f"{ax!r:.60} are no axes", "give a matplotlib Axes, or None for one that is made")


def text_width(text: str, size: float) -> float:
    """How wide a line of text is, in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    return 1.04 * text_to_path.get_text_width_height_descent(text, FontProperties(size=size), False)[0] / _POINTS  # noqa: FBT003


def wrapped(text: object, width: float, size: float, *, most: int) -> list[str]:
    """Text in lines of at most a width in inches, and at most so many; what is cut off is told by three dots."""
    lines: list[str] = []
    rest = plain(text)
    while rest:
        line = _fitting(rest, width, size)
        if len(lines) == most - 1 and line != rest:
            return [*lines, f"{_fitting(rest, width - text_width('…', size), size)}…"]
        lines.append(line)
        rest = rest[len(line) :].lstrip()
    return lines or [""]


def _fitting(text: str, width: float, size: float) -> str:
    """As much of the beginning as fits on a line, up to the end of a word where one does; at least one sign."""
    most = int(width * _POINTS / (size * _THIN)) + 1
    if len(text) <= most and text_width(text, size) <= width:
        return text
    low, high = 1, min(most, len(text))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text_width(text[:middle], size) <= width else (low, middle - 1)
    if low == len(text) or text[low] == " ":
        return text[:low]
    return text[:low].rpartition(" ")[0] or text[:low]


@frozen(kw_only=True)
class Sheet:
    """Axes that are ready to be drawn on, in a size told in inches.

    Where the axes are the caller's they keep their size, and what is drawn is made small enough to find room.
    """

    ax: Axes
    """The axes."""
    scale: float
    """By how much what is drawn is made smaller; 1 where it need not be."""

    @classmethod
    def opened(
        cls,
        ax: Axes | None,
        size: tuple[float, float],
        *,
        title: str,
        key: Sequence[tuple[Any, str]] = (),
        notes: Sequence[str] = (),
        left: float = _MARGIN,
        axis: float = 0.1,
    ) -> Sheet:
        """Axes of a size, or those that are given, with title, key and notes.

        *left* is the room that labels need before them, *axis* the room beneath.
        """
        width = size[0] if ax is None else _inches(ax)[0]
        heads = wrapped(title, width, HEAD, most=3)
        lines = [line for note in notes for line in wrapped(note, width, SMALL, most=2)]
        columns, rows = _columns([label for _, label in key], width)
        under = axis + rows * _height(SMALL) + 0.1 * bool(rows)
        if ax is None:
            below = under + len(lines) * _height(SMALL) + 0.15
            ax = _made(size, left, below, len(heads) * _height(HEAD) + 0.2)
        inches = _inches(ax)
        ax.set_title("\n".join(heads), fontsize=HEAD, loc="left", parse_math=False)
        if key:
            _set_key(ax, key, columns, axis)
        if lines:
            _set_notes(ax, lines, under)
        return cls(ax=ax, scale=min(1.0, inches[0] / size[0], inches[1] / size[1]))

    @property
    def letters(self) -> float:
        """The size of letters in what is drawn."""
        return LETTERS * self.scale

    def tell(self, lang: Lang) -> None:
        """Say that there is nothing to show."""
        said = say("(nothing to show)", lang)
        self.ax.text(0.5, 0.5, said, transform=self.ax.transAxes, ha="center", va="center", fontsize=self.letters)


def labelled(
    ax: Axes | None,
    labels: Sequence[str],
    *,
    width: float,
    row: float,
    head: float = 0.0,
    heads: Collection[int] = (),
    **more: Any,
) -> Sheet:
    """A sheet on which things stand one beneath another, each with its label before it; the first has place 0.

    *row* is the room of each in inches, *head* the room above the first; *heads* are the places of bold labels.
    """
    sizes = [LABELS * (_BOLD if place in heads else 1.0) for place in range(len(labels))]
    lines = [wrapped(label, _LABEL, size, most=2) for label, size in zip(labels, sizes, strict=True)]
    widths = [text_width(line, size) for said, size in zip(lines, sizes, strict=True) for line in said]
    number = max(len(labels), 1)
    sheet = Sheet.opened(ax, (width, row * number + head), left=max(widths, default=0.0) + _MARGIN + 0.1, **more)
    sheet.ax.set_ylim(number - 0.5, -0.5 - head / row)
    said = ["\n".join(line) for line in lines]
    sheet.ax.set_yticks(range(len(labels)), said, fontsize=LABELS * sheet.scale, parse_math=False)
    for place in heads:
        sheet.ax.get_yticklabels()[place].set_fontweight("bold")
    sheet.ax.tick_params(length=0, pad=5)
    sheet.ax.set_xticks([])
    for side in sheet.ax.spines.values():
        side.set_visible(False)
    return sheet


def noted(unknown: Sequence[str], assumed: Sequence[str], lang: Lang) -> list[str]:
    """What an answer does not know and what it rests on, the first of each and how many more there are."""
    found = []
    for word, sentences in (("Not known", unknown), ("Rests on", assumed)):
        if sentences:
            more = [say("and {} more", lang).format(len(sentences) - _NOTES)] if len(sentences) > _NOTES else []
            found.append(f"{say(word, lang)}: {'; '.join([*sentences[:_NOTES], *more])}")
    return found


def _height(size: float) -> float:
    return size * _LINE / _POINTS


def _inches(ax: Axes) -> tuple[float, float]:
    box, dpi = ax.get_window_extent(), ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return max(box.width / dpi, 0.1), max(box.height / dpi, 0.1)


def _made(size: tuple[float, float], left: float, below: float, above: float) -> Axes:
    """Axes of exactly a size, on a figure that leaves room around them."""
    from matplotlib import pyplot as plt

    width, height = left + size[0] + _MARGIN, below + size[1] + above
    figure = plt.figure(figsize=(width, height))
    return figure.add_axes((left / width, below / height, size[0] / width, size[1] / height))


def _columns(labels: Sequence[str], width: float) -> tuple[int, int]:
    """In how many columns and rows the entries of a key are set."""
    widest = max((text_width(plain(label), SMALL) for label in labels), default=0.0) + _ENTRY
    columns = min(max(int(width / widest), 1), len(labels) or 1)
    return columns, -(-len(labels) // columns)


def _beneath(ax: Axes, inches: float) -> Any:
    """Places that are counted from a line beneath the axes."""
    from matplotlib.transforms import ScaledTranslation

    figure: Any = ax.get_figure(root=True)
    return ax.transAxes + ScaledTranslation(0, -inches, figure.dpi_scale_trans)


def _set_key(ax: Axes, key: Sequence[tuple[Any, str]], columns: int, under: float) -> None:
    place = _beneath(ax, under)
    room = _inches(ax)[0] / columns - _ENTRY if columns > 1 else _LABEL  # rather beyond narrow axes than cut short
    legend = ax.legend(
        [handle for handle, _ in key],
        [f" {wrapped(label, room, SMALL, most=1)[0]}" for _, label in key],  # a name may begin with what hides it
        ncols=columns,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=place,
        borderaxespad=0,
        borderpad=0,
        frameon=False,
        fontsize=SMALL,
        handlelength=2.6,
        labelspacing=0.35,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


def _set_notes(ax: Axes, lines: Sequence[str], under: float) -> None:
    ax.text(
        0,
        0,
        "\n".join(lines),
        transform=_beneath(ax, under),
        va="top",
        fontsize=SMALL,
        color="#444444",
        parse_math=False,
        gid="notes",
    )
