"""This is where calls with many keys are tested: they do what as many calls with one key would do."""

# ruff: noqa: S101  # assert is what tests do

from typing import Any, Final
from unittest import SkipTest

from typed_cache.client import ManyClient
from typed_cache.errors import ExpireError
from typed_cache.testing._setting import MINUTE, Setting

__all__ = ["ManyTests"]

_MANY: Final = 1000


class ManyTests(Setting):
    """What `from_cache_many`, `to_cache_many` and `invalidate_cache_many` promise."""

    @property
    def many(self) -> ManyClient[Any]:
        """The client, where it takes many keys in one call; else the test is skipped."""
        if not isinstance(self.client, ManyClient):
            raise SkipTest("the client takes one key in a call")
        return self.client

    def test_many_values_come_back(self) -> None:
        """Values stored in one call are read in one call, in the order asked for, and one by one."""
        values = {f"key_{number}": number for number in range(_MANY)}
        self.many.to_cache_many(values, MINUTE)

        found = self.many.from_cache_many(reversed(values))

        assert found == values
        assert list(found) == list(reversed(values))
        assert self.client.from_cache("key_7") == values["key_7"]

    def test_generators_are_taken_once(self) -> None:
        """Keys and values may come from a generator, which gives them only once."""
        self.many.to_cache_many(((key, key) for key in "ab"), MINUTE)
        assert self.many.from_cache_many(key for key in "ab") == {"a": "a", "b": "b"}

        self.many.invalidate_cache_many(key for key in "ab")
        assert self.many.from_cache_many(key for key in "ab") == {}

    def test_none_is_found_and_absent_is_not(self) -> None:
        """A key without a value is left out; one whose value is None, False or empty is there."""
        values = {"none": None, "false": False, "empty": ""}
        self.many.to_cache_many(values, MINUTE)

        assert self.many.from_cache_many([*values, "absent"]) == values

    def test_many_keys_are_told_apart(self) -> None:
        """Keys that look alike hold a value each; of two values under one key the last one stays."""
        keys = ["user_1", "user_10", "User_1", "k" * 400, "k" * 400 + "1", "a b", "\N{SNOWMAN}", "a\r\nb"]
        values = [*((key, "first") for key in keys), *((key, key) for key in keys)]

        self.many.to_cache_many(values, MINUTE)

        assert self.many.from_cache_many([*keys, *keys]) == dict(values)

    def test_nothing_is_asked_for(self) -> None:
        """No keys and no values are no error."""
        self.many.to_cache_many({}, MINUTE)
        self.many.invalidate_cache_many([])

        assert self.many.from_cache_many([]) == {}

    def test_many_invalidated_values_are_gone(self) -> None:
        """Those that were named are gone, known and unknown, and no others."""
        self.many.to_cache_many({"a": 1, "b": 2, "c": 3}, MINUTE)

        self.many.invalidate_cache_many(["a", "unknown", "c"])

        assert self.many.from_cache_many(["a", "b", "c"]) == {"b": 2}

    def test_many_entries_expire(self) -> None:
        """Each of them is served until it expires, and not after."""
        self.needs_time()
        self.many.to_cache_many({"a": 1, "b": 2}, MINUTE)

        self.elapse(59)
        assert self.many.from_cache_many(["a", "b"]) == {"a": 1, "b": 2}

        self.elapse(2)
        assert self.many.from_cache_many(["a", "b"]) == {}

    def test_many_loads_are_overtaken(self) -> None:
        """Storing and invalidating many keys refuses the loads of each that are under way."""
        self.needs_entries()
        store = self.store()
        stored, dropped = store.claim("stored"), store.claim("dropped")
        self.many.to_cache_many({"stored": 1}, MINUTE)
        self.many.invalidate_cache_many(["dropped"])

        assert not store.write("stored", 2, MINUTE, stored)
        assert not store.write("dropped", 2, MINUTE, dropped)
        assert self.many.from_cache_many(["stored", "dropped"]) == {"stored": 1}

    def test_many_values_with_a_wrong_expire_are_refused(self) -> None:
        """A time to live of zero is refused as a whole, before anything is stored."""
        try:
            self.many.to_cache_many({"a": 1}, MINUTE * 0)
        except ExpireError:
            assert self.many.from_cache_many(["a"]) == {}
        else:
            raise AssertionError("an expire of zero was accepted")

    def test_one_text_is_not_many_keys(self) -> None:
        """A text where keys are expected is refused; its characters are not taken for keys."""
        for call in (self.many.from_cache_many, self.many.invalidate_cache_many):
            try:
                call("key")
            except TypeError:
                continue
            raise AssertionError("a text was taken for many keys")
