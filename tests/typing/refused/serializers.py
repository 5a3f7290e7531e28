"""A serializer of one type is refused for a client of another."""

from typed_cache import CacheClientRam, Serializer


class Digits:
    def dumps(self, value: int, /) -> bytes:
        return str(value).encode()

    def loads(self, data: bytes, /) -> int:
        return int(data)


class Silent:
    def dumps(self, value: int, /) -> bytes:
        return str(value).encode()


def wrong() -> None:
    words: Serializer[str] = Digits()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    silent: Serializer[int] = Silent()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]  # ty: ignore[invalid-assignment]  # pyrefly: ignore[bad-assignment]
    CacheClientRam[str](serializer=Digits())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    CacheClientRam[int](serializer=Silent())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # ty: ignore[invalid-argument-type]  # pyrefly: ignore[bad-argument-type]
    print(words, silent)
