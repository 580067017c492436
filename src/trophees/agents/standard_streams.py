"""The protocol over the standard streams, where each message has its answer: one that nobody can read, too."""

from __future__ import annotations

import json
from typing import Any

import anyio
from anyio.abc import ObjectSendStream
from anyio.streams.memory import MemoryObjectSendStream
from mcp.server import MCPServer
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage
from mcp.types import PARSE_ERROR, ErrorData, JSONRPCError
from pydantic import ValidationError

_UNREADABLE = (
    "Parse error: what is sent is no message of JSON-RPC in Unicode (half of a surrogate pair is no character)"
)


async def serve(server: MCPServer[Any]) -> None:
    """Answer until standard input ends, or nobody reads what is answered.

    The SDK alone passes over what is no JSON, and its sender would wait.
    """
    try:
        await _serve(server)
    except* BrokenPipeError:  # the host is gone
        pass


async def _serve(server: MCPServer[Any]) -> None:
    async with stdio_server() as (incoming, outgoing), anyio.create_task_group() as tasks:
        passed_on, read = anyio.create_memory_object_stream[SessionMessage | Exception](0)
        tasks.start_soon(_pass_on, incoming, passed_on, outgoing)
        inner = server._lowlevel_server
        await inner.run(read, outgoing, inner.create_initialization_options())
        tasks.cancel_scope.cancel()


async def _pass_on(
    incoming: Any,
    passed_on: MemoryObjectSendStream[SessionMessage | Exception],
    outgoing: ObjectSendStream[SessionMessage],
) -> None:
    async with passed_on:
        async for message in incoming:
            if isinstance(message, Exception):
                error = ErrorData(code=PARSE_ERROR, message=_UNREADABLE)
                await outgoing.send(SessionMessage(JSONRPCError(jsonrpc="2.0", id=_identity(message), error=error)))
            else:
                await passed_on.send(message)


def _identity(error: Exception) -> int | str | None:
    """The id of the message that could not be read, if a reader that takes any JSON finds one."""
    try:
        sent = error.errors()[0]["input"] if isinstance(error, ValidationError) else ""
        found = json.loads(sent).get("id")
    except (ValueError, RecursionError, AttributeError, TypeError, IndexError):
        return None
    whole = isinstance(found, int) or (isinstance(found, str) and found.isascii())
    return found if whole and not isinstance(found, bool) else None
