"""The schedule as a picture: a lane for each organisation, and days that are vague drawn as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from samverkan.errors import InvalidValueError
from samverkan.model.collaboration import Collaboration, natural
from samverkan.network.graph import graph
from samverkan.scheduling.schedule import Schedule
from samverkan.scheduling.scheduled import Scheduled
from samverkan.values.day import Day
from samverkan.values.timing import Timing, timing_of
from samverkan.values.truth import Truth
from samverkan.values.when import When
from samverkan.views.ruler import Ruler, ruler
from samverkan.views.sheet import EDGE, SMALL, Sheet, check_ax, labelled, noted, text_width
from samverkan.views.words import Lang, check_lang, named, plain, say, say_done

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["gantt"]

_WIDTH = 6.6
_ROW = 0.34
_HEIGHT = 0.46
_MARKS = ("s", "o", "^", "D", "p", "*")
"""The marks of as many baselines; a further one has the last."""
_LOOKS: dict[Truth, dict[str, Any]] = {
    Truth.YES: {"facecolor": "#1f4e79", "edgecolor": "black", "linewidth": 1.4},
    Truth.CANNOT_TELL: {"facecolor": "#9db7cf", "edgecolor": EDGE, "linewidth": 1.0, "linestyle": (0, (3, 2))},
    Truth.NO: {"facecolor": "#ececec", "edgecolor": EDGE, "linewidth": 0.6},
}
_VAGUE: dict[Truth, dict[str, Any]] = {
    Truth.YES: {"facecolor": "#b3c3d2", "hatch": "/////"},
    Truth.CANNOT_TELL: {"facecolor": "#e6edf3", "hatch": "/////"},
    Truth.NO: {"facecolor": "white", "hatch": "/////"},
}
"""How what may be is filled; it has the edge of what is certain."""
_CRITICAL = {Truth.YES: "critical", Truth.CANNOT_TELL: "critical or not, cannot be told", Truth.NO: "not critical"}
_LATE = {Truth.YES: "late", Truth.CANNOT_TELL: "perhaps late", Truth.NO: ""}


@frozen(kw_only=True)
class _Row:
    """A step with what its record says of days; or the name of a lane, where there is no step."""

    label: str
    step: Scheduled | None = None
    timing: Timing | None = None


def gantt(plan: Schedule, *, title: str = "", ax: Axes | None = None, lang: Lang = "en") -> Axes:
    """Draw when every step can be done (tidplan, Gantt-schema), in a lane for each organisation.

    A bar goes from the earliest day on which a step can begin to the earliest on which it can be done: filled where
    that is certain, hatched where a vague day lets it be so or not, with an arrow where nothing bounds it. Dark bars
    are critical, a dashed edge says that it cannot be told. A triangle is the last day, with a line before it where the
    due day is vague; a hollow mark is what an earlier timetable said, a dotted line the day to which the records are
    known. A step of which no day is told has no bar.
    Raises `InvalidValueError` for what is no schedule, `NotInstalledError` without matplotlib.

    >>> ale = Actor(id="ale", title="Ale kommun", kind="kommun")
    >>> timing = Timing(planned="2016-10-mid", due="2016-10-31")
    >>> step = Activity(id="beslut", title="Beslut", by="ale", timing=timing)
    >>> ax = views.gantt(schedule(Collaboration([ale, step])), lang="sv")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Ale kommun', 'Beslut']
    """
    check_lang(lang)
    check_ax(ax)
    if not isinstance(plan, Schedule):
        raise InvalidValueError(f"{plan!r:.60} is no schedule", "make one of a collaboration: sv.schedule(c)")
    c, table = plan.collaboration, plan.steps
    rows = list(_rows(c, table, lang))
    steps = [row for row in rows if row.step]
    baselines = list(dict.fromkeys(one.label for row in steps if row.timing for one in row.timing.baselines))
    days = ruler(_days(rows, c.known), _WIDTH)
    remarks = [_remark(row.step, lang) if row.step else "" for row in rows]
    column = max((text_width(remark, SMALL) for remark in remarks), default=0.0) + 0.2
    sheet = labelled(
        ax,
        [row.label for row in rows],
        width=_WIDTH + column,
        row=_ROW,
        axis=0.32,
        heads=[place for place, row in enumerate(rows) if not row.step],
        title=title or f"{say('Schedule', lang)}{': ' * bool(c.title)}{plain(c.title)}",
        key=_key(steps, baselines, c.known, lang),
        notes=noted(table.unknown, table.assumed, lang),
    )
    _days_under(sheet, days, column, c.known if steps else None)
    for place, (row, remark) in enumerate(zip(rows, remarks, strict=True)):
        if row.step:
            _draw(sheet, place, row, days, baselines)
            _tell(sheet, place, remark)
        else:
            sheet.ax.axhspan(place - 0.5, place + 0.5, color="#f3f3f3", zorder=-1)
    if not steps:
        sheet.tell(lang)
    return sheet.ax


# ---------------------------------------------------------------- rows


def _rows(c: Collaboration, steps: Iterable[Scheduled], lang: Lang) -> Iterator[_Row]:
    """The lanes, by name, each with its steps in order of time; those of nobody told come last."""
    net = graph(c)
    lanes: dict[tuple[str, ...], list[Scheduled]] = {}
    for step in steps:
        lanes.setdefault(tuple(row.organisation for row in net.organisations(step.id)), []).append(step)
    for lane in sorted(lanes, key=lambda ids: (not ids, [natural(id) for id in ids])):
        yield _Row(label=", ".join(named(c, id) for id in lane) or say("not told whose", lang))
        for step in sorted(lanes[lane], key=_order):
            yield _Row(label=named(c, step.id), step=step, timing=timing_of(c[step.id]))


def _order(step: Scheduled) -> tuple[Any, ...]:
    bounds = (
        day
        for one in (step.earliest_start, step.earliest_finish, step.latest_finish)
        if one
        for day in (one.earliest, one.latest)
    )
    return next((day for day in bounds if day), Day.max), natural(step.id)


def _days(rows: Iterable[_Row], known: Day | None) -> Iterator[Day]:
    """Every day that the picture must have room for."""
    if known:
        yield known
    for row in rows:
        timing = row.timing
        said = [*(one.day for one in timing.baselines), timing.deadline] if timing else []
        for one in (*said, *((row.step.earliest_start, row.step.earliest_finish) if row.step else ())):
            if one:
                yield from (day for day in (one.earliest, one.latest) if day)


def _remark(step: Scheduled, lang: Lang) -> str:
    """When it can be done, in words, and whether that is late."""
    late = say(_LATE[step.late], lang) if step.earliest_finish else ""
    return f"{say_done(step.earliest_finish, lang)}{', ' * bool(late)}{late}"


# ---------------------------------------------------------------- shapes


def _days_under(sheet: Sheet, days: Ruler, column: float, known: Day | None) -> None:
    """The line of days, and the day to which the records are known; beside it the room for what is said of each."""
    ticks, said = [tick for tick, _ in days.ticks], [said for _, said in days.ticks]
    sheet.ax.set_xlim(days.first, days.first + (days.last - days.first) * (_WIDTH + column) / _WIDTH)
    sheet.ax.set_xticks(ticks, said, fontsize=SMALL * sheet.scale)
    for tick in ticks:
        sheet.ax.axvline(tick, color="#dddddd", linewidth=0.6, zorder=0)
    if known:
        sheet.ax.axvline(known.toordinal() + 1, color=EDGE, linestyle=":", linewidth=1.2, zorder=1, gid="known")


def _draw(sheet: Sheet, place: int, row: _Row, days: Ruler, baselines: Sequence[str]) -> None:
    step = row.step
    if step and _has_bar(step):
        _bar(sheet, place, step, days)
    if row.timing and (last := row.timing.deadline):
        _mark(sheet, place - 0.38, last, "v", "deadline", "black")
        due = row.timing.due
        if due and due.earliest and due.earliest != due.latest:
            sheet.ax.hlines(place - 0.38, due.earliest.toordinal(), (last.latest or due.earliest).toordinal() + 0.5,
                            color="black", linewidth=1.0, gid="due")  # fmt: skip
        if last.exact:
            sheet.ax.vlines(
                last.exact.toordinal() + 0.5, place - 0.38, place + 0.3, color="black", linewidth=1.0, zorder=4
            )
    for one in row.timing.baselines if row.timing else ():
        number = min(baselines.index(one.label), len(_MARKS) - 1)
        _mark(sheet, place + 0.36, one.day, _MARKS[number], f"baseline:{one.label}", "white")


def _has_bar(step: Scheduled) -> bool:
    return any(one and not one.is_unknown for one in (step.earliest_start, step.earliest_finish))


def _bar(sheet: Sheet, place: int, step: Scheduled, days: Ruler) -> None:
    """What is certain of a step filled, what may be hatched; a diamond where both are one and the same day."""
    starts, finishes = step.earliest_start or When(None, None), step.earliest_finish or When(None, None)
    low, high = days.bounds(starts.earliest, finishes.latest)
    begins, ends = days.bounds(starts.latest, finishes.earliest)
    certain = bool(starts.latest and finishes.earliest) and begins < ends
    look = _LOOKS[step.critical]
    if not certain or (low, high) != (begins, ends):
        left, right = days.seen(low, high)
        vague = look | _VAGUE[step.critical]
        sheet.ax.barh(place, right - left, left=left, height=_HEIGHT, zorder=2, gid=f"vague:{step.id}", **vague)
    if certain:
        left, right = days.seen(begins, ends)
        sheet.ax.barh(place, right - left, left=left, height=_HEIGHT, zorder=3, gid=f"step:{step.id}", **look)
    for bound, end, marker in ((starts.earliest, low, "<"), (finishes.latest, high, ">")):
        if bound is None:
            sheet.ax.plot([end], [place], marker=marker, color=EDGE, markersize=5 * sheet.scale, zorder=4)


def _mark(sheet: Sheet, y: float, day: When, marker: str, name: str, fill: str) -> None:
    """A mark on a day; on both ends of what it may lie between, with a line from the one to the other."""
    found = [bound.toordinal() + 0.5 for bound in (day.earliest, day.latest) if bound]
    ends = sorted(set(found))
    if ends:
        line: dict[str, Any] = {
            "color": EDGE,
            "linewidth": 0.8,
            "markersize": 4.2 * sheet.scale,
            "markerfacecolor": fill,
        }
        sheet.ax.plot(ends, [y] * len(ends), marker=marker, zorder=5, gid=name, clip_on=False, **line)


def _tell(sheet: Sheet, place: int, remark: str) -> None:
    where = sheet.ax.get_yaxis_transform()
    sheet.ax.text(0.995, place, remark, transform=where, ha="right", va="center", fontsize=SMALL * sheet.scale)


def _key(steps: Sequence[_Row], baselines: Sequence[str], known: Day | None, lang: Lang) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    met = {row.step.critical for row in steps if row.step and _has_bar(row.step)}
    found: list[tuple[Any, str]] = [
        (Patch(**look), say(_CRITICAL[it], lang)) for it, look in _LOOKS.items() if it in met
    ]
    if met:
        found.append((Patch(**_LOOKS[Truth.NO] | _VAGUE[Truth.NO]), say("perhaps", lang)))
    hollow: Mapping[str, Any] = {"color": EDGE, "linewidth": 0, "markersize": 5}
    if any(row.timing and row.timing.deadline for row in steps):
        found.append((Line2D([], [], marker="v", markerfacecolor="black", **hollow), say("last day", lang)))
    for number, label in enumerate(baselines):
        mark = _MARKS[min(number, len(_MARKS) - 1)]
        found.append((Line2D([], [], marker=mark, markerfacecolor="white", **hollow), label))
    if known and steps:
        line = Line2D([], [], color=EDGE, linestyle=":", linewidth=1.2)
        found.append((line, f"{say('known to', lang)} {known}"))
    return found
