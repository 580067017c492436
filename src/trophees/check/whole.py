"""What only the whole graph shows: each thing is described once, no two stand in one place. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from trophees.base.context import Context
from trophees.base.language import Both
from trophees.base.namespaces import BASE, RDF_TYPE, TP
from trophees.check.wording import Types
from trophees.graph.provenance import Graphs, graphs_of, sources_of
from trophees.source.problem import Problem
from trophees.source.record import Record, Statement

Place = tuple[str, int, int]  # path of the file, line, column
Standing = tuple[NamedNode, NamedNode, str]  # the graph of a source, an edition, a place in the document
_EDITION, _ORDER = NamedNode(TP + "edition"), NamedNode(TP + "order")
_SECTION, _OF, _KIND = NamedNode(TP + "section"), NamedNode(TP + "sectionOf"), NamedNode(TP + "sourceKind")


@dataclass
class Whole:
    """Every record of a project, as far as one of them has to know the others.

    `types` gives the classes of each node by IRI; `nodes` where it is described; `orders` which laureates of an edition
    stand at a place of a document, told by the named graph of what it says; `sources` the graphs of each source, and
    `kinds` of which kind it is; `sections` in which kinds of source each section is found.
    """

    types: Types = field(default_factory=dict)
    nodes: dict[NamedNode, list[Place]] = field(default_factory=dict)
    orders: dict[Standing, list[Place]] = field(default_factory=dict)
    sources: dict[NamedNode, Graphs] = field(default_factory=dict)
    kinds: dict[NamedNode, NamedNode | Literal] = field(default_factory=dict)
    sections: dict[NamedNode | Literal, set[NamedNode | Literal]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Collection[Record], reference: Iterable[tuple[str, str]]) -> Whole:
        """What `records` describe, and the classes of the `reference` data (pairs of IRIs)."""
        whole = cls(sources=sources_of(records)).joined(records)
        for iri, name in reference:
            whole.types.setdefault(iri, set()).add(name)
        return whole

    def joined(self, records: Iterable[Record]) -> Whole:
        """What is known with `records`, which are no sources, too; this one stays as it is."""
        whole = Whole(
            dict(self.types), dict(self.nodes), dict(self.orders), self.sources, dict(self.kinds), dict(self.sections)
        )
        for record in records:
            for node, place in record.nodes.items():
                whole.nodes[node] = [*whole.nodes.get(node, ()), (record.path, *place)]
            for s in record.statements:
                if s.predicate == RDF_TYPE and isinstance(s.object, NamedNode):
                    whole.types[s.subject.value] = {*whole.types.get(s.subject.value, ()), s.object.value}
                elif s.predicate == _KIND:
                    whole.kinds[s.subject] = s.object
                elif s.predicate == _OF:
                    whole.sections[s.subject] = {*whole.sections.get(s.subject, ()), s.object}
            for key, s in self.standings(record):
                whole.orders[key] = [*whole.orders.get(key, ()), (record.path, s.line, s.column)]
        return whole

    def problems(self, record: Record, context: Context) -> Iterator[Problem]:
        """What is wrong with `record` beside the others, which are told where that other place is."""
        for node, place in record.nodes.items():
            for path, line, _ in _elsewhere(record, self.nodes.get(node, ())):
                name = context.compact(node.value).removeprefix(BASE)
                yield Problem(
                    record.path,
                    *place,
                    "graph:described-once",
                    messages=Both(
                        f"« {name} » a déjà sa fiche dans {path}, ligne {line} : une chose est décrite une fois",
                        f"“{name}” is already described in {path}, line {line}: a thing is described once",
                    ),
                )
        for node, place in record.nodes.items():
            twin = _twin(node)
            for path, line, _ in self.nodes.get(twin, ()) if twin else ():
                short = node.value.removeprefix(BASE).partition("/")[2]
                yield Problem(
                    record.path,
                    *place,
                    "graph:key-once",
                    messages=Both(
                        f"la clé « {short} » est déjà celle de {path}, ligne {line} : un lauréat et un cas n’ont pas "
                        "la même dans les tables, donnez un autre nom à l’un d’eux",
                        f"the key “{short}” is already that of {path}, line {line}: a laureate and a case do not have "
                        "the same one in tables, give one of them another name",
                    ),
                )
        for key, s in self.standings(record):
            for path, _, _ in _elsewhere(record, self.orders.get(key, ())):
                _, edition, order = key
                name = context.compact(edition.value)
                yield Problem(
                    record.path,
                    s.line,
                    s.column,
                    "graph:order-once",
                    messages=Both(
                        f"ordre — la place {order} de « {name} » est déjà prise dans {path}",
                        f"ordre (order) — place {order} of “{name}” is already taken in {path}",
                    ),
                )
        for source, s in self.misread(record):
            section, name = context.compact(s.object.value, vocab=True), context.compact(source.value)
            yield Problem(
                record.path,
                s.line,
                s.column,
                "graph:section-of-source",
                messages=Both(
                    f"rubrique — « {section} » n’est pas une rubrique de « {name} » : "
                    "dites avec « selon » dans quelle source le fait se lit",
                    f"rubrique (section) — “{section}” is no section of “{name}”: "
                    "say with “selon” in which source the fact can be read",
                ),
            )

    def misread(self, record: Record) -> Iterator[tuple[NamedNode, Statement]]:
        """The statements of sections that the source of their fact cannot have: sources of another kind have them.

        Of a kind of source that no section is known to be of, nothing is said.
        """
        kinds = {
            graph: (source, self.kinds[source])
            for source in self.sources.keys() & self.kinds.keys()
            for graph in self.sources[source]
        }
        decided = set().union(*self.sections.values())
        graph = graphs_of(record, self.sources)
        for s in record.statements:
            if s.predicate == _SECTION and s.object in self.sections and (told := kinds.get(graph(s))):
                source, kind = told
                if kind in decided and kind not in self.sections[s.object]:
                    yield source, s

    def standings(self, record: Record) -> Iterator[tuple[Standing, Statement]]:
        """The statements of the place of a laureate, each with the document, the edition and that place."""
        places = [s for s in record.statements if s.predicate == _ORDER and isinstance(s.object, Literal)]
        if places:
            graph = graphs_of(record, self.sources)
            editions = [s.object for s in record.statements if s.predicate == _EDITION]
            named = [edition for edition in editions if isinstance(edition, NamedNode)]
            yield from (((graph(s), edition, s.object.value), s) for s in places for edition in named)


def _twin(node: NamedNode) -> NamedNode | None:
    """The case, or the laureate, that would have the key of `node` in tables; None if that is neither."""
    kind, _, key = node.value.removeprefix(BASE).partition("/")
    other = {"laureate": "case", "case": "laureate"}.get(kind)
    return NamedNode(f"{BASE}{other}/{key}") if other and "#" not in key else None


def _elsewhere(record: Record, places: Iterable[Place]) -> Iterator[Place]:
    return (place for place in places if place[0] != record.path)
