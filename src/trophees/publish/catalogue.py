"""The catalogue: what portals are told of a release, in DCAT-AP 3.0.1. Pure and deterministic.

What does not change from one release to the next is in `portals.ttl`; what the graph says of a dataset is said here in
the same words. Nodes that only the catalogue knows are fragments of its IRI. The period of a dataset is a blank node,
as data.gouv.fr would fetch its IRI.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple, parse

from trophees.base.addresses import Folder
from trophees.base.context import Context
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, GRAPH, RDF_TYPE, TP, XSD
from trophees.hosting.settings import Hosting
from trophees.publish.changelog import releases
from trophees.publish.tables import Table

CATALOG = NamedNode(BASE + "catalog")
_PATTERNS = ("dataset", "file", "dump", "table")  # nodes of portals.ttl: what is said of them is said of others

Subject = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


@cache
def _portals() -> tuple[list[Triple], Context]:
    reader = parse((Path(__file__).parent / "portals.ttl").read_bytes(), format=RdfFormat.TURTLE)
    constant = [quad.triple for quad in reader]
    return constant, Context({"@context": {"@vocab": TP, **reader.prefixes, "id": "@id", "type": "@type"}})


def context() -> Context:
    """The prefixes with which the catalogue is written."""
    return _portals()[1]


def node(name: str) -> NamedNode:
    """The IRI that a name such as `dcat:Dataset` stands for."""
    return NamedNode(context().expand(name))


def text(subject: str, predicate: str, language: str) -> str:
    """What `portals.ttl` says in `language`: `text("catalog:series", "dcterms:title", "fr")`."""
    said = [t for t in _portals()[0] if t.subject == node(subject)]
    found = (v for v in _values(said, predicate) if isinstance(v, Literal) and v.language == language)
    return next(found).value


@dataclass(frozen=True)
class File:
    """What is told of a published file: its size in bytes and its checksums, in hexadecimal."""

    size: int
    sha256: str
    sha512: str

    @classmethod
    def of(cls, data: bytes) -> File:
        """The file whose content is `data`."""
        return cls(len(data), hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest())


@dataclass(frozen=True)
class Release:
    """What is published: the graph, the other files by path, the tables among them, and what is said beside."""

    store: Store
    files: Mapping[str, File]
    tables: Iterable[Table]
    hosting: Hosting
    changelog: Mapping[Language, str]


def datasets(store: Store) -> list[NamedNode]:
    """The datasets that the graph describes, in the order of their IRIs, but for those that another replaces."""
    catalogue = NamedNode(GRAPH + "catalog")
    former = {q.subject for q in store.quads_for_pattern(None, node("dcterms:isReplacedBy"), None, catalogue)}
    found = store.quads_for_pattern(None, RDF_TYPE, node("dcat:Dataset"), catalogue)
    return sorted((q.subject for q in found if isinstance(q.subject, NamedNode) and q.subject not in former), key=str)


def years(store: Store) -> list[str]:
    """The years of the editions that the graph describes, in their order."""
    found = store.quads_for_pattern(None, node("tp:year"), None, None)
    return sorted({q.object.value for q in found if isinstance(q.object, Literal)})


def describe(release: Release) -> list[Triple]:
    """The catalogue of the datasets that the graph describes; each has all the files, as each file holds them all."""
    catalogue = _Catalogue(release)
    catalogue.root()
    for path, title in _listed(release):
        catalogue.file(path, title)
    for dataset in catalogue.datasets:
        catalogue.dataset(dataset)
    catalogue.series()
    if release.hosting.sparql:
        catalogue.service()
    return catalogue.said


class _Catalogue:
    """What is `said`, and the means to say it."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.url = release.hosting.url
        self.constant: dict[NamedNode, list[Triple]] = {}
        for triple in _portals()[0]:
            assert isinstance(triple.subject, NamedNode)
            self.constant.setdefault(triple.subject, []).append(triple)
        apart = {_fragment(name) for name in (*_PATTERNS, "sparql")}
        apart |= {s for s, said in self.constant.items() if _values(said, "dcterms:format")}
        self.said = [t for subject, said in self.constant.items() if subject not in apart for t in said]
        self.datasets = datasets(release.store)
        self.stated = {dataset: _stated(release.store, dataset) for dataset in self.datasets}
        self.files: list[NamedNode] = []
        every = [t for said in self.stated.values() for t in said]
        self.common: dict[str, Value | None] = {
            "dcterms:license": min(_values(every, "dcterms:license"), key=str, default=None),
            "dcterms:issued": min(_values(every, "dcterms:issued"), key=str, default=None),
            "dcterms:modified": max(_values(every, "dcterms:modified"), key=str, default=None),
        }

    def about(self, subject: Subject, values: Mapping[str, Value | Sequence[Value] | None]) -> None:
        """Say of `subject` each of `values`, by property."""
        for name, value in values.items():
            for one in value if isinstance(value, Sequence) else [value]:
                if one is not None:
                    self.said.append(Triple(subject, node(name), one))

    def like(self, pattern: NamedNode, subject: NamedNode) -> None:
        """Say of `subject` what is always said of `pattern`."""
        self.said += [Triple(subject, t.predicate, t.object) for t in self.constant.get(pattern, [])]

    def document(self, path: str) -> NamedNode:
        """The page at `path` of the site."""
        page = NamedNode(self.url + path)
        self.about(page, {"rdf:type": node("foaf:Document")})
        return page

    def root(self) -> None:
        """The catalogue itself, its publisher and its contact."""
        self.about(CATALOG, self.common)
        self.about(CATALOG, {"dcat:dataset": self.datasets, "foaf:homepage": self.document(Folder.HOME)})
        mailbox = NamedNode("mailto:" + self.release.hosting.contact)
        self.about(NamedNode(BASE), {"foaf:mbox": mailbox, "foaf:homepage": self.document(Folder.HOME)})
        self.about(_fragment("contact"), {"vcard:hasEmail": mailbox, "vcard:hasURL": self.document(Folder.ABOUT)})

    def file(self, path: str, texts: Mapping[str, Sequence[Value]]) -> None:
        """The distribution of the file at `path`; its address stays the same from one release to the next."""
        name = path.rpartition("/")[2]
        known, address = self.release.files[path], NamedNode(self.url + path)
        file, checksum = _fragment(name), _fragment(name + "-sha512")
        self.files.append(file)
        for pattern in ("file", "table" if path.startswith("csv/") else "dump", name):
            self.like(_fragment(pattern), file)
        self.about(file, {**self.common, **texts, "dcat:accessURL": address, "dcat:downloadURL": address})
        self.about(file, {"dcat:byteSize": _typed(known.size, "nonNegativeInteger"), "spdx:checksum": checksum})
        self.about(file, {"foaf:page": self.document(Folder.DATA)})
        # data.gouv.fr refuses a dataset whose sha256 has the datatype that DCAT-AP asks for, but not its sha512
        self.about(
            checksum,
            {
                "rdf:type": node("spdx:Checksum"),
                "spdx:algorithm": node("spdx:checksumAlgorithm_sha512"),
                "spdx:checksumValue": _typed(known.sha512, "hexBinary"),
            },
        )

    def dataset(self, dataset: NamedNode) -> None:
        """What the graph says of `dataset`, and what portals want besides."""
        stated = self.stated[dataset]
        self.said += stated
        self.like(_fragment("dataset"), dataset)
        versions = {value.value for value in _values(stated, "dcat:version")}
        place = self.datasets.index(dataset)
        self.about(
            dataset,
            {
                "dcterms:identifier": Literal(dataset.value),
                "dcterms:temporal": self.period(),
                "adms:versionNotes": list(_notes(self.release.changelog, versions)),
                "dcat:distribution": self.files,
                "dcat:landingPage": self.document(Folder.DATA),
                "foaf:homepage": self.document(Folder.DATA),  # CKAN would give its own address
                "foaf:page": self.document(Folder.ABOUT),
                "dcat:prev": self.datasets[place - 1 : place] if place else None,
            },
        )
        self.about(_fragment("provenance"), {"rdfs:label": list(_told_by(self.release.store, stated))})

    def period(self) -> BlankNode | None:
        """From the year of the first edition to that of the last."""
        found = years(self.release.store)
        if not found:
            return None
        period = BlankNode("editions")
        self.about(
            period,
            {
                "rdf:type": node("dcterms:PeriodOfTime"),
                "dcat:startDate": _typed(f"{found[0]}-01-01", "date"),
                "dcat:endDate": _typed(f"{found[-1]}-12-31", "date"),
            },
        )
        return period

    def series(self) -> None:
        """The series, whose IRI portals know, of what is listed."""
        self.about(
            _fragment("series"),
            {
                "dcterms:issued": self.common["dcterms:issued"],
                "dcterms:modified": self.common["dcterms:modified"],
                "dcat:first": self.datasets[:1],
                "dcat:last": self.datasets[-1:],
            },
        )

    def service(self) -> None:
        """The endpoint, which no file names as its service: data.gouv.fr would then not take it for one."""
        service, endpoint = _fragment("sparql"), NamedNode(self.release.hosting.sparql)
        self.like(service, service)
        keywords = [word for said in self.stated.values() for word in _values(said, "dcat:keyword")]
        self.about(CATALOG, {"dcat:service": service})
        self.about(service, self.common | {"dcat:endpointURL": endpoint, "dcat:endpointDescription": endpoint})
        self.about(service, {"dcat:servesDataset": self.datasets, "dcat:keyword": keywords})
        self.about(service, {"dcat:landingPage": self.document(Folder.PLAYGROUND)})


def _listed(release: Release) -> Iterator[tuple[str, dict[str, Sequence[Value]]]]:
    """The files that portals list, the whole graph in each format and each table, with texts for those without any."""
    for path in sorted(release.files):
        if re.fullmatch(r"dumps/[^/]+", path):
            yield path, {}
    for table in sorted(release.tables, key=lambda table: table.name):
        columns = ", ".join(column.name for column in table.columns)
        texts = {
            "dcterms:title": Both(f"Tableau « {table.name} », en CSV", f"Table “{table.name}”, as CSV"),
            "dcterms:description": table.summary + Both(f" Colonnes : {columns}.", f" Columns: {columns}."),
        }
        yield f"csv/{table.name}.csv", {name: _tagged(said) for name, said in texts.items()}


def _tagged(said: Both) -> list[Value]:
    return [Literal(text, language=language) for language, text in said.items()]


def _stated(store: Store, subject: NamedNode) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(subject, None, None, NamedNode(GRAPH + "catalog"))]


def _told_by(store: Store, stated: Iterable[Triple]) -> Iterator[Literal]:
    """The attribution, and the sources that it speaks of, each as its record cites it."""
    found = store.quads_for_pattern(None, RDF_TYPE, node("tp:Source"), None)
    said = [t for q in found if isinstance(q.subject, NamedNode) for t in _stated(store, q.subject)]
    cited = [value.value for value in _values(said, "dcterms:bibliographicCitation")]
    for value in _values(stated, "dcterms:rights"):
        assert isinstance(value, Literal)
        yield Literal("\n".join([value.value, *cited]), language=value.language)


def _values(triples: Iterable[Triple], name: str) -> list[NamedNode | Literal]:
    """The values of a property, in a fixed order."""
    found = (t.object for t in triples if t.predicate == node(name))
    return sorted((value for value in found if isinstance(value, NamedNode | Literal)), key=str)


def _notes(changelog: Mapping[Language, str], versions: set[str]) -> Iterator[Literal]:
    """What the change log says of `versions`, in each language."""
    for language, log in sorted(changelog.items()):
        found = [release for release in releases(log) if release.version in versions]
        if texts := ["".join(run.text for run in item) for release in found for item in release.items]:
            yield Literal("\n".join(texts), language=language)


def _fragment(name: str) -> NamedNode:
    return NamedNode(f"{CATALOG.value}#{name}")


def _typed(value: object, datatype: str) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + datatype))
