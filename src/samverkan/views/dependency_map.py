"""The dependency map as a picture: what hangs on what, in a band for each level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from samverkan.network.graph import Network
from samverkan.views.map_layout import SORTS, Box, Map, mapped
from samverkan.views.route import Grid, Line, routed
from samverkan.views.sheet import EDGE, Sheet, check_ax, noted, text_width, wrapped
from samverkan.views.words import Lang, check_lang, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["dependencies"]

_BOX = (2.1, 0.74)
_GAP = (0.7, 0.24)
_PAD = 0.14
_LETTERS = 8.0
_LINE = 1.25 / 72
_STYLES: dict[str, dict[str, Any]] = {
    SORTS[0]: {"linestyle": "-", "linewidth": 1.3, "arrowstyle": "-|>"},
    SORTS[1]: {"linestyle": "--", "linewidth": 1.1, "arrowstyle": "->"},
    SORTS[2]: {"linestyle": "-.", "linewidth": 1.1, "arrowstyle": "-|>"},
    SORTS[3]: {"linestyle": ":", "linewidth": 1.3, "arrowstyle": "->"},
}

_Places = dict[str, tuple[float, float]]


def dependencies(net: Network, *, about: str | Iterable[str] = (), ax: Axes | None = None, lang: Lang = "en") -> Axes:
    """Draw what hangs on what across the levels (beroendekarta): national, county, subregional, local.

    Every box is a thing with whose it is under its name, in the band of the level of those it belongs to; a thing of
    several levels, or of one that is not told, has a band of its own. What comes first stands to the left. Lines tell
    how things hang together: whole what must come before, dashed what only informs or contributes.
    *about* narrows it to what is tied by one link to some things.
    Raises `InvalidValueError` for what is no graph, `NotFoundError` for an id that is not there, `NotInstalledError`
    without matplotlib.

    >>> steps = [Activity(id=id, title=id.capitalize()) for id in ("forslag", "beslut")]
    >>> link = Dependency(predecessor="forslag", successor="beslut")
    >>> ax = views.dependencies(graph(Collaboration([*steps, link])), lang="sv")
    >>> {"nivå ej angiven", "Forslag", "Beslut"} < {text.get_text() for text in ax.texts}
    True
    """
    check_lang(lang)
    check_ax(ax)
    found = mapped(net, about)
    heads = {level: say(level, lang) for level in dict.fromkeys(box.level for box in found.boxes)}
    left = max((text_width(head, _LETTERS) for head in heads.values()), default=0.0) + _PAD + _GAP[0]
    places, bands, size = _placed(found, left)
    sorts = [sort for sort in SORTS if any(link.sort == sort for link in found.links)]
    sheet = Sheet.opened(
        ax,
        size,
        title=f"{say('What hangs on what', lang)}{': ' * bool(found.title)}{found.title}",
        key=[(_sample(sort), say(sort, lang)) for sort in sorts],
        notes=noted(found.unknown, found.assumed, lang),
    )
    sheet.ax.set(xlim=(0, size[0]), ylim=(size[1], 0))
    sheet.ax.set_axis_off()
    for (level, (top, bottom)), shade in zip(bands.items(), _SHADES * len(bands), strict=False):
        sheet.ax.axhspan(top, bottom, facecolor=shade, edgecolor="none", zorder=0, gid=f"level:{level}")
        _write(sheet, _PAD, (top + bottom) / 2, heads[level], ha="left", style="italic")
    ties = [(link.source, link.target, link.sort) for link in found.links]
    for line in routed(ties, SORTS, Grid(places=places, box=_BOX, gap=_GAP)):
        _join(sheet, line)
    for box in found.boxes:
        _draw(sheet, box, places[box.id], lang)
    if not found.boxes:
        sheet.tell(lang)
    return sheet.ax


_SHADES = ("#f3f3f3", "#ffffff")


def _placed(found: Map, left: float) -> tuple[_Places, dict[str, tuple[float, float]], tuple[float, float]]:
    """Where the upper left corner of each box lies, where each band begins and ends, and how large it all is."""
    places: _Places = {}
    bands: dict[str, tuple[float, float]] = {}
    top, step = 0.0, _BOX[1] + _GAP[1]
    for level in dict.fromkeys(box.level for box in found.boxes):
        stacked: Counter[int] = Counter()
        for box in (box for box in found.boxes if box.level == level):
            x, y = left + box.column * (_BOX[0] + _GAP[0]), top + _GAP[1] + stacked[box.column] * step
            places[box.id] = x, y
            stacked[box.column] += 1
        bands[level] = top, top + _GAP[1] + max(stacked.values()) * step
        top = bands[level][1]
    columns = max((box.column for box in found.boxes), default=0) + 1
    return places, bands, (left + columns * (_BOX[0] + _GAP[0]), max(top, 1.0))


def _draw(sheet: Sheet, box: Box, place: tuple[float, float], lang: Lang) -> None:
    from matplotlib.patches import FancyBboxPatch

    style = f"round,pad=0,rounding_size={_PAD / 2}"
    dashed: dict[str, Any] = {} if box.is_told else {"linestyle": (0, (4, 2))}
    sheet.ax.add_patch(
        FancyBboxPatch(place, *_BOX, boxstyle=style, fc="white", ec=EDGE, lw=0.9, zorder=3, gid=box.id, **dashed)
    )
    whose = ", ".join(box.owners) or ("" if box.is_told else say("not told whose", lang))
    room = _BOX[0] - _PAD
    below = wrapped(whose, room, _LETTERS - 1, most=1) if whose else []
    title = wrapped(box.title, room, _LETTERS, most=4 - len(below) - 1)
    height = _LINE * (_LETTERS * len(title) + (_LETTERS - 1) * len(below))
    x, y = place[0] + _BOX[0] / 2, place[1] + (_BOX[1] - height) / 2
    _write(sheet, x, y, "\n".join(title), va="top")
    if below:
        _write(sheet, x, y + height, below[0], va="bottom", size=_LETTERS - 1, color="#333333")


def _write(sheet: Sheet, x: float, y: float, text: str, *, size: float = _LETTERS, **more: Any) -> None:
    said: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 4, "parse_math": False, "linespacing": 1.2} | more
    sheet.ax.text(x, y, text, fontsize=size * sheet.scale, **said)


def _join(sheet: Sheet, line: Line) -> None:
    """A line with all its branches, and the arrow in which it ends."""
    from matplotlib.collections import LineCollection
    from matplotlib.patches import FancyArrowPatch

    style, name = _STYLES[line.sort], f"{line.sort}:{line.target}"
    drawn = {"linestyle": style["linestyle"], "linewidth": style["linewidth"], "color": EDGE, "zorder": 2}
    sheet.ax.add_collection(LineCollection(line.pieces, gid=name, **drawn), autolim=False)
    sheet.ax.add_patch(
        FancyArrowPatch(
            *line.head, arrowstyle=style["arrowstyle"], mutation_scale=9 * sheet.scale, shrinkA=0, shrinkB=0, **drawn
        )
    )


def _sample(sort: str) -> Any:
    from matplotlib.lines import Line2D

    style = _STYLES[sort]
    return Line2D([], [], color=EDGE, linestyle=style["linestyle"], linewidth=style["linewidth"])
