"""Programs that write queries find what they look for: examples, prefixes, and what the instances of classes have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rdflib import RDFS, SH, Graph, URIRef

import tools
from recorded import STARRED
from serving.conftest import Served, site
from trophees.ask.cookbook import queries
from trophees.base.namespaces import TP, VOID, XSD
from trophees.release.checkout import Project

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture(scope="module")
def told(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of all that is published, but for its pages."""
    folder = site(tmp_path_factory.mktemp("host") / "publish")
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    server = Served.start(folder)
    yield server
    assert server.stop() == 0


@pytest.mark.slow
def test_the_examples_are_at_their_well_known_address(told: Served, files: dict[str, bytes]) -> None:
    for path in ("/.well-known/sparql-examples", "/sparql-examples.ttl"):
        answer = told.ask(path)
        assert (answer.status, answer.content_type) == (200, "text/turtle; charset=utf-8")
        moved = files["sparql-examples.ttl"].replace(b"https://trophees.example.org/", told.url.encode())
        assert answer.body == moved
    answer = told.ask("/sparql-examples", Accept="text/turtle")
    assert (answer.status, answer.path) == (303, "/sparql-examples.ttl")


def test_examples_prefixes_and_uses_can_be_asked_in_the_endpoint(told: Served, project: Project) -> None:
    sh = "PREFIX sh: <http://www.w3.org/ns/shacl#> "
    names = told.rows(sh + "SELECT DISTINCT ?q { ?q a sh:SPARQLExecutable ; sh:select|sh:construct|sh:ask ?text }")
    assert {row["q"].partition("#")[2] for row in names} == set(queries())
    prefixes = told.rows(sh + "SELECT ?prefix ?namespace { ?d sh:prefix ?prefix ; sh:namespace ?namespace }")
    assert {row["prefix"]: row["namespace"] for row in prefixes} == project.context.prefixes
    part = "?c void:class tp:Laureate ; void:propertyPartition [ void:property tp:stars ; void:triples ?n ]"
    assert told.rows(f"PREFIX void: <{VOID}> SELECT ?n {{ GRAPH graph:catalog {{ {part} }} }}") == [{"n": str(STARRED)}]


def test_the_description_of_the_service_declares_the_prefixes_and_leads_on(told: Served, project: Project) -> None:
    graph = Graph().parse(data=told.ask("/sparql", Accept="text/turtle").body, format="turtle")
    service = URIRef(f"{told.url}sparql#service")
    declared = {
        str(graph.value(d, SH.prefix)): str(graph.value(d, SH.namespace)) for d in graph.objects(service, SH.declare)
    }
    assert declared == project.context.prefixes
    beside = [str(address) for address in graph.objects(service, RDFS.seeAlso)]
    assert len(beside) == 2
    for address in beside:
        assert told.ask("/" + address.removeprefix(told.url)).status == 200


@pytest.mark.slow
def test_without_examples_there_are_none(served: Served) -> None:
    assert served.ask("/.well-known/sparql-examples").status == 404


@pytest.mark.foreign
def test_sparql_llm_reads_every_class_every_example_and_every_prefix(told: Served, project: Project) -> None:
    read = tools.ask("sparql-llm", f"{told.url}sparql")
    assert read["prefixes"] == project.context.prefixes
    asked = {text for text, _, _ in read["examples"]}
    assert asked == {text for query in queries().values() for _, text in query.summary.items()}
    kinds = {kind for _, _, kind in read["examples"]}
    assert kinds <= {"SelectQuery", "ConstructQuery", "AskQuery", "DescribeQuery"}, "it can parse each"
    assert len(read["schema"]) >= 45
    assert all(read["schema"].values()), "each class has properties"
    assert read["schema"][TP + "Laureate"][TP + "stars"] == [XSD + "integer"]
    assert TP + "Organisation" in read["schema"][TP + "Laureate"][TP + "carriedBy"]
    assert len(read["shapes"]) >= 45
    assert "tp:stars xsd:integer" in read["shapes"][TP + "Laureate"]
