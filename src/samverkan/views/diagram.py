"""The dependency map as text that other programs draw: Mermaid and DOT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from samverkan.network.graph import Network, graph
from samverkan.scheduling.schedule import Schedule
from samverkan.scheduling.scheduled import Scheduled
from samverkan.values.truth import Truth
from samverkan.views.map_layout import SORTS, Box, Link, Map, mapped
from samverkan.views.words import Lang, check_lang, plain, say, say_done

__all__ = ["dot", "mermaid"]

_ARROWS = dict(zip(SORTS, ("-->", "-.->", "==>", "--o"), strict=True))
_STYLES = dict(zip(SORTS, ("solid", "dashed", "bold", "dotted"), strict=True))
_SAFE = frozenset(" ,.:-–/()'!?+=")


def mermaid(net: Network | Schedule, *, about: str | Iterable[str] = (), lang: Lang = "en") -> str:
    """The dependency map as Mermaid text (flödesschema), which many editors, wikis and forges draw where it stands.

    Boxes stand in a frame for each level, links bear their kind: a line for what must come before, a dashed one for
    what informs or contributes, a thick one for what fulfils or secures, a ring for what is owed.
    *about* narrows it to what is tied by one link to some things.
    Of a schedule, each step bears the day on which it can be done, and what is critical has a thick edge.
    The same graph gives the same text, and no text of a record can be taken for Mermaid's own signs.
    Raises `InvalidValueError` for what is no graph, `NotFoundError` for an id that is not there.

    >>> steps = [Activity(id=id, title=id.capitalize()) for id in ("forslag", "beslut")]
    >>> link = Dependency(predecessor="forslag", successor="beslut")
    >>> print(mermaid(graph(Collaboration([*steps, link]))))
    flowchart LR
      subgraph level1["level not told"]
        n1["Forslag<br/>not told whose"]
        n2["Beslut<br/>not told whose"]
      end
      n1 -->|"finish-start"| n2
    """
    check_lang(lang)
    found, steps = _mapped(net, about)
    numbers = {box.id: f"n{number}" for number, box in enumerate(found.boxes, 1)}
    lines = ["flowchart LR"]
    for number, (level, boxes) in enumerate(_levels(found), 1):
        lines.append(f"  subgraph level{number}[{_mermaid([say(level, lang)])}]")
        lines += [f"    {numbers[box.id]}[{_mermaid(_lines(box, steps, lang))}]" for box in boxes]
        lines.append("  end")
    for link in found.links:
        said = _mermaid([_said(link, lang)])
        lines.append(f"  {numbers[link.source]} {_ARROWS[link.sort]}|{said}| {numbers[link.target]}")
    lines += [f"  style {numbers[box.id]} stroke-width:3px" for box in found.boxes if _critical(box, steps)]
    return "\n".join(lines)


def dot(net: Network | Schedule, *, about: str | Iterable[str] = (), lang: Lang = "en") -> str:
    """The dependency map as DOT text (graf), for Graphviz and the many programs that read what it reads.

    As `mermaid`; the nodes bear the ids of the records.
    Raises as `mermaid` does.

    >>> steps = [Activity(id=id, title=id.capitalize()) for id in ("forslag", "beslut")]
    >>> link = Dependency(predecessor="forslag", successor="beslut", kind="informs")
    >>> print(dot(graph(Collaboration([*steps, link]))).splitlines()[-2])
      "forslag" -> "beslut" [label="informs", style="dashed"];
    """
    check_lang(lang)
    found, steps = _mapped(net, about)
    lines = [
        "digraph {",
        f"  graph [rankdir={_quoted('LR')}, label={_quoted(found.title)}];",
        f"  node [shape={_quoted('box')}];",
    ]
    for number, (level, boxes) in enumerate(_levels(found), 1):
        lines += [f"  subgraph cluster_{number} {{", f"    label={_quoted(say(level, lang))};"]
        lines += [f"    {_node(box, steps, lang)};" for box in boxes]
        lines.append("  }")
    for link in found.links:
        ends, style = f"{_quoted(link.source)} -> {_quoted(link.target)}", _quoted(_STYLES[link.sort])
        lines.append(f"  {ends} [label={_quoted(_said(link, lang))}, style={style}];")
    return "\n".join([*lines, "}"])


def _mapped(net: Network | Schedule, about: str | Iterable[str]) -> tuple[Map, dict[str, Scheduled]]:
    if isinstance(net, Schedule):
        return mapped(graph(net.collaboration), about), {step.id: step for step in net}
    return mapped(net, about), {}


def _critical(box: Box, steps: Mapping[str, Scheduled]) -> bool:
    return box.id in steps and steps[box.id].critical is Truth.YES


def _node(box: Box, steps: Mapping[str, Scheduled], lang: Lang) -> str:
    thick = f", penwidth={_quoted('3')}" if _critical(box, steps) else ""
    return f"{_quoted(box.id)} [label={_quoted(*_lines(box, steps, lang))}{thick}]"


def _levels(found: Map) -> Iterator[tuple[str, Iterator[Box]]]:
    return groupby(found.boxes, attrgetter("level"))


def _lines(box: Box, steps: Mapping[str, Scheduled], lang: Lang) -> list[str]:
    whose = ", ".join(box.owners) or ("" if box.is_told else say("not told whose", lang))
    day = [say_done(steps[box.id].earliest_finish, lang)] if box.id in steps else []
    return [box.title, *([whose] if whose else []), *day]


def _said(link: Link, lang: Lang) -> str:
    lag = f" {link.lag:+d} {say(link.unit, lang)}" if link.lag else ""
    return f"{say(link.kind, lang)}{lag}"


def _mermaid(lines: Iterable[str]) -> str:
    """Text in quotes, with every sign that could mean something to Mermaid or a browser told by its number."""
    told = ("".join(s if s.isalnum() or s in _SAFE else f"#{ord(s)};" for s in plain(line)) for line in lines)
    return f'"{"<br/>".join(told)}"'


def _quoted(*lines: str) -> str:
    """Text in quotes, in which no sign means anything to Graphviz."""
    told = (plain(line).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(told) + '"'
