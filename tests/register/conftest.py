"""Where the reference collection lies, for those who have it: beside the repository."""

import csv
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[3] / "shared" / "domain" / "reference"


@pytest.fixture
def reference():
    """Reads a table of the collection that the register's data were made from."""

    def read(table):
        path = REFERENCE / f"{table}.csv"
        if not path.is_file():
            pytest.skip("the reference collection is not beside the repository")
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
