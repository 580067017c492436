"""uvicorn, with our bounds for connections and our way to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
import uvloop

from trophees.serve.front.app import App
from trophees.serve.front.connection import Connection, Crowd
from trophees.serve.log import AccessLog

IDLE = 30  # seconds that a connection stays open between requests


class Server(uvicorn.Server):
    """SIGTERM or SIGINT let running requests end, `seconds` and a little, and so does the server; all is well then."""

    loop = staticmethod(uvloop.new_event_loop)

    def __init__(self, app: App, log: AccessLog, seconds: float, connections: int) -> None:
        config = uvicorn.Config(
            app,
            http=type("Logged", (Connection,), {"log": log, "crowd": Crowd(connections)}),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_keep_alive=IDLE,
            timeout_graceful_shutdown=int(seconds) + 5,
        )
        super().__init__(config)

    async def run_until_told(self, sockets: list[socket.socket], started: Callable[[], None]) -> None:
        """Answer what comes to `sockets`; `started` is called when it does."""
        self._say = started
        await self.serve(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._say()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield
