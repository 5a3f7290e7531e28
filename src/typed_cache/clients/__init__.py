"""Clients: where entries are kept. Each has a file of its own; nothing is loaded before it is asked for."""

from typed_cache.clients._entries import async_entries_of, entries_of

__all__ = ["async_entries_of", "entries_of"]
