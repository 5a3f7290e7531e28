"""This is where the claims on a client's keys are kept, for clients that keep none themselves.

All functions that use one client object share its claims. They live as long as the client does; a client
that cannot be referred to weakly (`__slots__` without `__weakref__`) is kept, once, with its claims.
"""

import threading
import weakref
from typing import Final, final

from typed_cache.client import Claim
from typed_cache.clients._memcached_fork import renew_after_fork
from typed_cache.clients._overtaken import OvertakenLog

__all__ = ["Claims", "claims_of"]


@final
class Claims:
    """An `OvertakenLog` and its lock, which a finalizer or a signal handler may enter again."""

    def __init__(self) -> None:
        self._log = OvertakenLog()
        self.renew()
        renew_after_fork(self)

    def renew(self) -> None:
        """Begin with a new lock: in a child process the old one may be held by a thread that is no more."""
        self._lock = threading.RLock()

    def issue(self) -> Claim:
        """Return a claim on any key."""
        return self._log.token()

    def retire(self, key: str) -> None:
        """Overtake the claims on `key`."""
        with self._lock:
            self._log.retire(key)

    def is_overtaken(self, key: str, claim: Claim) -> bool:
        """Whether `key` was retired since `claim` was issued."""
        with self._lock:
            return self._log.is_overtaken(key, claim)

    def redeem(self, key: str, claim: Claim) -> bool:
        """Retire `key`, the claim with it; False where others did so before."""
        with self._lock:
            overtaken = self._log.is_overtaken(key, claim)
            self._log.retire(key)
        return not overtaken


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
