"""Functions whose results can be run through once."""

from collections.abc import AsyncIterator, Coroutine, Iterator

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


@Cache(key="rows_optional_{limit}")  # !TC012
def returns_an_iterator_or_none(limit: int) -> Iterator[int] | None:
    return iter(range(limit)) if limit else None


@Cache(key="rows_any_of_{limit}")  # !TC012
def returns_one_of_several(limit: int) -> "list[int] | Iterator[int]":
    return iter(range(limit))


@Cache(key="rows_to_await_{limit}")  # !TC012
def returns_a_coroutine(limit: int) -> Coroutine[None, None, list[int]]:
    return a_list_of_its_own(limit)


async def a_list_of_its_own(limit: int) -> list[int]:
    return list(range(limit))


@Cache(key="rows_dropped_{limit}", invalidate=True)  # !TC012
def generator_that_invalidates(limit: int) -> Iterator[int]:
    yield limit


@Cache(key="rows_dropped_{limit}", invalidate=True)
def invalidator_returns_an_iterator(limit: int) -> Iterator[int]:
    return iter(range(limit))


@Cache(key="rows_list_{limit}")
def a_list(limit: int) -> list[int]:
    def inside() -> Iterator[int]:
        yield from range(limit)

    return list(inside())


@Cache(key="rows_coroutine_{limit}")
async def a_coroutine(limit: int) -> list[int]:
    return list(range(limit))
