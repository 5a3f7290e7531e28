"""What happens on a call: look up, load, store, invalidate.

`_plan` decides, as generators without I/O. `Loader` and `AsyncLoader` drive them against a store and
degrade where the store fails: a miss, a dropped write, a count, one log line.
"""

from typed_cache.loading._async import AsyncLoader
from typed_cache.loading._health import Health
from typed_cache.loading._sync import Loader
from typed_cache.loading._target import Target

__all__ = ["AsyncLoader", "Health", "Loader", "Target"]
