"""What `typed_cache.testing` offers, and what it costs to import."""

import subprocess
import sys

import pytest

import typed_cache.testing


def test_names_are_there() -> None:
    """Every public name can be had, the lazy one too."""
    assert [getattr(typed_cache.testing, name).__name__ for name in dir(typed_cache.testing)] == [
        "ClientConformance",
        "FakeClock",
    ]


def test_unknown_name_is_an_attribute_error() -> None:
    """A typo says what was asked for."""
    with pytest.raises(AttributeError, match="no attribute 'FakeClok'"):
        _ = typed_cache.testing.FakeClok


def test_suite_runs_without_pytest() -> None:
    """The clock and the suite import no pytest: programs may use them where there is none."""
    code = (
        "import sys\n"
        "from typed_cache.testing import ClientConformance, FakeClock\n"
        "assert 'pytest' not in sys.modules, 'pytest was imported'\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
