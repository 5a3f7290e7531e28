"""How the RAM client keeps values: as copies, as they are, or as bytes."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from typed_cache import CacheClientRam, SerializationError, SerializerNotFoundError
from typed_cache.client import UNANNOTATED, EntryStore, Miss, ResultType
from typed_cache.serializers import JsonSerializer, MsgpackSerializer, Signed, SigningKeys

MINUTE = timedelta(minutes=1)


def store_of(client: CacheClientRam[Any], annotation: object) -> EntryStore[Any]:
    return client.entries(ResultType(annotation, function="app.find"))


def written(store: EntryStore[Any], value: object) -> bool:
    return store.write("k", value, MINUTE, store.claim("k"))


def test_changes_do_not_travel() -> None:
    """Neither the caller who stored a list nor one who was given it changes what the next is given."""
    store = store_of(CacheClientRam(), list[int])
    mine = [1]
    written(store, mine)
    mine.append(2)
    store.read("k").append(3)
    entry = store.entry("k")
    assert entry is not None
    entry.value.append(4)

    assert store.read("k") == [1]


@pytest.mark.parametrize(("isolation", "annotation"), [("none", list[int]), ("copy", UNANNOTATED)])
def test_shared(isolation: Any, annotation: object) -> None:
    """With isolation="none", and where nothing says what a value is, callers share it."""
    store = store_of(CacheClientRam(isolation=isolation), annotation)
    value = [1]
    written(store, value)

    assert store.read("k") is value


def test_immutable_is_shared() -> None:
    """What nobody can change is not copied."""
    store = store_of(CacheClientRam(), tuple[str, ...])
    value = ("a", "b")
    written(store, value)

    assert store.read("k") is value


def test_value_without_a_copy() -> None:
    """A value that cannot be copied is refused, and what was there before is left alone."""
    store = store_of(CacheClientRam(), list[threading.Event])
    written(store, [])

    with pytest.raises(SerializationError, match="cop"):
        written(store, [threading.Event()])
    assert store.read("k") == []


class Moody:
    """Can be copied so many times."""

    copies = 1

    def __deepcopy__(self, memo: object) -> "Moody":
        if not self.copies:
            raise RuntimeError("no more")
        copied = Moody()
        copied.copies = self.copies - 1
        return copied


def test_copy_fails_at_a_hit() -> None:
    """A kept value that cannot be given out is a miss that says so."""
    store = store_of(CacheClientRam(), Moody)
    written(store, Moody())

    assert store.read("k") == Miss("copy")
    assert store.entry("k") is None


def test_serializer() -> None:
    """With a serializer its bytes are kept, and each reader decodes its own value."""
    client = CacheClientRam[dict[str, list[int]]](serializer=MsgpackSerializer())
    store = store_of(client, dict[str, list[int]])
    written(store, {"a": [1]})

    assert client._table.entries["k"].value == MsgpackSerializer(dict[str, list[int]]).dumps({"a": [1]})
    assert store.read("k") == {"a": [1]}
    assert store.read("k") is not store.read("k")


def test_serializer_used_directly() -> None:
    """from_cache and to_cache go through the serializer, too."""
    client = CacheClientRam[Any](serializer=JsonSerializer())
    client.to_cache("k", {"a": 1}, MINUTE)

    assert client._table.entries["k"].value == b'{"a":1}'
    assert client.from_cache("k") == {"a": 1}


def test_bytes_of_another_type() -> None:
    """What another function left under the key is a miss, not a value of the wrong type."""
    client = CacheClientRam[Any](serializer=JsonSerializer())
    written(store_of(client, str), "text")

    assert store_of(client, int).read("k") == Miss("decode")
    assert store_of(client, int).entry("k") is None


def test_signed_for_its_key() -> None:
    """Signed bytes are good under the key that they were stored under, and no other."""
    keys = SigningKeys({"k1": b"0" * 32}, active="k1")
    client = CacheClientRam[Any](serializer=Signed(MsgpackSerializer(), keys))
    store = store_of(client, str)
    written(store, "Ada")
    assert store.read("k") == "Ada"

    client._table.entries["other"] = client._table.entries["k"]
    assert store.read("other") == Miss("decode")


def test_value_without_bytes() -> None:
    """A value that the serializer cannot write is refused by name, whatever the serializer raised."""

    class Stubborn:
        def dumps(self, value: object) -> bytes:
            raise KeyError("unheard of")

        def loads(self, data: bytes) -> object:
            raise NotImplementedError

    store = store_of(CacheClientRam(serializer=Stubborn()), int)
    with pytest.raises(SerializationError, match=r"cannot write this int .KeyError: 'unheard of'"):
        written(store, 1)

    typed = store_of(CacheClientRam(serializer=MsgpackSerializer()), int)
    with pytest.raises(SerializationError):
        written(typed, object())


def test_type_without_serializer() -> None:
    """A return type that the client's serializer cannot carry is refused with the function's name."""
    with pytest.raises(SerializerNotFoundError, match=r"app\.find"):
        store_of(CacheClientRam(serializer=MsgpackSerializer()), threading.Thread)
