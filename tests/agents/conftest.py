"""A client of the server of `trophees mcp`: the one of the SDK, in a thread of its own, so that tests need not wait."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from graph_stores import GraphStore, graph_store
from trophees.agents.holdings import opened
from trophees.graph import published
from trophees.serve.backend.limits import MEGABYTE, Limits

if TYPE_CHECKING:
    from mcp import Client
    from mcp.types import CallToolResult

T = TypeVar("T")


class Asking:
    """A client that is connected; each call waits for its answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop, client: Client) -> None:
        self._loop = loop
        self.client = client

    def wait(self, for_: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(for_, self._loop).result(60)

    def call(self, tool: str, **arguments: object) -> CallToolResult:
        return self.wait(self.client.call_tool(tool, arguments))

    def told(self, tool: str, **arguments: object) -> dict[str, Any]:
        """The structured answer of a call that succeeds."""
        result = self.call(tool, **arguments)
        assert not result.is_error, text(result)
        content: dict[str, Any] | None = result.structured_content
        assert content is not None
        return content

    def refusal(self, tool: str, **arguments: object) -> str:
        """The sentence with which a call is refused."""
        result = self.call(tool, **arguments)
        assert result.is_error
        return text(result)


def text(result: CallToolResult) -> str:
    from mcp.types import TextContent

    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


@contextmanager
def asking(client: AbstractAsyncContextManager[Client]) -> Iterator[Asking]:
    """The client, connected for as long as this lasts."""
    started = threading.Event()
    found: list[Asking | BaseException] = []
    stop = asyncio.Event()

    async def run() -> None:
        try:
            async with client as connected:
                found.append(Asking(asyncio.get_running_loop(), connected))
                started.set()
                await stop.wait()
        except BaseException as error:
            found.append(error)
            raise
        finally:
            started.set()

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    assert started.wait(60)
    assert isinstance(found[0], Asking), found[0]
    try:
        yield found[0]
    finally:
        found[0]._loop.call_soon_threadsafe(stop.set)
        thread.join(60)


class _InMemory(AbstractAsyncContextManager["Client"]):
    """A client of a server in the same process, with workers of its own, or over an endpoint."""

    def __init__(self, endpoint: str = "") -> None:
        self._endpoint = endpoint

    async def __aenter__(self) -> Client:
        from mcp import Client

        from trophees.agents.server import build

        self._holdings = opened(Limits(128 * MEGABYTE, 10), self._endpoint)
        server = build(await self._holdings.__aenter__())
        self._client = Client(server)
        return await self._client.__aenter__()

    async def __aexit__(self, *error: Any) -> None:
        await self._client.__aexit__(*error)
        await self._holdings.__aexit__(*error)


@pytest.fixture(scope="session")
def agent() -> Iterator[Asking]:
    """A client in memory; a query has 10 seconds and 128 MB."""
    with asking(_InMemory()) as found:
        yield found


@pytest.fixture(scope="session")
def store_elsewhere() -> Iterator[GraphStore]:
    """The published graph, behind an endpoint."""
    with graph_store() as found:
        found.graph = published.store(published.path(published.GRAPH))
        yield found


@pytest.fixture(scope="session")
def agent_elsewhere(store_elsewhere: GraphStore) -> Iterator[Asking]:
    """A client of a server that asks that endpoint."""
    with asking(_InMemory(store_elsewhere.query)) as found:
        yield found
