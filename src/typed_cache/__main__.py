"""`python -m typed_cache`: the command `typed-cache`."""

import sys

from typed_cache.checker import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
