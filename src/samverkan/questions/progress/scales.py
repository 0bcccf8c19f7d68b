"""`Scale`: what the words of a status say of how far a thing has come, written down as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

from samverkan.documents.toml_tables import tables, wrong_keys
from samverkan.errors import InvalidValueError
from samverkan.values.term import Term

__all__ = ["Meaning", "Scale", "scales"]


class Meaning(Term):
    """How far a thing has come, whatever the scale (läge, lika för alla skalor)."""

    DONE = "done", "klar"
    UNDER_WAY = "under way", "pågår"
    NOT_STARTED = "not started", "ej påbörjad"
    NOT_RELEVANT = "not relevant", "ej relevant"
    NOT_MEASURABLE = "not measurable", "ej mätbar"
    NOT_REPORTED = "not reported", "ej rapporterad"
    NOT_RECORDED = "not told", "framgår inte"
    """Something is reported, and what it says of how far the thing has come is not told."""


@frozen(kw_only=True)
class Scale:
    """The words of a status and what each means (skala).

    >>> scale = scales()["miljömål"]
    >>> str(scale.meaning("G")), str(scale.meaning("h")), str(scale.meaning("X"))
    ('done', 'under way', 'not told')
    """

    name: str
    """The word by which observations name it; empty for plain words."""
    title: str
    """What it is called."""
    sv: str
    """In Swedish."""
    source: str
    """Where it is described (källa)."""
    words: Mapping[str, frozenset[Meaning]]
    """Each word in small letters, and what it may mean."""

    def may_mean(self, word: str) -> frozenset[Meaning]:
        """What a word may mean, as one symbol may stand for several; nothing for one that the scale does not have."""
        return self.words.get(word.casefold().strip(), frozenset())

    def meaning(self, word: str) -> Meaning:
        """What a word means; *not told* for one that the scale does not have, and for one that may mean several things.

        >>> str(scales()["vårgårda-smileys"].meaning("partly or not measurable"))
        'not told'
        """
        may_be = self.may_mean(word)
        return next(iter(may_be)) if len(may_be) == 1 else Meaning.NOT_RECORDED


def scales(text: str | None = None) -> dict[str, Scale]:
    r"""The scales that a text in TOML writes down, by name; without one, those that the library knows (skalor).

    Raises `InvalidValueError` for what is no TOML, for a scale that is not told whole, and for a meaning there is not.

    >>> own = scales('[slutrapporten]\ntitle = "T"\nsv = "T"\nsource = ""\nmeans = { done = ["completed"] }')
    >>> str(own["slutrapporten"].meaning("Completed")), sorted(scales())[1:]
    ('done', ['malmö-pilar', 'miljömål', 'trafikljus', 'vårgårda-smileys'])
    """
    if text is None:
        return dict(_known())
    return {name: _scale(name, body) for name, body in tables(text, "scale").items()}


@cache
def _known() -> dict[str, Scale]:
    return scales(files("samverkan.questions.progress").joinpath("scales.toml").read_text(encoding="utf-8"))


def _scale(name: str, body: Any) -> Scale:
    wanted: dict[str, type] = {"title": str, "sv": str, "source": str, "means": dict}
    if wrong := wrong_keys("scale", name, body, wanted):
        raise InvalidValueError(f"{name}: {', '.join(wrong)} cannot be read", "title, sv and source are texts")
    found: dict[str, set[Meaning]] = {}
    for meaning, words in body["means"].items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise InvalidValueError(f"{name}.means.{meaning} is {words!r:.80}", 'write a list of words: ["G", "klar"]')
        for word in words:
            found.setdefault(word.casefold().strip(), set()).add(Meaning(meaning))
    return Scale(
        name=name,
        title=body["title"],
        sv=body["sv"],
        source=body["source"],
        words={word: frozenset(may_be) for word, may_be in found.items()},
    )
