"""What the manual is made with beyond Sphinx: names that lead somewhere, and tables read out of the library."""

from typing import Any

from _ext import aliases, catalogue, keys, names, words


def setup(app: Any) -> dict[str, bool]:
    """Tell Sphinx what each part adds."""
    for part in (names, aliases, words, keys, catalogue):
        part.setup(app)
    return {"parallel_read_safe": True}
