"""A document's plain values to bytes, the same every time, and bytes to disk, whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from samverkan.documents.source_tree import RawNumber, scalar
from samverkan.errors import InvalidValueError, WriteError

__all__ = ["emit", "encoded", "save"]

_WIDTH = 120
_YAML_1_1 = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "", "=", "<<"}
_OLDER: dict[str, Any] = yaml.SafeLoader.yaml_implicit_resolvers
_BREAKS = re.compile("[\u2028\u2029]")
_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_BASE):  # type: ignore[misc]
    """A YAML writer that quotes what YAML 1.2, or a program that still reads 1.1, would take for something else."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (replaces the base's)

    def ignore_aliases(self, _data: Any) -> bool:
        """Write everything out."""
        return True


def _text(dumper: Any, value: str) -> Any:
    older = any(form.match(value) for tag, form in _OLDER.get(value[:1], ()) if not tag.endswith("timestamp"))
    misread = older or value.lower() in _YAML_1_1 or type(scalar(value)) is not str
    style = '"' if _BREAKS.search(value) else "'" if misread or ", " in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(RawNumber, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value.text))
_Dumper.add_representer(int, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value)))
_Dumper.add_representer(
    bool, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", "true" if value else "false")
)


def emit(document: dict[str, Any], *, as_json: bool) -> bytes:
    """The bytes of a document; raises `InvalidValueError` for text that UTF-8 cannot hold."""
    return encoded(_json(document) if as_json else _yaml(document))


def encoded(text: str) -> bytes:
    """Text as UTF-8; raises `InvalidValueError` for what that cannot hold."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidValueError(
            f"the text holds the lone surrogate U+{ord(text[error.start]):04X}", "take it away"
        ) from None


def _yaml(document: dict[str, Any]) -> str:
    parts = [
        yaml.dump(
            {key: value},
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=_WIDTH,
            default_flow_style=None if type(value) is dict else False,
        )
        for key, value in document.items()
    ]
    return "".join(parts)


def _json(document: dict[str, Any]) -> str:
    """JSON with a record a line, so that two versions can be compared line by line."""
    sections = [f"  {_dumped(key)}: {_section(value)}" for key, value in document.items()]
    return "{\n" + ",\n".join(sections) + "\n}\n"


def _section(value: Any) -> str:
    if type(value) is dict:
        lines = [f"    {_dumped(key)}: {_dumped(body)}" for key, body in value.items()]
        return "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
    if type(value) is list:
        return "[\n" + ",\n".join(f"    {_dumped(body)}" for body in value) + "\n  ]" if value else "[]"
    return _dumped(value)


def _dumped(value: Any) -> str:
    return _ENCODER.encode(value)


def _default(value: Any) -> Any:
    if isinstance(value, RawNumber):
        return value.text
    raise InvalidValueError(f"{value!r:.80} cannot stand in a document", "use the types of the model")


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_default)


def save(data: bytes, path: Path) -> None:
    """Put bytes at a path, whole or not at all; raises `WriteError`, and what stood there before stays."""
    try:
        target = path.resolve()
        rights = _rights(target)
        name = target.parent / f".samverkan-{secrets.token_hex(8)}.part"
        handle = os.open(name, _FRESH, _NEW if rights is None else _OWN)
    except (OSError, ValueError, RuntimeError) as error:  # the last for links in a circle
        raise _refused(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if rights is not None:
            name.chmod(rights)
        name.replace(target)
    except BaseException as error:
        with suppress(OSError):
            name.unlink()
        if isinstance(error, OSError):
            raise _refused(path, error) from error
        raise


_FRESH = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
_NEW = 0o666
"""What a new file is asked for; the system takes away what the process's mask does."""
_OWN = 0o600
"""The rights of a file that is to have an old one's, until it is whole."""


def _rights(target: Path) -> int | None:
    """The rights of the file that is there; None where there is none.

    A link that leads to itself is left as it is by Python from 3.13, and refused here.
    """
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    with suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    return None


def _refused(path: Path, error: Exception) -> WriteError:
    return WriteError(
        f"{path} cannot be written: {getattr(error, 'strerror', None) or error}; what stood there is untouched"
    )
