"""The command `typed-cache`: what it finds out about source that it parses and never imports."""

from typed_cache.checker._main import main

__all__ = ["main"]
