"""`trophees serve --endpoint URL`: the same front before another endpoint, here a server of ours and some bad ones."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import brotli
import pytest
import rdflib

from conftest import Run
from endpoints import Asked, Part, Relay, endpoint, response
from recorded import STARS
from serving.conftest import Served, site, until
from trophees.base.namespaces import BASE

pytestmark = pytest.mark.xdist_group("serving")

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SELECT = f"SELECT ?l {{ ?l a <{BASE}ontology#Laureate> }}"


@pytest.fixture(scope="module")
def proxy(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = site(tmp_path_factory.mktemp("host") / "publish", "")
    server = Served.start(folder, "--endpoint", served.url + "sparql")
    yield server
    assert server.stop() == 0


@pytest.mark.slow
def test_queries_are_passed_on(proxy: Served, served: Served) -> None:
    for accept in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"):
        passed, direct = proxy.query(SELECT, Accept=accept), served.query(SELECT, Accept=accept)
        assert (passed.status, passed.content_type, passed.body) == (200, direct.content_type, direct.body)
    triples = f"CONSTRUCT WHERE {{ ?l <{BASE}ontology#stars> ?s }}"
    assert proxy.query(triples, Accept="application/n-triples").body.count(b"\n") == STARS
    assert proxy.query(SELECT, Accept_Encoding="gzip").content_encoding == "gzip"
    assert len(json.loads(proxy.query("SELECT * { ?s ?p ?o }").body)["results"]["bindings"]) > 30000
    assert proxy.health() == {"ready": True, "proxy": True, "running": 0}
    assert proxy.ask("/map/").body == b"map"


def test_what_is_no_query_to_pass_on_is_refused_here(proxy: Served) -> None:
    for text, status in (
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403),
        ("LOAD <http://127.0.0.1/>", 403),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403),
        ("SELECT * { #c\rSERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403),
        (r"SELECT * { SERV\u0049CE <http://127.0.0.1/> { ?s ?p ?o } }", 403),
        ("SELECT * { VALUES ?x { <http://127.0.0.1/> } FILTER(1<2)SERVICE?x#>\n{ ?s ?p ?o } }", 403),
        ("nonsense", 400),
    ):
        assert proxy.query(text).status == status
    wrong = proxy.query("SELECT nonsense")
    assert (wrong.status, b"line 1, column 8:" in wrong.body) == (400, True)
    assert proxy.query(SELECT, Accept="text/turtle").status == 406


def test_our_prefixes_need_no_declaration_and_mistakes_keep_their_place(proxy: Served, served: Served) -> None:
    own = "SELECT ?l { ?l a tp:Laureate }"
    assert proxy.query(own).body == served.query(own).body
    wrong = proxy.query("SELECT ?l {\n ?l tp:stars nonsense }", Accept="application/json")
    told = json.loads(wrong.body)
    assert (told["status"], told["line"], told["column"]) == (400, 2, 14)
    for text in (
        "PREFIX add: <urn:x> ASK { ?s add:y ?o }",
        "PREFIX service: <urn:x#> ASK { ?s service:y ?o }",
        "PREFIX my-load: <urn:x#> PREFIX clear-x: <urn:x/> ASK { ?s my-load:drop clear-x:service }",
        "ASK { ?insert ?service 'SERVICE DELETE' } # LOAD",
    ):
        assert proxy.query(text).status == 200, text


def test_nothing_is_said_of_what_is_not_known(proxy: Served) -> None:
    found = rdflib.Graph().parse(data=proxy.ask("/sparql").body, format="turtle")
    [service] = found.subjects(rdflib.RDF.type)
    assert set(found.predicates()) == {rdflib.RDF.type, SD.endpoint}
    assert found.value(service, SD.endpoint) == rdflib.URIRef(proxy.url + "sparql")
    assert b"void:triples" not in proxy.ask("/.well-known/void").body


@pytest.fixture(scope="module")
def relayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Relay]]:
    """A server that passes queries on to wherever the relay leads."""
    with Relay() as relay:
        server = Served.start(site(tmp_path_factory.mktemp("host") / "publish", ""), "--endpoint", relay.url)
        yield server, relay
        assert server.stop() == 0
        relay.shutdown()


@pytest.fixture
def started(tmp_path: Path, relayed: tuple[Served, Relay]) -> Iterator[Callable[..., Served]]:
    """Starts servers that pass queries on to an address, one for all that want no options; they end well."""
    servers: list[Served] = []

    def start(address: str, *options: str) -> Served:
        if not options:
            server, relay = relayed
            relay.to = int(urlsplit(address).port or 0)
            return server
        folder = site(tmp_path / str(len(servers)), "")
        servers.append(Served.start(folder, "--endpoint", address, *options))
        return servers[-1]

    yield start
    assert [server.stop() for server in servers] == [0] * len(servers)


JSON = b'{"head":{"vars":["l"]},"results":{"bindings":[{"l":{"type":"uri","value":"urn:b"}}]}}'
CLOSED = b"HTTP/1.1 200 OK\r\nContent-Type: "


@pytest.mark.parametrize(
    ("form", "type_", "whole"),
    [
        ("json", b"application/sparql-results+json", JSON),
        ("csv", b"text/csv", b"l\r\nurn:b\r\n"),
        ("tsv", b"text/tab-separated-values", b"?l\n<urn:b>\n"),
        ("nt", b"application/n-triples", b"<urn:a> <urn:b> <urn:c> .\n"),
        ("rdf", b"text/xml", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>'),
        ("jsonld", b"application/json", b'[{"@id":"http://e/a","http://e/p":[{"@value":"x"}]}]'),
    ],
)
def test_an_answer_that_only_ends_with_the_connection_is_looked_through(
    started: Callable[..., Served], form: str, type_: bytes, whole: bytes
) -> None:
    text = "SELECT ?l {}" if form in ("json", "csv", "tsv") else "CONSTRUCT WHERE { ?s ?p ?o }"
    sent = [whole]
    with endpoint(lambda _: CLOSED + type_ + b"\r\n\r\n" + sent[0]) as other:
        server = started(other.url)
        answer = server.ask("/sparql?" + urlencode({"query": text, "format": form}))
        assert (answer.status, answer.body) == (200, whole)
        sent[0] = whole[:-3]
        answer = server.ask("/sparql?" + urlencode({"query": text, "format": form}))
        assert (answer.status, b"The endpoint's answer is " in answer.body) == (502, True)


def test_answers_are_unpacked_and_packed_again(started: Callable[..., Served]) -> None:
    body = JSON.replace(b"urn:b", b"urn:" + b"b" * 2000)
    members = gzip.compress(body[:50]) + gzip.compress(body[50:])
    sent = [response(members, content_encoding="gzip")]
    with endpoint(lambda _: sent[0]) as other:
        server = started(other.url)
        assert server.query(SELECT).body == body
        packed = server.query(SELECT, Accept_Encoding="br")
        assert (packed.content_encoding, brotli.decompress(packed.body)) == ("br", body)
        sent[0] = response(gzip.compress(b"error at 1:8: what?"), "text/plain", 400, content_encoding="gzip")
        assert server.query(SELECT).body == b"line 1, column 8: what?\n"
        for wrong in (members[:-3], members + b"rubbish", body):
            sent[0] = response(wrong, content_encoding="gzip")
            assert server.query(SELECT).status == 502
        sent[0] = response(body, content_encoding="br")
        assert server.query(SELECT, Accept_Encoding="br").status == 502
    assert {asked.headers["accept-encoding"] for asked in other.asked} == {"gzip"}


@pytest.mark.parametrize("type_", ["text/csv", "application/sparql-results+xml", "text/turtle", "text/html", ""])
def test_only_the_format_that_was_asked_for_is_passed_on(started: Callable[..., Served], type_: str) -> None:
    with endpoint(response(JSON, type_)) as other:
        server = started(other.url)
        for path in ("/sparql?query=ASK%7B%7D", "/graph-store?default"):
            answer = server.ask(path)
            assert answer.status == (502 if (path, type_) != ("/graph-store?default", "text/turtle") else 200)


@pytest.mark.parametrize(("headers", "body", "said"), [
    ({"x_sql_state": "S1TAT"}, b'{"head":{"vars":["l"]},"results":{"bindings":[]}}', "S1TAT"),
    ({"x_sparql_maxrows": "1"}, b'{"head":{"vars":["l"]},"results":{"bindings":[{}]}}', "cut at 1 rows"),
    ({}, b'{"truncated":true,"head":{"vars":["l"]},"results":{"bindings":[]}}', "truncated"),
    ({}, b'{"head":{"vars":["l"]},"results":{"bindings":[{}', "is cut off after"),
    ({}, b'{"head":{"vars":["l"]},"results":{"bindings":[{}, ', "is cut off after"),
    ({}, b'{"head":{"vars":["l"]},"results":{"bindings":[]}}\njava.lang.Error', "is cut off after"),
])  # fmt: skip
def test_a_part_of_an_answer_is_not_passed_on(
    started: Callable[..., Served], headers: dict[str, Any], body: bytes, said: str
) -> None:
    with endpoint(response(body, **headers)) as there:
        answer = started(there.url).query(SELECT, Accept="application/sparql-results+json")
    assert answer.status == 502
    assert said in answer.body.decode()


def test_a_whole_answer_with_room_for_more_is_passed_on(started: Callable[..., Served]) -> None:
    body = b'{"head":{"vars":["l"]},"results":{"bindings":[{}]}}'
    with endpoint(response(body, x_sparql_maxrows="2")) as there:
        assert started(there.url).query(SELECT, Accept="application/sparql-results+json").body == body


def test_when_to_come_back_is_passed_on(started: Callable[..., Served]) -> None:
    answers = {b"known": response(status=429, retry_after="7"), b"unknown": response(status=503)}
    with endpoint(lambda asked: answers[b"unknown" if b"unknown" in asked.body else b"known"]) as other:
        server = started(other.url)
        for variable, later in (("known", "7"), ("unknown", "30")):
            answer = server.query(f"ASK {{ ?s ?p ?{variable} }}")
            assert (answer.status, answer.retry_after) == (503, later)


@pytest.mark.parametrize(
    "later", ["9" * 3000, "<script>", "-1", "1.5", "soon", "", "Fri, 31 Dec 9999 23:59:59 GMT" * 20]
)
def test_a_time_to_come_back_that_is_none_is_not_passed_on(started: Callable[..., Served], later: str) -> None:
    busy = response(status=503).replace(b"\r\n\r\n", f"\r\nRetry-After: {later}\r\n\r\n".encode())
    with endpoint(busy) as other:
        assert started(other.url).query(SELECT).retry_after == "30"


@pytest.mark.slow
def test_the_time_limit_covers_the_reading_of_an_answer_and_holds_nobody_up(started: Callable[..., Served]) -> None:
    """More of them than there are threads for documents; each in a process of its own, which is ended."""
    deep = b"<e:p><r:Description>" * 60_000 + b"</r:Description></e:p>" * 60_000
    names = b'xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"'
    body = b"<r:RDF %b><r:Description>%b</r:Description></r:RDF>" % (names, deep)
    with endpoint(lambda _: CLOSED + b"application/rdf+xml\r\n\r\n" + body) as other:
        server = started(other.url, "--timeout", "3")
        path = "/sparql?format=rdf&query=" + quote("CONSTRUCT WHERE { ?s ?p ?o }")
        with ThreadPoolExecutor(8) as pool:
            answers = [pool.submit(server.ask, path) for _ in range(8)]
            until(lambda: len(server.family()) == 8)
            assert server.ask("/map/").body == b"map"
            for answer in answers:
                assert answer.result().body.startswith(b"The query was ended at the time limit, 3 seconds")
        until(lambda: not server.family())


def test_an_answer_that_ends_its_reader_ends_nothing_else(started: Callable[..., Served]) -> None:
    chain = {"t0": "urn:", **{f"t{n + 1}": f"t{n}:a" for n in range(20_000)}}
    nested = json.dumps({"@context": chain, "t20000": 1}).encode()
    with endpoint(lambda _: CLOSED + b"application/ld+json\r\n\r\n" + nested) as other:
        server = started(other.url)
        answer = server.ask("/sparql?format=jsonld&query=" + quote("CONSTRUCT WHERE { ?s ?p ?o }"))
        assert (answer.status, b"it is nested too deeply" in answer.body) == (502, True)
        assert server.ask("/map/").body == b"map"


@pytest.mark.slow
def test_the_time_limit_holds_whatever_drips_and_sigterm_does_not_wait(started: Callable[..., Served]) -> None:
    """Also for those who have gone: nobody else's place is held by them."""
    csv = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 9999\r\n\r\n"
    drops: list[Part] = [0.1, b"x"]
    heads = {
        b"body": csv,
        b"head": b"HTTP/1.1 200 OK\r\nX: ",
        b"error": csv.replace(b"200 OK", b"400 No"),
        b"chunk": b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n",
    }

    def answer(asked: Asked) -> list[Part]:
        return next([head, *drops * 200] for what, head in heads.items() if what in asked.body)

    with endpoint(answer) as other:
        server = started(other.url, "--timeout", "1")
        for what in heads:
            start = time.monotonic()
            late = server.query(f"ASK {{ ?{what.decode()} ?p ?o }}", Accept="text/csv")
            assert (late.status, b"time limit" in late.body) == (503, True)
            assert time.monotonic() - start < 4
        assert server.health()["running"] == 0
        patient = started(other.url, "--timeout", "600")
        target = urlencode({"query": "ASK { ?body ?p ?o }", "format": "csv"})
        gone = [socket.create_connection(("127.0.0.1", patient.port)) for _ in range(16)]
        for connection in gone:
            connection.sendall(f"GET /sparql?{target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until(lambda: patient.health()["running"] == 16)
        assert patient.query("ASK {}").status == 503
        for connection in gone:
            connection.close()
        until(lambda: patient.health()["running"] == 0)


@pytest.mark.parametrize(
    "address",
    ["http://", "http://127.0.0.1:99999/", "https://[", "ftp://x/", "http://user:secret@127.0.0.1/", "x"],
)
def test_an_address_that_is_none_is_told_at_once(run: Run, tmp_path: Path, address: str) -> None:
    told = run("serve", site(tmp_path / "publish", ""), "--endpoint", address)
    assert told.exit_code == 2
    assert re.fullmatch(r"trophees: --endpoint.* is expected(: none are sent)?\n", told.stderr)
    assert "secret" not in told.stderr


@pytest.mark.slow
def test_a_long_query_holds_nobody_up(started: Callable[..., Served]) -> None:
    """It is looked through beside the loop that answers the others."""
    with endpoint(response(JSON)) as other:
        server = started(other.url)
        for text in ("SERVICE <http://" * 65000, "ASK { " + "?a<?b " * 150000 + "}"):
            threads = [threading.Thread(target=post, args=(server, text)) for _ in range(2)]
            for thread in threads:
                thread.start()
            waited = []
            while any(thread.is_alive() for thread in threads):
                start = time.monotonic()
                server.health()
                waited.append(time.monotonic() - start)
            assert sorted(waited)[len(waited) // 2] < 0.1


def post(server: Served, text: str) -> None:
    answer = server.ask("/sparql", "POST", text.encode(), Content_Type="application/sparql-query")
    assert answer.status in (200, 403)


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
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 9\r\n\r\nx", 502, b"does not answer"),
        (b"nonsense", 502, b"does not answer"),
        (b"", 502, b"does not answer"),
    ],
)
def test_an_endpoint_that_fails_is_told_of(
    started: Callable[..., Served], data: bytes, status: int, said: bytes
) -> None:
    with answering(data) as address:
        answer = started(address).query(SELECT, Accept="text/csv")
        assert (answer.status, said in answer.body) == (status, True), answer.body


@pytest.mark.slow
def test_an_endpoint_that_is_slow_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        server = Served.start(site(tmp_path / "publish", ""), "--endpoint", address, "--timeout", "0.5")
        try:
            answer = server.query(SELECT)
            assert (answer.status, b"time limit, 0.5 seconds" in answer.body) == (503, True)
        finally:
            assert server.stop() == 0
