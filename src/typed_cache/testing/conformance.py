"""The tests that every client passes, for a client of your own."""

from typed_cache.testing._claim_tests import ClaimTests
from typed_cache.testing._many_tests import ManyTests
from typed_cache.testing._value_tests import ValueTests

__all__ = ["ClientConformance"]


class ClientConformance(ValueTests, ClaimTests, ManyTests):
    """Subclass it in a test file, and pytest runs every test of it against your client.

    Say how a client is made; each test asks for a new one, with a clock that the test moves:

        class TestShelf(ClientConformance):
            def make_client(self, clock: FakeClock) -> Shelf:
                return Shelf(clock=clock)

    A client whose time cannot be moved says `tells_time = False`, and the tests in which time passes are
    skipped; one that can only wait overrides `elapse`. Tests of calls with many keys are skipped where a
    client is no `ManyClient`. A client that carries less than the usual types says which `values`. Where a
    client needs a server, an autouse fixture of the subclass can start it. The test file may ask for readable
    failures before it imports the suite:

        pytest.register_assert_rewrite("typed_cache.testing")

    >>> from typed_cache import CacheClientRam
    >>> class TestRam(ClientConformance):
    ...     def make_client(self, clock):
    ...         return CacheClientRam(clock=clock)
    >>> TestRam().test_entry_expires()
    """
