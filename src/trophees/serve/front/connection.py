"""What a client may do with a connection: how long it may take to ask and to read, and how much it may send."""

from __future__ import annotations

import asyncio
from array import array
from typing import Any, cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from trophees.serve.backend.limits import CONNECTIONS
from trophees.serve.front.field_names import Titled, titled
from trophees.serve.log import AccessLog

TARGET = 32 * 1024  # bytes of an address
FIELD = 8 * 1024  # bytes of one header
HEAD = 64 * 1024  # bytes of all of them
ASKING = 15.0  # seconds for a whole request to arrive
READING = 30.0  # seconds in which a client must have read something of its answer
STAYING = 1.0  # seconds that a client has to be answered once it says no more: it may have left
_OFFERING = (b"upgrade", b"http2-settings")
_TITLES = {
    400: "Bad Request",
    405: "Method Not Allowed",
    408: "Request Timeout",
    414: "URI Too Long",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


class Crowd:
    """Who has a connection: up to `most` at a time, if one of them waits for nothing and can go for another."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.new: dict[Connection, None] = {}  # those that have not asked anything, or not all of it; the oldest first
        self.idle: dict[Connection, None] = {}  # those that were answered
        self.count = 0

    def enter(self, one: Connection) -> None:
        self.count += 1
        if self.count > self.most and (longest := next(iter(self.new), None) or next(iter(self.idle), None)):
            self.busy(longest)
            longest.transport.close()
        self.new[one] = None

    def busy(self, one: Connection) -> None:
        """It waits for an answer now, or goes."""
        self.new.pop(one, None)
        self.idle.pop(one, None)

    def answered(self, one: Connection) -> None:
        self.idle[one] = None

    def leave(self, one: Connection) -> None:
        self.count -= 1
        self.busy(one)

    def full(self) -> bool:
        """Whether as many wait for an answer as there is room for."""
        return self.count - len(self.new) - len(self.idle) >= self.most


class Parser(httptools.HttpRequestParser):
    """Reads requests as HTTP/1.1 whatever other protocol they offer, as a server may (RFC 9110, section 7.8).

    At the head of a request that offers one, the parser below takes all that follows for that protocol, and reads the
    body as the next request. The head is read again here, without the offer.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._begin()

    def _begin(self) -> None:
        super().__init__(self._connection)
        self.set_dangerous_leniencies(lenient_data_after_close=True)  # what is pipelined after the last is not read

    def feed_data(self, data: bytes | bytearray | memoryview[int] | array[int]) -> None:
        rest = memoryview(data)
        while rest:
            try:
                super().feed_data(rest)
                return
            except httptools.HttpParserUpgrade as offer:
                rest = rest[offer.args[0] :]
                head = self._connection.head_without_offer()
                self._begin()
                super().feed_data(head)


class Connection(HttpToolsProtocol):
    """One connection, with the bounds that HTTP leaves to servers."""

    log = AccessLog(None)
    crowd = Crowd(CONNECTIONS)
    _head = 0  # bytes of a head that is not whole yet
    _in_head = True
    _refusal = (400, "This is no HTTP request")
    _asking: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None
    _staying: asyncio.TimerHandle | None = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.parser = Parser(self)

    def connection_made(self, transport: Any) -> None:
        super().connection_made(cast("Any", Titled(transport, self)))
        if self.client:  # an IPv4 address, in the way in which a socket of IPv6 tells it
            self.client = (self.client[0].removeprefix("::ffff:"), self.client[1])
        self._asking = self.loop.call_later(ASKING, self._late)
        self.crowd.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._asking, self._reading, self._staying):
            if timer is not None:
                timer.cancel()
        self.crowd.leave(self)
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]  # as asyncio has it
        """Who says no more may still read: whether it is to be answered. A second later only a begun answer goes on."""
        if self.cycle is None or self.cycle.more_body or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        self._staying = self.loop.call_later(STAYING, self._left)
        return True

    def _left(self) -> None:
        if not self.cycle.response_started:
            self.transport.close()

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
        if self.parser.get_method() == b"CONNECT":
            self._refuse(405, "CONNECT is for proxies, and this is none")
        if self.parser.should_upgrade():  # it is read again, without that
            return
        self._in_head, self._head = False, 0
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts != 1 and not (hosts == 0 and self.parser.get_http_version() == "1.0"):
            self._refuse(400, "A request names one host")
        if self.crowd.full():
            self._refuse(503, "Too many clients are being answered: try again in a moment")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        if self.parser.should_upgrade():
            return
        super().on_message_complete()
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        if not self.cycle.response_complete:
            self.crowd.busy(self)

    def head_without_offer(self) -> bytes:
        """The head that was just read, as it would be if its client offered no other protocol."""
        request = b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
        lines = [request]
        for name, value in self.headers:
            if name == b"connection":
                value = b",".join(option for option in value.split(b",") if option.strip().lower() not in _OFFERING)
            if name not in _OFFERING:
                lines.append(name + b": " + value)
        return b"\r\n".join([*lines, b"", b""])

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete:  # which is the last that was asked for
            self.crowd.answered(self)

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
                *(["retry-after: 5"] if status == 503 else []),
            )
            head = titled("\r\n".join((*lines, "", "")).encode())
            self.transport.write(head + f"{sentence}\n".encode())
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
