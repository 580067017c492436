"""What the embedded engine holds, for rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple
from rdflib.namespace import XSD
from rdflib.term import IdentifiedNode, Node

_PLAIN = str(XSD.string)


def dataset(store: Store, prefixes: Mapping[str, str]) -> rdflib.Dataset:
    """The quads of `store`; the default graph is the union of the named ones."""
    found = rdflib.Dataset(default_union=True)
    _bind(found, prefixes)
    terms = _Terms()
    graphs: dict[str, rdflib.Graph] = {}
    for quad in store:
        name = quad.graph_name
        key = str(name)
        if key not in graphs:
            graphs[key] = found.graph(terms.node(name)) if isinstance(name, NamedNode | BlankNode) else found
        graphs[key].add(terms.triple(quad))
    return found


def graph(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> rdflib.Graph:
    """A graph of `triples`."""
    found = rdflib.Graph()
    _bind(found, prefixes)
    terms = _Terms()
    for triple in triples:
        found.add(terms.triple(triple))
    return found


def _bind(graph: rdflib.Graph, prefixes: Mapping[str, str]) -> None:
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace, override=True, replace=True)


class _Terms:
    """Terms of rdflib, each made once. Literals keep the form in which they are written."""

    def __init__(self) -> None:
        self._made: dict[object, Node] = {}

    def triple(self, of: Triple | Quad) -> tuple[Node, Node, Node]:
        return self.term(of.subject), self.term(of.predicate), self.term(of.object)

    def term(self, term: object) -> Node:
        made = self._made.get(term)
        if made is None:
            made = self._made[term] = self.literal(term) if isinstance(term, Literal) else self.node(term)
        return made

    def node(self, term: object) -> IdentifiedNode:
        if isinstance(term, NamedNode):
            return rdflib.URIRef(term.value)
        if isinstance(term, BlankNode):
            return rdflib.BNode(term.value)
        raise ValueError(f"rdflib has no term for {term}")

    def literal(self, term: Literal) -> rdflib.Literal:
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        return rdflib.Literal(
            term.value, datatype=None if datatype == _PLAIN else rdflib.URIRef(datatype), normalize=False
        )
