"""What a client may do with a connection: how long it may take to ask and to read, and how much it may send."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from trophees.serve.log import AccessLog

TARGET = 32 * 1024  # bytes of an address
FIELD = 8 * 1024  # bytes of one header
HEAD = 64 * 1024  # bytes of all of them
ASKING = 15.0  # seconds for a whole request to arrive
READING = 30.0  # seconds in which a client must have read something of its answer
_TITLES = {400: "Bad Request", 408: "Request Timeout", 414: "URI Too Long", 431: "Request Header Fields Too Large"}


class Connection(HttpToolsProtocol):
    """One connection, with the bounds that HTTP leaves to servers."""

    log = AccessLog(None)
    _head = 0  # bytes of a head that is not whole yet
    _in_head = True
    _refusal = (400, "This is no HTTP request")
    _asking: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if self.client:  # an IPv4 address, in the way in which a socket of IPv6 tells it
            self.client = (self.client[0].removeprefix("::ffff:"), self.client[1])
        self._asking = self.loop.call_later(ASKING, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._asking, self._reading):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head and not self.transport.is_closing():
            self._head += len(data)
            if self._head > TARGET + HEAD:
                self._refusal = (431, "The headers are too long")
                self.send_400_response("")

    # the parser

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["state"]["gone"] = self.transport.is_closing
        self._in_head, self._fields = True, 0
        if self._asking is None:
            self._asking = self.loop.call_later(ASKING, self._late)

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > TARGET:
            self._refuse(414, f"The address is longer than {TARGET} bytes: send the query by POST")

    def on_header(self, name: bytes, value: bytes) -> None:
        self._fields += len(name) + len(value)
        if len(value) > FIELD or self._fields > HEAD:
            self._refuse(431, f"A header is longer than {FIELD} bytes, or all are longer than {HEAD}")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head, self._head = False, 0
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts != 1 and not (hosts == 0 and self.parser.get_http_version() == "1.0"):
            self._refuse(400, "A request names one host")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _refuse(self, status: int, sentence: str) -> None:
        self._refusal = (status, sentence)
        raise ValueError  # which makes the parser stop, and the class above call `send_400_response`

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - it would say less
        status, sentence = self._refusal
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            lines = (
                f"HTTP/1.1 {status} {_TITLES[status]}",
                "content-type: text/plain; charset=utf-8",
                f"content-length: {len(sentence) + 1}",
                "access-control-allow-origin: *",
                "connection: close",
            )
            self.transport.write("\r\n".join((*lines, "", f"{sentence}\n")).encode())
            self.log.write(self.client[0] if self.client else "", "", status, len(sentence) + 1)
        self.transport.close()

    def _late(self) -> None:
        self._asking = None
        if self._head == 0 and self._in_head:  # it never asked
            self.transport.close()
        else:
            self._refusal = (408, f"The request was not there after {ASKING:g} seconds")
            self.send_400_response("")

    # the reader

    def pause_writing(self) -> None:
        super().pause_writing()
        self._reading = self.loop.call_later(READING, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
