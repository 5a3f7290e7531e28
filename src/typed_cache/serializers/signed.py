"""Signatures: bytes that only those who hold a key can make, and only for the place they are read from."""

import hmac
from collections.abc import Mapping
from typing import Any, Final, Generic, NoReturn, TypeVar, final

from typing_extensions import override

from typed_cache.client import BoundSerializer, Serializer
from typed_cache.errors import SerializationError
from typed_cache.serializers._bound import bind, fit

__all__ = ["Signed", "SigningKeys"]

T = TypeVar("T")

_DOMAIN: Final = b"typed_cache signed value 1"
_MAC_SIZE: Final = 16
_SHORTEST_SECRET: Final = 16
_LONGEST_ID: Final = 255


@final
class SigningKeys:
    """Secrets to sign with, each under an id; all are accepted, the active one writes.

    To rotate: give every reader the new key, then make it active, then drop the old one once nothing
    signed with it is left. A secret is 16 bytes at least (32 from `secrets.token_bytes` are right); it
    shows in no text and is not pickled.

    Raises:
        ValueError: An id or a secret is too short or too long, or `active` names no key.

    >>> SigningKeys({"2026-10": b"s" * 32, "2026-11": b"t" * 32}, active="2026-11")
    SigningKeys(['2026-10', '2026-11'], active='2026-11')
    """

    __slots__ = ("_active", "_secrets")

    def __init__(self, secrets: Mapping[str, bytes], active: str) -> None:
        self._secrets: dict[bytes, bytes] = {}
        for name, secret in secrets.items():
            if not 0 < len(name.encode()) <= _LONGEST_ID:
                raise ValueError(
                    f"the id of a signing key is 1 to {_LONGEST_ID} bytes; give it a shorter name"
                )
            if len(secret) < _SHORTEST_SECRET:
                raise ValueError(
                    f"the secret of signing key {name!r} is not {_SHORTEST_SECRET} bytes or more; "
                    "make one with secrets.token_bytes(32)"
                )
            self._secrets[name.encode()] = bytes(secret)
        if active not in secrets:
            raise ValueError(f"no signing key is called {active!r}; there are {sorted(secrets)}")
        self._active: bytes = active.encode()

    @override
    def __repr__(self) -> str:
        names = sorted(name.decode() for name in self._secrets)
        return f"SigningKeys({names}, active={self._active.decode()!r})"

    @override
    def __reduce__(self) -> NoReturn:
        raise TypeError("signing keys are not pickled; make them in each process")

    def sign(self, body: bytes, context: bytes) -> bytes:
        """Return the signature of `body` in `context` by the active key: its id and 128 bits.

        >>> len(SigningKeys({"a": b"s" * 32}, active="a").sign(b"body", b"context"))
        18
        """
        mac = _mac(self._secrets[self._active], self._active, body, context)
        return bytes([len(self._active)]) + self._active + mac

    def check(self, data: bytes, context: bytes) -> bytes:
        """Return the body of signed bytes, `sign(body, context) + body`.

        Raises:
            SerializationError: None of these keys signed this body for this context.
        """
        body_at = 1 + data[0] + _MAC_SIZE if data else 0
        name, mac, body = data[1 : body_at - _MAC_SIZE], data[body_at - _MAC_SIZE : body_at], data[body_at:]
        secret = self._secrets.get(name)
        if secret is None:
            raise SerializationError("the value was signed with a key that is not here")
        if not hmac.compare_digest(mac, _mac(secret, name, body, context)):
            raise SerializationError("the signature is not that of this value in this place")
        return body


def _mac(secret: bytes, name: bytes, body: bytes, context: bytes) -> bytes:
    # Each part after its length, so that no two lists of parts are the same bytes.
    parts = (_DOMAIN, name, context, body)
    message = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hmac.digest(secret, message, "sha256")[:_MAC_SIZE]


@final
class Signed(Generic[T]):
    """The bytes of another serializer, signed with HMAC-SHA256 (128 bits kept).

    The signature is checked before `inner` sees a byte. Inside an entry it covers the key and the times as
    well, so that no entry can be passed off as another's. Put it outside: `Signed(Compressed(inner), keys)`
    unpacks only what was signed.

    Safe to share between threads where `inner` is.

    >>> from typed_cache.serializers import JsonSerializer
    >>> signed = Signed(JsonSerializer(), SigningKeys({"a": b"s" * 32}, active="a"))
    >>> signed.loads(signed.dumps([1, 2]))
    [1, 2]
    >>> signed.loads_bound(signed.dumps_bound([1, 2], b"here"), b"there")
    Traceback (most recent call last):
    typed_cache.errors.SerializationError: the signature is not that of this value in this place
    """

    __slots__ = ("_bound", "_keys", "inner")

    def __init__(self, inner: Serializer[T], keys: SigningKeys) -> None:
        self.inner: Serializer[T] = inner
        self._bound: BoundSerializer[T] = bind(inner)
        self._keys: SigningKeys = keys

    @override
    def __repr__(self) -> str:
        return f"Signed({self.inner!r}, {self._keys!r})"

    def for_type(self, annotation: object, /) -> "Signed[Any]":
        """Return the same around `inner` fitted to `annotation`."""
        return Signed(fit(self.inner, annotation), self._keys)

    def dumps(self, value: T, /) -> bytes:
        """Return `value` as bytes signed for no place in particular."""
        return self.dumps_bound(value, b"")

    def loads(self, data: bytes, /) -> T:
        """Return the value of bytes that `dumps` made.

        Raises:
            SerializationError: None of the keys signed them, or `inner` cannot read them.
        """
        return self.loads_bound(data, b"")

    def dumps_bound(self, value: T, context: bytes, /) -> bytes:
        """Return `value` as bytes signed for `context`."""
        body = self._bound.dumps_bound(value, context)
        return self._keys.sign(body, context) + body

    def loads_bound(self, data: bytes, context: bytes, /) -> T:
        """Return the value of bytes that were signed for `context`.

        Raises:
            SerializationError: None of the keys signed them for it, or `inner` cannot read them.
        """
        return self._bound.loads_bound(self._keys.check(data, context), context)
