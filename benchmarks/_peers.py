"""The libraries that stand beside ours, each used as its own documentation advises.

A peer is a name, the module that has to be there, and a decorator for a function and a capacity. All keep
results for an hour where they know a time to live. One that cannot be imported is named with the reason; see
`_environment` for how they are installed.
"""

import importlib
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from inspect import Parameter, signature
from itertools import count
from threading import RLock
from types import ModuleType
from typing import Any, Final

from benchmarks._environment import reason_for_absence
from benchmarks._figures import OURS
from typed_cache import Cache, CacheClientRam

Function = Callable[..., Any]
Decorate = Callable[[Function, int], Function]
"""Takes a function and how many results to keep."""

HOUR: Final = 3600
LRU_CACHE: Final = "lru_cache"


@dataclass(frozen=True, slots=True)
class Peer:
    """A library beside ours."""

    name: str
    package: str
    decorate: Decorate

    @property
    def version(self) -> str:
        """The installed version; nothing for what comes with Python."""
        try:
            return version(self.package) if self.package else ""
        except PackageNotFoundError:
            return ""


def load(name: str) -> ModuleType:
    """Import a library that need not be there."""
    return importlib.import_module(name)


def decorate_all(
    peers: Iterable[Peer], function: Function, capacity: int
) -> tuple[list[tuple[Peer, Function]], dict[str, str]]:
    """Decorate `function` with each of `peers`; return them, and why others are missing."""
    found: list[tuple[Peer, Function]] = []
    absent: dict[str, str] = {}
    for peer in peers:
        try:
            found.append((peer, peer.decorate(function, capacity)))
        except ImportError as error:
            absent[peer.name] = reason_for_absence(peer.package, error)
    return found, absent


def typed_cache(key: str, *, name: str = OURS) -> Peer:
    """Return ours, for a function that such a key suits."""

    def decorate(function: Function, capacity: int) -> Function:
        client = CacheClientRam[Any](max_entries=capacity)
        return Cache(key=key, client=client, expire=timedelta(hours=1))(function)

    return Peer(name, "", decorate)


def _lru_cache(function: Function, capacity: int) -> Function:
    return lru_cache(maxsize=capacity)(function)


def _cachebox(function: Function, capacity: int) -> Function:
    cachebox = load("cachebox")
    cached: Function = cachebox.cached(cachebox.TTLCache(maxsize=capacity, global_ttl=HOUR))(function)
    return cached


def _moka(function: Function, capacity: int) -> Function:
    cached: Function = load("moka_py").cached(maxsize=capacity, ttl=float(HOUR))(function)
    return cached


def _cachetools(function: Function, capacity: int) -> Function:
    cachetools = load("cachetools")
    cached: Function = cachetools.cached(cachetools.TTLCache(maxsize=capacity, ttl=HOUR))(function)
    return cached


def _cachetools_locked(function: Function, capacity: int) -> Function:
    cachetools = load("cachetools")
    cache = cachetools.TTLCache(maxsize=capacity, ttl=HOUR)
    cached: Function = cachetools.cached(cache, lock=RLock())(function)
    return cached


def _theine(function: Function, capacity: int) -> Function:
    cached: Function = load("theine").Memoize(capacity, timedelta(seconds=HOUR))(function)
    return cached


def _cacheout(function: Function, capacity: int) -> Function:
    cached: Function = load("cacheout").LRUCache(maxsize=capacity, ttl=HOUR).memoize()(function)
    return cached


_places = count()


def _django_locmem(function: Function, capacity: int) -> Function:
    locmem = load("django.core.cache.backends.locmem")
    django_settings()
    options = {"TIMEOUT": HOUR, "OPTIONS": {"MAX_ENTRIES": capacity}}
    cache = locmem.LocMemCache(f"place{next(_places)}", options)

    def cached(*args: object, **kwargs: object) -> object:
        key = f"{function.__name__}:{args}:{kwargs}" if kwargs else f"{function.__name__}:{args}"
        return cache.get_or_set(key.replace(" ", ""), lambda: function(*args, **kwargs))

    return cached


def django_settings() -> None:
    """Let Django's parts be used without a project around them."""
    conf = load("django.conf")
    if not conf.settings.configured:
        conf.settings.configure()


def _dogpile_memory(function: Function, capacity: int) -> Function:  # noqa: ARG001  # it has no bound
    region = load("dogpile.cache").make_region()
    region.configure("dogpile.cache.memory", expiration_time=HOUR)
    kinds = {parameter.kind for parameter in signature(function).parameters.values()}
    util = load("dogpile.cache.util")  # the key generator that it takes by default refuses keywords
    generator = (
        util.kwarg_function_key_generator if Parameter.KEYWORD_ONLY in kinds else util.function_key_generator
    )
    cached: Function = region.cache_on_arguments(function_key_generator=generator)(function)
    return cached


def _diskcache(function: Function, capacity: int) -> Function:  # noqa: ARG001  # it is bounded in bytes
    folder = tempfile.mkdtemp(prefix="diskcache")
    cached: Function = load("diskcache").Cache(folder).memoize(expire=HOUR)(function)
    return cached


def _flask_caching(function: Function, capacity: int) -> Function:
    app = load("flask").Flask("benchmark")
    settings = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": capacity, "CACHE_DEFAULT_TIMEOUT": HOUR}
    cache = load("flask_caching").Cache(app, config=settings)
    app.app_context().push()
    cached: Function = cache.memoize()(function)
    return cached


PEERS: Final = (
    Peer(LRU_CACHE, "", _lru_cache),
    Peer("cachebox", "cachebox", _cachebox),
    Peer("moka-py", "moka-py", _moka),
    Peer("cachetools TTLCache", "cachetools", _cachetools),
    Peer("cachetools TTLCache, lock", "cachetools", _cachetools_locked),
    Peer("theine", "theine", _theine),
    Peer("cacheout", "cacheout", _cacheout),
    Peer("Django locmem", "django", _django_locmem),
    Peer("dogpile.cache memory", "dogpile.cache", _dogpile_memory),
    Peer("diskcache", "diskcache", _diskcache),
    Peer("Flask-Caching SimpleCache", "flask-caching", _flask_caching),
)
"""Those that keep results in the process (diskcache: on disk), for functions that do not await."""
