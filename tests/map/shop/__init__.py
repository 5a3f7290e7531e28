"""A small shop whose keys the golden files show."""
