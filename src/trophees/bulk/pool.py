"""Parts of the records, worked on in several processes; none outlives the one that started them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import chain, islice
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from trophees.bulk.part import Line, Worker
from trophees.bulk.shared import Shared

PROCESSES = 2
_AHEAD = 1  # parts that wait for each process
_workers: list[Worker] = []


def worked(parts: Iterator[tuple[int, list[Line]]], worker: Worker) -> Iterator[dict[str, Any]]:
    """The tally of each of `parts`, in no order, once what it gives is whole on disk. BrokenProcessPool if one of the
    processes is killed. A single part is worked on in this one.
    """
    first = list(islice(parts, 2))
    if len(first) < 2:  # not worth another process
        yield from (worker.part(number, lines) for number, lines in first)
        return
    pool = ProcessPoolExecutor(PROCESSES, *_starting(worker))
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


def _starting(worker: Worker) -> tuple[BaseContext, Callable[..., None], tuple[Any, ...]]:
    """How processes start, and with what: as copies of this one, which share what `worker` knows, or made anew, if this
    one has threads (an engine may have some), for which a copy would wait for ever.
    """
    if _threads() != 1:
        return multiprocessing.get_context("spawn"), _start, (worker.shared, worker.work, os.getpid())
    _workers[:] = [worker]
    gc.freeze()
    return multiprocessing.get_context("fork"), _watched, (os.getpid(),)


def _threads() -> int:
    """How many threads this process has, those of engines among them; none if the system does not say."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0


def _start(shared: Shared, work: Path, parent: int) -> None:
    """Make this process, which is new, work on parts."""
    _watched(parent)
    _workers[:] = [Worker(shared, work)]


def _watched(parent: int) -> None:
    """Make this process work until the one that started it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    gc.set_threshold(1_000_000)  # what a part is made of has no circles
    threading.Thread(target=watch, daemon=True).start()


def _work(number: int, lines: list[Line]) -> dict[str, Any]:
    return _workers[0].part(number, lines)
