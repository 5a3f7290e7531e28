"""Searches over 28,000 airports, cached: `python -m examples.airports`."""
