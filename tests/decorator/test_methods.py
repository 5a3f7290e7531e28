"""Methods: bound handles, class and static methods, properties."""

import copy
import functools
import inspect
import pickle
from abc import ABC, abstractmethod
from typing import Any

import pydantic
import pytest

from typed_cache import Cache, CacheClientRam, Cached, KeyTemplateError, handles

ram: CacheClientRam[Any] = CacheClientRam()


class Repo:
    """A repository whose reads are cached."""

    made = 0

    def __init__(self, tenant: int = 1) -> None:
        self.tenant = tenant
        self.calls: list[int] = []

    @Cache(key="row_{self.tenant}_{n}", client=ram)
    def row(self, n: int) -> str:
        """Get a row."""
        self.calls.append(n)
        return f"{self.tenant}/{n}"

    @Cache(key="rename_{n}", client=ram)
    @classmethod
    def make(cls, n: int) -> str:
        """Make one."""
        Repo.made += 1
        return f"{cls.__name__} {n}"

    @Cache(key="twice_{n}", client=ram)
    @staticmethod
    def twice(n: int) -> int:
        """Double it."""
        Repo.made += 1
        return 2 * n

    @property
    @Cache(key="size_{self.tenant}", client=ram)
    def size(self) -> int:
        """How many."""
        self.calls.append(-1)
        return self.tenant * 10

    @Cache(key="row_{self.tenant}_{n}", invalidate=True, client=ram)
    def set_row(self, n: int) -> None:
        """Change a row."""

    @Cache(key="twice_{n}", invalidate=True, client=ram)
    @staticmethod
    def forget_twice(n: int) -> None:
        """Forget a double."""

    @Cache(key="rename_{n}", invalidate=True, client=ram)
    @classmethod
    def forget(cls, n: int) -> None:
        """Forget one."""


@pytest.fixture(autouse=True)
def _empty() -> None:
    ram.clear()
    Repo.made = 0


def test_a_method_is_cached_by_what_the_key_names() -> None:
    """Two instances with the same tenant share entries; another tenant has its own."""
    one, same, other = Repo(1), Repo(1), Repo(2)

    assert [one.row(5), one.row(5), same.row(n=5), other.row(5)] == ["1/5", "1/5", "1/5", "2/5"]
    assert (one.calls, same.calls, other.calls) == ([5], [], [5])


def test_the_handles_of_a_bound_method() -> None:
    """Handles on `repo.row` take the arguments of `repo.row`."""
    repo = Repo(3)
    repo.row(1)

    assert repo.row.key_for(1) == "row_3_1"
    assert repo.row.peek(1) == "3/1"
    repo.row.invalidate(1)
    assert repo.row.peek(1) is None
    assert repo.row.refresh(1) == "3/1"
    entry = repo.row.entry(1)
    assert entry is not None
    assert (entry.value, entry.is_fresh) == ("3/1", True)


def test_an_unbound_method_takes_the_instance() -> None:
    """`Repo.row` is the function; it and its handles take `self` first."""
    repo = Repo(4)

    assert Repo.row(repo, 1) == "4/1"
    assert Repo.row.key_for(repo, 1) == "row_4_1"
    assert Repo.row.peek(repo, 1) == "4/1"


def test_a_class_method() -> None:
    """Bound to the class, from the class and from an instance."""

    class Sub(Repo):
        pass

    assert [Repo.make(1), Repo().make(1), Repo.make.peek(1)] == ["Repo 1"] * 3
    assert Sub.make(2) == "Sub 2"
    assert Repo.made == 2
    assert Repo.make.key_for(1) == "rename_1"


def test_a_static_method() -> None:
    """Bound to nothing."""
    assert [Repo.twice(2), Repo().twice(2), Repo.twice.peek(2)] == [4, 4, 4]
    assert Repo.made == 1


def test_a_property() -> None:
    """`@Cache` stands inside `@property`."""
    repo = Repo(6)

    assert (repo.size, repo.size) == (60, 60)
    assert repo.calls == [-1]


def test_methods_that_invalidate() -> None:
    """An instance, a class and a static method drop what their siblings cached."""
    repo = Repo(7)
    repo.row(1)
    repo.set_row(1)
    Repo.twice(1)
    repo.forget_twice(1)
    Repo.make(1)
    Repo.forget(1)

    assert repo.row.peek(1) is None
    assert Repo.twice.peek(1) is None
    assert Repo.make.peek(1) is None


def test_it_is_still_that_method() -> None:
    """Name, doc, module and signature, of the unbound and of the bound one."""
    repo = Repo(8)

    for method in (Repo.row, repo.row):
        assert (method.__name__, method.__qualname__, method.__doc__) == ("row", "Repo.row", "Get a row.")
        assert method.__module__ == __name__
    assert list(inspect.signature(Repo.row).parameters) == ["self", "n"]
    assert list(inspect.signature(repo.row).parameters) == ["n"]
    assert list(inspect.signature(Repo.make).parameters) == ["n"]
    assert list(inspect.signature(Repo.twice).parameters) == ["n"]
    assert repo.row.__wrapped__(1) == "8/1"
    assert "Repo.row" in repr(repo.row)


def test_bound_methods_compare_by_what_they_are_bound_to() -> None:
    """As bound methods do, so that they can be registered and found again."""
    one, other = Repo(1), Repo(1)

    assert one.row == one.row
    assert hash(one.row) == hash(one.row)
    assert one.row != other.row
    assert one.row != Repo.row
    assert one.row.__self__ is one  # type: ignore[attr-defined]
    assert not hasattr(Repo.row, "__self__")


def test_methods_pickle_by_reference() -> None:
    """An unbound method is itself again; a bound one is bound to a copy of its instance."""
    repo = Repo(9)

    assert pickle.loads(pickle.dumps(Repo.row)) is Repo.row
    assert copy.copy(Repo.row) is Repo.row
    assert pickle.loads(pickle.dumps(repo.row))(2) == "9/2"


def test_stats_are_the_functions() -> None:
    """All instances count together."""
    before = Repo.row.stats().hits
    Repo(1).row(1)
    Repo(1).row(1)

    assert Repo(5).row.stats().hits == before + 1


def test_self_as_a_key_is_refused() -> None:
    """An instance has no stable text that could be known here."""
    with pytest.raises(KeyTemplateError, match="TC008"):

        class Wrong:
            @Cache(key="wrong_{self}", client=ram)
            def get(self) -> int:
                return 1


def test_an_abstract_method_stays_abstract() -> None:
    """A class with a cached abstract method cannot be instantiated; its subclass can."""

    class Base(ABC):
        @Cache(key="abstract_{n}", client=ram)
        @abstractmethod
        def get(self, n: int) -> int: ...

    class Derived(Base):
        @Cache(key="derived_{n}", client=ram)
        def get(self, n: int) -> int:
            return n

    with pytest.raises(TypeError, match="abstract"):
        Base()  # type: ignore[abstract]
    assert Derived().get(3) == 3


def test_static_method_outside() -> None:
    """`@staticmethod` above `@Cache` works too: the first parameter is no receiver."""

    class Other:
        @staticmethod
        @Cache(key="outside_{n}", client=ram)
        def double(n: int) -> int:
            return 2 * n

    assert Other.double(2) == Other().double(2) == 4
    assert Other.double.key_for(2) == "outside_2"


def test_handles_below_other_decorators() -> None:
    """`handles` finds a cached method below `functools.wraps` and below `@classmethod`."""

    def logged(fn: Any) -> Any:
        @functools.wraps(fn)
        def call(*args: Any, **kwargs: Any) -> Any:
            return fn(*args, **kwargs)

        return call

    class Logged:
        @logged
        @Cache(key="logged_{n}", client=ram)
        def get(self, n: int) -> int:
            return n

        @classmethod
        @Cache(key="logged_class_{n}", client=ram)
        def make(cls, n: int) -> int:
            return n

    one = Logged()
    assert one.get(3) == handles(one.get).peek(3) == 3
    assert Logged.make(4) == handles(Logged.make).peek(4) == 4
    assert handles(Logged.make).key_for(n=4) == "logged_class_4"


def test_a_method_of_a_pydantic_model() -> None:
    """A model that is told what a cached method is takes it for no field."""

    class Shop(pydantic.BaseModel):
        model_config = pydantic.ConfigDict(ignored_types=(Cached,))

        town: str

        @Cache(key="shop_{self.town}_{n}", client=ram)
        def price(self, n: int) -> int:
            return 2 * n

    assert list(Shop.model_fields) == ["town"]
    assert Shop(town="Rome").price(3) == Shop(town="Rome").price.peek(3) == 6


def test_slots_and_descriptors_do_not_matter() -> None:
    """Nothing is stored on the instance."""

    class Slotted:
        __slots__ = ()

        @Cache(key="slotted_{n}", client=ram)
        def get(self, n: int) -> int:
            return n

    assert Slotted().get(1) == Slotted().get(1) == 1
