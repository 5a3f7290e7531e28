"""Two methods make a serializer, and its type is the client's."""

from typing import assert_type

from typed_cache import Cache, CacheClientRam, Serializer


class Digits:
    def dumps(self, value: int, /) -> bytes:
        return str(value).encode()

    def loads(self, data: bytes, /) -> int:
        return int(data)


digits: Serializer[int] = Digits()
client = CacheClientRam[int](serializer=Digits())


@Cache(key="square_{n}", client=client)
def square(n: int) -> int:
    return n * n


def used() -> None:
    assert_type(client.from_cache("square_2"), int | None)
    assert_type(square(2), int)
