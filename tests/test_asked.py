"""A query of a shape is asked once of all nodes where that says what asking each of them says, else of each."""

from __future__ import annotations

import random
import re

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Triple

from test_check import PREFIXES
from test_errors import EXPECTED, faulty
from trophees.base.namespaces import XSD
from trophees.check.asked import questions
from trophees.check.fast import Fast
from trophees.check.records import hierarchy, part
from trophees.check.shacl import SHAPES, PyShacl, shapes_graph
from trophees.check.stream import Reference, findings
from trophees.check.whole import Whole
from trophees.release.checkout import Project

pytestmark = pytest.mark.xdist_group("fast")

SHAPE = PREFIXES + ":Kind a sh:NodeShape ; sh:targetObjectsOf :part ; sh:sparql :query . :query sh:select '''%s''' ."
ASKED_AT_ONCE = [
    "SELECT $this ?value WHERE { $this :size ?value FILTER(?value > 3) }",
    "SELECT $this (:size AS ?path) ?value WHERE { $this :size ?value ; :least ?least . FILTER(?value < ?least) }",
    "SELECT $this ?value WHERE { $this :next ?value . OPTIONAL { ?value :size ?size } FILTER(!BOUND(?size)) }",
    "SELECT $this ?value WHERE { $this :next ?value . OPTIONAL { ?owner :part ?value } FILTER(!BOUND(?owner)) }",
    "SELECT $this ?path ?value WHERE { $this ?path ?value FILTER(?path IN (:size, :least)) FILTER(?value > 3) }",
    "SELECT $this ?value WHERE { $this :size ?value BIND(CONCAT(')', STR(?value)) AS ?text) FILTER(?text > ')3') }",
]
ASKED_OF_EACH = {
    "what may be of another scope": "SELECT $this ?value WHERE { { $this :size ?value } UNION { $this :next ?value } }",
    "a node that is bound elsewhere": "SELECT $this ?value WHERE { ?value :next $this }",
    "what a node has not": "SELECT $this ?value WHERE { $this :size ?value FILTER NOT EXISTS { $this :least ?least } }",
    "one of each node": "SELECT $this ?value WHERE { $this :size ?value } LIMIT 1",
    "how many": "SELECT $this (COUNT(?size) AS ?value) WHERE { $this :size ?size } GROUP BY $this",
    "any property": "SELECT $this ?path ?value WHERE { $this ?path ?value FILTER(?value = 3) }",
    "each with each": "SELECT $this ?value WHERE { $this :size ?value OPTIONAL { ?a :least ?value . $this :next ?b } }",
    "a way of any length": "SELECT $this ?value WHERE { $this :next+ ?value }",
}


def shape(query: str) -> rdflib.Graph:
    """A shape with that query, in which a name that begins with a colon stands for an IRI."""
    return shapes_graph([SHAPE % re.sub(r"(?<=[ (]):(\w+)", r"<urn:\1>", query)])


def things(seed: int) -> list[Triple]:
    """Thirty things with sizes and what comes next, of which some are parts."""
    choose, said = random.Random(seed), list[Triple]()
    for number in range(30):
        node = NamedNode(f"urn:{number}")
        for name in choose.sample(["size", "least", "size", "least"], choose.randint(0, 4)):
            size = Literal(str(choose.randint(1, 6)), datatype=NamedNode(XSD + "integer"))
            said.append(Triple(node, NamedNode(f"urn:{name}"), size))
        if choose.random() < 0.8:
            said.append(Triple(node, NamedNode("urn:next"), NamedNode(f"urn:{choose.randint(0, 29)}")))
        if choose.random() < 0.5:
            said.append(Triple(NamedNode("urn:whole"), NamedNode("urn:part"), node))
    return said


@pytest.mark.parametrize("query", ASKED_AT_ONCE)
def test_what_is_asked_at_once_finds_what_pyshacl_finds(query: str) -> None:
    shapes = shape(query)
    assert len(list(questions(shapes))) == 1
    found = set(PyShacl(shapes).validate(things(0)))
    assert found
    assert set(Fast(shapes, many=0).validate(things(0))) == found


@pytest.mark.parametrize("name", ASKED_OF_EACH)
def test_a_query_that_may_say_something_else_then_is_asked_of_each(name: str) -> None:
    shapes = shape(ASKED_OF_EACH[name])
    assert list(questions(shapes)) == []
    assert set(Fast(shapes, many=0).validate(things(0))) == set(PyShacl(shapes).validate(things(0)))


def test_a_shape_that_another_names_or_that_says_more_is_asked_of_each() -> None:
    query = "SELECT $this ?value WHERE { $this <urn:size> ?value }"
    [_] = questions(shapes_graph([SHAPE % query]))
    for more in (
        ":Other sh:not :Kind .",
        ":Kind sh:property [ sh:path :size ] .",
        ":Kind sh:sparql [ sh:select '' ] .",
    ):
        assert list(questions(shapes_graph([SHAPE % query + more]))) == []


def test_every_query_of_the_records_is_asked_at_once(shapes: rdflib.Graph) -> None:
    """Else each node of many records would be asked by itself, which takes five times as long."""
    asked = {rdflib.URIRef(question.shape) for question in questions(shapes)}
    assert asked == set(shapes.subjects(rdflib.SH.sparql))


@pytest.mark.slow
def test_each_record_that_breaks_a_query_is_found_at_once_as_pyshacl_finds_it(
    project: Project, whole: Whole, shapes: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    asked = {question.shape.removeprefix(SHAPES) for question in questions(shapes)}
    names = [name for name, lines in EXPECTED.items() if any(rule in line for line in lines for rule in asked)]
    reference = Reference(whole.types, hierarchy(ontology, shapes))
    parts = [part([faulty(name, project.context)]) for name in names]
    slow, fast = (set(findings(parts, engine, reference)) for engine in (PyShacl(shapes), Fast(shapes, many=0)))
    assert fast == slow
    assert {f.shape.removeprefix(SHAPES) for f in fast} >= asked
