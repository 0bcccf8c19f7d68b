"""Writes the JSON Schema of documents into the wheel, as the classes make it; git does not hold it."""

import json
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = ("attrs", "lazy-loader", "pendulum")
"""What the classes of the records import, besides the standard library."""


class SchemaHook(BuildHookInterface[Any]):
    """Builds `samverkan/documents/schema-1.json`; an editable install goes without, `samverkan schema` prints it."""

    def dependencies(self) -> list[str]:
        """Name what the build must install first, with the bounds that the library sets."""
        return [one for one in self.metadata.core.dependencies if one.startswith(NEEDED)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the schema and add it to what goes into the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root, "src")))
        from samverkan.documents.migrate import VERSION
        from samverkan.documents.schema import schema

        name = f"schema-{VERSION}.json"
        made = Path(self.root, "build", name)
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(json.dumps(schema(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        build_data["force_include"][str(made)] = f"samverkan/documents/{name}"
