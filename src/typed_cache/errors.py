"""Every exception and warning that the library raises.

    TypedCacheError
    ├── KeyTemplateError (ValueError)       a key template is wrong; raised when the decorator runs
    │   └── KeyValueError (TypeError)       an argument has no stable text; raised at the call
    ├── DecorationError (TypeError)         this cannot be cached: a generator, an unreadable signature
    ├── ExpireError (ValueError)            a time to live that no backend can keep
    ├── ClientNotFoundError (ValueError)    no client is registered under that name
    ├── ClientExistsError (ValueError)      a client is registered under that name already
    ├── SerializerNotFoundError (TypeError) no serializer for a return type
    ├── SerializationError (ValueError)     a value or its bytes could not be converted
    └── BackendError                        a backend failed; callers of a decorated function never see it
        ├── BackendTimeoutError (TimeoutError)
        ├── PartialFailureError         some keys of a call with many keys failed, the others were done
        └── ValueTooLargeError
    KeyTemplateWarning (UserWarning)        a template that is dangerous rather than wrong

Facts are fields and the text is made from them, so both survive pickling.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import override

__all__ = [
    "BackendError",
    "BackendTimeoutError",
    "ClientExistsError",
    "ClientNotFoundError",
    "DecorationError",
    "ExpireError",
    "KeyTemplateError",
    "KeyTemplateWarning",
    "KeyValueError",
    "PartialFailureError",
    "SerializationError",
    "SerializerNotFoundError",
    "TypedCacheError",
    "ValueTooLargeError",
]


class TypedCacheError(Exception):
    """The root of every exception that typed_cache raises."""


class KeyTemplateError(TypedCacheError, ValueError):
    """A key template does not fit the function that it decorates.

    `codes` holds the rules that were broken (`"TC002"`), in the order of the text.
    """

    def __init__(self, message: str, codes: Sequence[str] = ()) -> None:
        super().__init__(message, tuple(codes))
        self.message = message
        self.codes: tuple[str, ...] = tuple(codes)

    @override
    def __str__(self) -> str:
        return self.message


class KeyValueError(KeyTemplateError, TypeError):
    """An argument has no stable text, so no key can be built for this call.

    `parameter` names the argument; the remedy is in the message.
    """

    def __init__(self, message: str, codes: Sequence[str] = (), parameter: str = "") -> None:
        super().__init__(message, codes)
        self.args: tuple[Any, ...] = (message, tuple(codes), parameter)
        self.parameter = parameter


class KeyTemplateWarning(UserWarning):
    """A key template that works and is likely to serve a wrong value."""


class DecorationError(TypedCacheError, TypeError):
    """The decorated object cannot be cached: a generator, something without a signature."""


class ExpireError(TypedCacheError, ValueError):
    """`expire` is neither None nor a `timedelta` with 0 < expire <= 10 years."""


class ClientNotFoundError(TypedCacheError, ValueError):
    """No client is registered under that name, or several are and none was named.

    `registered` holds the names that are.
    """

    def __init__(self, message: str, registered: Sequence[str] = ()) -> None:
        super().__init__(message, tuple(registered))
        self.message = message
        self.registered: tuple[str, ...] = tuple(registered)

    @override
    def __str__(self) -> str:
        return self.message


class ClientExistsError(TypedCacheError, ValueError):
    """A client is registered under that name already; a second one would hide the first."""


class SerializerNotFoundError(TypedCacheError, TypeError):
    """A return type that no serializer can carry.

    `function` names the cached function and `part` the type inside its return type that is at fault.
    """

    def __init__(self, message: str, function: str = "", part: str = "") -> None:
        super().__init__(message, function, part)
        self.message = message
        self.function = function
        self.part = part

    @override
    def __str__(self) -> str:
        return self.message


class SerializationError(TypedCacheError, ValueError):
    """A value could not be written, or bytes could not be read back into the declared type."""


class BackendError(TypedCacheError):
    """A backend could not be asked, or gave an answer that cannot be trusted.

    `operation` is what was tried ("read", "write", "invalidate"), `reason` one word fit for a
    counter ("timeout", "unavailable", "protocol").
    """

    def __init__(self, message: str, operation: str = "", reason: str = "unavailable") -> None:
        super().__init__(message, operation, reason)
        self.message = message
        self.operation = operation
        self.reason = reason

    @override
    def __str__(self) -> str:
        return self.message


class BackendTimeoutError(BackendError, TimeoutError):
    """A backend did not answer within the time that one operation may take."""

    def __init__(self, message: str, operation: str = "", reason: str = "timeout") -> None:
        super().__init__(message, operation, reason)


class ValueTooLargeError(BackendError):
    """A value is larger than the backend takes; it was not sent."""

    def __init__(self, message: str, operation: str = "write", reason: str = "too_large") -> None:
        super().__init__(message, operation, reason)


class PartialFailureError(BackendError):
    """Some keys of a call with many keys failed; everything else was done before this was raised.

    `failures` holds the error of each key that failed. `found` holds what a read got for the others.
    """

    def __init__(
        self,
        failures: Mapping[str, TypedCacheError],
        operation: str = "",
        found: Mapping[str, Any] | None = None,
    ) -> None:
        self.failures: dict[str, TypedCacheError] = dict(failures)
        self.found: dict[str, Any] = dict(found or {})
        key, error = next(iter(failures.items()))
        count = "1 key" if len(failures) == 1 else f"{len(failures)} keys"
        super().__init__(f"{operation} failed for {count}, {key!r} first: {error}", operation, "partial")
        self.args: tuple[Any, ...] = (self.failures, operation, self.found)
