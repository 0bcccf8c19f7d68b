"""A laid-out document to records: structured, completed from the register, its faults placed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set as AbstractSet
from contextlib import suppress
from typing import Any

from attrs import define, field

from samverkan.documents.convert import converter, structuring
from samverkan.documents.fault_messages import MISSING, reasons
from samverkan.documents.layout import Entry, Layout
from samverkan.documents.scalars import check_name, short, text
from samverkan.errors import Fault, InvalidValueError, NotFoundError, Place
from samverkan.model.change import earliest, joined
from samverkan.model.party import Actor
from samverkan.model.source import ExternalRecord, Source, grounds
from samverkan.values.day import Day, day
from samverkan.values.names import near

__all__ = ["Work", "about"]


@define
class Work:
    """One document's way from entries to records."""

    layout: Layout
    collect: bool
    """Whether to go on after a fault and find every other; else the first is enough."""
    records: list[Any] = field(factory=list)
    faults: list[Fault] = field(factory=list)
    broken: dict[str, type] = field(factory=dict)
    known: Day | None = None
    pulled: dict[str, Any] = field(factory=dict)
    paths: dict[str, tuple[Any, ...]] = field(factory=dict)
    unpulled: set[str] = field(factory=set)
    """The ids of bodies that a line which was refused may have been meant to bring."""
    partial: list[Any] = field(factory=list)
    """Faulty records without their faulty fields, so that the rest of them can be checked."""

    def pull(self) -> None:
        """Check the header, and bring the bodies that it takes out of the register."""
        self._header()
        self.pulled = self._pulled()

    @property
    def sources(self) -> set[str]:
        """The ids that the document's source may have."""
        kinds = (Source, ExternalRecord)
        return {*self.pulled, *(entry.id for entry in self.layout.entries if entry.form.kind in kinds)}

    def run(self, sources: AbstractSet[str]) -> None:
        """Make the records; *sources* are those of all documents that are read together."""
        source = self.text("source")
        if source and source not in sources:
            hint = near(source, sources)
            remedy = f"did you mean {hint!r}?" if hint else "add it to 'sources'"
            self._fault(f"no Source has the id {source!r:.100}", remedy, ("source",))
            source = ""
        pulled = self.pulled
        seen: set[str] = set()
        for entry in self.layout.entries:
            old = None if entry.parent else pulled.get(entry.id)
            ready = self._onto(old, entry) if old is not None else entry
            if ready is not None and self._make(ready, source if old is None else "", seen) and old is not None:
                del pulled[entry.id]
            if self.faults and not self.collect:
                return
        self.records += pulled.values()

    def text(self, key: str) -> str:
        """A text of the header, or nothing."""
        value = self.layout.header.get(key, "")
        return value if type(value) is str else ""

    def place(self, record: str, name: str) -> Place:
        """Where a field of a record stands."""
        inner = tuple(part for part in name.split(".") if part)
        return self.layout.tree.place((*self.paths.get(record, ()), *inner))

    def _header(self) -> None:
        header = self.layout.header
        checks: dict[str, Callable[[str], Any]] = {"id": check_name, "title": text, "source": short, "known": day}
        for key, check in checks.items():
            if key in header:
                try:
                    value = check(header[key] if key == "title" else short(header[key]))
                except InvalidValueError as error:
                    self._fault(error.message, error.remedy, (key,))
                    del header[key]
                else:
                    self.known = value if isinstance(value, Day) else self.known

    def _pulled(self) -> dict[str, Any]:
        wanted = self.layout.header.get("use", [])
        if wanted == []:
            return {}
        from samverkan.register import ids, pull  # the register is read only when a document uses it

        found: dict[str, Any] = {}
        for index, line in enumerate(wanted if type(wanted) is list else [wanted]):
            path = ("use", index)
            try:
                brought = {record.id: record for record in pull(short(line))}
            except (InvalidValueError, NotFoundError) as error:
                self._fault(error.message, error.remedy, path)
                self.unpulled |= {*ids(), str(line).rpartition(" as ")[2], str(line).rpartition(" som ")[2]}
            else:
                for id in sorted(id for id in brought.keys() & found.keys() if brought[id] != found[id]):
                    self._fault(f"another line has brought another {id!r}", "give one of them an id with 'as'", path)
                found = brought | found
                self.paths |= dict.fromkeys(brought.keys() - self.paths.keys(), path)
        self.broken |= dict.fromkeys(self.unpulled - found.keys(), Actor)
        return found

    def _onto(self, old: Any, entry: Entry) -> Entry | None:
        """What a document adds to a body of the register; it may add, and never contradict."""
        base = converter().unstructure(old)
        added = {key: value for key, value in entry.body.items() if key != "id"}
        if entry.form.kind is not type(old):
            self._fault(f"the register has {entry.id!r} as {type(old).__name__}", "choose another id", entry.path)
            return None
        if not added:
            return None
        against = [key for key in sorted(added.keys() & base.keys()) if _denies(base | {key: added[key]}, old)]
        for key in against:
            message = f"the register says {base[key]!r:.80}, not {added[key]!r:.80}"
            self._fault(message, "leave it out, or use another id", (*entry.path, key))
        return None if against else entry._replace(body=base | added)

    def _make(self, entry: Entry, source: str, seen: set[str]) -> bool:
        body = entry.body
        if source and entry.form.sourced and "source" not in body:
            body = {**body, "source": source}
        try:
            record: Any = structuring(entry.form.kind)(body, entry.form.kind)
        except Exception as error:  # noqa: BLE001 (whatever a class of the user's raises is told with its place)
            self._refuse(entry, body, error)
            return False
        told = len(self.faults)
        self._check_words(entry, record)
        if len(self.faults) > told:
            self._lose(record.id, entry)
            return False
        if record.id in seen or (not entry.id and record.id in self.pulled):
            first = self.layout.tree.place(self.paths[record.id])
            said = f", first on line {first.line}" if first.line else ""
            self._fault(
                f"the id {record.id!r} is used twice{said}", "give one of the two another id", entry.path, record.id
            )
            return False
        seen.add(record.id)
        self.records.append(record)
        self.paths[record.id] = entry.path
        return True

    def _check_words(self, entry: Entry, record: Any) -> None:
        """Names in a record that are no references: the fields of its basis, the kind that it stands for."""
        form = entry.form
        known = form.keys | form.children.keys() | form.inline_keys
        for ground in grounds(record) if "basis" in entry.body else ():
            if ground.field and ground.field.partition(".")[0] not in known:
                self._unknown(ground.field, known, "field", (*entry.path, "basis", ground.field))
        if type(record) is ExternalRecord:
            self._unknown(record.kind, {kind.__name__ for kind in self.layout.kinds}, "kind", (*entry.path, "kind"))

    def _unknown(self, word: str, known: AbstractSet[str], what: str, path: tuple[Any, ...]) -> None:
        if word not in known:
            hint = near(word, sorted(known))
            remedy = f"did you mean {hint!r}?" if hint else f"{what}s: {', '.join(sorted(known))}"
            self._fault(f"there is no {what} {word!r:.80}", remedy, path)

    def _refuse(self, entry: Entry, body: dict[str, Any], error: Exception) -> None:
        form = entry.form
        found = tuple(reasons(error, more=form.children.keys() | form.inline_keys))
        if entry.id in self.unpulled and form.kind is Actor:  # the register would have told the rest
            found = tuple(reason for reason in found if reason[2] != MISSING)
        for path, message, remedy in found:
            where = (*entry.path, *path)
            if path[:1] == (form.inline,) and not self.layout.tree.is_written(where[: len(entry.path) + 2]):
                where = (*entry.path, *path[1:])  # the key stands among the record's own
            self._fault(message, remedy, where, "" if entry.id in self.pulled else entry.id)
        faulty = {str(path[0]).rstrip("_") for path, _, _ in found if path}
        id = entry.id
        with suppress(Exception):
            sound = {key: value for key, value in body.items() if key not in faulty}
            self.partial.append(structuring(form.kind)(sound, form.kind))
            id = self.partial[-1].id
        self._lose(id, entry)

    def _lose(self, id: str, entry: Entry) -> None:
        """Remember a record that is refused, as what it stands for if that can be told."""
        kind = entry.form.kind
        if kind is ExternalRecord:
            kind = next((one for one in self.layout.kinds if one.__name__ == entry.body.get("kind")), kind)
        if id and id not in self.paths:
            self.broken[id] = kind
            self.paths[id] = entry.path

    def _fault(self, message: str, remedy: str, path: tuple[Any, ...], record: str = "") -> None:
        if not self.layout.tree.is_refused(path):
            self.faults.append(Fault(message, remedy, self.layout.tree.place(path), record))


def about(works: Iterable[Work]) -> dict[str, Any]:
    """What documents that are read together say of the whole: its id, its title, the day of its knowledge."""
    works = list(works)
    return {
        **{key: _named([work.text(key) for work in works]) for key in ("id", "title")},
        "known": earliest(work.known for work in works),
    }


def _named(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else joined(texts)


def _denies(body: dict[str, Any], old: Any) -> bool:
    """Whether fields say other than a record; what cannot be read is told when the whole is."""
    kind: Any = type(old)
    with suppress(Exception):
        return bool(structuring(kind)(body, kind) != old)
    return False
