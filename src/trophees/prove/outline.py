"""What the graph knows of the shape of a source: its graph, its sections, and where each thing is told."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode, Store

from trophees.base.errors import UserError
from trophees.base.namespaces import BASE, RDF_TYPE, SKOS, TP
from trophees.prove.claims import PROCESSES, REPORT, SHEETS, Layout
from trophees.prove.report import Entry, Outline, heading


@dataclass(frozen=True)
class Known:
    """A source as the graph describes it: its `iri`, its kind, and the named `graph` of what it says."""

    store: Store
    iri: NamedNode
    kind: str
    graph: NamedNode

    @classmethod
    def of(cls, store: Store, iri: str) -> Known:
        """The source `iri`, or the only one if it is empty. UserError if there is none, or several."""
        found = {q.subject: q.object for q in store.quads_for_pattern(None, NamedNode(TP + "statedIn"), None, None)}
        chosen = [s for s in found if isinstance(s, NamedNode) and iri in ("", s.value)]
        if len(chosen) != 1:
            names = ", ".join(sorted(s.value.removeprefix(BASE) for s in found if isinstance(s, NamedNode)))
            raise UserError(f"which source is it? --of one of: {names}")
        (source,) = chosen
        graph = found[source]
        assert isinstance(graph, NamedNode)
        kind = _one(store, source.value, "sourceKind").rpartition("/")[2]
        return cls(store, source, kind, graph)

    @property
    def layout(self) -> Layout:
        """Where it prints what heads a process."""
        return SHEETS if self.kind == "sheets" else REPORT

    @property
    def graphs(self) -> list[NamedNode]:
        """The named graphs that hold words of ours: what any source says, what curators add, what concepts stand for.

        What is told of one source, or a definition, may repeat another.
        """
        names = [NamedNode(TP + name) for name in ("statedIn", "curatedIn")]
        found = {quad.object for name in names for quad in self.store.quads_for_pattern(None, name, None, None)}
        told = {graph.value for graph in found if isinstance(graph, NamedNode)}
        return [NamedNode(graph) for graph in sorted({*told, BASE + "graph/vocabulary"})]

    def outline(self) -> Outline:
        """Its entries in their order, and the headings of its sections; those that only other sources have are none."""
        told = {q.subject.value for q in self.store.quads_for_pattern(None, RDF_TYPE, None, self.graph)}  # type: ignore[union-attr]
        processes = sorted(
            (iri for iri in told if iri.startswith(PROCESSES) and "#" not in iri),
            key=lambda iri: int(_one(self.store, iri, "order") or 0),
        )
        entries = [
            Entry(iri, _one(self.store, iri, "title"), _one(self.store, iri, "carrierLine")) for iri in processes
        ]
        used = list(self.store.quads_for_pattern(None, NamedNode(TP + "section"), None, None))
        here = {q.object for q in used if q.graph_name == self.graph}
        inside = {
            q.object
            for q in used
            if q.graph_name == self.graph and isinstance(q.subject, NamedNode) and q.subject.value.startswith(PROCESSES)
        }
        elsewhere = {q.object for q in used if q.graph_name in self.others()} - here
        names = {words: iri for words, iri in self.sections().items() if NamedNode(iri) not in elsewhere}
        within = {words: iri for words, iri in names.items() if NamedNode(iri) in inside}
        return Outline(entries, within, {words: iri for words, iri in names.items() if words not in within})

    def others(self) -> set[NamedNode]:
        """The graphs of what other sources say."""
        quads = self.store.quads_for_pattern(None, NamedNode(TP + "statedIn"), None, None)
        return {q.object for q in quads if isinstance(q.object, NamedNode)} - {self.graph}

    def sections(self) -> dict[tuple[str, ...], str]:
        """The IRI of each section, by the `heading` of each of its French names."""
        found = {}
        for quad in self.store.quads_for_pattern(None, RDF_TYPE, NamedNode(TP + "Section"), None):
            for name in ("prefLabel", "altLabel"):
                for said in self.store.quads_for_pattern(quad.subject, NamedNode(SKOS + name), None, None):
                    if isinstance(said.object, Literal) and said.object.language == "fr":
                        found[heading(said.object.value)] = quad.subject.value  # type: ignore[union-attr]
        return dict(sorted(found.items()))

    def rows(self) -> dict[str, str]:
        """The thing that each row of a table tells, by the code of the sheet in the accounts of this source."""
        found = {}
        for quad in self.store.quads_for_pattern(None, NamedNode(TP + "account"), None, None):
            node = quad.object
            if isinstance(node, NamedNode) and _one(self.store, node.value, "accordingTo") == self.iri.value:
                found[normalize("NFC", _one(self.store, node.value, "notation"))] = quad.subject.value  # type: ignore[union-attr]
        return found


def _one(store: Store, iri: str, name: str) -> str:
    quads = store.quads_for_pattern(NamedNode(iri), NamedNode(TP + name), None, None)
    return min((q.object.value for q in quads if not isinstance(q.object, type(None))), default="")  # type: ignore[union-attr]
