"""This is where the handles of a cached function live at run time, bound to an instance or not."""

import functools
import types
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeAlias, final

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


@final
class CachedCallable(functools.partial[Any], Cached[..., Any]):
    """A cached method; also holds the handles of a cached function.

    A `functools.partial` of the generated wrapper, which C code calls: bound to an instance it holds that
    as its one argument. All bound forms of a method share one `__dict__`, so that binding costs one object.
    """

    _wrapped: Callable[..., Any]
    _build_key: Callable[..., str]
    _key_function: KeyFunction
    _loader: Loader | AsyncLoader
    _binding: Binding
    _binds: Binds

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
        made = cls(wrapper)
        look = {
            name: getattr(wrapper, name) for name in functools.WRAPPER_ASSIGNMENTS if hasattr(wrapper, name)
        }
        vars(made).update(look | vars(wrapper))
        del vars(made)["__wrapped__"]  # the property below answers, for bound ones too
        made._wrapped, made._build_key, made._key_function = wrapped, build_key, key_function
        made._loader, made._binding, made._binds = loader, binding, binds
        return made

    def around(self, wrapper: Callable[..., Any]) -> "CachedCallable":
        """Return this with another wrapper, as a second decorator makes it; the handles stay."""
        made = type(self)(wrapper)
        vars(made).update(vars(self))
        return made

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
        if self._binds == "class":
            obj = type(obj) if owner is None else owner
        elif obj is None or self._binds == "nothing":
            return self
        if self.args:
            return self
        bound: Any = CachedCallable(self.func, obj)
        bound.__dict__ = self.__dict__
        return bound

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
