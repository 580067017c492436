"""An HTTP server that answers whatever a test says, byte for byte."""

from __future__ import annotations

import socket
import socketserver
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    """A request as it came. Names of headers are in small letters."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> str:
        """The text of the SPARQL query."""
        form = self.body.decode() if self.method == "POST" else urlsplit(self.target).query
        return parse_qs(form)["query"][0]


Part = bytes | float  # what is sent, or seconds of waiting
Answer = Callable[[Asked], bytes | list[Part]]


@dataclass
class Endpoint:
    """A running server: its address and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)


def response(
    body: bytes = b"", media_type: str = "application/sparql-results+json", status: int = 200, **headers: str
) -> bytes:
    """An answer with its length; `retry_after` is the header Retry-After."""
    lines = {"Content-Type": media_type, "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} X\r\n{head}\r\n".encode("latin-1") + body


@contextmanager
def endpoint(answer: Answer | bytes) -> Iterator[Endpoint]:
    """A server on 127.0.0.1 that answers every request by `answer`, one to a connection."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            method, target, _ = self.rfile.readline().decode().split(" ", 2)
            lines = iter(lambda: self.rfile.readline().decode("latin-1").strip(), "")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            found.asked.append(Asked(method, target, headers, body))
            parts = answer if isinstance(answer, bytes) else answer(found.asked[-1])
            try:
                for part in [parts] if isinstance(parts, bytes) else parts:
                    if isinstance(part, bytes):
                        self.wfile.write(part)
                    else:
                        time.sleep(part)
            except OSError:  # the client has gone
                pass

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        found = Endpoint(f"http://127.0.0.1:{server.server_address[1]}/sparql")
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield found
        finally:
            server.shutdown()


class Relay(socketserver.ThreadingTCPServer):
    """A server on 127.0.0.1 that leads each connection to the port `to`, byte for byte, so that its own may stay."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Relayed)
        self.to = 0
        self.url = f"http://127.0.0.1:{self.server_address[1]}/sparql"
        Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()


class _Relayed(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, Relay)
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.server.to)) as there:
            Thread(target=_poured, args=(self.connection, there), daemon=True).start()
            _poured(there, self.connection)


def _poured(source: socket.socket, target: socket.socket) -> None:
    """All of `source` has gone to `target`, which knows that it is all."""
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
