"""Who is answered while long queries take all the room there is: told by workers that do as they are asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from trophees.serve.backend import pool as pools
from trophees.serve.backend.limits import LONG, MOMENT, USED, Limits
from trophees.serve.backend.message import Answer, Head, Job
from trophees.serve.backend.pool import Pool
from trophees.serve.backend.refusals import Refused

BUSY = "Too many long queries are running: try again in a moment"


class Worker:
    """Answers “light” at once, “slow” and what is `sooner` once it is known as slow, anything else never."""

    def __init__(self, sooner: set[str]) -> None:
        self.sooner = sooner
        self.jobs, self.used = 0, 0.0
        self.known_as_slow = asyncio.Event()
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def answer(self, job: Job) -> Answer:
        self.jobs += 1
        if job.query != "light":
            self.used += MOMENT * 2 if job.query in ("slow", "starved") else USED * 2
            await self.known_as_slow.wait()
        if job.query not in ("light", "slow", *self.sooner):
            await asyncio.sleep(60)
        return Answer(Head(200, 0))


class Engine:
    def __init__(self, _: Callable[[], None]) -> None:
        self.ready = asyncio.Event()
        self.workers: list[Worker] = []
        self.sooner: set[str] = set()

    async def start(self) -> None:
        self.ready.set()

    async def worker(self, _: object) -> Worker:
        self.workers.append(Worker(self.sooner))
        return self.workers[-1]

    def spent(self, worker: Worker) -> float:
        return worker.used

    def slow(self, worker: Worker) -> None:
        worker.known_as_slow.set()

    def end(self, worker: Worker) -> None:
        pass


class Asked:
    """A pool with room for one long query."""

    def __init__(self) -> None:
        self.pool = Pool(cast(Any, Engine), Limits(1, 30), fast=1, slow=1)

    async def __call__(self, query: str) -> str:
        async def gone() -> bool:
            return False

        try:
            await self.pool.answer(Job(query, None, None, "csv", "ttl", "", id=query), gone)
        except Refused as refused:
            return refused.sentence
        return "answered"

    @property
    def taken(self) -> int:
        """How many queries workers were asked, so far."""
        return sum(worker.jobs for worker in cast(Any, self.pool.engine).workers)


async def beside_a_long_one(queries: list[str]) -> list[tuple[str, int]]:
    """What is said of each query while a long one takes the room, and how many workers were asked it."""
    asked, found = Asked(), list[tuple[str, int]]()
    await asked.pool.start()
    await asked("slow")
    long = asyncio.ensure_future(asked("long"))
    await asyncio.sleep(3 * LONG / 100)
    for query in queries:
        before = asked.taken
        found.append((await asked(query), asked.taken - before))
    long.cancel()
    return found


def test_while_long_queries_take_the_room_only_what_was_long_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was slow once, as any query may be on a machine that has much else to do, is answered."""
    monkeypatch.setattr(pools, "LONG", LONG / 100)
    found = asyncio.run(beside_a_long_one(["light", "slow", "slow", "other", "other", "starved", "starved", "light"]))
    assert found == [
        ("answered", 1), ("answered", 1), ("answered", 1),
        (BUSY, 1), (BUSY, 0),  # the second time it is known as long
        (BUSY, 1), (BUSY, 1),  # of what got no time nobody knows
        ("answered", 1),
    ]  # fmt: skip


async def answered_sooner() -> str:
    """What is said of a query while a long one takes the room, if it was long, and then answered sooner."""
    asked = Asked()
    await asked.pool.start()
    before = asyncio.ensure_future(asked("other"))
    await asyncio.sleep(3 * LONG / 100)
    before.cancel()
    await asyncio.wait([before])
    cast(Any, asked.pool.engine).sooner.add("other")
    assert await asked("other") == "answered"
    long = asyncio.ensure_future(asked("long"))
    await asyncio.sleep(3 * LONG / 100)
    found = await asked("other")
    long.cancel()
    return found


def test_what_is_answered_sooner_is_long_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "LONG", LONG / 100)
    assert asyncio.run(answered_sooner()) == "answered"
