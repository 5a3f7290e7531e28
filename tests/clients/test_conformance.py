"""The published conformance suite over every client of the library that needs no server."""

from datetime import timedelta
from typing import Any

import pytest
from cachetools import TTLCache
from typing_extensions import override

from typed_cache.clients.mapping import MappingClient
from typed_cache.clients.ram import CacheClientRam
from typed_cache.serializers import MsgpackSerializer
from typed_cache.testing import ClientConformance, FakeClock


class TestRam(ClientConformance):
    @override
    def make_client(self, clock: FakeClock) -> CacheClientRam[Any]:
        return CacheClientRam(clock=clock)


class TestUnboundedRam(ClientConformance):
    @override
    def make_client(self, clock: FakeClock) -> CacheClientRam[Any]:
        return CacheClientRam(max_entries=None, clock=clock)


class TestSharingRam(ClientConformance):
    isolates = False

    @override
    def make_client(self, clock: FakeClock) -> CacheClientRam[Any]:
        return CacheClientRam(isolation="none", clock=clock)


class TestSerializingRam(ClientConformance):
    @override
    def make_client(self, clock: FakeClock) -> CacheClientRam[Any]:
        return CacheClientRam(serializer=MsgpackSerializer(), clock=clock)


class TestDict(ClientConformance):
    @override
    def make_client(self, clock: FakeClock) -> MappingClient[Any]:
        return MappingClient({}, clock=clock)


class TestTTLCache(ClientConformance):
    @override
    def make_client(self, clock: FakeClock) -> MappingClient[Any]:
        shelf: TTLCache[str, object] = TTLCache(maxsize=1000, ttl=10_000_000, timer=clock)
        return MappingClient(shelf, clock=clock)


class Drawer:
    """A client as a user writes it: three methods, no lock, no claims, slots."""

    __slots__ = ("_clock", "_values")

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._values: dict[str, tuple[object, float | None]] = {}

    def from_cache(self, key: str) -> Any:
        value, expires = self._values.get(key, (None, None))
        return None if expires is not None and self._clock() >= expires else value

    def to_cache(self, key: str, value: object, expire: timedelta | None) -> None:
        self._values[key] = value, None if expire is None else self._clock() + expire.total_seconds()

    def invalidate_cache(self, key: str) -> None:
        self._values.pop(key, None)


class TestThreeMethods(ClientConformance):
    @override
    def make_client(self, clock: FakeClock) -> Drawer:
        return Drawer(clock)


def test_suite_fails_a_client_that_lies() -> None:
    """A client that forgets to expire, or takes keys for each other, does not pass."""

    class Forgetful(Drawer):
        @override
        def to_cache(self, key: str, value: object, expire: timedelta | None) -> None:
            super().to_cache(key.lower(), value, None)

        @override
        def from_cache(self, key: str) -> Any:
            return super().from_cache(key.lower())

    class Suite(ClientConformance):
        @override
        def make_client(self, clock: FakeClock) -> Forgetful:
            return Forgetful(clock)

    with pytest.raises(AssertionError):
        Suite().test_entry_expires()
    with pytest.raises(AssertionError):
        Suite().test_keys_are_told_apart()


def test_tests_of_time_are_skipped_where_time_stands() -> None:
    """A client whose time cannot be moved is not blamed for it."""

    class Suite(TestRam):
        tells_time = False

    with pytest.raises(BaseException, match="time cannot be moved") as skipped:
        Suite().test_entry_expires()

    assert type(skipped.value).__name__ == "SkipTest"


def test_suite_fails_a_client_that_takes_any_expire() -> None:
    """A client with entries that accepts a time to live of zero does not pass."""

    class Lenient(MappingClient[Any]):
        @override
        def to_cache(self, key: str, value: object, expire: timedelta | None) -> None:
            super().to_cache(key, value, None)

    class Suite(ClientConformance):
        @override
        def make_client(self, clock: FakeClock) -> Lenient:
            return Lenient({}, clock=clock)

    with pytest.raises(AssertionError, match="was accepted"):
        Suite().test_expire_that_no_backend_keeps_is_refused()
