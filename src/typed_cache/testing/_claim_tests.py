"""This is where it is tested that no value is stored after the invalidation that made it outdated."""

# ruff: noqa: S101  # assert is what tests do

from typing import Final

from typed_cache.client import Miss
from typed_cache.testing._setting import MINUTE, Setting, hurried_threads

__all__ = ["ClaimTests"]

_ROUNDS: Final = 25


class ClaimTests(Setting):
    """What a decorated function relies on: claim before the load, write after it."""

    def test_load_that_nothing_overtook_is_stored(self) -> None:
        """Claim, load, write: the value is there for the next call."""
        store = self.store()
        assert isinstance(store.read("key"), Miss)
        claim = store.claim("key")

        assert store.write("key", 1, MINUTE, claim)
        assert store.read("key") == 1

    def test_load_that_an_invalidation_overtook_is_refused(self) -> None:
        """A value whose load began before an invalidation is not stored."""
        store = self.store()
        claim = store.claim("key")
        store.invalidate("key")

        assert not store.write("key", 1, MINUTE, claim)
        assert isinstance(store.read("key"), Miss)

    def test_load_after_an_invalidation_is_stored(self) -> None:
        """An invalidation refuses the loads before it, not the one that follows."""
        store = self.store()
        store.invalidate("key")

        assert store.write("key", 1, MINUTE, store.claim("key"))
        assert store.read("key") == 1

    def test_load_that_another_overtook_is_refused(self) -> None:
        """Of two loads of one key, the second to finish does not replace what the first stored."""
        store = self.store()
        slow, quick = store.claim("key"), store.claim("key")
        assert store.write("key", 2, MINUTE, quick)

        assert not store.write("key", 1, MINUTE, slow)
        # Taken back where a client cannot look and store in one step: in doubt it is gone.
        assert store.read("key") in {2, Miss()}

    def test_load_that_a_direct_store_overtook_is_refused(self) -> None:
        """`to_cache` on the client itself overtakes the loads under way."""
        self.needs_entries()
        store = self.store()
        claim = store.claim("key")
        self.client.to_cache("key", 2, MINUTE)

        assert not store.write("key", 1, MINUTE, claim)
        assert self.client.from_cache("key") == 2  # noqa: PLR2004  # what was stored

    def test_load_that_a_direct_invalidation_overtook_is_refused(self) -> None:
        """`invalidate_cache` on the client itself overtakes the loads under way, stored value or not."""
        self.needs_entries()
        store = self.store()
        claim = store.claim("key")
        self.client.invalidate_cache("key")

        assert not store.write("key", 1, MINUTE, claim)

    def test_functions_with_one_client_see_each_other(self) -> None:
        """An invalidation through one function refuses the load of another, and drops what it stored."""
        one, other = self.store(), self.store()
        claim = one.claim("key")
        other.invalidate("key")
        assert not one.write("key", 1, MINUTE, claim)

        assert one.write("key", 2, MINUTE, one.claim("key"))
        other.invalidate("key")
        assert isinstance(one.read("key"), Miss)

    def test_other_keys_are_left_alone(self) -> None:
        """An invalidation does not refuse the loads of other keys; one may be, for sharing a slot."""
        store = self.store()
        claims = {f"other_{number}": store.claim(f"other_{number}") for number in range(4)}
        store.invalidate("key")

        stored = [store.write(key, 1, MINUTE, claim) for key, claim in claims.items()]

        assert stored.count(True) >= len(claims) - 1

    def test_nothing_outdated_is_left_behind(self) -> None:
        """Threads load and invalidate one key at once: in the end there is the last truth, or nothing."""
        store = self.store()
        truth = [0]

        def change() -> None:
            for _ in range(_ROUNDS):
                truth[0] += 1
                store.invalidate("key")

        def load() -> None:
            for _ in range(_ROUNDS):
                if isinstance(store.read("key"), Miss):
                    claim = store.claim("key")
                    store.write("key", truth[0], MINUTE, claim)

        with hurried_threads() as threads:
            work = [threads.submit(task) for task in (load, load, load, change, load, load, load, load)]
            for done in work:
                done.result()

        assert store.read("key") in {_ROUNDS, Miss()}
