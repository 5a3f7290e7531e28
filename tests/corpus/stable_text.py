"""Values without a stable text, and the receiver itself."""

import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from typed_cache import Cache


class Session:
    """Has the default repr."""

    def __init__(self) -> None:
        self.number = 1


class Keyed:
    def __cache_key__(self) -> str:
        return "keyed"


@dataclass(frozen=True)
class User:
    id: int
    session: Session

    def rename(self) -> None: ...


class UserId(int): ...


@Cache(key="{session}")  # !TC007
def default_repr(session: Session) -> int:
    return 1


@Cache(key="{session}")  # !TC007
def optional_default_repr(session: Session | None) -> int:
    return 1


@Cache(key="{sessions}")  # !TC007
def list_of_default_reprs(sessions: list[Session]) -> int:
    return 1


@Cache(key="{hook}")  # !TC007
def function(hook: Callable[[], int]) -> int:
    return hook()


@Cache(key="{rows}")  # !TC007
def iterator(rows: Iterator[int]) -> int:
    return next(rows)


@Cache(key="{number}")  # !TC007
def complex_number(number: complex) -> float:
    return number.real


@Cache(key="{stream}")  # !TC007
def stream(stream: io.StringIO) -> str:
    return stream.read()


@Cache(key="{user.session}")  # !TC007
def attribute(user: User) -> int:
    return user.id


@Cache(key="{user.rename}")  # !TC007
def method_as_value(user: User) -> int:
    return user.id


class Repo:
    @Cache(key="repo_{self}_{user_id}")  # !TC008
    def receiver(self, user_id: int) -> int:
        return user_id

    @Cache(key="repo_{cls}_{user_id}")  # !TC008
    @classmethod
    def class_receiver(cls, user_id: int) -> int:
        return user_id


@Cache(key="{keyed}_{user_id}_{amount}_{path}_{ids}_{token}")
def stable(
    keyed: Keyed, user_id: UserId, amount: Decimal, path: Path | None, *ids: frozenset[int], token: uuid.UUID
) -> int:
    return 1


@Cache(key="any_{anything}")
def unknown(anything: dict[str, Any]) -> int:
    return 1


@Cache(key="attr_{session.number}")
def attribute_of_unstable(session: Session) -> int:
    return 1
