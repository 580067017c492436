"""Terms of pyoxigraph as rdflib's, and back. Literals keep the form in which they are written."""

from __future__ import annotations

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib.term import IdentifiedNode, Node

from trophees.base.namespaces import XSD

Term = NamedNode | BlankNode | Literal
_STRING = NamedNode(XSD + "string")


def node(term: object) -> IdentifiedNode:
    """An IRI or a blank node as rdflib has it; ValueError for what is neither."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    raise ValueError(f"rdflib has no term for {term}")


def term(term: object) -> IdentifiedNode | rdflib.Literal:
    """Any term as rdflib has it; ValueError for a triple, which rdflib has not."""
    if not isinstance(term, Literal):
        return node(term)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # rdflib tells "x" from "x"^^xsd:string, RDF 1.1 does not
    datatype = None if term.datatype == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def triple(of: Triple | Quad) -> tuple[IdentifiedNode, IdentifiedNode, IdentifiedNode | rdflib.Literal]:
    """A triple as rdflib has it, or the triple of a quad; ValueError as `term`."""
    return node(of.subject), node(of.predicate), term(of.object)


def triple_back(of: tuple[Node, Node, Node]) -> Triple:
    """A triple of rdflib as pyoxigraph has it."""
    subject, predicate, value = map(back, of)
    assert isinstance(subject, NamedNode | BlankNode)
    assert isinstance(predicate, NamedNode)
    return Triple(subject, predicate, value)


def back(node: Node) -> Term:
    """A term of rdflib as pyoxigraph has it."""
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype)) if node.datatype else None)
    return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))
