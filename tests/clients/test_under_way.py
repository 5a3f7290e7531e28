"""What the record of loads under way promises to the clients that keep one."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typed_cache.client import Claim
from typed_cache.clients import _under_way
from typed_cache.clients._under_way import LoadsUnderWay


@pytest.fixture
def loads() -> LoadsUnderWay:
    return LoadsUnderWay()


def test_nothing_happened(loads: LoadsUnderWay) -> None:
    """A claim stands while nothing happens to its key."""
    claim = loads.begin("k")
    loads.overtake("other")

    assert not loads.is_overtaken(claim)


def test_overtaken(loads: LoadsUnderWay) -> None:
    """What happens to a key overtakes the loads that began before it, and none that began after it."""
    one, two = loads.begin("k"), loads.begin("k")
    loads.overtake("k")
    after = loads.begin("k")

    assert [loads.is_overtaken(claim) for claim in (one, two, after)] == [True, True, False]


def test_all_overtaken(loads: LoadsUnderWay) -> None:
    """Loads of all keys are overtaken at once."""
    claims = [loads.begin("a"), loads.begin("b")]
    loads.overtake_all()

    assert all(map(loads.is_overtaken, claims))
    assert not loads.is_overtaken(loads.begin("a"))


def test_a_slow_load_is_not_refused_for_the_neighbours_sake(loads: LoadsUnderWay) -> None:
    """However many other keys change while it runs."""
    claim = loads.begin("slow")
    for n in range(10_000):
        loads.overtake(f"other {n}")
        loads.begin(f"other {n}")

    assert not loads.is_overtaken(claim)


def test_ended_loads_leave_nothing_behind(loads: LoadsUnderWay) -> None:
    """A load that is given up, without a word to anybody, does not pile up."""
    held = [loads.begin(f"held {n}") for n in range(10)]
    for n in range(10_000):
        loads.begin(f"given up {n}")
    gc.collect()

    assert len(loads._loads) <= 2 * _under_way._FEWEST
    loads.overtake_all()
    assert all(map(loads.is_overtaken, held))


def test_a_claim_in_the_middle_of_a_claim_is_refused(
    loads: LoadsUnderWay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal handler that loads in the wrong moment gets its value, which is not stored."""
    inner: list[Claim] = []

    def interrupted(load: object) -> object:
        inner.append(loads.begin("k"))
        return kept(load)

    kept = _under_way.ref
    monkeypatch.setattr(_under_way, "ref", interrupted)
    outer = loads.begin("k")

    assert loads.is_overtaken(inner[0])
    assert not loads.is_overtaken(outer)


def test_foreign_claim(loads: LoadsUnderWay) -> None:
    """A claim that no such record issued is named, not guessed at."""
    with pytest.raises(TypeError, match="is no claim of this store"):
        loads.is_overtaken(Claim("ticket"))


@given(st.lists(st.tuples(st.sampled_from(["begin", "overtake", "drop"]), st.sampled_from("abcd"))))
def test_exact(steps: list[tuple[str, str]]) -> None:
    """A claim is overtaken if its key was overtaken since, and only then."""
    loads = LoadsUnderWay()
    claims: list[tuple[str, Claim, list[bool]]] = []
    for step, key in steps:
        if step == "begin":
            claims.append((key, loads.begin(key), []))
        elif step == "overtake":
            loads.overtake(key)
            for of, _, overtaken in claims:
                overtaken.extend([True] * (of == key))
        elif claims:
            claims.pop(0)

    assert [loads.is_overtaken(claim) for _, claim, _ in claims] == [any(o) for _, _, o in claims]
