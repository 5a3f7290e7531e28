"""Wrong arguments are refused by the cached function and by each handle; results are not Any."""

from collections.abc import Callable
from datetime import timedelta

from typed_cache import Cache


@Cache(key="user_{user_id}", expire=timedelta(hours=3), ignore=("verbose",))
def get_user(user_id: int, *, verbose: bool = False) -> str:
    return f"{user_id} {verbose}"


def wrong_calls() -> None:
    get_user("1")
    get_user()
    get_user(1, True)
    get_user(usr_id=1)
    get_user(1, loud=True)


def wrong_results() -> None:
    number: int = get_user(1)
    missing: str = get_user.peek(1)
    entry: str = get_user.entry(1)
    getter: Callable[[str], str] = get_user
    print(number, missing, entry, getter)


def wrong_handles() -> None:
    get_user.invalidate("1")
    get_user.refresh("1")
    get_user.peek("1")
    get_user.entry("1")
    get_user.key_for("1")
    get_user.stats(1)
    get_user.clear()


def wrong_settings() -> None:
    Cache(1)
    Cache(key="k", expire=60)
    Cache(key="k", invalidate="yes")
    Cache(key="k", ignore=1)
    Cache(key="k", version=2)
    Cache(key="k", put="yes")
    Cache(key="k", ttl=60)
