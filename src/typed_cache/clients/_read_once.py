"""This is where a result is refused that its first reader would use up."""

from typing import Final

from typed_cache.errors import SerializationError

__all__ = ["PLAIN", "refuse_read_once"]

PLAIN: Final[frozenset[type]] = frozenset(
    {int, str, bytes, float, bool, type(None), list, tuple, dict, set, frozenset}
)
"""The most common types of results; nobody need ask about them."""


def refuse_read_once(value: object) -> None:
    """Refuse a generator, a coroutine, and whatever else can be read only once.

    Raises:
        SerializationError: `value` is one.

    >>> refuse_read_once([1, 2])
    """
    kind = type(value)
    if hasattr(kind, "__next__") or hasattr(kind, "__anext__") or hasattr(kind, "__await__"):
        raise SerializationError(
            f"a {kind.__qualname__} can be read only once, so it is not stored; "
            "return a list, or decorate the function that is awaited"
        )
