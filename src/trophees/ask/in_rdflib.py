"""What the embedded engine holds, for rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import rdflib
from pyoxigraph import DefaultGraph, Store, Triple

from trophees.base import rdflib_terms


def dataset(store: Store, prefixes: Mapping[str, str]) -> rdflib.Dataset:
    """The quads of `store`; the default graph is the union of the named ones."""
    found = rdflib.Dataset(default_union=True)
    _bind(found, prefixes)
    term, node = cache(rdflib_terms.term), cache(rdflib_terms.node)  # each made once
    graphs: dict[object, rdflib.Graph] = {DefaultGraph(): found}
    for quad in store:
        graph = graphs.get(quad.graph_name)
        if graph is None:
            graph = graphs[quad.graph_name] = found.graph(node(quad.graph_name))
        graph.add((node(quad.subject), node(quad.predicate), term(quad.object)))
    return found


def graph(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> rdflib.Graph:
    """A graph of `triples`."""
    found = rdflib.Graph()
    _bind(found, prefixes)
    term = cache(rdflib_terms.term)
    for triple in triples:
        found.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return found


def _bind(graph: rdflib.Graph, prefixes: Mapping[str, str]) -> None:
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace, override=True, replace=True)
