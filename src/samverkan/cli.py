"""The command line: `samverkan check|show|convert|schema`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from samverkan.documents.convert import converter
from samverkan.documents.document import read, write
from samverkan.documents.emit import emit
from samverkan.documents.schema import schema
from samverkan.errors import DocumentError, SamverkanError, WriteError
from samverkan.model.reference import plural
from samverkan.rules.check import RULES, check
from samverkan.values.finding import Findings, Severity, Skipped
from samverkan.values.text import Language, Phrase, Wording, counted

__all__ = ["main", "run"]

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives 0 when all is clean, 1 when there are findings, 2 when something cannot be read."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except DocumentError as error:
        print("\n".join(map(str, error.faults)), file=sys.stderr)
    except SamverkanError as error:
        print(error, file=sys.stderr)
    return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="samverkan", description="Check, show and convert documents.")
    commands = parser.add_subparsers(required=True, metavar="check|show|convert|schema")

    checking = commands.add_parser("check", help="what is wrong or unwise in documents")
    checking.add_argument("paths", nargs="+", metavar="FILE")
    checking.add_argument("--language", choices=("en", "sv"), default="en", help="of the findings")
    weights = [*map(str, Severity)]
    checking.add_argument("--least", choices=weights, default=weights[-1], help="what weighs less is passed over")
    checking.set_defaults(run=_check)

    showing = commands.add_parser("show", help="what documents hold, or one record of them")
    showing.add_argument("paths", nargs="+", metavar="FILE")
    showing.add_argument("--id", help="the record to show, with who points at it")
    showing.set_defaults(run=_show)

    converting = commands.add_parser("convert", help="write a document as YAML or JSON, in its canonical form")
    converting.add_argument("paths", nargs="+", metavar="FILE")
    converting.add_argument("target", metavar="TARGET")
    converting.add_argument("--force", action="store_true", help="replace the target if it is there")
    converting.set_defaults(run=_convert)

    telling = commands.add_parser("schema", help="the JSON Schema of documents")
    telling.set_defaults(run=_schema)
    return parser


def _check(given: argparse.Namespace) -> int:
    collaboration = read(*given.paths)
    all_findings = check(collaboration)
    ranks = list(Severity)[: 1 + list(Severity).index(Severity(given.least))]
    findings = Findings(tuple(finding for finding in all_findings if finding.severity in ranks))
    if findings:
        print(findings.text(given.language))
    counts = [counted(len(findings.of(severity=severity)), *_NOUNS[severity]) for severity in ranks]
    print(Phrase.joined(counts).text(given.language))
    asked = [rule.name for rule in RULES if rule.severity in ranks and rule.applies_to(collaboration)]
    _list_skipped([skipped for skipped in all_findings.skipped if skipped.rule in asked], given.language)
    return FINDINGS if findings else CLEAN


def _list_skipped(skipped: Sequence[Skipped], language: Language) -> None:
    """List the rules that could not be applied everywhere, though there are records of their kind, and why."""
    if not skipped:
        return
    count = counted(len({one.rule for one in skipped}), ("rule", "rules"), ("regel", "regler"))
    print(_NOT_APPLIED(rules=count).text(language))
    for one in skipped:
        print(f"  {one.rule}: {one.reason.text(language)}")


_NOT_APPLIED = Wording("{rules} could not be applied in full:", "{rules} kunde inte tillämpas fullt ut:")


_NOUNS = {
    Severity.ERROR: (("error", "errors"), ("fel", "fel")),
    Severity.WARNING: (("warning", "warnings"), ("varning", "varningar")),
    Severity.NOTE: (("note", "notes"), ("upplysning", "upplysningar")),
}


def _show(given: argparse.Namespace) -> int:
    collaboration = read(*given.paths)
    if given.id:
        record = collaboration[given.id]
        section = {plural(record.__class__): {given.id: converter().unstructure(record)}}
        print(emit(section, as_json=False).decode(), end="")
        for pointer in collaboration.pointing_at(given.id):
            print(f"  ← {pointer.record} ({pointer.relation})")
        return CLEAN
    print(repr(collaboration))
    for kind in collaboration.kinds:
        print(f"{kind.__name__:<14} {len(collaboration[kind])}")
    return CLEAN


def _convert(given: argparse.Namespace) -> int:
    if Path(given.target).is_file() and not given.force:
        raise WriteError(f"{given.target} is there already; say --force to replace it, comments and all")
    write(read(*given.paths), given.target)
    return CLEAN


def _schema(_given: argparse.Namespace) -> int:
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return CLEAN


def run() -> NoReturn:
    """Run the command line of this process, and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a letter that the terminal lacks is no crash
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader has seen enough
        sys.stdout = None
        sys.exit(CLEAN)
