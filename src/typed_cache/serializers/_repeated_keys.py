"""JSON objects in which one key stands twice: every reader would pick a value of its own."""

import json
from typing import Any

__all__ = ["free_of_repeated_keys", "unique"]


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the dict of an object's pairs: an `object_pairs_hook` for `json.loads`.

    Raises:
        ValueError: A key stands twice.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is repeated")
    return found


def free_of_repeated_keys(data: bytes, again: bytes) -> bool:
    """Whether JSON text repeats no key; `again` is how its value is written, which most texts equal."""
    if data != again:
        json.loads(data, object_pairs_hook=unique)
    return True
