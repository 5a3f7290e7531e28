"""Faults as coroutines meet them: the loop goes on, whatever becomes of the server."""

import asyncio
import os
import threading
import time
import warnings
from datetime import timedelta

import pytest

from servers import MemcachedServer
from typed_cache import Cache, CacheClientMemcached

MINUTE = timedelta(minutes=1)
DEADLINE = 0.2


def test_a_hung_server_never_holds_up_the_loop(mortal_memcached: MemcachedServer) -> None:
    """Row 18: eight coroutines wait for a deadline together, and meanwhile others run."""
    with CacheClientMemcached[int].connect(mortal_memcached.address, timeout=DEADLINE) as client:

        @Cache(key="square_{n}", expire=MINUTE, client=client)
        async def square(n: int) -> int:
            return n * n

        async def main() -> tuple[list[int], int, float]:
            turns = 0

            async def turn() -> None:
                nonlocal turns
                while True:
                    await asyncio.sleep(0.001)
                    turns += 1

            await square(1)
            mortal_memcached.freeze()
            ticker = asyncio.create_task(turn())
            began = time.monotonic()
            results = await asyncio.gather(*(square(n) for n in range(8)))
            took = time.monotonic() - began
            ticker.cancel()
            return results, turns, took

        results, turns, took = asyncio.run(main())

    assert results == [n * n for n in range(8)]
    assert took < 2 * DEADLINE
    assert turns > 20
    assert dict(square.stats().errors) == {("read", "timeout"): 8}


def test_cancelled_reads_leave_right_answers(memcached: MemcachedServer) -> None:
    """Row 7: thirty reads are cancelled under way; those that follow get each its own answer."""
    with CacheClientMemcached[int].connect(memcached.address, timeout=5, max_connections=2) as client:

        @Cache(key="square_{n}", expire=MINUTE, client=client)
        async def square(n: int) -> int:
            return n * n

        async def main() -> list[int]:
            for n in range(5):
                await square(n)
            for n in range(30):
                task = asyncio.create_task(square.peek(n % 5))
                await asyncio.sleep(0)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            return await asyncio.gather(*(square(n) for n in range(5)))

        assert asyncio.run(main()) == [0, 1, 4, 9, 16]
        assert square.stats().hits == 5


def test_loops_in_threads_share_a_function(memcached: MemcachedServer) -> None:
    """Row 36: four loops in four threads call one function over one client."""
    with CacheClientMemcached[int].connect(memcached.address, timeout=5, max_connections=2) as client:

        @Cache(key="square_{n}", expire=MINUTE, client=client)
        async def square(n: int) -> int:
            return n * n

        async def calls() -> list[int]:
            return [await square(n % 7) for n in range(50)]

        answers: list[list[int]] = []
        threads = [threading.Thread(target=lambda: answers.append(asyncio.run(calls()))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert answers == [[(n % 7) ** 2 for n in range(50)]] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_has_a_pool_of_its_own(memcached: MemcachedServer) -> None:
    """Row 9: after a fork, coroutines of the child ask on threads and sockets of the child."""
    with CacheClientMemcached[int].connect(memcached.address, timeout=5) as client:

        @Cache(key="square_{n}", expire=MINUTE, client=client)
        async def square(n: int) -> int:
            return n * n

        assert asyncio.run(square(3)) == 9
        with warnings.catch_warnings():  # Python 3.12 warns of forking beside threads, which is the point
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            status = 1
            try:
                status = int([asyncio.run(square(n)) for n in range(5)] != [0, 1, 4, 9, 16])
            finally:
                os._exit(status)

        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert asyncio.run(square(3)) == 9
