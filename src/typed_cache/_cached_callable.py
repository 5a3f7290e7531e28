"""This is where the handles of a cached function live at run time, bound to an instance or not."""

import functools
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, TypeAlias, final

from typing_extensions import override

from typed_cache._key_function import KeyFunction
from typed_cache.binding import Binding
from typed_cache.cached import Cached
from typed_cache.client import AsyncEntryStore, EntryStore
from typed_cache.errors import ClientNotFoundError
from typed_cache.loading import AsyncLoader, Loader
from typed_cache.stats import Stats

__all__ = ["HANDLES", "Binds", "CachedCallable"]

Binds: TypeAlias = Literal["instance", "class", "nothing"]

HANDLES = ("invalidate", "refresh", "peek", "entry", "key_for", "key", "stats")


class CachedCallable(functools.partial[Any], Cached[..., Any]):
    """A cached method; also holds the handles of a cached function.

    A `functools.partial` of the generated wrapper, which C code calls; it binds as functions do.
    """

    __slots__ = ("wrapper",)

    wrapper: Callable[..., Any]
    """`func`, which Python finds quicker in a slot of our own."""

    _wrapped: Callable[..., Any]
    _build_key: Callable[..., str]
    _key_function: KeyFunction
    _loader: Loader | AsyncLoader
    _binding: Binding

    @classmethod
    def make(
        cls,
        wrapper: Callable[..., Any],
        wrapped: Callable[..., Any],
        build_key: Callable[..., str],
        *,
        key_function: KeyFunction,
        loader: Loader | AsyncLoader,
        binding: Binding,
        binds: Binds,
    ) -> "CachedCallable":
        """Return the unbound form, which looks like `wrapped`."""
        made = _BINDING[binds](wrapper)
        look = {
            name: getattr(wrapper, name) for name in functools.WRAPPER_ASSIGNMENTS if hasattr(wrapper, name)
        }
        vars(made).update(
            look | vars(wrapper),
            _wrapped=wrapped,
            _build_key=build_key,
            _key_function=key_function,
            _loader=loader,
            _binding=binding,
        )
        del vars(made)["__wrapped__"]  # the property below answers, for bound ones too
        return _filed(made)

    def around(self, wrapper: Callable[..., Any]) -> "CachedCallable":
        """Return this with another wrapper, as a second decorator makes it; the handles stay."""
        made = type(self)(wrapper)
        vars(made).update(vars(self))
        return _filed(made)

    @property
    @override
    def __wrapped__(self) -> Callable[..., Any]:
        return types.MethodType(self._wrapped, self.args[0]) if self.args else self._wrapped

    @property
    def __self__(self) -> object:
        """What the method is bound to; an unbound one has none."""
        if not self.args:
            raise AttributeError("__self__")
        return self.args[0]

    @override
    def key_for(self, /, *args: Any, **kwargs: Any) -> str:
        key = self._key(args, kwargs)
        try:
            return self._loader.key_for(key)
        except ClientNotFoundError:
            return key

    @override
    def invalidate(self, /, *args: Any, **kwargs: Any) -> Any:
        return self._loader.invalidate(self._key(args, kwargs))

    @override
    def refresh(self, /, *args: Any, **kwargs: Any) -> Any:
        return self._loader.replace(self._key(args, kwargs), *self.args, *args, **kwargs)

    @override
    def peek(self, /, *args: Any, **kwargs: Any) -> Any:
        return self._loader.peek(self._key(args, kwargs))

    @override
    def entry(self, /, *args: Any, **kwargs: Any) -> Any:
        return self._loader.entry(self._key(args, kwargs))

    @override
    def stats(self) -> Stats:
        return self._loader.health.stats()

    def store(self) -> EntryStore[Any] | AsyncEntryStore[Any]:
        """Return where the entries are now; its failures are not swallowed, as those of the handles are.

        Raises:
            ClientNotFoundError: There is no such client.
        """
        store: EntryStore[Any] | AsyncEntryStore[Any] = self._binding.find().store
        return store

    @override
    def key(self, fn: Callable[..., Any], /) -> Any:
        self._key_function.take(fn)
        return fn

    def _key(self, args: Iterable[object], kwargs: dict[str, object]) -> str:
        return self._build_key(*self.args, *args, **kwargs)

    # ty does not see an overloaded method with an annotated `self` as overridden.
    @override
    def __get__(self, obj: object, owner: type | None = None, /) -> Any:  # ty: ignore[invalid-explicit-override]
        return self if obj is None else BoundCallable(self.wrapper, obj)

    @override
    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, CachedCallable)
            and self.func is other.func
            and len(self.args) == len(other.args)
            and all(mine is theirs for mine, theirs in zip(self.args, other.args, strict=True))
        )

    @override
    def __hash__(self) -> int:
        return hash((self.func, *map(id, self.args)))

    @override
    def __repr__(self) -> str:
        bound = f" of {self.args[0]!r}" if self.args else ""
        return f"<cached {self.__module__}.{self.__qualname__}{bound}>"

    @override
    def __reduce__(self) -> Any:
        """Pickle by reference, as functions are."""
        return (getattr, (self.args[0], self.__name__)) if self.args else self.__qualname__


@final
class CachedClassMethod(CachedCallable):
    """One that is bound to the class, whichever way it is reached."""

    @override
    def __get__(self, obj: object, owner: type | None = None, /) -> Any:
        return BoundCallable(self.wrapper, type(obj) if owner is None else owner)


@final
class CachedStaticMethod(CachedCallable):
    """One that is bound to nothing."""

    @override
    def __get__(self, obj: object, owner: type | None = None, /) -> Any:
        return self


@final
class BoundCallable(CachedCallable):
    """A cached method with its instance or class, made anew for every call: it holds nothing else.

    What it is asked for besides, it looks up in the unbound form.
    """

    __slots__ = ()

    @override
    def __getattribute__(self, name: str) -> Any:
        return self.__getattr__(name) if name in _OF_CLASS else super().__getattribute__(name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.func.__dict__["__cached__"], name)

    @override
    def __get__(self, obj: object, owner: type | None = None, /) -> Any:
        return self


def _filed(cached: CachedCallable) -> CachedCallable:
    """Have a wrapper and its unbound form know each other; the bound ones ask the one for the other."""
    cached.wrapper = cached.func
    cached.wrapper.__dict__["__cached__"] = cached
    return cached


_OF_CLASS: Final = frozenset({"__doc__", "__module__"})
"""Attributes that every class has, and so would answer for its instances."""

_BINDING: Final[Mapping[Binds, type[CachedCallable]]] = {
    "instance": CachedCallable,
    "class": CachedClassMethod,
    "nothing": CachedStaticMethod,
}
