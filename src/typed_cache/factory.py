"""The registry: clients by name, and the one factory that decorators look them up in."""

import contextlib
import threading
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol, TypeVar, final, overload
from weakref import WeakSet

from typing_extensions import override as overrides

from typed_cache.client import AsyncCacheClient, CacheClient
from typed_cache.clients._fork import renew_after_fork
from typed_cache.errors import ClientExistsError, ClientNotFoundError
from typed_cache.policy import Policy
from typed_cache.registration import AnyClient, ClientKey, Registration, is_async, name_of, require_client

__all__ = ["CHANGES", "CacheClientFactory", "current_registration", "use_factory"]

T = TypeVar("T")


@final
class CacheClientFactory:
    """Clients by name.

    Registrations may come after the functions that use them: a decorated function looks its client up
    when it is called, and again when a registration has changed.

    >>> from typed_cache import CacheClientRam
    >>> factory = CacheClientFactory()
    >>> factory.register("ram", CacheClientRam[int](max_entries=100))
    >>> factory.get() is factory.get("ram") is factory["ram"]
    True
    >>> factory.get("disk") is None
    True
    """

    def __init__(self) -> None:
        self._registrations: dict[str, Registration] = {}

    @overload
    def register(
        self,
        name: ClientKey[T],
        client: CacheClient[T] | AsyncCacheClient[T],
        *,
        policy: Policy | None = None,
    ) -> None: ...
    @overload
    def register(
        self, name: str, client: CacheClient[Any] | AsyncCacheClient[Any], *, policy: Policy | None = None
    ) -> None: ...
    def register(
        self, name: str | ClientKey[Any], client: AnyClient, *, policy: Policy | None = None
    ) -> None:
        """Add `client` under `name`; `policy` holds for every function that uses it and brings none.

        An async client serves coroutine functions.

        Raises:
            ClientExistsError: The name is taken. `override` puts another client in its place for a test.
            TypeError: The object lacks one of the three methods of `CacheClient`.
        """
        text = name_of(name)
        if text in self._registrations:
            raise ClientExistsError(
                f"A client is registered under {text!r} already. Choose another name; in a test, "
                f"`with factory.override({text!r}, client):` replaces it for a while."
            )
        require_client(client)
        self._registrations[text] = Registration(client, policy)
        CHANGES.note()

    @overload
    def get(self, name: ClientKey[T]) -> CacheClient[T] | None: ...
    @overload
    def get(self, name: str | None = None) -> CacheClient[Any] | None: ...
    def get(self, name: str | ClientKey[Any] | None = None) -> CacheClient[Any] | None:
        """Return the client registered under `name`, or None.

        Without a name, return the only client, or None where none or several are registered. An async
        client is not found here: `get_async` returns it.
        """
        found = self._find(name)
        return found.client if found is not None and not is_async(found.client) else None

    @overload
    def get_async(self, name: ClientKey[T]) -> AsyncCacheClient[T] | None: ...
    @overload
    def get_async(self, name: str | None = None) -> AsyncCacheClient[Any] | None: ...
    def get_async(self, name: str | ClientKey[Any] | None = None) -> AsyncCacheClient[Any] | None:
        """Return the async client registered under `name`, or None; without a name, the only client."""
        found = self._find(name)
        return found.client if found is not None and is_async(found.client) else None

    @overload
    def __getitem__(self, name: ClientKey[T]) -> CacheClient[T]: ...
    @overload
    def __getitem__(self, name: str) -> CacheClient[Any]: ...
    def __getitem__(self, name: str | ClientKey[Any]) -> CacheClient[Any]:
        client = self.get(name)
        if client is None:
            raise self._not_found(name)
        return client

    def __contains__(self, name: str | ClientKey[Any]) -> bool:
        return name_of(name) in self._registrations

    def __iter__(self) -> Iterator[str]:
        """Iterate over the registered names, in the order of registration."""
        return iter(tuple(self._registrations))

    def __len__(self) -> int:
        return len(self._registrations)

    @overrides
    def __repr__(self) -> str:
        return f"<CacheClientFactory {_listed(self._registrations)}>"

    def unregister(self, name: str | ClientKey[Any]) -> None:
        """Take a client out; it is not closed.

        Raises:
            ClientNotFoundError: No client is registered under that name.
        """
        if self._registrations.pop(name_of(name), None) is None:
            raise self._not_found(name)
        CHANGES.note()

    def override(
        self, name: str | ClientKey[Any], client: AnyClient, *, policy: Policy | None = None
    ) -> AbstractContextManager[None]:
        """Put `client` in the place of whatever stands under `name`, for the length of a `with` block.

        >>> from typed_cache import CacheClientRam, NullClient
        >>> factory = CacheClientFactory()
        >>> factory.register("ram", CacheClientRam[int]())
        >>> with factory.override("ram", NullClient()):
        ...     type(factory["ram"]).__name__
        'NullClient'
        """
        require_client(client)
        return self._overridden(name_of(name), Registration(client, policy))

    @contextlib.contextmanager
    def _overridden(self, name: str, registration: Registration) -> Generator[None]:
        before = self._registrations.get(name)
        self._registrations[name] = registration
        CHANGES.note()
        try:
            yield
        finally:
            if before is None:
                self._registrations.pop(name, None)
            else:
                self._registrations[name] = before
            CHANGES.note()

    def registration(self, name: str | ClientKey[Any] | None) -> Registration:
        """Return what a decorated function needs: the client with its policy.

        Raises:
            ClientNotFoundError: There is none of that name, or none was named and there is not just one.
        """
        found = self._find(name)
        if found is None:
            raise self._not_found(name)
        return found

    def _find(self, name: str | ClientKey[Any] | None) -> Registration | None:
        if name is not None:
            return self._registrations.get(name_of(name))
        registrations = tuple(self._registrations.values())
        return registrations[0] if len(registrations) == 1 else None

    def _not_found(self, name: str | ClientKey[Any] | None) -> ClientNotFoundError:
        names = tuple(self._registrations)
        if name is None and len(names) > 1:
            text = f"Several clients are registered: {_listed(names)}. Say which with cache_client_name=."
        elif name is None:
            text = (
                "No client is registered. Before the first call: factory.register('ram', CacheClientRam())."
            )
        else:
            import difflib  # noqa: PLC0415  # few names are wrong

            close = difflib.get_close_matches(name_of(name), names, 1)
            offer = f" Did you mean {close[0]!r}?" if close else ""
            text = f"No client is registered under {name_of(name)!r}; registered: {_listed(names)}.{offer}"
        return ClientNotFoundError(text, names)


def _listed(names: Collection[str]) -> str:
    return ", ".join(map(repr, names)) or "none"


class Closable(Protocol):
    """A way to a client that does not ask the registry."""

    def close(self) -> None:
        """Lead nowhere."""


@final
class Changes:
    """Which factory is current, and how often any registration changed."""

    def __init__(self) -> None:
        self.count: int = 0
        self.factory: CacheClientFactory | None = None
        self._open: WeakSet[Closable] = WeakSet()
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        """Begin with a new lock: in a child process the old one may be held by a thread that is no more."""
        self._lock = threading.RLock()

    def note(self) -> None:
        """Make every decorated function look its client up again."""
        with self._lock:
            self.count += 1
            shortcuts = list(self._open)
            self._open.clear()
            for shortcut in shortcuts:
                shortcut.close()

    def open(self, shortcut: Closable, change: int, lead: Callable[[], object]) -> None:
        """Call `lead`, and close `shortcut` at the next change; neither if there was one since `change`."""
        with self._lock:
            if self.count == change:
                self._open.add(shortcut)
                lead()


CHANGES: Final = Changes()
"""Its `count` is another one after every change: whoever keeps a client compares it."""


def use_factory(factory: CacheClientFactory | None) -> None:
    """Make `factory` the one that decorated functions look their clients up in."""
    CHANGES.factory = factory
    CHANGES.note()


def current_registration(name: str | ClientKey[Any] | None) -> Registration:
    """Return the registration in the current factory.

    Raises:
        ClientNotFoundError: There is no factory, or no such client in it.
    """
    if CHANGES.factory is None:
        raise ClientNotFoundError(
            "No factory is set, so there are no clients to look up. Before the first call: "
            "Cache.set_cache_factory(factory); or give the decorator its own client=."
        )
    return CHANGES.factory.registration(name)
