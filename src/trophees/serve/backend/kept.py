"""Answers that are kept: of a graph that does not change while it is served, the same question has the same answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from trophees.serve.backend.message import Answer, Job

_BESIDE = 1000  # bytes that an answer takes in memory beside its own and those of its question


class Answering(Protocol):
    """Who answers what is not kept."""

    async def answer(self, job: Job, gone: Callable[[], Awaitable[bool]]) -> Answer:
        """The whole answer, or Refused."""
        ...

    def state(self) -> dict[str, Any]:
        """How it is, for `/health`."""
        ...


class Kept:
    """The last answers of `backend`, of so many bytes together with their questions; what was not asked longest goes.

    The key is all that a job says: its `id` tells the version of the graph, too. What may be another the next time,
    what is refused, and what is so large that a file holds it is not kept.
    """

    def __init__(self, backend: Answering, size: int) -> None:
        self._backend, self._left = backend, size
        self._answers: OrderedDict[Job, Answer] = OrderedDict()

    async def answer(self, job: Job, gone: Callable[[], Awaitable[bool]]) -> Answer:
        """The whole answer, or Refused."""
        if (known := self._answers.get(job)) is not None:
            self._answers.move_to_end(job)
            return known
        answer = await self._backend.answer(job, gone)
        if answer.head.status == 200 and answer.file is None and not answer.head.volatile:
            self._keep(job, answer)
        return answer

    def _keep(self, job: Job, answer: Answer) -> None:
        if job in self._answers:  # it was asked twice at once
            return
        self._answers[job] = answer
        self._left -= _size(job, answer)
        while self._left < 0:
            self._left += _size(*self._answers.popitem(last=False))

    def state(self) -> dict[str, Any]:
        """How the backend is, and how many answers are kept."""
        return {**self._backend.state(), "kept": len(self._answers)}


def _size(job: Job, answer: Answer) -> int:
    return len(answer.data) + len(job.query) + _BESIDE
