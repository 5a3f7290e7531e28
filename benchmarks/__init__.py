"""What the calls cost that the promises are about: `python -m benchmarks`, or `nox -s bench`."""
