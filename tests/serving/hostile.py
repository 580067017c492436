"""What nobody sends who means well: queries that would never end, and requests that must each end in a 4xx."""

from __future__ import annotations

import random
from collections.abc import Iterator

# each is right SPARQL that asks for too much
RUNAWAYS = {
    "cartesian product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) }",
    "product, written out": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "deep property paths": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?b . ?b (!<urn:y>)* ?c . ?c (!<urn:z>)* ?d }",
    "huge ORDER BY": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c",
    "NOT EXISTS": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?d ?g ?c . ?h ?e ?a } }",
    "long strings": "SELECT (GROUP_CONCAT(?c) AS ?all) { ?a ?b ?c . ?d ?e ?f }",
    "DISTINCT": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "regular expressions": 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(STR(?c), "(a+)+$")) }',
    "OPTIONAL": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } }",
    "CONSTRUCT": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}

_HOST = b"Host: 127.0.0.1\r\n"
_END = b"\r\n\r\n"
_POST = b"POST /sparql HTTP/1.1\r\n" + _HOST + b"Content-Type: application/sparql-query\r\n"
_FORM = b"POST /sparql HTTP/1.1\r\n" + _HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
_CHUNKED = _POST + b"Transfer-Encoding: chunked" + _END


def get(target: bytes, *more: bytes) -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\n" + _HOST + b"".join(line + b"\r\n" for line in more) + b"\r\n"


def sized(head: bytes, body: bytes) -> bytes:
    return head + b"Content-Length: %d" % len(body) + _END + body


def requests(each: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """`each` requests of every kind, each with its kind; the same for the same `seed`."""
    dice = random.Random(seed)
    for _ in range(each):
        noise = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 200)))
        word = b"%x" % dice.randrange(1 << 60)
        up = dice.choice([b"../", b"%2e%2e/", b"..%2f", b"%2e%2e%2f", b"..%5c", b"..\\", b"....//", b"%252e%252e/"])
        huge = dice.randrange(40_000, 90_000)
        yield (
            "malformed encoding",
            get(b"/sparql?query=" + dice.choice([b"%", b"%z1", b"%ff%fe", b"ASK%7B%7D&x=%e", b"%c0%ae"]) + b"%"),
        )
        yield "bytes that are no query", sized(_POST, noise)
        yield "bytes in a form", sized(_FORM, b"query=" + noise.replace(b"&", b"") + b"%")
        yield "a query of 10 MB", sized(_POST, b"ASK {}" + b" " * 10_000_000)
        yield "a form of 10 MB", sized(_FORM, b"query=" + b"A" * 10_000_000)
        yield "a length that lies", _POST + b"Content-Length: 99999999999" + _END
        yield (
            "a length that is none",
            _POST + b"Content-Length: " + dice.choice([b"-1", b"x", b"1,2", b"0x10", b"+5"]) + _END,
        )
        yield "two lengths", _POST + b"Content-Length: 6\r\nContent-Length: 7" + _END + b"ASK {}"
        yield "length and chunks", _POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked" + _END + b"0\r\n\r\n"
        yield (
            "bad chunks",
            _POST
            + b"Transfer-Encoding: chunked"
            + _END
            + dice.choice([b"zz\r\nASK\r\n", b"-1\r\n\r\n", b"fffffffffffffffff\r\n"]),
        )
        yield "many chunks", _POST + b"Transfer-Encoding: chunked" + _END + (b"8000\r\n" + b" " * 0x8000 + b"\r\n") * 40
        yield (
            "an odd method",
            dice.choice([b"BREW", b"get", b"TRACE", b"PROPFIND", b"DELETE", b"G\x00T", b"UPDATE", word])
            + b" /sparql HTTP/1.1\r\n"
            + _HOST
            + b"\r\n",
        )
        yield "CONNECT", b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + _HOST + b"\r\n"
        yield "path traversal", get(b"/" + up * dice.randrange(3, 12) + b"etc/passwd")
        yield "traversal below a thing", get(b"/laureate/2020/cachan/" + up * 8 + b"etc/passwd")
        yield "null in a path", get(b"/map/%00" + word)
        yield (
            "hidden file",
            get(dice.choice([b"/.htaccess", b"/.git/config", b"/map/.htpasswd", b"/.well-known/" + word])),
        )
        yield "header injection", get(b"/" + word + b"%0d%0aX-Made-Up:%20yes")
        yield "injection by the query", get(b"/sparql?query=%0d%0aX-Made-Up:%20yes%0d%0a%0d%0a")
        yield "injection by the format", get(b"/sparql?query=ASK%7B%7D&format=%0d%0aX-Made-Up:%20yes")
        yield "bare line ends", b"GET / HTTP/1.1\r\n" + _HOST + b"X: a\rX-Made-Up: yes\r\n\r\n"
        yield "folded header", b"GET / HTTP/1.1\r\n" + _HOST + b"X: a\r\n\tX-Made-Up yes\x00\r\n\r\n"
        yield "another host's address", get(b"http://" + word + b".example/nothing")
        yield "two hosts", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
        yield "no host", b"GET / HTTP/1.1\r\n\r\n"
        yield "a host that is none", b"GET / HTTP/1.1\r\nHost: a/<script>@b\r\n\r\n"
        yield "a huge header", get(b"/", b"X: " + b"a" * huge)
        yield "many headers", get(b"/", *(b"X-%d: %s" % (n, b"a" * 40) for n in range(huge // 10)))
        yield "a huge address", get(b"/" + b"a" * huge)
        yield "a huge query in the address", get(b"/sparql?query=" + b"a" * huge)
        yield "many parameters", get(b"/sparql?" + b"&".join([b"query=ASK%7B%7D"] + [b"a=b"] * 400))
        yield "no HTTP", noise.replace(b"\n", b"").replace(b"\r", b"") + b"\r\n\r\n"
        yield "HTTP of the future", b"GET / HTTP/9.9\r\n" + _HOST + b"\r\n"
        yield "TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + noise
        yield "update", sized(_FORM, b"update=DROP%20ALL")
        yield "LOAD", sized(_POST, b"LOAD <file:///etc/passwd>")
        yield "SERVICE", sized(_POST, b"SELECT * { SERVICE <http://127.0.0.1:22/> { ?s ?p ?o } }")
        yield "a graph that is no IRI", get(b"/sparql?query=ASK%7B%7D&default-graph-uri=" + word)
        yield "a file as graph", get(b"/graph-store?graph=file:///etc/passwd")
        yield "unterminated strings", sized(_POST, b'SELECT * { ?s ?p "' + b'\\"' * 200_000)
        yield "a packed body", sized(_POST + b"Content-Encoding: gzip\r\n", b"\x1f\x8b" + noise)
        yield "expectation", _POST + b"Expect: 100-continue\r\nContent-Length: 20000000" + _END
