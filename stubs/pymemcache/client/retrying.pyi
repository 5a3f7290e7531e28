from collections.abc import Collection
from typing import Any

from typing_extensions import override

class RetryingClient:
    def __init__(
        self,
        client: Any,
        attempts: int = 2,
        retry_delay: float = 0,
        retry_for: Collection[type[Exception]] | None = None,
        do_not_retry_for: Collection[type[Exception]] | None = None,
    ) -> None: ...
    def __getattr__(self, name: str) -> Any: ...
    @override
    def __dir__(self) -> list[str]: ...
    def __setitem__(self, key: Any, value: Any) -> None: ...
    def __getitem__(self, key: Any) -> Any: ...
    def __delitem__(self, key: Any) -> None: ...
