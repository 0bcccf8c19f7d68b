"""The tables in `data`: read as text, so that `0114` keeps its zero."""

import csv
from collections.abc import Iterator

__all__ = ["rows"]


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of one table, each as a dict from column to text.

    >>> next(rows("kommuner"))["code"]
    '0114'
    """
    from importlib.resources import files  # 10 ms, so only when a table is read

    text = files("samverkan.register").joinpath("data", f"{table}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
