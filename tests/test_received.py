"""Answers of other endpoints: odd terms cost at most themselves, and a part is never shown as the whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

import trophees
from endpoints import endpoint, response
from trophees.ask.endpoint import Remote
from trophees.ask.engine import Embedded
from trophees.ask.question import Question
from trophees.base.errors import UserError

ROW = "SELECT ?x { ?s <urn:p> ?x }"


def bindings(*terms: dict[str, str], **beside: Any) -> bytes:
    """An answer in JSON with a row for each of `terms`."""
    rows = [{"x": term} for term in terms]
    return json.dumps({"head": {"vars": ["x"]}, **beside, "results": {"bindings": rows}}).encode()


def literal(value: str, **more: str) -> dict[str, str]:
    """A literal of SPARQL's JSON."""
    return {"type": "literal", "value": value, **{k.replace("_", ":"): v for k, v in more.items()}}


def asked(body: bytes, media_type: str = "application/sparql-results+json", query: str = ROW, **headers: Any) -> Remote:
    """Who asked an endpoint that gives `body`, with the answer, as rows, in `found`."""
    with endpoint(response(body, media_type, **headers)) as server:
        remote = Remote(server.url, seconds=10)
        result = remote.ask(Question("q", query))
        remote.found = [row["x"] for row in result] if isinstance(result, QuerySolutions) else result  # type: ignore[attr-defined]
    return remote


def found(remote: Remote) -> Any:
    """What it was told."""
    return remote.found  # type: ignore[attr-defined]


ODD = [
    {"type": "uri", "value": "http://e/ok"}, {"type": "uri", "value": "http://e/a b"}, {"type": "uri", "value": "#x"},
    {"type": "bnode", "value": "nodeID://b1"}, {"type": "bnode", "value": "nodeID://b1"},
    {"type": "bnode", "value": "b2"},
    literal("a", xml_lang="fr_FR"), literal("b", datatype="not an iri"), literal("12 mai", datatype="http://e/date"),
    {"type": "typed-literal", "value": "1", "datatype": "http://e/n"}, {"type": "iri", "value": "urn:i"},
]  # fmt: skip
XML = """<?xml version="1.0"?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results>
<result><binding name="x"><uri>http://e/ok</uri></binding></result>
<result><binding name="x"><uri>http://e/a b</uri></binding></result>
<result><binding name="x"><uri>#x</uri></binding></result>
<result><binding name="x"><bnode>nodeID://b1</bnode></binding></result>
<result><binding name="x"><bnode>nodeID://b1</bnode></binding></result>
<result><binding name="x"><bnode>b2</bnode></binding></result>
<result><binding name="x"><literal xml:lang="fr_FR">a</literal></binding></result>
<result><binding name="x"><literal datatype="not an iri">b</literal></binding></result>
<result><binding name="x"><literal datatype="http://e/date">12 mai</literal></binding></result>
<result><binding name="x"><literal datatype='http://e/n'>1</literal></binding></result>
<result><binding name="x"><uri>urn:i</uri></binding></result>
</results></sparql>"""
TSV = """?x
<http://e/ok>
<http://e/a b>
<#x>
_:nodeID://b1
_:nodeID://b1
_:b2
"a"@fr_FR
"b"^^<not an iri>
"12 mai"^^<http://e/date>
"1"^^<http://e/n>
<urn:i>
"""


@pytest.mark.parametrize(("body", "media_type"), [
    (bindings(*ODD), "application/sparql-results+json"),
    (XML.encode(), "application/sparql-results+xml"),
    (TSV.encode(), "text/tab-separated-values"),
])  # fmt: skip
def test_an_odd_term_costs_at_most_itself(body: bytes, media_type: str) -> None:
    remote = asked(body, media_type)
    rows = found(remote)
    assert rows[0] == NamedNode("http://e/ok")
    assert rows[1:3] == [Literal("http://e/a b"), Literal("#x")]
    assert isinstance(rows[3], BlankNode)
    assert rows[3] == rows[4] != rows[5]
    assert rows[6] == Literal("a", language="fr-FR")
    assert rows[7] == Literal("b")
    assert rows[8:] == [
        Literal("12 mai", datatype=NamedNode("http://e/date")), Literal("1", datatype=NamedNode("http://e/n")),
        NamedNode("urn:i"),
    ]  # fmt: skip
    assert [note["en"].partition(": ")[2].split(" (")[0] for note in remote.said] == ["2 terms ill-formed"]
    assert [note["en"].split(" (")[0].rpartition("/sparql: ")[2] for note in remote.as_text] == [
        "2 ill-formed IRI(s), kept as text"
    ]


def test_what_is_odd_is_refused_by_who_is_strict() -> None:
    for term in (ODD[1], ODD[6]):
        with endpoint(response(bindings(term))) as server, pytest.raises(UserError, match="ill-formed"):
            Remote(server.url, seconds=10, strict=True).ask(Question("q", ROW))
    with endpoint(response(bindings(ODD[3]))) as server:  # a label means nothing
        Remote(server.url, seconds=10, strict=True).ask(Question("q", ROW))


def test_what_is_odd_is_told_in_python_and_on_the_command_line(run: Any) -> None:
    with endpoint(response(bindings(ODD[1], ODD[6]))) as server:
        rows = trophees.query(ROW, endpoint=server.url, lang="en")
        assert isinstance(rows, trophees.Rows)
        assert len(rows) == 2
        assert "1 term ill-formed (@fr_FR)" in rows.notes[0]
        assert "1 ill-formed IRI(s), kept as text (http://e/a b)" in rows.notes[1]
        told = run("query", ROW, "--endpoint", server.url, "--format", "json")
        assert told.stderr.count("trophees: ") == 2
        told = run("query", ROW, "--endpoint", server.url, "--format", "csv")
        assert told.stdout == "x\nhttp://e/a b\na\n"  # as they came
        assert told.stderr.count("trophees: ") == 1


CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"


@pytest.mark.parametrize("media_type", ["text/turtle", "application/n-triples"])
def test_an_odd_term_among_triples_is_mended_or_a_text(media_type: str) -> None:
    body = b'<urn:s> <urn:p> <http://e/a b> .\n<urn:s> <urn:p> "x"@fr_FR .\n_:nodeID://b1 <urn:p> <urn:o> .\n'
    remote = asked(body, media_type, CONSTRUCT)
    objects = {triple.object for triple in found(remote)}
    assert objects == {NamedNode("http://e/a%20b"), Literal("x", language="fr-FR"), NamedNode("urn:o")}
    assert "2 terms ill-formed" in remote.said[0]["en"]


def test_triples_in_another_encoding_or_with_entities_are_read() -> None:
    head = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
    body = f'<?xml version="1.0" encoding="iso-8859-1"?>{head}<u:T r:about="urn:s"><u:p>é</u:p></u:T></r:RDF>'
    triples = found(asked(body.encode("latin-1"), "application/rdf+xml", CONSTRUCT))
    assert Literal("é") in {triple.object for triple in triples}


def test_rdf_json_is_not_taken_for_json_ld() -> None:
    body = json.dumps({"http://e/a": {"http://e/p": [{"type": "literal", "value": "x"}]}}).encode()
    with pytest.raises(UserError, match="the answer: is RDF/JSON, not JSON-LD"):
        asked(body, "application/json", CONSTRUCT)


def test_nothing_that_an_answer_names_is_fetched() -> None:
    body = json.dumps({"@context": "http://127.0.0.1:9/x", "@id": "urn:s", "p": 1}).encode()
    with pytest.raises(UserError, match=r"the answer: its context <http://127\.0\.0\.1:9/x> would have to be fetched"):
        asked(body, "application/ld+json", CONSTRUCT)


# a part of the answer

PARTS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"x_sql_state": "S1TAT", "x_sql_message": "RC...: Returning incomplete results"}, {}),
    ({"x_sparql_maxrows": "2"}, {}),
    ({"x_results_truncated": "true"}, {}),
    ({"warning": '199 - "the result is incomplete"'}, {}),
    ({"link": '<http://e/?page=2>; rel="next"'}, {}),
    ({}, {"truncated": True}),
]


@pytest.mark.slow
@pytest.mark.parametrize(("headers", "beside"), PARTS)
@pytest.mark.parametrize("rows", [2, 0])
def test_a_part_is_said_to_be_one(headers: dict[str, Any], beside: dict[str, Any], rows: int, run: Any) -> None:
    if not rows and "x_sparql_maxrows" in headers:
        headers = {"x_sparql_maxrows": "0"}
    body = bindings(*[literal("a")] * rows, **beside)
    remote = asked(body, **headers)
    assert len(found(remote)) == rows
    assert "the answer is incomplete" in remote.said[0]["en"]
    with endpoint(response(body, **headers)) as server:
        told = run("query", ROW, "--endpoint", server.url, "--format", "csv")
        assert "the answer is incomplete" in told.stderr
        assert told.exit_code == 0
        told = run("query", ROW, "--endpoint", server.url, "--strict")
        assert (told.stdout, told.exit_code) == ("", 2)


@pytest.mark.parametrize("headers", [
    {"x_sql_state": "00000"}, {"x_sql_state": ""}, {"x_sparql_maxrows": "3"}, {"x_sparql_maxrows": "lots"},
    {"x_results_truncated": "false"}, {"link": '<http://e/>; rel="license"'}, {"warning": '199 - "slow"'},
])  # fmt: skip
def test_a_whole_answer_is_not_called_a_part(headers: dict[str, str]) -> None:
    assert asked(bindings(literal("a"), literal("b")), **headers).said == []


def test_who_asks_for_a_part_gets_all_of_it() -> None:
    body = bindings(literal("a"), literal("b"))
    assert asked(body, query=f"{ROW} LIMIT 2", x_sparql_maxrows="2").said == []
    assert asked(body, query=f"{ROW} LIMIT 3", x_sparql_maxrows="2").said
    assert asked(body, query="SELECT ?x { { SELECT ?x { ?s ?p ?x } LIMIT 2 } }", x_sparql_maxrows="2").said
    assert asked(b'{"head": {"vars": ["truncated"]}, "results": {"bindings": []}}').said == []


def test_another_endpoint_is_asked_once_whatever_the_columns() -> None:
    body = json.dumps({"head": {"vars": ["o", "s"]}, "results": {"bindings": [{"s": literal("a"), "o": literal("b")}]}})
    with endpoint(response(body.encode())) as server:
        found = Embedded(Store()).evaluate(f"SELECT * {{ SERVICE <{server.url}> {{ ?s ?p ?o }} }}")
        assert isinstance(found, QuerySolutions)
        assert len(list(found)) == 1
        assert len(server.asked) == 1


@pytest.mark.parametrize(("term", "read", "told"), [
    ({"type": "URI", "value": "http://e/a"}, NamedNode("http://e/a"), None),
    ({"type": "Literal", "value": "a"}, Literal("a"), None),
    ({"type": "foo", "value": "a"}, Literal("a"), '{"type": "foo", "value": "a"}'),
    ({"value": "a"}, Literal("a"), '{"value": "a"}'),
    ({"type": "literal", "value": 5}, Literal("5"), '{"type": "literal", "value": 5}'),
    ({"type": "literal", "value": True}, Literal("true"), '{"type": "literal", "value": true}'),
    ({"type": "literal", "value": None}, None, '"value": null'),
    ({"type": "literal"}, None, '"value": null'),
    ("a", Literal("a"), '{"value": "a"}'),
    (None, None, None),
])  # fmt: skip
def test_a_term_of_another_form_is_read_as_what_it_says_or_told(term: Any, read: Any, told: str | None) -> None:
    remote = asked(bindings(term, literal("b")))
    assert found(remote) == [read, Literal("b")]
    assert [note["en"].partition(": ")[2] for note in remote.said] == (
        [f"1 term ill-formed ({told}), mended or kept as text (--strict refuses them)"] if told else []
    )


RESULTS = """<?xml version="1.0"{}?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>
<results><result><binding name="x">{}</binding></result></results></sparql>"""


@pytest.mark.parametrize(("said", "read"), [
    ("<literal>  a </literal>", Literal("  a ")),
    ('<literal xml:lang="fr"> é\n </literal >', Literal(" é\n ", language="fr")),
    ("<literal>   </literal>", Literal("   ")),
    ("<literal>\r\na\rb</literal>", Literal("\na\nb")),
    ("<literal/>", Literal("")),
    ("<literal>a<!-- <literal> b --> c</literal>", Literal("a c")),
    ("<literal><![CDATA[ é<b & <!-- c --> ]]></literal>", Literal(" é<b & <!-- c --> ")),
    ("<literal><?a b?>c</literal>", Literal("c")),
    ("\n <uri> http://e/a </uri>\n ", NamedNode("http://e/a")),
])  # fmt: skip
def test_a_text_in_xml_is_what_xml_says(said: str, read: Any) -> None:
    assert found(asked(RESULTS.format("", said).encode(), "application/sparql-results+xml")) == [read]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "windows-1252"])
def test_results_in_another_encoding_are_read(encoding: str) -> None:
    body = RESULTS.format(f' encoding="{encoding}"', "<literal>é</literal>").encode(encoding)
    assert found(asked(body, "application/sparql-results+xml")) == [Literal("é")]


def test_results_with_entities_are_refused() -> None:
    body = RESULTS.format("", "<literal>&a;</literal>").replace("<sparql", '<!DOCTYPE s [<!ENTITY a "b">]><sparql', 1)
    with pytest.raises(UserError, match="the answer declares XML entities"):
        asked(body.encode(), "application/sparql-results+xml")


def test_what_else_an_answer_has_in_json_is_passed_over() -> None:
    body = json.loads(bindings(literal("a")))
    remote = asked(json.dumps(body | {"meta": {"query-time-ms": 1}}).encode())  # as QLever has it, after the rows
    assert (found(remote), remote.said) == ([Literal("a")], [])


@pytest.mark.parametrize(("body", "media_type", "query", "said"), [
    (b'{"head": {}, "boolean": true}', "application/sparql-results+json", ROW, "a SELECT with true or false alone"),
    (b'{"head": {"vars": ["x"]}, "boolean": true, "results": {"bindings": []}}', "application/json", ROW, "a SELECT"),
    (b"true", "text/tab-separated-values", ROW, "a SELECT with true or false alone"),
    (bindings(literal("a")), "application/sparql-results+json", "ASK {}", "an ASK with rows"),
    (b"?x\n1\n", "text/tab-separated-values", "ASK {}", "an ASK with rows"),
])  # fmt: skip
def test_an_answer_of_the_other_kind_is_refused(body: bytes, media_type: str, query: str, said: str) -> None:
    with pytest.raises(UserError, match=f"/sparql: answers {said}"):
        asked(body, media_type, query)
