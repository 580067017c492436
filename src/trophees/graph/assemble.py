"""Everything that was read, and what the rules derive from it, as one dataset of named graphs.

| graph | holds |
|---|---|
| `graph/report/…` and others | what a source says, one graph a source |
| `graph/curation/…` | what a curator infers or adds: facts with a reason, anomalies, identifiers, notes, English… |
| `graph/insee/…` | reference geography, by vintage |
| `graph/vocabulary`, `graph/ontology`, `graph/catalog` | concepts; terms; the dataset and the graphs themselves |
| `graph/mapping` | the terms of other vocabularies that match the concepts |
| `graph/withdrawn` | identifiers that stand for nothing any more |
| `graph/rules` | what the rules derive, but for the types |

What something is stands beside what it follows from, so that one `GRAPH` joins a fact, its type and what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple, parse

from trophees.base.namespaces import GRAPH
from trophees.graph.provenance import Graphs, graphs_of, sources_of
from trophees.source.record import Record, Sources

_ONTOLOGY, _RULES = NamedNode(GRAPH + "ontology"), NamedNode(GRAPH + "rules")
_BESIDE = re.compile(r"^#\+ stands: ", re.MULTILINE)  # in the head of a rule


def build(sources: Sources) -> Store:
    """The dataset in memory. Its default graph is empty: query it with the union of the named graphs."""
    store = Store()
    store.extend(stated(sources.records, sources_of(sources.records)))
    store.extend(beside(sources))
    # the union of the graphs counts a triple of two graphs twice
    known = {quad.triple for quad in store}
    derived: dict[Triple, NamedNode] = {}
    for triple, graph in derived_from(store, sources.rules):
        if triple not in known:
            derived.setdefault(triple, graph)
    store.extend(Quad(t.subject, t.predicate, t.object, graph) for t, graph in derived.items())
    return store


def beside(sources: Sources) -> Iterator[Quad]:
    """What no record says: the reference data, and the ontology."""
    yield from sources.reference
    for text in sources.ontology:
        yield from (Quad(t.subject, t.predicate, t.object, _ONTOLOGY) for t in parse(text, format=RdfFormat.TURTLE))


def stated(records: Iterable[Record], known: Mapping[NamedNode, Graphs]) -> Iterator[Quad]:
    """The statements of `records`, each in the graph that says whose word it is; `known` gives those of sources."""
    for record in records:
        graph = graphs_of(record, known)
        yield from (Quad(s.subject, s.predicate, s.object, graph(s)) for s in record.statements)


def derived_from(store: Store, rules: dict[str, str]) -> Iterator[tuple[Triple, NamedNode]]:
    """What each rule adds to what was read, and where it is to stand; no rule builds on another's result."""
    for found, graph in applied(store, rules):
        yield from ((triple, graph) for triple in found)


def applied(store: Store, rules: dict[str, str]) -> Iterator[tuple[QueryTriples, NamedNode]]:
    """The answers of the rules, one after the other, each with the graph in which they are to stand.

    A rule whose head says so is applied to each graph alone, with the ontology: what it adds stands there.
    """
    graphs = sorted((g for g in store.named_graphs() if isinstance(g, NamedNode)), key=str)
    for name, rule in sorted(rules.items()):
        beside = _BESIDE.search(rule)
        for graph in graphs if beside else [_RULES]:
            given = {"default_graph": [graph, _ONTOLOGY]} if beside else {"use_default_graph_as_union": True}
            try:
                found = store.query(rule, **given)
            except SyntaxError as error:
                raise SyntaxError(f"rule {name}: {error}") from None
            if not isinstance(found, QueryTriples):
                raise ValueError(f"rule {name}: a CONSTRUCT is expected")
            yield found, graph
