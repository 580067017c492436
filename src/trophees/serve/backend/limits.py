"""What a query may take, and how many there may be."""

from __future__ import annotations

import os
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
CONNECTIONS = 1000  # unless the system allows too few files for so many
QUERY = MEGABYTE  # bytes of a request's body
INLINE = 256 * 1024  # bytes of an answer that a worker sends; a larger one it writes to a file
LARGEST = 128 * MEGABYTE  # bytes of an answer
MOMENT = 0.008  # seconds of processor time after which a query is slow
PATIENCE = 2.0  # seconds after which it is slow whatever it used
DEEP = 100  # brackets in one another, from which on a query is called deep
LONG = 1.0  # seconds after which a slow query is long: there is room for a few of these
USED = 0.03  # seconds of processor time after which a long query is known as one: if it got less, the machine is slow
YOUNG = 4  # how many times as many slow queries may run that are not long yet
WAITING = 200  # queries that may wait for a worker
PAUSE = 0.5  # seconds after which a worker that could not begin is asked for again
JOBS = 1000  # queries after which a worker is replaced, so that the memory that it holds goes back


@dataclass(frozen=True)
class Limits:
    """`memory` is what a query may take beyond the graph, in bytes; `seconds` how long it may be waited for.

    SERVICE may call `services`, which are hosts.
    """

    memory: int
    seconds: float
    services: tuple[str, ...] = ()


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def room(memory: int) -> int:
    """How many slow queries may run at once: what half of the machine's memory has room for, from 2 to 10."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(2, min(10, total // 2 // memory))
