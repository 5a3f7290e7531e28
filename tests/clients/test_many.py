"""Calls with many keys on the clients of this process: one failure costs its own key only."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from typing_extensions import override

from typed_cache import (
    BackendError,
    CacheClientRam,
    ExpireError,
    ManyClient,
    MappingClient,
    NullClient,
    PartialFailureError,
    SerializationError,
)
from typed_cache.serializers import MsgpackSerializer
from typed_cache.testing import ClientConformance, FakeClock

MINUTE = timedelta(minutes=1)


class Fragile(dict[str, object]):
    """A mapping that fails on one key."""

    def __getitem__(self, key: str) -> object:
        return super().__getitem__(self.checked(key))

    def __setitem__(self, key: str, value: object) -> None:
        super().__setitem__(self.checked(key), value)

    def __delitem__(self, key: str) -> None:
        super().__delitem__(self.checked(key))

    def checked(self, key: str) -> str:
        if key == "broken":
            raise OSError("a bad sector")
        return key


def test_a_value_without_bytes_loses_no_other() -> None:
    """What the serializer cannot write is named; the values around it are stored."""
    client = CacheClientRam[object](serializer=MsgpackSerializer())
    with pytest.raises(PartialFailureError, match="write failed for 1 key, 'opaque' first") as caught:
        client.to_cache_many([("a", 1), ("opaque", object()), ("b", 2)], MINUTE)

    assert isinstance(caught.value.failures["opaque"], SerializationError)
    assert client.from_cache_many(["a", "opaque", "b"]) == {"a": 1, "b": 2}


def test_a_key_that_a_mapping_fails_on_loses_no_other() -> None:
    """Storing, reading and dropping go on after it; a read's error has what was found."""
    client = MappingClient[int](Fragile())
    keys = ["a", "broken", "b"]
    with pytest.raises(PartialFailureError) as stored:
        client.to_cache_many(dict.fromkeys(keys, 1), MINUTE)
    with pytest.raises(PartialFailureError) as read:
        client.from_cache_many(keys)
    with pytest.raises(PartialFailureError) as dropped:
        client.invalidate_cache_many(keys)

    assert [caught.value.operation for caught in (stored, read, dropped)] == ["write", "read", "invalidate"]
    assert all(list(caught.value.failures) == ["broken"] for caught in (stored, read, dropped))
    assert isinstance(read.value.failures["broken"], BackendError)
    assert read.value.found == {"a": 1, "b": 1}
    assert client.from_cache_many(["a", "b"]) == {}


def test_null_takes_and_forgets() -> None:
    """Generators are used up, a wrong expire is refused, and nothing is kept."""
    client = NullClient()
    values = iter([("a", 1)])
    keys = iter(["a"])
    client.to_cache_many(values, MINUTE)

    assert client.from_cache_many(keys) == {}
    assert (list(values), list(keys)) == ([], [])
    client.invalidate_cache_many(["a"])
    with pytest.raises(ExpireError):
        client.to_cache_many({}, timedelta(0))


@pytest.mark.parametrize("client", [CacheClientRam(), MappingClient({}), NullClient()])
def test_what_cannot_be_keys_or_values_is_refused(client: ManyClient[Any]) -> None:
    """A text is one key, and things that are no pairs are no values."""
    with pytest.raises(TypeError, match=r"'user_1' is one: write \[key\]"):
        client.from_cache_many("user_1")
    numbers: Any = [1, 2]
    with pytest.raises(TypeError):
        client.to_cache_many(numbers, MINUTE)


class Careless(MappingClient[Any]):
    """A client that looks at nothing it is given."""

    @override
    def to_cache_many(self, values: Any, expire: timedelta | None) -> None:
        super().to_cache_many(values, None)

    @override
    def from_cache_many(self, keys: Iterable[str]) -> dict[str, Any]:
        return super().from_cache_many(list(keys))


def test_suite_fails_a_client_that_looks_at_nothing() -> None:
    """A client that takes any expire, or a text for many keys, does not pass."""

    class Suite(ClientConformance):
        @override
        def make_client(self, clock: FakeClock) -> Careless:
            return Careless({}, clock=clock)

    with pytest.raises(AssertionError, match="an expire of zero was accepted"):
        Suite().test_many_values_with_a_wrong_expire_are_refused()
    with pytest.raises(AssertionError, match="a text was taken for many keys"):
        Suite().test_one_text_is_not_many_keys()
