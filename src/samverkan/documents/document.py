"""Documents in and out: `read`, `inspect` and `write`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from samverkan.documents.columnar import read_quickly
from samverkan.documents.compose import compose
from samverkan.documents.emit import emit, save
from samverkan.documents.layout import lay_out, shorthand_in
from samverkan.documents.migrate import migrated
from samverkan.documents.parse import LARGEST, parse
from samverkan.documents.structure import Work, about
from samverkan.errors import DocumentError, Fault, IntegrityError, InvalidValueError, MergeConflictError, Place
from samverkan.model.change import combined
from samverkan.model.collaboration import Collaboration, assembled, check_collaboration
from samverkan.model.integrity import faults_of, group_faults, identity_faults
from samverkan.model.kinds import KINDS
from samverkan.model.party import Actor, Group
from samverkan.model.reference import references_of
from samverkan.model.source import ExternalRecord
from samverkan.values.bulk import collector_paused
from samverkan.values.identity import is_id

__all__ = ["Reading", "inspect", "read", "write"]

_PIECE = 1 << 20
_SUFFIXES = {".yaml", ".yml", ".json"}

PathText = str | PathLike[str]


@frozen
class Reading:
    """What could be read of a document, and everything that was wrong with it.

    Records that are faulty are left out; where another record names one, an `ExternalRecord` stands in its place.
    """

    collaboration: Collaboration
    """The records without fault."""
    faults: tuple[Fault, ...]
    """Every fault, in the order of the documents."""


def read(*paths: PathText, kinds: Sequence[type] = KINDS) -> Collaboration:
    """Read a collaboration from documents: one or several files, or folders of them, YAML or JSON (läs in).

    Strict: an unknown key, a wrong type, an id used twice, a reference to nothing are faults, never guesses.
    *kinds* are the classes of record that may occur; give `(*sv.KINDS, YourOwn)` to add one.
    Raises one `DocumentError` with every fault, its line and its remedy; nothing else happens then.

    >>> read("examples/norrtalje_2023.yaml")
    <Collaboration 'norrtalje-2023' · 64 records · 25 Process · 12 Actor · 4 Observation · 4 Source>
    """
    files, faults = _files(paths)
    with collector_paused():
        if not faults and (quick := read_quickly(files, _kinds(kinds))) is not None:
            return quick
        found = _gather(files, _kinds(kinds), places=False)
        if faults or found.faults:
            found = _gather(files, _kinds(kinds), places=True)
    if faults or found.faults:
        raise DocumentError((*faults, *found.faults))
    return found.collaboration


def inspect(*paths: PathText, kinds: Sequence[type] = KINDS) -> Reading:
    """Read what can be read, and list every fault beside it instead of raising (granska).

    >>> reading = inspect("examples/norrtalje_2023.yaml")
    >>> len(reading.faults), len(reading.collaboration)
    (0, 64)
    """
    files, faults = _files(paths)
    with collector_paused():
        found = _gather(files, _kinds(kinds), places=True)
    return evolve(found, faults=(*faults, *found.faults))


def write(collaboration: Collaboration, path: PathText) -> None:
    """Write a collaboration as a document, YAML or JSON by the ending of its name (skriv ut).

    The same collaboration gives the same bytes, every time. The file is written beside the old one and then put in its
    place, so that a crash or a full disk leaves the old one whole.
    Raises `InvalidValueError` for what no document can hold, `WriteError` when the disk refuses.
    Comments of a document that was read are not kept.

    >>> kson = read("examples/norrtalje_2023.yaml")
    >>> write(kson, "copy.json")
    >>> read("copy.json") == kson
    True
    """
    check_collaboration(collaboration)
    target = _path(path)
    if target.suffix.lower() not in _SUFFIXES:
        raise InvalidValueError(f"{target.name!r} has no known ending", "name it .yaml or .json")
    with collector_paused():
        data = emit(compose(collaboration), as_json=target.suffix.lower() == ".json")
    save(data, target)


def _path(value: PathText) -> Path:
    try:
        return Path(value)
    except TypeError:
        remedy = "give the paths one by one" if isinstance(value, list | tuple | set) else "give the name of a file"
        raise InvalidValueError(f"{value!r:.60} is no path", remedy) from None


def _kinds(value: Iterable[type]) -> tuple[type, ...]:
    if isinstance(value, Iterable):
        return tuple(value)
    raise InvalidValueError(f"{value!r:.60} is no list of kinds", "give (*sv.KINDS, YourOwn)")


def _files(paths: Sequence[PathText]) -> tuple[list[tuple[str, bytes]], list[Fault]]:
    """The documents with their bytes, and what could not be read."""
    documents: list[Path] = []
    found: list[tuple[str, bytes]] = []
    faults = [] if paths else [Fault("there is nothing to read", "give a file or a folder")]
    for path in map(_path, paths):
        with _noting(faults, path):
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in _SUFFIXES) if path.is_dir() else [path]
            if not inside:
                said = "the folder holds no document"
                faults.append(Fault(said, "a document ends in .yaml or .json", Place(str(path))))
            documents += inside
    for path in documents:
        with _noting(faults, path), path.open("rb") as file:
            pieces = islice(iter(partial(file.read, _PIECE), b""), LARGEST // _PIECE + 1)
            found.append((str(path), b"".join(pieces)))
    return found, faults


@contextmanager
def _noting(faults: list[Fault], path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        faults.append(Fault(f"the file cannot be read: {reason}", "check the path", Place(str(path))))


def _gather(files: list[tuple[str, bytes]], kinds: tuple[type, ...], *, places: bool) -> Reading:
    trees = [migrated(parse(data, name, places=places)) for name, data in files]
    layouts = [lay_out(tree, kinds, shorthand=shorthand_in(data)) for tree, (_, data) in zip(trees, files, strict=True)]
    works = [Work(layout, collect=places) for layout in layouts]
    if not places and any(tree.faults or layout.faults for tree, layout in zip(trees, layouts, strict=True)):
        return Reading(Collaboration(), tuple(chain.from_iterable(_said(work) for work in works)))
    for work in works:
        work.pull()
    sources = {id for work in works for id in work.sources}
    for work in works:
        work.run(sources)
    return _joined(works, collect=places)


def _said(work: Work) -> list[Fault]:
    return [*work.layout.tree.faults, *work.layout.faults, *work.faults]


def _joined(works: list[Work], *, collect: bool) -> Reading:
    faults = [fault for work in works for fault in _said(work)]
    places = _places(works)
    records: Any = tuple(chain.from_iterable(work.records for work in works))
    try:
        records = combined(records) if len(works) > 1 else records
    except MergeConflictError as error:
        faults += [evolve(fault, place=places(fault.record) or fault.place) for fault in error.faults]
        records = tuple({record.id: record for work in works for record in work.records}.values())
    told = about(works) | {"places": places}
    if not collect:
        try:
            return Reading(assembled(() if faults else records, **told), tuple(faults))
        except IntegrityError as error:
            return Reading(Collaboration(), error.faults)
    refused = {id: kind for work in works for id, kind in (work.layout.refused | work.broken).items()}
    faults += _unsound(works, records, refused, {fault.record for fault in faults})
    if not faults:
        try:
            return Reading(assembled(records, **told), ())
        except IntegrityError as error:
            faults += [evolve(fault, place=places(fault.record) or fault.place) for fault in error.faults]
    kinds = {record.id: type(record) for record in records}
    bad = {fault.record: kinds[fault.record] for fault in faults if fault.record in kinds}
    once = {(fault.place, fault.message): fault for fault in reversed(faults)}
    return Reading(_whole(records, refused | bad, told), tuple(sorted(once.values(), key=_in_order)))


def _places(works: list[Work]) -> Callable[[str], Place | None]:
    """Where the records of all documents are written, looked up when somebody asks."""
    homes: dict[str, Work] = {}
    for work in works:
        homes = dict.fromkeys(work.paths, work) | homes
    return lambda id: homes[id].place(id, "") if id in homes else None


def _unsound(works: list[Work], records: tuple[Any, ...], refused: dict[str, type], told: set[str]) -> list[Fault]:
    """What does not hold between the records, those with other faults included as far as they could be read."""
    by_id = _stand_ins(refused) | {record.id: record for record in records}
    suspects = [*records, *chain.from_iterable(work.partial for work in works)]
    fresh = [
        r for r in records if r.id not in told and told.isdisjoint(id for f in references_of(r) for id in f.ids(r))
    ]
    found = [*identity_faults(fresh), *faults_of(suspects, by_id), *group_faults(by_id)]
    placed = {id: work for work in works for id in work.paths}
    return [_placed(f, placed) for f in found if not (f.field == "count" and _may_hold(f, refused, by_id))]


def _stand_ins(refused: dict[str, type]) -> dict[str, Any]:
    return {id: ExternalRecord(id=id, kind=kind.__name__) for id, kind in refused.items()}


def _whole(records: tuple[Any, ...], bad: dict[str, type], about: dict[str, Any]) -> Collaboration:
    """The good records, with an `ExternalRecord` for each bad one that they name."""
    while True:
        good = [record for record in records if record.id not in bad]
        wanted = {id for record in good for reference in references_of(record) for id in reference.ids(record)}
        stand_ins = _stand_ins({id: kind for id, kind in bad.items() if id in wanted and is_id(id)})
        try:
            return assembled([*good, *stand_ins.values()], **about)
        except IntegrityError as error:
            found = {fault.record for fault in error.faults}
            more = {record.id: type(record) for record in good if record.id in found}
            bad = bad | (more or {record.id: type(record) for record in good})


def _placed(fault: Fault, works: dict[str, Work]) -> Fault:
    work = works.get(fault.record)
    return evolve(fault, place=work.place(fault.record, fault.field)) if work else fault


def _may_hold(fault: Fault, refused: dict[str, type], by_id: dict[str, Any]) -> bool:
    """Whether the count of a group may hold, since somebody who may be in it was refused."""
    todo, seen = [fault.record], {""}
    while todo:
        id = todo.pop()
        group = by_id.get(id)
        if refused.get(id) is Group or (type(group) is Group and group.every and Actor in refused.values()):
            return True
        if type(group) is Group and id not in seen:
            seen.add(id)
            todo += group.of
    return False


def _in_order(fault: Fault) -> tuple[Any, ...]:
    place = fault.place
    return place.file, place.line or 0, place.column or 0, place.path, fault.message
