"""Who answers a query, how long that may take, and what becomes of those that take too long or too much.

A query has a worker for itself. One that is not done within a moment is *slow*: its worker goes on with what time the
others leave, and another takes its place, so that light queries never wait for it. Slow queries that become *long* have
room for a few; each is ended at the time limit, with its worker. What was long once is slow from the start, and refused
while there is no room, until it is answered sooner.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import Any

from trophees.ask.text import depth
from trophees.serve.backend.limits import DEEP, JOBS, LONG, MOMENT, PATIENCE, PAUSE, USED, WAITING, YOUNG, Limits
from trophees.serve.backend.message import Answer, Job
from trophees.serve.backend.refusals import cut
from trophees.serve.backend.supervisor import Engine, Worker
from trophees.serve.log import warn
from trophees.serve.threads import apart

# exit codes of workers that say what their query did: no memory was left, or no stack
_ENDED = {-signal.SIGABRT: "memory", 3: "memory", -signal.SIGSEGV: "depth", -signal.SIGBUS: "depth"}
_ENDED |= {-signal.SIGXCPU: "time"}


class _Lost(Exception):  # noqa: N818
    """The worker was ended by somebody else: the query may be asked again."""


class Pool:
    """`fast` workers for light queries, and room for `slow` long ones."""

    def __init__(self, engine: Callable[[Callable[[], None]], Engine], limits: Limits, fast: int, slow: int) -> None:
        self.engine = engine(self._refill)
        self.limits = limits
        self._fast, self._slow = fast, slow
        self._lane: set[Worker] = set()  # the workers for light queries, idle or not
        self._idle: deque[Worker] = deque()
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._running = self._long = 0  # slow queries, and those of them that are long
        self._known: OrderedDict[str, None] = OrderedDict()  # queries that were long
        self._coming = 0  # workers that were asked for
        self._tasks: set[asyncio.Task[None]] = set()
        self._short = False  # whether a worker could not begin, and not all are there since
        self._later: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """UserError if the graph cannot be read."""
        await self.engine.start()
        self._refill()

    # workers

    def _refill(self) -> None:
        """Ask for the workers that are missing; an engine that is not there calls this when it is."""
        if self._later is not None:
            self._later.cancel()
            self._later = None
        while self.engine.ready.is_set() and len(self._lane) + self._coming < self._fast:
            self._coming += 1
            task = asyncio.ensure_future(self._add())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _add(self) -> None:
        try:
            worker = await self.engine.worker(self._ended)
            self._lane.add(worker)
            self._short = self._short and len(self._lane) < self._fast
            self._free(worker, fresh=True)
        except ConnectionError:
            pass  # the engine ended: it says when it is there again
        except OSError as error:
            self._pause(error.strerror or str(error))
        finally:
            self._coming -= 1

    def _pause(self, reason: str) -> None:
        """Ask again later: what the system lacks now may be there then."""
        if not self._short:
            warn(f"no worker can begin ({reason}): it is tried again until one can")
        self._short = True
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(PAUSE, self._refill)

    def _ended(self, worker: Worker) -> None:
        self._lane.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        if worker.jobs == 0 and worker.ended.result() > 0:
            self._pause("it ended at once")
        else:
            self._refill()

    def _free(self, worker: Worker, fresh: bool = False) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(worker)
                return
        (self._idle.appendleft if fresh else self._idle.append)(worker)

    async def _take(self) -> Worker:
        await self.engine.ready.wait()
        if self._idle:
            return self._idle.pop()  # who answered last has all at hand
        if len(self._waiting) >= WAITING:
            raise cut("busy", self.limits)
        waiting: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled():
                self._free(waiting.result())
            elif waiting in self._waiting:
                self._waiting.remove(waiting)
            raise

    # queries

    async def answer(self, job: Job, gone: Callable[[], Awaitable[bool]]) -> Answer:
        """The whole answer to `job`, if the client is not `gone` meanwhile. Refused if there is none."""
        worker, lost = None, 0
        try:
            async with asyncio.timeout(self.limits.seconds):
                while lost < 3:
                    if job.id in self._known and self._long >= self._slow:
                        raise cut("busy", self.limits)
                    begun = time.monotonic()
                    worker = await self._take()
                    try:
                        return await self._answer(worker, job, gone)
                    except _Lost:
                        worker = None
                        lost += time.monotonic() - begun > MOMENT  # else the worker was dead already
                        await asyncio.sleep(0.01)
        except TimeoutError:
            raise cut("time" if worker else "late", self.limits) from None
        raise cut("lost", self.limits)

    async def _answer(self, worker: Worker, job: Job, gone: Callable[[], Awaitable[bool]]) -> Answer:
        before = self.engine.spent(worker)
        asked = asyncio.ensure_future(worker.answer(job))
        slow = long = again = False
        try:
            done = await self._light(worker, asked, job, before)
            if not done:
                if self._running >= YOUNG * self._slow:
                    raise cut("busy", self.limits)
                slow, begun = True, time.monotonic()
                self._running += 1
                self.engine.slow(worker)
                self._lane.discard(worker)
                self._refill()
            while not done:
                done = bool((await asyncio.wait({asked}, timeout=LONG / 2))[0])
                if not done and await gone():
                    raise cut("gone", self.limits)
                if not done and not long and time.monotonic() - begun >= LONG:
                    if self.engine.spent(worker) - before > USED:
                        self._remember(job)
                    if self._long >= self._slow:
                        raise cut("busy", self.limits)
                    long = True
                    self._long += 1
            if not long:
                self._known.pop(job.id, None)
            answer = asked.result()
            if answer.head.status == 503:
                raise cut(answer.data.decode(), self.limits)
            again = not slow and answer.file is None and worker.jobs < JOBS
            return answer
        except ConnectionError:
            reason = _ENDED.get(await worker.ended)
            if reason is None:
                raise _Lost from None
            if reason == "depth" and await apart(len(job.query), depth, job.query) < DEEP:
                reason = "length"  # the engine goes as deep for a long list of operators
            raise cut(reason, self.limits) from None
        finally:
            asked.cancel()
            self._running -= slow
            self._long -= long
            if again:
                self._free(worker)
            else:
                self._lane.discard(worker)
                self.engine.end(worker)
                self._refill()

    async def _light(self, worker: Worker, asked: asyncio.Task[Answer], job: Job, before: float) -> bool:
        """Whether the answer is there after a moment of the worker's time, however busy the machine is."""
        if job.id in self._known:
            return False
        begun = time.monotonic()
        while not (await asyncio.wait({asked}, timeout=MOMENT / 2))[0]:
            if self.engine.spent(worker) - before > MOMENT or time.monotonic() - begun > PATIENCE:
                return False
        return True

    def _remember(self, job: Job) -> None:
        """A query that was long once is slow from the start."""
        self._known[job.id] = None
        if len(self._known) > 1000:
            self._known.popitem(last=False)

    def state(self) -> dict[str, Any]:
        """What `/health` tells."""
        ready = self.engine.ready.is_set() and not (self._short and not self._lane)
        return {"ready": ready, "waiting": len(self._waiting), "slow": self._running}

    def stop(self) -> None:
        """End the engine, and all workers with it."""
        self.engine.stop()
