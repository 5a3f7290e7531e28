"""Programs that show typed_cache at work; each is a package with a `__main__`."""
