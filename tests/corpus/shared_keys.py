"""Two caching functions that can build the same key and return different types."""

from typing import Optional

from typed_cache import Cache


@Cache(key="same_{user_id}")
def first(user_id: int) -> int:
    return user_id


@Cache(key="same_{user_id}")  # !TC009
def second(user_id: int) -> str:
    return str(user_id)


@Cache(key="word_me")
def literal() -> str:
    return "me"


@Cache(key="word_{name}")  # !TC009
def value_like_the_literal(name: str) -> int:
    return len(name)


@Cache(key="alike_{user_id}")
def same_type(user_id: int) -> int | None:
    return user_id


@Cache(key="alike_{number}")
def same_type_spelled_otherwise(number: int) -> "Optional[int]":  # noqa: UP045
    return number


@Cache(key="other_{user_id}", cache_client_name="one")
def on_one_client(user_id: int) -> int:
    return user_id


@Cache(key="other_{user_id}", cache_client_name="two")
def on_another_client(user_id: int) -> str:
    return str(user_id)


@Cache(key="other_{user_id}", cache_client_name="one", invalidate=True)
def invalidator(user_id: int) -> None:
    del user_id
