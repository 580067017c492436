"""The body of a request, of which no more is read than a question may have."""

from __future__ import annotations

from starlette.requests import Request

from trophees.serve.backend.limits import QUERY
from trophees.serve.backend.refusals import Refused


async def received(request: Request) -> bytes:
    """The whole body. Refused if it is longer than a query may be, or compressed."""
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refused(415, "The body of a request is not compressed here")
    too_long = Refused(413, f"A query has at most {QUERY} bytes")
    length = request.headers.get("content-length", "0")
    if len(length) > 9 or int(length) > QUERY:
        raise too_long
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > QUERY:
            raise too_long
    return bytes(body)
