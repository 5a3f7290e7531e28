"""What goes wrong between this process and a memcached server, in the words of `errors`."""

from typing import Final

from typed_cache.errors import BackendError, BackendTimeoutError, ValueTooLargeError

__all__ = ["GarbledReplyError", "ServerRefusalError", "is_lost", "is_refusal", "translated"]

# pymemcache's own errors are told apart by name: a client that came through `connect` never imports it.
_FOREIGN_REASONS: Final = {
    "MemcacheUnexpectedCloseError": "unavailable",
    "MemcacheServerError": "server",
    "MemcacheIllegalInputError": "input",
    "MemcacheError": "protocol",
}


class GarbledReplyError(Exception):
    """A reply that is not memcached's text protocol, or answers another question."""


class ServerRefusalError(Exception):
    """The server understood the command and could not do it: out of memory, object too large."""


def is_lost(error: BaseException) -> bool:
    """Whether the server closed or reset the connection, as a restart does to all of them."""
    return isinstance(error, ConnectionError) or type(error).__name__ == "MemcacheUnexpectedCloseError"


def is_refusal(error: BaseException) -> bool:
    """Whether the server could not do what it was told, and would do something else."""
    return isinstance(error, ServerRefusalError) or type(error).__name__ == "MemcacheServerError"


def translated(error: Exception, operation: str, server: str) -> BackendError:
    """Return the library's own error for whatever an `operation` on `server` raised."""
    if isinstance(error, BackendError):
        return error
    where = f"memcached at {server}: {operation} failed"
    if isinstance(error, TimeoutError):
        return BackendTimeoutError(f"{where}: no answer within the time an operation may take", operation)
    if b"too large" in _refusal(error):
        return ValueTooLargeError(f"{where}: the server takes no item of that size", operation)
    detail = f"{type(error).__name__}: {error}"[:200]
    return BackendError(f"{where}: {detail}", operation, _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, ServerRefusalError):
        return "server"
    if isinstance(error, OSError):
        return "unavailable"
    for ancestor in type(error).__mro__:
        if ancestor.__name__ in _FOREIGN_REASONS:
            return _FOREIGN_REASONS[ancestor.__name__]
    return "protocol"


def _refusal(error: Exception) -> bytes:
    """Return the server's own words where the error carries them."""
    words: object = error.args[0] if error.args else b""
    return words if isinstance(words, bytes) else b""
