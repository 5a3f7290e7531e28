"""What is known about the machine and the Python that measure."""

import os
import platform
import re
import sys
import sysconfig
from pathlib import Path

from benchmarks._figures import Machine


def describe() -> Machine:
    """Describe this machine and this interpreter."""
    return Machine(
        python=platform.python_version(),
        built=platform.python_compiler(),
        with_pgo=built_with_pgo(),
        with_gil=has_gil(),
        system=f"{platform.system()} {platform.machine()}",
        processor=_processor(),
        cores=os.cpu_count() or 1,
    )


def built_with_pgo() -> bool:
    """Tell whether this Python was compiled with profile-guided optimization.

    Distributions do so by a make target that `sysconfig` does not know of; theirs live in /usr.
    """
    arguments = str(sysconfig.get_config_var("CONFIG_ARGS") or "")
    return "--enable-optimizations" in arguments or sys.base_prefix == "/usr"


def has_gil() -> bool:
    """Tell whether one thread at a time runs Python code."""
    enabled = getattr(sys, "_is_gil_enabled", None)
    return enabled is None or bool(enabled())


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    found = re.search(r"^model name\s*: (.*)$", text, re.MULTILINE)
    return found[1] if found else platform.processor()
