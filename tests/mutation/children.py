"""Work in processes of their own, with limits; two of them share what is to be done."""

from __future__ import annotations

import fcntl
import mmap
import os
import pickle
import resource
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
_MEMORY = 6 << 30  # bytes, where there is a limit: what never ends may take ever more of them


def in_a_child(work: Callable[[], T], limit: float | None = None, otherwise: T | None = None) -> T:
    """What `work` returns in a process that says nothing; `otherwise` where it breaks, or takes more than `limit`
    seconds of processor.
    """
    (found,) = in_children([work], limit, otherwise)
    return found


def in_children(works: Sequence[Callable[[], T]], limit: float | None = None, otherwise: T | None = None) -> list[T]:
    """What each of `works` returns, all at the same time."""
    started = [_start(work, limit) for work in works]
    found: list[T] = []
    for child, reading in started:
        with os.fdopen(reading, "rb") as pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        if data:
            found.append(pickle.loads(data))
        elif otherwise is not None:
            found.append(otherwise)
        else:
            raise RuntimeError("a process ended before its work did")
    return found


def _start(work: Callable[[], T], limit: float | None) -> tuple[int, int]:
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        if limit is not None:
            seconds = int(limit) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(6 * seconds)
        data = pickle.dumps(work())
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)
    finally:
        os._exit(0)


class Shared:
    """So many flags that processes started from this one see each other set."""

    def __init__(self, number: int) -> None:
        self._bytes = mmap.mmap(-1, max(number, 1))
        self._lock = tempfile.TemporaryFile()  # noqa: SIM115 (it goes with the flags)

    def __getitem__(self, place: int) -> bool:
        return self._bytes[place] != 0

    def claim(self, place: int) -> bool:
        """Set a flag; whether it was not set before. Of two processes that claim one at once, one is told True."""
        fcntl.lockf(self._lock, fcntl.LOCK_EX)
        try:
            before = self._bytes[place]
            self._bytes[place] = 1
        finally:
            fcntl.lockf(self._lock, fcntl.LOCK_UN)
        return before == 0

    def unclaimed(self, number: int) -> Iterator[int]:
        """The places below `number`, each for one process only."""
        return (place for place in range(number) if self.claim(place))
