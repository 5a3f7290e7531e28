"""Functions that change what others cached: `invalidate=True` and `put=True`."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from fakes import Broken
from typed_cache import Cache, CacheClientRam, DecorationError, KeyTemplateError, KeyTemplateWarning, handles


@pytest.fixture
def ram() -> CacheClientRam[Any]:
    return CacheClientRam()


def test_invalidate_after_the_function_returned(ram: CacheClientRam[Any]) -> None:
    """The reader loads anew once the writer is done."""
    names = {1: "Ada"}

    @Cache(key="user_{user_id}", client=ram)
    def get_name(user_id: int) -> str:
        return names[user_id]

    @Cache(key="user_{user_id}", invalidate=True, client=ram)
    def set_name(user_id: int, name: str) -> str:
        assert get_name.peek(user_id) == "Ada"
        names[user_id] = name
        return "done"

    get_name(1)
    assert set_name(1, name="Grace") == "done"
    assert get_name(1) == "Grace"


def test_not_when_it_raised(ram: CacheClientRam[Any]) -> None:
    """A writer that failed leaves the entry."""

    @Cache(key="user_{user_id}", client=ram)
    def get_name(user_id: int) -> str:
        return "Ada"

    @Cache(key="user_{user_id}", invalidate=True, client=ram)
    def set_name(user_id: int) -> None:
        raise ValueError(user_id)

    get_name(1)
    with pytest.raises(ValueError, match="1"):
        set_name(1)
    assert get_name.peek(1) == "Ada"


def test_several_stand_above_each_other(ram: CacheClientRam[Any]) -> None:
    """One writer drops several entries; it is still the function that it was."""

    @Cache(key="one_{n}", client=ram)
    def one(n: int) -> int:
        return n

    @Cache(key="all", client=ram)
    def everything() -> int:
        return 0

    @Cache(key="one_{n}", invalidate=True, client=ram)
    @Cache(key="all", invalidate=True, client=ram)
    def change(n: int) -> int:
        """Change it."""
        return n

    one(1), everything()
    assert change(1) == 1
    assert (one.peek(1), everything.peek()) == (None, None)
    assert (change.__doc__, list(inspect.signature(change).parameters)) == ("Change it.", ["n"])


def test_above_a_cached_function(ram: CacheClientRam[Any]) -> None:
    """A function that stores its result and drops another keeps the handles of the first."""

    @Cache(key="list", client=ram)
    def listed() -> list[str]:
        return ["x"]

    @Cache(key="list", invalidate=True, client=ram)
    @Cache(key="saved_{n}", put=True, client=ram)
    def save(n: int) -> str:
        return f"saved {n}"

    listed()
    assert save(1) == "saved 1"
    assert listed.peek() is None
    assert save.peek(1) == "saved 1"
    assert save.key_for(1) == "saved_1"


def test_above_a_cached_method(ram: CacheClientRam[Any]) -> None:
    """The same for a method, whose handles stay bound."""

    class Repo:
        @Cache(key="list", invalidate=True, client=ram)
        @Cache(key="saved_{n}", put=True, client=ram)
        def save(self, n: int) -> str:
            return f"saved {n}"

        @Cache(key="list", client=ram)
        def listed(self) -> int:
            return 1

    repo = Repo()
    repo.listed()
    assert repo.save(2) == "saved 2"
    assert repo.save.peek(2) == "saved 2"
    assert repo.listed.peek() is None


def test_put_always_runs(ram: CacheClientRam[Any]) -> None:
    """A writer stores what the reader reads."""

    @Cache(key="user_{user_id}", client=ram)
    def get_name(user_id: int) -> str:
        raise AssertionError("it is cached")

    @Cache(key="user_{user_id}", put=True, client=ram, ignore=("name",))
    def save_name(user_id: int, name: str) -> str:
        return name

    assert [save_name(1, "Ada"), save_name(1, "Grace"), get_name(1)] == ["Ada", "Grace", "Grace"]


def test_a_put_overtakes_a_reader(ram: CacheClientRam[Any]) -> None:
    """A value that was read before a put is not stored after it."""

    @Cache(key="user_{user_id}", client=ram)
    def get_name(user_id: int) -> str:
        save_name(user_id)
        return "old"

    @Cache(key="user_{user_id}", put=True, client=ram)
    def save_name(user_id: int) -> str:
        return "new"

    assert get_name(1) == "old"
    assert get_name(1) == "new"


def test_a_put_that_is_overtaken_leaves_nothing(ram: CacheClientRam[Any]) -> None:
    """In doubt, the entry goes."""

    @Cache(key="user_{user_id}", put=True, client=ram)
    def save_name(user_id: int) -> str:
        save_name.invalidate(user_id)
        return "old"

    assert save_name(1) == "old"
    assert save_name.peek(1) is None


def test_the_key_is_that_of_the_arguments_given(ram: CacheClientRam[Any]) -> None:
    """What the function does to its arguments does not change which entry goes."""

    @Cache(key="tags_{tags}", client=ram)
    def count(tags: list[str]) -> int:
        return len(tags)

    @Cache(key="tags_{tags}", invalidate=True, client=ram)
    def clear(tags: list[str]) -> None:
        tags.clear()

    count(["a", "b"])
    clear(["a", "b"])
    assert count.peek(["a", "b"]) is None


def test_a_lost_invalidation_is_counted_not_raised(caplog: pytest.LogCaptureFixture) -> None:
    """The writer's own result reaches its caller; the log says what was lost."""

    @Cache(key="user_{user_id}", invalidate=True, client=Broken[int]())
    def set_name(user_id: int) -> str:
        return "done"

    assert set_name(1) == "done"
    assert "invalidate" in caplog.text


def test_templates_of_writers_are_checked(ram: CacheClientRam[Any]) -> None:
    """A writer need not name every parameter, and may not name one that it has not."""
    with pytest.raises(KeyTemplateError, match="TC002"):

        @Cache(key="user_{usr_id}", invalidate=True, client=ram)
        def set_name(user_id: int, name: str) -> None: ...

    with pytest.warns(KeyTemplateWarning, match="TC006"):

        @Cache(invalidate=True, client=ram)
        def forget() -> None: ...


def test_a_writer_may_not_be_a_generator(ram: CacheClientRam[Any]) -> None:
    """When it returned is not known."""
    with pytest.raises(DecorationError, match="its entry would be dropped before it begins"):

        @Cache(key="x", invalidate=True, client=ram)
        def rows() -> Any:
            yield 1


def test_what_a_writer_returns_is_not_kept(ram: CacheClientRam[Any]) -> None:
    """An invalidating function may return what is read once; one that puts may not."""

    def rows() -> Iterator[int]:
        return iter((1, 2))

    assert list(Cache(key="x", invalidate=True, client=ram)(rows)()) == [1, 2]
    with pytest.raises(DecorationError, match="TC012 a result of type Iterator"):
        Cache(key="x", put=True, client=ram)(rows)


def test_plain_and_handles(ram: CacheClientRam[Any]) -> None:
    """`.plain` decorates the same way; `handles` finds the handles, bound ones too."""

    class Repo:
        @Cache(key="plain_{n}", client=ram).plain
        def get(self, n: int) -> int:
            return n

    @Cache(key="alone_{n}", client=ram).plain
    def alone(n: int) -> int:
        return n

    repo = Repo()
    assert (repo.get(1), alone(2)) == (1, 2)
    assert handles(repo.get).peek(1) == 1
    handles(alone).invalidate(2)
    assert handles(alone).peek(2) is None
    with pytest.raises(DecorationError, match="not cached"):
        handles(print)
