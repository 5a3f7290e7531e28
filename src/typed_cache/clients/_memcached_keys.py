"""What a key is called on the wire: printable ASCII, at most 250 bytes, no two keys alike."""

import re
from datetime import timedelta
from typing import Final

from typed_cache.errors import KeyValueError
from typed_cache.expire import physical_seconds
from typed_cache.template import shorten

__all__ = ["KeySpace", "wire_seconds"]

_LONGEST_KEY: Final = 250
_LEAST_ROOM: Final = 64
_RELATIVE_LIMIT: Final = 30 * 24 * 60 * 60
_LAST_SECOND: Final = 2**31 - 1

_is_plain: Final = re.compile(r"[!-\"$-~]+").fullmatch
_is_shortened: Final = re.compile(r"[!-\"$-~]+#[A-Za-z0-9_-]{32}").fullmatch
_KEPT: Final = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "#%")


class KeySpace:
    """The keys of one namespace.

    A built key stands for itself, and a longer one for its head and a digest. Any other text (spaces,
    unicode, control characters, a `#`) is percent-encoded behind a `#`, which no built key contains.
    """

    __slots__ = ("_bond", "_prefix", "_room", "marker", "namespace")

    def __init__(self, namespace: str, *, taken: int = 0) -> None:
        if namespace and not _is_plain(namespace):
            raise ValueError(
                f"namespace {namespace!r} does not fit a memcached key: "
                "write printable ASCII without spaces and '#', such as 'myapp:'"
            )
        self._room = _LONGEST_KEY - taken - len(namespace)
        if self._room < _LEAST_ROOM:
            raise ValueError(
                f"namespace {namespace[:20]!r}... leaves {self._room} of {_LONGEST_KEY} bytes for a key: "
                f"shorten it so that {_LEAST_ROOM} are left"
            )
        self.namespace: str = namespace
        self._prefix = namespace.encode("ascii")
        self._bond = self._prefix + b" "
        # An encoded key has a % behind its #, so this one is nobody's.
        self.marker: bytes = self._prefix + b"#generation"

    def key_for(self, key: str) -> str:
        """Return `key` as it stands behind the namespace; a key that was returned from here stays as it is.

        Raises:
            KeyValueError: It is empty, or no text.
        """
        if type(key) is str and len(key) <= self._room and _is_plain(key):
            return key
        if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # a caller without types
            raise KeyValueError(f"a key is text, and this one is a {type(key).__name__}")
        if not key:
            raise KeyValueError(
                "the key is empty, which memcached cannot store: give it at least one character"
            )
        if not (_is_plain(key) or _is_shortened(key)):
            from urllib.parse import quote_from_bytes  # noqa: PLC0415  # few programs have such a key

            key = "#" + quote_from_bytes(key.encode("utf-8", "surrogatepass"), safe=_KEPT)
        return shorten(key, self._room)

    def place(self, key: str) -> tuple[bytes, bytes]:
        """Return an item's whole key, and what its entry is bound to but for the generation that ends it.

        The parts of a bond stay apart, so that "app" with "1_x" is not taken for "app1" with "_x".

        Raises:
            KeyValueError: The key is empty, or no text.
        """
        if type(key) is not str or len(key) > self._room or not _is_plain(key):
            key = self.key_for(key)
        text = key.encode("ascii")
        return self._prefix + text, self._bond + text + b" "


def wire_seconds(expire: timedelta | None, now: float) -> int:
    """Return a time to live as memcached reads it: seconds, past 30 days the time itself, 0 for ever.

    It counts in 32 bits, so nothing ends after January 2038.
    """
    if expire is None:
        return 0
    seconds = physical_seconds(expire)
    return seconds if seconds <= _RELATIVE_LIMIT else min(int(now) + seconds, _LAST_SECOND)
