"""What the server holds: the published graph, to look things up, and workers, to which queries go.

Looking up takes a little time whatever is asked; a query may take any, so that it is answered where it can be ended.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from trophees.ask.engine import Embedded, Published
from trophees.base.context import Context
from trophees.base.namespaces import BASE
from trophees.graph import published
from trophees.serve.backend.limits import Limits, processors, room
from trophees.serve.backend.message import Job
from trophees.serve.backend.pool import Pool
from trophees.serve.backend.refusals import Refused
from trophees.serve.backend.supervisor import Engine

T = TypeVar("T")


class Holdings:
    """The graph, and who answers queries of it. `kept` is for what is made of the graph once."""

    def __init__(self, here: Published, pool: Pool) -> None:
        self._here = here
        self._pool = pool
        self.context: Context = here.context
        self.kept: dict[str, Any] = {}

    def look(self, up: Callable[[Embedded], T]) -> T:
        """What `up` finds in the graph."""
        return self._here.answer(up)

    def once(self, name: str, make: Callable[[Embedded], T]) -> T:
        """What `make` makes of the graph, which does not change: the first time, then the same."""
        if name not in self.kept:
            self.kept[name] = self.look(make)
        found: T = self.kept[name]
        return found

    async def ask(self, query: str, small: str, offset: int = 0, most: int = 0) -> dict[str, Any]:
        """What a worker says of `query`, as `Job` tells; Refused if it is no query, or takes more than the limits."""
        digest = hashlib.sha256(repr((query, small, offset, most)).encode("utf-8", "replace")).hexdigest()[:32]
        job = Job(query, None, None, "json", "nt", "", BASE, digest, small, offset, most)
        answer = await self._pool.answer(job, _stays)
        if answer.file is not None:
            with answer.file as file:
                data = file.read(answer.head.size)
        else:
            data = answer.data
        if answer.head.status != 200:
            said, _, more = data.decode("utf-8", "replace").partition("\n")
            raise Refused(answer.head.status, said, answer.head.place, more=more)
        found: dict[str, Any] = json.loads(data)
        return found


@asynccontextmanager
async def opened(limits: Limits) -> AsyncIterator[Holdings]:
    """The published graph, with workers until the end. UserError if there is none."""
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
        yield Holdings(here, pool)
    finally:
        pool.stop()


async def _stays() -> bool:
    """Whether the client is gone, which the protocol does not tell."""
    return False
