"""The test cases of the W3C for the SPARQL 1.1 Protocol, under their names, in our words.

They are the entries of the manifest `sparql11/protocol` of the W3C's rdf-tests. Its updates must be refused here,
cleanly and changing nothing: this endpoint is read-only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from serving.conftest import Served, site

pytestmark = pytest.mark.xdist_group("serving")

DATA = "http://data.example/"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
TRIG = "".join(f"<{DATA}{n}> {{ <{DATA}{n}> a <urn:Document> }}\n" for n in range(4))
BOTH = f"ASK {{ <{DATA}1> a ?t . <{DATA}2> a ?t }}"
NAMED = f"ASK {{ GRAPH ?g {{ <{DATA}1> a ?t }} GRAPH ?h {{ <{DATA}2> a ?t }} }}"
FULL = f"ASK {{ <{DATA}3> a ?t . GRAPH ?g {{ <{DATA}1> a ?t }} GRAPH ?h {{ <{DATA}2> a ?t }} }}"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served.start(site(tmp_path_factory.mktemp("w3c") / "publish", TRIG))
    yield server
    assert server.stop() == 0


def graphs(default: tuple[int, ...] = (), named: tuple[int, ...] = ()) -> list[tuple[str, str]]:
    given = [("default-graph-uri", f"{DATA}{n}") for n in default]
    return given + [("named-graph-uri", f"{DATA}{n}") for n in named]


def get(endpoint: Served, query: str, *more: tuple[str, str]) -> bool:
    answer = endpoint.ask("/sparql?" + urlencode([("query", query), *more]))
    assert answer.status == 200, answer
    return bool(json.loads(answer.body)["boolean"])


def post(endpoint: Served, query: str, *more: tuple[str, str]) -> bool:
    answer = endpoint.ask("/sparql?" + urlencode(more), "POST", query.encode(), Content_Type=QUERY)
    assert answer.status == 200, answer
    return bool(json.loads(answer.body)["boolean"])


def test_query_get(endpoint: Served) -> None:
    assert get(endpoint, "ASK {}")


def test_query_post_form(endpoint: Served) -> None:
    address = "/sparql?" + urlencode(graphs((0,)))
    answer = endpoint.ask(address, "POST", b"query=ASK%20%7B%7D", Content_Type=FORM)
    assert (answer.status, json.loads(answer.body)["boolean"]) == (200, True)


def test_query_dataset_default_graphs_post_form(endpoint: Served) -> None:
    """The graphs may stand in the form, too; those of the address count with them."""

    def form(query: str, address: list[tuple[str, str]], *more: tuple[str, str]) -> bool:
        body = urlencode([("query", query), *more]).encode()
        answer = endpoint.ask("/sparql?" + urlencode(address), "POST", body, Content_Type=FORM)
        assert answer.status == 200, answer
        return bool(json.loads(answer.body)["boolean"])

    assert form(BOTH, [], *graphs((1, 2)))
    assert not form(BOTH, [], *graphs((1,)))
    assert form(FULL, graphs((3,)), *graphs((), (1, 2)))
    assert not form(f"ASK {{ <{DATA}1> a ?t }}", [], *graphs((), (1, 2)))


def test_query_post_direct(endpoint: Served) -> None:
    assert post(endpoint, "ASK {}", *graphs((0,)))


def test_query_dataset_default_graphs_get(endpoint: Served) -> None:
    assert get(endpoint, BOTH, *graphs((1, 2)))
    assert not get(endpoint, BOTH, *graphs((1,)))


def test_query_dataset_default_graphs_post(endpoint: Served) -> None:
    assert post(endpoint, BOTH, *graphs((1, 2)))
    assert not post(endpoint, BOTH, *graphs((0, 2)))


def test_query_dataset_named_graphs_get(endpoint: Served) -> None:
    assert get(endpoint, NAMED, *graphs((), (1, 2)))
    assert not get(endpoint, NAMED, *graphs((), (1, 3)))


def test_query_dataset_named_graphs_post(endpoint: Served) -> None:
    assert post(endpoint, NAMED, *graphs((), (1, 2)))
    assert not post(endpoint, f"ASK {{ <{DATA}1> a ?t }}", *graphs((), (1, 2))), "the default graph is empty then"


def test_query_dataset_full(endpoint: Served) -> None:
    assert post(endpoint, FULL, *graphs((3,), (1, 2)))
    assert not post(endpoint, FULL, *graphs((2,), (1, 3)))


def test_query_multiple_dataset(endpoint: Served) -> None:
    """What the request says wins over the FROM of the query."""
    query = f"ASK FROM <{DATA}3> {{ GRAPH ?g {{ <{DATA}1> a ?t }} GRAPH ?h {{ <{DATA}2> a ?t }} }}"
    assert post(endpoint, query, *graphs((), (1, 2)))
    assert get(endpoint, f"ASK FROM <{DATA}1> {{ <{DATA}3> a ?t }}", *graphs((3,)))


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("SELECT (1 AS ?x) {}", {"application/sparql-results+xml", "application/sparql-results+json",
                                 "text/tab-separated-values", "text/csv"}),
        ("ASK {}", {"application/sparql-results+xml", "application/sparql-results+json"}),
        ("DESCRIBE <urn:x>", {"application/rdf+xml", "text/turtle", "application/n-triples"}),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", {"application/rdf+xml", "text/turtle"}),
    ],
)  # fmt: skip
def test_query_content_type(endpoint: Served, query: str, types: set[str]) -> None:
    for type_ in types:
        found = endpoint.ask("/sparql?" + urlencode({"query": query}), Accept=type_)
        assert (found.status, found.content_type) == (200, f"{type_}; charset=utf-8")
    known = endpoint.ask("/sparql?" + urlencode({"query": query})).content_type.removesuffix("; charset=utf-8")
    assert known in types | {"text/turtle"}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_bad_query_method(endpoint: Served, method: str) -> None:
    answer = endpoint.ask("/sparql?query=ASK%20%7B%7D", method)
    assert (answer.status, answer.allow) == (405, "GET, HEAD, POST, OPTIONS")


def refused(
    endpoint: Served, path: str, body: bytes | None = None, type_: str = "", status: int = 400, lines: int = 1
) -> None:
    headers = {"Content_Type": type_} if type_ else {}
    answer = endpoint.ask(path, "GET" if body is None else "POST", body, **headers)
    assert (answer.status, answer.content_type) == (status, "text/plain; charset=utf-8")
    assert answer.body.count(b"\n") == lines, "one sentence"


def test_bad_multiple_queries(endpoint: Served) -> None:
    refused(endpoint, "/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D")
    refused(endpoint, "/sparql", b"query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", FORM)


def test_bad_query_wrong_media_type(endpoint: Served) -> None:
    refused(endpoint, "/sparql", b"ASK {}", "text/plain", 415)


def test_bad_query_missing_form_type(endpoint: Served) -> None:
    refused(endpoint, "/sparql", b"query=ASK%20%7B%7D", "", 415)


def test_bad_query_missing_direct_type(endpoint: Served) -> None:
    refused(endpoint, "/sparql", b"ASK {}", "", 415)


def test_bad_query_non_utf8(endpoint: Served) -> None:
    refused(endpoint, "/sparql", "ASK {}".encode("utf-16"), QUERY + "; charset=UTF-16", 415)
    refused(endpoint, "/sparql", "ASK {}".encode("utf-16"), QUERY)


def test_bad_query_syntax(endpoint: Served) -> None:
    refused(endpoint, "/sparql?query=ASK%20%7B", lines=4)  # in each language, and the line with the place below


UPDATES = [
    pytest.param("", b"update=INSERT%20DATA%20%7B%3Curn%3Ax%3E%20a%20%3Curn%3AX%3E%7D", FORM, id="update_post_form"),
    pytest.param("", b"INSERT DATA { <urn:x> a <urn:X> }", UPDATE, id="update_post_direct"),
    pytest.param("", b"BASE <http://b.example/> INSERT DATA { <urn:x> a <X> }", UPDATE, id="update_base_uri"),
    pytest.param("using-graph-uri=urn:a", b"INSERT { <urn:x> a ?t } WHERE { ?s a ?t }", UPDATE,
                 id="update_dataset_default_graph"),
    pytest.param("using-graph-uri=urn:a&using-graph-uri=urn:b", b"INSERT { <urn:x> a ?t } WHERE { ?s a ?t }", UPDATE,
                 id="update_dataset_default_graphs"),
    pytest.param("using-named-graph-uri=urn:a", b"INSERT { <urn:x> a ?t } WHERE { GRAPH ?g { ?s a ?t } }", UPDATE,
                 id="update_dataset_named_graphs"),
    pytest.param("using-graph-uri=urn:a&using-named-graph-uri=urn:b", b"DELETE WHERE { ?s ?p ?o }", UPDATE,
                 id="update_dataset_full"),
    pytest.param("update=CLEAR%20ALL", None, "", id="bad_update_get"),
    pytest.param("", b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, id="bad_multiple_updates"),
    pytest.param("", b"CLEAR NAMED", "text/plain", id="bad_update_wrong_media_type"),
    pytest.param("", b"update=CLEAR%20NAMED", "", id="bad_update_missing_form_type"),
    pytest.param("", "CLEAR NAMED".encode("utf-16"), UPDATE + "; charset=UTF-16", id="bad_update_non_utf8"),
    pytest.param("", b"update=CLEAR%20XYZ", FORM, id="bad_update_syntax"),
    pytest.param("using-named-graph-uri=urn:a", b"update=INSERT%20%7B%7D%20USING%20%3Curn%3Ab%3E%20WHERE%20%7B%7D",
                 FORM, id="bad_update_dataset_conflict"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "body", "type_"), UPDATES)
def test_updates_are_refused(endpoint: Served, address: str, body: bytes | None, type_: str) -> None:
    before = endpoint.rows("SELECT ?s { GRAPH ?g { ?s a ?t } } ORDER BY ?s")
    read_only = type_.startswith((FORM, UPDATE)) or body is None
    refused(endpoint, f"/sparql?{address}", body, type_, 403 if read_only else 415)
    assert endpoint.rows("SELECT ?s { GRAPH ?g { ?s a ?t } } ORDER BY ?s") == before
    assert len(before) == 4


def test_an_update_in_the_place_of_a_query_is_no_query(endpoint: Served) -> None:
    for text in (
        "INSERT DATA { <urn:x> a <urn:X> }",
        "LOAD <file:///etc/passwd>",
        "LOAD <http://127.0.0.1:1/>",
        "DROP ALL",
    ):
        assert endpoint.query(text).status == 400


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the query is empty"),
        ("# nothing yet", "the query is empty"),
        ("PREFIX add: <urn:> INSERT DATA { add:x a add:X }", "“INSERT” would change the graph"),
        ("SELECT * { ?s nope:p ?o }", "the prefix “nope:” is not declared"),
        ("SELECT * { ?s ?p ?o", "“{”, opened at line 1, column 10, is not closed"),
    ],
)
def test_a_plain_mistake_is_told_in_plain_words(endpoint: Served, text: str, said: str) -> None:
    answer = endpoint.query(text)
    assert (answer.status, said in answer.body.decode()) == (400, True), answer.body


def test_a_property_without_a_name_is_refused_in_rdf_xml_alone(endpoint: Served) -> None:
    address = "/sparql?" + urlencode({"query": "CONSTRUCT { <urn:s> <urn:p/1> 1 } {}"})
    refused_ = endpoint.ask(address, Accept="application/rdf+xml")
    assert (refused_.status, b"choose ttl" in refused_.body) == (406, True)
    assert endpoint.ask(address, Accept="application/n-triples").status == 200
