"""This is where a key that is too long for a backend gets a digest in place of its tail."""

import base64
from typing import Final

__all__ = ["DIGEST_MARK", "shorten"]

DIGEST_MARK: Final = "#"
"""Separates head and digest; it occurs in no built key, so no short key equals a shortened one."""

_DIGEST_BYTES: Final = 24
_DIGEST_LENGTH: Final = len(DIGEST_MARK) + _DIGEST_BYTES * 4 // 3


def shorten(key: str, limit: int) -> str:
    """Return `key`, or its readable head and a digest of all of it where it has more than `limit` characters.

    Shortening a shortened key to the same limit changes nothing.

    Raises:
        ValueError: `limit` leaves no room for the digest.

    >>> shorten("user_42", 250)
    'user_42'
    >>> shorten("user_" + "4" * 300, 48)
    'user_4444444444#5XWuF532zDorIXupXeOec8mMCasUxo__'
    """
    if limit < _DIGEST_LENGTH:
        raise ValueError(f"a limit of {limit} leaves no room for a digest: give {_DIGEST_LENGTH} or more")
    if len(key) <= limit:
        return key
    import hashlib  # noqa: PLC0415  # loads OpenSSL, and few processes have a key that long

    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()
    tail = DIGEST_MARK + base64.urlsafe_b64encode(digest).decode("ascii")
    return key[: limit - len(tail)] + tail
