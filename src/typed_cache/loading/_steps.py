"""This is where one step of a plan is put to a store."""

from typing import Any

from typed_cache.client import AsyncEntryStore, EntryStore
from typed_cache.errors import SerializationError
from typed_cache.loading._plan import Ask

__all__ = ["perform"]


def perform(step: Ask, store: EntryStore[Any] | AsyncEntryStore[Any]) -> object:
    """Ask the store, and return what it says; an async store says it in a coroutine."""
    if step.operation == "write":
        _refuse_one_shot(step.arguments[1])
    return getattr(store, step.operation)(*step.arguments)


def _refuse_one_shot(value: object) -> None:
    """Refuse a result that its first reader uses up."""
    kind = type(value)
    if hasattr(kind, "__next__") or hasattr(kind, "__anext__") or hasattr(kind, "__await__"):
        raise SerializationError(
            f"a {kind.__qualname__} can be read only once, so it is not stored; "
            "return a list, or decorate the function that is awaited"
        )
