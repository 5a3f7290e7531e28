"""A hit over Redis of a dataclass with twelve fields, beside a bare `Redis.get` of the same bytes.

typed_cache has no Redis client: what stands here is the one that a user writes in three methods, on redis-
py with hiredis, with msgspec for the bytes. It validates; the peers unpickle.
"""

from datetime import timedelta
from typing import Any, Final

import msgspec

from benchmarks import _servers
from benchmarks._figures import OURS, Table
from benchmarks._options import Options
from benchmarks._peers import HOUR, Function, django_settings, load
from benchmarks._remote import RemotePeer, bare_loop, race_over
from benchmarks._timing import Contestant, Effort
from benchmarks._users import ASKED, User, get_user
from typed_cache import Cache

NAMESPACE: Final = "app:"
BARE: Final = "redis-py Redis.get"


class RedisUsers:
    """Users in Redis: all that typed_cache asks of a client."""

    def __init__(self, port: int) -> None:
        self._redis: Any = load("redis").Redis("127.0.0.1", port)
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(User).decode

    def from_cache(self, key: str) -> User | None:
        """Return the user kept under `key`."""
        found: bytes | None = self._redis.get(NAMESPACE + key)
        return None if found is None else self._decode(found)

    def to_cache(self, key: str, value: User, expire: timedelta | None) -> None:
        """Keep a user."""
        self._redis.set(NAMESPACE + key, self._encode(value), px=expire)

    def invalidate_cache(self, key: str) -> None:
        """Drop a user."""
        self._redis.delete(NAMESPACE + key)


def run(options: Options) -> list[Table]:
    """Measure with the server on another core and on the same."""
    effort = Effort.over_a_server(quick=options.quick)
    return [one(effort, same_core=which) for which in _servers.arrangements(same_core=options.same_core)]


def one(effort: Effort, *, same_core: bool) -> Table:
    """Race a hit of ours, of the peers, and the bare client."""
    with _servers.redis(same_core=same_core) as port:
        ours = _typed_cache(get_user, port)
        for number in ASKED:
            ours(number)
        bare = bare_loop(load("redis").Redis("127.0.0.1", port).get, [f"{NAMESPACE}user_{n}" for n in ASKED])
        rows, absent = race_over(port, Contestant(BARE, bare, len(ASKED)), PEERS, effort)
    name = f"redis-hit/one{_servers.suffix(same_core=same_core)}"
    title = "a hit over Redis, a dataclass of 12 fields" + ", one core" * same_core
    return Table(name, title, "us", rows, BARE, absent, _servers.arrangement(same_core=same_core))


def _typed_cache(function: Function, port: int) -> Function:
    return Cache(key="user_{user_id}", expire=timedelta(hours=1), client=RedisUsers(port))(function)


def _django(function: Function, port: int) -> Function:
    django_settings()
    backend = load("django.core.cache.backends.redis").RedisCache
    cache = backend(f"redis://127.0.0.1:{port}", {"TIMEOUT": HOUR, "KEY_PREFIX": "django"})

    def cached(user_id: int) -> object:
        return cache.get_or_set(f"user_{user_id}", lambda: function(user_id))

    return cached


def _dogpile(function: Function, port: int) -> Function:
    region = load("dogpile.cache").make_region()
    where = {"host": "127.0.0.1", "port": port, "redis_expiration_time": 2 * HOUR, "distributed_lock": False}
    region.configure("dogpile.cache.redis", expiration_time=HOUR, arguments=where)
    cached: Function = region.cache_on_arguments()(function)
    return cached


def _flask_caching(function: Function, port: int) -> Function:
    app = load("flask").Flask("benchmark")
    settings = {
        "CACHE_TYPE": "RedisCache",
        "CACHE_REDIS_HOST": "127.0.0.1",
        "CACHE_REDIS_PORT": port,
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
        ttl=HOUR, cache=aiocache.Cache.REDIS, serializer=serializer, endpoint="127.0.0.1", port=port
    )(function)
    return cached


def _cashews(function: Function, port: int) -> Function:
    cache = load("cashews").Cache()
    cache.setup(f"redis://127.0.0.1:{port}/0")
    cached: Function = cache(ttl=HOUR, key="user:{user_id}")(function)
    return cached


PEERS: Final = (
    RemotePeer(OURS, "", _typed_cache, note="validated, a client of three methods"),
    RemotePeer("Django", "django", _django, note="unpickled"),
    RemotePeer("dogpile.cache", "dogpile.cache", _dogpile, note="unpickled"),
    RemotePeer("aiocache", "aiocache", _aiocache, is_async=True, note="unpickled, awaited"),
    RemotePeer("cashews", "cashews", _cashews, is_async=True, note="unpickled, awaited"),
    RemotePeer("Flask-Caching", "flask-caching", _flask_caching, note="unpickled"),
)
