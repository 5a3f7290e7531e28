"""This is where it is decided what a call does, as generators that yield steps and do no I/O.

A driver performs each step and sends back its answer, `FAILED` where the store could not be asked. What
the function itself raises goes to its caller: the plan ends there and nothing is stored.
"""

import enum
from collections.abc import Generator
from datetime import timedelta
from typing import Any, Final, Literal, NamedTuple, TypeAlias, final

from typed_cache.client import Miss
from typed_cache.errors import BackendError
from typed_cache.policy import Policy

__all__ = [
    "FAILED",
    "RUN",
    "UNREACHABLE",
    "Ask",
    "Failed",
    "Plan",
    "Run",
    "Terms",
    "load",
    "miss_of",
    "replace",
    "withdraw",
]

Operation: TypeAlias = Literal["read", "entry", "claim", "write", "invalidate"]


@final
class Run(enum.Enum):
    """The type of `RUN`: the step that calls the decorated function."""

    RUN = "run"


@final
class Failed(enum.Enum):
    """The type of `FAILED`: the answer to a step that the store did not manage."""

    FAILED = "failed"


RUN: Final = Run.RUN
FAILED: Final = Failed.FAILED


UNREACHABLE: Final = Miss("error")
"""What a look-up found where the backend did not answer."""


def miss_of(error: Exception) -> Miss:
    """Return what a look-up that raised `error` found.

    A client of somebody's own may also raise because of what it read; that is to be overwritten.
    """
    return UNREACHABLE if isinstance(error, BackendError | OSError) else Miss("error")


@final
class Ask(NamedTuple):
    """The step that asks the store: a method of `EntryStore` and its arguments."""

    operation: Operation
    arguments: tuple[object, ...]

    @property
    def counted_as(self) -> str:
        """The operation that a failure counts under: looking at an entry is reading it."""
        return "read" if self.operation == "entry" else self.operation


# What is sent in is an answer to the step before: a value, a claim, a bool. No type says which.
Plan: TypeAlias = Generator[Ask | Run, Any, Any]


@final
class Terms(NamedTuple):
    """On what terms a value is stored."""

    expire: timedelta | None
    policy: Policy

    def allow(self, value: object) -> bool:
        """Whether `value` is one to store at all."""
        return value is not None or self.policy.cache_none


def load(miss: Miss, key: str, terms: Terms) -> Plan:
    """After a miss: run the function, store its value unless an invalidation overtook it.

    A backend that did not answer is not asked again: a dead one delays a call once.
    """
    if miss is UNREACHABLE:
        return (yield RUN)
    claim = yield Ask("claim", (key,))
    value = yield RUN
    if claim is not FAILED and terms.allow(value):
        yield Ask("write", (key, value, terms.expire, claim))
    return value


def replace(key: str, terms: Terms) -> Plan:
    """Whatever is stored: run the function and store its value in place of that.

    Where the value could not be stored, what is there is older than what the caller was told: it goes.
    """
    claim = yield Ask("claim", (key,))
    value = yield RUN
    stored = False
    if claim is not FAILED and terms.allow(value):
        stored = yield Ask("write", (key, value, terms.expire, claim))
    if stored is not True:
        yield Ask("invalidate", (key,))
    return value


def withdraw(key: str) -> Plan:
    """Run the function, then drop the entry; when it raised, the entry stays."""
    value = yield RUN
    yield Ask("invalidate", (key,))
    return value
