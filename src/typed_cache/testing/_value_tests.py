"""This is where it is tested that values come back, expire, and go when they are told to."""

# ruff: noqa: S101  # assert is what tests do

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar, Final

from typed_cache.client import Miss
from typed_cache.errors import ExpireError
from typed_cache.testing._setting import MINUTE, Setting, hurried_threads

__all__ = ["ValueTests"]

_ROUNDS: Final = 25


class ValueTests(Setting):
    """What `from_cache`, `to_cache`, `invalidate_cache` promise, and the store over them."""

    values: ClassVar[Sequence[Any]] = ("text", "", 1, 0, -1, True, False, 2.5, [], [1, [2]], {}, {"a": [1]})
    """Values that the client under test has to carry."""

    keys: ClassVar[Sequence[str]] = (
        "user_1",
        "user_10",
        "User_1",
        "user_1_",
        "a/b:c%20d?e=f&g",
        "(x,y)~'\"{}[]",
        "k" * 400,
        "k" * 400 + "1",
    )
    """Keys that must not be taken for each other: printable ASCII without spaces, as built keys are."""

    def test_unknown_key_has_no_value(self) -> None:
        """A key that was never stored has no value."""
        assert self.client.from_cache("unknown") is None

    def test_values_come_back(self) -> None:
        """What was stored comes back equal and of the same class."""
        for number, value in enumerate(self.values):
            self.client.to_cache(f"value_{number}", value, MINUTE)

        found = [self.client.from_cache(f"value_{number}") for number in range(len(self.values))]

        assert found == list(self.values)
        assert [type(value) for value in found] == [type(value) for value in self.values]

    def test_keys_are_told_apart(self) -> None:
        """Keys that look alike hold a value each, however long they are."""
        for number, key in enumerate(self.keys):
            self.client.to_cache(key, number, MINUTE)

        assert [self.client.from_cache(key) for key in self.keys] == list(range(len(self.keys)))

    def test_last_value_stays(self) -> None:
        """A second value takes the place of the first."""
        self.client.to_cache("key", "old", MINUTE)
        self.client.to_cache("key", "new", MINUTE)

        assert self.client.from_cache("key") == "new"

    def test_invalidated_value_is_gone(self) -> None:
        """An invalidated key has no value, its neighbour keeps its own, and it can be stored again."""
        self.client.to_cache("key", 1, MINUTE)
        self.client.to_cache("neighbour", 2, MINUTE)

        self.client.invalidate_cache("key")

        assert self.client.from_cache("key") is None
        assert self.client.from_cache("neighbour") == 2  # noqa: PLR2004  # what was stored
        self.client.to_cache("key", 3, MINUTE)
        assert self.client.from_cache("key") == 3  # noqa: PLR2004  # what was stored

    def test_invalidating_unknown_key_is_no_error(self) -> None:
        """Invalidating a key that has no value does nothing, once or twice."""
        self.client.invalidate_cache("unknown")
        self.client.invalidate_cache("unknown")

        assert self.client.from_cache("unknown") is None

    def test_entry_expires(self) -> None:
        """An entry is served until it expires, and not after."""
        self.needs_time()
        self.client.to_cache("key", "value", timedelta(seconds=60))

        self.elapse(59)
        assert self.client.from_cache("key") == "value"

        self.elapse(2)
        assert self.client.from_cache("key") is None

    def test_entry_without_expire_stays(self) -> None:
        """With expire None an entry outlives a day."""
        self.needs_time()
        self.client.to_cache("key", "value", None)

        self.elapse(86_401)

        assert self.client.from_cache("key") == "value"

    def test_months_are_counted_right(self) -> None:
        """An expire past 30 days, which some servers take for a date, is what it says."""
        self.needs_time()
        self.client.to_cache("key", "value", timedelta(days=31))

        assert self.client.from_cache("key") == "value"
        self.elapse(86_400 * 31 + 1)
        assert self.client.from_cache("key") is None

    def test_new_value_brings_its_own_expire(self) -> None:
        """Storing again replaces the time to live together with the value, longer or shorter."""
        self.needs_time()
        self.client.to_cache("longer", 1, timedelta(seconds=10))
        self.client.to_cache("longer", 1, timedelta(seconds=100))
        self.client.to_cache("shorter", 1, timedelta(seconds=100))
        self.client.to_cache("shorter", 1, timedelta(seconds=10))

        self.elapse(50)

        assert self.client.from_cache("longer") == 1
        assert self.client.from_cache("shorter") is None

    def test_expire_that_no_backend_keeps_is_refused(self) -> None:
        """Zero, negative and endless times to live are refused, and nothing is stored."""
        self.needs_entries()
        for expire in (timedelta(0), timedelta(seconds=-1), timedelta.max):
            try:
                self.client.to_cache("key", "value", expire)
            except ExpireError:
                continue
            raise AssertionError(f"expire={expire!r} was accepted")

        assert self.client.from_cache("key") is None

    def test_entry_tells_its_age(self) -> None:
        """An entry knows how old it is and for how long it stays fresh."""
        self.needs_entries()
        self.needs_time()
        store = self.store(str)
        assert store.entry("key") is None
        assert store.write("key", "value", timedelta(seconds=60), store.claim("key"))

        self.elapse(20)
        entry = store.entry("key")

        assert entry is not None
        assert (entry.value, entry.age.seconds) == ("value", 20)
        assert entry.fresh_for == timedelta(seconds=40)

    def test_none_is_told_from_a_miss(self) -> None:
        """A client with entries serves a cached None; for any other, None is refused and stays a miss."""
        store = self.store(None)

        stored = store.write("key", None, MINUTE, store.claim("key"))

        assert stored == self.keeps_entries
        assert isinstance(store.read("key"), Miss) != self.keeps_entries

    def test_another_version_is_a_miss(self) -> None:
        """What a function stored under one `version=` is none of another's, and is dropped by every one."""
        self.needs_entries()
        old, new, other = self.store(version="1"), self.store(version="2"), self.store()
        assert old.write("key", 1, MINUTE, old.claim("key"))

        assert old.read("key") == 1
        assert [store.entry("key") for store in (new, other)] == [None, None]
        assert isinstance(new.read("key"), Miss)
        assert isinstance(other.read("key"), Miss)
        assert self.client.from_cache("key") == 1

        assert new.write("key", 2, MINUTE, new.claim("key"))
        other.invalidate("key")
        assert isinstance(new.read("key"), Miss)

    def test_callers_do_not_share_a_value(self) -> None:
        """What is done to a value after it was stored, or after it was read, nobody else sees."""
        self.needs_entries()
        if not self.isolates:
            return
        store = self.store(list[list[int]])
        value = [[1]]
        assert store.write("key", value, MINUTE, store.claim("key"))

        value[0].append(2)
        read: Any = store.read("key")
        read[0].append(3)

        assert store.read("key") == [[1]]

    def test_threads_share_a_client(self) -> None:
        """With eight threads at work nothing is raised, and no value appears under another's key."""
        client = self.client

        def work(thread: int) -> list[object]:
            wrong: list[object] = []
            for turn in range(_ROUNDS):
                key = f"key_{(thread + turn) % 5}"
                client.to_cache(key, key, MINUTE)
                found = client.from_cache(key)
                wrong += [] if found in {None, key} else [found]
                client.invalidate_cache(key)
            return wrong

        with hurried_threads() as threads:
            assert [wrong for wrongs in threads.map(work, range(8)) for wrong in wrongs] == []
