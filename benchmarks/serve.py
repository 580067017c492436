"""`trophees serve` under load and abuse, beside rdflib-endpoint and `oxigraph serve`, all in one run on this machine.

    python benchmarks/serve.py [--peers BIN] [--seconds N]

BIN is the folder with the programs `oxigraph` and `rdflib-endpoint`; without it only ours is measured. README.md says
how to make one, and what each line of the table means.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvloop

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from load import Client, Measured, at_rate, flat_out, light, runaways  # noqa: E402
from serving.hostile import requests  # noqa: E402

DUMPS = ROOT / "publish" / "dumps"
RATE = 600  # light queries per second
LIMIT = 5  # seconds, where a server has a time limit
PATIENCE = 90  # seconds for all the hostile requests


@contextmanager
def started(command: list[str], port: int) -> Iterator[int]:
    """The process of a server that answers on `port`."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0)
    try:
        for _ in range(600):
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.05)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def family(process: int) -> list[int]:
    found = [process]
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += family(int(child))
    return found


def memory(process: int) -> float:
    """Megabytes of the server and its processes; what they share counts once."""
    total = 0
    for member in family(process):
        with suppress(OSError):
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def send(port: int, data: bytes) -> int:
    """The status that `data` gets, 0 if none."""
    received = b""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        with suppress(OSError):
            connection.sendall(data)
        while not received.count(b"\r\n") and (part := connection.recv(65536)):
            received += part
    words = received.split(b" ", 2)
    return int(words[1]) if received.startswith(b"HTTP/") and words[1].isdigit() else 0


def slow_clients(port: int) -> list[socket.socket]:
    """Two hundred that begin to ask and never end."""
    clients = []
    for _ in range(200):
        with suppress(OSError):
            client = socket.create_connection(("127.0.0.1", port), timeout=5)
            client.sendall(b"GET /sparql?query=ASK")
            clients.append(client)
    return clients


def alive(port: int, path: str) -> bool:
    with suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", f"{path}?query=ASK%7B%7D")
        return connection.getresponse().status == 200
    return False


async def measure(name: str, process: int, port: int, path: str, seconds: float) -> None:
    rows = (await Client(port, path).ask(light(3))).body.count(b'"label"')
    say(name, "rows of a light query", f"{rows}")
    before = memory(process)
    say(name, "light queries per second, flat out", f"{await flat_out(port, path, 4):.0f}")
    say(name, "… when two hundred come again and again", f"{await flat_out(port, path, 4, different=200):.0f}")
    say(name, f"at {RATE}/s, alone: median, p99", times(await at_rate(port, path, RATE, 5)))
    stop = asyncio.Event()
    running = asyncio.create_task(runaways(port, path, stop))
    await asyncio.sleep(1)
    found = await at_rate(port, path, RATE, seconds)
    stop.set()
    say(name, f"at {RATE}/s, beside ten runaway queries: median, p99", times(found))
    say(name, "… answered well, per second", f"{found.good / found.took:.0f}")
    say(name, "… ends of the light queries", shown(found.statuses))
    say(name, "… ends of the runaway queries", shown(await running))
    await asyncio.sleep(LIMIT + 2)
    say(name, "memory before, and after, MB", f"{before:.0f}, {memory(process):.0f}")


def abuse(name: str, process: int, port: int, path: str) -> None:
    for _ in range(50):
        alive(port, path)  # what it makes at the first request is not counted
    before, clients = memory(process), slow_clients(port)
    statuses: Counter[str] = Counter()
    end = time.monotonic() + PATIENCE
    for _, request in requests(1000 // len(list(requests(1))) + 1):
        if time.monotonic() > end:
            statuses["not sent"] += 1
            continue
        status = send(port, request)
        statuses["4xx" if 400 <= status < 500 else str(status or "no answer")] += 1
    say(name, "hostile requests, by their ends", shown(statuses))
    say(name, "… it answers then, slow clients waiting", "yes" if alive(port, path) else "no")
    for client in clients:
        client.close()
    time.sleep(1)
    say(name, "… memory before, and after, MB", f"{before:.0f}, {memory(process):.0f}")


def killed(name: str, process: int, port: int, path: str) -> None:
    engine = family(process)[1]
    for what, victims in (("engine", [engine]), ("engine and workers", None)):
        start = time.perf_counter()
        for victim in victims or family(process)[1:]:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        answered = alive(port, path)
        say(
            name,
            f"kill -9 of the {what}: next answer after, s",
            f"{time.perf_counter() - start:.2f}" if answered else "–",
        )
        time.sleep(1)


def times(found: Measured) -> str:
    return f"{found.percentile(0.5):.1f}, {found.percentile(0.99):.1f} ms"


def shown(counts: Counter[str]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()) if count)


def say(name: str, what: str, value: str) -> None:
    print(f"| {name} | {what} | {value} |", flush=True)


def servers(peers: Path | None, scratch: Path) -> Iterator[tuple[str, Callable[[int], list[str]], str]]:
    """Each server: its name, its command for a port, the path of its endpoint."""
    ours = [str(Path(sys.executable).parent / "trophees"), "serve", str(ROOT / "publish"), "--timeout", str(LIMIT)]
    yield "trophees serve", lambda port: [*ours, "--port", str(port)], "/sparql"
    if peers is None:
        return
    oxigraph = str(peers / "oxigraph")
    subprocess.run([oxigraph, "load", "-l", str(scratch), "-f", str(DUMPS / "trophees.trig")], check=True, stderr=-3)
    serve = [oxigraph, "serve-read-only", "-l", str(scratch), "--union-default-graph", "--timeout-s", str(LIMIT)]
    yield "oxigraph serve", lambda port: [*serve, "-b", f"127.0.0.1:{port}"], "/query"
    rdflib = [str(peers / "rdflib-endpoint"), "serve", str(DUMPS / "trophees.ttl"), "--host", "127.0.0.1"]
    yield "rdflib-endpoint", lambda port: [*rdflib, "--port", str(port)], "/"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--peers", type=Path)
    options.add_argument("--seconds", type=float, default=20)
    given = options.parse_args()
    print("| server | what | measured |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for name, command, path in servers(given.peers, Path(scratch) / "store"):
            port = free_port()
            runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
            with started(command(port), port) as process, runner:
                runner.run(measure(name, process, port, path, given.seconds))
            port = free_port()
            with started(command(port), port) as process:
                abuse(name, process, port, path)
                if name == "trophees serve":
                    killed(name, process, port, path)


if __name__ == "__main__":
    main()
