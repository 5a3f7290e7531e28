"""The typed handles: what a decorated function is, as its caller and a type checker see it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from typed_cache.client import Entry
from typed_cache.stats import Stats

__all__ = ["Cached"]

P = ParamSpec("P")
Q = ParamSpec("Q")
R = TypeVar("R")
S = TypeVar("S")
V = TypeVar("V")
R_co = TypeVar("R_co", covariant=True)
K = TypeVar("K", bound=str | tuple[object, ...])
# A bound of `type` is what makes the first overload of `__get__` legal beside the third.
Cls = TypeVar("Cls", bound=type)


class Cached(ABC, Generic[P, R_co]):
    """A cached function: its own signature, and handles that take the same arguments.

    At run time a decorated module-level function is a real function that carries the handles as
    attributes, and a decorated method is a descriptor whose bound form carries them. On a coroutine
    function `invalidate`, `refresh`, `peek` and `entry` are awaitable.

    Every handle that takes arguments raises `KeyValueError` where one of them has no stable text, and
    every one but `key_for` raises `ClientNotFoundError` where no client is registered.

    >>> from typed_cache import Cache, CacheClientRam
    >>> @Cache(key="square_{n}", client=CacheClientRam[int]())
    ... def square(n: int) -> int:
    ...     return n * n
    >>> square(4), square.peek(4), square.key_for(4)
    (16, 16, 'square_4')
    """

    __name__: str
    __qualname__: str

    @property
    @abstractmethod
    def __wrapped__(self) -> Callable[P, R_co]:
        """The function as it was written."""

    @abstractmethod
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Return the cached value, or call the function and store what it returns."""

    @abstractmethod
    def key_for(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """Return the key of a call with these arguments, as the client gets it.

        Where no client is registered yet, it is the whole key, however long.
        """

    # The two overlap where R_co is a coroutine; the first one wins, which is what is meant.
    @overload
    @abstractmethod
    def invalidate(  # type: ignore[overload-overlap]
        self: "Cached[P, Coroutine[Any, Any, V]]", *args: P.args, **kwargs: P.kwargs
    ) -> Coroutine[Any, Any, None]: ...
    @overload
    @abstractmethod
    def invalidate(self, *args: P.args, **kwargs: P.kwargs) -> None: ...
    @abstractmethod
    def invalidate(self, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, None] | None:
        """Drop the entry that a call with these arguments would read.

        A load under way still returns to its caller; its value is not stored.
        """

    @abstractmethod
    def refresh(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the function, store what it returns, and return it."""

    @overload
    @abstractmethod
    def peek(
        self: "Cached[P, Coroutine[Any, Any, V]]", *args: P.args, **kwargs: P.kwargs
    ) -> Coroutine[Any, Any, V | None]: ...
    @overload
    @abstractmethod
    def peek(self, *args: P.args, **kwargs: P.kwargs) -> R_co | None: ...
    @abstractmethod
    def peek(self, *args: P.args, **kwargs: P.kwargs) -> object:
        """Return the cached value, or None where there is none; the function is not called."""

    @overload
    @abstractmethod
    def entry(  # type: ignore[overload-overlap]
        self: "Cached[P, Coroutine[Any, Any, V]]", *args: P.args, **kwargs: P.kwargs
    ) -> Coroutine[Any, Any, Entry[V] | None]: ...
    @overload
    @abstractmethod
    def entry(self, *args: P.args, **kwargs: P.kwargs) -> Entry[R_co] | None: ...
    @abstractmethod
    def entry(self, *args: P.args, **kwargs: P.kwargs) -> object:
        """Return the cached value with its age and freshness, or None where there is none."""

    @abstractmethod
    def stats(self) -> Stats:
        """Return this function's counts; those of a method are shared by all instances."""

    @abstractmethod
    def key(self, fn: Callable[P, K], /) -> Callable[P, K]:
        """Take the `{...}` of the key from `fn`, a function that every call of this one fits.

        It gets the arguments and returns a str, or a tuple of values of any kind that a key can hold;
        every type checker compares its parameters. It stays as it is, so that others can share it.

        Raises:
            KeyTemplateError: There is no `{...}` in the key, or `fn` does not take the same parameters.
            DecorationError: There is a key function already, or `fn` is none.

        >>> from typed_cache import Cache, CacheClientRam
        >>> @Cache(key="greeting_{...}", client=CacheClientRam[str]())
        ... def greet(name: str, *, loud: bool = False) -> str:
        ...     return name.upper() if loud else name
        >>> @greet.key
        ... def greeting_key(name: str, *, loud: bool = False) -> tuple[object, ...]:
        ...     return name.casefold(), loud
        >>> greet.key_for("ADA") == greet.key_for("Ada") == "greeting_(ada,?0)"
        True
        """

    @overload
    @abstractmethod
    def __get__(self: Callable[Concatenate[Cls, Q], R], obj: object, owner: Cls, /) -> "Cached[Q, R]": ...
    @overload
    @abstractmethod
    def __get__(self, obj: None, owner: type, /) -> "Cached[P, R_co]": ...
    @overload
    @abstractmethod
    def __get__(
        self: Callable[Concatenate[S, Q], R], obj: S, owner: type | None = None, /
    ) -> "Cached[Q, R]": ...
    @overload
    @abstractmethod
    def __get__(self, obj: object, owner: type | None = None, /) -> "Cached[P, R_co]": ...
    @abstractmethod
    def __get__(self, obj: object, owner: type | None = None, /) -> object:
        """Bind a class method to the class, a method to `obj`, and a static method to nothing."""
