"""Everything that was read, and what the rules derive from it, as one dataset of named graphs.

| graph | holds |
|---|---|
| `graph/report/2020` | what the report prints |
| `graph/curation/2020` | what a curator infers or adds: facts with a reason, anomalies, identifiers, notes, English… |
| `graph/insee/…` | reference geography, by vintage |
| `graph/vocabulary`, `graph/ontology`, `graph/catalog` | concepts; terms; the dataset and the graphs themselves |
| `graph/rules` | what the rules derive |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, RdfFormat, Store, Triple, parse

from trophees.base.namespaces import BASE, GRAPH, TP
from trophees.source.record import Record, Sources

_ADDED = {TP + name for name in ("summary", "note", "homeTerritory")}
_REASON = NamedNode(TP + "reason")
_OBSERVED = {NamedNode(TP + "identifier"), NamedNode(TP + "anomaly")}  # what they lead to is a curator's word, too


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
    derived = set(_derived(store, sources.rules))
    store.extend(Quad(t.subject, t.predicate, t.object, NamedNode(GRAPH + "rules")) for t in derived)
    return store


def _stated(records: Iterable[Record]) -> Iterator[Quad]:
    """The statements of `records`, each in the graph that says whose word it is."""
    records = list(records)
    year = max((r.iri.value.rsplit("/", 1)[-1] for r in records if "/edition/" in r.iri.value), default="2020")
    for record in records:
        kind = record.iri.value.removeprefix(BASE).split("/")[0]
        if kind in ("vocabulary", "dataset", "graph"):
            name = NamedNode(GRAPH + ("vocabulary" if kind == "vocabulary" else "catalog"))
            yield from (Quad(s.subject, s.predicate, s.object, name) for s in record.statements)
            continue
        inferred: set[NamedNode | Literal] = {s.subject for s in record.statements if s.predicate == _REASON}
        inferred |= {s.object for s in record.statements if s.predicate in _OBSERVED}
        report, curation = (NamedNode(f"{GRAPH}{who}/{year}") for who in ("report", "curation"))
        for s in record.statements:
            translated = isinstance(s.object, Literal) and s.object.language == "en"
            added = translated or s.predicate.value in _ADDED or s.subject in inferred or s.object in inferred
            yield Quad(s.subject, s.predicate, s.object, curation if added else report)


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
