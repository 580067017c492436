"""The graph and its queries in the forms that programs read which write queries themselves."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import QuerySolutions, Store
from rdflib import RDF, RDFS, SH, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery

from fuzz import among
from terms import value_of
from trophees.ask.cookbook import queries
from trophees.base.namespaces import BASE, SCHEMA, VOID_EXT
from trophees.hosting.settings import Hosting
from trophees.release.checkout import Project

EXT, ORG = Namespace(VOID_EXT), Namespace(SCHEMA)
DATASET = URIRef(BASE + "dataset/trophees")
# each use of a property by the instances of a class
USE = f"?s a ?class ; ?p ?o FILTER(?p != <{RDF.type}>)"


@pytest.fixture(scope="module")
def void(files: dict[str, bytes]) -> Graph:
    return Graph().parse(data=files["void.ttl"], format="turtle")


@pytest.fixture(scope="module")
def examples(files: dict[str, bytes]) -> Graph:
    return Graph().parse(data=files["sparql-examples.ttl"], format="turtle")


def counted(store: Store, what: str, pattern: str = USE) -> dict[tuple[str, ...], int]:
    """What SPARQL counts of `pattern`, by the variables `what`."""
    text = f"SELECT {what} (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY {what}"
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return {tuple(value_of(row[v]) for v in what.replace("?", "").split()): int(value_of(row["n"])) for row in found}


def told(void: Graph, text: str) -> dict[tuple[str, ...], int]:
    """What VoID says: the last of the columns by the others."""
    rows = [[str(term) for term in row] for row in void.query(text) if isinstance(row, rdflib.query.ResultRow)]
    return {tuple(row[:-1]): int(row[-1]) for row in rows}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("?part void:triples ?n", ("?class ?p", USE)),
        ("?part void:distinctSubjects ?n", ("?class ?p", f"SELECT DISTINCT ?class ?p ?s {{ {USE} }}")),
        ("?part void:classPartition [ void:class ?of ; void:triples ?n ]", ("?class ?p ?of", f"{USE} ?o a ?of")),
        (
            "?part ext:datatypePartition [ ext:datatype ?of ; void:triples ?n ]",
            ("?class ?p ?of", f"{USE} FILTER(isLITERAL(?o)) BIND(DATATYPE(?o) AS ?of)"),
        ),
    ],
)
def test_each_class_tells_what_its_instances_have(
    void: Graph, store: Store, said: str, expected: tuple[str, str]
) -> None:
    what, pattern = expected
    prefixes = f"PREFIX void: <{VOID}> PREFIX ext: <{VOID_EXT}> "
    path = f"<{DATASET}> void:classPartition ?outer . ?outer void:class ?class ; void:propertyPartition ?part ."
    found = told(void, f"{prefixes}SELECT {what} ?n {{ {path} ?part void:property ?p . {said} }}")
    assert found == counted(store, what, pattern)
    assert len(found) > 200


@pytest.mark.sample
def test_every_query_is_an_example_that_runs_anywhere(examples: Graph) -> None:
    found = {str(s).partition("#")[2]: s for s in examples.subjects(RDF.type, SH.SPARQLExecutable)}
    assert set(found) == set(queries())
    read = among(sorted(found), 20)
    for name, example in found.items():
        [(form, text)] = [(f, str(o)) for f in ("select", "ask", "construct") for o in examples.objects(example, SH[f])]
        if name in read:
            prepareQuery(text)  # by another engine, to which no prefix is known
        assert "#+" not in text
        assert (example, RDF.type, SH[f"SPARQL{form.capitalize()}Executable"]) in examples
        comments = {(str(o), o.language) for o in examples.objects(example, RDFS.comment) if isinstance(o, Literal)}
        assert comments == {(words, language) for language, words in queries()[name].summary.items()}
        keywords = {o.language for o in examples.objects(example, ORG.keywords) if isinstance(o, Literal)}
        assert keywords == {"fr", "en"}
        assert list(examples.objects(example, ORG.target)) == [URIRef(Hosting.sparql)]
        assert (examples.value(example, SH.prefixes), SH.declare, None) in examples


def test_every_prefix_is_declared(examples: Graph, project: Project) -> None:
    declared = {
        str(examples.value(d, SH.prefix)): examples.value(d, SH.namespace) for d in examples.objects(None, SH.declare)
    }
    assert {name: str(namespace) for name, namespace in declared.items()} == project.context.prefixes
    assert {n.datatype for n in declared.values() if isinstance(n, Literal)} == {XSD.anyURI}
