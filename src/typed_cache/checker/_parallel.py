"""This is where the files of a check are shared out to processes, where that pays."""

import gc
import os
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Final

from typed_cache.checker._findings import Part, check_files, whole
from typed_cache.checker._progress import Progress
from typed_cache.checker._project import Project
from typed_cache.checker._sources import Unreadable

__all__ = ["check_all"]

_PAYS: Final = 1_000_000
"""Bytes of source for which a further process is worth its start: about a second of work."""

_CHUNK: Final = 25
"""Files that are checked between two steps of the progress bar."""


def check_all(
    files: Sequence[str], unlisted: Sequence[Unreadable], jobs: int | None, progress: Progress
) -> Part:
    """Check files, in as many processes as `jobs` says, or as pay where it is None."""
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    count = min(_paying(files) if jobs is None else jobs, max(len(chunks), 1))
    parts = [Part((), (), tuple(unlisted))]
    with without_collection():
        for part in _alone(files, chunks) if count == 1 else _shared(files, chunks, count):
            parts.append(part)
            progress.step(min(len(parts) - 1, len(chunks)) / max(len(chunks), 1))
        return whole(parts)


@contextmanager
def without_collection() -> Generator[None, None, None]:
    """Leave the garbage collector out: trees are big, none is garbage, and walking them doubles the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _alone(files: Sequence[str], chunks: Sequence[Sequence[str]]) -> Iterator[Part]:
    project = Project(files)
    for chunk in chunks:
        yield check_files(project, chunk)


def _shared(files: Sequence[str], chunks: Sequence[Sequence[str]], count: int) -> Iterator[Part]:
    with ProcessPoolExecutor(count, initializer=_begin, initargs=(tuple(files),)) as pool:
        yield from pool.map(_check_chunk, chunks)


_project = Project(())
"""What a process of the pool knows; each reads the modules that its own files lead to."""


def _begin(files: tuple[str, ...]) -> None:
    global _project  # noqa: PLW0603  # the pool hands an initializer no other place
    gc.disable()
    _project = Project(files)


def _check_chunk(files: Sequence[str]) -> Part:
    return check_files(_project, files)


def _paying(files: Sequence[str]) -> int:
    size = sum(os.path.getsize(path) for path in files if os.path.isfile(path))
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity is not None else os.cpu_count() or 1
    return max(1, min(cores, size // _PAYS))
