"""What a request to the endpoint asks, in which format it is answered, and how it is logged: without a server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trophees.ask.text import keywords
from trophees.hosting.formats import RDF, ROWS, choose, coding
from trophees.serve.backend.federation import allowed
from trophees.serve.backend.refusals import Refused
from trophees.serve.front.protocol import DIRECT, FORM, Question, graph, read
from trophees.serve.log import AccessLog

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "rows", "rdf"),
    [
        ("", "json", "ttl"),
        ("*/*", "json", "ttl"),
        ("application/sparql-results+xml", "xml", ""),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.5", "tsv", ""),
        ("application/sparql-results+json;q=0, */*;q=0.1", "xml", "ttl"),
        ("application/json", "json", "jsonld"),
        ("application/rdf+xml, text/turtle;q=0.9", "", "rdf"),
        ("application/n-triples;q=0.9, text/turtle;q=0.8", "", "nt"),
        ("application/*", "json", "nt"),
        ("image/png", "", ""),
        ("text/turtle;q=0", "", ""),
        (BROWSER, "xml", "rdf"),
    ],
)
def test_accept_gives_the_format(accept: str, rows: str, rdf: str) -> None:
    assert (choose(ROWS, accept), choose(RDF, accept)) == (rows, rdf)


@pytest.mark.parametrize(
    ("wished", "rows", "rdf"),
    [
        ("json", "json", "jsonld"),
        ("xml", "xml", "rdf"),
        ("csv", "csv", ""),
        ("tsv", "tsv", ""),
        ("ttl", "", "ttl"),
        ("turtle", "", "ttl"),
        ("nt", "", "nt"),
        ("jsonld", "", "jsonld"),
        ("json-ld", "", "jsonld"),
        ("rdf", "", "rdf"),
        ("rdf+xml", "", "rdf"),
        ("text/csv", "csv", ""),
        ("application/sparql-results+xml", "xml", ""),
        ("pdf", "", ""),
    ],
)
def test_the_parameter_wins_over_accept(wished: str, rows: str, rdf: str) -> None:
    assert (choose(ROWS, "image/png", [wished]), choose(RDF, "image/png", [wished])) == (rows, rdf)


@pytest.mark.parametrize(
    ("accepted", "used"),
    [("", ""), ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0.1, gzip", "gzip"), ("identity", ""),
     ("gzip;q=0", ""), ("*", "br"), ("br;q=0, *", "gzip"), ("gzip;q=0.5, identity", "")],
)  # fmt: skip
def test_content_coding(accepted: str, used: str) -> None:
    assert coding(accepted) == used


def test_the_same_question_three_ways() -> None:
    asked = Question("ASK {}", ("urn:d",), ("urn:n", "urn:m"), ("json",))
    graphs = b"default-graph-uri=urn%3Ad&named-graph-uri=urn:n&named-graph-uri=urn:m&format=json"
    assert read("GET", b"query=ASK+%7B%7D&" + graphs) == asked
    assert read("POST", b"", FORM + "; charset=UTF-8", b"query=ASK%20{}&" + graphs) == asked
    assert read("POST", graphs, DIRECT, b"ASK {}") == asked
    assert read("GET", b"") is read("HEAD", b"format=ttl") is None


def test_one_kind_of_graph_leaves_the_other_empty() -> None:
    assert read("GET", b"query=ASK{}&default-graph-uri=urn:a") == Question("ASK{}", ("urn:a",), ())
    assert read("GET", b"query=ASK{}&named-graph-uri=urn:a") == Question("ASK{}", (), ("urn:a",))


@pytest.mark.parametrize(
    ("method", "address", "type_", "body", "status", "sentence"),
    [
        ("GET", b"query=ASK{}&query=ASK{}", "", b"", 400, "Exactly one query is expected, not 2"),
        ("POST", b"query=ASK{}", FORM, b"query=ASK{}", 400, "not 2"),
        ("POST", b"", FORM, b"", 400, "not 0"),
        ("GET", b"query=%", "", b"", 400, "% of the address"),
        ("GET", b"query=a&x=%e", "", b"", 400, "at byte 11"),
        ("GET", b"query=%ff", "", b"", 400, "not in UTF-8"),
        ("GET", b"query=%00", "", b"", 400, "null character"),
        ("GET", b"a=b&" * 300, "", b"", 400, "more than 200 parameters"),
        ("GET", b"query=a&default-graph-uri=here", "", b"", 400, "absolute IRI, not “here”"),
        ("GET", b"query=a&named-graph-uri=urn:a%0D%0Ab", "", b"", 400, "absolute IRI"),
        ("GET", b"update=DROP%20ALL", "", b"", 403, "read-only"),
        ("POST", b"", FORM, b"update=DROP%20ALL", 403, "read-only"),
        ("POST", b"", "application/sparql-update", b"DROP ALL", 403, "read-only"),
        ("POST", b"", "", b"ASK {}", 415, "not missing"),
        ("POST", b"", "text/plain", b"ASK {}", 415, "not text/plain"),
        ("POST", b"", DIRECT, b"ASK {\n\xff}", 400, "not in UTF-8"),
        ("POST", b"", DIRECT + "; charset=UTF-16", "ASK {}".encode("utf-16"), 415, "not in UTF-16"),
    ],
)
def test_what_is_refused_and_why(
    method: str, address: bytes, type_: str, body: bytes, status: int, sentence: str
) -> None:
    with pytest.raises(Refused, match=re.escape(sentence)) as refused:
        read(method, address, type_, body)
    assert refused.value.status == status


@given(st.sampled_from(["GET", "POST"]), st.binary(max_size=80), st.sampled_from(["", FORM, DIRECT]), st.binary())
def test_any_bytes_are_a_question_or_refused(method: str, address: bytes, type_: str, body: bytes) -> None:
    try:
        asked, status = read(method, address, type_, body), 200
    except Refused as refused:
        asked, status = None, refused.status
    assert status in (200, 400, 403, 415)
    assert asked is None or asked.query.encode("utf-8") is not None


def test_a_graph_is_named_once() -> None:
    assert graph(b"default") == graph(b"default=") == ""
    assert graph(b"graph=urn%3Ag") == "urn:g"
    assert graph(b"") is None
    for two in (b"default&graph=urn:g", b"graph=urn:a&graph=urn:b"):
        with pytest.raises(Refused, match="one graph"):
            graph(two)


HOSTS = ("sparql.example", "127.0.0.1:99")


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { SERVICE <https://sparql.example/q?a#b> { ?s ?p ?o } }", ""),
        ("SELECT * { service silent\n<http://127.0.0.1:99> { ?s ?p ?o } }", ""),
        ("SELECT * { SERVICE <https://sparql.example/service> { ?s ?p ?o } }", ""),
        ("SELECT * { SERVICE <https://other.example/> { } }", "<other.example> is not allowed"),
        ("SELECT * { SERVICE <https://sparql.example@other.example/> { } }", "in full"),
        ("SELECT * { SERVICE <https://sparql.example:80/> { } }", "is not allowed"),
        ("SELECT * { SERVICE ?any { } }", "in full"),
        ("PREFIX x: <https://sparql.example/> SELECT * { SERVICE x:q { } }", "in full"),
        ("BASE <https://other.example/> SELECT * { SERVICE <q> { } }", "in full"),
        ("SELECT * { SERVICE <file:///etc/passwd> { } }", "in full"),
        ("SELECT * { SERVICE <https://sparql.example/> { } # ' \nSERVICE # \n <http://other.example/> {} }", "in full"),
    ],
)
def test_services_are_allowed_by_name(query: str, reason: str) -> None:
    found = allowed(query, HOSTS)
    assert reason in found
    assert (found == "") == (reason == "")
    assert allowed(query, ()).startswith("SERVICE is not available")


def test_keywords_are_found_where_they_are_keywords() -> None:
    text = "SELECT ?service { ?from a:load \"FROM\" ; <urn:SERVICE> '''x' DELETE''' } # INSERT\n HAVING"
    assert keywords(text).replace("\0", " ").split() == ["SELECT", "{", "A", ";", "}", "HAVING"]
    for hostile in ('"' + '\\"' * 200_000, "<" * 400_000, "'''\\'" * 100_000, '"""' + "\"'" * 100_000):
        keywords(hostile)  # each would take minutes if any part were read twice


def test_a_line_of_the_log_is_one_line_whatever_was_asked(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as file:
        log = AccessLog(file.fileno())
        log.write("127.0.0.1", 'GET /\r\n1.2.3.4 - - "x\\ é\x1b[2J HTTP/1.1', 200, 5)
        log.write("", "", 400, 0)
    first, second = (tmp_path / "log").read_text("ascii").splitlines()
    assert re.fullmatch(r"127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] .*", first)
    assert first.endswith(r'"GET /\x0d\x0a1.2.3.4 - - \"x\\ \xe9\x1b[2J HTTP/1.1" 200 5')
    assert second.endswith('"-" 400 -')
