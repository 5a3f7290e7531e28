"""This is where a client knows which loads are under way, so that what overtakes one can tell it.

The claim that a loader holds is the record: the client refers to it weakly, so a load that ends, however it
ends, leaves nothing behind, and a load that takes long is refused only for its own key's sake.

Call everything under the lock that guards the values: whether a claim stands and the store that follows
from it must be one step. A finalizer or a signal handler may come in between on the same thread; a claim
that it asks for in the middle of another one is refused from the start.
"""

from typing import Final, final
from weakref import ref

from typed_cache.client import Claim

__all__ = ["LoadsUnderWay"]

_FEWEST: Final = 64
"""References to ended loads that are not worth a sweep."""


@final
class _Load:
    """One load, or several of one key that began while nothing happened to it."""

    __slots__ = ("__weakref__", "overtaken")

    def __init__(self, *, overtaken: bool = False) -> None:
        self.overtaken = overtaken


@final
class LoadsUnderWay:
    """The loads of one client's keys.

    >>> loads = LoadsUnderWay()
    >>> before = loads.begin("user_1")
    >>> loads.overtake("user_1")
    >>> loads.is_overtaken(before), loads.is_overtaken(loads.begin("user_1"))
    (True, False)
    """

    __slots__ = ("_beginning", "_loads", "_sweep_at", "by_key")

    def __init__(self) -> None:
        self._loads: dict[str, ref[_Load]] = {}
        self.by_key: Final = self._loads
        """To ask whether there may be any."""

        self._beginning = False
        self._sweep_at = _FEWEST

    def begin(self, key: str) -> Claim:
        """Return the claim of a load that begins now; while it is held, it is told what overtakes it."""
        if self._beginning:
            return Claim(_Load(overtaken=True))
        self._beginning = True
        try:
            return Claim(self._under_way(key) or self._begun(key))
        finally:
            self._beginning = False

    def overtake(self, key: str) -> None:
        """Refuse the loads of `key` that have begun."""
        known = self._loads.pop(key, None)
        load = None if known is None else known()
        if load is not None:
            load.overtaken = True

    def overtake_all(self) -> None:
        """Refuse all loads that have begun."""
        for key in list(self._loads):
            self.overtake(key)

    def is_overtaken(self, claim: object) -> bool:
        """Whether the load that holds `claim` was overtaken.

        Raises:
            TypeError: Another store issued the claim.
        """
        if not isinstance(claim, _Load):
            raise TypeError(f"{claim!r} is no claim of this store: pass what its claim() returned")
        return claim.overtaken

    def _under_way(self, key: str) -> _Load | None:
        known = self._loads.get(key)
        return None if known is None else known()

    def _begun(self, key: str) -> _Load:
        if len(self._loads) >= self._sweep_at:
            self._sweep()
        load = _Load()
        self._loads[key] = ref(load)
        return load

    def _sweep(self) -> None:
        """Forget the loads that have ended; each is looked at a fixed number of times on average."""
        for key, known in list(self._loads.items()):
            if known() is None:
                self._loads.pop(key, None)
        self._sweep_at = max(_FEWEST, 2 * len(self._loads))
