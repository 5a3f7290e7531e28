"""Let tests import the benchmarks, which are no part of the library."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
