"""The registry: clients by name, and what it says when there is none."""

import pytest

from fakes import AsyncShelf, Shelf
from typed_cache import (
    Cache,
    CacheClientFactory,
    CacheClientRam,
    ClientExistsError,
    ClientKey,
    ClientNotFoundError,
    Policy,
)


@pytest.fixture
def factory() -> CacheClientFactory:
    return CacheClientFactory()


def test_get_by_name(factory: CacheClientFactory) -> None:
    """A client is found under its name, and nothing under another."""
    client = Shelf[int]()
    factory.register("mem", client)

    assert factory.get("mem") is client
    assert factory.get("disk") is None
    assert factory["mem"] is client


def test_get_without_a_name(factory: CacheClientFactory) -> None:
    """Without a name the only client is meant; none and several are None."""
    assert factory.get() is None

    factory.register("a", Shelf[int]())
    assert factory.get() is factory["a"]

    factory.register("b", Shelf[int]())
    assert factory.get() is None


def test_a_typed_name_is_that_name(factory: CacheClientFactory) -> None:
    """`ClientKey("users")` and "users" name the same client."""
    users = ClientKey[str]("users")
    client = Shelf[str]()
    factory.register(users, client)

    assert factory.get(users) is factory.get("users") is factory[users] is client
    assert users in factory
    assert "users" in factory
    assert list(factory) == ["users"]
    assert len(factory) == 1


def test_a_name_is_registered_once(factory: CacheClientFactory) -> None:
    """A second registration would hide the first, so it is refused, with the way out."""
    factory.register("mem", Shelf[int]())

    with pytest.raises(ClientExistsError, match=r"override\('mem', client\)"):
        factory.register(ClientKey[int]("mem"), Shelf[int]())


@pytest.mark.parametrize(
    ("client", "words"), [(Shelf, r"a class.*Shelf\(\)"), (3, "has no from_cache, to_cache")]
)
def test_what_is_no_client_is_refused(factory: CacheClientFactory, client: object, words: str) -> None:
    """A class where an instance was meant, or anything else, is refused when it is registered."""
    with pytest.raises(TypeError, match=words):
        factory.register("mem", client)  # type: ignore[call-overload]


def test_half_a_coroutine_client_is_refused(factory: CacheClientFactory) -> None:
    """Calls of a method that nobody awaits would be lost in silence, so it is told at once."""

    class Half:
        from_cache, to_cache = Shelf[int].from_cache, Shelf[int].to_cache
        invalidate_cache = AsyncShelf[int].invalidate_cache

    with pytest.raises(TypeError, match="has to await invalidate_cache and nothing else"):
        factory.register("mem", Half())  # type: ignore[call-overload]


def test_a_missing_client_names_the_others(factory: CacheClientFactory) -> None:
    """The error lists what is registered, as text and as a field, and guesses what was meant."""
    factory.register("users", Shelf[int]())
    factory.register("orders", Shelf[int]())

    with pytest.raises(ClientNotFoundError, match=r"'users', 'orders'.*mean 'users'") as caught:
        factory["usrs"]

    assert caught.value.registered == ("users", "orders")


def test_override_is_for_a_while(factory: CacheClientFactory) -> None:
    """A test puts another client in place; after it, the first one is back."""
    client, other = Shelf[int](), Shelf[int]()
    factory.register("mem", client)

    with factory.override("mem", other), factory.override("new", other):
        assert factory["mem"] is factory["new"] is other

    assert factory["mem"] is client
    assert "new" not in factory


def test_unregister(factory: CacheClientFactory) -> None:
    """A client that was taken out is not found, and cannot be taken out twice."""
    factory.register("mem", Shelf[int]())
    factory.unregister("mem")

    assert factory.get("mem") is None
    with pytest.raises(ClientNotFoundError):
        factory.unregister("mem")


def test_async_clients_are_found_apart(factory: CacheClientFactory) -> None:
    """`get` returns plain clients only, `get_async` async ones only."""
    client = AsyncShelf[int]()
    factory.register("async", client)

    assert factory.get("async") is None
    assert factory.get_async("async") is factory.get_async() is client
    with pytest.raises(ClientNotFoundError):
        factory["async"]


def test_it_shows_its_names(factory: CacheClientFactory) -> None:
    """The repr lists the names."""
    assert repr(factory) == "<CacheClientFactory none>"

    factory.register("mem", Shelf[int]())

    assert repr(factory) == "<CacheClientFactory 'mem'>"


class TestDecoratedFunctions:
    """A decorated function finds its client at the call."""

    @pytest.fixture(autouse=True)
    def _current(self, factory: CacheClientFactory) -> None:
        Cache.set_cache_factory(factory)

    def test_the_decorator_may_run_first(self, factory: CacheClientFactory) -> None:
        """A client that is registered after the function was decorated serves it."""

        @Cache(key="late_{n}", cache_client_name="late")
        def late(n: int) -> int:
            return n

        client = Shelf[int]()
        factory.register("late", client)

        assert late(3) == 3
        assert client.values == {"late_3": 3}

    def test_a_change_is_noticed(self, factory: CacheClientFactory) -> None:
        """A function follows its name to the client that stands under it now."""

        @Cache(key="moving_{n}")
        def moving(n: int) -> int:
            return n

        first, second, third = Shelf[int](), Shelf[int](), Shelf[int]()
        factory.register("only", first)
        moving(1)
        with factory.override("only", second):
            moving(2)
        other = CacheClientFactory()
        other.register("x", third)
        Cache.set_cache_factory(other)
        moving(3)

        assert [list(client.values) for client in (first, second, third)] == [
            ["moving_1"],
            ["moving_2"],
            ["moving_3"],
        ]

    def test_an_unknown_name(self, factory: CacheClientFactory) -> None:
        """The call raises, and says which names there are."""
        factory.register("mem", Shelf[int]())

        @Cache(key="lost_{n}", cache_client_name="men")
        def lost(n: int) -> int:
            return n

        with pytest.raises(ClientNotFoundError, match=r"'men'.*'mem'"):
            lost(1)
        with pytest.raises(ValueError, match="'men'"):
            lost.invalidate(1)

    def test_no_name_and_several_clients(self, factory: CacheClientFactory) -> None:
        """Which one is meant cannot be known, so it is not guessed."""
        factory.register("a", Shelf[int]())
        factory.register("b", Shelf[int]())

        @Cache(key="either_{n}")
        def either(n: int) -> int:
            return n

        with pytest.raises(ClientNotFoundError, match="'a', 'b'"):
            either(1)

    def test_no_factory(self) -> None:
        """Without a factory, the call says how to set one."""
        Cache.set_cache_factory(None)

        @Cache(key="alone_{n}")
        def alone(n: int) -> int:
            return n

        with pytest.raises(ClientNotFoundError, match="set_cache_factory"):
            alone(1)
        assert alone.key_for(1) == "alone_1"

    def test_no_client(self) -> None:
        """An empty factory says how to register one."""

        @Cache(key="empty_{n}")
        def empty(n: int) -> int:
            return n

        with pytest.raises(ClientNotFoundError, match=r"factory\.register"):
            empty(1)

    def test_a_registration_brings_a_policy(self, factory: CacheClientFactory) -> None:
        """The registration's policy holds, unless the decorator brings one."""
        factory.register("mem", CacheClientRam[None](), policy=Policy(cache_none=False))
        calls = []

        @Cache(key="nothing_{n}")
        def nothing(n: int) -> None:
            calls.append(n)

        @Cache(key="something_{n}", policy=Policy())
        def something(n: int) -> None:
            calls.append(n)

        for _ in range(2):
            nothing(1)
            something(2)

        assert calls == [1, 2, 1]


@pytest.fixture(autouse=True)
def _no_factory_after_the_test() -> object:
    yield
    Cache.set_cache_factory(None)
