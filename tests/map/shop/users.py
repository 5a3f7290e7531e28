"""Users on a client of their own, and a spelling or two that a map should show."""

from dataclasses import dataclass
from datetime import timedelta

from typed_cache import Cache, ClientKey


@dataclass(frozen=True)
class User:
    id: int
    name: str


USERS = ClientKey[User]("users")


@Cache(key="user_{user_id}", expire=timedelta(hours=3), cache_client_name=USERS)
def get_user(user_id: int) -> User:
    return User(user_id, "Ada")


@Cache(key="user_{user.id}", invalidate=True, cache_client_name=USERS)
def save_user(user: User) -> None: ...


@Cache(key="user_{number}", invalidate=True, cache_client_name=USERS)
@Cache(key="usr_names_{number}", invalidate=True, cache_client_name=USERS)
def delete_user(number: int) -> None: ...


@Cache(key="profile_me", cache_client_name=USERS)
def my_profile() -> User:
    return get_user(1)


@Cache(key="profile_{name}", expire=timedelta(days=1, hours=2), cache_client_name=USERS)
def profile(name: str) -> User:
    return User(1, name)


def forget(user_id: int) -> None:
    get_user.invalidate(user_id)
