"""What a decorated function does with its values."""

import functools
import inspect
import pickle
import threading
from collections.abc import Callable, Generator, Iterator
from datetime import timedelta
from typing import Annotated, Any

import pytest
from typing_extensions import TypeAliasType

from fakes import Broken, Shelf
from typed_cache import (
    Cache,
    CacheClient,
    CacheClientRam,
    DecorationError,
    ExpireError,
    KeyTemplateError,
    KeyTemplateWarning,
    KeyValueError,
    Policy,
)
from typed_cache.testing import FakeClock

Rows = TypeAliasType("Rows", Iterator[int] | None)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def ram(clock: FakeClock) -> CacheClientRam[Any]:
    return CacheClientRam(clock=clock)


def test_a_hit_does_not_call_the_function(ram: CacheClientRam[Any]) -> None:
    """The second call is answered from the cache; other arguments are another entry."""
    calls = []

    @Cache(key="square_{n}", client=ram)
    def square(n: int) -> int:
        calls.append(n)
        return n * n

    assert [square(3), square(3), square(n=3), square(4)] == [9, 9, 9, 16]
    assert calls == [3, 4]


def test_every_spelling_is_one_entry(ram: CacheClientRam[Any]) -> None:
    """Positional, by keyword, defaulted: one call, one key."""
    calls = []

    @Cache(key="find_{a}_{b}_{c}", client=ram)
    def find(a: int, b: int = 2, *, c: int = 3) -> int:
        calls.append(a)
        return a + b + c

    assert {find(1), find(1, 2), find(a=1, b=2, c=3), find(1, c=3), find(b=2, a=1)} == {6}
    assert calls == [1]


def test_an_entry_expires(ram: CacheClientRam[Any], clock: FakeClock) -> None:
    """A value is served until it expires, and not after."""
    calls = []

    @Cache(key="now_{n}", expire=timedelta(seconds=60), client=ram)
    def now(n: int) -> int:
        calls.append(n)
        return len(calls)

    now(1)
    clock.advance(seconds=59)
    assert now(1) == 1

    clock.advance(seconds=2)
    assert now(1) == 2


@pytest.mark.parametrize("value", [None, False, 0, "", [], {}])
def test_empty_values_are_values(ram: CacheClientRam[Any], value: object) -> None:
    """None and everything else that is falsy is cached like any value."""
    calls = []

    @Cache(key="empty_{n}", client=ram)
    def empty(n: int) -> object:
        calls.append(n)
        return value

    assert empty(1) == empty(1) == value
    assert len(calls) == 1


def test_none_where_the_policy_says_no(ram: CacheClientRam[Any]) -> None:
    """`cache_none=False` loads again where the function found nothing."""
    calls = []

    @Cache(key="maybe_{n}", client=ram, policy=Policy(cache_none=False))
    def maybe(n: int) -> int | None:
        calls.append(n)
        return None

    maybe(1)
    maybe(1)

    assert len(calls) == 2


def test_a_client_of_three_methods() -> None:
    """A user's own client is enough; there None is not cached."""
    shelf = Shelf[Any]()
    calls = []

    @Cache(key="own_{n}", expire=timedelta(minutes=1), client=shelf)
    def own(n: int) -> int | None:
        calls.append(n)
        return n or None

    assert [own(1), own(1), own(0), own(0)] == [1, 1, None, None]
    assert calls == [1, 0, 0]
    assert shelf.values == {"own_1": 1}
    assert shelf.expires == {"own_1": timedelta(minutes=1)}
    own.invalidate(1)
    assert shelf.values == {}


def test_exceptions_are_not_cached(ram: CacheClientRam[Any]) -> None:
    """What the function raises reaches the caller, each time anew."""
    calls = []

    @Cache(key="broken_{n}", client=ram)
    def broken(n: int) -> int:
        calls.append(n)
        raise LookupError(n)

    for _ in range(2):
        with pytest.raises(LookupError):
            broken(1)

    assert calls == [1, 1]
    assert broken.peek(1) is None


def test_stop_iteration_is_an_exception_like_any_other(ram: CacheClientRam[Any]) -> None:
    """The machinery inside does not take the function's StopIteration for its own."""

    @Cache(key="stopped_{n}", client=ram)
    def stopped(n: int) -> int:
        raise StopIteration(n)

    with pytest.raises(StopIteration):
        stopped(1)
    assert stopped.peek(1) is None


def test_key_none_is_the_qualified_name(ram: CacheClientRam[Any]) -> None:
    """Without a key, the function's own name is the key."""

    @Cache(client=ram)
    def total() -> int:
        return 7

    assert total() == 7
    assert total.key_for() == "test_key_none_is_the_qualified_name.<locals>.total"


def test_key_none_with_parameters_warns(ram: CacheClientRam[Any]) -> None:
    """All calls would share one entry, which is hardly what was meant."""
    with pytest.warns(KeyTemplateWarning, match="TC006"):

        @Cache(client=ram)
        def total(n: int) -> int:
            return n

    assert total(1) == 1


def test_a_parameter_left_out_warns_on_the_users_line(ram: CacheClientRam[Any]) -> None:
    """The warning names the parameter, and points at the file that decorates."""
    with pytest.warns(KeyTemplateWarning, match="'verbose'") as caught:

        @Cache(key="user_{user_id}", client=ram)
        def get_user(user_id: int, *, verbose: bool = False) -> str:
            return f"{user_id} {verbose}"

    assert caught[0].filename == __file__
    assert get_user(1) == "1 False"


def test_ignore_says_that_it_is_meant(ram: CacheClientRam[Any]) -> None:
    """An ignored parameter takes no part, and nobody complains."""

    @Cache(key="report_{year}", client=ram, ignore=("verbose",))
    def report(year: int, verbose: bool) -> str:
        return f"{year} {verbose}"

    assert report(2026, verbose=True) == report(2026, verbose=False) == "2026 True"


@pytest.mark.parametrize(
    ("key", "code"),
    [("user_{user", "TC001"), ("user_{usr_id}", "TC002"), ("user_{user_id.nmae}", "TC003"), ("", "TC001")],
)
def test_a_wrong_template_is_refused(ram: CacheClientRam[Any], key: str, code: str) -> None:
    """A template that does not fit never gets as far as a call."""

    def get_user(user_id: int) -> int:
        return user_id

    with pytest.raises(KeyTemplateError, match=code) as caught:
        Cache(key=key, client=ram)(get_user)
    assert code in caught.value.codes


def test_the_error_of_a_typo(ram: CacheClientRam[Any]) -> None:
    """What was wrong, where, a caret, and what to write instead."""

    def get_user(user_id: int, *, verbose: bool = False) -> int:
        return user_id

    with pytest.raises(KeyTemplateError) as caught:
        Cache(key="user_{usr_id}", client=ram, ignore=("verbose",))(get_user)

    lines = str(caught.value).splitlines()
    assert lines[0].startswith("TC002 unknown parameter 'usr_id' in the key of ")
    assert __file__.rpartition("/")[2] in lines[1]
    assert lines[2:4] == ['    "user_{usr_id}"', "           ^^^^^^"]
    assert lines[4] == "  get_user takes 'user_id', 'verbose'. Did you mean 'user_id'?"


def test_a_value_without_stable_text(ram: CacheClientRam[Any]) -> None:
    """An object whose text is its address is refused at the call, by the parameter's name."""

    @Cache(key="of_{thing}", client=ram)
    def of(thing: object) -> int:
        return 1

    with pytest.raises(KeyValueError, match="'thing'") as caught:
        of(object())
    assert caught.value.parameter == "thing"


@pytest.mark.parametrize(
    "expire",
    [timedelta(0), timedelta(seconds=-1), timedelta(days=3660), timedelta.max, True, 60, 2**70, float("nan")],
)
def test_an_expire_no_backend_keeps(expire: Any) -> None:
    """`expire` is None or a timedelta of more than nothing and at most ten years."""
    with pytest.raises(ExpireError):
        Cache(key="x", expire=expire)


def test_generators_are_refused(ram: CacheClientRam[Any]) -> None:
    """A generator is used up by its first reader, so its function cannot be cached."""

    def rows() -> Generator[int]:
        yield 1

    async def async_rows() -> Any:
        yield 1

    def iterator() -> Iterator[int]:
        return iter(())

    def optional_iterator() -> Iterator[int] | None:
        return None

    def named() -> Annotated[Rows, "rows"] | int:
        return 0

    for function in (rows, async_rows, iterator, optional_iterator, named):
        with pytest.raises(DecorationError):
            Cache(key="rows", client=ram)(function)


def test_a_result_that_can_be_read_once_is_not_stored(ram: CacheClientRam[Any]) -> None:
    """Where the annotation hides it, the caller gets the iterator and the fault is counted."""

    @Cache(key="hidden_{n}", client=ram)
    def hidden(n: int) -> object:
        return iter([n])

    assert [list(hidden(1)), list(hidden(1))] == [[1], [1]]
    assert hidden.stats().errors == {("write", "serialization"): 2}


@pytest.mark.parametrize("target", [int, 3, property(len)])
def test_what_is_no_function_is_refused(ram: CacheClientRam[Any], target: Any) -> None:
    """A class, a property or a number is refused with what to do instead."""
    with pytest.raises(DecorationError):
        Cache(key="x", client=ram)(target)


def test_contradictions_are_refused(ram: CacheClientRam[Any]) -> None:
    """Two ways to say the client, or to drop and to store at once, are one too many."""
    with pytest.raises(TypeError, match="one of them"):
        Cache(key="x", client=ram, cache_client_name="ram")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="one of them"):
        Cache(key="x", client=ram, invalidate=True, put=True)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match=r"ignore=\('n',\)"):
        Cache(key="x", client=ram, ignore="n")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"key": 5}, "key= takes a template, such as"),
        ({"key": b"user_{n}"}, "or None: not b'user_{n}'"),
        ({"key": "a", "ignore": (5,)}, "not (5,)."),
    ],
)
def test_settings_of_other_types_are_refused(given: Any, words: str) -> None:
    """What is no template and no collection of names is refused in words of the library's own."""
    with pytest.raises(TypeError) as caught:
        Cache(**given)
    assert words in str(caught.value)


def test_a_dead_backend_costs_nothing_but_the_hit() -> None:
    """The function runs each time, no exception escapes, and every failure is counted."""
    calls = []

    @Cache(key="down_{n}", client=Broken[int]())
    def down(n: int) -> int:
        calls.append(n)
        return n

    assert [down(1), down(1)] == [1, 1]
    down.invalidate(1)
    assert down.peek(1) is None
    assert down.entry(1) is None
    assert down.refresh(1) == 1
    stats = down.stats()
    assert calls == [1, 1, 1]
    assert stats.misses == {"error": 2}
    assert stats.errors["read", "ConnectionRefusedError"] == 4
    assert stats.errors["invalidate", "ConnectionRefusedError"] == 2


def test_a_dead_backend_is_asked_once_a_call() -> None:
    """A call whose look-up found no backend does not wait for it a second time."""

    @Cache(key="once_{n}", client=Broken[int]())
    def once(n: int) -> int:
        return n

    once(1)
    assert once.stats().errors == {("read", "ConnectionRefusedError"): 1}


def test_what_a_client_cannot_read_is_overwritten() -> None:
    """A client that raises on what it finds gets the value again."""

    class Picky(Shelf[int]):
        def from_cache(self, key: str) -> int | None:
            if self.values.get(key) == -1:
                raise ValueError(key)
            return super().from_cache(key)

    picky = Picky()
    picky.values["picky_1"] = -1

    @Cache(key="picky_{n}", client=picky)
    def get(n: int) -> int:
        return n

    assert (get(1), get(1)) == (1, 1)
    assert picky.values == {"picky_1": 1}
    assert get.stats().errors == {("read", "ValueError"): 1}


def test_keyboard_interrupt_passes(ram: CacheClientRam[Any]) -> None:
    """What is no `Exception` is nobody's to swallow."""

    @Cache(key="interrupted_{n}", client=ram)
    def interrupted(n: int) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted(1)
    assert interrupted.stats().errors == {}


def test_a_value_invalidated_while_it_was_loaded_is_not_stored(ram: CacheClientRam[Any]) -> None:
    """The caller gets the value; the next call loads anew."""
    rows = {1: "old"}

    @Cache(key="row_{n}", client=ram)
    def row(n: int) -> str:
        read = rows[n]
        if read == "old":
            rows[n] = "new"
            row.invalidate(n)
        return read

    assert row(1) == "old"
    assert row(1) == "new"
    assert row.stats().refused == 1


def test_calls_into_each_other_do_not_lock(ram: CacheClientRam[Any]) -> None:
    """A calls B, B calls A, and A itself with the same key: every call comes back."""

    @Cache(key="a_{n}", client=ram)
    def a(n: int) -> int:
        return b(n - 1) if n else 0

    @Cache(key="b_{n}", client=ram)
    def b(n: int) -> int:
        return a(n) + 1

    depth = threading.local()

    @Cache(key="self_{n}", client=ram)
    def itself(n: int) -> int:
        depth.value = getattr(depth, "value", 0) + 1
        return n if depth.value > 1 else itself(n)

    assert (a(5), itself(1)) == (5, 1)


def test_it_is_still_that_function(ram: CacheClientRam[Any]) -> None:
    """Name, doc, module, annotations and signature are the function's own; it pickles by reference."""

    def wrapped(a: int, /, b: "str" = "x", *c: int, d: bool = False, **e: float) -> str:
        """Say it."""
        return b

    cached = Cache(key="w_{a}_{b}_{c}_{d}_{e}", client=ram)(wrapped)

    assert inspect.signature(cached) == inspect.signature(wrapped)
    assert inspect.signature(cached, follow_wrapped=False).parameters.keys() == {"a", "b", "c", "d", "e"}
    assert cached.__doc__ == "Say it."
    assert (cached.__name__, cached.__qualname__) == (wrapped.__name__, wrapped.__qualname__)
    assert cached.__module__ == __name__
    assert cached.__wrapped__ is wrapped
    assert inspect.isfunction(cached)
    assert cached(1, "y", 2, 3, d=True, f=0.5) == "y"
    assert pickle.loads(pickle.dumps(module_level)) is module_level


@Cache(key="module_level_{n}", client=Shelf[int]())
def module_level(n: int) -> int:
    return n


@pytest.mark.parametrize(
    ("function", "args", "key"),
    [
        (lambda n: n, (1,), "made_1"),
        (functools.partial(lambda m, n: m + n, 1), (2,), "made_2"),
        (type("Adder", (), {"__call__": lambda self, n: n})(), (3,), "made_3"),
    ],
)
def test_other_callables(function: Callable[..., int], args: tuple[int, ...], key: str) -> None:
    """A lambda, a partial and an object with `__call__` can be cached too."""
    shelf = Shelf[int]()
    cached = Cache(key="made_{n}", client=shelf)(function)

    assert cached(*args) == cached(*args)
    assert list(shelf.values) == [key]
    assert cached.key_for(*args) == key


def test_wrong_arguments_are_the_functions_own_error(ram: CacheClientRam[Any]) -> None:
    """A call that the function would refuse is refused in the same words."""

    @Cache(key="strict_{n}", client=ram)
    def strict(n: int) -> int:
        return n

    with pytest.raises(TypeError, match=r"strict\(\) missing 1 required positional argument: 'n'"):
        strict()  # type: ignore[call-arg]


def test_parameters_may_be_called_anything(ram: CacheClientRam[Any]) -> None:
    """A parameter may bear any name that the generated function uses itself."""

    @Cache(key="{key}_{found}_{read}_{load}_{build_key}", client=ram)
    def odd(key: int, found: int, read: int, *, load: int, build_key: int) -> int:
        return key + found + read + load + build_key

    assert odd(1, 2, 3, load=4, build_key=5) == odd(1, 2, 3, build_key=5, load=4) == 15
    assert odd.stats().hits == 1


def test_names_are_read_as_python_reads_them(ram: CacheClientRam[Any]) -> None:
    """A name is the same name however an editor writes its accents."""

    @Cache(key="{re\u0301gion}_{\ufb01rst}", client=ram)
    def odd(région: str, first: int) -> str:  # noqa: PLC2401  # what is tested
        return région * first

    assert odd.key_for("A", 2) == "A_2"


def test_keyword_arguments_may_be_called_anything(ram: CacheClientRam[Any]) -> None:
    """Even `self`, which the handles have too."""

    @Cache(key="{kwargs}", client=ram)
    def count(**kwargs: int) -> int:
        return len(kwargs)

    named = {"self": 1, "key": 2, "miss": 3, "args": 4}
    assert count(**named) == count.peek(**named) == count.refresh(**named) == 4
    assert count.key_for(**named) == "{args=4,key=2,miss=3,self=1}"
    count.invalidate(**named)
    assert count.entry(**named) is None


def test_a_refused_function_is_not_remembered(ram: CacheClientRam[Any]) -> None:
    """A function that was refused is no rival of the one that takes its place."""
    with pytest.raises(KeyTemplateError):

        @Cache(key="again_{n.nmae}", client=ram)
        def wrong(n: int) -> int:
            return n

    @Cache(key="again_{n}", client=ram)
    def right(n: int) -> str:
        return str(n)

    assert right(1) == "1"


def test_two_functions_with_one_key(ram: CacheClientRam[Any]) -> None:
    """Keys that can meet while the types differ are a warning when the second one is decorated."""
    make: Callable[[], CacheClient[Any]] = lambda: ram  # noqa: E731

    @Cache(key="meet_{n}", client=make())
    def first(n: int) -> int:
        return n

    with pytest.warns(KeyTemplateWarning, match=r"TC009[\s\S]*first"):

        @Cache(key="meet_{m}", client=make())
        def second(m: int) -> str:
            return str(m)

    assert first(1) == 1


def _not_hashable(_: object) -> int:
    raise RuntimeError("no hash")


@pytest.mark.parametrize("hashed", [None, _not_hashable], ids=["unhashable", "raising"])
def test_two_functions_of_a_client_without_a_hash(hashed: object) -> None:
    """A client that is a dict, or whose hash fails, is itself all the same."""
    odd = type("Odd", (Shelf,), {"__hash__": hashed, "__len__": lambda _: 0})()

    @Cache(key="odd_{n}", client=odd)
    def first(n: int) -> int:
        return n

    with pytest.warns(KeyTemplateWarning, match=r"TC009[\s\S]*first"):

        @Cache(key="odd_{m}", client=odd)
        def second(m: int) -> str:
            return str(m)

    assert [first(1), first.peek(1), second.peek(1)] == [1, 1, 1]
