"""The endpoint: every format, what it says of itself, what caches and other sites' scripts may do, what is refused."""

from __future__ import annotations

import gzip
import io
import json
import re
import socket
import threading
import time
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode

import brotli
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse, parse_query_results

from recorded import LAUREATES, STARRED
from serving.conftest import TRIG, Served, site
from trophees.ask import engine
from trophees.ask.question import Question
from trophees.base.namespaces import BASE
from trophees.graph import published
from trophees.hosting.formats import RDF, ROWS
from trophees.serve.backend.limits import QUERY
from trophees.serve.backend.refusals import Refused
from trophees.serve.front import protocol
from trophees.serve.front.protocol import read

pytestmark = pytest.mark.xdist_group("serving")

SELECT = "SELECT ?l ?s { ?l a tp:Laureate ; tp:stars ?s } ORDER BY DESC(?s) ?l"
CONSTRUCT = "CONSTRUCT { ?l tp:stars ?s } WHERE { ?l a tp:Laureate ; tp:stars ?s }"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.fixture(scope="module")
def graph() -> Store:
    return published.store(TRIG)


@pytest.mark.parametrize(
    ("form", "type_", "reader"),
    [
        ("json", "application/sparql-results+json; charset=utf-8", QueryResultsFormat.JSON),
        ("xml", "application/sparql-results+xml; charset=utf-8", QueryResultsFormat.XML),
        ("tsv", "text/tab-separated-values; charset=utf-8", QueryResultsFormat.TSV),
    ],
)
def test_rows_in_every_format(served: Served, graph: Store, form: str, type_: str, reader: QueryResultsFormat) -> None:
    found = graph.query("PREFIX tp: <" + BASE + "ontology#> " + SELECT, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    expected = [tuple(row) for row in found]
    for answer in (
        served.query(SELECT, Accept=type_),
        served.ask("/sparql?" + urlencode({"query": SELECT, "format": form})),
    ):
        assert (answer.status, answer.content_type) == (200, type_)
        told = parse_query_results(answer.body, format=reader)
        assert isinstance(told, QuerySolutions)
        assert [tuple(row) for row in told] == expected
        assert len(expected) == STARRED


def test_rows_as_csv_and_truth_in_each(served: Served) -> None:
    lines = served.query(SELECT, Accept="text/csv").body.decode().splitlines()
    assert (lines[0], len(lines)) == ("l,s", STARRED + 1)
    assert json.loads(served.query("ASK { ?s a tp:Laureate }").body)["boolean"] is True
    assert b"<boolean>false</boolean>" in served.query("ASK { ?s a tp:Nothing }", Accept="application/xml").body
    assert served.query("ASK {}", Accept="text/csv").body == b"true\n"


@pytest.mark.parametrize(
    ("form", "type_", "reader"),
    [
        ("ttl", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("nt", "application/n-triples; charset=utf-8", RdfFormat.N_TRIPLES),
        ("jsonld", "application/ld+json", RdfFormat.JSON_LD),
        ("rdf", "application/rdf+xml; charset=utf-8", RdfFormat.RDF_XML),
    ],
)
def test_triples_in_every_format(served: Served, form: str, type_: str, reader: RdfFormat) -> None:
    for text in (CONSTRUCT, f"DESCRIBE <{BASE}laureate/2020/cachan>"):
        answer = served.ask("/sparql?" + urlencode({"query": text, "format": form}))
        assert (answer.status, answer.content_type) == (200, type_)
        found = {str(quad.triple) for quad in parse(answer.body, format=reader)}
        turtle = served.query(text, Accept="text/turtle").body
        assert found == {str(quad.triple) for quad in parse(turtle, format=RdfFormat.TURTLE)}
        assert len(found) > 30


def test_the_answers_are_those_of_the_command_line(served: Served, graph: Store) -> None:
    """The default graph is the union of the graphs, prefixes are known, and GRAPH says who says so."""
    for text in (
        SELECT,
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/rules> {{ ?s ?p ?o }}",
    ):
        expected = engine.Embedded(graph, {"tp": BASE + "ontology#"}).ask(Question("query", text))
        assert isinstance(expected, QuerySolutions)
        answer = served.query(text, Accept="text/tab-separated-values")
        found = parse_query_results(answer.body, format=QueryResultsFormat.TSV)
        assert isinstance(found, QuerySolutions)
        assert [list(row) for row in found] == [list(row) for row in expected]


def test_what_cannot_be_accepted_is_406_and_says_what_there_is(served: Served) -> None:
    for answer in (
        served.query(SELECT, Accept="image/png"),
        served.query(SELECT, Accept="text/turtle"),
        served.query(CONSTRUCT, Accept="text/csv"),
        served.ask("/sparql?" + urlencode({"query": SELECT, "format": "ttl"})),
        served.ask("/sparql", Accept="image/png"),
    ):
        assert answer.status == 406
        assert b"text/turtle" in answer.body
        assert "Accept" in answer.vary


def test_a_mistake_is_400_with_its_line_and_column(served: Served) -> None:
    wrong = "SELECT ?s {\n  ?s ?p nonsense\n}"
    answer = served.query(wrong)
    assert (answer.status, answer.content_type) == (400, "text/plain; charset=utf-8")
    assert answer.body.decode().startswith("line 2, column 9: “nonsense” is not expected here\n")
    problem = served.query(wrong, Accept="application/sparql-results+json")
    assert problem.content_type == "application/problem+json; charset=utf-8"
    told = json.loads(problem.body)
    assert (told["status"], told["line"], told["column"]) == (400, 2, 9)


def test_too_long_and_wrongly_packed_queries(served: Served) -> None:
    type_ = {"Content_Type": "application/sparql-query"}
    longest = b"ASK {}".ljust(QUERY)
    assert served.ask("/sparql", "POST", longest, **type_).status == 200
    assert served.ask("/sparql", "POST", longest + b" ", **type_).status == 413
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    head += b"Transfer-Encoding: chunked\r\n\r\n"
    assert served.raw(head + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 20).startswith(b"HTTP/1.1 413")
    assert served.ask("/sparql", "POST", b"ASK {}", Content_Encoding="gzip", **type_).status == 415
    long = "/sparql?query=" + quote("ASK {" + "#" * 40000)
    answer = served.raw(f"GET {long} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 414")
    assert b"by POST" in answer


@pytest.mark.slow
def test_head_is_get_without_the_answer(served: Served) -> None:
    for path in (
        f"/sparql?query={quote(SELECT)}",
        "/sparql",
        "/health",
        "/graph-store?default",
        "/sparql?query=SELECT",
    ):
        got, head = served.ask(path), served.ask(path, "HEAD")
        same = {name: value for name, value in got.headers.items() if name != "date"}
        assert (head.status, head.body) == (got.status, b"")
        assert {name: value for name, value in head.headers.items() if name != "date"} == same


def test_options_and_scripts_of_other_sites(served: Served) -> None:
    for path, allow in (("/sparql", "GET, HEAD, POST, OPTIONS"), ("/map/", "GET, HEAD, OPTIONS")):
        answer = served.ask(path, "OPTIONS", Origin="https://other.example", Access_Control_Request_Method="POST",
                            Access_Control_Request_Headers="content-type")  # fmt: skip
        assert (answer.status, answer.allow, answer.body) == (204, allow, b"")
        assert answer.access_control_allow_methods == allow
        assert answer.access_control_allow_headers == answer.access_control_allow_origin == "*"
    for path in ("/sparql?query=ASK{}", "/sparql?query=", "/nothing", "/laureate/2020/cachan", "/health"):
        assert served.ask(path, Origin="https://other.example").access_control_allow_origin == "*"
    assert "Retry-After" in served.query("ASK {}").access_control_expose_headers


def test_an_answer_is_sent_again_only_if_it_changed(served: Served) -> None:
    first = served.query(SELECT)
    assert first.etag
    assert first.last_modified
    again = served.query(SELECT, If_None_Match=f'"other", W/{first.etag}')
    assert (again.status, again.body, again.etag) == (304, b"", first.etag)
    assert served.query(SELECT, If_Modified_Since=first.last_modified).status == 304
    assert served.query(SELECT, If_None_Match="*").status == 304
    assert served.query(SELECT, If_None_Match='"other"', If_Modified_Since=first.last_modified).status == 200
    for other in (
        served.query(SELECT + " "),
        served.query(SELECT, Accept="text/csv"),
        served.query(SELECT, Accept_Encoding="gzip"),
        served.ask("/sparql?" + urlencode({"query": SELECT, "default-graph-uri": BASE + "graph/rules"})),
    ):
        assert other.status == 200
        assert other.etag != first.etag
    for changing in (
        "SELECT (RAND() AS ?x) {}",
        "SELECT (NOW() AS ?x) {}",
        "SELECT (STRUUID() AS ?x) {}",
        "ASK { FILTER(0<NOW()&&1>0) }",
        "ASK { #c\rFILTER(RAND#c\n() > 2) }",
        "SELECT * { ?s tp:stars ?n } ORDER BYRAND() LIMIT 1",
    ):
        answer = served.query(changing)
        assert (answer.etag, answer.cache_control) == ("", "no-store")


@pytest.mark.parametrize("condition", [{"If_None_Match": "*"}, {"If_Modified_Since": "Fri, 27 Nov 2037 00:00:00 GMT"}])
def test_what_is_no_answer_is_told_whatever_the_client_has(served: Served, condition: dict[str, str]) -> None:
    assert served.query("nonsense", **condition).status == 400
    assert served.query("DROP ALL", **condition).status == 400
    assert served.query("SELECT * { SERVICE <http://x/> {} }", **condition).status == 403
    assert served.query(SELECT, Accept="image/png", **condition).status == 406
    assert served.query("SELECT (NOW() AS ?x) {}", **condition).status == 200


def test_answers_are_compressed_for_who_wants_it(served: Served) -> None:
    plain = served.query(SELECT).body
    for coding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        answer = served.query(SELECT, Accept_Encoding=f"{coding}, identity;q=0.1")
        assert answer.content_encoding == coding
        assert "Accept-Encoding" in answer.vary
        assert unpack(answer.body) == plain
        assert len(answer.body) < len(plain) / 3
    assert served.query("ASK {}", Accept_Encoding="br").content_encoding == ""


# the sums of money that laureates of 2020 give, each of which is counted in both languages
EUROS = '?l tp:edition edition:2020 ; tp:indicator ?i . ?i tp:unit "EUR" ; tp:value ?v ; tp:counted ?t'


@pytest.mark.parametrize(
    ("lang", "total", "counted"), [("", "388000", "6"), ("fr", "194000", "3"), ("en", "194000", "3")]
)
def test_the_graph_is_shown_in_one_language(served: Served, lang: str, total: str, counted: str) -> None:
    text = f"SELECT (SUM(?v) AS ?n) (COUNT(*) AS ?c) {{ {EUROS} }}"
    address = f"/sparql?query={quote(text)}&lang={lang}"
    answer = served.ask(address, Accept="text/csv")
    assert answer.body.decode().split() == ["n,c", f"{total},{counted}"]
    browser = served.ask(address, Accept="text/html,*/*;q=0.1")  # the playground shows all of the graph
    assert browser.status == (200 if lang else 303)


def test_a_language_that_the_graph_is_not_in_is_refused(served: Served) -> None:
    for wrong in ("de", "fr&lang=en"):
        answer = served.ask(f"/sparql?query=ASK%20%7B%7D&lang={wrong}")
        assert answer.status == 400
        assert b"lang is one of fr, en" in answer.body


SHAPED = "SELECT * { VALUES ?l { laureate:2020/cachan } ?l tp:inRegion ?r ; tp:stars ?s }"


@pytest.mark.parametrize(("shape", "expected"), [
    ("compact=1", ["l,r,s", "laureate:2020/cachan,region:11,4"]),
    ("compact=true&labels=en", ["l,l_label,r,r_label,s",
                               "laureate:2020/cachan,Let's talk about Cachan together!,region:11,Île-de-France,4"]),
    ("labels=fr&compact=0", ["l,l_label,r,r_label,s",
                             "https://w3id.org/trophees-participation/laureate/2020/cachan,"
                             "Parlons ensemble de Cachan !,https://w3id.org/trophees-participation/territory/region/11,Île-de-France,4"]),
])  # fmt: skip
def test_rows_have_compact_names_and_labels(served: Served, shape: str, expected: list[str]) -> None:
    address = f"/sparql?query={quote(SHAPED)}&{shape}"
    answer = served.ask(address, Accept="text/csv")
    assert answer.body.decode().splitlines() == expected
    assert served.ask(address, Accept="text/html,*/*;q=0.1").status == 200  # the playground has switches of its own
    form, type_ = f"query={quote(SHAPED)}&{shape}".encode(), "application/x-www-form-urlencoded"
    assert served.ask("/sparql", "POST", form, Content_Type=type_, Accept="text/csv").body == answer.body
    plain = served.ask(f"/sparql?query={quote(SHAPED)}", Accept="text/csv")
    assert plain.etag != answer.etag


@pytest.mark.parametrize(("query", "shape", "said"), [
    ("ASK {}", "labels=de", b"labels is one of fr, en"),
    ("ASK {}", "compact=yes", b"compact is one of 1, 0, true, false"),
    ("ASK {}", "compact=1&compact=0", b"compact is one of"),
    ("DESCRIBE tp:Laureate", "compact=1", b"compact and labels are for rows: CONSTRUCT and DESCRIBE give RDF"),
])  # fmt: skip
def test_a_shape_that_there_is_not_is_refused(served: Served, query: str, shape: str, said: bytes) -> None:
    answer = served.ask(f"/sparql?query={quote(query)}&{shape}")
    assert answer.status == 400
    assert said in answer.body


def test_the_columns_of_a_star_come_as_the_query_mentions_them(served: Served) -> None:
    answer = served.query("SELECT * { ?l a tp:Laureate ; tp:stars ?b ; tp:indicator ?a }", Accept="text/csv")
    assert answer.body.splitlines()[0] == b"l,b,a"


def test_what_tables_print_as_a_name_can_be_asked_for(served: Served) -> None:
    [row] = served.rows("SELECT ?v { GRAPH graph:report/2020 { laureate:2020/cachan#indicator-5 tp:value ?v } }")
    assert row == {"v": "130000"}
    refused = served.query("SELECT ?v { laureate:2020/cachan#indicator-5 tp:value ?v }}")
    assert refused.status == 400
    assert b"line 1, column 59" in refused.body, refused.body
    # what follows such a name on its line is read, and looked through for calls
    hidden = served.query("SELECT ?v { laureate:2020/cachan#indicator-5 tp:value ?v SERVICE <http://127.0.0.1:1/> {} }")
    assert hidden.status == 403


@pytest.mark.slow
def test_a_large_answer_is_whole(served: Served, graph: Store) -> None:
    answer = served.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    assert int(answer.content_length) == len(answer.body) > 8_000_000
    assert len(json.loads(answer.body)["results"]["bindings"]) == len(graph)
    assert served.query("CONSTRUCT WHERE { ?s ?p ?o }", Accept="application/n-triples").body.count(b"\n") > 30000


def test_the_service_describes_itself(served: Served) -> None:
    for type_, form in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt")):
        answer = served.ask("/sparql", Accept=type_)
        assert (answer.status, answer.content_type.split(";")[0]) == (200, type_)
        found = rdflib.Graph().parse(data=answer.body, format=form)
        [service] = found.subjects(rdflib.RDF.type, SD.Service)
        assert found.value(service, SD.endpoint) == rdflib.URIRef(served.url + "sparql")
        assert found.value(service, SD.supportedLanguage) == SD.SPARQL11Query
        assert set(found.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
        assert len(set(found.objects(service, SD.resultFormat))) == 8
        default = found.value(found.value(service, SD.defaultDataset), SD.defaultGraph)
        [counted] = served.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert str(found.value(default, VOID.triples)) == counted["n"]
        names = {str(name) for name in found.objects(None, SD.name)}
        assert names == {row["g"] for row in served.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert served.ask("/sparql").content_type == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(("languages", "page"), [("fr", "/playground/"), ("en-GB,fr;q=0.5", "/playground/en/")])
def test_a_browser_gets_the_playground(served: Served, languages: str, page: str) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = served.ask("/sparql", Accept=browser, Accept_Language=languages)
    assert (answer.status, answer.location) == (303, page)


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(("languages", "page"), [("fr", "/playground/"), ("en-GB,fr;q=0.5", "/playground/en/")])
def test_the_link_of_a_query_opens_the_playground_in_a_browser(served: Served, languages: str, page: str) -> None:
    text = "SELECT ?l { ?l a tp:Laureate } # a&b +c é"
    answer = served.query(text, Accept=BROWSER, Accept_Language=languages)
    address, _, given = answer.location.partition("#")
    assert (answer.status, address) == (303, page)
    assert parse_qs(given) == {"query": [text], "run": ["1"]}
    assert {part.strip() for part in answer.vary.split(",")} == {"Accept", "Accept-Language"}


def test_the_link_of_a_query_is_answered_to_everybody_else(served: Served) -> None:
    text = "SELECT ?l { ?l a tp:Laureate }"
    for accept in (
        "",
        "*/*",
        "application/xml, text/html;q=0.9",
        "application/sparql-results+json, */*",
        "text/html;q=0",
    ):
        assert served.query(text, Accept=accept).status in (200, 406), accept
    for more in ("&format=csv", "&output=xml", f"&default-graph-uri={BASE}graph/rules"):
        assert served.ask("/sparql?" + urlencode({"query": text}) + more, Accept=BROWSER).status == 200, more
    body = urlencode({"query": text}).encode()
    form = "application/x-www-form-urlencoded"
    assert served.ask("/sparql", "POST", body, Accept=BROWSER, Content_Type=form).status == 200


@pytest.mark.parametrize(
    "target", ["/sparql?query=ASK{}", "/laureate/2020/cachan.ttl", "/nowhere", "/sparql?query=ASK"]
)
def test_the_names_of_header_fields_are_written_as_most_servers_write_them(served: Served, target: str) -> None:
    """RCurl finds no charset under `content-type`."""
    request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv, */*;q=0.1\r\nConnection: close\r\n\r\n"
    head, _, body = served.raw(request.encode()).partition(b"\r\n\r\n")
    names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n")[1:]]
    assert "Content-Type" in names
    assert [name for name in names if name != name.title()] == []
    assert body


def test_only_the_head_of_an_answer_has_its_names_changed(served: Served) -> None:
    said = "HTTP/1.1 200 OK\ncontent-type: a\n"
    assert served.query(f"SELECT ({json.dumps(said)} AS ?a) {{}}", Accept="text/csv").body.decode() == f'a\n"{said}"\n'


@pytest.mark.slow
@pytest.mark.parametrize("name", ["format", "output", "resultFormat", "results", "Accept"])
def test_a_format_has_the_names_that_clients_give_it(served: Served, name: str) -> None:
    for value, type_ in (("csv", "text/csv"), ("text/csv", "text/csv"), ("xml", "application/sparql-results+xml")):
        answer = served.ask("/sparql?" + urlencode({"query": SELECT, name: value}), Accept="*/*")
        assert (answer.status, answer.content_type) == (200, f"{type_}; charset=utf-8")
    graph = served.ask("/graph-store?" + urlencode({"graph": BASE + "graph/rules", name: "nt"}))
    assert (graph.status, graph.content_type) == (200, "application/n-triples; charset=utf-8")


def test_an_empty_name_of_a_graph_names_none(served: Served) -> None:
    query = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
    whole = served.ask(f"/sparql?{query}&format=csv").body
    for empty in ("default-graph-uri=", "default-graph-uri=&named-graph-uri=", "named-graph-uri="):
        answer = served.ask(f"/sparql?{empty}&{query}&format=csv")
        assert (answer.status, answer.body) == (200, whole)


@pytest.mark.slow
def test_every_text_names_its_charset(served: Served) -> None:
    """Without it, R takes the titles for Latin-1."""
    asked = [f"/sparql?query={quote(q)}&format={form}" for q in (SELECT, "ASK {}") for form in ROWS]
    asked += [f"/sparql?query={quote(CONSTRUCT)}&format={form}" for form in RDF]
    asked += [
        "/sparql",
        "/health",
        "/.well-known/void",
        "/graph-store?default",
        "/map/",
        "/laureate/2020/cachan.jsonld",
    ]
    asked += ["/nothing", "/fragments", "/sparql?query=x"]
    for path in asked:
        for accept in ("*/*", "application/json"):
            answer = served.ask(path, Accept=accept)
            told = answer.content_type.lower()
            # the media type of JSON-LD knows no charset
            assert told.endswith("; charset=utf-8") or told == "application/ld+json", (path, accept, told)


@pytest.mark.slow
def test_void_is_at_the_well_known_address(served: Served, tmp_path: Path) -> None:
    answer = served.ask("/.well-known/void", Accept="text/turtle")
    found = rdflib.Graph().parse(data=answer.body, format="turtle")
    [dataset] = found.subjects(rdflib.RDF.type, VOID.Dataset)
    assert found.value(dataset, VOID.sparqlEndpoint) == rdflib.URIRef(served.url + "sparql")
    assert set(found.objects(dataset, VOID.dataDump)) == {rdflib.URIRef(served.url + "dumps/trophees.trig")}
    own = site(tmp_path / "publish")
    (own / "void.ttl").write_text("<urn:a> a <http://rdfs.org/ns/void#DatasetDescription> .", "utf-8")
    server = Served.start(own)
    try:
        answer = server.ask("/.well-known/void")
        assert answer.status == 200
        assert answer.body == server.ask("/void.ttl").body == (own / "void.ttl").read_bytes()
    finally:
        server.stop()


@pytest.mark.slow
def test_graphs_are_read_one_by_one(served: Served, graph: Store) -> None:
    [name] = [g.value for g in graph.named_graphs() if g.value.endswith("/catalog")]
    answer = served.ask("/graph-store?graph=" + quote(name, safe=""), Accept="application/n-triples")
    expected = sum(quad.graph_name == NamedNode(name) for quad in graph)
    assert (answer.status, answer.body.count(b"\n")) == (200, expected)
    whole = served.ask("/graph-store?default", Accept="application/n-triples")
    assert whole.body.count(b"\n") == len({quad.triple for quad in graph})
    assert served.ask("/graph-store?graph=urn:none").status == 404
    assert served.ask("/graph-store?graph=file:///etc/passwd").status == 404
    assert served.ask("/graph-store").status == 400
    for method in ("PUT", "POST", "DELETE"):
        refused = served.ask("/graph-store?default", method, b"")
        assert (refused.status, refused.allow) == (405, "GET, HEAD, OPTIONS")


def test_no_query_reads_a_file_or_another_host(served: Served) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.3)
        address = f"http://127.0.0.1:{other.getsockname()[1]}/"
        for text in (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
            f"PREFIX x: <{address}> SELECT * {{ SERVICESILENTx: {{ ?s ?p ?o }} }}",
            f"SELECT * {{ VALUES ?x {{ <{address}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
        ):
            answer = served.query(text)
            assert answer.status in (400, 403)
        assert b"SERVICE is not available" in answer.body
        for place in (address, "file:///etc/passwd", TRIG.as_uri()):
            text = (
                f"SELECT * FROM <{place}> FROM NAMED <{place}> {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} }}"
            )
            assert json.loads(served.query(text).body)["results"]["bindings"] == []
        graphs = urlencode({"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": TRIG.as_uri()})
        assert json.loads(served.ask(f"/sparql?{graphs}").body)["results"]["bindings"] == []
        with pytest.raises(TimeoutError):
            other.accept()


def test_the_word_may_stand_where_it_calls_nobody(served: Served) -> None:
    for text in (
        "PREFIX service: <urn:x#> ASK { ?s service:foo ?o }",
        "SELECT ?service { ?service tp:stars 5 } # of service",
        'ASK { FILTER(CONTAINS("a service", "SERVICE")) }',
    ):
        answer = served.query(text)
        assert (answer.status, bool(answer.etag)) == (200, True)


def test_long_forms_hold_nobody_up(served: Served) -> None:
    """Reading a form of the longest kind takes no time to speak of."""
    body = b"query=ASK%7B%7D%23" + b"%41%C3%A9" * (QUERY // 9 - 3)
    start = time.process_time()
    question = read("POST", b"", "application/x-www-form-urlencoded", body)
    assert time.process_time() - start < 0.15
    assert question is not None
    assert question.query == "ASK{}#" + "Aé" * (QUERY // 9 - 3)
    answer = served.ask("/sparql", "POST", body, Content_Type="application/x-www-form-urlencoded")
    assert (answer.status, json.loads(answer.body)["boolean"]) == (200, True)


@given(
    st.lists(st.sampled_from([*b"%=&+ \t\r\n_aC3\xc3\xa9;.", 0]).map(lambda byte: bytes([byte])), max_size=12).map(
        b"".join
    )
)
def test_forms_are_read_as_the_standard_library_does(form: bytes) -> None:
    try:
        expected = parse_qsl(form.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        expected = None
    try:
        found = protocol.parameters(form, "the form")
    except Refused:
        assert expected is None or re.search(rb"%(?![0-9A-Fa-f]{2})", form)
    else:
        assert found == expected


def test_service_calls_the_hosts_that_are_allowed_by_name(served: Served, tmp_path: Path) -> None:
    small = site(tmp_path / "publish", "<urn:g> { <urn:s> <urn:p> <urn:o> }")
    server = Served.start(small, "--allow-service", f"127.0.0.1:{served.port}")
    try:
        counted = f"SELECT (COUNT(*) AS ?n) {{ ?s a <{BASE}ontology#Laureate> }}"
        there = f"SELECT ?n {{ SERVICE <{served.url}sparql> {{ {counted} }} }}"
        assert server.rows(there) == [{"n": str(LAUREATES)}]
        assert server.query(there).cache_control == "no-store"
        with socket.create_server(("127.0.0.1", 0)) as other:
            other.settimeout(0.3)
            answer = server.query(f"SELECT * {{ SERVICE <http://127.0.0.1:{other.getsockname()[1]}/> {{ ?s ?p ?o }} }}")
            assert (answer.status, b"is not allowed: only" in answer.body) == (403, True)
            for hidden in (
                "SELECT * { #c\rSERVICE <HERE> { ?s ?p ?o } }",
                "SELECT * { FILTER(1<2)SERVICE#>\n<HERE>{ ?s ?p ?o } }",
                "SELECT * { VALUES ?x { '''a' } SERVICE <HERE> { ?s ?p ?o } }",
                "PREFIX s: <HERE> PREFIX p: <http://x:80> SELECT * { ?s ?p p:SERVICE s:{ ?s ?p ?o } }",
                r"SELECT * { SERV\u0049CE <HERE> { ?s ?p ?o } }",
                f"SELECT * {{ SERVICE <{served.url}sparql> {{}} #SERVICE\rSERVICE <HERE> {{ ?s ?p ?o }} }}",
            ):
                here = f"http://127.0.0.1:{other.getsockname()[1]}/"
                assert server.query(hidden.replace("HERE", here)).status == 403
            with pytest.raises(TimeoutError):
                other.accept()
        assert server.query(f"SELECT * {{ SERVICE <{served.url}nothing> {{ ?s ?p ?o }} }}").status == 502
        features = rdflib.Graph().parse(data=server.ask("/sparql").body).objects(None, SD.feature)
        assert SD.BasicFederatedQuery in set(features)
    finally:
        server.stop()


@pytest.mark.slow
def test_a_redirect_leads_to_no_other_host(tmp_path: Path) -> None:
    """A host that is allowed may not pass the query on to one that is not."""
    with socket.create_server(("127.0.0.1", 0)) as target, socket.create_server(("127.0.0.1", 0)) as allowed:
        target.settimeout(0.3)

        def redirect() -> None:
            connection, _ = allowed.accept()
            with connection:
                connection.recv(65536)
                place = f"http://127.0.0.1:{target.getsockname()[1]}/"
                connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode())

        threading.Thread(target=redirect, daemon=True).start()
        host = f"127.0.0.1:{allowed.getsockname()[1]}"
        server = Served.start(site(tmp_path / "publish"), "--allow-service", host)
        try:
            assert server.query(f"SELECT * {{ SERVICE <http://{host}/> {{ ?s ?p ?o }} }}").status == 502
            with pytest.raises(TimeoutError):
                target.accept()
        finally:
            server.stop()


def test_fragments_are_gone_and_their_successors_named(served: Served) -> None:
    answer = served.ask("/fragments?predicate=urn:p", Accept="application/trig")
    assert answer.status == 410
    successors = [f"{served.url}sparql", f"{served.url}graph-store"]
    assert answer.link == ", ".join(f'<{address}>; rel="successor-version"' for address in successors)
    assert all(address in answer.body.decode() for address in successors)
    assert served.ask("/fragments", "POST", b"").status == 405


# what is said of a query that finds nothing


EMPTY = "SELECT ?x { ?x a tp:Laureat }"
SAID = "query:1:18: nothing in the graph is of the class tp:Laureat (did you mean tp:Laureate?)"


def note(served: Served, query: str, type_: str) -> tuple[str, bytes]:
    """The header and the body of an answer that is there."""
    answer = served.ask("/sparql?" + urlencode({"query": query}), Accept=type_)
    assert answer.status == 200
    return answer.headers.get("trophees-note", ""), answer.body


def explained(served: Served, query: str, type_: str) -> tuple[str, bytes]:
    """The same of an answer that says why it is empty, for which a busy machine may not have the time at once."""
    found = note(served, query, type_)
    for _ in range(9):
        if found[0]:
            break
        found = note(served, query, type_)
    return found


def test_an_empty_answer_says_why_in_its_header(served: Served) -> None:
    for type_ in ("text/csv", "application/sparql-results+json", "text/tab-separated-values"):
        said, _ = explained(served, EMPTY, type_)
        english, french = said.split(", ")
        assert english == f"note*=UTF-8'en'{quote(SAID, safe='')}"
        assert french.startswith("note*=UTF-8'fr'query%3A1%3A18%3A%20rien%20dans%20le%20graphe")
    assert note(served, "SELECT ?x { ?x a tp:Laureate }", "text/csv")[0] == ""


def test_an_empty_answer_says_why_in_its_head_which_clients_pass_over(served: Served) -> None:
    _, found = explained(served, EMPTY, "application/sparql-results+json")
    (link,) = json.loads(found)["head"]["link"]
    assert SAID in unquote(link)
    rows = parse_query_results(found, format=QueryResultsFormat.JSON)
    assert isinstance(rows, QuerySolutions)
    assert list(rows) == []
    _, found = explained(served, EMPTY, "application/sparql-results+xml")
    assert SAID in unquote(found.decode())
    rows = parse_query_results(found, format=QueryResultsFormat.XML)
    assert isinstance(rows, QuerySolutions)
    assert [variable.value for variable in rows.variables] == ["x"]
    for type_, form in (("json", "json"), ("xml", "xml")):
        assert (
            len(
                rdflib.query.Result.parse(
                    io.BytesIO(explained(served, EMPTY, f"application/sparql-results+{type_}")[1]), format=form
                )
            )
            == 0
        )
    _, found = explained(served, EMPTY.replace("SELECT ?x", "CONSTRUCT { ?x a tp:X }"), "text/turtle")
    assert f"# {SAID.replace('1:18', '1:32')}\n".encode() in found
    assert list(parse(found, format=RdfFormat.TURTLE)) == []
    said, found = explained(served, "ASK { ?x a tp:Laureat }", "application/sparql-results+json")
    assert json.loads(found)["boolean"] is False
    assert "tp%3ALaureate" in said


def test_a_mistake_is_told_in_both_languages_with_its_line(served: Served) -> None:
    address = "/sparql?" + urlencode({"query": "SELECT ?x {\n  ?x a foo:Laureate }"})
    answer = served.ask(address, Accept="application/sparql-results+json")
    for _ in range(9):  # a busy machine may not have the time to look for what is meant
        if b"tp:?" in answer.body:
            break
        answer = served.ask(address, Accept="application/sparql-results+json")
    told = json.loads(answer.body)
    assert (answer.status, told["line"], told["column"]) == (400, 2, 8)
    assert told["title"] == "the prefix “foo:” is not declared (did you mean tp:?)"
    assert told["fr"].startswith("le préfixe « foo: » n’est pas déclaré")
    assert told["excerpt"] == "  ?x a foo:Laureate }\n       ^"
    lines = served.ask(address, Accept="text/csv").body.decode().splitlines()
    assert lines[0].startswith("line 2, column 8: the prefix “foo:”")
    assert lines[2:] == ["  ?x a foo:Laureate }", "       ^"]
