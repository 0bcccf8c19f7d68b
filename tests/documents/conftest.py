"""Folders and documents for the tests of `samverkan.documents`."""

from collections.abc import Callable
from pathlib import Path

import pytest

Document = Callable[..., Path]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A folder that every invented example may write in."""
    return tmp_path_factory.mktemp("documents")


@pytest.fixture
def document(tmp_path) -> Document:
    """Makes a file out of a document's text or bytes."""

    def make(content: str | bytes, name: str = "document.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make
