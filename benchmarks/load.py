"""Clients for `serve.py`: light queries at a fixed rate, and runaway queries. They only know 127.0.0.1."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from serving.hostile import RUNAWAYS

TP = "https://w3id.org/trophees-participation/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIXES = f"PREFIX tp: <{TP}> PREFIX skos: <{SKOS}> "


def light(number: int) -> str:
    """A light query that is like no other: laureates with so many stars, and the tools they use."""
    return (
        f"{PREFIXES}SELECT ?laureate ?label ?tool {{ ?laureate a tp:Laureate ; tp:stars {number % 4 + 1} ;"
        f' skos:prefLabel ?label ; tp:usesTool ?tool FILTER(LANG(?label) = "fr") }} LIMIT {number % 50 + 10} #{number}'
    )


@dataclass
class Reply:
    status: int
    body: bytes


@dataclass
class Client:
    """One connection to `port` that is kept; queries go to `path`."""

    port: int
    path: str
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    def request(self, query: str) -> bytes:
        line = f"GET {self.path}?query={quote(query, safe='')} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        return f"{line}Accept: application/sparql-results+json, text/turtle;q=0.5\r\n\r\n".encode()

    async def ask(self, query: str | bytes) -> Reply:
        """The answer to `query`, or to a request as it is sent. ConnectionError if it is cut off, or there is none."""
        for attempt in (1, 2):
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                self.writer.write(self.request(query) if isinstance(query, str) else query)
                assert self.reader is not None
                return await read(self.reader)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if attempt == 2:
                    raise ConnectionError from None
        raise AssertionError

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.writer = None


async def read(reader: asyncio.StreamReader) -> Reply:
    """A whole answer, with a length or in chunks."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "content-length" in fields:
        return Reply(status, await reader.readexactly(int(fields["content-length"])))
    body = b""
    while "chunked" in fields.get("transfer-encoding", ""):
        size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        part = await reader.readexactly(size + 2)
        body += part[:-2] if len(body) < 1_000_000 else b""
        if size == 0:
            break
    return Reply(status, body)


@dataclass
class Measured:
    """Seconds of each light query from when it was due, and how all ended."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    took: float = 0

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.seconds) or [float("inf")]
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def good(self) -> int:
        return self.statuses["200"]


async def at_rate(port: int, path: str, rate: float, seconds: float, connections: int = 32) -> Measured:
    """Light queries, each due at its time whether or not those before are answered."""
    asked = [Client(port, path).request(light(number)) for number in range(int(rate * seconds))]
    found, start = Measured(), time.perf_counter()
    due: asyncio.Queue[tuple[int, float]] = asyncio.Queue()

    async def client() -> None:
        mine = Client(port, path)
        while (item := await due.get())[0] >= 0:
            try:
                async with asyncio.timeout(20):
                    reply = await mine.ask(asked[item[0]])
                ok = reply.status != 200 or reply.body.endswith(b"}")
                found.statuses[str(reply.status) if ok else "cut off"] += 1
            except (OSError, TimeoutError) as error:
                mine.close()
                found.statuses[type(error).__name__] += 1
            found.seconds.append(time.perf_counter() - item[1])
        mine.close()

    clients = [asyncio.create_task(client()) for _ in range(connections)]
    for number in range(len(asked)):
        moment = start + number / rate
        if (wait := moment - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        due.put_nowait((number, moment))
    for _ in clients:
        due.put_nowait((-1, 0))
    _, late = await asyncio.wait(clients, timeout=15)
    for task in late:
        task.cancel()
    await asyncio.gather(*clients, return_exceptions=True)
    never = len(asked) - len(found.seconds)
    found.statuses["not answered"] += never
    found.seconds += [float("inf")] * never
    found.took = time.perf_counter() - start
    return found


async def flat_out(port: int, path: str, seconds: float, connections: int = 8, different: int = 1 << 30) -> float:
    """Light queries per second, of so many `different` ones, when each connection asks as soon as it is answered."""
    end, count = time.perf_counter() + seconds, 0

    async def client(first: int) -> None:
        nonlocal count
        mine, number = Client(port, path), first
        while time.perf_counter() < end:
            number += connections
            reply = await mine.ask(light(number % different))
            count += reply.status == 200
        mine.close()

    start = time.perf_counter()
    await asyncio.gather(*(client(n) for n in range(connections)))
    return count / (time.perf_counter() - start)


async def runaways(port: int, path: str, until: asyncio.Event) -> Counter[str]:
    """Ten clients, each of which asks its runaway query again and again, a little changed, until told to stop."""
    ends: Counter[str] = Counter()

    async def client(query: str) -> None:
        number = 0
        while not until.is_set():
            number += 1
            mine = Client(port, path)
            try:
                reply = await mine.ask(f"{query} #{number}")
                whole = reply.status != 200 or reply.body.rstrip()[-1:] in (b"}", b".", b"")
                ends[str(reply.status) if whole else "200, cut off"] += 1
                if reply.status == 503:
                    await asyncio.sleep(0.2)
            except (OSError, asyncio.IncompleteReadError):
                ends["connection cut"] += 1
                await asyncio.sleep(0.2)
            finally:
                mine.close()

    tasks = [asyncio.create_task(client(PREFIXES + query)) for query in RUNAWAYS.values()]
    await until.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return ends
