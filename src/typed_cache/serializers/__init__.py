"""Serializers: values of one type to bytes and back.

Nothing is loaded before it is asked for: a program that never names `PickleSerializer` never imports pickle.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typed_cache.serializers._derive import serializer_for
    from typed_cache.serializers.compressed import Compressed
    from typed_cache.serializers.json import JsonSerializer
    from typed_cache.serializers.msgpack import MsgpackSerializer
    from typed_cache.serializers.pickle import PickleSerializer
    from typed_cache.serializers.pydantic import PydanticSerializer
    from typed_cache.serializers.signed import Signed, SigningKeys
    from typed_cache.serializers.stdlib_json import StdlibJsonSerializer

__all__ = [
    "Compressed",
    "JsonSerializer",
    "MsgpackSerializer",
    "PickleSerializer",
    "PydanticSerializer",
    "Signed",
    "SigningKeys",
    "StdlibJsonSerializer",
    "serializer_for",
]

_MODULES: Final[dict[str, str]] = {
    "Compressed": "compressed",
    "JsonSerializer": "json",
    "MsgpackSerializer": "msgpack",
    "PickleSerializer": "pickle",
    "PydanticSerializer": "pydantic",
    "Signed": "signed",
    "SigningKeys": "signed",
    "StdlibJsonSerializer": "stdlib_json",
    "serializer_for": "_derive",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
