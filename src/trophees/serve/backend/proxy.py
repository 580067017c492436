"""Queries passed on to another endpoint, which is the only host that is ever asked."""

from __future__ import annotations

import asyncio
import csv
import re
import ssl
import tempfile
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from subprocess import DEVNULL, PIPE
from typing import IO, Any
from urllib.parse import urlencode, urlsplit

import h11
from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse_query_results

from trophees.ask import answer, partial, results
from trophees.ask import text as sparql
from trophees.ask.compact_names import typed_place
from trophees.ask.endpoint import encoded, mistake
from trophees.ask.explain.mistakes import mistake as of_query
from trophees.ask.transport import Decoder, Response, moment, readable
from trophees.base.context import Context
from trophees.graph import published
from trophees.hosting.formats import RDF, ROWS
from trophees.serve.backend.federation import allowed
from trophees.serve.backend.limits import LARGEST, LONG, Limits
from trophees.serve.backend.message import Answer, Head, Job
from trophees.serve.backend.refusals import READ_ONLY, Refused, cut
from trophees.serve.compression import compress
from trophees.serve.threads import apart

AT_ONCE = 16
_PART = 16 * 1024  # bytes that are read at once, few enough to unpack whatever is in them
_SAID = 20_000  # bytes of what is read of a refusal
_UPDATES = re.compile(r"(?<![\w.-])(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)\b")
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)  # of JSON
_PREFIX = re.compile(r"[\w.-]*:")  # what a word goes on with that is a prefix
_CHECKED: dict[str, QueryResultsFormat | RdfFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "tsv": QueryResultsFormat.TSV,
    **results.RDF,
}


class Proxy:
    """Asks the SPARQL endpoint at `address` within `limits`, a few queries at a time."""

    def __init__(self, address: str, limits: Limits) -> None:
        self._address = urlsplit(encoded(address))
        self._tls = ssl.create_default_context() if self._address.scheme == "https" else None
        self._prefixes = Context(published.path("context.jsonld").read_text("utf-8")).prefixes
        self._limits = limits
        self._running = 0

    async def start(self) -> None:
        """Nothing needs to be there before a query is asked."""

    def stop(self) -> None:
        """Nothing is left open."""

    def state(self) -> dict[str, Any]:
        """That it can pass queries on; whether the other endpoint answers them is not known."""
        return {"ready": True, "proxy": True, "running": self._running}

    async def answer(self, job: Job, gone: Callable[[], Awaitable[bool]]) -> Answer:
        """The whole answer of the other endpoint. Refused if there is none, or the query is none to pass on."""
        if self._running >= AT_ONCE:
            raise cut("busy", self._limits)
        self._running += 1
        asking = asyncio.ensure_future(self._ask(job))
        try:
            async with asyncio.timeout(self._limits.seconds):
                while not (await asyncio.wait({asking}, timeout=LONG / 2))[0]:
                    if await gone():
                        raise cut("gone", self._limits)
                return asking.result()
        except TimeoutError:
            raise cut("time", self._limits) from None
        except (OSError, h11.RemoteProtocolError, zlib.error) as error:
            raise Refused(502, f"The endpoint does not answer ({type(error).__name__})") from None
        finally:
            asking.cancel()
            self._running -= 1

    async def _ask(self, job: Job) -> Answer:
        rows, text, lines = await apart(len(job.query), self._passed_on, job)
        wanted, types = (job.rows, ROWS) if rows else (job.rdf, RDF)
        if not wanted:
            return Answer(Head(406, 0))
        port = self._address.port or (443 if self._tls else 80)
        reader, writer = await asyncio.open_connection(self._address.hostname, port, ssl=self._tls)
        file = tempfile.TemporaryFile(prefix="trophees-")  # noqa: SIM115 - it goes with the answer
        try:
            connection = h11.Connection(h11.CLIENT)
            writer.write(self._request(connection, job, text, types[wanted][0]))
            await writer.drain()
            events = _events(connection, reader)
            head = await anext(events)
            assert isinstance(head, h11.Response)
            fields = {name.decode(): value.decode("latin-1") for name, value in head.headers}
            media_type = fields.get("content-type", "").partition(";")[0].strip().lower()
            if not readable(fields.get("content-encoding", "")):
                raise Refused(502, "The endpoint answers in a coding that was not asked for")
            known = partial.told(head.status_code, {k.lower(): v for k, v in fields.items()}, b"", job.query)
            if head.status_code in (200, 206) and known.reason:
                raise Refused(502, _in_part(known.reason))
            if head.status_code == 200 and media_type not in types[wanted]:
                raise Refused(502, f"The endpoint does not answer in the format that was asked for, {types[wanted][0]}")
            body = _decoded(events, Decoder(fields.get("content-encoding", "")))
            if head.status_code != 200:
                said = b""
                async for part in body:
                    said += part
                    if len(said) > _SAID:
                        break
                later = fields.get("retry-after", "")
                refusal = Response(head.status_code, media_type, later, "", said[:_SAID])
                raise self._mistaken(job, refusal) or _refused(refusal, lines, job.query, self._prefixes)
            size = 0
            async for part in body:
                size += len(part)
                if size > LARGEST:
                    raise cut("size", self._limits)
                file.write(part)
            file.flush()
            if "content-length" not in fields and "transfer-encoding" not in fields:
                # nothing but the answer itself tells that it is whole
                file.seek(0)
                if fault := await _fault(file.read(), wanted):
                    raise Refused(502, f"The endpoint's answer {fault}")
            elif fault := await asyncio.to_thread(_cut, file, wanted):
                raise Refused(502, f"The endpoint's answer {fault}")
            if reason := await asyncio.to_thread(_in_rows, file, wanted, known):
                raise Refused(502, _in_part(reason))
            return await asyncio.to_thread(_finished, file, size, wanted, job.coding)
        except BaseException:
            file.close()
            raise
        finally:
            writer.transport.abort()

    def _passed_on(self, job: Job) -> tuple[bool, str, int]:
        """Whether the query of `job` has rows, how it is sent, and how many lines that puts before it."""
        query = sparql.escaped(job.query, self._prefixes)
        for name in ("lang", "compact", "labels"):
            if getattr(job, name):
                raise Refused(400, f"{name} is for a graph that is here: this one is behind another endpoint")
        if reason := allowed(query, self._limits.services):
            raise Refused(403, reason)
        form = sparql.form(query)
        words = _UPDATES.finditer(sparql.keywords(query))
        if any(not _PREFIX.match(query, word.end()) for word in words):
            raise Refused(403, READ_ONLY)
        if not form:
            raise Refused(400, "A SELECT, ASK, CONSTRUCT or DESCRIBE is expected")
        return form in ("SELECT", "ASK"), *sparql.declared(query, self._prefixes)

    def _mistaken(self, job: Job, response: Response) -> Refused | None:
        """What is wrong with a query that is refused, in our words, if it is wrong for everyone."""
        if response.status != 400:
            return None
        told = of_query(job.query, SyntaxError(), self._prefixes, base=job.base)
        return Refused(400, told.sentence.en, told.place, more=told.more) if told and told.certain else None

    def _request(self, connection: h11.Connection, job: Job, text: str, accept: str) -> bytes:
        fields = [("query", text)]
        fields += [("default-graph-uri", iri) for iri in job.default or ()]
        fields += [("named-graph-uri", iri) for iri in job.named or ()]
        body = urlencode(fields).encode()
        headers = {
            "Host": self._address.netloc,
            "Accept": accept,
            "Accept-Encoding": "gzip",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            "User-Agent": "trophees",
            "Connection": "close",
        }
        path = (self._address.path or "/") + (f"?{self._address.query}" if self._address.query else "")
        head = h11.Request(method="POST", target=path, headers=list(headers.items()))
        sent = (connection.send(event) or b"" for event in (head, h11.Data(data=body), h11.EndOfMessage()))
        return b"".join(sent)


async def _events(connection: h11.Connection, reader: asyncio.StreamReader) -> AsyncIterator[h11.Event]:
    """The head of the answer, then its body, part by part."""
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_PART))
        elif isinstance(event, h11.EndOfMessage):
            return
        elif isinstance(event, h11.ConnectionClosed):
            raise ConnectionError
        elif isinstance(event, h11.Response | h11.Data):
            yield event


async def _decoded(events: AsyncIterator[h11.Event], decoder: Decoder) -> AsyncIterator[bytes]:
    async for event in events:
        assert isinstance(event, h11.Data)
        yield decoder.decode(bytes(event.data), LARGEST + 1)
    if not decoder.whole:
        raise ConnectionError


def _finished(file: IO[bytes], size: int, form: str, coding: str) -> Answer:
    """The answer in `file`, in the coding that the client wants."""
    coding = coding if size > 1000 else ""
    if coding:
        file.seek(0)
        packed = compress(file.read(), coding)
        file.seek(0)
        size = file.write(packed)
        file.flush()
    return Answer(Head(200, size, form, coding, in_file=True), file=file)


def _in_part(reason: str) -> str:
    return f"The endpoint gives a part of its answer only ({reason}): ask for less, with LIMIT"


def _cut(file: IO[bytes], form: str) -> str:
    """That the answer in `file` is cut off, as far as its end and its brackets tell; else empty."""
    file.seek(0)
    data = file.read()
    if form not in _CHECKED:
        return ""
    fault = answer.suspect(data, _CHECKED[form]) if data else ""
    if not fault and form == "json":
        bare = _STRING.sub(b"", data)
        if any(bare.count(a) != bare.count(b) for a, b in ((b"{", b"}"), (b"[", b"]"))):
            fault = f"is cut off after {len(data)} bytes"
    return fault


def _in_rows(file: IO[bytes], form: str, part: partial.Partial) -> str:
    """Why the rows in `file` are known to be a part of the answer; empty if nothing tells it."""
    file.seek(0)
    data = file.read()
    found = partial.told(200, {}, data, "") if form == "json" else partial.Partial()
    if found.reason or part.most is None:
        return found.reason
    try:
        if form == "csv":
            count = sum(1 for _ in csv.reader(data.decode("utf-8", "replace").splitlines(keepends=True))) - 1
        elif isinstance(known := _CHECKED.get(form), QueryResultsFormat):
            rows = parse_query_results(data, format=known)
            count = 1 if isinstance(rows, QueryBoolean) else sum(1 for _ in rows)
        else:
            return ""
    except (SyntaxError, ValueError, csv.Error):
        return ""
    return f"cut at {part.most} rows" if count >= part.most else ""


async def _fault(data: bytes, form: str) -> str:
    """What is wrong with an answer in `form`, after “the answer”; empty if it is whole, as far as it tells itself.

    What is not small is read by a process of its own, which ends when nobody waits for it any more.
    """
    if form not in _CHECKED:  # CSV
        return "" if data.endswith(b"\n") else f"is cut off after {len(data)} bytes"
    if len(data) <= answer.SMALL:
        return answer.at_fault(data, _CHECKED[form])
    if fault := answer.suspect(data, _CHECKED[form]):
        return fault
    reading = await asyncio.create_subprocess_exec(
        *answer.apart(_CHECKED[form]), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        said, _ = await reading.communicate(data)
    finally:
        with suppress(ProcessLookupError):
            reading.kill()
    return answer.told(await reading.wait(), said)


def _refused(response: Response, lines: int, query: str, prefixes: Mapping[str, str]) -> Refused:
    """What the other endpoint says, if it is the client's mistake or a matter of time; else that it fails."""
    if response.status in (400, 406, 413):
        place, said = mistake(response, lines)
        place = typed_place(place, query, prefixes)
        if place and ":" not in place:
            place = f"{place}:1"
        return Refused(response.status, said or "The endpoint refuses the query", place)
    if response.status in (429, 503):
        later = {"Retry-After": "30" if moment(response.retry_after) is None else response.retry_after}
        return Refused(503, "The endpoint is busy: try again later", headers=later)
    return Refused(502, f"The endpoint fails ({response.status})")
