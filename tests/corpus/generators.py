"""Functions whose results can be run through once."""

from collections.abc import AsyncIterator, Iterator

from typed_cache import Cache


@Cache(key="rows_{limit}")  # !TC012
def rows(limit: int) -> Iterator[int]:
    yield from range(limit)


@Cache(key="rows_async_{limit}")  # !TC012
async def rows_async(limit: int) -> AsyncIterator[int]:
    yield limit


@Cache(key="rows_iterator_{limit}")  # !TC012
def returns_an_iterator(limit: int) -> Iterator[int]:
    return iter(range(limit))


@Cache(key="rows_list_{limit}")
def a_list(limit: int) -> list[int]:
    def inside() -> Iterator[int]:
        yield from range(limit)

    return list(inside())


@Cache(key="rows_coroutine_{limit}")
async def a_coroutine(limit: int) -> list[int]:
    return list(range(limit))
