from collections.abc import Callable
from typing import Any, Protocol

FLAG_BYTES: int
FLAG_PICKLE: int
FLAG_INTEGER: int
FLAG_LONG: int
FLAG_COMPRESSED: int
FLAG_TEXT: int
DEFAULT_PICKLE_VERSION: int

# The two methods that a client calls; what `serde=` takes.
class _Serde(Protocol):
    def serialize(self, key: Any, value: Any) -> tuple[Any, int]: ...
    def deserialize(self, key: Any, value: Any, flags: int) -> Any: ...

def get_python_memcache_serializer(pickle_version: int = ...) -> Callable[[Any, Any], tuple[Any, int]]: ...

python_memcache_serializer: Callable[[Any, Any], tuple[Any, int]]

def python_memcache_deserializer(key: Any, value: Any, flags: int) -> Any: ...

class PickleSerde:
    def __init__(self, pickle_version: int = ...) -> None: ...
    def serialize(self, key: Any, value: Any) -> tuple[Any, int]: ...
    def deserialize(self, key: Any, value: Any, flags: int) -> Any: ...

pickle_serde: PickleSerde

class CompressedSerde:
    def __init__(
        self,
        compress: Callable[[bytes], bytes] = ...,
        decompress: Callable[[bytes], bytes] = ...,
        serde: _Serde = ...,
        min_compress_len: int = 400,
    ) -> None: ...
    def serialize(self, key: Any, value: Any) -> tuple[Any, int]: ...
    def deserialize(self, key: Any, value: Any, flags: int) -> Any: ...

compressed_serde: CompressedSerde

class LegacyWrappingSerde:
    serialize: Callable[[Any, Any], tuple[Any, int]]
    deserialize: Callable[[Any, Any, int], Any]
    def __init__(
        self,
        serializer_func: Callable[[Any, Any], tuple[Any, int]] | None,
        deserializer_func: Callable[[Any, Any, int], Any] | None,
    ) -> None: ...
