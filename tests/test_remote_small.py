"""What endpoints, servers and catalogues answer in a line or two, with each fault, without a network.

`small/remote.tsv` has what comes of each; after a wanted change, `python tests/test_remote_small.py` writes it anew.
"""

from __future__ import annotations

import email.message
import gzip
import hashlib
import io
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from http.client import BadStatusLine, IncompleteRead
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Variable

from small_cases import PARTS, Cases, compare, each, near, outcome, taken, write
from trophees.ask import answer, endpoint, received, transport, visit
from trophees.ask.question import Question
from trophees.ask.transport import Decoder, Request, Response
from trophees.base.namespaces import BASE, DCAT, FOAF, TP, VOID

ROOM = "remote"
URL = "https://x.example/sparql"
PREFIXES = {"tp": TP, "laureate": BASE + "laureate/"}
JSON = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:a"}}]}}'
YES = b'{"head":{},"boolean":true}'
XML = (
    b"<?xml version='1.0'?><sparql xmlns='http://www.w3.org/2005/sparql-results#'><head><variable "
    b"name='s'/></head><results><result><binding name='s'><uri>urn:a</uri></binding></result></results></sparql>"
)
RDF = (
    b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:u='urn:'><r:Description "
    b"r:about='urn:a'><u:p>x</u:p></r:Description></r:RDF>"
)
FORMS = {form.name: form for form in answer.FORMATS.values()}


def response(
    body: bytes = b"",
    media: str = "application/sparql-results+json",
    status: int = 200,
    retry: str = "",
    location: str = "",
    **headers: str,
) -> Response:
    return Response(
        status, media, retry, location, body, {name.replace("_", "-"): value for name, value in headers.items()}
    )


def whole(request: Request) -> object:
    agent = request.headers.get("User-Agent", "")
    return [
        request.url,
        {**request.headers, "User-Agent": agent.partition("/")[0] + "/… " + agent.partition(" ")[2]},
        request.body,
        request.follow,
        request.most,
    ]


def plainly(found: object) -> object:
    if isinstance(found, QuerySolutions):
        return [[v.value for v in found.variables], [[str(cell) for cell in row] for row in found]]
    return (
        bool(found)
        if isinstance(found, QueryBoolean)
        else sorted(map(str, found))
        if isinstance(found, Iterable)
        else found
    )


def of_endpoints() -> Cases:
    def asked(
        text: str,
        answers: list[Response],
        *,
        strict: bool = False,
        values: Mapping[Variable, NamedNode | Literal] | None = None,
        url: str = URL,
        all_: bool = False,
    ) -> list[Any]:
        sent: list[object] = []
        rest = list(answers)

        def send(request: Request, _: float) -> Response:
            sent.append(
                whole(request) if all_ else [request.headers["Accept"], "GET" if request.body is None else "POST"]
            )
            return rest.pop(0)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(endpoint, "send", send)
            patch.setenv("LC_ALL", "en")
            remote = endpoint.Remote(url, PREFIXES, strict=strict)
            found = outcome(lambda: plainly(remote.ask(Question("q", text, values))))
        return [found, sent, remote.said, remote.as_text]

    select, ask, construct = (
        "SELECT ?s { ?s a tp:X }",
        "ASK { ?s a tp:X }",
        "CONSTRUCT { ?s a tp:X } WHERE { ?s a tp:X }",
    )
    turtle = b"<urn:a> <urn:p> 'x' ."
    good: list[tuple[str, Response]] = [
        (select, response(JSON)), (select, response(b"\xef\xbb\xbf" + JSON)),
        (select, response(XML, "application/sparql-results+xml")), (select, response(XML, "application/xml")),
        (select, response(XML, "text/xml")), (select, response(b"?s\n<urn:a>\n", "text/tab-separated-values")),
        (select, response(JSON, "application/json")), (select, response(JSON, "")),
        (select, response(XML, "text/plain")), (select, response(b" " + JSON, "application/octet-stream")),
        (select, response(b"?s\n<urn:a>\n", "")), (select, response(turtle, "text/turtle")),
        (select, response(JSON, "x" * 99)), (select, response(YES)), (ask, response(YES)), (ask, response(JSON)),
        (ask, response(b"true", "text/tab-separated-values")), (construct, response(turtle, "text/turtle")),
        (construct, response(turtle, "application/n-triples")), (construct, response(RDF, "application/rdf+xml")),
        (construct, response(RDF, "application/xml")), (construct, response(RDF, "")),
        (construct, response(turtle, "")),
        (construct, response(b'{"@id": "urn:a", "urn:p": "x"}', "application/ld+json")),
        (construct, response(b'{"@id": "urn:a", "urn:p": "x"}', "")),
        (construct, response(turtle, "application/x-turtle")),
        (construct, response(JSON, "application/sparql-results+json")),
        (select, response(b"<!DOCTYPE html><title>A &amp; B</title>", "text/html")),
        (select, response(b"<!-- x --> <HTML><head>", "application/json")),
        (select, response(b"<html><TITLE x='y'> a\n b </title>", "")),
        (select, response(b"x", "application/xhtml+xml")),
        (select, response(JSON[:-1])), (select, response(b"")), (select, response(JSON.replace(b"urn:a", b"a b"))),
        (select, response(JSON, x_truncated="true")), (select, response(JSON, status=206)),
        (select, response(JSON, x_sparql_maxrows="1")), (select, response(JSON, x_sparql_maxrows="2")),
        (construct, response(b"<urn:a> <urn:p> <a b>, 'x'@fr_FR .", "text/turtle")),
        (construct, response(b"<urn:a> <urn:p> ", "text/turtle")),
        (construct, response(RDF[:-5], "application/rdf+xml")),
        (select, response(b"?s\n<a b>\n", "text/tab-separated-values")),
        (select, response(JSON.replace(b'"uri"', b'"literal","xml:lang":"fr_FR"'))),
        ("INSERT DATA {}", response(JSON)), ("SELECT ?s { ?s a laureate:2041/x }", response(JSON)),
        ("DESCRIBE <urn:a>", response(turtle, "text/turtle")),
        (ask,
        response(b"<sparql xmlns='http://www.w3.org/2005/sparql-results#'><head/><boolean>false</boolean></sparql>",
        "application/xml")),
    ]  # fmt: skip
    refused = [
        response(b"Parse error at line 2, column 5: bad", "text/plain", 400),
        response(b"error at 2:8: bad", "text/plain", 400), response(b"", "text/plain", 400),
        response(b"line 1 is bad", "text/plain", 400), response(b'{"message": "no", "line": 3, "column": 4}',
        "application/json", 400), response(b'{"detail": "d", "title": "t"}', "application/problem+json", 400),
        response(b'{"title": "t"}', "application/json", 400), response(b"[1]", "application/json", 400),
        response(b"{", "application/json", 400),
        response(b"<html><head>x</head><body>no <b>such</b> &lt;graph&gt;<script>y</script></body>", "text/html", 400),
        response(b"<e>no <b/>x</e>", "application/xml", 400), response(b"x" * 300, "text/plain", 400),
        *(response(b"said so", "text/plain", status) for status in (401, 403, 404, 407, 410, 418, 429, 500, 502, 503,
        504)), response(b"", "text/plain", 500), response(b"Line: 4 Col. 7 x", "text/plain", 400),
        response(b"line 4column 7", "text/plain", 400),
        response(b"outline 3", "text/plain", 400), response(b"line: 3 at column 9", "text/plain", 400),
        response(b'{"error": "e", "line": "3", "column": 4}', "application/json", 400),
        response(b'{"detail": 3, "message": "m"}', "application/json", 400), response(b"<p>" * 9000, "text/html", 400),
        response(b'{"message": "' + b"x" * 20_000 + b'"}', "application/json", 400),
        response(b'{"message": "x"}' + b" " * (20_000 - 16), "application/json", 400),
        response(b'{"message": "x"}' + b" " * (20_001 - 16), "application/json", 400),
    ]  # fmt: skip
    tries = [
        [response(status=405), response(JSON)],
        [response(status=414), response(JSON)],
        [response(status=431), response(status=405, body=b"x", media="text/plain")],
        [response(status=406), response(JSON)],
        [response(status=406)] * 4 + [response(JSON)],
        [response(status=406)] * 5,
        [response(status=405), response(status=406), response(JSON)],
    ]
    urls = [
        "https://x.example",
        "https://x.example/a b?c=d e#f",
        "https://é.example/é?é",
        "http://x.example:81/a?b=c&d",
        "https://x.example/%41[]",
        "https://x.example/" + "a" * 1900,
    ]
    seconds: list[float] = [0, -1, 0.1, 86400, 86401, float("nan"), float("inf")]
    values = {Variable("s"): NamedNode("urn:a")}

    def limited(number: float) -> float:
        return endpoint.Remote(URL, None, number).seconds

    def length(number: int) -> object:
        found = endpoint._request(URL, "x" * number, "a")
        return [len(found.url), found.body is None]

    def quads(*terms: Any) -> object:
        sent: list[str] = []

        def ask(question: Question) -> object:
            sent.append(question.text)
            from pyoxigraph import parse_query_results

            names = [name for name, term in zip("spog", terms, strict=True) if term is None]
            found = "\t".join(f"?{name}" for name in names) + "\n" + "\t".join(f"<urn:{name}>" for name in names) + "\n"
            return parse_query_results(found.encode(), format=QueryResultsFormat.TSV)

        remote = endpoint.Remote(URL)
        remote.ask = ask  # type: ignore[method-assign,assignment]
        return [[str(quad) for quad in remote.quads(*terms)], sent]

    def described() -> object:
        sent: list[object] = []

        def send(request: Request, _: float) -> Response:
            sent.append(request.url)
            return response(b"<urn:b> <urn:p> 1 .\n<urn:a> <urn:p> 1 .\n<urn:b> <urn:p> 1 .\n", "text/turtle")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(endpoint, "send", send)
            return [endpoint.Remote(URL).describe(NamedNode("urn:a")), sent]

    return {
        **each(good, lambda one: asked(one[0], [one[1]]),
        lambda one: f"{one[0][:9]} {one[1].status} {one[1].media_type[:40]} {one[1].body[:60]!r} {len(one[1].body)} "
        f"{dict(one[1].headers)}"),
        **each([one for one in good
        if b"a b" in one[1].body or b"fr_FR" in one[1].body or one[1].headers or one[1].status != 200],
        lambda one: asked(one[0], [one[1]], strict=True),
        lambda one: f"strict {one[0][:9]} {one[1].status} {one[1].body[:70]!r} {dict(one[1].headers)}"),
        **each(refused, lambda one: asked(select, [one])[0],
        lambda one: f"refused {one.status} {one.media_type} {one.body[:60]!r} {len(one.body)}"),
        **each([select, "SELECT ?s { ?s }", "SELECT ?s {\n ?s a laureate:2041/x ;\n }"],
        lambda text: asked(text, [response(b"error at 3:20: bad", "text/plain", 400)] * 2)[0],
        lambda text: f"at fault {text}"),
        "where it is said to be": lambda: taken(
        [*near("Line 12, at col. 34", ", :.a"), *near("error at 1:2: ", ": 1a")],
        lambda text: found.groups() if (found := endpoint._PLACE.search(text)) else None),
        **each(tries, lambda one: asked(select, one), lambda one: f"tried {[r.status for r in one]}"),
        **each(urls, lambda url: asked("SELECT ?s { ?s ?p 'é' }", [response(JSON)], url=url, all_=True)),
        "a long question": lambda: asked(f"SELECT ?s {{ ?s ?p '{'x' * 2000}' }}", [response(JSON)], all_=True),
        "a value": lambda: asked(select, [response(JSON)], values=values, all_=True),
        "no variable": lambda: asked(ask.replace("?s", "?t"), [], values=values),
        "lengths": lambda: [length(number) for number in (2000 - len(URL) - 7, 2000 - len(URL) - 8,
        2000 - len(URL) - 6)],
        "seconds": lambda: [outcome(partial(limited, number)) for number in seconds],
        **each([(None, None, None, None), (NamedNode("urn:a"), None, Literal("x"), None),
        (None, NamedNode("urn:b"), None, NamedNode("urn:c"))], lambda terms: quads(*terms)),
        "described": described,
    }  # fmt: skip


AFAR = 2 * b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(900))  # as far as gzip looks back: 28,800 bytes


class Answer(io.BytesIO):
    """What `urllib` gives."""

    def __init__(self, body: bytes, status: int = 200, left: int | None = None, **headers: str) -> None:
        super().__init__(body)
        self.status, self.length, self.headers = status, left, email.message.Message()
        for name, value in headers.items():
            self.headers[name.replace("_", "-")] = value


def of_transports() -> Cases:
    def sent(answers: list[Answer | Exception | None], request: Request | None = None, *, left: float = 9.0) -> object:
        asked: list[object] = []
        slept: list[float] = []
        rest = list(answers)

        class Opener:
            def open(self, given: Any, timeout: float) -> Answer | None:
                asked.append(
                    [given.full_url, given.get_method(), dict(given.header_items()), given.data, timeout <= left]
                )
                found = rest.pop(0)
                if isinstance(found, Exception):
                    raise found
                return found

        clock = [0.0]

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            clock[0] += seconds

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(transport, "_opener", Opener)
            patch.setattr(transport, "_within", lambda _seconds, action, _late: action())
            patch.setattr(transport, "_credentials", lambda _: {})
            patch.setattr(time, "sleep", sleep)
            patch.setattr(time, "monotonic", lambda: clock[0])
            found = outcome(lambda: transport.send(request or Request(URL, {"Accept": "a"}), left))
        return [found, asked, slept]

    def seen(*answers: Answer | Exception | None, **more: Any) -> Callable[[], object]:
        return lambda: sent(
            [
                one.__class__(one.getvalue(), one.status, one.length, **dict(one.headers.items()))
                if isinstance(one, Answer)
                else one
                for one in answers
            ],
            **more,
        )

    post = Request(URL, {"Content-Type": "x", "Accept": "a"}, b"q")
    host, nowhere, small = Request(URL, {}, follow="host"), Request(URL, {}, follow="nowhere"), Request(URL, {}, most=3)
    moved = {status: Answer(b"", status, Location="/other") for status in (301, 302, 303, 307, 308)}
    certificate = ssl.SSLCertVerificationError()
    certificate.verify_message = "self-signed"
    tls = ssl.SSLError()
    tls.reason = "WRONG_VERSION_NUMBER"
    errors: list[Exception] = [
        urllib.error.URLError(ConnectionRefusedError(111, "Connection refused")),
        ConnectionResetError(104, "Connection reset"), TimeoutError(), urllib.error.URLError(TimeoutError()),
        urllib.error.URLError(socket.gaierror(socket.EAI_NONAME, "x")),
        urllib.error.URLError(socket.gaierror(socket.EAI_AGAIN, "x")), urllib.error.URLError(certificate),
        urllib.error.URLError(tls), urllib.error.URLError(ssl.SSLError()), BadStatusLine("x"), IncompleteRead(b""),
        zlib.error("x"), OSError(), urllib.error.URLError("Odd\nThing"),
    ]  # fmt: skip
    addresses = [
        "http://x",
        "https://x/y?z#w",
        "ftp://x",
        "http://",
        "http://x:0",
        "http://x:99999",
        "http://u@x",
        "http://u:p@x/y",
        "https://x y",
        "http://x/\n",
        "x",
        "",
        "http://é",
        "http://" + "a" * 70,
        "http://[::1]/",
        "http://[x",
        "//x",
        "HTTP://X",
        "https://u:p@x/@?q#f",
        "http://x@",
        "http://.x",
    ]
    whens = [
        "5",
        " 5 ",
        "0",
        "x",
        "",
        "-5",
        "1" * 20,
        "1" * 21,
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Wed, 21 Oct 2015 07:28:00",
        "Fri, 31 Dec 1999",
        "a" * 41,
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 99999999999 23:59:59 GMT",
        "5.5",
        "Wed, 21 Oct 2015; x",
    ]

    def at(when: str) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(time, "time", lambda: 1445412480 - 60.0)
            return transport.moment(when)

    def decoded(coding: str, *parts: bytes, most: int = 100) -> list[object]:
        decoder = Decoder(coding)
        return [[decoder.decode(part, most) for part in parts], decoder.whole]

    one, two = gzip.compress(b"abc", mtime=0), gzip.compress(b"de", mtime=0)

    def netrc(text: str | None, url: str) -> object:
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
            file = Path(folder, "netrc")
            if text is not None:
                file.write_text(text, "utf-8")
                file.chmod(0o600)
            patch.setenv("NETRC", str(file))
            return str(outcome(lambda: transport._credentials(url))).replace(folder, "")

    def within(seconds: float, action: Callable[[], object]) -> object:
        return outcome(lambda: transport._within(seconds, action, "late"))

    def fails() -> object:
        raise KeyError("mine")

    def handlers() -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(urllib.request, "getproxies", dict)  # whatever the machine has
            transport._opener.cache_clear()
            found = sorted(type(handler).__name__ for handler in vars(transport._opener())["handlers"])
        transport._opener.cache_clear()
        return found

    entry = "machine x.example login u password p\nmachine localhost login l password m\n"
    return {
        "plain": seen(Answer(b"abc", Content_Type="Text/Plain; charset=x", Retry_After="3", X_Y="Z")),
        "gzip": seen(Answer(one, Content_Encoding="gzip")), "x-gzip": seen(Answer(one + two,
        Content_Encoding=" X-GZIP ")), "identity": seen(Answer(b"abc", Content_Encoding="identity")),
        "another coding": seen(Answer(b"abc", Content_Encoding="br" + "\x1b" + "x" * 30)),
        "gzip that is cut": seen(*[Answer(one[:-3], Content_Encoding="gzip")] * 4),
        "no gzip": seen(*[Answer(b"abc", Content_Encoding="gzip")] * 4),
        "cut off": seen(*[Answer(b"abc", left=3)] * 4), "too large": seen(Answer(b"abcd"), request=small),
        "as large as may be": seen(Answer(b"abc"), request=small),
        "too large once unpacked": seen(Answer(gzip.compress(b"abcd"), Content_Encoding="gzip"), request=small),
        "no answer": seen(None), "posted": seen(Answer(b"x"), request=post),
        **{f"moved {status}": seen(found, Answer(b"x"), request=post) for status, found in moved.items()},
        "moved nowhere": seen(Answer(b"", 302)), "moved, not followed": seen(moved[302], request=nowhere),
        "moved on the host": seen(moved[302], Answer(b"x"), request=host),
        "moved to another host": seen(Answer(b"", 302, Location="https://y.example/"), request=host),
        "moved to another port": seen(Answer(b"", 302, Location="https://x.example:444/"), request=host),
        "moved to the same port": seen(Answer(b"", 302, Location="https://x.example:443/"), Answer(b"x"), request=host),
        "moved to http": seen(Answer(b"", 302, Location="http://x.example/")),
        "moved to a file": seen(Answer(b"", 302, Location="file:///x")),
        "moved with credentials": seen(Answer(b"", 302, Location="https://u:p@y/")),
        "moved to a space": seen(Answer(b"", 302, Location="/a b\xe9%20"), Answer(b"x")),
        "moved five times": seen(*[moved[302]] * 5, Answer(b"x")), "moved six times": seen(*[moved[302]] * 6),
        "from http to https": seen(Answer(b"", 302, Location="https://y/"), Answer(b"x"),
        request=Request("http://x.example/", {})),
        "busy": seen(Answer(b"", 503), Answer(b"", 429), Answer(b"x")), "busy for long": seen(*[Answer(b"", 502)] * 4),
        "busy until": seen(Answer(b"", 503, Retry_After="2"), Answer(b"x")),
        "busy for too long": seen(Answer(b"", 503, Retry_After="20")),
        "busy just in time": seen(Answer(b"", 503, Retry_After="8"), Answer(b"x")),
        "busy a little too long": seen(Answer(b"", 503, Retry_After="9")),
        "busy no more": seen(Answer(b"", 504), Answer(b"x", 500)),
        "busy for less than we wait": seen(Answer(b"", 503, Retry_After="0.1"), Answer(b"x")),
        **{f"{number} {type(getattr(error, 'reason', error)).__name__}": seen(*[error] * 4) for number,
        error in enumerate(errors)}, "late": seen(left=0.0), "an error, then an answer": seen(errors[0], errors[1],
        Answer(b"x")),
        **each(addresses, lambda url: [outcome(lambda: transport.check(url)), transport.shown(url),
        outcome(lambda: transport.origin(url))]),
        **each(whens, at),
        "what repeats from afar": lambda: decoded("gzip", gzip.compress(AFAR, mtime=0), most=99_999) == [[AFAR], True],
        "what repeats from afar, in a second member": lambda: decoded(
            "gzip", one + gzip.compress(AFAR, mtime=0), most=99_999) == [[b"abc" + AFAR], True],
        "codings": lambda: {coding: transport.readable(coding)
        for coding in ("", "identity", " GZIP ", "x-gzip", "br", "deflate", "gzip, gzip")},
        "decoded": lambda: [decoded("", b"a", b"b"), decoded("gzip", one), decoded("gzip", one[:5], one[5:]),
        decoded("gzip", one + two), decoded("gzip", one, two), decoded("gzip", one[:-1]), decoded("gzip", one, most=2),
        decoded("gzip", one + b"xx", most=3), outcome(lambda: decoded("gzip", one + b"xx")), decoded("gzip", b"")],
        **each([(entry, URL), (entry, "http://x.example"), (entry, "http://localhost:3/"), (entry, "http://127.0.0.1"),
        (entry, "https://y"), (None, URL), ("machine", URL), ("default login d password e\n", "http://[::1]/"),
        (entry, "https://X.example")], lambda given: netrc(*given)),
        "within": lambda: [within(5, lambda: 3), within(5, fails), within(0.01, lambda: time.sleep(0.2)),
        within(-1, lambda: time.sleep(0.2))],
        "handlers": handlers, "limits": lambda: [transport.LARGEST, transport.ATTEMPTS, Request("x", {}).follow,
        Request("x", {}).most],
    }  # fmt: skip


def of_answers() -> Cases:
    bodies: dict[str, list[bytes]] = {
        "JSON": [JSON, JSON + b" \n", JSON[:-1], b"", YES], "XML": [XML, XML + b" <!-- x -->\n", XML[:-3],
        XML.replace(b"sparql", b"s:sparql"), b"<a/>"], "TSV": [b"?s\n<a:b>\n", b"?s\n<a:b>", b"true", b"false",
        b"true\n", b"?s\n<a b>\n"], "Turtle": [b"<a:a> <a:b> <a:c> .", b"<a:a>", b"\xef\xbb\xbf<a:a> <a:b> <a:c> ."],
        "RDF/XML": [RDF, RDF[:-2], b"<a/>", RDF + b"<!-- -->", b"<?xml version='1.0'?>\n<r:RDF xmlns:r='x'/>",
        b"<!ENTITY a>" + RDF, RDF.replace(b"r:RDF", b"RDF")],
        "N-Triples": [b"<a:a> <a:b> <a:c> .\n", b"x"], "JSON-LD": [b"{}", b"{"],
    }  # fmt: skip

    def judged(one: tuple[str, bytes]) -> object:
        form = FORMS[
            {"JSON": "SPARQL Results in JSON", "XML": "SPARQL Results in XML", "TSV": "SPARQL Results in TSV"}.get(
                one[0], one[0]
            )
        ]
        return [
            answer.suspect(one[1], form),
            answer.at_fault(one[1], form),
            answer.ill_formed(one[1], form, lenient=True),
            answer.unreadable(one[1], form),
        ]

    def apart(
        body: bytes, code: int | None, said: bytes = b"", query: bool = False, form: RdfFormat = RdfFormat.TURTLE
    ) -> object:
        sent: list[object] = []

        def run(command: list[str], input: bytes, capture_output: bool, check: bool, timeout: float | None) -> object:
            sent.append([command[1:], len(input), capture_output, check, timeout])
            if code is None:
                raise subprocess.TimeoutExpired(command, timeout or 0)
            return subprocess.CompletedProcess(command, code, said)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(subprocess, "run", run)
            works: list[Callable[[], object]] = (
                [lambda: answer.unaskable(body.decode())]
                if query
                else [
                    lambda: answer.ill_formed(body, form, 7),
                    lambda: answer.ill_formed(body, form, lenient=True),
                    lambda: answer.unreadable(body, form),
                ]
            )
            return [[outcome(work) for work in works], sent]

    deep = b"<r>" * 1002 + b"</r>" * 1002
    large = b"<a:a> <a:b> '" + b"x" * 4090 + b"' ."

    def main(body: bytes, *arguments: Any) -> object:
        out = io.TextIOWrapper(io.BytesIO())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(answer, "_confine", lambda: None)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
            patch.setattr(sys, "stdout", out)
            return [answer.main(*arguments), out.buffer.getvalue()]

    def read(body: bytes, form: str, *, strict: bool = False, until: float = 1e12) -> object:
        found = received.read(body, FORMS[form], until, strict=strict)
        return [plainly(found.result), found.size(), found.odd.count, found.odd.texts]

    def too_late() -> object:
        def run(command: list[str], **_: object) -> object:
            raise subprocess.TimeoutExpired(command, 0)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(subprocess, "run", run)
            return outcome(lambda: read(large, "Turtle", until=0.0))

    rows, table = "SPARQL Results in JSON", "SPARQL Results in TSV"
    confined: list[Any] = []

    def limits() -> object:
        import resource

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(resource, "setrlimit", lambda *given: confined.append(given))
            answer._confine()
        return [[kind == resource.RLIMIT_CORE, values] for kind, values in confined]

    return {
        **each([(name, body) for name, given in bodies.items() for body in given], judged,
        lambda one: f"{one[0]} {one[1][:50]!r} {len(one[1])}"),
        **each([(large, 0, b""), (large, 1, b" bad "), (large, 1, b""), (large, -9, b""), (large, None, b""),
        (large + b"<<", 1, b"is no valid"), (large + b"<<", 1, answer.TOO_DEEP.encode()), (large + b"<<", None, b"")],
        lambda one: apart(*one), lambda one: f"apart {len(one[0])} {one[1]} {one[2]!r}"),
        "apart, JSON-LD": lambda: apart(b'{"a": 1}' + b" " * 5000, None, form=RdfFormat.JSON_LD),
        **each([(b"ASK {}", 0, b""), (b"ASK {}", 1, b"x"), (b"ASK {}", -9, b""),
        (b"ASK {}", 1, answer.TOO_MUCH.encode()), (b"ASK {}", None, b"")], lambda one: apart(*one, True),
        lambda one: f"a query apart {one[1]} {one[2]!r}"),
        "deep": lambda: [answer.unreadable(body, RdfFormat.RDF_XML)
        for body in (deep, deep.replace(b"<r></r>", b""), b"<r>" * 1000 + b"</r>" * 1000, b"<r>" * 1001, b"<r></x>",
        b"<r/>" * 2000)], "levels": lambda: [answer._levels(body) for body in (b"<a><b/><c><d/></c></a>", b"", b"<a>",
        deep, b"<a/><b/>")],
        "told": lambda: [answer.told(0, b"x"), answer.told(1, b" x \n"), answer.told(1, b""), answer.told(-6, b" ")],
        "short": lambda: [answer.short(" a\n b\t"), len(answer.short("x" * 240)), len(answer.short("x" * 241)),
        answer.short("x" * 241)[-2:], answer.short("abcdef", 4)],
        "commands": lambda: [answer.apart(RdfFormat.TURTLE)[1:],
        answer.apart(QueryResultsFormat.JSON, lenient=True)[1:]],
        "main": lambda: [main(b"<a:a> <a:b> <a:c> .", "Turtle"), main(b"x", "Turtle"),
        main(b"\xef\xbb\xbf<a:a> <a:b> <a b> .", "Turtle", True), main(b"\xef\xbb\xbf<a:a> <a:b> <a b> .", "Turtle"),
        main(b"ASK {}", "SPARQL"), main(b"ASK {", "SPARQL"), outcome(lambda: main(b"", "none"))],
        "limits": limits, "formats": lambda: {name: str(form) for name, form in answer.FORMATS.items()},
        "received": lambda: [read(JSON, rows), read(YES, rows), read(b"\xef\xbb\xbf" + JSON, rows),
        read(b"?s\n<a b>\n", table), read(JSON.replace(b'"urn:a"', b"3"), rows),
        outcome(lambda: read(JSON[:-2], rows)), outcome(lambda: read(b"?s\n<a\n", table)),
        outcome(lambda: read(b"{}", rows))],
        "received triples": lambda: [outcome(partial(read, body, form, strict=strict)) for form,
        body in (("Turtle", b"<a:a> <a:b> <a:c>, <a b>, 'x'@fr_FR ."), ("RDF/XML", RDF), ("RDF/XML", RDF[:-9]),
        ("RDF/XML", RDF.replace(b"<u:p>", b"<u:p xml:lang='fr_FR'>")),
        ("JSON-LD", b'{"@context": "http://x/", "@id": "urn:s", "urn:p": 1}'), ("Turtle", b"<a:a> <a:b> ."),
        ("JSON-LD", b'{"@id": "urn:s", "urn:p": {"@id": "a b:c d"}}')) for strict in (False, True)],
        "received too late": too_late,
    }  # fmt: skip


def of_visits() -> Cases:
    site = "https://x.example/"
    body = b"abc"
    sums = {name: hashlib.new(name, body).hexdigest() for name in ("sha256", "sha512", "md5")}

    def catalogue(text: str) -> bytes:
        names = {"dcat": DCAT, "foaf": FOAF, "void": VOID, "spdx": "http://spdx.org/rdf/terms#"}
        names["v"] = "http://www.w3.org/2006/vcard/ns#"
        return ("".join(f"@prefix {name}: <{space}> . " for name, space in names.items()) + text).encode()

    def file(address: str = "a.csv", size: str = "3", name: str = "sha256", value: str = sums["sha256"]) -> str:
        told = f"spdx:algorithm spdx:checksumAlgorithm_{name} ; spdx:checksumValue '{value}'"
        return f"<#f> dcat:downloadURL <{address}> ; dcat:byteSize {size} ; spdx:checksum <#s> . <#s> {told} ."

    def seen(
        text: str | bytes,
        answers: Mapping[str, Response | Exception] | None = None,
        url: str = site,
        media: str = "text/turtle",
        status: int = 200,
    ) -> object:
        sent: list[object] = []

        def send(request: Request, _: float) -> Response:
            sent.append([request.url, request.follow, request.most, request.headers])
            if len(sent) == 1:
                return response(text if isinstance(text, bytes) else catalogue(text), media, status)
            found = (answers or {}).get(request.url, response(body, "text/csv"))
            if isinstance(found, Exception):
                raise found
            return found

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(visit, "send", send)
            return [outcome(lambda: list(visit.visits(url))), sent]

    from trophees.base.errors import UserError

    texts = {
        "a file": file(), "another size": file(size="4"), "a decimal size": file(size="3.0"),
        "a long size": file(size="'" + "3" * 15 + "'"), "another sum": file(value="00"),
        "a sum in capitals": file(value=sums["sha256"].upper()), "sha512": file(name="sha512", value=sums["sha512"]),
        "an unknown sum": file(name="xyz", value="00"), "shake": file(name="shake_128", value="00"),
        "md5": file(name="md5", value=sums["md5"]),
        "two sizes": file() + " <#f> dcat:byteSize 5 .", "no promise": "<#f> dcat:accessURL <b> .",
        "a dump": "<#f> void:dataDump <c> .", "an endpoint": "<#e> dcat:endpointURL <sparql> .",
        "an endpoint of VoID": "<#e> void:sparqlEndpoint <sparql> .",
        "an endpoint elsewhere": "<#e> dcat:endpointURL <https://y.example/sparql> .",
        "pages": file(
            ) + "<#d> dcat:landingPage <p>, <q> ; foaf:page <r> ; foaf:homepage <s> ; dcat:endpointDescription <t> "
            "; v:hasURL <u> .", "elsewhere": file("https://y.example/a"),
            "another port": file("https://x.example:444/a"), "the same port": file("https://x.example:443/a"),
        "http": file("http://x.example/a"),
        "twice": file() + "<#g> dcat:downloadURL <a.csv> ; dcat:byteSize 3 . <#d> foaf:page <a.csv> .",
        "nothing": "<#d> foaf:page <p> .", "a text": "<#f> dcat:downloadURL 'https://x.example/t' .",
        "no address": "<#f> dcat:downloadURL 'https://x.example:x/' .",
        "an empty text": "<#f> dcat:downloadURL <a> . <#d> foaf:page '' .",
        "a sum without an algorithm": "<#f> dcat:downloadURL <a> ; spdx:checksum <#s> . <#s> spdx:checksumValue '00' .",
        "credentials": file("https://u:p@x.example/a"),
    }  # fmt: skip
    a = site + "a.csv"
    return {
        **each(texts, lambda name: seen(texts[name])),
        "answers": lambda: seen(file() + "<#e> dcat:endpointURL <sparql> . <#d> foaf:page <p>, <q> .",
        {site + "p": response(b"", status=404), site + "sparql?query=ASK%20%7B%7D": response(b"{'boolean': true}"),
        site + "q": UserError(f"{site}q: no answer in time")}),
        "no endpoint": lambda: seen("<#e> dcat:endpointURL <sparql> .",
        {site + "sparql?query=ASK%20%7B%7D": response(b"x" * 9_998 + b"true")}),
        "an endpoint at last": lambda: seen("<#e> dcat:endpointURL <sparql> .",
        {site + "sparql?query=ASK%20%7B%7D": response(b"x" * 9_996 + b"true")}),
        "a file that is gone": lambda: seen(file(), {a: response(b"", status=410)}),
        "a file that moved": lambda: seen(file(), {a: response(b"", status=301)}),
        "empty": lambda: seen(file(), {a: response(b"")}),
        **each(["https://x.example", "https://x.example/a/", "https://x.example/catalog.jsonld",
        "https://x.example/a.rdf", "https://x.example/?q#f", "https://x.example/a.b", "ftp://x"],
        lambda url: seen(b"{}", url=url, media="")),
        "not there": lambda: seen("", status=404), "no RDF": lambda: seen(b"<", media="text/turtle"),
        "as RDF/XML": lambda: seen(
            f"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:d='{DCAT}'><r:Description "
            f"r:about='x'><d:downloadURL r:resource='a'/></r:Description></r:RDF>".encode(),
            media="application/rdf+xml"), "a web page": lambda: seen(b"<html>", media="text/html"),
        "many addresses": lambda: [_few(number, seen) for number in (3, 4)],
        "how long one waits": lambda: visit.SECONDS,
    }  # fmt: skip


def _few(number: int, seen: Callable[[str], Any]) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visit, "_ADDRESSES", number)
        return seen("<#f> dcat:downloadURL " + ", ".join(f"<a{n}>" for n in range(4)) + " .")[0]


MODULES: dict[str, Callable[[], Cases]] = {
    "endpoint": of_endpoints,
    "transport": of_transports,
    "answer": of_answers,
    "visit": of_visits,
}


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("module", MODULES)
def test_what_comes_of_a_small_answer_is_this(module: str, part: int) -> None:
    compare(ROOM, module, MODULES[module](), part)


if __name__ == "__main__":
    os.environ.pop("NETRC", None)
    write(ROOM, MODULES)
