"""What the server holds: the published graph, to look things up, and workers, to which queries go.

Looking up takes a little time whatever is asked; a query may take any, so that it is answered where it can be ended.
What is held may be elsewhere, too: behind an endpoint, which has its own limits.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from trophees.ask.ahead import Ahead
from trophees.ask.endpoint import Remote
from trophees.ask.engine import Published
from trophees.ask.question import Question
from trophees.ask.repository import Repository
from trophees.base.context import Context
from trophees.base.errors import UserError
from trophees.base.namespaces import BASE
from trophees.graph import published
from trophees.serve.backend.federation import allowed
from trophees.serve.backend.limits import Limits, processors, room
from trophees.serve.backend.message import Job
from trophees.serve.backend.pool import Pool
from trophees.serve.backend.refusals import Refused
from trophees.serve.backend.small import CHECK, answer
from trophees.serve.backend.supervisor import Engine

T = TypeVar("T")


class Holdings(ABC):
    """The graph, and who answers queries of it. `kept` is for what is made of the graph once."""

    elsewhere = False  # whether it may be another one than the published

    def __init__(self, context: Context) -> None:
        self.context = context
        self.kept: dict[str, Any] = {}

    @abstractmethod
    def look(self, up: Callable[[Repository], T]) -> T:
        """What `up` finds in the graph."""

    @abstractmethod
    async def ask(self, query: str, small: str, offset: int = 0, most: int = 0) -> dict[str, Any]:
        """What is said of `query`, as `Job` tells; Refused if it is no query, or takes more than the limits."""

    def once(self, name: str, make: Callable[[Repository], T]) -> T:
        """What `make` makes of the graph, which does not change: the first time, then the same."""
        if name not in self.kept:
            self.kept[name] = self.look(make)
        found: T = self.kept[name]
        return found


class Here(Holdings):
    """The published graph, and workers."""

    def __init__(self, here: Published, pool: Pool) -> None:
        super().__init__(here.context)
        self._here = here
        self._pool = pool

    def look(self, up: Callable[[Repository], T]) -> T:
        """What `up` finds in the graph."""
        return self._here.answer(up)

    async def ask(self, query: str, small: str, offset: int = 0, most: int = 0) -> dict[str, Any]:
        """What a worker says of `query`, as `Job` tells; Refused if it is no query, or takes more than the limits."""
        digest = hashlib.sha256(repr((query, small, offset, most)).encode("utf-8", "replace")).hexdigest()[:32]
        job = Job(query, None, None, "json", "nt", "", BASE, digest, small, offset, most)
        given = await self._pool.answer(job, _stays)
        if given.file is not None:
            with given.file as file:
                data = file.read(given.head.size)
        else:
            data = given.data
        if given.head.status != 200:
            said, _, more = data.decode("utf-8", "replace").partition("\n")
            raise Refused(given.head.status, said, given.head.place, more=more)
        found: dict[str, Any] = json.loads(data)
        return found


class Elsewhere(Holdings):
    """The graph behind the SPARQL endpoint at `url`. An answer that is a part is none."""

    elsewhere = True

    def __init__(self, url: str, limits: Limits) -> None:
        super().__init__(Context(published.text(published.CONTEXT)))
        self._url = url
        self._limits = limits
        self._repository()  # says what is wrong with the address

    def _repository(self) -> Remote:
        return Remote(self._url, self.context.prefixes, self._limits.seconds, strict=True)

    def look(self, up: Callable[[Repository], T]) -> T:
        """What `up` finds in the graph."""
        return up(Ahead(self._repository()))

    async def ask(self, query: str, small: str, offset: int = 0, most: int = 0) -> dict[str, Any]:
        """What the endpoint says of `query`; Refused if it calls others, UserError if there is no answer."""
        if reason := allowed(query, ()):
            raise Refused(403, reason)
        return await asyncio.to_thread(
            self._asked, Job(query, None, None, "json", "nt", "", BASE, "", small, offset, most)
        )

    def _asked(self, job: Job) -> dict[str, Any]:
        remote, fault = self._repository(), ""
        try:
            result = remote.ask(Question("query", job.query))
        except UserError as error:  # it holds rows, which no other thread may let go of
            fault = str(error)
        if fault:
            raise Refused(400, fault) if job.small == CHECK else UserError(fault)
        found: dict[str, Any] = json.loads(answer(remote, job, result))
        return found


@asynccontextmanager
async def opened(limits: Limits, endpoint: str = "") -> AsyncIterator[Holdings]:
    """The published graph, with workers until the end, or the one behind `endpoint`. UserError if there is none."""
    if endpoint:
        yield Elsewhere(endpoint, limits)
        return
    here = Published()
    graph, context = published.path(published.GRAPH), published.path(published.CONTEXT)
    pool = Pool(
        lambda lost: Engine(graph, context, limits, lost, context.parent, BASE),
        limits,
        processors(),
        room(limits.memory),
    )
    try:
        await pool.start()
        yield Here(here, pool)
    finally:
        pool.stop()


async def _stays() -> bool:
    """Whether the client is gone, which the protocol does not tell."""
    return False
