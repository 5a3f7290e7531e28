"""The bytes of entries do not change by accident: read docs/entry-format.md before changing these."""

from datetime import timedelta

import pytest

from typed_cache import envelope as module
from typed_cache.client import ResultType
from typed_cache.envelope import Envelope, Opened
from typed_cache.serializers import MsgpackSerializer

NOW = 1_000_000_000.25
MINUTE = timedelta(minutes=1)

GOLDEN_VALUE = (
    "74630101 1a6b351c 6c9ffc86 00038d7e a4ca5090 00038d7e a85dd790 000a6170 703a7072 696d6573 "
    "00000000 00000000 00000000 00000000 00000004 93020305 b56047cf"
)
GOLDEN_CLAIM = (
    "74630100 1a6b351c 6c9ffc86 00038d7e a4ca5090 00000000 00000000 000a6170 703a7072 696d6573 "
    "6f776e65 722d6964 00038d7e a85dd790 00000000 4100a358"
)


def test_golden_value() -> None:
    """The bytes of an entry never change by accident."""
    envelope = Envelope(MsgpackSerializer(list[int]), ResultType(list[int]), clock=lambda: NOW)

    assert envelope.seal(b"app:primes", [2, 3, 5], MINUTE).hex(" ", -4) == GOLDEN_VALUE


def test_golden_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes of a claim never change by accident."""
    monkeypatch.setattr(module, "token_bytes", lambda size: b"owner-id"[:size])
    envelope = Envelope(MsgpackSerializer(list[int]), ResultType(list[int]), clock=lambda: NOW)

    assert envelope.claim(b"app:primes").hex(" ", -4) == GOLDEN_CLAIM


def test_golden_entry_opens() -> None:
    """An entry of the first release opens."""
    envelope = Envelope(MsgpackSerializer(list[int]), ResultType(list[int]), clock=lambda: NOW)

    assert envelope.open(b"app:primes", bytes.fromhex(GOLDEN_VALUE)) == Opened([2, 3, 5], NOW, NOW + 60)
