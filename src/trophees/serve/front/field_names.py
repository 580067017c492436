"""The names of header fields as most servers write them: `Content-Type`, where uvicorn writes `content-type`.

They mean the same (RFC 9110, section 5.1), but some clients compare letters: RCurl, with which R asks, finds the
charset of an answer under the first alone.
"""

from __future__ import annotations

import re
from typing import Any

_NAME = re.compile(rb"(?<=\r\n)[!-9;-~]+(?=:)")


class Titled:
    """The `transport` of `connection`, which writes the head of each answer with the names of its fields titled."""

    def __init__(self, transport: Any, connection: Any) -> None:
        self._transport = transport
        self._connection = connection
        self._told: object = None  # whose head is written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """The first that is written once an answer has started is its head, whole; before, no answer has."""
        answer = self._connection.cycle
        if answer is not None and answer.response_started and answer is not self._told:
            self._told = answer
            data = titled(data)
        self._transport.write(data)


def titled(head: bytes) -> bytes:
    """The `head` of an HTTP/1.1 message, each part of the names of its fields with a capital."""
    return _NAME.sub(lambda name: name[0].title(), head)
