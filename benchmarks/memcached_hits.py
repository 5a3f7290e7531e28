"""A hit over Memcached of a dataclass with twelve fields, beside a bare `Client.get` of the same bytes.

The bare client is pymemcache's as it comes, and gets the very entries that ours stored. Ours goes through the
decorated function, checks the entry, and decodes and validates the dataclass. The peers unpickle theirs.
"""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from pymemcache.client.base import Client

from benchmarks import _servers
from benchmarks._figures import OURS, Table
from benchmarks._options import Options
from benchmarks._peers import HOUR, Function, django_settings, load
from benchmarks._remote import RemotePeer, bare_loop, race_over
from benchmarks._timing import Contestant, Effort, Loop, race, write_loop
from benchmarks._users import ASKED, User, get_user, make_user
from typed_cache import Cache, CacheClientMemcached
from typed_cache.serializers import MsgpackSerializer

NAMESPACE: Final = "app:"
BARE: Final = "pymemcache Client.get"
MANY: Final = 100
HUNDRED: Final = f"{MANY} x Client.get"


def run(options: Options) -> list[Table]:
    """Measure one key, and a hundred, with the server on another core and on the same."""
    effort = Effort.over_a_server(quick=options.quick)
    tables: list[Table] = []
    for same_core in _servers.arrangements(same_core=options.same_core):
        with _servers.memcached(same_core=same_core) as port:
            tables += [one(port, effort, same_core=same_core), many(port, effort, same_core=same_core)]
    return tables


def one(port: int, effort: Effort, *, same_core: bool) -> Table:
    """Race a hit of ours, of the peers, and the bare client."""
    ours = _typed_cache(get_user, port)
    for number in ASKED:
        ours(number)
    bare = Contestant(
        BARE, bare_loop(Client(("127.0.0.1", port)).get, [f"{NAMESPACE}user_{n}" for n in ASKED]), len(ASKED)
    )
    rows, absent = race_over(port, bare, PEERS, effort)
    title = "a hit over Memcached, a dataclass of 12 fields" + ", one core" * same_core
    name = f"memcached-hit/one{_servers.suffix(same_core=same_core)}"
    return Table(name, title, "us", rows, BARE, absent, _servers.arrangement(same_core=same_core))


def many(port: int, effort: Effort, *, same_core: bool) -> Table:
    """Race a hundred keys in one call against a hundred calls."""
    client = _client(port, "many:")
    keys = [f"user_{number}" for number in range(MANY)]
    client.to_cache_many({key: make_user(number) for number, key in enumerate(keys)}, timedelta(hours=1))
    if len(client.from_cache_many(keys)) != MANY:
        raise RuntimeError("a hundred values were stored, and not all are there")
    bare = Client(("127.0.0.1", port))
    stored = [f"many:{key}" for key in keys]

    contestants = [
        Contestant(HUNDRED, one_by_one(bare.get, stored), note="bytes"),
        Contestant("pymemcache Client.get_many", at_once(bare.get_many, stored), note="bytes"),
        Contestant(
            f"typed_cache, {MANY} x from_cache",
            one_by_one(client.from_cache, keys),
            note="validated dataclasses",
        ),
        Contestant(
            OURS, at_once(client.from_cache_many, keys), note="from_cache_many, validated dataclasses"
        ),
    ]
    rows = race(contestants, HUNDRED, effort, unit="us")
    title = f"{MANY} keys over Memcached, dataclasses of 12 fields" + ", one core" * same_core
    name = f"memcached-hit/many{_servers.suffix(same_core=same_core)}"
    return Table(name, title, "us", rows, HUNDRED, {}, _servers.arrangement(same_core=same_core))


def one_by_one(get: Callable[[str], object], keys: Sequence[str]) -> Loop:
    """Return a loop that makes a call for each key."""
    return write_loop(get, [((key,), {}) for key in keys], clock=time.perf_counter)


def at_once(get_many: Callable[[Sequence[str]], object], keys: Sequence[str]) -> Loop:
    """Return a loop that makes one call for all keys."""
    return write_loop(get_many, [((keys,), {})], clock=time.perf_counter)


def _client(port: int, namespace: str) -> CacheClientMemcached[User]:
    return CacheClientMemcached[User].connect(
        f"127.0.0.1:{port}", namespace=namespace, serializer=MsgpackSerializer(User)
    )


def _typed_cache(function: Function, port: int) -> Function:
    client = CacheClientMemcached[Any].connect(f"127.0.0.1:{port}", namespace=NAMESPACE)
    return Cache(key="user_{user_id}", expire=timedelta(hours=1), client=client)(function)


def _django(function: Function, port: int) -> Function:
    django_settings()
    backend = load("django.core.cache.backends.memcached").PyMemcacheCache
    cache = backend(f"127.0.0.1:{port}", {"TIMEOUT": HOUR, "KEY_PREFIX": "django"})

    def cached(user_id: int) -> object:
        return cache.get_or_set(f"user_{user_id}", lambda: function(user_id))

    return cached


def _dogpile(function: Function, port: int) -> Function:
    region = load("dogpile.cache").make_region()
    where = {"url": [f"127.0.0.1:{port}"]}
    region.configure("dogpile.cache.pymemcache", expiration_time=HOUR, arguments=where)
    cached: Function = region.cache_on_arguments()(function)
    return cached


def _flask_caching(function: Function, port: int) -> Function:
    app = load("flask").Flask("benchmark")
    settings = {
        "CACHE_TYPE": "MemcachedCache",
        "CACHE_MEMCACHED_SERVERS": [f"127.0.0.1:{port}"],
        "CACHE_DEFAULT_TIMEOUT": HOUR,
    }
    cache = load("flask_caching").Cache(app, config=settings)
    app.app_context().push()
    cached: Function = cache.memoize()(function)
    return cached


def _aiocache(function: Function, port: int) -> Function:
    aiocache = load("aiocache")
    serializer = load("aiocache.serializers").PickleSerializer()
    cached: Function = aiocache.cached(
        ttl=HOUR, cache=aiocache.Cache.MEMCACHED, serializer=serializer, endpoint="127.0.0.1", port=port
    )(function)
    return cached


PEERS: Final = (
    RemotePeer(OURS, "", _typed_cache, note="validated"),
    RemotePeer("Django", "django", _django, note="unpickled"),
    RemotePeer("dogpile.cache", "dogpile.cache", _dogpile, note="unpickled"),
    RemotePeer("aiocache", "aiocache", _aiocache, is_async=True, note="unpickled, awaited"),
    RemotePeer("Flask-Caching", "flask-caching", _flask_caching, note="unpickled"),
)
