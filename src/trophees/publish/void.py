"""The graph in figures: a VoID description (Vocabulary of Interlinked Datasets, W3C Note of 3 March 2011). Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from trophees.base.namespaces import BASE, RDF_TYPE, TP, VOID, XSD, file_name
from trophees.hosting.settings import Hosting

PART = BASE + "void#"  # how the IRIs of partitions begin
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = {"ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF_XML", "jsonld": "JSON-LD"}
_EXAMPLES = ("Edition", "Laureate", "Organisation")


def describe(dataset: NamedNode, union: Iterable[Triple], paths: Iterable[str], hosting: Hosting) -> list[Triple]:
    """`dataset`, whose triples are `union` and whose files are at `paths`, with a partition per class and property.

    Entities are the subjects under our base (section 4.6); a class has a dump where there is a file of its instances.
    """
    terms = _Terms(union)
    subjects = [s for s in terms.subjects if isinstance(s, NamedNode) and s.value.startswith(BASE)]
    said = [
        Triple(dataset, RDF_TYPE, _void("Dataset")),
        Triple(dataset, _void("uriSpace"), Literal(BASE)),
        _count(dataset, "triples", terms.properties.total()),
        _count(dataset, "entities", len(subjects)),
        _count(dataset, "distinctSubjects", len(terms.subjects)),
        _count(dataset, "distinctObjects", len(terms.objects)),
        _count(dataset, "properties", len(terms.properties)),
        _count(dataset, "classes", len(terms.classes)),
    ]
    links = [("vocabulary", name) for name in {re.sub(r"[^/#]+$", "", t.value) for t in terms.vocabulary}]
    links += [("exampleResource", min(found)) for name in _EXAMPLES if (found := terms.classes.get(TP + name))]
    links += [("sparqlEndpoint", hosting.sparql)] if hosting.sparql else []
    dumps = {path: hosting.url + path for path in paths if path.startswith("dumps/")}
    for path, address in dumps.items():
        if path.count("/") == 1:
            links.append(("dataDump", address))
            if form := _WRITTEN.get(path.rpartition(".")[2]):
                links.append(("feature", _FORMATS + form))
    said += [Triple(dataset, _void(name), NamedNode(value)) for name, value in links]
    for cls, members in terms.classes.items():
        part = _part(said, dataset, "class", cls)
        said.append(_count(part, "entities", len(members)))
        if cls.startswith(TP) and (dump := dumps.get(f"dumps/classes/{file_name(cls)}.ttl")):
            said.append(Triple(part, _void("dataDump"), NamedNode(dump)))
    for predicate, count in terms.properties.items():
        said.append(_count(_part(said, dataset, "property", predicate), "triples", count))
    return said


class _Terms:
    """What occurs in triples: `properties` with how often, `classes` with the IRIs of their instances."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.subjects: set[NamedNode | BlankNode] = set()
        self.objects: set[NamedNode | BlankNode | Literal] = set()
        self.properties: Counter[str] = Counter()
        self.classes: defaultdict[str, set[str]] = defaultdict(set)
        for triple in triples:
            assert not isinstance(triple.subject, Triple)
            assert not isinstance(triple.object, Triple)
            self.subjects.add(triple.subject)
            self.objects.add(triple.object)
            self.properties[triple.predicate.value] += 1
            if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
                self.classes[triple.object.value].add(triple.subject.value)

    @property
    def vocabulary(self) -> Sequence[NamedNode]:
        return [NamedNode(iri) for iri in (*self.properties, *self.classes)]


def _part(said: list[Triple], dataset: NamedNode, kind: str, iri: str) -> NamedNode:
    """The partition of `dataset` by the class or property `iri`, of which `said` then tells."""
    part = NamedNode(f"{PART}{kind}/{iri.replace('#', '/').partition('://')[2]}")
    said.append(Triple(dataset, _void(f"{kind}Partition"), part))
    said.append(Triple(part, _void(kind), NamedNode(iri)))
    return part


def _count(subject: NamedNode, name: str, number: int) -> Triple:
    return Triple(subject, _void(name), Literal(str(number), datatype=NamedNode(XSD + "integer")))


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)
