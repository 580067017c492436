"""`trophees query --endpoint`: answers as the embedded engine gives them, from servers that nothing is expected of."""

from __future__ import annotations

import gzip
import json
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from functools import partial
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse_query_results

from conftest import Run
from endpoints import Asked, Part, endpoint, response
from trophees.ask import cookbook, transport
from trophees.ask.endpoint import Remote
from trophees.ask.engine import Result
from trophees.ask.question import Question
from trophees.base.errors import UserError
from trophees.graph import published

CACHAN = "https://w3id.org/trophees-participation/laureate/2020/cachan"
CONSTRUCT = f"CONSTRUCT {{ <{CACHAN}> ?p ?o }} WHERE {{ <{CACHAN}> ?p ?o }}"
ROWS = {  # formats of rows, with the weights in which they are wanted
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
TRIPLES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
TRUE = b'{"head":{},"boolean":true}'
NAMES = ["laureates-in-region", "participants", "laureates-per-departement"]

Form = QueryResultsFormat | RdfFormat


@pytest.fixture(scope="module")
def graph() -> Store:
    return published.store(published.path(published.GRAPH))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a hundredth of the time between attempts, and use no proxy and no ~/.netrc of whoever runs the tests."""
    monkeypatch.setattr(transport, "_FIRST_WAIT", 0.005)
    monkeypatch.setenv("NETRC", "/nonexistent")
    monkeypatch.setenv("no_proxy", "*")


def said(asked: Asked, graph: Store, only: str | None = None) -> bytes:
    """What a good endpoint answers, in the format `only`, or in the first one it is asked for."""
    accept = asked.headers["accept"]
    media_type = only or accept.partition(",")[0]
    result = graph.query(asked.query, use_default_graph_as_union=True)
    form = TRIPLES.get(media_type) or ROWS.get(media_type)
    assert form is not None
    return response(result.serialize(format=form) or b"", media_type + "; charset=utf-8")  # type: ignore[arg-type]


def put(url: str, text: str = "ASK {}", seconds: float = 10, **prefixes: str) -> Result:
    return Remote(url, prefixes, seconds).ask(Question("query", text))


def refused(answer: bytes | list[Part], text: str = "ASK {}", seconds: float = 10, **prefixes: str) -> str:
    """The sentence with which `answer` is refused, the server's address being HERE."""
    with endpoint(lambda _: answer) as server, pytest.raises(UserError) as error:
        put(server.url, text, seconds, **prefixes)
    sentence = str(error.value).replace(server.url, "HERE")
    assert "\n" not in sentence
    assert len(sentence) < 500
    return sentence


# the same answer as the embedded engine


@pytest.mark.parametrize("media_type", ROWS)
@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "md", "table"])
def test_rows_are_byte_for_byte_those_of_the_embedded_engine(
    run: Run, graph: Store, form: str, media_type: str
) -> None:
    name = NAMES[len(form) % len(NAMES)]
    here = run("query", name, "--format", form)
    with endpoint(lambda asked: said(asked, graph, media_type)) as server:
        there = run("query", name, "--format", form, "--endpoint", server.url)
    assert (there.stdout_bytes, there.stderr) == (here.stdout_bytes, "")


@pytest.mark.parametrize("media_type", TRIPLES)
@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf"])
def test_triples_are_byte_for_byte_those_of_the_embedded_engine(
    run: Run, graph: Store, form: str, media_type: str
) -> None:
    here = run("query", CONSTRUCT, "--format", form)
    with endpoint(lambda asked: said(asked, graph, media_type)) as server:
        there = run("query", CONSTRUCT, "--format", form, "--endpoint", server.url)
    assert (there.stdout_bytes, there.stderr) == (here.stdout_bytes, "")


def test_every_query_of_the_cookbook_can_be_asked_elsewhere(run: Run, graph: Store) -> None:
    with endpoint(lambda asked: said(asked, graph)) as server:
        for name in list(cookbook.queries())[::7]:
            assert run("query", name, "--endpoint", server.url).stdout == run("query", name).stdout, name


def test_a_short_text_needs_no_prefix_and_takes_parameters(run: Run, graph: Store) -> None:
    query = ["query", "SELECT ?l ?stars { ?l tp:stars ?stars }", "-p", "l=laureate:2020/cachan"]
    with endpoint(lambda asked: said(asked, graph)) as server:
        assert run(*query, "--endpoint", server.url).stdout == run(*query).stdout == f"l,stars\n{CACHAN},4\n"
        assert run("query", "ASK { ?s a tp:Laureate }", "--endpoint", server.url).stdout == "true\n"
        assert run("query", "-", "--endpoint", server.url, input="ASK { ?s a tp:Bird }").stdout == "false\n"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?l { ?l tp:stars ?s } ORDER BY ?l",
        "SELECT (COUNT(*) AS ?n) { ?l tp:stars ?s }",
        "SELECT ?l (MAX(?s) AS ?most) { ?l tp:stars ?s } GROUP BY ?l ORDER BY ?l LIMIT 3",
        "ASK { ?l tp:stars ?s FILTER(?s > 4) }",
        "SELECT ?l ?s { { SELECT ?l (MAX(?n) AS ?s) { ?l tp:stars ?n } GROUP BY ?l } } ORDER BY ?l",
        "CONSTRUCT WHERE { ?l tp:stars ?s }",
        "SELECT ?l { ?l a tp:Laureate }",
        "SELECT ?l {\n ?l tp:stars ?s nonsense }",
    ],
)
def test_a_value_means_the_same_here_and_there(run: Run, graph: Store, text: str) -> None:
    """Also of a variable that is not among those of the answer."""

    def answer(asked: Asked) -> bytes:
        try:
            return said(asked, graph)
        except SyntaxError as error:
            return response(str(error).encode(), "text/plain", 400)

    with endpoint(answer) as server:
        there = run("query", text, "-p", "s=4", "--endpoint", server.url)
    here = run("query", text, "-p", "s=4")
    assert (there.exit_code, there.stdout, there.stderr) == (here.exit_code, here.stdout, here.stderr)


def test_a_value_moves_no_mistake(run: Run) -> None:
    for values in ([], ["-p", "s=4"]):
        assert run("query", "SELECT ?l { ?l tp:stars ?s nonsense }", *values).stderr.startswith(
            "trophees: query:1:28: “nonsense” is not expected here"
        )


def test_an_endpoint_that_reads_no_backslash_is_sent_whole_names(run: Run, graph: Store) -> None:
    """Virtuoso 7.2; a mistake that is another stays where it is."""

    def answer(asked: Asked) -> bytes:
        return response(b"line 3: no", "text/plain", 400) if "\\" in asked.query else said(asked, graph)

    query = "SELECT ?v { laureate:2020/cachan#indicator-5 tp:value ?v }"
    with endpoint(answer) as server:
        assert run("query", query, "--endpoint", server.url).stdout == run("query", query).stdout == "v\n130000\n"
        assert len(server.asked) == 2
    with endpoint(response(b"line 3: no", "text/plain", 400)) as server:
        assert run("query", query, "--endpoint", server.url).stderr == "trophees: query:2: line 2: no\n"


def test_the_query_is_sent_as_it_is_written(run: Run) -> None:
    """Endpoints know words that SPARQL does not."""
    text = "ASK { SERVICE wikibase:label { bd:x bif:y 'é&=+#%' } }"
    with endpoint(response(TRUE)) as server:
        assert run("query", text, "--endpoint", server.url).stdout == "true\n"
    assert server.asked[0].query == text


# the protocol (SPARQL 1.1 Protocol, section 2.1)


def test_a_short_query_is_a_get_and_a_long_one_a_form_that_is_posted() -> None:
    with endpoint(response(TRUE)) as server:
        put(server.url + "?default-graph-uri=urn:g", "ASK {}")
        put(server.url + "?default-graph-uri=urn:g", "ASK {}" + " " * 2000)
    short, long = server.asked
    assert (short.method, short.target, short.body) == (
        "GET",
        "/sparql?default-graph-uri=urn:g&query=ASK%20%7B%7D",
        b"",
    )
    assert (long.method, long.target) == ("POST", "/sparql?default-graph-uri=urn:g")
    assert long.headers["content-type"] == "application/x-www-form-urlencoded"
    assert long.query.strip() == "ASK {}"


@pytest.mark.parametrize("status", [405, 414, 431])
def test_a_get_that_is_not_taken_is_posted(status: int) -> None:
    with endpoint(lambda asked: response(TRUE, status=status if asked.method == "GET" else 200)) as server:
        assert put(server.url)
    assert [asked.method for asked in server.asked] == ["GET", "POST"]


def test_the_client_says_who_it_is_and_what_it_reads() -> None:
    with endpoint(
        lambda asked: response(*((TRUE, "") if "results" in asked.headers["accept"] else (b"", "")))
    ) as server:
        put(server.url)
        put(server.url, CONSTRUCT)
    rows, triples = (asked.headers for asked in server.asked)
    assert rows["user-agent"].startswith("trophees/2")
    assert rows["accept"].startswith("application/sparql-results+json, application/sparql-results+xml;q=")
    assert triples["accept"].startswith("application/n-triples, text/turtle;q=")


@pytest.mark.parametrize("only", ROWS)
def test_an_endpoint_that_reads_no_list_is_asked_for_one_format_after_the_other(graph: Store, only: str) -> None:
    def answer(asked: Asked) -> bytes:
        return said(asked, graph, only) if asked.headers["accept"] == only else response(status=406)

    with endpoint(answer) as server:
        assert put(server.url, "ASK { ?x a ?y }")
    assert len(server.asked) == 2 + list(ROWS).index(only)


def test_none_of_the_formats_is_a_sentence() -> None:
    assert refused(response(status=406)).startswith("HERE: has none of the formats (406): application/sparql-res")


# redirects


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_followed_with_the_question(status: int) -> None:
    def answer(asked: Asked) -> bytes:
        return response(TRUE) if asked.target.startswith("/new") else response(status=status, location="/new?a=b")

    with endpoint(answer) as server:
        assert put(server.url, "ASK {}" + " " * 2000)
    assert [asked.method for asked in server.asked] == ["POST", "POST"]
    assert server.asked[1].query.strip() == "ASK {}"


def test_an_answer_that_is_elsewhere_is_fetched_there() -> None:
    def answer(asked: Asked) -> bytes:
        return response(TRUE) if asked.target == "/r%C3%A9sult" else response(status=303, location="/r\xc3\xa9sult")

    with endpoint(answer) as server:
        assert put(server.url, "ASK {}" + " " * 2000)
    assert [(asked.method, asked.body) for asked in server.asked][1] == ("GET", b"")


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("file:///etc/passwd", "HERE: leads to file:///etc/passwd, which is not followed"),
        ("ftp://127.0.0.1/x", "HERE: leads to ftp://127.0.0.1/x, which is not followed"),
        ("data:application/json,{}", "HERE: leads to data:application/json,%7B%7D, which is not followed"),
        ("javascript:alert(1)", "HERE: leads to javascript:alert(1), which is not followed"),
        ("http://u:secret@127.0.0.1/", "http://127.0.0.1/: credentials do not belong in an address"),
        ("http://x:y/", "http://x:y/: an address that begins with https:// or http:// is expected"),
        ("sparql", "HERE: more than 5 redirects"),
    ],
)
def test_a_redirect_leads_nowhere_but_to_the_web(location: str, sentence: str) -> None:
    found = refused(response(status=302, location=location))
    assert found.startswith(sentence)
    assert "secret" not in found


# attempts


@pytest.mark.parametrize("failure", [429, 502, 503, 504, "close", "cut", "garbage"])
def test_an_endpoint_that_fails_for_a_moment_is_asked_again(failure: int | str) -> None:
    failures = {"close": b"", "cut": response(TRUE)[:-5], "garbage": b"SSH-2.0-OpenSSH\r\n"}

    def answer(_: Asked) -> bytes:
        if len(server.asked) > 2:
            return response(TRUE)
        return response(status=failure) if isinstance(failure, int) else failures[failure]

    with endpoint(answer) as server:
        assert put(server.url)
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 501])
def test_an_endpoint_that_refuses_is_not_asked_again(status: int) -> None:
    with endpoint(response(status=status)) as server, pytest.raises(UserError, match=str(status)):
        put(server.url)
    assert len(server.asked) == 1


def test_the_attempts_come_to_an_end() -> None:
    with endpoint(response(b"come back", "text/plain", 503)) as server, pytest.raises(UserError) as error:
        put(server.url)
    assert str(error.value) == f"{server.url}: busy, or out of order (503): come back"
    assert len(server.asked) == transport.ATTEMPTS


@pytest.mark.slow
@pytest.mark.parametrize("dated", [False, True])
def test_the_time_that_the_endpoint_asks_for_is_waited(dated: bool) -> None:
    def answer(_: Asked) -> bytes:
        later = formatdate(time.time() + 2, usegmt=True) if dated else "1"
        return response(TRUE) if len(server.asked) > 1 else response(status=503, retry_after=later)

    with endpoint(answer) as server:
        start = time.monotonic()
        assert put(server.url)
    assert time.monotonic() - start >= 0.9


@pytest.mark.parametrize("later", ["3600", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_time_that_is_too_long_is_not_waited(later: str) -> None:
    start = time.monotonic()
    assert "busy (503): to be asked again in" in refused(response(status=503, retry_after=later))
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("later", ["", "soon", "-1", "1e9", "٣", "Mon, 99 Foo 2020"])
def test_a_time_that_is_none_is_ignored(later: str) -> None:
    start = time.monotonic()
    assert "(503)" in refused(response(status=503).replace(b"\r\n\r\n", f"\r\nRetry-After: {later}\r\n\r\n".encode()))
    assert time.monotonic() - start < 5


# time, size, and answers that stop


def slow(head: bytes, drop: bytes) -> list[Part]:
    return [head, *(part for _ in range(100) for part in (0.05, drop))]


@pytest.mark.slow
@pytest.mark.parametrize(
    "answer",
    [
        [5.0],
        slow(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        slow(b"HTTP/1.1 200 OK\r\n\r\n", b" "),
        slow(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    ],
    ids=["silence", "a slow header", "a slow body", "slow chunks"],
)
def test_a_slow_endpoint_is_given_no_more_than_its_time(answer: list[Part]) -> None:
    start = time.monotonic()
    assert refused(answer, seconds=0.3) == "HERE: no answer in time: it can be given more (timeout)"
    assert time.monotonic() - start < 2


def test_too_large_an_answer_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST", 1 << 20)
    assert "larger than 1 MiB: ask for less" in refused(response(b" " * (1 << 21)))
    bomb = gzip.compress(b" " * (1 << 26))
    assert len(bomb) < 1 << 20
    assert "larger than 1 MiB: ask for less" in refused(response(bomb, content_encoding="gzip"))


def test_a_compressed_answer_is_read_and_its_end_is_missed() -> None:
    packed = gzip.compress(TRUE)
    with endpoint(response(packed, content_encoding="gzip")) as server:
        assert put(server.url)
    assert server.asked[0].headers["accept-encoding"] == "gzip"
    members = b"".join(gzip.compress(TRUE[place : place + 5]) for place in range(0, len(TRUE), 5))
    with endpoint(response(members, content_encoding="gzip")) as server:
        assert put(server.url)
    for wrong in (packed[:-4], packed[:12], TRUE, members[:-4], members[:-30], packed + b"rubbish", packed + b"\0"):
        assert refused(response(wrong, content_encoding="gzip")).startswith("HERE: ")
    assert "coding “br”" in refused(response(TRUE, content_encoding="br"))


ANSWERS = {
    QueryResultsFormat.JSON: b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri","value":"urn:b"}}]}}\n',
    QueryResultsFormat.XML: b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    b'<variable name="a"/></head><results><result><binding name="a"><uri>urn:b</uri></binding></result></results>'
    b"</sparql>",
    RdfFormat.RDF_XML: b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    b'<rdf:Description rdf:about="http://e/a"><e:p rdf:resource="http://e/b"/></rdf:Description></rdf:RDF>',
    RdfFormat.JSON_LD: b'[{"@id":"http://e/a","http://e/p":[{"@value":"x"}]}]',
}
MEDIA_TYPES = {form: media_type for media_type, form in (ROWS | TRIPLES).items()}


@pytest.mark.parametrize("form", ANSWERS, ids=lambda form: form.name)
def test_an_answer_that_is_cut_off_anywhere_is_refused(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the server says that this is all of it, as does one that ran out of time."""
    whole, text = ANSWERS[form], CONSTRUCT if isinstance(form, RdfFormat) else "SELECT ?a {}"
    assert len(list(received(whole, MEDIA_TYPES[form], text, monkeypatch))) == 1  # type: ignore[arg-type]
    for length in range(len(whole.rstrip())):
        with pytest.raises(UserError):
            received(whole[:length], MEDIA_TYPES[form], text, monkeypatch)
    with endpoint(response(whole[:-5], MEDIA_TYPES[form])) as server, pytest.raises(UserError):
        put(server.url, text)


def test_no_triple_is_an_answer_in_every_format() -> None:
    empty = {
        "application/rdf+xml": b'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>\n',
        "application/ld+json": b"[]",
    }
    for media_type in TRIPLES:
        with endpoint(response(empty.get(media_type, b""), media_type)) as server:
            assert put(server.url, CONSTRUCT) == []


def received(body: bytes, media_type: str, text: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    """What becomes of an answer, without the time that a connection takes."""
    answer = transport.Response(200, media_type, "", "", body)
    monkeypatch.setattr("trophees.ask.endpoint.send", lambda *_: answer)
    return put("http://example.org/", text)


@pytest.mark.parametrize("media_type", TRIPLES)
def test_a_connection_that_ends_early_is_noticed_whatever_is_sent(media_type: str) -> None:
    body = b"<urn:a> <urn:b> <urn:c> .\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n".encode()
    chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n"
    for answer in (
        head + b"Content-Length: 1000\r\n\r\n" + body,
        head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk,
        head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"ff\r\n<urn:a>",
        head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"zz\r\n<urn:a>",
    ):
        assert "cut off" in refused(answer, CONSTRUCT)


# answers that are none


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (
            response(b"<!DOCTYPE html><title>Sign in \x1b[31m&amp; wait</title>", "text/html"),
            "HERE: answers with a web page (“Sign in [31m& wait”), not with results: is it the endpoint's own address?",
        ),
        (
            response(b"\n<!-- x -->\n<HTML><body>", "application/sparql-results+json"),
            "HERE: answers with a web page (without a title), not with results: is it the endpoint's own address?",
        ),
        (
            response(b"a\n1\n", "text/csv"),
            "HERE: answers with text/csv, not with rows in one of: application/sparql-results+json, "
            "application/sparql-results+xml, text/tab-separated-values",
        ),
        (response(b"", ""), "HERE: answers with no media type, not with rows in one of: "),
        (response(b'{"error": "x"}', "application/json"), "HERE: the answer is no valid SPARQL Results in JSON: "),
        (response(b"", "application/json"), "HERE: the answer is cut off after 0 bytes"),
        (response(b"[]", "application/ld+json"), "HERE: answers with application/ld+json, not with rows in one of: "),
        (response(status=204), "HERE: failed (204)"),
        (response(status=302), "HERE: failed (302)"),
        (response(b"HTTP", status=999), "HERE: failed (999)"),
        (response(b"oh\x07 no\n\n" * 999, "text/plain", 500), "HERE: failed (500): oh no oh no oh no"),
        (response(status=401), "HERE: asks for credentials, or does not take them (401): write them in ~/.netrc"),
        (response(status=404), "HERE: there is no endpoint (404)"),
    ],
)
def test_what_is_no_answer_is_a_sentence(answer: bytes, sentence: str) -> None:
    assert refused(answer).startswith(sentence)


def test_entities_of_xml_are_not_expanded() -> None:
    laughs = b'<!DOCTYPE rdf:RDF [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + ANSWERS[RdfFormat.RDF_XML].replace(
        b">x<", b">&b;<"
    )
    assert "declares XML entities" in refused(response(laughs, "application/rdf+xml"), CONSTRUCT)
    rows = b'<!DOCTYPE sparql [<!ENTITY a "ha">]>' + ANSWERS[QueryResultsFormat.XML].replace(b"urn:b", b"urn:&a;")
    assert "declares XML entities" in refused(response(rows, "application/xml"), "SELECT ?a {}")


RDF_XML = 'xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"'
MANY = [f"v{number}" for number in range(200_000)]
# each keeps a parser busy for a minute and more, or ends its process
BOMBS = {
    "deep RDF/XML": (
        "application/rdf+xml",
        f"<r:RDF {RDF_XML}>" + "<r:Description><e:p>" * 60_000 + "</e:p></r:Description>" * 60_000 + "</r:RDF>",
    ),
    "a term in a term": (
        "application/n-triples",
        "<e:s> <e:p> " + "<<( <e:s> <e:p> " * 50_000 + "<e:o>" + " )>>" * 50_000 + " .\n",
    ),
    "a chain of prefixes": (
        "application/ld+json",
        json.dumps({"@context": {f"t{n + 1}": f"t{n}:a" for n in range(20_000)} | {"t0": "http://e/"}, "t20000": 1}),
    ),
    "200,000 variables": (
        "application/sparql-results+json",
        json.dumps({"head": {"vars": MANY}, "results": {"bindings": [{}]}}),
    ),
    "deep results": (
        "application/sparql-results+json",
        '{"head":{"vars":["a"]},"results":{"bindings":[{"a":'
        + '{"type":"triple","value":{"subject":{"type":"uri","value":"e:s"},"predicate":{"type":"uri","value":"e:p"},'
        '"object":' * 20_000 + '{"type":"uri","value":"e:o"}' + "}}" * 20_000 + "}]}}",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", BOMBS)
def test_no_answer_takes_longer_to_be_read_than_its_time_or_ends_the_client(kind: str) -> None:
    """Each in a process that is ended; a sentence says what it is."""
    media_type, body = BOMBS[kind]
    rows = media_type.endswith("results+json")
    told = refused(response(body.encode(), media_type), "SELECT ?a {}" if rows else CONSTRUCT, seconds=3)
    assert re.fullmatch("HERE: the answer cannot be read(: it is nested too deeply, .*| in time: .*)", told)


@pytest.mark.parametrize(
    ("media_type", "text"),
    [("text/turtle", "<urn:a> <urn:b> <urn:c> ."), ("text/tab-separated-values", "?a\n<urn:c>\n")],
)
@pytest.mark.parametrize("size", [0, 9000])
def test_a_byte_order_mark_is_no_part_of_the_answer(media_type: str, text: str, size: int) -> None:
    body = (text + "\n" * size if media_type == "text/turtle" else text + "<urn:c>\n" * (size // 8)).encode("utf-8-sig")
    with endpoint(response(body, media_type)) as server:
        assert list(put(server.url, CONSTRUCT if media_type == "text/turtle" else "SELECT ?a {}"))  # type: ignore[arg-type]


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/octet-stream", "application/json"])
def test_a_vague_media_type_does_no_harm(media_type: str) -> None:
    with endpoint(response(ANSWERS[QueryResultsFormat.JSON], media_type)) as server:
        assert isinstance(put(server.url, "SELECT ?a {}"), QuerySolutions)
    if media_type != "application/json":
        with endpoint(response(b"PREFIX e: <urn:>\ne:a e:b e:c .", media_type)) as server:
            assert len(list(put(server.url, CONSTRUCT))) == 1  # type: ignore[arg-type]


def told_as(body: bytes, media_type: str, text: str, patch: pytest.MonkeyPatch) -> list[object]:
    """What `received` holds."""
    answer = received(body, media_type, text, patch)
    assert not isinstance(answer, QueryBoolean)
    return list(answer)


def sentence(action: Callable[[], object]) -> str:
    """Why `action` fails, if it does."""
    try:
        action()
    except UserError as error:
        return str(error)
    return ""


@given(st.binary(max_size=60), st.sampled_from([*ROWS, *TRIPLES, "text/html", ""]), st.booleans())
def test_no_answer_whatever_it_says_is_more_than_a_sentence(tail: bytes, media_type: str, triples: bool) -> None:
    known: dict[str, Form] = {**ROWS, **TRIPLES}
    whole = ANSWERS.get(known.get(media_type, RdfFormat.TURTLE), b"")
    text = CONSTRUCT if triples else "SELECT ?a {}"
    bodies = (tail, whole[: len(tail) * 5] + tail, whole + tail)
    with pytest.MonkeyPatch.context() as patch:
        for read in [partial(told_as, body, media_type, text, patch) for body in bodies]:
            assert sentence(read).isprintable()


def test_no_bytes_whatever_they_are_are_more_than_a_sentence() -> None:
    sent = [b""]

    @settings(max_examples=40)
    @given(st.binary(max_size=200), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 400 X\r\n\r\n<html>"]))
    def send(data: bytes, head: bytes) -> None:
        sent[0] = head + data
        assert sentence(lambda: put(server.url, seconds=1)).isprintable()

    with endpoint(lambda _: sent[0]) as server:
        send()


# what is at fault in the question


@pytest.mark.parametrize(
    ("body", "media_type", "sentence"),
    [
        (b"error at 2:8: expected [_]", "text/plain", "query:1:8: expected [_]"),
        (b'Parse error: Encountered "}" at line 3, column 5.\n\nWas expecting:', "text/plain",
         'query:2:5: Parse error: Encountered "}" at line 2, column 5. Was expecting:'),
        (b"Expected SelectQuery (at char 8), (line:2, col:9)", "text/plain", "query:1:9: Expected SelectQuery (at "
         "char 8), (line:1, col:9)"),
        (b"<html><head><title>400</title></head><h1>Bad</h1> line 2: &quot;x&quot;</html>", "text/html",
         'query:1: Bad line 1: "x"'),
        (b'{"title": "Bad", "detail": "no such function"}', "application/problem+json", "query: no such function"),
        (b'{"title": "expected X", "status": 400, "line": 2, "column": 7}', "application/problem+json",
         "query:1:7: expected X"),
        (b'{"title": "expected X", "line": "2", "column": null}', "application/problem+json", "query: expected X"),
        (b'{"error": {"a": 1}}', "application/json", "HERE: finds the question at fault (400)"),
        (b"[" * 99999, "application/json", "query: [[["),
        (b"error at 1:8: x", "text/plain", "query: error at 1:8: x"),
        (b"", "text/plain", "HERE: finds the question at fault (400), and does not say why"),
    ],
)  # fmt: skip
def test_the_place_is_that_in_the_question(body: bytes, media_type: str, sentence: str) -> None:
    """The declarations of prefixes make a line of their own before it."""
    assert refused(response(body, media_type, 400), "ASK { ?x tp:a 1 }", tp="urn:").startswith(sentence)


def test_an_update_is_no_question() -> None:
    with pytest.raises(UserError, match="query: a SELECT, ASK, CONSTRUCT or DESCRIBE is expected"):
        put("http://127.0.0.1:1/", "DROP ALL")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["ASK {}", "--data", "x.ttl"],
            "--endpoint asks a graph elsewhere: --data, --only-data and --places are for the one",
        ),
        (
            ["ASK {}", "--only-data"],
            "--endpoint asks a graph elsewhere: --data, --only-data and --places are for the one",
        ),
        (["ASK {}", "-p", "x=1"], "query: the query has no variable ?x"),
        (["laureates-in-regio"], "no query is called “laureates-in-regio”"),
    ],
)
def test_what_cannot_be_asked_is_not_sent(run: Run, arguments: list[str], sentence: str) -> None:
    with endpoint(response(TRUE)) as server:
        result = run("query", *arguments, "--endpoint", server.url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"trophees: {sentence}")
    assert not server.asked


def test_a_time_limit_is_for_an_endpoint(run: Run) -> None:
    assert run("query", "ASK {}", "--timeout", "3").stderr == "trophees: --timeout is for --endpoint\n"
    for number in ("0", "-1", "nan", "inf", "1e9"):
        sentence = run("query", "ASK {}", "--timeout", number, "--endpoint", "http://127.0.0.1:1/").stderr
        assert re.fullmatch(r"trophees: timeout \S+: a number of seconds up to 86400 is expected\n", sentence)


# addresses and credentials


@pytest.mark.parametrize(
    "url",
    ["", "x", "file:///etc/passwd", "ftp://x/", "http://", "http:///x", "https://[x/", "http://x:y/", "http://x:99999/",
     "http://x y/", "http://x/\nHost: y", "http://" + "é" * 99, "javascript:alert(1)"],
)  # fmt: skip
def test_an_address_that_is_none_is_said(url: str) -> None:
    with pytest.raises(UserError, match="an address that begins with https:// or http:// is expected"):
        put(url)


def test_credentials_in_an_address_are_refused_and_not_shown(run: Run) -> None:
    result = run("query", "ASK {}", "--endpoint", "https://marie:s3cret@example.org/sparql?key=s3cret#s3cret")
    assert result.stderr == (
        "trophees: https://example.org/sparql: credentials do not belong in an address: write them in ~/.netrc\n"
    )


@pytest.mark.parametrize("url", ["https:/u:s3cret@x/", "https://u:s3/cret@x/", "https://u:s3?cret@x/", "u:s3cret@x"])
def test_credentials_in_what_is_no_address_are_not_shown(url: str) -> None:
    with pytest.raises(UserError) as error:
        put(url)
    assert "s3" not in str(error.value)


def test_credentials_come_from_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login marie password s3cret\ndefault login x password y\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    with endpoint(response(TRUE)) as server:
        put(server.url)
        put(server.url.replace("127.0.0.1", "localhost"))
    assert server.asked[0].headers["authorization"] == "Basic bWFyaWU6czNjcmV0"
    assert "authorization" not in server.asked[1].headers
    file.write_text("machine s3cret s3cret\n")
    with pytest.raises(UserError, match="cannot be read, or is readable by others") as error:
        put(server.url)
    assert "s3cret" not in str(error.value)


def test_credentials_do_not_follow_to_another_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login marie password s3cret\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))

    def answer(asked: Asked) -> bytes:
        there = server.url.replace("127.0.0.1", "localhost") + "/there"
        return response(TRUE) if "there" in asked.target else response(status=307, location=there)

    with endpoint(answer) as server:
        assert put(server.url)
    assert ["authorization" in asked.headers for asked in server.asked] == [True, False]


def test_credentials_are_not_sent_where_others_can_read_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine example.org login marie password s3cret\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    assert transport._credentials("http://example.org/") == {}
    assert transport._credentials("https://example.org/") != {}


# connections


def test_no_server_and_no_host_are_sentences() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(UserError, match=r"^http://127.0.0.1:\d+/: connection refused$"):
            put(f"http://127.0.0.1:{free.getsockname()[1]}/")
    with pytest.raises(UserError, match=r"^http://trophees\.invalid/: "):
        put("http://trophees.invalid/", seconds=3)


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("no_proxy")
    transport._opener.cache_clear()
    with endpoint(response(TRUE)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        assert put("http://example.invalid/sparql")
    transport._opener.cache_clear()
    assert proxy.asked[0].target == "http://example.invalid/sparql?query=ASK%20%7B%7D"


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a certificate that nobody vouches for."""
    folder = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    names = ["-subj", "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2"]
    subprocess.run([*command, *names], cwd=folder, capture_output=True, check=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=serve, daemon=True).start()
        yield f"https://localhost:{listener.getsockname()[1]}/"


def test_a_certificate_that_is_not_trusted_is_a_sentence(secure: str) -> None:
    with pytest.raises(UserError, match=r"localhost:\d+/: its certificate is not trusted \(self-signed certificate\)"):
        put(secure)


def test_a_server_without_tls_is_a_sentence() -> None:
    with endpoint(response(TRUE)) as server, pytest.raises(UserError, match=r": no secure connection \("):
        put(server.url.replace("http:", "https:"))


def test_nothing_is_written_before_the_answer_is_whole(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    with endpoint(response(ANSWERS[QueryResultsFormat.JSON][:-5])) as server:
        assert run("query", "SELECT ?a {}", "--endpoint", server.url, "-o", file).exit_code == 2
    assert not file.exists()


def test_the_fixture_of_a_good_endpoint_is_one(graph: Store) -> None:
    with endpoint(lambda asked: said(asked, graph)) as server:
        found = put(server.url, "ASK {}")
    assert isinstance(found, QueryBoolean)
    assert parse_query_results(TRUE, format=QueryResultsFormat.JSON) == found
    assert parse_qs(urlsplit(server.asked[0].target).query) == {"query": ["ASK {}"]}
