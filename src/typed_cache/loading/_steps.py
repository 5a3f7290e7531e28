"""This is where one step of a plan is put to a store."""

from typing import Any

from typed_cache.client import AsyncEntryStore, EntryStore
from typed_cache.clients._read_once import refuse_read_once
from typed_cache.loading._plan import Ask

__all__ = ["perform"]


def perform(step: Ask, store: EntryStore[Any] | AsyncEntryStore[Any]) -> object:
    """Ask the store, and return what it says; an async store says it in a coroutine."""
    if step.operation == "write":
        refuse_read_once(step.arguments[1])
    return getattr(store, step.operation)(*step.arguments)
