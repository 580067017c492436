"""`trophees mcp`: from its options to a server, for one host over its standard streams, or for several over HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import ASGIApp

from trophees.agents import standard_streams
from trophees.agents.holdings import Holdings, opened
from trophees.agents.server import build
from trophees.base.errors import UserError
from trophees.serve.backend.limits import MEGABYTE, QUERY, Limits

PATH = "/mcp"
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Options:
    """What the command line says; `hosts` are names under which the server may be asked beside those of loopback.

    `endpoint` is empty for the published graph.
    """

    http: bool = False
    host: str = "127.0.0.1"
    port: int = 8765
    hosts: tuple[str, ...] = ()
    seconds: float = 30
    megabytes: int = 256
    endpoint: str = ""


def serve(options: Options, say: Callable[[str], None]) -> None:
    """Serve until standard input ends, or until SIGINT or SIGTERM. UserError if it cannot start."""
    limits = Limits(options.megabytes * MEGABYTE, options.seconds)

    async def run() -> None:
        async with opened(limits, options.endpoint) as holdings:
            if options.http:
                await _http(holdings, options, say)
            else:
                await standard_streams.serve(build(holdings))

    asyncio.run(run())


async def _http(holdings: Holdings, options: Options, say: Callable[[str], None]) -> None:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    try:
        listening = socket.create_server((options.host, options.port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"{options.host}:{options.port}: cannot listen ({reason})") from None
    with listening:
        host, port = listening.getsockname()[:2]
        # a host that goes away in the middle of an answer is no fault
        config = uvicorn.Config(app(holdings, options.hosts), log_level="error", lifespan="on", access_log=False)
        server = uvicorn.Server(config)
        say(f"http://{f'[{host}]' if ':' in host else host}:{port}{PATH}")
        await server.serve([listening])


def app(holdings: Holdings, hosts: tuple[str, ...] = ()) -> ASGIApp:
    """The application: it answers requests that name this machine or one of `hosts`, from pages of the same.

    So a page of another site, whose name leads here, gets nothing (DNS rebinding).
    """
    names = [*(f"{name}:*" for name in _LOOPBACK), *hosts]
    origins = [*(f"http://{name}:*" for name in _LOOPBACK), *(f"{s}://{h}" for h in hosts for s in ("https", "http"))]
    return build(holdings).streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        max_request_body_size=QUERY,
        transport_security=TransportSecuritySettings(allowed_hosts=names, allowed_origins=origins),
    )
