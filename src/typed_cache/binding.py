"""This is where a decorated function finds its store, and finds it again when the registry has changed."""

import itertools
from collections.abc import Callable
from typing import Any, Final, NamedTuple, final
from weakref import WeakKeyDictionary

from typed_cache._shortcut import Shortcut
from typed_cache.client import AsyncEntryStore, EntryStore, ResultType
from typed_cache.clients import async_entries_of, entries_of
from typed_cache.clients._claims import claims_of
from typed_cache.errors import DecorationError
from typed_cache.factory import CHANGES, current_registration
from typed_cache.loading import Target
from typed_cache.policy import Policy
from typed_cache.registration import ClientKey, Registration, is_async

__all__ = ["Binding", "Source"]


@final
class Source(NamedTuple):
    """Where the decorator said that the client comes from; neither means the only one registered."""

    name: str | ClientKey[Any] | None
    registration: Registration | None
    """The client given by `client=`, as if it were registered."""

    policy: Policy | None
    """The decorator's own policy; it takes the place of the registration's."""

    @property
    def label(self) -> str:
        """What tells functions that share a client from those that do not."""
        if self.registration is not None:
            return f"client {_number_of(self.registration.client)}"
        return self.name.name if isinstance(self.name, ClientKey) else self.name or ""


_numbers: Final[WeakKeyDictionary[object, int]] = WeakKeyDictionary()
_next_number: Final = itertools.count(1)


def _number_of(client: object) -> int:
    """Number a client: unlike its `id`, the number is never given to another one; equal ones share it."""
    try:
        return _numbers.setdefault(client, next(_next_number))
    except Exception:  # noqa: BLE001  # it cannot be hashed or compared, whatever it says, or be referred to weakly
        return _numbers.setdefault(claims_of(client), next(_next_number))


@final
class Binding:
    """One function's store, looked up at the first call and again after any change of the registry."""

    __slots__ = ("_change", "_result", "_serves_coroutines", "_shortcut", "_source", "_target")

    def __init__(
        self,
        source: Source,
        result: Callable[[], ResultType],
        shortcut: Shortcut,
        *,
        serves_coroutines: bool,
    ) -> None:
        self._source = source
        self._result = result
        self._shortcut = shortcut
        self._serves_coroutines = serves_coroutines
        self._target: Target[Any] | None = None
        self._change = -1

    def find(self) -> Target[Any]:
        """Return the store to use now, with its policy.

        Raises:
            ClientNotFoundError: There is no such client.
            SerializerNotFoundError: The client cannot carry the function's return type.
            DecorationError: The client is async and the function is not.
        """
        target = self._target
        if target is not None and self._change == CHANGES.count:
            return target
        return self._look_up()

    def _look_up(self) -> Target[Any]:
        # The count is read first: a change in the meantime makes the next call look again.
        change = CHANGES.count
        source = self._source
        registration = source.registration or current_registration(source.name)
        target = Target(self._store(registration), source.policy or registration.policy or Policy())
        self._target, self._change = target, change
        self._shortcut.open(target, change)
        return target

    def _store(self, registration: Registration) -> EntryStore[Any] | AsyncEntryStore[Any]:
        client = registration.client
        result = self._result()
        if not is_async(client):
            return entries_of(client, result)
        if self._serves_coroutines:
            return async_entries_of(client, result)
        raise DecorationError(
            f"{result.function} is a plain function and its client, a {type(client).__qualname__}, is async. "
            "Make the function a coroutine function, or give it a client with plain methods."
        )
