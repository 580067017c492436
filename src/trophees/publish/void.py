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
        count(dataset, "triples", terms.properties.total()),
        count(dataset, "entities", len(subjects)),
        count(dataset, "distinctSubjects", len(terms.subjects)),
        count(dataset, "distinctObjects", len(terms.objects)),
        count(dataset, "properties", len(terms.properties)),
        count(dataset, "classes", len(terms.classes)),
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
        found = part(said, dataset, "class", cls)
        said.append(count(found, "entities", len(members)))
        if cls.startswith(TP) and (dump := dumps.get(f"dumps/classes/{file_name(cls)}.ttl")):
            said.append(Triple(found, _void("dataDump"), NamedNode(dump)))
    for predicate, number in terms.properties.items():
        said.append(count(part(said, dataset, "property", predicate), "triples", number))
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


def part(said: list[Triple], whole: NamedNode, kind: str, iri: str, namespace: str = VOID) -> NamedNode:
    """The partition of `whole` by the class, property or datatype `iri`, of which `said` then tells.

    Its name is made of what it counts: that of a part of a part begins with that of the part.
    """
    own = f"{kind}/{iri.replace('#', '/').partition('://')[2]}"
    found = NamedNode(f"{whole.value};{own}" if whole.value.startswith(PART) else PART + own)
    said.append(Triple(whole, NamedNode(f"{namespace}{kind}Partition"), found))
    said.append(Triple(found, NamedNode(namespace + kind), NamedNode(iri)))
    return found


def count(subject: NamedNode, name: str, number: int) -> Triple:
    """That `subject` has the `number` of what VoID calls `name`."""
    return Triple(subject, _void(name), Literal(str(number), datatype=NamedNode(XSD + "integer")))


def _void(name: str) -> NamedNode:
    return NamedNode(VOID + name)
