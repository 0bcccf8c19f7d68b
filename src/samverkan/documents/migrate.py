"""Documents of earlier format versions, brought to the present one before they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from samverkan.documents.source_tree import Tree
from samverkan.values.names import near

__all__ = ["MIGRATIONS", "VERSION", "migrated"]

VERSION = 1
"""The format version that this library writes."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Mapping[int, Migration] = {}
"""For each earlier version, the function that makes its documents into those of the next; there is none before 1."""


def migrated(tree: Tree, migrations: Mapping[int, Migration] = MIGRATIONS, newest: int = VERSION) -> Tree:
    """The tree as the newest version has it; a version that is not known is noted, and taken to be the newest.

    What a migration moves is then placed by its nearest neighbour that stayed.
    """
    root = tree.root
    if type(root) is not dict:
        return tree
    version = root.get("samverkan")
    if type(version) is not int or not (version == newest or version in migrations):
        _refuse(tree, version, newest)
        return tree
    while version < newest:
        root = {**migrations[version](root), "samverkan": version + 1}
        version += 1
    if root is not tree.root:
        tree.marks |= {(id(root), key): mark for key in root if (mark := tree.marks.get((id(tree.root), key)))}
        tree.root = root
    return tree


def _refuse(tree: Tree, version: Any, newest: int) -> None:
    if "samverkan" not in tree.root:
        hint = near("samverkan", (str(key) for key in tree.root))
        said = f"; {hint!r} stands there" if hint else ""
        place = tree.place(())
        tree.fault(
            f"the document does not say its format version{said}",
            f"begin with 'samverkan: {newest}'",
            place.line or 1,
            1,
        )
        return
    place = tree.place(("samverkan",))
    tree.fault(
        f"format version {version!r:.40} is not known",
        f"this library reads version {newest}; a newer document needs a newer library",
        place.line or 1,
        place.column or 1,
        ("samverkan",),
    )
