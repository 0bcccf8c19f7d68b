"""What a type checker makes of looking things up: `make types` reads this, nothing runs it."""

from typing import assert_type

import samverkan as sv


def look_up(c: sv.Collaboration) -> None:
    """A kind gives its records, and a kind with an id the one record, each as its own type."""
    assert_type(c[sv.Grant], tuple[sv.Grant, ...])
    assert_type(c[sv.Grant, "ph-2016"], sv.Grant)
