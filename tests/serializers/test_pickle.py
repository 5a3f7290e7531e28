"""Pickle is used by those who name it, signed, and by nobody else."""

import pickle
from typing import Any, NoReturn

import pytest

from typed_cache.client import ResultType
from typed_cache.envelope import Envelope, Opened
from typed_cache.errors import SerializationError
from typed_cache.serializers import (
    Compressed,
    JsonSerializer,
    PickleSerializer,
    SigningKeys,
    StdlibJsonSerializer,
    serializer_for,
)

KEYS = SigningKeys({"a": b"k" * 32}, active="a")


class Unpicklable:
    def __reduce__(self) -> NoReturn:
        raise RuntimeError("no")


class Fragile:
    def __setstate__(self, state: object) -> NoReturn:
        raise RuntimeError("no")

    def __getstate__(self) -> dict[str, int]:
        return {"a": 1}


def boom(*_: object, **__: object) -> NoReturn:
    raise AssertionError("pickle was used")


@pytest.fixture
def no_pickle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every way to unpickle raise."""
    for name in ("loads", "load", "Unpickler", "_Unpickler", "_loads", "_load"):
        monkeypatch.setattr(pickle, name, boom)


def test_round_trip() -> None:
    """Any value that pickle takes comes back, of any type."""
    serializer: PickleSerializer[Any] = PickleSerializer(KEYS)
    value = {(1, 2): {3, 4}, "range": range(3), "complex": 1j}

    assert serializer.loads(serializer.dumps(value)) == value


@pytest.mark.usefixtures("no_pickle")
def test_unsigned_bytes_are_not_unpickled() -> None:
    """The signature is checked first: a wrong one never gets as far as pickle."""
    data = bytearray(PickleSerializer(KEYS).dumps([1]))
    for position in range(len(data)):
        data[position] ^= 1
        with pytest.raises(SerializationError):
            PickleSerializer(KEYS).loads(bytes(data))
        data[position] ^= 1

    with pytest.raises(AssertionError, match="pickle was used"):
        pickle.loads(bytes(data))


def test_the_key_is_bound_in() -> None:
    """A signed value does not open under another key."""
    envelope: Envelope[Any] = Envelope(PickleSerializer(KEYS), ResultType(object))
    other = Compressed(PickleSerializer(KEYS))

    assert isinstance(envelope.open(b"a", envelope.seal(b"a", 1j, None)), Opened)
    with pytest.raises(SerializationError, match="signature"):
        other.loads_bound(other.dumps_bound(1j, b"a"), b"b")
    with pytest.raises(SerializationError, match="signature"):
        PickleSerializer(KEYS).loads_bound(PickleSerializer(KEYS).dumps_bound(1j, b"a"), b"b")


@pytest.mark.usefixtures("no_pickle")
@pytest.mark.parametrize(
    "given", [None, JsonSerializer(), StdlibJsonSerializer(), Compressed(JsonSerializer())]
)
@pytest.mark.parametrize("annotation", [list[int], Any])
def test_default_path_never_unpickles(given: Any, annotation: object) -> None:
    """With every way to unpickle broken, values of all other serializers are written and read."""
    envelope = Envelope(serializer_for(annotation, given=given), ResultType(annotation))

    opened = envelope.open(b"k", envelope.seal(b"k", [1, 2], None))

    assert isinstance(opened, Opened)
    assert opened.value == [1, 2]


@pytest.mark.usefixtures("no_pickle")
def test_default_path_refuses_a_pickle() -> None:
    """The bytes of a pickle are no value of any other serializer."""
    with pytest.raises(SerializationError):
        serializer_for(Any).loads(pickle.dumps([1]))


def test_errors_are_translated() -> None:
    """Whatever a class raises on its way in or out is a SerializationError."""
    serializer: PickleSerializer[object] = PickleSerializer(KEYS)

    with pytest.raises(SerializationError, match="cannot write a Unpicklable: RuntimeError"):
        serializer.dumps(Unpicklable())
    with pytest.raises(SerializationError, match="cannot read these bytes: RuntimeError"):
        serializer.loads(serializer.dumps(Fragile()))


def test_keys_are_needed() -> None:
    """There is no unsigned pickle."""
    make: Any = PickleSerializer

    with pytest.raises(TypeError):
        make()

    assert repr(PickleSerializer(KEYS)) == "PickleSerializer(SigningKeys(['a'], active='a'))"


def test_the_module_is_no_serializer() -> None:
    """`serializer=pickle` has the right methods and no signature: it is refused, with the signed one."""
    with pytest.raises(ValueError, match=r"PickleSerializer\(SigningKeys"):
        serializer_for(int, given=pickle)
