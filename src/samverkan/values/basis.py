"""How a field is known: by which source, or derived, assumed, made up, complete or not."""

from __future__ import annotations

from samverkan.values.term import Term

__all__ = ["Mark"]


class Mark(Term):
    """How a value came to be known, where no source says it, and what is claimed of a list (grund för uppgiften)."""

    DERIVED = "derived", "uträknad"
    """Computed from other recorded facts."""
    ASSUMED = "assumed", "antagen"
    """Taken to be so; no source says it."""
    MADE = "made", "påhittad"
    """Made up for an example; never to be mixed with facts."""
    COMPLETE = "complete", "fullständig"
    """Of a list: everything is in it, so what is missing is not there."""
    PARTIAL = "partial", "ofullständig"
    """Of a list: the source itself says that there is more."""
    UNKNOWN = "unknown", "okänd"
    """Of a list: the source is silent about what is in it."""
