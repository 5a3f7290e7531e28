"""What the mypy plugin does, one feature a file; `typed_cache.mypy_plugin` only says which hook is which."""
