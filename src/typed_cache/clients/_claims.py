"""This is where the claims on a client's keys are kept, for clients that keep none themselves.

All functions that use one client object share its claims. They live as long as the client does; a client
that cannot be referred to weakly (`__slots__` without `__weakref__`) is kept, once, with its claims.
"""

import threading
import weakref
from typing import Final, final

from typed_cache.client import Claim
from typed_cache.clients._fork import renew_after_fork
from typed_cache.clients._under_way import LoadsUnderWay

__all__ = ["Claims", "claims_of"]


@final
class Claims:
    """`LoadsUnderWay` and its lock, which a finalizer or a signal handler may enter again."""

    def __init__(self) -> None:
        self._loads = LoadsUnderWay()
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        """Begin with a new lock: in a child process the old one may be held by a thread that is no more."""
        self._lock = threading.RLock()

    def begin(self, key: str) -> Claim:
        """Return the claim of a load of `key`."""
        with self._lock:
            return self._loads.begin(key)

    def overtake(self, key: str) -> None:
        """Refuse the loads of `key` that have begun."""
        with self._lock:
            self._loads.overtake(key)

    def is_overtaken(self, claim: Claim) -> bool:
        """Whether the load that holds `claim` was overtaken."""
        with self._lock:
            return self._loads.is_overtaken(claim)

    def redeem(self, key: str, claim: Claim) -> bool:
        """Overtake the other loads of `key`; False where this one was overtaken before."""
        with self._lock:
            stands = not self._loads.is_overtaken(claim)
            self._loads.overtake(key)
        return stands


@final
class _Registry:
    """The claims of every client that has any."""

    def __init__(self) -> None:
        self._claims: dict[int, tuple[object, Claims]] = {}
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        """Begin with a new lock."""
        self._lock = threading.RLock()

    def find(self, client: object) -> Claims:
        """Return the claims of a client, new ones where it has none."""
        with self._lock:
            known = self._claims.get(id(client))
            if known is not None:
                return known[1]
            claims = Claims()
            self._claims[id(client)] = self._reference(client), claims
            return claims

    def _reference(self, client: object) -> object:
        """Return what keeps the claims: a weak reference that removes them, or the client itself."""
        identity = id(client)

        def forget(_: object) -> None:
            self._claims.pop(identity, None)

        try:
            return weakref.ref(client, forget)
        except TypeError:
            return client


_registry: Final = _Registry()


def claims_of(client: object) -> Claims:
    """Return the claims on the keys of `client`, which is told from its equals by identity."""
    return _registry.find(client)
