"""Parts of the records, worked on in several processes; none outlives the one that started them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import chain, islice
from pathlib import Path
from typing import Any

from trophees.bulk.part import Line, Worker
from trophees.bulk.shared import Shared

PROCESSES = 2
_AHEAD = 1  # parts that wait for each process
_workers: list[Worker] = []


def worked(parts: Iterator[tuple[int, list[Line]]], shared: Shared, work: Path) -> Iterator[dict[str, Any]]:
    """The tally of each of `parts`, in no order, once what it gives is whole in `work`. BrokenProcessPool if one of
    the processes is killed. A single part is worked on in this one.
    """
    first = list(islice(parts, 2))
    if len(first) < 2:  # not worth another process
        yield from (Worker(shared, work).part(number, lines) for number, lines in first)
        return
    # a fork of a process in which an engine has threads would wait for them for ever
    pool = ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn"), _start, (shared, work, os.getpid()))
    waiting: set[Future[dict[str, Any]]] = set()
    try:
        for number, lines in chain(first, parts):
            waiting.add(pool.submit(_work, number, lines))
            if len(waiting) >= PROCESSES * (1 + _AHEAD):
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    finally:
        pool.shutdown(cancel_futures=True)


def _start(shared: Shared, work: Path, parent: int) -> None:
    """Make this process work on parts, until the one that started it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    gc.set_threshold(1_000_000)  # what a part is made of has no circles
    threading.Thread(target=watch, daemon=True).start()
    _workers[:] = [Worker(shared, work)]


def _work(number: int, lines: list[Line]) -> dict[str, Any]:
    return _workers[0].part(number, lines)
