"""Queries passed on to another endpoint, which is the only host that is ever asked."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import ssl
import tempfile
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any
from urllib.parse import urlencode, urlsplit

from trophees.serve.federation import allowed
from trophees.serve.formats import RDF, ROWS, form_of
from trophees.serve.limits import LARGEST, MEGABYTE, Limits
from trophees.serve.message import Head, Job
from trophees.serve.pool import cut
from trophees.serve.protocol import READ_ONLY, Refused
from trophees.serve.supervisor import Answer
from trophees.sparql import keywords

AT_ONCE = 16
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"}


class Proxy:
    """Asks the SPARQL endpoint at `address` within `limits`, a few queries at a time."""

    def __init__(self, address: str, limits: Limits) -> None:
        self._address = urlsplit(address)
        self._limits = limits
        self._running = 0
        self._threads = ThreadPoolExecutor(AT_ONCE)

    async def start(self) -> None:
        """Nothing needs to be there before a query is asked."""

    def stop(self) -> None:
        """Nothing is left open."""

    def state(self) -> dict[str, Any]:
        return {"ready": True, "running": self._running}

    async def answer(self, job: Job, gone: Callable[[], Awaitable[bool]]) -> Answer:  # noqa: ARG002
        """The whole answer of the other endpoint. Refused if there is none, or the query is none to pass on."""
        said = keywords(job.query)
        if _UPDATES & set(re.findall(r"\w+", said)):
            raise Refused(403, READ_ONLY)
        if "SERVICE" in said and (reason := allowed(job.query, self._limits.services)):
            raise Refused(403, reason)
        if self._running >= AT_ONCE:
            raise cut("busy", self._limits)
        self._running += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, job)
        except TimeoutError:
            raise cut("time", self._limits) from None
        except (OSError, http.client.HTTPException) as error:
            raise Refused(502, f"The endpoint does not answer ({type(error).__name__})") from None
        finally:
            self._running -= 1

    def _ask(self, job: Job) -> Answer:
        fields = [("query", job.query)]
        fields += [("default-graph-uri", iri) for iri in job.default or ()]
        fields += [("named-graph-uri", iri) for iri in job.named or ()]
        rows, rdf = ROWS.get(job.rows, ("*/*",))[0], RDF.get(job.rdf, ("*/*",))[0]
        headers = {
            "Accept": f"{rows}, {rdf}" if job.rows and job.rdf else rows if job.rows else rdf,
            "Accept-Encoding": job.coding or "identity",
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "trophees",
        }
        deadline = time.monotonic() + self._limits.seconds
        connection = self._connection()
        try:
            path = (self._address.path or "/") + (f"?{self._address.query}" if self._address.query else "")
            connection.request("POST", path, urlencode(fields), headers)
            response = connection.getresponse()
            if response.status != 200:
                raise _refused(response)
            form, coding = form_of(response.getheader("Content-Type", "")), response.getheader("Content-Encoding", "")
            if not form or coding not in ("", "identity", job.coding):
                raise Refused(502, "The endpoint answers in a format that was not asked for")
            file = tempfile.TemporaryFile(prefix="trophees-")  # noqa: SIM115 - it goes with the answer
            size = _copy(response, file, deadline, self._limits)
            return Answer(Head(200, size, form, job.coding if coding == job.coding else "", in_file=True), file=file)
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host, port, seconds = self._address.hostname or "", self._address.port, self._limits.seconds
        if self._address.scheme == "https":
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(host, port, timeout=seconds, context=context)
        return http.client.HTTPConnection(host, port, timeout=seconds)


def _copy(response: http.client.HTTPResponse, file: IO[bytes], deadline: float, limits: Limits) -> int:
    """The bytes of `response`, all of them, in `file`; how many."""
    size = 0
    while part := response.read(MEGABYTE):
        size += len(part)
        if size > LARGEST:
            raise cut("size", limits)
        if time.monotonic() > deadline:
            raise TimeoutError
        file.write(part)
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    file.flush()
    return size


def _refused(response: http.client.HTTPResponse) -> Refused:
    """What the other endpoint says, if it is the client's mistake or a matter of time; else that it fails."""
    said, place = response.read(4000).decode("utf-8", "replace"), ""
    with suppress(ValueError, KeyError, TypeError):  # a problem as RFC 9457 writes it
        told = json.loads(said)
        said, place = str(told["title"]), f"{int(told['line'])}:{int(told['column'])}" if "line" in told else ""
    said = " ".join(said.split())[:300]
    if response.status in (400, 406, 413):
        return Refused(response.status, said or "The endpoint refuses the query", place)
    if response.status in (429, 503):
        return Refused(503, "The endpoint is busy: try again later", headers={"Retry-After": "30"})
    return Refused(502, f"The endpoint fails ({response.status})")
