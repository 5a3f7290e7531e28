"""The command `typed-cache`: what it finds out about source that it parses and never imports."""

from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status. None stands for the arguments of the process."""
    from typed_cache.checker import _main  # noqa: PLC0415  # the mypy plugin asks other files of this room

    return _main.main(arguments)
