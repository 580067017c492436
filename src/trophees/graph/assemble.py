"""Everything that was read, and what the rules derive from it, as one dataset of named graphs.

| graph | holds |
|---|---|
| `graph/report/…` and others | what a source says, one graph a source |
| `graph/curation/…` | what a curator infers or adds: facts with a reason, anomalies, identifiers, notes, English… |
| `graph/insee/…` | reference geography, by vintage |
| `graph/vocabulary`, `graph/ontology`, `graph/catalog` | concepts; terms; the dataset and the graphs themselves |
| `graph/withdrawn` | identifiers that stand for nothing any more |
| `graph/rules` | what the rules derive |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple, parse

from trophees.base.namespaces import GRAPH
from trophees.graph.provenance import graphs_of, sources_of
from trophees.source.record import Record, Sources


def build(sources: Sources) -> Store:
    """The dataset in memory. Its default graph is empty: query it with the union of the named graphs."""
    store = Store()
    store.extend(_stated(sources.records))
    store.extend(sources.reference)
    for text in sources.ontology:
        store.extend(
            Quad(t.subject, t.predicate, t.object, NamedNode(GRAPH + "ontology"))
            for t in parse(text, format=RdfFormat.TURTLE)
        )
    # the union of the graphs counts a triple of two graphs twice
    derived = set(_derived(store, sources.rules)) - {quad.triple for quad in store}
    store.extend(Quad(t.subject, t.predicate, t.object, NamedNode(GRAPH + "rules")) for t in derived)
    return store


def _stated(records: Iterable[Record]) -> Iterator[Quad]:
    """The statements of `records`, each in the graph that says whose word it is."""
    records = list(records)
    known = sources_of(records)
    for record in records:
        graph = graphs_of(record, known)
        yield from (Quad(s.subject, s.predicate, s.object, graph(s)) for s in record.statements)


def _derived(store: Store, rules: dict[str, str]) -> Iterator[Triple]:
    """What each rule adds to what was read; no rule builds on another's result."""
    for name, rule in sorted(rules.items()):
        try:
            found = store.query(rule, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise SyntaxError(f"rule {name}: {error}") from None
        if not isinstance(found, QueryTriples):
            raise ValueError(f"rule {name}: a CONSTRUCT is expected")
        yield from found
