"""The door to SHACL: shapes and data in, results out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from pyshacl import validate
from rdflib import RDF, RDFS

from trophees.base.rdflib_terms import term
from trophees.source.record import Record

SHAPES = "https://w3id.org/trophees-participation/shapes#"

_SUBCLASS = NamedNode(str(RDFS.subClassOf))

Types = dict[str, set[str]]


def shapes_graph(texts: Iterable[str]) -> rdflib.Graph:
    """The shapes in Turtle `texts`, as one graph."""
    graph = rdflib.Graph()
    for text in texts:
        for t in parse(text, format=RdfFormat.TURTLE):  # ten times as fast as rdflib's own reader
            assert not isinstance(t.object, Triple)
            graph.add((term(t.subject), term(t.predicate), term(t.object)))
    return graph


def classes_graph(texts: Iterable[str]) -> rdflib.Graph:
    """Which class is under which, by the ontology in Turtle `texts`."""
    graph = rdflib.Graph()
    for text in texts:
        for t in parse(text, format=RdfFormat.TURTLE):
            if t.predicate == _SUBCLASS and isinstance(t.object, NamedNode):
                graph.add((term(t.subject), RDFS.subClassOf, term(t.object)))
    return graph


def report(records: Collection[Record], known: Types, shapes: rdflib.Graph, ontology: rdflib.Graph) -> rdflib.Graph:
    """The SHACL validation report on the nodes that `records` describe; empty if they describe none."""
    graph = _hierarchy(ontology, shapes)
    # the class of a node counts where a record refers to it: to say all of them would cost as much for each batch
    mentioned = {s.object.value for record in records for s in record.statements if isinstance(s.object, NamedNode)}
    for iri in mentioned & known.keys():
        for name in known[iri]:
            graph.add((rdflib.URIRef(iri), RDF.type, rdflib.URIRef(name)))
    for record in records:
        for s in record.statements:
            graph.add((term(s.subject), term(s.predicate), term(s.object)))
    focus: list[str | rdflib.URIRef] = [rdflib.URIRef(node.value) for record in records for node in record.nodes]
    if not focus:
        return rdflib.Graph()
    _, results, _ = validate(graph, shacl_graph=shapes, focus_nodes=focus)
    assert isinstance(results, rdflib.Graph)
    return results


def _hierarchy(*graphs: rdflib.Graph) -> rdflib.Graph:
    """Which class is under which."""
    classes = rdflib.Graph()
    for graph in graphs:
        classes += graph.triples((None, RDFS.subClassOf, None))
    return classes
