"""The ways to spell a decorator and its key."""

import enum
from enum import StrEnum
from typing import Final

import typed_cache
import typed_cache as tc
from corpus import spellings_shared as shared
from corpus.spellings_shared import TYPO_KEY, USER_KEY, USERS, Remember, by_typo, by_user
from typed_cache import Cache
from typed_cache import Cache as Memo

PLAIN = "user_{usr_id}"
PREFIX = "user_"
Alias = Cache
local_typo = Cache(key="local_{usr_id}", ignore=("user_id",))


@typed_cache.Cache(key="{usr_id}", ignore=("user_id",))  # !TC002
def by_module(user_id: int) -> int:
    return user_id


@tc.Cache(key="{usr_id}", ignore=("user_id",))  # !TC002
def by_module_alias(user_id: int) -> int:
    return user_id


@Memo(key="{usr_id}", ignore=("user_id",))  # !TC002
def by_import_alias(user_id: int) -> int:
    return user_id


@Alias(key="{usr_id}", ignore=("user_id",))  # !TC002
def by_assigned_alias(user_id: int) -> int:
    return user_id


@Remember(key="{usr_id}", ignore=("user_id",))  # !TC002
def by_reexport(user_id: int) -> int:
    return user_id


@shared.Remember(key="{usr_id}", ignore=("user_id",))  # !TC002
def by_reexport_of_module(user_id: int) -> int:
    return user_id


@Cache("{usr_id}", ignore=("user_id",))  # !TC002
def positional_key(user_id: int) -> int:
    return user_id


@Cache(PLAIN, ignore=("user_id",))  # !TC002
def constant_key(user_id: int) -> int:
    return user_id


@Cache(key=TYPO_KEY, ignore=("user_id",))  # !TC002
def imported_final_key(user_id: int) -> int:
    return user_id


@Cache(key=shared.TYPO_KEY, ignore=("user_id",))  # !TC002
def final_key_of_module(user_id: int) -> int:
    return user_id


@Cache(  # !TC002
    key="a_long_key_that_goes_on_and_on_over_more_than_one_line_so_that_it_has_to_be_cut_in_two_"
    "user_{usr_id}",
    ignore=("user_id",),
)
def implicit_concatenation(user_id: int) -> int:
    return user_id


@Cache(  # !TC002
    key="user_{usr_id}",
    ignore=("user_id",),
)
def several_lines(user_id: int) -> int:
    return user_id


@local_typo  # !TC002
def decorator_in_a_variable(user_id: int) -> int:
    return user_id


@by_typo  # !TC002
def imported_decorator(user_id: int) -> int:
    return user_id


@shared.by_typo  # !TC002
def decorator_of_module(user_id: int) -> int:
    return user_id


@Cache(key="{usr_id}", ignore=("user_id",)).plain  # !TC002
def plain(user_id: int) -> int:
    return user_id


def undecorated(user_id: int) -> int:
    return user_id


called = Cache(key="{usr_id}", ignore=("user_id",))(undecorated)  # !TC002
wrong_lambda = Cache(key="lambda_{usr_id}", ignore=("user_id",))(lambda user_id: user_id)  # !TC002
right_lambda = Cache(key="lambda_{user_id}")(lambda user_id: user_id)
called_plain = Cache(key="{usr_id}", ignore=("user_id",)).plain(undecorated)  # !TC002


class Repo:
    @Cache(key="repo_{usr_id}")  # !TC002
    def method(self, user_id: int) -> int:
        return user_id

    @Cache(key="repo_{usr_id}")  # !TC002
    @classmethod
    def class_method(cls, user_id: int) -> int:
        return user_id

    @staticmethod
    @Cache(key="repo_{usr_id}")  # !TC002
    def static_method(user_id: int) -> int:
        return user_id

    @property
    @Cache(key="repo_{slef.id}")  # !TC002
    def property(self) -> int:
        return 1


def factory() -> int:
    @Cache(key="nested_{usr_id}")  # !static:TC002
    def nested(user_id: int) -> int:
        return user_id

    return nested(1)


@Cache(key=USER_KEY, cache_client_name=USERS)
def right_client_key(user_id: int) -> int:
    return user_id


@by_user
def right_decorator(user_id: int) -> int:
    return user_id


def unknown_key(key: str) -> int:
    @Cache(key=key)
    def inside(user_id: int) -> int:
        return user_id

    return inside(1)


@Cache(key="outer_{user_id}", invalidate=True)
@Cache(key="inner_{usr_id}", invalidate=True)  # !TC002
def stacked(user_id: int) -> None:
    del user_id


@Cache(key="coroutine_{usr_id}", ignore=("user_id",))  # !TC002
async def coroutine(user_id: int) -> int:
    return user_id


class Keys(StrEnum):
    BANNER = "banner_{slot}"
    TYPO = "banner_{solt}"


class Ignored(str, enum.Enum):  # noqa: UP042  # it is older than StrEnum
    VERBOSE = "verbose"


class Names:
    USER: Final[str] = "names_{user_id}"
    TYPO = "names_{usr_id}"


@Cache(key=Keys.BANNER)
def member_of_an_enum(slot: int) -> int:
    return slot


@Cache(key=Keys.TYPO, ignore=("slot",))  # !TC002
def wrong_member_of_an_enum(slot: int) -> int:
    return slot


@Cache(key="ignores_{slot}", ignore=(Ignored.VERBOSE,))
def member_in_ignore(slot: int, verbose: bool) -> int:
    return slot


@Cache(key=Names.USER)
def constant_of_a_class(user_id: int) -> int:
    return user_id


@Cache(key=Names.TYPO, ignore=("user_id",))  # !TC002
def wrong_constant_of_a_class(user_id: int) -> int:
    return user_id


@Cache(key=shared.Names.TYPO, ignore=("user_id",))  # !TC002
def constant_of_an_imported_class(user_id: int) -> int:
    return user_id
