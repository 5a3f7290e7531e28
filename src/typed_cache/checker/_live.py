"""These are the classes of the standard library that annotations name; they are known from run time.

Only modules of this list are ever imported: they define types, and importing them does nothing else.
"""

import importlib
from typing import Any, Final

__all__ = ["live_object"]

_MODULES: Final = frozenset(
    {
        "abc",
        "array",
        "builtins",
        "collections",
        "collections.abc",
        "concurrent.futures",
        "contextlib",
        "contextvars",
        "datetime",
        "decimal",
        "enum",
        "fractions",
        "functools",
        "io",
        "ipaddress",
        "logging",
        "numbers",
        "os",
        "pathlib",
        "queue",
        "random",
        "re",
        "socket",
        "sqlite3",
        "string",
        "threading",
        "time",
        "types",
        "typing",
        "typing_extensions",
        "uuid",
        "weakref",
        "zoneinfo",
    }
)


def live_object(dotted: str) -> Any:
    """Return a class, or a form of `typing`, by its full name; None where it is not known.

    >>> live_object("datetime.date"), live_object("antigravity.fly")
    (<class 'datetime.date'>, None)
    """
    parts = dotted.split(".")
    for length in range(len(parts) - 1, 0, -1):
        name = ".".join(parts[:length])
        if name in _MODULES:
            found: Any = importlib.import_module(name)
            for part in parts[length:]:
                found = getattr(found, part, None)
            return found
    return None
