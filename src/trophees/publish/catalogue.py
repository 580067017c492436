"""The catalogue: what portals are told of a release, in DCAT-AP 3.0.1. Pure and deterministic.

What does not change from one release to the next is in `portals.ttl`; what the graph says of a dataset is said here in
the same words. Nodes that only the catalogue knows are fragments of its IRI. The period of a dataset is a blank node,
as data.gouv.fr would fetch its IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from trophees.base.addresses import Folder
from trophees.base.language import Both, Language
from trophees.base.namespaces import BASE, RDF_TYPE, XSD
from trophees.hosting import openapi
from trophees.places import reference
from trophees.places.place import BEGINNING
from trophees.publish import description
from trophees.publish.changelog import releases
from trophees.publish.description import Distribution, Release, citations, datasets, distributions, stated, years
from trophees.publish.places import dataset as places
from trophees.publish.portals import CATALOG, constant, fragment, node, values

# nodes of portals.ttl: what is said of them is said of others
_PATTERNS = ("dataset", "file", "dump", "table", "places-table")
_LISTED = node("dcat:distribution")
_COLUMNS_OF_PLACES = NamedNode(BASE + "places/csv-metadata.json")

Subject = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


def describe(release: Release) -> list[Triple]:
    """The catalogue of the datasets that the graph describes; each has all the files, as each file holds them all."""
    catalogue = _Catalogue(release)
    catalogue.root()
    for file in distributions(release, catalogue.today):
        catalogue.file(file)
    for dataset in catalogue.datasets:
        catalogue.dataset(dataset)
    catalogue.series()
    if release.places:
        catalogue.places()
    if release.hosting.sparql:
        catalogue.service()
    return catalogue.said


def in_order(triples: Sequence[Triple]) -> list[Triple]:
    """By subject and property; what is said in French first: portals may take the first text that comes.

    Files are listed in the order in which `triples` do: it is that in which portals will show them.
    """
    listed = {t.object: number for number, t in enumerate(triples) if t.predicate == _LISTED}

    def key(triple: Triple) -> tuple[str, bool, str, int, bool, str]:
        french = isinstance(triple.object, Literal) and triple.object.language == "fr"
        place = listed[triple.object] if triple.predicate == _LISTED else 0
        other, predicate = triple.predicate != RDF_TYPE, str(triple.predicate)
        return str(triple.subject), other, predicate, place, not french, str(triple.object)

    return sorted(set(triples), key=key)


class _Catalogue:
    """What is `said`, and the means to say it."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.url = release.hosting.url
        self.constant: dict[NamedNode, list[Triple]] = {}
        for triple in constant():
            assert isinstance(triple.subject, NamedNode)
            self.constant.setdefault(triple.subject, []).append(triple)
        apart = {fragment(name) for name in (*_PATTERNS, "sparql", "places", "places-provenance")}
        apart.add(_COLUMNS_OF_PLACES)
        apart |= {s for s, said in self.constant.items() if values(said, "dcterms:format")}
        self.said = [t for subject, said in self.constant.items() if subject not in apart for t in said]
        self.datasets = datasets(release.store)
        self.stated = {dataset: stated(release.store, dataset) for dataset in self.datasets}
        self.files: list[NamedNode] = []
        every = [t for said in self.stated.values() for t in said]
        self.common: dict[str, Value | None] = {
            "dcterms:license": min(values(every, "dcterms:license"), key=str, default=None),
            "dcterms:issued": min(values(every, "dcterms:issued"), key=str, default=None),
            "dcterms:modified": max(values(every, "dcterms:modified"), key=str, default=None),
        }
        modified = self.common["dcterms:modified"]
        self.today = modified.value if modified else ""

    def about(self, subject: Subject, values: Mapping[str, Value | Sequence[Value] | None]) -> None:
        """Say of `subject` each of `values`, by property."""
        for name, value in values.items():
            for one in value if isinstance(value, Sequence) else [value]:
                if one is not None:
                    self.said.append(Triple(subject, node(name), one))

    def like(self, pattern: NamedNode, subject: NamedNode, own: Sequence[Triple] = ()) -> None:
        """Say of `subject` what is always said of `pattern`, unless its `own` statements have that property."""
        stated = {t.predicate for t in own}
        constant = self.constant.get(pattern, [])
        self.said += [Triple(subject, t.predicate, t.object) for t in constant if t.predicate not in stated]

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
        self.about(fragment("contact"), {"vcard:hasEmail": mailbox, "vcard:hasURL": self.document(Folder.ABOUT)})

    def file(self, told: Distribution) -> None:
        """A file; its address stays the same from one release to the next."""
        address = NamedNode(self.url + told.path)
        file, checksum = fragment(told.name), fragment(told.name + "-sha512")
        self.files.append(file)
        kind = "table" if told.table else "dump" if told.path.startswith("dumps/") else ""
        for pattern in ("file", "places-table" if told.table and told.path.startswith("places/") else kind):
            self.like(fragment(pattern), file, self.constant.get(file, []))
        self.like(fragment(told.name), file)
        self.about(
            file,
            {
                "dcterms:title": _tagged(told.title),
                "dcterms:description": _tagged(told.text),
                "dcterms:license": self.common["dcterms:license"],
                "dcterms:issued": _typed(told.issued, "date"),
                "dcterms:modified": _typed(told.modified, "date"),
                "dcat:accessURL": address,
                "dcat:downloadURL": address,
                "dcat:byteSize": _typed(told.file.size, "nonNegativeInteger"),
                "spdx:checksum": checksum,
                "foaf:page": self.document(Folder.DATA),
            },
        )
        # data.gouv.fr refuses a dataset whose sha256 has the datatype that DCAT-AP asks for, but not its sha512
        self.about(
            checksum,
            {
                "rdf:type": node("spdx:Checksum"),
                "spdx:algorithm": node("spdx:checksumAlgorithm_sha512"),
                "spdx:checksumValue": _typed(told.file.sha512, "hexBinary"),
            },
        )

    def dataset(self, dataset: NamedNode) -> None:
        """What the graph says of `dataset`, and what portals want besides."""
        said = self.stated[dataset]
        self.said += [t for t in said if not _english_word(t)]
        self.like(fragment("dataset"), dataset)
        versions = {value.value for value in values(said, "dcat:version")}
        place = self.datasets.index(dataset)
        self.about(
            dataset,
            {
                "dcterms:identifier": Literal(dataset.value),
                "adms:identifier": self.identifier(dataset),
                "dcterms:temporal": self.period(),
                "adms:versionNotes": list(_notes(self.release.changelog, versions)),
                "dcat:distribution": self.files,
                "dcat:landingPage": self.document(Folder.DATA),
                "foaf:homepage": self.document(Folder.DATA),  # CKAN would give its own address
                "foaf:page": self.document(Folder.ABOUT),
                "dcat:prev": self.datasets[place - 1 : place] if place else None,
            },
        )
        self.about(fragment("provenance"), {"rdfs:label": list(_told_by(self.release.store, said))})

    def places(self) -> None:
        """The dataset of the reference of places, which has files of its own."""
        dataset, self.files = places.DATASET, []
        told = places.describe(self.release, description.describe(self.release))
        for file in told.files:
            self.file(file)
        self.like(dataset, dataset)
        for node_ in (fragment("places-provenance"), _COLUMNS_OF_PLACES):
            self.like(node_, node_)
        period, newest = BlankNode("places"), reference.newest()
        self.about(period, {"rdf:type": node("dcterms:PeriodOfTime")})
        self.about(period, {"dcat:startDate": _typed(BEGINNING, "date"), "dcat:endDate": _typed(newest, "date")})
        self.about(CATALOG, {"dcat:dataset": dataset})
        self.about(
            dataset,
            {
                "dcterms:license": self.common["dcterms:license"],
                "dcterms:issued": _typed(told.issued, "date"),
                "dcterms:modified": _typed(told.modified, "date"),
                "dcterms:identifier": Literal(dataset.value),
                "adms:identifier": self.identifier(dataset),
                "dcterms:temporal": period,
                "dcat:version": Literal(told.version),
                "dcat:distribution": self.files,
                "dcat:landingPage": self.document(Folder.DATA),
                "foaf:homepage": self.document(Folder.DATA),
                "foaf:page": self.document(Folder.ABOUT),
            },
        )

    def identifier(self, dataset: NamedNode) -> NamedNode:
        """The name by which w3id.org knows `dataset`: another identifier, which CKAN wants, and shows its node."""
        agency, _, notation = dataset.value.removeprefix("https://").partition("/")
        identifier = fragment(re.split("[/#]", dataset.value)[-1] + "-identifier")
        self.about(
            identifier,
            {
                "rdf:type": node("adms:Identifier"),
                "skos:notation": Literal(notation),
                "adms:schemaAgency": Literal(agency),
            },
        )
        return identifier

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
            fragment("series"),
            {
                "dcterms:issued": self.common["dcterms:issued"],
                "dcterms:modified": self.common["dcterms:modified"],
                "dcat:first": self.datasets[:1],
                "dcat:last": self.datasets[-1:],
            },
        )

    def service(self) -> None:
        """The endpoint, which no file names as its service: data.gouv.fr would then not take it for one."""
        service, endpoint = fragment("sparql"), NamedNode(self.release.hosting.sparql)
        self.like(service, service)
        every = [t for said in self.stated.values() for t in said if not _english_word(t)]
        self.about(CATALOG, {"dcat:service": service})
        # data.gouv.fr opens a description with Swagger UI, and takes the first one
        described = [NamedNode(self.url + openapi.FILE), endpoint]
        self.about(service, self.common | {"dcat:endpointURL": endpoint, "dcat:endpointDescription": described})
        self.about(service, {"dcat:servesDataset": self.datasets, "dcat:keyword": values(every, "dcat:keyword")})
        self.about(service, {"dcat:landingPage": self.document(Folder.PLAYGROUND)})


def _tagged(said: Both) -> list[Value]:
    return [Literal(text, language=language) for language, text in said.items()]


def _english_word(triple: Triple) -> bool:
    """Whether it is a keyword in English: data.gouv.fr and CKAN show every keyword, whatever its language."""
    said = triple.object
    return triple.predicate == node("dcat:keyword") and isinstance(said, Literal) and said.language != "fr"


def _told_by(store: Store, dataset: Iterable[Triple]) -> Iterator[Literal]:
    """The attribution, and the sources that it speaks of, each as its record cites it."""
    cited = citations(store)
    for value in values(dataset, "dcterms:rights"):
        assert isinstance(value, Literal)
        yield Literal("\n".join([value.value, *cited]), language=value.language)


def _notes(changelog: Mapping[Language, str], versions: set[str]) -> Iterator[Literal]:
    """What the change log says of `versions`, in each language."""
    for language, log in sorted(changelog.items()):
        found = [release for release in releases(log) if release.version in versions]
        if texts := ["".join(run.text for run in item) for release in found for item in release.items]:
            yield Literal("\n".join(texts), language=language)


def _typed(value: object, datatype: str) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + datatype))
