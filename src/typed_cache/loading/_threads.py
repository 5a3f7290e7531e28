"""This is where blocking stores are asked on behalf of coroutines: a small pool of threads.

The pool is made at its first use and again after a fork: threads do not survive one. A coroutine that is
cancelled stops waiting; its thread finishes what it began, which the client bounds by its timeout.
"""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

__all__ = ["in_thread"]

T = TypeVar("T")

_THREADS: Final = 16


class _Pool:
    """The pool of this process."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Drop the pool without touching it: after a fork, its threads are gone and its locks may be held."""
        self._lock = threading.Lock()
        self._executor: ThreadPoolExecutor | None = None

    def get(self) -> ThreadPoolExecutor:
        """Return the pool, made where there is none."""
        with self._lock:
            if self._executor is None:
                self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="typed_cache")
            return self._executor


_pool: Final = _Pool()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.forget)


async def in_thread(call: Callable[[], T]) -> T:
    """Return what `call` returns, called on a thread of the pool."""
    return await asyncio.get_running_loop().run_in_executor(_pool.get(), call)
