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
    words: Serializer[str] = Digits()
    silent: Serializer[int] = Silent()
    CacheClientRam[str](serializer=Digits())
    CacheClientRam[int](serializer=Silent())
    print(words, silent)
