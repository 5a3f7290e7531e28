"""These are the classes of the standard library that annotations name; they are known from run time.

Only modules of this list are ever imported: they define types, and importing them does nothing else.
"""

import importlib
import threading
from typing import Any, Final

__all__ = ["live_object"]

_MODULES: Final = frozenset(
    {
        "abc",
        "argparse",
        "array",
        "asyncio",
        "builtins",
        "codecs",
        "collections",
        "collections.abc",
        "concurrent.futures",
        "configparser",
        "contextlib",
        "contextvars",
        "csv",
        "dataclasses",
        "datetime",
        "decimal",
        "email.message",
        "enum",
        "fractions",
        "ftplib",
        "functools",
        "gzip",
        "hashlib",
        "hmac",
        "html.parser",
        "http.client",
        "http.cookiejar",
        "http.cookies",
        "imaplib",
        "inspect",
        "io",
        "ipaddress",
        "itertools",
        "json",
        "logging",
        "mmap",
        "multiprocessing",
        "multiprocessing.connection",
        "multiprocessing.pool",
        "multiprocessing.queues",
        "numbers",
        "os",
        "pathlib",
        "pickle",
        "queue",
        "random",
        "re",
        "sched",
        "select",
        "selectors",
        "shelve",
        "smtplib",
        "socket",
        "socketserver",
        "sqlite3",
        "ssl",
        "string",
        "struct",
        "subprocess",
        "tarfile",
        "tempfile",
        "threading",
        "time",
        "types",
        "typing",
        "typing_extensions",
        "urllib.parse",
        "urllib.request",
        "uuid",
        "weakref",
        "xml.dom.minidom",
        "xml.etree.ElementTree",
        "zipfile",
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
            return _CLASSES_BEHIND.get(dotted, found)
    return None


_CLASSES_BEHIND: Final[dict[str, type]] = {
    "threading.Lock": type(threading.Lock()),
    "threading.RLock": type(threading.RLock()),
}
"""What annotations name as classes, and are functions in some Pythons."""
