"""This is where it is decided how a value is kept in RAM, so that callers share nothing they can change."""

from collections.abc import Callable
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar, final

from typed_cache.client import BoundSerializer, Miss, ResultType, Serializer
from typed_cache.errors import SerializationError

__all__ = ["Isolation", "ValueForm", "form_for"]

T = TypeVar("T")

Isolation: TypeAlias = Literal["copy", "none"]


class ValueForm(Protocol[T]):
    """How values of one type are kept; None in its place means as they are."""

    def keep(self, key: str, value: T, /) -> object:
        """Return what to keep.

        Raises:
            SerializationError: There is no such thing for this value.
        """

    def give(self, key: str, kept: Any, /) -> T | Miss:
        """Return the caller's own value, or why there is none."""
        ...

    def copier(self) -> tuple[type | None, Callable[[Any], T]] | None:
        """Return what `give` does to values of one class, or with None to any; None where it needs the key.

        Unlike `give`, it may raise anything.
        """
        ...


def form_for(
    result: ResultType, serializer: Serializer[Any] | None, isolation: Isolation
) -> ValueForm[Any] | None:
    """Return how a client with that serializer keeps what a function returns.

    Raises:
        SerializerNotFoundError: The serializer cannot carry the type.
    """
    if serializer is not None:
        # Imported when used: most RAM clients have no serializer.
        from typed_cache.serializers import serializer_for  # noqa: PLC0415
        from typed_cache.serializers._bound import bind  # noqa: PLC0415

        fitted = serializer_for(result.annotation, given=serializer, function=result.function)
        return _AsBytes(bind(fitted))
    if isolation == "none":
        return None
    from typed_cache.clients._isolation import copier_for  # noqa: PLC0415  # likewise

    copy = copier_for(result.annotation)
    return None if copy is None else _AsCopy(copy)


@final
class _AsCopy(Generic[T]):
    """Values copied on the way in and on the way out."""

    __slots__ = ("_copy",)

    def __init__(self, copy: Callable[[T], T]) -> None:
        self._copy = copy

    def keep(self, _key: str, value: T, /) -> T:
        try:
            return self._copy(value)
        except SerializationError:
            raise
        except Exception as error:
            raise SerializationError(
                f"this {type(value).__qualname__} cannot be copied ({type(error).__name__}: {error}), and "
                'callers would share it. Return what can be copied, or share it on purpose: isolation="none"'
            ) from error

    def copier(self) -> tuple[type | None, Callable[[T], T]]:
        from typed_cache.clients._isolation_shape import kind_copied_by  # noqa: PLC0415  # loaded with `_copy`

        return kind_copied_by(self._copy) or (None, self._copy)

    def give(self, _key: str, kept: T, /) -> T | Miss:
        try:
            return self._copy(kept)
        except Exception:  # noqa: BLE001  # copying runs a class's own code, which may raise anything
            return Miss("copy")


@final
class _AsBytes(Generic[T]):
    """Values as a serializer writes them; a signed one is tied to the key."""

    __slots__ = ("_serializer",)

    def __init__(self, serializer: BoundSerializer[T]) -> None:
        self._serializer = serializer

    def keep(self, key: str, value: T, /) -> bytes:
        try:
            return self._serializer.dumps_bound(value, _context(key))
        except SerializationError:
            raise
        except Exception as error:
            raise SerializationError(
                f"the serializer cannot write this {type(value).__qualname__} "
                f"({type(error).__name__}: {error})"
            ) from error

    def copier(self) -> None:
        return None

    def give(self, key: str, kept: bytes, /) -> T | Miss:
        try:
            return self._serializer.loads_bound(kept, _context(key))
        except Exception:  # noqa: BLE001  # a serializer may raise anything, and what it cannot read is a miss
            return Miss("decode")


def _context(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")
