"""The fingerprint of an entry: eight bytes that change when its bytes would mean something else."""

from types import ModuleType
from typing import Any, Final

from typed_cache.client import ResultType, Serializer
from typed_cache.serializers._anatomy import dissect, is_class_like
from typed_cache.serializers._spelling import spell

__all__ = ["FINGERPRINT_SIZE", "describe", "fingerprint", "identify"]

FINGERPRINT_SIZE: Final[int] = 8
"""Bytes; two deploys of one function share a fingerprint by accident once in 2**64."""


def fingerprint(serializer: Serializer[Any], result: ResultType) -> bytes:
    """Return the eight bytes that stand for how a function's results are written.

    They change with the serializer, with the declared type down to the fields of nested classes, and with
    the decorator's `version=`. They are the same in every process and on every Python.

    >>> from typed_cache.serializers import MsgpackSerializer
    >>> fingerprint(MsgpackSerializer(int), ResultType(int)).hex()
    '04d5cda718487a50'
    """
    from hashlib import blake2b  # noqa: PLC0415  # loads OpenSSL, which a program without entries can spare

    digest = blake2b(digest_size=FINGERPRINT_SIZE)
    for part in (identify(serializer), describe(result.annotation), result.version):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()


def identify(serializer: Serializer[Any]) -> str:
    """Return the name of a serializer, with what it wraps: `Signed(Compressed(...))`.

    One that says what tells it from others of its class, in `__cache_key__(self) -> str`, is told by that.

    >>> from typed_cache.serializers import MsgpackSerializer
    >>> identify(MsgpackSerializer(int))
    'typed_cache.serializers.msgpack.MsgpackSerializer'
    """
    name = _name_of(serializer)
    inner: Serializer[Any] | None = getattr(serializer, "inner", None)
    return name if inner is None else f"{name}({identify(inner)})"


def _name_of(serializer: object) -> str:
    if isinstance(serializer, ModuleType):
        return serializer.__name__
    if isinstance(serializer, type):
        return spell(serializer)
    name = spell(type(serializer))
    settings = getattr(serializer, "__cache_key__", None)
    return name if settings is None else f"{name}[{settings()!a}]"


def describe(annotation: object) -> str:
    """Return a canonical text of a type and of everything inside it.

    >>> describe(dict[str, int | None])
    'dict<str,Union<int,None>>'
    """
    return _describe(annotation, {})


def _describe(annotation: object, seen: dict[int, int]) -> str:
    anatomy = dissect(annotation)
    if anatomy.parts and is_class_like(annotation):
        if id(annotation) in seen:  # told already, or being told: by its number
            return f"^{seen[id(annotation)]}"
        seen[id(annotation)] = len(seen)
    facts = f"{{{','.join(anatomy.facts)}}}" if anatomy.facts else ""
    inside = [
        f"{label!a}:{_describe(part, seen)}" if label else _describe(part, seen)
        for label, part in anatomy.parts
    ]
    return anatomy.name + facts + (f"<{','.join(inside)}>" if inside else "")
