"""Where a memcached server is, and a socket to it before a deadline."""

import socket
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, Final

from typing_extensions import override

__all__ = ["Address", "open_socket", "parse_server"]

_DEFAULT_PORT: Final = 11211
_MAX_PORT: Final = 65535
_EXPECTED: Final = "a server is written 'host:11211', '[::1]:11211' or 'unix:/path/to/socket'"

# Any: the shape of a socket's address is its family's business
_Target = tuple[socket.AddressFamily, tuple[Any, ...] | str]


@dataclass(frozen=True, slots=True)
class Address:
    """A TCP host and port, or the path of a Unix socket (then `host` is empty)."""

    host: str
    port: int
    path: str = ""

    @override
    def __str__(self) -> str:
        if self.path:
            return f"unix:{self.path}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_server(text: str) -> Address:
    """Return the address that `text` writes; without a port it is 11211.

    Raises:
        TypeError: It is no text.
        ValueError: The text is no address, or its port is none.

    >>> parse_server("cache.internal"), parse_server("[::1]:11212").port
    (Address(host='cache.internal', port=11211, path=''), 11212)
    """
    require_text(text)
    if text.startswith("unix:"):
        if len(text) == len("unix:"):
            raise ValueError(f"no path in {text!r}: {_EXPECTED}")
        return Address("", 0, text.removeprefix("unix:"))
    host, port = _split_port(text)
    if not host or any(character.isspace() or character in "/[]" for character in host):
        raise ValueError(f"no host in {text!r}: {_EXPECTED}")
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) <= _MAX_PORT):
        raise ValueError(f"no port between 1 and {_MAX_PORT} in {text!r}: {_EXPECTED}")
    return Address(host, int(port))


def require_text(server: object) -> None:
    """Refuse a server that is not written as text, such as pymemcache's `("host", 11211)`."""
    if not isinstance(server, str):
        raise TypeError(f"{server!r} is no server: {_EXPECTED}")


def _split_port(text: str) -> tuple[str, str]:
    if text.startswith("["):
        host, closed, port = text[1:].partition("]")
        if not closed or (port and not port.startswith(":")):
            raise ValueError(f"unbalanced brackets in {text!r}: {_EXPECTED}")
        return host, port[1:] if port else str(_DEFAULT_PORT)
    host, colon, port = text.partition(":")
    return host, port if colon else str(_DEFAULT_PORT)


def open_socket(address: Address, deadline: float) -> socket.socket:
    """Return a connected socket, trying every address the name has before `deadline` (of `monotonic`).

    Raises:
        OSError: None of them answered; `TimeoutError` where time ran out.
    """
    targets = _targets(address, deadline)
    failure: OSError | None = None
    for tried, (family, target) in enumerate(targets):
        # A first address that swallows packets must leave time for those behind it.
        share = (deadline - monotonic()) / (len(targets) - tried)
        if share <= 0:
            raise TimeoutError(f"no time left to connect to {address}")
        opened = socket.socket(family, socket.SOCK_STREAM)
        try:
            opened.settimeout(share)
            if not address.path:
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.connect(target)
        except BaseException as error:
            opened.close()
            if not isinstance(error, OSError):
                raise
            failure = error
        else:
            return opened
    raise failure or OSError(f"{address} has no address")


def _targets(address: Address, deadline: float) -> list[_Target]:
    if address.path:
        return [(socket.AF_UNIX, address.path)]
    try:
        found = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )
    except socket.gaierror:
        return _look_up(address, deadline)
    return [(family, target) for family, _, _, _, target in found]


def _look_up(address: Address, deadline: float) -> list[_Target]:
    """Resolve a name in a thread of its own: `getaddrinfo` knows no timeout."""
    answer: SimpleQueue[list[_Target] | OSError] = SimpleQueue()

    def resolve() -> None:
        try:
            found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        except OSError as error:
            answer.put(error)
        else:
            answer.put([(family, target) for family, _, _, _, target in found])

    Thread(target=resolve, name="typed_cache-lookup", daemon=True).start()
    try:
        result = answer.get(timeout=max(0.0, deadline - monotonic()))
    except Empty:
        raise TimeoutError(f"no time left to look up {address.host}") from None
    if isinstance(result, OSError):
        raise result
    return result
