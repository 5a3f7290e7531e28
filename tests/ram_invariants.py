"""What holds inside a RAM client whenever nothing is going on in it."""

from collections import Counter
from typing import Any

from typed_cache.clients.ram import CacheClientRam


def check(client: CacheClientRam[Any]) -> None:
    """Assert that nothing is lost, doubled, left behind or unfinished."""
    table = client._table
    live = set(table.entries.values())

    assert table._changing is None
    assert not table._late
    assert not table._dropped
    assert all(entry.key == key and not entry.is_dead for key, entry in table.entries.items())

    for origin in {entry.origin for entry in live}:
        for place, entry in (origin.index or {}).items():
            assert entry.origin is origin
            assert entry.place == place
            assert table.entries.get(entry.key) is entry
    assert table._order is None or table._order.leaving is None or table._order.leaving in live

    _check_expiry(client, live)
    if table._order is None or table.max_entries is None:
        return
    assert len(live) <= table.max_entries
    queued = Counter(entry for entry in [*table._order._small, *table._order._main] if not entry.is_dead)
    assert queued == Counter(live)
    assert len(table._order._small) + len(table._order._main) <= _allowed(len(live))


def _check_expiry(client: CacheClientRam[Any], live: set[Any]) -> None:
    expiry = client._table._expiry
    filed = [entry for second in expiry._seconds.values() for entry in second]

    assert set(expiry._soonest) == set(expiry._seconds)
    assert Counter(entry for entry in filed if not entry.is_dead) == Counter(e for e in live if e.expire)
    assert len(filed) <= _allowed(len(live))


def _allowed(live: int) -> int:
    """So many may be kept for so many live ones: some of the dead wait for their turn."""
    return live + live // 2 + 65
