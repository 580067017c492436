"""Two servers behind nginx, as docs/serving.md has it: it makes no difference which answers, nor that one is gone."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from servers.client import Answer, Client
from servers.conftest import free_ports
from serving.conftest import Served, site, until

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
DOCUMENT = Path(__file__).parents[2] / "docs" / "serving.md"
QUERY = urlencode({"query": "SELECT ?l ?name { ?l a tp:Laureate ; skos:prefLabel ?name } ORDER BY ?l ?name"})

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not NGINX, reason="nginx is not installed")]


@dataclass
class Balanced:
    """The servers, and the port of nginx before them."""

    servers: list[Served]
    port: int

    def ask(self, method: str = "GET") -> Answer:
        client = Client(self.port)
        try:
            if method == "POST":
                headers = {"Content-Type": "application/x-www-form-urlencoded"}
                return client.send("POST", "/sparql", headers, QUERY.encode())
            return client.send("GET", f"/sparql?{QUERY}", {})
        finally:
            client.close()


@pytest.fixture
def balanced(tmp_path: Path) -> Iterator[Balanced]:
    folder = site(tmp_path / "publish")
    servers = [Served.start(folder).ready() for _ in range(2)]
    (port,) = free_ports(1)
    found = re.search(
        r"(?m)^    upstream trophees \{\n(?:(?:    .*)?\n)+?^    \}\n    server \{\n(?:    .*\n)+?^    \}\n",
        DOCUMENT.read_text("utf-8"),
    )
    assert found
    text = found[0].replace("listen 80;", f"listen 127.0.0.1:{port};")
    for shown, server in zip(("127.0.0.1:8000", "127.0.0.1:8001"), servers, strict=True):
        assert shown in text
        text = text.replace(shown, f"127.0.0.1:{server.port}")
    paths = " ".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"daemon off; master_process off; pid {tmp_path}/pid; error_log {tmp_path}/errors; events {{}}\n"
    (tmp_path / "nginx.conf").write_text(f"{head}http {{ access_log off; {paths}\n{text}}}\n", "utf-8")
    nginx = subprocess.Popen([str(NGINX), "-e", f"{tmp_path}/errors", "-c", f"{tmp_path}/nginx.conf"])
    before = Balanced(servers, port)

    def answers() -> bool:
        try:
            return before.ask().status == 200
        except OSError:
            return False

    until(answers)
    yield before
    nginx.terminate()
    nginx.wait(20)
    for server in servers:
        server.stop()


def test_two_servers_answer_as_one_and_one_may_be_killed(balanced: Balanced) -> None:
    first = balanced.ask()
    assert first.body.count(b"laureate/") > 100
    whole = [balanced.ask(method) for method in ("GET", "POST") * 10]
    assert {(answer.status, answer.body, answer.headers["etag"]) for answer in whole} == {
        (200, first.body, first.headers["etag"])
    }
    assert all(server.health()["kept"] for server in balanced.servers)  # both were asked
    with ThreadPoolExecutor(8) as clients:
        asked = [clients.submit(balanced.ask, ("GET", "POST")[number % 2]) for number in range(200)]
        asked[20].result()
        gone = balanced.servers[0]
        gone.process.kill()
        answers = [one.result() for one in asked]
    assert {(answer.status, answer.body) for answer in answers} == {(200, first.body)}
    assert gone.process.wait(20) == -signal.SIGKILL
