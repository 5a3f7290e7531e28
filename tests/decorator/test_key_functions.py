"""Keys written as functions: where their text goes, and what is refused."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from typed_cache import Cache, CacheClientRam, DecorationError, KeyTemplateError, KeyValueError, handles


def cached(key: str = "user_{...}") -> Any:
    @Cache(key=key, client=CacheClientRam[str]())
    def get_user(user_id: int, *, verbose: bool = False) -> str:
        return f"{user_id} {verbose}"

    return get_user


def keyed() -> Any:
    get_user = cached()

    @get_user.key
    def user_key(user_id: int, *, verbose: bool = False) -> tuple[object, ...]:
        return user_id, verbose

    return get_user


def test_text_of_the_key_function_stands_in_the_key() -> None:
    """The key is the template's literals around the text of what the key function returns."""
    get_user = keyed()

    assert get_user.key_for(42) == "user_(42,?0)"
    assert get_user.key_for(user_id=42, verbose=True) == "user_(42,?1)"


def test_entry_is_found_under_that_key() -> None:
    """Calls with the same text share an entry, others do not."""
    get_user = keyed()

    assert get_user(42) == "42 False"
    assert get_user.peek(42) == "42 False"
    assert get_user.peek(42, verbose=True) is None


def test_neighbours_keep_values_apart() -> None:
    """The text is as injective beside a placeholder as that of any value."""
    get_user = cached("{user_id}{...}")
    get_user.key(lambda user_id, *, verbose: f"{user_id}2" if verbose else "2")

    assert get_user.key_for(1) == "1,'2'"
    assert get_user.key_for(1, verbose=True) == "1,'12'"


def test_key_function_stays_what_it_was() -> None:
    """The handle returns the function, so that one can serve several cached functions."""
    one, two = cached("one_{...}"), cached("two_{...}")

    @two.key
    @one.key
    def shared(user_id: int, *, verbose: bool = False) -> str:
        return f"{user_id}"

    assert inspect.isfunction(shared)
    assert (one.key_for(1), two.key_for(1)) == ("one_'1'", "two_'1'")


def test_methods_hand_their_receiver_on() -> None:
    """A key function of a method reads the instance, one of a class method the class."""

    class Repository:
        tenant = "acme"

        @Cache(key="order_{...}", client=CacheClientRam[int]())
        def order(self, number: int) -> int:
            return number

        @order.key
        def order_key(self, number: int) -> tuple[object, ...]:
            return self.tenant, number

        @Cache(key="named_{...}", client=CacheClientRam[str]())
        @classmethod
        def named(cls, name: str) -> str:
            return name

        @named.key
        @classmethod
        def named_key(cls, name: str) -> tuple[object, ...]:
            return cls.__name__, name

    assert Repository().order.key_for(1) == "order_(acme,1)"
    assert Repository.named.key_for("a") == "named_(Repository,a)"
    assert Repository.named_key("a") == ("Repository", "a")


def test_coroutine_functions_have_plain_key_functions() -> None:
    """The key of a coroutine function is made without awaiting."""

    @Cache(key="page_{...}", client=CacheClientRam[str]())
    async def get_page(address: str) -> str:
        return address

    @get_page.key
    def page_key(address: str) -> str:
        return address.rstrip("/")

    assert asyncio.run(get_page("a/")) == "a/"
    assert asyncio.run(get_page("a")) == "a/"


def test_plain_functions_take_it_through_their_handles() -> None:
    """`handles(fn).key` serves what `.plain` decorated."""

    @Cache(key="user_{...}", client=CacheClientRam[int]()).plain
    def get_user(user_id: int) -> int:
        return user_id

    handles(get_user).key(lambda user_id: (user_id,))

    assert handles(get_user).key_for(1) == "user_(1)"


def test_call_without_a_key_function() -> None:
    """A call says which function lacks its key function and how to write one."""
    with pytest.raises(KeyTemplateError, match=r"(?s)no key function for the '\{\.\.\.\}'.*@get_user.key"):
        cached()(1)


def test_key_without_a_place_for_it() -> None:
    """A key function needs `{...}` in the template."""
    with pytest.raises(KeyTemplateError, match=r'Write "get_user_\{\.\.\.\}"'):
        cached("user_{user_id}_{verbose}").key(lambda user_id, *, verbose: "")


def test_second_key_function() -> None:
    """A function has one key function."""
    with pytest.raises(DecorationError, match="has a key function already"):
        keyed().key(lambda user_id, *, verbose: "")


async def coroutine_function(user_id: int, *, verbose: bool) -> str:
    return ""


@pytest.mark.parametrize("wrong", [coroutine_function, "user_key"])
def test_what_is_no_key_function(wrong: object) -> None:
    """Only a plain function makes keys."""
    with pytest.raises(DecorationError, match="is a plain function, not"):
        cached().key(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda user_id: "",
        lambda usr_id, *, verbose: "",
        lambda user_id, verbose: "",
        lambda user_id, tenant, *, verbose: "",
        lambda *args, verbose: "",
    ],
)
def test_other_parameters(wrong: Callable[..., str]) -> None:
    """Without a type checker, other parameters are refused at import."""
    with pytest.raises(KeyTemplateError, match=r"get_user takes \(user_id, verbose=\.\.\.\)") as refused:
        cached().key(wrong)

    assert refused.value.codes == ("TC002",)


def test_more_parameters_with_defaults() -> None:
    """What a call never gives may be there."""
    get_user = cached()
    get_user.key(lambda user_id, tidy=True, *, verbose: (user_id, tidy))

    assert get_user.key_for(1) == "user_(1,?1)"


@pytest.mark.parametrize(("value", "named"), [(None, "NoneType"), (1, "int"), ([1], "list")])
def test_other_results(value: object, named: str) -> None:
    """What is neither a str nor a tuple is refused: a forgotten return would be one key for all calls."""
    get_user = cached()
    get_user.key(lambda user_id, *, verbose: value)

    with pytest.raises(KeyValueError, match=f"returned a {named}"):
        get_user.key_for(1)


def test_result_without_stable_text() -> None:
    """A tuple is held to what every key is."""
    get_user = cached()
    get_user.key(lambda user_id, *, verbose: (user_id, object()))

    with pytest.raises(KeyValueError, match="TC007"):
        get_user.key_for(1)


def test_invalidating_function_cannot_have_one() -> None:
    """It has other parameters; the remedy is the handle of the function that reads."""
    with pytest.raises(KeyTemplateError, match=r"(?s)TC001 '\{\.\.\.\}'.*get_user\.invalidate"):

        @Cache(key="user_{...}", invalidate=True)
        def set_user(user_id: int, name: str) -> None: ...


def test_an_argument_may_be_called_self() -> None:
    """What `**kwargs` catches may bear any name, that of the machinery's own receiver too."""

    @Cache(key="anything_{...}", client=CacheClientRam[int]())
    def anything(**kwargs: int) -> int:
        return sum(kwargs.values())

    @anything.key
    def _key(**kwargs: int) -> tuple[object, ...]:
        return tuple(sorted(kwargs.items()))

    assert anything(self=1) == 1
    assert anything.key_for(self=1) == "anything_((self,1))"
