"""Nothing is imported before it is used."""

import subprocess
import sys

import pytest

import typed_cache.serializers


@pytest.mark.parametrize("module", ["pickle", "pydantic", "zstandard", "msgspec", "asyncio"])
def test_package_alone_imports_little(module: str) -> None:
    """`import typed_cache.serializers` loads no serializer and none of their packages."""
    program = f"import sys, typed_cache.serializers; sys.exit({module!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("module", ["typed_cache.serializers.pickle", "pydantic", "zstandard"])
def test_default_path_imports_no_extra(module: str) -> None:
    """A value by the default serializer needs neither an extra nor pickle."""
    program = (
        "import sys; from typed_cache.serializers import serializer_for; s = serializer_for(list[int]);"
        f"s.loads(s.dumps([1])); sys.exit({module!r} in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_names() -> None:
    """The public names are sorted, importable and listed."""
    names = typed_cache.serializers.__all__

    assert names == sorted(names)
    assert set(names) <= set(dir(typed_cache.serializers))
    assert all(getattr(typed_cache.serializers, name).__name__ == name for name in names)


def test_unknown_name() -> None:
    """A name that is not there is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="has no attribute 'YamlSerializer'"):
        _ = typed_cache.serializers.YamlSerializer


@pytest.mark.parametrize(
    ("package", "statement", "command"),
    [
        (
            "pydantic",
            "from typed_cache.serializers import PydanticSerializer",
            "typed-cache-client[pydantic]",
        ),
        (
            "zstandard",
            "from typed_cache.serializers import *; Compressed(JsonSerializer())",
            "typed-cache-client[zstd]",
        ),
    ],
)
def test_missing_extra_names_the_command(package: str, statement: str, command: str) -> None:
    """Who lacks a package is told how to install it."""
    program = (
        f"import sys; sys.modules[{package!r}] = None\n{statement.replace('*', 'Compressed, JsonSerializer')}"
    )

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert run.returncode == 1
    assert f"pip install '{command}'" in run.stderr
