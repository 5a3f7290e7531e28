"""What tests of programs that cache need: a clock they move, and the tests that every client passes."""

from importlib import import_module
from typing import TYPE_CHECKING

from typed_cache.testing._clock import FakeClock

if TYPE_CHECKING:
    from typed_cache.testing.conformance import ClientConformance

__all__ = ["ClientConformance", "FakeClock"]


def __getattr__(name: str) -> object:
    """Load the conformance suite at its first use."""
    if name != "ClientConformance":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("typed_cache.testing.conformance"), name)


def __dir__() -> list[str]:
    """List the public names, the lazy ones included."""
    return __all__
