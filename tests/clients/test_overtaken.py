"""What the log of retirements promises to the clients that ask it."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typed_cache.client import Claim
from typed_cache.clients._overtaken import OvertakenLog


def test_nothing_retired() -> None:
    """A claim stands while nothing happens."""
    log = OvertakenLog()

    assert not log.is_overtaken("k", log.token())


def test_retired_key() -> None:
    """A retirement overtakes the claims issued before it, and none issued after it."""
    log = OvertakenLog()
    before = log.token()
    log.retire("k")

    assert log.is_overtaken("k", before)
    assert not log.is_overtaken("k", log.token())


def test_retire_all() -> None:
    """Retiring everything overtakes the claims on keys that were never heard of."""
    log = OvertakenLog()
    before = log.token()
    log.retire_all()

    assert log.is_overtaken("never seen", before)
    assert not log.is_overtaken("never seen", log.token())


def test_retire_until() -> None:
    """What is remembered late, as of an earlier time, overtakes the claims from before that time only."""
    log = OvertakenLog()
    before = log.token()
    written = log.advance()
    after = log.token()
    log.retire_until("k", written)

    assert log.is_overtaken("k", before)
    assert not log.is_overtaken("k", after)


def test_retire_until_never_goes_back() -> None:
    """An earlier time does not take back a later one."""
    log = OvertakenLog()
    earlier = log.advance()
    claim = log.token()
    log.retire("k")
    log.retire_until("k", earlier)

    assert log.is_overtaken("k", claim)


def test_foreign_claim() -> None:
    """A claim that this log did not issue is named, not guessed at."""
    with pytest.raises(TypeError, match="is no claim of this store"):
        OvertakenLog().is_overtaken("k", Claim("ticket"))


@pytest.mark.parametrize("slots", [0, -1, 3, 1000])
def test_slots(slots: int) -> None:
    """The number of slots is a power of two."""
    with pytest.raises(ValueError, match="power of two"):
        OvertakenLog(slots)


@given(retired=st.lists(st.sampled_from("abcdefgh"), max_size=30), slots=st.sampled_from([1, 2, 64]))
def test_never_too_lenient(retired: list[str], slots: int) -> None:
    """However few the slots, no claim stands on a key that was retired since."""
    log = OvertakenLog(slots)
    claims: list[tuple[Claim, set[str]]] = []
    for key in retired:
        claims.append((log.token(), set()))
        log.retire(key)
        for _, overtaken in claims:
            overtaken.add(key)

    assert all(log.is_overtaken(key, claim) for claim, overtaken in claims for key in overtaken)


def test_seldom_too_strict() -> None:
    """Of the neighbours of a hundred retired keys, nearly all keep their claims."""
    log = OvertakenLog()
    claim = log.token()
    for n in range(100):
        log.retire(f"retired {n}")

    assert sum(log.is_overtaken(f"other {n}", claim) for n in range(1000)) < 100


def test_threads() -> None:
    """Under the lock of its owner, no two retirements share a time."""
    log, lock = OvertakenLog(), threading.Lock()
    times: list[int] = []

    def work() -> None:
        for _ in range(200):
            with lock:
                times.append(log.retire("k"))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(times) == list(range(1, 801))
