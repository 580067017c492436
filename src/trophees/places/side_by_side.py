"""Many questions answered by several processes at once, in their order, a bounded number of them at a time."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.synchronize import Event
from typing import Any, TypeVar

from trophees.base.errors import UserError
from trophees.base.language import Language
from trophees.places.answered import Answer, Link, answer, remembered
from trophees.places.link import Asked, Linked

CHUNK = 1000
_AHEAD = 3  # chunks that wait, a process
_ALONE = 5000  # questions that one process answers before others have started

K = TypeVar("K")
Questions = Sequence[Asked | Linked]
_of_worker: tuple[Link, Language] | None = None


def answered(
    chunks: Iterator[tuple[K, Questions]], link: Link, lang: Language, processes: int
) -> Iterator[tuple[K, list[Answer]]]:
    """What comes with each of the `chunks`, with the answers to its questions.

    UserError if the system ended a process.
    """
    few = list(itertools.islice(chunks, _ALONE // CHUNK))
    known = remembered(link)
    if processes < 2 or len(few) < _ALONE // CHUNK:
        for key, questions in itertools.chain(few, chunks):
            yield key, [answer(question, known, lang) for question in questions]
        return
    for question in few[0][1][:1]:
        answer(question, known, lang)  # what answers take from the reference is read once, and shared
    waiting: deque[tuple[K, Future[list[Answer]]]] = deque()
    context = _context()
    given_up = context.Event()
    pool = ProcessPoolExecutor(processes, context, _begin, (link, lang, os.getpid(), given_up))
    try:
        for key, questions in itertools.chain(few, chunks):
            waiting.append((key, pool.submit(_answers, questions)))
            if len(waiting) >= _AHEAD * processes:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    except BrokenProcessPool:
        raise UserError("the system ended a process that was linking: try again with --processes 1") from None
    except BaseException:  # interrupted while they were started, some would wait for ever for what to do
        given_up.set()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _context() -> Any:
    """How processes start: as a copy of this one, which shares the reference with them, where that is safe."""
    if sys.platform == "linux" and threading.active_count() == 1:
        gc.collect()
        gc.freeze()  # what is never looked at is never copied
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


def _begin(link: Link, lang: Language, parent: int, given_up: Event) -> None:
    global _of_worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started it ends it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent, given_up), daemon=True).start()
    _of_worker = remembered(link), lang


def _end_with(parent: int, given_up: Event) -> None:
    """End this process when the one that started it has given up, or is no more and could not tell it."""
    while os.getppid() == parent and not given_up.wait(1):
        pass
    os._exit(1)


def _answers(questions: Questions) -> list[Answer]:
    assert _of_worker
    link, lang = _of_worker
    return [answer(question, link, lang) for question in questions]
