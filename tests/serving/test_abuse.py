"""Queries that would never end, clients that mean harm, processes that are killed: the others notice nothing."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from servers.client import Answer
from serving import hostile
from serving.conftest import Served, site, until

pytestmark = pytest.mark.xdist_group("serving")

ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
LIGHT = "SELECT ?l { ?l a tp:Laureate }"


def start(folder: Path, *options: str, code: str = "") -> Served:
    """A server that keeps no answer: each query is for a worker."""
    return Served.start(folder, "--keep", "0", *options, code=code)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """With limits that a test can wait for."""
    found = start(site(tmp_path_factory.mktemp("host") / "publish"), "--timeout", "1.5", "--memory", "64").ready()
    yield found
    assert found.stop() == 0


def memory(process: int) -> int:
    """Resident kilobytes."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4


def test_runaway_queries_are_cut_off_and_light_ones_answered(server: Served) -> None:
    with ThreadPoolExecutor(len(hostile.RUNAWAYS)) as pool:
        ends = [pool.submit(server.query, text) for text in hostile.RUNAWAYS.values()]
        until(lambda: server.health()["slow"] > 0)
        while not all(end.done() for end in ends):
            assert server.query(LIGHT).status == 200
    for name, end in zip(hostile.RUNAWAYS, ends, strict=True):
        answer = end.result()
        assert (answer.status, answer.content_type) == (503, "text/plain; charset=utf-8"), name
        assert answer.cache_control == "no-store"
        assert b"limit, " in answer.body, "which limit it was, and the remedy"
        assert b"take the dumps" in answer.body
    until(lambda: server.health()["slow"] == 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seconds", "memory", "query", "said"),
    [
        ("1.5", "2000", "cartesian product", b"time limit, 1.5 seconds"),
        ("100", "16", "huge ORDER BY", b"memory limit, 16 MB"),
    ],
)
def test_each_limit_is_said(tmp_path: Path, seconds: str, memory: str, query: str, said: bytes) -> None:
    """Each by a server whose other limit is far off, however little of the machine is left for a runaway query."""
    server = start(site(tmp_path / "publish"), "--timeout", seconds, "--memory", memory)
    try:
        assert said in server.query(hostile.RUNAWAYS[query]).body
    finally:
        assert server.stop() == 0


@pytest.mark.slow
def test_when_too_many_long_queries_run_the_next_is_told_to_come_back(tmp_path: Path) -> None:
    busy = start(site(tmp_path / "publish"), "--timeout", "3", "--memory", "60000").ready()  # room for two
    try:
        with ThreadPoolExecutor(6) as pool:
            texts = [f"{hostile.RUNAWAYS['cartesian product']} #{n}" for n in range(6)]
            answers = list(pool.map(busy.query, texts))
            assert {answer.status for answer in answers} == {503}
            told = [answer for answer in answers if b"Too many long queries" in answer.body]
            assert len(told) == 4
            assert all(int(answer.retry_after) > 0 for answer in told)
    finally:
        assert busy.stop() == 0


DEEPLY = b"The query is nested too deeply for the engine"
LONG = b"The query is too long for the engine"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { " + "{" * 20000 + "}" * 20000 + "}", DEEPLY),
        ("SELECT (" + "(" * 20000 + "1" + ")" * 20000 + " AS ?x) {}", DEEPLY),
        ("SELECT * { ?a ?b " + "[ ?p " * 9000 + "1" + "]" * 9000 + "}", DEEPLY),
        ("SELECT * { ?a ?b ?c FILTER(" + "!" * 20000 + "?c) }", LONG),
        ("SELECT * { ?a " + "<a:b>/" * 20000 + "<a:b> ?c }", LONG),
        ("SELECT * { ?a ?b ?c FILTER(?c = 1" + " || ?c = 1" * 40000 + ") }", LONG),
        ("SELECT * { {}" + " UNION {}" * 30000 + " }", LONG),
    ],
    ids=["groups", "parentheses", "nodes", "negations", "paths", "alternatives", "unions"],
)
def test_what_is_nested_too_deeply_or_too_long_is_refused(server: Served, query: str, said: bytes) -> None:
    answer = server.ask("/sparql", "POST", query.encode(), Content_Type="application/sparql-query")
    assert answer.status in (400, 503)
    assert answer.body.startswith(said) or answer.status == 503, answer.body
    assert server.query(LIGHT).status == 200


@pytest.mark.slow
def test_a_client_that_leaves_ends_its_query(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as client:
        address = "/sparql?" + urlencode({"query": hostile.RUNAWAYS["cartesian product"]})
        client.sendall(f"GET {address} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: served.health()["slow"] == 1)
    until(lambda: served.health()["slow"] == 0)  # long before the time limit


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """With a time limit that lets queries wait for the engine on a busy machine."""
    found = start(site(tmp_path_factory.mktemp("host") / "publish"))
    yield found
    assert found.stop() == 0


@pytest.mark.slow
@pytest.mark.parametrize("which", ["engine", "workers", "all"])
def test_killed_processes_are_replaced_within_a_second_or_so(killed: Served, which: str) -> None:
    server = killed
    until(lambda: len(server.family()) > 4)
    engine, *workers = server.family()
    stop = threading.Event()
    statuses = []

    def asking() -> None:
        while not stop.is_set():
            statuses.append(server.query(LIGHT).status)

    client = threading.Thread(target=asking)
    client.start()
    try:
        for process in {"engine": [engine], "workers": workers, "all": [engine, *workers]}[which]:
            with suppress(ProcessLookupError):  # workers end with their engine
                os.kill(process, signal.SIGKILL)
        until(lambda: server.query(LIGHT).status == 200)
        until(lambda: len(server.family()) > 4)
    finally:
        stop.set()
        client.join()
    assert set(statuses) == {200}, "who asked meanwhile waited, and was answered"
    assert not {engine} & set(server.family()) or which == "workers"


def test_hostile_requests_end_in_clean_refusals(server: Served) -> None:
    """Some of each kind; `benchmarks/serve.py` sends a thousand."""
    before = memory(server.process.pid)
    for name, request in hostile.requests(2):
        answer = server.raw(request)
        status = int(answer.split(b" ", 2)[1]) if answer else 0
        assert 400 <= status < 500, (name, answer[:200])
        assert answer.startswith(b"HTTP/1.1 "), name
        assert b"Traceback" not in answer
        assert b"root:" not in answer
        assert b"\r\nx-made-up" not in answer.lower()
    assert server.query(LIGHT).status == 200
    assert memory(server.process.pid) < before + 40_000


def test_slow_clients_are_told_and_hold_nobody_up(server: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(150)]
    try:
        for client in slow:
            client.sendall(b"GET /sparql?query=")
        for _ in range(3):
            for client in slow:
                client.sendall(b"A")
            assert server.query(LIGHT).status == 200
            time.sleep(0.1)
    finally:
        for client in slow:
            client.close()


def received(client: socket.socket) -> int:
    """How many bytes come before the connection ends, in whatever way."""
    count = 0
    with suppress(ConnectionResetError):
        while part := client.recv(1 << 20):
            count += len(part)
    return count


@pytest.mark.slow  # it waits for what a server is denied
def test_bounds_of_a_connection_in_time(tmp_path: Path) -> None:
    """The real bounds are of many seconds; here a server is started with short ones."""
    code = "from trophees.serve.front import connection as c; from trophees.__main__ import main;"
    code += "c.ASKING = c.READING = 0.5; main()"
    folder = site(tmp_path / "publish", "")
    (folder / "large").write_bytes(b"x" * 50_000_000)
    server = start(folder, code=code)
    try:
        assert server.raw(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").startswith(b"HTTP/1.1 408")
        head = (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\n"
        )
        assert server.raw(head + b"ASK").startswith(b"HTTP/1.1 408")
        assert server.raw(b"") == b"", "who never asks is left"
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(1.5)  # reads nothing
            client.settimeout(10)
            assert received(client) < 50_000_000
        assert server.ask("/map/").status == 200
    finally:
        server.stop()


@pytest.mark.slow
def test_an_engine_that_starts_again_answers_from_the_graph_as_it_is_then(tmp_path: Path) -> None:
    folder = site(tmp_path / "publish", "<urn:g> { <urn:s> <urn:p> <urn:o> }")
    server = start(folder)
    try:
        ask = "SELECT ?o { <urn:s> <urn:p> ?o }"
        first = server.query(ask)
        (folder / "dumps" / "trophees.trig").write_text("<urn:g> { <urn:s> <urn:p> <urn:new> }", "utf-8")
        assert server.query(ask, If_None_Match=first.etag).status == 304
        os.kill(server.family()[0], signal.SIGKILL)
        until(lambda: server.rows(ask) == [{"o": "urn:new"}])
        again = server.query(ask, If_None_Match=first.etag)
        assert (again.status, again.etag != first.etag) == (200, True)
    finally:
        assert server.stop() == 0


MAIN = "from trophees.__main__ import main; main()"


@pytest.mark.slow  # it waits for what a server is denied
def test_on_a_full_disk_an_answer_is_whole_or_refused(tmp_path: Path) -> None:
    """As a limit of files has it: the system takes a part of what is written, then nothing."""
    code = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));" + MAIN
    folder = site(tmp_path / "publish")
    large = os.urandom(500_000).hex().encode()
    (folder / "large.txt").write_bytes(large)
    server = start(folder, code=code)
    try:
        for _ in range(2):
            answer = server.query(ALL)
            assert (answer.status, b"no room for the answer" in answer.body) == (503, True)
            assert int(answer.retry_after) > 0
        assert server.query(LIGHT).status == 200
        for _ in range(2):
            answer = server.ask("/large.txt", Accept_Encoding="gzip")
            assert (answer.status, answer.content_encoding, answer.body == large) == (200, "", True)
        small = server.ask("/laureate/2020/cachan.ttl", Accept_Encoding="gzip")
        assert small.content_encoding == "gzip"
    finally:
        assert server.stop() == 0


def told_to_come_back(server: Served) -> None:
    answer = server.query(LIGHT)
    assert (answer.status, answer.body) == (503, b"No worker was free within 1 seconds: try again in a moment\n")
    assert int(answer.retry_after) > 0


@pytest.mark.slow  # it waits for what a server is denied
def test_workers_come_again_when_the_system_has_what_they_need(tmp_path: Path) -> None:
    """Their files are in a folder that is removed, and made again."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    server = start(
        site(tmp_path / "publish"),
        "--timeout",
        "1",
        code=f"import tempfile; tempfile.tempdir = {str(folder)!r};" + MAIN,
    ).ready()
    try:
        assert server.query(LIGHT).status == 200
        shutil.rmtree(folder)
        until(lambda: server.query(ALL).status and not server.health()["ready"], 30)  # each takes a worker
        told_to_come_back(server)
        assert server.health()["waiting"] == 0
        assert server.ask("/map/").status == 200
        folder.mkdir()
        until(lambda: server.health()["ready"])
        assert server.query(LIGHT).status == 200
    finally:
        assert server.stop() == 0
    assert server.process.stderr
    said = server.process.stderr.read()
    assert said.startswith("trophees: no worker can begin (No such file or directory)")
    assert said.count("\n") == 1


@pytest.mark.slow  # it waits for what a server is denied
def test_workers_come_again_when_the_system_has_processes_for_them(tmp_path: Path) -> None:
    none_left = tmp_path / "none-left"
    (tmp_path / "sitecustomize.py").write_text(
        "import errno, os\nfork = os.fork\ndef limited():\n"
        f"    if os.path.exists({str(none_left)!r}):\n        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))\n"
        "    return fork()\nos.fork = limited\n",
        "utf-8",
    )
    none_left.touch()
    code = f"import os; os.environ['PYTHONPATH'] = {str(tmp_path)!r};" + MAIN
    server = start(site(tmp_path / "publish"), "--timeout", "1", code=code)
    try:
        engine = server.family()
        until(lambda: not server.health()["ready"])
        told_to_come_back(server)
        none_left.unlink()
        until(lambda: server.health()["ready"])
        assert server.query(LIGHT).status == 200
        assert server.family()[:1] == engine
    finally:
        assert server.stop() == 0


@pytest.mark.slow  # it waits for what a server is denied
def test_while_the_engine_cannot_start_again_clients_are_told_to_come_back(tmp_path: Path) -> None:
    folder = site(tmp_path / "publish")
    server = start(folder, "--timeout", "1").ready()
    try:
        trig = folder / "dumps" / "trophees.trig"
        good = trig.read_bytes()
        trig.write_text("broken", "utf-8")
        os.kill(server.family()[0], signal.SIGKILL)
        until(lambda: not server.health()["ready"])
        told_to_come_back(server)
        trig.write_bytes(good)
        until(lambda: server.health()["ready"])
        assert server.query(LIGHT).status == 200
    finally:
        assert server.stop() == 0


@pytest.mark.slow
def test_idle_connections_shut_nobody_out(tmp_path: Path) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    server = start(site(tmp_path / "publish"))
    try:
        with socket.create_connection(("127.0.0.1", server.port)) as asking:
            asking.sendall(f"GET /sparql?{urlencode({'query': LIGHT})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(1200)]
            try:
                assert server.ask("/health").status == server.query(LIGHT).status == 200
                assert asking.recv(100).startswith(b"HTTP/1.1 200"), "who was there first and asked, too"
                idle[0].settimeout(10)
                assert idle[0].recv(1) == b"", "the oldest of the others went"
                idle[-1].sendall(b"GET /map/ HTTP/1.0\r\n\r\n")
                assert idle[-1].makefile("rb").read().endswith(b"map")
            finally:
                for connection in idle:
                    connection.close()
    finally:
        assert server.stop() == 0


@pytest.mark.slow
def test_when_all_are_being_answered_the_next_is_told_to_come_back(tmp_path: Path) -> None:
    code = "from trophees.serve import command as c; c.CONNECTIONS = 3;" + MAIN
    server = start(site(tmp_path / "publish"), "--timeout", "3", code=code).ready()
    over = threading.Event()

    def busy(text: str) -> None:
        while not over.is_set():  # each is being answered for a moment, the first two until their time is over
            server.query(text)

    with ThreadPoolExecutor(3) as pool:
        try:
            for number in range(3):
                pool.submit(busy, f"{hostile.RUNAWAYS['cartesian product']} #{number}")
            answers: list[Answer] = []

            def refused() -> bool:
                answers.append(server.ask("/map/"))
                return answers[-1].status == 503

            until(refused, seconds=30)
            assert int(answers[-1].retry_after) > 0
            assert answers[-1].body.startswith(b"Too many clients are being answered")
            over.set()
            until(lambda: server.ask("/map/").status == 200)
        finally:
            over.set()
            assert server.stop() == 0


def test_who_says_no_more_is_answered_all_the_same(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port)) as client:
        client.sendall(f"GET /sparql?{urlencode({'query': LIGHT})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        client.shutdown(socket.SHUT_WR)
        client.settimeout(10)
        received = client.makefile("rb").read()
    assert received.startswith(b"HTTP/1.1 200")
    assert b"laureate/" in received
