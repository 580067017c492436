"""`trophees serve` as its readers meet it: a process of its own, asked over HTTP on this machine only."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from servers.client import Answer, Client

PAGES = {
    "index.html": "home",
    "404.html": "not here",
    "406.html": "not so",
    "map/index.html": "map",
    "playground/index.html": "terrain de jeu",
    "playground/en/index.html": "playground",
    "laureate/2020/cachan/index.html": "français",
    "laureate/2020/cachan/en/index.html": "English",
    "laureate/2020/cachan.ttl": "<a> <b> <c> .\n" * 200,
    "laureate/2020/cachan.jsonld": "{}",
    "laureate/2020/cachan.nt": "",
    "assets/site.js": "",
    ".htaccess": "secret",
    "site.json": '{"folders": {"laureate": "laureates/", "dumps": "data/"}}',
}
TRIG = Path(__file__).parents[2] / "publish" / "dumps" / "trophees.trig"


def site(folder: Path, trig: str | None = None) -> Path:
    """A small site in `folder`, with the published graph, or with `trig`."""
    for path, text in PAGES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    (folder / "dumps").mkdir()
    if trig is None:
        shutil.copyfile(TRIG, folder / "dumps" / "trophees.trig")
    else:
        (folder / "dumps" / "trophees.trig").write_text(trig, "utf-8")
    return folder


@dataclass
class Served:
    """A server that runs; `url` ends in `/`."""

    process: subprocess.Popen[str]
    url: str
    port: int

    @classmethod
    def start(cls, folder: Path | None, *options: str, code: str = "", cwd: Path | None = None) -> Served:
        """Serve `folder`, or what is published; by `code` instead of the command, if there is any."""
        how = ["-c", code] if code else ["-m", "trophees"]
        command = [sys.executable, *how, "serve", *([str(folder)] if folder else []), "--port", "0", *options]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=cwd)
        assert process.stderr is not None
        url = process.stderr.readline().strip()
        assert url.startswith("http://127.0.0.1:"), url + process.stderr.read()
        assert process.stderr.readline().strip() == url + "sparql"
        return cls(process, url, int(url.split(":")[2].split("/")[0]))

    def stop(self) -> int:
        """Its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """What is answered over a connection of its own; headers are given with `_` for `-`."""
        client = Client(self.port)
        try:
            return client.send(method, path, {k.replace("_", "-"): v for k, v in headers.items()}, body)
        finally:
            client.close()

    def ask_as(self, host: str, path: str) -> Answer:
        """What is answered to who knows the server by another name."""
        client = Client(self.port, host)
        try:
            return client.send("GET", path, {})
        finally:
            client.close()

    def query(self, text: str, **headers: str) -> Answer:
        return self.ask("/sparql?" + urlencode({"query": text}), "GET", None, **headers)

    def rows(self, text: str) -> list[dict[str, str]]:
        found = json.loads(self.query(text, Accept="application/sparql-results+json").body)
        return [{name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]]

    def ready(self) -> Served:
        """Itself, once the graph is read: the time that this takes a busy machine is no query's."""
        until(lambda: self.health()["ready"], 60)
        return self

    def health(self) -> dict[str, Any]:
        return dict(json.loads(self.ask("/health").body))

    def raw(self, data: bytes, seconds: float = 10) -> bytes:
        """All that the server sends back to `data` until it closes, or says nothing for so long."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            received = b""
            try:
                connection.sendall(data)
                while part := connection.recv(65536):
                    received += part
                    if b"\r\n\r\n" in received and b"onnection: close" not in received:
                        break
            except (ConnectionError, TimeoutError):
                pass
            return received

    def family(self) -> list[int]:
        """The engine and its workers."""
        return descendants(self.process.pid)


def descendants(process: int) -> list[int]:
    found = []
    with suppress(FileNotFoundError):  # it has just ended
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (thread / "children").read_text().split()):
                found += [child, *descendants(child)]
    return found


def until(condition: Any, seconds: float = 30) -> None:
    """Wait for `condition`, as long as a busy machine may need."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The published graph with a small site; nobody ends or overloads it."""
    server = Served.start(site(tmp_path_factory.mktemp("host") / "publish"))
    yield server
    assert server.stop() == 0
