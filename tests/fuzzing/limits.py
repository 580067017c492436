"""A limit of time for what a test asks, so that nothing goes on for ever without a word."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class TooLateError(Exception):
    """What was asked for did not come in time."""


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """What is inside has so many `seconds`; after what the engine does, TooLateError comes when it is done."""

    def late(*_: object) -> None:
        raise TooLateError

    former = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)
