"""The ways that lines take between boxes set in columns and rows: through the gaps alone, and never behind a box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from attrs import frozen

__all__ = ["Grid", "Line", "Tie", "routed"]

Point = tuple[float, float]
Tie = tuple[str, str, str]
"""From which box, to which, and by what sort of line."""


@frozen(kw_only=True)
class Grid:
    """How boxes are set: each at the upper left corner that it is given, with gaps between."""

    places: Mapping[str, Point]
    box: Point
    gap: Point


@frozen(kw_only=True)
class Line:
    """Every line of a sort that leads into one box: what they share is drawn once."""

    target: str
    sort: str
    pieces: tuple[tuple[Point, Point], ...]
    """Level and upright pieces, none upon another."""
    head: tuple[Point, Point]
    """The last piece, which ends in the box."""


def routed(ties: Iterable[Tie], sorts: Sequence[str], grid: Grid) -> list[Line]:
    """The lines for what ties the boxes: one for each box and sort that leads into it.

    A line leaves a box to the right, goes up or down in the gap between two columns, along the gap between two rows
    where it has further to go, and enters from the left. Lines into different boxes keep apart in every gap.
    """
    bundles: dict[tuple[str, str], list[str]] = {}
    for source, target, sort in ties:
        bundles.setdefault((target, sort), []).append(source)
    upright: dict[float, set[tuple[float, str, str]]] = {}
    level: dict[float, set[tuple[float, str, str]]] = {}
    for (target, sort), sources in bundles.items():
        mark = grid.places[target][1], target, sort
        for source in sources:
            first, strip, last = _gaps(source, target, grid)
            for gap in (first, last):
                upright.setdefault(gap, set()).add(mark)
            if strip is not None:
                level.setdefault(strip, set()).add(mark)
    tracks = _tracks(upright, grid.gap[0]), _tracks(level, grid.gap[1])
    return [_line(key, sources, sorts, grid, tracks) for key, sources in bundles.items()]


def _gaps(source: str, target: str, grid: Grid) -> tuple[float, float | None, float]:
    """The gap between columns that a line enters, the one between rows that it goes along, and the one it leaves by."""
    (x, y), (to_x, to_y) = grid.places[source], grid.places[target]
    first, last = _rounded(x + grid.box[0] + grid.gap[0] / 2), _rounded(to_x - grid.gap[0] / 2)
    if first == last:
        return last, None, last
    return first, _rounded(y + grid.box[1] + grid.gap[1] / 2 if to_y > y else y - grid.gap[1] / 2), last


def _rounded(place: float) -> float:
    """A place by which a gap is known, from whichever side it was reckoned."""
    return round(place, 6)


_Tracks = dict[tuple[float, str, str], float]


def _tracks(gaps: Mapping[float, Iterable[tuple[float, str, str]]], room: float) -> _Tracks:
    """Where in a gap each line keeps, those that lead furthest up nearest the beginning."""
    found = {}
    for middle, marks in gaps.items():
        ordered = sorted(marks)
        step = 0.7 * room / (len(ordered) + 1)
        for number, (_, target, sort) in enumerate(ordered):
            found[middle, target, sort] = middle + (number - (len(ordered) - 1) / 2) * step
    return found


def _line(
    key: tuple[str, str], sources: Iterable[str], sorts: Sequence[str], grid: Grid, tracks: tuple[_Tracks, _Tracks]
) -> Line:
    target, sort = key
    x, y = grid.places[target]
    port = _port(sort, sorts, grid.box[1])
    pieces, turn = [], x
    for source in sources:
        from_x, from_y = grid.places[source]
        first, strip, last = _gaps(source, target, grid)
        leave, turn = tracks[0][first, target, sort], tracks[0][last, target, sort]
        out = from_y + port
        pieces.append(((from_x + grid.box[0], out), (leave, out)))
        if strip is None:
            pieces.append(((leave, out), (leave, y + port)))
        else:
            along = tracks[1][strip, target, sort]
            pieces += [
                ((leave, out), (leave, along)),
                ((leave, along), (turn, along)),
                ((turn, along), (turn, y + port)),
            ]
    return Line(target=target, sort=sort, pieces=tuple(_merged(pieces)), head=((turn, y + port), (x, y + port)))


def _port(sort: str, sorts: Sequence[str], height: float) -> float:
    """How far down on a box lines of a sort leave and enter."""
    return height * (sorts.index(sort) + 1) / (len(sorts) + 1)


def _merged(pieces: Iterable[tuple[Point, Point]]) -> Iterable[tuple[Point, Point]]:
    """Pieces of which none lies upon another: those on one line are joined where they meet."""
    spans = []
    for (x, y), (to_x, to_y) in pieces:
        if (x, y) != (to_x, to_y):
            upright = x == to_x
            low, high = sorted((y, to_y) if upright else (x, to_x))
            spans.append((upright, x if upright else y, low, high))
    for (upright, at), group in groupby(sorted(spans), lambda span: span[:2]):
        joined: list[list[float]] = []
        for _, _, low, high in group:
            if joined and low <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], high)
            else:
                joined.append([low, high])
        for low, high in joined:
            yield ((at, low), (at, high)) if upright else ((low, at), (high, at))
