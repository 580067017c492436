"""The graph in figures: a VoID description (Vocabulary of Interlinked Datasets, W3C Note of 3 March 2011). Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from pyoxigraph import Literal, NamedNode, Triple

from trophees.base.namespaces import BASE, RDF_TYPE, TP, VOID, XSD, file_name
from trophees.graph.walk import Described
from trophees.hosting.settings import Hosting
from trophees.publish.writers.spool import Spools
from trophees.publish.writers.writer import Files

PART = BASE + "void#"  # how the IRIs of partitions begin
_FORMATS = "http://www.w3.org/ns/formats/"
_BESIDE = re.compile(r"-(fr|en|annotated)\.ttl$")  # in one language, or in RDF 1.2
_WRITTEN = {"ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF_XML", "jsonld": "JSON-LD"}
_DIGEST = 16  # bytes
_EXAMPLES = ("Edition", "Laureate", "Organisation")


class Figures:
    """What occurs in the union of the named graphs, counted as it passes (a `Writer` of no file).

    `properties` are counted by IRI, and instances by the IRI of their class, with the first of them.
    """

    def begin(self, spools: Spools) -> None:
        """As `Writer`."""
        self.subjects = self.entities = 0
        self.properties: Counter[str] = Counter()
        self.classes: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self._objects = [spools.new() for _ in range(256)]  # their digests, by first byte: one part is in memory

    def subject(self, told: Described) -> None:
        """As `Writer`."""
        if not told.triples:
            return
        name = told.subject.value if isinstance(told.subject, NamedNode) else ""
        self.subjects += 1
        self.entities += name.startswith(BASE)
        for triple in told.triples:
            digest = blake2b(str(triple.object).encode(), digest_size=_DIGEST).digest()
            self._objects[digest[0]].append(digest)
            self.properties[triple.predicate.value] += 1
            if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
                self.classes[triple.object.value] += 1
                if name:
                    self.first[triple.object.value] = min(name, self.first.get(triple.object.value, name))

    def end(self) -> Files:
        """As `Writer`."""
        self.objects = sum(len(_digests(b"".join(part))) for part in self._objects)
        return iter(())


def describe(dataset: NamedNode, terms: Figures, paths: Iterable[str], hosting: Hosting) -> list[Triple]:
    """`dataset`, whose figures are `terms` and whose files are at `paths`, with a partition per class and property.

    Entities are the subjects under our base (section 4.6); a class has a dump where there is a file of its instances.
    """
    said = [
        Triple(dataset, RDF_TYPE, _void("Dataset")),
        Triple(dataset, _void("uriSpace"), Literal(BASE)),
        count(dataset, "triples", terms.properties.total()),
        count(dataset, "entities", terms.entities),
        count(dataset, "distinctSubjects", terms.subjects),
        count(dataset, "distinctObjects", terms.objects),
        count(dataset, "properties", len(terms.properties)),
        count(dataset, "classes", len(terms.classes)),
    ]
    occurring = (*terms.properties, *terms.classes)
    links = [("vocabulary", name) for name in {re.sub(r"[^/#]+$", "", iri) for iri in occurring}]
    links += [("exampleResource", first) for name in _EXAMPLES if (first := terms.first.get(TP + name))]
    links += [("sparqlEndpoint", hosting.sparql)] if hosting.sparql else []
    dumps = {path: hosting.url + path for path in paths if path.startswith("dumps/")}
    for path, address in dumps.items():
        if path.count("/") == 1 and not _BESIDE.search(path):
            links.append(("dataDump", address))
            if form := _WRITTEN.get(path.rpartition(".")[2]):
                links.append(("feature", _FORMATS + form))
    said += [Triple(dataset, _void(name), NamedNode(value)) for name, value in links]
    for cls, members in terms.classes.items():
        inside = part(said, dataset, "class", cls)
        said.append(count(inside, "entities", members))
        if cls.startswith(TP) and (dump := dumps.get(f"dumps/classes/{file_name(cls)}.ttl")):
            said.append(Triple(inside, _void("dataDump"), NamedNode(dump)))
    for predicate, number in terms.properties.items():
        said.append(count(part(said, dataset, "property", predicate), "triples", number))
    return said


def _digests(part: bytes) -> set[bytes]:
    return {part[place : place + _DIGEST] for place in range(0, len(part), _DIGEST)}


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
