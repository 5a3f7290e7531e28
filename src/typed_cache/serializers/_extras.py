"""What to tell those who name a serializer whose package is not installed."""

__all__ = ["missing"]


def missing(serializer: str, package: str, extra: str) -> ModuleNotFoundError:
    """Return the error that names the package and the command that installs it."""
    return ModuleNotFoundError(
        f"{serializer} needs {package}, which is not installed. "
        f"Install it with: pip install 'typed-cache-client[{extra}]'",
        name=package,
    )
