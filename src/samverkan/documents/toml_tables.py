"""What is written down as data in TOML: a table for each regime, form or scale."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from samverkan.errors import InvalidValueError

__all__ = ["tables", "wrong_keys"]


def tables(text: object, one: str) -> dict[str, Any]:
    r"""The tables of a text in TOML by their names; *one* is what each of them is.

    Raises `InvalidValueError` for what is no TOML, and for a text without a table.

    >>> tables("[G]\nsv = 'klar'", "scale")
    {'G': {'sv': 'klar'}}
    """
    try:
        read = tomllib.loads(text if isinstance(text, str) else "")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidValueError(f"the {one}s are no TOML: {error}", f"write a table for each {one}") from None
    if not read:
        raise InvalidValueError(f"there is no {one} in {text!r:.80}", "write a table for each, in TOML")
    return read


def wrong_keys(one: str, name: str, body: Any, wanted: Mapping[str, type]) -> list[str]:
    """The keys of a table whose values are not of the type that is wanted.

    Raises `InvalidValueError` where it has not just the keys that are wanted.

    >>> wrong_keys("form", "f", {"title": 5}, {"title": str})
    ['title']
    """
    if not isinstance(body, dict) or body.keys() != wanted.keys():
        raise InvalidValueError(f"the {one} {name!r} is not told whole", f"it needs {', '.join(wanted)}, and no more")
    return [key for key, kind in wanted.items() if not isinstance(body[key], kind)]
