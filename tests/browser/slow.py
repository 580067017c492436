"""A browser on a slow machine.

The protocol of Chromium slows a page, but no worker of it (`Emulation.setCPUThrottlingRate` is refused there), and the
engine is in a worker. So all processes of the browser are stopped and let go on by turns: page, worker, compiler,
network and all.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from selenium.webdriver import Chrome

TURN = 0.02  # seconds from one stop to the next
_LOOP = "const start = performance.now(); let n = 0; for (let i = 0; i < 3e7; i++) n = (n * 31 + i) | 0; "
_IN_PAGE = f"{_LOOP} return performance.now() - start"
_IN_WORKER = f"""
const code = `onmessage = () => {{ {_LOOP} postMessage(performance.now() - start) }}`;
const worker = new Worker(URL.createObjectURL(new Blob([code])));
worker.onmessage = ({{data}}) => {{ worker.terminate(); arguments[0](data) }};
worker.postMessage(0);
"""


def loop(browser: Chrome) -> tuple[float, float]:
    """The milliseconds that a loop of thirty million steps takes in a page without a policy, and in a worker of it."""
    return float(browser.execute_script(_IN_PAGE)), float(browser.execute_async_script(_IN_WORKER))


@contextmanager
def slowed(browser: Chrome, share: float) -> Iterator[None]:
    """Let the browser run for `share` of the time, between 0 and 1."""
    root = browser.service.process.pid
    over = threading.Event()

    def take_turns() -> None:
        while not over.wait(TURN * share):
            stopped = [pid for pid in _below(root) if _signal(pid, signal.SIGSTOP)]
            time.sleep(TURN * (1 - share))
            for pid in stopped:
                _signal(pid, signal.SIGCONT)

    thread = threading.Thread(target=take_turns)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _below(pid: int) -> Iterator[int]:
    """The processes that a process started, and theirs."""
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # a thread may end meanwhile
            for child in map(int, path.read_text().split()):
                yield child
                yield from _below(child)


def _signal(pid: int, number: int) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
