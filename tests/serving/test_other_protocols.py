"""Requests that offer to go on in another protocol are answered in HTTP/1.1; nothing in them is a second request."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from recorded import LAUREATES
from serving import smuggling
from serving.conftest import Served

pytestmark = pytest.mark.xdist_group("serving")

QUERY = b"SELECT ?l { ?l a tp:Laureate }"
HEAD = b"POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nContent-Type: application/sparql-query\r\n"
LAST = b"GET /map/?last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
OFFERS = {
    "as Java and curl send it": smuggling.OFFER,
    "of a WebSocket": b"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    "of several": b"upgrade: h2c, IRC/6.9\r\nCONNECTION: keep-alive ,  uPgRaDe\r\n",
    "in two lines": b"Connection: upgrade\r\nUpgrade: h2c\r\nUpgrade: TLS/1.0\r\nConnection: HTTP2-Settings\r\n",
    "of nothing": b"Connection: Upgrade\r\nUpgrade:\r\n",
    "that is not for this connection": b"Upgrade: h2c\r\n",
}


def sized(offer: bytes, body: bytes = QUERY) -> bytes:
    return HEAD + offer + b"Content-Length: %d\r\n\r\n" % len(body) + body


def chunked(offer: bytes, body: bytes = QUERY) -> bytes:
    return HEAD + offer + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\nX: y\r\n\r\n"


def answers(served: Served, *parts: bytes) -> list[bytes]:
    """What comes back to `parts`, each sent by itself, until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in parts:
            connection.sendall(part)
        with connection.makefile("rb") as file:
            return file.read().split(b"HTTP/1.1 ")[1:]


@pytest.mark.parametrize("offer", OFFERS.values(), ids=OFFERS)
@pytest.mark.parametrize("whole", [sized, chunked])
def test_a_post_with_an_offer_is_answered(served: Served, whole: Callable[[bytes], bytes], offer: bytes) -> None:
    first, last = answers(served, whole(offer), LAST)
    assert first.startswith(b"200 OK")
    assert first.count(b"/laureate/") == LAUREATES
    assert last.startswith(b"200 OK")


def test_it_matters_not_in_what_parts_it_arrives(served: Served) -> None:
    message = sized(smuggling.OFFER)
    for parts in ([message[:cut], message[cut:] + LAST] for cut in range(1, len(message), 17)):
        assert [answer[:3] for answer in answers(served, *parts)] == [b"200", b"200"]
    assert len(answers(served, *(bytes([byte]) for byte in message + LAST))) == 2


def test_pipelined_requests_with_offers_are_answered_in_their_order(served: Served) -> None:
    offering = b"GET /map/ HTTP/1.1\r\nHost: x\r\n" + smuggling.OFFER + b"\r\n"
    found = answers(served, (offering + sized(smuggling.OFFER)) * 60 + LAST)
    assert len(found) == 121
    assert [answer.count(b"/laureate/") for answer in found] == [0, LAUREATES] * 60 + [0]


def test_a_body_behind_an_offer_is_no_request(served: Served) -> None:
    for whole in (sized, chunked):
        first, last = answers(served, whole(smuggling.OFFER, smuggling.HIDDEN), LAST)
        assert first.startswith(b"400 ")
        assert b"expected" in first, "it is taken for a query"
        assert last.startswith(b"200 ")
        assert b"workers" not in first + last


@pytest.mark.parametrize("offer", [b"", smuggling.OFFER], ids=["plain", "with an offer"])
def test_what_two_readers_may_read_as_two_requests_is_refused(served: Served, offer: bytes) -> None:
    for request in smuggling.requests(offer):
        answer = served.raw(request)
        assert answer.startswith(b"HTTP/1.1 4"), (request, answer)
        assert answer.count(b"HTTP/1.1 ") == 1, (request, answer)
        assert b"Connection: close" in answer, (request, answer)


@pytest.mark.foreign
@pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")
def test_java(served: Served) -> None:
    run = ["java", "-Xshare:auto", str(Path(__file__).with_name("Ask.java")), served.url + "sparql", QUERY.decode()]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("200 HTTP_1_1\n") == 2
    assert done.stdout.count("/laureate/") == 2 * LAUREATES


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_that_offers_http_2(served: Served) -> None:
    command = ["curl", "-sS", "--http2", "--fail", "-H", "Accept: text/csv", "--data-urlencode"]
    command += [
        f"query={QUERY.decode()}",
        served.url + "sparql",
        "--next",
        "-sS",
        "--http2",
        "--fail",
        served.url + "map/",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("/laureate/") == LAUREATES
    assert done.stdout.endswith("map")
