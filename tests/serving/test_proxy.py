"""`trophees serve --endpoint URL`: the same front before another endpoint, here a server of ours and some bad ones."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from serving.conftest import Served, site
from trophees.context import BASE

pytestmark = pytest.mark.xdist_group("serving")

SELECT = f"SELECT ?l {{ ?l a <{BASE}ontology#Laureate> }}"


@pytest.fixture(scope="module")
def proxy(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = site(tmp_path_factory.mktemp("host") / "publish", "")
    server = Served.start(folder, "--endpoint", served.url + "sparql")
    yield server
    assert server.stop() == 0


def test_queries_are_passed_on(proxy: Served, served: Served) -> None:
    for accept in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"):
        passed, direct = proxy.query(SELECT, Accept=accept), served.query(SELECT, Accept=accept)
        assert (passed.status, passed.content_type, passed.body) == (200, direct.content_type, direct.body)
    triples = f"CONSTRUCT WHERE {{ ?l <{BASE}ontology#stars> ?s }}"
    assert proxy.query(triples, Accept="application/n-triples").body.count(b"\n") == 40
    assert proxy.query(SELECT, Accept_Encoding="gzip").content_encoding == "gzip"
    assert len(json.loads(proxy.query("SELECT * { ?s ?p ?o }").body)["results"]["bindings"]) > 30000
    assert proxy.health()["ready"] is True
    assert b"sd:Service" in proxy.ask("/sparql").body
    assert proxy.ask("/map/").body == b"map"


def test_what_is_no_query_to_pass_on_is_refused_here(proxy: Served) -> None:
    for text, status in (
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403),
        ("LOAD <http://127.0.0.1/>", 403),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403),
    ):
        assert proxy.query(text).status == status
    wrong = proxy.query("SELECT nonsense")
    assert (wrong.status, b"line 1, column" in wrong.body) == (400, True)
    assert proxy.query(SELECT, Accept="text/turtle").status == 406


@contextmanager
def answering(data: bytes) -> Iterator[str]:
    """An endpoint that answers so, whatever it is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    connection.sendall(data)

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 502, b"fails (302)"),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", 502, b"fails (500)"),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", 503, b"busy"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\nx", 502, b"format"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 9\r\n\r\nx", 502, b"IncompleteRead"),
        (b"nonsense", 502, b"does not answer"),
        (b"", 502, b"does not answer"),
    ],
)
def test_an_endpoint_that_fails_is_told_of(tmp_path: Path, data: bytes, status: int, said: bytes) -> None:
    with answering(data) as address:
        server = Served.start(site(tmp_path / "publish", ""), "--endpoint", address)
        try:
            answer = server.query(SELECT, Accept="text/csv")
            assert (answer.status, said in answer.body) == (status, True), answer.body
        finally:
            server.stop()


def test_an_endpoint_that_is_slow_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        server = Served.start(site(tmp_path / "publish", ""), "--endpoint", address, "--timeout", "0.5")
        try:
            answer = server.query(SELECT)
            assert (answer.status, b"time limit, 0.5 seconds" in answer.body) == (503, True)
        finally:
            assert server.stop() == 0
