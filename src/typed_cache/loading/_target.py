"""This is where a load is told what it works on: a store, and the policy that goes with it."""

from typing import Any, Generic, NamedTuple, TypeVar, final

from typed_cache.client import AsyncEntryStore, EntryStore
from typed_cache.policy import Policy

__all__ = ["Target"]

StoreT = TypeVar("StoreT", bound=EntryStore[Any] | AsyncEntryStore[Any])


@final
class Target(NamedTuple, Generic[StoreT]):
    """The store that a function uses right now, and the policy that stands with it."""

    store: StoreT
    policy: Policy
